"""Accuracy of loaded wording: `python tests/benchmarks/accuracy.py loaded BABE_CLONE BASIL_CLONE`.

The clones hold `data/final_labels_SG2.csv` (BABE, Spinde et al. 2021) and `annotations/`, `articles/`
(BASIL, Fan et al. 2019). The model was trained on the half of the articles (BABE: news_link) and of the
events (BASIL: triplet-uuid) with the lower sha256; only the other half is measured. A sentence scores the
sum of its words' scores.
"""

import ast
import csv
import hashlib
import json
import re
import sys
from pathlib import Path

from samestory import loaded_words

WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def measure(babe: Path, basil: Path) -> list[dict]:
    """AUC of the sentences and F1 of the marked words, on articles and events not trained on."""
    found = []
    for name, rows in (("BABE", read_babe(Path(babe))), ("BASIL", read_basil(Path(basil)))):
        rows = unseen(rows)
        answers = [loaded_words(row["text"]) for row in rows]
        scores = [sum(score for *_, score in spans) for spans in answers]
        figures = {
            "sentences": len(rows),
            "AUC of sentences": auc(scores, [row["label"] for row in rows]),
            "F1 of words": word_f1(rows, answers),
        }
        found += [
            {"system": "samestory", "metric": f"{name} {key}", "value": figures[key]} for key in figures
        ]
    return found


def read_babe(clone: Path) -> list[dict]:
    """Sentences that the experts judged biased or not, with the words they marked."""
    rows = {}
    with open(clone / "data" / "final_labels_SG2.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            text = row["text"].strip()
            key = re.sub(r"\W+", " ", text.lower()).strip()
            if row["label_bias"] not in ("Biased", "Non-biased") or key in rows:
                continue
            marked = ast.literal_eval(row["biased_words"] or "[]")
            spans = [span for word in marked for span in _places(word, text)]
            group = row["news_link"].strip() or key
            rows[key] = {"text": text, "label": row["label_bias"] == "Biased", "spans": spans, "group": group}
    return list(rows.values())


def read_basil(clone: Path) -> list[dict]:
    """Sentences with or without a span of lexical bias."""
    rows = []
    for file in sorted((clone / "annotations").rglob("*_ann.json")):
        path = str(file).replace("annotations", "articles").replace("_ann.json", ".json")
        article = json.loads(Path(path).read_text("utf-8"))
        spans: dict[int, list] = {}
        for mark in json.loads(file.read_text("utf-8"))["phrase-level-annotations"]:
            if mark["id"] != "title" and mark["bias"] == "lex":
                spans.setdefault(int(mark["id"][1:]), []).append((mark["start"], mark["end"]))
        sentences = [sentence for paragraph in article["body-paragraphs"] for sentence in paragraph]
        for number, text in enumerate(sentences):
            if text.strip():
                own = spans.get(number, [])
                rows.append(
                    {"text": text, "label": bool(own), "spans": own, "group": article["triplet-uuid"]}
                )
    return rows


def unseen(rows: list[dict]) -> list[dict]:
    """The half that the model was not trained on."""
    groups = sorted({row["group"] for row in rows}, key=lambda g: hashlib.sha256(g.encode()).hexdigest())
    trained_on = set(groups[: len(groups) // 2])
    return [row for row in rows if row["group"] not in trained_on]


def auc(scores: list[float], labels: list[bool]) -> float:
    """Chance that a biased sentence scores above another; ties count half."""
    order = sorted(scores)
    first = {score: place for place, score in reversed(list(enumerate(order)))}
    last = {score: place for place, score in enumerate(order)}
    ranks = [(first[score] + last[score]) / 2 + 1 for score in scores]
    positive = sum(labels)
    negative = len(labels) - positive
    above = sum(rank for rank, label in zip(ranks, labels, strict=True) if label)
    return (above - positive * (positive + 1) / 2) / (positive * negative)


def word_f1(rows: list[dict], answers: list[list]) -> float:
    """F1 of the words that are marked."""
    right = gold = found = 0
    for row, spans in zip(rows, answers, strict=True):
        for match in WORD.finditer(row["text"]):
            wanted = any(start < match.end() and end > match.start() for start, end in row["spans"])
            given = any(start < match.end() and end > match.start() for start, end, _ in spans)
            right, gold, found = right + (wanted and given), gold + wanted, found + given
    return 2 * right / (gold + found)


def _places(word: str, text: str) -> list[tuple[int, int]]:
    word = word.strip().strip("\"'“”‘’").strip()
    if not word:
        return []
    pattern = re.escape(word).replace("'", "['’]").replace("\\ ", r"\s+")
    return [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.I)]


if __name__ == "__main__":
    for line in measure(*map(Path, sys.argv[1:3])):
        print(line)
