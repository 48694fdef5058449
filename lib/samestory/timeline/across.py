"""The timeline: what each outlet says happened, when, and at what place of its telling."""

from itertools import combinations, pairwise

import pandas as pd

from samestory import tables
from samestory.language.stems import stems_of
from samestory.statements.pairs import tellings
from samestory.story import Story, once
from samestory.timeline.clauses import CARRIED
from samestory.timeline.expressions.timex import date_and_time

TIMELINE = {
    "event": "int64",  # 0, 1, 2 ... by date; tellings of one statement with one date are one event
    "outlet": "str",
    "article_id": "str",
    "sentence": "int64",
    "start": "int64",
    "end": "int64",
    "text": "str",  # who did what, in the article's words
    "passage": "str",  # the whole sentence
    "value": "str",  # TIMEX3; missing where the text gives no date
    "earliest": tables.TIME,  # NaT where the date is not known
    "latest": tables.TIME,
    "granularity": "str",  # time, day, week, month, quarter, season, year ...
    "how": "str",  # stated, relative, inferred, carried over; missing where no date is known
    "time_text": "str",  # the expression that gives the date; missing where there is none
    "quoted": "bool",  # told in quoted words, not in the outlet's own voice
    "order": "int64",  # place in the telling: 1 for the article's first event
    "position": "float64",  # of the event in the article's text, 0 first to 1 last character
    "published": tables.TIME,
    "statement": tables.NUMBER,  # as in `tellings`; missing where none was given
    "sure": "float64",  # how surely another outlet tells the same, 0 to 1; NaN where none was given
    "saying": "bool",  # that something was said is what is dated, not what was said
    "outlets": "int64",  # how many outlets tell the event
}
JUMPS = {
    "outlet": "str",
    "article_id": "str",
    "events": "int64",  # dated ones
    "first_told": "str",  # TIMEX3 value of the date
    "last_told": "str",
    "back": "int64",  # steps of the telling that go back in time
    "forward": "int64",
    "same": "int64",  # steps between dates that share a day
    "agreement": "float64",  # Kendall's tau-b between telling and happening, -1 to 1
}
DEFINITIONS = {"definition": "str", "events": "int64", "back_share": "float64", "agreement": "float64"}
# Two outlets' sentences are one statement for sure, and two events in them one, from which on (ours).
_SURE, _ALIKE = 0.8, 0.3
NOT_RESOLVED, NOT_DATED = "not resolved", "not dated"
_DATED = ("stated", "relative", "inferred")


@once
def events(story: Story) -> pd.DataFrame:
    """List the dated events of every article, earliest first.

    A clause with a date is an event, and so is the main clause of a narrated sentence that tells what was
    done: it takes over the date of the sentence before it where that holds, and else has none. Tellings of
    the same statement (`tellings`) whose dates agree are one event.

    Returns:
        TIMELINE table, one row a telling of an event; events that no rule can date come last.
    """
    return events_of(story, tellings(story))


def events_of(story: Story, told: pd.DataFrame) -> pd.DataFrame:
    """The table of `events`, given the tellings of its statements."""
    dated = story.events
    if dated.empty:
        return tables.build([], TIMELINE)
    articles = story.articles.set_index("article_id")
    passages = story.sentences.set_index(["article_id", "sentence"])["text"]
    keys = pd.MultiIndex.from_frame(dated[["article_id", "sentence"]])
    length = dated["article_id"].map(articles["text"].str.len())
    rows = dated.assign(
        outlet=dated["article_id"].map(articles["outlet"]),
        published=dated["article_id"].map(articles["published"]),
        passage=passages.reindex(keys).to_numpy(),
        order=dated.groupby("article_id").cumcount() + 1,
        position=dated["start"] / length.clip(lower=1),
        time_text=_time_texts(dated, articles["text"]),
        saying=_is_saying(dated, story.quotes),
    )
    rows = rows.join(_statement_of(dated, told))
    rows = _number_events(rows)
    rows["outlets"] = rows.groupby("event")["outlet"].transform("nunique")
    rows = rows.sort_values(["event", "outlet", "article_id", "start"])
    return tables.build(rows.to_dict("records"), TIMELINE)


