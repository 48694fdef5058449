"""Clock times and parts of a day, and joining them to the day that stands beside them."""

import re
from functools import lru_cache

from samestory.annotation import time_calendar as calendar
from samestory.annotation.time_anchor import Anchor
from samestory.annotation.time_grammar import Found, Reading, compile_pattern, rule
from samestory.annotation.time_words import Words, lexicon

_ZONE = "ZONE?"


@rule("{approx}? (?P<clock>{clock}) " + _ZONE, "{approx}? (?P<part>PART) " + _ZONE)
def clock(found: Found, anchor: Anchor) -> Reading | None:
    """ "9 a.m.", "10:30 p.m. EST", "noon": on the publication day unless a day stands beside it."""
    time = clock_time(found.words, *(found.span("clock") or found.span("part")))
    if time is None:
        return None
    if found.has("part") and (found.word("part") not in ("noon", "midnight", "midday") or found.after() == "-"):
        return None
    if found.has("clock") and found.words.word(found.span("clock")[0]).count(":") == 1 and not _is_clock(found):
        return None
    day = anchor.published.isoformat() if anchor.published else None
    return Reading("TIME", f"{day or 'XXXX-XX-XX'}T{time}", "relative" if day else None)


def _is_clock(found: Found) -> bool:
    """A bare "9:30" is a time, a score or a verse; times stand after "at", "by", or before a.m. or a zone."""
    span = found.span("clock")
    return span[1] - span[0] > 1 or found.last > span[1] or found.before() in (
        "at", "by", "until", "till", "since", "from", "around", "about", "before", "after", "to",
    )  # fmt: skip


def clock_time(words: Words, first: int, last: int) -> str | None:
    """ "10:30 p.m." as "22:30"; the TIMEX3 code of a part of the day; None for an impossible time."""
    word = words.word(first).lower()
    payload = lexicon().payload
    if word in payload and isinstance(payload[word], str):
        return payload[word].lstrip("T") if payload[word].startswith("T") else {"noon": "12:00"}.get(word, payload[word])
    hour, *minutes = re.split("[:.]", word) if word[0].isdigit() else [str(payload.get(word, 99))]
    hour, minute = int(hour), int(minutes[0]) if minutes else 0
    half = "".join(words.word(i) for i in range(first + 1, last)).lower().strip()
    if half.startswith(("a", "p")):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


# What may stand before a day ("the evening of", "9 a.m. EST on", "early") and after it ("at noon", "evening")
_BEFORE = (
    "(?:THE? (?:(?P<early>EARLY) (?:HOURS_OF|PART) (?: OF THE PART)? OF|{edge}? HYPHEN? (?P<part>PART|OVERNIGHT) (?:OF|ON|COMMA)?)"
    "|{approx}? (?P<clock>{clock}) ZONE? (?:ON|COMMA|OF)?|(?P<edge>{edge}) HYPHEN?|THE? (?P<edge2>{edge}) OF)"
)
_AFTER = "(?:{edge}? HYPHEN? (?P<part>PART)|(?P<tonight>OVERNIGHT)|COMMA? AT? {approx}? (?P<clock>{clock}|PART) ZONE?)"


@lru_cache(maxsize=1)
def _sides() -> tuple[re.Pattern, re.Pattern]:
    return compile_pattern(_BEFORE), compile_pattern(_AFTER)


def with_time_of_day(words: Words, first: int, last: int, reading: Reading) -> tuple[int, int, Reading]:
    """Join a date with the time of day and the "early", "late" around it.

    Returns:
        the first and last word of the whole, and its reading: "July 1" after "the evening of" becomes
        a TIME of value 2025-07-01TEV.
    """
    whole = _unit_of_date(words, first, last, reading)
    if whole:
        return whole
    before, after = _sides()
    is_day = calendar.unit_of(reading.value) == "D" or reading.value.startswith(("XXXX-XX-XX", "XXXX-W")) or (
        reading.value.startswith("XXXX-") and len(reading.value) == 10)
    is_day = is_day and "T" not in reading.value and reading.type == "DATE"
    time = None
    if is_day and (match := after.match(words.codes, last)):
        time = _time_of(words, match)
        last = match.end() if time else last
    for start in range(max(0, first - 7), first):
        match = before.fullmatch(words.codes, start, first)
        if not match:
            continue
        if match["early"] or match["part"] or match["clock"]:
            if not is_day or time:
                continue
            time = _time_of(words, match)
            if time is None:
                continue
        elif words.word(match.start("edge") if match["edge"] else match.start("edge2")).lower() in ("end", "close", "start", "beginning"):
            pass
        first = start
        break
    if time is None:
        return first, last, reading
    return first, last, reading._replace(type="TIME", value=f"{reading.value}T{time}")


_UNIT_OF = "(?:THE (?P<unit>UNIT|WEEKEND) OF|THE? (?P<day>UNIT) (?P<side>BEFORE|AFTER)|A (?P<week>UNIT) FROM)"


def _unit_of_date(words: Words, first: int, last: int, reading: Reading) -> tuple[int, int, Reading] | None:
    """ "the week of March 6", "the day before last Tuesday", "a week from Friday"."""
    if calendar.unit_of(reading.value) != "D" or "T" in reading.value:
        return None
    for start in range(max(0, first - 3), first):
        match = compile_pattern(_UNIT_OF).fullmatch(words.codes, start, first)
        if match is None:
            continue
        unit = lexicon().payload[words.word(match.start(match.lastgroup if match.lastgroup != "side" else "day")).lower()]
        day = calendar.first_day(reading.value)
        if match["unit"] and unit in ("W", "WE"):
            value = calendar.widen(day, unit)
        elif match["day"] and unit == "D":
            step = 1 if words.word(match.start("side")).lower() == "after" else -1
            value = calendar.move(reading.value, step, "D")
        elif match["week"] and unit in ("W", "M", "Y"):
            value = calendar.move(reading.value, 1, unit)
        else:
            continue
        return (start, last, reading._replace(value=value)) if value else None
    return None


def _time_of(words: Words, match: re.Match) -> str | None:
    groups = match.groupdict()
    if groups.get("early"):
        return "MO"  # the early hours are those before dawn
    if groups.get("tonight"):
        return "NI"
    for name in ("part", "clock"):
        if groups.get(name):
            return clock_time(words, *match.span(name))
    return None
