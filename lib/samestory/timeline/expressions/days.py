"""Days (numeric dates, day and month, weekdays), clock times, parts of a day, and a date with its time."""

import re

from samestory.timeline.expressions import timex
from samestory.timeline.expressions.anchor import FUTURE, LIKELY_PAST, PAST, POSSIBLE, Anchor
from samestory.timeline.expressions.classes import Words, lexicon
from samestory.timeline.expressions.grammar import Found, Meaning, compile_pattern, rule, stated

_MONTH = "(?P<month>{a_month}) DOT?"
_WEEKDAY = "(?:(?P<weekday>{a_weekday}) DOT? COMMA? THE?)?"
_YEAR = "(?:COMMA? (?P<year>{a_year}))?"
# What may stand before a day ("the evening of", "9 a.m. on"), after it, and before any date ("the end of")
_BEFORE_DAY = (
    "(?:THE? (?P<hours>EARLY UNITS OF)|THE? {edge}? HYPHEN? (?P<part>PART) (?:OF|ON|COMMA)?"
    "|(?P<overnight>OVERNIGHT (?:ON|INTO)?|THE? PART INTO)"
    "|{approx}? (?P<clock>{clock}) ZONE? (?:ON|COMMA|OF)?)"
)
_BEFORE_DATE = "(?:(?:EARLY|LATE|MID|EARLIER|LATER) (?:HYPHEN|ON)?|THE? (?:BEGINNING|MID|END) OF)"
_AFTER_DAY = (
    "(?:{edge}? HYPHEN? (?P<part>PART)|(?P<overnight>OVERNIGHT)"
    "|COMMA? AT? {approx}? (?P<clock>{clock}) ZONE?|AT (?P<noon>PART))"
)
_UNIT_OF = (
    "(?:THE (?P<unit>UNIT|WEEKEND) OF|THE? (?P<day>UNIT) (?P<side>BEFORE|AFTER)|A (?P<ahead>UNIT) FROM)"
)
_DAY = re.compile(r"(?:[0-9]{4}|XXXX)-(?:[0-9X]{2}-[0-9X]{2}|WXX-[1-7])")


@rule("NUMERIC_DATE")
def numeric_date(found: Found, anchor: Anchor) -> Meaning | None:
    """ "2025-07-04", "7/4/2025" (month first unless it can't be), "4.7.2025" (day first)."""
    date, _, clock = found.text.replace("T", " ").partition(" ")
    first, second, third = (int(part) for part in date.replace("/", "-").replace(".", "-").split("-"))
    if date[:4].isdigit():
        year, month, day = first, second, third
    else:
        year = third if third > 99 else _full(third)
        day_first = "." in date or first > 12
        month, day = (second, first) if day_first else (first, second)
    value = timex.day_value(year, month, day)
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
def day_and_month(found: Found, anchor: Anchor) -> Meaning | None:
    """ "July 4, 2025", "4 July", "Friday, Jan. 5th"; not "February 31"."""
    month, day, year = found.payload("month"), found.number("day"), year_of(found)
    if timex.day_value(2000, month, day) is None:  # a leap year, so that 29 February may pass
        return None
    if year:
        return stated("DATE", timex.day_value(year, month, day))
    if found.after() == "," and len(found.after(1)) == 4 and found.after(1).isdecimal():
        value = timex.day_value(int(found.after(1)), month, day)  # "December 31, 9999"
        return Meaning("DATE", value, "stated", words=(found.first, found.last + 2)) if value else None
    return with_likely_year(found, anchor, f"{month:02}-{day:02}")


@rule("(?:HYPHEN|TO) (?P<day>DAY)")
def end_of_range(found: Found, anchor: Anchor) -> Meaning | None:
    """The "11" of "June 9-11"."""
    day = timex.first_day(anchor.day or "")
    if day is None or anchor.day_ends != found.first or found.after()[:1] in ("%", "-", ":"):
        return None
    if found.number("day") <= day.day or found.words.text[found.char :][:1] == " ":
        return None
    value = timex.day_value(day.year, day.month, found.number("day"))
    return Meaning("DATE", value, "relative", words=(found.last - 1, found.last)) if value else None


def with_likely_year(found: Found, anchor: Anchor, rest: str) -> Meaning:
    """The year of "07-04" or "Q3": by publication date and tense; else only what the text gives."""
    if anchor.published is None:
        if len(anchor.years) == 1:
            return Meaning("DATE", f"{min(anchor.years):04}-{rest}", "inferred")
        return Meaning("DATE", f"XXXX-{rest}")
    years = (anchor.published.year + step for step in (-1, 0, 1))
    candidates = [f"{year:04}-{rest}" for year in years]
    value = anchor.closest(candidates, found.char, ahead=found.before() in ("by", "until"))
    return Meaning("DATE", value, "relative") if value else Meaning("DATE", f"XXXX-{rest}")


@rule("WEEKDAY THE (?P<day>ORDINAL)")
def weekday_and_day(found: Found, anchor: Anchor) -> Meaning | None:
    """ "Tuesday the 5th": of the month in focus."""
    day = found.number("day")
    base = timex.first_day(anchor.focus or "") or anchor.published
    value = timex.day_value(base.year, base.month, day) if base else None
    return Meaning("DATE", value, "relative") if value else Meaning("DATE", f"XXXX-XX-{day:02}")