def only_dated_by(events: pd.DataFrame) -> pd.DataFrame:
    """The days that one outlet alone gives, with what it says happened then.

    Returns:
        rows of it whose date the outlet gives in words of its own (not carried over), to the day or
        closer, where no other outlet tells of anything on that day. Empty where there is one outlet.
    """
    own = events[events["how"].isin(_DATED) & events["granularity"].isin(["time", "day"])]
    if events["outlet"].nunique() < 2:
        return own.iloc[:0].reset_index(drop=True)
    near = events[events["granularity"].isin(["time", "day"])]
    outlets = near.groupby(near["earliest"].dt.normalize())["outlet"].nunique()
    alone = own["earliest"].dt.normalize().map(outlets).eq(1)
    return own[alone].reset_index(drop=True)


def dated_differently(events: pd.DataFrame) -> pd.DataFrame:
    """Statements that outlets date differently: the same deed on two days, or an error to look into.

    Returns:
        the tellings, with dates in words of their own, of each statement for which two outlets have no day
        in common. Only tellings that match surely count, of what happened and not of what was said about it,
        and only those that tell of one deed in like words. What is still to come is compared with what is
        still to come alone: "voted on Thursday to end it from 1 November" has two dates.
    """
    own = events[events["how"].isin(_DATED) & events["statement"].notna() & events["earliest"].notna()]
    own = own[own["sure"].ge(_SURE) & ~own["saying"] & ~own["quoted"]]
    groups = (rows for _, rows in own.groupby(["statement", own["earliest"] > own["published"]]))
    kept = [rows for group in groups if _no_day_in_common(rows := _of_one_deed(group))]
    found = pd.concat(kept) if kept else own.iloc[:0]
    return found.sort_values(["statement", "earliest", "outlet"]).reset_index(drop=True)


def jumps_in_time(events: pd.DataFrame) -> pd.DataFrame:
    """How each article orders its events: in the order in which they happened, or not.

    Returns:
        one row an article: outlet, article_id, events (dated ones), first_told and last_told (the dates
        of what it tells first and last), back (steps of the telling that go back in time), forward, same
        (dates that share a day), and agreement: Kendall's tau-b between the order of telling and of
        happening, 1 the same order, -1 the reverse; NaN below three events or without different dates.

    References:
        Genette (1972), Discours du récit (order, analepsis); Bell (1991), The Language of News Media (news
        is not told in the order of events); Kendall (1945), The treatment of ties in ranking problems.
    """
    rows = []
    dated = events.dropna(subset=["earliest"]).sort_values(["article_id", "order"])
    for (outlet, article), part in dated.groupby(["outlet", "article_id"], sort=True):
        spans = list(zip(part["earliest"].dt.normalize(), part["latest"].dt.normalize(), strict=True))
        steps = [_after(one, two) for one, two in pairwise(spans)]
        first, last = (date_and_time(part["value"].iloc[n])[0] for n in (0, -1))
        counts = {"back": steps.count(-1), "forward": steps.count(1), "same": steps.count(0)}
        told = {"outlet": outlet, "article_id": article, "first_told": first, "last_told": last}
        rows.append(told | counts | {"events": len(part), "agreement": _tau_b(spans)})
    return tables.build(rows, JUMPS)


def jumps_by_definition(events: pd.DataFrame) -> pd.DataFrame:
    """How far the order of telling depends on what counts as a dated event.

    Returns:
        one row a definition: events, back_share (of the steps from one event to the next, those that go
        back in time; NaN without a step), agreement (the articles' mean Kendall's tau-b; NaN where no
        article has one).
    """
    definitions = {
        "all dated events": events,
        "only dates given in words": events[events["how"] != CARRIED],
        "only the outlet's own voice": events[~events["quoted"]],
        "only dates known to the day": events[events["granularity"].isin(["day", "time"])],
    }
    rows = []
    for name, part in definitions.items():
        jumps = jumps_in_time(part)
        steps = jumps[["back", "forward", "same"]].to_numpy().sum()
        back = jumps["back"].sum() / steps if steps else None
        counts = {"events": jumps["events"].sum(), "back_share": back}
        rows.append({"definition": name, "agreement": jumps["agreement"].mean()} | counts)
    return tables.build(rows, DEFINITIONS)


def how_dated(events: pd.DataFrame) -> pd.DataFrame:
    """How each outlet's events are dated: counts of tellings, an outlet a row.

    Returns:
        stated, relative, inferred, carried over, not resolved (an expression whose day is not known), not
        dated and all, by outlet.
    """
    columns = [*_DATED, CARRIED, NOT_RESOLVED, NOT_DATED]
    counts = pd.crosstab(events["outlet"], dating(events)).reindex(columns=columns, fill_value=0)
    counts["all"] = counts.sum(axis=1)
    return counts.rename_axis(columns=None)


