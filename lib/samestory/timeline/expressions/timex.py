"""Calendar values of TIMEX3 ("1989-Q3", "2025-07-04TEV"): unit, neighbours, first and last moment.

Every function takes and gives TIMEX3 text; None where the calendar has no such thing (31 February,
year 0, the year after 9999), so that callers never have to catch an exception.
"""

import datetime as dt
import re

import pandas as pd

DAY, WEEK, WEEKEND, MONTH, QUARTER, HALF, SEASON, YEAR, DECADE, CENTURY = (
    "D", "W", "WE", "M", "Q", "H", "S", "Y", "DE", "CE",
)  # fmt: skip
_SHAPES = [
    (DAY, re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", re.ASCII)),
    (WEEKEND, re.compile(r"(\d{4})-W(\d\d)-WE", re.ASCII)),
    (WEEK, re.compile(r"(\d{4})-W(\d\d)", re.ASCII)),
    (QUARTER, re.compile(r"(\d{4})-Q([1-4])", re.ASCII)),
    (HALF, re.compile(r"(\d{4})-H([12])", re.ASCII)),
    (SEASON, re.compile(r"(\d{4})-(SP|SU|FA|WI)", re.ASCII)),
    (MONTH, re.compile(r"(\d{4})-(\d\d)", re.ASCII)),
    (YEAR, re.compile(r"(\d{4})", re.ASCII)),
    (DECADE, re.compile(r"(\d{3})", re.ASCII)),
    (CENTURY, re.compile(r"(\d{2})", re.ASCII)),
]
# northern, meteorological; a winter is named after the year in which it ends
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
# first hour and hour after the last of each part of a day; a night runs into the next day
_PARTS = {"MO": (0, 12), "MI": (12, 13), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30), "DT": (8, 18)}
_CLOCK = re.compile(r"(\d\d):(\d\d)", re.ASCII)
_MICROSECOND = dt.timedelta(microseconds=1)
_UNKNOWN = (pd.NaT, pd.NaT)


def unit_of(value: str) -> str | None:
    """The unit of a calendar value; None for durations, references and unknown years."""
    return next((unit for unit, shape in _SHAPES if shape.fullmatch(value)), None)


def longer(unit: str, other: str) -> bool:
    """Whether one unit is longer than another."""
    order = [DAY, WEEKEND, WEEK, MONTH, QUARTER, SEASON, HALF, YEAR, DECADE, CENTURY]
    return unit in order and other in order and order.index(unit) > order.index(other)


def first_day(value: str) -> dt.date | None:
    """The first day of a calendar value."""
    span = days(value)
    return span[0] if span else None


def days(value: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a calendar value."""
    for unit, shape in _SHAPES:
        if match := shape.fullmatch(value):
            try:
                return _days(unit, match.groups())
            except (ValueError, OverflowError):
                return None
    return None


def _days(unit: str, parts: tuple[str, ...]) -> tuple[dt.date, dt.date]:
    year = int(parts[0])
    if unit == DAY:
        day = dt.date(year, int(parts[1]), int(parts[2]))
        return day, day
    if unit in (WEEK, WEEKEND):
        monday = dt.date.fromisocalendar(year, int(parts[1]), 1)
        return monday + dt.timedelta(5 if unit == WEEKEND else 0), monday + dt.timedelta(6)
    if unit == SEASON:
        first, last = _SEASON_MONTHS[parts[1]]
        return dt.date(year - (first > last), first, 1), _last_of_month(year, last)
    if unit in (DECADE, CENTURY):
        size = 10 if unit == DECADE else 100
        return dt.date(year * size, 1, 1), dt.date(year * size + size - 1, 12, 31)
    length = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}[unit]
    number = 1 if unit == YEAR else int(parts[1])
    last = number * length
    return dt.date(year, last - length + 1, 1), _last_of_month(year, last)


def _last_of_month(year: int, month: int) -> dt.date:
    if (year, month) == (9999, 12):
        return dt.date.max
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)


def widen(day: dt.date, unit: str) -> str:
    """The week, month, quarter ... in which a day lies."""
    if unit == DAY:
        return day.isoformat()
    if unit in (WEEK, WEEKEND):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == WEEKEND else "")
    if unit == MONTH:
        return f"{day.year:04}-{day.month:02}"
    if unit == QUARTER:
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if unit == HALF:
        return f"{day.year:04}-H{(day.month + 5) // 6}"
    if unit == SEASON:
        season = next(name for name, (first, last) in _SEASON_MONTHS.items() if _in(day.month, first, last))
        return f"{day.year + (day.month == 12):04}-{season}"
    return f"{day.year:04}"[: {YEAR: 4, DECADE: 3, CENTURY: 2}[unit]]


def _in(month: int, first: int, last: int) -> bool:
    return first <= month <= last if first <= last else month >= first or month <= last


def move(value: str, count: int, unit: str) -> str | None:
    """A calendar value moved by so many units, in its own unit: ("1989-Q3", -1, "Y") is "1988-Q3"."""
    own = unit_of(value)
    start = first_day(value)
    if own is None or start is None or abs(count) > 100_000:
        return None
    if own == SEASON and unit in (YEAR, SEASON):
        return f"{int(value[:4]) + count:04}{value[4:]}" if 0 < int(value[:4]) + count < 10_000 else None
    moved = move_day(start, count, unit)
    return widen(moved, own) if moved else None


def move_day(day: dt.date, count: int, unit: str) -> dt.date | None:
    """A day moved by so many units; the 31st becomes the 30th where the month has no more."""
    months = {MONTH: 1, QUARTER: 3, HALF: 6, SEASON: 3, YEAR: 12, DECADE: 120, CENTURY: 1200, "ML": 12000}
    try:
        if unit not in months:
            return day + dt.timedelta(days=count * {DAY: 1, WEEK: 7, WEEKEND: 7, "FN": 14}[unit])
        year, month = divmod(day.year * 12 + day.month - 1 + count * months[unit], 12)
        return dt.date(year, month + 1, min(day.day, _last_of_month(year, month + 1).day))
    except (ValueError, OverflowError):
        return None


def day_value(year: int, month: int, day: int) -> str | None:
    """A calendar day as TIMEX3, None where there is no such day."""
    try:
        return dt.date(year, month, day).isoformat()
    except (ValueError, OverflowError):
        return None


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
    span = days(value)
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
