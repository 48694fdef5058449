"""The same statement told by different outlets: pairs of sentences, and each statement's tellings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory import tables
from samestory.statements.features import pair_features
from samestory.statements.passages import Passages, candidate_pairs
from samestory.story import Story, once

AGAIN = 0.5  # lowest score of a second telling in one article: it may be another fact in the same words
Scores = Mapping[tuple[int, int], float]  # (smaller, larger number of passage) -> score
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
_OPENS_UNCLEAR = re.compile(
    r"[\"“‘']*(?:he|she|it|they|this|that|these|those|but|and|so|also)\b", re.IGNORECASE
)


def cluster(
    pairs: Iterable[tuple[int, int]], scores: Scores, article: np.ndarray, *, join: float
) -> list[list[int]]:
    """Group passages into statements; a passage that tells several facts is in several.

    The surest pair first, each pair joins the statement of one of its passages if the other is alike
    enough to all that tell it (average linkage, with overlap), or else opens a statement of its own,
    unless it is weak and surer pairs already tell both passages in the other's article.
    Ours, after the overlapping clusters of Jardine and Sibson (1968).

    Args:
        pairs: (smaller, larger) numbers of passages that tell the same.
        scores: of these and all other compared pairs; a pair that was not compared counts as 0.
        article: number of the article of each passage.
        join: lowest mean score with the tellings of other articles.
    Returns:
        sorted passage numbers of each statement, in the order of their first passages.
    """
    statements: dict[int, set[int]] = {}
    told_in: dict[int, set[int]] = defaultdict(set)
    ranked = sorted(pairs, key=lambda pair: (-scores[pair], pair))
    for i, j in ranked:
        if told_in[i] & told_in[j]:
            continue
        options = [(_fit({j}, statements[n], scores, article), n, j) for n in told_in[i]]
        options += [(_fit({i}, statements[n], scores, article), n, i) for n in told_in[j]]
        fit, number, passage = max(options, default=(0.0, -1, -1))
        if number < 0 or fit < _needed({passage}, statements[number], article, join):
            known = [_tellers(one, told_in, statements, article) for one in (i, j)]
            if scores[i, j] < AGAIN and article[j] in known[0] and article[i] in known[1]:
                continue
            number = len(statements)
            statements[number] = {i, j}
            told_in[i].add(number)
            told_in[j].add(number)
        else:
            statements[number].add(passage)
            told_in[passage].add(number)
    return sorted(sorted(members) for members in _merged(statements, scores, article, join))


def _tellers(
    passage: int, told_in: Mapping[int, set[int]], statements: Mapping[int, set[int]], article: np.ndarray
) -> set[int]:
    """The articles that tell what the passage tells."""
    return {article[n] for number in told_in[passage] for n in statements[number]}


def _merged(
    statements: dict[int, set[int]], scores: Scores, article: np.ndarray, join: float
) -> list[set[int]]:
    """Merge statements that overlap and are alike throughout, until none are."""
    kept: list[set[int]] = []
    for members in sorted(statements.values(), key=lambda m: (-len(m), sorted(m))):
        rest = set(members)
        home = next((k for k in kept if rest & k and _belongs(rest - k, k, scores, article, join)), None)
        if home is None:
            kept.append(rest)
        else:
            home |= rest
    return kept


def _belongs(new: set[int], members: set[int], scores: Scores, article: np.ndarray, join: float) -> bool:
    """Whether passages may join a statement; none are missing from one that holds them already."""
    return not new or _fit(new, members, scores, article) >= _needed(new, members, article, join)


def _needed(new: set[int], members: set[int], article: np.ndarray, join: float) -> float:
    """The lowest fit with which passages join a statement: more where their article tells it already."""
    again = {article[n] for n in new} & {article[n] for n in members}
    return max(join, AGAIN) if again else join


def _fit(new: set[int], members: set[int], scores: Scores, article: np.ndarray) -> float:
    """The mean score between new passages and the members that stand in other articles."""
    found = [
        scores.get((min(a, b), max(a, b)), 0.0) for a in new for b in members if article[a] != article[b]
    ]
    return sum(found) / len(found) if found else 0.0


@once
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


@once
def tellings(story: Story, *, threshold: float | None = None) -> pd.DataFrame:
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


@once
def compare(story: Story) -> Compared:
    """Score all candidate pairs."""
    passages = Passages.of(story)
    i, j = candidate_pairs(passages)
    score = probability(pair_features(passages, i, j).to_numpy(), load_weights())
    return Compared(passages, i, j, score)


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
