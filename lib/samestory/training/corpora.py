"""The corpora that weights are learned from, as their authors publish them or as JSON Lines.

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

Spans = list[tuple[int, int]]  # character ranges; more than one where what is marked is interrupted
FOLDS = 5  # parts of a corpus, by article or event
_POLARITIES = {2: -1, 4: 0, 6: 1, -1: -1, 0: 0, 1: 1}  # NewsMTSC's numbers, and ours


class Marked(NamedTuple):
    """One attribution as an annotator marked it."""

    source: Spans
    cue: Spans
    content: Spans


class Article(NamedTuple):
    """One article of PolNeAR and all its attributions."""

    name: str
    text: str
    attributions: list[Marked]


class Target(NamedTuple):
    """One target in one sentence of NewsMTSC."""

    text: str  # of the sentence
    start: int
    end: int
    label: int  # -1 negative, 0 neutral, 1 positive


class Sentence(NamedTuple):
    """One sentence of BABE or BASIL and what its readers marked."""

    text: str
    loaded: bool  # the whole sentence was judged biased, or a word in it was marked
    spans: Spans  # of the marked words
    group: str  # the article or event that it is from


def fold(group: str) -> int:
    """The fold, from 0, that an article or event is in; 0 is held out (`training/held_out.py`)."""
    return zlib.crc32(group.encode()) % FOLDS


def read_json_lines(path: str | Path) -> list[dict]:
    """One record a line; empty lines are left out."""
    with Path(path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_polnear(path: str | Path, split: str) -> list[Article]:
    """Read one split ('train', 'dev' or 'test') of a clone, or a JSON Lines file with the same content.

    Of an article with several annotators, the first by name is read.

    Raises:
        ValueError: the path holds no such split.
    """
    path = Path(path)
    if path.is_file():
        return [_article(record) for record in read_json_lines(path)]
    folder = path / "data" / split
    notes: dict[str, Path] = {}
    for file in sorted(folder.glob("attributions/*.ann")):
        notes.setdefault(file.stem.rsplit("_", 1)[0], file)
    if not notes:
        raise ValueError(f"{path}: no data/{split}/attributions/*.ann; expected a clone of PolNeAR")
    articles = []
    for name, file in notes.items():
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8", "replace")
        articles.append(Article(name, text, _attributions(file.read_text(encoding="utf-8"), len(text))))
    return articles


def read_newsmtsc(path: str | Path) -> list[Target]:
    """Read a file of the corpus, or one target a line with text, start, end and label (-1, 0 or 1).

    Raises:
        ValueError: an offset does not fit its text.
    """
    found = []
    for number, row in enumerate(read_json_lines(path), start=1):
        text = row.get("sentence_normalized", row.get("sentence", row.get("text")))
        for target in row.get("targets", [row]):
            start, end = (
                int(target.get("from", target.get("start"))),
                int(target.get("to", target.get("end"))),
            )
            named = target.get("mention", target.get("target"))
            if named is not None and text[start:end] != named:
                raise ValueError(f"{path}, line {number}: {start}:{end} is not {named!r}")
            polarity = _POLARITIES[float(target.get("polarity", target.get("label")))]
            found.append(Target(text, start, end, polarity))
    return found


def read_sentences(path: str | Path) -> list[Sentence]:
    """Read a file of one sentence a line: text, label (1 or 0), spans ([start, end] each) and group."""
    return [
        Sentence(row["text"], bool(row["label"]), [(a, b) for a, b in row["spans"]], row["group"])
        for row in read_json_lines(path)
    ]


def _article(record: dict) -> Article:
    """An article of a JSON Lines file: id, text, attributions with source, cue and content."""
    marked = [
        Marked(*([(a, b) for a, b in item[role] or []] for role in Marked._fields))
        for item in record["attributions"]
    ]
    return Article(record["id"], record["text"], marked)


def _attributions(notes: str, size: int) -> list[Marked]:
    """The attributions that a file in brat's format marks: T lines name spans, E lines join them."""
    lines = [line.split("\t") for line in notes.split("\n") if "\t" in line]
    spans: dict[str, Spans] = {}
    for name, value, *_ in lines:
        if re.fullmatch(r"T\d+", name):
            ranges = [part.split() for part in value.split(" ", 1)[1].split(";")]
            places = sorted((int(start), int(end)) for start, end in ranges)
            spans[name] = [(start, end) for start, end in places if 0 <= start < end <= size]
    found = []
    for name, value, *_ in lines:
        if re.fullmatch(r"E\d+", name):
            roles: dict[str, Spans] = defaultdict(list)
            for part in value.split()[1:]:
                role, marked = part.split(":")
                roles[role.rstrip("0123456789")] += spans.get(marked, [])
            if roles["Content"]:
                found.append(Marked(*(sorted(roles[role]) for role in ("Source", "Cue", "Content"))))
    return sorted(found, key=lambda item: item.content[0])
