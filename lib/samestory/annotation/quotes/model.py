"""The trained system of quotes: cue, then source, then content, then the decision.

A cascade of linear models over hashed features, and boosted trees that accept or reject. Each part
sees all candidates of an article (or of a part of a very long one) at once, in numpy.

References:
    Pareti et al. (2013), Automatically detecting and attributing indirect quotations, EMNLP;
    Newell, Margolin and Ruths (2018), An attribution relations corpus for political news, LREC
    (PolNeAR), whose definition of an attribution is learned.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from samestory.annotation.quotes.columns import Classes, Columns, code, columns_of
from samestory.annotation.quotes.content_features import content_features
from samestory.annotation.quotes.contents import Candidates, content_candidates
from samestory.annotation.quotes.cues import cue_candidates, cue_features
from samestory.annotation.quotes.decisions import (
    Choices,
    Hypotheses,
    choose_spans,
    decision_features,
    spans_of,
    without_overlap,
)
from samestory.annotation.quotes.features import softmax_within
from samestory.annotation.quotes.lines import bylines, speaker_lines
from samestory.annotation.quotes.sources import source_features, source_pairs, source_span
from samestory.annotation.quotes.trees import Trees
from samestory.annotation.tokens import Tokens

LEAST_CUE = -2.8  # log odds below which a cue is not looked at
_BLOCK = 300  # cues looked at together; bounds the memory that a book would need


class Attribution(NamedTuple):
    """Half-open token ranges; source is None where the text names nobody."""

    content: tuple[int, int]
    cue: int
    source: tuple[int, int] | None
    chance: float  # probability that a reader would mark the same
    by_layout: bool = False  # a turn of a transcript or a byline: all of it was said


@dataclass(frozen=True)
class Weights:
    """What training.quotes learned; see models/quotes.md."""

    classes: Classes
    others: np.ndarray  # lemma-with-POS hashes of cues that are no verbs
    cue: np.ndarray
    intercept: float  # of the cue's score
    source: np.ndarray
    start: np.ndarray
    end: np.ndarray
    pair: np.ndarray
    trees: Trees
    least: float  # chance from which an attribution is accepted


@lru_cache(maxsize=1)
def read_weights() -> Weights:
    """Read models/quotes.npz."""
    path = resources.files("samestory").joinpath("models", "quotes.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        named = {name: arrays[name] for name in arrays.files}
    linear = {name: unpacked(named, name) for name in ("cue", "source", "start", "end", "pair")}
    numbers = {name: float(named[name]) for name in ("intercept", "least")}
    classes = Classes(named["class_lemma"], named["class_number"])
    return Weights(classes=classes, others=named["others"], **linear, trees=Trees.read(named), **numbers)


def unpacked(arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    """A table of weights, stored as bits for the places that are not 0, and these weights."""
    weights = np.zeros(1 << int(arrays["bits"]), dtype=np.float32)
    places = np.flatnonzero(np.unpackbits(arrays[f"{name}_places"]))
    weights[places] = arrays[f"{name}_weights"]
    return weights


def find_attributions(doc: Doc) -> list[Attribution]:
    """Find who says or thinks what: attributions sorted by content, none within another."""
    if not len(doc):
        return []
    weights = read_weights()
    columns = columns_of(doc, weights.classes)
    found = _from_layout(Tokens.of(doc).article, columns)
    places = cue_candidates(columns, weights.others)
    scores = cue_scores(columns, places, weights.cue) + weights.intercept
    likely = scores > LEAST_CUE
    places, scores = places[likely], scores[likely]
    for first in range(0, len(places), _BLOCK):
        block = slice(first, first + _BLOCK)
        found += _decide(columns, weights, places[block], scores[block])
    if not found:
        return []
    content = np.array([item.content for item in found])
    chance = np.array([item.chance for item in found])
    number = np.array([item.cue for item in found])
    kept = without_overlap(chance, number, content[:, 0], content[:, 1])
    return sorted(found[row] for row in kept)


def _from_layout(text: str, columns: Columns) -> list[Attribution]:
    """Transcript lines and bylines as token ranges; they are certain and go before the rest."""

    def tokens(span: tuple[int, int]) -> tuple[int, int]:
        first = np.searchsorted(columns.ends, span[0], side="right")
        return int(first), int(max(np.searchsorted(columns.starts, span[1]), first + 1))

    lines = speaker_lines(text) + bylines(text, columns.marked)
    return [Attribution(tokens(x.content), tokens(x.cue)[0], tokens(x.source), 1.0, True) for x in lines]


def cue_scores(columns: Columns, places: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Log odds that each token heads a cue, looking at some thousands of tokens at a time."""
    parts = [places[first : first + 4000] for first in range(0, len(places), 4000)]
    scores = [weights[cue_features(columns, part)].sum(axis=1) for part in parts]
    return np.concatenate(scores) if scores else np.zeros(0)


