"""Fit word vectors whose weighted average comes near to a sentence encoder's vector of the sentence.

    python -m samestory.training.word_meaning SENTENCES.txt VECTORS.npy WORDS.npy

SENTENCES.txt has one news sentence a line, VECTORS.npy the encoder's vector of each (mean of its last
layer, length 1), WORDS.npy its vector of each stem in the order of `vocabulary`, from which the fit
starts. Any encoder will do; ours was all-MiniLM-L6-v2. Writes models/word_meaning.npz.

References:
    Tulkens and van Dongen (2024), Model2Vec: fast state-of-the-art static embeddings.
"""

import sys
from collections import Counter
from pathlib import Path

import numpy as np

from samestory.comparison.similarity import Rows, count_rows
from samestory.comparison.wording import stems_of

TARGET = Path(__file__).parents[1] / "models" / "word_meaning.npz"
LEAST = 3  # sentences that a stem occurs in
DIMENSIONS = 64
RIDGE = 3.0  # how firmly the fit is held at its start
STEPS = 40  # of conjugate gradients


def vocabulary(sentences: list[list[str]]) -> dict[str, float]:
    """The stems of at least LEAST sentences, with their inverse document frequency."""
    counts = Counter(stem for stems in sentences for stem in set(stems))
    return {stem: float(np.log(len(sentences) / n)) for stem, n in counts.items() if n >= LEAST}


def fit(sentences: list[list[str]], targets: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Ridge regression of the targets on the weighted words, held at `start`, by conjugate gradients."""
    rarity = vocabulary(sentences)
    rows, names = count_rows(
        [[stem for stem in dict.fromkeys(stems) if stem in rarity] for stems in sentences]
    )
    weighed = rows.with_weights(np.array([rarity[name] for name in names])[rows.terms])
    weighed = weighed.with_weights(weighed.weights / weighed.norms()[weighed.row_of])
    order = [list(rarity).index(name) for name in names]
    start = start[order]
    first = _times(weighed, start)
    start = start * (first * targets).sum() / (first**2).sum()
    residual = _back(weighed, targets - _times(weighed, start))
    step, found, size = residual.copy(), np.zeros_like(start), (residual**2).sum(axis=0)
    for _ in range(STEPS):
        image = _back(weighed, _times(weighed, step)) + RIDGE * step
        rate = size / np.maximum((step * image).sum(axis=0), 1e-12)
        found, residual = found + rate * step, residual - rate * image
        size, before = (residual**2).sum(axis=0), size
        step = residual + size / np.maximum(before, 1e-12) * step
    return (start + found)[np.argsort(order)]


def save(stems: list[str], vectors: np.ndarray) -> None:
    """Write the vectors as whole numbers from -127 to 127 with one scale a word."""
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    small = np.round(vectors / scale[:, None]).astype(np.int8)
    text = np.frombuffer("\n".join(stems).encode("utf-8"), np.uint8)
    np.savez_compressed(TARGET, stems=text, vectors=small, scale=scale.astype(np.float32))


def _times(rows: Rows, vectors: np.ndarray) -> np.ndarray:
    weighed = vectors[rows.terms] * rows.weights[:, None]
    return np.add.reduceat(np.vstack([weighed, np.zeros(vectors.shape[1])]), rows.start[:-1]) * _filled(rows)


def _back(rows: Rows, vectors: np.ndarray) -> np.ndarray:
    out = np.zeros((rows.n_terms, vectors.shape[1]))
    np.add.at(out, rows.terms, vectors[rows.row_of] * rows.weights[:, None])
    return out


def _filled(rows: Rows) -> np.ndarray:
    return (np.diff(rows.start) > 0)[:, None]


def main(sentences: str, vectors: str, words: str) -> None:
    """Fit and save."""
    stems = [stems_of(line) for line in Path(sentences).read_text("utf-8").splitlines()]
    rarity = vocabulary(stems)
    targets, start = np.load(vectors), np.load(words)
    targets = targets - targets.mean(axis=0)
    axes = np.linalg.svd(targets[::4], full_matrices=False)[2][:DIMENSIONS].T
    fitted = fit(stems, targets @ axes, (start - start.mean(axis=0)) @ axes)
    save(list(rarity), fitted * np.array(list(rarity.values()))[:, None])


if __name__ == "__main__":
    main(*sys.argv[1:])
