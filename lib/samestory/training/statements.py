"""Fit the weights by which two sentences are judged to tell the same.

    python -m samestory.training.statements PAIRS.jsonl [MORE.jsonl ...]

One line an event: `articles` (article_id, outlet, title, published, text, sentences as [start, end])
and `pairs` (a, b as [article_id, number of the sentence]; label 'same' or 'neutral'). Pairs that are
not listed are different; neutral ones are left out. Prints the figures with each event left out in
turn, then writes models/statements.npz, trained on all of them.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

from samestory.comparison.matching import FEATURES, candidate_pairs, pair_features
from samestory.comparison.passages import Passages
from samestory.story import annotate

TARGET = Path(__file__).parents[1] / "models" / "statements.npz"
C = 0.1  # inverse strength of the L2 penalty, on features scaled to unit variance


def read_events(paths: list[str]) -> list[dict]:
    """Read the judged events."""
    return [json.loads(line) for path in paths for line in Path(path).read_text("utf-8").splitlines()]


def examples(event: dict) -> tuple[np.ndarray, np.ndarray, int]:
    """Features and labels of one event's candidate pairs, and how many judged pairs were no candidates."""
    columns = ["article_id", "outlet", "title", "published", "text"]
    articles = pd.DataFrame([{name: article[name] for name in columns} for article in event["articles"]])
    story = annotate(articles.assign(published=pd.to_datetime(articles["published"])))
    passages = Passages.of(story)
    i, j = candidate_pairs(passages)
    judged = [_judged_sentence(row, event) for row in passages.table.itertuples()]
    labels = {frozenset(map(tuple, (p["a"], p["b"]))): p["label"] for p in event["pairs"]}
    label = [labels.get(frozenset((judged[a], judged[b])), "other") for a, b in zip(i, j, strict=True)]
    known = np.array([name != "neutral" for name in label], bool)
    found = {frozenset((judged[a], judged[b])) for a, b in zip(i, j, strict=True)}
    missed = sum(name == "same" and pair not in found for pair, name in labels.items())
    features = pair_features(passages, i, j)[list(FEATURES)].to_numpy()
    return features[known], np.array([name == "same" for name in label])[known], missed


def fit(features: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit the weights and the bias, for features as they come."""
    spread = np.maximum(features.std(axis=0), 1e-9)
    model = LogisticRegression(C=C, max_iter=5000).fit(features / spread, labels)
    return model.coef_[0] / spread, float(model.intercept_[0])


def best_threshold(labels: np.ndarray, scores: np.ndarray) -> float:
    """The threshold with the best F1."""
    grid = np.arange(0.1, 0.9, 0.01)
    return float(max(grid, key=lambda threshold: f1_score(labels, scores >= threshold)))


def main(paths: list[str]) -> None:
    """Measure by leaving each event out, then train on all."""
    data = [examples(event) for event in read_events(paths)]
    held_out = []
    for n in range(len(data)):
        rest = [part for m, part in enumerate(data) if m != n]
        weights, bias = fit(np.vstack([p[0] for p in rest]), np.concatenate([p[1] for p in rest]))
        held_out.append(1 / (1 + np.exp(-(data[n][0] @ weights + bias))))
    labels, scores = np.concatenate([p[1] for p in data]), np.concatenate(held_out)
    threshold = best_threshold(labels, scores)
    print(f"left out in turn: F1 {f1_score(labels, scores >= threshold):.3f} at {threshold:.2f},")
    print(f"average precision {average_precision_score(labels, scores):.3f}; {labels.sum()} same pairs,")
    print(f"{sum(p[2] for p in data)} judged the same were not compared")
    weights, bias = fit(np.vstack([p[0] for p in data]), labels)
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{weight:8.2f}  {name}")
    np.savez(TARGET, weights=weights, bias=bias, threshold=threshold)


def _judged_sentence(row, event: dict) -> tuple[str, int] | None:
    """The judged sentence that a sentence of ours overlaps most."""
    spans = next(a["sentences"] for a in event["articles"] if a["article_id"] == row.article_id)
    over = [min(row.end, end) - max(row.start, start) for start, end in spans]
    return (row.article_id, int(np.argmax(over)))


if __name__ == "__main__":
    main(sys.argv[1:])
