"""Tables as readers want them: whole passages, rounded numbers, links to the place in the article."""

import pandas as pd


def show_table(table: pd.DataFrame, *, digits: int = 2, caption: str | None = None) -> pd.DataFrame:
    """Show a table with its numbers rounded."""
    return table.round(digits)
