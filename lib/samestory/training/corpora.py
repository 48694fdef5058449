"""The corpora that weights are learned from, read as their authors publish them.

References:
    Newell, Margolin and Ruths (2018), An attribution relations corpus for political news, LREC (PolNeAR:
    text files, and stand-off annotations in brat's format; https://github.com/networkdynamics/PolNeAR).
    Hamborg and Donnay (2021), NewsMTSC, EACL: sentiment toward persons in sentences of news (MIT).
    Spinde et al. (2021), Neural media bias detection using distant supervision with BABE, EMNLP Findings, and
    Fan et al. (2019), In plain sight: media bias through the lens of factual reporting (BASIL), EMNLP:
    sentences with their loaded words marked, here as JSON Lines.
"""

import json
import re
import zlib
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

Spans = list[tuple[int, int]]  # character ranges of one role; more than one where it is interrupted
_LABELS = {2.0: -1, 4.0: 0, 6.0: 1, -1.0: -1, 0.0: 0, 1.0: 1}
FOLDS = 5


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


class Item(NamedTuple):
    """One target in one sentence."""

    text: str
    start: int
    end: int
    label: int  # -1, 0, 1


def read_newsmtsc(path: str | Path) -> list[Item]:
    """Read a file of the corpus as its authors publish it, or one target a line with text, start, end, label.

    Raises:
        ValueError: an offset does not fit its text.
    """
    items = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        text = row.get("sentence_normalized", row.get("sentence", row.get("text")))
        for target in row.get("targets", [row]):
            start, end = (
                int(target.get("from", target.get("start"))),
                int(target.get("to", target.get("end"))),
            )
            label = _LABELS[float(target.get("polarity", target.get("label")))]
            named = target.get("mention", target.get("target"))
            if named is not None and text[start:end] != named:
                raise ValueError(f"{path}, line {number}: {start}:{end} is not {named!r}")
            items.append(Item(text, start, end, label))
    return items


class Sentence(NamedTuple):
    """One sentence and what its readers marked."""

    text: str
    loaded: bool  # the whole sentence was judged biased, or a word in it was marked
    spans: list[tuple[int, int]]  # of the marked words
    group: str  # the article or event that it is from


def read_sentences(path: str | Path) -> list[Sentence]:
    """Read a file of one sentence a line: text, label (1 or 0), spans ([start, end] each) and group."""
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    return [
        Sentence(row["text"], bool(row["label"]), [tuple(span) for span in row["spans"]], row["group"])
        for row in rows
    ]


def fold(group: str) -> int:
    """The fold, from 0, that an article or event is in; 0 is held out (`training/held_out.py`)."""
    return zlib.crc32(group.encode()) % FOLDS
