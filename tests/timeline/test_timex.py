"""Calendar values: moved, widened, bounded; never an exception at the calendar's ends."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.timeline.expressions.holidays import holiday_date
from samestory.timeline.expressions.timex import day_value, days, move, unit_of, widen


@pytest.mark.parametrize(
    ("value", "count", "unit", "expected"),
    [
        ("2025-07-04", -1, "D", "2025-07-03"),
        ("2025-07-04", -1, "M", "2025-06-04"),
        ("2024-02-29", 1, "Y", "2025-02-28"),
        ("2025-01", -1, "M", "2024-12"),
        ("2025-Q1", -1, "Q", "2024-Q4"),
        ("2025-Q1", -1, "Y", "2024-Q1"),
        ("2025-W01", -1, "W", "2024-W52"),
        ("2025-SU", -1, "Y", "2024-SU"),
        ("195", 1, "DE", "196"),
        ("9999-12-31", 1, "D", None),
        ("0001", -1, "Y", None),
        ("0000-01-01", 1, "D", None),
        ("XXXX-07-04", 1, "D", None),
    ],
)
def test_move_keeps_the_unit(value, count, unit, expected):
    assert move(value, count, unit) == expected


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2025-W27", (2025, 6, 30), (2025, 7, 6)),
        ("2025-W27-WE", (2025, 7, 5), (2025, 7, 6)),
        ("2025-Q3", (2025, 7, 1), (2025, 9, 30)),
        ("2025-H2", (2025, 7, 1), (2025, 12, 31)),
        ("2025-WI", (2024, 12, 1), (2025, 2, 28)),
        ("199", (1990, 1, 1), (1999, 12, 31)),
        ("18", (1800, 1, 1), (1899, 12, 31)),
        ("9999-12", (9999, 12, 1), (9999, 12, 31)),
    ],
)
def test_days_are_first_and_last(value, first, last):
    assert days(value) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "value", ["", "P2D", "PRESENT_REF", "XXXX-07-04", "2025-13", "2025-02-30", "0000", "2025-W54"]
)
def test_days_of_no_date_are_none(value):
    assert days(value) is None


@settings(max_examples=50, deadline=None)
@given(st.dates(), st.sampled_from(["D", "W", "WE", "M", "Q", "H", "S", "Y", "DE", "CE"]))
def test_widened_unit_holds_its_day(day, unit):
    value = widen(day, unit)
    assert unit_of(value) == unit
    span = days(value)
    if span is not None and unit != "WE":
        assert span[0] <= day <= span[1]


def test_day_value_of_no_day_is_none():
    assert [day_value(2025, 2, 31), day_value(0, 1, 1), day_value(10_000, 1, 1)] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("Easter", 2024, "2024-03-31"),
        ("Labor Day", 2025, "2025-09-01"),
        ("Memorial Day", 2025, "2025-05-26"),
        ("Thanksgiving Day", 1999, "1999-11-25"),
        ("Boxing Day", 0, "XXXX-12-26"),
        ("Yom Kippur", 2025, "2025-10-02"),
        ("Independence Day", 2025, None),
        ("Easter", 0, None),
        ("Towel Day", 2025, None),
    ],
)
def test_holiday_date(name, year, expected):
    assert holiday_date(name, year) == expected
