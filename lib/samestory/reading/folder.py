"""Any source of articles to the articles table: a folder or one file, with or without a manifest."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory import tables
from samestory.reading import corrections
from samestory.reading.articles import build_articles
from samestory.reading.disk import Found, find_files, leads_out, read_bytes
from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.files import read_file
from samestory.reading.manifest import (
    ALIASES,
    CHECKS,
    MANIFEST,
    Manifest,
    is_manifest,
    read_aliases,
    read_manifest,
)
from samestory.reading.notice import NothingThere, show_unread


class Loaded(NamedTuple):
    """What was read: `articles, problems, corrections = load(folder)`, or by name; `annotate` takes it whole.

    Three values and no attrs of a table, since pandas drops or compares those when tables are joined.
    """

    articles: pd.DataFrame  # ARTICLES, and the user's own columns
    problems: pd.DataFrame = tables.build([], tables.PROBLEMS)  # what was not read or in part, and what to do
    # what a person says is otherwise, from the folder's corrections.csv and aliases.csv, not yet applied
    corrections: pd.DataFrame = tables.build([], corrections.ROWS)

    @property
    def aliases(self) -> dict[str, str]:
        """Name -> canonical name, by hand."""
        same = self.corrections[self.corrections["kind"] == corrections.SAME_NAME]
        return dict(zip(same["words"], same["value"], strict=True))

    def __repr__(self) -> str:
        n, outlets = len(self.articles), self.articles["outlet"].nunique()
        return f"<Loaded: {n} articles of {outlets} outlets, {len(self.problems)} problems>"


def load(path: str | Path, *, manifest: str | Path | None = None) -> Loaded:
    """Read articles from a folder, with its subfolders, or from one file.

    It reads texts (.txt, .md), saved web pages (.html, .mhtml, .webarchive, .warc), documents (.docx, .odt,
    .rtf, .pdf, .epub), mails (.eml), news in XML (RSS, Atom, NITF, NewsML-G2), tables of articles with a
    column such as `text` or `body` (.csv, .tsv, .xlsx, .json, .jsonl, .parquet), exports of press databases
    (Nexis, Factiva, ProQuest, Europresse) in any of these, and .zip files of all of them. An `articles.csv`
    in the folder is the manifest: file, outlet, published, url, author, language, title, all but `file`
    optional, and any columns of your own; it overrides what the files state. An `aliases.csv` or
    `aliases.yaml` there (see `read_aliases`) says which names mean the same, a `corrections.csv` (see
    `trust.correct`) what else a person knows better than the program, and a folder `checks` has coding sheets
    (`samestory.trust`). Hidden files, the folder's own README and licence, and what links lead to outside of
    the folder are not read.

    Args:
        manifest: a manifest under another name or in another place.
    Returns:
        articles, problems, corrections. The ARTICLES table is in the order of the files' names; `outlet` is
        from the manifest, the page's metadata or the subfolder, else a label made from the file's name;
        `published` is wall-clock time as stated, `published_from` tells how it is known (`reading/dates.py`
        says when it is `inferred`); the user's own columns stand behind its own. The PROBLEMS table has every
        file or row that was not read or only in part, with what to do: no file stops the others. In a
        notebook, a line under the cell says how many there are.
    Raises:
        FileNotFoundError: there is no such folder, file or manifest.
    """
    root = _existing(path, "folder or file of articles")
    problems: list[Problem] = []
    listing = _manifest(root, manifest)
    drafts: list[Draft] = []
    for file, source in _files(root, listing, problems):
        reading = _read(file, source, named=not root.is_dir())
        drafts += reading.drafts
        problems += reading.problems
    by_hand = _corrections(root, problems)
    name = tables.whole(root.resolve().name)
    articles, found = build_articles(drafts, listing, problems, complete=root.is_dir(), name=name)
    show_unread(articles, found)
    return Loaded(articles, found, by_hand)


def _existing(path: str | Path, what: str) -> Path:
    path = Path(path)
    if not path.exists():
        raise NothingThere(f"no {what} at {str(path)!r} (from {str(Path.cwd())!r}); check the spelling")
    return path


def _manifest(root: Path, stated: str | Path | None) -> Manifest:
    if stated is not None:
        return read_manifest(_existing(stated, "manifest"))
    folder = root if root.is_dir() else root.parent
    beside = folder / MANIFEST
    # A link that leads out of the folder is named with the other such links.
    usable = beside != root and os.path.lexists(beside) and not leads_out(beside, folder)
    return read_manifest(beside) if usable and is_manifest(beside) else Manifest(MANIFEST)


def _corrections(root: Path, problems: list[Problem]) -> pd.DataFrame:
    """The folder's own corrections and aliases; a file of them that is wrong is a problem, and not used."""
    read = [tables.build([], corrections.ROWS)]
    aliases = next((name for name in ALIASES if _is_own(root, name)), None)
    if aliases:
        try:
            read.append(corrections.of_aliases(read_aliases(root / aliases), aliases))
        except (ValueError, OSError) as error:
            problems.append(Problem(aliases, f"not used: {error}"))
    if _is_own(root, corrections.FILE):
        rows, wrong = corrections.read_corrections(root / corrections.FILE)
        read.append(rows)
        problems += wrong
    return pd.concat(read, ignore_index=True)


def _is_own(root: Path, name: str) -> bool:
    """Does the folder have such a file, of its own and no link out of it?"""
    return root.is_dir() and os.path.lexists(root / name) and not leads_out(root / name, root)


def _files(root: Path, listing: Manifest, problems: list[Problem]) -> Iterator[Found]:
    """The files to read, sorted, without those that tell of others."""
    if not root.is_dir():
        yield Found(root, tables.whole(root.name))
        return
    # An outlet may be called so: the folder is one of sheets where what is written with them lies in it.
    has_checks = any(any((root / CHECKS).glob(name)) for name in ("*-key.json", "frozen.json"))
    for file in find_files(root, lambda place, reason: problems.append(Problem(place, reason))):
        is_listing = file.source == MANIFEST and (listing.rows or listing.problems or is_manifest(file.path))
        is_check = has_checks and file.source.startswith(f"{CHECKS}/")
        if not is_listing and not is_check and file.source not in (*ALIASES, corrections.FILE):
            yield file


def _read(file: Path, source: str, *, named: bool) -> FromFile:
    try:
        data = read_bytes(file)
    except OSError as error:
        reason = f"not read: {error.strerror or error}; check the file's permissions"
        return FromFile([], [Problem(source, reason)])
    except ValueError as error:
        return FromFile([], [Problem(source, f"not read: {error}")])
    return read_file(data, source, named=named)
