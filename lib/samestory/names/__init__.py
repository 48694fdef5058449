"""Persons, bodies and places: found within an article, then known again in the others."""
