"""What speaks for and against that two passages tell the same."""

import numpy as np
import pandas as pd

from samestory.comparison.encoder import words_in_context
from samestory.comparison.passages import Passages
from samestory.comparison.similarity import (
    best_by,
    count_rows,
    dot,
    mean_of_best,
    rarity,
    tfidf,
)

CIRCUMSTANCES = (
    "neighbours",  # the passages before or after each are alike too
    "around",  # the one is also like a neighbour of the other
    "lead",  # over the mean of the three best on either side
    "mutual",  # no rival of either is more alike
    "later",  # the place of the one that stands further down, 0 to 1
    "one_opens",  # just one is its article's first sentence
    "ledes_share_cast",  # both are first sentences: the share of persons and organisations in common
    "one_denies",  # just one holds a negation
    "both_quoted",  # product of the shares inside quotes
    "same_subject",  # 1 a person or organisation is the subject in both, -1 two others, 0 unknown
)
FEATURES = (
    *CIRCUMSTANCES,
    "words_in_context",  # how well the rare words of each have a near partner in the other
)

_TIED = 1e-9  # likenesses that differ by rounding only
_NEGATIONS = frozenset(  # stems
    ("not", "cannot", "never", "no", "nobodi", "noth", "neither", "nor", "without", "refus", "deni")
)


def pair_features(passages: Passages, i: np.ndarray, j: np.ndarray) -> pd.DataFrame:
    """Measure what speaks for and against each pair (FEATURES); symmetric in i and j."""
    return circumstances(passages, i, j).assign(words_in_context=words_in_context(passages, i, j))


def circumstances(passages: Passages, i: np.ndarray, j: np.ndarray) -> pd.DataFrame:
    """What speaks for and against each pair beside its own words (CIRCUMSTANCES)."""
    found = _context(passages, i, j, likeness(passages, i, j))
    found |= _place(passages, i, j) | _voices(passages, i, j)
    return pd.DataFrame(found, columns=list(CIRCUMSTANCES)).astype("float64")


def likeness(passages: Passages, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """How alike the wordings are, 0 to 1: parts of words, and words by their rarity in the story."""
    letters = tfidf(count_rows([_letters(stems) for stems in passages.stems])[0])
    words = passages.counts[0]
    words = words.with_weights(np.ones(len(words.terms)))
    weighed = words.with_weights(rarity(words)[words.terms])
    both, totals = dot(words, weighed, i, j), np.maximum(weighed.totals(), 1e-9)
    left, right = both / totals[i], both / totals[j]
    shared = 2 * left * right / np.maximum(left + right, 1e-9)
    return (dot(letters, letters, i, j) + shared) / 2


def _letters(stems: list[str]) -> list[str]:
    """Character n-grams of 3 to 5 within words, their ends marked."""
    marked = [f" {stem} " for stem in stems]
    return [word[k : k + n] for word in marked for n in (3, 4, 5) for k in range(len(word) - n + 1)]


def _context(passages: Passages, i: np.ndarray, j: np.ndarray, alike: np.ndarray) -> dict[str, np.ndarray]:
    """What the pairs next to a pair and its rivals say about it."""
    if not len(i):
        return dict.fromkeys(("neighbours", "around", "lead", "mutual"), alike)
    at = _Beside(passages, i, j, alike)
    rival, mean = [], []
    for one, other in ((i, j), (j, i)):
        group = one * (1 + passages.article.max()) + passages.article[other]
        rival.append(best_by(group, alike))
        mean.append(mean_of_best(group, alike, 3))
    return {
        "neighbours": np.maximum(at(1, 1), at(-1, -1)),
        "around": np.maximum.reduce([at(0, 1), at(0, -1), at(1, 0), at(-1, 0)]),
        "lead": alike - (mean[0] + mean[1]) / 2,
        "mutual": alike - np.maximum(*rival) >= -_TIED,
    }


class _Beside:
    """Look up how alike the pairs are that stand at an offset from each pair; 0 where there is none."""

    def __init__(self, passages: Passages, i: np.ndarray, j: np.ndarray, alike: np.ndarray):
        self.article, self.i, self.j, self.alike = passages.article, i, j, alike
        self.key = i * len(passages) + j
        self.order = np.argsort(self.key)

    def __call__(self, below_i: int, below_j: int) -> np.ndarray:
        size, article = len(self.article), self.article
        left, right = self.i + below_i, self.j + below_j
        inside = (left >= 0) & (right >= 0) & (left < size) & (right < size)
        left, right = np.where(inside, left, 0), np.where(inside, right, 0)
        inside &= (article[left] == article[self.i]) & (article[right] == article[self.j])
        wanted = left * size + right
        spot = np.searchsorted(self.key, wanted, sorter=self.order)
        spot = self.order[np.minimum(spot, len(self.key) - 1)]
        return np.where(inside & (self.key[spot] == wanted), self.alike[spot], 0.0)


def _place(passages: Passages, i: np.ndarray, j: np.ndarray) -> dict[str, np.ndarray]:
    place, cast = passages.place, passages.table["cast"].tolist()
    ledes = np.flatnonzero((place[i] == 0) & (place[j] == 0))
    shared = np.zeros(len(i))
    for n in ledes:
        one, other = cast[i[n]], cast[j[n]]
        shared[n] = len(one & other) / max(1, len(one | other))
    return {
        "ledes_share_cast": shared,
        "later": np.maximum(place[i], place[j]),
        "one_opens": (place[i] == 0) ^ (place[j] == 0),
    }


def _voices(passages: Passages, i: np.ndarray, j: np.ndarray) -> dict[str, np.ndarray]:
    share, subjects = passages.table["quoted_share"].to_numpy(), passages.table["subjects"].tolist()
    known = [(subjects[a], subjects[b]) for a, b in zip(i, j, strict=True)]
    denies = np.array([not _NEGATIONS.isdisjoint(stems) for stems in passages.stems], bool)
    same = [0 if not (a and b) else 1 if a & b else -1 for a, b in known]
    return {
        "one_denies": denies[i] ^ denies[j],
        "both_quoted": share[i] * share[j],
        "same_subject": np.array(same, float),
    }
