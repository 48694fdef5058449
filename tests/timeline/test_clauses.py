"""Events: the clause or noun that a date belongs to, and dates carried over. Published on 4 July 2025."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.language.encoder import read
from samestory.names.mentions import find_mentions
from samestory.quotes.find import find_quotes
from samestory.quotes.speakers import name_speakers
from samestory.timeline.clauses import find_events
from samestory.timeline.expressions.find import find_times

FRIDAY = pd.Timestamp("2025-07-04 16:56")


@pytest.fixture(scope="module")
def events(nlp):
    def find(text, published=FRIDAY, *, undated=False):
        doc = nlp(text)
        quotes, _ = name_speakers(doc, find_quotes(doc, read(doc.text)), find_mentions(doc))
        found = find_times(doc, published=published, quotes=quotes)
        rows = find_events(doc, found, quotes, published=published)
        found = [(text[row.start : row.end], row.value, row.how) for row in rows]
        return [row for row in found if undated or row[1] is not None]

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Twelve people died, officials said on Monday. The crash happened late Sunday.",
            [
                ("Twelve people died, officials said on Monday", "2025-06-30"),
                ("The crash happened late Sunday", "2025-06-29"),
            ],
            id="the day of a saying",
        ),
        pytest.param(
            "Twelve people died on Sunday, officials said on Monday.",
            [("Twelve people died on Sunday", "2025-06-29"), ("officials said on Monday", "2025-06-30")],
            id="both have one",
        ),
        pytest.param(
            "The council voted on Thursday to scrap the buses from 1 November.",
            [
                ("The council voted on Thursday to scrap the buses from 1 November", "2025-07-03"),
                ("to scrap the buses from 1 November", "2025-11-01"),
            ],
            id="what was decided",
        ),
        pytest.param(
            "The firm postponed until August 1 its offer.", [("its offer", "2025-08-01")], id="a thing"
        ),
        pytest.param("The mayor waited until next week.", [], id="ahead, and nothing that is"),
        pytest.param(
            "The club lost 3 million euros, compared with 5 million a year earlier.", [], id="a comparison"
        ),
        pytest.param("The town had no harbour before 1995.", [], id="the other side of a date"),
        pytest.param("Tuesday was a turning point for the town.", [], id="a day as the doer"),
        pytest.param(
            "Ten people died when a boat sank on Monday.",
            [
                ("Ten people died when a boat sank on Monday", "2025-06-30"),
                ("a boat sank on Monday", "2025-06-30"),
            ],
            id="at once",
        ),
        pytest.param(
            "On Monday the court heard a witness and saw a film.",
            [("the court heard a witness", "2025-06-30"), ("saw a film", "2025-06-30")],
            id="a date before two verbs",
        ),
        pytest.param("Garum is a sauce that is rare today.", [], id="nowadays"),
        pytest.param("The Water Act of 2001 banned it.", [], id="the name of a law"),
        pytest.param("KYIV, July 3 (Reuters) - Rain falls.", [], id="a dateline"),
        pytest.param("#Bridge collapse on Tuesday", [], id="a hashtag"),
        pytest.param("Bridge down since Tuesday\n\nDivers found a car.", [], id="a headline"),
    ],
)
def test_a_date_belongs_to_what_happened_then(events, text, expected):
    assert [(words, value[:10]) for words, value, _ in events(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The war began in 1998. President Dane flew home.", id="a year is background"),
        pytest.param("On June 30 a bridge fell. It had stood for years. Two men died.", id="a look back"),
        pytest.param("On June 30 a bridge fell. The mayor has resigned.", id="the perfect"),
        pytest.param("The bridge, which fell on June 30, was old. Two men left.", id="a relative clause"),
        pytest.param("The talks begin on July 14. The mayor left the hall.", id="what lies ahead"),
        pytest.param("The mayor left the hall. Unions reacted with anger.", id="the day of publication"),
    ],
)
def test_a_date_is_not_carried_over(events, text):
    assert "carried over" not in [how for *_, how in events(text)]


@pytest.mark.parametrize(
    ("text", "sayings"),
    [
        pytest.param(
            "Ann Holm said on Friday that the pier is lost. “We will build it,” Ann Holm said.", 1, id="today"
        ),
        pytest.param(
            "Ann Holm said on Friday that it fell. Rob Dane said that it was old.", 1, id="another, today"
        ),
        pytest.param(
            "Ann Holm said on Tuesday that it fell. Rob Dane said that it was old.", 0, id="another, before"
        ),
        pytest.param(
            "Ann Holm said on Tuesday that it fell. Ann Holm said that it was old.", 1, id="she, before"
        ),
        pytest.param("KYIV, July 3 (Reuters) - Ann Holm said that it fell.", 1, id="filed"),
        pytest.param(
            "Ann Holm said on Friday that it fell. During that call Ann Holm said it was old.", 0, id="then"
        ),
    ],
)
def test_a_saying_goes_on_from_a_saying(events, text, sayings):
    assert [how for *_, how in events(text)].count("carried over") == sayings


def test_unresolved_date_stays_without_a_day(nlp):
    doc = nlp("The bridge fell yesterday.")
    found = find_events(doc, find_times(doc), [])
    assert [(row.value, row.how, row.granularity) for row in found] == [("XXXX-XX-XX", None, None)]
    assert pd.isna(found[0].earliest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The bridge fell.", [("The bridge fell", None, None)], id="what was done"),
        pytest.param(
            "Unions reacted with anger.", [("Unions reacted with anger", None, None)], id="reactions"
        ),
        pytest.param("The bridge was old. Bridges are dear.", [], id="states"),
        pytest.param("“The bridge fell.”", [], id="quoted words"),
        pytest.param("Bridge down", [], id="a headline"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_no_rule_can_date_is_listed_without_a_date(events, text, expected):
    assert events(text, undated=True) == expected


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
