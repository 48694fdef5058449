"""The words of time expressions: a text as a string of word classes, one character a word.

A pattern over classes ("WEEKDAY PART") is then an ordinary regular expression over a short string,
so that white space, case, spelling and the length of words play no part in the grammar, and a
stretch without any word of time costs next to nothing.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from samestory.packaged import packaged_yaml

# Classes that are recognised by form; the others are listed in codebooks/times.yaml.
_FORMS = [
    "NUMERIC_DATE", "CLOCK", "DECADE", "ORDINAL", "DAY", "YEAR", "NUMBER", "SHORT_YEAR", "QUARTER_CODE",
    "AMPM", "OCLOCK", "HOLIDAY", "COMMA", "DOT", "HYPHEN", "APOS",
]  # fmt: skip
OTHER = " "

_TOKEN = r"""(?P<break>\n[^\S\n]*\n\s*)
    |(?P<quarter>\b(?:[QH][1-4]|FY\ ?[0-9]{2,4})(?![^\W_]))
    |(?P<holiday>\b(?:HOLIDAYS)\b)
    |(?P<oclock>\bo['’]clock\b)
    |(?P<ampm>(?<=[0-9])\ ?[apAP]\.?[mM]\b)
    |(?P<word>[^\W\d_]+)
    |(?P<numeric>(?<![\w./])(?:(?<!-)|(?<=/[0-9]{4}-))(?:[0-9]{4}(?P<sep>[-/])[0-9]{1,2}(?P=sep)[0-9]{1,2}|[0-9]{1,2}(?P<sep2>[-/.])[0-9]{1,2}(?P=sep2)(?:[0-9]{4}|[0-9]{2}))
        (?:[T\ ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?Z?)?
        (?![\w/]|-(?![0-9]{1,2}[/.][0-9]{1,2}[/.])|\.[0-9]))
    |(?P<clock>(?<![\w.:])[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?|\.[0-9]{2}(?=\ ?[apAP]\.?[mM]\b))
            (?![\w:]|\.[0-9])
        |(?<![\w.:])[0-9]{1,2}(?:[:.][0-9]{2})?(?=[apAP]\.?[mM]\b)
        |(?<=\b[aA]t\ )[0-9]{2}\.[0-5][0-9](?=\ on\ (?:[A-Z]|[0-9])))
    |(?P<decade>(?:\b[0-9]{3}|['’]?(?<![0-9,.])[2-9])0['’]?s\b)
    |(?P<ordinal>\b[0-9]{1,2}(?:st|nd|rd|th)\b)
    |(?P<money>(?:[$£€¥\#№]|[A-Z]\$)\ ?[0-9][0-9.,]*)
    |(?P<shortyear>['’][0-9]{2}\b)
    |(?P<number>[0-9]+(?:[.,][0-9]+)*%?)
    |(?P<apostrophe>['’]s?\b|['’])
    |(?P<mark>[^\w\s])"""
_MARKS = {",": "COMMA", ".": "DOT", "-": "HYPHEN", "‐": "HYPHEN", "‑": "HYPHEN", "–": "HYPHEN"}
_BY_FORM = {
    "numeric": "NUMERIC_DATE", "clock": "CLOCK", "decade": "DECADE", "ordinal": "ORDINAL",
    "shortyear": "SHORT_YEAR", "quarter": "QUARTER_CODE", "holiday": "HOLIDAY", "oclock": "OCLOCK",
    "ampm": "AMPM", "apostrophe": "APOS",
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of a text: `codes[i]` is the class of the word at `start[i]:end[i]`."""

    text: str
    codes: str
    start: list[int]
    end: list[int]

    def only(self, first: int, last: int) -> "Words":
        """The same words, of which only those from first to before last have a class."""
        codes = OTHER * first + self.codes[first:last] + OTHER * (len(self.codes) - last)
        return replace(self, codes=codes)

    def word(self, i: int) -> str:
        return self.text[self.start[i] : self.end[i]]


@dataclass(frozen=True)
class Lexicon:
    """Words -> class character and payload; `code` maps class names to their characters."""

    code: dict[str, str]
    exact: dict[str, str]
    lower: dict[str, str]
    payload: dict[str, Any]  # by lower-case word: an integer or a code, as the codebook has it
    words: dict[str, frozenset[str]]  # by class
    context: dict[str, frozenset[str]]  # words around an expression


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the codebook; a class gets a character of its own."""
    classes = packaged_yaml("codebooks/times.yaml")
    capitalised = classes.pop("capitalised")
    context = {name: frozenset(words) for name, words in classes.pop("context").items()}
    names = [*_FORMS, *dict.fromkeys([*classes, *capitalised])]
    code = {name: chr(0x100 + n) for n, name in enumerate(names)}
    exact = {word: code[name] for name, words in capitalised.items() for word in words}
    ordinary = ("May", "March", "Sun", "Mar")  # whose capitals need not mean a time
    exact |= {word.upper(): char for word, char in exact.items() if word not in ordinary}
    lower = {str(word).lower(): code[name] for name, words in classes.items() for word in words}
    payload: dict[str, Any] = {}
    for words in [*classes.values(), *capitalised.values()]:
        if isinstance(words, dict):
            payload |= {str(word).lower(): value for word, value in words.items()}
    members = {name: frozenset(str(word) for word in words) for name, words in classes.items()}
    return Lexicon(code, exact, lower, payload, members, context)


@lru_cache(maxsize=1)
def _token() -> re.Pattern:
    """The pattern of a word, with the holidays of codebooks/holidays.yaml, the longest name first."""
    names = {name for days in packaged_yaml("codebooks/holidays.yaml").values() for name in days}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    holidays = "|".join(re.escape(name).replace("'", "['’]") for name in ordered)
    return re.compile(_TOKEN.replace("HOLIDAYS", holidays.replace(r"\ ", r"\s")), re.VERBOSE)


def read_words(text: str) -> Words:
    """Cut a text into words and give each its class."""
    words = lexicon()
    exact, lower, code = words.exact, words.lower, words.code
    codes, starts, ends = [], [], []
    for match in _token().finditer(text):
        kind = match.lastgroup
        token = match[0]
        if kind == "word":
            char = exact.get(token) or lower.get(token.lower(), OTHER)
        elif kind == "mark":
            char = code[_MARKS[token]] if token in _MARKS else OTHER
        elif kind == "number":
            char = code[_number_class(token)] if token[-1] != "%" else OTHER
        else:
            char = code[_BY_FORM[kind]] if kind in _BY_FORM else OTHER
        codes.append(char)
        starts.append(match.start())
        ends.append(match.end())
    return Words(text, "".join(codes), starts, ends)


def _number_class(token: str) -> str:
    """DAY 1-31, YEAR 1000-2199, else NUMBER; very long runs of digits are never converted."""
    if not token.isdigit() or len(token) > 4:
        return "NUMBER"
    number = int(token)
    if len(token) == 4 and 1000 <= number < 2200:
        return "YEAR"
    return "DAY" if 1 <= number <= 31 and len(token) <= 2 else "NUMBER"
