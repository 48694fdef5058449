"""The user's files beside the articles: articles.csv (what is known of each) and aliases of names."""

import csv
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import yaml

from samestory.reading.draft import Draft, Problem
from samestory.reading.encoding import decode
from samestory.reading.tabular import field_of, fields_of, read_rows

MANIFEST = "articles.csv"
ALIASES = ("aliases.csv", "aliases.yaml", "aliases.yml")
_COLUMNS = "file, outlet, published, url, author, language, title"


@dataclass
class Manifest:
    """Rows of the manifest by file, and which of them met an article."""

    name: str
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
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
    try:
        names, _ = read_rows(decode(path.read_bytes()).text)
    except (OSError, ValueError, csv.Error):
        return True  # read_manifest says what is wrong with it
    return "text" not in fields_of(dict.fromkeys(names, "x")) or "file" in map(str.lower, names)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; what is wrong in it becomes a problem, and the rest is used."""
    manifest = Manifest(path.name)
    try:
        text, note = decode(path.read_bytes())
        names, rows = read_rows(text)
        lines = list(rows)
    except (OSError, ValueError, csv.Error) as error:
        manifest.problem(f"can't be read ({error}); the articles were read without it")
        return manifest
    if note:
        manifest.problem(note)
    heads = [name.lower() for name in names]
    if "file" not in heads:
        manifest.problem(f"no column 'file'; it has {names[:12]}, expected {_COLUMNS}")
        return manifest
    unknown = [name for name in names if name and name.lower() != "file" and field_of(name)[0] is None]
    if unknown:
        manifest.problem(f"columns not used: {', '.join(unknown[:12])}; known ones are {_COLUMNS}")
    place = heads.index("file")
    for number, line in enumerate(lines, 2):
        file = "".join(line[place : place + 1]).strip()
        key = file.replace("\\", "/").removeprefix("./").casefold()
        if key and key not in manifest.rows:
            manifest.rows[key] = fields_of(dict(zip(names, line, strict=False))) | {"file": file}
        elif key:
            manifest.problem(f"line {number}: {file!r} has a row already; only the first is used")
        elif any(map(str.strip, line)):
            manifest.problem(f"line {number}: names no file")
    return manifest


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
    if not path.is_file():
        raise FileNotFoundError(f"no file of aliases at '{path}'")
    readers = {".csv": _csv_pairs, ".yaml": _yaml_pairs, ".yml": _yaml_pairs}
    if path.suffix.lower() not in readers:
        raise ValueError(f"{path.name}: aliases are read from .csv, .yaml or .yml files")
    aliases: dict[str, str] = {}
    for where, name, canonical in readers[path.suffix.lower()](path):
        name, canonical = name.strip(), canonical.strip()
        if not name or not canonical:
            got = f"got {name!r}, {canonical!r}"
            raise ValueError(f"{path.name}, {where}: needs a name and a canonical name, {got}")
        if aliases.setdefault(name, canonical) != canonical:
            raise ValueError(f"{path.name}, {where}: {name!r} is both {aliases[name]!r} and {canonical!r}")
    return aliases


def _csv_pairs(path: Path) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, skipinitialspace=True)
        columns = reader.fieldnames or []
        missing = [column for column in ("name", "canonical") if column not in columns]
        if missing:
            raise ValueError(f"{path.name}: no column {missing}; it has {list(columns)}")
        return [(f"row {n}", row["name"] or "", row["canonical"] or "") for n, row in enumerate(reader, 2)]


def _yaml_pairs(path: Path) -> list[tuple[str, str, str]]:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} is no valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise ValueError(f"{path.name}: expected lines such as 'Zelenskyy: Volodymyr Zelensky'")
    pairs = []
    for key, value in data.items():
        if isinstance(value, list):
            pairs += [(f"entry {key!r}", str(name), str(key)) for name in value]
        else:
            pairs.append((f"entry {key!r}", str(key), "" if value is None else str(value)))
    return pairs
