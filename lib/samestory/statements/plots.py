"""Which outlet tells which statement, as a figure."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from samestory.pages import figures

MOST_ROWS = 30  # statements in one figure; more are unreadable on a page
MOST_COLUMNS = 20  # outlets in one figure
LONGEST, LABEL_WIDTH = 116, 62  # characters of a row's label, and on one line of it
PLACE_MARKS = {"headline": "H", "lede": "L", "body": ""}


def plot_coverage(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_ROWS) -> Axes:
    """Draw which outlet tells which statement: a row a statement, a column an outlet.

    A square is a telling, its number the order in which the outlet tells it; H stands for headline,
    L for the opening paragraph; a question mark for what the outlet perhaps tells. The statements that most
    outlets tell come first.

    Args:
        table: a COVERAGE table.
        limit: rows drawn; a note counts the others, and the outlets beyond MOST_COLUMNS.
    """
    every = figures.ranked(table.groupby("outlet")["found"].sum())
    outlets = sorted(every[:MOST_COLUMNS])
    rows = _most_told(table, limit)
    if rows.empty:
        return figures.note_in(ax, "no statement to compare")
    labels = [figures.label(text, LONGEST, width=LABEL_WIDTH) or "(no words)" for text in rows["label"]]
    lines = pd.Series([1 + text.count("\n") for text in labels], index=rows["statement"])
    tops = lines.cumsum() - lines
    height = 1.6 + 0.24 * lines.sum() + 0.1 * len(lines)
    ax = figures.new_axes(ax, width=4.6 + 0.62 * max(2, len(outlets)), height=height)
    looks = figures.outlet_looks(outlets)
    for top in tops:
        ax.axhline(top, color="0.88", linewidth=0.6, zorder=0)
    shown = table[table["statement"].isin(lines.index) & table["outlet"].isin(outlets)]
    for cell in shown[shown["found"] | shown["perhaps"]].itertuples():
        x, y, height = outlets.index(cell.outlet), tops[cell.statement], lines[cell.statement]
        if cell.perhaps:
            ax.text(x, y + height / 2, "?", ha="center", va="center", fontsize=8, color="0.4")
            continue
        colour = looks[cell.outlet].colour
        ax.add_patch(Rectangle((x - 0.4, y + 0.12), 0.8, height - 0.24, fc=colour, ec=colour, alpha=0.25))
        telling = f"{PLACE_MARKS[cell.place]}{cell.order}"
        ax.text(x, y + height / 2, telling, ha="center", va="center", fontsize=8)
    ax.set_yticks(tops + lines / 2, labels, fontsize=8)
    ax.set(xlim=(-0.5, len(outlets) - 0.5), ylim=(lines.sum(), 0))
    figures.name_columns(ax, range(len(outlets)), [figures.label(outlet, width=16) for outlet in outlets])
    ax.tick_params(axis="y", length=0)
    ax.spines[:].set_visible(False)
    ax.set_xlabel(
        "Number: order of telling in the outlet; H headline, L opening paragraph; ? perhaps told", fontsize=8
    )
    statements = table["statement"].nunique()
    figures.note_left_out(ax, statement=statements - limit, outlet=len(every) - len(outlets))
    return ax


def _most_told(table: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The statements to draw: the most told first, then in the order of telling."""
    heads = table.drop_duplicates("statement")
    place = table["place"].map({"headline": 0, "lede": 1, "body": 2})
    prominent = place.groupby(table["statement"]).min()
    heads = heads.assign(prominent=heads["statement"].map(prominent), fewer=-heads["outlets"])
    return heads.sort_values(["fewer", "prominent", "statement"], kind="stable").head(limit)
