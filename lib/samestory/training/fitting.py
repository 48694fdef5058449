"""Linear models over hashed features, fitted by L-BFGS: a classifier and two rankers."""

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from samestory.annotation.quotes.features import BITS

LEAST = 3  # a feature must be seen so often; rarer ones only fit noise


class _Part:
    """One block of features: its matrix over the features that are frequent enough."""

    def __init__(self, places: np.ndarray):
        frequent = np.bincount(places.ravel(), minlength=1 << BITS) >= LEAST
        frequent[0] = False
        self.used = np.flatnonzero(frequent)
        number = np.zeros(1 << BITS, np.int32)
        number[self.used] = np.arange(len(self.used)) + 1
        renumbered = number[places]
        known = renumbered > 0
        ends = np.append(0, np.cumsum(known.sum(axis=1)))
        ones = np.ones(ends[-1], np.float32)
        self.rows = csr_matrix((ones, renumbered[known] - 1, ends), shape=(len(places), len(self.used)))
        self.columns = self.rows.T.tocsr()

    def table(self, weights: np.ndarray) -> np.ndarray:
        """The weights in the places of the hashing."""
        table = np.zeros(1 << BITS, np.float32)
        table[self.used] = weights
        return table


def fit_classifier(
    places: np.ndarray, wanted: np.ndarray, *, penalty: float, steps: int = 80
) -> tuple[np.ndarray, float]:
    """Logistic regression: the table of weights and the intercept.

    Args:
        places: hashed features, one row a candidate.
        wanted: true for the candidates that are what is looked for.
        penalty: of the squared weights.
    """
    part, wanted = _Part(places), wanted.astype(np.float32)

    def loss(weights):
        scores = part.rows @ weights[:-1].astype(np.float32) + weights[-1]
        lost = np.logaddexp(0, scores).sum() - (wanted * scores).sum()
        gap = (1 / (1 + np.exp(-scores)) - wanted).astype(np.float32)
        slope = np.append(part.columns @ gap + penalty * weights[:-1], gap.sum())
        return float(lost + 0.5 * penalty * (weights[:-1] ** 2).sum()), slope.astype(np.float64)

    share = wanted.mean()
    begin = np.append(np.zeros(len(part.used)), np.log(share / (1 - share)))
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return part.table(found[:-1]), float(found[-1])


def fit_ranker(
    blocks: list[tuple[np.ndarray, np.ndarray | None]],
    group: np.ndarray,
    wanted: np.ndarray,
    *,
    penalty: float,
    steps: int = 60,
) -> list[np.ndarray]:
    """Softmax over the candidates of each group; a candidate's score is the sum over blocks.

    Args:
        blocks: (hashed features, row of them for each candidate; None for a row each).
        group: number of each candidate's group; candidates of a group stand together.
        wanted: target probability of each candidate, adding up to 1 in a group.
    Returns:
        one table of weights a block.
    """
    parts = [(_Part(places), rows) for places, rows in blocks]
    sizes = [len(part.used) for part, _ in parts]
    cuts = np.cumsum([0, *sizes])
    starts = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    lengths = np.diff(np.append(starts, len(group)))

    def loss(weights):
        small = weights.astype(np.float32)
        scores = np.zeros(len(group), np.float32)
        for (part, rows), first, last in zip(parts, cuts, cuts[1:], strict=False):
            own = part.rows @ small[first:last]
            scores += own if rows is None else own[rows]
        top = np.maximum.reduceat(scores, starts)
        raised = np.exp(scores - np.repeat(top, lengths))
        total = np.add.reduceat(raised, starts)
        gap = (raised / np.repeat(total, lengths) - wanted).astype(np.float32)
        lost = (top + np.log(total)).sum() - (wanted * scores).sum() + 0.5 * penalty * (weights**2).sum()
        slopes = [
            part.columns
            @ (
                gap
                if rows is None
                else np.bincount(rows, gap, minlength=part.rows.shape[0]).astype(np.float32)
            )
            for part, rows in parts
        ]
        return float(lost), (np.concatenate(slopes) + penalty * weights).astype(np.float64)

    found = minimize(loss, np.zeros(cuts[-1]), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return [part.table(found[a:b]) for (part, _), a, b in zip(parts, cuts, cuts[1:], strict=False)]
