"""The manifest, articles.csv: what is known of the articles beside their texts."""

import csv
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from samestory.reading.dates import parse_published
from samestory.reading.draft import Draft, Problem
from samestory.reading.encoding import decode
from samestory.reading.tabular import fields_of, read_rows

NAME = "articles.csv"
COLUMNS = ("file", "outlet", "published", "url", "author", "language", "title")


@dataclass
class Manifest:
    """Rows of the manifest by file, and which of them met an article."""

    name: str
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def apply(self, draft: Draft) -> bool:
        """Give a draft what the manifest says of it; True when its date is from there."""
        key = next((name for name in _names_of(draft) if name in self.rows), None)
        if key is None:
            return False
        self.used.add(key)
        row = self.rows[key]
        for name in ("outlet", "url", "author", "language", "title"):
            if name in row:
                setattr(draft, name, row[name])
        if "published" not in row:
            return False
        try:
            draft.published = parse_published(row["published"])
        except ValueError as error:
            self.problems.append(Problem(self.name, f"article {draft.article_id!r}: published is {error}"))
            return False
        return True

    def unused(self) -> list[Problem]:
        """A problem for each row whose file is not there."""
        return [
            Problem(
                self.name,
                f"row for {self.rows[key]['file']!r}: no such file; correct the name or delete the row",
            )
            for key in self.rows
            if key not in self.used
        ]


def is_manifest(path: Path) -> bool:
    """Does the table name files, instead of holding the articles' texts itself?"""
    try:
        names, _ = read_rows(decode(path.read_bytes()).text)
    except (OSError, ValueError, csv.Error):
        return True  # read_manifest says what is wrong with it
    fields = fields_of(dict.fromkeys(names, "x"))
    return "text" not in fields or "file" in map(str.lower, names)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; what is wrong in it becomes a problem, and the rest is used."""
    manifest = Manifest(path.name)

    def problem(reason: str) -> None:
        manifest.problems.append(Problem(path.name, reason))

    try:
        decoded = decode(path.read_bytes())
        names, lines = read_rows(decoded.text)
        lines = list(lines)
    except (OSError, ValueError, csv.Error) as error:
        problem(f"can't be read ({error}); the articles were read without it")
        return manifest
    if decoded.note:
        problem(decoded.note)
    heads = [name.lower() for name in names]
    if "file" not in heads:
        problem(f"no column 'file'; it has {names[:12]}, expected {', '.join(COLUMNS)}")
        return manifest
    unknown = [name for name in names if name and name.lower() != "file" and not fields_of({name: "x"})]
    if unknown:
        problem(f"columns not used: {', '.join(unknown[:12])}; known ones are {', '.join(COLUMNS)}")
    for number, line in enumerate(lines, 2):
        if any(cell.strip() for cell in line):
            row = {name: cell.strip() for name, cell in zip(names, line, strict=False)}
            _add(
                manifest,
                number,
                row,
                line[heads.index("file")].strip() if heads.index("file") < len(line) else "",
            )
    return manifest


def _add(manifest: Manifest, number: int, row: dict[str, str], file: str) -> None:
    key = file.replace("\\", "/").removeprefix("./").casefold()
    if not key:
        reason = "names no file"
    elif key in manifest.rows:
        reason = f"{file!r} has a row already; only the first is used"
    else:
        manifest.rows[key] = fields_of(row) | {"file": file}
        return
    manifest.problems.append(Problem(manifest.name, f"line {number}: {reason}"))


def _names_of(draft: Draft) -> list[str]:
    """The ways to name an article in the manifest, the surest first."""
    path = PurePosixPath(draft.source)
    return [name.casefold() for name in (draft.source, draft.article_id, path.name, path.stem)]
