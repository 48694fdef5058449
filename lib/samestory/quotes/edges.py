"""The exact edges of a content: its quotation marks, whole phrases and no dangling punctuation."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from samestory.language.quotation_marks import Marked
from samestory.language.tokens import Tokens
from samestory.quotes.decoding import Attribution, Span

_WITHIN_PHRASE = {"nummod", "compound", "amod", "det", "poss", "nmod", "quantmod"}  # hang on a later word
_REACH = 4  # tokens to that word
_CLAUSE = 12  # tokens from "that" to the verb of its clause


def edges_of(
    text: str, tok: Tokens, passages: list[Marked], part: Span, item: Attribution, named: Iterable[Span]
) -> tuple[int, int, str]:
    """Start and end of a part of a content, and its kind: direct, indirect or mixed.

    Args:
        passages: what stands between quotation marks in the article.
        part: the part of the content as the encoder sees it.
        item: the whole attribution.
        named: the words for its cue and speaker; those that interrupt a content do not make it mixed.
    """
    start, end = _to_the_marks_end(passages, *part, item)
    start, end = trim(text, passages, start, _without_remark(text, passages, start, end))
    start, end = _whole_phrases(tok, start, end)
    kind = _kind(text, passages, start, end, named)
    if kind == "mixed":
        start, end = _with_partners(passages, start, end)
    return start, end, kind


def trim(text: str, passages: list[Marked], start: int, end: int) -> Span:
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


def near(passages: list[Marked], start: int, end: int) -> list[Marked]:
    """The passages that share characters with start:end, or with its first character when it is empty."""
    first = bisect_right(passages, start, key=lambda item: item.end)
    last = bisect_left(passages, max(end, start + 1), key=lambda item: item.start)
    return passages[first:last]


def _to_the_marks_end(passages: list[Marked], start: int, end: int, item: Attribution) -> Span:
    """With the further sentences of a quotation that the content opens."""
    for passage in near(passages, end - 1, end):
        outside = item.cue is None or not passage.start <= item.cue[0] < passage.end
        if start <= passage.start < end < passage.end and outside:
            return start, passage.end
    return start, end


def _without_remark(text: str, passages: list[Marked], start: int, end: int) -> int:
    """The end of the content, without the narrator's own "but ..." after the marks."""
    last = [item.end for item in near(passages, start, end) if item.end < end]
    return last[-1] if last and re.match(r"\W{0,3}but\b", text[last[-1] : end]) else end


def _whole_phrases(tok: Tokens, start: int, end: int) -> Span:
    """With the "to" or "that" that opens the clause, and the rest of a phrase that the content breaks off in.

    "for 10 days", "the 61-year-old emir", "at 5 p.m."
    """
    within = tok.within(start, end)
    before, last = within.start - 1, within.stop - 1
    opens = before >= 0 and tok.lower[before] in ("to", "that") and tok.dep[before] in ("aux", "mark")
    if opens and before < tok.head[before] <= within.start + _CLAUSE:
        start = tok.start[before]
    if last < 0 or tok.end[last] < end:
        return start, end
    while tok.dep[last] in _WITHIN_PHRASE and last < tok.head[last] <= last + _REACH:
        last = tok.head[last]
    ended = tok.end[last] == end + 1 and tok.text[last].endswith(".")
    return start, tok.end[last] if ended or tok.end[last] > end + 1 else end


def _kind(text: str, passages: list[Marked], start: int, end: int, named: Iterable[Span]) -> str:
    """direct: every word within marks; indirect: none; cue, speaker and what is between left out."""
    touched = near(passages, start, end)
    if not touched:
        return "indirect"
    inner = (edge for item in touched for edge in (max(item.start, start), min(item.end, end)))
    edges = [start, *inner, end]
    for first, last in zip(edges[::2], edges[1::2], strict=True):  # outside of the marks
        interrupts = start < first and last < end and any(first <= a < last for a, _ in named)
        if not interrupts and any(letter.isalnum() for letter in text[first:last]):
            return "mixed"
    return "direct"


def _with_partners(passages: list[Marked], start: int, end: int) -> Span:
    """With the mark at an edge whose partner stands within: the plan is "a farce" """
    for passage in near(passages, start, end):
        if start < passage.start and end == passage.end and passage.closed:
            end += 1
        elif start == passage.start and passage.end < end:
            start -= 1
    return start, end
