"""Readings of durations ("two-year", "the past three months") and of sets ("every Friday", "daily")."""

from samestory.timeline.expressions.anchor import Anchor
from samestory.timeline.expressions.classes import lexicon
from samestory.timeline.expressions.grammar import Found, Meaning, rule
from samestory.timeline.expressions.timex import Timex, Unit

_IN_SMALLER_UNITS = {"Q": (3, "M"), "FN": (2, "W"), "DE": (10, "Y"), "CE": (100, "Y"), "ML": (1000, "Y")}
_HALVES = {"Y": ("M", 12), "TH": ("M", 60), "TM": ("S", 60)}  # a year and a half is P1Y6M


def count_of(found: Found, name: str) -> float | None:
    """The number of a count: "twenty-four" 24, "a couple of" 2, "two to three" 2, "several" None."""
    payload = lexicon().payload
    total = last = 0.0
    for word in found.phrase(name):
        value = payload.get(word)
        if word in lexicon().words["VAGUE"]:
            return None
        if word in ("to", "or") and total + last:  # a range: its lower end
            break
        if word[0].isdigit():
            last = _number(word)
        elif word == "half":
            total, last = total + last, 0.5
        elif word in ("hundred", "thousand", "dozen"):
            last = (last or 1) * payload[word]
        elif isinstance(value, int):
            total, last = total + (last if last >= 20 else 0), value
    return total + last or (1.0 if found.word(name) in ("a", "an") else None)


def _number(word: str) -> float:
    """ "1,500" or "2.5"; 0 where it is too long to mean a length of time."""
    digits = word.replace(",", "")
    return float(digits) if len(digits) < 7 and digits.replace(".", "", 1).isdecimal() else 0.0


def length(count: float | None, unit: str) -> Meaning:
    """A length of time: P2D, PT3H, P1Y6M for a year and a half, PXD where the count is vague."""
    if count is not None and unit in _IN_SMALLER_UNITS:
        size, unit = _IN_SMALLER_UNITS[unit]
        count *= size
    letter, (whole, rest) = unit.removeprefix("T"), divmod(count or 0, 1)
    smaller, size = _HALVES.get(unit, ("", 0))
    if count is None:
        text = f"X{Unit.WEEK if unit == Unit.FORTNIGHT else letter}"
    elif rest and size and rest * size % 1 == 0:
        text = f"{whole:.0f}{letter}" * bool(whole) + f"{rest * size:.0f}{smaller}"
    else:
        text = f"{count:g}{letter}" if rest else f"{whole:.0f}{letter}"
    return Meaning("DURATION", Timex(text=("PT" if unit.startswith("T") else "P") + text), "stated")


@rule(
    "{approx}? (?P<count>{count}) HYPHEN? MORE? (?P<unit>UNIT|UNITS)",
    "{approx}? (?P<count>{count}) HYPHEN (?P<seconds>SECOND)",
    "{approx}? (?P<count>{count}) (?P<unit>UNIT|UNITS) (?P<half>AND A? HALF)",
    "(?P<which>THE|THIS|THAT) (?P<count>{count}) HYPHEN? MORE? (?P<unit>UNIT|UNITS)",
    "THE? (?P<which>LAST|PAST|NEXT|PREVIOUS|FOLLOWING|{ordinal}) {approx}? (?P<count>{count}) MORE?"
    "(?P<unit>UNIT|UNITS)",
)
def counted(found: Found, anchor: Anchor) -> Meaning | None:
    """ "two weeks", "a five-hour meeting", "the past two months"; not ages or "three-quarters of it"."""
    count, unit = count_of(found, "count"), found.payload("unit") or "TS"
    if _is_some_day(found) or _is_around_the_clock(found):
        return None
    if _is_age(found) or (found.word("unit") == "quarters" and found.after() in ("of", "full")):
        return None
    if found.has("half") and count is not None:
        count += 0.5
    return length(count, unit)


def _is_some_day(found: Found) -> bool:
    """ "hopes that he will one day follow"."""
    words = lexicon().context
    before = words["will"] | words["modal"] | {"he", "she", "they", "we", "i", "it", "to"}
    return found.text.lower() == "one day" and found.before() in before


