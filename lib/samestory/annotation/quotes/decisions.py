"""Which hypotheses are attributions: the best spans of each cue, what speaks for each, and overlaps."""

from typing import NamedTuple

import numpy as np

from samestory.annotation.quotes.columns import Columns, code
from samestory.annotation.quotes.contents import Candidates
from samestory.annotation.quotes.features import names, softmax_within

_TOP = 12  # spans that are weighed against each other
_KEPT = 5  # spans that are put to the decision
_POS = names("VERB AUX NOUN ADJ ADP PUNCT PROPN PRON ADV")
_DEP = names(
    "ROOT ccomp xcomp conj advcl acl relcl parataxis pcomp prep pobj dobj nsubj amod csubj dep appos"
)
_ROLE = names("nsubj nsubjpass pobj poss dobj conj appos ROOT attr compound")
_NEVER = -9.0  # below any score of a cue


class Hypotheses(NamedTuple):
    """Cues that may be real, in text order, each with its best source."""

    cue: np.ndarray  # token
    score: np.ndarray  # log odds that it is a cue
    head: np.ndarray  # token of the source, -1 for nobody
    source: np.ndarray  # rows (first, after last) of the source's words, (-1, -1) for nobody
    certain: np.ndarray  # probability of the source among the candidates
    rival: np.ndarray  # probability of the next best


class Choices(NamedTuple):
    """Spans put to the decision, several a cue, the most promising first."""

    number: np.ndarray  # of the hypothesis
    pair: np.ndarray  # row of the candidates
    # rank, expected match, probability, best probability, score, expected overlap, gap to the first in
    # expected match, number of spans, place by probability
    facts: np.ndarray


def choose_spans(columns: Columns, candidates: Candidates, scores: np.ndarray, count: int) -> Choices:
    """Keep the spans of each cue that most probably match what a reader would mark.

    A span matches when it shares half of the words; the span of the highest expected match need not
    be the most probable one (minimum Bayes risk, Kumar & Byrne 2004, HLT-NAACL).
    """
    number = candidates.pairs[:, 0]
    share = softmax_within(scores, number)
    words = np.append(0, np.cumsum(columns.word))
    order = np.lexsort((-share, number))
    edges = np.searchsorted(number[order], np.arange(count + 1))
    begin = words[candidates.starts[candidates.pairs[:, 1], 1]]
    stop = words[candidates.ends[candidates.pairs[:, 2], 1]]
    rows, facts = [], []
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        top = order[first : min(last, first + _TOP)]
        if not len(top):
            continue
        start, end, chance = begin[top], stop[top], share[top]
        common = np.maximum(np.minimum(end[:, None], end) - np.maximum(start[:, None], start), 0)
        overlap = common / np.maximum((end - start)[:, None] + (end - start) - common, 1)
        match, soft = (overlap >= 0.5) @ chance, overlap @ chance
        best = np.argsort(-(match + 0.15 * chance), kind="stable")[:_KEPT]
        rows.append(top[best])
        facts.append(
            np.column_stack(
                [
                    np.arange(len(best)),
                    match[best],
                    chance[best],
                    np.full(len(best), chance[0]),
                    scores[top[best]],
                    soft[best],
                    match[best[0]] - match[best],
                    np.full(len(best), len(top)),
                    best,
                ]
            )
        )
    if not rows:
        return Choices(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 9)))
    pair = np.concatenate(rows)
    return Choices(number[pair], pair, np.concatenate(facts))


def decision_features(
    columns: Columns, hypotheses: Hypotheses, candidates: Candidates, choices: Choices
) -> np.ndarray:
    """Numbers on which the decision rests: one row a choice."""
    start, start_kind, end, end_kind = spans_of(candidates, choices.pair)
    facts = [
        hypotheses.score[choices.number],
        choices.facts,
        *_about_source(columns, hypotheses, choices.number),
        *_about_cue(columns, hypotheses.cue[choices.number]),
        *_about_span(columns, start, end),
        *_about_places(columns, hypotheses, choices.number, start, end),
        *_rivals(hypotheses, choices, start, end),
        start_kind,
        end_kind,
    ]
    return np.column_stack(facts).astype(np.float32)


def _about_source(c: Columns, h: Hypotheses, number: np.ndarray) -> list[np.ndarray]:
    cue, source = h.cue[number], h.head[number]
    token, named = np.maximum(source, 0), source >= 0
    return [
        h.certain[number],
        h.rival[number],
        ~named,
        np.where(named, _place(_POS, c.pos[token]), 0),
        _place(_ROLE, c.dep[token]),
        np.where(named, source - cue, -99),
        c.passage[token] > 0,
        c.sentence[cue] - c.sentence[token],
        c.entity[token] > 0,
        c.head[token] == cue,
    ]


