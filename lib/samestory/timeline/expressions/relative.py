"""Times told from another: the publication date ("last week"), the date in focus ("that day"), or vaguely.

Vague references become PRESENT_REF, PAST_REF and FUTURE_REF.
"""

from samestory.timeline.expressions.anchor import FUTURE, PAST, Anchor
from samestory.timeline.expressions.durations import count_of, length
from samestory.timeline.expressions.grammar import Found, Meaning, dated, rule
from samestory.timeline.expressions.timex import FUTURE_REF, PAST_REF, PRESENT_REF, Timex, Unit

_NOUNS = {
    "moment": PRESENT_REF, "present": PRESENT_REF, "time": PAST_REF, "past": PAST_REF, "future": FUTURE_REF,
}  # fmt: skip
_SHORT = (Unit.DAY, Unit.WEEK, Unit.MONTH)
_UNITS = (*_SHORT, Unit.WEEKEND, Unit.QUARTER, Unit.YEAR, Unit.DECADE)
# How exactly "three decades ago" and "a fortnight ago" are known.
_RECKONED_IN: dict[str, str] = {
    Unit.DECADE: Unit.YEAR, Unit.CENTURY: Unit.YEAR, Unit.MILLENNIUM: Unit.YEAR, Unit.FORTNIGHT: Unit.WEEK,
}  # fmt: skip


def relative(value: Timex) -> Meaning:
    """A date reckoned from another; not resolved where there was none to reckon from."""
    return dated(value, "relative")


# ---------------------------------------------------------------- days and their parts


@rule("(?P<day>DEICTIC)")
def deictic(found: Found, anchor: Anchor) -> Meaning | None:
    """ "today", "yesterday", "tomorrow"; not "USA Today"."""
    if found.text.istitle() and found.before() in ("usa", "psychology", "voa", "russia"):
        return None
    if not found.text.islower() and found.after() in ("show", "programme", "program"):
        return None
    return relative(anchor.from_published(found.payload("day"), Unit.DAY))


@rule("TONIGHT", "OVERNIGHT", "LAST (?P<part>PART)")
def night(found: Found, anchor: Anchor) -> Meaning | None:
    """ "tonight", "last night", "overnight": the night that ended on the day of publication."""
    if found.has("part"):
        part = found.payload("part")
        return relative(anchor.from_published(-1, Unit.DAY).at(part)) if part in ("NI", "EV") else None
    if found.text.lower() == "tonight":
        return relative(anchor.from_published(0, Unit.DAY).at("NI"))
    if anchor.tokens.tag[anchor.token_at(found.char)] == "JJ":
        return None  # "an overnight success"
    return relative(anchor.from_published(0, Unit.DAY).at("NI", hours=(0, 6)))


@rule(
    "(?P<which>THIS|THAT) SAME? {edge}? HYPHEN? (?P<part>PART)",
    "{edge} HYPHEN? (?P<part>PART)",
    "THE? (?P<which>NEXT|FOLLOWING|PREVIOUS) (?P<part>PART)",
    "THE (?P<part>PART) (?P<which>BEFORE|AFTER)",
)
def part_of_day(found: Found, anchor: Anchor) -> Meaning | None:
    """ "this evening", "that night", "the next morning", "mid-afternoon"; not CBS's "This Morning"."""
    if found.is_title() or ("-" in found.text and anchor.is_attribute(found.char)):
        return None  # "late-night buses"
    which, part = found.word("which"), found.payload("part")
    if which in ("this", ""):
        return relative(anchor.from_published(0, Unit.DAY).at(part))
    return relative(anchor.from_focus(found.step(), Unit.DAY).at(part))


# ---------------------------------------------------------------- this, last and next unit


@rule(
    "SOMETIME? (?:(?P<the>THE)|THIS)? (?P<which>LAST|NEXT|THIS|PAST|CURRENT) FISCAL? (?P<unit>UNIT|WEEKEND)"
)
def unit_by_publication(found: Found, anchor: Anchor) -> Meaning | None:
    """ "last week", "this month", "next year"; "the last decade" is a stretch that ends now."""
    unit, which = found.payload("unit"), found.word("which")
    if found.is_title() or unit not in (*_UNITS, Unit.CENTURY) or (which == "this" and unit == Unit.DAY):
        return None
    if found.has("the") and found.step() > 0 and unit == Unit.DAY:
        return relative(anchor.from_focus(1, Unit.DAY))
    stretch = unit in (Unit.DECADE, Unit.CENTURY) or (found.has("the") and unit in _SHORT)
    if stretch and which != "this":
        return length(1, unit)
    return relative(anchor.from_published(found.step(), unit))


