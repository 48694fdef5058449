"""Readings of dates that name a day, month, quarter, season, year, decade or century."""

from samestory.annotation import time_calendar as calendar
from samestory.annotation.time_anchor import Anchor
from samestory.annotation.time_grammar import Found, Reading, rule

_YEARS_AROUND = (-1, 0, 1)
# What stands before a number that is a year: "in 1805", "by 2040", "since 1989"
_BEFORE_YEAR = frozenset(
    "in since by of until till from to through during after before between and or circa the early late mid about "
    "around over for year years".split()
)
_NOT_A_YEAR_BEFORE = frozenset("flight resolution number no no. nos room page chapter boeing airbus size".split())


def full_year(found: Found, name: str = "year") -> int | None:
    """The year of a part: "1989", "'89"; two digits are read as 1930 to 2029."""
    span = found.span(name)
    if span is None:
        return None
    digits = "".join(char for char in found.words.word(span[0]) if char.isdigit())
    if len(digits) == 2:
        return int(digits) + (2000 if int(digits) < 30 else 1900)
    return int(digits) if len(digits) == 4 else None


def number_of(found: Found, name: str) -> int | None:
    """The integer of a part: "4", "4th", "fourth"."""
    digits = "".join(char for char in found.word(name) if char.isdigit())
    return int(digits[:4]) if digits else found.payload(name)


def stated(kind: str, value: str | None, **more) -> Reading | None:
    return Reading(kind, value, "stated", **more) if value else None


# ---------------------------------------------------------------- a day


@rule("NUMERIC_DATE")
def numeric_date(found: Found, anchor: Anchor) -> Reading | None:
    """ "2025-07-04", "4.7.2025", "7/4/2025" (month first unless it can't be), with a clock time or not."""
    date, _, clock = found.text.replace("T", " ").partition(" ")
    parts = [int(part) for part in date.replace("/", "-").replace(".", "-").split("-")]
    if parts[0] > 31 or len(date.split("-")[0]) == 4:
        year, month, day = parts
    else:
        month, day, year = parts
        if month > 12 or "." in date:  # "4.7.2025" is written where the day comes first
            month, day = day, month
        if year < 100:
            year += 2000 if year < 30 else 1900
    value = calendar.day_value(year, month, day)
    if value and clock:
        return stated("TIME", f"{value}T{clock.rstrip('Z')[:5]}")
    return stated("DATE", value)


_MONTH = "(?P<month>{a_month}) DOT?"
_WEEKDAY = "(?:(?P<weekday>{a_weekday}) DOT? COMMA? THE?)?"


@rule(
    _WEEKDAY + _MONTH + "THE? (?P<day>{a_day}) (?:COMMA? (?P<year>{a_year}))?",
    _WEEKDAY + "(?P<day>{a_day}) OF?" + _MONTH + "(?:COMMA? (?P<year>{a_year}))?",
    "(?P<weekday>WEEKDAY) THE (?P<day>ORDINAL)",
)
def month_and_day(found: Found, anchor: Anchor) -> Reading | None:
    """ "July 4, 2025", "4 July", "Friday, Jan. 5th", "Tuesday the 5th"."""
    day = number_of(found, "day")
    if not 1 <= day <= 31:
        return None
    if not found.has("month"):
        return _day_of_unknown_month(found, anchor, day)
    if not _is_month(found, anchor, day_follows=True):
        return None
    month, year = found.payload("month"), full_year(found)
    if year:
        return stated("DATE", calendar.day_value(year, month, day))
    if month_length(month) < day:
        return None
    return with_likely_year(found, anchor, f"{month:02}-{day:02}")


def month_length(month: int) -> int:
    return 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def with_likely_year(found: Found, anchor: Anchor, rest: str, *, kind: str = "DATE") -> Reading:
    """The year of "07-04" or "Q3": by publication date and tense; else only what the text gives."""
    if anchor.published is None:
        if len(anchor.years) == 1:
            return Reading(kind, f"{next(iter(anchor.years)):04}-{rest}", "inferred")
        return Reading(kind, f"XXXX-{rest}")
    candidates = [f"{anchor.published.year + step:04}-{rest}" for step in _YEARS_AROUND]
    value = anchor.closest(candidates, found.char)
    return Reading(kind, value, "relative") if value else Reading(kind, f"XXXX-{rest}")


