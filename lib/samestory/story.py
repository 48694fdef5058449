"""The story: the articles and every annotation of them, as tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.annotation.article import annotate_doc
from samestory.annotation.codebooks import Codebook
from samestory.annotation.pipeline import load_pipeline
from samestory.comparison.people import merge_names


@dataclass(frozen=True)
class Story:
    """The tables of DESIGN: one row a thing, `articles.text[start:end] == text` throughout."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    times: pd.DataFrame
    frames: pd.DataFrame
    loaded: pd.DataFrame


def annotate(
    articles: pd.DataFrame,
    *,
    workers: int = 1,
    cache: str | Path | None = None,
    model: str | None = None,
    codebooks: list[Codebook] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> Story:
    """Annotate."""
    articles = articles.reset_index(drop=True)
    nlp = load_pipeline(model)
    rows = {name: [] for name in tables.ANNOTATIONS}
    for doc, article in zip(nlp.pipe(articles["text"]), articles.itertuples(), strict=True):
        found = annotate_doc(doc, title=article.title, published=article.published, codebooks=codebooks)
        for name, items in found.items():
            rows[name].extend({"article_id": article.article_id, **item} for item in items)
    built = {name: tables.build(rows[name], columns) for name, columns in tables.ANNOTATIONS.items()}
    built["mentions"], built["quotes"] = merge_names(
        built["mentions"], built["quotes"], articles, aliases=aliases
    )
    return Story(articles, **built)
