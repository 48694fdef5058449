"""When each statement was first told in the collection, and whether the outlets without it could know."""

from collections import defaultdict
from typing import Any

import pandas as pd

from samestory import tables
from samestory.statements.article_times import Times, article_times, surely_before
from samestory.statements.by_outlet import coverage
from samestory.statements.could_know import timing_of
from samestory.statements.pairs import tellings
from samestory.story import Story, once

FIRST_TOLD = {
    "statement": "int64", "label": "str",  # as in COVERAGE
    "outlet": "str",  # in which the statement was not found
    "perhaps": "bool",  # a sentence of it perhaps tells it
    "timing": "str",  # later than first told by others, before, not known
    # from its article to the first telling, below 0 where it is later; NaN where not known to the hour
    "hours": "float64",
    "latest_article": "str", "published": tables.TIME, "updated": tables.TIME,  # the outlet's last article
    # the telling that is the first by the dates that are known; missing where none is
    "first_outlet": "str", "first_published": tables.TIME,
    "surely_first": "bool",  # no other outlet's telling may be as early
    "article_id": "str", "start": tables.NUMBER, "end": tables.NUMBER, "text": "str",
}  # fmt: skip


@once
def first_told(story: Story) -> pd.DataFrame:
    """Say for each statement, and each outlet in which it was not found, whether that outlet could know it.

    A date without a clock stands for its whole day, an inferred one for two; clocks are compared as the
    outlets state them, or in one zone where the articles have a column `zone`. Of an article that was updated
    the update counts.

    Returns:
        FIRST_TOLD table, in the order of the statements. 'before' means that every article of the outlet is
        surely older than every article that tells the statement.
    Raises:
        ValueError: a zone is not one.
    """
    cells, told = coverage(story), tellings(story)
    timing, times = timing_of(story), article_times(story.articles)
    when = story.articles.set_index("article_id")[["published", "updated"]].to_dict("index")
    tellings_of: dict[int, list] = defaultdict(list)
    for row in told.itertuples():
        tellings_of[row.statement].append(row)
    told_in = {
        statement: frozenset(row.article_id for row in rows) for statement, rows in tellings_of.items()
    }
    first = {statement: one for statement, rows in tellings_of.items() if (one := _first(rows, times))}
    rows = []
    for cell in cells[~cells["found"]].itertuples():
        found = timing(told_in[cell.statement], cell.outlet)
        row = {name: getattr(cell, name) for name in ("statement", "label", "outlet", "perhaps")}
        row |= {"timing": found.timing, "hours": found.hours, "latest_article": found.article_id}
        row |= when[found.article_id]
        if cell.statement in first:
            one, surely = first[cell.statement]
            row |= {"first_outlet": one.outlet, "article_id": one.article_id, "surely_first": surely}
            row |= {"first_published": when[one.article_id]["published"]}
            row |= {"start": one.start, "end": one.end, "text": one.text}
        else:
            row |= {"surely_first": False}
        rows.append(row)
    return tables.build(rows, FIRST_TOLD)


def _first(told: list[Any], times: dict[str, Times]) -> tuple[Any, bool] | None:
    """The earliest telling that has a date, and whether it is surely earlier than any of another outlet."""
    dated = [(span.first, row) for row in told if (span := times[row.article_id].published)]
    if not dated:
        return None
    _, one = min(dated, key=lambda found: (found[0], found[1].article_id, found[1].start))
    here = times[one.article_id].published
    others = {row.article_id for row in told if row.outlet != one.outlet}
    return one, all(surely_before(here, times[other].published) for other in others)
