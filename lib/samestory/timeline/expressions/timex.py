"""A date as a value: what an expression of time means on the calendar, and how TIMEX3 writes it.

TIMEX3 ("1989-Q3", "2025-07-04TEV") is the notation of TimeML 1.2.1; X stands for what is not known.
Only this module reads or writes it. Where the calendar ends (31 February, year 0, the year after 9999)
no function raises an error: such a date has no days.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import pandas as pd


class Unit(StrEnum):
    """The units of the calendar, shortest first, by their letters in TIMEX3 and codebooks/times.yaml."""

    DAY, WEEKEND, WEEK, FORTNIGHT, MONTH = "D", "WE", "W", "FN", "M"
    QUARTER, SEASON, HALF_YEAR, YEAR = "Q", "S", "H", "Y"
    DECADE, CENTURY, MILLENNIUM = "DE", "CE", "ML"


# How far one is from the next.
_DAYS: dict[str, int] = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7, Unit.FORTNIGHT: 14}
_MONTHS: dict[str, int] = {
    Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEASON: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12,
    Unit.DECADE: 120, Unit.CENTURY: 1200, Unit.MILLENNIUM: 12000,
}  # fmt: skip
# Northern and meteorological. A winter is the first season of its year: it begins in the December before.
SEASONS = ("WI", "SP", "SU", "FA")
# First hour and hour after the last of each part of a day; a night runs into the next day.
_PARTS = {"MO": (0, 12), "MI": (12, 13), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30), "DT": (8, 18)}


@dataclass(frozen=True)
class Timex:
    """A date or a time of day, as exactly as it is known.

    What lies on no calendar has only its text: a length ("P2D"), a reference ("PAST_REF").
    """

    unit: str = ""  # DAY, WEEK ...; "" off the calendar
    year: int | None = None  # None: not known; the first year of a decade or century
    number: int | None = None  # of the month, week, quarter, half or season within the year, from 1
    day: int | None = None  # of the month
    weekday: int | None = None  # 1 Monday to 7 Sunday, where no more is known of a day
    time: str = ""  # part of the day ("EV") or the clock ("21:30")
    hours: tuple[int, int] | None = None  # closer than the part of the day says: "the early hours"
    text: str = ""

    @classmethod
    def of(cls, day: dt.date, unit: str = Unit.DAY) -> "Timex":
        """The week, month, quarter ... in which a day lies, or the day itself."""
        if unit == Unit.DAY:
            return cls(Unit.DAY, day.year, day.month, day.day)
        if unit in (Unit.WEEK, Unit.WEEKEND):
            return cls(unit, *day.isocalendar()[:2])
        size = _MONTHS[unit]
        months = day.year * 12 + day.month - 1 + (unit == Unit.SEASON)
        year, month = divmod(months // size * size, 12)
        return cls(unit, year, month // size + 1 if size < 12 else None)

    @classmethod
    def on(cls, year: int, month: int, day: int) -> "Timex | None":
        """A day of the calendar; None where it has no such day."""
        found = cls(Unit.DAY, year, month, day)
        return found if found.days else None

    @property
    def value(self) -> str:
        """The TIMEX3 text."""
        if not self.unit:
            return self.text
        year = "XXXX" if self.year is None else f"{self.year:04}"
        number, day = ("XX" if part is None else f"{part:02}" for part in (self.number, self.day))
        if self.unit == Unit.SEASON and self.number:
            number = SEASONS[self.number - 1]
        dates: dict[str, str] = {
            Unit.DAY: f"{year}-{number}-{day}" if self.weekday is None else f"{year}-WXX-{self.weekday}",
            Unit.WEEK: f"{year}-W{number}",
            Unit.WEEKEND: f"{year}-W{number}-WE",
            Unit.MONTH: f"{year}-{number}",
            Unit.QUARTER: f"{year}-Q{number[-1]}",
            Unit.HALF_YEAR: f"{year}-H{number[-1]}",
            Unit.SEASON: f"{year}-{number}",
            Unit.DECADE: year[:3],
            Unit.CENTURY: year if self.year is None else year[:2],
        }
        date = dates.get(self.unit, year)
        return f"{date}T{self.time}" if self.time else date

    @cached_property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """First and last day; None where the year is not known, or the calendar has no such date."""
        try:
            return None if self.year is None else self._days(self.year, self.number or 1)
        except (ValueError, OverflowError):
            return None

    def _days(self, year: int, number: int) -> tuple[dt.date, dt.date]:
        if self.unit == Unit.DAY:
            day = dt.date(year, number, self.day or 0)
            return day, day
        if self.unit in (Unit.WEEK, Unit.WEEKEND):
            sunday = dt.date.fromisocalendar(year, number, 7)
            return sunday - dt.timedelta(1 if self.unit == Unit.WEEKEND else 6), sunday
        size = _MONTHS[self.unit]
        if number > max(1, 12 // size):
            raise ValueError(f"a year has no {self.value}")
        months = year * 12 + (number - 1) * size - (self.unit == Unit.SEASON)
        return _day_of(months, 1), _day_of(months + size - 1, 31)

    @property
    def first(self) -> dt.date | None:
        """The first day."""
        return self.days[0] if self.days else None

    @property
    def granularity(self) -> str | None:
        """How exactly it is known: time, day, week, month ...; None where it has no days."""
        if self.days is None:
            return None
        return "time" if self.time else Unit(self.unit).name.lower().replace("_", " ")

    @property
    def earliest(self) -> pd.Timestamp:
        """The first moment; NaT where it has no days."""
        return self._bounds[0]

    @property
    def latest(self) -> pd.Timestamp:
        """The last moment; NaT where it has no days."""
        return self._bounds[1]

    @cached_property
    def _bounds(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        if self.days is None:
            return pd.NaT, pd.NaT
        first, last = (dt.datetime.combine(day, dt.time()) for day in self.days)
        start, end = self._minutes()
        try:
            first += dt.timedelta(minutes=start)
            last += dt.timedelta(minutes=end, microseconds=-1)
        except OverflowError:  # the night of 31 December 9999
            return self.date._bounds
        return pd.Timestamp(first).as_unit("us"), pd.Timestamp(last).as_unit("us")

    def _minutes(self) -> tuple[int, int]:
        """The minutes of the day in which it begins and before which it ends."""
        if self.time[:1].isdigit():
            hour, minute = self.time.split(":")
            start = int(hour) * 60 + int(minute)
            return start, start + 1
        begins, ends = self.hours or _PARTS.get(self.time, (0, 24))
        return begins * 60, ends * 60

    @property
    def date(self) -> "Timex":
        """The date without the time of day."""
        return replace(self, time="", hours=None)

    def at(self, time: str, hours: tuple[int, int] | None = None) -> "Timex":
        """The date with a time of day."""
        return replace(self, time=time.removeprefix("T"), hours=hours)

    def in_year(self, year: int | None) -> "Timex":
        return replace(self, year=year)

    def widened(self, unit: str) -> "Timex":
        """The day, week, month ... in which it begins; of unknown year where it has no days."""
        return Timex.of(self.days[0], unit) if self.days else Timex(unit)

    def moved(self, count: int, unit: str) -> "Timex":
        """Moved by so many units, in its own unit: a year before 1989-Q3 is 1988-Q3.

        The 31st becomes the 30th where the month has no more days. Of unknown year where the calendar ends.
        """
        if self.days is None:
            return Timex(self.unit)
        day = self.days[0]
        try:
            if unit in _DAYS:
                day += dt.timedelta(days=count * _DAYS[unit])
            else:
                day = _day_of(day.year * 12 + day.month - 1 + count * _MONTHS[unit], day.day)
        except (ValueError, OverflowError):
            return Timex(self.unit)
        return Timex.of(day, self.unit)

    def is_longer(self, unit: str) -> bool:
        """Whether it is longer than a unit."""
        order = list(Unit)
        return order.index(Unit(self.unit)) > order.index(Unit(unit))

    def is_before(self, day: dt.date) -> bool:
        """Whether it is over before a day begins; no where it has no days."""
        return self.days is not None and self.days[1] < day

    def is_after(self, day: dt.date) -> bool:
        return self.days is not None and self.days[0] > day


def _day_of(months: int, day: int) -> dt.date:
    """A day of the month that begins so many months after year 0; the month's last where it is shorter."""
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


PRESENT_REF, PAST_REF, FUTURE_REF = (Timex(text=name) for name in ("PRESENT_REF", "PAST_REF", "FUTURE_REF"))
REFERENCES = (PRESENT_REF.value, PAST_REF.value, FUTURE_REF.value)  # as a table's column `value` has them


def date_and_time(value: str) -> tuple[str, str]:
    """The date and the time of day of a table's TIMEX3 date: ("2025-07-01", "EV"), ("2025-07-01", "")."""
    date, _, time = value.partition("T")
    return date, time
