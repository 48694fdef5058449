"""What was cut from the articles, and how much it changes their length."""

import pandas as pd

from samestory import tables

REMOVED = {
    "article_id": "str",
    "outlet": "str",
    "reason": "str",  # the kind of clutter
    "passage": "str",  # as it stands in the raw text
    "characters": "int64",  # of the passage, space at its edges aside
    "raw_start": "int64",  # offsets in the raw text: raw[raw_start:raw_end] holds the passage
    "raw_end": "int64",
}
LENGTHS = {
    "article_id": "str",
    "outlet": "str",
    "words": "int64",  # of the cleaned text
    "words_with_clutter": "int64",  # of the raw text
    "cut_share": "float64",  # of the raw text's words, 0 to 1; NaN where there is no raw text
    "paragraphs": "int64",
}


def removed_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """List every passage that cleaning cut from the articles.

    Returns:
        REMOVED table, in the order of the articles and of their raw texts.
    """
    rows = []
    for article in _cells(articles, ("article_id", "outlet", "raw", "removed")):
        if not (isinstance(article["raw"], str) and isinstance(article["removed"], list)):
            continue
        for start, end, reason in article["removed"]:
            passage = article["raw"][start:end].strip()
            place = {"passage": passage, "characters": len(passage), "raw_start": start, "raw_end": end}
            rows.append(article | place | {"reason": reason})
    return tables.build(rows, REMOVED)


def article_lengths(articles: pd.DataFrame) -> pd.DataFrame:
    """Measure each article with and without its page clutter.

    Returns:
        LENGTHS table, one row an article, in the order of the articles.
    """
    rows = []
    for article in _cells(articles, ("article_id", "outlet", "raw", "text")):
        text = article["text"] if isinstance(article["text"], str) else ""
        raw = article["raw"] if isinstance(article["raw"], str) else text
        words, with_clutter = len(text.split()), len(raw.split())
        share = max(0.0, 1 - words / with_clutter) if with_clutter else None
        lengths = {"words": words, "words_with_clutter": with_clutter, "cut_share": share}
        rows.append(article | lengths | {"paragraphs": text.count("\n\n") + bool(text)})
    return tables.build(rows, LENGTHS)


def _cells(articles: pd.DataFrame, names: tuple[str, ...]) -> list[dict]:
    """The named cells of each article; None in a column that a table made elsewhere lacks."""
    columns = [list(articles[name]) if name in articles else [None] * len(articles) for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
