"""A collection grouped into stories: which articles tell of one event, so that comparison runs inside one.

Three likenesses of headline and first sentences are weighed alike: of their words by rarity, of the names in
them by rarity, and of what they mean (the mean of the encoder's vectors). Nothing is learned; the threshold
was set by hand. Articles more than a week apart tell of two events. Each article's nearest are looked up in
blocks, within its weeks, so that no table of all pairs is made; then the two most alike groups are joined as
long as their articles are alike on the average.

References:
    Sokal and Michener (1958): average linkage. Yang, Pierce and Carbonell (1998), A study of retrospective
    and on-line event detection: average linkage of news with a window of time.
"""

import heapq
import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory import tables
from samestory.language.encoder import RETELLING, WIDTH, encode, pieces_of
from samestory.language.scores import best_places, settled
from samestory.language.sparse import Rows, count_rows, dot, tfidf
from samestory.language.stems import stems_of

STORIES = {
    "article_id": "str",
    "story": "int64",  # 0, 1, 2 ... from the earliest; those without any date come last
    "articles": "int64",  # how many articles the story has
    "outlets": "int64",  # how many outlets tell it; an outlet that is not known counts as one of its own
}
ALIKE = 0.3  # mean likeness of the articles of two groups from which they are one story, 0 to 1
_APART = 0.15  # mean likeness below which two groups are surely of other things
_LEAD = 1200  # characters after the headline: an event is told at the top, its background below
_PIECES = 126  # that the encoder reads, as its layers were tuned on no more
_NEAREST = 30  # articles with which each is compared
_DAYS = 7  # more days between two articles make two events
_LATER = 0.9  # likeness that counts of articles on other days, of 1
_BLOCK = 256  # articles compared at once
_NAME = re.compile(r"(?<=[a-z,;'’”\"] )[A-Z][\w’'-]+")  # a capital within a sentence


def stories(articles: pd.DataFrame) -> pd.DataFrame:
    """Group articles into the stories that they tell; they need not be annotated.

    Time and memory grow with the articles in a week where they are dated, and with the square of all of
    them, though quickly counted, where they are not. An article that is like no other is a story of its own.

    Args:
        articles: an ARTICLES table; `article_id` and `text` are needed; `title`, `published` and
            `outlet` help.
    Returns:
        STORIES table, one row an article, in the order of the articles.
    Raises:
        ValueError: a column is missing.
    """
    tables.require_columns(articles, ["article_id", "text"], where="articles")
    given = articles.reindex(columns=["article_id", "text", "title", "published", "outlet"])
    # In one order, so that nothing depends on the one they came in.
    ordered = given.sort_values(["published", "article_id"], kind="stable", ignore_index=True)
    whole = [_opening(row.title, row.text) for row in ordered.itertuples()]
    days = _days(ordered["published"])
    leads = _Leads.of(whole)
    number = _joined(leads, days)
    told = ordered.assign(story=number)
    told["outlet"] = told["outlet"].where(told["outlet"].notna(), told["article_id"])
    sizes = told.groupby("story").agg(articles=("article_id", "size"), outlets=("outlet", "nunique"))
    found = told[["article_id", "story"]].join(sizes, on="story").set_index("article_id")
    rows = found.loc[given["article_id"]].reset_index()
    return rows[list(STORIES)].astype(STORIES)


def clearly_apart(articles: pd.DataFrame, story: pd.Series) -> bool:
    """Whether no two stories share so much that they could be one, by whatever words it is told.

    Args:
        story: of each article, as `stories` numbers it.
    """
    whole = [
        _opening(row.title, row.text) for row in articles.reindex(columns=["title", "text"]).itertuples()
    ]
    leads = _Leads.of(whole)
    groups: dict[int, _Group] = {}
    for n, number in enumerate(story):
        one = _Group(leads, n, np.nan)
        groups.setdefault(number, one)
        if groups[number] is not one:
            groups[number].join(one)
    return all(one.alike(other) < _APART for one, other in combinations(groups.values(), 2))


