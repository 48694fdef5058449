"""What speaks for and against that two passages tell the same."""

import json
from functools import lru_cache
from importlib import resources

import numpy as np
import pandas as pd

from samestory.comparison.meaning import meaning_vectors
from samestory.comparison.passages import Passages
from samestory.comparison.similarity import (
    Rows,
    best_by,
    count_rows,
    document_frequency,
    dot,
    mean_of_best,
    tfidf,
)

FEATURES = (
    "letters",  # cosine of character n-grams
    "shared",  # shared words over all words, by their rarity in the story
    "covered",  # of the passage of whose words the other holds less, by rarity in story and news
    "content_covered",  # the same without speakers and cues: beside `covered` it tells whether these match
    "meaning",  # cosine of averaged word vectors
    "neighbours",  # the passages before or after each are alike too
    "around",  # the one is also like a neighbour of the other
    "lead_both",  # over the best rival of either
    "lead_mean",  # over the mean of the three best on either side
    "mutual",  # no rival of either is more alike
    "third",  # a passage of a third article is like both
    "distance",  # between the places in the two articles, 0 to 1
    "later",  # the place of the one that stands further down, 0 to 1
    "one_opens",  # just one is its article's first sentence
    "ledes_share_cast",  # both are first sentences: the share of persons and organisations in common
    "one_denies",  # just one holds a negation
    "both_quoted",  # product of the shares inside quotes
    "same_subject",  # 1 a person or organisation is the subject in both, -1 two others, 0 unknown
)

TIED = 1e-9  # likenesses that differ by rounding only
_NEGATIONS = frozenset(  # stems
    ("not", "cannot", "never", "no", "nobodi", "noth", "neither", "nor", "without", "refus", "deni")
)


def pair_features(passages: Passages, i: np.ndarray, j: np.ndarray) -> pd.DataFrame:
    """Measure what speaks for and against each pair (FEATURES); symmetric in i and j."""
    letters = tfidf(count_rows([_letters(stems) for stems in passages.stems])[0])
    words, in_story, in_news = _rarities(passages.stems)
    left, right = _covered(words, in_story, i, j)
    found = {
        "letters": dot(letters, letters, i, j),
        "shared": 2 * left * right / np.maximum(left + right, 1e-9),
        "covered": np.minimum(*_covered(words, in_story * in_news, i, j)),
    }
    words, in_story, in_news = _rarities(passages.content)
    found["content_covered"] = np.minimum(*_covered(words, in_story * in_news, i, j))
    vectors = meaning_vectors(passages)
    found["meaning"] = np.einsum("nk,nk->n", vectors[i], vectors[j])
    found |= _context(passages, i, j, (found["letters"] + found["shared"]) / 2)
    found |= _place(passages, i, j) | _voices(passages, i, j)
    return pd.DataFrame(found, columns=list(FEATURES)).astype("float64")


def _rarities(texts: list[list[str]]) -> tuple[Rows, np.ndarray, np.ndarray]:
    """Which words each passage holds, and how rare each word is in the story and in news at large."""
    words, names = count_rows(texts)
    in_story = np.log((1 + len(words)) / (0.5 + document_frequency(words)))
    return words.with_weights(np.ones(len(words.terms))), in_story, _rarity_in_news(names)


def _letters(stems: list[str]) -> list[str]:
    """Character n-grams of 3 to 5 within words, their ends marked."""
    marked = [f" {stem} " for stem in stems]
    return [word[k : k + n] for word in marked for n in (3, 4, 5) for k in range(len(word) - n + 1)]


def _covered(
    present: Rows, weight: np.ndarray, i: np.ndarray, j: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The share of the weight of i's words that j has too, and of j's that i has."""
    weighed = present.with_weights(weight[present.terms])
    both = dot(present, weighed, i, j)
    totals = np.maximum(weighed.totals(), 1e-9)
    return both / totals[i], both / totals[j]


def _context(passages: Passages, i: np.ndarray, j: np.ndarray, alike: np.ndarray) -> dict[str, np.ndarray]:
    """What the pairs next to a pair and its rivals say about it."""
    if not len(i):
        return dict.fromkeys(("neighbours", "around", "lead_both", "lead_mean", "mutual", "third"), alike)
    at = _Beside(passages, i, j, alike)
    rival, mean = [], []
    for one, other in ((i, j), (j, i)):
        group = one * (1 + passages.article.max()) + passages.article[other]
        rival.append(best_by(group, alike))
        mean.append(mean_of_best(group, alike, 3))
    return {
        "neighbours": np.maximum(at(1, 1), at(-1, -1)),
        "around": np.maximum.reduce([at(0, 1), at(0, -1), at(1, 0), at(-1, 0)]),
        "lead_both": alike - np.maximum(*rival),
        "lead_mean": alike - (mean[0] + mean[1]) / 2,
        "mutual": alike - np.maximum(*rival) >= -TIED,
        "third": _third(len(passages), i, j, alike),
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


def _third(size: int, i: np.ndarray, j: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """The best third passage by the weaker of its two likenesses, where both were compared."""
    one, other, value = np.concatenate([i, j]), np.concatenate([j, i]), np.concatenate([alike, alike])
    order = np.argsort(one, kind="stable")
    one, other, value = one[order], other[order], value[order]
    start = np.searchsorted(one, np.arange(size + 1))
    best = np.zeros(len(i))
    by_first = np.argsort(i, kind="stable")
    for pairs in np.split(by_first, np.flatnonzero(np.diff(i[by_first])) + 1):
        a = i[pairs[0]]
        to_a = np.zeros(size)
        to_a[other[start[a] : start[a + 1]]] = value[start[a] : start[a + 1]]
        for pair in pairs:
            of_b = slice(start[j[pair]], start[j[pair] + 1])
            best[pair] = np.minimum(to_a[other[of_b]], value[of_b]).max()
    return best


def _place(passages: Passages, i: np.ndarray, j: np.ndarray) -> dict[str, np.ndarray]:
    place, cast = passages.place, passages.table["cast"].tolist()
    ledes = np.flatnonzero((place[i] == 0) & (place[j] == 0))
    shared = np.zeros(len(i))
    for n in ledes:
        one, other = cast[i[n]], cast[j[n]]
        shared[n] = len(one & other) / max(1, len(one | other))
    return {
        "ledes_share_cast": shared,
        "distance": np.abs(place[i] - place[j]),
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


def _rarity_in_news(stems: list[str]) -> np.ndarray:
    """How rare each stem is in news at large: the negative logarithm of its share of articles."""
    articles, counts = _news_counts()
    return np.array([np.log((1 + articles) / (1 + counts.get(stem, 1))) for stem in stems])


@lru_cache(maxsize=1)
def _news_counts() -> tuple[int, dict[str, int]]:
    text = resources.files("samestory.models").joinpath("news_words.json").read_text("utf-8")
    table = json.loads(text)
    return table["articles"], table["counts"]
