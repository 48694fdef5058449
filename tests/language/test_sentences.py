"""Sentences: where they begin and end, their paragraph, and whose voice they are in."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.annotation import find_sentences
from samestory.quotes.find import Quote


def attribution(text, content, cue=None, speaker=None):
    """A quote whose parts are given by their words."""
    places = [(text.index(part), text.index(part) + len(part)) if part else (None, None)
              for part in (content, cue, speaker)]  # fmt: skip
    return Quote(*places[0], "direct", "speech", cue, *places[1], None, *places[2])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\n \t\n", [], id="white space"),
        pytest.param("The bridge fell. Nobody was hurt.", ["The bridge fell.", "Nobody was hurt."], id="two"),
        pytest.param("The mayor resigned\n\nHe left.", ["The mayor resigned", "He left."], id="blank line"),
        pytest.param("Rain fell.\n\n* * *\n\nIt stopped.", ["Rain fell.", "It stopped."], id="row of stars"),
        pytest.param("Then Sen. Ann Lee spoke.", ["Then Sen. Ann Lee spoke."], id="title"),
    ],
)
def test_find_sentences_places(nlp, text, expected):
    assert [text[s.start : s.end] for s in find_sentences(nlp(text), [])] == expected


def test_find_sentences_numbers_sentences_and_paragraphs(nlp):
    found = find_sentences(nlp("\n\nRain fell. It was cold.\n\n\n\nThe sun came back."), [])
    assert [(s.sentence, s.paragraph) for s in found] == [(0, 0), (1, 0), (2, 1)]


TEXT = "“The war is over,” the minister has said. He left the room."


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        pytest.param(TEXT, ("The war is over,", "said", "minister"), ["quoted", "narrator"], id="whole"),
        pytest.param(TEXT, ("The war is over,", "said", None), ["mixed", "narrator"], id="speaker unknown"),
        pytest.param(TEXT, ("war", "said", "minister"), ["mixed", "narrator"], id="one word quoted"),
        pytest.param(
            "It rained. It poured.", ("It rained.", None, None), ["quoted", "narrator"], id="no cue"
        ),
    ],
)
def test_find_sentences_voice(nlp, text, parts, expected):
    found = find_sentences(nlp(text), [attribution(text, *parts)])
    assert [s.voice for s in found] == expected


def test_find_sentences_unknown_words_have_no_score(nlp):
    (known, unknown) = find_sentences(nlp("It was a terrible night. The train came at noon."), [])
    assert known.polarity == -1.0
    assert (unknown.polarity, unknown.subjectivity) == (None, None)


@settings(max_examples=30, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("aB. \n\t“”\"'!?é\u2028"), max_size=80))
def test_find_sentences_offsets_hold(nlp, text):
    places = [(s.start, s.end) for s in find_sentences(nlp(text), [])]
    assert places == sorted(places)
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in places)
    assert all("\n\n" not in text[a:b] for a, b in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
