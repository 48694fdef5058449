"""Holidays: their names in a text and their day in a year."""

import datetime as dt
import re
from functools import lru_cache

from samestory.packaged import packaged_yaml
from samestory.timeline.expressions import timex
from samestory.timeline.expressions.anchor import Anchor
from samestory.timeline.expressions.grammar import Found, Meaning, rule

_YEARS = range(1583, 4100)  # where the rule of Western Easter holds


@rule(
    "(?P<which>LAST|THIS|NEXT|PAST)? (?P<name>HOLIDAY) (?:COMMA? (?P<year>YEAR))? (?P<unit>UNIT|WEEKEND)?",
    "(?P<name>HOLIDAY) (?P<which>LAST|THIS|NEXT) (?P<whose>UNIT)",
)
def holiday(found: Found, anchor: Anchor) -> Meaning | None:
    """ "Thanksgiving Day", "last Christmas", "Easter week", "Independence Day"."""
    name = " ".join(found.words.word(found.span("name")[0]).replace("’", "'").split())
    sentence = _context(found)
    if name.casefold() in codebook()["never"]:
        return None
    if once := codebook()["once"].get(name.casefold()):
        return Meaning("DATE", once, "stated")
    if found.has("year"):
        value = holiday_date(name, int(found.word("year")), sentence)
        return _reading(value, found, "stated") if value else None
    if anchor.published is None:
        value = holiday_date(name, next(iter(anchor.years), 0) if len(anchor.years) == 1 else 0, sentence)
        return _reading(value, found, "inferred") if value else Meaning("DATE", "XXXX-XX-XX")
    years = [anchor.published.year + step for step in (-1, 0, 1)]
    values = [holiday_date(name, year, sentence, near=anchor.published) for year in years]
    values = [value for value in values if value]
    if not values:
        return Meaning("DATE", "XXXX-XX-XX")
    which, today = found.word("which"), anchor.published.isoformat()
    if found.has("whose"):
        year = anchor.published.year + {"last": -1, "next": 1}.get(which, 0)
        return _reading(next((v for v in values if v.startswith(f"{year:04}")), None), found, "relative")
    if found.step() < 0:
        return _reading(max((v for v in values if v < today), default=None), found, "relative")
    if found.step() > 0:
        return _reading(min((v for v in values if v > today), default=None), found, "relative")
    soon = found.before() in ("by", "until")
    return _reading(anchor.closest(values, found.char, ahead=soon), found, "relative")


def _reading(value: str | None, found: Found, how: str) -> Meaning | None:
    if value is None:
        return None
    if value.startswith("XXXX"):
        return Meaning("DATE", value)
    unit = found.payload("unit")
    if unit in ("W", "WE"):
        value = timex.widen(timex.first_day(value), unit)
    elif unit not in (None, "D"):
        return Meaning("DATE", value, how, words=(found.first, found.last - 1))
    return Meaning("DATE", value, how)


def _context(found: Found) -> str:
    """The words around: the line from up to 300 characters before to 100 after."""
    text = found.words.text
    before = text[max(0, found.char - 300) : found.char].rpartition("\n\n")[2]
    after = text[found.char : found.char + 100].partition("\n\n")[0]
    return f"{before}{after}".lower()


def holiday_date(name: str, year: int, context: str = "", *, near: dt.date | None = None) -> str | None:
    """The day of a holiday as TIMEX3.

    Args:
        name: as in the codebook, case aside.
        year: 0 for a year that is not known, which gives XXXX-12-25 for fixed days.
        context: words around the name, which may say whose Independence Day it is.
        near: the publication date, which decides when the words name several countries.
    Returns:
        None where the day cannot be known.
    """
    book, name = codebook(), name.casefold()
    if name in book["national"]:
        day = _national(book["national"][name], context, near)
    else:
        day = book["fixed"].get(name)
    if day:
        return f"{year:04}-{day}" if year else f"XXXX-{day}"
    if name in book["easter"] and year in _YEARS:
        return _easter(year, book["easter"][name])
    if name in book["weekday"] and 1 <= year <= 9999:
        return _nth_weekday(year, *book["weekday"][name])
    if name in book["library"] and 1900 <= year <= 2100:
        return _from_library(*book["library"][name], year)
    return None


def _national(days: dict[str, list[str]], context: str, near: dt.date | None) -> str | None:
    """The country named last before the day; where several are named, one whose day is this week."""
    places = {}
    for day, names in days.items():
        pattern = "|".join(re.escape(name) for name in names)
        for match in re.finditer(rf"\b(?:{pattern})(?!\w)", context):
            places[day] = match.start()
    if near is not None and len(places) > 1:
        this_week = [day for day in places if _apart(day, near) <= 7]
        if len(this_week) == 1:
            return this_week[0]
    return max(places, key=places.get) if places else None


def _apart(day: str, near: dt.date) -> int:
    try:
        return abs((dt.date.fromisoformat(f"{near.year:04}-{day}") - near).days)
    except ValueError:
        return 366


def _easter(year: int, offset: int) -> str:
    from dateutil.easter import easter  # only texts that name such a day pay for the import

    return (easter(year) + dt.timedelta(days=offset)).isoformat()


def _nth_weekday(year: int, month: int, nth: int, weekday: int, after: int = 0) -> str:
    """ "the fourth Thursday of November"; -1 is the last of the month; or so many days after it."""
    days = (dt.date(year, month, day) for day in range(1, timex.days(f"{year:04}-{month:02}")[1].day + 1))
    day = [day for day in days if day.isoweekday() == weekday][nth - (nth > 0)]
    return (day + dt.timedelta(days=after)).isoformat()


@lru_cache(maxsize=512)
def _from_library(country: str, name: str, year: int) -> str | None:
    import holidays  # half a second; only texts that name such a day pay it

    days = holidays.country_holidays(country, years=year, language="en_US")
    return min((day.isoformat() for day, title in days.items() if name in title.split("; ")), default=None)


@lru_cache(maxsize=1)
def codebook() -> dict[str, dict]:
    """codebooks/holidays.yaml, its names in lower case."""
    book = packaged_yaml("codebooks/holidays.yaml")
    never = frozenset(name.casefold() for name in book.pop("never"))
    days = {kind: {name.casefold(): day for name, day in names.items()} for kind, names in book.items()}
    return days | {"never": never}
