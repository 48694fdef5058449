"""A passage is found again where it stands, or not at all."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samestory.trust.anchors import Anchor, Searched, anchor_of, find

TEXT = (
    "The old bridge will close in March, the council said on Monday.\n\n"
    "“Nobody wants this closure, but rust does not wait,” mayor Ilse Brandt said. "
    "Repairs are expected to cost 14 million euros.\n\n"
    "On Monday evening Brandt met the ferry crews. She left on Tuesday."
)
PIECES = ["The ferry", " left", " on Monday", ".", " ", "\n\n", "“", "”", " said", " 12", "é", "-", " she"]


def passage(text: str, words: str, *, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("words", "nth"),
    [
        ("on Monday", 0),
        ("Brandt", 1),
        ("Nobody wants this closure, but rust does not wait", 0),
        ("Monday", 1),
    ],
)
def test_found_in_the_text_that_it_is_from(words, nth):
    place = passage(TEXT, words, nth=nth)
    assert find(anchor_of(TEXT, *place), Searched(TEXT)) == place


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.sampled_from(["rust does not wait", "Repairs are expected to cost 14 million euros.", "ferry crews"]),
)
def test_survives_text_before_and_after(before, after, words):
    changed = f"{before} {TEXT} {after}"
    start, end = passage(changed, words)
    assume(changed.count(words) == 1)
    assert find(anchor_of(TEXT, *passage(TEXT, words)), Searched(changed)) == (start, end)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.data())
def test_any_passage_of_any_text_is_found_there_or_nowhere(text, data):
    assume(text.strip())
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        first, last = find(anchor_of(text, start, end), Searched(text))
    except LookupError:
        return
    assert 0 <= first < last <= len(text)
    assert Searched(text[first:last]).plain.strip() == Searched(text[start:end]).plain.strip()


def test_a_part_of_a_word_is_found_where_it_stood():
    text = "Bundesstraßenbauvorhabenverordnungen"
    assert find(anchor_of(text, 0, 34), Searched(text)) == (0, 34)


def test_other_marks_and_line_breaks_are_the_same_words():
    words = 'Monday. "Nobody wants this closure, but rust does not wait,"'
    start, end = find(Anchor(words), Searched(TEXT))
    assert TEXT[start:end] == "Monday.\n\n“Nobody wants this closure, but rust does not wait,”"


def test_words_that_were_changed_a_little_are_found():
    changed = TEXT.replace("but rust does not wait", "but the rust does not wait")
    start, end = find(Anchor("Nobody wants this closure, but rust does not wait"), Searched(changed))
    assert changed[start:end] == "Nobody wants this closure, but the rust does not wait"


@pytest.mark.parametrize(
    ("anchor", "text", "reason"),
    [
        (Anchor("Brandt"), TEXT, "2 places that are too much alike"),
        (Anchor("Brand"), TEXT, "not there any more"),  # no part of a word
        (
            Anchor("Repairs are expected to cost 15 million euros."),
            TEXT,
            "not there any more",
        ),  # other figures
        (
            Anchor("Nobody wants this closure, but rust does not wait"),
            TEXT.replace("does not wait", "does wait"),
            "not there any more",
        ),
        (Anchor("on Tuesday", "and all of them had gone home ", ", he said"), TEXT, "not there any more"),
        (Anchor("  "), TEXT, "no words"),
        (Anchor("a ferry"), "", "not there any more"),
    ],
)
def test_rather_lost_than_found_in_the_wrong_place(anchor, text, reason):
    with pytest.raises(LookupError, match=reason):
        find(anchor, Searched(text))


def test_the_start_tells_two_like_places_apart():
    text = "Ann said no. Ann said no."
    assert find(Anchor("said no", start=17), Searched(text)) == (17, 24)
