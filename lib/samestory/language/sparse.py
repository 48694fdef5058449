"""Sparse vectors in numpy and their products over chosen pairs of rows (no scipy needed)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

_BLOCK = 64  # rows made dense at a time: 64 x 200,000 terms x 4 bytes = 51 MB at the very most


@dataclass(frozen=True)
class Rows:
    """Sparse rows: the terms of row r are `terms[start[r]:start[r+1]]`, with their `weights`."""

    start: np.ndarray
    terms: np.ndarray
    weights: np.ndarray
    n_terms: int

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def row_of(self) -> np.ndarray:
        """The row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def totals(self) -> np.ndarray:
        """The sum of each row's weights."""
        return np.bincount(self.row_of, self.weights, minlength=len(self))

    def norms(self) -> np.ndarray:
        """The Euclidean length of each row, 1 for an empty one."""
        norms = np.sqrt(np.bincount(self.row_of, self.weights**2, minlength=len(self)))
        return np.where(norms > 0, norms, 1)

    def with_weights(self, weights: np.ndarray) -> "Rows":
        """The same terms with other weights."""
        return Rows(self.start, self.terms, weights.astype(np.float32), self.n_terms)


def count_rows(texts: Iterable[Iterable]) -> tuple[Rows, list]:
    """Count the terms of each text.

    Returns:
        the rows of counts, and the list of terms that they number.
    """
    index: dict = {}
    start: list[int] = [0]
    terms: list[int] = []
    values: list[int] = []
    for text in texts:
        counts = Counter(text)
        terms.extend(index.setdefault(term, len(index)) for term in counts)
        values.extend(counts.values())
        start.append(len(terms))
    rows = Rows(np.array(start), np.array(terms, dtype=np.int64), np.array(values, np.float32), len(index))
    return rows, list(index)


def document_frequency(rows: Rows) -> np.ndarray:
    """In how many rows each term occurs."""
    return np.bincount(rows.terms, minlength=rows.n_terms)


def rarity(rows: Rows) -> np.ndarray:
    """How rare each term is among the rows: above 0, the more the fewer hold it."""
    return np.log((1 + len(rows)) / (0.5 + document_frequency(rows)))


def tfidf(rows: Rows) -> Rows:
    """Weigh counts by 1 + log(count) and by rarity among the rows, to rows of length 1.

    References:
        Salton and Buckley (1988), Term-weighting approaches in automatic text retrieval.
    """
    inverse = np.log((1 + len(rows)) / (1 + document_frequency(rows))) + 1
    weighed = rows.with_weights((1 + np.log(rows.weights)) * inverse[rows.terms])
    return weighed.with_weights(weighed.weights / weighed.norms()[weighed.row_of])


def dot(left: Rows, right: Rows, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Multiply row i of `left` with row j of `right`, pair by pair."""
    out = np.zeros(len(i))
    order = np.argsort(i, kind="stable")
    distinct, first = np.unique(i[order], return_index=True)
    bounds = np.append(first, len(i))
    for block in range(0, len(distinct), _BLOCK):
        rows = distinct[block : block + _BLOCK]
        dense = np.zeros((len(rows), left.n_terms), np.float32)
        for n, row in enumerate(rows):
            part = slice(left.start[row], left.start[row + 1])
            dense[n, left.terms[part]] = left.weights[part]
        pairs = order[bounds[block] : bounds[min(block + _BLOCK, len(distinct))]]
        local = np.searchsorted(rows, i[pairs])
        out[pairs] = _gather(dense, local, right, j[pairs])
    return out


def _gather(dense: np.ndarray, local: np.ndarray, right: Rows, j: np.ndarray) -> np.ndarray:
    lengths = right.start[j + 1] - right.start[j]
    pair = np.repeat(np.arange(len(j)), lengths)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    entry = np.repeat(right.start[j], lengths) + offset
    return np.bincount(pair, dense[local[pair], right.terms[entry]] * right.weights[entry], minlength=len(j))


def best_by(group: np.ndarray, values: np.ndarray) -> np.ndarray:
    """For each entry, the best value among the others of its group, 0 when it is alone."""
    _, code = np.unique(group, return_inverse=True)
    first = np.zeros(code.max(initial=-1) + 1)
    second = first.copy()
    np.maximum.at(first, code, values)
    holder = values >= first[code]
    held = np.bincount(code[holder], minlength=len(first))
    np.maximum.at(second, code[~holder], values[~holder])
    return np.where(holder & (held[code] == 1), second[code], first[code])


def mean_of_best(group: np.ndarray, values: np.ndarray, n: int) -> np.ndarray:
    """For each entry, the mean of the n best values of its group, as 0 where there are fewer."""
    _, code = np.unique(group, return_inverse=True)
    order = np.lexsort((-values, code))
    ranked = code[order]
    place = np.arange(len(ranked)) - np.searchsorted(ranked, ranked)
    best = place < n
    return (np.bincount(ranked[best], values[order][best], minlength=code.max(initial=-1) + 1) / n)[code]
