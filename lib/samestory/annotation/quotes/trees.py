"""Gradient-boosted decision trees, as flat arrays that numpy can walk for many rows at once."""

from typing import NamedTuple

import numpy as np


class Trees(NamedTuple):
    """A forest of binary trees; a leaf is its own child."""

    feature: np.ndarray  # (nodes) column that the node asks for
    threshold: np.ndarray  # go left when the value is at most this
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray  # what a leaf adds
    roots: np.ndarray  # (trees)
    depth: int
    baseline: float

    @classmethod
    def read(cls, arrays: dict[str, np.ndarray]) -> "Trees":
        """From the arrays of a .npz file."""
        names = ("feature", "threshold", "left", "right", "value", "roots")
        columns = {name: arrays[f"tree_{name}"] for name in names}
        return cls(**columns, depth=int(arrays["tree_depth"]), baseline=float(arrays["tree_baseline"]))

    def probability(self, rows: np.ndarray) -> np.ndarray:
        """Of the positive class, for each row of numbers.

        References:
            Friedman (2001), Greedy function approximation: a gradient boosting machine, Annals of
            Statistics 29(5).
        """
        node = np.repeat(self.roots[None, :], len(rows), axis=0)
        line = np.arange(len(rows))[:, None] * rows.shape[1]
        numbers = rows.ravel()
        children = np.stack([self.left, self.right], axis=1).ravel()
        for _ in range(self.depth):
            goes_right = numbers.take(line + self.feature.take(node)) > self.threshold.take(node)
            node = children.take(2 * node + goes_right)
        score = self.value.take(node).sum(axis=1) + self.baseline
        return 1 / (1 + np.exp(-score))
