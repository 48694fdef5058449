"""The sentences of all articles, prepared for every comparison, and the pairs of them worth comparing."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from samestory.language.scores import best_places
from samestory.language.sentences import with_outlet
from samestory.language.sparse import Rows, count_rows, tfidf
from samestory.language.stems import stems_of
from samestory.quotes.inside import quoted_by_article
from samestory.story import Story

CANDIDATES = 40  # most alike passages of other articles that each passage is compared with in full
_ALIKE = 0.0995  # cosine of words, .1 when rounded: where enough are above it, none below is among the best
_MOSTLY = 0.5  # share of a passage inside quotes from which it counts as a quote


@dataclass(frozen=True)
class Passages:
    """Every sentence of a story, article by article; row n of `table` is passage n everywhere."""

    # article_id, outlet, sentence, paragraph, start, end, text, quoted_share, speakers, subjects, cast
    table: pd.DataFrame
    article: np.ndarray  # number of the article of each passage

    @classmethod
    def of(cls, story: Story) -> "Passages":
        """Prepare the sentences in the order of the articles and of the text."""
        order = {article_id: n for n, article_id in enumerate(story.articles["article_id"])}
        table = story.sentences[["article_id", "sentence", "paragraph", "start", "end", "text"]]
        table = with_outlet(table, story.articles).assign(order=table["article_id"].map(order))
        table = table.sort_values(["order", "start"], kind="stable").reset_index(drop=True)
        known = story.mentions[story.mentions["entity"].notna()]
        table = table.assign(
            **_quoted(table, story.quotes),
            subjects=_entities(table, known[known["role"] == "subject"]),
            cast=_entities(table, known),
        )
        return cls(table.drop(columns="order"), table["order"].to_numpy(np.int64))

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def text(self) -> list[str]:
        return self.table["text"].tolist()

    @cached_property
    def outlet(self) -> list[str]:
        return self.table["outlet"].tolist()

    @cached_property
    def carries_quote(self) -> list[bool]:
        """Whether each passage quotes, directly or not."""
        return (self.table["speakers"].map(bool) | (self.table["quoted_share"] > _MOSTLY)).tolist()

    @cached_property
    def stems(self) -> list[list[str]]:
        """The stems of each passage, in order."""
        return [stems_of(text) for text in self.text]

    @cached_property
    def counts(self) -> tuple[Rows, list[str]]:
        """How often each passage holds each stem, and the stems that the terms number."""
        return count_rows(self.stems)

    @cached_property
    def place(self) -> np.ndarray:
        """How far down its article each passage stands: 0 the first sentence, 1 the last."""
        number = self.table.groupby("article_id").cumcount().to_numpy()
        size = np.bincount(self.article)[self.article] if len(self) else np.array([])
        return number / np.maximum(1, size - 1)


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
        alike[slice(*np.searchsorted(passages.article, passages.article[n] + np.arange(2)))] = 0
        best = np.flatnonzero(alike > _ALIKE)
        if len(best) < CANDIDATES:
            best = np.flatnonzero(alike)
        if len(best) > CANDIDATES:
            best = best[best_places(alike[best], CANDIDATES)]
        found.append(np.stack([np.minimum(best, n), np.maximum(best, n)]))
    pairs = np.unique(np.concatenate(found, axis=1), axis=1)
    return pairs[0], pairs[1]


def _quoted(table: pd.DataFrame, quotes: pd.DataFrame) -> dict[str, list]:
    """The share of each sentence inside quotes of any kind, and their speakers."""
    inside = quoted_by_article(quotes)
    shares, speakers = [], []
    for article_id, start, end in table[["article_id", "start", "end"]].itertuples(index=False):
        shares.append(inside[article_id].share(start, end))
        around = inside[article_id].overlapping(start, end)
        speakers.append(frozenset(quote.speaker for quote in around if isinstance(quote.speaker, str)))
    return {"quoted_share": shares, "speakers": speakers}


def _entities(table: pd.DataFrame, mentions: pd.DataFrame) -> list[frozenset[str]]:
    """Who is mentioned in each sentence, pronouns resolved."""
    names: list[set[str]] = [set() for _ in range(len(table))]
    starts = dict(list(table.groupby("article_id")["start"]))
    for article_id, start, entity in mentions[["article_id", "start", "entity"]].itertuples(index=False):
        rows = starts.get(article_id, ())
        before = int(np.searchsorted(rows, start, side="right")) - 1
        if before >= 0:
            names[rows.index[before]].add(entity)
    return [frozenset(found) for found in names]
