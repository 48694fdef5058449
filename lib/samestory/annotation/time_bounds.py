"""Earliest and latest moment of a TIMEX3 value."""

import datetime as dt
import re

import pandas as pd

from samestory.annotation import time_calendar as calendar

# hours of the parts of a day; a night runs into the next day
_PARTS = {"MO": (0, 12), "MI": (12, 13), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30), "DT": (8, 18)}
_CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?")
_MICROSECOND = dt.timedelta(microseconds=1)


def bounds(value: str, published: pd.Timestamp = pd.NaT) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last moment of a value; NaT for durations, sets and dates of unknown year.

    PRESENT_REF is the day of publication; PAST_REF and FUTURE_REF have no bounds.
    """
    if value == "PRESENT_REF" and published is not pd.NaT:
        day = published.date()
        return _stamps(dt.datetime(day.year, day.month, day.day), _end_of(day))
    span = calendar.days(value)
    if span is None:
        return pd.NaT, pd.NaT
    start = dt.datetime(span[0].year, span[0].month, span[0].day)
    if "T" in value:
        return _time_bounds(start, value.partition("T")[2])
    return _stamps(start, _end_of(span[1]))


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 23, 59, 59, 999999)


def _time_bounds(midnight: dt.datetime, time: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    try:
        if time in _PARTS:
            first, last = _PARTS[time]
            return _stamps(midnight + dt.timedelta(hours=first), midnight + dt.timedelta(hours=last) - _MICROSECOND)
        match = _CLOCK.match("T" + time)
        if not match:
            return _stamps(midnight, midnight + dt.timedelta(days=1) - _MICROSECOND)
        start = midnight + dt.timedelta(hours=int(match[1]), minutes=int(match[2] or 0))
        length = dt.timedelta(minutes=1) if match[2] else dt.timedelta(hours=1)
        return _stamps(start, start + length - _MICROSECOND)
    except OverflowError:
        return _stamps(midnight, _end_of(midnight.date()))


def _stamps(first: dt.datetime, last: dt.datetime) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(first).as_unit("us"), pd.Timestamp(last).as_unit("us")
