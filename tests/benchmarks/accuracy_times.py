"""How well expressions of time are found and valued: TempEval-3, Task A, on the TBAQ-cleaned corpus.

    python tests/benchmarks/accuracy_times.py PATH

PATH is a clone that holds data/TBAQ-cleaned (TimeBank and AQUAINT, TimeML), or any folder of .tml files.
Measures, micro-averaged over all documents (UzZaman et al. 2013, SemEval-2013 Task 1):

  relaxed F1     a prediction is right when it overlaps a gold expression; pairs are one to one
  value F1       ... and its TIMEX3 value is the same, the task's main measure
  value F1, dates  the same for DATE and TIME alone
  day accuracy   of pairs whose gold is a calendar day, the share with the same day
  cost           microseconds a word in `find_times`, and its share of the time of the spaCy pipeline

Systems: samestory; dateparser (`search_dates`), where it is installed.
"""

import sys
import time
import warnings
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory.language.pipeline import load_pipeline
from samestory.timeline.expressions.find import find_times


class Expression(NamedTuple):
    start: int
    end: int
    type: str
    value: str


class Document(NamedTuple):
    text: str
    published: pd.Timestamp
    gold: list[Expression]


def measure(corpus_path: str) -> list[dict]:
    """Rows of system, metric, value."""
    documents = [read_tml(path) for path in sorted(Path(corpus_path).rglob("*.tml"))]
    if not documents:
        raise ValueError(f"{corpus_path}: no .tml file below it; expected a clone with data/TBAQ-cleaned")
    nlp = load_pipeline()
    begin = time.process_time()
    docs = list(nlp.pipe(document.text for document in documents))
    parsing = time.process_time() - begin
    words = sum(len(document.text.split()) for document in documents)
    rows = []
    for system, find in _systems().items():
        find(docs[0], documents[0].published)  # codebooks and patterns are read once a process
        begin = time.process_time()
        found = [find(doc, document.published) for doc, document in zip(docs, documents, strict=True)]
        cost = time.process_time() - begin
        scores = score([document.gold for document in documents], found)
        scores |= {"microseconds a word": cost / words * 1e6, "share of the pipeline": cost / parsing}
        rows += [{"system": system, "metric": name, "value": value} for name, value in scores.items()]
    return rows


def read_tml(path: Path) -> Document:
    """The text of one TimeML file, its creation time and its TIMEX3 tags."""
    root = ElementTree.parse(path).getroot()
    creation = root.find(".//DCT/TIMEX3")
    pieces, spans = [], []

    def walk(element: ElementTree.Element) -> None:
        start = sum(map(len, pieces))
        pieces.append(element.text or "")
        for child in element:
            walk(child)
            pieces.append(child.tail or "")
        if element.tag == "TIMEX3" and element.get("functionInDocument") != "CREATION_TIME":
            spans.append((start, sum(map(len, pieces)), element.get("type"), element.get("value", "")))

    walk(root.find(".//TEXT"))
    text = "".join(pieces)
    published = pd.Timestamp(creation.get("value")[:16])
    return Document(text, published, [Expression(*span) for span in sorted(spans)])


def _systems() -> dict[str, Callable[[Doc, pd.Timestamp], list[Expression]]]:
    systems = {"samestory": _samestory}
    try:
        import dateparser.search  # noqa: F401
    except ImportError:
        return systems
    return systems | {"dateparser": _dateparser}


def _samestory(doc: Doc, published: pd.Timestamp) -> list[Expression]:
    return [Expression(*found[:4]) for found in find_times(doc, published=published)]


def _dateparser(doc: Doc, published: pd.Timestamp) -> list[Expression]:
    """Its search looks back from the publication date; what it finds counts as a day."""
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": published.to_pydatetime(), "PREFER_DATES_FROM": "past"}
    found, place = [], 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        hits = search_dates(doc.text, languages=["en"], settings=settings) or []
    for words, date in hits:
        start = doc.text.find(words, place)
        if start >= 0:
            place = start + len(words)
            found.append(Expression(start, place, "DATE", date.date().isoformat()))
    return found


def score(gold: Iterable[list[Expression]], found: Iterable[list[Expression]]) -> dict[str, float]:
    """The measures of the module's docstring, but for the cost."""
    n = Counter()
    for right, guessed in zip(gold, found, strict=True):
        pairs = _pair(right, guessed)
        n["gold"] += len(right)
        n["found"] += len(guessed)
        n["relaxed"] += len(pairs)
        n["value"] += sum(a.value == b.value for a, b in pairs)
        n["gold dates"] += sum(a.type in ("DATE", "TIME") for a in right)
        paired = {b for a, b in pairs if a.type in ("DATE", "TIME")}
        n["found dates"] += sum(b in paired or b.type in ("DATE", "TIME") for b in guessed)
        n["value dates"] += sum(a.value == b.value for a, b in pairs if a.type in ("DATE", "TIME"))
        days = [(a, b) for a, b in pairs if a.value[:4].isdigit() and len(a.value) >= 10]
        n["days"] += len(days)
        n["same day"] += sum(a.value[:10] == b.value[:10] for a, b in days)
    return {
        "relaxed F1": 2 * n["relaxed"] / max(n["gold"] + n["found"], 1),
        "value F1": 2 * n["value"] / max(n["gold"] + n["found"], 1),
        "value F1, dates": 2 * n["value dates"] / max(n["gold dates"] + n["found dates"], 1),
        "day accuracy": n["same day"] / max(n["days"], 1),
    }


def _pair(gold: list[Expression], found: list[Expression]) -> list[tuple[Expression, Expression]]:
    """One to one: equal spans first, then by the characters shared."""
    candidates = sorted(
        ((a.start, a.end) != (b.start, b.end), -(min(a.end, b.end) - max(a.start, b.start)), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if min(a.end, b.end) > max(a.start, b.start)
    )
    pairs, left, right = [], set(), set()
    for _, _, i, j in candidates:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


if __name__ == "__main__":
    for row in measure(sys.argv[1]):
        print(f"{row['system']:12} {row['metric']:24} {row['value']:.3f}")