def _day_of_unknown_month(found: Found, anchor: Anchor, day: int) -> Reading | None:
    base = calendar.first_day(anchor.focus or "") or anchor.published
    value = calendar.day_value(base.year, base.month, day) if base else None
    return Reading("DATE", value or f"XXXX-XX-{day:02}", "relative" if value else None)


@rule("(?P<edge>SOMETIME)? (?P<which>LAST|THIS|NEXT|PAST|CURRENT)? (?P<day>{a_weekday}) DOT?")
def weekday(found: Found, anchor: Anchor) -> Reading | None:
    """ "Friday", "last Thursday", "next Monday": by tense and publication date."""
    span = found.span("day")
    if found.words.text[found.words.start[span[0]]].islower() and found.has("which") is False:
        return None
    if len(found.word("day")) < 6 and not _abbreviation_is_weekday(found):
        return None
    number = found.payload("day")
    if anchor.published is None:
        return Reading("DATE", f"XXXX-WXX-{number}", words=_without_dot(found, span))
    return Reading("DATE", _weekday(found, anchor, number), "relative", words=_without_dot(found, span))


def _without_dot(found: Found, span: tuple[int, int]) -> tuple[int, int]:
    """The full stop after "Friday." ends the sentence."""
    return found.first, span[0] + 1


def _abbreviation_is_weekday(found: Found) -> bool:
    return found.text.endswith(".") or found.before() in ("on", "last", "next", "until", "by")


def _weekday(found: Found, anchor: Anchor, number: int) -> str:
    """The day's date: tense decides which side; a day that is the publication day itself is meant."""
    published, which = anchor.published, found.word("which")
    back = (published.isoweekday() - number) % 7
    ahead = (number - published.isoweekday()) % 7
    if which in ("last", "past"):
        step = -(back or 7)
    elif which == "next":
        step = ahead or 7
    elif which in ("this", "current"):
        step = ahead if anchor.tense(found.char) != "past" else -back
    elif found.lead() in ("until", "till"):
        step = ahead
    else:
        values = [calendar.move(published.isoformat(), step, "D") for step in (-back, ahead)]
        return anchor.closest(values, found.char) or published.isoformat()
    return calendar.move(published.isoformat(), step, "D") or published.isoformat()


# ---------------------------------------------------------------- a month


@rule(
    "(?P<which>LAST|THIS|NEXT|PAST|PREVIOUS|FOLLOWING|CURRENT|THAT)? HYPHEN?" + _MONTH
    + "(?: (?:COMMA|OF)? (?P<year>{a_year}))?",
    "(?P<month>{a_month}) OF? (?P<which>LAST|THIS|NEXT|PREVIOUS|FOLLOWING|THAT) SAME? (?P<whose>UNIT)",
)
def month(found: Found, anchor: Anchor) -> Reading | None:
    """ "February 1947", "last April", "in September", "October of that year"."""
    if not _is_month(found, anchor, day_follows=False):
        return None
    number, year = found.payload("month"), full_year(found)
    span = found.span("month")
    words = None if year or found.has("whose") else (found.first, span[0] + 1 + _has_dot(found, span))
    if year:
        return stated("DATE", f"{year:04}-{number:02}")
    which = found.word("which")
    if found.has("whose"):
        if found.payload("whose") != "Y":
            return None
        year = year_of_word(which, anchor)
        return Reading("DATE", f"{year or 'XXXX'}-{number:02}", "relative" if year else None)
    if anchor.published is None or which not in ("last", "past", "next", "previous"):
        return with_likely_year(found, anchor, f"{number:02}")._replace(words=words)
    today = calendar.widen(anchor.published, "M")
    years = [anchor.published.year + step for step in _YEARS_AROUND]
    months = [f"{year:04}-{number:02}" for year in years]
    value = min((m for m in months if m > today), default=None) if which == "next" else None
    value = value or max(m for m in months if m < today)
    return Reading("DATE", value, "relative", words=words)