@rule(
    "THE? (?P<which>FOLLOWING|PREVIOUS) (?P<unit>UNIT|WEEKEND)",
    "(?P<which>THAT) SAME? (?P<unit>UNIT|WEEKEND)",
    "THE (?P<which>SAME) (?P<unit>UNIT|WEEKEND)",
)
def unit_by_focus(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the following week", "that day", "the same year"."""
    unit, step = found.payload("unit"), found.step()
    if unit not in _UNITS:
        return None
    if unit == Unit.QUARTER and step == 0 and anchor.period:
        return relative(anchor.period)
    if anchor.focus is None and step > 0 and anchor.tense(found.char) == PAST:
        return relative(Timex(unit))  # "the following week he left": after no day that was told
    return relative(anchor.from_focus(step, unit))


@rule(
    "THE (?P<unit>UNIT)",
    "THE (?:FISCAL|FULL) (?P<unit>UNIT)",
    "THE (?P<unit>WEEKEND)",
    "THE (?P<latest>LATEST) (?P<unit>UNIT|PERIOD)",
    "(?P<unit>UNIT) (?:APOS|HYPHEN) END",
)
def the_unit(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the year", "the quarter", "the latest period": the one in focus, else that of publication."""
    unit, after = found.payload("unit") or Unit.QUARTER, found.after()
    if unit == Unit.YEAR and after in ("ended", "ending"):
        return length(1, Unit.YEAR)
    if after[:1] == "-" or after[:1].isdigit() or after in ("of", "old", "to", "that"):
        return None
    if unit == Unit.QUARTER:
        period = None if found.has("latest") else anchor.period
        return relative(period or anchor.from_published(-1, Unit.QUARTER))
    if unit == Unit.WEEKEND:
        return relative(_the_weekend(found, anchor))
    introduced = found.before() in ("for", "in", "during", "of", "over", "later", "earlier")
    if unit == Unit.YEAR or (unit in (Unit.MONTH, Unit.WEEK) and introduced):
        return relative(anchor.from_published(0, unit))
    return None


def _the_weekend(found: Found, anchor: Anchor) -> Timex:
    """The weekend before or after publication, by tense."""
    midweek = anchor.published is not None and anchor.published.isoweekday() < 6
    return anchor.from_published(-1 if midweek and anchor.tense(found.char) != FUTURE else 0, Unit.WEEKEND)


# ---------------------------------------------------------------- days of a week


@rule(
    "(?P<day>WEEKDAY) (?:OF|IN)? (?P<which>LAST|NEXT|THIS|THAT) (?P<unit>UNIT)",
    "(?P<which>LAST|NEXT|THIS) (?P<unit>UNIT) (?:COMMA|ON)* (?P<day>WEEKDAY)",
)
def weekday_of_week(found: Found, anchor: Anchor) -> Meaning | None:
    """ "Tuesday of last week", "next week, on Friday"."""
    if found.payload("unit") != Unit.WEEK:
        return None
    if found.word("which") == "that":
        week = anchor.from_focus(0, Unit.WEEK)
    else:
        week = anchor.from_published(found.step(), Unit.WEEK)
    return dated(_in_week(week, found.payload("day")), "relative")


@rule("(?P<count>{count}|A) (?P<unit>UNIT|UNITS) AGO (?:COMMA|ON|THIS|LAST)* (?P<day>WEEKDAY)")
def weekday_ago(found: Found, anchor: Anchor) -> Meaning | None:
    """ "a week ago Friday" is a week before the last one; "two weeks ago on Monday" is of that week."""
    count = 1 if found.word("count") in ("a", "one") else count_of(found, "count")
    if found.payload("unit") != Unit.WEEK or count is None or count % 1:
        return None
    number = found.payload("day")
    if anchor.published is None:
        return dated(Timex(Unit.DAY, weekday=number))
    if count == 1:
        back = (anchor.published.isoweekday() - number) % 7
        return dated(anchor.from_published(-back - 7, Unit.DAY), "relative")
    return dated(_in_week(anchor.from_published(-int(count), Unit.WEEK), number), "relative")


def _in_week(week: Timex, weekday: int) -> Timex:
    """The Monday, Tuesday ... of a week."""
    return (
        week.widened(Unit.DAY).moved(weekday - 1, Unit.DAY) if week.days else Timex(Unit.DAY, weekday=weekday)
    )


# ---------------------------------------------------------------- before and after


@rule(
    "(?P<the>THE) (?P<unit>UNIT) (?P<side>BEFORE|AFTER)",
    "(?P<a>A) (?P<unit>UNIT) (?P<side>EARLIER|BEFORE|LATER|AGO)",
    "A? (?P<unit>UNIT) HYPHEN (?P<side>EARLIER|AGO)",
)
def unit_apart(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the day before", "a year earlier", "the year-ago results"."""
    unit, side = found.payload("unit"), found.word("side")
    if unit not in _UNITS:
        return None
    clause_follows = side in ("before", "after") and found.after()[:1].isalnum()
    if clause_follows and found.has("a"):  # "a month after he left" is a length
        return Meaning("DURATION", Timex(text=f"P1{unit}"), "stated")
    if clause_follows and unit != Unit.DAY:  # "the year after he left": of no known date
        return relative(Timex(unit))
    if clause_follows and anchor.day and found.before() == "," and anchor.day_ends == found.first - 1:
        return relative(anchor.day)  # "on Oct. 12, the day before the crash" is one day
    step = found.step("side")
    if unit == Unit.DECADE:
        return relative(anchor.from_published(10 * step, Unit.YEAR))
    if unit == Unit.YEAR:
        return relative(anchor.year_apart(step, ago=side == "ago"))
    return relative(anchor.from_published(step, unit) if side == "ago" else anchor.from_focus(step, unit))


@rule("THE (?P<unit>UNIT|WEEKEND) (?P<side>AFTER NEXT|BEFORE LAST) (?!{a_weekday}|{a_month})")
def two_apart(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the week after next", "the year before last"."""
    unit, step = found.payload("unit"), 2 * found.step("side")
    return relative(anchor.from_published(step, unit)) if unit in _UNITS else None


@rule("THE (?P<part>PART) BEFORE LAST")
def night_before_last(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the night before last"."""
    return relative(anchor.from_published(-2, Unit.DAY).at(found.payload("part")))


@rule("(?:EARLIER|LATER) IN THE (?P<unit>UNIT)")
def part_of_unit(found: Found, anchor: Anchor) -> Meaning | None:
    """ "later in the day", "earlier in the week": of the date in focus."""
    unit = found.payload("unit")
    return relative(anchor.from_focus(0, unit)) if unit in _UNITS else None


@rule(
    "{approx}? (?P<count>{count}) MORE? (?P<unit>UNIT|UNITS|WEEKENDS) (?:OR SO)? "
    "(?P<side>AGO|EARLIER|LATER|FROM NOW|HENCE|FROM DEICTIC)"
)
def counted_apart(found: Found, anchor: Anchor) -> Meaning | None:
    """ "six weeks ago", "about two years earlier", "ten days later", "five years from now"."""
    unit, count, side = found.payload("unit") or Unit.WEEKEND, count_of(found, "count"), found.word("side")
    ahead = side in ("from", "hence", "later")
    if side == "later" and (count is None or not anchor.has_just_told(found.first, found.char)):
        return None  # "would be free seven days later": after no day that was told
    if count is None:
        return dated(FUTURE_REF if ahead else PAST_REF)
    step = count if ahead else -count
    if unit.startswith("T"):
        if side in ("earlier", "later"):
            return _minutes_apart(anchor, step, unit)
        return _hours_apart(anchor, step, unit)
    if step % 1 and unit in (Unit.YEAR, Unit.DECADE):  # "a year and a half ago"
        unit, step = (Unit.MONTH, step * 12) if unit == Unit.YEAR else (Unit.YEAR, step * 10)
    wide = _RECKONED_IN.get(unit, unit)
    focus = anchor.focus if side in ("earlier", "later") else None
    if side == "later" and focus and focus.is_longer(unit):
        return None  # "in 1998; two days later": of no known day
    start = focus.widened(Unit.DAY) if focus else anchor.from_published(0, Unit.DAY)
    return relative(start.moved(int(step), unit).widened(wide))


def _minutes_apart(anchor: Anchor, step: float, unit: str) -> Meaning | None:
    """ "20 minutes later" than a clock time told before."""
    focus, minutes = anchor.focus, step * {"TM": 1, "TH": 60}.get(unit, 0)
    if focus is None or not focus.time[:1].isdigit() or not minutes or minutes % 1:
        return None
    hour, minute = focus.time.split(":")
    days, total = divmod(int(hour) * 60 + int(minute) + int(minutes), 24 * 60)
    return relative(focus.date.moved(days, Unit.DAY).at(f"{total // 60:02}:{total % 60:02}"))


def _hours_apart(anchor: Anchor, step: float, unit: str) -> Meaning:
    """ "two hours ago" needs the hour of publication."""
    if anchor.hour is None or unit != "TH":
        return relative(anchor.from_published(0, Unit.DAY).at("XX:XX"))._replace(how=None)
    days, hour = divmod(anchor.hour + int(step), 24)
    return relative(anchor.from_published(days, Unit.DAY).at(f"{hour:02}:00"))


@rule("NOW", "(?P<word>REFERENCE)")
def adverb(found: Found, anchor: Anchor) -> Meaning | None:
    """ "now", "currently", "recently"."""
    return dated(Timex(text=found.payload("word")) if found.has("word") else PRESENT_REF)


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
        return dated(PRESENT_REF) if found.payload("unit") == Unit.DAY else None
    return dated(FUTURE_REF if found.has("ahead") else PAST_REF)


@rule("AT (?P<noun>THE NOUN)", "(?P<noun>THE {edge}? NOUN)", "(?P<noun>THE PAST)", "IN (?P<noun>NOUN)")
def noun(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the future", "in the past", "at the moment", "at the time"; not "the future of Kosovo"."""
    first, last = found.span("noun")
    word, after = found.words.word(last - 1).lower(), found.after()
    value = _NOUNS.get(word)
    if word in ("future", "past"):
        meant = after not in ("of", "-") and not _modifies(found, anchor, last)
    else:
        meant = found.first < first and found.words.word(found.first).lower() == "at" and after != "of"
    return dated(value)._replace(words=(first, last)) if value and meant else None


def _modifies(found: Found, anchor: Anchor, last: int) -> bool:
    """ "the future flagship", "the past Nov. 1 deadline"."""
    token = anchor.token_at(found.words.start[last - 1])
    return anchor.tokens.head[token] > token
