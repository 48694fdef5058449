"""Words in a form by which they can be compared: base words of an English form, and stems with places.

Base forms match a codebook's terms without a parser: headlines and one-sentence calls are matched as articles
are, so that the same words give the same evidence. Stems compare two outlets' wordings: contractions are
spelled out, number words become digits and every word is cut to its stem, so that "She'd won two-thirds of
deliveries" and "she would win 2 thirds of the delivery" meet.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from samestory.packaged import packaged_yaml

_LONGEST = 40  # letters; longer "words" are addresses and keys
# A word: letters or digits, inner points of "U.S." and "3.5", commas within numbers; no apostrophes.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:\*+[^\W\d_]+)?")
_PARTS = {"ll": "will", "re": "are", "ve": "have", "m": "am", "d": "would", "t": "not"}
_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60"}
_NUMBERS = {word: str(n) for n, word in enumerate(_TO_NINETEEN.split())} | _TENS
_SHORT = {  # short for names that another outlet may spell out
    "us": "united states", "usa": "united states", "uk": "united kingdom",
    "eu": "european union", "un": "united nations",
}  # fmt: skip


class Word(NamedTuple):
    """One word of a text; `stem` is what is compared."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def base_forms(word: str) -> tuple[str, ...]:
    """The word (in lower case) and every shorter word that it may be a form of.

    >>> base_forms("stopped")
    ('stopped', 'stopp', 'stoppe', 'stop')
    """
    if len(word) > _LONGEST:
        return (word,)
    forms = [word, *_irregular().get(word, ())]
    for ending, last in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss"):
            forms.append(word.removesuffix(ending) + last)
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            forms += [stem, stem + "e"]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                forms.append(stem[:-1])
    return tuple(form for form in dict.fromkeys(forms) if form == word or len(form) > 2)


def words_of(text: str) -> list[Word]:
    """List the words of a text with their stems and character offsets.

    >>> [word.stem for word in words_of("They'll address U.S. deliveries")]
    ['they', 'will', 'address', 'unit', 'state', 'deliveri']
    """
    words = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        for stem in _stems(match.group(), after_apostrophe=start > 0 and text[start - 1] in "'’ʼ`"):
            words.append(Word(stem, start, end))
    return words


def stems_of(text: str) -> list[str]:
    """List the stems alone."""
    return [word.stem for word in words_of(text)]


def ngrams(stems: Iterable[str], n: int) -> list[tuple[str, ...]]:
    """List the runs of n neighbouring stems."""
    stems = list(stems)
    return list(zip(*(stems[k:] for k in range(n)), strict=False))


@lru_cache(maxsize=1)
def _irregular() -> dict[str, list[str]]:
    bases: dict[str, list[str]] = {}
    for base, forms in packaged_yaml("codebooks/irregular_forms.yaml").items():
        for form in forms:
            bases.setdefault(form, []).append(base)
    return bases


@lru_cache(maxsize=100_000)
def _stems(word: str, *, after_apostrophe: bool) -> tuple[str, ...]:
    plain = word.replace(".", "") if "." in word and not word[0].isdigit() else word
    low = plain.casefold()
    if plain.isupper() and low in _SHORT:  # "US", not "us"
        return tuple(_stem(part) for part in _SHORT[low].split())
    if after_apostrophe and (low in _PARTS or low == "s"):
        return (_PARTS[low],) if low in _PARTS else ()
    return (_stem(_NUMBERS.get(low, low)),)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return _stemmer().stemWord(word) if len(word) < _LONGEST else word[:_LONGEST]


@lru_cache(maxsize=1)
def _stemmer():
    return snowballstemmer.stemmer("english")