def _has_dot(found: Found, span: tuple[int, int]) -> bool:
    """ "Jan." has its own full stop, "January." ends the sentence."""
    return len(found.words.word(span[0])) <= 4 and span[1] - span[0] > 0 and found.text.endswith(".")


def year_of_word(which: str, anchor: Anchor) -> int | None:
    """The year meant by "last year", "that year"."""
    if which in ("that", "same", "the", "following", "previous", "preceding", "prior") and anchor.focus:
        focus = calendar.first_day(anchor.focus)
        step = {"following": 1, "previous": -1, "preceding": -1, "prior": -1}.get(which, 0)
        return focus.year + step if focus else None
    if anchor.published is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
    return anchor.published.year + step.get(which, 0)


_BEFORE_MONTH = frozenset(
    "in of since until till by from through during before after early late mid last this next next every each "
    "and to or between past around for the ended ending -".split()
)


def _is_month(found: Found, anchor: Anchor, *, day_follows: bool) -> bool:
    """Whether "May", "March", "Jan", "April Jones" are months here.

    May and March need a day, a year or a word such as "in" before them; an abbreviation needs a day or
    a year; a month that spaCy reads as part of a person's name is none.
    """
    if day_follows or found.has("year") or found.has("whose"):
        return True
    span = found.span("month")
    word = found.words.word(span[0])
    before = found.words.word(span[0] - 1).lower() if span[0] else ""
    after = found.after()
    if word.lower() in ("may", "march") or len(word) <= 3 or word in ("Sept",):
        if before not in _BEFORE_MONTH or (word == "March" and before == "the"):
            return False
        if word != "May" and len(word) <= 4 and not found.has("which") and not found.text.endswith("."):
            return before in ("in", "since", "until", "by", "last", "early", "late")
    token = anchor.token_at(found.words.start[span[0]])
    doc = anchor.tokens.doc
    return not (token < len(doc) and doc[token].ent_type_ == "PERSON" and before not in ("in", "since", "last"))


# ---------------------------------------------------------------- a year and longer


@rule("(?:THE UNIT (?=YEAR)|FISCAL UNIT? (?=YEAR|SHORT_YEAR))? (?P<year>YEAR)", "FISCAL UNIT? (?P<year>SHORT_YEAR)", "(?P<year>SHORT_YEAR)")
def year(found: Found, anchor: Anchor) -> Reading | None:
    """ "1989", "fiscal 1990", "the year 2000"; not "2000 people" or "Resolution 1441"."""
    number = full_year(found)
    if found.last - found.first == 1 and not _is_year(found, anchor, number):
        return None
    if found.last - found.first > 1 and found.word("year") and found.words.word(found.first).lower() == "the":
        if found.words.word(found.first + 1).lower() != "year":
            return None
    return stated("DATE", f"{number:04}")


def _is_year(found: Found, anchor: Anchor, number: int) -> bool:
    before, text = found.before(), found.text
    if not text.isdigit():  # '89
        return before in _BEFORE_YEAR
    if before in _NOT_A_YEAR_BEFORE or found.after() in ("percent", "per", "%", "million", "billion", "degrees"):
        return False
    tokens = anchor.tokens
    token = anchor.token_at(found.char)
    head = tokens.head[token]
    counts = tokens.dep[token] == "nummod" and head > token and tokens.tag[head] == "NNS"
    if before in _BEFORE_YEAR or before in ("s", "-"):
        return (1500 <= number < 2100 or before in ("in", "since", "year")) and not (counts and number % 100 == 0)
    if not 1900 <= number <= 2035 or (counts and number % 100 == 0):
        return False
    # "Flight 2004", "Windows 2000": a name with a number; but "the World Cup 2022" is left out too
    previous = found.words.word(found.first - 1) if found.first else ""
    close = found.first > 0 and found.words.text[found.words.end[found.first - 1] : found.char] == " "
    return not (close and previous[:1].isupper() and tokens.dep[token] != "npadvmod" and token > 0
                and not tokens.doc[token].is_sent_start and tokens.pos[token - 1] == "PROPN")


