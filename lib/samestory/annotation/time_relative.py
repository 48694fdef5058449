"""Readings of times that are told relative to the publication date or to the date in focus."""

from samestory.annotation import time_calendar as calendar
from samestory.annotation.time_anchor import Anchor
from samestory.annotation.time_dates import full_year, number_of, stated, with_likely_year, year_of_word
from samestory.annotation.time_durations import count_of
from samestory.annotation.time_grammar import Found, Reading, rule

_STEP = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1,
         "next": 1, "coming": 1, "upcoming": 1, "following": 1, "ensuing": 1, "subsequent": 1}  # fmt: skip
_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}


def relative(value: str | None, unit: str, **more) -> Reading:
    """A DATE found from an anchor; of unknown year where there is none."""
    if value is None:
        return Reading("DATE", _UNKNOWN.get(unit, "XXXX"), **more)
    return Reading("DATE", value, "relative", **more)


def today(anchor: Anchor) -> str | None:
    return anchor.published.isoformat() if anchor.published else None


def from_published(anchor: Anchor, step: int, unit: str) -> str | None:
    """The unit so many steps from the one that holds the publication date."""
    if anchor.published is None:
        return None
    return calendar.move(calendar.widen(anchor.published, unit), step, unit)


def from_focus(anchor: Anchor, step: int, unit: str) -> str | None:
    """The unit so many steps from the one that holds the date in focus (else the publication date).

    A day needs a day in focus: after "in 1987", "that day" is not the first of January.
    """
    focus = anchor.day if unit == "D" else anchor.focus
    start = calendar.first_day(focus) if focus else anchor.published
    return calendar.move(calendar.widen(start, unit), step, unit) if start else None


# ---------------------------------------------------------------- days


@rule("(?P<day>DEICTIC)", "THE UNIT (?P<side>BEFORE|AFTER) (?P<day>DEICTIC)")
def deictic(found: Found, anchor: Anchor) -> Reading | None:
    """ "today", "yesterday", "the day after tomorrow"."""
    if found.before() == "usa" or (found.text == "Today" and found.before() in ("voa", "psychology")):
        return None
    step = found.payload("day") + {"before": -1, "after": 1}.get(found.word("side"), 0)
    return relative(from_published(anchor, step, "D"), "D")


@rule("TONIGHT", "OVERNIGHT", "LAST (?P<part>PART)")
def night(found: Found, anchor: Anchor) -> Reading | None:
    """ "tonight", "overnight", "last night"."""
    if found.has("part") and found.word("part") not in ("night", "evening"):
        return None
    part = "EV" if found.word("part") == "evening" else "NI"
    if found.text.lower() == "overnight" and anchor.tokens.tag[anchor.token_at(found.char)] == "JJ":
        return None  # "an overnight success"
    value = from_published(anchor, -1 if found.has("part") else 0, "D")
    return Reading("TIME", f"{value or 'XXXX-XX-XX'}T{part}", "relative" if value else None)


@rule("(?P<which>THIS|THAT) SAME? {edge}? HYPHEN? (?P<part>PART)", "(?:{edge}|MID) HYPHEN? (?P<part>PART)",
      "THE? (?P<which>NEXT|FOLLOWING|PREVIOUS) (?P<part>PART)", "THE (?P<part>PART) (?P<which>BEFORE|AFTER)")
def part_of_day(found: Found, anchor: Anchor) -> Reading | None:
    """ "this evening", "that night", "the next morning", "mid-afternoon"."""
    which, part = found.word("which"), found.payload("part")
    if which in ("this", "these", ""):
        day = from_published(anchor, 0, "D")
    else:
        day = from_focus(anchor, _STEP.get(which, {"before": -1, "after": 1}.get(which, 0)), "D")
    return Reading("TIME", f"{day or 'XXXX-XX-XX'}T{part}", "relative" if day else None)


# ---------------------------------------------------------------- this, last and next unit


