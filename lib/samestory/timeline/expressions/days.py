"""Days (numeric dates, day and month, weekdays), clock times, parts of a day, and a date with its time."""

import re

from samestory.timeline.expressions.anchor import FUTURE, LIKELY_PAST, PAST, POSSIBLE, PRESENT, Anchor
from samestory.timeline.expressions.classes import Words, lexicon
from samestory.timeline.expressions.grammar import Found, Meaning, compile_pattern, dated, rule
from samestory.timeline.expressions.timex import Timex, Unit

_MONTH = "(?P<month>{a_month}) DOT?"
_WEEKDAY = "(?:(?P<weekday>{a_weekday}) DOT? COMMA? THE?)?"
_YEAR = "(?:COMMA? (?P<year>{a_year}))?"
# What may stand before a day ("the evening of", "9 a.m. on"), after it, and before any date ("the end of")
_BEFORE_DAY = (
    "(?:THE? (?P<hours>EARLY UNITS OF)|THE? {edge}? HYPHEN? (?P<part>PART) (?:OF|ON|COMMA)?"
    "|(?P<overnight>OVERNIGHT (?:ON|INTO)?|THE? PART INTO)"
    "|{approx}? (?P<clock>{clock}) {zone}? (?:IN THE (?P<half>PART))? (?:ON|COMMA|OF)?"
    "|(?P<noon>PART) {zone} (?:ON|COMMA)?)"
)
_BEFORE_DATE = "(?:(?:EARLY|LATE|MID|EARLIER|LATER) (?:HYPHEN|ON)?|THE? (?:BEGINNING|MID|END) OF)"
_AFTER_DAY = (
    "(?:{edge}? HYPHEN? (?P<part>PART)|(?P<overnight>OVERNIGHT)"
    "|COMMA? AT? {approx}? (?P<clock>{clock}) {zone}?|AT (?P<noon>PART))"
)
_KNOWN = {(9, 11): 2001, (7, 7): 2005, (10, 7): 2023}  # days that need no year: "the Sept. 11 attacks"
# The dates of a range or a list after the first, up to the year that they share.
_MORE_DATES = (
    "(?:(?:COMMA|HYPHEN|TO|AND|OR|THROUGH){1,2}"
    " (?:{a_month} DOT? {a_day}?|{a_day} (?:OF? {a_month} DOT?)?)){1,4}"
    "COMMA? (?P<year>YEAR)"
)
_UNIT_OF = (
    "(?:THE (?P<unit>UNIT|WEEKEND) OF|THE? (?P<day>UNIT) (?P<side>BEFORE|AFTER)|A (?P<ahead>UNIT) FROM)"
)


@rule("NUMERIC_DATE")
def numeric_date(found: Found, anchor: Anchor) -> Meaning | None:
    """ "2025-07-04", "7/4/2025" (month first unless it can't be), "4.7.2025" (day first)."""
    date, _, clock = found.text.replace("T", " ").partition(" ")
    first, second, third = (int(part) for part in date.replace("/", "-").replace(".", "-").split("-"))
    if date[:4].isdigit():
        year, month, day = first, second, third
    else:
        year = third if third > 99 else _full(third)
        day_first = "." in date or first > 12 or (anchor.day_first and second <= 12)
        month, day = (second, first) if day_first else (first, second)
    value = Timex.on(year, month, day)
    return dated(value.at(clock.rstrip("Z")[:5])) if value else None


def _full(two_digits: int) -> int:
    """Two digits are a year from 1930 to 2029."""
    return two_digits + (2000 if two_digits < 30 else 1900)


def year_of(found: Found) -> int | None:
    """The year of the part `year`: "1989", "'89"."""
    return _as_year(found.word("year"))


def _as_year(word: str) -> int | None:
    digits = "".join(char for char in word if char.isdigit())
    return _full(int(digits)) if len(digits) == 2 else int(digits) if digits else None


@rule(
    _WEEKDAY + _MONTH + "THE? (?P<day>{a_day})" + _YEAR,
    _WEEKDAY + "(?P<day>{a_day}) OF?" + _MONTH + _YEAR,
)
def day_and_month(found: Found, anchor: Anchor) -> Meaning | None:
    """ "July 4, 2025", "4 July", "Friday, Jan. 5th"; not "February 31"."""
    month, day, year = found.payload("month"), found.number("day"), year_of(found)
    if Timex.on(2000, month, day) is None:  # a leap year, so that 29 February may pass
        return None
    attacks = lexicon().context["attacks"]
    if found.after().isdecimal() and (month, int(found.after())) in _KNOWN and found.after(1) in attacks:
        return None  # "the 19 Sept. 11 hijackers"
    words = None
    if not year and found.after() == "," and len(found.after(1)) == 4 and found.after(1).isdecimal():
        year, words = int(found.after(1)), (found.first, found.last + 2)  # "December 31, 9999"
    year = year or shared_year(found)
    if year is None and found.after() in attacks:
        known = _KNOWN.get((month, day))
        year = known if anchor.published is None or (known or 0) <= anchor.published.year else None
    if year is None:
        return with_likely_year(found, anchor, Timex(Unit.DAY, None, month, day))
    value = Timex.on(year, month, day)
    return dated(value)._replace(words=words) if value else None


