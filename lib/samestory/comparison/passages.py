"""The sentences of all articles side by side, prepared once for every comparison."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from samestory.comparison.similarity import Rows, count_rows
from samestory.comparison.wording import stems_of
from samestory.story import Story


@dataclass(frozen=True)
class Passages:
    """Every sentence of a story, article by article; row n of `table` is passage n everywhere."""

    # article_id, outlet, sentence, paragraph, start, end, text, quoted_share, speakers, subjects, cast
    table: pd.DataFrame
    article: np.ndarray  # number of the article of each passage

    @classmethod
    def of(cls, story: Story) -> "Passages":
        """Prepare the sentences in the order of the articles and of the text."""
        articles = story.articles.reset_index(drop=True)
        order = {article_id: n for n, article_id in enumerate(articles["article_id"])}
        outlet = articles["outlet"].fillna(articles["article_id"]).set_axis(articles["article_id"])
        table = story.sentences[["article_id", "sentence", "paragraph", "start", "end", "text"]]
        table = table.assign(
            outlet=table["article_id"].map(outlet).astype("str"), order=table["article_id"].map(order)
        )
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
        return (self.table["speakers"].map(bool) | (self.table["quoted_share"] > 0.5)).tolist()

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


def _quoted(table: pd.DataFrame, quotes: pd.DataFrame) -> dict[str, list]:
    """The share of each sentence inside quotes of any kind, and their speakers."""
    found = defaultdict(list)
    columns = ["article_id", "start", "end", "speaker"]
    for article_id, start, end, speaker in quotes[columns].itertuples(index=False):
        found[article_id].append((start, end, speaker))
    shares, speakers = [], []
    for article_id, start, end in table[["article_id", "start", "end"]].itertuples(index=False):
        inside = [quote for quote in found[article_id] if quote[0] < end and quote[1] > start]
        covered = sum(min(end, quote[1]) - max(start, quote[0]) for quote in inside)
        shares.append(min(1.0, covered / max(1, end - start)))
        speakers.append(frozenset(quote[2] for quote in inside if isinstance(quote[2], str)))
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
