"""The timeline as figures and as a table."""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from samestory.pages import figures
from samestory.pages.html import count
from samestory.tables import require_columns
from samestory.timeline.across import CARRIED, dating
from samestory.timeline.expressions.timex import date_and_time
from samestory.timeline.wording import date_label, elapsed, part_label

MOST_DATES = 40  # labels of the date axis
_MOST_EVENTS = 25  # that a reader takes in at once (ours)
_MOST_ON_A_PHONE = 5  # articles whose order of telling a phone's width has room for
_INFERRED = 0.45  # how strongly what is not dated in words is drawn
_LONGEST = 92  # characters of who did what
_SMALL_LETTER = 0.064  # inches, about, that a letter of it is wide


class _Sizes(NamedTuple):
    """Of the timeline's parts: inches, and the characters of a line of who did what."""

    lane: float
    row: float
    text: float
    line: int


def _sizes(outlets: int) -> _Sizes:
    """On a phone the words have what the lanes leave, and the date stands over them."""
    if not figures.is_narrow():
        return _Sizes(0.5, 0.36, 3.6, 50)
    lane = min(0.3, 1.6 / outlets)
    text = figures.NARROW - 0.3 - lane * outlets
    return _Sizes(lane, 0.64, text, int(text / _SMALL_LETTER))


class _Row(NamedTuple):
    """An event as it is drawn: `told` says for each outlet whether its words hold the date."""

    y: float
    date: str  # where it is another than in the row above
    gap: str  # the time since the row above
    text: str
    told: dict[str, bool]
    published: bool = False  # it is no event: on this day the outlets published


@figures.drawn
def plot_events(events: pd.DataFrame, *, ax: Axes | None = None, limit: int = _MOST_EVENTS) -> Axes:
    """Draw the events, earliest on top, with a lane for each outlet.

    Rows are evenly spaced, so that days and decades fit one figure and no label meets another; the time
    between two dates is written between them. A full marker is a date in the outlet's words; an empty
    one, and a faded text, a date carried over from a sentence before. A line joins the tellings of one
    event. Dashes mark the days on which the outlets published: what stands below lies ahead.

    Args:
        events: the table of `events`; undated rows are not drawn.
        limit: events drawn: those that most outlets tell, and of these the ones dated in words, to the
            day. The others are in the table.
    """
    require_columns(events, ["event", "outlet", "text", "value", "earliest", "granularity", "how"])
    dated = events.dropna(subset=["earliest", "granularity"])
    if dated.empty:
        return figures.note_in(ax, "no dated events")
    shown = _most_told(dated, limit)
    outlets = sorted(shown["outlet"].unique())
    rows = _spaced(_rows(shown, _publications(dated)))
    height = rows[-1].y
    sizes = _sizes(len(outlets))
    width = figures.NARROW if figures.is_narrow() else 1 + sizes.lane * max(2, len(outlets)) + sizes.text
    ax = figures.new_axes(ax, width=width, height=2.1 + sizes.row * height)
    for lane in range(len(outlets)):
        ax.plot(
            [lane, lane],
            [-0.5, height + 0.5],
            color=figures.INK,
            alpha=0.2,
            lw=5,
            zorder=0,
            solid_capstyle="round",
        )
    looks = figures.outlet_looks(events["outlet"])
    for row in rows:
        (_draw_publication if row.published else _draw_row)(ax, row, outlets, looks, sizes.line)
    ax.set(xlim=(-0.7, len(outlets) - 0.3), ylim=(height + 0.8, -0.9), yticks=[])
    figures.name_columns(
        ax,
        range(len(outlets)),
        [figures.label(outlet, width=None if figures.is_narrow() else 16) for outlet in outlets],
        room=sizes.lane,
    )
    more = figures.left_out(event=dated["event"].nunique() - limit)
    events = shown["event"].nunique()
    several = sum(len(set(outlets)) > 1 for _, outlets in shown.groupby("event")["outlet"])
    figures.caption(
        ax,
        f"{count(events, 'dated event')}, {several} of them told by more than one outlet",
        "A row an event, the earliest on top; a lane an outlet",
        note=figures.sentences(
            "Full: dated in words. Empty, faded: date carried over. Line: told by several. Dash: published",
            f"{more}: see the table" * bool(more),
        ),
        says=" ".join(_in_words(row) for row in rows if not row.published),
    )
    return ax


