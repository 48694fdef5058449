"""Patterns over word classes: how the rules of time expressions are written, compiled and tried.

A pattern is a regular expression whose letters are class names: "WEEKDAY COMMA? MONTH DAY". White
space separates names, `{name}` inserts a shared part, `(?P<year>YEAR)` names what a rule needs.
At each word every rule is tried and the longest match wins.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from samestory.timeline.expressions.anchor import Anchor
from samestory.timeline.expressions.classes import OTHER, Words, lexicon

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
    "clock": "(?:(?:CLOCK|DAY) DOT? AMPM DOT?|CLOCK|(?:DAY|NUMBER_WORD) OCLOCK)",
}

Rule = Callable[["Found", Anchor], "Meaning | None"]
RULES: list[tuple[str, Rule]] = []


class Meaning(NamedTuple):
    """What a rule makes of the words: TIMEX3 type, value and how it was come by."""

    type: str
    value: str
    how: str | None = None  # stated, relative, inferred; None where it could not be resolved
    words: tuple[int, int] | None = None  # narrower than the match
    hours: tuple[int, int] | None = None  # of the day, where the value can't tell: "the early hours"


def stated(kind: str, value: str | None) -> Meaning | None:
    """A value that the words themselves give; None where the calendar has no such date."""
    return Meaning(kind, value, "stated") if value else None


class Found:
    """A match: its words, and the payload of its named parts (`year`, or `year2` of another branch)."""

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

    def span(self, name: str) -> tuple[int, int] | None:
        """Words of a named part; None where it is absent."""
        for key in (name, *(f"{name}{n}" for n in range(2, 7))):
            if key in self.match.re.groupindex and self.match.start(key) >= 0:
                return self.match.span(key)
        return None

    def has(self, name: str) -> bool:
        return self.span(name) is not None

    def word(self, name: str) -> str:
        """The first word of a part, in lower case; "" where the part is absent."""
        span = self.span(name)
        return self.words.word(span[0]).lower() if span else ""

    def phrase(self, name: str) -> list[str]:
        """All words of a part, in lower case."""
        span = self.span(name)
        return [self.words.word(i).lower() for i in range(*span)] if span else []

    def payload(self, name: str):
        """What the codebook gives for the first word of a part; None where the part is absent."""
        return lexicon().payload.get(self.word(name))

    def number(self, name: str) -> int | None:
        """The integer of a part: "4", "4th", "fourth"."""
        digits = "".join(char for char in self.word(name) if char.isdigit())
        return int(digits[:4]) if digits else self.payload(name)

    def step(self, name: str = "which") -> int:
        """-1 for "last", "previous", 1 for "next", "following", 0 for "this", "that" or nothing."""
        words, word = lexicon().words, self.word(name)
        if word in words["LAST"] | words["PAST"] | words["PREVIOUS"]:
            return -1
        return int(word in words["NEXT"] | words["FOLLOWING"])

    def payload_of(self, i: int):
        """What the codebook gives for word i."""
        return lexicon().payload.get(self.words.word(i).lower())

    def lead(self) -> str:
        """The first word before the match that is not itself of time: "until" in "until 9 a.m. Tuesday"."""
        skip = _in_classes("CLOCK AMPM DOT ZONE PART EARLY LATE DAY COMMA HYPHEN AT ON THE")
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
def compiled_rules() -> tuple[list[tuple[re.Pattern, Rule]], re.Pattern, re.Pattern]:
    """The rules; stretches of words with a class; stretches that hold a word of time."""
    rules = [(compile_pattern(pattern), function) for pattern, function in RULES]
    core = "".join(char for name, char in lexicon().code.items() if name in lexicon().context["core"])
    return rules, re.compile(f"[^{OTHER}]+"), re.compile(f"[{core}]")


def readings(words: Words, anchor: Anchor):
    """The readings of a text from start to end, as (first word, last word, reading)."""
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


def _longest(rules, words: Words, position: int, end: int, anchor: Anchor):
    matches = []
    for pattern, function in rules:
        match = pattern.match(words.codes, position, end)
        if match and match.end() > position:
            matches.append((-match.end(), len(matches), match, function))
    for _, _, match, function in sorted(matches, key=lambda item: item[:2]):
        found = Found(words, match)
        reading = function(found, anchor)
        if reading is not None:
            first, last = reading.words or (found.first, found.last)
            return first, _without_full_stop(words, last), reading
    return None


def _without_full_stop(words: Words, last: int) -> int:
    """ "Jan." keeps its full stop; that of "on Friday." ends the sentence."""
    code = lexicon().code
    if last < 2 or words.codes[last - 1] != code["DOT"]:
        return last
    return last if words.codes[last - 2] in (code["MONTH_ABBR"], code["WEEKDAY_ABBR"]) else last - 1


@lru_cache(maxsize=8)
def _in_classes(names: str) -> frozenset[str]:
    return frozenset(lexicon().code[name] for name in names.split())