class _Leads(NamedTuple):
    """What is compared of each article."""

    words: Rows
    names: Rows
    meaning: np.ndarray  # articles × WIDTH, of length 1

    @classmethod
    def of(cls, texts: list[str]) -> "_Leads":
        words = tfidf(count_rows(stems_of(text) for text in texts)[0])
        names = tfidf(count_rows(map(_names, texts))[0])
        return cls(words, names, _meaning(texts))

    def alike(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """The likeness of pairs, 0 to 1."""
        near = np.einsum("pw,pw->p", self.meaning[i], self.meaning[j])
        return (dot(self.words, self.words, i, j) + dot(self.names, self.names, i, j) + near) / 3


class _Group:
    """Articles taken together: sums of their vectors, from which the mean likeness of two groups follows."""

    def __init__(self, leads: _Leads, n: int, day: float):
        self.members, self.meaning = [n], leads.meaning[n].astype(np.float64)
        self.sparse = [_row(rows, n) for rows in (leads.words, leads.names)]
        self.days = [] if np.isnan(day) else [day]

    def join(self, other: "_Group") -> None:
        """Take another group's articles."""
        self.members += other.members
        self.days += other.days
        self.meaning = self.meaning + other.meaning
        self.sparse = [_sum(*both) for both in zip(self.sparse, other.sparse, strict=True)]

    def alike(self, other: "_Group") -> float:
        """The mean likeness of an article here and one there."""
        shared = sum(_product(*both) for both in zip(self.sparse, other.sparse, strict=True))
        mean = (shared + float(self.meaning @ other.meaning)) / 3 / len(self.members) / len(other.members)
        apart = abs(np.mean(self.days) - np.mean(other.days)) if self.days and other.days else 0.0
        return settled(mean * float(_near(np.array(apart))))


def _joined(leads: _Leads, days: np.ndarray) -> np.ndarray:
    """The number of each article's story, from the first article on."""
    groups: dict[int, _Group] = {}
    near: dict[int, set[int]] = {}
    heap: list[tuple[float, int, int]] = []
    for i, j in _candidates(leads, days):
        likeness = settled(leads.alike(i, j) * _near(np.nan_to_num(np.abs(days[i] - days[j]))))
        kept = likeness >= ALIKE
        for score, one, other in zip(likeness[kept], i[kept], j[kept], strict=True):
            a, b = int(one), int(other)
            heap.append((-float(score), a, b))
            for n, other_n in ((a, b), (b, a)):
                if n not in groups:
                    groups[n] = _Group(leads, n, days[n])
                near.setdefault(n, set()).add(other_n)
    heapq.heapify(heap)
    newest = len(days)
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups:
            continue  # one of them has become a part of another group
        beside = (near.pop(a) | near.pop(b)) - {a, b}
        groups[newest] = groups.pop(a)
        groups[newest].join(groups.pop(b))
        near[newest] = {n for n in beside if n in groups}
        for n in sorted(near[newest]):
            near[n].add(newest)
            if (score := groups[newest].alike(groups[n])) >= ALIKE:
                heapq.heappush(heap, (-score, n, newest))
        newest += 1
    first = np.arange(len(days))
    for group in groups.values():
        first[group.members] = min(group.members)
    return np.unique(first, return_inverse=True)[1]


def _candidates(leads: _Leads, days: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of articles worth comparing, the first always the smaller; the articles are in order of days."""
    dated = int(np.count_nonzero(~np.isnan(days)))
    for start in range(0, len(days), _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, len(days)))
        columns = np.arange(len(days))
        if rows[-1] < dated:  # an article without a date may be of any week
            within = slice(
                *np.searchsorted(days[:dated], [days[rows[0]] - _DAYS, days[rows[-1]] + _DAYS + 1])
            )
            columns = np.concatenate([columns[within], columns[dated:]])
        nearness = leads.meaning[rows] @ leads.meaning[columns].T
        nearness[rows[:, None] == columns] = -1
        if len(columns) > _NEAREST:
            best = best_places(nearness, _NEAREST)
        else:
            best = np.tile(np.arange(len(columns)), (len(rows), 1))
        one, other = np.repeat(rows, best.shape[1]), columns[best.ravel()]
        pairs = np.unique(np.stack([np.minimum(one, other), np.maximum(one, other)]), axis=1)
        yield tuple(pairs[:, pairs[0] != pairs[1]])


def _near(days: np.ndarray) -> np.ndarray:
    """What the likeness of articles counts that are so many days apart."""
    return np.where(days > _DAYS, 0.0, np.where(days > 1, _LATER, 1.0))


def _days(published: pd.Series) -> np.ndarray:
    """The day of each article as a number, NaN where it is not known."""
    days = pd.to_datetime(published).to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.float64))


def _opening(title: object, text: object) -> str:
    parts = [part for part in (title, text) if isinstance(part, str)]
    return "\n\n".join(parts)[: _LEAD + (len(title) if isinstance(title, str) else 0)]


def _names(text: str) -> list[str]:
    return [re.sub(r"['’]s$", "", found) for found in _NAME.findall(text)]


def _meaning(texts: list[str]) -> np.ndarray:
    """The mean of the encoder's vectors of each text; a text without a word has the vector 0."""
    means = np.zeros((len(texts), WIDTH), np.float32)
    for start in range(0, len(texts), _BLOCK):
        ids = [pieces_of(text).ids[:_PIECES] for text in texts[start : start + _BLOCK]]
        for n, vectors in enumerate(encode(ids, RETELLING), start):
            if len(vectors) > 2:
                means[n] = vectors[1:-1].mean(axis=0)
    return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)


def _row(rows: Rows, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The terms of a row in order, and their weights."""
    part = slice(rows.start[n], rows.start[n + 1])
    order = np.argsort(rows.terms[part])
    return rows.terms[part][order], rows.weights[part][order].astype(np.float64)


def _sum(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]):
    terms, place = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    return terms, np.bincount(place, np.concatenate([one[1], other[1]]), minlength=len(terms))


def _product(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> float:
    _, here, there = np.intersect1d(one[0], other[0], assume_unique=True, return_indices=True)
    return float(one[1][here] @ other[1][there])
