"""Scores as anything is decided by them: rounded, so that all processors decide alike.

A sum of single-precision numbers differs in its last digits with the processor, its libraries and the number
of threads, by a few millionths in our scores. Where a score is compared with another or with a threshold,
or is shown, it is rounded first: what is alike but for such digits is tied, and ties are broken by a stated
order (the place in the text, the name). A score that lies right between two rounded numbers may still fall to
either side; with so few decimals that is one in a thousand.
"""

from math import isfinite
from typing import Any

import numpy as np

DECIMALS = 3
FINE = 6  # decimals of a score that no layer of the encoder stands behind: its noise is a hundredth


def settled(scores: Any, decimals: int = DECIMALS) -> Any:
    """Scores, a number or an array, as they are decided on and shown, in double precision; no -0.0.

    >>> settled(0.25999998) >= 0.26
    True
    """
    if isinstance(scores, float) and isfinite(scores):  # as numpy rounds, but many times as fast
        return round(scores * 10**decimals) / 10**decimals + 0.0
    rounded = np.round(np.asarray(scores, np.float64), decimals) + 0.0
    return rounded if rounded.ndim else float(rounded)


def best_places(scores: np.ndarray, n: int) -> np.ndarray:
    """Where the n highest of more scores (in each row) stand, in no order; of those that are tied, the first.

    numpy's own partition takes now one and now another of what is tied, by what the processor can do.

    >>> sorted(best_places(np.array([0.2, 0.5, 0.20004, 0.2]), 2).tolist())
    [0, 1]
    """
    size = scores.shape[-1]
    ranks = np.rint(scores * 10**DECIMALS).astype(np.int64) * size - np.arange(size)  # no two are alike
    return np.argpartition(-ranks, n, axis=-1)[..., :n]
