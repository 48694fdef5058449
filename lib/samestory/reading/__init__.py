"""Files to the articles table, and what was read (notebook 0)."""

from samestory.reading.articles import lengths, removed_passages
from samestory.reading.findings import in_short
from samestory.reading.manifest import read_aliases
from samestory.reading.plots import article_list, plot_lengths, plot_published

__all__ = [
    "article_list", "in_short", "lengths", "plot_lengths", "plot_published", "read_aliases",
    "removed_passages",
]  # fmt: skip
