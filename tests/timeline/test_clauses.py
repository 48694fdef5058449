"""Events: the clause or noun that a date belongs to, and dates carried over. Published on 4 July 2025."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.language.encoder import read
from samestory.quotes.find import find_quotes
from samestory.timeline.clauses import find_events
from samestory.timeline.expressions.find import find_times

FRIDAY = pd.Timestamp("2025-07-04 16:56")


@pytest.fixture(scope="module")
def events(nlp):
    def find(text, published=FRIDAY):
        doc = nlp(text)
        found = find_times(doc, published=published)
        rows = find_events(doc, found, find_quotes(doc, read(doc.text)), published=published)
        return [(text[row.start : row.end], row.value, row.how) for row in rows]

    return find


def test_date_belongs_to_its_own_clause(events):
    assert events("The mayor resigned on Tuesday and the council met on Wednesday.") == [
        ("The mayor resigned on Tuesday", "2025-07-01", "relative"),
        ("the council met on Wednesday", "2025-07-02", "relative"),
    ]


def test_dates_of_nouns_are_events_of_their_own(events):
    found = events("The mayor praised Tuesday's vote.")
    assert found == [("Tuesday's vote", "2025-07-01", "relative")]


def test_date_is_carried_over_in_the_past_and_not_for_ever(events):
    text = "On June 30 a bridge fell. Two men died. Boats searched the river. Divers found a car. Rain fell."
    assert [how for _, _, how in events(text)] == ["relative"] + ["carried over"] * 3
    assert {value for _, value, _ in events(text)} == {"2025-06-30"}


def test_present_tense_and_quoted_words_carry_nothing_over(events):
    assert events("On June 30 a bridge fell. Bridges are old.") == [
        ("a bridge fell", "2025-06-30", "relative"),
    ]


def test_evening_is_carried_over_as_its_day(events):
    found = events("On the evening of June 30 a bridge fell. Two men died.")
    assert [value for _, value, _ in found] == ["2025-06-30TEV", "2025-06-30"]


def test_what_was_said_is_told_not_that_it_was_said(events):
    assert events("A bridge fell on Tuesday, the mayor said.")[0][0].startswith("A bridge fell")


def test_unresolved_date_stays_without_a_day(nlp):
    doc = nlp("The bridge fell yesterday.")
    found = find_events(doc, find_times(doc), [])
    assert [(row.value, row.how, row.granularity) for row in found] == [("XXXX-XX-XX", None, None)]
    assert pd.isna(found[0].earliest)


def test_nothing_without_a_date(events):
    assert events("The bridge fell.", pd.NaT) == []
    assert events("", pd.NaT) == []


WORDS = st.sampled_from(
    ["Friday", "July 4", "the", "mayor", "fell", "said", "that", "who", ",", ".", "\n\n", "“", "in"]
)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_offsets_lie_in_the_text(nlp, text):
    doc = nlp(text)
    for row in find_events(
        doc, find_times(doc, published=FRIDAY), find_quotes(doc, read(doc.text)), published=FRIDAY
    ):
        assert 0 <= row.start < row.end <= len(text)
        assert 0 <= row.clause_start < row.clause_end <= len(text)
