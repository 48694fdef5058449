"""Shares corrected for the machine's errors, as a check by hand measured them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from samestory import tables
from samestory.trust.coded import Coded
from samestory.trust.samples import Sample

CORRECTED = {
    "what": "str", "variable": "str", "outlet": "str",
    "value": "str",  # the answer whose share it is
    "units": "int64",  # passages of the outlet
    "raw": "float64",  # share that the machine says, 0 to 1
    "corrected": "float64", "low": "float64", "high": "float64",  # NaN where there is none
    "why_not": "str",  # why there is no corrected share; missing where there is one
}  # fmt: skip
OTHER, ALL_OUTLETS = "(other)", "(all outlets)"
FEWEST = 5  # passages that people give an answer, from which the machine's error on it is known at all (ours)
_FEWEST_IN_ALL = 10
_NEARLY_SINGULAR = 0.2  # least singular value of the matrix: below it errors blow up fivefold and more (ours)
_DRAWS = 2000
_FAILED = 0.05  # share of draws that may be singular


class _Check(NamedTuple):
    """What the check tells of each answer of the machine (rows): how often each is true (columns)."""

    shares: np.ndarray  # of the true answers, weighted; a row of NaN where no passage was drawn
    worth: np.ndarray  # of each row: passages of equal weight that it is worth (Kish)
    population: np.ndarray  # of each row: passages of all outlets
    people: np.ndarray  # of each true answer: passages of the check, unweighted


def corrected(
    coded: Coded, *, what: str | None = None, value: str | None = None, seed: int = 0
) -> pd.DataFrame:
    """The share of each answer in each outlet, corrected for the errors that the check found, beside the raw.

    The matrix method: the check says how often the machine gives each answer to passages of each true kind;
    the true shares are those that would give what the machine says of an outlet. It takes the machine to err
    alike in every outlet on passages of one kind. Of all outlets together, from which the check was drawn, it
    says straight away what is behind each answer (double sampling), which needs fewer passages.

    Args:
        what: a kind of thing that was coded; None: all that were. The answers to its first question are
            corrected.
        value: this answer against all others; None: all at once.
        seed: of what is drawn anew.
    Returns:
        CORRECTED table, one row per outlet and answer, and "(all outlets)". The interval (95 %) holds the
        error of the check, and that of the outlet's passages as a sample of what it writes.
        Where the check is too small, or the machine's answers tell too little, no share is given but why.
    Raises:
        ValueError: nothing of this kind was coded, or there is no such answer.
    References:
        Tenenbein (1970), A double sampling scheme for estimating from binomial data with misclassifications,
        JASA 65. Rogan and Gladen (1978), Estimating prevalence from the results of a screening test, American
        Journal of Epidemiology 107. Buonaccorsi (2010), Measurement Error, ch. 2. TeBlunthuis, Hase and Chan
        (2024), Misclassification in automated content analysis, Communication Methods and Measures 18.
    """
    tables.require_one_of("what", what, coded.samples, or_none=True)
    compared = coded.compared()
    whats = [one for one in coded.samples if what in (None, one) and (compared["what"] == one).any()]
    parts = (_corrected(coded.samples[one], compared, value, seed) for one in whats)
    return tables.build([row for part in parts for row in part], CORRECTED)


def _corrected(
    sample: Sample, compared: pd.DataFrame, value: str | None, seed: int
) -> Iterator[dict[str, Any]]:
    """The rows of one kind of thing."""
    main = sample.coding.main
    tables.require_one_of("value", value, main.choices, or_none=True)
    table = compared[(compared["what"] == sample.what) & (compared["variable"] == main.name)]
    table = table.dropna(subset="coders")
    answers = _answers(sample, table, value)
    check = _check(table, sample, answers)
    redrawn = _redrawn(check, seed)
    for outlet, counts in _counts_by_outlet(sample, answers):
        raw, why_not = counts / counts.sum(), _unseen(check, answers)
        said = (
            np.random.default_rng([seed, 1]).multinomial(int(counts.sum()), raw, size=_DRAWS) / counts.sum()
        )
        shares = np.full((3, len(answers)), np.nan)
        if not why_not and outlet == ALL_OUTLETS:
            shares = _with_ends(raw @ np.nan_to_num(check.shares), np.einsum("dj,djk->dk", said, redrawn))
        elif not why_not:
            draws = _matrix(redrawn, check.population)
            why_not = _too_small(check, draws, answers)
            if not why_not:
                clear = _tells(draws) >= _NEARLY_SINGULAR
                best = _solved(_matrix(check.shares, check.population)[None], raw[None])[0]
                shares = _with_ends(best, _solved(draws[clear], said[clear]))
        for n, answer in enumerate(answers):
            if answer != OTHER:
                best, low, high = shares[:, n]
                yield {
                    "what": sample.what, "variable": main.name, "outlet": outlet, "value": answer,
                    "units": int(counts.sum()), "raw": raw[n],
                    "corrected": best, "low": low, "high": high, "why_not": why_not or None,
                }  # fmt: skip


def _answers(sample: Sample, table: pd.DataFrame, value: str | None) -> list[str]:
    """The answers that occur, or the one that is asked about and the others."""
    if value is not None:
        return [value, OTHER]
    seen = {*sample.population["value"], *table["coders"]}
    return [answer for answer in sample.coding.main.choices if answer in seen]


def _numbers(values: pd.Series, answers: list[str]) -> np.ndarray:
    other = answers.index(OTHER) if OTHER in answers else -1
    return np.array([answers.index(one) if one in answers else other for one in values], int)


def _counts_by_outlet(sample: Sample, answers: list[str]) -> list[tuple[str, np.ndarray]]:
    """How many passages of each outlet, and of all, have each answer of the machine."""
    table = sample.population
    groups = [*table.groupby("outlet"), (ALL_OUTLETS, table)]
    return [
        (str(outlet), np.bincount(_numbers(own["value"], answers), own["units"], len(answers)))
        for outlet, own in groups
    ]


def _check(table: pd.DataFrame, sample: Sample, answers: list[str]) -> _Check:
    machine, people = _numbers(table["machine"], answers), _numbers(table["coders"], answers)
    size, weight = len(answers), table["weight"].to_numpy()
    cells = np.zeros((size, size))
    np.add.at(cells, (machine, people), weight)
    total = cells.sum(axis=1)
    squares = np.bincount(machine, weight**2, size)
    with np.errstate(invalid="ignore"):
        shares, worth = cells / total[:, None], np.where(total > 0, total**2 / squares, 0)
    population = np.bincount(_numbers(sample.population["value"], answers), sample.population["units"], size)
    return _Check(shares, worth, population, np.bincount(people, minlength=size))


def _unseen(check: _Check, answers: list[str]) -> str:
    """Why this check can correct not even the shares of all outlets together, or ""."""
    if len(answers) < 2:
        return "all passages have one answer, so there is nothing to correct"
    if check.people.sum() < _FEWEST_IN_ALL:
        return f"the check holds fewer than {_FEWEST_IN_ALL} passages: code more"
    unseen = [
        answer
        for answer, n, worth in zip(answers, check.population, check.worth, strict=True)
        if n and not worth
    ]
    if unseen:
        return f"the check holds no passage that the machine calls {', '.join(unseen)}: code more"
    return ""


def _too_small(check: _Check, draws: np.ndarray, answers: list[str]) -> str:
    """Why this check can correct no single outlet's shares, or ""."""
    rare = [f"{answer} ({n})" for answer, n in zip(answers, check.people, strict=True) if n < FEWEST]
    if rare:
        asked = f"the check holds fewer than {FEWEST} passages that people call {', '.join(rare)}"
        return f"{asked}: code more, or ask for one value"
    if _tells(_matrix(check.shares, check.population)) < _NEARLY_SINGULAR:
        return "the machine's answers hardly depend on what people see, so nothing can be inferred from them"
    if np.mean(_tells(draws) < _NEARLY_SINGULAR) > _FAILED:
        return "with other passages the machine's answers might tell too little: code more"
    return ""


