"""Results are the same again: on one thread and two, in any order of the articles, but for a last digit."""

import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from decisions import FOLDERS, RENEW, STORED, Rows, decided, rows_of, unlike
from test_every_table_on_little import CALLS

import samestory as ss
from samestory import tables
from samestory.language import encoder

# More than a processor with other instructions moves a state: 2.4e-6 at most, and a tenth of that on average
# (onnxruntime on a Haswell against one with AVX-512). The states are about as large as 0.5.
NOISE = 1e-5
TABLES = sorted(
    name
    for name in set(CALLS) - {"ask", "framing.reframe"}  # a whole story, and what shows a table
    if ".plot_" not in name and "show_" not in name
)


@pytest.fixture(scope="module")
def story():
    return ss.annotate(ss.load(FOLDERS["story"]))


@pytest.fixture(scope="module")
def found(seed_story, story):
    return decided("seeds", seed_story) | decided("story", story)


def stored() -> Rows:
    return json.loads(STORED.read_text("utf-8"))


def every_table(story: ss.Story) -> Rows:
    annotated = {name: rows_of(getattr(story, name)) for name in tables.ANNOTATIONS}
    return annotated | {name: rows_of(CALLS[name](story)) for name in TABLES}


def test_what_is_decided_is_what_is_stored(found):
    differ = unlike(stored(), found)
    assert not differ, f"{differ}\nIf this was meant: {RENEW}"


def test_what_differs_is_named_by_table_and_row():
    before = {"seeds: quotes": ["start", "1", "2"], "seeds: times": ["start"]}
    assert unlike(before, before) == ""
    said = unlike(before, {"seeds: quotes": ["start", "1", "3", "4"]})
    assert said == (
        "seeds: quotes: 2 rows differ\n  was 2\n  is  3\n  was (no row)\n  is  4\n"
        "seeds: times: 1 rows differ\n  was start\n  is  (no row)"
    )


def test_two_threads_another_order_and_other_hashes_decide_alike(found, tmp_path):
    again = tmp_path / "again.json"
    command = [sys.executable, str(STORED.parents[1] / "story" / "decisions.py"), str(again), "--reversed"]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"), "2")
    subprocess.run(command, check=True, env={**os.environ, **threads, "PYTHONHASHSEED": "20"})
    assert unlike(found, json.loads(again.read_text("utf-8"))) == ""


def test_a_last_digit_of_the_encoder_moves_no_row_of_any_table(seed_story, story, monkeypatch):
    plain, rng = encoder._run, np.random.default_rng(0)

    def elsewhere(texts, layers):
        states = plain(texts, layers)
        return (states + rng.uniform(-NOISE, NOISE, states.shape)).astype(np.float32)

    monkeypatch.setattr(encoder, "_run", elsewhere)
    for one, folder in zip((seed_story, story), FOLDERS.values(), strict=True):
        assert unlike(every_table(one), every_table(ss.annotate(ss.load(folder)))) == ""


def test_an_article_is_annotated_alike_alone_and_among_others(seed_story, story):
    among = ss.annotate(pd.concat([story.articles, seed_story.articles]))
    for name in tables.ANNOTATIONS:
        apart = pd.concat([getattr(seed_story, name), getattr(story, name)], ignore_index=True)
        pd.testing.assert_frame_equal(getattr(among, name), apart)


def test_the_names_of_the_files_decide_nothing(story):
    """The same articles under names that bring them into the opposite order."""
    names = sorted(story.articles["article_id"])
    renamed = dict(zip(names, reversed(names), strict=True))
    other = ss.annotate(story.articles.assign(article_id=story.articles["article_id"].map(renamed)))
    for name in tables.ANNOTATIONS:
        here = getattr(other, name).assign(article_id=getattr(other, name)["article_id"].map(renamed))
        assert sorted(rows_of(here)) == sorted(rows_of(getattr(story, name)))

    def pairs(one: ss.Story, called: dict[str, str]) -> set[tuple]:
        return {
            (
                frozenset({(called[row.article_a], row.sentence_a), (called[row.article_b], row.sentence_b)}),
                row.score,
            )
            for row in ss.same_statements(one).itertuples()
        }

    assert pairs(other, renamed) == pairs(story, dict(zip(names, names, strict=True)))
