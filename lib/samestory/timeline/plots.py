"""The timeline as figures and as a table."""

import textwrap

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from samestory.pages.figures import note_in, outlet_colours, outlet_markers
from samestory.pages.html import count, shorten
from samestory.tables import require_columns
from samestory.timeline.wording import date_label, elapsed, part_label

MOST_EVENTS = 60  # rows of the figure; the table has them all
MOST_ARTICLES = 10  # columns of the figure of orders
MOST_DATES = 40  # labels of its date axis
_LABEL = 92  # characters of who did what
_LANE = 0.75  # inches
_ROW = 0.27


def plot_events(events: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the events, earliest on top, with a lane for each outlet.

    Rows are evenly spaced, so that days and decades fit one figure and no label meets another; the time
    between two dates is written between them. A full marker is a date in the outlet's words, an empty
    one a date carried over from a sentence before. A line joins the tellings of one event.

    Args:
        events: the table of `timeline`; undated rows are not drawn. Of more than 60 events, those that
            most outlets tell, and of these the ones dated in words, are drawn.
        ax: axes to draw on; a new figure's axes when None.
    """
    require_columns(events, ["event", "outlet", "text", "value", "earliest", "granularity", "how"])
    dated = events.dropna(subset=["earliest", "granularity"])
    if dated.empty:
        return note_in(ax or plt.subplots(figsize=(6, 1.5))[1], "no dated events")
    shown = _most_told(dated)
    outlets = sorted(shown["outlet"].unique())
    rows = _rows(shown)
    height = max(row["y"] for row in rows)
    ax = ax or plt.subplots(figsize=(1.4 + _LANE * max(2, len(outlets)), 1.3 + _ROW * height))[1]
    _draw_lanes(ax, outlets, height)
    colours, markers = outlet_colours(events["outlet"]), outlet_markers(events["outlet"])
    for row in rows:
        _draw_row(ax, row, outlets, colours, markers)
    left_out = dated["event"].nunique() - len(rows)
    more = f" {count(left_out, 'more event')} not drawn." if left_out else ""
    ax.set(xlim=(-0.7, len(outlets) - 0.3), ylim=(height + 0.8, -0.9))
    note = f"Full: dated in words. Empty: date carried over. Line: one event told by several.{more}"
    ax.text(1.02, height + 1.1, note, transform=ax.get_yaxis_transform(), color="0.4", fontsize=7.5)
    return ax


def _most_told(dated: pd.DataFrame) -> pd.DataFrame:
    """The events that fit: told by most outlets first, then those dated in words, then the earliest."""
    ranks = dated.assign(carried=dated["how"].eq("carried over")).groupby("event")
    order = ranks.agg(outlets=("outlet", "nunique"), carried=("carried", "min")).reset_index()
    order = order.sort_values(["outlets", "carried", "event"], ascending=[False, True, True])
    return dated[dated["event"].isin(order["event"].head(MOST_EVENTS))].sort_values(["event", "order"])


def _rows(shown: pd.DataFrame) -> list[dict]:
    """One row an event: its place, its date where that is new, the gap before it, who tells it and how."""
    rows, y, before = [], 0.0, None
    for _, tellings in shown.groupby("event", sort=True):
        first = tellings.sort_values(["how"], key=lambda how: how.eq("carried over"), kind="stable").iloc[0]
        timed = first["granularity"] == "time"
        label = date_label(first["value"], first["earliest"], "day" if timed else first["granularity"])
        gap, new = "", before is None or label != before["label"]
        if before is not None and new:
            exact = {first["granularity"], before["granularity"]} <= {"day", "time"}
            gap = elapsed(before["latest"], first["earliest"], exact=exact)
        y += 1.6 if gap else 1.0 if before is not None else 0.0
        told = tellings.drop_duplicates("outlet").set_index("outlet")["how"].ne("carried over")
        text = f"{part_label(first['value'])}: {first['text']}" if timed else first["text"]
        date = label if new else ""
        rows.append({"y": y, "date": date, "gap": gap, "text": text, "told": told.to_dict()})
        before = {"label": label, **first[["latest", "granularity"]]}
    return rows


def _draw_lanes(ax: Axes, outlets: list[str], height: float) -> None:
    for lane in range(len(outlets)):
        ax.plot([lane, lane], [-0.5, height + 0.5], color="0.88", lw=5, zorder=0, solid_capstyle="round")
    ax.set_xticks(range(len(outlets)), [textwrap.fill(shorten(o, 24), 12) for o in outlets], fontsize=9)
    _label_on_top(ax, slanted=len(outlets) > 2)
    ax.set_yticks([])
    ax.spines[:].set_visible(False)


def _label_on_top(ax: Axes, *, slanted: bool) -> None:
    """Names above the columns, slanted where they would meet."""
    ax.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
    if slanted:
        plt.setp(ax.get_xticklabels(), rotation=50, ha="left", rotation_mode="anchor")


def _draw_row(ax: Axes, row: dict, outlets: list[str], colours: dict, markers: dict) -> None:
    lanes = [outlets.index(outlet) for outlet in row["told"]]
    if len(lanes) > 1:
        ax.plot([min(lanes), max(lanes)], [row["y"]] * 2, color="0.45", lw=1.2, zorder=1)
    for outlet, in_words in row["told"].items():
        ax.plot(
            outlets.index(outlet), row["y"], markers[outlet], ms=7.5, mew=1.6, zorder=2,
            mec=colours[outlet], mfc=colours[outlet] if in_words else "white",
        )  # fmt: skip
    sides = {"transform": ax.get_yaxis_transform(), "va": "center", "fontsize": 9}
    ax.text(-0.02, row["y"], row["date"], ha="right", weight="bold", **sides)
    ax.text(1.02, row["y"], shorten(row["text"], _LABEL), ha="left", **sides)
    if row["gap"]:
        ax.text(-0.02, row["y"] - 0.8, row["gap"], ha="right", color="0.4", **(sides | {"fontsize": 7.5}))


def plot_order(events: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the order of telling against the order of happening, a column for each article.

    Within a column the events stand from left to right as they are told, and from top to bottom as they
    happened: a line that falls tells in the order of time, one that rises goes back.

    Args:
        events: the table of `timeline`; undated rows are not drawn. Of more than 10 articles, those with
            most dated events are drawn, one of every outlet first.
        ax: axes to draw on; a new figure's axes when None.
    """
    require_columns(events, ["article_id", "outlet", "order", "value", "earliest", "granularity", "how"])
    dated = events.dropna(subset=["earliest", "granularity"])
    if dated.empty:
        return note_in(ax or plt.subplots(figsize=(6, 1.5))[1], "no dated events")
    total = dated["article_id"].nunique()
    dated = dated[dated["article_id"].isin(_busiest(dated))]
    dates = _date_axis(dated)
    articles = dated[["outlet", "article_id"]].drop_duplicates().sort_values(["outlet", "article_id"])
    ax = (
        ax
        or plt.subplots(
            figsize=(2.0 + len(articles) * _column(len(articles)), 1.6 + 0.32 * min(len(dates), 45))
        )[1]
    )
    colours, markers = outlet_colours(events["outlet"]), outlet_markers(events["outlet"])
    for column, (outlet, article) in enumerate(articles.itertuples(index=False)):
        own = dated[dated["article_id"] == article].sort_values("order")
        steps = max(len(own) - 1, 1)
        x = [column + 0.12 + 0.76 * n / steps for n in range(len(own))]
        y = [dates.index(_day_key(row)) for row in own.itertuples()]
        ax.plot(x, y, "-", color=colours[outlet], lw=1.3, zorder=1)
        full = [colours[outlet] if how != "carried over" else "white" for how in own["how"]]
        for place, height, face in zip(x, y, full, strict=True):
            ax.plot(place, height, markers[outlet], mfc=face, mec=colours[outlet], ms=7, mew=1.5, zorder=2)
        if column:
            ax.axvline(column, color="0.85", lw=1)
    _label_order(ax, articles, dates, total - len(articles))
    return ax


def _busiest(dated: pd.DataFrame) -> list[str]:
    """The article of each outlet that dates most, then the others, as many as there is room for."""
    counts = dated.groupby(["outlet", "article_id"]).size().rename("events").reset_index()
    counts = counts.sort_values(["events", "outlet", "article_id"], ascending=[False, True, True])
    counts["turn"] = counts.groupby("outlet").cumcount()
    return counts.sort_values("turn", kind="stable")["article_id"].head(MOST_ARTICLES).tolist()


def _column(articles: int) -> float:
    """Inches of a column: a page holds about ten."""
    return min(1.9, 8.5 / articles)


def _day_key(row) -> tuple:
    """Dates that share a row of the axis: one day, one month, one year."""
    start, end = row.earliest.normalize(), row.latest.normalize()
    grain = "day" if row.granularity == "time" else row.granularity
    return start, end, row.value[:10] if grain == "day" else row.value, grain


def _date_axis(dated: pd.DataFrame) -> list[tuple]:
    return sorted({_day_key(row) for row in dated.itertuples()}, key=lambda key: (key[0], key[1], key[2]))


def _label_order(ax: Axes, articles: pd.DataFrame, dates: list[tuple], left_out: int) -> None:
    step = -(-len(dates) // MOST_DATES)
    labels = [date_label(value, start, grain) for start, _, value, grain in dates]
    ax.set_yticks(range(0, len(dates), step), labels[::step], fontsize=9)
    several = articles["outlet"].duplicated(keep=False)
    numbers = (articles.groupby("outlet").cumcount() + 1).astype("str")
    names = articles["outlet"].where(~several, articles["outlet"] + " (" + numbers + ")")
    ax.set_xticks(
        [n + 0.5 for n in range(len(articles))],
        [textwrap.fill(shorten(name, 36), 18) for name in names], fontsize=9,
    )  # fmt: skip
    _label_on_top(ax, slanted=len(articles) > 4)
    note = f" ({count(left_out, 'more article')} not drawn)" if left_out else ""
    ax.set(xlim=(0, len(articles)), ylim=(len(dates) - 0.4, -0.6), ylabel="When it happened (earlier on top)")
    ax.set_xlabel(f"Place in the telling, from first to last{note}")
    ax.grid(axis="y", color="0.93")
    ax.set_axisbelow(True)
    ax.spines[["right", "bottom"]].set_visible(False)


def event_table(events: pd.DataFrame) -> pd.DataFrame:
    """The timeline as a table to read: when, what, who tells it, how the date was come by, the sentence.

    Args:
        events: the table of `timeline`.
    Returns:
        when, what, outlet, how, date_words (the expression that gives the date), sentence, and article_id,
        start, end, which lead to the place in the reading view.
    """
    when = [
        date_label(row.value, row.earliest, row.granularity) if pd.notna(row.earliest) else "not resolved"
        for row in events.itertuples()
    ]
    shown = events.assign(when=when, what=events["text"], date_words=events["time_text"])
    shown = shown.assign(sentence=events["passage"], how=events["how"].fillna("not resolved"))
    shown["date_words"] = shown["date_words"].fillna("(publication date)")
    columns = ["when", "what", "outlet", "how", "date_words", "sentence", "article_id", "start", "end"]
    return shown[columns].reset_index(drop=True).astype({"when": "str", "date_words": "str"})
