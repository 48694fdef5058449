"""How far coders agree: Krippendorff's alpha, Gwet's AC1, and where they differ.

Both are few lines here: the well-kept library for alpha (krippendorff) has a licence that ours cannot take
in, and the one for AC1 (irrCAC) needs an older pandas. The tests compare both measures with the examples that
their authors published.
"""

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory import tables
from samestory.trust.coded import Coded
from samestory.trust.sheets import AGREED

AGREEMENT = {
    "what": "str", "variable": "str",
    "coders": "str",  # "ann and bo", or "all 3"
    "units": "int64",  # passages that two of them coded
    "agree": "float64",  # share of their pairs of answers that are the same, 0 to 1
    "alpha": "float64", "alpha_low": "float64", "alpha_high": "float64",
    "ac1": "float64", "ac1_low": "float64", "ac1_high": "float64",
    "commonest": "float64",  # share of the commonest answer, 0 to 1
    "reading": "str",  # in words
}  # fmt: skip
RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff (2019), ch. 12
SKEWED = 0.8  # share of one answer from which alpha is low however well coders agree (ours)
_RESAMPLES = 2000
_FEWEST = 10  # passages; an interval from fewer says nothing (ours)


class Coefficients(NamedTuple):
    """Agreement over chance; NaN where there is nothing to compare, or alpha where all answers are one."""

    agree: float
    alpha: float
    ac1: float


def coefficients(codes: np.ndarray) -> Coefficients:
    """Agreement, Krippendorff's alpha and Gwet's AC1 for nominal answers.

    Args:
        codes: units × coders, whole numbers for the answers, -1 where there is none.
    References:
        Krippendorff (2011), Computing Krippendorff's alpha-reliability. Gwet (2008), Computing inter-rater
        reliability and its variance in the presence of high agreement, British Journal of Mathematical and
        Statistical Psychology 61.
    """
    counts = _counts(codes)
    return Coefficients(*(values[0] for values in _of_draws(counts, np.ones((1, len(counts))))))


def coefficient_intervals(
    codes: np.ndarray, *, seed: int = 0
) -> tuple[tuple[float, float], tuple[float, float]]:
    """95 % intervals of alpha and of AC1 by the bootstrap over units; NaN below ten of them.

    References:
        Zapf et al. (2016), Measuring inter-rater reliability for nominal data: which coefficients and
        confidence intervals are appropriate?, BMC Medical Research Methodology 16.
    """
    counts = _counts(codes)
    if (counts.sum(axis=1) >= 2).sum() < _FEWEST:
        return (np.nan, np.nan), (np.nan, np.nan)
    n = len(counts)
    draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=_RESAMPLES).astype(float)
    _, alpha, ac1 = _of_draws(counts, draws)
    return _middle(alpha), _middle(ac1)


def agreement(coded: Coded) -> pd.DataFrame:
    """How far coders agree on each question, for every two of them and for all.

    Alpha is low where nearly all answers are one, however well coders agree; there AC1 is the better guide.
    What was agreed afterwards does not count.

    Returns:
        AGREEMENT table; empty where fewer than two people coded anything. Intervals are NaN below ten
        passages.
    """
    rows = []
    for what, variable in coded.variables():
        table = _wide(coded, what, variable)
        pairs = list(combinations(table.columns, 2))
        groups = [*pairs, tuple(table.columns)] if len(pairs) > 1 else pairs
        for group in groups:
            codes = _codes(table[list(group)])
            units = int(((codes >= 0).sum(axis=1) >= 2).sum())
            if not units:
                continue
            agree, alpha, ac1 = coefficients(codes)
            (alpha_low, alpha_high), (ac1_low, ac1_high) = coefficient_intervals(codes)
            commonest = float(np.bincount(codes[codes >= 0]).max() / (codes >= 0).sum())
            rows.append({
                "what": what, "variable": variable,
                "coders": " and ".join(group) if len(group) == 2 else f"all {len(group)}",
                "units": units, "agree": agree,
                "alpha": alpha, "alpha_low": alpha_low, "alpha_high": alpha_high,
                "ac1": ac1, "ac1_low": ac1_low, "ac1_high": ac1_high,
                "commonest": commonest, "reading": _reading(alpha, ac1, commonest),
            })  # fmt: skip
    return tables.build(rows, AGREEMENT)


