"""Months, quarters, seasons, years, decades and centuries, and the periods that company reports compare."""

from samestory.timeline.expressions.anchor import Anchor
from samestory.timeline.expressions.classes import lexicon
from samestory.timeline.expressions.days import after_title, shared_year, with_likely_year, year_of
from samestory.timeline.expressions.grammar import Found, Meaning, compile_pattern, dated, rule
from samestory.timeline.expressions.timex import SEASONS, Timex, Unit

_WHICH = "(?P<which>LAST|THIS|NEXT|PAST|PREVIOUS|FOLLOWING|CURRENT|THAT)"
_MONTH = "(?P<month>{a_month}) DOT?"
_NUMBERED = "(?P<number>{ordinal}) HYPHEN? (?P<unit>UNIT|HALF)"
_WHOSE = "(?P<which>LAST|NEXT|THIS|THAT|PREVIOUS|FOLLOWING) FISCAL? (?P<whose>UNIT)"


@rule(
    _WHICH + "? HYPHEN?" + _MONTH + "(?:(?:COMMA|OF)? (?P<year>{a_year}))?",
    _MONTH + "OF?" + _WHICH + "SAME? (?P<whose>UNIT)",
)
def month(found: Found, anchor: Anchor) -> Meaning | None:
    """ "February 1947", "last April", "in September", "October of that year"."""
    number, year, which = found.payload("month"), year_of(found), found.word("which")
    value = Timex(Unit.MONTH, year, number)
    if year:
        return dated(value)
    if found.has("whose"):
        year = year_by_word(which, anchor) if found.payload("whose") == Unit.YEAR else None
        return dated(value.in_year(year), "relative") if year else None
    if not _is_month(found, anchor):
        return None
    if not which and (year := shared_year(found)):
        return dated(value.in_year(year))
    if anchor.published is None and found.step():
        return dated(value)  # "last April" of an article without a date: of no known year
    if anchor.published is None or not found.step():
        return with_likely_year(found, anchor, value)
    year, month = anchor.published.year, anchor.published.month
    if found.step() > 0:
        year += number <= month
    else:
        year -= number >= month - 1  # the month before is "last month"
    value = value.in_year(year)
    return dated(value, "relative") if value.days else None  # no month comes after the calendar's last year


def year_by_word(which: str, anchor: Anchor) -> int | None:
    """The year meant by "last year" (from publication) or "that year" (from the date in focus)."""
    by_focus = anchor.focus if which in ("that", "same", "the", "following", "previous") else None
    day = by_focus.first if by_focus else anchor.published
    step = {"last": -1, "past": -1, "previous": -1, "ago": -1, "earlier": -1, "next": 1, "following": 1}
    return day.year + step.get(which, 0) if day else None


def _is_month(found: Found, anchor: Anchor) -> bool:
    """Whether "May", "March", "Jan", "April Jones" are months where no day or year follows.

    May, March and abbreviations need a word such as "in" before them; a number after them is a day
    that does not exist ("February 31"); part of a person's name is no month.
    """
    if after_title(found):
        return False
    at = found.span("month")[0]
    word, before = found.words.word(at), found.words.word(at - 1).lower() if at else ""
    if before == "of" and at > 1 and found.words.codes[at - 2] == lexicon().code["ORDINAL"]:
        return False  # "the 31st of April"
    if found.after().isdecimal() and int(found.after()[:5]) in range(30, 100):
        return False
    doubtful = word in ("May", "March") or (len(word) <= 4 and word.lower() not in ("june", "july"))
    introduced = before in lexicon().context["before_month"] and (word, before) != ("March", "the")
    if doubtful and not introduced:
        return False
    token = anchor.token_at(found.words.start[at])
    tokens = anchor.tokens
    if tokens.dep[token : token + 1] == ["compound"] and tokens.pos[tokens.head[token]] == "PROPN":
        # "August Wilson", but "the April Summit"
        return before in lexicon().context["before_month"] - {"and", "or", "to", "for"}
    person = anchor.tokens.doc[token].ent_type_ == "PERSON" if len(anchor.tokens.doc) else False
    return not person or before in ("in", "since", "last", "until")


