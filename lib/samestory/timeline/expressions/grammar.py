"""Patterns over word classes: how the rules of time expressions are written, compiled and tried.

A pattern is a regular expression whose letters are class names: "WEEKDAY COMMA? MONTH DAY". White
space separates names, `{name}` inserts a shared part, `(?P<year>YEAR)` names what a rule needs.
At each word every rule is tried and the longest match wins.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from samestory.timeline.expressions.anchor import Anchor
from samestory.timeline.expressions.classes import OTHER, Words, lexicon
from samestory.timeline.expressions.timex import Timex

# Shared parts. COUNT: "two", "a hundred and fifty", "two to three", "a couple of", "several", "half a"
PARTS = {
    "a_month": "(?:MONTH|MONTH_WORD|MONTH_ABBR)",
    "a_day": "(?:DAY|ORDINAL)",
    "a_year": "(?:YEAR|SHORT_YEAR)",
    "a_weekday": "(?:WEEKDAY|WEEKDAY_ABBR)",
    "a_season": "(?:SEASON|SEASON_WORD)",
    "ordinal": "(?:ORDINAL|ORDINAL_WORD|SECOND|FINAL)",
    "numeral": "(?:DAY|NUMBER|NUMBER_WORD|SCALE|COUPLE|VAGUE)",
    "count": (
        "(?:{numeral}|YEAR (?=UNITS)|HALF A?|A (?=SCALE|COUPLE|VAGUE|HALF))"
        "(?:(?:HYPHEN|AND|OF|TO|OR){0,3}(?:{numeral}|HALF|A (?=HYPHEN? HALF))){0,8} OF?"
    ),
    "approx": "(?:ABOUT TO?|NO? MORE THAN|LATEST THAN|NO? LESS THAN|AT LEAST|AT LATEST)",
    "edge": "(?:EARLY|LATE|MID|BEGINNING|END|EARLIER|LATER)",
    "zone": "(?:ZONE|(?:REGION|LOCAL) NOUN?)",
    "clock": (
        "(?:(?:CLOCK|DAY) DOT? AMPM DOT?|CLOCK|(?:DAY|NUMBER_WORD) OCLOCK"
        "|(?:HALF|A? UNIT) (?:PAST|TO) (?:DAY|NUMBER_WORD))"
    ),
}
_BACK = ("LAST", "PAST", "PREVIOUS", "BEFORE", "EARLIER", "AGO")
_AHEAD = ("NEXT", "FOLLOWING", "AFTER", "LATER")
_OF_TIME = frozenset((
    "CLOCK", "AMPM", "DOT", "ZONE", "PART", "EARLY", "LATE", "DAY", "COMMA", "HYPHEN", "AT", "ON", "THE",
))  # fmt: skip

Rule = Callable[["Found", Anchor], "Meaning | None"]
Rules = list[tuple[re.Pattern, Rule]]
RULES: list[tuple[str, Rule]] = []


class Meaning(NamedTuple):
    """What a rule makes of the words."""

    type: str  # DATE, TIME, DURATION, SET
    value: Timex
    how: str | None = None  # stated, relative, inferred; None where it could not be resolved
    words: tuple[int, int] | None = None  # narrower than the match


Reading = tuple[int, int, Meaning]  # first word, the word after the last, meaning


def dated(value: Timex, how: str = "stated") -> Meaning:
    """The meaning of a date, a time of day or a reference; a date of unknown year is not resolved."""
    return Meaning(
        "TIME" if value.time else "DATE", value, None if value.unit and value.year is None else how
    )


class Found:
    """A match of a pattern, and its named parts."""

    def __init__(self, words: Words, match: re.Match):
        self.words = words
        self.match = match
        self.first, self.last = match.span()  # words, half-open

    @property
    def char(self) -> int:
        return self.words.start[self.first]

    @property
    def text(self) -> str:
        return self.words.text[self.words.start[self.first] : self.words.end[self.last - 1]]

    def has(self, name: str) -> bool:
        return self.match.groupdict().get(name) is not None

    def span(self, name: str) -> tuple[int, int]:
        """Words of a named part, which must be there."""
        return self.match.span(name)

    def word(self, name: str) -> str:
        """The first word of a part, in lower case; "" where the part is absent."""
        return self.words.word(self.span(name)[0]).lower() if self.has(name) else ""

    def phrase(self, name: str) -> list[str]:
        """All words of a part, in lower case."""
        return [self.words.word(i).lower() for i in range(*self.span(name))] if self.has(name) else []

    def payload(self, name: str) -> Any:
        """What the codebook gives for the first word of a part; None where the part is absent."""
        return lexicon().payload.get(self.word(name))

    def number(self, name: str) -> int:
        """The integer of a part: "4", "4th", "fourth"; 0 where it is none."""
        digits = "".join(char for char in self.word(name) if char.isdigit())
        return int(digits[:4]) if digits else self.payload(name) or 0

    def step(self, name: str = "which") -> int:
        """-1 where a part is "last", "previous" or "ago", 1 for "next", "following" or "later", else 0."""
        words, word = lexicon().words, self.word(name)
        return any(word in words[one] for one in _AHEAD) - any(word in words[one] for one in _BACK)

    def lead(self) -> str:
        """The first word before the match that is not itself of time: "until" in "until 9 a.m. Tuesday"."""
        skip = {lexicon().code[name] for name in _OF_TIME}
        i = self.first - 1
        while i >= max(0, self.first - 12) and self.words.codes[i] in skip:
            i -= 1
        return self.words.word(i).lower() if i >= 0 else ""

    def is_title(self) -> bool:
        """Whether the words name a work or a broadcast: ABC's "This Week"."""
        before = self.words.text[max(0, self.char - 3) : self.char]
        return self.text.istitle() and before.endswith(('"', "'", "“", "‘", "'s ", "’s "))

    def before(self, back: int = 1) -> str:
        """The word before the match in lower case, "" at the start of the text."""
        i = self.first - back
        return self.words.word(i).lower() if i >= 0 else ""

    def after(self, ahead: int = 0) -> str:
        """The word after the match in lower case, "" at the end of the text."""
        i = self.last + ahead
        return self.words.word(i).lower() if i < len(self.words.codes) else ""


