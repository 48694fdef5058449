"""Can two passages be of one occasion? "The quake of 2009 killed 300" and "the quake killed 241" are not."""

import re

import numpy as np

from samestory.statements.numbers import YEAR, amounts_in
from samestory.statements.passages import Passages

_POINTS_BACK = re.compile(r"[\"“‘']*(?:that|those|this|these)\b", re.IGNORECASE)


def of_other_occasions(passages: Passages, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Whether the passages of each pair are of two occasions, for all that they are worded alike.

    So it is where each names a year and none is the other's; and where one alone names a year, and neither
    has a figure that the other has.
    """
    years = {n: years_of(passages, n) for n in {*i.tolist(), *j.tolist()}}
    figures = {n: {amount.low for amount in amounts_in(passages.text[n])} for n in years}
    return np.array(
        [
            not years[a] & years[b]
            and (bool(years[a] and years[b]) or _count_otherwise(years[a] | years[b], figures[a], figures[b]))
            for a, b in zip(i.tolist(), j.tolist(), strict=True)
        ],
        bool,
    )


def _count_otherwise(years: set[str], one: set[float], other: set[float]) -> bool:
    return bool(years and one and other) and one.isdisjoint(other)


def years_of(passages: Passages, n: int) -> set[str]:
    """The years that a passage names, or, where it opens with "that quake", the one before it."""
    found = set(YEAR.findall(passages.text[n]))
    pointed = (
        n > 0 and passages.article[n - 1] == passages.article[n] and _POINTS_BACK.match(passages.text[n])
    )
    return found if found or not pointed else set(YEAR.findall(passages.text[n - 1]))
