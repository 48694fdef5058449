"""Any source of articles to the articles table: a folder or one file, with or without a manifest."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pandas as pd

from samestory import tables
from samestory.reading.articles import build_articles
from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.html import read_html
from samestory.reading.manifest import ALIASES, MANIFEST, Manifest, is_manifest, read_aliases, read_manifest
from samestory.reading.tabular import read_table
from samestory.reading.text import read_text

READERS = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), read_text),
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    **dict.fromkeys((".csv", ".tsv", ".json", ".jsonl", ".ndjson"), read_table),
}
ADVICE = {
    **dict.fromkeys((".xlsx", ".xls", ".ods"), "save the sheet as CSV (UTF-8)"),
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf"), "save it as plain text (UTF-8)"),
    **dict.fromkeys((".mhtml", ".mht"), "save the page as 'Web page, HTML only'"),
    **dict.fromkeys((".zip", ".gz"), "unpack it into the folder"),
    ".pdf": "copy the article into a .txt file", ".webarchive": "save the page as page source (.html)",
}  # fmt: skip
_NOTES = ("readme", "license", "licence", "copying")  # of the folder, not articles
_SYSTEM = ("thumbs.db", "desktop.ini", "__macosx")
_LARGEST = 2**30  # bytes; a file is read whole


class Loaded(NamedTuple):
    """What was read: `articles, problems, aliases = load(folder)`, or by name; `annotate` takes it whole.

    Three values and no attrs of a table, since pandas drops or compares those when tables are joined.
    """

    articles: pd.DataFrame  # ARTICLES
    problems: pd.DataFrame = tables.build([], tables.PROBLEMS)  # what was not read or in part, and what to do
    aliases: dict[str, str] | None = None  # name -> canonical name, from the folder's aliases.csv

    def __repr__(self) -> str:
        n, outlets = len(self.articles), self.articles["outlet"].nunique()
        return f"<Loaded: {n} articles of {outlets} outlets, {len(self.problems)} problems>"


def load(path: str | Path, *, manifest: str | Path | None = None) -> Loaded:
    """Read articles from a folder, with its subfolders, or from one file.

    It reads .txt and .md files and saved web pages (.html, .htm), one article each, and tables of articles
    (.csv, .tsv, .json, .jsonl) with a column such as `text` or `body`, one article a row. An `articles.csv`
    in the folder is the manifest: file, outlet, published, url, author, language, title, all but `file`
    optional; it overrides what the files state. An `aliases.csv` or `aliases.yaml` there (see `read_aliases`)
    says which names mean the same. Hidden files and the folder's own README and licence are not read.

    Args:
        manifest: a manifest under another name or in another place.
    Returns:
        articles, problems, aliases. The ARTICLES table is in the order of the files' names; `outlet` is from
        the manifest, the page's metadata or the subfolder, else a label made from the file's name;
        `published` is wall-clock time as stated, `published_from` tells how it is known (`reading/dates.py`
        says when it is `inferred`). The PROBLEMS table has every file or row that was not read or only in
        part, with what to do.
    Raises:
        FileNotFoundError: there is no such folder, file or manifest.
    """
    root = _existing(path, "folder or file of articles")
    listing = _manifest(root, manifest)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for file, source in _files(root, listing, problems):
        reading = _read(file, source)
        drafts += reading.drafts
        problems += reading.problems
    aliases = _aliases(root, problems)
    name = root.resolve().name
    return Loaded(*build_articles(drafts, listing, problems, complete=root.is_dir(), name=name), aliases)


def _existing(path: str | Path, what: str) -> Path:
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"no {what} at {str(path)!r} (from {str(Path.cwd())!r}); check the spelling")
    return path


def _manifest(root: Path, stated: str | Path | None) -> Manifest:
    if stated is not None:
        return read_manifest(_existing(stated, "manifest"))
    beside = (root if root.is_dir() else root.parent) / MANIFEST
    found = beside != root and beside.is_file() and is_manifest(beside)
    return read_manifest(beside) if found else Manifest(MANIFEST)


def _aliases(root: Path, problems: list[Problem]) -> dict[str, str] | None:
    """The folder's own aliases; a file of them that is wrong is a problem, and not used."""
    for name in ALIASES:
        if root.is_dir() and (root / name).is_file():
            try:
                return read_aliases(root / name)
            except ValueError as error:
                problems.append(Problem(name, f"not used: {error}"))
    return None


def _files(root: Path, listing: Manifest, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """(file, name relative to the folder), sorted; other files go into the problems."""
    if root.is_file():
        yield root, root.name
        return
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = _chosen(Path(folder), root, subfolders, names, problems)
        for name in sorted(names):
            file = Path(folder) / name
            source = file.relative_to(root).as_posix()
            if name.startswith((".", "~$")) or name.lower() in _SYSTEM or name.lower().startswith(_NOTES):
                continue
            is_listing = source == MANIFEST and (listing.rows or listing.problems or is_manifest(file))
            if is_listing or source in ALIASES:
                continue
            ending = file.suffix.lower()
            if ending in READERS:
                yield file, source
            else:
                advice = ADVICE.get(ending, f"articles are read from {', '.join(READERS)}")
                reason = f"not read, as it is a {ending or 'nameless'} file; {advice}"
                problems.append(Problem(source, reason))


def _chosen(
    folder: Path, root: Path, subfolders: list[str], names: list[str], problems: list[Problem]
) -> list[str]:
    """The subfolders to go into: not the parts of pages that a browser saved whole."""
    pages = {PurePosixPath(name).stem for name in names if name.lower().endswith((".html", ".htm"))}
    chosen = []
    for name in sorted(subfolders):
        if name.endswith("_files") and name.removesuffix("_files") in pages and not name.startswith("."):
            source = (folder / name).relative_to(root).as_posix()
            problems.append(Problem(source, "pictures and scripts of a saved page; not articles, not read"))
        elif not name.startswith(".") and name.lower() not in _SYSTEM:
            chosen.append(name)
    return chosen


def _read(file: Path, source: str) -> FromFile:
    try:
        if file.stat().st_size > _LARGEST:
            raise ValueError("larger than 1 GB; split it")
        data = file.read_bytes()
        if not data.strip():
            raise ValueError("it is empty")
        reading = READERS.get(file.suffix.lower(), read_text)(data, source)
    except OSError as error:
        reason = f"not read: {error.strerror or error}; check the file's permissions"
        return FromFile([], [Problem(source, reason)])
    except ValueError as error:
        return FromFile([], [Problem(source, f"not read: {error}")])
    digest = sha256(data).hexdigest()
    for draft in reading.drafts:
        draft.raw_sha256 = draft.raw_sha256 or digest
    return reading
