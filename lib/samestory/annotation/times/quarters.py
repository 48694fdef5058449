"""Readings of quarters and half years, and of the periods that company reports compare."""

from samestory.annotation.times.anchor import Anchor
from samestory.annotation.times.days import with_likely_year, year_of
from samestory.annotation.times.grammar import Found, Reading, rule, stated
from samestory.annotation.times.periods import year_by_word
from samestory.annotation.times.relative import relative

_NUMBERED = "(?P<number>{ordinal}) HYPHEN? (?P<unit>UNIT|HALF)"
_WHOSE = "(?P<which>LAST|NEXT|THIS|THAT|PREVIOUS|FOLLOWING) FISCAL? (?P<whose>UNIT)"


@rule(
    "THE? (?:{edge} HYPHEN?)? FISCAL?" + _NUMBERED,
    "THE? (?:{edge} HYPHEN?)? FISCAL?"
    + _NUMBERED
    + "(?:OF|COMMA|IN)? (?:FISCAL UNIT?|THE UNIT)? (?P<year>{a_year})",
    "THE? FISCAL? (?P<year>YEAR) (?:APOS|FISCAL)*" + _NUMBERED,
    "THE?" + _NUMBERED + "OF?" + _WHOSE,
    "THE?" + _WHOSE + "APOS?" + _NUMBERED,
    "THE? (?P<whose>UNIT) HYPHEN (?P<which>AGO|EARLIER) FISCAL?" + _NUMBERED,
)
def quarter(found: Found, anchor: Anchor) -> Reading | None:
    """ "third-quarter", "the first half of 1984", "next year's first quarter"; not half of a match."""
    half = found.word("unit") == "half"
    number = {"final": 2 if half else 4}.get(found.word("number")) or found.number("number")
    if not (half or found.payload("unit") == "Q") or number not in range(1, 3 if half else 5):
        return None
    rest = f"{'H' if half else 'Q'}{number}"
    if year := year_of(found):
        return stated("DATE", f"{year:04}-{rest}")
    if found.has("whose"):
        year = year_by_word(found.word("which"), anchor)
        return Reading("DATE", f"{year:04}-{rest}", "relative") if year else Reading("DATE", f"XXXX-{rest}")
    if half and not ("-" in found.text or found.after() in ("results", "profit", "net", "earnings", "loss")):
        return None
    return with_likely_year(found, anchor, rest)


@rule("(?P<code>QUARTER_CODE) (?:(?:OF|COMMA)? (?P<year>YEAR))?")
def quarter_by_code(found: Found, anchor: Anchor) -> Reading | None:
    """ "Q3 2024", "H1", "FY25"."""
    code, year = found.word("code").upper(), year_of(found)
    if code.startswith("FY"):
        digits = code[2:].strip()
        return stated("DATE", digits if len(digits) == 4 else f"20{digits[-2:]}")
    return stated("DATE", f"{year:04}-{code}") if year else with_likely_year(found, anchor, code)


@rule(
    "THE (?P<year>YEAR) (?P<unit>UNIT)",
    "THE? SAME? (?P<whose>UNIT) HYPHEN (?:AGO|EARLIER) (?:UNIT|PERIOD)",
    "THE (?:UNIT|PERIOD) A (?P<whose>UNIT) (?:AGO|EARLIER|BEFORE)",
)
def compared_period(found: Found, anchor: Anchor) -> Reading | None:
    """ "the 1988 quarter", "the year-ago period": the counterpart of the period in focus."""
    if found.payload("whose") == "Y":
        return relative(anchor.year_apart(-1, ago=True), "Y")
    period = anchor.period or anchor.from_published(-1, "Q")
    if found.payload("unit") != "Q" or period is None or "-Q" not in period:
        return None
    return Reading("DATE", f"{year_of(found):04}{period[4:]}", "relative")
