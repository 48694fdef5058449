"""Dates and spans of time in a reader's words."""

import pandas as pd

from samestory.pages.html import count
from samestory.timeline.expressions.timex import date_and_time

_PARTS = {
    "MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime",
}  # fmt: skip
_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}  # by first month


def date_label(value: str, earliest: pd.Timestamp, granularity: str) -> str:
    """Write a date as exactly as it is known: "1 Jul 2025, evening", "Jun 2025", "the 1990s".

    Args:
        value: TIMEX3, of which only the time of day is read.
        earliest: its first moment.
        granularity: as in the timeline table.
    """
    day, year, month = f"{earliest.day} {earliest:%b %Y}", earliest.year, earliest.month
    labels = {
        "time": f"{day}, {part_label(value)}",
        "day": day,
        "week": f"week of {day}",
        "weekend": f"weekend of {day}",
        "month": f"{earliest:%b %Y}",
        "quarter": f"Q{(month + 2) // 3} {year}",
        "half year": f"H{(month + 5) // 6} {year}",
        "season": f"{_SEASONS.get(month)} {year + (month == 12)}",  # a winter is named after where it ends
        "decade": f"the {year}s",
        "century": f"{_ordinal(year // 100 + 1)} century",
    }
    return labels.get(granularity, str(year))


def _ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "11th", "21st"."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number in (11, 12, 13) else endings.get(number % 10, 'th')}"


def part_label(value: str) -> str:
    """The time of day of a TIMEX3 date: "evening", "21:30"; "" where it has none."""
    part = date_and_time(value)[1]
    return _PARTS.get(part, part)


def elapsed(before: pd.Timestamp, after: pd.Timestamp, *, exact: bool) -> str:
    """The time between two dates, in its largest unit; "" from one day to the next.

    Args:
        before: the last moment of the first.
        after: the first moment of the second.
        exact: both are known to the day; else nothing below two months is said.
    """
    days = (after.normalize() - before.normalize()).days
    for size, unit in ((365.25, "year"), (30.44, "month"), (1, "day")):
        if days >= 2 * size or (unit == "day" and days >= 2):
            return f"{count(round(days / size), unit)} later" if exact or unit != "day" else ""
    return ""
