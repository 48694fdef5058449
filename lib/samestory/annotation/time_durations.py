"""Readings of durations ("two-year", "the past three months") and of sets ("every Friday", "daily")."""

from samestory.annotation.time_anchor import Anchor
from samestory.annotation.time_grammar import Found, Reading, rule
from samestory.annotation.time_words import lexicon

_AGES = frozenset(["old", "olds"])


def count_of(found: Found, name: str) -> float | None:
    """The number of a count: "twenty-four" 24, "a couple of" 2, "two to three" 2, "several" None."""
    total, last = 0.0, 0.0
    payload = lexicon().payload
    words = found.phrase(name)
    if not words:
        return None
    for n, word in enumerate(words):
        if word in ("few", "several", "many", "some", "numerous", "countless", "various"):
            return None
        if word in ("to", "or") and (total or last):  # a range: its lower end
            break
        if word[0].isdigit():
            last = _number(word)
        elif word == "half":
            total, last = total + last, 0.5
        elif word in ("hundred", "thousand", "dozen"):
            last = (last or 1) * payload[word]
        elif word == "couple":
            last = 2
        elif word in ("a", "an"):
            last = last or (1 if n == len(words) - 1 else 0)
        elif word in payload and isinstance(payload[word], int):
            total, last = (total + last, payload[word]) if last >= 20 else (total, payload[word])
    return total + last or None


def _number(word: str) -> float:
    """ "1,500" or "2.5"; 0 where it is too long to mean a length of time."""
    digits = word.replace(",", "")
    return float(digits) if len(digits) < 10 and digits.replace(".", "", 1).isdecimal() else 0.0


def period(count: float | None, unit: str) -> str:
    """TIMEX3 of a length: P2D, PT3H, P1Y6M for a year and a half, PXD where the count is vague."""
    time = unit.startswith("T")
    code = unit.lstrip("T") if time else unit
    prefix = "PT" if time else "P"
    if count is None:
        return f"{prefix}X{ {'FN': 'W'}.get(code, code) }".replace(" ", "")
    if unit == "FN":
        count, code = count * 2, "W"
    if unit in ("Q", "DE", "CE", "ML"):
        size, code = {"Q": (3, "M"), "DE": (10, "Y"), "CE": (100, "Y"), "ML": (1000, "Y")}[unit]
        count *= size
    whole, rest = int(count), count - int(count)
    if rest == 0:
        return f"{prefix}{whole}{code}"
    smaller = {"Y": ("M", 12), "TH": ("M", 60), "TM": ("S", 60)}.get(unit)
    if smaller and (rest * smaller[1]).is_integer():
        head = f"{whole}{code}" if whole else ""
        return f"{prefix}{head}{int(rest * smaller[1])}{smaller[0]}"
    return f"{prefix}{count:g}{code}"


@rule(
    "{approx}? (?P<count>{count}) HYPHEN? MORE? (?P<unit>UNIT|UNITS|SECOND)",
    "{approx}? (?P<count>A) (?:FULL|MORE)? (?P<unit>UNIT) (?:AND A HALF)?",
    "{approx}? (?P<count>{count}) (?P<unit>UNIT|UNITS) AND A? HALF",
)
def counted(found: Found, anchor: Anchor) -> Reading | None:
    """ "two weeks", "a five-hour meeting", "nearly forty years", "a minute and a half"; not ages."""
    unit, count = found.payload("unit"), count_of(found, "count")
    if found.word("unit") == "quarters" and found.after() in ("of", "full"):  # three-quarters of its food
        return None
    if found.word("unit") == "second":
        return None if "-" not in found.text else Reading("DURATION", period(count, "TS"), "stated")
    after = [found.after(n) for n in range(3)]
    if after[0] in _AGES or (after[0] == "-" and after[1] in _AGES):
        return None
    if found.word("count") == "a" and found.last - found.first <= 2 and not _bare_unit_is_length(found, anchor):
        return None
    if found.text.lower().endswith("half") and count is not None:
        count += 0.5
    return Reading("DURATION", period(count, unit), "stated")


def _bare_unit_is_length(found: Found, anchor: Anchor) -> bool:
    """ "for a year", "a month or two", as against "seats a week", "$3 a day"."""
    tokens = anchor.tokens
    token = anchor.token_at(found.char)
    if found.before() in ("%", "times", "once", "twice") or token == 0:
        return False
    return tokens.tag[token - 1] not in ("NNS", "CD", "NN", "NNP") or found.after() in ("after", "before", "later", "or")


@rule("THE? (?P<which>LAST|PAST|NEXT|PREVIOUS|FOLLOWING|{ordinal}) {approx}? (?P<count>{count}) MORE? (?P<unit>UNIT|UNITS)",
      "(?P<which2>THE|THIS|THAT) (?P<count2>{count}) HYPHEN? MORE? (?P<unit2>UNITS|UNIT)")
def counted_stretch(found: Found, anchor: Anchor) -> Reading | None:
    """ "the past two months", "the next few years", "the first nine months"."""
    unit, count = found.payload("unit"), count_of(found, "count")
    after = [found.after(n) for n in range(2)]
    if after[0] in _AGES or (after[0] == "-" and after[1] in _AGES):
        return None
    return Reading("DURATION", period(count, unit), "stated")


@rule("(?:THE? EARLY)? (?P<unit>UNITS) (?:(?:AND|OR) UNITS)?", "COUPLE OF (?P<unit2>UNITS)")
def uncounted(found: Found, anchor: Anchor) -> Reading | None:
    """ "for years", "weeks of talks"."""
    unit = found.payload("unit")
    before = found.before()
    if unit in ("TS", "TM") or found.after() == "old" or before in ("these", "those", "his", "her", "their", "all", "most"):
        return None
    if before == "the" and found.before(2) != "over":
        return None
    if before in ("for", "in", "over", "within", "after", "the", "through", "last", "took", "taken", "take", "are", "than") or found.after() in ("of", "before", "after", "later", "ago", "earlier"):
        return Reading("DURATION", period(None, unit), "stated")
    return None


@rule("EACH (?P<unit>UNIT|WEEKEND|PART) ", "EACH (?P<count>{count}) (?P<unit2>UNITS)", "EACH (?P<day>{a_weekday}) (?P<part>PART)?",
      "(?P<days>WEEKDAYS)", "{a_weekday} (?P<parts>PARTS)", "(?P<often>FREQUENCY)", "EACH (?P<month>{a_month})")
def repeated(found: Found, anchor: Anchor) -> Reading | None:
    """ "every day", "each Thursday", "Fridays", "Tuesday nights", "annually"."""
    payload = lexicon().payload
    first = found.words.word(found.first).lower()
    if found.has("often"):
        token = anchor.token_at(found.char)
        if anchor.tokens.tag[token] != "RB" and anchor.tokens.dep[token] != "advmod":
            return None  # "a daily newspaper"
        return Reading("SET", payload[first], "stated")
    if found.has("month"):
        return Reading("SET", f"XXXX-{found.payload('month'):02}", "stated")
    if found.has("unit"):
        unit = found.payload("unit")
        if found.word("unit") in payload and found.words.codes[found.span("unit")[0]] == lexicon().code["PART"]:
            return Reading("SET", f"XXXX-XX-XXT{unit}", "stated")
        count = count_of(found, "count") if found.has("count") else 1
        return Reading("SET", period(count, unit), "stated")
    day = payload[first] if first in payload else found.payload("day")
    part = found.payload("part") or found.payload("parts")
    return Reading("SET", f"XXXX-WXX-{day}" + (f"T{part}" if part else ""), "stated")
