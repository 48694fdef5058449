"""Articles that are nearly the same text, such as one agency's copy in two outlets: not two voices."""

from collections import defaultdict
from itertools import combinations

import pandas as pd

from samestory import tables
from samestory.language.stems import ngrams, stems_of
from samestory.story import Story, once

SHINGLE = 5  # words
SAME_TEXT = 0.5  # containment from which two articles are told to be one text
COPIES = {
    "article_a": "str",
    "article_b": "str",
    "outlet_a": "str",
    "outlet_b": "str",
    "contained": "float64",  # share of the shorter article's word runs that the other has too, 0 to 1
    "shared_words": "int64",  # word runs of SHINGLE words in common
}


@once
def near_copies(story: Story, *, least: float = SAME_TEXT) -> pd.DataFrame:
    """Find pairs of articles of which the one largely contains the other.

    Args:
        story: the annotated articles.
        least: lowest containment that is listed, 0 to 1.
    Returns:
        COPIES table, the most alike first. What copies tell alike is one telling, not two.
    References:
        Broder (1997), On the resemblance and containment of documents: w-shingling.
    """
    articles = story.articles
    runs = [set(ngrams(stems_of(text), SHINGLE)) for text in articles["text"]]
    outlets = articles["outlet"].tolist()
    rows = []
    for (a, b), shared in _shared(runs).items():
        contained = shared / min(len(runs[a]), len(runs[b]))
        if contained >= least:
            names = {"article_a": articles["article_id"].iloc[a], "article_b": articles["article_id"].iloc[b]}
            outlet = {"outlet_a": outlets[a], "outlet_b": outlets[b]}
            rows.append(names | outlet | {"contained": contained, "shared_words": shared})
    rows.sort(key=lambda row: (-row["contained"], row["article_a"], row["article_b"]))
    return tables.build(rows, COPIES)


def _shared(runs: list[set]) -> dict[tuple[int, int], int]:
    """Count the runs that each pair of articles shares; pairs that share none are not looked at."""
    holders = defaultdict(list)
    for number, found in enumerate(runs):
        for run in found:
            holders[run].append(number)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        for pair in combinations(numbers, 2):
            counts[pair] += 1
    return counts
