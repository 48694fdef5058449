"""When an article was published: dates that its page states, and a cautious inference where it states none.

Dates are wall-clock time. A page gives its own or its reader's time; an offset or a zone is ignored and the
clock kept as stated: articles of one story are compared by the day and the order that their readers were
told, and zones are stated too seldom to convert.

Where no date is stated, the rule is (ours; cautious, for a wrong day moves every event of the timeline):

1. A date in the file name (2024-05-14-herald.txt) is taken.
2. Otherwise the article's own text must name a day of a month ("July 4", "the 3rd of May"), and another
   article of the folder must be dated. Each named day is read as the one nearest before that article's
   date, or up to two months after it. If the latest of them lies at most two days from the dated article,
   the undated one is taken to be published on it: news tells of the day on which it appears or of the day
   before.
3. Otherwise the article stays without a date.

Such a date is marked `inferred`, holds the day alone (midnight) and may be a day too early. So is a web
page's date that the page does not give as its own, but that stands somewhere in it (`page_metadata`).
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_DAY = r"[0-3]?[0-9]"
_TH = r"(?:st|nd|rd|th)?"
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
    rf"(?P<us_month>{_MONTH})\s(?P<us_day>{_DAY}){_TH}\s?,?\s(?P<us_year>{_YEAR})(?![0-9])",
    rf"(?P<uk_day>{_DAY}){_TH}(?:\sof)?[\s-](?P<uk_month>{_MONTH}),?[\s-](?P<uk_year>{_YEAR})(?![0-9])",
    rf"(?P<big_year>{_YEAR})[/.](?P<big_month>[01]?[0-9])[/.](?P<big_day>{_DAY})(?![0-9])",
    rf"(?P<dot_day>{_DAY})\.(?P<dot_month>[01]?[0-9])\.(?P<dot_year>{_YEAR})(?![0-9])",
    rf"(?P<slash_1>{_DAY})/(?P<slash_2>{_DAY})/(?P<slash_year>{_YEAR})(?![0-9])",
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?P<before>{_CLOCK}){_ZONE}?{_GAP}(?:on\s)?)?(?P<weekday>{_WEEKDAY},?\s)?"
    rf"(?:{'|'.join(_DATE_FORMS)})(?:,?\s(?P<weekday_after>{_WEEKDAY}))?(?:(?:T|{_GAP})(?P<after>{_CLOCK}){_ZONE}?|\s?Z\b)?(?!\w|\.[0-9])",
    re.I,
)
_YEAR_HINT = re.compile(_YEAR)  # spares the long pattern for nearly every paragraph
_SPACE = re.compile(r"\s")
_NEAR_DAYS = 2
_AHEAD = timedelta(days=61)
_NAMED_DAY = re.compile(
    rf"\b(?P<month>{_MONTH})\s(?P<day>{_DAY}){_TH}\b(?![:.]?[0-9]|\s?%)"
    rf"|\b(?P<day_first>{_DAY}){_TH}\s(?:of\s)?(?P<month_after>{_MONTH})",
    re.I,
)
_NAME_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])(?![0-9])")
_ADDRESS_DATE = re.compile(
    rf"[/_-](?P<year>(?:19|20)[0-9]{{2}})(?P<bar>[/_-])(?P<month>[01]?[0-9]|{'|'.join(_MONTHS)})(?P=bar)"
    r"(?P<day>[0-3]?[0-9])(?![0-9])"
    r"|[/_-](?P<basic>(?:19|20)[0-9]{2}[01][0-9][0-3][0-9])(?![0-9])",
    re.I,
)


class StatedDate(NamedTuple):
    """A date found in a text: its place, its wall-clock value, how much of it is stated."""

    start: int
    end: int
    when: datetime
    has_clock: bool
    has_weekday: bool


def find_dates(text: str, *, day_first: bool | None = None) -> list[StatedDate]:
    """Find full dates (with a year) that exist in the calendar, in text order.

    Args:
        day_first: how 04/07/2025 is read; when None, a date that can be read two ways is not one of them.
    """
    if not _YEAR_HINT.search(text):
        return []
    found = []
    # Every space is one character wide, so that the offsets hold in the original.
    for match in _DATE.finditer(_SPACE.sub(" ", text)):
        when = _value(match, day_first)
        if when is not None:
            clock = match["before"] or match["after"] or match["basic_clock"]
            found.append(
                StatedDate(*match.span(), when, bool(clock), bool(match["weekday"] or match["weekday_after"]))
            )
    return found


def whole_date(text: str, *, day_first: bool | None = None) -> datetime | None:
    """The date that a text is, from its first to its last character; None when it is anything else."""
    text = text.strip()
    found = find_dates(text, day_first=day_first)
    return found[0].when if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None


def parse_published(value: str) -> datetime:
    """Read a cell of a manifest or of a page's metadata.

    Raises:
        ValueError: it is not one full date; the message shows it and what was expected.
    """
    published = whole_date(value)
    if published is not None:
        return published
    text = _SPACE.sub(" ", value).strip()
    shown = repr(text if len(text) <= 40 else text[:39] + "…")
    if re.match(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", text):
        raise ValueError(f"{shown} can be read two ways or not at all; write it as 2024-05-14")
    raise ValueError(f"{shown}; expected a date such as 2024-05-14T09:00Z")


def date_in_name(name: str) -> datetime | None:
    """The date in a file's name, when it holds exactly one."""
    found = _NAME_DATE.findall(name)
    try:
        return datetime.strptime("".join(found[0]), "%Y%m%d") if len(found) == 1 else None
    except ValueError:
        return None


