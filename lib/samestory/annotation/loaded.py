"""Loaded (evaluative, charged) wording."""

from typing import NamedTuple

from spacy.tokens import Doc

from samestory.annotation.quotes import Quote


class Loaded(NamedTuple):
    """One loaded wording; start:end are characters."""

    start: int
    end: int
    score: float
    voice: str


def loaded_spans(doc: Doc, quotes: list[Quote]) -> list[Loaded]:
    """Find loaded wording, sorted by start."""
    return []
