"""The articles as a table, their lengths, and when they appeared."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from samestory.language.sentences import with_outlet
from samestory.pages import figures
from samestory.tables import require_columns

MOST_BARS = 30  # articles with a bar of their own; more are drawn as points by outlet
MOST_OUTLETS = 25  # outlets in one figure
_MUCH_LONGER = 1.5  # times as long, from which the difference is the title (ours)
_LENGTH = ["article_id", "outlet", "title", "words"]
_KNOWN_FROM = {
    "manifest": "articles.csv",
    "stated": "stated by the outlet",
    "inferred": "inferred, may be a day off",
}


def article_list(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles as a reader wants to see them, one row each: who, what, when, how long.

    Returns:
        outlet, title, published, date_known_from, words, language, source, in the articles' order.
    """
    require_columns(articles, ["outlet", "published", "published_from"], where="articles")
    columns = ["outlet", "title", "published", "date_known_from", "words", "language", "source"]
    known = articles["published_from"].map(_KNOWN_FROM, na_action="ignore").fillna("not known")
    return articles.assign(date_known_from=known)[columns].reset_index(drop=True)


@figures.drawn
def plot_lengths(articles: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_OUTLETS) -> Axes:
    """Draw each article's length; of more than 30 articles, a point each and the outlets' medians.

    Args:
        articles: one row an article; article_id, outlet, title, words.
        limit: outlets drawn, those with most articles, where each article is a point.
    """
    require_columns(articles, ["article_id", "outlet", "title", "words"], where="articles")
    if articles.empty:
        return figures.note_in(ax, "no articles")
    articles = with_outlet(articles, articles)
    if len(articles) <= MOST_BARS:
        return _draw_bars(articles, ax)
    ax, groups = _outlet_rows(articles, ax, limit)
    looks = figures.outlet_looks(articles["outlet"])
    for place, (outlet, group) in enumerate(groups):
        words = group["words"].to_numpy()
        figures.draw_points(ax, words, _spread(len(words), place), looks[outlet], alpha=0.7)
        ax.plot([np.median(words)] * 2, [place - 0.3, place + 0.3], color=figures.INK, lw=2.5, zorder=4)
    ax.set(xlim=(0, None))
    medians = [(outlet, np.median(group["words"])) for outlet, group in groups]
    figures.caption(
        ax,
        _longest_title(articles),
        "Words of each article; upright line: the outlet's median",
        note=figures.sentences(figures.left_out(outlet=articles["outlet"].nunique() - limit)),
        says=" ".join(f"{outlet}: median {median:,.0f} words." for outlet, median in medians),
        data=articles[_LENGTH],
    )
    return ax


@figures.drawn
def plot_published(articles: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_OUTLETS) -> Axes:
    """Draw when each article appeared, a row an outlet.

    A point is a stated time; a bar over a whole day is an article of which only the day is known,
    pale when that day is inferred.

    Args:
        articles: one row an article; article_id, outlet, published, published_from.
        limit: outlets drawn, those with most dated articles.
    """
    require_columns(articles, ["article_id", "outlet", "published", "published_from"], where="articles")
    articles = with_outlet(articles, articles)
    dated = articles.dropna(subset=["published"])
    if dated.empty:
        return figures.note_in(ax, "no article has a date")
    ax, groups = _outlet_rows(dated, ax, limit)
    looks = figures.outlet_looks(articles["outlet"])
    for place, (outlet, group) in enumerate(groups):
        exact = group["published"] != group["published"].dt.normalize()
        times = group.loc[exact, "published"]
        figures.draw_points(ax, times, _spread(len(times), place), looks[outlet])
        for inferred, days in group[~exact].groupby(group["published_from"].eq("inferred")):
            ax.barh(
                [place] * len(days), pd.Timedelta(days=1), left=days["published"], height=0.3,
                color=looks[outlet].colour, edgecolor="none",
                alpha=0.35 if inferred else 0.8, hatch="///" if inferred else "",
            )  # fmt: skip
    locator = AutoDateLocator(minticks=3, maxticks=5 if figures.is_narrow() else 8)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    undated = len(articles) - len(dated)
    figures.caption(
        ax,
        _first_title(dated),
        "Time of publication, as stated",
        note=figures.sentences(
            "A bar covers the day where the hour is not known; pale: the day is inferred",
            f"{undated} without a date not drawn" * bool(undated),
            figures.left_out(outlet=dated["outlet"].nunique() - limit),
        ),
        says=" ".join(
            f"{outlet}: {', '.join(f'{day.day} {day:%b %Y %H:%M}' for day in days)}."
            for outlet, group in groups
            for days in [sorted(group["published"])[:3]]
        ),
        data=dated[["article_id", "outlet", "published", "published_from"]],
    )
    return ax


