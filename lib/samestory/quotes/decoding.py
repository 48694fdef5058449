"""From the encoder's states to attributions: what is a content, a cue or a source, and what belongs together.

A tag is read for each piece (content, source, cue or none of them, with the first piece of each told apart).
Each piece of a content points to the head of its cue (or, without a cue, of its source), and a cue's head to
the head of its source. Then each content is given its exact edges: its quotation marks and whole phrases.

References:
    Newell, Margolin and Ruths (2018), An attribution relations corpus for political news, LREC (PolNeAR),
    whose definition of an attribution is learned; Dozat and Manning (2017), Deep biaffine attention, ICLR.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from samestory.language.encoder import Encoded
from samestory.language.scores import settled
from samestory.packaged import read_arrays

OUT, CONTENT, CONTENT_ON, SOURCE, SOURCE_ON, CUE, CUE_ON = range(7)
SPREAD = 14.0  # of a pointer's scores: about the root of its 192 dimensions
# Log odds, set by hand with PolNeAR's development articles in view: by how much a content must begin anew to
# be cut off from the one before it, and how much is added where words stand in marks, as an utterance does.
_ANEW, _SAID = 2.0, 2.0
_STRAY = 3  # pieces: so short a content beside words in marks is a slip
_FEWEST = 2  # pieces of a content
_LEAST = 0.4  # certainty from which an attribution is listed
_SUREST = 0.999  # a probability beyond it says no more
_EVEN = 0.5  # probability where there is no head or source to judge: log odds of 0
_FAINTEST = math.log(1e-9)  # of the logarithm of a probability: one piece that points elsewhere is not all
Span = tuple[int, int]  # characters, half-open
Arrays = Mapping[str, np.ndarray]


class Facts(NamedTuple):
    """What the certainty of an attribution rests on: log odds of the encoder's own probabilities."""

    content: float  # that the pieces are content
    pointed: float  # that they point to their head
    head: float  # that this is a cue or a source
    sourced: float  # that the cue points to its source; 0 without a source
    has_source: float  # 0 or 1


class Attribution(NamedTuple):
    """Who says or thinks what, as character ranges."""

    content: list[Span]  # more than one where its speaker interrupts it, or it goes on in another paragraph
    cue: Span | None
    source: Span | None
    certainty: float  # 0 to 1: the chance that a reader would mark the same content and source
    facts: Facts


class _Part(NamedTuple):
    """A run of pieces that are content, and where they point."""

    first: int
    last: int
    window: int
    head: int  # piece of the cue or source; -1 for none
    pointed: float  # mean probability of the head


def find_attributions(
    reading: Encoded,
    utterances: Sequence[Span] = (),
    *,
    heads: Arrays | None = None,
    least: float = _LEAST,
) -> list[Attribution]:
    """Find the attributions of an article, in text order.

    Args:
        utterances: what stands between quotation marks and reads as something said, in text order.
        heads: weights; those of models/quotes.npz when None.
        least: certainty from which one is listed.
    """
    if not len(reading.pieces):
        return []
    heads = heads or read_arrays("quotes")
    scores = _linear(reading.own_states, heads, "tag")
    marked = np.zeros(len(reading.pieces), np.int64)  # number of the utterance, from 1
    for number, span in enumerate(utterances, start=1):
        marked[reading.within(*span)] = number
    scores[marked > 0, CONTENT : CONTENT_ON + 1] += _SAID
    tags = _log_softmax(scores)
    chosen = settled(tags).argmax(axis=1)
    _end_with_the_marks(chosen, marked)
    groups: dict[tuple, list[_Part]] = {}
    for part in _parts(reading, tags, chosen, heads):
        groups.setdefault((part.head,) if part.head >= 0 else (-1, part.first), []).append(part)
    found = (
        _attribution(reading, tags, chosen, heads, _without_strays(parts, marked))
        for parts in groups.values()
    )
    listed = [item for item in found if item is not None and item.certainty >= least]
    return sorted(listed, key=lambda item: item.content)


def _end_with_the_marks(chosen: np.ndarray, marked: np.ndarray) -> None:
    """A content that begins within an utterance's marks does not run on after them; changes `chosen`."""
    content = (chosen == CONTENT) | (chosen == CONTENT_ON)
    edges = np.flatnonzero(np.diff(marked, prepend=0, append=0))
    for edge in edges.tolist():
        if edge and edge < len(marked) and marked[edge - 1] and content[edge - 1] and content[edge]:
            begin = edge - 1
            while begin and content[begin - 1] and chosen[begin] != CONTENT:
                begin -= 1
            if marked[begin] or (begin + 1 < edge and marked[begin + 1]):  # its first piece may be the mark
                while edge < len(marked) and content[edge] and not marked[edge]:
                    chosen[edge], content[edge] = OUT, False
                    edge += 1


