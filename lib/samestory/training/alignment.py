"""Gold attributions on the tokens of a parsed article: heads of cue and source, words of the content."""

from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from samestory.annotation.quotes.columns import Columns, code
from samestory.annotation.quotes.contents import Candidates
from samestory.training.polnear import Marked, Spans


class Gold(NamedTuple):
    """One attribution on tokens."""

    cue: int  # head of the cue, -1 for none
    source: np.ndarray  # tokens of the source
    head: int  # head of the source, -1 for none
    content: np.ndarray  # tokens of the content


def align(doc: Doc, columns: Columns, marked: list[Marked]) -> list[Gold]:
    """Find the tokens of each attribution."""
    starts = np.array([token.idx for token in doc])
    ends = starts + np.array([len(token) for token in doc])
    found = []
    for item in marked:
        source, cue, content = (_tokens(starts, ends, spans) for spans in item)
        found.append(Gold(_head(columns, cue), source, _head(columns, source), content))
    return found


def overlaps(
    columns: Columns, gold: Gold, cue: int, source: np.ndarray, candidates: Candidates
) -> np.ndarray:
    """Jaccard overlap of each candidate's words with the gold content.

    The own cue and source do not count, nor what the annotator left out in the middle ("A," he
    said, "B" is one content).
    """
    counts = columns.word.astype(np.float64)
    counts[cue] = 0
    counts[max(source[0], 0) : max(source[1], 0)] = 0
    counts[gold.content[0] : gold.content[-1] + 1] = 0
    counts[gold.content] = columns.word[gold.content]
    inside = np.zeros(columns.size)
    inside[gold.content] = counts[gold.content]
    total, common = np.append(0, np.cumsum(counts)), np.append(0, np.cumsum(inside))
    start = candidates.starts[candidates.pairs[:, 1], 1]
    end = candidates.ends[candidates.pairs[:, 2], 1]
    shared = common[end] - common[start]
    return shared / np.maximum(total[end] - total[start] + common[-1] - shared, 1e-9)


def _tokens(starts: np.ndarray, ends: np.ndarray, spans: Spans) -> np.ndarray:
    parts = [
        np.arange(np.searchsorted(ends, start, side="right"), np.searchsorted(starts, end))
        for start, end in spans
    ]
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.int64)


def _head(columns: Columns, tokens: np.ndarray) -> int:
    """The token on which the others hang: a verb if there is one among several."""
    if not len(tokens):
        return -1
    above = columns.head[tokens]
    tops = tokens[~np.isin(above, tokens) | (above == tokens)]
    tops = tops[columns.pos[tops] != code("SPACE")]
    for kinds in (["VERB"], ["AUX"], ["NOUN", "ADJ"]):
        chosen = tops[np.isin(columns.pos[tops], [code(kind) for kind in kinds])]
        if len(chosen):
            return int(chosen[0])
    words = tops[columns.word[tops] > 0]
    return int(next(iter([*words, *tops, *tokens])))
