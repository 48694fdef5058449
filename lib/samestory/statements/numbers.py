"""Amounts in a text, in figures or in words: where they stand, how much they say, and how surely."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from samestory.packaged import packaged_yaml

YEAR = re.compile(r"(?<![\d,.$£€])(?:1[5-9]|20)\d\d(?![\d,.]\d)")
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percent\b|percentage points?\b)", re.IGNORECASE)
_NOT_BEFORE = r"(?<![\w.,:/#’'-])"  # "N12", "COVID-19", "3.5.1", "’90"
_AND_A_HALF = re.compile(r"(?:\s|-)and(?:\s|-)a(?:\s|-)(?:half|quarter)\b", re.IGNORECASE)
_NOT_AFTER = re.compile(
    r"(?:\d|[.,:/]\d|st\b|nd\b|rd\b|th\b|['’]?s\b|[A-Za-z])"
)  # "80s", "7:30", "21st", "14a"
_RANGE = re.compile(rf"(?: votes?)?\s?(?P<by>-|–|—|\bto\b|\band\b)\s?(?P<high>{_DIGITS})(?![\d,.]*\d)")
_ROUND_FROM = 1000  # from which closing noughts of a whole number are taken for rounding
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_YEARS = re.compile(
    r"\b(?P<first>(?:1[5-9]|20)\d\d)\s?(?:to|until|through|-|–)\s?(?P<last>(?:1[5-9]|20)\d\d)\b"
)
_NUMBERED = re.compile(r"\b(?:nos?\.|number)\s\Z", re.IGNORECASE)  # "the No. 2 position"
_CLOCK = re.compile(  # of a named half of the day, and of no named zone
    r"(?<![\d:.-])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b(?!\.?\s(?-i:[A-Z]{2,4})\b)",
    re.IGNORECASE,
)
_HEDGE_ROOM = 30  # characters before a number in which its hedge begins
_FRACTION_STEP = 2.0  # a fraction in words stands for a share this many points wide


class Amount(NamedTuple):
    """One amount. `step` is how finely it is told: "2.4 million" is told in steps of 100,000."""

    start: int
    end: int
    low: float
    high: float  # as low, but in a range or a vote
    step: float
    kind: str  # number, money, share, vote; clock (minutes of the day), day (of the year), years
    unit: str  # the currency; "" for others
    hedge: str  # about, at least, at most, or ""


@lru_cache(maxsize=1)
def counted_words() -> dict[str, Any]:
    """The words by which figures are read and lined up."""
    return packaged_yaml("codebooks/counted.yaml")


def amounts_in(text: str) -> list[Amount]:
    """List the amounts of a text. Years, ordinals, clock times and numbers in names are none.

    >>> [(a.low, a.kind, a.hedge) for a in amounts_in("About half a million people paid $3bn, or 66%.")]
    [(500000.0, 'number', 'about'), (3000000000.0, 'money', ''), (66.0, 'share', '')]
    """
    found: list[Amount] = []
    at = 0
    while match := _pattern().search(text, at):
        amount, at = _amount(text, match)
        if amount:
            found.append(amount)
    return found


def moments_in(text: str) -> list[Amount]:
    """List clock times (in minutes of the day), days of the year (month and day: 911) and spans of years.

    >>> [(moment.kind, moment.low) for moment in moments_in("He left at 5:42 p.m. on 11 September.")]
    [('clock', 1062.0), ('day', 911.0)]
    """
    found = []
    for match in _CLOCK.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour <= 12 and minute < 60:
            minutes = 60.0 * (hour % 12 + 12 * (match["half"] in "pP")) + minute
            hedge = _hedge(text, match.start())
            found.append(Amount(*match.span(), minutes, minutes, 1.0 if minute else 30.0, "clock", "", hedge))
    for match in _YEARS.finditer(text):
        first, last = float(match["first"]), float(match["last"])
        if first < last:
            found.append(Amount(*match.span(), first, last, 1.0, "years", "", ""))
    for match in _day_of_year().finditer(text):
        month = (match["month"] or match["month_after"]).casefold()
        day = 100.0 * _months()[month] + int(match["day"] or match["day_before"])
        found.append(Amount(*match.span(), day, day, 1.0, "day", "", ""))
    return found


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    words = packaged_yaml("codebooks/times.yaml")
    cased = words["capitalised"]
    months = words["MONTH"] | cased["MONTH"] | cased["MONTH_WORD"] | cased["MONTH_ABBR"]
    return {word.casefold(): number for word, number in months.items()}


@lru_cache(maxsize=1)
def _day_of_year() -> re.Pattern:
    """ "September 11", "Sept. 11th", "11 September"; no run of days, and no month with its year alone."""
    names = "|".join(sorted((word.capitalize() for word in _months()), key=len, reverse=True))
    ordinal = r"(?:st|nd|rd|th)?(?![\w:]|[-–]\d)"
    return re.compile(
        rf"\b(?P<month>{names})\b\.?\s(?P<day>\d\d?){ordinal}"
        rf"|(?<![\d–,-])(?<![\d–,-]\s)(?<!and\s)\b(?P<day_before>\d\d?)(?:st|nd|rd|th)?\s(?P<month_after>{names})\b"
    )


def _amount(text: str, match: re.Match) -> tuple[Amount | None, int]:
    """What a match says, and where to go on."""
    start, end = match.span()
    words = re.split(r"[\s-]+", match["words"].casefold()) if match["words"] else []
    fraction = counted_words()["fractions"].get(" ".join(words)) if words else None
    if fraction is not None and not match["scale"]:
        share = Amount(start, end, fraction, fraction, _FRACTION_STEP, "share", "", _hedge(text, start))
        return (share if _stands_for_a_share(text, start, end) else None), end
    numbered = _NUMBERED.search(text[:start])
    if numbered or (match["digits"] and not match["scale"] and _NOT_AFTER.match(text, end)):
        return None, end
    low, step = _spoken(words) if words else _written(match["digits"])
    if low is None or _AND_A_HALF.match(text, end):
        return None, end
    scale = _scale(match["scale"])
    high, kind, unit = low, "number", match["currency"] or ""
    between = words and text[:start].casefold().endswith("between ") and text.startswith(" and ", end)
    if between and (more := _pattern().match(text, end + len(" and "))) and more["words"]:
        high, end = _spoken(re.split(r"[\s-]+", more["words"].casefold()))[0] or low, more.end()
    if match["digits"] and (more := _RANGE.match(text, end)) and _is_range(text, start, more):
        high, end = _written(more["high"])[0], more.end()
        following = re.compile(rf"[ -]?({_scales()})\b", re.IGNORECASE).match(text, end)
        if following and not match["scale"]:
            scale, end = _scale(following[1]), following.end()
        kind = "vote" if high < low or not _spans(text, start, more) else kind
    low, high, step = low * scale, high * scale, step * scale
    if percent := _PERCENT.match(text, end):
        kind, end = "share", percent.end()
    elif unit:
        kind, unit = "money", counted_words()["currencies"][unit.strip().rstrip(".")]
    elif noun := _currency_noun().match(text, end):
        kind, unit, end = "money", noun[1].casefold(), noun.end()
    elif match["digits"] and not match["scale"] and _YEAR.match(text[start:end]):
        return None, end
    if high < low and kind != "vote":
        return None, end
    return Amount(start, end, low, high, step, kind, unit, _hedge(text, start)), end


def _is_range(text: str, start: int, more: re.Match) -> bool:
    """Whether a second number belongs to the first: "and" only after "between"."""
    between = text[:start].casefold().rstrip().endswith("between")
    return more["by"] != "and" or between


def _spans(text: str, start: int, more: re.Match) -> bool:
    """Whether two numbers are the ends of a range ("2 to 4 feet"), not two sides ("9-14", a vote)."""
    before = text[:start].casefold().rstrip()
    if before.endswith(("vote", "voted", "was", "passed", "votes", "by", "won", "lost", "score")):
        return False
    return "vote" not in more.group() and not re.match(
        r"\s?(?:vote|votes|in favou?r|against)\b", text[more.end() :], re.IGNORECASE
    )


def _stands_for_a_share(text: str, start: int, end: int) -> bool:
    """Whether a fraction is one of a whole: "two-thirds of", not "a half hour", "the second half of"."""
    one_of_two = re.search(r"\b(?:first|second|latter|last|other|final|better)\s\Z", text[:start])
    return bool(re.match(r"\s+(?:of|the|that|those|as)\b", text[end:])) and not one_of_two


def _written(digits: str) -> tuple[float, float]:
    """The value and the step of a number in figures."""
    plain = digits.replace(",", "")
    value = float(plain)
    if "." in plain:
        return value, 10.0 ** -len(plain.split(".")[1])
    noughts = len(plain) - len(plain.rstrip("0"))
    return value, 10.0 ** min(noughts, len(plain) - 1) if value >= _ROUND_FROM else 1.0


def _spoken(words: list[str]) -> tuple[float | None, float]:
    """The value and the step of a number in words; None where they are no number."""
    names, scales = _number_words(), counted_words()["scales"]
    total, part, smallest = 0.0, 0.0, 1.0
    for word in words:
        if word in ("a", "an"):
            part = part or 1.0
        elif word == "half":
            part, smallest = 0.5, 0.5
        elif word == "dozen":
            part, smallest = (part or 1.0) * counted_words()["dozen"], 1.0
        elif word == "hundred":
            part, smallest = (part or 1.0) * scales[word], scales[word]
        elif word in scales:
            total, part, smallest = total + (part or 1.0) * scales[word], 0.0, scales[word] * min(smallest, 1)
        elif word in names:
            part, smallest = part + names[word], 1.0
        elif word != "and":
            return None, 0.0
    value = total + part
    return (value, smallest if value >= _ROUND_FROM else 1.0) if value else (None, 0.0)


def _scale(word: str | None) -> float:
    return counted_words()["scales"][word.strip().casefold()] if word else 1.0


def _hedge(text: str, start: int) -> str:
    """How the words before a number hedge it."""
    before = " ".join(text[max(0, start - _HEDGE_ROOM) : start].casefold().split())
    for name, pattern in _hedges():
        if pattern.search(before):
            return name
    return "about" if re.match(r"(?:an?|half|\w+)[ -](?:a )?dozen", text[start:].casefold()) else ""


@lru_cache(maxsize=1)
def _hedges() -> list[tuple[str, re.Pattern]]:
    """The hedges, the longest wording first, so that "no more than" is not "more than"."""
    worded = [(words, name) for name, found in counted_words()["hedges"].items() for words in found]
    worded.sort(key=lambda one: -len(one[0]))
    return [(name, re.compile(rf"\b{words}(?: the| a| another)?\Z")) for words, name in worded]


@lru_cache(maxsize=1)
def _number_words() -> dict[str, float]:
    return {word: float(n) for word, n in packaged_yaml("codebooks/times.yaml")["NUMBER_WORD"].items()}


def _scales() -> str:
    return "|".join(sorted(counted_words()["scales"], key=len, reverse=True))


@lru_cache(maxsize=1)
def _currency_noun() -> re.Pattern:
    nouns = "|".join([*counted_words()["currency_nouns"], "pounds? sterling"])
    return re.compile(rf"[\s-]?((?:US |Australian |Canadian )?(?:{nouns}))s?\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern:
    """A number in figures with its currency and scale, or a run of number words."""
    currencies = "|".join(re.escape(sign) for sign in sorted(counted_words()["currencies"], key=len)[::-1])
    fractions = "|".join(words.replace(" ", "[ -]") for words in counted_words()["fractions"])
    longer = "hundred|thousand|million|billion|trillion|dozen"
    word = "|".join(sorted(_number_words(), key=len, reverse=True))
    some = rf"(?:{word}|{longer})"
    half = rf"half[ -]an? (?:{longer})\b"
    spoken = (
        rf"(?:an? (?:half[ -])?(?:{longer})|{some})\b"
        rf"(?:(?:[ -]|(?:(?<=hundred)|(?<=thousand)) and ){some}\b)*"
    )
    attached = "|".join(counted_words()["letters_after_a_figure"])
    scale = rf"(?:\s?(?:{longer.removesuffix('|dozen')}|lakh|crore)|(?:{attached}))"
    return re.compile(
        rf"(?:(?<!\w)(?-i:(?P<currency>{currencies}))\.?\s?|{_NOT_BEFORE})(?P<digits>{_DIGITS})(?P<scale>{scale}\b)?"
        rf"|(?<![\w-])(?P<words>{half}|{fractions}|{spoken})(?![\w])",
        re.IGNORECASE,
    )
