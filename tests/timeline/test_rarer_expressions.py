"""Expressions that are rarer in news, and words that look like them; published on Friday, 4 July 2025."""

import pandas as pd
import pytest

from samestory.timeline.expressions.find import find_times

FRIDAY = pd.Timestamp("2025-07-04 16:56")


@pytest.fixture(scope="module")
def values(nlp):
    """(words, value) of each expression of a text."""

    def find(text, published=FRIDAY):
        found = find_times(nlp(text), published=published)
        return [(text[time.start : time.end], time.value) for time in found]

    return find


FROM_PUBLICATION = {
    "Overnight, the river rose.": ("Overnight", "2025-07-04TNI"),
    "Prices have risen over the last decade.": ("the last decade", "P10Y"),
    "Profit fell in the latest quarter.": ("the latest quarter", "2025-Q2"),
    "He spent the weekend in Riga.": ("the weekend", "2025-W26-WE"),
    "It is the worst storm of the year.": ("the year", "2025"),
    "It happened a decade ago.": ("a decade ago", "2015"),
    "It happened a year ago.": ("a year ago", "2024"),
    "It happened a week ago.": ("a week ago", "2025-W26"),
    "They will meet the week after next.": ("the week after next", "2025-W29"),
    "They met the year before last.": ("the year before last", "2023"),
    "It will open five years from now.": ("five years from now", "2030"),
    "It will open several years from now.": ("several years from now", "FUTURE_REF"),
    "They met several weeks ago.": ("several weeks ago", "PAST_REF"),
    "They met two hours ago.": ("two hours ago", "2025-07-04T14:00"),
    "They met two minutes ago.": ("two minutes ago", "2025-07-04TXX:XX"),
    "They left two centuries ago.": ("two centuries ago", "1825"),
    "They left two fortnights ago.": ("two fortnights ago", "2025-W23"),
    "These days nobody reads.": ("These days", "PRESENT_REF"),
    "The weeks ahead are hard.": ("The weeks ahead", "FUTURE_REF"),
    "At the moment, nobody knows.": ("the moment", "PRESENT_REF"),
    "He was young at the time.": ("the time", "PAST_REF"),
    "He was born in October of last year.": ("October of last year", "2024-10"),
    "They will meet next March.": ("next March", "2026-03"),
    "It ended this summer.": ("this summer", "2025-SU"),
    "It ends next spring.": ("next spring", "2026-SP"),
    "Sales rose in next year's first quarter.": ("next year's first quarter", "2026-Q1"),
    "It rose in the first quarter of next year.": ("the first quarter of next year", "2026-Q1"),
    "Sales rose in the 1988 quarter.": ("the 1988 quarter", "1988-Q2"),
    "Profit rose in H1.": ("H1", "2025-H1"),
    "The final quarter was bad.": ("The final quarter", "2024-Q4"),
    "It began at 0300 GMT.": ("0300 GMT", "2025-07-04T03:00"),
    "It began at 9:30.": ("9:30", "2025-07-04T09:30"),
    "Polls opened on Tuesday the 1st.": ("Tuesday the 1st", "2025-07-01"),
    "It will open a week from Friday.": ("a week from Friday", "2025-07-11"),
    "They met the weekend of June 14.": ("the weekend of June 14", "2025-W24-WE"),
    "They met the day after July 2.": ("the day after July 2", "2025-07-03"),
    "They met at noon on July 2.": ("noon on July 2", "2025-07-02T12:00"),
    "They met on July 2 at 5pm EST.": ("July 2 at 5pm EST", "2025-07-02T17:00"),
}
STATED = {
    "It began in '89.": ("'89", "1989"),
    "It began in nineteen ninety-four.": ("nineteen ninety-four", "1994"),
    "It began in two thousand and five.": ("two thousand and five", "2005"),
    "It began in the year two thousand.": ("the year two thousand", "2000"),
    "It began in the year 2000.": ("the year 2000", "2000"),
    "The late '70s were hard.": ("The late '70s", "197"),
    "Profit rose in FY25.": ("FY25", "2025"),
    "They met on 05.06.2020.": ("05.06.2020", "2020-06-05"),
    "They met on the 3rd of March, 1998.": ("3rd of March, 1998", "1998-03-03"),
}
LENGTHS = {
    "They waited two to three weeks.": ("two to three weeks", "P2W"),  # the lower end
    "They waited a dozen years.": ("a dozen years", "P12Y"),
    "It took half an hour.": ("half an hour", "PT30M"),
    "It took 2.5 hours.": ("2.5 hours", "PT2H30M"),
    "It took two and a half minutes.": ("two and a half minutes", "PT2M30S"),
    "It took one and a half weeks.": ("one and a half weeks", "P1.5W"),
    "They waited two decades.": ("two decades", "P20Y"),
    "They waited a fortnight.": ("a fortnight", "P2W"),
    "They waited a quarter.": ("a quarter", "P3M"),
    "They waited several fortnights.": ("several fortnights", "PXW"),
    "They waited 1234567 years.": ("1234567 years", "PXY"),  # no count that a length could have
    "The 30-second clip was shown.": ("30-second", "PT30S"),
    "They have talked for a while.": ("a while", "PXX"),
    "It was a day-long meeting.": ("day-long", "P1D"),
    "The decades-long embargo ended.": ("decades-long", "PXDE"),
    "He left a month after the war began.": ("a month", "P1M"),
}
SETS = {
    "They meet each morning.": ("each morning", "XXXX-XX-XXTMO"),
    "They meet every two weeks.": ("every two weeks", "P2W"),
    "They meet every July.": ("every July", "XXXX-07"),
    "They play Tuesday nights.": ("Tuesday nights", "XXXX-WXX-2TNI"),
    "It is closed Sundays.": ("Sundays", "XXXX-WXX-7"),
    "They meet annually.": ("annually", "P1Y"),
}
HOLIDAYS = {
    "It fell in Easter week.": ("Easter week", "2025-W16"),  # Easter was on 20 April
    "They met at Christmas 2019.": ("Christmas 2019", "2019-12-25"),
    "They met last Christmas.": ("last Christmas", "2024-12-25"),
    "They will meet next Christmas.": ("next Christmas", "2025-12-25"),
    "They met Christmas last year.": ("Christmas last year", "2024-12-25"),
    "Ukraine marked Independence Day.": ("Independence Day", "2025-08-24"),
    "They marked Independence Day.": ("Independence Day", "XXXX-XX-XX"),  # whose?
    "They fasted on Yom Kippur 2023.": ("Yom Kippur 2023", "2023-09-25"),
    "They met on D-Day.": ("D-Day", "1944-06-06"),
    "On Memorial Day 2020 they met.": ("Memorial Day 2020", "2020-05-25"),  # the last Monday of May
    "Black Friday was quiet.": ("Black Friday", "2024-11-29"),  # after the fourth Thursday of November
}


