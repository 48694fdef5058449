"""A user's own list of names that are one: it wins over the machine."""

import csv
from pathlib import Path

import yaml

NAMES = ("aliases.csv", "aliases.yaml", "aliases.yml")  # in a folder of articles


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