@rule("(?P<tens>NUMBER_WORD) (?P<units>NUMBER_WORD) (?: HYPHEN? (?P<more>NUMBER_WORD))?",
      "(?:THE UNIT)? (?P<thousand>NUMBER_WORD SCALE) (?:AND? (?P<units>NUMBER_WORD) (?:HYPHEN? (?P<more>NUMBER_WORD))?)?")
def spelled_year(found: Found, anchor: Anchor) -> Reading | None:
    """ "nineteen ninety-four", "two thousand and five", "the year two thousand"."""
    units, more = found.payload("units") or 0, found.payload("more") or 0
    if found.has("thousand"):
        if found.phrase("thousand") != ["two", "thousand"]:
            return None
        if found.words.word(found.first).lower() != "the" and found.before() not in _BEFORE_YEAR - {"the", "of"}:
            return None
        number = 2000 + units + more
    else:
        century = found.payload("tens")
        if century not in (16, 17, 18, 19, 20) or units < 10 or more > 9 or (more and units % 10):
            return None
        number = century * 100 + units + more
    return stated("DATE", f"{number:04}") if number < 2100 else None


@rule("THE? {edge}? HYPHEN? (?P<decade>DECADE)", "THE {edge}? (?P<decade>DECADE_WORD)")
def decade(found: Found, anchor: Anchor) -> Reading | None:
    """ "the 1990s", "the late '70s", "the nineties"."""
    digits = "".join(char for char in found.word("decade") if char.isdigit())
    if not digits:
        digits = f"{found.payload('decade')}0"
    elif len(digits) == 4 and not 1000 <= int(digits) < 2100:
        return None
    if len(digits) == 2 and found.words.word(found.span("decade")[0])[:1].isdigit() and found.before() == "his":
        return None  # "in his 40s" is an age
    first = found.words.word(found.first).lower()
    if len(digits) == 2 and first != "the" and not digits.startswith("'") and found.before() != "the":
        return None
    value = digits[:3] if len(digits) == 4 else f"19{digits[0]}"
    return stated("DATE", value)


@rule("THE? {edge}? (?P<number>ORDINAL|ORDINAL_WORD) HYPHEN? (?P<unit>UNIT)")
def century(found: Found, anchor: Anchor) -> Reading | None:
    """ "the 19th century"."""
    number = number_of(found, "number")
    if found.payload("unit") != "CE" or not 1 <= number <= 21:
        return None
    return stated("DATE", f"{number - 1:02}")


@rule(
    "(?P<which>LAST|THIS|NEXT|PAST|PREVIOUS|THE|THAT)? (?P<edge>{edge})? (?P<season>{a_season}) (?:(?:OF|COMMA)? (?P<year>{a_year}))?",
)
def season(found: Found, anchor: Anchor) -> Reading | None:
    """ "last fall", "the summer of 1990", "this winter"; not "the fall of Kabul"."""
    code, year, which = found.payload("season"), full_year(found), found.word("which")
    if year:
        return stated("DATE", f"{year:04}-{code}")
    ambiguous = found.word("season") in ("fall", "spring")
    if which in ("", "the") and (ambiguous or which == "") and found.before() not in ("in", "by", "since", "until"):
        return None
    if which == "the" and (found.before() in ("", "after", "before") or found.after() in ("of", "in")):
        return None
    if which == "" and ambiguous:
        return None
    if anchor.published is None:
        return Reading("DATE", f"XXXX-{code}")
    today = calendar.widen(anchor.published, "S")
    values = [f"{anchor.published.year + step:04}-{code}" for step in (-1, 0, 1)]
    if which in ("last", "past", "previous"):
        before = [v for v in values if calendar.days(v)[1] < anchor.published]
        return Reading("DATE", before[-1] if before else values[0], "relative")
    if which == "next":
        return Reading("DATE", next(v for v in values if calendar.first_day(v) > anchor.published), "relative")
    value = today if today in values else anchor.closest(values, found.char)
    return Reading("DATE", value, "relative")
