"""Quotes: who says, thinks or wants what, and the word that tells so."""

from samestory.annotation.quotes.finding import Quote, find_quotes

__all__ = ["Quote", "find_quotes"]