@rule("(?P<edge>SOMETIME)? THE? (?P<which>LAST|NEXT|THIS|PAST|CURRENT) FISCAL? (?P<unit>UNIT|WEEKEND|SECOND)")
def unit_by_publication(found: Found, anchor: Anchor) -> Reading | None:
    """ "last week", "this month", "next year", "the past year"."""
    unit, which = found.payload("unit"), found.word("which")
    if unit not in _UNKNOWN and unit not in ("DE", "CE"):
        return None
    if which == "this" and unit == "D":
        return None
    if "the" in (found.word("article"), found.words.word(found.first).lower()):
        if unit == "D" and which == "next":
            return relative(from_focus(anchor, 1, "D"), "D")
        if which in ("last", "past"):  # "the last decade", "the past year": a stretch that ends now
            if unit != "Y":
                return Reading("DURATION", f"P1{unit}", "stated") if unit != "Q" else None
    return relative(from_published(anchor, _STEP.get(which, 0), unit), unit)


@rule("THE? (?P<which>FOLLOWING|PREVIOUS|NEXT) (?P<unit>UNIT|WEEKEND)", "(?P<which2>THAT) SAME? (?P<unit2>UNIT|WEEKEND)",
      "(?P<which3>THE SAME) (?P<unit3>UNIT|WEEKEND)")
def unit_by_focus(found: Found, anchor: Anchor) -> Reading | None:
    """ "the following week", "that day", "the same year"."""
    unit, which = found.payload("unit"), found.word("which")
    if unit not in _UNKNOWN or (which == "next" and not found.text.lower().startswith("the")):
        return None
    if which == "the" and unit != "D" and found.after() in ("period", "time"):
        return None
    if unit == "W" and found.after() == "end":
        unit = "WE"
    if unit == "Q" and anchor.focus and calendar.unit_of(anchor.focus) == "Q" and which in ("that", "the"):
        return relative(anchor.focus, unit)
    return relative(from_focus(anchor, _STEP.get(which, 0), unit), unit)


@rule("THE (?P<unit>UNIT) (?P<side>BEFORE|AFTER|EARLIER|LATER)", "A (?P<unit>UNIT) (?P<side>EARLIER|BEFORE|LATER|AGO)",
      "(?P<unit>UNIT) HYPHEN (?P<side>EARLIER|AGO) (?=PERIOD|UNIT)?", "A? (?P<unit>UNIT) HYPHEN (?P<side>EARLIER|AGO)")
def unit_before(found: Found, anchor: Anchor) -> Reading | None:
    """ "the day before", "a year earlier", "a year ago", "the year-earlier period"."""
    unit, side = found.payload("unit"), found.word("side")
    if unit not in _UNKNOWN:
        return None
    clause_follows = found.text.lower().startswith("the") and _starts_clause(found, anchor)
    if clause_follows and unit != "D":  # "the year after he resigned": of no known date
        return relative(None, unit)
    if clause_follows and found.before() == "," and anchor.day_ends == found.first - 1:
        return relative(anchor.day, "D")  # "on Oct. 12, the day before the crash" names the same day
    if found.text.lower().startswith("a ") and side in ("before", "after") and _starts_clause(found, anchor):
        return Reading("DURATION", f"P1{unit}", "stated")
    step = 1 if side in ("after", "later") else -1
    if unit == "Y":
        return relative(_year_apart(anchor, step, ago=side == "ago"), "Y")
    if side == "ago":
        return relative(from_published(anchor, step, unit), unit)
    return relative(from_focus(anchor, step, unit), unit)


def _year_apart(anchor: Anchor, step: int, *, ago: bool) -> str | None:
    """A year from the date in focus, in its unit: after "the third quarter", "a year earlier" is a quarter."""
    focus = anchor.period if anchor.period else (None if ago else anchor.focus)
    if focus and calendar.unit_of(focus) in ("Q", "M", "Y", "H", "S", "D"):
        return calendar.move(focus, step, "Y")
    return from_published(anchor, step, "Y")


def _starts_clause(found: Found, anchor: Anchor) -> bool:
    """ "before the vote", "after he left", as against "the day before, Trump" or "the day before."."""
    after = found.after()
    return bool(after) and after[0].isalnum()


