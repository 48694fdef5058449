"""Which outlet tells which statement: a table whose cells lead to the passages."""

import pandas as pd

from samestory.pages import figures
from samestory.pages.html import passage_anchor, render, show_html

MOST_ROWS = 30  # statements in one table; more are unreadable on a page
MOST_COLUMNS = 20  # outlets in one table
PLACE_MARKS = {"headline": "H", "lede": "L", "body": ""}


def show_coverage(table: pd.DataFrame, *, limit: int = MOST_ROWS) -> None:
    """Display which outlet tells which statement: a row a statement, a column an outlet, a cell a link.

    A cell gives the order in which the outlet tells it; H stands for headline, L for the opening paragraph, a
    question mark for what the outlet perhaps tells. The statements that most outlets tell come first.

    Args:
        table: a COVERAGE table.
        limit: rows shown; a note counts the others, and the outlets beyond MOST_COLUMNS.
    """
    outlets, every = _columns(table)
    rows = [
        {"label": one.label, "cells": [cells.get((one.statement, outlet)) for outlet in outlets]}
        for cells in [_cells(table)]
        for one in _most_told(table, limit).itertuples()
    ]
    left_out = figures.left_out(
        statement=table["statement"].nunique() - limit, outlet=len(every) - len(outlets)
    ).replace("drawn", "shown")
    told = table[table["found"]].groupby("outlet")["statement"].nunique()
    text = "Statements told: " + ", ".join(f"{outlet} {told.get(outlet, 0)}" for outlet in outlets)
    html = render("coverage.html.j2", outlets=outlets, rows=rows, note=figures.sentences(left_out))
    show_html(html, text if rows else "No statement to compare.")


def _columns(table: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The outlets that get a column, in the order of the alphabet; and all of them."""
    every = figures.ranked(table.groupby("outlet")["found"].sum())
    return sorted(every[:MOST_COLUMNS]), every


def _cells(table: pd.DataFrame) -> dict[tuple[int, str], dict]:
    """What stands in each cell: the order of telling, and the place to which it leads (none where unsure)."""
    told = table[table["found"] | table["perhaps"]]
    return {
        (row.statement, row.outlet): {
            "text": "?" if row.perhaps else f"{PLACE_MARKS[row.place]}{row.order}",
            "anchor": "" if row.perhaps else passage_anchor(row.article_id, row.start),
            "passage": row.text,
        }
        for row in told.itertuples()
    }


def _most_told(table: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The statements to draw: the most told first, then in the order of telling."""
    heads = table.drop_duplicates("statement")
    place = table["place"].map({"headline": 0, "lede": 1, "body": 2})
    prominent = place.groupby(table["statement"]).min()
    heads = heads.assign(prominent=heads["statement"].map(prominent), fewer=-heads["outlets"])
    return heads.sort_values(["fewer", "prominent", "statement"], kind="stable").head(limit)
