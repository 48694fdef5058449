"""What the project knows of single words: a short vector of meaning and four scores of tone.

Made by `python -m samestory.training.words`; see models/words.md for sources and licences.
"""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

_FILE = Path(__file__).parents[1] / "models" / "words.npz"


class WordScores(NamedTuple):
    """Row 0 is the unknown word, all zeros."""

    row: dict[str, int]  # lower-case word -> row
    vectors: np.ndarray  # meaning
    scores: np.ndarray  # tone by VADER, AFINN, estimated from the vector, TextBlob; about -2 to 2
    weight: np.ndarray  # 0 to 1, lower for frequent words


@lru_cache(maxsize=1)
def load_words() -> WordScores:
    """Read the table of words once."""
    with np.load(_FILE, allow_pickle=False) as stored:
        words = bytes(stored["words"]).decode("utf-8").split("\n")
        vectors = stored["vectors"].astype(np.float32) * stored["vectors_scale"]
        scores = stored["scores"].astype(np.float32) * stored["scores_scale"]
        weight = stored["weight"].astype(np.float32) / 255
    rows = {word: number for number, word in enumerate(words, start=1)}
    empty = np.zeros((1, 1), np.float32)
    return WordScores(
        rows,
        np.vstack([empty.repeat(vectors.shape[1], 1), vectors]),
        np.vstack([empty.repeat(scores.shape[1], 1), scores]),
        np.concatenate([[0], weight]),
    )
