"""Annotate a collection of any size: its parts over processes or a cluster, whatever happens on the way."""

import hashlib
import json
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from queue import Queue
from typing import Any, NamedTuple

import pandas as pd
from joblib import cpu_count

from samestory import tables
from samestory.annotation import Rows, tables_alone
from samestory.cache import PACKAGE, code_digest, installed_version
from samestory.dataset import apart
from samestory.dataset.apart import Apart, Died
from samestory.dataset.reading import ARTICLES, listing_of
from samestory.dataset.records import Record
from samestory.dataset.sources import Part, Sources
from samestory.dataset.store import TABLES, Store
from samestory.pages.progress import with_progress
from samestory.reading.draft import Problem
from samestory.reading.manifest import ALIASES, read_aliases
from samestory.reading.notice import NothingThere

SECONDS = 300.0  # for one article; a feature of 3,000 words takes two
_READING = 3600.0  # seconds for a part
_PACKED = (".zip", ".gz", ".epub", ".warc")  # in which articles have names of their own
_SOURCE = "source"  # the part that holds what is said of the source as a whole


class Dataset(NamedTuple):
    """What a run left: where it is, and how many articles went where."""

    folder: Path
    articles: int  # annotated, in the dataset
    problems: int  # rows of the problems table
    quarantined: int  # articles that ended the process that read them; set aside with the reason
    unchanged: int  # articles whose part was there already


class _Job(NamedTuple):
    """A part to do; plain values, so that it can be sent to another machine."""

    part: dict[str, Any]
    key: str
    out: str
    aliases: dict[str, str]
    seconds: float
    program: tuple[str, ...]


def annotate_dataset(
    source: str | Path,
    out: str | Path,
    *,
    workers: int = 1,
    client: Any = None,
    seconds: float = SECONDS,
    retry: bool = False,
) -> Dataset:
    """Annotate a collection that need not fit into memory, and write it as a dataset of Parquet tables.

    The source is streamed in parts of some 256 articles. What is there already is not done again: after a
    kill, a full disk or a change of the source the same call goes on, and the result is the same as of one
    undisturbed run. Each article is read and annotated in a process apart from this one; an article that ends
    that process, twice, or takes too long is set aside in the table `quarantine`.

    Everything here is told of one article alone: dates are not inferred from other articles, names are the
    fullest of their own article, an outlet that is not stated is missing. Names are the same across articles
    only within one story: see `stories`, and `open_story`, which gives the articles of one as a `Story`.

    Args:
        source: a folder of any files that `load` reads, or a file. Tables as JSON Lines and CSV are streamed,
            Parquet by row groups; any other file is read whole. With Dask, a path that all workers have.
        out: the folder of the dataset, which is made; one that holds other files is refused. A run at a time.
        workers: processes (-1: one a core); each takes .7 GB.
        client: a `dask.distributed.Client`, whose workers then read and write the parts.
        seconds: that one article may take.
        retry: do the parts again that have articles in quarantine.
    Returns:
        the folder and the counts. In the folder lies a folder for each table: `articles` (as
        `tables.ARTICLES`, with `removed` as JSON, and the user's own columns as JSON in `own`), the
        annotations as `tables.ANNOTATIONS` has them, `problems`, and `quarantine` (an article and the
        `reason`). Each place of the source is the `source` of an article or the `file` of a problem.
        `article_id` is what a table states, where no other has it, or else the file's name without ending,
        and the row.
    Raises:
        FileNotFoundError: there is no such source.
        ValueError: `out` holds something else, or lies in the source.
        OSError: the disk is full, or `out` cannot be written; what was done is kept.
    """
    root = Path(source)
    if not root.exists():
        raise NothingThere(f"no folder or file of articles at {str(source)!r}; check the spelling")
    if Path(out).resolve().is_relative_to(root.resolve()):
        raise ValueError(f"{out} lies in the folder that is read; name another")
    store = Store(out)
    store.open({"samestory": installed_version("samestory")})
    aliases, notes = _aliases(root)
    parent = Apart(apart.PROGRAM)
    sources = Sources(root, lambda path: _records_of(parent, path))
    try:
        parts = {_key(part, aliases): part for part in sources.parts()}
    finally:
        parent.end()
    marks = {key: store.mark(key) for key in parts}
    done = {key: mark for key, mark in marks.items() if mark and not (retry and mark["quarantined"])}
    for key in marks.keys() - done.keys():
        store.remove(key)  # what a run left that was ended between two tables
    jobs = [
        _Job(part.plain(), key, str(store.folder), aliases, seconds, apart.PROGRAM)
        for key, part in parts.items()
        if key not in done
    ]
    total = sum(parts[job.key].n for job in jobs)
    finished = _over_dask(jobs, client) if client is not None else _over_processes(jobs, _number(workers))
    one_by_one = chain.from_iterable(repeat(None, parts[key].n) for key in finished)
    with closing(finished):
        for _ in with_progress(one_by_one, total=total, doing="annotating articles"):
            pass
    empty = {name: tables.build([], columns) for name, columns in TABLES.items()}
    told = [{"file": file, "reason": why} for file, why in [*notes, *sources.problems]]
    empty["problems"] = tables.build(told, tables.PROBLEMS)
    store.put(_SOURCE, empty, {"articles": 0, "problems": len(told), "quarantined": 0})
    store.keep({*parts, _SOURCE})
    counts = [store.mark(key) or {} for key in (*parts, _SOURCE)]
    articles, problems, quarantined = (
        sum(one.get(name, 0) for one in counts) for name in ("articles", "problems", "quarantined")
    )
    unchanged = sum(mark["articles"] for mark in done.values())
    return Dataset(store.folder, articles, problems, quarantined, unchanged)


