"""Quotes that the layout attributes and no verb: lines of a transcript, and names set under a quote.

Too rare in a corpus of articles to be learned from it, and plain enough for rules.
"""

import re
from collections import Counter
from typing import NamedTuple

from samestory.annotation.quotes.marks import Marked, paragraphs

_NAME = r"[A-Z][\w.’'-]*(?:[ ](?:(?:de|del|la|van|von|der|bin|al|of|the)[ ])*[A-Z][\w.’'-]*){0,4}"
# SMITH: I do.  |  SEN. TIM KAINE (D-VA.): No.  |  MARK OYELARAN, HOST: Good evening.  |  Q: And then?
_LINE = re.compile(
    rf"[\"“”]?(?P<name>{_NAME})(?:,[ ][\w .’'&-]{{1,40}})?(?:[ ]\([^()\n]{{1,40}}\))?:[\"“”]?\s+(?=\S)"
)
# "This is a disgrace." ― Ann Lee, 43, of Ohio; the dash may stand on the next line, or be left out in a list
_BYLINE = re.compile(
    rf"[\"”’»“]?(?P<gap>\s{{0,3}})(?P<dash>[―—–-]{{1,2}})?[^\S\n]*(?P<name>{_NAME})(?:[ ]\(@\w+\))?"
    r"(?:,[^\n.]{1,60})?\.?[^\S\n]*(?=\n|$)"
)
_LABELS = frozenset(
    [
        "ADDRESS",
        "ADVERTISEMENT",
        "ANALYSIS",
        "BREAKING",
        "CLARIFICATION",
        "CORRECTION",
        "DATE",
        "EDITOR",
        "EXCLUSIVE",
        "FACT",
        "LIVE",
        "MORE",
        "NOTE",
        "OPINION",
        "PHOTO",
        "PHOTOS",
        "PRICE",
        "READ",
        "RELATED",
        "REVIEW",
        "SEE",
        "SOURCE",
        "SOURCES",
        "TIME",
        "UPDATE",
        "UPDATED",
        "VIDEO",
        "WARNING",
        "WATCH",
    ]
)
_FURTHER = 3  # paragraphs without a name that a turn may run on for, up to the next name


class Line(NamedTuple):
    """Half-open character ranges."""

    content: tuple[int, int]
    source: tuple[int, int]
    cue: tuple[int, int] | None  # the colon or dash


def speaker_lines(text: str) -> list[Line]:
    """Turns of a transcript: a name and a colon begin a paragraph.

    A name in small letters is one only where names come back, as in an interview. One line in capitals
    alone is a turn only if the name stands elsewhere too; "UPDATE:" is none.
    """
    blocks = paragraphs(text)
    heads = [(number, head) for number, (a, b) in enumerate(blocks) if (head := _LINE.match(text, a, b))]
    heads = [(number, head) for number, head in heads if not _LABELS & set(head["name"].upper().split())]
    turns = Counter(head["name"] for _, head in heads)
    if len(turns) < 2 or max(turns.values()) < 2:
        heads = [(number, head) for number, head in heads if head["name"].isupper()]
    if len(heads) == 1 and heads[0][1]["name"].split()[-1].title() not in text:
        return []
    found = []
    for place, (number, head) in enumerate(heads):
        stop = number
        if place + 1 < len(heads) and heads[place + 1][0] - number - 1 <= _FURTHER:
            following = range(number + 1, heads[place + 1][0])
            stop = next((n - 1 for n in following if text[blocks[n][0]] in '(["“”'), heads[place + 1][0] - 1)
        colon = text.index(":", head.end("name"))
        found.append(Line((head.end(), blocks[stop][1]), head.span("name"), (colon, colon + 1)))
    return found


def bylines(text: str, passages: list[Marked]) -> list[Line]:
    """Passages between marks that a name follows, after a dash, up to the end of the line.

    Without a dash, two at least make a list of comments.
    """
    matches = [
        (passage, match)
        for passage in passages
        if passage.closed and (match := _BYLINE.match(text, passage.end, passage.end + 160))
    ]
    listed = [match for _, match in matches if not match["dash"] and "\n" not in match["gap"]]
    return [
        Line((passage.start, passage.end), match.span("name"), match.span("dash") if match["dash"] else None)
        for passage, match in matches
        if match["dash"] or (match in listed and len(listed) > 1)
    ]
