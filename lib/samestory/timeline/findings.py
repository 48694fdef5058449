"""The timeline in words: what is dated, what is told by one outlet alone, and in what order."""

import pandas as pd

from samestory.pages.finding import CONTEXT, FACT, Finding, Passage
from samestory.pages.html import count
from samestory.story import Story
from samestory.timeline import across
from samestory.timeline.across import CARRIED, dated_differently, jumps_in_time, only_dated_by
from samestory.timeline.expressions.timex import REFERENCES
from samestory.timeline.wording import date_label


def in_short(story: Story) -> list[str]:
    """Say in words what is dated, what is told by one outlet alone, and in what order; five at most."""
    events = across.events(story)
    dated = events.dropna(subset=["earliest"])
    if dated.empty:
        return [_nothing_dated(story)]
    found = [_extent(dated), _shared(dated), _alone(events), _orders(events), _contradictions(events)]
    missing = _unresolved(story)
    return [sentence for sentence in [*found[:4], missing or found[4]] if sentence]


def _nothing_dated(story: Story) -> str:
    unknown = int(story.articles["published"].isna().sum()) if len(story.articles) else 0
    why = f"; articles without a publication date: {unknown} of {len(story.articles)}" if unknown else ""
    return f"No event could be dated{why}."


def _extent(dated: pd.DataFrame) -> str:
    dated = dated.dropna(subset=["granularity"]).sort_values(["earliest", "latest"])
    first, last = (date_label(*dated[["value", "earliest", "granularity"]].iloc[n]) for n in (0, -1))
    in_words = dated["how"].ne(CARRIED).mean()
    carried = "the others take over the date of a sentence before them" if in_words < 1 else ""
    how = f"{in_words:.0%} of the tellings are dated in words, {carried}" if carried else "all dated in words"
    days = f"from {first} to {last}" if first != last else first
    return (
        f"{count(dated['event'].nunique(), 'dated event')} in "
        f"{count(dated['article_id'].nunique(), 'article')}, {days}; {how}."
    )


def _shared(dated: pd.DataFrame) -> str:
    if dated["outlet"].nunique() < 2:
        return ""
    day = dated[dated["granularity"].isin(["day", "time"])]
    outlets = day.groupby(day["earliest"].dt.normalize())["outlet"].nunique()
    total, both = dated["outlet"].nunique(), outlets[outlets > 1]
    if both.empty:
        return ""
    top = both[both == both.max()].index[-1]
    return (
        f"More than one outlet tells of {len(both)} of {count(len(outlets), 'day')}; "
        f"{both.max()} of {total} tell of {top.day} {top:%b %Y}."
    )


def _alone(events: pd.DataFrame) -> str:
    alone = only_dated_by(events)
    if alone.empty:
        return ""
    days = alone.groupby("outlet")["earliest"].apply(lambda dates: dates.dt.normalize().nunique())
    outlet = days.sort_values(ascending=False, kind="stable").index[0]
    latest = alone[alone["outlet"] == outlet].sort_values("earliest", kind="stable").iloc[-1]
    when = date_label(latest["value"], latest["earliest"], latest["granularity"])
    told = Passage(outlet, latest["article_id"], int(latest["start"]), latest["text"])
    said = f"{outlet} alone names {count(int(days[outlet]), 'day')}, such as {when}."
    return Finding(said, CONTEXT, [told])


def _orders(events: pd.DataFrame) -> str:
    jumps = jumps_in_time(events)
    steps = jumps[["back", "forward", "same"]].sum()
    if not steps["back"]:
        return ""
    most = jumps.nlargest(2, "back", keep="first")
    first, *second = most["back"]
    alone = second and first > second[0]
    tail = f"; {most['outlet'].iloc[0]} does so most often ({first})" if alone else ""
    total = int(steps.sum())
    return f"{int(steps['back'])} of {total} steps from one event to the next go back in time{tail}."


def _contradictions(events: pd.DataFrame) -> str:
    differing = dated_differently(events)
    if differing.empty:
        return ""
    n = differing["statement"].nunique()
    rows = differing[differing["statement"] == differing["statement"].iloc[0]].drop_duplicates("outlet")
    told = [Passage(r.outlet, r.article_id, int(r.start), r.text) for r in rows.itertuples()]
    return Finding(f"Outlets give different days for {count(n, 'statement')}.", FACT, told)


def _unresolved(story: Story) -> str:
    times = story.times[story.times["type"].isin(["DATE", "TIME"])]
    open_ = times["how"].isna() & ~times["value"].isin(REFERENCES)
    if not open_.sum():
        return ""
    return f"{int(open_.sum())} of {count(len(times), 'date')} in the texts could not be resolved to a day."
