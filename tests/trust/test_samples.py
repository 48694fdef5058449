"""Samples: sizes and shares worked out by hand; the same draw from the same seed in whatever order."""

import json
from dataclasses import replace

import pandas as pd
import pytest

import samestory as ss
from samestory.trust.coding import WHATS
from samestory.trust.samples import Sample, allocate, sample, size_for


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        # SE² = (.05 / 1.645)² = .000924; N = 1000: (999 SE² + 90) / (999 SE² + .09) = 90.923 / 1.013 = 89.8
        (1000, 90),
        # N = 100: (99 SE² + 9) / (99 SE² + .09) = 9.0915 / .1815 = 50.1
        (100, 51),
        (1, 1),
        (0, 0),
    ],
)
def test_size_after_lacy_and_riffe(population, expected):
    assert size_for(population) == expected


def test_size_grows_with_the_precision_that_is_asked_for():
    assert size_for(1000, margin=0.02) > size_for(1000) > size_for(1000, agreement=0.95)


@pytest.mark.parametrize(
    ("sizes", "n", "expected"),
    [
        # one each, then the other 6 by size less one: 59, 29, 9 of 97: 3.6, 1.8, .6
        ({"a": 60, "b": 30, "c": 10}, 9, {"a": 5, "b": 3, "c": 1}),
        ({"a": 60, "b": 30, "c": 10}, 2, {"a": 1, "b": 1, "c": 0}),
        ({"a": 2, "b": 1}, 10, {"a": 2, "b": 1}),
        ({"a": 5, "b": 0}, 3, {"a": 3, "b": 0}),
    ],
    ids=["one from each", "too few for each", "more than there is", "an empty one"],
)
def test_allocation(sizes, n, expected):
    given = allocate(pd.Series(sizes), n)
    assert given.to_dict() == expected


def test_half_is_drawn_from_what_was_found_and_weights_add_up_to_the_population(seed_story):
    drawn = sample(seed_story, what="quotes", n=12, seed=3)
    assert drawn.rows["found"].sum() == 6
    assert drawn.rows["weight"].sum() == pytest.approx(len(seed_story.sentences))
    for found, rows in drawn.rows.groupby("found"):
        total = drawn.population.loc[drawn.population["found"] == found, "units"].sum()
        assert rows["weight"].sum() == pytest.approx(total)
    assert set(drawn.rows["outlet"]) == set(seed_story.articles["outlet"])


def test_where_little_was_found_the_rest_is_drawn_elsewhere(story_of):
    story = story_of({"Herald": "“Rust does not wait,” Ilse Brandt said. Snow fell. Ice broke. Cars stood."})
    drawn = sample(story, what="quotes", n=4)
    assert drawn.rows["found"].tolist() == [True, False, False, False]
    assert drawn.why == "All 4 passages are coded, so that nothing has to be inferred from a sample."


def test_a_seed_draws_the_same_whatever_the_order_of_rows(seed_story):
    drawn = sample(seed_story, what="persons", n=10, seed=5).rows
    turned = replace(
        seed_story, mentions=seed_story.mentions[::-1], sentences=seed_story.sentences[::-1].reset_index()
    )
    pd.testing.assert_frame_equal(sample(turned, what="persons", n=10, seed=5).rows, drawn)
    assert set(sample(seed_story, what="persons", n=10, seed=6).rows["unit"]).isdisjoint(drawn["unit"])


def test_a_part_of_a_sentence_is_marked_and_its_surroundings_are_given(story_of):
    story = story_of({"Herald": "Snow fell. Mayor Ilse Brandt came. Ice broke."})
    row = sample(story, what="persons").rows.iloc[0]
    assert row["passage"] == "Mayor ⟦Ilse Brandt⟧ came."
    assert (row["before"], row["after"]) == ("Snow fell.", "Ice broke.")


def test_the_size_is_justified_in_words(seed_story):
    why = sample(seed_story, what="quotes", n=10, seed=3).why
    assert why.startswith("10 of 34 passages were drawn at random, stratified by outlet: 5 of the ")
    # (33 SE² + 3.06) / (33 SE² + .09) = 3.0905 / .1205 = 25.6
    assert "26 of 34 are needed (Lacy and Riffe 1996)" in why


def test_a_sample_is_saved_with_its_key_and_opened_again(seed_story, tmp_path):
    drawn = sample(seed_story, what="statements", n=6)
    opened = Sample.open(drawn.save(tmp_path / "statements-key.json"))
    pd.testing.assert_frame_equal(opened.rows, drawn.rows)
    pd.testing.assert_frame_equal(opened.population, drawn.population)
    assert (opened.what, opened.seed) == ("statements", 0)


@pytest.mark.parametrize("broken", ["{", "[]", '{"what": "weather"}', '{"what": "quotes", "rows": [{}]}'])
def test_a_key_that_is_none_is_refused(tmp_path, broken):
    path = tmp_path / "quotes-key.json"
    path.write_text(broken, "utf-8")
    with pytest.raises(ValueError, match=r"quotes-key\.json is no sample that Sample.save wrote"):
        Sample.open(path)
    kept = json.dumps({"what": "quotes", "seed": 0, "codebook": "policy", "rows": [{}], "population": []})
    path.write_text(kept, "utf-8")
    with pytest.raises(ValueError, match="a row has no"):
        Sample.open(path)


def test_what_cannot_be_drawn_is_refused(bridge):
    with pytest.raises(ValueError, match="expected one of: 'quotes', 'times'"):
        ss.trust.sample(bridge, what="weather")
    with pytest.raises(ValueError, match="n=0"):
        ss.trust.sample(bridge, n=0)


@pytest.mark.parametrize("what", WHATS)
def test_where_there_is_nothing_to_code_none_is_drawn(story_of, tmp_path, what):
    drawn = ss.trust.sample(story_of({"Herald": ""}), what=what)
    assert drawn.rows.empty
    assert drawn.why == "These articles hold none, so there is nothing to code."
    with pytest.raises(ValueError, match="nothing to code"):
        ss.trust.sheet(drawn, tmp_path)
