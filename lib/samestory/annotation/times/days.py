"""Readings of single days: numeric dates, day and month, weekdays."""

from samestory.annotation.times import calendar
from samestory.annotation.times.anchor import FUTURE, LIKELY_PAST, PAST, POSSIBLE, Anchor
from samestory.annotation.times.grammar import Found, Reading, rule, stated

_MONTH = "(?P<month>{a_month}) DOT?"
_WEEKDAY = "(?:(?P<weekday>{a_weekday}) DOT? COMMA? THE?)?"
_YEAR = "(?:COMMA? (?P<year>{a_year}))?"


@rule("NUMERIC_DATE")
def numeric_date(found: Found, anchor: Anchor) -> Reading | None:
    """ "2025-07-04", "7/4/2025" (month first unless it can't be), "4.7.2025" (day first)."""
    date, _, clock = found.text.replace("T", " ").partition(" ")
    first, second, third = (int(part) for part in date.replace("/", "-").replace(".", "-").split("-"))
    if date[:4].isdigit():
        year, month, day = first, second, third
    else:
        year = third if third > 99 else _full(third)
        day_first = "." in date or first > 12
        month, day = (second, first) if day_first else (first, second)
    value = calendar.day_value(year, month, day)
    if value and clock:
        return stated("TIME", f"{value}T{clock.rstrip('Z')[:5]}")
    return stated("DATE", value)


def _full(two_digits: int) -> int:
    """Two digits are a year from 1930 to 2029."""
    return two_digits + (2000 if two_digits < 30 else 1900)


def year_of(found: Found) -> int | None:
    """The year of the part `year`: "1989", "'89"."""
    digits = "".join(char for char in found.word("year") if char.isdigit())
    return _full(int(digits)) if len(digits) == 2 else int(digits) if digits else None


@rule(
    _WEEKDAY + _MONTH + "THE? (?P<day>{a_day})" + _YEAR,
    _WEEKDAY + "(?P<day>{a_day}) OF?" + _MONTH + _YEAR,
)
def day_and_month(found: Found, anchor: Anchor) -> Reading | None:
    """ "July 4, 2025", "4 July", "Friday, Jan. 5th"; not "February 31"."""
    month, day, year = found.payload("month"), found.number("day"), year_of(found)
    if calendar.day_value(2000, month, day) is None:  # a leap year, so that 29 February may pass
        return None
    if year:
        return stated("DATE", calendar.day_value(year, month, day))
    if found.after() == "," and len(found.after(1)) == 4 and found.after(1).isdecimal():
        value = calendar.day_value(int(found.after(1)), month, day)  # "December 31, 9999"
        return Reading("DATE", value, "stated", words=(found.first, found.last + 2)) if value else None
    return with_likely_year(found, anchor, f"{month:02}-{day:02}")


@rule("(?:HYPHEN|TO) (?P<day>DAY)")
def end_of_range(found: Found, anchor: Anchor) -> Reading | None:
    """The "11" of "June 9-11"."""
    day = calendar.first_day(anchor.day or "")
    if day is None or anchor.day_ends != found.first or found.after()[:1] in ("%", "-", ":"):
        return None
    if found.number("day") <= day.day or found.words.text[found.char :][:1] == " ":
        return None
    value = calendar.day_value(day.year, day.month, found.number("day"))
    return Reading("DATE", value, "relative", words=(found.last - 1, found.last)) if value else None


def with_likely_year(found: Found, anchor: Anchor, rest: str) -> Reading:
    """The year of "07-04" or "Q3": by publication date and tense; else only what the text gives."""
    if anchor.published is None:
        if len(anchor.years) == 1:
            return Reading("DATE", f"{min(anchor.years):04}-{rest}", "inferred")
        return Reading("DATE", f"XXXX-{rest}")
    years = (anchor.published.year + step for step in (-1, 0, 1))
    candidates = [f"{year:04}-{rest}" for year in years]
    value = anchor.closest(candidates, found.char, ahead=found.before() in ("by", "until"))
    return Reading("DATE", value, "relative") if value else Reading("DATE", f"XXXX-{rest}")


@rule("WEEKDAY THE (?P<day>ORDINAL)")
def weekday_and_day(found: Found, anchor: Anchor) -> Reading | None:
    """ "Tuesday the 5th": of the month in focus."""
    day = found.number("day")
    base = calendar.first_day(anchor.focus or "") or anchor.published
    value = calendar.day_value(base.year, base.month, day) if base else None
    return Reading("DATE", value, "relative") if value else Reading("DATE", f"XXXX-XX-{day:02}")


@rule(
    "(?P<which>LAST|THIS|NEXT|PAST|CURRENT)? (?P<day>{a_weekday}) DOT?",
    "THIS (?P<which>NEXT|PAST) (?P<day>WEEKDAY)",
)
def weekday(found: Found, anchor: Anchor) -> Reading | None:
    """ "Friday", "last Thursday", "next Monday": by tense and publication date."""
    number = found.payload("day")
    abbreviated = len(found.word("day")) < 6
    follows = found.words.word(found.last)[:1] if found.last < len(found.words.codes) else ""
    alone = found.before() in ("on", "until", "by") and not follows.isupper()  # not "on Sun Microsystems"
    if abbreviated and not (found.text.endswith(".") or alone):
        return None
    if anchor.published is None:
        return Reading("DATE", f"XXXX-WXX-{number}")
    return Reading("DATE", _weekday(found, anchor, number), "relative")


def _weekday(found: Found, anchor: Anchor, number: int) -> str | None:
    """The day before or after publication; the day of publication itself where it has that name."""
    published, which = anchor.published.isoformat(), found.word("which")
    back = (anchor.published.isoweekday() - number) % 7
    ahead = (7 - back) % 7
    tense = anchor.tense(found.char)
    if found.step() < 0:
        step = -(back or 7)
    elif found.step() > 0:
        step = ahead or 7
    elif found.lead() in ("until", "till"):  # "gave them until Tuesday", "until Tuesday, nobody knew"
        step = ahead if ahead <= back else -back
    elif tense in (PAST, LIKELY_PAST):
        step = -back
    elif tense == FUTURE or which in ("this", "current") or found.lead() == "by":
        step = ahead
    else:
        step = ahead if tense == POSSIBLE and ahead < back else -back
    return calendar.move(published, step, "D") or published
