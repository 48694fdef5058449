"""Clock times and parts of a day, and joining a date with what stands beside it."""

import re

from samestory.annotation.times import calendar
from samestory.annotation.times.anchor import Anchor
from samestory.annotation.times.grammar import Found, Reading, compile_pattern, rule
from samestory.annotation.times.words import Words, lexicon

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


@rule("(?P<digits>NUMBER|YEAR) ZONE")
def four_digits(found: Found, anchor: Anchor) -> Reading | None:
    """ "0300 GMT"."""
    digits = found.word("digits")
    if len(digits) != 4 or not digits.isdecimal() or int(digits[:2]) > 23 or int(digits[2:]) > 59:
        return None
    day = anchor.from_published(0, "D")
    return Reading("TIME", f"{day or 'XXXX-XX-XX'}T{digits[:2]}:{digits[2:]}", "relative" if day else None)


@rule("{approx}? (?P<clock>{clock}) ZONE?", "{approx}? (?P<noon>PART) ZONE?")
def clock(found: Found, anchor: Anchor) -> Reading | None:
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
    return Reading("TIME", f"{day or 'XXXX-XX-XX'}T{time}", "relative" if day else None)


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


def with_surroundings(words: Words, first: int, last: int, reading: Reading) -> tuple[int, int, Reading]:
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


def _at_time(words: Words, match: re.Match, reading: Reading) -> Reading | None:
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


def _around(words: Words, match: re.Match, reading: Reading) -> Reading | None:
    """ "the week of March 6", "the day before last Tuesday", "a week from Friday"."""
    name = next(name for name in ("unit", "day", "ahead") if match[name])
    unit = lexicon().payload[words.word(match.start(name)).lower()]
    day = calendar.first_day(reading.value)
    if day is None or unit not in ("D", "W", "WE", "M", "Y"):
        return None
    if name == "unit":
        value = calendar.widen(day, unit) if unit in ("W", "WE") else None
    elif name == "day":
        step = 1 if words.word(match.start("side")).lower() == "after" else -1
        value = calendar.move(reading.value, step, "D") if unit == "D" else None
    else:
        value = calendar.move(reading.value, 1, unit)
    return reading._replace(value=value, how="relative") if value else None
