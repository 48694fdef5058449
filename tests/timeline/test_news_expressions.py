"""Dates as today's news writes them: ranges, clocks, timetables, quotes. Published on Friday, 4 July 2025."""

import pandas as pd
import pytest

from samestory.language.encoder import read
from samestory.quotes.find import find_quotes
from samestory.timeline.expressions.find import find_times

FRIDAY = pd.Timestamp("2025-07-04 16:56")


@pytest.fixture(scope="module")
def values(nlp):
    """The value of each date and time of day in a text, by its words."""

    def find(text, published=FRIDAY):
        doc = nlp(text)
        found = find_times(doc, published=published, quotes=find_quotes(doc, read(doc.text)))
        return {text[one.start : one.end]: one.value for one in found if one.type in ("DATE", "TIME")}

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The show ran April 8-10, 2022.", {"April 8": "2022-04-08", "10, 2022": "2022-04-10"}),
        ("It met on April 8 and 10, 2022.", {"April 8": "2022-04-08", "10, 2022": "2022-04-10"}),
        ("It met on April 8 and 10.", {"April 8": "2025-04-08", "10": "2025-04-10"}),
        ("It met on April 8 and 10 people came.", {"April 8": "2025-04-08"}),
        ("The lock was dry from April to June 2022.", {"April": "2022-04", "June 2022": "2022-06"}),
        ("It ran from 28 April to 3 May 2022.", {"28 April": "2022-04-28", "3 May 2022": "2022-05-03"}),
        (
            "He came on the 8th and 9th of April 2022.",
            {"8th": "2022-04-08", "9th of April 2022": "2022-04-09"},
        ),
        ("He came on the 8th and 9th of April '22.", {"8th": "2022-04-08", "9th of April '22": "2022-04-09"}),
        (
            "Sales fell in the third and fourth quarters of 2021.",
            {"the third": "2021-Q3", "fourth quarters of 2021": "2021-Q4"},
        ),
        ("It lasted 3/1/2016-4/2/2016.", {"3/1/2016": "2016-03-01", "4/2/2016": "2016-04-02"}),
    ],
)
def test_ranges_and_lists_share_what_is_written_once(values, text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began at 6.45pm.", {"6.45pm": "2025-07-04T18:45"}),
        ("It began at about 6.45 pm on July 1.", {"about 6.45 pm on July 1": "2025-07-01T18:45"}),
        ("It began at 16.05 on Tuesday.", {"16.05 on Tuesday": "2025-07-01T16:05"}),
        ("It began at 1905 hours.", {"1905 hours": "2025-07-04T19:05"}),
        ("She spoke at noon ET on Tuesday.", {"noon ET on Tuesday": "2025-07-01T12:00"}),
        ("She spoke at 7 p.m. local time on Tuesday.", {"7 p.m. local time on Tuesday": "2025-07-01T19:00"}),
        ("It opens at half past seven on Tuesday.", {"half past seven on Tuesday": "2025-07-08T07:30"}),
        ("It shut at a quarter to nine on Tuesday.", {"a quarter to nine on Tuesday": "2025-07-01T08:45"}),
        (
            "It shook the town at 5:12 a.m. local time (0312 GMT) on Tuesday.",
            {
                "5:12 a.m. local time": "2025-07-01T05:12",
                "0312 GMT": "2025-07-01T03:12",
                "Tuesday": "2025-07-01",
            },
        ),
        ("The gala starts at 7:30 p.m. CET on Tuesday.", {"7:30 p.m. CET on Tuesday": "2025-07-08T19:30"}),
        ("It rained the night before last.", {"the night before last": "2025-07-02TNI"}),
        ("She spoke at noon Pacific on Tuesday.", {"noon Pacific on Tuesday": "2025-07-01T12:00"}),
        (
            "It opened on Tuesday. Crowds came at 7 a.m.",
            {"Tuesday": "2025-07-01", "7 a.m": "2025-07-01T07:00"},
        ),
    ],
)
def test_clocks(values, text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill shut on Wednesday of last week.", "2025-06-25"),
        ("The mill shut last week, on Wednesday.", "2025-06-25"),
        ("The mill will open Monday of next week.", "2025-07-07"),
        ("The mill shut two weeks ago on Wednesday.", "2025-06-18"),
        ("The mill shut a week ago Wednesday.", "2025-06-25"),
        ("The mill shut last August.", "2024-08"),
        ("The mill shut last June.", "2024-06"),
        ("Roads were full on Memorial Day weekend.", "2025-W21-WE"),
    ],
)
def test_weeks_and_months(values, text, expected):
    assert list(values(text).values()) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hearing is on Wednesday.", "2025-07-09"),
        ("Shops reopen at 9 a.m. on Wednesday.", "2025-07-09T09:00"),
        ("The mayor says on Wednesday she slept badly.", "2025-07-02"),
        ("The ban begins on March 3.", "2026-03-03"),
        ("The hearing has been set for April 2.", "2026-04-02"),
        ("A ruling is expected by February.", "2026-02"),
        ("The minister was scheduled to visit the town on Wednesday.", "2025-07-09"),
        ("The lease had been due to expire on Wednesday.", "2025-07-02"),
        ("The town agreed to close the pool from 1 February.", "2026-02-01"),
        ("The town braced for floods on Wednesday.", "2025-07-09"),
        ("The court postponed until Wednesday its ruling.", "2025-07-09"),
        ("Nobody knew of it until Wednesday.", "2025-07-02"),
        ("The figure comes from a report in February.", "2025-02"),
    ],
)
def test_what_lies_ahead(values, text, expected):
    assert list(values(text).values()) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The dam broke on 9 May 2019. It was mended eight days later.",
            {"9 May 2019": "2019-05-09", "eight days later": "2019-05-17"},
        ),
        (
            "She was elected in 2011. Three years later she left.",
            {"2011": "2011", "Three years later": "2014"},
        ),
        (
            "It struck at 8:50 p.m. on July 1; help came 25 minutes later.",
            {"8:50 p.m. on July 1": "2025-07-01T20:50", "25 minutes later": "2025-07-01T21:15"},
        ),
        ("It could be free three days later.", {}),
        (
            "In 1987 she moved to Oslo. In May she found a flat.",
            {"1987": "1987", "May": "1987-05"},
        ),
        (
            "The works were built in 1987. In May the firm said it would sell them.",
            {"1987": "1987", "May": "2025-05"},
        ),
    ],
)
def test_a_story_is_told_on(values, text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("“Yesterday the dam broke,” Ann Holm said on Wednesday.", "Yesterday", "2025-07-01"),
        ("“We meet tomorrow,” Ann Holm told the town on June 10.", "tomorrow", "2025-06-11"),
        ("“Last year was dry,” Ann Holm said in 2018.", "Last year", "2017"),
        ("“Yesterday the dam broke,” Ann Holm said in 2018.", "Yesterday", "2025-07-03"),
        ("“Yesterday the dam broke,” Ann Holm said.", "Yesterday", "2025-07-03"),
    ],
)
def test_a_quoted_word_counts_from_when_it_was_said(values, text, words, expected):
    assert values(text)[words] == expected


