"""Train models/toward.npz. `python -m samestory.training.toward NEWSMTSC_TRAIN_FILE`

Multinomial logistic regression over the features of `annotation.toward_features`. Needs scikit-learn
(the extra `train`). Prints macro-F1 by five-fold cross-validation over whole sentences.
"""

import argparse
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from samestory.annotation.pipeline import load_pipeline
from samestory.annotation.toward import find_target
from samestory.annotation.toward_features import BITS, target_features
from samestory.training.newsmtsc import Item, read_newsmtsc

OUT = Path(__file__).parents[1] / "models" / "toward.npz"
RARE = 2  # a hashed feature seen less often is left out
STRENGTH = 0.03  # of the dense features beside the hashed ones, whose rows have length 1
PENALTY = 3.0  # scikit-learn's C


def train(corpus: str) -> None:
    """Fit on the corpus and write the weights."""
    items = read_newsmtsc(corpus)
    hashed, dense = extract(items)
    labels = np.array([item.label for item in items])
    texts = {text: number for number, text in enumerate(dict.fromkeys(item.text for item in items))}
    groups = np.array([texts[item.text] for item in items])
    kept = np.bincount(np.concatenate(hashed), minlength=1 << BITS) >= RARE
    mean, spread = dense.mean(axis=0), dense.std(axis=0) + 1e-6
    matrix = hstack([_rows(hashed, kept), csr_matrix((dense - mean) / spread * STRENGTH)]).tocsr()
    _cross_validate(matrix, labels, groups)
    model = _fit(matrix, labels)
    weights = model.coef_.T[: 1 << BITS]
    scale = np.abs(weights).max() / 127
    np.savez_compressed(
        OUT,
        kept=np.packbits(kept),
        weights=np.round(weights[kept] / scale).astype(np.int8),
        scale=np.float32(scale),
        dense=(model.coef_.T[1 << BITS :] * STRENGTH / spread[:, None]).astype(np.float32),
        mean=mean.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )
    print(f"{len(items)} targets, {kept.sum()} features, {OUT.stat().st_size / 1e6:.2f} MB")


def extract(items: list[Item]) -> tuple[list[np.ndarray], np.ndarray]:
    """Features of every item, each sentence parsed once, in the order of the items."""
    places: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        places.setdefault(item.text, []).append(number)
    hashed, dense = [None] * len(items), [None] * len(items)
    for doc in load_pipeline().pipe(places):
        numbers = places[doc.text]
        targets = [find_target(doc, items[n].start, items[n].end) for n in numbers]
        for number, places_, row in zip(numbers, *target_features(doc, targets), strict=True):
            hashed[number], dense[number] = places_, row
    return hashed, np.array(dense)


def _rows(hashed: list[np.ndarray], kept: np.ndarray) -> csr_matrix:
    """One row of length 1 a target."""
    columns = [places[kept[places]] for places in hashed]
    values = np.concatenate([np.full(len(c), 1 / np.sqrt(max(1, len(c)))) for c in columns])
    ends = np.cumsum([0, *(len(c) for c in columns)])
    return csr_matrix((values, np.concatenate(columns), ends), shape=(len(hashed), len(kept)))


def _fit(matrix: csr_matrix, labels: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=PENALTY, max_iter=300, class_weight="balanced").fit(matrix, labels)


def _cross_validate(matrix: csr_matrix, labels: np.ndarray, groups: np.ndarray) -> None:
    predicted = np.zeros_like(labels)
    for seen, held in GroupKFold(5).split(labels, labels, groups):
        predicted[held] = _fit(matrix[seen], labels[seen]).predict(matrix[held])
    print(f"macro-F1, five-fold: {f1_score(labels, predicted, average='macro'):.4f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    train(parser.parse_args().corpus)
