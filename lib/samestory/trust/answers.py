"""What a coder wrote, as a value that can be compared: a choice, a date, a name."""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

import pandas as pd

from samestory.reading.dates import whole_date
from samestory.trust.coding import NOT_SAID, Variable

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d.*)?")
_NO_TITLE = re.compile(r"^(?:mr|mrs|ms|dr|prof|president|the)\b\.?\s+", re.IGNORECASE)
_EDGES = " \t\r\n\u00a0'’\"“”.,;:"


def plain(written: str) -> str:
    """A cell's text in small letters, without what a spreadsheet or a hurried hand adds around it."""
    return " ".join(unicodedata.normalize("NFC", written).strip(_EDGES).casefold().split())


def answer(written: str, variable: Variable) -> str | None:
    """The value that a cell means, None where it is none that this variable can have."""
    for value in variable.choices:
        if plain(value) == plain(written):
            return value
    if variable.kind == "date":
        return _date(written)
    return " ".join(written.strip(_EDGES).split()) or None if variable.kind == "name" else None


def expected(variable: Variable) -> str:
    """What a cell of this variable may hold, for a message."""
    values = ", ".join(variable.choices)
    if variable.kind == "choice":
        return f"one of: {values}"
    how = "a date such as 2025-07-04, 2025-07 or 2025" if variable.kind == "date" else "a name"
    return f"{how}, or: {values}"


def day_span(value: object, earliest: pd.Timestamp, latest: pd.Timestamp) -> str | None:
    """The days that the machine means, written as a coder writes them; None where it knows none."""
    if pd.isna(earliest) or pd.isna(latest):
        return None
    if isinstance(value, str) and "T" in value[:11]:  # a night runs into the next day
        return f"{earliest:%Y-%m-%d}"
    return _span(earliest.date(), latest.date())


def one_name(names: Iterable[str]) -> dict[str, str]:
    """Which names that people wrote mean one: "Zelensky" is "Volodymyr Zelensky" where nobody else fits.

    Returns:
        name -> the longest form of it. Two are one where they have the same words, small letters, accents
        and titles aside, or where all words of one stand in exactly one longer name.
    """
    words = {name: _words(name) for name in dict.fromkeys(names) if name != NOT_SAID}
    best: dict[frozenset[str], str] = {}
    for name in sorted(words, key=lambda name: (-len(name), name)):
        best.setdefault(words[name], name)
    longest = [one for one in best if one and not any(one < other for other in best)]
    found = {NOT_SAID: NOT_SAID}
    for name, own in words.items():
        homes = [one for one in longest if own and own <= one]
        found[name] = best[homes[0]] if len(homes) == 1 else best[own]
    return found


def _words(name: str) -> frozenset[str]:
    bare = unicodedata.normalize("NFKD", _NO_TITLE.sub("", name.strip()))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
    return frozenset(re.findall(r"\w+", letters.replace("'s", "").replace("’s", "")))


def _date(written: str) -> str | None:
    """A day, month, year or span of days as `day_span` writes it."""
    ends = [_days(part.strip(_EDGES)) for part in written.strip().split("/")] if written.strip() else []
    if not 1 <= len(ends) <= 2 or None in ends:
        whole = whole_date(written)  # 4 July 2025, 25/07/2025
        return f"{whole:%Y-%m-%d}" if whole else None
    known = [end for end in ends if end]
    return _span(known[0][0], known[-1][1]) if known[0][0] <= known[-1][1] else None


def _days(written: str) -> tuple[dt.date, dt.date] | None:
    match = _ISO.fullmatch(written)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    last_month = month or 12
    return first, dt.date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def _span(first: dt.date, last: dt.date) -> str:
    if first == last:
        return f"{first:%Y-%m-%d}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first:%Y}"
    end = calendar.monthrange(last.year, last.month)[1]
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == end:
        return f"{first:%Y-%m}"
    return f"{first:%Y-%m-%d}/{last:%Y-%m-%d}"
