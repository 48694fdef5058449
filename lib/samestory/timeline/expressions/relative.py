"""Times told from another: the publication date ("last week"), the date in focus ("that day"), or vaguely.

Vague references become PRESENT_REF, PAST_REF and FUTURE_REF.
"""

from samestory.timeline.expressions import timex
from samestory.timeline.expressions.anchor import Anchor
from samestory.timeline.expressions.durations import count_of
from samestory.timeline.expressions.grammar import Found, Meaning, rule, stated

_STEP = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1,
    "before": -1, "earlier": -1, "ago": -1,
    "next": 1, "coming": 1, "upcoming": 1, "following": 1, "ensuing": 1, "subsequent": 1,
    "after": 1, "later": 1,
}  # fmt: skip
_UNKNOWN = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX",
    "Y": "XXXX", "DE": "XXX",
}  # fmt: skip


def relative(value: str | None, unit: str) -> Meaning:
    """A date reckoned from another; of unknown year where there is none to reckon from."""
    return Meaning("DATE", value, "relative") if value else Meaning("DATE", _UNKNOWN.get(unit, "XXXX"))


def at(day: str | None, part: str, hours: tuple[int, int] | None = None) -> Meaning:
    """A part of a day; of unknown date where there is none to reckon from."""
    how = "relative" if day else None
    return Meaning("TIME", f"{day or 'XXXX-XX-XX'}T{part}", how, hours=hours if day else None)


# ---------------------------------------------------------------- days and their parts


@rule("(?P<day>DEICTIC)")
def deictic(found: Found, anchor: Anchor) -> Meaning | None:
    """ "today", "yesterday", "tomorrow"; not "USA Today"."""
    if found.text == "Today" and found.before() in ("usa", "psychology", "voa", "russia"):
        return None
    return relative(anchor.from_published(found.payload("day"), "D"), "D")


@rule("TONIGHT", "OVERNIGHT", "LAST (?P<part>PART)")
def night(found: Found, anchor: Anchor) -> Meaning | None:
    """ "tonight", "last night", "overnight": the night that ended on the day of publication."""
    if found.has("part"):
        part = found.payload("part")
        return at(anchor.from_published(-1, "D"), part) if part in ("NI", "EV") else None
    if found.text.lower() == "tonight":
        return at(anchor.from_published(0, "D"), "NI")
    if anchor.tokens.tag[anchor.token_at(found.char)] == "JJ":
        return None  # "an overnight success"
    return at(anchor.from_published(0, "D"), "NI", hours=(0, 6))


@rule(
    "(?P<which>THIS|THAT) SAME? {edge}? HYPHEN? (?P<part>PART)",
    "{edge} HYPHEN? (?P<part>PART)",
    "THE? (?P<which>NEXT|FOLLOWING|PREVIOUS) (?P<part>PART)",
    "THE (?P<part>PART) (?P<which>BEFORE|AFTER)",
)
def part_of_day(found: Found, anchor: Anchor) -> Meaning | None:
    """ "this evening", "that night", "the next morning", "mid-afternoon"; not CBS's "This Morning"."""
    if found.is_title():
        return None
    which, part = found.word("which"), found.payload("part")
    if which in ("this", ""):
        return at(anchor.from_published(0, "D"), part)
    return at(anchor.from_focus(_STEP.get(which, 0), "D"), part)


# ---------------------------------------------------------------- this, last and next unit


@rule(
    "SOMETIME? (?:(?P<the>THE)|THIS)? (?P<which>LAST|NEXT|THIS|PAST|CURRENT) FISCAL? (?P<unit>UNIT|WEEKEND)"
)
def unit_by_publication(found: Found, anchor: Anchor) -> Meaning | None:
    """ "last week", "this month", "next year"; "the last decade" is a stretch that ends now."""
    unit, which = found.payload("unit"), found.word("which")
    if found.is_title() or unit not in (*_UNKNOWN, "CE") or (which == "this" and unit == "D"):
        return None
    if found.has("the") and found.step() > 0 and unit == "D":
        return relative(anchor.from_focus(1, "D"), "D")
    stretch = ("DE", "CE", "D", "W", "M") if found.has("the") else ("DE", "CE")
    if unit in stretch and which != "this":
        return Meaning("DURATION", {"DE": "P10Y", "CE": "P100Y"}.get(unit, f"P1{unit}"), "stated")
    return relative(anchor.from_published(found.step(), unit), unit)


