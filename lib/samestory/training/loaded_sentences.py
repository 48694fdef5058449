"""Sentences with their loaded words marked, as JSON Lines.

References:
    Spinde et al. (2021), Neural media bias detection using distant supervision with BABE, EMNLP Findings.
    Fan et al. (2019), In plain sight: media bias through the lens of factual reporting (BASIL), EMNLP.
"""

import json
import zlib
from pathlib import Path
from typing import NamedTuple

FOLDS = 5


class Sentence(NamedTuple):
    """One sentence and what its readers marked."""

    text: str
    loaded: bool  # the whole sentence was judged biased, or a word in it was marked
    spans: list[tuple[int, int]]  # of the marked words
    group: str  # the article or event that it is from


def read_sentences(path: str | Path) -> list[Sentence]:
    """Read a file of one sentence a line: text, label (1 or 0), spans ([start, end] each) and group."""
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    return [
        Sentence(row["text"], bool(row["label"]), [tuple(span) for span in row["spans"]], row["group"])
        for row in rows
    ]


def fold(group: str) -> int:
    """The fold, from 0, that an article or event is in; 0 is held out (`training/held_out.py`)."""
    return zlib.crc32(group.encode()) % FOLDS
