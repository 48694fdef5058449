"""Which of two articles is surely the earlier: by their days, their clocks, and their last changes.

A date says less than it seems to. One without a clock stands for a whole day; an inferred one may be a day
too early; a clock is that of the outlet's own zone, which is seldom stated; and an article that was updated
may have got any sentence then. So each time is kept as the span in which it lies, and one article counts as
earlier only where the whole span does (ours; interval order after Allen 1983, Maintaining knowledge about
temporal intervals).
"""

from typing import NamedTuple

import pandas as pd

ZONE = "zone"  # a column of the user's own: Europe/Kyiv, UTC, +02:00
_DAY = pd.Timedelta(days=1)
_INFERRED = pd.Timedelta(days=2)  # the day found, or the next one
# How far two clocks may be apart without our knowing (ours): where neither zone is known they are read as of
# one zone, give or take the hour of a neighbouring one; where one zone is known, the other may be any.
_NO_ZONE, _ONE_ZONE = pd.Timedelta(hours=1), pd.Timedelta(hours=26)


class Span(NamedTuple):
    """When something was published at the earliest and, at the latest, before when."""

    first: pd.Timestamp
    last: pd.Timestamp
    zoned: bool  # in UTC; otherwise by the outlet's own clock

    @property
    def has_clock(self) -> bool:
        """Whether the time of the day is known."""
        return self.first == self.last


class Times(NamedTuple):
    """An article's times; None where it says none."""

    published: Span | None
    changed: Span | None  # its last change: the update, or else the publication


def article_times(articles: pd.DataFrame) -> dict[str, Times]:
    """The times of each article.

    Args:
        articles: a story's. Where it has a column of the user's own named `zone`, with the outlet's time zone
            (Europe/Kyiv, UTC, +02:00), clocks are compared in one zone.
    Raises:
        ValueError: a zone is not one.
    """
    found = {}
    for row in articles.to_dict("records"):
        zone = row.get(ZONE)
        zone = zone if isinstance(zone, str) and zone.strip() else None
        inferred = row.get("published_from") == "inferred"
        published = _span(row["article_id"], row.get("published"), zone, _INFERRED if inferred else _DAY)
        updated = _span(row["article_id"], row.get("updated"), zone, _DAY)
        found[row["article_id"]] = Times(published, updated or published)
    return found


def surely_before(one: Span | None, other: Span | None) -> bool:
    """Whether the one lies wholly before the other, however their clocks were set."""
    if one is None or other is None:
        return False
    return one.last + _apart(one, other) <= other.first and one.first < other.first


def hours_between(one: Span | None, other: Span | None) -> float:
    """Hours from the one to the other; NaN where one gives the day alone, or one zone is not known."""
    if one is None or other is None or one.zoned != other.zoned or not (one.has_clock and other.has_clock):
        return float("nan")
    return (other.first - one.first) / pd.Timedelta(hours=1)


def _apart(one: Span, other: Span) -> pd.Timedelta:
    if one.zoned != other.zoned:
        return _ONE_ZONE
    # of two whole days the one ends as the other begins: nothing between them to be generous about
    clocks = not one.zoned and (one.has_clock or other.has_clock)
    return _NO_ZONE if clocks else pd.Timedelta(0)


def _span(article_id: str, when: object, zone: str | None, day: pd.Timedelta) -> Span | None:
    if not isinstance(when, pd.Timestamp) or pd.isna(when):
        return None
    whole_day = when == when.normalize()  # midnight stands for a day without a clock
    first, last = when, when + day if whole_day else when
    if zone is None:
        return Span(first, last, False)
    return Span(_in_utc(article_id, first, zone), _in_utc(article_id, last, zone), True)


def _in_utc(article_id: str, when: pd.Timestamp, zone: str) -> pd.Timestamp:
    name = f"UTC{zone}" if zone[:1] in "+-" else zone
    try:
        local = when.tz_localize(name, ambiguous=True, nonexistent="shift_forward")
    except Exception as error:  # pandas raises what the library that it found for zones raises
        raise ValueError(
            f"article {article_id!r}: {ZONE} is {zone!r}; "
            "expected a time zone such as Europe/Kyiv, UTC or +02:00"
        ) from error
    return local.tz_convert("UTC").tz_localize(None)
