"""Articles that are nearly the same text, such as one agency's copy in two outlets: not two voices."""

from collections import Counter, defaultdict
from itertools import combinations

import pandas as pd

from samestory import tables
from samestory.language.stems import ngrams, stems_of
from samestory.story import Story, once

SHINGLE = 5  # words
SAME_TEXT = 0.5  # containment from which two articles are said to be one text (ours)
COPIES = {
    "article_a": "str", "article_b": "str", "outlet_a": "str", "outlet_b": "str",
    "contained": "float64",  # share of the shorter article's word runs that the other has too, 0 to 1
    "shared_words": "int64",  # word runs of SHINGLE words in common
}  # fmt: skip


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
