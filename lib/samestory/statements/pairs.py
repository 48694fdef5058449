"""The same statement told by different outlets: pairs of sentences, and each statement's tellings."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory import tables
from samestory.language.scores import settled
from samestory.reading.corrections import DIFFERENT_STATEMENTS, SAME_STATEMENT
from samestory.statements.features import nearness, pair_features
from samestory.statements.occasions import of_other_occasions
from samestory.statements.passages import Passages, candidate_pairs
from samestory.story import Story, once

SURE = 0.5  # lowest score of a pair that counts as told by both
DOUBTFUL = 0.45  # highest score of a pair that only its circumstances speak for, or of two occasions
_IN_CONTEXT = 0.5  # share of the rare words that must have a near partner in a sure pair
AGAIN = 0.5  # lowest score of a second telling in one article: it may be another fact in the same words
PAIRS = {
    "article_a": "str", "sentence_a": "int64", "article_b": "str", "sentence_b": "int64",
    "score": "float64",  # probability that the two tell the same, 0 to 1
    "how": "str",  # quote: the same utterance; fact: the same fact
    "sure": "bool",  # told by both; else perhaps the same
}  # fmt: skip
STATEMENTS = {
    "statement": "int64",  # 0, 1, 2 ... in the order in which they are first told
    "label": "str",  # the clearest wording: one of the tellings
    "article_id": "str", "outlet": "str", "sentence": "int64",
    "start": "int64", "end": "int64", "text": "str",
    "how": "str",  # quote, fact
    "similarity": "float64",  # score with the representative; 1 for itself
    "representative": "bool",  # this telling is the label
    "outlets": "int64",  # how many outlets tell the statement
}  # fmt: skip
# What counts against a wording as the label of its statement, in points of the mean score (ours): each other
# statement that it tells too, an unusual length (by the logarithm), and opening with a word such as "he".
_TELLS_MORE, _UNUSUAL_LENGTH, _UNCLEAR = 0.4, 0.2, 0.2
_USUAL_LENGTH = 14  # words and one
OPENS_UNCLEAR = re.compile(  # a sentence that says little without the one before it
    r"\W*(?:he|she|it|they|we|his|her|its|their|our|this|that|these|those|there|but|and|so|also|however|still|both)\b",
    re.IGNORECASE,
)

Scores = Sequence[Mapping[int, float]]  # by number of passage, its score with each that it was compared with


class Compared(NamedTuple):
    """All candidate pairs of a story: the numbers of the two passages, and the probability."""

    passages: Passages
    i: np.ndarray
    j: np.ndarray
    score: np.ndarray
    elsewhere: np.ndarray  # how much of each passage stands in the passages of other outlets, 0 to 1


@once
def same_statements(story: Story, *, threshold: float | None = None) -> pd.DataFrame:
    """Find the pairs of sentences of different articles that say the same.

    A logistic regression over how near a small neural encoder finds the rare words of the two
    (`statements/features.py`), the neighbouring sentences, the rival pairs, the places in the articles, and
    who speaks and acts (ours; models/statements.md says how it was trained).

    Args:
        threshold: pairs below this score are left out; when None, one at which 6 in 10 held on unseen events
            (7 in 10 on short ones): each pair that is missed is a wrong "not found in".
    Returns:
        PAIRS table, best first. score is the probability, 0 to 1, that a reader judges both
        sentences to tell the same, at most .45 where too few of their words are near; how is 'quote' where
        both carry the same utterance, else 'fact'. Of the `sure` pairs nearly 9 in 10 hold on whole unseen
        stories; the others are perhaps the same.
    """
    passages, i, j, score, _ = compare(story)
    keep = score >= (lowest_score() if threshold is None else threshold)
    return _pairs_table(passages, i[keep], j[keep], score[keep])


@once
def tellings(story: Story, *, threshold: float | None = None) -> pd.DataFrame:
    """List what is told, and each outlet's telling of it.

    Args:
        threshold: pairs below this score do not count as one statement; SURE when None.
    Returns:
        STATEMENTS table, one row a telling: every sentence is in it, in several statements where it
        tells several facts. A statement with outlets = 1 was not found in any other outlet.
    """
    groups = statements_of(story, threshold=SURE if threshold is None else threshold)
    passages, scores = compare(story).passages, _scores(story)
    often = Counter(n for group in groups for n in group)
    places = passages.table[["article_id", "outlet", "sentence", "start", "end", "text"]].to_dict("records")
    rows: list[dict] = []
    for number, group in enumerate(groups):
        rows += _tellings(number, group, passages, places, scores, often)
    return tables.build(rows, STATEMENTS)


@once
def statements_of(story: Story, *, threshold: float) -> list[list[int]]:
    """The numbers of the passages of each statement of `tellings`, in its order."""
    passages, i, j, score, _ = compare(story)
    sure = score >= threshold
    pairs = zip(i[sure].tolist(), j[sure].tolist(), strict=True)
    apart = {pair for pair, same in by_hand(story, passages).items() if not same}
    groups = cluster(pairs, _scores(story), passages.article, join=threshold, apart=apart)
    told = {n for group in groups for n in group}
    return sorted(groups + [[n] for n in range(len(passages)) if n not in told])


@once
def _scores(story: Story) -> Scores:
    passages, i, j, score, _ = compare(story)
    return by_passage(i, j, score, len(passages))


def by_passage(i: np.ndarray, j: np.ndarray, score: np.ndarray, size: int) -> Scores:
    """The scores of pairs by either passage of them, of so many passages."""
    one, other, both = np.concatenate([i, j]), np.concatenate([j, i]), np.concatenate([score, score])
    order = np.lexsort((other, one))
    ends = np.searchsorted(one[order], np.arange(size + 1)).tolist()
    others, values = other[order].tolist(), both[order].tolist()
    return [dict(zip(others[a:b], values[a:b], strict=True)) for a, b in pairwise(ends)]


@once
def compare(story: Story) -> Compared:
    """Score all candidate pairs.

    Place, speaker and cast may speak for a pair whose words have little in common: two opening sentences, two
    remarks of one man. Such a pair is never sure, nor is one of two occasions or of a line that leads on to a
    list.
    """
    passages = Passages.of(story)
    i, j = candidate_pairs(passages)
    near = nearness(passages, i, j)
    features = pair_features(passages, i, j, in_context=near.of_pairs)
    score = probability(features.to_numpy(), load_weights())
    leads_on = np.array([text.endswith(":") for text in passages.text], bool)
    in_context = settled(near.of_pairs) >= _IN_CONTEXT
    sure = np.flatnonzero((score >= SURE) & in_context & ~leads_on[i] & ~leads_on[j])
    sure = sure[~of_other_occasions(passages, i[sure], j[sure])]
    doubtful = np.setdiff1d(np.arange(len(i)), sure)
    score[doubtful] = np.minimum(score[doubtful], DOUBTFUL)
    i, j, score = _as_corrected(i, j, score, by_hand(story, passages))
    return Compared(passages, i, j, score, near.elsewhere)


def by_hand(story: Story, passages: Passages) -> dict[tuple[int, int], bool]:
    """(smaller, larger number of passage) -> whether they tell the same, where a person said so."""
    order = {article_id: n for n, article_id in enumerate(story.articles["article_id"])}
    starts = passages.table["start"].to_numpy()

    def passage(article_id: str, start: int) -> int:
        first, last = np.searchsorted(passages.article, [order[article_id], order[article_id] + 1])
        return int(first + np.searchsorted(starts[first:last], start, side="right")) - 1

    told = story.corrections[story.corrections["result"] == "applied"]
    found = {}
    for row in told[told["kind"].isin([SAME_STATEMENT, DIFFERENT_STATEMENTS])].itertuples():
        pair = passage(row.article_id, row.start), passage(row.other_article_id, row.other_start)
        found[min(pair), max(pair)] = row.kind == SAME_STATEMENT
    return found


def _as_corrected(
    i: np.ndarray, j: np.ndarray, score: np.ndarray, corrected: Mapping[tuple[int, int], bool]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs and their scores, with 1 or 0 for those of which a person said whether they tell the same."""
    if not corrected:
        return i, j, score
    keep = np.array([pair not in corrected for pair in zip(i.tolist(), j.tolist(), strict=True)], bool)
    one, other = np.array(list(corrected), np.int64).T
    said = np.array(list(corrected.values()), float)
    return (
        np.concatenate([i[keep], one]),
        np.concatenate([j[keep], other]),
        np.concatenate([score[keep], said]),
    )


