"""Sentiment toward a person or organisation that a sentence mentions."""

from spacy.tokens import Doc

from samestory.annotation.names import Mention


def sentiment_toward_mentions(doc: Doc, mentions: list[Mention]) -> list[Mention]:
    """Fill `toward` of the mentions of persons and organisations."""
    return mentions
