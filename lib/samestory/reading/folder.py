"""Any source of articles to the articles table: a folder or one file, with or without a manifest."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pandas as pd

from samestory import tables
from samestory.reading.articles import build_articles
from samestory.reading.draft import FromFile, Problem
from samestory.reading.html import read_html
from samestory.reading.manifest import NAME as MANIFEST_NAME
from samestory.reading.manifest import NAMES as ALIASES_NAMES
from samestory.reading.manifest import Manifest, is_manifest, read_aliases, read_manifest
from samestory.reading.tabular import read_table
from samestory.reading.text import read_text

READERS = {
    ".txt": read_text, ".text": read_text, ".md": read_text, ".markdown": read_text,
    ".html": read_html, ".htm": read_html, ".xhtml": read_html,
    ".csv": read_table, ".tsv": read_table,
    ".json": read_table, ".jsonl": read_table, ".ndjson": read_table,
}  # fmt: skip
ADVICE = {
    ".xlsx": "save the sheet as CSV (UTF-8)", ".xls": "save the sheet as CSV (UTF-8)",
    ".ods": "save the sheet as CSV (UTF-8)", ".docx": "save it as plain text (UTF-8)",
    ".doc": "save it as plain text (UTF-8)", ".odt": "save it as plain text (UTF-8)",
    ".rtf": "save it as plain text (UTF-8)", ".pdf": "copy the article into a .txt file",
    ".mhtml": "save the page as 'Web page, HTML only'", ".mht": "save the page as 'Web page, HTML only'",
    ".webarchive": "save the page as page source (.html)", ".zip": "unpack it into the folder",
    ".gz": "unpack it into the folder",
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

    Read are .txt and .md files and saved web pages (.html, .htm), one article each, and tables of
    articles (.csv, .tsv, .json, .jsonl) with a column such as `text` or `body`, one article a row.
    An `articles.csv` in the folder is the manifest: file, outlet, published, url, author, language,
    title, all but `file` optional; it overrides what the files state. An `aliases.csv` or
    `aliases.yaml` there (see `read_aliases`) says which names are one. Hidden files and the folder's
    own README and licence are passed over.

    Args:
        path: a folder or a file.
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
    listing, problems = _manifest(root, manifest)
    drafts = []
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


def _manifest(root: Path, stated: str | Path | None) -> tuple[Manifest, list[Problem]]:
    if stated is not None:
        return read_manifest(_existing(stated, "manifest")), []
    beside = (root if root.is_dir() else root.parent) / MANIFEST_NAME
    if beside != root and beside.is_file() and is_manifest(beside):
        return read_manifest(beside), []
    return Manifest(MANIFEST_NAME), []


def _aliases(root: Path, problems: list[Problem]) -> dict[str, str] | None:
    """The folder's own aliases; a file of them that is wrong is a problem, and not used."""
    for name in ALIASES_NAMES:
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
        _enter(Path(folder), root, subfolders, names, problems)
        for name in sorted(names):
            file = Path(folder) / name
            source = file.relative_to(root).as_posix()
            if name.startswith((".", "~$")) or name.lower() in _SYSTEM or name.lower().startswith(_NOTES):
                continue
            if source == MANIFEST_NAME and (listing.rows or listing.problems or is_manifest(file)):
                continue
            if source in ALIASES_NAMES:
                continue
            ending = file.suffix.lower()
            if ending in READERS:
                yield file, source
            else:
                advice = ADVICE.get(ending, f"articles are read from {', '.join(READERS)}")
                problems.append(
                    Problem(source, f"not read, as it is a {ending or 'nameless'} file; {advice}")
                )


def _enter(
    folder: Path, root: Path, subfolders: list[str], names: list[str], problems: list[Problem]
) -> None:
    """Choose the subfolders to go into: not the parts of pages that a browser saved whole."""
    pages = {PurePosixPath(name).stem for name in names if name.lower().endswith((".html", ".htm"))}
    chosen = []
    for name in sorted(subfolders):
        if name.startswith(".") or name.lower() in _SYSTEM:
            continue
        if name.endswith("_files") and name.removesuffix("_files") in pages:
            source = (folder / name).relative_to(root).as_posix()
            problems.append(Problem(source, "pictures and scripts of a saved page; not articles, not read"))
            continue
        chosen.append(name)
    subfolders[:] = chosen


def _read(file: Path, source: str) -> FromFile:
    reader = READERS.get(file.suffix.lower(), read_text)
    try:
        if file.stat().st_size > _LARGEST:
            raise ValueError("larger than 1 GB; split it")
        data = file.read_bytes()
        if not data.strip():
            raise ValueError("it is empty")
        return reader(data, source)
    except OSError as error:
        reason = f"not read: {error.strerror or error}; check the file's permissions"
    except ValueError as error:
        reason = f"not read: {error}"
    return FromFile([], [Problem(source, reason)])
