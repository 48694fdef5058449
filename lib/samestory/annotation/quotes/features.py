"""Hashed features: many candidates at once, each a row of places in a table of weights.

The hashing trick of Weinberger et al. (2009), Feature hashing for large scale multitask learning,
ICML: no vocabulary is stored, only weights.
"""

from collections.abc import Iterable

import numpy as np

BITS = 18
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_LAST = np.uint64(64 - BITS)
_NONE = np.uint64(0)


def mix(*columns: np.ndarray) -> np.ndarray:
    """Combine columns of hashes into one; 0 (absent) wherever one of them is 0."""
    mixed, absent = columns[0] * _PRIME, columns[0] == _NONE
    for column in columns[1:]:
        mixed = ((mixed ^ (mixed >> _SHIFT)) + column) * _PRIME
        absent = absent | (column == _NONE)
    return np.where(absent, _NONE, mixed)


def bucket(numbers: np.ndarray) -> np.ndarray:
    """Whole numbers on a coarse scale, exact near 0; never absent."""
    size = np.abs(numbers).astype(np.float64)
    step = np.where(size < 5, size, 3 + np.floor(2 * np.log2(np.maximum(size, 1) / 2)))
    return (np.where(numbers < 0, -step, step) + 100).astype(np.uint64)


def flag(condition: np.ndarray) -> np.ndarray:
    """1 where true, absent where false."""
    return condition.astype(np.uint64)


def known(column: np.ndarray) -> np.ndarray:
    """The column with its 0 made a value of its own: "none" is then a fact and not absent."""
    return column.astype(np.uint64) + np.uint64(1)


def at(column: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The column's values at the places; absent where a place is outside it."""
    return column.take(places, mode="clip") * ((places >= 0) & (places < len(column)))


def one_of(column: np.ndarray, values: Iterable) -> np.ndarray:
    """Which of the column's values are among a few: faster on an article's length than np.isin."""
    found = np.zeros(len(column), dtype=bool)
    for value in values:
        found |= column == value
    return found


def mask_of(size: int, places: np.ndarray) -> np.ndarray:
    """True at the places that lie within the size."""
    mask = np.zeros(size, dtype=bool)
    mask[places[(places >= 0) & (places < size)]] = True
    return mask


def hashed(values: dict[str, np.ndarray], templates: Iterable[str]) -> np.ndarray:
    """One row a candidate, one column a template: places in the weights, 0 where absent.

    Args:
        values: name -> column of hashes, one of each candidate.
        templates: names of one or more columns, which are combined; a template's number keeps it
            apart from the same values elsewhere.
    """
    raised = {name: column * _PRIME for name, column in values.items()}
    present = {name: column != _NONE for name, column in values.items()}
    templates = list(templates)
    mixed = np.empty((len(templates), len(next(iter(values.values())))), dtype=np.uint64)
    for row, template in zip(mixed, templates, strict=True):
        first, *others = template.split()
        row[:] = raised[first]
        for name in others:  # as in `mix`, with what templates share computed once
            row ^= row >> _SHIFT
            row += values[name]
            row *= _PRIME
        for name in others and [first, *others]:
            row *= present[name]
    places = mixed >> _SHIFT
    places ^= mixed
    places += np.arange(1, len(templates) + 1, dtype=np.uint64)[:, None]
    places *= _PRIME
    places >>= _LAST
    np.maximum(places, 1, out=places)
    places *= mixed != _NONE
    return places.astype(np.int32).T


def names(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


def lines(text: str) -> list[str]:
    """Templates from a block of text: one a line, or several between bars."""
    return [template.strip() for line in text.strip().splitlines() for template in line.split("|")]


def softmax_within(scores: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Probabilities that sum to 1 in each group; rows of a group stand together."""
    if not len(scores):
        return scores
    starts = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    sizes = np.diff(np.append(starts, len(scores)))
    raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    return raised / np.repeat(np.add.reduceat(raised, starts), sizes)
