"""Any source of articles to the articles table."""

from pathlib import Path

import pandas as pd

from samestory import tables


def load(path: str | Path, *, manifest: str | Path | None = None) -> pd.DataFrame:
    """Read articles."""
    rows = [
        {
            "article_id": file.stem,
            "outlet": file.stem,
            "title": "",
            "text": file.read_text("utf-8"),
            "words": 0,
        }
        for file in sorted(Path(path).glob("*.txt"))
    ]
    articles = tables.build(rows, tables.ARTICLES)
    articles.attrs["problems"] = tables.Problems(tables.build([], tables.PROBLEMS))
    return articles