def best_sources(columns: Columns, cues: np.ndarray, scores: np.ndarray, weights: np.ndarray) -> Hypotheses:
    """Give each cue the source that fits best."""
    pairs = source_pairs(columns, cues)
    share = softmax_within(weights[source_features(columns, cues, pairs)].sum(axis=1), pairs[:, 0])
    return with_sources(columns, cues, scores, pairs, share)


def with_sources(columns: Columns, cues, scores, pairs, share) -> Hypotheses:
    """The hypotheses from the share of each (cue, candidate) pair."""
    order = np.lexsort((-share, pairs[:, 0]))
    best = order[np.searchsorted(pairs[order, 0], np.arange(len(cues)))]
    rest = share.copy()
    rest[best] = 0
    starts = np.searchsorted(pairs[:, 0], np.arange(len(cues)))
    head = pairs[best, 1]
    spans = [
        source_span(columns, source, cue) if source >= 0 else (-1, -1)
        for source, cue in zip(head.tolist(), cues.tolist(), strict=True)
    ]
    rival = np.maximum.reduceat(rest, starts)
    return Hypotheses(cues, scores, head, np.array(spans).reshape(-1, 2), share[best], rival)


def content_scores(columns: Columns, hypotheses: Hypotheses, candidates: Candidates, weights) -> np.ndarray:
    """Score of each pair of a start and an end."""
    starts, ends, pairs = content_features(columns, hypotheses.cue, hypotheses.source, candidates)
    first, last = candidates.pairs[:, 1], candidates.pairs[:, 2]
    of_start, of_end, of_pair = weights
    return of_start[starts].sum(axis=1)[first] + of_end[ends].sum(axis=1)[last] + of_pair[pairs].sum(axis=1)


def _decide(columns: Columns, weights: Weights, cues: np.ndarray, scores: np.ndarray) -> list[Attribution]:
    hypotheses = best_sources(columns, cues, scores, weights.source)
    candidates = content_candidates(columns, cues, hypotheses.source)
    if not len(candidates.pairs):
        return []
    linear = (weights.start, weights.end, weights.pair)
    choices = choose_spans(
        columns, candidates, content_scores(columns, hypotheses, candidates, linear), len(cues)
    )
    chance = weights.trees.probability(decision_features(columns, hypotheses, candidates, choices))
    return attributions(columns, hypotheses, candidates, choices, chance, weights.least)


def attributions(
    columns: Columns,
    hypotheses: Hypotheses,
    candidates: Candidates,
    choices: Choices,
    chance: np.ndarray,
    least: float,
) -> list[Attribution]:
    """The best span of each cue whose chance suffices, its edges trimmed."""
    start, _, end, _ = spans_of(candidates, choices.pair)
    best = np.zeros(len(hypotheses.cue))
    np.maximum.at(best, choices.number, chance)
    # Half the words right is a match; among spans that are as good as that, the ranker's own first
    # choice has the exact edges more often.
    near = (chance >= least) & (chance >= 0.95 * best[choices.number])
    order = np.lexsort((-choices.facts[:, 2], ~near))
    found, seen = [], set()
    for row in order[: int(near.sum())].tolist():
        number = int(choices.number[row])
        if number in seen:
            continue
        seen.add(number)
        cue, source = int(hypotheses.cue[number]), hypotheses.source[number].tolist()
        content = trimmed(columns, int(start[row]), int(end[row]), cue, source)
        named = (source[0], source[1]) if source[0] >= 0 else None
        found.append(Attribution(content, cue, named, float(chance[row])))
    return found


def trimmed(columns: Columns, start: int, end: int, cue: int, source: list[int]) -> tuple[int, int]:
    """Cut the own cue, its auxiliaries, the source and punctuation off the edges."""
    helpers = (code("aux"), code("auxpass"), code("neg"), code("prt"))
    relative = (code("WP"), code("WDT"))

    def foreign(place: int) -> bool:
        own = columns.head[place] == cue and columns.dep[place] in helpers
        return place == cue or own or source[0] <= place < source[1] or not columns.word[place]

    first, last = start, end
    # "what he called a mistake", and "who scored twice, said he was fine" where the source stands
    # before: what the cue reports begins after it. "A, he said, B" has its source within.
    opening = all(foreign(place) or columns.tag[place] in relative for place in range(first, min(cue, last)))
    unmarked = not columns.passage[first:last].any() and source[0] >= 0 and source[1] <= first
    if first <= cue < last - 1 and (opening or unmarked):
        first = cue + 1
    while first < last and foreign(first):
        first += 1
    while last > first and foreign(last - 1):
        last -= 1
    return (first, last) if first < last else (start, end)
