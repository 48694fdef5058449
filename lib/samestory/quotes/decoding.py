"""From the encoder's states to attributions: what is a content, a cue or a source, and what belongs together.

A tag is read for each piece (content, source, cue or none of them, with the first piece of each told apart).
Each piece of a content points to the head of its cue (or, without a cue, of its source), and a cue's head to
the head of its source. Then each content is given its exact edges: its quotation marks and whole phrases.

References:
    Newell, Margolin and Ruths (2018), An attribution relations corpus for political news, LREC (PolNeAR),
    whose definition of an attribution is learned; Dozat and Manning (2017), Deep biaffine attention, ICLR.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from samestory.language.encoder import Encoded, read_arrays
from samestory.language.marks import Marked
from samestory.language.tokens import Tokens

OUT, CONTENT, CONTENT_ON, SOURCE, SOURCE_ON, CUE, CUE_ON = range(7)
ANEW = 2.0  # log odds by which a content must begin anew to be cut off from the one before it
SAID = 2.0  # log odds that what stands in marks, set off as an utterance, is a content
STRAY = 3  # pieces: so short a content beside words in marks is a slip
LEAST = 0.4  # certainty from which an attribution is listed
SUREST = 0.999  # a probability beyond it says no more
SPREAD = 14.0  # of a pointer's scores, about the root of its 192 dimensions
Span = tuple[int, int]  # characters, half-open
_WITHIN_PHRASE = {"nummod", "compound", "amod", "det", "poss", "nmod", "quantmod"}  # hang on a later word
_REACH = 4  # tokens to that word
_CLAUSE = 12  # tokens from "that" to the verb of its clause


class Attribution(NamedTuple):
    """Who says or thinks what, as character ranges."""

    content: list[Span]  # more than one where its speaker interrupts it, or it goes on in another paragraph
    cue: Span | None
    source: Span | None
    certainty: float  # 0 to 1: the chance that a reader would mark the same content and source
    facts: tuple[float, ...] = ()  # what the certainty rests on


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
    heads: Mapping[str, np.ndarray] | None = None,
    least: float = LEAST,
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
    scores[marked > 0, CONTENT : CONTENT_ON + 1] += SAID
    tags = _log_softmax(scores)
    chosen = tags.argmax(axis=1)
    _end_with_the_marks(chosen, marked)
    groups: dict[tuple, list[_Part]] = {}
    for part in _parts(reading, tags, chosen, heads):
        groups.setdefault((part.head,) if part.head >= 0 else (-1, part.first), []).append(part)
    groups = {head: _without_strays(parts, marked) for head, parts in groups.items()}
    found = (_attribution(reading, tags, chosen, heads, parts) for parts in groups.values())
    return sorted(
        (item for item in found if item is not None and item.certainty >= least),
        key=lambda item: item.content,
    )


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


def _parts(reading: Encoded, tags, chosen, heads) -> list[_Part]:
    content = (chosen == CONTENT) | (chosen == CONTENT_ON)
    anew = (chosen == CONTENT) & (tags[:, CONTENT] - tags[:, CONTENT_ON] > ANEW)
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
            share = np.log(chances[low:high] + 1e-9).mean(axis=0)
            best = int(share.argmax())
            pointed = float(chances[low:high, best].mean())
            inside = 0 < best <= window.last - window.first
            parts.append(_Part(first, last, number, best - 1 + window.first if inside else -1, pointed))
    return parts


def _without_strays(parts: list[_Part], marked: np.ndarray) -> list[_Part]:
    """Without a word or two that stand outside the marks of an utterance said by the same."""
    said = [part for part in parts if marked[part.first : part.last].any()]
    return [part for part in parts if part in said or not said or part.last - part.first > STRAY]


def _attribution(reading: Encoded, tags, chosen, heads, parts: list[_Part]) -> Attribution | None:
    rows = np.concatenate([np.arange(part.first, part.last) for part in parts])
    if len(rows) < 2:
        return None
    head = parts[0].head
    content = float(np.exp(tags[rows, CONTENT : CONTENT_ON + 1]).sum(axis=1).mean())
    size = [part.last - part.first for part in parts]
    pointed = float(np.average([part.pointed for part in parts], weights=size)) if head >= 0 else 0.5
    is_head = float(np.exp(tags[head, SOURCE:]).sum()) if head >= 0 else 0.5
    cue, source, sourced = None, None, 0.5
    if head >= 0:
        if tags[head, CUE:].max() >= tags[head, SOURCE : SOURCE_ON + 1].max():
            cue = _grown(reading, chosen, head, CUE_ON)
            source, sourced = _source(reading, chosen, heads, parts[0].window, head)
        else:
            source = _grown(reading, chosen, head, SOURCE_ON)
    spans = [_characters(reading, part.first, part.last) for part in parts]
    found = _facts(content, pointed, is_head, sourced, source is not None)
    return Attribution(spans, cue, source, certainty(found), found)


def _facts(
    content: float, pointed: float, head: float, sourced: float, has_source: bool
) -> tuple[float, ...]:
    """What the certainty rests on, as log odds of the encoder's own probabilities.

    Args:
        content: mean probability that the pieces are content.
        pointed: that they point to their head.
        head: that this is a cue or a source.
        sourced: that the cue points to its source.
    """
    chances = [min(max(chance, 1 - SUREST), SUREST) for chance in (content, pointed, head, sourced)]
    odds = [math.log(chance / (1 - chance)) for chance in chances]
    return (*odds[:3], odds[3] * has_source, float(has_source))


def certainty(facts: tuple[float, ...]) -> float:
    """0 to 1, calibrated on articles that the encoder had not seen (`training/held_out.py`)."""
    weights = read_arrays("calibration")
    return float(1 / (1 + np.exp(-(np.array(facts) @ weights["quote"] + weights["quote_bias"]))))


def _source(reading: Encoded, chosen, heads, number: int, cue: int) -> tuple[Span | None, float]:
    """What a cue points to, and how surely."""
    window, states = reading.windows[number], reading.states[number]
    chances = _pointers(states, np.array([cue - window.first + 1]), heads, "cue_to_source", "source_of_cue")
    best = int(chances[0].argmax())
    if not 0 < best <= window.last - window.first:
        return None, float(chances[0, best])
    return _grown(reading, chosen, best - 1 + window.first, SOURCE_ON), float(chances[0, best])


def _grown(reading: Encoded, chosen: np.ndarray, head: int, inside: int) -> Span:
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


def _pointers(states: np.ndarray, rows: np.ndarray, heads, here: str, there: str) -> np.ndarray:
    """Probability that each of the rows points to each row of the states (0: to none)."""
    scores = _linear(states[rows], heads, here) @ _linear(states, heads, there).T / SPREAD
    return np.exp(_log_softmax(scores))


def _linear(rows: np.ndarray, heads: dict[str, np.ndarray], name: str) -> np.ndarray:
    return rows @ heads[name] + heads[f"{name}_bias"]


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def within_marks(passages: list[Marked], start: int, end: int, item: Attribution) -> tuple[int, int]:
    """The content with the further sentences of a quotation that it opens."""
    for passage in near(passages, end - 1, end):
        outside = item.cue is None or not passage.start <= item.cue[0] < passage.end
        if start <= passage.start < end < passage.end and outside:
            return start, passage.end
    return start, end


def with_partners(passages: list[Marked], start: int, end: int) -> tuple[int, int]:
    """With the mark at an edge whose partner stands within: the plan is "a farce" """
    for passage in near(passages, start, end):
        if start < passage.start and end == passage.end and passage.closed:
            end += 1
        elif start == passage.start and passage.end < end:
            start -= 1
    return start, end


def from_the_opening(tok: Tokens, start: int) -> int:
    """The start of the content, with the "to" or "that" that opens its clause."""
    first = bisect_right(tok.end, start)
    before = first - 1
    if before >= 0 and tok.lower[before] in ("to", "that") and tok.dep[before] in ("aux", "mark"):
        head = tok.head[before]
        if first <= head <= first + _CLAUSE:
            return tok.start[before]
    return start


def to_the_phrases_end(tok: Tokens, end: int) -> int:
    """The end of the content, with the rest of a phrase or an abbreviation that it breaks off in.

    "for 10 days", "the 61-year-old emir", "at 5 p.m."
    """
    last = bisect_left(tok.start, end) - 1
    if last < 0 or tok.end[last] < end:
        return end
    while tok.dep[last] in _WITHIN_PHRASE and last < tok.head[last] <= last + _REACH:
        last = tok.head[last]
    ended = tok.end[last] == end + 1 and tok.text[last].endswith(".")
    return tok.end[last] if ended or tok.end[last] > end + 1 else end


def without_remark(text: str, passages: list[Marked], start: int, end: int) -> int:
    """The end of the content, without the narrator's own "but ..." after the marks."""
    last = [item.end for item in near(passages, start, end) if item.end < end]
    return last[-1] if last and re.match(r"\W{0,3}but\b", text[last[-1] : end]) else end


