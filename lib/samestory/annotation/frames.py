"""Frames by codebook terms."""

from typing import NamedTuple

from spacy.tokens import Doc

from samestory.annotation.codebooks import Codebook


class FrameTerm(NamedTuple):
    """One piece of evidence; start:end are characters."""

    start: int
    end: int
    frame: str
    term: str


def frame_terms(doc: Doc, codebooks: list[Codebook] | None = None) -> list[FrameTerm]:
    """Find the terms of the codebooks, sorted by start."""
    return []
