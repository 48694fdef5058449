"""Full calendar dates as news pages print them, read as wall-clock time without a zone.

A page says when it was published in the reader's or the newsroom's own time. An offset or a zone
in the source is read over and the clock is kept as stated: articles of one story are compared by
the day and the order that their readers were told, and zones are stated too seldom to convert.
"""

import re
from datetime import datetime
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"

_DAY = r"(?:[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9]|20|21)[0-9]{2}"
_ZONE = (
    r"(?:\s?Z\b|\s?[+-][0-9]{2}:?[0-9]{2}\b"
    r"|\s?\(?\b(?:GMT|UTC|BST|IST|CET|CEST|EET|EEST|MSK|WET|WEST|E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|A[EW][SD]T)\b"
    r"(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?\)?)"
)
_CLOCK = (
    r"(?:[0-2]?[0-9][:.][0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?(?:\s?[ap]\.?m\b\.?)?"
    r"|[01]?[0-9]\s?[ap]\.?m\b\.?)"
)
_GAP = r"(?:\s?(?:,|\||·|•|–|—|-|@|\bat\b)\s?|\s)"
_DATE_FORMS = (
    rf"(?P<iso_year>{_YEAR})-(?P<iso_month>[01][0-9])-(?P<iso_day>[0-3][0-9])(?![0-9])",
    rf"(?P<basic_year>{_YEAR})(?P<basic_month>[01][0-9])(?P<basic_day>[0-3][0-9])"
    r"(?:T(?P<basic_clock>[0-2][0-9][0-5][0-9][0-5][0-9]))?(?![0-9])",
    rf"(?P<us_month>{MONTH})\s(?P<us_day>{_DAY})\s?,?\s(?P<us_year>{_YEAR})(?![0-9])",
    rf"(?P<uk_day>{_DAY})(?:\sof)?[\s-](?P<uk_month>{MONTH}),?[\s-](?P<uk_year>{_YEAR})(?![0-9])",
    rf"(?P<big_year>{_YEAR})[/.](?P<big_month>[01]?[0-9])[/.](?P<big_day>[0-3]?[0-9])(?![0-9])",
    rf"(?P<dot_day>[0-3]?[0-9])\.(?P<dot_month>[01]?[0-9])\.(?P<dot_year>{_YEAR})(?![0-9])",
    rf"(?P<slash_1>[0-3]?[0-9])/(?P<slash_2>[0-3]?[0-9])/(?P<slash_year>{_YEAR})(?![0-9])",
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?P<before>{_CLOCK}){_ZONE}?{_GAP}(?:on\s)?)?(?P<weekday>{WEEKDAY},?\s)?"
    rf"(?:{'|'.join(_DATE_FORMS)})(?:(?:T|{_GAP})(?P<after>{_CLOCK}){_ZONE}?|\s?Z\b)?(?!\w|\.[0-9])",
    re.IGNORECASE,
)
_CLOCK_PARTS = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?(?::(?P<second>[0-9]{2}))?"
    r"(?:[.,][0-9]+)?\s?(?P<half>[ap])?",
    re.IGNORECASE,
)
_YEAR_HINT = re.compile(_YEAR)  # spares the long pattern for nearly every paragraph
_SPACES = re.compile(r"\s")


class StatedDate(NamedTuple):
    """A date found in a text: its place, its wall-clock value, how much of it is stated."""

    start: int
    end: int
    when: datetime
    has_clock: bool
    has_weekday: bool


def find_dates(text: str) -> list[StatedDate]:
    """Find full dates (with a year) that exist in the calendar, in text order.

    A date that can be read two ways, such as 04/07/2025, is not one of them.
    """
    if not _YEAR_HINT.search(text):
        return []
    # Every space is one character wide, so that the offsets hold in the original.
    plain = _SPACES.sub(" ", text)
    found = []
    for match in _DATE.finditer(plain):
        when = _value(match)
        if when is not None:
            clock = match["before"] or match["after"] or match["basic_clock"]
            found.append(StatedDate(match.start(), match.end(), when, bool(clock), bool(match["weekday"])))
    return found


def parse_published(value: str) -> datetime:
    """Read a cell of a manifest or of a page's metadata.

    Raises:
        ValueError: it is not one full date; the message shows it and what was expected.
    """
    text = _SPACES.sub(" ", str(value)).strip()
    found = find_dates(text)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
        return found[0].when
    if re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}.*", text):
        raise ValueError(f"{_short(text)!r} can be read two ways or not at all; write it as 2024-05-14")
    raise ValueError(f"{_short(text)!r}; expected a date such as 2024-05-14T09:00Z")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _value(match: re.Match) -> datetime | None:
    for form in ("iso", "basic", "us", "uk", "big", "dot"):
        if match[f"{form}_year"]:
            year, month, day = (match[f"{form}_{part}"] for part in ("year", "month", "day"))
            break
    else:
        year, first, second = match["slash_year"], int(match["slash_1"]), int(match["slash_2"])
        if first > 12 or first == second:
            day, month = str(first), str(second)
        elif second > 12:
            month, day = str(first), str(second)
        else:
            return None  # day or month first: nobody can tell
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    clock = _clock(match)
    try:
        return datetime(int(year), number, int(re.match("[0-9]+", day)[0]), *clock)
    except ValueError:
        return None


def _clock(match: re.Match) -> tuple[int, int, int]:
    if match["basic_clock"]:
        digits = match["basic_clock"]
        return int(digits[:2]), int(digits[2:4]), int(digits[4:])
    stated = match["before"] or match["after"]
    if not stated:
        return 0, 0, 0
    parts = _CLOCK_PARTS.match(stated)
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if parts["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    return hour, minute, second