def _aliases(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """The folder's aliases, and what is wrong with the files beside the articles."""
    notes = list(listing_of(str(root.resolve())).problems)
    for name in ALIASES:
        if (root / name).is_file():
            try:
                return read_aliases(root / name), notes
            except (ValueError, OSError) as error:
                notes.append(Problem(name, f"not used: {error}"))
    return {}, notes


def _records_of(parent: Apart, path: Path) -> Iterator[Record]:
    try:
        found = parent.ask("outline", str(path), seconds=_READING)
    except (Died, RuntimeError) as error:
        raise ValueError(f"it is damaged, or of a kind that can't be read ({error})") from error
    for number, stated, digest, start, end, group in found:
        yield Record(number, stated, bytes.fromhex(digest), start, end, group)


def _key(part: Part, aliases: Mapping[str, str]) -> str:
    """What decides the tables of a part: what stands in it, where, what is known of it, and the code."""
    known: list = sorted(aliases.items())
    if not part.source:
        known += _listed(part)
    place = {name: value for name, value in part.plain().items() if name not in ("root", "start", "end")}
    told = json.dumps([place, known, code_digest(), _reading_digest()], sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _listed(part: Part) -> list:
    """What the manifest says of the files of a part, and of what stands in them."""
    listing, by_file = listing_of(part.root), _rows_by_file(part.root)
    names = {name.casefold() for place in part.ids for name in (place, Path(place).name, Path(place).stem)}
    keys: Iterable[str] = chain.from_iterable(by_file.get(name, ()) for name in names)
    if any(place.lower().endswith(_PACKED) for place in part.ids):
        keys = listing.rows
    return [[key, listing.rows[key], listing.own[key]] for key in sorted(keys)]


@lru_cache(maxsize=1)
def _rows_by_file(root: str) -> dict[str, list[str]]:
    """The manifest's keys by the file that they name, or that holds the article that they name."""
    found: dict[str, list[str]] = {}
    for key in listing_of(root).rows:
        found.setdefault(key.partition(", ")[0], []).append(key)
    return found


@lru_cache(maxsize=1)
def _reading_digest() -> str:
    """sha256 over the code that reads articles and writes datasets."""
    digest = hashlib.sha256()
    for pattern in ("reading/**/*.py", "dataset/*.py"):
        for file in sorted(PACKAGE.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _number(workers: int) -> int:
    return cpu_count() if workers == -1 else max(1, workers)


def _over_processes(jobs: list[_Job], workers: int) -> Generator[str]:
    """Do the parts over processes; gives the key of each that is done."""
    threads = None if workers == 1 else 1
    mine = threading.local()
    all_apart: list[Apart] = []

    def one(job: _Job) -> str:
        if not hasattr(mine, "apart"):
            mine.apart = Apart(job.program, threads=threads)
            all_apart.append(mine.apart)
        return _do(job, mine.apart)

    pool = ThreadPoolExecutor(workers)  # threads only wait here: the work is done in processes
    try:
        waiting = {pool.submit(one, job) for job in jobs}
        while waiting:
            finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in finished)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in all_apart:
            process.close()
        pool.shutdown()
        for process in all_apart:
            process.end()


def _over_dask(jobs: list[_Job], client: Any) -> Generator[str]:
    """Do the parts on a cluster's workers; only the keys come back."""
    finished: Queue = Queue()
    waiting = {future.key: future for future in client.map(_do_there, jobs, pure=False, retries=3)}
    for future in waiting.values():
        future.add_done_callback(finished.put)
    while waiting:
        future = waiting.pop(finished.get().key)
        yield future.result()


_there = threading.local()


def _do_there(job: _Job) -> str:
    """Do a part on a worker of a cluster; each of its threads keeps a process of its own."""
    if not hasattr(_there, "apart"):
        _there.apart = Apart(job.program, threads=1)
    return _do(job, _there.apart)


def _do(job: _Job, process: Apart) -> str:
    """Read, annotate and write a part; gives its key."""
    store, part = Store(job.out), Part(**job.part)
    articles, problems = _read(part, process)
    rows: list[Rows] = []
    reasons: list[str | None] = []
    for article in articles.itertuples():
        asked = {
            "text": article.text,
            "title": "" if pd.isna(article.title) else article.title,
            "published": None if pd.isna(article.published) else article.published.isoformat(),
            "cache": str(store.work(job.key)),
        }
        found, reason = _annotated(asked, process, job.seconds)
        reasons.append(reason)
        rows += [] if found is None else [found]
    sound = pd.Series([reason is None for reason in reasons], articles.index, dtype="bool")
    kept, aside = articles[sound].reset_index(drop=True), articles[~sound]
    tables_found = tables_alone(kept, rows, aliases=job.aliases)
    why = [reason for reason in reasons if reason]
    told = [
        {"file": source, "annotator": "annotate", "reason": f"set aside: {reason}"}
        for source, reason in zip(aside["source"], why, strict=True)
    ]
    known = [problems, tables_found["problems"], tables.build(told, tables.PROBLEMS)]
    made = tables_found | {
        "articles": kept,
        "problems": pd.concat(known, ignore_index=True),
        "quarantine": aside.assign(reason=pd.Series(why, aside.index, dtype="str")),
    }
    mark = {"articles": len(kept), "problems": len(made["problems"]), "quarantined": len(aside)}
    mark["article_ids"] = kept["article_id"].tolist()  # by which the part of an article is found
    store.put(job.key, {name: table for name, table in made.items() if len(table)}, mark)
    return job.key


def _read(part: Part, process: Apart) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles and problems of a part; where one of its files ends the process, half by half."""
    try:
        articles, problems = process.ask("read", part.plain(), seconds=_READING)
        return tables.build(articles, ARTICLES), tables.build(problems, tables.PROBLEMS)
    except (Died, RuntimeError) as error:
        places = list(part.ids)
        if len(places) <= 1:
            file = f"{part.source}, {places[0]}" if part.source else places[0]
            told = [{"file": file, "reason": f"not read: {error}"}]
            return tables.build([], ARTICLES), tables.build(told, tables.PROBLEMS)
    middle = len(places) // 2
    first = replace(part, ids={place: part.ids[place] for place in places[:middle]})
    second = replace(part, ids={place: part.ids[place] for place in places[middle:]}, twice=[])
    halves = zip(_read(first, process), _read(second, process), strict=True)
    articles, problems = (pd.concat(half, ignore_index=True) for half in halves)
    return articles, problems


def _annotated(asked: dict[str, Any], process: Apart, seconds: float) -> tuple[Rows | None, str | None]:
    """The rows of an article, or why it has none."""
    try:
        return process.ask("annotate", asked, seconds=seconds)[0], None
    except RuntimeError as error:
        return None, str(error)
    except Died as error:
        if error.late:
            return None, str(error)
    try:  # it may be another's fault, such as of one who takes all memory
        return process.ask("annotate", asked, seconds=seconds)[0], None
    except (Died, RuntimeError) as error:
        return None, str(error)
