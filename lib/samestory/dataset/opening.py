"""Some articles of a dataset as a story, in which the outlets are compared."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.dataset.store import Store
from samestory.names.across_outlets import merge_names
from samestory.reading.articles import label_unknown
from samestory.story import Story


def open_story(
    dataset: str | Path, article_ids: Collection[str], *, aliases: Mapping[str, str] | None = None
) -> Story:
    """Open articles of a dataset as a story; nothing is annotated anew, and only their parts are read.

    Names are made one in all of them, as `annotate` does, and an outlet that is not known is named after its
    article.

    Args:
        dataset: the folder that `annotate_dataset` wrote.
        article_ids: which articles, such as those of one story in `stories`.
        aliases: name -> canonical name; they win over the machine.
    Raises:
        ValueError: an article is not in the dataset.
    """
    store, wanted = Store(dataset), set(article_ids)
    parts = [key for key, mark in store.marks() if not wanted.isdisjoint(mark.get("article_ids", ()))]
    found = {
        name: _some([store.table(name, key) for key in parts], wanted, columns)
        for name, columns in {"articles": tables.ARTICLES | {"own": "str"}, **tables.ANNOTATIONS}.items()
    }
    articles = _as_read(found.pop("articles"))
    missing = wanted - set(articles["article_id"])
    if missing:
        raise ValueError(f"{len(missing)} articles are not in {dataset}, such as {min(missing)!r}")
    found["mentions"], found["quotes"] = merge_names(
        found["mentions"], found["quotes"], articles, aliases=aliases
    )
    problems = pd.concat(
        [tables.build([], tables.PROBLEMS), *(store.table("problems", key) for key in parts)]
    )
    told = problems["file"].isin(articles["source"])
    return Story(articles, **found, problems=problems[told].reset_index(drop=True))


def _some(parts: list[pd.DataFrame], wanted: set[str], columns: Mapping[str, str]) -> pd.DataFrame:
    rows = [part[part["article_id"].isin(wanted)] for part in parts]
    table = pd.concat([tables.build([], columns), *rows], ignore_index=True)
    kept = {name: dtype for name, dtype in columns.items() if name in table}
    order = ["article_id"] + [name for name in ("start", "end") if name in table]
    return table.astype(kept).sort_values(order, kind="stable", ignore_index=True)[list(columns)]


def _as_read(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles as `load` gives them: lists of what was removed, and the user's own columns."""
    own = [json.loads(cell) for cell in articles["own"]]
    names = dict.fromkeys(name for cells in own for name in cells)
    columns = {name: pd.Series([cells.get(name) for cells in own], dtype="str") for name in names}
    removed = [
        [tuple(one) for one in json.loads(cell)] if pd.notna(cell) else None for cell in articles["removed"]
    ]
    outlets = label_unknown(articles["outlet"], articles["article_id"])
    read = articles.drop(columns="own").assign(removed=pd.Series(removed, dtype="object"), outlet=outlets)
    return read.astype({"outlet": "str"}).assign(**columns)
