"""Mentions of persons, organisations and places in one article, and which are the same."""

from typing import NamedTuple

from spacy.tokens import Doc


class Mention(NamedTuple):
    """One mention; start:end are characters, first:last tokens (half-open both)."""

    start: int
    end: int
    first: int
    last: int
    kind: str  # OntoNotes label
    form: str  # name, nominal, pronoun
    entity: str | None  # the article's own best form of the name
    role: str  # subject, object, possessive, other
    toward: float | None = None


def find_mentions(doc: Doc, *, title: str = "") -> list[Mention]:
    """Find the mentions, sorted by start."""
    return [
        Mention(e.start_char, e.end_char, e.start, e.end, e.label_, "name", e.text, "other") for e in doc.ents
    ]
