"""Marks in a text: which passages are marked, how, and the HTML in which they may overlap."""

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from samestory.annotation.loaded import SHOWN
from samestory.annotation.toward import FAVOURABLE, UNFAVOURABLE
from samestory.display.html import passage_anchor
from samestory.display.tables import format_value
from samestory.story import Story

# From the outside in, where marks lie over each other.
LAYERS = ("quotes", "frames", "names", "times", "loaded")
UNITS = {  # of TIMEX3
    "DE": "decade",
    "Y": "year",
    "M": "month",
    "W": "week",
    "D": "day",
    "H": "hour",
    "S": "second",
}


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


def article_marks(story: Story, article_id: str, text: str, speakers: Mapping[str, int]) -> list[Mark]:
    """Everything found in one article, sorted from the outside in.

    Args:
        story: the tables.
        article_id: whose rows.
        text: the article's text.
        speakers: speaker -> number of the colour.
    """

    def rows(table: pd.DataFrame):
        return table[table["article_id"] == article_id].itertuples()

    marks = [mark for row in rows(story.quotes) for mark in _quote_marks(row, text, speakers)]
    marks += [_time_mark(row) for row in rows(story.times)]
    marks += [_name_mark(row) for row in rows(story.mentions)]
    marks += [
        Mark(row.start, row.end, "loaded", "", f"loaded wording, score {row.score:.2f} of 1", "!")
        for row in rows(story.loaded)
        if row.score >= SHOWN
    ]
    marks += [
        Mark(row.start, row.end, "frames", "", f"frame: {row.frame}; codebook term: {row.term}", row.frame)
        for row in rows(story.frames)
    ]
    order = {name: n for n, name in enumerate([*LAYERS, "cues"])}
    return sorted(marks, key=lambda mark: (order[mark.layer], mark.start, -mark.end, mark.note))


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
    active = []
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
    title = _TITLE.format("\n".join(mark.note for mark in active))
    html = escape(text)
    for mark in reversed(active):
        html = _MARK.format(f"{mark.layer} {mark.css}".strip(), title, html)
        title = ""
    before = [mark for mark in active if mark.tag and mark.tag_first and mark.start == start]
    after = [mark for mark in active if mark.tag and not mark.tag_first and mark.end == end]
    return Markup("").join([*map(_tag, before), html, *map(_tag, reversed(after))])


def _tag(mark: Mark) -> Markup:
    return _TAG.format(mark.layer, mark.note, mark.tag)


def _quote_marks(quote, text: str, speakers: Mapping[str, int]) -> list[Mark]:
    """The content of a quote, its cue and the words that name the speaker."""
    colour = f"speaker-{speakers.get(quote.speaker, 0)}"
    speaker = quote.speaker if pd.notna(quote.speaker) else "no speaker named"
    cue = _part(text, quote.cue_start, quote.cue_end)
    named = _part(text, quote.speaker_start, quote.speaker_end)
    note = f"{quote.kind} {'quote' if quote.act == 'speech' else quote.act}: {speaker}"
    note += f"; called “{named}” here" * bool(named and named != speaker)
    note += f"; cue “{cue}”" * bool(cue)
    note += f" ({quote.stance})" * bool(cue and pd.notna(quote.stance))
    tag = f"{speaker} · {cue}" if cue else speaker
    css = f"{colour} {quote.kind} {quote.act}"
    marks = [Mark(quote.start, quote.end, "quotes", css, note, tag, tag_first=True)]
    for start, end, part in (
        (quote.cue_start, quote.cue_end, "cue"),
        (quote.speaker_start, quote.speaker_end, "speaker"),
    ):
        if pd.notna(start) and pd.notna(end):
            marks.append(Mark(start, end, "cues", part, f"{part} of a quote: {speaker}", counted=False))
    return marks


def _part(text: str, start, end) -> str:
    return "" if pd.isna(start) or pd.isna(end) else " ".join(text[start:end].split())


def _time_mark(time) -> Mark:
    """The day or span that an expression means; durations and sets have none."""
    days = [format_value(day) for day in (time.earliest, time.latest) if pd.notna(day)]
    first_days = [day.split(",")[0] for day in days]
    tag = " to ".join(dict.fromkeys(first_days)) or _duration(str(time.value))
    note = f"time ({str(time.type).lower()}): {time.value}"
    note += f", {' to '.join(dict.fromkeys(days))}" * bool(days)
    return Mark(time.start, time.end, "times", "", note, tag)


def _duration(value: str) -> str:
    """A TIMEX3 length of time in words: "1 hour" for PT1H; others stay as they are."""
    found = re.fullmatch(r"P(T?)(\d{1,9})(DE|[YMWDHS])", value)
    if not found:
        return value
    unit = "minute" if found[1] and found[3] == "M" else UNITS[found[3]]
    return f"{found[2]} {unit}" + "s" * (int(found[2]) != 1)


def _name_mark(mention) -> Mark:
    """Whom or what a mention means; the label says it only where the text does not."""
    entity = mention.entity if pd.notna(mention.entity) else mention.text
    note = f"{mention.kind}: {entity}"
    if pd.notna(mention.toward):
        clear = not UNFAVOURABLE <= mention.toward <= FAVOURABLE
        note += f"; tone toward it: {f'{mention.toward:+.2f} (from -1 to 1)' if clear else 'neutral'}"
    tag = "" if entity == mention.text else f"= {entity}"
    return Mark(mention.start, mention.end, "names", "", note, tag)
