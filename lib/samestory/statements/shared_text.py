"""Text that two outlets share nearly word for word, such as an agency's copy: not two voices."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory import tables
from samestory.language.stems import Word, ngrams, words_of
from samestory.quotes.inside import quoted_by_article
from samestory.story import Story, once

SHINGLE = 5  # words
SAME_TEXT = 0.5  # containment from which two articles are said to be one text (ours)
COPIES = {
    "article_a": "str", "article_b": "str", "outlet_a": "str", "outlet_b": "str",
    "contained": "float64",  # share of the shorter article's word runs that the other has too, 0 to 1
    "shared_words": "int64",  # word runs of SHINGLE words in common
}  # fmt: skip
SHARED = {
    # side a is the one published first, where both say when
    "outlet_a": "str", "article_a": "str", "start_a": "int64", "end_a": "int64", "text_a": "str",
    "outlet_b": "str", "article_b": "str", "start_b": "int64", "end_b": "int64", "text_b": "str",
    "first": "str",  # the outlet that published it first; missing where the articles do not both say when
    "words": "int64",  # that both sides have, in one order
    "quoted": "float64",  # share of side a in quotation marks, 0 to 1: one speaker's words, not one writer's
}  # fmt: skip
SHARES = {
    "article_id": "str", "outlet": "str",
    "other_article": "str", "other_outlet": "str",
    "share": "float64",  # of the article's words that stand in passages shared with the other, 0 to 1
    "words": "int64",  # of them
    "first": "str",  # as in SHARED
    "quoted": "float64",  # share of their letters in quotation marks, 0 to 1
}  # fmt: skip
LEAST_SHARED = 15  # words in common from which a passage counts as shared text (ours): no name, no set phrase
_GAP = 5  # words that one side may change between two runs of SHINGLE words


class Block(NamedTuple):
    """A run of the same words: where it begins in two articles, and its words."""

    a: int
    b: int
    words: int


class _Text(NamedTuple):
    """An article by its runs of SHINGLE stems, each a number that is the same in all articles."""

    words: list[Word]
    runs: list[int]  # by the word that each begins with
    places: dict[int, list[int]]  # by run, the words that it begins with


@once
def near_copies(story: Story, *, least: float = SAME_TEXT) -> pd.DataFrame:
    """Find pairs of articles of which the one largely contains the other.

    Args:
        least: lowest containment that is listed, 0 to 1.
    Returns:
        COPIES table, the most alike first. What copies tell alike is one telling, not two.
    References:
        Broder (1997), On the resemblance and containment of documents: w-shingling.
    """
    texts = _texts(story)
    sides = list(story.articles[["article_id", "outlet"]].itertuples(index=False))
    rows = []
    for a, b, shared in _sharing([texts[side.article_id] for side in sides]):
        one, other = sides[a], sides[b]
        contained = shared / min(len(texts[side.article_id].places) for side in (one, other))
        if contained >= least:
            rows.append({
                "article_a": one.article_id, "article_b": other.article_id,
                "outlet_a": one.outlet, "outlet_b": other.outlet,
                "contained": contained, "shared_words": shared,
            })  # fmt: skip
    rows.sort(key=lambda row: (-row["contained"], row["article_a"], row["article_b"]))
    return tables.build(rows, COPIES)


@once
def _texts(story: Story) -> dict[str, _Text]:
    """Each article by its runs."""
    number: dict[tuple[str, ...], int] = {}
    found = {}
    for article_id, text in zip(story.articles["article_id"], story.articles["text"], strict=True):
        words, places = words_of(text), defaultdict[int, list[int]](list)
        runs = [number.setdefault(run, len(number)) for run in ngrams((one.stem for one in words), SHINGLE)]
        for place, run in enumerate(runs):
            places[run].append(place)
        found[article_id] = _Text(words, runs, dict(places))
    return found


def _sharing(texts: list[_Text]) -> Iterator[tuple[int, int, int]]:
    """The pairs of texts that share a run, by their numbers, and how many they share.

    Looked up in an inverted index: pairs that share none are not looked at.
    """
    starts = np.cumsum([0, *(len(text.places) for text in texts)])
    run = np.array([run for text in texts for run in text.places], np.int64)
    order = np.argsort(run, kind="stable")
    holder = np.repeat(np.arange(len(texts)), np.diff(starts))[order]
    last = np.searchsorted(run[order], run, side="right")
    after = np.empty_like(order)  # from where on in the index a run's later holders stand
    after[order] = np.arange(1, len(order) + 1)
    for number in range(len(texts)):
        mine = slice(starts[number], starts[number + 1])
        many = last[mine] - after[mine]
        entries = np.repeat(after[mine] - np.cumsum(many) + many, many) + np.arange(many.sum())
        shared = np.bincount(holder[entries])
        for other in np.flatnonzero(shared).tolist():
            yield number, other, int(shared[other])


@once
def shared_passages(story: Story) -> pd.DataFrame:
    """Find the passages that stand nearly word for word in the articles of two outlets.

    Runs of at least SHINGLE equal stems, joined where no more than five words between them differ.

    Returns:
        SHARED table, the longest first.
    """
    articles = story.articles.sort_values("published", kind="stable", na_position="last")
    texts = _texts(story)
    inside = quoted_by_article(story.quotes, directly=True)
    sides = list(articles[["outlet", "article_id", "text", "published"]].itertuples(index=False))
    rows = []
    for a, b, _ in _sharing([texts[side.article_id] for side in sides]):
        one, other = sides[a], sides[b]
        if one.outlet == other.outlet:
            continue
        dated = pd.notna(one.published) and pd.notna(other.published) and one.published < other.published
        for start_a, end_a, start_b, end_b, words in _passages(
            texts[one.article_id], texts[other.article_id]
        ):
            rows.append({
                "outlet_a": one.outlet, "article_a": one.article_id, "start_a": start_a, "end_a": end_a,
                "outlet_b": other.outlet, "article_b": other.article_id, "start_b": start_b, "end_b": end_b,
                "text_a": one.text[start_a:end_a], "text_b": other.text[start_b:end_b], "words": words,
                "first": one.outlet if dated else None,
                "quoted": inside[one.article_id].share(start_a, end_a),
            })  # fmt: skip
    rows.sort(
        key=lambda row: (-row["words"], row["article_a"], row["start_a"], row["article_b"], row["start_b"])
    )
    return tables.build(rows, SHARED)


@once
def shared_shares(story: Story) -> pd.DataFrame:
    """Measure how much of each article stands in each other one of another outlet, nearly word for word.

    Returns:
        SHARES table, two rows for each pair of articles that share a passage, the greatest share first.
    """
    begins = {article_id: [word.start for word in text.words] for article_id, text in _texts(story).items()}
    inside = quoted_by_article(story.quotes, directly=True)
    by_pair = defaultdict(list)
    for passage in shared_passages(story).itertuples(index=False):
        by_pair[passage.article_a, passage.article_b].append(passage)
    rows = []
    for (article_a, article_b), passages in by_pair.items():
        one = passages[0]
        a = article_a, one.outlet_a, [(passage.start_a, passage.end_a) for passage in passages]
        b = article_b, one.outlet_b, [(passage.start_b, passage.end_b) for passage in passages]
        for (article_id, outlet, spans), (other_article, other_outlet, _) in ((a, b), (b, a)):
            words = _words_within(begins[article_id], spans)
            quoted = sum(inside[article_id].share(start, end) * (end - start) for start, end in spans)
            rows.append({
                "article_id": article_id, "outlet": outlet, "first": one.first,
                "other_article": other_article, "other_outlet": other_outlet,
                "words": words, "share": words / len(begins[article_id]),
                "quoted": quoted / sum(end - start for start, end in spans),
            })  # fmt: skip
    rows.sort(key=lambda row: (-row["share"], row["article_id"], row["other_article"]))
    return tables.build(rows, SHARES)


def _words_within(begins: list[int], spans: Iterable[tuple[int, int]]) -> int:
    """How many words begin in one of the spans, which may overlap."""
    words, counted = 0, 0  # the words before the one numbered `counted` are dealt with
    for start, end in sorted(spans):
        last = bisect_left(begins, end)
        words += max(0, last - max(counted, bisect_left(begins, start)))
        counted = max(counted, last)
    return words


def _passages(left: _Text, right: _Text) -> list[tuple[int, int, int, int, int]]:
    """The shared passages of two articles: start and end on the left, on the right, and the words of both."""
    passages: list[list[Block]] = []
    for block in _blocks(left, right):
        last = passages[-1][-1] if passages else None
        follows = last and all(
            0 <= begin <= _GAP for begin in (block.a - last.a - last.words, block.b - last.b - last.words)
        )
        if follows:
            passages[-1].append(block)
        else:
            passages.append([block])
    found = []
    for blocks in passages:
        first, last, words = blocks[0], blocks[-1], sum(block.words for block in blocks)
        if words >= LEAST_SHARED:
            ends = left.words[last.a + last.words - 1].end, right.words[last.b + last.words - 1].end
            starts = left.words[first.a].start, right.words[first.b].start
            found.append((starts[0], ends[0], starts[1], ends[1], words))
    return found


def _blocks(left: _Text, right: _Text) -> list[Block]:
    """The longest runs of equal stems in the order of the left side, each word of it in one run at most."""
    shared = left.places.keys() & right.places.keys()
    found, after, expected = [], 0, 0
    for a in sorted(place for run in shared for place in left.places[run]):
        if a < after:
            continue
        # the longest, and of equals the one that goes on from where the last run ended
        words, _, b = max((_length(left.runs, right.runs, a, b), -abs(b - expected), -b)
                          for b in right.places[left.runs[a]])  # fmt: skip
        found.append(Block(a, -b, words))
        after, expected = a + words, words - b
    return found


def _length(left: list[int], right: list[int], a: int, b: int) -> int:
    """How many stems are equal from two places on, from which on a run is."""
    runs = 0
    while a + runs < len(left) and b + runs < len(right) and left[a + runs] == right[b + runs]:
        runs += 1
    return runs + SHINGLE - 1
