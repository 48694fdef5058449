"""What is shown of trust: figures, tables of what was coded, and the paragraph on methods to be copied."""

import pandas as pd
from matplotlib.axes import Axes

from samestory.pages import figures
from samestory.pages.html import render, show_html
from samestory.pages.tables import show_table
from samestory.tables import require_columns
from samestory.trust.coded import Coded
from samestory.trust.misclassified import ALL_OUTLETS, CORRECTED
from samestory.trust.paragraph import Methods

NOT_CODED = "No sheet was coded yet."
MOST_OUTLETS = 12
_APART = 0.08  # rows between the raw and the corrected share


@figures.drawn
def plot_corrected(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_OUTLETS) -> Axes:
    """Draw the raw and the corrected share of one answer in each outlet, with the interval of the latter.

    Args:
        table: the rows of `corrected` for one answer; rows without a corrected share have the raw one alone.
        limit: outlets drawn, those with most passages.
    """
    require_columns(table, CORRECTED.keys() - {"why_not"}, where="table")
    rows = table[table["outlet"] != ALL_OUTLETS]
    if rows.empty:
        return figures.note_in(ax, NOT_CODED.rstrip(".").lower())
    what, variable, value = rows[["what", "variable", "value"]].iloc[0]
    question = f"{what.capitalize()}, {variable}"
    rows = rows[(rows["what"] == what) & (rows["value"] == value)]
    kept = rows.sort_values(["units", "outlet"], ascending=[False, True]).head(limit).sort_values("outlet")
    looks = figures.outlet_looks(rows["outlet"])
    ax = figures.new_axes(ax, height=1.2 + 0.5 * len(kept))
    for place, row in enumerate(kept.itertuples()):
        figures.draw_points(ax, row.raw, place - _APART, looks[row.outlet], full=False)
        if pd.notna(row.corrected):
            ax.plot([row.low, row.high], [place + _APART] * 2, color=looks[row.outlet].colour, linewidth=1.5)
            figures.draw_points(ax, row.corrected, place + _APART, looks[row.outlet], full=True)
    figures.name_rows(ax, [f"{figures.label(row.outlet)} (n={row.units})" for row in kept.itertuples()])
    ax.set(xlim=(-0.02, 1.02))
    figures.caption(
        ax,
        f"{figures.label(question)}: “{figures.label(value)}”, as the machine says and corrected",
        "Share of the outlet's passages (0 none, 1 all)",
        note=figures.sentences(
            "Hollow: what the machine says. Full: corrected, with its 95% interval",
            figures.left_out(outlet=len(rows) - limit),
        ),
        says=" ".join(map(_said, kept.itertuples())),
        data=kept,
    )
    return ax


def show_coded(coded: Coded, table: pd.DataFrame, *, caption: str) -> None:
    """Display a table of what was coded, or say that nothing was."""
    if coded.answers.empty:
        show_html(render("nothing.html.j2", text=NOT_CODED), NOT_CODED)
    else:
        show_table(table, caption=caption)


def show_methods(methods: Methods) -> None:
    """Display the paragraph on methods with its references, and the BibTeX unfolded on request."""
    paragraphs = methods.text.split("\n\n")
    html = render(
        "methods.html.j2", paragraphs=paragraphs, references=methods.references, bibtex=methods.bibtex
    )
    show_html(html, "\n\n".join([methods.text, *methods.references]))


def _said(row) -> str:
    corrected = f", corrected {row.corrected:.0%} ({row.low:.0%} to {row.high:.0%})"
    return f"{row.outlet}: {row.raw:.0%}{corrected if pd.notna(row.corrected) else ''}."