@rule("{approx}? (?P<count>{count}|A) MORE? (?P<unit>UNIT|UNITS|WEEKEND) (?:OR SO)? (?P<side>AGO|EARLIER|FROM NOW|HENCE|FROM DEICTIC)")
def counted_ago(found: Found, anchor: Anchor) -> Reading | None:
    """ "six weeks ago", "about two years earlier", "five years from now"."""
    unit, count, side = found.payload("unit"), count_of(found, "count"), found.word("side")
    if count is None:
        return Reading("DATE", "FUTURE_REF" if side in ("from", "hence") else "PAST_REF", "stated")
    step = count if side in ("from", "hence") else -count
    if unit.startswith("T"):
        return _hours_ago(anchor, step, unit)
    if step != int(step):
        unit, step = {"Y": "M"}.get(unit, unit), step * {"Y": 12}.get(unit, 1)
    start = anchor.focus if side == "earlier" and anchor.focus else today(anchor)
    day = calendar.first_day(start) if start else None
    if day is None:
        return relative(None, unit)
    if unit == "Y" and side == "earlier" and anchor.focus:
        return relative(calendar.move(calendar.widen(day, "Y"), int(step), "Y"), "Y")
    wide = {"DE": "Y", "CE": "Y", "FN": "W"}.get(unit, unit)
    moved = calendar.move_day(day, int(step), unit)
    return relative(calendar.widen(moved, wide) if moved else None, wide)


def _hours_ago(anchor: Anchor, step: float, unit: str) -> Reading:
    if anchor.published is None or anchor.hour is None or unit != "TH":
        return Reading("TIME", (today(anchor) or "XXXX-XX-XX") + "TXX")
    days, hour = divmod(anchor.hour + int(step), 24)
    day = calendar.move_day(anchor.published, days, "D")
    return Reading("TIME", f"{day.isoformat()}T{hour:02}:00" if day else "XXXX-XX-XXTXX", "relative")


@rule("THE (?P<unit>UNIT)", "THE LATEST (?P<unit2>UNIT|PERIOD)", "(?P<unit3>UNIT) APOS END", "ALL (?P<unit4>UNIT)")
def the_unit(found: Found, anchor: Anchor) -> Reading | None:
    """ "the year", "the quarter", "the latest period": the one in focus or of publication."""
    unit, after = found.payload("unit"), found.after()
    if found.word("unit") == "period":
        unit = "Q"
    if unit == "Y" and after in ("ended", "ending", "to", "since", "that") or after in ("old", "long"):
        return Reading("DURATION", f"P1{unit}", "stated") if after in ("ended", "ending") else None
    if after == "-" or unit in (None, "D", "CE", "DE", "ML") or unit.startswith("T"):
        return None
    if unit == "W" and after == "of":
        return relative(None, unit)
    if unit == "Q":
        if found.words.word(found.first + 1).lower() in ("latest", "most"):
            return relative(from_published(anchor, -1, "Q"), "Q")
        if anchor.period and calendar.unit_of(anchor.period) == "Q":
            return relative(anchor.period, "Q")
        return relative(from_published(anchor, -1, "Q"), "Q")
    if unit in ("M", "W") and found.before() not in ("for", "in", "during", "of", "over", "this", "later", "earlier"):
        return None
    return relative(from_published(anchor, 0, unit), unit)


# ---------------------------------------------------------------- quarters and halves


@rule(
    "THE? (?:{edge} HYPHEN?)? (?:FISCAL)? (?P<number>{ordinal}) HYPHEN? (?P<unit>UNIT|HALF)"
    "(?:(?:OF|COMMA|IN)? (?:FISCAL UNIT? | THE UNIT)? (?P<year>{a_year}))?",
    "THE? (?:FISCAL)? (?P<year>YEAR) (?:APOS|FISCAL)* (?P<number>{ordinal}) HYPHEN? (?P<unit>UNIT|HALF)",
    "THE? (?P<number>{ordinal}) HYPHEN? (?P<unit>UNIT|HALF) OF? (?P<which>LAST|NEXT|THIS|THAT|PREVIOUS|FOLLOWING) FISCAL? (?P<whose>UNIT)",
    "THE? (?P<which>LAST|NEXT|THIS|THAT|PREVIOUS|FOLLOWING) FISCAL? (?P<whose>UNIT) APOS? (?P<number>{ordinal}) HYPHEN? (?P<unit>UNIT|HALF)",
    "THE? (?P<whose>UNIT) HYPHEN (?P<which>AGO|EARLIER) FISCAL? (?P<number>{ordinal}) HYPHEN? (?P<unit>UNIT)",
)
def quarter(found: Found, anchor: Anchor) -> Reading | None:
    """ "third-quarter", "the first half of 1984", "next year's first quarter"."""
    unit = "H" if found.word("unit") == "half" else found.payload("unit")
    number = 4 if found.word("number") == "final" else number_of(found, "number")
    if unit not in ("Q", "H") or number is None or not 1 <= number <= {"Q": 4, "H": 2}[unit]:
        return None
    if unit == "H" and not (found.has("year") or found.has("whose") or "-" in found.text or _before_half(found)):
        return None
    rest = f"{unit}{number}"
    if year := full_year(found):
        return stated("DATE", f"{year:04}-{rest}")
    if found.has("whose"):
        which = found.word("which")
        base = year_of_word({"ago": "last", "earlier": "last"}.get(which, which), anchor)
        return Reading("DATE", f"{base or 'XXXX'}-{rest}", "relative" if base else None)
    return with_likely_year(found, anchor, rest)


