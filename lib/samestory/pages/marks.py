"""Marks in a text, and the HTML in which they may overlap."""

import bisect
import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup, escape

from samestory.pages.html import passage_anchor

# From the outside in, where marks lie over each other.
LAYERS = ("quotes", "frames", "names", "times", "loaded")


class Mark(NamedTuple):
    """One marked passage, start:end in characters of the article's text."""

    start: int
    end: int
    layer: str
    css: str  # further classes
    note: str  # the explanation
    tag: str = ""  # the label in the text; none where empty
    tag_first: bool = False  # whether the label stands before the passage
    counted: bool = True


def mark_paragraphs(
    article_id: str, text: str, marks: list[Mark], places: Iterable[int] = ()
) -> list[Markup]:
    """The paragraphs as HTML: text escaped, marks split wherever they overlap, places to link to.

    Args:
        article_id: for the anchors.
        text: the article's text, paragraphs separated by a blank line.
        marks: from the outside in.
        places: further positions that get an anchor, besides the start of every mark.
    """
    anchors = {mark.start for mark in marks} | set(places)
    paragraphs = _paragraphs(text)
    cuts = anchors | {mark.end for mark in marks} | {edge for pair in paragraphs for edge in pair}
    pieces, html = _pieces(sorted(cuts), marks), []
    for first, last in paragraphs:
        parts = []
        for start, end, active in pieces:
            if start >= first:
                if start in anchors:
                    parts.append(_PLACE.format(passage_anchor(article_id, start)))
                parts.append(_piece(text[start:end], start, end, active))
            if end == last:
                break
        html.append(Markup("").join(parts))
    return html


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each, without the white space around it."""
    found, start = [], 0
    for paragraph in text.split("\n\n"):
        trimmed = paragraph.strip()
        if trimmed:
            first = start + paragraph.index(trimmed[0])
            found.append((first, first + len(trimmed)))
        start += len(paragraph) + 2
    return found


def _pieces(cuts: list[int], marks: list[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Each stretch between two cuts with the marks that cover it, from the outside in."""
    coming = sorted(range(len(marks)), key=lambda n: marks[n].start, reverse=True)
    active: list[int] = []
    for start, end in itertools.pairwise(cuts):
        active = [n for n in active if marks[n].end > start]
        while coming and marks[coming[-1]].start <= start:
            new = coming.pop()
            if marks[new].end > start:
                bisect.insort(active, new)
        yield start, end, [marks[n] for n in active]


_PLACE = Markup('<span class="place" id="{}"></span>')
_MARK = Markup('<span class="mark {}"{}>{}</span>')
_TITLE = Markup(' title="{}"')
_TAG = Markup('<span class="tag {}" tabindex="0" role="note" aria-label="{}">[{}]</span>')


def _piece(text: str, start: int, end: int, active: list[Mark]) -> Markup:
    """One stretch of text in its marks, with the labels of those that start or end here."""
    # Browsers show the innermost title alone, so it holds the notes of all.
    notes, html = "\n".join(mark.note for mark in active), escape(text)
    for n, mark in enumerate(reversed(active)):
        title = "" if n else _TITLE.format(notes)
        html = _MARK.format(f"{mark.layer} {mark.css}".strip(), title, html)
    before = [mark for mark in active if mark.tag and mark.tag_first and mark.start == start]
    after = [mark for mark in active if mark.tag and not mark.tag_first and mark.end == end]
    return Markup("").join([*map(_tag, before), html, *map(_tag, reversed(after))])


def _tag(mark: Mark) -> Markup:
    return _TAG.format(mark.layer, mark.note, mark.tag)
