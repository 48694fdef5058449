"""How often the machine is right on these articles: precision and recall against what people decided."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from samestory import tables
from samestory.intervals import wilson_interval
from samestory.trust.coded import Coded
from samestory.trust.coding import NOT_SAID, Coding, Variable

Estimate = tuple[float, float, float]  # with the ends of its interval

FIGURES = {
    "what": "str", "variable": "str",
    "value": "str",  # the answer that is asked about; missing where it is any
    "measure": "str",  # precision: of what the machine says; recall: of what people say
    "share": "float64", "low": "float64", "high": "float64",  # 0 to 1, 95 %
    "right": "int64", "of": "int64",  # passages of the sample, unweighted
    "reading": "str",  # in words
}  # fmt: skip


def figures(coded: Coded) -> pd.DataFrame:
    """Precision of each answer of the machine, and recall where the sample can show it, with intervals.

    Each passage counts for as many as it was drawn to stand for. A passage on which coders are divided counts
    nowhere. Of names and dates: precision is of those that the machine gives, recall of those that people
    give, in the passages in which both see something of the kind.

    Returns:
        FIGURES table. Precision: Wilson's interval, with the number of passages that the weights are worth
        (Kish). Recall: from the Wilson intervals of what was found and of what was missed (Donner and Zou),
        so that a sample that holds no missed passage still says how many there may be.
    References:
        Kish (1965), Survey Sampling. Donner and Zou (2012), Closed-form confidence intervals for functions of
        the normal mean and standard deviation, Statistical Methods in Medical Research 21.
    """
    rows: list[dict[str, Any]] = []
    compared = coded.compared()
    for what, sample in coded.samples.items():
        coding = sample.coding
        for variable in coding.variables:
            own = compared[(compared["what"] == what) & (compared["variable"] == variable.name)]
            own = own.dropna(subset="coders")
            if own.empty:
                continue
            first = {"what": what, "variable": variable.name}
            made = _of_values(own, coding) if variable == coding.main else _of_details(own, variable)
            rows += [first | row for row in made]
    return tables.build(rows, FIGURES)


def error_matrix(coded: Coded, *, what: str, variable: str | None = None) -> pd.DataFrame:
    """What the machine says against what people decided: passages of the sample, unweighted.

    Args:
        variable: the first question when None.
    Returns:
        one row per answer of the machine (column `machine`), one column per answer of the coders.
    Raises:
        ValueError: nothing of this kind was coded, or there is no such question.
    """
    tables.require_one_of("what", what, coded.samples)
    names = [one.name for one in coded.samples[what].coding.variables]
    tables.require_one_of("variable", variable, names, or_none=True)
    variable = variable or names[0]
    table = coded.compared().query("what == @what and variable == @variable").dropna(subset="coders")
    counts = pd.crosstab(table["machine"].fillna("(nothing)"), table["coders"])
    return counts.rename_axis(columns=None).reset_index()


def _of_values(table: pd.DataFrame, coding: Coding) -> Iterator[dict[str, Any]]:
    """Precision and recall of each answer to the first question, but for "there is nothing"."""
    for value in coding.main.choices:
        if value == coding.main.nothing:
            continue
        said, true = table["machine"] == value, table["coders"] == value
        if said.any():
            reading = "of {of} passages of which the machine says “{value}”, {right} hold"
            yield _share(table[said], true[said], "precision", value, reading)
        if true.any():
            yield _recall(table, said, true, value)


def _of_details(table: pd.DataFrame, variable: Variable) -> Iterator[dict[str, Any]]:
    """Of a question that is asked only where there is something: how often the machine's answer is right."""
    both = table.dropna(subset="machine")
    right = both["machine"] == both["coders"]
    gives = both["machine"] != NOT_SAID
    if gives.any():
        reading = "of {of} that the machine gives, {right} are right"
        yield _share(both[gives], right[gives], "precision", None, reading)
    given = both["coders"] != NOT_SAID
    if given.any() and variable.kind != "choice":
        reading = "of {of} that people give, the machine has {right}"
        yield _share(both[given], right[given], "recall", None, reading)


def _share(
    rows: pd.DataFrame, right: pd.Series, measure: str, value: str | None, reading: str
) -> dict[str, Any]:
    share, worth = _weighted(rows["weight"], right)
    low, high = wilson_interval(share, worth)
    counts = {"right": int(right.sum()), "of": len(rows)}
    row = {"measure": measure, "value": value, "share": share, "low": low, "high": high}
    return row | counts | {"reading": reading.format(value=value, **counts)}


def _recall(table: pd.DataFrame, said: pd.Series, true: pd.Series, value: str) -> dict[str, Any]:
    """Of all that people call so, the share that the machine calls so; both are estimates from the sample."""
    hit, miss = _total(table[said], true[said]), _total(table[~said], true[~said])
    row = {"measure": "recall", "value": value, "right": int((said & true).sum()), "of": int(true.sum())}
    told = f"of {row['of']} passages that people call “{value}”, the machine calls {row['right']} so"
    if not (~said).any():
        told += "; the sample holds none that it calls otherwise, so recall is not known"
        return row | {"share": np.nan, "low": np.nan, "high": np.nan, "reading": told}
    share = hit[0] / (hit[0] + miss[0])
    low, high = _ratio_interval(miss, hit)
    told += ", which stands for " + f"{share:.0%} of all such passages"
    return row | {"share": share, "low": 1 / (1 + high), "high": 1 / (1 + low), "reading": told}


def _weighted(weight: pd.Series, right: pd.Series) -> tuple[float, float]:
    """The weighted share, and how many observations of equal weight it is worth."""
    total = float(weight.sum())
    return float((weight * right).sum()) / total, total**2 / float((weight**2).sum())


def _total(rows: pd.DataFrame, right: pd.Series) -> Estimate:
    """How many passages of all are right, with an interval; none where no passage was drawn."""
    if rows.empty:
        return 0.0, 0.0, 0.0
    share, worth = _weighted(rows["weight"], right)
    low, high = wilson_interval(share, worth)
    total = float(rows["weight"].sum())
    return share * total, low * total, high * total


def _ratio_interval(above: Estimate, below: Estimate) -> tuple[float, float]:
    """Interval of a ratio of two independent estimates, each given with its own interval.

    Where the difference above - R below, whose interval follows from the two, just holds 0.
    """
    (a, a_low, a_high), (b, b_low, b_high) = above, below
    low_constant, low_factor = a_low * (2 * a - a_low), b_high * (2 * b - b_high)
    high_constant, high_factor = a_high * (2 * a - a_high), b_low * (2 * b - b_low)
    low_root = a * b + np.sqrt(max((a * b) ** 2 - low_constant * low_factor, 0))
    low = low_constant / low_root if low_root > 0 else 0.0
    high_root = a * b + np.sqrt(max((a * b) ** 2 - high_constant * high_factor, 0))
    return max(low, 0.0), high_root / high_factor if high_factor > 0 else np.inf
