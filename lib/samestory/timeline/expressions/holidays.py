"""Holidays: their names in a text and their day in a year."""

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache
from typing import Any

from samestory.packaged import packaged_yaml
from samestory.timeline.expressions.anchor import Anchor
from samestory.timeline.expressions.grammar import Found, Meaning, dated, rule
from samestory.timeline.expressions.timex import Timex, Unit

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
        return dated(Timex.of(dt.date.fromisoformat(once)))
    published, unknown = anchor.published, Timex(Unit.DAY)
    if found.has("year"):
        return _reading(holiday_date(name, int(found.word("year")), sentence), found, "stated")
    if published is None:
        return _reading(holiday_date(name, anchor.year, sentence) or unknown, found, "inferred")
    years = (holiday_date(name, published.year + step, sentence, near=published) for step in (-1, 0, 1))
    days = [day for day in years if day]
    if not days:
        return dated(unknown)
    if found.has("whose"):
        year = published.year + {"last": -1, "next": 1}.get(found.word("which"), 0)
        days = [day for day in days if day.year == year]
    elif found.step() < 0:
        days = [day for day in days if day.is_before(published)][-1:]
    elif found.step() > 0:
        days = [day for day in days if day.is_after(published)]
    else:
        closest = anchor.closest(days, found.char, ahead=found.before() in ("by", "until"))
        days = [closest] if closest else []
    return _reading(days[0] if days else None, found, "relative")


def _reading(value: Timex | None, found: Found, how: str) -> Meaning | None:
    if value is None:
        return None
    unit = found.payload("unit")
    if value.days is None or unit in (None, Unit.DAY):
        return dated(value, how)
    if unit == Unit.WEEKEND and value.days[0].isoweekday() < 3:  # that of Labor Day is the one before it
        value = value.moved(-2, Unit.DAY)
    if unit in (Unit.WEEK, Unit.WEEKEND):
        return dated(value.widened(unit), how)
    return dated(value, how)._replace(words=(found.first, found.last - 1))


def _context(found: Found) -> str:
    """The words around: the line from up to 300 characters before to 100 after."""
    text = found.words.text
    before = text[max(0, found.char - 300) : found.char].rpartition("\n\n")[2]
    after = text[found.char : found.char + 100].partition("\n\n")[0]
    return f"{before}{after}".lower()


def holiday_date(
    name: str, year: int | None, context: str = "", *, near: dt.date | None = None
) -> Timex | None:
    """The day of a holiday.

    Args:
        name: as in the codebook, case aside.
        year: None where it is not known: then only holidays that keep their day have a date, without a year.
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
        return _on(day, year)
    if year is None:
        return None
    if name in book["easter"] and year in _YEARS:
        from dateutil.easter import easter  # only texts that name such a day pay for the import

        return Timex.of(easter(year) + dt.timedelta(days=book["easter"][name]))
    if name in book["weekday"] and 1 <= year <= 9999:
        return Timex.of(_nth_weekday(year, *book["weekday"][name]))
    if name in book["library"] and 1900 <= year <= 2100:
        found = _from_library(*book["library"][name], year)
        return Timex.of(found) if found else None
    return None


def _on(day: str, year: int | None) -> Timex:
    """A day that the codebook writes as "12-25"."""
    month, number = day.split("-")
    return Timex(Unit.DAY, year, int(month), int(number))


def _national(days: dict[str, list[str]], context: str, near: dt.date | None) -> str | None:
    """The country named last before the day; where several are named, one whose day is this week."""
    places: dict[str, int] = {}
    for day, names in days.items():
        pattern = "|".join(re.escape(name) for name in names)
        for match in re.finditer(rf"\b(?:{pattern})(?!\w)", context):
            places[day] = match.start()
    if near is not None and len(places) > 1:
        this_week = [day for day in places if _apart(day, near) <= 7]
        if len(this_week) == 1:
            return this_week[0]
    return max(places, key=places.__getitem__, default=None)


def _apart(day: str, near: dt.date) -> int:
    """Days between a date and the holiday of its year."""
    date = _on(day, near.year).first
    return abs((date - near).days) if date else 366


def _nth_weekday(year: int, month: int, nth: int, weekday: int, after: int = 0) -> dt.date:
    """ "the fourth Thursday of November"; -1 is the last of the month; or so many days after it."""
    days = (dt.date(year, month, day + 1) for day in range(monthrange(year, month)[1]))
    day = [day for day in days if day.isoweekday() == weekday][nth - (nth > 0)]
    return day + dt.timedelta(days=after)


@lru_cache(maxsize=512)
def _from_library(country: str, name: str, year: int) -> dt.date | None:
    import holidays  # half a second; only texts that name such a day pay it

    days = holidays.country_holidays(country, years=year, language="en_US")
    return min((day for day, title in days.items() if name in title.split("; ")), default=None)


@lru_cache(maxsize=1)
def codebook() -> dict[str, Any]:
    """codebooks/holidays.yaml, its names in lower case."""
    book = packaged_yaml("codebooks/holidays.yaml")
    never = frozenset(name.casefold() for name in book.pop("never"))
    days = {kind: {name.casefold(): day for name, day in names.items()} for kind, names in book.items()}
    return days | {"never": never}