def test_a_letter_has_a_yesterday_of_its_own(values):
    text = "In a note dated 9 May 2021 Holm wrote that the mill burned “last month”."
    assert values(text)["last month"] == "2021-04"


def test_the_following_week_needs_a_week_before_it(values):
    assert values("She left. The shop closed the following week.")["the following week"] == "XXXX-WXX"


def test_numeric_dates_are_read_as_the_others_of_the_text(values):
    assert values("It lists 3/4/2018 and 28/4/2018.")["3/4/2018"] == "2018-04-03"
    assert values("It lists 3/4/2018 and 4/28/2018.")["3/4/2018"] == "2018-03-04"


def test_a_known_day_needs_no_year(values):
    assert values("He lost a brother in the Sept. 11 attacks.") == {"Sept. 11": "2001-09-11"}
    assert values("He lost a brother in the Oct. 7 attacks.") == {"Oct. 7": "2023-10-07"}
    assert values("He spoke for the Sept. 11 families.") == {"Sept. 11": "2001-09-11"}
    assert values("She named the 19 Sept. 11 hijackers.") == {"Sept. 11": "2001-09-11"}
    assert values("He was born on Sept. 11.") == {"Sept. 11": "2024-09-11"}


@pytest.mark.parametrize(
    "text",
    [
        "She reads the Sunday Mirror.",
        "Mr Tuesday met Mrs. Friday.",
        "The hall holds 2024 visitors.",
        "The theatre seats 1987 guests.",
        "They felled 2019 oaks and 1985 pines.",
        "Bus 2019 was late.",
        "He lives at 1954 Mill Road.",
        "He wrote for the Saturday Evening News.",
        "Dr. May and Mrs. April met.",
        "It runs on a Saturday schedule.",
        "Late-night trains are full.",
        "They talked past midnight.",
        "It was printed in Dawn.",
        "He spoke on the TODAY show.",
        "She hopes she will one day return.",
        "The shop is open 24 hours a day.",
    ],
)
def test_words_that_date_nothing(values, text):
    assert values(text) == {}


def test_last_april_has_no_year_where_nothing_was_published(values):
    text = "She was born on 3 May 1973. The grave was opened last April."
    assert values(text, published=pd.NaT)["last April"] == "XXXX-04"
