"""How the time to read marks and times grows with the text, on runs of one piece that invite backtracking.

    python tests/benchmarks/long_runs.py

Prints the processor time of two lengths and the exponent between them: 1 is linear growth, 2 quadratic.
"""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from samestory.language.pipeline import load_pipeline
from samestory.language.quotation_marks import bylines, marked_passages, speaker_lines
from samestory.timeline.expressions.find import find_times

MARKS = ('"a ', " 'a", "“ ", "a", "'\n", "A: ", "” — A ")
TIMES = ("1", "1 ", "two ", "July 4 ", "the last ", "a year ", "1,", "\n ", "'90s ")
LENGTHS = (50_000, 200_000)  # characters
PUBLISHED = pd.Timestamp("2025-07-04")


def seconds(run: Callable[[str], object], text: str) -> float:
    """Processor time of one run."""
    began = time.process_time()
    run(text)
    return time.process_time() - began


def marks(text: str) -> None:
    """All that reads quotation marks and the lines around them."""
    bylines(text, marked_passages(text))
    speaker_lines(text)


def measure() -> pd.DataFrame:
    """One row for each piece."""
    nlp = load_pipeline()

    def times(text: str) -> None:
        find_times(nlp.make_doc(text), published=PUBLISHED)

    times("July 4")  # reads the codebooks, once
    rows = []
    for what, run, pieces in (("marks", marks, MARKS), ("times", times, TIMES)):
        for piece in pieces:
            taken = [seconds(run, piece * (length // len(piece))) for length in LENGTHS]
            row = {"what": what, "piece": repr(piece)} | dict(zip(LENGTHS, taken, strict=True))
            rows.append(row | {"exponent": np.log(taken[1] / taken[0]) / np.log(LENGTHS[1] / LENGTHS[0])})
    return pd.DataFrame(rows)


if __name__ == "__main__":
    print(measure().round(2).to_string(index=False))
