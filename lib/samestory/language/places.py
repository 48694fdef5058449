"""Which sentence each annotation lies in, and whose article it is."""

import numpy as np
import pandas as pd


def with_sentence(rows: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Add to each row the sentence that its start lies in.

    Args:
        rows: a table with article_id and start.
    Returns:
        rows with `sentence` (number, missing where none holds it), `sentence_start`, `passage` (the
        sentence's text) and `sentence_voice`.
    """
    rows = rows.reset_index(drop=True)
    names = {"start": "sentence_start", "end": "sentence_end", "voice": "sentence_voice", "text": "passage"}
    keep = sentences[["article_id", "sentence", *names]].rename(columns=names)
    keep = keep.sort_values(["article_id", "sentence_start"]).reset_index(drop=True)
    found = np.full(len(rows), -1)
    by_article = dict(iter(keep.groupby("article_id", sort=False)))
    for article, part in rows.groupby("article_id", sort=False):
        own = by_article.get(article)
        if own is None:
            continue
        starts = part["start"].to_numpy()
        place = own["sentence_start"].to_numpy().searchsorted(starts, side="right") - 1
        inside = (place >= 0) & (starts < own["sentence_end"].to_numpy()[place])
        found[part.index[inside]] = own.index.to_numpy()[place[inside]]
    columns = ["sentence", "sentence_start", "passage", "sentence_voice"]
    picked = keep.reindex(found).reset_index(drop=True)
    picked = picked.astype({"sentence": "Int64", "sentence_start": "Int64"})
    return rows.assign(**{name: picked[name] for name in columns})


def with_outlet(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Add the article's outlet."""
    outlets = articles.set_index("article_id")["outlet"]
    return rows.assign(outlet=rows["article_id"].map(outlets).astype("str"))
