"""Times of one article: spans, TIMEX3 values, what must not be found. Published on Friday, 4 July 2025."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.timeline.expressions.find import find_times

FRIDAY = pd.Timestamp("2025-07-04 16:56")
NEVER = pd.NaT


@pytest.fixture(scope="module")
def times(nlp):
    """(words, type, value) of each expression of a text."""

    def find(text, published=FRIDAY):
        doc = nlp(text)
        return [(text[t.start : t.end], t.type, t.value) for t in find_times(doc, published=published)]

    return find


DATES = {
    "full": ("The bridge opened on March 3, 1998.", "March 3, 1998", "1998-03-03"),
    "day first": ("The bridge opened on 3 March 1998.", "3 March 1998", "1998-03-03"),
    "iso": ("Filed 2024-02-29 in Oslo.", "2024-02-29", "2024-02-29"),
    "slashes": ("Filed 11/02/89 in Oslo.", "11/02/89", "1989-11-02"),
    "weekday and date": ("They met on Thursday, July 3.", "Thursday, July 3", "2025-07-03"),
    "no year, just past": ("The fire broke out June 30.", "June 30", "2025-06-30"),
    "no year, last year": ("The fire broke out on Dec. 12.", "Dec. 12", "2024-12-12"),
    "no year, ahead": ("The court will sit on Sept. 3.", "Sept. 3", "2025-09-03"),
    "weekday, past": ("Police arrested two men on Tuesday.", "Tuesday", "2025-07-01"),
    "weekday, future": ("The council will vote on Tuesday.", "Tuesday", "2025-07-08"),
    "weekday of publication": ("The mayor resigned Friday.", "Friday", "2025-07-04"),
    "last weekday": ("The mayor resigned last Friday.", "last Friday", "2025-06-27"),
    "weekday, scheduled": ("The talks are scheduled for Monday.", "Monday", "2025-07-07"),
    "month, past": ("Sales fell in March.", "March", "2025-03"),
    "month, last year": ("Sales fell in November.", "November", "2024-11"),
    "month, future": ("The plant will close in November.", "November", "2025-11"),
    "month and year": ("Sales fell in May 2019.", "May 2019", "2019-05"),
    "last month by name": ("Sales fell last April.", "last April", "2025-04"),
    "year": ("The law dates from 1987.", "1987", "1987"),
    "fiscal year": ("Profit doubled in fiscal 2024.", "fiscal 2024", "2024"),
    "decade": ("The dam was planned in the 1950s.", "the 1950s", "195"),
    "decade in words": ("The dam was planned in the late seventies.", "the late seventies", "197"),
    "century": ("The church is from the 12th century.", "the 12th century", "11"),
    "season": ("He moved to Bergen last winter.", "last winter", "2025-WI"),
    "season with year": ("The siege ended in the spring of 2022.", "the spring of 2022", "2022-SP"),
    "quarter": ("Revenue rose in the first quarter of 2024.", "the first quarter of 2024", "2024-Q1"),
    "quarter without year": ("It reported a second-quarter loss.", "second-quarter", "2025-Q2"),
    "quarter code": ("Revenue rose in Q3 2024.", "Q3 2024", "2024-Q3"),
    "half year": ("It fell in the first half of 2023.", "the first half of 2023", "2023-H1"),
    "year 9999": ("It ends on December 31, 9999.", "December 31, 9999", "9999-12-31"),
    "one-off day": ("It changed after 9/11.", "9/11", "2001-09-11"),
    "weekday, past, next one nearer": ("On Saturday, thousands marched.", "Saturday", "2025-06-28"),
    "yesterday": ("Yesterday the port was shut.", "Yesterday", "2025-07-03"),
    "tomorrow": ("The port opens tomorrow.", "tomorrow", "2025-07-05"),
    "last week": ("Last week the port was shut.", "Last week", "2025-W26"),
    "next year": ("The port will close next year.", "next year", "2026"),
    "days ago": ("Three days ago the port was shut.", "Three days ago", "2025-07-01"),
    "months ago": ("The port was shut two months ago.", "two months ago", "2025-05"),
    "years ago": ("The port was shut 20 years ago.", "20 years ago", "2005"),
    "week of": ("The hearing is set for the week of July 14.", "the week of July 14", "2025-W29"),
    "day before weekday": (
        "He left the day before last Tuesday.",
        "the day before last Tuesday",
        "2025-06-30",
    ),
    "holiday": ("Shops stayed shut on Christmas Eve.", "Christmas Eve", "2024-12-24"),
    "movable holiday": ("They marched on Good Friday.", "Good Friday", "2025-04-18"),
    "weekday holiday": ("They gathered on Thanksgiving.", "Thanksgiving", "2024-11-28"),
    "now": ("The port is now open.", "now", "PRESENT_REF"),
    "future": ("Nobody knows what will happen in the future.", "the future", "FUTURE_REF"),
    "recent": ("In recent weeks, prices have doubled.", "recent weeks", "PAST_REF"),
}


@pytest.mark.parametrize(("text", "words", "value"), DATES.values(), ids=DATES)
def test_dates_have_span_and_value(times, text, words, value):
    assert times(text) == [(words, "DATE", value)]


OTHERS = {
    "evening": ("It rained on the evening of July 1.", "the evening of July 1", "TIME", "2025-07-01TEV"),
    "early hours": (
        "It began in the early hours of July 4.",
        "the early hours of July 4",
        "TIME",
        "2025-07-04TMO",
    ),
    "overnight": ("Drones struck overnight on July 4.", "overnight on July 4", "TIME", "2025-07-04TNI"),
    "weekday night": ("Drones struck Wednesday night.", "Wednesday night", "TIME", "2025-07-02TNI"),
    "last night": ("Drones struck last night.", "last night", "TIME", "2025-07-03TNI"),
    "midnight": ("Drones struck late midnight.", "late midnight", "TIME", "2025-07-04T24:00"),
    "clock": ("She spoke at 9:30 p.m. on July 2.", "9:30 p.m. on July 2", "TIME", "2025-07-02T21:30"),
    "clock after": (
        "She spoke on Wednesday at 7 a.m. in Riga.",
        "Wednesday at 7 a.m",
        "TIME",
        "2025-07-02T07:00",
    ),
    "length": ("They talked for two hours.", "two hours", "DURATION", "PT2H"),
    "length in words": ("They waited twenty-four days.", "twenty-four days", "DURATION", "P24D"),
    "adjective": ("A five-day strike ended.", "five-day", "DURATION", "P5D"),
    "half": ("They waited a year and a half.", "a year and a half", "DURATION", "P1Y6M"),
    "vague": ("They waited for several months.", "several months", "DURATION", "PXM"),
    "stretch": ("It fell in the past three years.", "the past three years", "DURATION", "P3Y"),
    "about": ("It lasted over an hour.", "over an hour", "DURATION", "PT1H"),
    "every day": ("They meet every day.", "every day", "SET", "P1D"),
    "each weekday": ("They meet each Tuesday.", "each Tuesday", "SET", "XXXX-WXX-2"),
}


@pytest.mark.parametrize(("text", "words", "kind", "value"), OTHERS.values(), ids=OTHERS)
def test_times_lengths_and_sets(times, text, words, kind, value):
    assert times(text) == [(words, kind, value)]


ANAPHORA = {
    "the day before": ("On June 20 they met. The day before, shells fell.", "2025-06-19"),
    "that day": ("On June 20 they met. That day, shells fell.", "2025-06-20"),
    "a day earlier": ("On June 20 they met. Shells had fallen a day earlier.", "2025-06-19"),
    "the following week": ("On June 20 they met. The following week, shells fell.", "2025-W26"),
    "the same year": ("He was born in 1961. The same year, a dam was built.", "1961"),
    "that night": ("On June 20 they met. That night, shells fell.", "2025-06-20TNI"),
    "a year earlier": ("Sales in the second quarter were lower than a year earlier.", "2024-Q2"),
    "no day in 1987": ("It happened in 1987. That day, shells fell.", "XXXX-XX-XX"),
}


@pytest.mark.parametrize(("text", "value"), ANAPHORA.values(), ids=ANAPHORA)
def test_anaphora_takes_the_date_in_focus(times, text, value):
    assert times(text)[-1][2] == value


NOTHING = {
    "may": "Mr May may march in the sun.",
    "second": "She came second, a split second behind nobody.",
    "fall": "The fall of the city was a spring of hope.",
    "age": "The 44-year-old driver has a 6-year-old son.",
    "people": "The square held 2000 people.",
    "percent": "Turnout was 2010 percent of nothing.",
    "resolution": "Resolution 1973 was adopted.",
    "money": "It cost $1998 and £2001.",
    "fraction": "Three-quarters of the houses burned.",
    "rate": "It makes forty cars a day.",
    "newspaper": "USA Today said so.",
    "programme": "He told ABC's \"This Week\" so, and CBS's This Morning too.",
    "no such day": "He left on February 31.",
    "no such day, day first": "The 31st of April never comes.",
    "other calendars": "It was 15 Ramadan 1446 AH, the Islamic year 1446.",
    "before Christ": "The city fell in 1177 BC.",
    "year 0": "In the year 0 nobody counted.",
    "sun": "The light fell on Sun Microsystems.",
    "first name": "They met August Wilson and April Ryan.",
    "named day": "Bloody Sunday is a song; Super Tuesday is a vote.",
    "score": "They won 3-2 and led 21:19.",
    "nothing": "The cat sat on the mat.",
    "empty": "",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_no_time_where_there_is_none(times, text):
    assert [row for row in times(text) if row[1] != "DURATION"] == []


def test_country_decides_independence_day(times):
    american, ukrainian = "Americans kept Independence Day.", "Ukrainians kept Independence Day."
    assert times(american)[0][2] == "2025-07-04"
    assert times(ukrainian)[0][2] == "2025-08-24"
    assert times("They kept Independence Day.")[0][2] == "XXXX-XX-XX"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The law passed on May 4, 1972.", "1972-05-04"),
        ("It rained on July 4.", "XXXX-07-04"),
        ("It rained on Friday.", "XXXX-WXX-5"),
        ("It rained yesterday.", "XXXX-XX-XX"),
        ("It rained last year.", "XXXX"),
        ("It rained in the first quarter.", "XXXX-Q1"),
    ],
)
def test_without_a_publication_date_only_absolute_dates_hold(nlp, text, value):
    found = find_times(nlp(text), published=NEVER)
    assert [time.value for time in found] == [value]
    assert pd.isna(found[0].earliest) == value.startswith("XXXX")
    assert (found[0].how is None) == value.startswith("XXXX")


def test_year_is_inferred_only_from_one_full_date(nlp):
    one = find_times(nlp("It began on May 4, 1972. It ended on May 9."), published=NEVER)
    assert [(time.value, time.how) for time in one] == [("1972-05-04", "stated"), ("1972-05-09", "inferred")]
    two = find_times(nlp("It began on May 4, 1972, not on May 4, 1971. It ended on May 9."), published=NEVER)
    assert two[-1].value == "XXXX-05-09"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("It rained on Tuesday.", "2025-07-01", "2025-07-01 23:59:59.999999"),
        ("It rained in February 2024.", "2024-02-01", "2024-02-29 23:59:59.999999"),
        ("It rained last week.", "2025-06-23", "2025-06-29 23:59:59.999999"),
        ("It rained in the second quarter of 2020.", "2020-04-01", "2020-06-30 23:59:59.999999"),
        ("It rained on the evening of July 1.", "2025-07-01 18:00", "2025-07-01 23:59:59.999999"),
        ("It rained overnight on July 4.", "2025-07-04 00:00", "2025-07-04 05:59:59.999999"),
        ("It rained in the 1950s.", "1950-01-01", "1959-12-31 23:59:59.999999"),
    ],
)
def test_bounds_are_the_first_and_last_moment(nlp, text, earliest, latest):
    found = find_times(nlp(text), published=FRIDAY)[0]
    assert (found.earliest, found.latest) == (pd.Timestamp(earliest), pd.Timestamp(latest))


def test_lengths_and_sets_have_no_bounds(nlp):
    found = find_times(nlp("They met every day for two years."), published=FRIDAY)
    assert [time.type for time in found] == ["SET", "DURATION"]
    assert all(pd.isna(time.earliest) and pd.isna(time.latest) for time in found)


TRICKY = (
    "the last next May 4 July 2025 0000 9999-12-31 31 February Friday night a year ago two of day before , . "
    "12:99 p.m. century 19th 1990s ' - every early and half quarter Easter 0 9999 ١٩٨٩ 2025-13-45"
)
WORDS = st.sampled_from([*TRICKY.split(), "\n\n"])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(WORDS, max_size=25).map(" ".join),
    st.sampled_from(["2025-07-04", "0001-01-01", "9999-12-31", None]),
)
def test_any_words_give_sorted_spans_of_the_text(nlp, text, published):
    published = pd.NaT if published is None else pd.Timestamp(published).as_unit("us")
    found = find_times(nlp(text), published=published)
    assert all(0 <= time.start < time.end <= len(text) for time in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(pd.isna(time.earliest) or time.earliest <= time.latest for time in found)


@pytest.mark.parametrize("words", ["next May", "last May", "next summer", "last winter", "next year"])
@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_calendar_ends_without_an_error(nlp, words, published):
    for found in find_times(nlp(words), published=pd.Timestamp(published).as_unit("us")):
        assert pd.isna(found.earliest) or found.earliest <= found.latest


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_text_passes(nlp, text):
    for time_found in find_times(nlp(text), published=FRIDAY):
        assert text[time_found.start : time_found.end].strip()
