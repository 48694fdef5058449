"""Every kind of file, one usual and one odd of each: what was put in comes out, and nothing else."""

import json
from pathlib import Path

import pandas as pd
import pytest

import samestory as ss

FOLDER = Path(__file__).parents[1] / "fixtures" / "formats"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
PART = r"(?:, (?:row|record|line|item|page|chapter|article|sheet) |/)"  # what follows a file's own name
FIELDS = ("title", "author", "url")


def stated(row, name):
    return None if pd.isna(row[name]) else row[name]


@pytest.fixture(scope="module")
def together():
    return ss.load(FOLDER)


def check(rows, expected):
    assert len(rows) == len(expected)
    for row, one in zip(rows, expected, strict=True):
        assert row["text"].split("\n\n") == one["paragraphs"]
        assert {name: stated(row, name) for name in FIELDS} == {name: one[name] for name in FIELDS}
        assert one["outlet"] is None or row["outlet"] == one["outlet"]
        assert stated(row, "published") == (one["published"] and pd.Timestamp(one["published"]))
        for name, value in one.get("own", {}).items():
            assert row[name] == value


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_alone_gives_what_was_put_in(name):
    loaded = ss.load(FOLDER / name)
    check(loaded.articles.to_dict("records"), EXPECTED[name]["articles"])
    told = " | ".join(loaded.problems["reason"])
    assert [words for words in EXPECTED[name]["problems"] if words not in told] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_among_all_others_gives_the_same(name, together):
    own = together.articles["source"].str.split(PART).str[0]
    check(together.articles[own == name].to_dict("records"), EXPECTED[name]["articles"])


def test_no_other_article_comes_out(together):
    assert len(together.articles) == sum(len(one["articles"]) for one in EXPECTED.values())


def test_what_was_cut_and_kept_is_the_whole_text(together):
    for article in together.articles.to_dict("records"):
        kept = "".join(article["text"].split())
        left, at = [], 0
        for start, end, _ in article["removed"]:
            left.append(article["raw"][at:start])
            at = end
        assert "".join("".join([*left, article["raw"][at:]]).split()) == kept
