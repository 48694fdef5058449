"""Where the terms of codebooks stand in a text; which of them are meant, `frames` decides."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from samestory.framing.codebooks import Codebook
from samestory.language.stems import base_forms

_WORD = re.compile(r"[^\W_]+")
_TERM_WORD = re.compile(r"[^\W_]+\*?")
_LONGEST = 40  # letters; a longer token is no word
_REMEMBERED = 200_000  # words; bounds the memory that a stream of odd tokens may take
_JOINTS = "-‐‑–'’./"  # what may stand between two words of one term besides a blank
_EXCLUDED = 0.0  # in place of a weight: of a wording in which a term is not meant


class FrameTerm(NamedTuple):
    """One piece of evidence; start:end are characters."""

    start: int
    end: int
    frame: str
    term: str  # as the codebook has it
    weight: float
    codebook: str


class _Entry(NamedTuple):
    words: tuple[str, ...]
    key: int  # which of them it is looked up by: the longest, as "the" begins too many terms
    frame: str
    term: str
    weight: float


class _Match(NamedTuple):
    first: int  # half-open range of words
    last: int
    entry: _Entry


def find_terms(text: str, codebooks: Sequence[Codebook]) -> list[FrameTerm]:
    """Find the terms of the codebooks in any text (a headline too), sorted by start.

    Of terms within each other the longest counts ("trial" does not in "clinical trial"), and none that
    touches a wording which its frame excludes.
    """
    words = [word.span() for word in _WORD.finditer(text)]
    found = [
        FrameTerm(words[first][0], words[last - 1][1], entry.frame, entry.term, entry.weight, book.name)
        for book in codebooks
        for first, last, entry in _matcher(book).find(text, words)
    ]
    return sorted(found)


class _Matcher:
    """The terms of one codebook by one of their words; which a word belongs to is worked out once."""

    def __init__(self, book: Codebook):
        self.by_word: dict[str, list[_Entry]] = defaultdict(list)
        self.known: dict[str, list[_Entry]] = {}
        for frame, content in book.frames.items():
            for term, weight in (content.terms | dict.fromkeys(content.exclude, _EXCLUDED)).items():
                words = tuple(_TERM_WORD.findall(term))
                key = max(range(len(words)), key=lambda n: len(words[n]))
                self.by_word[words[key].lower()].append(_Entry(words, key, frame, term, weight))

    def find(self, text: str, words: list[tuple[int, int]]) -> list[_Match]:
        matches = []
        for number, (start, end) in enumerate(words):
            word = text[start:end]
            entries = self.known.get(word)
            if entries is None:
                entries = self._with(word)
                if len(self.known) < _REMEMBERED:
                    self.known[word] = entries
            for entry in entries:
                first = number - entry.key
                if len(entry.words) == 1 or _stand_at(text, words, first, entry.words):
                    matches.append(_Match(first, first + len(entry.words), entry))
        return _keep_meant(matches)

    def _with(self, word: str) -> list[_Entry]:
        if len(word) > _LONGEST:
            return []
        low = word.lower()
        keys = [*base_forms(low), *(low[:n] + "*" for n in range(2, len(low) + 1))]
        entries = (entry for key in keys for entry in self.by_word.get(key, ()))
        return [entry for entry in entries if _word_fits(entry.words[entry.key], word)]


@lru_cache(maxsize=16)
def _matcher(book: Codebook) -> _Matcher:
    return _Matcher(book)


def _stand_at(text: str, words: list[tuple[int, int]], first: int, pattern: tuple[str, ...]) -> bool:
    """Whether the words from the first on fit the pattern and are joined."""
    there = words[first : first + len(pattern)] if first >= 0 else []
    return (
        len(there) == len(pattern)
        and all(_word_fits(fit, text[start:end]) for fit, (start, end) in zip(pattern, there, strict=True))
        and all(_joined(text[end:start]) for (_, end), (start, _) in pairwise(there))
    )


def _joined(gap: str) -> bool:
    return (gap.isspace() and "\n\n" not in gap) or (len(gap) == 1 and gap in _JOINTS)


def _word_fits(pattern: str, word: str) -> bool:
    """A capital in the pattern asks for the same capitals: "US" is not "us", "God" not "god"."""
    cased = pattern != pattern.lower()
    if not cased:
        word = word.lower()
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return word == pattern if cased else pattern in base_forms(word)


def _keep_meant(matches: list[_Match]) -> list[_Match]:
    """Drop what lies within a longer term, what its frame excludes, and a frame's second term there."""
    longer: dict[int, list[tuple[int, int]]] = defaultdict(list)
    banned = set()
    for first, last, entry in matches:
        for word in range(first, last):
            if entry.weight == _EXCLUDED:
                banned.add((entry.frame, word))
            elif last - first > 1:
                longer[word].append((first, last))
    best: dict[tuple, _Match] = {}
    for match in matches:
        first, last, entry = match
        inside = any(
            start <= first and last <= end and end - start > last - first for start, end in longer[first]
        )
        excluded = any(
            (entry.frame, word) in banned for word in range(first, last)
        )  # a wording that excludes, too
        if inside or excluded:
            continue
        key = (first, last, entry.frame)
        if key not in best or best[key].entry.weight < entry.weight:
            best[key] = match
    return list(best.values())