@rule(
    _WHICH + "? {edge}? (?P<season>{a_season}) (?:(?:OF|COMMA)? (?P<year>{a_year}))?",
    "(?P<which>THE) {edge}? (?P<season>{a_season}) (?:OF? (?P<year>{a_year}))?",
)
def season(found: Found, anchor: Anchor) -> Meaning | None:
    """ "last fall", "the summer of 1990", "this winter"; not "the fall of Kabul", "spring to mind"."""
    code, year, which = found.payload("season"), year_of(found), found.word("which")
    value = Timex(Unit.SEASON, year, SEASONS.index(code) + 1)
    if year:
        return dated(value)
    if which in ("", "the"):
        ambiguous = found.word("season") in ("fall", "spring")
        if found.before() not in ("in", "by", "since", "until", "during") or (ambiguous and which == ""):
            return None
        if found.after() in ("of", "in"):
            return None
    published = anchor.published
    if published is None:
        return dated(value)
    seasons = [value.in_year(published.year + step) for step in (-1, 0, 1)]
    if found.step() < 0:
        over = [one for one in seasons if one.is_before(published)]
        return dated(over[-1], "relative") if over else None
    if found.step() > 0:
        ahead = [one for one in seasons if one.is_after(published)]
        return dated(ahead[0], "relative") if ahead else None
    today = Timex.of(published, Unit.SEASON)
    if today.number == value.number and today.days:
        return dated(today, "relative")
    return dated(anchor.closest(seasons, found.char) or value, "relative")


# ---------------------------------------------------------------- years and longer


@rule(
    "(?P<year>{a_year})",
    "THE? (?P<fiscal>FISCAL) UNIT? (?P<year>{a_year})",
    "THE (?P<unit>UNIT) (?P<year>YEAR)",
)
def year(found: Found, anchor: Anchor) -> Meaning | None:
    """ "1989", "fiscal 1990", "the year 2000"; not "2000 people" or "Resolution 1441"."""
    number = year_of(found)
    if (found.has("unit") and found.word("unit") != "year") or _other_calendar(found):
        return None
    if number is None or not (found.has("unit") or found.has("fiscal") or _is_year(found, anchor, number)):
        return None
    return dated(Timex(Unit.YEAR, number))


def _other_calendar(found: Found) -> bool:
    """ "the Islamic year 1446", "15 Ramadan 1446 AH", "410 BC"."""
    calendars = lexicon().context["other_calendars"]
    return bool({found.before(), found.before(2)} & calendars) or found.after() in ("ah", "bc", "bce", "be")


def _is_year(found: Found, anchor: Anchor, number: int) -> bool:
    context, before = lexicon().context, found.before()
    if not found.text.isdigit():  # '89
        return before in context["before_year"]
    if before in context["numbered"] or found.after() in context["after_number"]:
        return False
    tokens, token = anchor.tokens, anchor.token_at(found.char)
    counted = tokens.head[token]
    if tokens.dep[token] == "nummod" and tokens.tag[counted] == "NNS" and counted > token:
        many = number % 100 == 0 or tokens.lemma[counted] in context["counted"]
        if many or (_is_object(anchor, counted) and tokens.lemma[counted] not in context["of_years"]):
            return False  # "2000 people", "seats 2024 fans"; not "the 2024 elections", "from 2008 highs"
    if _is_house_number(found):
        return False
    if before in context["before_year"] or before in ("s", "'s", "’s", "-"):
        return 1500 <= number < 2100 or before in ("in", "since", "year")
    return 1900 <= number <= 2035 and not _ends_name(found, anchor, token)


def _is_object(anchor: Anchor, noun: int) -> bool:
    """Whether the verb right before its number takes it, or it is listed with it: "planted 2020 trees"."""
    tokens = anchor.tokens
    first = tokens.head[noun] if tokens.dep[noun] == "conj" else noun
    return tokens.dep[first] in ("dobj", "appos") and tokens.pos[first - 2 : first - 1] == ["VERB"]


def _is_house_number(found: Found) -> bool:
    """ "1987 Harbour Road"."""
    return (
        any(found.after(ahead) in lexicon().context["streets"] for ahead in (1, 2))
        and found.after().isalpha()
    )


def _ends_name(found: Found, anchor: Anchor, token: int) -> bool:
    """ "Windows 2000", "Area 2004"; not "In Kabul 2004" after a comma or a possessive."""
    if not found.first or found.words.word(found.first - 1)[:1].islower() or token == 0:
        return False
    gap = found.words.text[found.words.end[found.first - 1] : found.char]
    return gap == " " and anchor.tokens.pos[token - 1] == "PROPN" and anchor.tokens.dep[token] != "npadvmod"


@rule(
    "(?P<tens>NUMBER_WORD) (?P<units>NUMBER_WORD) (?:HYPHEN? (?P<more>NUMBER_WORD))?",
    "(?P<the>THE UNIT)? (?P<thousand>NUMBER_WORD SCALE)"
    "(?:AND? (?P<units>NUMBER_WORD) (?:HYPHEN? (?P<more>NUMBER_WORD))?)?",
)
def spelled_year(found: Found, anchor: Anchor) -> Meaning | None:
    """ "nineteen ninety-four", "in two thousand and five", "the year two thousand"."""
    units, more = found.payload("units") or 0, found.payload("more") or 0
    if found.has("thousand"):
        introduced = found.has("the") or found.before() in ("in", "since", "by", "until")
        if found.phrase("thousand") != ["two", "thousand"] or not introduced:
            return None
        return dated(Timex(Unit.YEAR, 2000 + units + more))
    hundreds = found.payload("tens")
    if hundreds not in range(16, 21) or units < 10 or more > 9 or (more and units % 10):
        return None
    return dated(Timex(Unit.YEAR, hundreds * 100 + units + more))


