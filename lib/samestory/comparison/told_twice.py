"""One utterance or fact in two wordings: which words are the same, which reworded, which stand here only."""

from difflib import SequenceMatcher
from typing import NamedTuple

import pandas as pd
from rapidfuzz.fuzz import ratio

from samestory import tables
from samestory.comparison.passages import Passages
from samestory.comparison.statements import same_statements
from samestory.comparison.wording import Word, words_of
from samestory.story import Story

TOLD_TWICE = {
    "pair": "int64",  # 0, 1, 2 ... the surest pair first
    "side": "str",  # a, b
    "article_id": "str",
    "outlet": "str",
    "start": "int64",  # of a run of words, in the article's text
    "end": "int64",
    "text": "str",
    "how": "str",  # same, reworded, only here
}
SUMMARY = {
    "pair": "int64",
    "score": "float64",
    "how": "str",  # quote, fact
    "outlet_a": "str",
    "outlet_b": "str",
    "article_a": "str",
    "article_b": "str",
    "start_a": "int64",
    "start_b": "int64",
    "text_a": "str",
    "text_b": "str",
    "told_a": "str",  # quoted, paraphrased (indirectly quoted, or partly) or narrated
    "told_b": "str",
    "same_words": "int64",
    "reworded_words": "int64",  # of side a
    "only_a_words": "int64",
    "only_b_words": "int64",
    "same_share": "float64",  # same words over all words of both sides, 0 to 1
}
_SPELLING = 75  # rapidfuzz ratio, 0 to 100, from which two words in one slot are one word respelled
_QUOTED = 0.4  # share of the sentence in quotation marks from which it counts as quoted
_SLOT = 3  # a run replaced by one more than this many times as long is not a rewording


class Telling(NamedTuple):
    """One sentence in its article."""

    article_id: str
    outlet: str
    start: int
    end: int
    text: str
    told: str  # quoted, paraphrased, narrated