def disagreements(coded: Coded) -> pd.DataFrame:
    """The passages on which coders differ, to be talked over; the machine's answer is not shown.

    Returns:
        what, unit, variable, a column for each coder, passage, outlet, article_id, start; in the order of the
        sheets and of the text. What was agreed afterwards is out of it.
    """
    rows, names = [], sorted({name for what in coded.samples for name in coded.coders(what)})
    for what, variable in coded.variables():
        table = _wide(coded, what, variable)
        places = coded.samples[what].rows.set_index("unit")
        agreed = _agreed(coded, what, variable)
        for unit, own in table.iterrows():
            if unit in agreed or len(set(own.dropna())) < 2:
                continue
            place = places.loc[unit, ["passage", "outlet", "article_id", "start"]].to_dict()
            rows.append({"what": what, "unit": unit, "variable": variable} | own.to_dict() | place)
    types = dict.fromkeys(["what", "unit", "variable", *names, "passage", "outlet", "article_id"], "str")
    return tables.build(rows, types | {"start": "int64"})


def _agreed(coded: Coded, what: str, variable: str) -> set[str]:
    own = coded.answers_to(what, variable)
    return set(own.loc[own["coder"] == AGREED, "unit"])


def _wide(coded: Coded, what: str, variable: str) -> pd.DataFrame:
    """Units × coders, their answers; missing where there is none."""
    own = coded.answers_to(what, variable)
    own = own[own["coder"] != AGREED]
    return own.pivot_table(index="unit", columns="coder", values="value", aggfunc="first")


def _codes(table: pd.DataFrame) -> np.ndarray:
    """The answers as numbers, -1 where there is none."""
    codes, _ = pd.factorize(table.to_numpy(dtype=object).ravel())
    return codes.reshape(table.shape)


def _counts(codes: np.ndarray) -> np.ndarray:
    """Units × answers that occur: how many coders gave each."""
    answers = np.unique(codes[codes >= 0])
    return (codes[:, :, None] == answers).sum(axis=1)


def _of_draws(counts: np.ndarray, draws: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Agreement, alpha and AC1 of each draw of the units.

    Args:
        counts: units × answers.
        draws: draws × units, how often each unit is in it.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        coders = counts.sum(axis=1)
        paired = coders >= 2
        others = np.where(paired, coders - 1, 1)
        same = (counts * (counts - 1)).sum(axis=1) / others * paired  # pairable values that have their like
        values = draws @ (counts * paired[:, None])  # how often each answer was given
        n = values.sum(axis=1)
        observed = 1 - (draws @ same) / n
        by_chance = 1 - (values * (values - 1)).sum(axis=1) / (n * (n - 1))
        alpha = np.where(by_chance > 0, 1 - observed / by_chance, np.nan)
        shares = np.where(coders[:, None] > 0, counts / coders[:, None], 0)
        agree = (draws @ (same / np.where(paired, coders, 1))) / (draws @ paired)
        prevalence = (draws @ shares) / (draws @ (coders > 0))[:, None]
        chance = (prevalence * (1 - prevalence)).sum(axis=1) / max(counts.shape[1] - 1, 1)
        return agree, alpha, (agree - chance) / (1 - chance)


def _middle(values: np.ndarray) -> tuple[float, float]:
    """The middle 95 % of what the draws gave; of those in which all answers are one there is no alpha."""
    known = values[~np.isnan(values)]
    return (
        (float(np.quantile(known, 0.025)), float(np.quantile(known, 0.975)))
        if len(known)
        else (np.nan, np.nan)
    )


def _reading(alpha: float, ac1: float, commonest: float) -> str:
    """The coefficient in words, after Krippendorff's limits."""
    if np.isnan(alpha):
        return "all answers are one: there is nothing to tell apart"
    value, name = (ac1, "AC1") if commonest >= SKEWED else (alpha, "alpha")
    level = "reliable" if value >= RELIABLE else "tentative" if value >= TENTATIVE else "too low to rely on"
    return f"{level} ({name}; one answer has {commonest:.0%})" if commonest >= SKEWED else f"{level} ({name})"
