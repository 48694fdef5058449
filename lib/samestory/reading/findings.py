"""What was read, and what stands in the way of a comparison, in sentences."""

import pandas as pd

from samestory.language.sentences import with_outlet
from samestory.pages.finding import COPY, Finding
from samestory.pages.html import count
from samestory.statements.shared_text import near_copies
from samestory.story import Story


def in_short(story: Story) -> list[str]:
    """Say in words what was read and what stands in the way of a comparison; five sentences at most."""
    if story.articles.empty:
        return ["No article was read; the list of problems says why and what to do."]
    articles = with_outlet(story.articles, story.articles)
    found = [*_size(articles), _dates(articles), *_copies(story), _not_read(story)]
    return [sentence for sentence in found if sentence]


def _not_read(story: Story) -> str:
    n = len(story.problems)
    return f"{count(n, 'problem')} met in reading: see the list below." if n else ""


def _size(articles: pd.DataFrame) -> list[str]:
    words, outlets = articles["words"], articles["outlet"].nunique()
    read = f"{count(len(articles), 'article')} of {count(outlets, 'outlet')}, {words.sum():,} words in all"
    if len(articles) == 1:
        return [f"{read}: with one article there is nothing to compare; add another outlet's telling."]
    if outlets == 1:
        return [f"{read}: with one outlet, articles can be compared but not outlets."]
    per_outlet = articles.groupby("outlet")["words"].sum().sort_values(kind="stable")
    least, most = per_outlet.iloc[0], per_outlet.iloc[-1]
    lengths = f"{read}, from {words.min():,} to {words.max():,} words an article."
    if most < 1.25 * max(1, least):
        return [lengths]
    return [
        lengths,
        f"{per_outlet.index[-1]} has the most words ({most:,}), {most / max(1, least):.1f} times those of"
        f" {per_outlet.index[0]} ({least:,}): compare shares rather than counts.",
    ]


def _dates(articles: pd.DataFrame) -> str:
    dated = articles["published"].dropna()
    if dated.empty:
        return (
            "No article has a date: relative times ('on Monday') can't be placed; give dates in articles.csv."
        )
    first, last = dated.min(), dated.max()
    days = (last.normalize() - first.normalize()).days
    span = f"between {_day(first)} and {_day(last)} ({count(days, 'day')} apart)"
    appeared = span if days else f"on {_day(first)}"
    missing, doubtful = len(articles) - len(dated), int(articles["published_from"].eq("inferred").sum())
    notes = [f"{missing} of {len(articles)} have no date"] if missing else []
    notes += [f"the date of {doubtful} is inferred and may be a day off"] if doubtful else []
    return f"They appeared {appeared}{'; ' if notes else ''}{'; '.join(notes)}."


def _copies(story: Story) -> list[str]:
    if len(story.articles) < 2:
        return []
    pairs = near_copies(story)
    if pairs.empty:
        return []
    are = f"{count(len(pairs), 'pair')} of articles {'is' if len(pairs) == 1 else 'are'} largely one text"
    first = pairs.iloc[0]
    said = f"{are} (such as {first['outlet_a']} and {first['outlet_b']}): that is one voice, not two."
    return [Finding(said, COPY)]


def _day(when: pd.Timestamp) -> str:
    return f"{when.day} {when:%b %Y}"
