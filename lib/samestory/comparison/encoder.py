"""How near the words of two sentences are in meaning, by a small neural encoder.

It sees that "won't chip in" and "not going to pay" are near, which shared words do not.

References:
    Zhang et al. (2020), BERTScore: the best partner of each word, by its vector in context; here
    weighted by the word's rarity in the story.
"""

import numpy as np

from samestory.comparison.passages import Passages
from samestory.comparison.similarity import rarity
from samestory.comparison.wording import words_of
from samestory.language.encoder import RETELLING, Pieces, encode, pieces_of

LONGEST = 126  # pieces of a passage that are read: the layers were tuned on no more


def words_in_context(passages: Passages, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """How well the rare words of each passage have a near partner in the other, for each pair.

    Returns:
        0 to 1, in single precision: texts are encoded together, which moves the seventh digit.
    """
    if not len(i):
        return np.zeros(0)
    pieces = pieces_to_compare(passages.text)
    vectors = _vectors(pieces)
    common = sum(found.sum(axis=0) for found in vectors) / max(1, sum(map(len, vectors)))
    words = [_unit(found - common) for found in vectors]  # without what all words of one story share
    weights = piece_weights(passages, pieces)
    return np.array([_covered(words[a], words[b], weights[a], weights[b]) for a, b in zip(i, j, strict=True)])


def pieces_to_compare(texts: list[str]) -> list[Pieces]:
    """The pieces of each text, as far as they are read."""
    return [Pieces(*(column[:LONGEST] for column in pieces_of(text))) for text in texts]


def piece_weights(passages: Passages, pieces: list[Pieces]) -> list[np.ndarray]:
    """For each passage, how rare in the story the word of each piece is, as shares of 1; 0 for a sign."""
    rows, names = passages.counts
    rare = dict(zip(names, rarity(rows), strict=True))
    return [_shares(text, found, rare) for text, found in zip(passages.text, pieces, strict=True)]


def _vectors(pieces: list[Pieces]) -> list[np.ndarray]:
    """A vector of each piece of each text; what is told word by word again is encoded once."""
    distinct = sorted({tuple(found.ids.tolist()) for found in pieces})
    known = dict(zip(distinct, encode([np.array(ids, np.int64) for ids in distinct], RETELLING), strict=True))
    return [known[tuple(found.ids.tolist())][1:-1] for found in pieces]


def _shares(text: str, pieces: Pieces, rare: dict[str, float]) -> np.ndarray:
    found = words_of(text)
    starts, ends = {}, {}
    for start, end, word in zip(*(column.tolist() for column in pieces[1:]), strict=True):
        starts.setdefault(word, start)
        ends[word] = end
    by_word = {
        word: max(
            (rare[one.stem] for one in found if one.start < ends[word] and start < one.end), default=0.0
        )
        for word, start in starts.items()
    }
    weights = np.array([by_word[word] for word in pieces.word.tolist()], np.float32)
    return weights / max(weights.sum(), 1e-9)


def _covered(one: np.ndarray, other: np.ndarray, weight: np.ndarray, weight_other: np.ndarray) -> float:
    """How well each side's words have a near partner on the other, as a harmonic mean."""
    if not len(one) or not len(other):
        return 0.0
    near = np.maximum(one @ other.T, 0)
    left, right = float(weight @ near.max(axis=1)), float(weight_other @ near.max(axis=0))
    return 2 * left * right / max(left + right, 1e-9)


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