@rule(
    "THE? (?P<which>FOLLOWING|PREVIOUS) (?P<unit>UNIT|WEEKEND)",
    "(?P<which>THAT) SAME? (?P<unit>UNIT|WEEKEND)",
    "THE (?P<which>SAME) (?P<unit>UNIT|WEEKEND)",
)
def unit_by_focus(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the following week", "that day", "the same year"."""
    unit, step = found.payload("unit"), found.step()
    if unit not in _UNKNOWN:
        return None
    if unit == "Q" and step == 0 and anchor.period:
        return relative(anchor.period, unit)
    return relative(anchor.from_focus(step, unit), unit)


@rule(
    "THE (?P<unit>UNIT)",
    "THE (?:FISCAL|FULL) (?P<unit>UNIT)",
    "THE (?P<unit>WEEKEND)",
    "THE (?P<latest>LATEST) (?P<unit>UNIT|PERIOD)",
    "(?P<unit>UNIT) (?:APOS|HYPHEN) END",
)
def the_unit(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the year", "the quarter", "the latest period": the one in focus, else that of publication."""
    unit, after = found.payload("unit") or "Q", found.after()
    if unit == "Y" and after in ("ended", "ending"):
        return Meaning("DURATION", "P1Y", "stated")
    if (
        after == "-"
        or after[:1].isdigit()
        or unit not in ("W", "M", "Q", "Y", "WE")
        or after in ("of", "old", "to", "that")
    ):
        return None
    if unit == "Q":
        period = None if found.has("latest") else anchor.period
        return relative(period or anchor.from_published(-1, "Q"), "Q")
    if unit == "WE":
        return relative(_the_weekend(found, anchor), unit)
    if unit in ("M", "W") and found.before() not in ("for", "in", "during", "of", "over", "later", "earlier"):
        return None
    return relative(anchor.from_published(0, unit), unit)


def _the_weekend(found: Found, anchor: Anchor) -> str | None:
    """The weekend before or after publication, by tense."""
    if anchor.published is None:
        return None
    sunday = timex.move_day(anchor.published, -(anchor.published.isoweekday() % 7), "D")
    if sunday is None or anchor.tense(found.char) == "future":
        return anchor.from_published(0, "WE")
    return timex.widen(sunday, "WE") if anchor.published.isoweekday() < 6 else anchor.from_published(0, "WE")


# ---------------------------------------------------------------- before and after


@rule(
    "(?P<the>THE) (?P<unit>UNIT) (?P<side>BEFORE|AFTER)",
    "(?P<a>A) (?P<unit>UNIT) (?P<side>EARLIER|BEFORE|LATER|AGO)",
    "A? (?P<unit>UNIT) HYPHEN (?P<side>EARLIER|AGO)",
)
def unit_apart(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the day before", "a year earlier", "the year-ago results"."""
    unit, side = found.payload("unit"), found.word("side")
    if unit not in _UNKNOWN:
        return None
    clause_follows = side in ("before", "after") and found.after()[:1].isalnum()
    if clause_follows and found.has("a"):  # "a month after he left" is a length
        return Meaning("DURATION", f"P1{unit}", "stated")
    if clause_follows and unit != "D":  # "the year after he left": of no known date
        return relative(None, unit)
    if clause_follows and found.before() == "," and anchor.day_ends == found.first - 1:
        return relative(anchor.day, "D")  # "on Oct. 12, the day before the crash" is one day
    step = _STEP[side]
    if unit == "DE":
        return relative(anchor.from_published(10 * step, "Y"), "Y")
    if unit == "Y":
        return relative(anchor.year_apart(step, ago=side == "ago"), "Y")
    if side == "ago":
        return relative(anchor.from_published(step, unit), unit)
    return relative(anchor.from_focus(step, unit), unit)


@rule("THE (?P<unit>UNIT|WEEKEND) (?P<side>AFTER NEXT|BEFORE LAST) (?!{a_weekday}|{a_month})")
def two_apart(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the week after next", "the year before last"."""
    unit = found.payload("unit")
    return (
        relative(anchor.from_published(2 * _STEP[found.word("side")], unit), unit)
        if unit in _UNKNOWN
        else None
    )


@rule("(?:EARLIER|LATER) IN THE (?P<unit>UNIT)")
def part_of_unit(found: Found, anchor: Anchor) -> Meaning | None:
    """ "later in the day", "earlier in the week": of the date in focus."""
    unit = found.payload("unit")
    return relative(anchor.from_focus(0, unit), unit) if unit in _UNKNOWN else None


@rule(
    "{approx}? (?P<count>{count}) MORE? (?P<unit>UNIT|UNITS|WEEKENDS) (?:OR SO)? "
    "(?P<side>AGO|EARLIER|FROM NOW|HENCE|FROM DEICTIC)"
)
def counted_apart(found: Found, anchor: Anchor) -> Meaning | None:
    """ "six weeks ago", "about two years earlier", "five years from now"."""
    unit, count, side = found.payload("unit") or "WE", count_of(found, "count"), found.word("side")
    ahead = side in ("from", "hence")
    if count is None:
        return Meaning("DATE", "FUTURE_REF" if ahead else "PAST_REF", "stated")
    step = count if ahead else -count
    if unit.startswith("T"):
        return _hours_apart(anchor, step, unit) if side != "earlier" else None
    if step != int(step):  # "a year and a half ago"
        unit, step = {"Y": ("M", step * 12), "DE": ("Y", step * 10)}.get(unit, (unit, step))
    wide = {"DE": "Y", "CE": "Y", "ML": "Y", "FN": "W"}.get(unit, unit)
    focus = anchor.focus if side == "earlier" else None
    day = timex.first_day(focus) if focus else anchor.published
    moved = timex.move_day(day, int(step), unit) if day else None
    return relative(timex.widen(moved, wide) if moved else None, wide)


def _hours_apart(anchor: Anchor, step: float, unit: str) -> Meaning:
    """ "two hours ago" needs the hour of publication."""
    if anchor.published is None or anchor.hour is None or unit != "TH":
        return Meaning("TIME", f"{anchor.from_published(0, 'D') or 'XXXX-XX-XX'}TXX:XX")
    days, hour = divmod(anchor.hour + int(step), 24)
    day = timex.move_day(anchor.published, days, "D")
    return at(day.isoformat() if day else None, f"{hour:02}:00")


@rule("NOW", "(?P<word>REFERENCE)")
def adverb(found: Found, anchor: Anchor) -> Meaning | None:
    """ "now", "currently", "recently"."""
    return stated("DATE", found.payload("word") or "PRESENT_REF")


@rule(
    "RECENT UNITS (?:AND UNITS)?",
    "(?:PAST|LAST|PREVIOUS) UNITS",
    "THE? (?P<ahead>NEXT) UNITS",
    "THE UNITS (?P<ahead>AHEAD)",
    "(?P<these>THIS) (?P<unit>UNITS)",
)
def vague_units(found: Found, anchor: Anchor) -> Meaning | None:
    """ "recent days", "past years", "the coming months", "the weeks ahead", "these days"."""
    if found.has("these"):
        return stated("DATE", "PRESENT_REF") if found.payload("unit") == "D" else None
    return stated("DATE", "FUTURE_REF" if found.has("ahead") else "PAST_REF")


@rule("AT (?P<noun>THE NOUN)", "(?P<noun>THE {edge}? NOUN)", "(?P<noun>THE PAST)", "IN (?P<noun>NOUN)")
def noun(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the future", "in the past", "at the moment", "at the time"; not "the future of Kosovo"."""
    first, last = found.span("noun")
    word, after = found.words.word(last - 1).lower(), found.after()
    reading = Meaning("DATE", "", "stated", words=(first, last))
    introduced = found.first < first and found.words.word(found.first).lower() == "at"
    if word in ("moment", "present", "time"):
        value = "PAST_REF" if word == "time" else "PRESENT_REF"
        return reading._replace(value=value) if introduced and after != "of" else None
    if word not in ("future", "past") or after in ("of", "-") or _modifies(found, anchor, last):
        return None
    return reading._replace(value="PAST_REF" if word == "past" else "FUTURE_REF")


def _modifies(found: Found, anchor: Anchor, last: int) -> bool:
    """ "the future flagship", "the past Nov. 1 deadline"."""
    token = anchor.token_at(found.words.start[last - 1])
    return anchor.tokens.head[token] > token
