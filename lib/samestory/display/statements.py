"""Statements in figures and in words: who tells what, in what order, and what in one outlet only."""

import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from samestory.comparison.copies import near_copies
from samestory.comparison.coverage import core_statements, coverage
from samestory.comparison.statements import same_statements
from samestory.comparison.told_twice import told_twice_summary
from samestory.display.style import note_in, outlet_colours
from samestory.story import Story

MOST_ROWS = 30  # statements in one figure; more are unreadable on a page
MOST_COLUMNS = 20  # outlets in one figure
MOST_ALIGNED = 300  # pairs whose words are compared for the findings; a sample stands for more
SEED = 0
LABEL_WIDTH = 62  # characters on one line of a row's label
PLACE_MARKS = {"headline": "H", "lede": "L", "body": ""}


def plot_coverage(table: pd.DataFrame, *, most: int = MOST_ROWS, ax: Axes | None = None) -> Axes:
    """Draw which outlet tells which statement: a row a statement, a column an outlet.

    A square is a telling, its number the order in which the outlet tells it; H stands for headline,
    L for the opening paragraph. The statements that most outlets tell come first.

    Args:
        table: a COVERAGE table.
        most: rows drawn; a note counts the others, and the outlets beyond MOST_COLUMNS.
        ax: axes to draw on; a new figure's axes when None.
    """
    every = table.groupby("outlet")["found"].sum().sort_values(ascending=False, kind="stable").index
    outlets = sorted(every[:MOST_COLUMNS])
    rows = _most_told(table, most)
    labels = [_short(label) for label in rows["label"]]
    if ax is None:
        height = 1.6 + sum(0.24 * (1 + label.count("\n")) + 0.1 for label in labels)
        ax = plt.subplots(figsize=(4.6 + 0.62 * max(2, len(outlets)), max(2.0, height)))[1]
    if rows.empty:
        return note_in(ax, "no statement to compare")
    heights = np.array([1 + label.count("\n") for label in labels])
    bottoms = np.cumsum(heights) - heights
    _draw_cells(ax, table, rows["statement"].tolist(), outlets, bottoms, heights)
    ax.set_yticks(bottoms + heights / 2, labels, fontsize=8)
    ax.set_xticks(range(len(outlets)), [textwrap.fill(name, 14) for name in outlets], fontsize=8)
    crowded = len(outlets) > 5 or max(map(len, outlets)) > 14
    ax.tick_params(axis="x", labeltop=True, labelbottom=False, top=False, bottom=False)
    plt.setp(ax.get_xticklabels(), rotation=40 if crowded else 0, ha="left" if crowded else "center")
    ax.set(xlim=(-0.5, len(outlets) - 0.5), ylim=(heights.sum(), 0))
    ax.tick_params(axis="y", length=0)
    ax.spines[:].set_visible(False)
    left_out = table["statement"].nunique() - len(rows)
    note = f"{left_out:,} more statements are not drawn." if left_out else ""
    note += f" {len(every) - len(outlets)} more outlets are not drawn." if len(every) > len(outlets) else ""
    ax.set_xlabel(
        f"Number: order of telling in the outlet; H headline, L opening paragraph. {note}", fontsize=8
    )
    return ax


def statement_findings(story: Story) -> list[str]:
    """Say in at most five sentences what is told alike, what in one outlet only, and how."""
    table = coverage(story)
    outlets = sorted(table["outlet"].unique())
    if not outlets:
        return []
    total = table["statement"].nunique()
    if len(outlets) == 1:
        return [
            f"There is one outlet only, {outlets[0]}, with {total} statements; nothing to compare it with."
        ]
    core = core_statements(table)["statement"].nunique()
    shared = table.loc[table["outlets"] > 1, "statement"].nunique()
    findings = [
        f"Of {total} statements, {shared} were found in more than one of the {len(outlets)} outlets"
        + (f" and {core} in all of them." if len(outlets) > 2 else ".")
    ]
    findings += _own_findings(table, outlets) + _wording_findings(story)
    copies = near_copies(story)
    if len(copies):
        row = copies.iloc[0]
        findings.append(
            f"{len(copies)} pair(s) of articles are nearly one text, not two voices: {row['outlet_a']} and "
            f"{row['outlet_b']} share {row['contained']:.0%} of the shorter one's word runs."
        )
    return findings[:5]


def _own_findings(table: pd.DataFrame, outlets: list[str]) -> list[str]:
    own = table[table["found"] & (table["outlets"] == 1)]["outlet"].value_counts()
    told = table[table["found"]]["outlet"].value_counts()
    most = sorted(outlets, key=lambda name: (-own.get(name, 0) / max(1, told.get(name, 0)), name))
    parts = [f"{name} {own.get(name, 0)} of {told.get(name, 0)}" for name in most[:4]]
    rest = f" (and {len(outlets) - 4} outlets more)" if len(outlets) > 4 else ""
    return [f"Statements not found in any other outlet: {', '.join(parts)}{rest}."]


def _wording_findings(story: Story) -> list[str]:
    pairs = same_statements(story)
    if pairs.empty:
        return []
    drawn = pairs.sample(min(len(pairs), MOST_ALIGNED), random_state=SEED)
    summary = told_twice_summary(story, drawn)
    same = summary["same_share"].median()
    which = (
        f"{len(pairs):,} pairs"
        if len(drawn) == len(pairs)
        else f"{len(drawn)} of {len(pairs):,} pairs, drawn at random"
    )
    findings = [
        f"Sentences that tell the same ({which}) share {same:.0%} of their words at the median; "
        "the rest is reworded or stands in one only."
    ]
    turned = (summary["told_a"] == "quoted") != (summary["told_b"] == "quoted")
    turned = int((turned & (summary["how"] == "quote")).sum())
    if turned:
        findings.append(
            f"In {turned} of {len(drawn)} pairs one outlet quotes what the other puts in its own words."
        )
    return findings


def _most_told(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """The statements to draw: the most told first, then in the order of telling."""
    heads = table.drop_duplicates("statement")
    place = table["place"].map({"headline": 0, "lede": 1, "body": 2})
    prominent = place.groupby(table["statement"]).min()
    heads = heads.assign(prominent=heads["statement"].map(prominent), fewer=-heads["outlets"])
    return heads.sort_values(["fewer", "prominent", "statement"], kind="stable").head(most)


def _short(label: str) -> str:
    lines = textwrap.wrap(label, LABEL_WIDTH, max_lines=2, placeholder=" …")
    return "\n".join(lines) or "(no words)"


def _draw_cells(
    ax: Axes,
    table: pd.DataFrame,
    statements: list[int],
    outlets: list[str],
    bottoms: np.ndarray,
    heights: np.ndarray,
) -> None:
    colours = outlet_colours(outlets)
    row_of = {statement: n for n, statement in enumerate(statements)}
    for n in range(len(statements)):
        ax.axhline(bottoms[n], color="0.88", linewidth=0.6, zorder=0)
    for cell in table[table["found"]].itertuples():
        if cell.statement not in row_of or cell.outlet not in outlets:
            continue
        n, x = row_of[cell.statement], outlets.index(cell.outlet)
        bar = plt.Rectangle(
            (x - 0.4, bottoms[n] + 0.12),
            0.8,
            heights[n] - 0.24,
            facecolor=colours[cell.outlet],
            alpha=0.25,
            edgecolor=colours[cell.outlet],
        )
        ax.add_patch(bar)
        mark = PLACE_MARKS[cell.place]
        ax.text(x, bottoms[n] + heights[n] / 2, f"{mark}{cell.order}", ha="center", va="center", fontsize=8)
