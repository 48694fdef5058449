"""The story: the articles and every annotation of them, as tables, and how they come about."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from joblib import Parallel, delayed

from samestory import storage, tables
from samestory.annotation.article import annotate_doc
from samestory.annotation.cache import Cache
from samestory.annotation.codebooks import Codebook
from samestory.annotation.pipeline import load_pipeline
from samestory.comparison.people import merge_names

CACHE_VARIABLE = "SAMESTORY_CACHE"  # the report and `make lab` set it, so that six notebooks annotate once
CHUNK = 16  # articles that a worker is given at a time: enough to pay for sending them
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Rows = dict[str, list[dict]]  # table name -> its rows


@dataclass(frozen=True)
class Story:
    """The articles of one story and their annotations, one table a kind of thing.

    For every row of every annotation table, `articles.text[start:end] == text` of its article.
    The columns, their meaning and their units are declared in `samestory.tables`.
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    times: pd.DataFrame
    frames: pd.DataFrame
    loaded: pd.DataFrame
    actions: pd.DataFrame
    descriptions: pd.DataFrame
    events: pd.DataFrame

    def save(self, folder: str | Path) -> Path:
        """Write every table as Parquet into a folder, which is made; give the folder back."""
        return storage.save(self, folder)

    @classmethod
    def open(cls, folder: str | Path) -> "Story":
        """Read what `save` wrote.

        Raises:
            FileNotFoundError: the folder or one of its tables is not there.
        """
        return cls(**storage.read(folder))

    def export(self, target: str | Path) -> Path:
        """Write every table for other programs: an Excel file (.xlsx), or else a folder of CSV files.

        Text that a spreadsheet would take for a formula is kept from being one.
        """
        return storage.export(self, target)


class _Job(NamedTuple):
    """One article to annotate; plain values, so that it can be sent to another process."""

    text: str
    title: str
    published: str | None


