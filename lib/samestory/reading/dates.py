"""When an article was published: dates that its page states, and a cautious inference where it states none.

Dates are wall-clock time. A page gives its own or its reader's time; an offset or a zone is read over and the
clock kept as stated: articles of one story are compared by the day and the order that their readers were
told, and zones are stated too seldom to convert.

Where no date is stated, the rule is (ours; cautious, for a wrong day moves every event of the timeline):

1. A date in the file name (2024-05-14-herald.txt) is taken.
2. Otherwise the article's own text must name a day of a month ("July 4", "the 3rd of May"), and
   another article of the folder must be dated. Each named day is read as the one nearest before
   that article's date, or up to two months after it. If the latest day named lies at most
   `NEAR_DAYS` days from the dated article, the undated one is taken to be published on that
   latest day: news tells of the day on which it appears or of the day before.
3. Otherwise the article stays without a date.

Such a date is marked `inferred`, holds the day alone (midnight) and may be a day too early.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
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
NEAR_DAYS = 2
_AHEAD = timedelta(days=61)
_NAMED_DAY = re.compile(
    rf"\b(?P<month>{MONTH})\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\b(?![:.]?[0-9]|\s?%)"
    rf"|\b(?P<day_first>[0-3]?[0-9])(?:st|nd|rd|th)?\s(?:of\s)?(?P<month_after>{MONTH})",
    re.IGNORECASE,
)
_NAME_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])(?![0-9])")


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


def date_in_name(name: str) -> datetime | None:
    """The date in a file's name, when it holds exactly one."""
    found = _NAME_DATE.findall(name)
    if len(found) != 1:
        return None
    try:
        return datetime(*map(int, found[0]))
    except ValueError:
        return None


def infer_published(text: str, dated: Iterable[datetime]) -> datetime | None:
    """Infer the day of publication of a text that states none.

    Args:
        text: the cleaned article.
        dated: publication times of the folder's other articles.
    Returns:
        that day at midnight, or None where the rule above gives nothing.
    """
    days = _named_days(text)
    if not days:
        return None
    full = {found.when.date() for found in find_dates(text)}
    guesses = []
    for anchor in sorted({moment.date() for moment in dated}):
        named = {_nearest(month, day, anchor) for month, day in days} | full
        latest = max((day for day in named if day is not None), default=None)
        if latest is not None and abs((latest - anchor).days) <= NEAR_DAYS:
            guesses.append((abs((latest - anchor).days), latest))
    if not guesses:
        return None
    return datetime.combine(min(guesses)[1], datetime.min.time())


def _named_days(text: str) -> set[tuple[int, int]]:
    """(month, day) of each day that the text names without a year."""
    pieces, position = [], 0
    for found in find_dates(text):
        pieces.append(text[position : found.start])
        position = found.end
    pieces.append(text[position:])
    days = set()
    for match in _NAMED_DAY.finditer(" | ".join(pieces)):
        month = MONTHS.index((match["month"] or match["month_after"])[:3].lower()) + 1
        days.add((month, int(match["day"] or match["day_first"])))
    return days


def _nearest(month: int, day: int, anchor: date) -> date | None:
    """The last such day up to two months after the anchor."""
    for year in (anchor.year + 1, anchor.year, anchor.year - 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= anchor + _AHEAD:
            return candidate
    return None
