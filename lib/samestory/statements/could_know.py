"""Could an outlet have told it? Was its article published before or after the first that tells it.

What an early article does not tell may not have been known, so that its silence says nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import NamedTuple

import pandas as pd

from samestory.pages.html import count
from samestory.statements.article_times import Span, Times, article_times, hours_between, surely_before
from samestory.story import Story, once

LATER, BEFORE, NOT_KNOWN = "later than first told by others", "before", "not known"
_IN_HOURS = 36  # up to so many, hours are told as such; above, as days


class Timing(NamedTuple):
    """When an outlet's article was last changed, against the first of another that tells something."""

    timing: str  # LATER, BEFORE or NOT_KNOWN
    article_id: str  # the outlet's last article
    hours: float  # from that article to the first telling: above 0 where it is earlier; NaN where not known

    @property
    def words(self) -> str:
        """ "3 hours before", "2 days later", "from before"; "" where it is not known."""
        if self.timing == NOT_KNOWN:
            return ""
        side = "before" if self.timing == BEFORE else "later"
        if pd.isna(self.hours):
            return "before" if side == "before" else "later"
        hours = abs(self.hours)
        return f"{_long(hours)} {side}"


def _long(hours: float) -> str:
    if hours < 1:
        return count(max(1, round(60 * hours)), "minute")
    return count(round(hours), "hour") if hours <= _IN_HOURS else count(round(hours / 24), "day")


@once
def timing_of(story: Story) -> Callable[[Collection[str], str], Timing]:
    """Give the function that says whether an outlet could know what some articles of others tell.

    'before': every article of the outlet was last changed surely before the first that tells it was
    published. 'later than first told by others': one of them was changed surely after some article had told
    it. 'not known': dates are missing, or of the same day without a clock, or an article that tells it has no
    date and may be the first.
    """
    times = article_times(story.articles)
    by_outlet = {
        outlet: _deciding({one: times[one] for one in rows})
        for outlet, rows in story.articles.groupby("outlet")["article_id"]
        if len(rows)
    }
    known: dict[tuple[frozenset[str], str], Timing] = {}

    def timing(told_in: Collection[str], outlet: str) -> Timing:
        key = frozenset(told_in), outlet
        if key not in known:
            known[key] = _timing([times[one] for one in key[0]], by_outlet[outlet])
        return known[key]

    return timing


def _deciding(own: dict[str, Times]) -> dict[str, Times]:
    """The articles of an outlet on which `_timing` hangs: of each kind of time those that reach furthest."""
    kinds = defaultdict(list)
    for article_id, one in own.items():
        kinds[one.changed and (one.changed.zoned, one.changed.has_clock)].append(article_id)
    furthest = [
        max(of_one, key=lambda one: (end(own[one].changed), one))
        for of_one in kinds.values()
        for end in (_first, _last)
    ]
    return {one: own[one] for one in furthest}


def _timing(told: list[Times], own: dict[str, Times]) -> Timing:
    last = max(own, key=lambda one: (_first(own[one].changed), one))
    changed = own[last].changed
    hours = [hours_between(changed, one.published) for one in told]
    gap = min(hours) if hours and not any(map(pd.isna, hours)) else float("nan")
    if all(surely_before(mine.changed, one.published) for mine in own.values() for one in told):
        return Timing(BEFORE, last, gap)
    if any(surely_before(one.changed, mine.changed) for mine in own.values() for one in told):
        return Timing(LATER, last, gap if gap < 0 else float("nan"))
    return Timing(NOT_KNOWN, last, float("nan"))


def _first(span: Span | None) -> pd.Timestamp:
    return pd.Timestamp.min if span is None else span.first


def _last(span: Span | None) -> pd.Timestamp:
    return pd.Timestamp.min if span is None else span.last