def probability(features: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """The logistic regression's probability of each row."""
    return settled(1 / (1 + np.exp(-(features @ weights["weights"] + weights["bias"]))))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, np.ndarray]:
    """The trained weights of FEATURES, with bias and threshold."""
    path = resources.files("samestory.models") / "statements.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
        return {key: found[key] for key in found.files}


def cluster(
    pairs: Iterable[tuple[int, int]],
    scores: Scores,
    article: np.ndarray,
    *,
    join: float,
    apart: Collection[tuple[int, int]] = (),
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
        apart: pairs that never stand in one statement.
    Returns:
        sorted passage numbers of each statement, in the order of their first passages.
    """
    if apart:
        never: dict[int, dict[int, float]] = defaultdict(dict)
        for i, j in apart:
            never[i][j] = never[j][i] = -np.inf
        scores = [{**found, **never[n]} for n, found in enumerate(scores)]
    clusters = _Clusters(scores, article, join)
    for i, j in sorted(pairs, key=lambda pair: (-scores[pair[0]][pair[1]], pair)):
        clusters.add(i, j)
    return sorted(sorted(statement.members) for statement in clusters.merged())


def lowest_score() -> float:
    """The trained threshold of `same_statements`."""
    return float(load_weights()["threshold"])


def _pairs_table(passages: Passages, i: np.ndarray, j: np.ndarray, score: np.ndarray) -> pd.DataFrame:
    place = passages.table[["article_id", "sentence"]].rename(columns={"article_id": "article"})
    sides = [place.iloc[n].reset_index(drop=True).add_suffix(f"_{side}") for side, n in (("a", i), ("b", j))]
    quoted = np.array(passages.carries_quote, bool)
    how = np.where(quoted[i] & quoted[j], "quote", "fact")
    pairs = pd.concat(sides, axis=1).assign(score=score, how=how, sure=score >= SURE, rank=-score)
    ranked = pairs.sort_values(["rank", "article_a", "sentence_a", "article_b", "sentence_b"])
    return tables.build(ranked.to_dict("records"), PAIRS)


def _tellings(
    number: int, group: list[int], passages: Passages, places: list[dict], scores: Scores, often: Counter
) -> list[dict]:
    together = set(group)
    best = max(group, key=lambda n: (settled(_clarity(n, together, passages, scores, often)), -n))
    outlets = len({passages.outlet[n] for n in group})
    quoted = sum(passages.carries_quote[n] for n in group)
    rows = []
    for n in group:
        similarity = 1.0 if n == best else scores[n].get(best, np.nan)
        how = "quote" if 2 * quoted > len(group) else "fact"
        found = {"how": how, "similarity": similarity, "representative": n == best, "outlets": outlets}
        rows.append({"statement": number, "label": passages.text[best]} | places[n] | found)
    return rows


def _clarity(n: int, group: set[int], passages: Passages, scores: Scores, often: Counter) -> float:
    """How well a telling stands for all: alike to the others, short (it adds little), clear on its own."""
    central = sum(score for m, score in scores[n].items() if m in group) / max(1, len(group) - 1)
    length = abs(np.log((1 + len(passages.stems[n])) / _USUAL_LENGTH))
    unclear = bool(OPENS_UNCLEAR.match(passages.text[n]))
    return central - _TELLS_MORE * (often[n] - 1) - _UNUSUAL_LENGTH * length - _UNCLEAR * unclear


class _Statement:
    """Passages that tell one thing, and how many of them stand in each article."""

    def __init__(self, members: Iterable[int], article: list[int]):
        self.members, self.in_article, self.article = set[int](), Counter[int](), article
        for passage in members:
            self.add(passage)

    def add(self, passage: int) -> None:
        """Take in a passage that is not there yet."""
        self.members.add(passage)
        self.in_article[self.article[passage]] += 1


class _Clusters:
    """Statements as they grow, each a set of passages."""

    def __init__(self, scores: Scores, article: np.ndarray, join: float):
        self.scores, self.article, self.join = scores, article.tolist(), join
        self.statements: list[_Statement] = []
        self.told_in: dict[int, set[int]] = defaultdict(set)  # passage -> numbers of its statements

    def add(self, i: int, j: int) -> None:
        """Let a pair join a statement of one of its passages, or open one."""
        if self.told_in[i] & self.told_in[j]:
            return
        options = [(self.fit({new}, self.statements[n]), n, new)
                   for old, new in ((i, j), (j, i)) for n in self.told_in[old]]  # fmt: skip
        fit, number, passage = max(options, default=(0.0, -1, -1))
        if number >= 0 and fit >= self.needed({passage}, self.statements[number]):
            self.statements[number].add(passage)
            self.told_in[passage].add(number)
        elif self.scores[i][j] >= AGAIN or not (
            self.tells(i, in_article_of=j) and self.tells(j, in_article_of=i)
        ):
            self.told_in[i].add(len(self.statements))
            self.told_in[j].add(len(self.statements))
            self.statements.append(_Statement((i, j), self.article))

    def merged(self) -> list[_Statement]:
        """The statements, those that overlap and are alike throughout made one."""
        kept: list[_Statement] = []
        holding: dict[int, set[int]] = defaultdict(set)  # passage -> numbers of the kept ones that hold it
        for one in sorted(self.statements, key=lambda one: (-len(one.members), sorted(one.members))):
            overlapping = sorted(set[int]().union(*(holding[n] for n in one.members)))
            home = next(
                (k for k in overlapping if self.belongs(one.members - kept[k].members, kept[k])), None
            )
            if home is None:
                home = len(kept)
                kept.append(_Statement((), self.article))
            for passage in one.members - kept[home].members:
                kept[home].add(passage)
                holding[passage].add(home)
        return kept

    def tells(self, passage: int, *, in_article_of: int) -> bool:
        """Whether what a passage tells is told in the article of another, too."""
        article = self.article[in_article_of]
        return any(article in self.statements[number].in_article for number in self.told_in[passage])

    def belongs(self, new: Set[int], statement: _Statement) -> bool:
        """Whether passages may join a statement; one that holds them already has them all."""
        return not new or self.fit(new, statement) >= self.needed(new, statement)

    def needed(self, new: Set[int], statement: _Statement) -> float:
        """The lowest fit with which passages join a statement: more where their article tells it already."""
        again = any(self.article[n] in statement.in_article for n in new)
        return max(self.join, AGAIN) if again else self.join

    def fit(self, new: Set[int], statement: _Statement) -> float:
        """The mean score between new passages and the members that stand in other articles.

        Members that a passage was not compared with count as 0 and are not looked at.
        """
        total, others = 0.0, 0
        for n in new:
            article = self.article[n]
            others += len(statement.members) - statement.in_article.get(article, 0)
            near = self.scores[n]
            total += sum(near[m] for m in near.keys() & statement.members if self.article[m] != article)
        return settled(total / others) if others else 0.0