def _parts(reading: Encoded, tags: np.ndarray, chosen: np.ndarray, heads: Arrays) -> list[_Part]:
    content = (chosen == CONTENT) | (chosen == CONTENT_ON)
    anew = (chosen == CONTENT) & (settled(tags[:, CONTENT] - tags[:, CONTENT_ON]) > _ANEW)
    begins = content & (~np.append(False, content[:-1]) | anew)
    ends = content & ~np.append(content[1:] & ~begins[1:], False)
    runs = list(zip(np.flatnonzero(begins).tolist(), (np.flatnonzero(ends) + 1).tolist(), strict=True))
    parts, at = [], 0
    for number, (window, states) in enumerate(zip(reading.windows, reading.states, strict=True)):
        mine = []
        while at < len(runs) and runs[at][0] < window.own_end:
            mine.append(runs[at])
            at += 1
        if not mine:
            continue
        rows = np.concatenate([np.arange(first, min(last, window.own_end)) for first, last in mine])
        chances = _pointers(states, rows - window.first + 1, heads, "content_to_cue", "cue_of_content")
        edges = np.cumsum([0, *(min(last, window.own_end) - first for first, last in mine)])
        for (first, last), (low, high) in zip(mine, pairwise(edges.tolist()), strict=True):
            best = int(settled(np.maximum(chances[low:high], _FAINTEST).mean(axis=0)).argmax())
            pointed = float(np.exp(chances[low:high, best]).mean())
            inside = 0 < best <= window.last - window.first
            parts.append(_Part(first, last, number, best - 1 + window.first if inside else -1, pointed))
    return parts


def _without_strays(parts: list[_Part], marked: np.ndarray) -> list[_Part]:
    """Without a word or two that stand outside the marks of an utterance said by the same."""
    said = [part for part in parts if marked[part.first : part.last].any()]
    return [part for part in parts if part in said or not said or part.last - part.first > _STRAY]


def _attribution(
    reading: Encoded, tags: np.ndarray, chosen: np.ndarray, heads: Arrays, parts: list[_Part]
) -> Attribution | None:
    rows = np.concatenate([np.arange(part.first, part.last) for part in parts])
    if len(rows) < _FEWEST:
        return None
    head = parts[0].head
    content = float(np.exp(tags[rows, CONTENT : CONTENT_ON + 1]).sum(axis=1).mean())
    cue = source = None
    pointed = is_head = sourced = _EVEN
    if head >= 0:
        size = [part.last - part.first for part in parts]
        pointed = float(np.average([part.pointed for part in parts], weights=size))
        is_head = float(np.exp(tags[head, SOURCE:]).sum())
        of_head = settled(tags[head])
        if of_head[CUE:].max() >= of_head[SOURCE : SOURCE_ON + 1].max():
            cue = _grown(reading, chosen, head, CUE_ON)
            source, sourced = _source(reading, chosen, heads, parts[0].window, head)
        else:
            source = _grown(reading, chosen, head, SOURCE_ON)
    spans = [_characters(reading, part.first, part.last) for part in parts]
    has_source = source is not None
    of_source = _log_odds(sourced) * has_source
    facts = Facts(_log_odds(content), _log_odds(pointed), _log_odds(is_head), of_source, float(has_source))
    return Attribution(spans, cue, source, _certainty(facts), facts)


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1 - _SUREST), _SUREST)
    return math.log(chance / (1 - chance))


def _certainty(facts: Facts) -> float:
    """0 to 1, calibrated on articles that the encoder had not seen (`training/held_out.py`)."""
    weights = read_arrays("calibration")
    return settled(1 / (1 + np.exp(-(np.array(facts) @ weights["quote"] + weights["quote_bias"]))))


def _source(
    reading: Encoded, chosen: np.ndarray, heads: Arrays, number: int, cue: int
) -> tuple[Span | None, float]:
    """What a cue points to, and how surely."""
    window, states = reading.windows[number], reading.states[number]
    chances = _pointers(states, np.array([cue - window.first + 1]), heads, "cue_to_source", "source_of_cue")
    best = int(settled(chances[0]).argmax())
    if not 0 < best <= window.last - window.first:
        return None, float(np.exp(chances[0, best]))
    return _grown(reading, chosen, best - 1 + window.first, SOURCE_ON), float(np.exp(chances[0, best]))


def _grown(reading: Encoded, chosen: np.ndarray, head: int, inside: int) -> Span:
    """The characters of a cue or source from its head on, as long as the tag `inside` follows."""
    last = head + 1
    while last < len(chosen) and chosen[last] == inside:
        last += 1
    return _characters(reading, head, last)


def _characters(reading: Encoded, first: int, last: int) -> Span:
    """The pieces' characters, to the ends of their words."""
    pieces = reading.pieces
    while first > 0 and pieces.word[first - 1] == pieces.word[first] >= 0:
        first -= 1
    while last < len(pieces) and pieces.word[last] == pieces.word[last - 1] >= 0:
        last += 1
    return int(pieces.start[first]), int(pieces.end[last - 1])


def _pointers(states: np.ndarray, rows: np.ndarray, heads: Arrays, here: str, there: str) -> np.ndarray:
    """Log probability that each of the rows points to each row of the states (0: to none)."""
    # what the bias there adds is the same in all of a row, and drops out of its probabilities; the order in
    # which three matrices cost least hangs on how many rows ask
    scores = np.linalg.multi_dot([_linear(states[rows], heads, here), heads[there].T, states.T]) / SPREAD
    return _log_softmax(scores)


def _linear(rows: np.ndarray, heads: Arrays, name: str) -> np.ndarray:
    return rows @ heads[name] + heads[f"{name}_bias"]


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
