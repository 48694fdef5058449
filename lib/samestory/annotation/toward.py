"""Sentiment toward a person or organisation that a sentence mentions.

A word score says how a sentence sounds, not toward whom: "Police praised the witness and condemned the
mayor" is kind to one and not to the other. This model was trained on 8,667 targets of NewsMTSC.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from samestory.annotation.names import Mention
from samestory.annotation.pipeline import load_pipeline
from samestory.annotation.sentences import sentence_places
from samestory.annotation.tokens import Tokens
from samestory.annotation.toward_features import BITS, Target, target_features

NEUTRAL = 0.05  # a score within -0.05 to 0.05 is neutral, below it negative, above it positive
_FILE = Path(__file__).parents[1] / "models" / "toward.npz"
_KINDS = {"PERSON", "ORG"}
_REACH = 100  # tokens read on each side, so that a text without full stops takes no longer than another


class _Model(NamedTuple):
    weights: np.ndarray  # of each hashed feature, for negative, neutral, positive
    kept: np.ndarray  # whether a hashed feature was frequent enough in training
    dense: np.ndarray
    mean: np.ndarray
    bias: np.ndarray


def sentiment_toward(text: str, start: int, end: int) -> float:
    """Estimate the sentiment that a sentence of news expresses toward one target in it.

    Args:
        text: a sentence, or a short text whose sentence around the target is read.
        start, end: the target's characters, `text[start:end]`.
    Returns:
        -1 (negative) to 1 (positive); within -0.05 to 0.05 the verdict is neutral. What lies beyond grows
        with the lead of the verdict over the next best one.
    Raises:
        ValueError: start:end is not a piece of the text with a word in it.
    References:
        Hamborg and Donnay (2021), NewsMTSC, EACL. The features and the linear model are ours.

    >>> text = "The minister was convicted of fraud, and the court thanked the clerk."
    >>> sentiment_toward(text, 0, 12) < -0.05
    True
    """
    return sentiment_toward_many([(text, start, end)])[0]


def sentiment_toward_many(items: Iterable[tuple[str, int, int]]) -> list[float]:
    """Estimate the sentiment toward each (text, start, end), as `sentiment_toward` does; parses a text once.

    Raises:
        ValueError: a start:end is not a piece of its text with a word in it.
    """
    items = list(items)
    wanted: dict[str, list[int]] = {}
    for number, (text, start, end) in enumerate(items):
        if not 0 <= start < end <= len(text) or not text[start:end].strip():
            raise ValueError(
                f"item {number}: {start}:{end} is not a target in a text of {len(text)} characters"
            )
        wanted.setdefault(text, []).append(number)
    scores = [0.0] * len(items)
    for doc in load_pipeline().pipe(wanted):
        numbers = wanted[doc.text]
        targets = [find_target(doc, *items[number][1:]) for number in numbers]
        for number, score in zip(numbers, _score(doc, targets), strict=True):
            scores[number] = score
    return scores


def sentiment_toward_mentions(doc: Doc, mentions: list[Mention]) -> list[Mention]:
    """Fill `toward` of the mentions of persons and organisations; the others keep None."""
    chosen = [number for number, mention in enumerate(mentions) if mention.kind in _KINDS]
    targets = [find_target(doc, mentions[number].start, mentions[number].end) for number in chosen]
    filled = list(mentions)
    for number, score in zip(chosen, _score(doc, targets), strict=True):
        filled[number] = mentions[number]._replace(toward=score)
    return filled


def find_target(doc: Doc, start: int, end: int) -> Target:
    """The tokens of start:end and of the sentence around them."""
    tokens = Tokens.of(doc)
    first = max(0, bisect_right(tokens.start, start) - 1)
    if tokens.end[first] <= start:
        first = min(first + 1, len(doc) - 1)
    last = max(first + 1, bisect_right(tokens.start, end - 1))
    places = sentence_places(doc)
    row = max(0, bisect_right(places, (start, math.inf, 0)) - 1)
    begin = bisect_right(tokens.start, places[row][0]) - 1 if places else 0
    stop = bisect_right(tokens.start, places[row][1] - 1) if places else len(doc)
    begin, stop = min(max(0, begin), first), max(stop, last)
    return Target(first, last, max(begin, first - _REACH), min(stop, last + _REACH))


def _score(doc: Doc, targets: list[Target]) -> list[float]:
    if not targets:
        return []
    model = _load()
    hashed, dense = target_features(doc, targets)
    logits = (dense - model.mean) @ model.dense + model.bias
    for row, places in enumerate(hashed):
        places = places[model.kept[places]]
        logits[row] += model.weights[places].sum(axis=0) / np.sqrt(max(1, len(places)))
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    # rounded: the last digits depend on which targets share a matrix
    return [round(_scale(*row), 4) for row in (chances / chances.sum(axis=1, keepdims=True)).tolist()]


def _scale(negative: float, neutral: float, positive: float) -> float:
    """One number for three chances, whose bounds at -NEUTRAL and NEUTRAL are where the verdict changes."""
    if neutral >= max(negative, positive):
        return NEUTRAL * (positive - negative) / neutral
    best, other, sign = (positive, negative, 1) if positive > negative else (negative, positive, -1)
    return sign * (NEUTRAL + (1 - NEUTRAL) * (best - max(other, neutral)))


@lru_cache(maxsize=1)
def _load() -> _Model:
    with np.load(_FILE, allow_pickle=False) as stored:
        kept = np.unpackbits(stored["kept"])[: 1 << BITS].astype(bool)
        weights = np.zeros((1 << BITS, 3), np.float32)
        weights[kept] = stored["weights"] * stored["scale"]
        return _Model(weights, kept, stored["dense"], stored["mean"], stored["bias"])
