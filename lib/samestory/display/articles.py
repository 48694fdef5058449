"""What was read: the articles as a table, their lengths, when they appeared, findings in words."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from samestory.comparison.copies import near_copies
from samestory.comparison.evidence import with_outlet
from samestory.display.style import note_in, outlet_colours, outlet_hatches, outlet_markers
from samestory.display.wording import count
from samestory.reading.folder import reading_problems
from samestory.reading.removed import removed_passages
from samestory.story import Story
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


def article_findings(story: Story) -> list[str]:
    """Say in words what was read and what stands in the way of a comparison; five sentences at most."""
    if story.articles.empty:
        return ["No article was read; the list of problems says why and what to do."]
    articles = with_outlet(story.articles, story.articles)
    return [
        *_size(articles),
        _dates(articles),
        *_copies(story, len(articles)),
        _clutter(articles),
    ]


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


def _size(articles: pd.DataFrame) -> list[str]:
    words, outlets = articles["words"], articles["outlet"].nunique()
    read = f"{count(len(articles), 'article')} of {count(outlets, 'outlet')}, {words.sum():,} words in all"
    if len(articles) == 1:
        return [f"{read}: with one article there is nothing to compare; add another outlet's telling."]
    per_outlet = articles.groupby("outlet")["words"].sum().sort_values()
    if outlets == 1:
        return [f"{read}: with one outlet, articles can be compared but not outlets."]
    ratio = per_outlet.iloc[-1] / max(1, per_outlet.iloc[0])
    lengths = f"{read}, from {words.min():,} to {words.max():,} words an article."
    if ratio < 1.25:
        return [lengths, "The outlets' tellings are about equally long."]
    return [
        lengths,
        f"{per_outlet.index[-1]} has the most words ({per_outlet.iloc[-1]:,}), {ratio:.1f} times those of"
        f" {per_outlet.index[0]} ({per_outlet.iloc[0]:,}): compare shares rather than counts.",
    ]


def _dates(articles: pd.DataFrame) -> str:
    dated = articles["published"].dropna()
    if dated.empty:
        return (
            "No article has a date: relative times ('on Monday') can't be placed; give dates in articles.csv."
        )
    first, last = dated.min(), dated.max()
    days = (last.normalize() - first.normalize()).days
    span = (
        f"on {_day(first)}"
        if days == 0
        else f"between {_day(first)} and {_day(last)} ({count(days, 'day')} apart)"
    )
    counts = articles["published_from"].value_counts()
    words = {"manifest": "from articles.csv", "stated": "stated", "inferred": "inferred, perhaps a day off"}
    known = ", ".join(f"{counts[name]} {word}" for name, word in words.items() if name in counts)
    return f"{len(dated)} of {len(articles)} articles have a date ({known}); they appeared {span}."


def _copies(story: Story, n_articles: int) -> list[str]:
    if n_articles < 2:
        return []
    pairs = near_copies(story)
    if pairs.empty:
        return ["No two articles are largely the same text."]
    first = pairs.iloc[0]
    return [
        f"{count(len(pairs), 'pair')} of articles {'is' if len(pairs) == 1 else 'are'} largely one text"
        f" (such as {first['outlet_a']} and {first['outlet_b']}): that is one voice, not two."
    ]


def _clutter(articles: pd.DataFrame) -> str:
    removed, problems = removed_passages(articles), reading_problems(articles)
    cut = f"{count(len(removed), 'passage')} ({removed['characters'].sum():,} characters) cut as page clutter"
    listed = f"{count(len(problems), 'problem')} listed" if len(problems) else "no problem met"
    return f"In reading: {cut}, {listed}."


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


def _day(when: pd.Timestamp) -> str:
    return f"{when.day} {when:%b %Y}"