def _about_cue(c: Columns, cue: np.ndarray) -> list[np.ndarray]:
    children = [c.child[label][cue] >= 0 for label in names("auxpass neg ccomp xcomp dobj prep")]
    return [c.passage[cue] > 0, _place(_POS, c.pos[cue]), _place(_DEP, c.dep[cue]), c.cue[cue], *children]


def _about_span(c: Columns, start: np.ndarray, end: np.ndarray) -> list[np.ndarray]:
    words, inside = np.append(0, np.cumsum(c.word)), np.append(0, np.cumsum(c.passage > 0))
    quoted = inside[end] - inside[start]
    before = np.where(start > 0, c.passage[np.maximum(start - 1, 0)], 0)
    after = np.where(end < c.size, c.passage[np.minimum(end, c.size - 1)], 0)
    return [
        words[end] - words[start],
        quoted,
        quoted / np.maximum(end - start, 1),
        (c.passage[start] > 0) & (before != c.passage[start]),  # opens where a mark opens
        (c.passage[end - 1] > 0) & (after != c.passage[end - 1]),
        np.isin(start, c.sentence_edges),
        c.sentence[end - 1] - c.sentence[start],
        c.paragraph[end - 1] - c.paragraph[start],
        _place(_POS, c.pos[start]),
        _place(_POS, c.pos[end - 1]),
        _place(_DEP, c.dep[start]),
    ]


def _about_places(c: Columns, h: Hypotheses, number, start, end) -> list[np.ndarray]:
    cue, source = h.cue[number], h.head[number]
    return [
        start - cue,
        end - cue,
        (cue >= start) & (cue < end),
        (source >= start) & (source < end) & (source >= 0),
        c.sentence[start] - c.sentence[cue],
    ]


def spans_of(candidates: Candidates, pair: np.ndarray) -> tuple[np.ndarray, ...]:
    """(start, its type, end, its type) of the pairs in the rows."""
    start = candidates.starts[candidates.pairs[pair, 1]]
    end = candidates.ends[candidates.pairs[pair, 2]]
    return start[:, 1], start[:, 2], end[:, 1], end[:, 2]


def without_overlap(chance: np.ndarray, number: np.ndarray, start: np.ndarray, end: np.ndarray) -> list[int]:
    """Take the best rows first; none of a cue that is taken, none whose words are taken."""
    taken, used, kept = bytearray(int(end.max(initial=0))), set(), []
    for row in np.lexsort((start, -chance)).tolist():
        first, last = int(start[row]), int(end[row])
        if number[row] in used or any(taken[first:last]):
            continue
        taken[first:last] = b"\1" * (last - first)
        used.add(number[row])
        kept.append(row)
    return kept


def _rivals(h: Hypotheses, choices: Choices, start, end) -> list[np.ndarray]:
    """The strongest other cue inside the span, how many likely ones; around the cue; on the same words."""
    number = choices.number
    best = np.flatnonzero(choices.facts[:, 0] == 0)
    count = len(h.cue)
    first, last, match = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count)
    first[number[best]], last[number[best]], match[number[best]] = (
        start[best],
        end[best],
        choices.facts[best, 1],
    )
    other = number[:, None] != np.arange(count)
    holds = (h.cue >= start[:, None]) & (h.cue < end[:, None]) & other
    held = (h.cue[number][:, None] >= first) & (h.cue[number][:, None] < last) & other
    shares = (np.minimum(end[:, None], last) > np.maximum(start[:, None], first)) & other
    strength = h.score + 5 * match
    return [
        _strongest(holds, h.score),
        (holds & (h.score > 0)).sum(axis=1),
        _strongest(held, h.score),
        _strongest(held, match),
        _strongest(shares, h.score),
        _strongest(shares, strength),
    ]


def _strongest(mask: np.ndarray, value: np.ndarray) -> np.ndarray:
    return np.where(mask, value, _NEVER).max(axis=1, initial=_NEVER)


def _place(labels: list[str], column: np.ndarray) -> np.ndarray:
    """Number of the name in the list, -1 for another."""
    hits = np.array([code(label) for label in labels])[None, :] == column[:, None]
    return np.where(hits.any(axis=1), hits.argmax(axis=1), -1)
