"""Persons, bodies and places: found within an article, then known again in the others."""

from samestory.names.doubtful import perhaps_one

__all__ = ["perhaps_one"]
