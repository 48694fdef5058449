"""One utterance or fact in two wordings: which words are the same, which reworded, which stand here only."""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from rapidfuzz.fuzz import ratio

from samestory import tables
from samestory.language.stems import Word, words_of
from samestory.quotes.inside import NARRATOR, quoted_by_article
from samestory.statements.pairs import compare, same_statements
from samestory.story import Story, once

TOLD_TWICE = {
    "pair": "int64",  # 0, 1, 2 ... the surest pair first
    "side": "str",  # a, b
    "article_id": "str", "outlet": "str",
    "start": "int64", "end": "int64", "text": "str",  # of a run of words
    "how": "str",  # same, moved, reworded, only here
}  # fmt: skip
SUMMARY = {
    "pair": "int64", "score": "float64",
    "how": "str",  # quote, fact
    "outlet_a": "str", "outlet_b": "str", "article_a": "str", "article_b": "str",
    "start_a": "int64", "start_b": "int64", "text_a": "str", "text_b": "str",
    "told_a": "str", "told_b": "str",  # quoted, paraphrased (indirectly quoted, or partly) or narrated
    "same_words": "int64",  # of side a, moved ones included
    "reworded_words": "int64",  # of side a
    "only_a_words": "int64", "only_b_words": "int64",
    "same_share": "float64",  # same words over all words of both sides, 0 to 1
}  # fmt: skip
# What two words in one place weigh in the alignment, and the limits below, are ours.
_LONG_WORD, _SHORT_WORD, _RESPELLED = 1.0, 0.35, 0.6  # short words often meet by chance
_SHORT = 3  # letters of a stem
_SPELLING = 75  # rapidfuzz ratio, 0 to 100, from which two words in one slot are one word respelled
_QUOTED = 0.4  # share of the sentence in quotation marks from which it counts as quoted
_SLOT = 3  # a run replaced by one more than this many times as long is not a rewording
_LONGEST_SLOT = 7  # words; two longer runs between the same words are two contents, not two wordings
_MOST_CELLS = 200_000  # of the alignment; a "sentence" of thousands of words is aligned by difflib's runs

Place = tuple[str, int]  # article, number of the sentence
Run = tuple[int, int, str]  # start and end in the sentence, how


class Telling(NamedTuple):
    """One sentence in its article."""

    article_id: str
    outlet: str
    start: int
    end: int
    text: str
    told: str  # quoted, paraphrased, narrated