def annotate(
    articles: pd.DataFrame,
    *,
    workers: int | Any = 1,
    cache: str | Path | None = None,
    model: str | None = None,
    codebooks: Sequence[Codebook] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> Story:
    """Annotate articles one by one, then give each name one form in all of them.

    Args:
        articles: as `load` gives them; `article_id` and `text` are needed, other columns may be absent.
        workers: processes to use (-1: one a core), or a `dask.distributed.Client`. An article's
            annotation does not depend on it.
        cache: a folder that keeps each article's annotation; a second run, or one with a few new
            articles, takes only what is new. None: the folder that the environment variable
            SAMESTORY_CACHE names, or no cache.
        model: the name of an installed spaCy model to use instead of the built-in one.
        codebooks: frame codebooks (`read_codebook`); the built-in ones when None.
        aliases: name -> canonical name (`read_aliases`); they win over the machine. None: those that
            `load` found in the articles' folder.
    Raises:
        ValueError: a column is missing, an article_id comes twice, or the model is not installed.
    """
    articles = _checked(articles)
    jobs = [
        _Job(row.text, "" if pd.isna(row.title) else row.title, _iso(row.published))
        for row in articles.itertuples()
    ]
    folder = cache if cache is not None else os.environ.get(CACHE_VARIABLE) or None
    codebooks = None if codebooks is None else list(codebooks)
    found = _annotate_with_cache(jobs, workers, folder, model, codebooks)
    built = _tables(articles, found)
    if aliases is None:
        aliases = articles.attrs.get("aliases")
    built["mentions"], built["quotes"] = merge_names(
        built["mentions"], built["quotes"], articles, aliases=aliases
    )
    return Story(articles, **built)


def _tables(articles: pd.DataFrame, found: list[Rows]) -> dict[str, pd.DataFrame]:
    """The annotation tables; each row's text is cut out of its article here, so that it always holds."""
    rows = {name: [] for name in tables.ANNOTATIONS}
    for article, tables_of_one in zip(articles.itertuples(), found, strict=True):
        for name, items in tables_of_one.items():
            rows[name] += [
                item | {"article_id": article.article_id, "text": article.text[item["start"] : item["end"]]}
                for item in items
            ]
    return {name: tables.build(rows[name], columns) for name, columns in tables.ANNOTATIONS.items()}


def _checked(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles with every declared column, in order, or an error that says what is wrong."""
    tables.require_columns(articles, ["article_id", "text"], where="articles")
    attrs = articles.attrs
    articles = articles.reset_index(drop=True).copy()
    twice = articles["article_id"][articles["article_id"].duplicated()]
    if len(twice):
        raise ValueError(f"articles: article_id {twice.iloc[0]!r} comes twice; every article needs its own")
    # A lone surrogate is no character and breaks UTF-8; its substitute is as long, so offsets hold.
    texts = [
        _LONE_SURROGATE.sub("\ufffd", text) if isinstance(text, str) else "" for text in articles["text"]
    ]
    articles["text"] = texts
    if "words" not in articles:
        articles["words"] = [len(text.split()) for text in texts]
    for name, dtype in tables.ARTICLES.items():
        if name not in articles:
            articles[name] = None
        articles[name] = articles[name].astype(dtype)
    articles["removed"] = [cell if isinstance(cell, list) else None for cell in articles["removed"]]
    problems = attrs.get("problems", tables.build([], tables.PROBLEMS))
    articles.attrs = attrs | {"problems": tables.Problems(problems)}
    extra = [name for name in articles if name not in tables.ARTICLES]
    return articles[[*tables.ARTICLES, *extra]]


def _annotate_with_cache(jobs, workers, folder, model, codebooks) -> list[Rows]:
    if folder is None:
        return _annotate_jobs(jobs, workers, model, codebooks)
    cache = Cache(folder)
    keys = [cache.key(job, model, codebooks) for job in jobs]
    found = [cache.get(key) for key in keys]
    missing = [n for n, rows in enumerate(found) if rows is None]
    new = _annotate_jobs([jobs[n] for n in missing], workers, model, codebooks)
    for n, rows in zip(missing, new, strict=True):
        cache.put(keys[n], rows)
        found[n] = rows
    return found


def _annotate_jobs(jobs, workers, model, codebooks) -> list[Rows]:
    chunks = [jobs[n : n + CHUNK] for n in range(0, len(jobs), CHUNK)]
    if not chunks:  # all of them were in the cache: loading the model would take a second for nothing
        return []
    if hasattr(workers, "gather"):  # a dask.distributed.Client
        done = workers.gather(workers.map(_annotate_chunk, chunks, model=model, codebooks=codebooks))
    elif workers == 1 or len(chunks) < 2:
        done = [_annotate_chunk(jobs, model=model, codebooks=codebooks)]
    else:
        run = delayed(_annotate_chunk)
        done = Parallel(n_jobs=workers)(run(chunk, model=model, codebooks=codebooks) for chunk in chunks)
    return [rows for chunk in done for rows in chunk]


def _annotate_chunk(jobs: list[_Job], *, model, codebooks) -> list[Rows]:
    return list(_annotate_stream(jobs, model, codebooks))


def _annotate_stream(jobs, model, codebooks) -> Iterator[Rows]:
    docs = load_pipeline(model).pipe(job.text for job in jobs)
    for doc, job in zip(docs, jobs, strict=True):
        published = pd.NaT if job.published is None else pd.Timestamp(job.published)
        found = annotate_doc(doc, title=job.title, published=published, codebooks=codebooks)
        yield {name: [_plain(row) for row in rows] for name, rows in found.items()}


def _plain(row: NamedTuple) -> dict:
    """A row as JSON holds it: times as text, which building the table reads again."""
    return {
        name: _iso(value) if isinstance(value, pd.Timestamp) or value is pd.NaT else value
        for name, value in row._asdict().items()
    }


def _iso(time: pd.Timestamp) -> str | None:
    return None if pd.isna(time) else time.isoformat()