@rule("(?P<the>THE)? {edge}? HYPHEN? (?P<decade>DECADE)", "(?P<the>THE) {edge}? (?P<decade>DECADE_WORD)")
def decade(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the 1990s", "the late '70s", "the nineties"; not "in his 40s"."""
    digits = "".join(char for char in found.word("decade") if char.isdigit())
    year = int(digits or 10 * found.payload("decade"))
    if year < 100:
        return dated(Timex(Unit.DECADE, 1900 + year)) if found.has("the") else None
    return dated(Timex(Unit.DECADE, year)) if 1000 <= year < 2100 else None


@rule("THE? {edge}? (?P<number>ORDINAL|ORDINAL_WORD) HYPHEN? (?P<unit>UNIT)")
def century(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the 19th century"."""
    number = found.number("number")
    if found.payload("unit") != Unit.CENTURY or not 1 <= number <= 21:
        return None
    return dated(Timex(Unit.CENTURY, 100 * (number - 1)))


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
def quarter(found: Found, anchor: Anchor) -> Meaning | None:
    """ "third-quarter", "the first half of 1984", "next year's first quarter"; not half of a match."""
    half = found.word("unit") == "half"
    number = {"final": 2 if half else 4}.get(found.word("number")) or found.number("number")
    if not (half or found.payload("unit") == Unit.QUARTER) or number not in range(1, 3 if half else 5):
        return None
    value = Timex(Unit.HALF_YEAR if half else Unit.QUARTER, year_of(found), number)
    if value.year:
        return dated(value)
    if found.has("whose"):
        return dated(value.in_year(year_by_word(found.word("which"), anchor)), "relative")
    if half and not ("-" in found.text or found.after() in ("results", "profit", "net", "earnings", "loss")):
        return None
    return with_likely_year(found, anchor, value)


@rule("THE? (?P<number>{ordinal}) (?=(?:AND|OR|TO) {ordinal} (?:UNITS|HALF) OF? (?:THE? UNIT)? YEAR)")
def first_of_quarters(found: Found, anchor: Anchor) -> Meaning | None:
    """The "first" of "the first and second quarters of 2022"."""
    rest = compile_pattern("(?:AND|OR|TO) {ordinal} (?P<unit>UNITS) OF? (?P<year>YEAR)")
    match = rest.match(found.words.codes, found.last)
    if match is None or found.words.word(match.start("unit")).lower() != "quarters":
        return None
    number, year = found.number("number"), int(found.words.word(match.start("year")))
    return dated(Timex(Unit.QUARTER, year, number)) if number in range(1, 5) else None


@rule("(?P<number>{ordinal}) (?P<units>UNITS) OF? (?P<year>YEAR)")
def last_of_quarters(found: Found, anchor: Anchor) -> Meaning | None:
    """The rest of "the first and second quarters of 2022"."""
    number = found.number("number")
    if found.word("units") != "quarters" or number not in range(1, 5):
        return None
    return dated(Timex(Unit.QUARTER, year_of(found), number))


@rule("(?P<code>QUARTER_CODE) (?:(?:OF|COMMA)? (?P<year>YEAR))?")
def quarter_by_code(found: Found, anchor: Anchor) -> Meaning | None:
    """ "Q3 2024", "H1", "FY25"."""
    code, year = found.word("code").upper(), year_of(found)
    if code.startswith("FY"):
        digits = code[2:].strip()
        return dated(Timex(Unit.YEAR, int(digits if len(digits) == 4 else f"20{digits[-2:]}")))
    value = Timex(Unit.QUARTER if code[0] == "Q" else Unit.HALF_YEAR, year, int(code[1]))
    return dated(value) if year else with_likely_year(found, anchor, value)


@rule(
    "THE (?P<year>YEAR) (?P<unit>UNIT)",
    "THE? SAME? (?P<whose>UNIT) HYPHEN (?:AGO|EARLIER) (?:UNIT|PERIOD)",
    "THE (?:UNIT|PERIOD) A (?P<whose>UNIT) (?:AGO|EARLIER|BEFORE)",
)
def compared_period(found: Found, anchor: Anchor) -> Meaning | None:
    """ "the 1988 quarter", "the year-ago period": the counterpart of the period in focus."""
    if found.payload("whose") == Unit.YEAR:
        return dated(anchor.year_apart(-1, ago=True), "relative")
    period = anchor.period or anchor.from_published(-1, Unit.QUARTER)
    if found.payload("unit") != Unit.QUARTER or period.unit != Unit.QUARTER or period.number is None:
        return None
    return dated(period.in_year(year_of(found)), "relative")
