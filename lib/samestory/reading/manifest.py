"""The user's files beside the articles: articles.csv (what is known of each) and aliases of names."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from samestory.reading.columns import (
    field_of,
    fields_of,
    own_columns,
    own_values,
    read_rows,
    with_plain_dates,
)
from samestory.reading.disk import read_bytes
from samestory.reading.draft import Draft, Problem
from samestory.reading.encoding import decode
from samestory.reading.guard import guarded
from samestory.reading.limits import yaml_of

MANIFEST = "articles.csv"
ALIASES = ("aliases.csv", "aliases.yaml", "aliases.yml")
CHECKS = "checks"  # the folder of coding sheets, which notebook 6 reads
COLUMNS = ("file", "outlet", "published", "url", "author", "language", "title")


@dataclass
class Manifest:
    """Rows of the manifest by file, and which of them met an article."""

    name: str
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    own: dict[str, dict[str, str]] = field(default_factory=dict)  # what the user's own columns say, by file
    used: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, reason: str) -> None:
        """List what is wrong with the manifest."""
        self.problems.append(Problem(self.name, reason))

    def apply(self, draft: Draft) -> None:
        """Give a draft what the manifest says of it."""
        path = PurePosixPath(draft.source)
        names = (draft.source, draft.article_id, path.name, path.stem)  # the surest first
        key = next((name.casefold() for name in names if name.casefold() in self.rows), None)
        if key is None:
            return
        self.used.add(key)
        draft.own |= self.own[key]
        try:
            draft.take(self.rows[key])
        except ValueError as error:
            self.problem(f"article {draft.article_id!r}: published is {error}")
        else:
            draft.published_from = "manifest" if "published" in self.rows[key] else None

    def unused(self) -> list[Problem]:
        """A problem for each row whose file is not there."""
        advice = "no such file; correct the name or delete the row"
        files = [row["file"] for key, row in self.rows.items() if key not in self.used]
        return [Problem(self.name, f"row for {file!r}: {advice}") for file in files]


def is_manifest(path: Path) -> bool:
    """Does the table name files, instead of holding the articles' texts itself?"""
    names, _ = guarded(lambda: read_rows(decode(read_bytes(path)).text, wanted=_is_file).names, 0)
    if names is None:
        return True  # read_manifest says what is wrong with it
    return any(map(_is_file, names)) or not any(field_of(name)[0] == "text" for name in names)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; what is wrong in it becomes a problem, and the rest is used."""
    manifest = Manifest(path.name)
    read, wrong = guarded(lambda: _read_listing(read_bytes(path)), 0)
    if read is None:
        manifest.problem(f"can't be read ({wrong}); the articles were read without it")
        return manifest
    names, lines, note = read
    if note:
        manifest.problem(note)
    if not any(map(_is_file, names)):
        manifest.problem(f"no column 'file'; it has {names[:12]}, expected {', '.join(COLUMNS)}")
        return manifest
    own = own_columns(name for name in names if not _is_file(name))
    unknown = [n for n in names if n and not _is_file(n) and field_of(n)[0] is None and n not in own]
    if unknown:
        manifest.problem(f"columns not used: {', '.join(unknown[:12])}; the table of articles has its own")
    records = [dict(zip(names, line, strict=False)) for line in lines]
    fields, told = with_plain_dates([fields_of(record) for record in records])
    if told:
        manifest.problem(told)
    place = next(number for number, name in enumerate(names) if _is_file(name))
    for number, (line, record, stated) in enumerate(zip(lines, records, fields, strict=True), 2):
        file = "".join(line[place : place + 1]).strip()
        key = file.replace("\\", "/").removeprefix("./").casefold()
        if key and key not in manifest.rows:
            manifest.rows[key] = stated | {"file": file}
            manifest.own[key] = own_values(record, own)
        elif key:
            manifest.problem(f"line {number}: {file!r} has a row already; only the first is used")
        elif any(map(str.strip, line)):
            manifest.problem(f"line {number}: names no file")
    return manifest


def _read_listing(data: bytes) -> tuple[list[str], list[list[str]], str | None]:
    """Header, rows, and what was guessed to read them."""
    text, note = decode(data)
    names, rows, loose = read_rows(text, wanted=_is_file)
    if loose is not None:
        note = f"line {loose}: a quotation mark is not closed or not doubled; check that no row is missing"
    return names, list(rows), note


def _is_file(name: str) -> bool:
    return name.strip().lower() == "file"


def read_aliases(path: str | Path) -> dict[str, str]:
    """Read names and their canonical names, for `annotate(..., aliases=)`.

    Args:
        path: a CSV file with the columns name and canonical, or a YAML file of `name: canonical`
            lines (or `canonical: [name, name]`), in UTF-8.
    Returns:
        name -> canonical name.
    Raises:
        FileNotFoundError: there is no such file.
        ValueError: a column is missing, a cell is empty, or one name has two canonical names.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"no file of aliases at '{path}'")
    readers = {".csv": _csv_pairs, ".yaml": _yaml_pairs, ".yml": _yaml_pairs}
    if path.suffix.lower() not in readers:
        raise ValueError(f"{path.name}: aliases are read from .csv, .yaml or .yml files")
    pairs, wrong = guarded(lambda: readers[path.suffix.lower()](path), 0)
    if pairs is None:
        raise ValueError(wrong)
    aliases: dict[str, str] = {}
    for where, name, canonical in pairs:
        name, canonical = name.strip(), canonical.strip()
        if not name or not canonical:
            got = f"got {name!r}, {canonical!r}"
            raise ValueError(f"{path.name}, {where}: needs a name and a canonical name, {got}")
        if aliases.setdefault(name, canonical) != canonical:
            raise ValueError(f"{path.name}, {where}: {name!r} is both {aliases[name]!r} and {canonical!r}")
    return aliases


def _csv_pairs(path: Path) -> list[tuple[str, str, str]]:
    columns, rows, _ = read_rows(decode(read_bytes(path)).text, wanted=lambda name: name == "canonical")
    missing = [column for column in ("name", "canonical") if column not in columns]
    if missing:
        raise ValueError(f"{path.name}: no column {missing}; it has {columns}")
    records = [dict(zip(columns, row, strict=False)) for row in rows if row]
    return [(f"row {n}", row.get("name", ""), row.get("canonical", "")) for n, row in enumerate(records, 2)]


def _yaml_pairs(path: Path) -> list[tuple[str, str, str]]:
    try:
        data = yaml_of(decode(read_bytes(path)).text)
    except ValueError as error:
        raise ValueError(f"{path.name} is no valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise ValueError(f"{path.name}: expected lines such as 'Zelenskyy: Volodymyr Zelensky'")
    pairs = []
    for key, value in data.items():
        where = f"entry {key!r}"
        if isinstance(value, list):
            pairs += [(where, str(name), str(key)) for name in value]
        else:
            pairs.append((where, str(key), str(value)))
    return pairs
