"""Which outlet tells which statement, as a figure."""

import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from samestory.pages.figures import note_in, outlet_colours

MOST_ROWS = 30  # statements in one figure; more are unreadable on a page
MOST_COLUMNS = 20  # outlets in one figure
LABEL_WIDTH = 62  # characters on one line of a row's label
PLACE_MARKS = {"headline": "H", "lede": "L", "body": ""}


def plot_coverage(table: pd.DataFrame, *, limit: int = MOST_ROWS, ax: Axes | None = None) -> Axes:
    """Draw which outlet tells which statement: a row a statement, a column an outlet.

    A square is a telling, its number the order in which the outlet tells it; H stands for headline,
    L for the opening paragraph. The statements that most outlets tell come first.

    Args:
        table: a COVERAGE table.
        limit: rows drawn; a note counts the others, and the outlets beyond MOST_COLUMNS.
        ax: axes to draw on; a new figure's axes when None.
    """
    every = table.groupby("outlet")["found"].sum().sort_values(ascending=False, kind="stable").index
    outlets = sorted(every[:MOST_COLUMNS])
    rows = _most_told(table, limit)
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


def _most_told(table: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The statements to draw: the most told first, then in the order of telling."""
    heads = table.drop_duplicates("statement")
    place = table["place"].map({"headline": 0, "lede": 1, "body": 2})
    prominent = place.groupby(table["statement"]).min()
    heads = heads.assign(prominent=heads["statement"].map(prominent), fewer=-heads["outlets"])
    return heads.sort_values(["fewer", "prominent", "statement"], kind="stable").head(limit)


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
