"""Earliest and latest moment of a TIMEX3 value."""

import datetime as dt
import re

import pandas as pd

from samestory.annotation.times import calendar

# first hour and hour after the last of each part of a day; a night runs into the next day
_PARTS = {"MO": (0, 12), "MI": (12, 13), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30), "DT": (8, 18)}
_CLOCK = re.compile(r"(\d\d):(\d\d)", re.ASCII)
_MICROSECOND = dt.timedelta(microseconds=1)
_UNKNOWN = (pd.NaT, pd.NaT)


def bounds(
    value: str, *, published: dt.date | None = None, hours: tuple[int, int] | None = None
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last moment of a value; NaT for durations, sets and dates of unknown year.

    Args:
        value: TIMEX3. PRESENT_REF is the day of publication; PAST_REF and FUTURE_REF have no bounds.
        published: day of publication.
        hours: first hour and hour after the last, where the words say more than the value can.
    """
    if value == "PRESENT_REF" and published is not None:
        return _day_bounds(published, published)
    span = calendar.days(value)
    if span is None:
        return _UNKNOWN
    _, _, time = value.partition("T")
    if hours is None and time in _PARTS:
        hours = _PARTS[time]
    try:
        if hours is not None:
            return _stamps(_midnight(span[0]), dt.timedelta(hours=hours[0]), dt.timedelta(hours=hours[1]))
        if match := _CLOCK.fullmatch(time):
            start = dt.timedelta(hours=int(match[1]), minutes=int(match[2]))
            return _stamps(_midnight(span[0]), start, start + dt.timedelta(minutes=1))
    except OverflowError:  # the night of 31 December 9999
        pass
    return _day_bounds(*span)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)


def _day_bounds(first: dt.date, last: dt.date) -> tuple[pd.Timestamp, pd.Timestamp]:
    end = dt.datetime(last.year, last.month, last.day, 23, 59, 59, 999999)
    return pd.Timestamp(_midnight(first)).as_unit("us"), pd.Timestamp(end).as_unit("us")


def _stamps(
    midnight: dt.datetime, start: dt.timedelta, end: dt.timedelta
) -> tuple[pd.Timestamp, pd.Timestamp]:
    first, last = midnight + start, midnight + end - _MICROSECOND
    return pd.Timestamp(first).as_unit("us"), pd.Timestamp(last).as_unit("us")
