"""Which pairs of passages may tell the same: candidates, and what speaks for and against each pair."""

import json
from functools import lru_cache
from importlib import resources

import numpy as np
import pandas as pd

from samestory.comparison.passages import Passages
from samestory.comparison.similarity import Rows, best_by, count_rows, document_frequency, dot, tfidf
from samestory.comparison.wording import ngrams

CANDIDATES = 40  # most alike passages of other articles that each passage is compared with in full
FEATURES = (
    "letters",  # cosine of character n-grams
    "phrases",  # cosine of word pairs
    "shared",  # shared words over all words, by their rarity in the story
    "covered",  # of the passage whose words the other covers better, by rarity in story and news
    "covered_both",  # of the passage whose words the other covers less
    "neighbours",  # the passages before or after each are alike too
    "around",  # the one is also like a neighbour of the other
    "lead",  # over the best rival of the passage that has the weaker rivals
    "lead_both",  # over the best rival of either
    "distance",  # between the places in the two articles, 0 to 1
    "both_open",  # both are the first sentence
    "one_opens",
    "both_quoted",  # product of the shares inside quotes
    "same_speaker",  # 1 the same, -1 two others, 0 unknown
)


def candidate_pairs(passages: Passages) -> tuple[np.ndarray, np.ndarray]:
    """Find the pairs of passages of different articles that share rare words.

    Looked up in an inverted index, so that most pairs are never compared.

    Returns:
        the numbers of the two passages of each pair, the first always the smaller.
    """
    rows = tfidf(count_rows(passages.stems)[0])
    by_term = np.argsort(rows.terms, kind="stable")
    first = np.searchsorted(rows.terms[by_term], np.arange(rows.n_terms + 1))
    row_of, found = rows.row_of[by_term], []
    values = rows.weights[by_term]
    for n in range(len(rows)):
        alike = np.zeros(len(rows))
        for entry in range(rows.start[n], rows.start[n + 1]):
            holders = slice(first[rows.terms[entry]], first[rows.terms[entry] + 1])
            alike[row_of[holders]] += rows.weights[entry] * values[holders]
        alike[passages.article == passages.article[n]] = 0
        best = (
            np.argpartition(-alike, CANDIDATES)[:CANDIDATES]
            if len(alike) > CANDIDATES
            else np.arange(len(alike))
        )
        best = best[alike[best] > 0]
        found.append(np.stack([np.minimum(best, n), np.maximum(best, n)]))
    pairs = np.concatenate(found, axis=1) if found else np.zeros((2, 0), np.int64)
    pairs = np.unique(pairs, axis=1)
    return pairs[0], pairs[1]


def pair_features(passages: Passages, i: np.ndarray, j: np.ndarray) -> pd.DataFrame:
    """Measure what speaks for and against each pair (FEATURES); symmetric in i and j."""
    letters = tfidf(count_rows([_letters(stems) for stems in passages.stems])[0])
    phrases = tfidf(count_rows([ngrams(stems, 2) for stems in passages.stems])[0])
    words, names = count_rows(passages.stems)
    present = words.with_weights(np.ones(len(words.terms)))
    local = np.log((1 + len(words)) / (0.5 + document_frequency(words)))
    found = {"letters": dot(letters, letters, i, j), "phrases": dot(phrases, phrases, i, j)}
    left, right = _covered(present, local, i, j)
    found["shared"] = 2 * left * right / np.maximum(left + right, 1e-9)
    left, right = _covered(present, local * _rarity_in_news(names), i, j)
    found |= {"covered": np.maximum(left, right), "covered_both": np.minimum(left, right)}
    found |= _context(passages, i, j, (found["letters"] + found["shared"]) / 2)
    found |= _place(passages, i, j) | _voices(passages, i, j)
    return pd.DataFrame(found, columns=list(FEATURES)).astype("float64")


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
    size, article = len(passages), passages.article
    key = i * size + j
    order = np.argsort(key)

    def at(left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """The likeness of the pairs that stand at an offset; 0 where there is none."""
        inside = (left >= 0) & (right < size)
        left, right = np.where(inside, left, 0), np.where(inside, right, 0)
        same = inside & (article[left] == article[i]) & (article[right] == article[j])
        wanted = left * size + right
        spot = np.minimum(np.searchsorted(key, wanted, sorter=order), len(key) - 1)
        return np.where(same & (key[order[spot]] == wanted), alike[order[spot]], 0.0)

    if not len(i):
        return dict.fromkeys(("neighbours", "around", "lead", "lead_both"), alike)
    beside = [at(i + a, j + b) for a, b in ((0, 1), (0, -1), (1, 0), (-1, 0))]
    rivals = [best_by(one * (1 + article.max()) + article[other], alike) for one, other in ((i, j), (j, i))]
    return {
        "neighbours": np.maximum(at(i + 1, j + 1), at(i - 1, j - 1)),
        "around": np.maximum.reduce(beside),
        "lead": alike - np.minimum(*rivals),
        "lead_both": alike - np.maximum(*rivals),
    }


def _place(passages: Passages, i: np.ndarray, j: np.ndarray) -> dict[str, np.ndarray]:
    place = passages.place
    opens = place == 0
    return {
        "distance": np.abs(place[i] - place[j]),
        "both_open": opens[i] & opens[j],
        "one_opens": opens[i] ^ opens[j],
    }


def _voices(passages: Passages, i: np.ndarray, j: np.ndarray) -> dict[str, np.ndarray]:
    share, speakers = passages.table["quoted_share"].to_numpy(), passages.table["speakers"].tolist()
    known = [(speakers[a], speakers[b]) for a, b in zip(i, j, strict=True)]
    same = [0 if not (a and b) else 1 if a & b else -1 for a, b in known]
    return {"both_quoted": share[i] * share[j], "same_speaker": np.array(same, float)}


def _rarity_in_news(stems: list[str]) -> np.ndarray:
    """How rare each stem is in news at large: the negative logarithm of its share of articles."""
    articles, counts = _news_counts()
    return np.array([np.log((1 + articles) / (1 + counts.get(stem, 1))) for stem in stems])


@lru_cache(maxsize=1)
def _news_counts() -> tuple[int, dict[str, int]]:
    text = resources.files("samestory.models").joinpath("news_words.json").read_text("utf-8")
    table = json.loads(text)
    return table["articles"], table["counts"]
