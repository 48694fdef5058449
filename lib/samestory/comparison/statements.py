"""The same statement told by different outlets: pairs of sentences, and each statement's tellings."""

import re
import weakref
from collections import Counter
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory import tables
from samestory.comparison.clusters import Scores, cluster
from samestory.comparison.matching import pair_features
from samestory.comparison.passages import Passages
from samestory.comparison.retrieval import candidate_pairs
from samestory.story import Story

PAIRS = {
    "article_a": "str",
    "sentence_a": "int64",
    "article_b": "str",
    "sentence_b": "int64",
    "score": "float64",  # probability that the two tell the same, 0 to 1
    "how": "str",  # quote: the same utterance; fact: the same fact
}

STATEMENTS = {
    "statement": "int64",  # 0, 1, 2 ... in the order in which they are first told
    "label": "str",  # the clearest wording: one of the tellings
    "article_id": "str",
    "outlet": "str",
    "sentence": "int64",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "how": "str",  # quote, fact
    "similarity": "float64",  # score with the representative; 1 for itself
    "representative": "bool",  # this telling is the label
    "outlets": "int64",  # how many outlets tell the statement
}
_last: list = []  # the story compared last (weakly held) and its pairs
_OPENS_UNCLEAR = re.compile(
    r"[\"“‘']*(?:he|she|it|they|this|that|these|those|but|and|so|also)\b", re.IGNORECASE
)


def same_statements(story: Story, *, threshold: float | None = None) -> pd.DataFrame:
    """Find the pairs of sentences of different articles that say the same.

    A logistic regression over how near a small neural encoder finds the rare words of the two
    (`comparison/encoder.py`), the neighbouring sentences, the rival pairs, the places in the articles, and
    who speaks and acts (ours; trained as told in models/statements.md).

    Args:
        story: the annotated articles.
        threshold: pairs below this score are left out; when None, one at which 6 in 10 held on unseen events
            (7 in 10 on short ones): each pair that is missed is a wrong "not found in".
    Returns:
        PAIRS table, best first. score is the probability, 0 to 1, that a reader judges both
        sentences to tell the same; how is 'quote' where both carry the same utterance, else 'fact'.
    """
    passages, i, j, score = compare(story)
    keep = score >= _or_trained(threshold)
    return _pairs_table(passages, i[keep], j[keep], score[keep])


def statements(story: Story, *, threshold: float | None = None) -> pd.DataFrame:
    """List what is told, and each outlet's telling of it.

    Args:
        story: the annotated articles.
        threshold: as in `same_statements`.
    Returns:
        STATEMENTS table, one row a telling: every sentence is in it, in several statements where it
        tells several facts. A statement with outlets = 1 was not found in any other outlet.
    """
    passages, i, j, score = compare(story)
    threshold = _or_trained(threshold)
    scores = dict(zip(zip(i.tolist(), j.tolist(), strict=True), score.tolist(), strict=True))
    pairs = [pair for pair, value in scores.items() if value >= threshold]
    groups = cluster(pairs, scores, passages.article, join=threshold)
    told = {n for group in groups for n in group}
    groups = sorted(groups + [[n] for n in range(len(passages)) if n not in told])
    often = Counter(n for group in groups for n in group)
    rows = [
        row
        for number, group in enumerate(groups)
        for row in _tellings(number, group, passages, scores, often)
    ]
    return tables.build(rows, STATEMENTS)


class Compared(NamedTuple):
    """All candidate pairs of a story: the numbers of the two passages, and the probability."""

    passages: Passages
    i: np.ndarray
    j: np.ndarray
    score: np.ndarray


def compare(story: Story) -> Compared:
    """Score all candidate pairs; the last story's are kept, since each of its tables needs them."""
    if _last and _last[0]() is story:
        return _last[1]
    passages = Passages.of(story)
    i, j = candidate_pairs(passages)
    score = probability(pair_features(passages, i, j).to_numpy(), load_weights())
    _last[:] = [weakref.ref(story), Compared(passages, i, j, score)]
    return _last[1]


def probability(features: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """The logistic regression's probability of each row."""
    return 1 / (1 + np.exp(-(features @ weights["weights"] + weights["bias"])))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, np.ndarray]:
    """The trained weights of FEATURES, with bias and threshold."""
    path = resources.files("samestory.models") / "statements.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
        return {key: found[key] for key in found.files}


def _or_trained(threshold: float | None) -> float:
    if threshold is not None:
        return threshold
    return float(load_weights()["threshold"])


def _pairs_table(passages: Passages, i: np.ndarray, j: np.ndarray, score: np.ndarray) -> pd.DataFrame:
    article, sentence = passages.table["article_id"], passages.table["sentence"]
    quoted = np.array(passages.carries_quote, bool)
    pairs = pd.DataFrame(
        {
            "article_a": article.to_numpy()[i],
            "sentence_a": sentence.to_numpy()[i],
            "article_b": article.to_numpy()[j],
            "sentence_b": sentence.to_numpy()[j],
            "score": score,
            "how": np.where(quoted[i] & quoted[j], "quote", "fact"),
        }
    )
    ranked = pairs.assign(rank=-pairs["score"]).sort_values(
        ["rank", "article_a", "sentence_a", "article_b", "sentence_b"]
    )
    return tables.build(ranked.drop(columns="rank").to_dict("records"), PAIRS)


def _tellings(
    number: int, group: list[int], passages: Passages, scores: Scores, often: Counter
) -> list[dict]:
    table = passages.table
    best = max(group, key=lambda n: (_clarity(n, group, passages, scores, often), -n))
    outlets = len({passages.outlet[n] for n in group})
    quoted = sum(passages.carries_quote[n] for n in group)
    rows = []
    for n in group:
        place = table.iloc[n][["article_id", "outlet", "sentence", "start", "end", "text"]].to_dict()
        similarity = 1.0 if n == best else scores.get((min(n, best), max(n, best)), np.nan)
        how = "quote" if 2 * quoted > len(group) else "fact"
        found = {"how": how, "similarity": similarity, "representative": n == best, "outlets": outlets}
        rows.append({"statement": number, "label": passages.text[best]} | place | found)
    return rows


def _clarity(n: int, group: list[int], passages: Passages, scores: Scores, often: Counter) -> float:
    """How well a telling stands for all: alike to the others, short (it adds little), clear on its own."""
    others = [scores.get((min(n, m), max(n, m)), 0.0) for m in group if m != n]
    central = sum(others) / len(others) if others else 0.0
    words = len(passages.stems[n])
    length = abs(np.log((1 + words) / 14))
    unclear = bool(_OPENS_UNCLEAR.match(passages.text[n]))
    return central - 0.4 * (often[n] - 1) - 0.2 * length - 0.2 * unclear
