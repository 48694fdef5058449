"""Sentiment: the tone of sentences, each voice apart, and the tone toward an actor (notebook 2)."""

from samestory.sentiment.about import sentences_about
from samestory.sentiment.across import (
    evidence,
    sentence_tone,
    tone,
    tone_by_definition,
    tone_differences,
    tone_toward,
    toward_differences,
    toward_sentences,
)
from samestory.sentiment.findings import in_short
from samestory.sentiment.plots import plot_tone, plot_tone_through, plot_tone_toward
from samestory.sentiment.polarity import ToneWords, read_tone_words, sentence_polarity

__all__ = [
    "ToneWords", "evidence", "in_short", "plot_tone", "plot_tone_through", "plot_tone_toward",
    "read_tone_words", "sentence_polarity", "sentence_tone", "sentences_about", "tone", "tone_by_definition",
    "tone_differences", "tone_toward", "toward_differences", "toward_sentences",
]  # fmt: skip