def _in_words(row: _Row) -> str:
    """An event for the alternative text: when, who tells it, what."""
    date = f"{row.date}, " * bool(row.date)
    return f"{date}{' and '.join(row.told)}: {figures.label(row.text, _LONGEST)}.".replace(r"\$", "$")


def _most_told(dated: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The events that fit: told by most outlets, then dated in words, then to the day, then the earliest."""
    carried, wide = dated["how"].eq(CARRIED), ~dated["granularity"].isin(["day", "time"])
    ranks = dated.assign(carried=carried, wide=wide).groupby("event")
    order = ranks.agg(outlets=("outlet", "nunique"), carried=("carried", "min"), wide=("wide", "min"))
    order = order.reset_index().sort_values(
        ["outlets", "carried", "wide", "event"], ascending=[False, True, True, True]
    )
    return dated[dated["event"].isin(order["event"].head(limit))].sort_values(["event", "order"])


def _publications(dated: pd.DataFrame) -> list[tuple[pd.Timestamp, list[str]]]:
    """The days of publication, each with the outlets that published on it."""
    if "published" not in dated:
        return []
    days = dated.dropna(subset=["published"])
    outlets = days.groupby(days["published"].dt.normalize())["outlet"].unique()
    return [(day, sorted(names)) for day, names in outlets.items()]


def _rows(shown: pd.DataFrame, publications: list[tuple[pd.Timestamp, list[str]]]) -> list[tuple]:
    """(first, last moment, exactly known, row) of each event and day of publication, by date; y is 0."""
    rows: list[tuple] = []
    for _, tellings in shown.groupby("event", sort=True):
        first = tellings.sort_values("how", key=lambda how: how.eq(CARRIED), kind="stable").iloc[0]
        timed = first["granularity"] == "time"
        date = date_label(first["value"], first["earliest"], "day" if timed else first["granularity"])
        told = tellings.drop_duplicates("outlet").set_index("outlet")["how"].ne(CARRIED)
        text = f"{part_label(first['value'])}: {first['text']}" if timed else first["text"]
        exact = first["granularity"] in ("day", "time")
        rows.append((first["earliest"], first["latest"], exact, _Row(0, date, "", text, told.to_dict())))
    for day, outlets in publications:
        row = _Row(0, date_label("", day, "day"), "", "", dict.fromkeys(outlets, True), published=True)
        later = (n for n, (earliest, *_) in enumerate(rows) if earliest.normalize() > day)
        rows.insert(next(later, len(rows)), (day, day, True, row))
    return rows


def _spaced(rows: list[tuple]) -> list[_Row]:
    """The rows at their heights, each with its date where that is a new one, and the time since the last."""
    spaced: list[_Row] = []
    date, last = "", None
    for earliest, latest, exact, row in rows:
        gap = ""
        if last is not None and row.date != date:
            gap = elapsed(last[0], earliest, exact=exact and last[1])
        y = spaced[-1].y + (1.6 if gap else 1.0) if spaced else 0.0
        spaced.append(row._replace(y=y, date=row.date if row.date != date else "", gap=gap))
        date, last = row.date, (latest, exact)
    return spaced


def _draw_publication(
    ax: Axes, row: _Row, outlets: list[str], looks: dict[str, figures.Look], line: int
) -> None:
    """A dash in the lane of each outlet that published on a day."""
    ax.axhline(row.y, color=figures.INK, alpha=0.6, lw=0.8, ls=(0, (2, 3)), zorder=0.5)
    for outlet in row.told:
        if outlet in outlets:
            lane = outlets.index(outlet)
            ax.plot([lane - 0.28, lane + 0.28], [row.y, row.y], color=looks[outlet].colour, lw=3, zorder=2)
    _write_beside(ax, row, figures.label("published", width=line), 0.8, style="italic")


def _draw_row(ax: Axes, row: _Row, outlets: list[str], looks: dict[str, figures.Look], line: int) -> None:
    lanes = [outlets.index(outlet) for outlet in row.told]
    ax.plot([min(lanes), max(lanes)], [row.y, row.y], color=figures.INK, lw=1.2, zorder=1)
    for lane, (outlet, in_words) in zip(lanes, row.told.items(), strict=True):
        alpha = 1 if in_words else _INFERRED
        figures.draw_points(ax, lane, row.y, looks[outlet], full=in_words, alpha=alpha)
    text = figures.label(row.text, min(_LONGEST, int(2.6 * line)), width=line)
    _write_beside(ax, row, text, 1 if any(row.told.values()) else 0.85)


def _write_beside(ax: Axes, row: _Row, text: str, alpha: float, **looks: Any) -> None:
    """The date on the left of a row, what happened on its right, the time that has passed above."""
    beside: dict[str, Any] = {"va": "center", "transform": ax.get_yaxis_transform()}
    if figures.is_narrow():
        head = " · ".join(filter(None, [row.date, row.gap]))
        ax.text(1.03, row.y - 0.32, head, fontsize=figures.SMALL, weight="bold", **beside)
        beside["va"] = "top"
        ax.text(1.03, row.y - 0.17, text, fontsize=figures.SMALL, alpha=alpha, **looks, **beside)
        return
    ax.text(-0.02, row.y, row.date, ha="right", fontsize=figures.SMALL, weight="bold", **beside)
    ax.text(1.02, row.y, text, ha="left", fontsize=figures.SMALL, alpha=alpha, **looks, **beside)
    if row.gap:
        ax.text(-0.02, row.y - 0.8, row.gap, ha="right", fontsize=figures.SMALL, alpha=0.8, **beside)


@figures.drawn
def plot_order(events: pd.DataFrame, *, ax: Axes | None = None, limit: int = 10) -> Axes:
    """Draw the order of telling against the order of happening, a column for each article.

    Within a column the events stand from left to right as they are told, and from top to bottom as they
    happened: a line that falls tells in the order of time, one that rises goes back. A dashed line is the
    day of publication; empty, faded points are dates that are carried over.

    Args:
        events: the table of `events`; undated rows are not drawn.
        limit: articles drawn: those with most dated events, one of every outlet first.
    """
    require_columns(events, ["article_id", "outlet", "order", "value", "earliest", "granularity", "how"])
    dated = events.dropna(subset=["earliest", "granularity"])
    if dated.empty:
        return figures.note_in(ax, "no dated events")
    total = dated["article_id"].nunique()
    limit = min(limit, _MOST_ON_A_PHONE) if figures.is_narrow() else limit
    dated = dated[dated["article_id"].isin(_busiest(dated, limit))].sort_values("order", kind="stable")
    dated = dated if "published" in dated else dated.assign(published=pd.NaT)
    published = {_day_key(day) for day in dated["published"].dropna().dt.normalize().unique()}
    dates = sorted({_date_key(row) for row in dated.itertuples()} | published)
    articles = list(dated.groupby(["outlet", "article_id"]))
    # Five columns fill a page; more grow narrower, but not so far that their lines cannot be told apart.
    room = min(1.6, max(0.75, 6 / len(articles)))
    if figures.is_narrow():
        room = (figures.NARROW - 1.2) / len(articles)
    width = 1.2 + len(articles) * room
    ax = figures.new_axes(ax, width=width, height=1.6 + 0.32 * min(len(dates), 45))
    looks = figures.outlet_looks(events["outlet"])
    for column, ((outlet, _), own) in enumerate(articles):
        x = [column + 0.12 + 0.76 * n / max(len(own) - 1, 1) for n in range(len(own))]
        y = [dates.index(_date_key(row)) for row in own.itertuples()]
        ax.plot(x, y, "-", color=looks[outlet].colour, lw=1.3, zorder=1)
        for place, date, how in zip(x, y, own["how"], strict=True):
            alpha = 1 if how != CARRIED else _INFERRED
            figures.draw_points(ax, place, date, looks[outlet], full=how != CARRIED, alpha=alpha)
        for published in own["published"].dropna().dt.normalize().unique():
            day = dates.index(_day_key(published))
            ax.plot(
                [column + 0.04, column + 0.96],
                [day, day],
                "--",
                color=looks[outlet].colour,
                lw=1.6,
                alpha=0.5,
            )
        if column:
            ax.axvline(column, color=figures.INK, alpha=0.3, lw=1)
    step = -(-len(dates) // MOST_DATES)
    labels = [date_label(value, start, grain) for start, _, value, grain in dates]
    ax.set_yticks(range(0, len(dates), step), labels[::step], fontsize=figures.SMALL)
    ax.set(xlim=(0, len(articles)), ylim=(len(dates) - 0.4, -0.6))
    outlets = [outlet for (outlet, _), _ in articles]
    numbers = [f" ({outlets[: n + 1].count(outlet)})" for n, outlet in enumerate(outlets)]
    names = [
        figures.label(outlet, width=None if figures.is_narrow() else 18)
        + number * (outlets.count(outlet) > 1)
        for outlet, number in zip(outlets, numbers, strict=True)
    ]
    figures.name_columns(ax, [n + 0.5 for n in range(len(names))], names, room=room)
    ax.grid(axis="y")
    figures.caption(
        ax,
        "A line that falls tells in the order of time; one that rises goes back",
        "From top to bottom: earlier to later. Within a column: from the first told to the last",
        note=figures.sentences(
            "Dashed: day of publication. Empty: date carried over",
            figures.left_out(article=total - limit),
            f"On a phone: the {_MOST_ON_A_PHONE} that date most" * (total > _MOST_ON_A_PHONE),
        ),
        says=" ".join(
            f"{outlet} tells of {', '.join(labels[dates.index(_date_key(row))] for row in own.itertuples())}."
            for (outlet, _), own in articles
        ),
    )
    return ax


def _busiest(dated: pd.DataFrame, limit: int) -> list[str]:
    """The article of each outlet that dates most, then the others, as many as there is room for."""
    counts = dated.groupby(["outlet", "article_id"]).size().rename("events").reset_index()
    counts = counts.sort_values(["events", "outlet", "article_id"], ascending=[False, True, True])
    counts["turn"] = counts.groupby("outlet").cumcount()
    return counts.sort_values("turn", kind="stable")["article_id"].head(limit).tolist()


def _day_key(day: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp, str, str]:
    return day, day, f"{day:%Y-%m-%d}", "day"


def _date_key(row) -> tuple[pd.Timestamp, pd.Timestamp, str, str]:
    """Dates that share a row of the axis: one day whatever the hour, one month, one year."""
    start = row.earliest.normalize()
    if row.granularity in ("day", "time"):
        return start, start, date_and_time(row.value)[0], "day"
    return start, row.latest.normalize(), row.value, row.granularity


def event_table(events: pd.DataFrame) -> pd.DataFrame:
    """The table of `events` as readers want it: when, what, who tells it, what the date rests on.

    Returns:
        when, what, outlet, how, date_words (the expression that gives the date), sentence, and article_id,
        start, end, which lead to the place in the reading view.
    """
    when = [
        date_label(row.value, row.earliest, row.granularity) if pd.notna(row.earliest) else how
        for row, how in zip(events.itertuples(), dating(events), strict=True)
    ]
    when = pd.Series(when, index=events.index, dtype="str")
    shown = events.rename(columns={"text": "what"}).assign(
        when=when,
        date_words=events["time_text"],
        how=dating(events),
        sentence=events["passage"],
    )
    columns = ["when", "what", "outlet", "how", "date_words", "sentence", "article_id", "start", "end"]
    return shown[columns].reset_index(drop=True)
