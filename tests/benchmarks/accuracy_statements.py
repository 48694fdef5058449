"""How well the same statements are found: F1 and average precision on judged pairs of sentences.

    python tests/benchmarks/accuracy_statements.py PAIRS.jsonl

The labels were made for this project on events of BASIL (Fan et al. 2019). One line an event, as in
`samestory.training.statements`. Neutral pairs count neither way. These are the events that the shipped
weights were trained on, so `trained` flatters; `left out` scores each event by the other five.
"""

import sys

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score

from samestory.comparison.encoder import encoder_installed
from samestory.comparison.statements import load_weights, probability
from samestory.training.statements import (
    Examples,
    examples,
    leave_one_out,
    read_events,
    with_encoder,
    without_encoder,
)
from samestory.training.statements import measure as judged


def measure(corpus_path: str) -> list[dict]:
    """Rows of system, metric, value."""
    data = [examples(event) for event in read_events([corpus_path])]
    rows = _figures("words", without_encoder(data), load_weights())
    if encoder_installed():
        rows += _figures("encoder", with_encoder(data), load_weights(encoder=True))
    return rows


def _figures(kind: str, data: list[Examples], weights: dict[str, np.ndarray]) -> list[dict]:
    trained = [probability(part.features, weights) for part in data]
    rows = []
    for system, scores in (("trained", trained), ("left out", leave_one_out(data))):
        labels, best = judged(data, scores)
        chosen = best >= float(weights["threshold"])
        found = {
            "precision": precision_score(labels, chosen),
            "recall": recall_score(labels, chosen),
            "F1": f1_score(labels, chosen),
            "average precision, all pairs": average_precision_score(labels, best),
        }
        rows += [
            {"system": f"{kind}, {system}", "metric": name, "value": value} for name, value in found.items()
        ]
    return rows


if __name__ == "__main__":
    for row in measure(sys.argv[1]):
        print(f"{row['system']:20} {row['metric']:30} {row['value']:.3f}")
