"""The sentences of one article: whose voice, and TextBlob's polarity and subjectivity."""

from typing import NamedTuple

from spacy.tokens import Doc

from samestory.annotation.quotes import Quote


class Sentence(NamedTuple):
    """One sentence; start:end are characters, trimmed of white space."""

    start: int
    end: int
    sentence: int
    paragraph: int
    voice: str
    polarity: float | None
    subjectivity: float | None


def find_sentences(doc: Doc, quotes: list[Quote]) -> list[Sentence]:
    """List the sentences in text order."""
    return []
