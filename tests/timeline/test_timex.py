"""Dates as values: written, moved, widened, bounded; never an exception at the calendar's ends."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.timeline.expressions.holidays import holiday_date
from samestory.timeline.expressions.timex import PRESENT_REF, Timex, Unit, date_and_time

D, W, WE, M, Q = Unit.DAY, Unit.WEEK, Unit.WEEKEND, Unit.MONTH, Unit.QUARTER


@pytest.mark.parametrize(
    ("date", "value"),
    [
        (Timex(D, 2025, 7, 4), "2025-07-04"),
        (Timex(D, 2025, 7, 4).at("EV"), "2025-07-04TEV"),
        (Timex(D).at("T24:00"), "XXXX-XX-XXT24:00"),
        (Timex(D, None, 7, 4), "XXXX-07-04"),
        (Timex(D, day=5), "XXXX-XX-05"),
        (Timex(D, weekday=2), "XXXX-WXX-2"),
        (Timex(W), "XXXX-WXX"),
        (Timex(WE, 2025, 5), "2025-W05-WE"),
        (Timex(M, 476, 9), "0476-09"),
        (Timex(Q), "XXXX-QX"),
        (Timex(Unit.SEASON, None, 3), "XXXX-SU"),
        (Timex(Unit.HALF_YEAR, 2023, 2), "2023-H2"),
        (Timex(Unit.DECADE, 1990), "199"),
        (Timex(Unit.DECADE), "XXX"),
        (Timex(Unit.CENTURY, 1800), "18"),
        (Timex(text="P2D"), "P2D"),
    ],
)
def test_value_is_timex3(date, value):
    assert date.value == value


@pytest.mark.parametrize(
    ("date", "count", "unit", "expected"),
    [
        (Timex(D, 2025, 7, 4), -1, D, "2025-07-03"),
        (Timex(D, 2025, 7, 4), -1, M, "2025-06-04"),
        (Timex(D, 2025, 7, 4).at("EV"), 1, D, "2025-07-05"),
        (Timex(D, 2024, 2, 29), 1, Unit.YEAR, "2025-02-28"),
        (Timex(M, 2025, 1), -1, M, "2024-12"),
        (Timex(Q, 2025, 1), -1, Q, "2024-Q4"),
        (Timex(Q, 2025, 1), -1, Unit.YEAR, "2024-Q1"),
        (Timex(W, 2025, 1), -1, W, "2024-W52"),
        (Timex(Unit.SEASON, 2025, 3), -1, Unit.YEAR, "2024-SU"),
        (Timex(Unit.SEASON, 2025, 1), -1, Unit.YEAR, "2024-WI"),
        (Timex(Unit.DECADE, 1950), 1, Unit.DECADE, "196"),
        (Timex(D, 9999, 12, 31), 1, D, "XXXX-XX-XX"),
        (Timex(D, 2025, 7, 4), -(10**12), D, "XXXX-XX-XX"),
        (Timex(D, 2025, 7, 4), 10**12, Unit.YEAR, "XXXX-XX-XX"),
        (Timex(Unit.YEAR, 1), -1, Unit.YEAR, "XXXX"),
        (Timex(D, 0, 1, 1), 1, D, "XXXX-XX-XX"),
        (Timex(D, None, 7, 4), 1, D, "XXXX-XX-XX"),
    ],
)
def test_moved_keeps_the_unit(date, count, unit, expected):
    assert date.moved(count, unit).value == expected


@pytest.mark.parametrize(
    ("date", "first", "last", "granularity"),
    [
        (Timex(M, 2024, 2), (2024, 2, 1), (2024, 2, 29), "month"),
        (Timex(W, 2025, 27), (2025, 6, 30), (2025, 7, 6), "week"),
        (Timex(WE, 2025, 27), (2025, 7, 5), (2025, 7, 6), "weekend"),
        (Timex(Q, 2025, 3), (2025, 7, 1), (2025, 9, 30), "quarter"),
        (Timex(Unit.HALF_YEAR, 2025, 2), (2025, 7, 1), (2025, 12, 31), "half year"),
        (Timex(Unit.SEASON, 2025, 1), (2024, 12, 1), (2025, 2, 28), "season"),
        (Timex(Unit.DECADE, 1990), (1990, 1, 1), (1999, 12, 31), "decade"),
        (Timex(Unit.CENTURY, 1800), (1800, 1, 1), (1899, 12, 31), "century"),
        (Timex(M, 9999, 12), (9999, 12, 1), (9999, 12, 31), "month"),
        (Timex(D, 2025, 7, 4).at("EV"), (2025, 7, 4), (2025, 7, 4), "time"),
    ],
)
def test_days_are_first_and_last(date, first, last, granularity):
    assert date.days == (dt.date(*first), dt.date(*last))
    assert date.granularity == granularity


@pytest.mark.parametrize(
    "date",
    [
        Timex(),
        Timex(text="P2D"),
        PRESENT_REF,
        Timex(D, None, 7, 4),
        Timex(M, 2025, 13),
        Timex(Unit.HALF_YEAR, 2025, 3),
        Timex(D, 2025, 2, 30),
        Timex(Unit.YEAR, 0),
        Timex(W, 2025, 54),
    ],
)
def test_what_is_no_date_has_no_days_and_no_bounds(date):
    assert date.days is None
    assert date.granularity is None
    assert pd.isna(date.earliest)
    assert pd.isna(date.latest)


@pytest.mark.parametrize(
    ("date", "earliest", "latest"),
    [
        (Timex(D, 2025, 7, 4), "2025-07-04", "2025-07-04 23:59:59.999999"),
        (Timex(D, 2025, 7, 4).at("21:30"), "2025-07-04 21:30", "2025-07-04 21:30:59.999999"),
        (Timex(D, 2025, 7, 4).at("XX:XX"), "2025-07-04", "2025-07-04 23:59:59.999999"),
        (Timex(D, 2025, 7, 4).at("24:00"), "2025-07-05", "2025-07-05 00:00:59.999999"),
        (Timex(D, 2025, 7, 4).at("NI"), "2025-07-04 18:00", "2025-07-05 05:59:59.999999"),
        (Timex(D, 2025, 7, 4).at("NI", hours=(0, 6)), "2025-07-04", "2025-07-04 05:59:59.999999"),
        (Timex(D, 9999, 12, 31).at("NI"), "9999-12-31", "9999-12-31 23:59:59.999999"),
    ],
)
def test_bounds_are_the_first_and_last_moment(date, earliest, latest):
    assert (date.earliest, date.latest) == (pd.Timestamp(earliest), pd.Timestamp(latest))


@settings(max_examples=50, deadline=None)
@given(st.dates(), st.sampled_from([unit for unit in Unit if unit not in (Unit.FORTNIGHT, Unit.MILLENNIUM)]))
def test_widened_unit_holds_its_day(day, unit):
    date = Timex.of(day, unit)
    assert date.unit == unit
    if date.days is not None and unit != WE:
        assert date.days[0] <= day <= date.days[1]
        assert date.widened(unit) == date.moved(0, unit) == date


def test_a_day_that_the_calendar_lacks_is_none():
    assert [Timex.on(2025, 2, 31), Timex.on(0, 1, 1), Timex.on(10_000, 1, 1)] == [None, None, None]


def test_before_and_after_leave_out_the_days_within():
    july, day = Timex(M, 2025, 7), dt.date(2025, 7, 15)
    assert [july.moved(n, M).is_before(day) for n in (-1, 0, 1)] == [True, False, False]
    assert [july.moved(n, M).is_after(day) for n in (-1, 0, 1)] == [False, False, True]
    assert not Timex(M).is_before(day)


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("2025-07-01TEV", ("2025-07-01", "EV")),
        ("2025-07-01T21:30", ("2025-07-01", "21:30")),
        ("2025-Q3", ("2025-Q3", "")),
    ],
)
def test_date_and_time_of_a_value(value, parts):
    assert date_and_time(value) == parts


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("Easter", 2024, "2024-03-31"),
        ("Labor Day", 2025, "2025-09-01"),
        ("Memorial Day", 2025, "2025-05-26"),
        ("Thanksgiving Day", 1999, "1999-11-25"),
        ("Boxing Day", None, "XXXX-12-26"),
        ("Yom Kippur", 2025, "2025-10-02"),
        ("Independence Day", 2025, None),
        ("Easter", None, None),
        ("Towel Day", 2025, None),
    ],
)
def test_holiday_date(name, year, expected):
    day = holiday_date(name, year)
    assert (day.value if day else None) == expected
