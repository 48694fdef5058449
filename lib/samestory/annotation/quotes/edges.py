"""Where a content begins and ends: its quotation marks, whole phrases, and what of it is quoted."""

import re
from bisect import bisect_left, bisect_right

from samestory.annotation.quotes.decoding import Attribution
from samestory.annotation.quotes.marks import Marked
from samestory.annotation.tokens import Tokens

_WITHIN_PHRASE = {"nummod", "compound", "amod", "det", "poss", "nmod", "quantmod"}  # hang on a later word
_REACH = 4  # tokens to that word
_CLAUSE = 12  # tokens from "that" to the verb of its clause


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
