"""Candidates: the pairs of passages that are worth comparing in full."""

import numpy as np

from samestory.comparison.passages import Passages
from samestory.comparison.similarity import tfidf

CANDIDATES = 40  # most alike passages of other articles that each passage is compared with in full


def candidate_pairs(passages: Passages) -> tuple[np.ndarray, np.ndarray]:
    """Find the pairs of passages of different articles that share rare words.

    Looked up in an inverted index, so that most pairs are never compared: the full comparison grows
    with the number of passages, not with its square.

    Returns:
        the numbers of the two passages of each pair, the first always the smaller, without repeats.
    """
    rows = tfidf(passages.counts[0])
    by_term = np.argsort(rows.terms, kind="stable")
    first = np.searchsorted(rows.terms[by_term], np.arange(rows.n_terms + 1))
    holder, weight = rows.row_of[by_term], rows.weights[by_term]
    found = [np.zeros((2, 0), np.int64)]
    for n in range(len(rows)):
        entries = range(rows.start[n], rows.start[n + 1])
        spans = [slice(first[rows.terms[entry]], first[rows.terms[entry] + 1]) for entry in entries]
        if not spans:
            continue
        weighed = [weight[span] * rows.weights[entry] for span, entry in zip(spans, entries, strict=True)]
        holders = np.concatenate([holder[span] for span in spans])
        alike = np.bincount(holders, np.concatenate(weighed), minlength=len(rows))
        alike[passages.article == passages.article[n]] = 0
        best = np.flatnonzero(alike)
        if len(best) > CANDIDATES:
            best = best[np.argpartition(-alike[best], CANDIDATES)[:CANDIDATES]]
        found.append(np.stack([np.minimum(best, n), np.maximum(best, n)]))
    pairs = np.unique(np.concatenate(found, axis=1), axis=1)
    return pairs[0], pairs[1]
