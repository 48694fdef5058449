"""The user's files beside the articles: articles.csv (what is known of each) and aliases of names."""

import csv
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import yaml

from samestory.reading.dates import parse_published
from samestory.reading.draft import Draft, Problem, decode
from samestory.reading.tabular import fields_of, read_rows

NAME = "articles.csv"
COLUMNS = ("file", "outlet", "published", "url", "author", "language", "title")
NAMES = ("aliases.csv", "aliases.yaml", "aliases.yml")  # in a folder of articles


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
    if path.suffix.lower() in (".yaml", ".yml"):
        pairs = _yaml_pairs(path)
    elif path.suffix.lower() == ".csv":
        pairs = _csv_pairs(path)
    else:
        raise ValueError(f"{path.name}: aliases are read from .csv, .yaml or .yml files")
    aliases: dict[str, str] = {}
    for where, name, canonical in pairs:
        name, canonical = name.strip(), canonical.strip()
        if not name or not canonical:
            raise ValueError(
                f"{path.name}, {where}: needs a name and a canonical name, got {name!r}, {canonical!r}"
            )
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
