"""Expressions of time and their TIMEX3 values."""

from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc


class Time(NamedTuple):
    """One expression; start:end are characters."""

    start: int
    end: int
    type: str
    value: str
    earliest: pd.Timestamp
    latest: pd.Timestamp


def find_times(doc: Doc, *, published: pd.Timestamp = pd.NaT) -> list[Time]:
    """Find the expressions, sorted by start."""
    return []