def _before_half(found: Found) -> bool:
    return found.before() in ("in", "for", "during") and found.after() not in ("of", "against", "when")


@rule("THE (?P<year>YEAR) (?P<unit>UNIT)", "(?P<code>QUARTER_CODE) (?:(?:OF|COMMA)? (?P<year2>YEAR))?",
      "THE? SAME? (?P<whose>UNIT) HYPHEN (?P<which>AGO|EARLIER) (?P<unit3>UNIT|PERIOD)")
def quarter_by_code(found: Found, anchor: Anchor) -> Reading | None:
    """ "Q3 2024", "FY25", "the 1988 quarter", "the year-ago period"."""
    year = full_year(found)
    if found.has("code"):
        code = found.word("code").upper()
        if code.startswith("FY"):
            digits = code[2:].strip()
            return stated("DATE", f"20{digits}" if len(digits) == 2 else digits)
        return stated("DATE", f"{year:04}-{code}") if year else with_likely_year(found, anchor, code)
    if found.has("whose"):
        if found.payload("whose") != "Y":
            return None
        return relative(_year_apart(anchor, -1, ago=True), "Y")
    if found.payload("unit") != "Q":
        return None
    period = anchor.period if anchor.period and "-Q" in anchor.period else from_published(anchor, -1, "Q")
    return Reading("DATE", f"{year:04}-{period[5:] if period else 'QX'}", "relative")


# ---------------------------------------------------------------- references


@rule("NOW", "REFERENCE", "AT THE (?P<noun>NOUN)", "THE (?:{edge}|MORE)? (?P<noun>NOUN|PAST)", "(?:IN|THE) {edge}? (?P<noun2>NOUN)",
      "RECENT (?P<unit>UNITS) (?:AND UNITS)?", "THE? (?P<next>NEXT) (?P<unit2>UNITS)", "THE (?P<unit3>UNITS) AHEAD", "(?P<these>THIS) (?P<unit4>UNITS)",
      "(?P<past>PAST|LAST|PREVIOUS) (?P<unit5>UNITS)")
def reference(found: Found, anchor: Anchor) -> Reading | None:
    """ "now", "recently", "the future", "recent days", "the weeks ahead"."""
    first = found.words.word(found.first).lower()
    if first == "now":
        return Reading("DATE", "PRESENT_REF", "stated")
    if found.last - found.first == 1:
        return Reading("DATE", found.payload_of(found.first), "stated")
    if found.has("unit"):
        if found.has("these"):
            return Reading("DATE", "PRESENT_REF", "stated") if found.payload("unit") == "D" else None
        future = found.has("next") or found.text.lower().endswith("ahead")
        return Reading("DATE", "FUTURE_REF" if future else "PAST_REF", "stated")
    noun = found.word("noun")
    span = found.span("noun")
    start = found.first + (first in ("at", "in"))
    words = (start, found.last)
    if noun == "future":
        if found.after() and found.after()[0].isalpha() and anchor.tokens.pos[min(anchor.token_at(found.words.start[span[0]]) + 1, len(anchor.tokens.pos) - 1)] in ("NOUN", "ADJ"):
            return None
        return Reading("DATE", "FUTURE_REF", "stated", words=words) if found.after() != "of" else None
    if noun == "past" and found.after() in ("", ".", ",", ";"):
        return Reading("DATE", "PAST_REF", "stated", words=words)
    if noun in ("moment", "present") and first == "at":
        return Reading("DATE", "PRESENT_REF", "stated", words=words)
    if noun == "time" and first == "at" and found.after() != "of":
        return Reading("DATE", "PAST_REF", "stated", words=words)
    return None
