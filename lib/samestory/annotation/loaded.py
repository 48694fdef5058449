"""Loaded wording: words that judge, charge or colour what they tell of.

The encoder scores each piece of a word in its context; it learned from the words that expert annotators
marked in news. Corpora, licences and measured accuracy: models/reading.md.

References:
    Recasens, Danescu-Niculescu-Mizil and Jurafsky (2013), Linguistic models for analyzing and detecting
    biased language, ACL. Spinde et al. (2021), BABE, EMNLP Findings.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from samestory.annotation.quotes import Quote
from samestory.annotation.tokens import Tokens
from samestory.language.encoder import Reading, read, read_arrays

BELIEVED = 0.26  # score from which a word is returned: its F1 is best there; a page needs more (SHOWN)
SHOWN = 0.4  # score from which three in five hold on articles that were not trained on
WORD = re.compile(r"\w+(?:[-'’]\w+)*")


class Loaded(NamedTuple):
    """One loaded word; start:end are characters."""

    start: int
    end: int
    score: float
    voice: str


def loaded_spans(doc: Doc, reading: Reading, quotes: list[Quote]) -> list[Loaded]:
    """Find loaded wording, sorted by start.

    Args:
        doc: the article.
        reading: the encoder's reading of it.
        quotes: its quotes; a word inside the content of one has the voice 'quoted', else 'narrator'.
    """
    contents = _merged((quote.start, quote.end) for quote in quotes)
    starts = [start for start, _ in contents]
    rows = []
    for start, end, score in score_words(Tokens.of(doc).article, reading):
        before = bisect_left(starts, start + 1) - 1
        quoted = before >= 0 and start < contents[before][1]
        rows.append(Loaded(start, end, score, "quoted" if quoted else "narrator"))
    return rows


def loaded_words(text: str) -> list[tuple[int, int, float]]:
    """Loaded words of a sentence or short text.

    Returns:
        (start, end, score) in text order; score 0 to 1, the chance that annotators would mark the word.
        Only words that are believed to be loaded are returned.

    >>> loaded_words("The budget was approved on Monday.")
    []
    """
    return list(score_words(text, read(text)))


def score_words(text: str, reading: Reading) -> Iterator[tuple[int, int, float]]:
    """Score every word and give those that are believed to be loaded."""
    head = read_arrays("loaded")
    odds = reading.own_states @ head["word"] + head["bias"]
    scale, shift = read_arrays("calibration")["loaded"]
    scores = 1 / (1 + np.exp(-(scale * odds + shift)))
    for match in WORD.finditer(text):
        pieces = scores[reading.within(*match.span())]
        if len(pieces) and pieces.max() >= BELIEVED and may_be_loaded(match.group()):
            yield *match.span(), round(float(pieces.max()), 4)


def may_be_loaded(word: str) -> bool:
    return word.lower() not in STOP_WORDS and any(letter.isalpha() for letter in word)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
