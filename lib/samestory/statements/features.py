"""The evidence on whether two passages say the same thing: words in context, places, who speaks.

A small neural encoder sees that "won't chip in" and "not going to pay" are near, which shared words do not.

References:
    Zhang et al. (2020), BERTScore: the best partner of each word, by its vector in context; here
    weighted by the word's rarity in the story.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory.language.encoder import RETELLING, Pieces, encode, pieces_of
from samestory.language.scores import FINE, settled
from samestory.language.sparse import best_by, count_rows, dot, mean_of_best, rarity, tfidf
from samestory.language.stems import words_of
from samestory.statements.passages import Passages

LONGEST = 126  # pieces of a passage that are read: the layers were tuned on no more
CIRCUMSTANCES = (
    "neighbours",  # the passages before or after each are alike too
    "around",  # the one is also like a neighbour of the other
    "lead",  # how much more alike the two are than the mean of the _RIVALS best on either side
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
_RIVALS = 3
_GRAMS = (3, 4, 5)  # letters
_NOT_0 = 1e-9  # divided by where there is nothing to divide by
_NEGATIONS = frozenset(  # stems
    ("not", "cannot", "never", "no", "nobodi", "noth", "neither", "nor", "without", "refus", "deni")
)


class Nearness(NamedTuple):
    """How well rare words have a near partner, 0 to 1."""

    of_pairs: np.ndarray  # those of each passage of a pair in the other (`words_in_context`), not rounded
    elsewhere: np.ndarray  # those of each passage in all of its partners in other outlets, taken together


def pair_features(
    passages: Passages, i: np.ndarray, j: np.ndarray, *, in_context: np.ndarray | None = None
) -> pd.DataFrame:
    """Measure what speaks for and against each pair (FEATURES); symmetric in i and j.

    Args:
        in_context: `words_in_context` of the pairs, where it is known.
    """
    found = words_in_context(passages, i, j) if in_context is None else in_context
    return circumstances(passages, i, j).assign(words_in_context=found)


def circumstances(passages: Passages, i: np.ndarray, j: np.ndarray) -> pd.DataFrame:
    """What speaks for and against each pair beside its own words (CIRCUMSTANCES)."""
    found = _context(passages, i, j, likeness(passages, i, j))
    found |= _place(passages, i, j) | _what_is_said(passages, i, j)
    return pd.DataFrame(found, columns=list(CIRCUMSTANCES)).astype("float64")


def words_in_context(passages: Passages, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """How well the rare words of each passage have a near partner in the other, for each pair.

    Returns:
        0 to 1, not rounded: a hundredth weighs much in the score of a pair.
    """
    return nearness(passages, i, j).of_pairs


def nearness(passages: Passages, i: np.ndarray, j: np.ndarray) -> Nearness:
    """Measure how near the rare words of the passages of each pair are, and of each passage to all others.

    What one outlet tells in a sentence another may spread over several: so the partners of a word are looked
    for in every passage that is compared with its own.
    """
    which, texts = pd.factorize(np.array(passages.text, object))  # an agency's sentence is read once
    pieces = pieces_to_compare(texts)
    words, weights = _in_context(pieces, np.bincount(which)), piece_weights(passages, texts, pieces)
    nearest = [np.zeros(len(words[text]), np.float32) for text in which.tolist()]
    of_pairs = np.zeros(len(i))
    for text, left, right, pairs in _by_wording(
        which, i, j, np.array([len(pieces[n]) > 0 for n in which], bool)
    ):
        partners, column = np.unique(which[right], return_inverse=True)
        ends = np.cumsum([len(words[partner]) for partner in partners])
        near = np.maximum(words[text] @ np.concatenate([words[partner] for partner in partners]).T, 0)
        best, best_there = np.maximum.reduceat(near, [0, *ends[:-1]], axis=1), near.max(axis=0)
        weighed = best_there * np.concatenate([weights[partner] for partner in partners])
        there = np.add.reduceat(weighed, [0, *ends[:-1]])
        of_pairs[pairs] = _harmonic(weights[text] @ best, there)[column]
        partners_of = np.split(best_there, ends[:-1])
        for one, other, n in zip(left.tolist(), right.tolist(), column.tolist(), strict=True):
            if passages.outlet[one] != passages.outlet[other]:
                nearest[one] = np.maximum(nearest[one], best[:, n])
                nearest[other] = np.maximum(nearest[other], partners_of[n])
    elsewhere = [float(weights[text] @ best) for text, best in zip(which.tolist(), nearest, strict=True)]
    return Nearness(of_pairs, settled(elsewhere))


def likeness(passages: Passages, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """How alike the wordings are, 0 to 1: parts of words, and words by their rarity in the story."""
    letters = tfidf(count_rows(_letters(stems) for stems in passages.stems)[0])
    words = passages.counts[0]
    words = words.with_weights(np.ones(len(words.terms)))
    weighed = words.with_weights(rarity(words)[words.terms])
    both, totals = dot(words, weighed, i, j), np.maximum(weighed.totals(), _NOT_0)
    return settled((dot(letters, letters, i, j) + _harmonic(both / totals[i], both / totals[j])) / 2, FINE)


def pieces_to_compare(texts: Iterable[str]) -> list[Pieces]:
    """The pieces of each text, as far as they are read."""
    return [Pieces(*(column[:LONGEST] for column in pieces_of(text))) for text in texts]


def piece_weights(passages: Passages, texts: Iterable[str], pieces: list[Pieces]) -> list[np.ndarray]:
    """For each text, how rare in the story the word of each piece is, as shares of 1; 0 for a sign."""
    rows, names = passages.counts
    rare = dict(zip(names, rarity(rows), strict=True))
    return [_shares(text, found, rare) for text, found in zip(texts, pieces, strict=True)]


def _in_context(pieces: list[Pieces], often: np.ndarray) -> list[np.ndarray]:
    """A vector of length 1 for each piece of each text, without what all that stand in the story share.

    Args:
        often: how often each text stands there.
    """
    vectors = [states[1:-1] for states in encode([found.ids for found in pieces], RETELLING)]
    size = sum(n * len(found) for n, found in zip(often, vectors, strict=True))
    common = sum(n * found.sum(axis=0) for n, found in zip(often, vectors, strict=True)) / max(1, size)
    for found in vectors:  # in place, as they may fill gigabytes
        found -= common
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), _NOT_0)
    return vectors


def _by_wording(
    which: np.ndarray, i: np.ndarray, j: np.ndarray, readable: np.ndarray
) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
    """For each text, its passages in pairs, those that they are paired with, and the numbers of the pairs."""
    swap = which[i] > which[j]
    left, right = np.where(swap, j, i), np.where(swap, i, j)
    order = np.flatnonzero(readable[i] & readable[j])
    order = order[np.argsort(which[left[order]], kind="stable")]
    for pairs in np.split(order, np.flatnonzero(np.diff(which[left[order]])) + 1):
        if len(pairs):
            yield int(which[left[pairs[0]]]), left[pairs], right[pairs], pairs


def _shares(text: str, pieces: Pieces, rare: dict[str, float]) -> np.ndarray:
    """The weight of each piece: that of the rarest of our words that overlaps its word."""
    ours, spans = words_of(text), dict[int, tuple[int, int]]()
    for start, end, word in zip(*(column.tolist() for column in pieces[1:]), strict=True):
        spans[word] = spans.get(word, (start, end))[0], end
    by_word = {
        word: max((rare[one.stem] for one in ours if one.start < end and start < one.end), default=0.0)
        for word, (start, end) in spans.items()
    }
    weights = np.array([by_word[word] for word in pieces.word.tolist()], np.float32)
    return weights / max(weights.sum(), _NOT_0)


def _harmonic(left, right):
    """The harmonic mean of two shares, number by number."""
    return 2 * left * right / np.maximum(left + right, _NOT_0)


def _letters(stems: list[str]) -> list[str]:
    """Runs of letters within words, their ends marked."""
    marked = [f" {stem} " for stem in stems]
    return [word[k : k + n] for word in marked for n in _GRAMS for k in range(len(word) - n + 1)]


def _context(passages: Passages, i: np.ndarray, j: np.ndarray, alike: np.ndarray) -> dict[str, np.ndarray]:
    """What the pairs next to a pair and its rivals say about it."""
    if not len(i):
        return dict.fromkeys(("neighbours", "around", "lead", "mutual"), alike)
    at = _Beside(passages, i, j, alike)
    rival, mean = [], []
    for one, other in ((i, j), (j, i)):
        group = one * (1 + passages.article.max()) + passages.article[other]
        rival.append(best_by(group, alike))
        mean.append(mean_of_best(group, alike, _RIVALS))
    return {
        "neighbours": np.maximum(at(1, 1), at(-1, -1)),
        "around": np.maximum.reduce([at(0, 1), at(0, -1), at(1, 0), at(-1, 0)]),
        "lead": alike - (mean[0] + mean[1]) / 2,
        "mutual": alike >= np.maximum(*rival),
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
    shared = np.zeros(len(i))
    for n in np.flatnonzero((place[i] == 0) & (place[j] == 0)):
        one, other = cast[i[n]], cast[j[n]]
        shared[n] = len(one & other) / max(1, len(one | other))
    return {
        "ledes_share_cast": shared,
        "later": np.maximum(place[i], place[j]),
        "one_opens": (place[i] == 0) ^ (place[j] == 0),
    }


def _what_is_said(passages: Passages, i: np.ndarray, j: np.ndarray) -> dict[str, np.ndarray]:
    share, subjects = passages.table["quoted_share"].to_numpy(), passages.table["subjects"].tolist()
    known = [(subjects[a], subjects[b]) for a, b in zip(i, j, strict=True)]
    denies = np.array([not _NEGATIONS.isdisjoint(stems) for stems in passages.stems], bool)
    same = [0 if not (a and b) else 1 if a & b else -1 for a, b in known]
    return {
        "one_denies": denies[i] ^ denies[j],
        "both_quoted": share[i] * share[j],
        "same_subject": np.array(same, float),
    }
