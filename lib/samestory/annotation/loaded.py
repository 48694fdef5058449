"""Loaded wording: words that judge, charge or colour what they tell of.

A linear model of words in their sentence, after Recasens, Danescu-Niculescu-Mizil & Jurafsky (2013),
Linguistic Models for Analyzing and Detecting Biased Language, ACL, learned from the words that expert
annotators marked in news. Corpora, licences and measured accuracy: models/loaded.md.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from samestory.annotation import loaded_features as look
from samestory.annotation.quotes import Quote
from samestory.annotation.tokens import Tokens

SENTENCE_PULL = 0.9  # how far the whole sentence moves the judgement of a word, in logits
BELIEVED = -1.4  # logit above which a word is returned; tuned for the F1 of marked words
MOST_LOADED = -3.0  # the same for the most loaded word of its sentence
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘]?[A-Z])|\n\s*\n")


class Loaded(NamedTuple):
    """One loaded word; start:end are characters."""

    start: int
    end: int
    score: float
    voice: str


def loaded_spans(doc: Doc, quotes: list[Quote]) -> list[Loaded]:
    """Find loaded wording, sorted by start.

    Args:
        doc: the article.
        quotes: its quotes; a word inside the content of one has the voice 'quoted', else 'narrator'.
    """
    tokens = Tokens.of(doc)
    bounds = [(tokens.start[first], tokens.end[last - 1]) for first, last in tokens.sentences]
    contents = _merged((quote.start, quote.end) for quote in quotes)
    starts = [start for start, _ in contents]
    rows = []
    for start, end, score in score_sentences(tokens.article, bounds, _model()):
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
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    bounds = list(zip([0, *ends], [*ends, len(text)], strict=True))
    return list(score_sentences(text, bounds, _model()))


def score_sentences(
    text: str, bounds: list[tuple[int, int]], model: "Model"
) -> Iterator[tuple[int, int, float]]:
    """Score the words of each sentence and give those that are believed to be loaded."""
    for start, end in bounds:
        places = [match.span() for match in look.WORD.finditer(text, start, end)]
        words = [text[first:last] for first, last in places]
        if not words:
            continue
        logits = model.logits(text[start:end], words, [text[max(first - 1, 0)] for first, _ in places])
        most = max(logits)
        for (first, last), word, logit in zip(places, words, logits, strict=True):
            if (logit > BELIEVED or (logit == most and logit > MOST_LOADED)) and _may_be_loaded(word):
                yield first, last, round(1 / (1 + math.exp(-logit)), 4)


def _may_be_loaded(word: str) -> bool:
    return word.lower() not in STOP_WORDS and any(letter.isalpha() for letter in word)


def _merged(spans) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class Model:
    """Two linear models over hashed features; what a word adds is worked out once."""

    def __init__(self, word_weights, word_bias: float, sentence_weights, sentence_bias: float):
        self.word_bias, self.sentence_bias = word_bias, sentence_bias
        self.word_weights = word_weights
        self.sentence_weights = sentence_weights.tolist()
        self.alone = lru_cache(maxsize=50_000)(self._alone)
        self.beside = lru_cache(maxsize=50_000)(self._beside)
        self.in_bag = lru_cache(maxsize=50_000)(self._in_bag)
        self.scare_quotes = float(word_weights[look.column(look.SCARE_QUOTES)])

    def logits(self, text: str, words: list[str], marks: list[str]) -> list[float]:
        """How loaded each word is, given its sentence; marks are the characters before the words."""
        shown = look.shown_words(words)
        titled = look.is_title_case(words)
        pull = SENTENCE_PULL * self.sentence(shown, words, text) + self.word_bias
        last = len(words) - 1
        out = []
        for number, word in enumerate(words):
            logit = pull + self.alone(word, titled or number == 0)
            logit += self.beside(shown[number - 1] if number else None, "before")
            logit += self.beside(shown[number + 1] if number < last else None, "after")
            out.append(logit + self.scare_quotes if marks[number] in "\"“‘'" else logit)
        return out

    def sentence(self, shown: list[str], words: list[str], text: str) -> float:
        """Logit that the sentence is biased."""
        weights = self.sentence_weights
        score = self.sentence_bias + sum(map(self.in_bag, shown))
        score += sum(weights[look.pair_column(a, b)] for a, b in pairwise(shown))
        return score + sum(weights[column] * value for column, value in look.sentence_features(words, text))

    def _alone(self, word: str, opening: bool) -> float:
        return self._sum(self.word_weights, look.word_features(word, opening=opening))

    def _beside(self, shown: str | None, side: str) -> float:
        return self._sum(self.word_weights, look.neighbour_features(shown, side))

    def _in_bag(self, shown: str) -> float:
        return self._sum(self.sentence_weights, look.bag_features(shown))

    @staticmethod
    def _sum(weights, features: look.Features) -> float:
        return float(sum(weights[column] * value for column, value in features))


@lru_cache(maxsize=1)
def _model() -> Model:
    with (
        resources.files("samestory.models").joinpath("loaded.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as saved,
    ):
        return Model(
            saved["word"].astype("float32"),
            float(saved["biases"][0]),
            saved["sentence"].astype("float32"),
            float(saved["biases"][1]),
        )