def told_twice(story: Story, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Align the words of each pair of tellings.

    Args:
        story: the annotated articles.
        pairs: rows of `same_statements`; all of them when None.
    Returns:
        TOLD_TWICE table: runs of words of both sides, which tile every word of both sentences. 'same'
        are equal stems, 'reworded' stand in the same slot in other words, 'only here' have no partner.
    References:
        Ratcliff and Metzener (1988), Pattern matching: the Gestalt approach (difflib's alignment).
    """
    passages = _by_place(story)
    rows = []
    for number, pair in enumerate(_pairs(story, pairs).itertuples()):
        one, other = (passages[a, s] for a, s in _sides(pair))
        for side, place, runs in zip("ab", (one, other), align(one.text, other.text), strict=True):
            base = {"pair": number, "side": side, "article_id": place.article_id, "outlet": place.outlet}
            for start, end, how in runs:
                span = {"start": place.start + start, "end": place.start + end, "text": place.text[start:end]}
                rows.append(base | span | {"how": how})
    return tables.build(rows, TOLD_TWICE)


def told_twice_summary(story: Story, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Sum up each pair of tellings: how many words are kept, and who quotes what the other paraphrases.

    Args:
        story: the annotated articles.
        pairs: rows of `same_statements`; all of them when None.
    Returns:
        SUMMARY table, one row a pair, in the order of `pairs`.
    """
    passages = _by_place(story)
    rows = []
    for number, pair in enumerate(_pairs(story, pairs).itertuples()):
        row = {"pair": number, "score": pair.score, "how": pair.how}
        places = [passages[a, s] for a, s in _sides(pair)]
        for side, place in zip("ab", places, strict=True):
            row |= {f"outlet_{side}": place.outlet, f"article_{side}": place.article_id}
            row |= {f"start_{side}": place.start, f"text_{side}": place.text, f"told_{side}": place.told}
        rows.append(row | _counts(places[0].text, places[1].text))
    return tables.build(rows, SUMMARY)


def align(left: str, right: str) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """Align two texts word by word.

    Returns:
        for each side its runs of words as (start, end, how), with how same, reworded or only here.

    >>> align("He spoke of arms.", "He talked of arms at length.")[1]
    [(0, 2, 'same'), (3, 9, 'reworded'), (10, 17, 'same'), (18, 27, 'only here')]
    """
    words = words_of(left), words_of(right)
    stems = [[word.stem for word in side] for side in words]
    how = [["only here"] * len(side) for side in words]
    for tag, a, b, c, d in SequenceMatcher(None, *stems, autojunk=False).get_opcodes():
        if tag == "equal":
            how[0][a:b], how[1][c:d] = ["same"] * (b - a), ["same"] * (d - c)
        elif tag == "replace":
            _compare_slot(how, stems, (a, b), (c, d))
    return tuple(_runs(side, marks) for side, marks in zip(words, how, strict=True))


def _compare_slot(how: list[list[str]], stems: list[list[str]], left: tuple, right: tuple) -> None:
    (a, b), (c, d) = left, right
    if max(b - a, d - c) <= _SLOT * min(b - a, d - c):
        how[0][a:b], how[1][c:d] = ["reworded"] * (b - a), ["reworded"] * (d - c)
        return
    for n in range(a, b):  # "deliveries" against "the delivering of many arms": one word of the slot is near
        for m in range(c, d):
            if ratio(stems[0][n], stems[1][m]) >= _SPELLING:
                how[0][n] = how[1][m] = "reworded"


def _runs(words: list[Word], marks: list[str]) -> list[tuple[int, int, str]]:
    """Join neighbouring words of one mark."""
    runs: list[tuple[int, int, str]] = []
    for word, mark in zip(words, marks, strict=True):
        if runs and runs[-1][2] == mark:
            runs[-1] = (runs[-1][0], word.end, mark)
        elif runs and word.start < runs[-1][1]:  # "U.S." is two words in one place
            continue
        else:
            runs.append((word.start, word.end, mark))
    return runs


def _counts(left: str, right: str) -> dict:
    sides = align(left, right)
    count = [
        {
            how: sum(len(text[s:e].split()) for s, e, mark in runs if mark == how)
            for how in ("same", "reworded", "only here")
        }
        for text, runs in zip((left, right), sides, strict=True)
    ]
    total = sum(sum(side.values()) for side in count)
    same = count[0]["same"] + count[1]["same"]
    return {
        "same_words": count[0]["same"],
        "reworded_words": count[0]["reworded"],
        "only_a_words": count[0]["only here"],
        "only_b_words": count[1]["only here"],
        "same_share": same / total if total else 0.0,
    }


def _sides(pair) -> tuple[tuple[str, int], tuple[str, int]]:
    return (pair.article_a, pair.sentence_a), (pair.article_b, pair.sentence_b)


def _pairs(story: Story, pairs: pd.DataFrame | None) -> pd.DataFrame:
    return same_statements(story) if pairs is None else pairs


def _by_place(story: Story) -> dict[tuple[str, int], Telling]:
    """Each sentence by article and number, with how it tells: quoted, paraphrased, narrated."""
    marked = story.quotes[story.quotes["kind"].isin(["direct", "mixed"])]
    spans: dict[str, list] = {}
    for article_id, start, end in marked[["article_id", "start", "end"]].itertuples(index=False):
        spans.setdefault(article_id, []).append((start, end))
    voices = story.sentences.set_index(["article_id", "sentence"])["voice"].to_dict()
    found = {}
    for row in Passages.of(story).table.itertuples():
        quoted = sum(max(0, min(e, row.end) - max(s, row.start)) for s, e in spans.get(row.article_id, []))
        told = "narrated" if voices[row.article_id, row.sentence] == "narrator" else "paraphrased"
        told = "quoted" if quoted > _QUOTED * (row.end - row.start) else told
        found[row.article_id, row.sentence] = Telling(
            row.article_id, row.outlet, row.start, row.end, row.text, told
        )
    return found
