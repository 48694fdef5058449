"""All that decides the results, written down before they are looked at, as a pre-registration wants it."""

import datetime as dt
import hashlib
import json
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from samestory import tables
from samestory.cache import PACKAGES, installed_version
from samestory.framing.loaded import SHOWN
from samestory.packaged import file_hashes
from samestory.reading.disk import read_bytes
from samestory.reading.limits import json_of
from samestory.reading.manifest import CHECKS
from samestory.sentiment.toward import FAVOURABLE, NEUTRAL, UNFAVOURABLE
from samestory.statements.pairs import SURE, load_weights
from samestory.statements.shared_text import LEAST_SHARED, SAME_TEXT

FROZEN = "frozen.json"
CHANGES = {
    "part": "str",  # code, packages, codebooks, thresholds
    "name": "str",
    "frozen": "str",  # what it was; missing where it is new
    "now": "str",  # what it is; missing where it is gone
}
_PARTS = ("code", "packages", "codebooks", "thresholds")
_TOLD_ONLY = ("codebooks/references", "models/measured_")  # files that decide no result
_SHORT = 12  # of a hash's digits, where a person reads it


def state() -> dict[str, dict[str, Any]]:
    """What decides the results: code, versions of packages, codebooks and weights, thresholds."""
    return {
        "code": {"samestory": _code()},
        "packages": {name: installed_version(name) for name in ("samestory", *PACKAGES)},
        "codebooks": {name: sha for name, sha in file_hashes().items() if not name.startswith(_TOLD_ONLY)},
        "thresholds": {
            "loaded words: least score shown": SHOWN,
            "statements: least score of told by both": SURE,
            "statements: least score of perhaps the same": round(float(load_weights()["threshold"]), 4),
            "shared text: least words": LEAST_SHARED,
            "shared text: share from which two articles are one text": SAME_TEXT,
            "tone of a sentence: neutral up to": NEUTRAL,
            "tone toward somebody: positive from": FAVOURABLE,
            "tone toward somebody: negative from": UNFAVOURABLE,
        },
    }


def digest(parts: dict[str, dict[str, Any]]) -> str:
    """One sha256 over all parts."""
    written = json.dumps({name: parts[name] for name in _PARTS}, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def freeze(path: str | Path) -> Path:
    """Write codebooks, thresholds and versions with a hash, before the results are looked at.

    Register the file, or its hash, with a service that dates it (OSF, AsPredicted): the day in the file is
    this machine's word only. A codebook of your own is not in it: register that beside it. A report on the
    articles says whether all is still as it was.

    Args:
        path: a file that ends in .json; or the folder of articles, where it becomes `checks/frozen.json`.
    Returns:
        the file.
    Raises:
        FileExistsError: there is one already; what was frozen is never written over.
    """
    path = Path(path)
    if path.suffix.lower() != ".json":
        path = path / CHECKS / FROZEN
    if path.exists():
        raise FileExistsError(f"{path.name} is there already; write to another name, or take it away first")
    path.parent.mkdir(parents=True, exist_ok=True)
    now = state()
    kept = {"frozen": f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC", "sha256": digest(now)} | now
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return path


def changes_since(path: str | Path) -> pd.DataFrame:
    """What is no longer as it was frozen.

    Args:
        path: what `freeze` was given.
    Returns:
        CHANGES table; empty where all is as it was.
    Raises:
        FileNotFoundError: nothing was frozen there.
        ValueError: the file is damaged, or was changed by hand: its hash does not fit.
    """
    kept, now = _read(path), state()
    rows = [
        {
            "part": part,
            "name": name,
            "frozen": _shown(kept[part].get(name)),
            "now": _shown(now[part].get(name)),
        }
        for part in _PARTS
        for name in sorted(kept[part].keys() | now[part].keys())
        if kept[part].get(name) != now[part].get(name)
    ]
    return tables.build(rows, CHANGES)


def frozen_note(articles: str | Path) -> str:
    """Say in a sentence whether all is as it was frozen among the articles; "" where nothing was.

    Args:
        articles: the folder of articles, or a file of them.
    """
    path = Path(articles)
    path = (path if path.is_dir() else path.parent) / CHECKS / FROZEN
    if not path.is_file():
        return ""
    try:
        kept, changed = _read(path), changes_since(path)
    except ValueError as error:
        return f"Whether all is as it was frozen is not known: {error}."
    when = f"frozen on {kept['frozen']} (sha256 {kept['sha256'][:_SHORT]})"
    if changed.empty:
        return f"Code, versions, codebooks and thresholds are those that were {when}."
    names = changed["name"].tolist()
    listed = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    return f"No longer as it was {when}: {listed}."


def _read(path: str | Path) -> dict[str, Any]:
    path = Path(path)
    if path.suffix.lower() != ".json":
        path = path / CHECKS / FROZEN
    if not path.is_file():
        raise FileNotFoundError(f"nothing was frozen at {str(path)!r}; ss.trust.freeze writes it")
    try:
        kept = json_of(read_bytes(path).decode("utf-8"))
        fits = kept["sha256"] == digest(kept) and isinstance(kept["frozen"], str)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name} is damaged, or was not written by freeze") from error
    if not fits:
        raise ValueError(f"{path.name} was changed after it was written: its hash does not fit what it says")
    return kept


def _code() -> str:
    """sha256 over the package's modules, but for those that only learn weights."""
    found, root = hashlib.sha256(), Path(str(resources.files("samestory")))
    for file in sorted(root.rglob("*.py")):
        name = file.relative_to(root).as_posix()
        if not name.startswith("training/"):
            found.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def _shown(value: object) -> str | None:
    """A value for a table; a hash by its first digits."""
    text = None if value is None else str(value)
    return text[:_SHORT] if text and len(text) == 64 else text
