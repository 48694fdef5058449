"""Passages in columns, one an outlet: what each says about one thing, side by side."""

import pandas as pd

from samestory.pages.html import count, passage_anchor, render, show_html
from samestory.pages.tables import format_value

MOST = 15  # passages of an outlet


def show_columns(rows: pd.DataFrame, *, limit: int = MOST) -> None:
    """Display passages in a column for each outlet, with what is known of each below it.

    Args:
        rows: outlet, text, article_id, start; every further column is written below the passage.
        limit: passages in a column; a note counts the others.
    """
    known = [name for name in rows if name not in ("outlet", "text", "article_id", "start", "end")]
    columns = []
    for outlet, own in rows.groupby("outlet", sort=True):
        passages = [
            {
                "text": row["text"],
                "anchor": passage_anchor(row["article_id"], row["start"]),
                "about": " · ".join(f"{name}: {format_value(row[name])}" for name in known),
            }
            for row in own.head(limit).to_dict("records")
        ]
        more = len(own) - len(passages)
        columns.append({"outlet": outlet, "n": len(own), "passages": passages, "more": more})
    told = [f"{column['outlet']}: {count(column['n'], 'sentence')}" for column in columns]
    show_html(render("columns.html.j2", columns=columns), "\n".join(told) or "No sentence was found.")