def trim(text: str, passages: list[Marked], start: int, end: int) -> tuple[int, int]:
    """Without white space, quotation marks and dangling punctuation at the edges.

    A full stop or question mark that stands within the content's own marks belongs to it.
    """
    while start < end and not (text[start].isalnum() or text[start] in "$£€([#@…"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%)]"):
        end -= 1
    for passage in near(passages, end, end):
        if not any(letter.isalnum() for letter in text[end : passage.end]):
            stop = passage.end
            while stop > end and text[stop - 1] not in ".?!…)":
                stop -= 1
            return start, stop
    return start, end


def kind_of(text: str, passages: list[Marked], start: int, end: int, holes: list) -> str:
    """direct: every word within marks; indirect: none; cue, speaker and what is between left out."""
    touched = near(passages, start, end)
    if not touched:
        return "indirect"
    pieces = [(max(item.start, start), min(item.end, end)) for item in touched]
    gaps, place = [], start
    for first, last in pieces:
        gaps.append((place, first))
        place = last
    gaps.append((place, end))
    for first, last in gaps:
        said_between = (
            start < first and last < end and any(a is not None and first <= a < last for a, _ in holes)
        )
        if not said_between and any(letter.isalnum() for letter in text[first:last]):
            return "mixed"
    return "direct"


def near(passages: list[Marked], start: int, end: int) -> list[Marked]:
    """The passages that share characters with start:end."""
    first = bisect_right(passages, start, key=lambda item: item.end)
    last = bisect_left(passages, max(end, start + 1), key=lambda item: item.start)
    return passages[first:last]
