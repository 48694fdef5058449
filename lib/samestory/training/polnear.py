"""PolNeAR as its authors publish it: text files, and stand-off annotations in brat's format.

References:
    Newell, Margolin and Ruths (2018), An attribution relations corpus for political news, LREC.
    https://github.com/networkdynamics/PolNeAR
"""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

Spans = list[tuple[int, int]]  # character ranges of one role; more than one where it is interrupted


class Marked(NamedTuple):
    """One attribution as an annotator marked it."""

    source: Spans
    cue: Spans
    content: Spans


class Article(NamedTuple):
    """One article and all its attributions."""

    name: str
    text: str
    attributions: list[Marked]


def read_polnear(path: str | Path, split: str) -> list[Article]:
    """Read one split ('train', 'dev' or 'test') of a clone, or a JSON Lines file with the same content.

    Of an article with several annotators, the first by name is read.

    Raises:
        ValueError: the path holds no such split.
    """
    path = Path(path)
    if path.is_file():
        with path.open(encoding="utf-8") as lines:
            return [_from_json(json.loads(line)) for line in lines]
    folder = path / "data" / split
    notes: dict[str, Path] = {}
    for file in sorted(folder.glob("attributions/*.ann")):
        notes.setdefault(file.stem.rsplit("_", 1)[0], file)
    if not notes:
        raise ValueError(f"{path}: no data/{split}/attributions/*.ann; expected a clone of PolNeAR")
    articles = []
    for name, file in notes.items():
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8", "replace")
        articles.append(Article(name, text, _read_notes(file.read_text(encoding="utf-8"), len(text))))
    return articles


def _read_notes(notes: str, size: int) -> list[Marked]:
    spans: dict[str, Spans] = {}
    found = []
    for line in notes.split("\n"):
        fields = line.split("\t")
        if re.fullmatch(r"T\d+", fields[0]) and len(fields) > 1:
            ranges = [tuple(map(int, part.split())) for part in fields[1].split(" ", 1)[1].split(";")]
            spans[fields[0]] = [(start, end) for start, end in sorted(ranges) if 0 <= start < end <= size]
    for line in notes.split("\n"):
        fields = line.split("\t")
        if re.fullmatch(r"E\d+", fields[0]) and len(fields) > 1:
            roles = defaultdict(list)
            for part in fields[1].split()[1:]:
                role, name = part.split(":")
                roles[role.rstrip("0123456789")] += spans.get(name, [])
            if roles["Content"]:
                found.append(Marked(*(sorted(roles[role]) for role in ("Source", "Cue", "Content"))))
    return sorted(found, key=lambda item: item.content[0])


def _from_json(record: dict) -> Article:
    marked = [
        Marked(*([tuple(span) for span in item[role] or []] for role in ("source", "cue", "content")))
        for item in record["attributions"]
    ]
    return Article(record["id"], record["text"], marked)
