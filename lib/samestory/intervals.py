"""Bootstrap intervals of means, seeded."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from samestory.tables import require_columns

DRAWS = 2000
_AT_ONCE = 2_000_000  # drawn values held in memory


def bootstrap_mean(
    values: np.ndarray, *, seed: int = 0, fewest: int = 5, share: float = 0.95
) -> tuple[float, float]:
    """Interval of a mean by the percentile bootstrap.

    Args:
        values: one value per independent observation (a sentence), none missing.
        seed: the same seed draws the same samples.
        fewest: with fewer values than this the interval is NaN.
        share: of the drawn means that lie inside.
    References:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
    """
    if len(values) < fewest:
        return float("nan"), float("nan")
    means = _means(np.asarray(values, dtype=float), np.random.default_rng(seed))
    low, high = np.quantile(means, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def bootstrap_difference(
    one: np.ndarray, other: np.ndarray, *, seed: int = 0, fewest: int = 5, share: float = 0.95
) -> tuple[float, float]:
    """Interval of the difference of two means, `one` less `other`; as `bootstrap_mean`."""
    if min(len(one), len(other)) < fewest:
        return float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    means = _means(np.asarray(one, dtype=float), rng) - _means(np.asarray(other, dtype=float), rng)
    low, high = np.quantile(means, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def _means(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    step = max(1, _AT_ONCE // len(values))
    return np.concatenate([
        values[rng.integers(0, len(values), (min(step, DRAWS - done), len(values)))].mean(axis=1)
        for done in range(0, DRAWS, step)
    ])  # fmt: skip


def group_of(articles: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    """The group of each article: its outlet, or "Post, Lee" of two columns; called as the columns are.

    Raises:
        ValueError: a column is not there.
    """
    by = [by] if isinstance(by, str) else list(by)
    require_columns(articles, by, where="articles")
    cells = articles[by].astype("str").fillna("(unknown)").itertuples(index=False)
    return pd.Series(map(", ".join, cells), articles.index, dtype="str", name=", ".join(by))


def too_small(articles: pd.DataFrame, *, by: Sequence[str] = ("outlet",), enough: int = 5) -> str | None:
    """A plain warning where too few articles stand for a group, or None.

    One article is a sample of one: what marks it may be its writer, its hour or its length. Below five
    ("enough", a rule of thumb of ours) a difference is a pointer to read on, not a finding.
    """
    groups = group_of(articles, by)
    counts, name = groups.value_counts(), groups.name
    small = counts[counts < enough]
    if len(counts) < 2:
        return f"There is one {name} only, so there is nothing to compare it with."
    if small.empty:
        return None
    least = int(small.min())
    return (
        f"{len(small)} of {len(counts)} {name}s have fewer than {enough} articles (the smallest has {least}):"
        " treat every difference as a pointer to passages worth reading, not as a finding about the outlet."
    )
