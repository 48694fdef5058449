"""How well the same statements are found: F1 and average precision on judged pairs of sentences.

    python tests/benchmarks/accuracy_statements.py PAIRS.jsonl

The labels were made for this project on events of BASIL (Fan et al. 2019) that nothing was trained on.
One line an event, as `read_events` reads it. Neutral pairs count neither way.
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score

from samestory.statements.features import likeness, words_in_context
from samestory.statements.pairs import load_weights, probability
from samestory.training.corpora import read_json_lines
from samestory.training.judged import examples
from samestory.training.judged import measure as judged


def measure(corpus_path: str | Path) -> list[dict]:
    """Rows of system, metric, value."""
    data = [examples(event) for event in read_events(corpus_path)]
    pairs = [(part.passages, part.i, part.j) for part in data]
    weights = load_weights()
    features = [part.features(words_in_context(*pair)) for part, pair in zip(data, pairs, strict=True)]
    ours = judged(data, [probability(columns, weights) for columns in features])
    labels, alike = judged(data, [likeness(*pair) for pair in pairs])
    cut = max(np.arange(0, 1, 0.02), key=lambda cut: f1_score(labels, alike >= cut))
    found = _figures("samestory", *ours, float(weights["threshold"]))
    return found + _figures("likeness of the wording, at its best threshold", labels, alike, cut)


def read_events(path: str | Path) -> list[dict]:
    """Read events that others have judged, one a line.

    `articles`: article_id, outlet, title, published, text, sentences as [start, end]. `pairs`: a, b as
    [article_id, number of the sentence]; label 'same' or 'neutral'. Pairs that are not listed are
    different.

    Returns:
        the events, the two sentences of a pair as article_id and start.
    """
    events = read_json_lines(path)
    for event in events:
        spans = {article["article_id"]: article["sentences"] for article in event["articles"]}
        for pair in event["pairs"]:
            for side in ("a", "b"):
                name, number = pair[side]
                pair[side] = (name, spans[name][number][0])
    return events


def _figures(system: str, labels: np.ndarray, scores: np.ndarray, threshold: float) -> list[dict]:
    chosen = scores >= threshold
    found = {
        "precision": precision_score(labels, chosen),
        "recall": recall_score(labels, chosen),
        "F1": f1_score(labels, chosen),
        "average precision, all pairs": average_precision_score(labels, scores),
    }
    return [{"system": system, "metric": name, "value": value} for name, value in found.items()]


if __name__ == "__main__":
    for row in measure(sys.argv[1]):
        print(f"{row['system']:48} {row['metric']:30} {row['value']:.3f}")