def _is_around_the_clock(found: Found) -> bool:
    """ "24 hours a day", "seven days a week"."""
    return found.after() == "a" and found.after(1) in ("day", "week", "year")


def _is_age(found: Found) -> bool:
    """ "a 44-year-old man"."""
    after = found.after(1) if found.after() == "-" else found.after()
    return after in ("old", "olds")


@rule("{approx}? A (?:FULL|MORE)? (?P<unit>UNIT) (?P<half>AND A HALF)?")
def one_unit(found: Found, anchor: Anchor) -> Meaning | None:
    """ "a month", "nearly a year", "a minute and a half"; not the "a day" of "seats a day", "$3 a day"."""
    if _is_age(found) or found.after() == "-" or (found.word("unit") == "quarter" and found.after() == "of"):
        return None
    token = anchor.token_at(found.char)
    after_noun = token > 0 and anchor.tokens.tag[token - 1] in ("NNS", "CD", "NN", "NNP")
    rate = (after_noun and found.after() not in ("after", "before", "later", "or")) or found.before() in (
        "%", "times", "once", "twice",
    )  # fmt: skip
    if rate and found.last - found.first == 2:
        return None
    return length(1.5 if found.has("half") else 1, found.payload("unit"))


@rule("(?:THE? EARLY)? (?P<unit>UNITS) (?:(?:AND|OR) UNITS)?", "COUPLE OF (?P<unit>UNITS)")
def uncounted(found: Found, anchor: Anchor) -> Meaning | None:
    """ "for years", "over the years", "weeks of talks"."""
    context, before = lexicon().context, found.before()
    if found.payload("unit") in ("TS", "TM") or (before == "the" and found.before(2) != "over"):
        return None
    if before in context["before_uncounted"] or found.after() in context["after_uncounted"]:
        return length(None, found.payload("unit"))
    return None


@rule(
    "(?P<unit>UNIT) HYPHEN LONG",
    "(?P<units>UNITS) HYPHEN (?:LONG|OLD)",
    "A WHILE",
    "{approx}? (?P<unit>UNIT) LONG",
)
def long(found: Found, anchor: Anchor) -> Meaning | None:
    """ "a day-long meeting", "the decades-long embargo", "for a while"."""
    if found.has("unit"):
        return length(1, found.payload("unit"))
    return length(None, found.payload("units") if found.has("units") else "X")


# ---------------------------------------------------------------- sets


@rule("EACH (?P<unit>UNIT|WEEKEND|PART)", "EACH (?P<count>{count}) (?P<unit>UNITS)")
def each_unit(found: Found, anchor: Anchor) -> Meaning | None:
    """ "every day", "each morning", "every two weeks"."""
    unit = found.payload("unit")
    if found.words.codes[found.span("unit")[0]] == lexicon().code["PART"]:
        return _repeated(Timex(Unit.DAY).at(unit))
    return length(count_of(found, "count") if found.has("count") else 1, unit)._replace(type="SET")


def _repeated(value: Timex) -> Meaning:
    return Meaning("SET", value, "stated")


@rule(
    "EACH (?P<day>{a_weekday}) (?P<part>PART)?", "(?P<day>WEEKDAYS)", "(?P<day>{a_weekday}) (?P<part>PARTS)"
)
def each_weekday(found: Found, anchor: Anchor) -> Meaning | None:
    """ "each Thursday", "Fridays", "Tuesday nights"."""
    return _repeated(Timex(Unit.DAY, weekday=found.payload("day")).at(found.payload("part") or ""))


@rule("EACH (?P<month>{a_month})")
def each_month(found: Found, anchor: Anchor) -> Meaning | None:
    """ "every July"."""
    return _repeated(Timex(Unit.MONTH, number=found.payload("month")))


@rule("(?P<often>FREQUENCY)")
def frequency(found: Found, anchor: Anchor) -> Meaning | None:
    """ "annually", "meets daily"; not "a daily newspaper"."""
    token = anchor.token_at(found.char)
    adverb = anchor.tokens.tag[token] == "RB" or anchor.tokens.dep[token] == "advmod"
    return _repeated(Timex(text=found.payload("often"))) if adverb else None