@pytest.mark.parametrize("table", [FROM_PUBLICATION, STATED, LENGTHS, SETS, HOLIDAYS], ids=lambda table: "")
def test_each_has_its_words_and_value(values, table):
    assert {text: values(text) for text in table} == {text: [expected] for text, expected in table.items()}


def test_a_national_day_is_that_of_the_country_that_is_named(values):
    near, day = values("Americans marked Independence Day on Friday.")
    assert (near, day) == (("Independence Day", "2025-07-04"), ("Friday", "2025-07-04"))


FROM_FOCUS = {
    "It rained on July 1. The next morning the river rose.": ("The next morning", "2025-07-02TMO"),
    "It rained on July 1. The evening before, nobody knew.": ("The evening before", "2025-06-30TEV"),
    "They signed on June 30. The next day the war began.": ("The next day", "2025-07-01"),
    "It rained on July 1. The following week was dry.": ("The following week", "2025-W28"),
    "He was elected in 2019. That year the port was shut.": ("That year", "2019"),
    "Profit rose in the third quarter of 2024. Sales fell in that quarter.": ("that quarter", "2024-Q3"),
    "On Oct. 12, the day before the crash, he called.": ("the day before", "2024-10-12"),
    "It happened in 2010. A year earlier, the dam broke.": ("A year earlier", "2009"),
    "They signed on June 30. Later in the day, he left.": ("Later in the day", "2025-06-30"),
    "They signed on June 10, 2020. Two days earlier, he left.": ("Two days earlier", "2020-06-08"),
    "They met on June 9-11.": ("11", "2025-06-11"),
}


@pytest.mark.parametrize(("text", "expected"), FROM_FOCUS.items(), ids=list(FROM_FOCUS))
def test_what_is_told_from_another_date_is_reckoned_from_it(values, text, expected):
    first, second = values(text)
    assert first[0] in text.partition(expected[0])[0]
    assert second == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met two hours ago.", ("two hours ago", "XXXX-XX-XXTXX:XX")),
        ("It ended last spring.", ("last spring", "XXXX-SP")),
        ("They met on Christmas Day.", ("Christmas Day", "XXXX-12-25")),
        ("They met on Good Friday.", ("Good Friday", "XXXX-XX-XX")),
        ("Police came on Tuesday.", ("Tuesday", "XXXX-WXX-2")),
    ],
)
def test_without_a_publication_date_no_year_is_guessed(values, text, expected):
    assert values(text, published=pd.NaT) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "He told USA Today that it was late.",
        "It was an overnight success.",
        "The future of Kosovo is open.",
        "The future king slept.",
        "At the time of the crash, he slept.",
        "He slept on the 31st of April.",
        "He met April Jones.",
        "February 31 was named.",
        "It rains in spring.",
        "The fall of Kabul shook them.",
        "2000 people came.",
        "Windows 2000 came out.",
        "Resolution 1441 was passed.",
        "It was written in 410 BC.",
        "He is in his 40s.",
        "It was built in the 45th century.",
        "They lost in the first half of the match.",
        "A 44-year-old man came.",
        "They earn $3 a day.",
        "It is a daily newspaper.",
        "The score was 9:30.",
        "It began at 25:70.",
        "It began at 13 p.m.",
        "He works at Sun Microsystems.",
        "They met on 13/25/2020.",
    ],
)
def test_what_is_no_time_is_not_found(values, text):
    assert values(text) == []
