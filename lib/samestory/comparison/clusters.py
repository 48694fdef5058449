"""From pairs of passages that tell the same to statements over any number of articles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

AGAIN = 0.5  # lowest score of a second telling in one article: it may be another fact in the same words
Scores = Mapping[tuple[int, int], float]  # (smaller, larger number of passage) -> score


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
