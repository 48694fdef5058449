"""The articles of one part of a source; each is read as if there were no other."""

import json
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.dataset.records import LINES, PARQUET, header_of, row_groups
from samestory.dataset.sources import Part
from samestory.reading.articles import build_articles
from samestory.reading.disk import leads_out, read_bytes
from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.files import read_file
from samestory.reading.guard import guarded
from samestory.reading.manifest import MANIFEST, Manifest, is_manifest, read_manifest
from samestory.reading.tabular import Record, articles_of_records, is_sheet, table_records

# Columns of the user's own differ from file to file, the tables of a dataset may not: they are one JSON text.
ARTICLES = tables.ARTICLES | {"removed": "str", "own": "str"}


def read_part(part: Part) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a part.

    Returns:
        ARTICLES of a dataset and PROBLEMS. Every place of the part is the source of an article or the file of
        a problem; a file that holds several articles counts as one.
    """
    root, problems = Path(part.root), list[Problem]()
    if part.source:
        drafts = _of_table(part, problems)
        listing = Manifest(MANIFEST)
    else:
        drafts, listing = [], replace(listing_of(part.root), problems=[], used=set())
        for source, article_id in part.ids.items():
            reading = _read_one(root / source if root.is_dir() else root, source, named=not root.is_dir())
            problems += reading.problems
            for draft in reading.drafts:
                draft.article_id = article_id if draft.source == source else draft.source
            drafts += reading.drafts
    articles, found = build_articles(
        drafts, listing, problems, complete=False, name=part.source, each_alone=True
    )
    return _as_stored(articles), found


def _read_one(path: Path, source: str, *, named: bool) -> FromFile:
    try:
        return read_file(read_bytes(path), source, named=named)
    except (OSError, ValueError) as error:
        return FromFile([], [Problem(source, f"not read: {getattr(error, 'strerror', None) or error}")])


def _of_table(part: Part, problems: list[Problem]) -> list[Draft]:
    """The drafts of a table's rows; a problem for every row that gives none."""
    for place in part.twice:
        problems.append(Problem(f"{part.source}, {place}", "not read: the same stands above it"))
    records = [(place, record) for place, record in _records(part) if place in part.ids]
    read = partial(articles_of_records, records, part.source, own=_is_own(part.source))
    reading, wrong = guarded(read, part.end - part.start)
    drafts, told = ([], []) if reading is None else reading
    kept = {draft.source for draft in drafts}
    told_of = {place: record for place, record in records if isinstance(record, str)}
    for place in part.ids:
        source = f"{part.source}, {place}"
        if source not in kept:
            problems.append(Problem(source, f"not read: {wrong or told_of.get(place) or 'no text in it'}"))
    problems += [problem for problem in told if not _is_of_no_article(problem, told_of)]
    for draft in drafts:
        draft.article_id = part.ids[draft.source.removeprefix(f"{part.source}, ")]
    return drafts


def _is_of_no_article(problem: Problem, told_of: dict[str, str]) -> bool:
    """Whether it says of a row that nothing was read, as is said of each such row here."""
    place, _, reason = problem.reason.partition(": ")
    return problem.reason.endswith("no text; not read") or told_of.get(place) == reason


def _records(part: Part) -> list[Record]:
    path = Path(part.root)
    path = path / part.source if path.is_dir() else path
    if path.suffix.lower() in PARQUET:
        rows = _row_group(str(path), part.group)[part.start : part.end]
        return [(f"row {part.above + n}", row) for n, row in enumerate(rows, 1)]
    with path.open("rb") as file:
        file.seek(part.start)
        data = file.read(part.end - part.start)
    if path.suffix.lower() not in LINES:
        data = header_of(path) + data
    records, _ = table_records(data, part.source, above=part.above)
    return list(records)


def _is_own(source: str) -> bool:
    return is_sheet(source) or Path(source).suffix.lower() in PARQUET


@lru_cache(maxsize=1)
def _row_group(path: str, number: int) -> list[dict]:
    for n, rows in enumerate(row_groups(Path(path))):
        if n == number:
            return rows
    raise ValueError(f"{path} has changed since its rows were counted; start again")


@lru_cache(maxsize=1)
def listing_of(root: str) -> Manifest:
    """The folder's own manifest; one without rows where there is none."""
    beside = Path(root) / MANIFEST
    usable = beside.is_file() and not leads_out(beside, Path(root)) and is_manifest(beside)
    return read_manifest(beside) if usable else Manifest(MANIFEST)


def _as_stored(articles: pd.DataFrame) -> pd.DataFrame:
    own = tables.own_columns(articles)
    told = [
        json.dumps({name: row[name] for name in own if pd.notna(row[name])}, ensure_ascii=False)
        for row in articles[own].to_dict("records")
    ]
    cut = [json.dumps(cell) if isinstance(cell, list) else None for cell in articles["removed"]]
    kept = articles.assign(removed=cut, own=told if own else "{}")
    return kept[list(ARTICLES)].astype({"removed": "str", "own": "str"})