def date_in_address(url: str) -> datetime | None:
    """The day in a web address such as /2025/07/03/bridge or /2025/jul/03/bridge; None without one."""
    match = _ADDRESS_DATE.search(url)
    if match is None:
        return None
    with suppress(ValueError):
        if match["basic"]:
            return datetime.strptime(match["basic"], "%Y%m%d")
        month = int(match["month"]) if match["month"].isdigit() else _month(match["month"])
        return datetime(int(match["year"]), month, int(match["day"]))
    return None


def infer_published(text: str, dated: Iterable[datetime]) -> datetime | None:
    """Infer the day of publication of a cleaned text that states none, by the rule above.

    Args:
        dated: publication times of the folder's other articles.
    Returns:
        that day at midnight, or None where the rule gives nothing.
    """
    full = find_dates(text)
    days = _named_days(text, full)
    if not days:
        return None
    guesses = []
    for anchor in sorted({moment.date() for moment in dated}):
        named = {_nearest(month, day, anchor) for month, day in days} | {found.when.date() for found in full}
        latest = max((day for day in named if day is not None), default=None)
        if latest is not None and abs((latest - anchor).days) <= _NEAR_DAYS:
            guesses.append((abs((latest - anchor).days), latest))
    return datetime.combine(min(guesses)[1], datetime.min.time()) if guesses else None


def _value(match: re.Match, day_first: bool | None) -> datetime | None:
    for form in ("iso", "basic", "us", "uk", "big", "dot"):
        if match[f"{form}_year"]:
            year, month, day = (match[f"{form}_{part}"] for part in ("year", "month", "day"))
            break
    else:
        year, month, day = match["slash_year"], match["slash_1"], match["slash_2"]
        if int(month) > 12 or int(month) == int(day):
            month, day = day, month
        elif int(day) <= 12:
            if day_first is None:
                return None  # day or month first: nobody can tell
            month, day = (day, month) if day_first else (month, day)
    try:
        number = int(month) if month.isdigit() else _month(month)
        return datetime(int(year), number, int(day), *_clock(match))
    except ValueError:
        return None


def _clock(match: re.Match) -> tuple[int, int, int]:
    stated = (match["basic_clock"] or match["before"] or match["after"] or "").lower()
    hour, minute, second = [*map(int, re.findall("[0-9]{1,2}", stated)), 0, 0, 0][:3]
    if ("a" in stated or "p" in stated) and 1 <= hour <= 12:
        hour = hour % 12 + (12 if "p" in stated else 0)
    return hour, minute, second


def _named_days(text: str, full: list[StatedDate]) -> set[tuple[int, int]]:
    """(month, day) of each day that the text names outside its full dates."""
    for found in reversed(full):
        text = f"{text[: found.start]} | {text[found.end :]}"
    found_days = _NAMED_DAY.finditer(text)
    return {(_month(m["month"] or m["month_after"]), int(m["day"] or m["day_first"])) for m in found_days}


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _nearest(month: int, day: int, anchor: date) -> date | None:
    """The last such day up to two months after the anchor."""
    for year in (anchor.year + 1, anchor.year, anchor.year - 1):
        with suppress(ValueError):  # 29 February
            candidate = date(year, month, day)
            if candidate <= anchor + _AHEAD:
                return candidate
    return None