@rule(
    "(?P<which>LAST|THIS|NEXT|PAST|CURRENT)? (?P<day>{a_weekday}) DOT?",
    "THIS (?P<which>NEXT|PAST) (?P<day>WEEKDAY)",
)
def weekday(found: Found, anchor: Anchor) -> Meaning | None:
    """ "Friday", "last Thursday", "next Monday": by tense and publication date."""
    number = found.payload("day")
    abbreviated = len(found.word("day")) < 6
    follows = found.words.word(found.last)[:1] if found.last < len(found.words.codes) else ""
    alone = found.before() in ("on", "until", "by") and not follows.isupper()  # not "on Sun Microsystems"
    if abbreviated and not (found.text.endswith(".") or alone):
        return None
    if anchor.published is None:
        return Meaning("DATE", f"XXXX-WXX-{number}")
    return Meaning("DATE", _weekday(found, anchor, number), "relative")


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
    return timex.move(published, step, "D") or published


@rule("(?P<digits>NUMBER|YEAR) ZONE")
def four_digits(found: Found, anchor: Anchor) -> Meaning | None:
    """ "0300 GMT"."""
    digits = found.word("digits")
    if len(digits) != 4 or not digits.isdecimal() or int(digits[:2]) > 23 or int(digits[2:]) > 59:
        return None
    day = anchor.from_published(0, "D")
    return Meaning("TIME", f"{day or 'XXXX-XX-XX'}T{digits[:2]}:{digits[2:]}", "relative" if day else None)


@rule("{approx}? (?P<clock>{clock}) ZONE?", "{approx}? (?P<noon>PART) ZONE?")
def clock(found: Found, anchor: Anchor) -> Meaning | None:
    """ "9 a.m.", "10:30 p.m. EST", "noon": on the publication day unless a day stands beside it."""
    if found.has("noon") and (
        found.word("noon") not in ("noon", "midnight", "midday") or found.after() == "-"
    ):
        return None
    first, last = found.span("clock") or found.span("noon")
    time = clock_time(found.words, first, last)
    if time is None or not (found.has("noon") or last - first > 1 or found.last > last or _is_clock(found)):
        return None
    day = anchor.from_published(0, "D")
    return Meaning("TIME", f"{day or 'XXXX-XX-XX'}T{time}", "relative" if day else None)


def _is_clock(found: Found) -> bool:
    """A bare "9:30" is a time, a score or a verse; times stand after words such as "at"."""
    return found.before() in lexicon().context["before_clock"]


def clock_time(words: Words, first: int, last: int) -> str | None:
    """ "10:30 p.m." as "22:30"; the TIMEX3 code of a part of the day; None for an impossible time."""
    word = words.word(first).lower()
    payload = lexicon().payload.get(word)
    if isinstance(payload, str):
        return "12:00" if word == "noon" else payload.removeprefix("T")
    hour, *minutes = re.split("[:.]", word) if word[0].isdigit() else [payload]
    hour, minute = int(hour), int(minutes[0]) if minutes else 0
    half = "".join(words.word(i) for i in range(first + 1, last)).lower().strip(" .")
    if half.startswith(("a", "p")):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def with_surroundings(words: Words, first: int, last: int, reading: Meaning) -> tuple[int, int, Meaning]:
    """Join a date with the time of day, the "early" or the "week of" that stands beside it.

    Returns:
        the first and last word of the whole, and its reading: "July 1" after "the evening of" becomes
        a TIME of value 2025-07-01TEV.
    """
    if reading.type != "DATE" or not (reading.value[:1].isdigit() or _DAY.fullmatch(reading.value)):
        return first, last, reading
    if _DAY.fullmatch(reading.value):
        match = compile_pattern(_AFTER_DAY).match(words.codes, last)
        if match and (joined := _at_time(words, match, reading)):
            last, reading = match.end() - (words.codes[match.end() - 1] == lexicon().code["DOT"]), joined
        elif found := _ending_at(_BEFORE_DAY, words, first):
            joined = _at_time(words, found, reading)
            first, reading = (found.start(), joined) if joined else (first, reading)
        elif found := _ending_at(_UNIT_OF, words, first):
            joined = _around(words, found, reading)
            first, reading = (found.start(), joined) if joined else (first, reading)
    if found := _ending_at(_BEFORE_DATE, words, first):
        first = found.start()
    return first, last, reading


def _ending_at(pattern: str, words: Words, end: int) -> re.Match | None:
    """The longest match that ends where a date starts."""
    compiled = compile_pattern(pattern)
    matches = (compiled.fullmatch(words.codes, start, end) for start in range(max(0, end - 7), end))
    return next((match for match in matches if match), None)


def _at_time(words: Words, match: re.Match, reading: Meaning) -> Meaning | None:
    """The date with the time of day that was matched; None where that is no time."""
    named = match.groupdict()
    hours = None
    if named.get("hours"):  # the early hours are those before dawn
        if words.word(match.start("hours") + 1).lower() != "hours":
            return None
        time, hours = "MO", (0, 6)
    elif named.get("overnight"):  # "overnight on July 4" is the night that ends on July 4
        time, hours = "NI", (0, 6)
    else:
        name = next(name for name in ("part", "clock", "noon") if named.get(name))
        time = clock_time(words, *match.span(name))
    return reading._replace(type="TIME", value=f"{reading.value}T{time}", hours=hours) if time else None


def _around(words: Words, match: re.Match, reading: Meaning) -> Meaning | None:
    """ "the week of March 6", "the day before last Tuesday", "a week from Friday"."""
    name = next(name for name in ("unit", "day", "ahead") if match[name])
    unit = lexicon().payload[words.word(match.start(name)).lower()]
    day = timex.first_day(reading.value)
    if day is None or unit not in ("D", "W", "WE", "M", "Y"):
        return None
    if name == "unit":
        value = timex.widen(day, unit) if unit in ("W", "WE") else None
    elif name == "day":
        step = 1 if words.word(match.start("side")).lower() == "after" else -1
        value = timex.move(reading.value, step, "D") if unit == "D" else None
    else:
        value = timex.move(reading.value, 1, unit)
    return reading._replace(value=value, how="relative") if value else None