def shared_year(found: Found) -> int | None:
    """The year that a range or a list gives after its last date: "May 3-5, 2024", "March to May 2023"."""
    rest = compile_pattern(_MORE_DATES).match(found.words.codes, found.last)
    return int(found.words.word(rest.start("year"))) if rest else None


@rule(
    "(?P<day>{a_day}) (?=(?:AND|OR|TO|HYPHEN) {a_day} OF? {a_month})",
    "(?P<day>ORDINAL) (?=(?:AND|OR|TO) {a_day} OF {a_month})",
)
def first_of_several(found: Found, anchor: Anchor) -> Meaning | None:
    """The "3rd" of "the 3rd and 5th of May 2021"; not that of "the 3rd and 5 May"."""
    codes, words = found.words.codes, found.words
    rest = compile_pattern("(?:AND|OR|TO|HYPHEN) (?P<last>{a_day}) OF?" + _MONTH + _YEAR).match(
        codes, found.last
    )
    if rest is None or codes[found.first] != codes[rest.start("last")]:
        return None
    month, day = lexicon().payload[words.word(rest.start("month")).lower()], found.number("day")
    year = _as_year(words.word(rest.start("year"))) if rest["year"] else None
    if Timex.on(year or 2000, month, day) is None:
        return None
    value = Timex(Unit.DAY, year, month, day)
    return dated(value) if year else with_likely_year(found, anchor, value)


@rule("(?:HYPHEN|TO|COMMA? AND) (?P<day>DAY) (?:COMMA? (?P<year>YEAR))?")
def end_of_range(found: Found, anchor: Anchor) -> Meaning | None:
    """The "11" of "June 9-11", the "5" of "May 3 and 5, 2024"; not that of "on May 3 and 5 people"."""
    start, end, after = anchor.day.first if anchor.day else None, found.number("day"), found.after()
    if start is None or anchor.day_ends != found.first or after[:1] in ("%", ":") or end <= start.day:
        return None
    listed = found.text[0] not in "-‐‑–"
    if listed and not (found.has("year") or after in (".", ",", ";", ")", "-", "–", "")):
        return None
    if not listed and after[:1] == "-":
        return None
    value = Timex.on(year_of(found) or start.year, start.month, end)
    first = found.span("day")[0]
    return dated(value, "relative")._replace(words=(first, found.last)) if value else None


def with_likely_year(found: Found, anchor: Anchor, date: Timex) -> Meaning:
    """A date in its likely year, by publication date and tense; else in the one that the text gives."""
    if anchor.published is None:
        return dated(date.in_year(anchor.year), "inferred")
    if story := anchor.in_past_story(date, found.char, found.first):
        return dated(story, "relative")
    candidates = [date.in_year(anchor.published.year + step) for step in (-1, 0, 1)]
    ahead = found.before() in ("by", "until")
    return dated(anchor.closest(candidates, found.char, ahead=ahead) or date, "relative")


@rule("WEEKDAY THE (?P<day>ORDINAL)")
def weekday_and_day(found: Found, anchor: Anchor) -> Meaning | None:
    """ "Tuesday the 5th": of the month in focus."""
    day = found.number("day")
    base = (anchor.focus and anchor.focus.first) or anchor.published
    value = Timex.on(base.year, base.month, day) if base else None
    return dated(value or Timex(Unit.DAY, day=day), "relative")


@rule(
    "(?P<which>LAST|THIS|NEXT|PAST|CURRENT)? (?P<day>{a_weekday}) DOT?",
    "THIS (?P<which>NEXT|PAST) (?P<day>WEEKDAY)",
)
def weekday(found: Found, anchor: Anchor) -> Meaning | None:
    """ "Friday", "last Thursday", "next Monday": by tense and publication date."""
    if _is_name(found, anchor):
        return None
    number = found.payload("day")
    abbreviated = len(found.word("day")) < 6
    follows = found.words.word(found.last)[:1] if found.last < len(found.words.codes) else ""
    alone = found.before() in ("on", "until", "by") and not follows.isupper()  # not "on Sun Microsystems"
    if abbreviated and not (found.text.endswith(".") or alone):
        return None
    if anchor.published is None:
        return dated(Timex(Unit.DAY, weekday=number))
    back = (anchor.published.isoweekday() - number) % 7
    return dated(anchor.from_published(_days_to_weekday(found, anchor, back), Unit.DAY), "relative")