def told_twice(story: Story, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Align the words of each pair of tellings.

    Args:
        pairs: rows of `same_statements`; all of them when None.
    Returns:
        TOLD_TWICE table: runs of words, which together hold every word of both sentences. 'same' are
        equal stems in the same order, 'moved' in another order; 'reworded' are other words in the same
        slot (or one word respelled); 'only here' has no partner.
    References:
        Needleman and Wunsch (1970), A general method applicable to the search for similarities
        (the alignment of greatest weight; our weights favour long words).
    """
    tellings, rows = _tellings(story), []
    for number, _, places in _pairs(story, pairs):
        for side, place, runs in zip("ab", places, _aligned(story, tellings, places), strict=True):
            told = tellings[place]
            for start, end, how in runs:
                span = {"start": told.start + start, "end": told.start + end, "text": told.text[start:end]}
                here = {"pair": number, "side": side, "article_id": told.article_id, "outlet": told.outlet}
                rows.append(here | span | {"how": how})
    return tables.build(rows, TOLD_TWICE)


def told_twice_summary(story: Story, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Sum up each pair of tellings: how many words are kept, and who quotes what the other paraphrases.

    Args:
        pairs: rows of `same_statements`; all of them when None.
    Returns:
        SUMMARY table, one row a pair, in the order of `pairs`.
    """
    tellings, rows = _tellings(story), []
    for number, pair, places in _pairs(story, pairs):
        row = {"pair": number, "score": pair.score, "how": pair.how}
        counts = _counted_wordings(story, *(tellings[place].text for place in places))
        for side, place, count in zip("ab", places, counts, strict=True):
            told = tellings[place]
            row |= {f"outlet_{side}": told.outlet, f"article_{side}": told.article_id}
            row |= {f"start_{side}": told.start, f"text_{side}": told.text, f"told_{side}": told.told}
            row |= {f"only_{side}_words": count["only here"]}
        same, total = counts[0]["same"] + counts[1]["same"], counts[0].total() + counts[1].total()
        row |= {"same_words": counts[0]["same"], "reworded_words": counts[0]["reworded"]}
        rows.append(row | {"same_share": same / total if total else 0.0})
    return tables.build(rows, SUMMARY)


def align(left: str, right: str) -> tuple[list[Run], list[Run]]:
    """Align two texts word by word.

    Returns:
        for each side its runs of words as (start, end, how).

    >>> align("He spoke of arms.", "He talked of arms at length.")[1]
    [(0, 2, 'same'), (3, 9, 'reworded'), (10, 17, 'same'), (18, 27, 'only here')]
    """
    words = words_of(left), words_of(right)
    stems = [[word.stem for word in side] for side in words]
    how = [["only here"] * len(side) for side in words]
    anchors = _anchors(*stems)
    for a, b in anchors:
        how[0][a] = how[1][b] = "same" if stems[0][a] == stems[1][b] else "reworded"
    for (a, b), (c, d) in pairwise([(-1, -1), *anchors, (len(stems[0]), len(stems[1]))]):
        sizes = c - a - 1, d - b - 1
        if min(sizes) > 0 and max(sizes) <= min(_SLOT * min(sizes), _LONGEST_SLOT):
            how[0][a + 1 : c], how[1][b + 1 : d] = ["reworded"] * sizes[0], ["reworded"] * sizes[1]
    _mark_moved(stems, how)
    return _runs(words[0], how[0]), _runs(words[1], how[1])


def _aligned(
    story: Story, tellings: dict[Place, Telling], places: tuple[Place, Place]
) -> tuple[list[Run], list[Run]]:
    """The runs of two sentences."""
    return _aligned_wordings(story, *(tellings[place].text for place in places))


@once
def _aligned_wordings(story: Story, left: str, right: str) -> tuple[list[Run], list[Run]]:
    """The runs of two wordings, once a story: outlets that print one agency's text share their pairs."""
    return align(left, right)


@once
def _counted_wordings(story: Story, left: str, right: str) -> list[Counter[str]]:
    """The words of either side by how they are told, moved ones with the same."""
    counts = [Counter[str](), Counter[str]()]
    for text, runs, count in zip((left, right), _aligned_wordings(story, left, right), counts, strict=True):
        for start, end, how in runs:
            count["same" if how == "moved" else how] += len(text[start:end].split())
    return counts


def _pairs(story: Story, pairs: pd.DataFrame | None) -> Iterator[tuple[int, Any, tuple[Place, Place]]]:
    """Each pair's number, row, and places of its two sides."""
    table = same_statements(story) if pairs is None else pairs
    for number, pair in enumerate(table.itertuples()):
        yield number, pair, ((pair.article_a, pair.sentence_a), (pair.article_b, pair.sentence_b))


@once
def _tellings(story: Story) -> dict[Place, Telling]:
    """Each sentence by article and number, with how it tells: quoted, paraphrased, narrated."""
    inside = quoted_by_article(story.quotes, directly=True)
    voices = story.sentences.set_index(["article_id", "sentence"])["voice"].to_dict()
    found = {}
    for row in compare(story).passages.table.itertuples():
        told = "narrated" if voices[row.article_id, row.sentence] == NARRATOR else "paraphrased"
        told = "quoted" if inside[row.article_id].share(row.start, row.end) > _QUOTED else told
        place = row.article_id, row.sentence
        found[place] = Telling(row.article_id, row.outlet, row.start, row.end, row.text, told)
    return found


def _anchors(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Pairs of words in the same order on both sides that are equal or nearly so, of the greatest weight."""
    if left == right:  # every word has its partner in its own place: nothing weighs more
        return [(n, n) for n in range(len(left))]
    if len(left) * len(right) > _MOST_CELLS:
        blocks = SequenceMatcher(None, left, right, autojunk=True).get_matching_blocks()
        return [(a + n, b + n) for a, b, size in blocks for n in range(size)]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    like = [[_likeness(one, other) for other in right] for one in left]
    for n in range(len(left) - 1, -1, -1):
        for m in range(len(right) - 1, -1, -1):
            skip = max(best[n + 1][m], best[n][m + 1])
            best[n][m] = max(skip, like[n][m] + best[n + 1][m + 1]) if like[n][m] else skip
    anchors, n, m = [], 0, 0
    while n < len(left) and m < len(right):
        if like[n][m] and best[n][m] == like[n][m] + best[n + 1][m + 1]:
            anchors.append((n, m))
            n, m = n + 1, m + 1
        elif best[n + 1][m] >= best[n][m + 1]:
            n += 1
        else:
            m += 1
    return anchors


def _likeness(one: str, other: str) -> float:
    """What two stems weigh as partners; 0 where they are none."""
    if one == other:
        return _LONG_WORD if len(one) > _SHORT else _SHORT_WORD
    long = min(len(one), len(other)) > _SHORT
    return _RESPELLED if long and ratio(one, other) >= _SPELLING else 0.0


def _mark_moved(stems: list[list[str]], how: list[list[str]]) -> None:
    """Mark long words that stand on both sides, but in another order."""
    loose = [
        {stem for stem, mark in zip(side, marks, strict=True) if mark == "only here" and len(stem) > _SHORT}
        for side, marks in zip(stems, how, strict=True)
    ]
    for side, marks in zip(stems, how, strict=True):
        for n, stem in enumerate(side):
            if marks[n] == "only here" and stem in loose[0] & loose[1]:
                marks[n] = "moved"


def _runs(words: list[Word], marks: list[str]) -> list[Run]:
    """Join neighbouring words of one mark."""
    runs: list[Run] = []
    for word, mark in zip(words, marks, strict=True):
        if runs and runs[-1][2] == mark:
            runs[-1] = (runs[-1][0], word.end, mark)
        elif runs and word.start < runs[-1][1]:  # "U.S." is two words in one place
            continue
        else:
            runs.append((word.start, word.end, mark))
    return runs
