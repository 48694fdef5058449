"""Sentence meaning by averaged word vectors, which see that "fund" and "pay" are near.

The vectors were fitted so that their average comes near to what a sentence encoder, all-MiniLM-L6-v2,
gives for the whole sentence (see models/word_meaning.md); using them needs numpy only.
"""

from functools import lru_cache
from importlib import resources

import numpy as np

from samestory.comparison.passages import Passages


def meaning_vectors(passages: Passages) -> np.ndarray:
    """One vector of length 1 for each passage, after the mean of the story was taken off.

    Without the mean, all sentences of one story would be alike; one without a known word is all 0.

    References:
        Reimers and Gurevych (2019), Sentence-BERT. Arora, Liang and Ma (2017), A simple but
        tough-to-beat baseline for sentence embeddings: weighted word vectors without the common part.
    """
    index, vectors = word_vectors()
    total = np.zeros((len(passages), vectors.shape[1]))
    for n, stems in enumerate(passages.stems):
        known = [index[stem] for stem in dict.fromkeys(stems) if stem in index]
        total[n] = vectors[known].sum(axis=0)
    total = _unit(total)
    return _unit(total - total.mean(axis=0)) if len(total) else total


@lru_cache(maxsize=1)
def word_vectors() -> tuple[dict[str, int], np.ndarray]:
    """The stems and their vectors, which are longer the rarer the stem."""
    path = resources.files("samestory.models") / "word_meaning.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
        stems = bytes(found["stems"]).decode("utf-8").split("\n")
        return {stem: n for n, stem in enumerate(stems)}, found["vectors"] * found["scale"][:, None]


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
