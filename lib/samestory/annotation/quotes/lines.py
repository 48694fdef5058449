"""Quotes that the layout attributes and no verb: lines of a transcript, and names set under a quote.

Too rare in a corpus of articles to be learned from it, and plain enough for rules.
"""

import re
from typing import NamedTuple

from samestory.annotation.quotes.features import names
from samestory.annotation.quotes.marks import Marked, paragraphs

# SMITH: I do.  |  SEN. TIM KAINE (D-VA.): No.  |  Q: And then?
_LINE = re.compile(
    r"[\"“”]?(?P<name>(?:[A-Z][A-Z.’'-]+|[QA])(?:[ ][A-Z][A-Z.’'-]+){0,3})"
    r"(?:[ ]\([^()\n]{1,40}\))?:[\"“”]?\s+(?=\S)"
)
# "This is a disgrace." ― Ann Lee, 43, of Ohio
_BYLINE = re.compile(
    r"[\"”’»“]?[^\S\n]*[―—–-]{1,2}[^\S\n]*"
    r"(?P<name>[A-Z][\w.’'-]+(?:[^\S\n]+(?:(?:de|del|la|van|von|der|bin|al|of|the)[^\S\n]+)*[A-Z][\w.’'-]+){0,4})"
    r"(?:,[^\n.]{1,60})?\.?[^\S\n]*(?=\n|$)"
)
_LABELS = frozenset(
    names(
        "ADVERTISEMENT ANALYSIS BREAKING CLARIFICATION CORRECTION EDITOR EXCLUSIVE FACT LIVE MORE NOTE "
        "OPINION PHOTOS READ RELATED REVIEW SEE SOURCE SOURCES UPDATE UPDATED VIDEO WARNING WATCH"
    )
)
_FURTHER = 3  # paragraphs without a name that a turn may run on for, up to the next name


class Line(NamedTuple):
    """Half-open character ranges."""

    content: tuple[int, int]
    source: tuple[int, int]
    cue: tuple[int, int]  # the colon or dash


def speaker_lines(text: str) -> list[Line]:
    """Turns of a transcript: a name in capitals and a colon begin a paragraph.

    One such line alone is a turn only if the name stands elsewhere too; "UPDATE:" is none.
    """
    blocks = paragraphs(text)
    heads = [(number, head) for number, (a, b) in enumerate(blocks) if (head := _LINE.match(text, a, b))]
    heads = [(number, head) for number, head in heads if not _LABELS & set(head["name"].split())]
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
    """Passages between marks that a dash and a name follow, up to the end of the line."""
    found = []
    for passage in passages:
        if passage.closed and (match := _BYLINE.match(text, passage.end, passage.end + 160)):
            dash = match.start("name") - 1
            while text[dash] not in "―—–-":
                dash -= 1
            found.append(Line((passage.start, passage.end), match.span("name"), (dash, dash + 1)))
    return found
