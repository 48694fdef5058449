"""Text that two outlets share nearly word for word, such as an agency's copy: not two voices."""

from collections import Counter, defaultdict
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory import tables
from samestory.language.stems import Word, ngrams, stems_of, words_of
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
    runs = [set(ngrams(stems_of(text), SHINGLE)) for text in story.articles["text"]]
    article, outlet = story.articles["article_id"].tolist(), story.articles["outlet"].tolist()
    rows = []
    for (a, b), shared in _shared(runs).items():
        contained = shared / min(len(runs[a]), len(runs[b]))
        if contained >= least:
            row = {
                "article_a": article[a],
                "article_b": article[b],
                "outlet_a": outlet[a],
                "outlet_b": outlet[b],
            }
            rows.append(row | {"contained": contained, "shared_words": shared})
    rows.sort(key=lambda row: (-row["contained"], row["article_a"], row["article_b"]))
    return tables.build(rows, COPIES)


def _shared(runs: list[set]) -> Counter[tuple[int, int]]:
    """How many runs each pair of articles shares; pairs that share none are not looked at."""
    holders = defaultdict(list)
    for number, found in enumerate(runs):
        for run in found:
            holders[run].append(number)
    return Counter(pair for numbers in holders.values() for pair in combinations(numbers, 2))


@once
def shared_passages(story: Story) -> pd.DataFrame:
    """Find the passages that stand nearly word for word in the articles of two outlets.

    Runs of at least SHINGLE equal stems, joined where no more than five words between them differ.

    Returns:
        SHARED table, the longest first.
    """
    articles = story.articles.sort_values("published", kind="stable", na_position="last")
    texts = [words_of(text) for text in articles["text"]]
    inside = quoted_by_article(story.quotes, directly=True)
    sides = list(articles[["outlet", "article_id", "text", "published"]].itertuples(index=False))
    rows = []
    for a, b in _shared([set(ngrams([word.stem for word in words], SHINGLE)) for words in texts]):
        one, other = sides[a], sides[b]
        if one.outlet == other.outlet:
            continue
        dated = pd.notna(one.published) and pd.notna(other.published) and one.published < other.published
        for start_a, end_a, start_b, end_b, words in _passages(texts[a], texts[b]):
            rows.append({
                "outlet_a": one.outlet, "article_a": one.article_id, "start_a": start_a, "end_a": end_a,
                "outlet_b": other.outlet, "article_b": other.article_id, "start_b": start_b, "end_b": end_b,
                "text_a": one.text[start_a:end_a], "text_b": other.text[start_b:end_b], "words": words,
                "first": one.outlet if dated else None,
                "quoted": inside[one.article_id].share(start_a, end_a),
            })  # fmt: skip
    rows.sort(key=lambda row: (-row["words"], row["article_a"], row["start_a"]))
    return tables.build(rows, SHARED)


@once
def shared_shares(story: Story) -> pd.DataFrame:
    """Measure how much of each article stands in each other one of another outlet, nearly word for word.

    Returns:
        SHARES table, two rows for each pair of articles that share a passage, the greatest share first.
    """
    text = story.articles.set_index("article_id")["text"]
    inside = quoted_by_article(story.quotes, directly=True)
    found = shared_passages(story)
    rows = []
    for (article_a, article_b), passages in found.groupby(["article_a", "article_b"], sort=False):
        for here, there in ("ab", "ba"):
            article_id = article_a if here == "a" else article_b
            spans = [(passage[f"start_{here}"], passage[f"end_{here}"]) for _, passage in passages.iterrows()]
            kept, quoted = np.zeros(len(text[article_id]), bool), 0.0
            for start, end in spans:
                kept[start:end] = True
                quoted += inside[article_id].share(start, end) * (end - start)
            words = [bool(kept[word.start]) for word in words_of(text[article_id])]
            row = {"article_id": article_id, "other_article": article_b if here == "a" else article_a}
            row |= {"outlet": passages[f"outlet_{here}"].iloc[0], "words": sum(words)}
            row |= {"other_outlet": passages[f"outlet_{there}"].iloc[0], "share": sum(words) / len(words)}
            rows.append(row | {"first": passages["first"].iloc[0],
                               "quoted": quoted / sum(end - start for start, end in spans)})  # fmt: skip
    rows.sort(key=lambda row: (-row["share"], row["article_id"], row["other_article"]))
    return tables.build(rows, SHARES)


def _passages(left: list[Word], right: list[Word]) -> list[tuple[int, int, int, int, int]]:
    """The shared passages of two articles: start and end on the left, on the right, and the words of both."""
    passages: list[list[Block]] = []
    for block in _blocks([word.stem for word in left], [word.stem for word in right]):
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
            ends = left[last.a + last.words - 1].end, right[last.b + last.words - 1].end
            found.append((left[first.a].start, ends[0], right[first.b].start, ends[1], words))
    return found


def _blocks(left: list[str], right: list[str]) -> list[Block]:
    """The longest runs of equal stems in the order of the left side, each word of it in one run at most."""
    places = defaultdict(list)
    for number, run in enumerate(ngrams(right, SHINGLE)):
        places[run].append(number)
    found, a, expected = [], 0, 0
    while a < len(left):
        starts = places.get(tuple(left[a : a + SHINGLE]), ())
        if not starts:
            a += 1
            continue
        # the longest, and of equals the one that goes on from where the last run ended
        longest = max(starts, key=lambda b: (_length(left, right, a, b), -abs(b - expected)))
        block = Block(a, longest, _length(left, right, a, longest))
        found.append(block)
        a, expected = a + block.words, longest + block.words
    return found


def _length(left: list[str], right: list[str], a: int, b: int) -> int:
    """How many stems are equal from two places on."""
    length = 0
    while a + length < len(left) and b + length < len(right) and left[a + length] == right[b + length]:
        length += 1
    return length
