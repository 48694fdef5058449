"""Differences of tone between outlets, with intervals: no ranking, only what the sentences can tell apart."""

from itertools import combinations

import numpy as np
import pandas as pd

from samestory.annotation.tone_words import ToneWords
from samestory.comparison.intervals import bootstrap_difference
from samestory.comparison.tone import (
    MIN_SENTENCES,
    NARRATOR,
    polarity_evidence,
    sentence_tone,
    toward_sentences,
)
from samestory.story import Story

_COLUMNS = {"outlet_a": "str", "outlet_b": "str", "difference": "float64", "low": "float64",
            "high": "float64", "n_a": "int64", "n_b": "int64"}  # fmt: skip


def tone_differences(
    story: Story, *, voice: str = NARRATOR, words: ToneWords | None = None, seed: int = 0
) -> pd.DataFrame:
    """Compare the mean polarity of every two outlets in one voice.

    Returns:
        One row per pair: outlet_a, outlet_b, difference (a less b), low, high, n_a, n_b (scored
        sentences). The intervals together hold with 95% (Bonferroni), NaN where an outlet has fewer than
        five sentences; one that contains 0 does not tell the two apart.
    """
    table = sentence_tone(story, words=words)
    table = table[table["voice"] == voice].dropna(subset="polarity")
    return pd.DataFrame(_pairs(table, "polarity", seed), columns=list(_COLUMNS)).astype(_COLUMNS)


def toward_differences(story: Story, *, seed: int = 0) -> pd.DataFrame:
    """Compare the mean sentiment of every two outlets toward the same actor.

    Returns:
        entity, then the columns of `tone_differences`; only actors with five sentences in both outlets.
    """
    table = toward_sentences(story)
    counts = table.drop_duplicates(["entity", "article_id", "start"]).groupby(["entity", "outlet"]).size()
    enough = counts[counts >= MIN_SENTENCES].reset_index().groupby("entity").size()
    actors = enough[enough > 1].index
    tests = sum(n * (n - 1) // 2 for n in enough[actors])
    rows = []
    for entity in actors:
        own = table[table["entity"] == entity]
        rows += [
            (entity, *row) for row in _pairs(own, "toward", seed, tests) if min(row[-2:]) >= MIN_SENTENCES
        ]
    types = {"entity": "str"} | _COLUMNS
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def _pairs(table: pd.DataFrame, value: str, seed: int, tests: int | None = None) -> list[tuple]:
    values = {
        outlet: group.groupby(["article_id", "start"])[value].mean().to_numpy()
        for outlet, group in table.groupby("outlet", sort=True)
    }
    pairs = list(combinations(values, 2))
    share = 1 - 0.05 / max(1, tests or len(pairs))
    rows = []
    for a, b in pairs:
        low, high = bootstrap_difference(values[a], values[b], seed=seed, fewest=MIN_SENTENCES, share=share)
        difference = float(np.mean(values[a]) - np.mean(values[b]))
        rows.append((a, b, difference, low, high, len(values[a]), len(values[b])))
    return rows


def tone_by_definition(story: Story) -> pd.DataFrame:
    """Average the polarity of each outlet and voice again under other definitions.

    Returns:
        One row per outlet and voice: news_words (as in `tone`), textblob_alone (its lexicon without the
        changes for news), judging_words (without words that only report an event, as "killed"), moved
        (largest less smallest). NaN where no sentence has a score.
    """
    words = polarity_evidence(story)
    columns = {
        "news_words": words,
        "textblob_alone": polarity_evidence(story, words=ToneWords()),
        "judging_words": words[words["subjectivity"] > 0],
    }
    table = pd.DataFrame({name: _mean_of_sentences(rows) for name, rows in columns.items()})
    table["moved"] = table.max(axis=1, skipna=True) - table.min(axis=1, skipna=True)
    return table.astype("float64").rename_axis(["outlet", "voice"]).reset_index()


def _mean_of_sentences(words: pd.DataFrame) -> pd.Series:
    sentences = words.groupby(["outlet", "voice", "article_id", "sentence"])["polarity"].mean()
    return sentences.groupby(level=["outlet", "voice"]).mean()