def _matrix(shares: np.ndarray, population: np.ndarray) -> np.ndarray:
    """How often the machine gives each answer (rows) to passages of each true kind (columns).

    Args:
        shares: of the true answers among the passages to which the machine gave each; may have draws first.
    Returns:
        a matrix whose columns add up to 1; one for each draw.
    """
    cells = np.nan_to_num(shares) * population[:, None]
    total = cells.sum(axis=-2, keepdims=True)
    return np.divide(cells, total, out=np.zeros_like(cells), where=total > 0)


def _tells(matrix: np.ndarray) -> np.ndarray:
    """How much the machine's answers tell of the true ones: the least singular value, 0 nothing, 1 all."""
    return np.linalg.svd(matrix, compute_uv=False)[..., -1]


def _redrawn(check: _Check, seed: int) -> np.ndarray:
    """What other checks of the same size might have said (Dirichlet, with Perks' prior).

    Mere resampling would take a check that found no error for proof that there is none.
    """
    rng, size = np.random.default_rng(seed), len(check.worth)
    counts = np.nan_to_num(check.shares) * check.worth[:, None] + 1 / size
    return np.stack([rng.dirichlet(row, size=_DRAWS) for row in counts], axis=1)


def _solved(matrix: np.ndarray, said: np.ndarray) -> np.ndarray:
    """The true shares that give what the machine says, held between 0 and 1."""
    shares = np.clip(np.linalg.solve(matrix, said[..., None])[..., 0], 0, 1)
    return shares / shares.sum(axis=-1, keepdims=True)


def _with_ends(best: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """The share of each answer, and the ends of the middle 95 % of the draws."""
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    return np.stack([best, np.minimum(low, best), np.maximum(high, best)])
