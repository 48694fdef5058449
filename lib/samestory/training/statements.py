"""Fit the weights by which two sentences are judged to tell the same.

    python -m samestory.training.statements PAIRS.jsonl [MORE.jsonl ...]

One line an event: `articles` (article_id, outlet, title, published, text, sentences as [start, end])
and `pairs` (a, b as [article_id, number of the sentence]; label 'same' or 'neutral'). Pairs that are
not listed are different; neutral ones are left out. Prints the figures with each event left out in
turn, then writes models/statements.npz, trained on all of them, and with the extra `encoder` installed
models/statements_encoder.npz too.
"""

import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score

from samestory.comparison.encoder import CONTEXT_FEATURES, context_features, encoder_installed
from samestory.comparison.matching import FEATURES, pair_features
from samestory.comparison.passages import Passages
from samestory.comparison.retrieval import candidate_pairs
from samestory.story import annotate

MODELS = Path(__file__).parents[1] / "models"
C = 0.05  # inverse strength of the L2 penalty, on features scaled to unit variance
HOLD = 0.7  # the share of pairs that shall hold: at more, too much that is told would be "not found"


def read_events(paths: list[str]) -> list[dict]:
    """Read the judged events."""
    return [json.loads(line) for path in paths for line in Path(path).read_text("utf-8").splitlines()]


class Examples(NamedTuple):
    """The candidate pairs of one event."""

    features: np.ndarray  # FEATURES, then CONTEXT_FEATURES where the encoder is installed
    judged: list[frozenset]  # the two judged sentences that a pair belongs to
    label: np.ndarray  # same, neutral or other
    taught: np.ndarray  # whether the pair is learnt from
    missed: int  # pairs judged the same that were no candidates


def examples(event: dict) -> Examples:
    """Features and labels of one event's candidate pairs.

    A judged sentence may be two of ours ("He went. She stayed."): of the pairs that make up one judged
    pair only the most alike is taught, since the others need not tell the same.
    """
    columns = ["article_id", "outlet", "title", "published", "text"]
    articles = pd.DataFrame([{name: article[name] for name in columns} for article in event["articles"]])
    story = annotate(articles.assign(published=pd.to_datetime(articles["published"])))
    passages = Passages.of(story)
    i, j = candidate_pairs(passages)
    features = pair_features(passages, i, j)[list(FEATURES)]
    place = [_judged_sentence(row, event) for row in passages.table.itertuples()]
    judged = [frozenset((place[a], place[b])) for a, b in zip(i, j, strict=True)]
    labels = {frozenset(map(tuple, (pair["a"], pair["b"]))): pair["label"] for pair in event["pairs"]}
    label = np.array([labels.get(pair, "other") for pair in judged])
    alike = (features["letters"] + features["shared"]).groupby(pd.Series(judged).map(str))
    most = (alike.transform("max") == features["letters"] + features["shared"]).to_numpy()
    missed = sum(name == "same" and pair not in set(judged) for pair, name in labels.items())
    taught = (label == "other") | ((label == "same") & most)
    columns = features.to_numpy()
    if encoder_installed():
        columns = np.hstack([columns, context_features(passages, i, j)])
    return Examples(columns, judged, label, taught, missed)


def fit(features: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit the weights and the bias, for features as they come."""
    spread = np.maximum(features.std(axis=0), 1e-9)
    model = LogisticRegression(C=C, max_iter=5000).fit(features / spread, labels)
    return model.coef_[0] / spread, float(model.intercept_[0])


def leave_one_out(data: list[Examples]) -> list[np.ndarray]:
    """The scores of each event's pairs by weights that were fitted on the other events."""
    held_out = []
    for n, part in enumerate(data):
        weights, bias = _fit_all([other for m, other in enumerate(data) if m != n])
        held_out.append(1 / (1 + np.exp(-(part.features @ weights + bias))))
    return held_out


def measure(data: list[Examples], scores: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Labels and scores of the judged pairs, each with the best score of the pairs that make it up."""
    labels, best = [], []
    for part, found in zip(data, scores, strict=True):
        pairs: dict[frozenset, tuple[float, bool]] = {}
        for pair, label, score in zip(part.judged, part.label, found, strict=True):
            if label != "neutral":
                pairs[pair] = max(pairs.get(pair, (-1.0, False)), (float(score), label == "same"))
        labels += [same for _, same in pairs.values()] + [True] * part.missed
        best += [score for score, _ in pairs.values()] + [0.0] * part.missed
    return np.array(labels), np.array(best)


def lowest_threshold(labels: np.ndarray, scores: np.ndarray) -> float:
    """The lowest threshold with a precision of HOLD: the F1 is flat around it, so that more is found."""
    grid = np.arange(0.1, 0.9, 0.01)
    reached = np.array([precision_score(labels, scores >= threshold) for threshold in grid])
    return float(grid[np.argmax(reached >= HOLD)])


def with_encoder(data: list[Examples]) -> list[Examples]:
    """Both kinds of features; what the plain word vectors say of meaning is left to the encoder."""
    plain = FEATURES.index("meaning")
    return [
        part._replace(features=np.where(np.arange(part.features.shape[1]) == plain, 0, part.features))
        for part in data
    ]


def without_encoder(data: list[Examples]) -> list[Examples]:
    """FEATURES alone."""
    return [part._replace(features=part.features[:, : len(FEATURES)]) for part in data]


def train(data: list[Examples], target: Path) -> None:
    """Measure by leaving each event out, then train on all and save."""
    labels, scores = measure(data, leave_one_out(data))
    threshold = lowest_threshold(labels, scores)
    chosen = scores >= threshold
    print(f"{target.name}: each event left out in turn, {labels.sum()} pairs judged the same,")
    print(f"threshold {threshold:.2f}: precision {precision_score(labels, chosen):.3f},", end=" ")
    print(f"recall {recall_score(labels, chosen):.3f}, F1 {f1_score(labels, chosen):.3f},")
    print(f"average precision {average_precision_score(labels, scores):.3f}")
    weights, bias = _fit_all(data)
    for name, weight in zip(FEATURES + CONTEXT_FEATURES, weights, strict=False):
        print(f"{weight:8.2f}  {name}")
    np.savez(target, weights=weights, bias=bias, threshold=threshold)


def main(paths: list[str]) -> None:
    """Train the weights without the encoder, and those with it where it is installed."""
    data = [examples(event) for event in read_events(paths)]
    train(without_encoder(data), MODELS / "statements.npz")
    if encoder_installed():
        train(with_encoder(data), MODELS / "statements_encoder.npz")


def _fit_all(data: list[Examples]) -> tuple[np.ndarray, float]:
    features = np.vstack([part.features[part.taught] for part in data])
    return fit(features, np.concatenate([part.label[part.taught] == "same" for part in data]))


def _judged_sentence(row, event: dict) -> tuple[str, int] | None:
    """The judged sentence that a sentence of ours overlaps most."""
    spans = next(a["sentences"] for a in event["articles"] if a["article_id"] == row.article_id)
    over = [min(row.end, end) - max(row.start, start) for start, end in spans]
    return (row.article_id, int(np.argmax(over)))


if __name__ == "__main__":
    main(sys.argv[1:])