def dating(events: pd.DataFrame) -> pd.Series:
    """How each event is dated, in words, also where no date is known."""
    unknown = events["time_text"].isna().map({True: NOT_DATED, False: NOT_RESOLVED})
    return events["how"].where(events["how"].notna(), unknown).astype("str")


def _of_one_deed(rows: pd.DataFrame) -> pd.DataFrame:
    """The tellings whose words are like those of another outlet's: one sentence may tell of several deeds."""
    stems = [{stem for stem in stems_of(text) if len(stem) > 2} for text in rows["text"]]
    outlets = rows["outlet"].tolist()
    alike = [
        any(_share(mine, other) >= _ALIKE for other, by in zip(stems, outlets, strict=True) if by != outlet)
        for mine, outlet in zip(stems, outlets, strict=True)
    ]
    return rows[alike]


def _share(one: set[str], other: set[str]) -> float:
    """How much of the shorter of two texts stands in the other, 0 to 1."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _no_day_in_common(rows: pd.DataFrame) -> bool:
    """Whether two outlets have not one day in common."""
    days = [
        list(zip(part["earliest"].dt.normalize(), part["latest"].dt.normalize(), strict=True))
        for _, part in rows.groupby("outlet")
    ]
    return any(
        all(_after(one, two) for one in here for two in there) for here, there in combinations(days, 2)
    )


def _after(one: tuple, two: tuple) -> int:
    """1 where the second span of days lies after the first, -1 before, 0 where they share a day."""
    return int(two[0] > one[1]) - int(two[1] < one[0])


def _tau_b(spans: list[tuple]) -> float | None:
    """Kendall's tau-b of spans in the order of telling; None below three, or where no two are apart."""
    signs = [_after(one, two) for one, two in combinations(spans, 2)]
    apart = sum(map(abs, signs))
    if len(spans) < 3 or not apart:
        return None
    return sum(signs) / (len(signs) * apart) ** 0.5


def _time_texts(events: pd.DataFrame, texts: pd.Series) -> list[str | None]:
    """The words that give each date."""
    places = zip(events["article_id"], events["time_start"], events["time_end"], strict=True)
    return [None if pd.isna(start) else texts[article][start:end] for article, start, end in places]


def _is_saying(events: pd.DataFrame, quotes: pd.DataFrame) -> list[bool]:
    """Whether the words of each event hold the verb of a saying."""
    cues = quotes.dropna(subset=["cue_start"]).groupby("article_id")["cue_start"].apply(list).to_dict()
    places = zip(events["article_id"], events["start"], events["end"], strict=True)
    return [any(start <= cue < end for cue in cues.get(article, ())) for article, start, end in places]


def _statement_of(events: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """The statement of each event's sentence: the one that most outlets tell, where it is in several.

    Returns:
        statement and sure, with the index of `events`.
    """
    # The representative is alike to itself: what counts is how alike the surest other telling is.
    others = told["similarity"].mask(told["representative"])
    sure = others.fillna(others.groupby(told["statement"]).transform("max"))
    best = told.assign(sure=sure).sort_values(
        ["outlets", "sure", "statement"], ascending=[False, False, True]
    )
    best = best.drop_duplicates(["article_id", "sentence"]).set_index(["article_id", "sentence"])
    keys = pd.MultiIndex.from_frame(events[["article_id", "sentence"]])
    return best[["statement", "sure"]].reindex(keys).set_axis(events.index)


def _number_events(rows: pd.DataFrame) -> pd.DataFrame:
    """Give tellings of one statement with one date one number, by date.

    Several events of one sentence stay apart: only the first of each article joins.
    """
    day = rows["earliest"].dt.normalize().dt.strftime("%Y-%m-%d").fillna("unknown")
    again = rows.groupby(["article_id", "statement", day], dropna=False).cumcount()
    alone = rows["statement"].isna()
    own = pd.Series([f"own {n}" for n in range(len(rows))], index=rows.index)
    key = own.where(alone, rows["statement"].astype("str") + " " + day + " " + again.astype("str"))
    first = rows.assign(key=key, day=rows["earliest"].dt.normalize(), end_day=rows["latest"].dt.normalize())
    first = first.sort_values(["day", "end_day", "order", "article_id"], na_position="last")
    numbers = {name: n for n, name in enumerate(first["key"].drop_duplicates())}
    return rows.assign(event=key.map(numbers))
