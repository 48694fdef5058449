"""The articles as a table, their lengths, and when they appeared."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from samestory.language.places import with_outlet
from samestory.pages.figures import note_in, outlet_colours, outlet_hatches, outlet_markers
from samestory.pages.html import count
from samestory.tables import require_columns

MOST_BARS = 30  # articles with a bar of their own; more are drawn as points by outlet
MOST_OUTLETS = 25  # outlets in one figure
_LABEL = 34  # characters
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


def plot_lengths(articles: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw each article's length; of more than 30 articles, a point each and the outlets' medians.

    Args:
        articles: one row an article; article_id, outlet, title, words.
        ax: axes to draw on; a new figure's axes when None.
    """
    require_columns(articles, ["article_id", "outlet", "title", "words"], where="articles")
    if articles.empty:
        return note_in(_axes(ax, 1), "no articles")
    articles = with_outlet(articles, articles)
    if len(articles) <= MOST_BARS:
        return _bars(articles, ax)
    groups = _largest_groups(articles)
    ax = _axes(ax, len(groups))
    colours, markers = outlet_colours(articles["outlet"]), outlet_markers(articles["outlet"])
    for place, (outlet, group) in enumerate(groups):
        words = group["words"].to_numpy()
        ax.plot(words, _spread(len(words), place), markers[outlet], color=colours[outlet], alpha=0.7, ms=5)
        ax.plot([np.median(words)] * 2, [place - 0.35, place + 0.35], color="black", lw=2)
    _name_rows(ax, [f"{_short(outlet)} (n={len(group)})" for outlet, group in groups])
    ax.set(xlabel="Words of an article (black: the outlet's median)", xlim=(0, None))
    return _left_out(ax, articles, groups)


def plot_published(articles: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw when each article appeared, a row an outlet.

    A point is a stated time; a bar over a whole day is an article of which only the day is known,
    pale when that day is inferred.

    Args:
        articles: one row an article; article_id, outlet, published, published_from.
        ax: axes to draw on; a new figure's axes when None.
    """
    require_columns(articles, ["article_id", "outlet", "published", "published_from"], where="articles")
    articles = with_outlet(articles, articles)
    dated = articles.dropna(subset=["published"])
    if dated.empty:
        return note_in(_axes(ax, 1), "no article has a date")
    groups = _largest_groups(dated)
    ax = _axes(ax, len(groups))
    colours, markers = outlet_colours(articles["outlet"]), outlet_markers(articles["outlet"])
    day = pd.Timedelta(days=1)
    for place, (outlet, group) in enumerate(groups):
        exact = group["published"] != group["published"].dt.normalize()
        times = group.loc[exact, "published"]
        ax.plot(times, _spread(len(times), place), markers[outlet], color=colours[outlet], ms=7)
        for published, known in group.loc[~exact, ["published", "published_from"]].itertuples(index=False):
            style = {"alpha": 0.35, "hatch": "///"} if known == "inferred" else {"alpha": 0.8}
            ax.barh(place, day, left=published, height=0.4, color=colours[outlet], edgecolor="white", **style)
    _name_rows(ax, [f"{_short(outlet)} (n={len(group)})" for outlet, group in groups])
    locator = AutoDateLocator(minticks=3, maxticks=8)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    undated = len(articles) - len(dated)
    without = f"; {undated} without a date not drawn" if undated else ""
    ax.set(xlabel=f"Published (wall-clock time as stated{without})")
    return _left_out(ax, dated, groups)


def _bars(articles: pd.DataFrame, ax: Axes | None) -> Axes:
    ax = _axes(ax, len(articles))
    ordered = articles.sort_values(["words", "article_id"], ascending=[True, False])
    colours, hatches = outlet_colours(articles["outlet"]), outlet_hatches(articles["outlet"])
    one_each = articles["outlet"].is_unique
    labels = []
    for place, article in enumerate(ordered.itertuples()):
        look = {"color": colours[article.outlet], "hatch": hatches[article.outlet], "edgecolor": "white"}
        ax.barh(place, article.words, height=0.7, **look)
        title = article.title if isinstance(article.title, str) else article.article_id
        labels.append(
            _short(article.outlet) if one_each else f"{_short(article.outlet, 18)}: {_short(title)}"
        )
    ax.bar_label(ax.containers[0], padding=3)
    for bars in ax.containers[1:]:
        ax.bar_label(bars, padding=3)
    _name_rows(ax, labels)
    ax.set(xlabel="Words of the article", xlim=(0, max(1, ordered["words"].max()) * 1.12))
    return ax


def _largest_groups(articles: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The outlets with the most articles, so that the figure stays readable; in reverse alphabet."""
    groups = sorted(articles.groupby("outlet"), key=lambda group: (-len(group[1]), group[0]))[:MOST_OUTLETS]
    return sorted(groups, key=lambda group: group[0], reverse=True)


def _left_out(ax: Axes, articles: pd.DataFrame, groups: list) -> Axes:
    more = articles["outlet"].nunique() - len(groups)
    if more:
        ax.set_title(f"The {len(groups)} outlets with the most articles; {count(more, 'other')} not drawn")
    return ax


def _spread(n: int, place: int) -> np.ndarray:
    """Heights around a row at which its points can be told apart; always the same."""
    return place + (np.arange(n) % 7 - min(n - 1, 6) / 2) * 0.08


def _axes(ax: Axes | None, rows: int) -> Axes:
    return plt.subplots(figsize=(8, 1.3 + 0.36 * rows), layout="constrained")[1] if ax is None else ax


def _name_rows(ax: Axes, labels: list[str]) -> None:
    # A dollar sign would start a formula.
    ax.set_yticks(range(len(labels)), [label.replace("$", r"\$") for label in labels])
    ax.set_ylim(-0.6, len(labels) - 0.4)
    ax.spines[["top", "right"]].set_visible(False)


def _short(text: str, longest: int = _LABEL) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
