"""Dates and spans of time in a reader's words."""

import pandas as pd

from samestory.pages.html import count

_PARTS = {
    "MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime",
}  # fmt: skip
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}


def date_label(value: str, earliest: pd.Timestamp, granularity: str) -> str:
    """Write a date as exactly as it is known: "1 Jul 2025, evening", "Jun 2025", "the 1990s".

    Args:
        value: TIMEX3.
        earliest: its first moment.
        granularity: as in the timeline table.
    """
    day = f"{earliest.day} {earliest:%b %Y}"
    if granularity == "time":
        return f"{day}, {part_label(value)}"
    if granularity == "week":
        return f"week of {day}"
    if granularity == "weekend":
        return f"weekend of {day}"
    if granularity == "month":
        return f"{earliest:%b %Y}"
    if granularity == "season":
        return f"{_SEASONS.get(value[-2:], value[-2:])} {value[:4]}"
    if granularity in ("quarter", "half year"):
        return f"{value[5:]} {value[:4]}"
    if granularity == "decade":
        return f"the {value}0s"
    if granularity == "century":
        return f"{int(value) + 1}th century"
    return day if granularity == "day" else f"{earliest.year}"


def part_label(value: str) -> str:
    """The time of day of a value: "evening", "21:30"; "" where it has none."""
    part = value.partition("T")[2]
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
