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
    opens: str = ""  # who speaks: the label stands before the passage, and without styles in brackets
    counted: bool = True


def mark_paragraphs(
    article_id: str,
    text: str,
    marks: list[Mark],
    places: Iterable[int] = (),
    *,
    sentences: Iterable[tuple[int, int]] = (),
) -> list[Markup]:
    """The paragraphs as HTML: text escaped, marks split wherever they overlap, places to link to.

    Args:
        article_id: for the anchors.
        text: the article's text, paragraphs separated by a blank line.
        marks: from the outside in.
        places: further positions that get an anchor, besides the start of every mark.
        sentences: start and end of each, in the order of the text: the one that a link leads to is lit whole.
    """
    anchors = {mark.start for mark in marks} | set(places)
    paragraphs, sentences = _paragraphs(text), list(sentences)
    starts = [start for start, _ in sentences]
    edges = {edge for pair in (*paragraphs, *sentences) for edge in pair}
    cuts = anchors | {mark.end for mark in marks} | edges
    pieces, html = _pieces(sorted(cuts), marks), []
    for first, last in paragraphs:
        parts: list[tuple[int, Markup]] = []
        for start, end, active in pieces:
            if start >= first:
                number = bisect.bisect_right(starts, start) - 1
                inside = number if number >= 0 and start < sentences[number][1] else -1
                if start in anchors:
                    parts.append((inside, _PLACE.format(passage_anchor(article_id, start))))
                parts.append((inside, _piece(text[start:end], start, end, active)))
            if end == last:
                break
        html.append(_in_sentences(parts))
    return html


def _in_sentences(parts: list[tuple[int, Markup]]) -> Markup:
    """What stands in one sentence (-1: in none) as one element."""
    html = Markup("")
    for number, group in itertools.groupby(parts, key=lambda part: part[0]):
        inner = Markup("").join(part for _, part in group)
        html += inner if number < 0 else _SENTENCE.format(inner)
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


# JupyterLab looks for the second name where a link leads into another notebook.
_PLACE = Markup('<span class="place" id="{0}" data-jupyter-id="{0}"></span>')
_SENTENCE = Markup('<span class="sentence">{}</span>')
_MARK = Markup('<span class="mark {}"{}>{}</span>')
_TITLE = Markup(' title="{}"')
# The words of a label come with the styles: without them (GitHub, an untrusted notebook) all the labels
# at once would bury the text, and only quotes are marked, in brackets that no article has.
_TAG = Markup('<span class="tag {}" tabindex="0" role="note" aria-label="{}" data-label="[{}]"></span>')
_OPENS, _CLOSES = Markup('<span class="plain">⟦{}: </span>'), Markup('<span class="plain">⟧</span>')


def _piece(text: str, start: int, end: int, active: list[Mark]) -> Markup:
    """One stretch of text in its marks, with the labels of those that start or end here."""
    # Browsers show the innermost title alone, so it holds the notes of all.
    notes, html = "\n".join(mark.note for mark in active), escape(text)
    for n, mark in enumerate(reversed(active)):
        title = "" if n else _TITLE.format(notes)
        html = _MARK.format(f"{mark.layer} {mark.css}".strip(), title, html)
    opened = [mark for mark in active if mark.opens and mark.start == start]
    closed = [mark for mark in active if mark.opens and mark.end == end]
    tagged = [mark for mark in active if mark.tag and not mark.opens and mark.end == end]
    before = [part for mark in opened for part in (_OPENS.format(mark.opens), _tag(mark))]
    return Markup("").join([*before, html, *map(_tag, reversed(tagged)), *[_CLOSES] * len(closed)])


def _tag(mark: Mark) -> Markup:
    return _TAG.format(mark.layer, mark.note, mark.tag)
