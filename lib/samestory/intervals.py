"""Intervals: how far a mean, a ratio or a share would move with other sentences of the same kind."""

from collections.abc import Sequence

import numpy as np

RESAMPLES = 2000  # samples drawn; with more, the ends of an interval hardly move
SHARE = 0.95  # of the samples' results that lie in the interval
FEWEST = 5  # observations: with fewer (a rule of thumb of ours) a bootstrap says nothing
_AT_ONCE = 2_000_000  # drawn values held in memory

Values = Sequence[float] | np.ndarray


def bootstrap_interval(
    values: Values, *, per: Values | None = None, less: Values | None = None, seed: int = 0,
    resamples: int = RESAMPLES, fewest: int = FEWEST, share: float = SHARE,
) -> tuple[float, float]:  # fmt: skip
    """Interval of a mean, or of a ratio, or of a difference of two means, by the percentile bootstrap.

    Args:
        values: one for each independent observation (a sentence, an article), none missing.
        per: what each value is counted in, such as the words of its sentence; the interval is then that of
            sum(values) / sum(per). A sample whose `per` adds up to less than 1 is divided by 1.
        less: the values of another group; the interval is then that of mean(values) - mean(less).
        seed: the same seed draws the same samples of as many observations, so that measures can be compared.
        fewest: with fewer values than this, in either group, the interval is NaN.
    References:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
    """
    if min(len(values), len(values if less is None else less)) < fewest:
        return float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    results = _resampled(values, per, rng, resamples)
    if less is not None:
        results = results - _resampled(less, None, rng, resamples)
    low, high = np.quantile(results, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def wilson_interval(share: float, n: float, *, z: float = 1.96) -> tuple[float, float]:
    """Interval of a share by Wilson's score method, which holds near 0 and 1 and with few observations, too.

    Args:
        share: what was observed, 0 to 1.
        n: observations; of unequal weight, the number that they are worth (Kish). NaN where there are none.
        z: of the level of certainty; 1.96 for 95 %.
    References:
        Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
        Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16.
    """
    if not n > 0:
        return float("nan"), float("nan")
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _resampled(values: Values, per: Values | None, rng: np.random.Generator, resamples: int) -> np.ndarray:
    """The mean, or the ratio, of each sample, which is drawn with replacement."""
    values, size = np.asarray(values, float), len(values)
    per = None if per is None else np.asarray(per, float)
    step = max(1, _AT_ONCE // size)
    results = []
    for done in range(0, resamples, step):
        drawn = rng.integers(0, size, (min(step, resamples - done), size))
        units = size if per is None else np.maximum(per[drawn].sum(axis=1), 1)
        results.append(values[drawn].sum(axis=1) / units)
    return np.concatenate(results)