def _is_name(found: Found, anchor: Anchor) -> bool:
    """ "Mr Friday", "the Sunday Mirror", "a Saturday schedule": of no day that was or will be."""
    context = lexicon().context
    return after_title(found) or _in_a_title(found, anchor) or found.after() in context["timetables"]


def after_title(found: Found) -> bool:
    """Whether a person's title stands before: "Mr Friday", "Dr. May"."""
    before = found.before(2) if found.before() == "." else found.before()
    return before in lexicon().context["before_name"]


def _in_a_title(found: Found, anchor: Anchor) -> bool:
    """Whether the name of a newspaper or a work goes on: "the Sunday Mirror", "Friday Night Lights"."""
    words, last = found.words, found.last
    following = [words.word(i) for i in range(last, min(last + 2, len(words.codes)))]
    if not following or not following[0][0].isupper() or following[0].isupper():
        return False
    if any(word.lower() in lexicon().context["papers"] and word[0].isupper() for word in following):
        return True
    ent = anchor.tokens.doc[anchor.token_at(found.char)].ent_type_ if len(anchor.tokens.doc) else ""
    inside = anchor.tokens.doc[anchor.token_at(words.start[last])].ent_type_ if ent else ""
    return ent == inside == "WORK_OF_ART"


def _days_to_weekday(found: Found, anchor: Anchor, back: int) -> int:
    """Days from publication to the weekday meant, which was last `back` days before (0: on that day)."""
    ahead, tense = (7 - back) % 7, anchor.tense(found.char)
    if found.step() < 0:
        return -(back or 7)
    if found.step() > 0:
        return ahead or 7
    if found.lead() in ("until", "till", "through"):  # "put off until Tuesday"; "until Tuesday, nobody knew"
        return ahead if ahead <= back or anchor.puts_off(found.char) else -back
    if tense in (PAST, LIKELY_PAST):
        return -back
    if tense == FUTURE or found.word("which") in ("this", "current") or found.lead() == "by":
        return ahead
    if tense == PRESENT and anchor.is_timetable(found.char):
        return ahead
    return ahead if tense == POSSIBLE and ahead < back else -back


@rule("(?P<digits>NUMBER|YEAR) (?:ZONE|(?P<hours>UNITS))")
def four_digits(found: Found, anchor: Anchor) -> Meaning | None:
    """ "0300 GMT", "at 1830 hours"."""
    digits = found.word("digits")
    if found.has("hours") and not (found.word("hours") in ("hours", "hrs") and _is_clock(found)):
        return None
    if len(digits) != 4 or not digits.isdecimal() or int(digits[:2]) > 23 or int(digits[2:]) > 59:
        return None
    return dated(anchor.from_published(0, Unit.DAY).at(f"{digits[:2]}:{digits[2:]}"), "relative")


@rule("{approx}? (?P<clock>{clock}) {zone}? (?:IN THE (?P<half>PART))?", "{approx}? (?P<noon>PART) {zone}?")
def clock(found: Found, anchor: Anchor) -> Meaning | None:
    """ "9 a.m.", "10:30 p.m. EST", "noon": on the publication day unless a day stands beside it."""
    if found.has("noon") and (
        found.word("noon") not in ("noon", "midnight", "midday")
        or found.after() == "-"
        or found.before() == "past"
    ):
        return None
    first, last = found.span("noon" if found.has("noon") else "clock")
    time = clock_time(found.words, first, last)
    if time is None or not (found.has("noon") or last - first > 1 or found.last > last or _is_clock(found)):
        return None
    time = _in_half(time, found.word("half") and found.words.word(found.last - 1).lower())
    told = anchor.has_just_told(found.first, found.char) and anchor.focus and anchor.focus.unit == Unit.DAY
    day = anchor.focus.date if told and anchor.focus else anchor.from_published(0, Unit.DAY)
    return dated(day.at(time), "relative")


def _in_half(clock: str, part: str) -> str:
    """ "4:30 in the afternoon" is 16:30."""
    hour, minute = clock.split(":") if clock[0].isdigit() else ("12", "")
    late = lexicon().payload.get(part) in ("AF", "EV", "NI") and int(hour) < 12
    return f"{int(hour) + 12}:{minute}" if late else clock