def _longest_title(articles: pd.DataFrame) -> str:
    """What the lengths show: counted, so always sure."""
    medians = articles.groupby("outlet")["words"].median().sort_values(kind="stable")
    low, high = medians.iloc[0], medians.iloc[-1]
    if len(medians) < 2:
        return "How long the articles are"
    if high < _MUCH_LONGER * max(low, 1):
        return f"The outlets write at about the same length ({low:,.0f} to {high:,.0f} words)"
    most, least = figures.label(medians.index[-1]), figures.label(medians.index[0])
    return f"{most} writes {high / max(low, 1):.1f} times as much as {least}"


def _first_title(dated: pd.DataFrame) -> str:
    """Who was first, where the hours tell."""
    timed = dated[dated["published"] != dated["published"].dt.normalize()]
    first = dated["published"].dt.normalize().min()
    if dated["outlet"].nunique() < 2 or len(timed) < 2 or (timed["published"].dt.normalize() != first).all():
        return "When the articles appeared"
    if (dated["published"] == first).any():  # another may have been earlier on that day
        return "When the articles appeared"
    return (
        f"{figures.label(timed.loc[timed['published'].idxmin(), 'outlet'])} was first of those gathered here"
    )


def _draw_bars(articles: pd.DataFrame, ax: Axes | None) -> Axes:
    """A bar an article, the longest on top."""
    ax = figures.new_axes(ax, height=1.0 + 0.45 * len(articles))
    ordered = articles.sort_values(["words", "article_id"], ascending=[False, True])
    looks = figures.outlet_looks(articles["outlet"])
    colours = [looks[outlet].colour for outlet in ordered["outlet"]]
    bars = ax.barh(range(len(ordered)), ordered["words"], height=0.4, color=colours)
    ax.bar_label(bars, [f"{words:,}" for words in ordered["words"]], padding=3, fontsize=figures.SMALL)
    if ordered["outlet"].is_unique:
        labels = [figures.label(outlet) for outlet in ordered["outlet"]]
    else:
        titles = ordered["title"].fillna(ordered["article_id"])
        labels = [
            f"{figures.label(o, 18)}: {figures.label(title)}"
            for o, title in zip(ordered["outlet"], titles, strict=True)
        ]
    figures.name_rows(ax, labels)
    ax.set(xlim=(0, max(1, ordered["words"].max()) * 1.12), xticks=[])
    told = zip(ordered["outlet"], ordered["words"], strict=True)
    figures.caption(
        ax,
        _longest_title(articles),
        "Words of each article, without clutter",
        says=" ".join(f"{outlet}: {words:,} words." for outlet, words in told),
        data=ordered[_LENGTH],
    )
    return ax


def _outlet_rows(articles: pd.DataFrame, ax: Axes | None, limit: int) -> tuple[Axes, list]:
    """A named row for each of the outlets with most articles, and the articles of each."""
    outlets = sorted(figures.ranked(articles["outlet"].value_counts())[:limit])
    groups = [(outlet, articles[articles["outlet"] == outlet]) for outlet in outlets]
    ax = figures.new_axes(ax, height=1.2 + 0.5 * len(groups))
    figures.name_rows(
        ax, [f"{figures.label(outlet)} (n={len(group)})" for outlet, group in groups], above=0.3
    )
    return ax, groups


def _spread(n: int, place: int) -> np.ndarray:
    """Heights around a row at which its points can be told apart; always the same."""
    return place + (np.arange(n) % 7 - min(n - 1, 6) / 2) * 0.08
