"""How a text names someone: the words before a name, after it, or in its place.

"Kremlin chief Vladimir Putin", "Vladimir Putin, the Russian president", "the Kremlin head": the choice
among them is the outlet's: van Dijk (1988), News as Discourse, on how news actors are described.
"""

from typing import NamedTuple

from spacy.tokens import Doc

from samestory.annotation.names import Mention
from samestory.annotation.tokens import Tokens

_BEFORE = frozenset(("compound", "amod", "nmod", "poss", "nummod", "appos"))
_IN_TITLE = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "PART"))  # a verb there is a parsing error
_RELATIVE = frozenset(("WP", "WDT", "WP$", "WRB"))
_LONGEST = 10  # words; a longer description is a parsing error or a sentence
_KINDS = frozenset(("PERSON", "ORG", "GPE", "NORP"))


class Description(NamedTuple):
    """One description; start:end are the characters of its words alone."""

    start: int
    end: int
    how: str  # title (before the name), apposition (beside it), nominal (in its place)
    mention_start: int
    mention_end: int


def find_descriptions(doc: Doc, mentions: list[Mention]) -> list[Description]:
    """Find the descriptions of persons, organisations and countries, sorted by start.

    Args:
        doc: the article.
        mentions: its mentions; forms 'name' and 'nominal' are described.
    """
    tokens = Tokens.of(doc)
    rows = []
    for mention in mentions:
        if mention.kind not in _KINDS:
            continue
        if mention.form == "nominal":
            rows.append(_row(tokens, mention.first, mention.last, "nominal", mention))
        elif mention.form == "name" and mention.kind != "NORP":
            rows += _around(doc, tokens, mention)
    return sorted(rows)


def _around(doc: Doc, tokens: Tokens, mention: Mention):
    head = doc[mention.first : mention.last].root.i
    first = mention.first
    if mention.kind == "PERSON":
        first = _first_of_title(tokens, mention.first, head)
        if first < mention.first:
            yield _row(tokens, first, mention.first, "title", mention)
    if _is_apposition(tokens, head) and tokens.head[head] < first:
        noun = tokens.head[head]  # "the company's founder, Elon Musk": the founder describes him
        if tokens.pos[noun] == "NOUN" and noun < mention.first:
            yield from _phrase(doc, tokens, noun, noun + 1, mention)
    for i in range(mention.last, min(mention.last + _LONGEST, len(tokens.text))):
        if _is_apposition(tokens, i) and tokens.head[i] in range(mention.first, mention.last):
            yield from _phrase(doc, tokens, i, doc[i].right_edge.i + 1, mention)
            break


def _first_of_title(tokens: Tokens, first: int, head: int) -> int:
    """The first word of the title before a name: "Ukraine's President" but not "the"."""
    start = first
    while start and first - start < _LONGEST:
        i = start - 1
        governed = tokens.dep[i] == "case" or tokens.head[i] == head or start <= tokens.head[i] < first
        if not governed or tokens.dep[i] not in {*_BEFORE, "case"} or tokens.pos[i] not in _IN_TITLE:
            break
        start = i
    return start


def _is_apposition(tokens: Tokens, i: int) -> bool:
    return tokens.dep[i] == "appos" and tokens.pos[i] in ("NOUN", "PROPN")


def _phrase(doc: Doc, tokens: Tokens, head: int, last: int, mention: Mention):
    first = doc[head].left_edge.i
    if tokens.pos[head] == "PROPN" and first == head:
        return  # "Martha Stone, D-Calif."
    stop = next(
        (
            i
            for i in range(head + 1, last)
            if tokens.text[i] in ",;:—–()" or tokens.dep[i] == "relcl" or tokens.tag[i] in _RELATIVE
        ),
        last,
    )
    if 0 < stop - first <= _LONGEST and (stop <= mention.first or first >= mention.last):
        if tokens.text[first] in ",;:—–(\"'“":
            first += 1
        if first < stop:
            yield _row(tokens, first, stop, "apposition", mention)


def _row(tokens: Tokens, first: int, last: int, how: str, mention: Mention) -> Description:
    return Description(tokens.start[first], tokens.end[last - 1], how, mention.start, mention.end)