def _is_clock(found: Found) -> bool:
    """A bare "9:30" is a time, a score or a verse; times stand after words such as "at"."""
    return found.before() in lexicon().context["before_clock"]


def clock_time(words: Words, first: int, last: int) -> str | None:
    """ "10:30 p.m." as "22:30"; the TIMEX3 code of a part of the day; None for an impossible time."""
    word = words.word(first).lower()
    if words.word(last - 2).lower() in ("past", "to"):
        return _told_by_quarters(words, first, last)
    if word[0].isdigit():
        hour, minute, *_ = (int(digits) for digits in re.split("[:.]", f"{word}:0"))
    elif isinstance(lexicon().payload[word], str):
        return "12:00" if word == "noon" else lexicon().payload[word]
    else:
        hour, minute = lexicon().payload[word], 0
    half = "".join(words.word(i) for i in range(first + 1, last)).lower().strip(" .")
    if half.startswith(("a", "p")):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _told_by_quarters(words: Words, first: int, last: int) -> str | None:
    """ "half past seven" as "07:30", "a quarter to nine" as "08:45"; None for "a day to one"."""
    share, side, hour = (words.word(i).lower() for i in range(last - 3, last))
    minutes = {"half": 30, "quarter": 15}.get(share)
    count = int(hour) if hour.isdecimal() else lexicon().payload[hour]
    if minutes is None or not 1 <= count <= 12 or (share, side) == ("half", "to"):
        return None
    total = 60 * count + (minutes if side == "past" else -minutes)
    return f"{total // 60:02}:{total % 60:02}"


def with_surroundings(words: Words, first: int, last: int, reading: Meaning) -> tuple[int, int, Meaning]:
    """Join a date with the time of day, the "early" or the "week of" that stands beside it.

    Returns:
        the first and last word of the whole, and its reading: "July 1" after "the evening of" becomes
        a TIME of value 2025-07-01TEV.
    """
    if reading.type != "DATE" or (reading.value.year is None and reading.value.unit != Unit.DAY):
        return first, last, reading
    if reading.value.unit == Unit.DAY:
        after = compile_pattern(_AFTER_DAY).match(words.codes, last)
        if after and (joined := _at_time(words, after, reading)):
            last, reading = after.end() - (words.codes[after.end() - 1] == lexicon().code["DOT"]), joined
        elif before := _ending_at(_BEFORE_DAY, words, first):
            if joined := _at_time(words, before, reading):
                first, reading = before.start(), joined
        elif (before := _ending_at(_UNIT_OF, words, first)) and (joined := _around(words, before, reading)):
            first, reading = before.start(), joined
    before = _ending_at(_BEFORE_DATE, words, first)
    return before.start() if before else first, last, reading


def _ending_at(pattern: str, words: Words, end: int) -> re.Match | None:
    """The longest match that ends where a date starts."""
    compiled = compile_pattern(pattern)
    matches = (compiled.fullmatch(words.codes, start, end) for start in range(max(0, end - 7), end))
    return next((match for match in matches if match), None)


def _at_time(words: Words, match: re.Match, reading: Meaning) -> Meaning | None:
    """The date with the time of day that was matched; None where that is no time."""
    named = match.groupdict()
    hours: tuple[int, int] | None = (0, 6)
    if named.get("hours"):  # the early hours are those before dawn
        if words.word(match.start("hours") + 1).lower() != "hours":
            return None
        time = "MO"
    elif named.get("overnight"):  # "overnight on July 4" is the night that ends on July 4
        time = "NI"
    else:
        name = next(name for name in ("part", "clock", "noon") if named.get(name))
        clock = clock_time(words, *match.span(name))
        half = words.word(match.end("half") - 1).lower() if named.get("half") else ""
        clock = _in_half(clock, half) if clock else None
        if clock is None:
            return None
        time, hours = clock, None
    return reading._replace(type="TIME", value=reading.value.at(time, hours))


def _around(words: Words, match: re.Match, reading: Meaning) -> Meaning | None:
    """ "the week of March 6", "the day before last Tuesday", "a week from Friday"."""
    name = next(name for name in ("unit", "day", "ahead") if match[name])
    unit, value = lexicon().payload[words.word(match.start(name)).lower()], reading.value
    if name == "unit" and unit in (Unit.WEEK, Unit.WEEKEND):
        value = value.widened(unit)
    elif name == "day" and unit == Unit.DAY:
        value = value.moved(1 if words.word(match.start("side")).lower() == "after" else -1, Unit.DAY)
    elif name == "ahead" and unit in (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR):
        value = value.moved(1, unit)
    else:
        return None
    return reading._replace(value=value, how="relative") if value.days else None