def rule(*patterns: str) -> Callable[[Rule], Rule]:
    """Register a function as the reading of one or more patterns."""

    def register(function: Rule) -> Rule:
        RULES.extend((pattern, function) for pattern in patterns)
        return function

    return register


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> re.Pattern:
    """A pattern over class names as a regular expression over class characters."""
    code = lexicon().code
    for _ in range(3):  # parts may use parts
        pattern = re.sub(r"\{(\w+)\}", lambda match: PARTS[match[1]], pattern)
    names = re.sub(r"(?<![<\w])[A-Z][A-Z_]*(?![\w<>])", lambda match: code[match[0]], pattern)
    return re.compile(re.sub(r"\s+", "", names))


@lru_cache(maxsize=1)
def compiled_rules() -> tuple[Rules, re.Pattern, re.Pattern]:
    """The rules; stretches of words with a class; stretches that hold a word of time."""
    rules = [(compile_pattern(pattern), function) for pattern, function in RULES]
    core = "".join(char for name, char in lexicon().code.items() if name in lexicon().context["core"])
    return rules, re.compile(f"[^{OTHER}]+"), re.compile(f"[{core}]")


def readings(words: Words, anchor: Anchor) -> Iterator[Reading]:
    """The readings of a text from start to end."""
    rules, stretches, core = compiled_rules()
    codes = words.codes
    for stretch in stretches.finditer(codes):
        position, end = stretch.span()
        if not core.search(codes, position, end):
            continue
        while position < end:
            found = _longest(rules, words, position, end, anchor)
            if found is None:
                position += 1
                continue
            yield found
            position = max(found[1], position + 1)


def _longest(rules: Rules, words: Words, position: int, end: int, anchor: Anchor) -> Reading | None:
    matches = ((pattern.match(words.codes, position, end), function) for pattern, function in rules)
    found = [(match, function) for match, function in matches if match and match.end() > position]
    for match, function in sorted(found, key=lambda item: -item[0].end()):  # ties keep the order of the rules
        reading = function(Found(words, match), anchor)
        if reading is not None:
            first, last = reading.words or match.span()
            return first, _without_full_stop(words, last), reading
    return None


def _without_full_stop(words: Words, last: int) -> int:
    """ "Jan." keeps its full stop; that of "on Friday." ends the sentence."""
    code = lexicon().code
    if last < 2 or words.codes[last - 1] != code["DOT"]:
        return last
    return last if words.codes[last - 2] in (code["MONTH_ABBR"], code["WEEKDAY_ABBR"]) else last - 1
