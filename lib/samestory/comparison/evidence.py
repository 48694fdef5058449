"""Evidence with its sentence: which sentence each annotation lies in, and whose article it is."""

import numpy as np
import pandas as pd

HONORIFICS = frozenset(("mr", "mrs", "ms", "miss", "dr", "sir", "dame"))  # house style, not a description
NO_SPEAKER = "(no speaker)"  # whose words a quote is, where the text does not say


def with_sentence(rows: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Add to each row the sentence that its start lies in.

    Args:
        rows: a table with article_id and start.
        sentences: the story's sentences.
    Returns:
        rows with `sentence` (number, missing where none holds it), `sentence_start`, `passage` (the
        sentence's text) and `sentence_voice`.
    """
    rows = rows.reset_index(drop=True)
    keep = sentences[["article_id", "start", "end", "sentence", "voice", "text"]].rename(
        columns={
            "start": "sentence_start",
            "end": "sentence_end",
            "voice": "sentence_voice",
            "text": "passage",
        }
    )
    keep = keep.sort_values(["article_id", "sentence_start"]).reset_index(drop=True)
    found = np.full(len(rows), -1)
    by_article = dict(iter(keep.groupby("article_id", sort=False)))
    for article, part in rows.groupby("article_id", sort=False):
        own = by_article.get(article)
        if own is None:
            continue
        place = own["sentence_start"].to_numpy().searchsorted(part["start"].to_numpy(), side="right") - 1
        inside = (place >= 0) & (part["start"].to_numpy() < own["sentence_end"].to_numpy()[place])
        found[part.index[inside]] = own.index.to_numpy()[place[inside]]
    picked = keep.reindex(found).reset_index(drop=True)
    columns = ["sentence", "sentence_start", "passage", "sentence_voice"]
    picked["sentence"] = picked["sentence"].astype("Int64")
    picked["sentence_start"] = picked["sentence_start"].astype("Int64")
    return rows.assign(**{name: picked[name] for name in columns})


def with_outlet(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Add the article's outlet ("(unknown outlet)" where it is not known)."""
    outlets = articles.set_index("article_id")["outlet"].fillna("(unknown outlet)")
    return rows.assign(outlet=rows["article_id"].map(outlets).astype("str"))


def with_voice(rows: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Add `voice`: 'quoted' where the row starts inside the content of a quote, else 'narrator'."""
    voices = np.full(len(rows), "narrator", dtype=object)
    rows = rows.reset_index(drop=True)
    contents = {article: part.sort_values("start") for article, part in quotes.groupby("article_id")}
    for article, part in rows.groupby("article_id", sort=False):
        if article not in contents:
            continue
        starts = contents[article]["start"].to_numpy()
        reach = np.maximum.accumulate(contents[article]["end"].to_numpy())  # quotes may lie in each other
        place = starts.searchsorted(part["start"].to_numpy(), side="right") - 1
        voices[part.index[(place >= 0) & (part["start"].to_numpy() < reach[place])]] = "quoted"
    return rows.assign(voice=pd.Series(voices, dtype="str"))


def too_small(articles: pd.DataFrame, *, by: str = "outlet", enough: int = 5) -> str | None:
    """A plain warning where too few articles stand for an outlet, or None.

    One article is a sample of one: what marks it may be its writer, its hour or its length. Below five
    ("enough", a rule of thumb of ours) a difference is a pointer to read on, not a finding.
    """
    counts = articles[by].fillna("(unknown)").value_counts()
    small = counts[counts < enough]
    if len(counts) < 2:
        return f"There is one {by} only, so there is nothing to compare it with."
    if small.empty:
        return None
    least = int(small.min())
    return (
        f"{len(small)} of {len(counts)} {by}s have fewer than {enough} articles (the smallest has {least}): "
        "treat every difference as a pointer to passages worth reading, not as a finding about the outlet."
    )
