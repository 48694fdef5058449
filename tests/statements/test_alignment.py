"""One passage in two wordings, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory.statements import alignment
from samestory.statements.alignment import align


def words(text: str, runs, how: str) -> list[str]:
    return [text[start:end] for start, end, mark in runs if mark == how]


@pytest.mark.parametrize(
    ("left", "right", "how", "expected"),
    [
        pytest.param("He spoke of arms.", "He talked of arms.", "reworded", ["talked"], id="same slot"),
        pytest.param("He spoke.", "He spoke at length.", "only here", ["at length"], id="added words"),
        pytest.param("Mr Brandt left.", "Mr Brand left.", "reworded", ["Brand"], id="respelled name"),
        pytest.param("U.S. troops left", "US troops left", "same", ["US troops left"], id="points"),
        pytest.param("Ten boats sank.", "10 boats sank.", "same", ["10 boats sank"], id="number word"),
        pytest.param("Boats sank.", "Trains ran late in Oslo and Bergen.", "same", [], id="nothing alike"),
    ],
)
def test_align_marks_the_words_of_the_right_side(left, right, how, expected):
    assert words(right, align(left, right)[1], how) == expected


def test_align_marks_a_long_word_that_moved():
    left, right = align("Possibly the harbour reopens soon", "The harbour reopens soon, possibly")
    assert words("Possibly the harbour reopens soon", left, "moved") == ["Possibly"]
    assert words("The harbour reopens soon, possibly", right, "moved") == ["possibly"]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_align_holds_every_word_once(left, right):
    for text, runs in zip((left, right), align(left, right), strict=True):
        assert all(0 <= start < end <= len(text) for start, end, _ in runs)
        assert all(before[1] <= after[0] for before, after in pairwise(runs))


def test_told_twice_offsets_are_the_articles_own(bridge):
    text = bridge.articles.set_index("article_id")["text"]
    table = ss.statements.told_twice(bridge)
    assert set(table["how"]) <= {"same", "moved", "reworded", "only here"}
    assert all(text[row.article_id][row.start : row.end] == row.text for row in table.itertuples())


def test_told_twice_summary_says_who_quotes_what_the_other_paraphrases(bridge):
    summary = ss.statements.told_twice_summary(bridge).set_index("text_a")
    row = summary.loc["“Nobody wants this closure, but rust does not wait,” mayor Ilse Brandt said."]
    assert (row["told_a"], row["told_b"], row["how"]) == ("quoted", "paraphrased", "quote")
    assert 0.5 < row["same_share"] < 1


def test_told_twice_of_one_article_is_empty(story_of):
    story = story_of({"Herald": "It rained. It rained."})
    assert ss.statements.told_twice(story).empty
    assert ss.statements.told_twice_summary(story).empty


def test_each_pair_is_aligned_once(bridge, monkeypatch):
    aligned = []
    monkeypatch.setattr(alignment, "align", lambda *texts: aligned.append(texts) or align(*texts))
    story = ss.Story(**bridge.tables)
    ss.statements.told_twice_summary(story)
    ss.statements.told_twice(story)
    ss.statements.in_short(story)
    assert len(aligned) == len(set(aligned)) == len(ss.same_statements(story))


def test_wordings_that_several_outlets_print_are_aligned_once(story_of, monkeypatch):
    aligned = []
    monkeypatch.setattr(alignment, "align", lambda *texts: aligned.append(texts) or align(*texts))
    text = "The mayor of Arlen opened the new bridge over the river on Friday morning."
    story = story_of({"Herald": text, "Courier": text, "Gazette": text})
    pairs = ss.statements.told_twice_summary(story)
    assert len(pairs) == 3
    assert pairs["same_share"].eq(1).all()
    assert len(aligned) == 1
