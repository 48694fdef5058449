"""Figures of framing: the weight of frames, words that set an outlet apart, who acts, loaded words."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from samestory.framing.keywords import SURE
from samestory.pages import figures
from samestory.tables import require_columns

MOST_OUTLETS = 6  # in each frame's row; more cannot be told apart
_ELSEWHERE = "#777777"
_TICKS = 5  # at most, on either side of none


def plot_weights(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = 8) -> Axes:
    """Draw the weight of each frame per outlet, with its interval.

    Args:
        table: what `weights` returns; of more than 6 outlets, those with most sentences are drawn.
        limit: frames drawn, the heaviest first.
    """
    require_columns(table, ["frame", "outlet", "per_1000", "low", "high", "sentences"])
    found = table[table.groupby("frame")["per_1000"].transform("sum") > 0]
    if found.empty:
        return figures.note_in(ax, "no term of the codebook in these articles")
    frames = list(dict.fromkeys(found["frame"]))
    sentences = found.groupby("outlet")["sentences"].max()
    outlets = sorted(figures.ranked(sentences)[:MOST_OUTLETS])
    shown = frames[:limit]
    ax = figures.new_axes(ax, height=1.3 + len(shown) * (0.32 + 0.13 * len(outlets)))
    looks, handles = figures.outlet_looks(sentences.index), []
    for outlet, aside in figures.offsets(outlets).items():
        rows = found[found["outlet"] == outlet].set_index("frame").reindex(shown)
        y = np.arange(len(shown)) + aside
        ax.hlines(y, rows["low"], rows["high"], color=looks[outlet].colour, linewidth=1.5)
        handles.append(figures.draw_points(ax, rows["per_1000"], y, looks[outlet]))
    figures.name_rows(ax, [figures.label(frame) for frame in shown])
    ax.set(xlim=(0, None), title="Weight of each frame")
    ax.set_xlabel("Weighted terms in 1,000 words (0: none); lines: 95 % interval")
    figures.note_left_out(ax, frame=len(frames) - limit, outlet=len(sentences) - len(outlets))
    names = [f"{figures.label(outlet)} ({sentences[outlet]:,} sentences)" for outlet in outlets]
    figures.legend_below(ax, handles, names)
    return ax


def plot_keyness(
    table: pd.DataFrame, *, ax: Axes | None = None, limit: int = 10, outlet: str | None = None
) -> Axes:
    """Draw the words that set one outlet apart, in both directions, with raw counts.

    Args:
        table: what `keyness` returns.
        limit: words on each side.
        outlet: which outlet; the first in the table when None.
    Raises:
        ValueError: the table has no such outlet.
    """
    require_columns(table, ["word", "z", "count", "count_elsewhere", "note"])
    if table.empty:
        return figures.note_in(ax, "one outlet only: nothing to compare it with")
    by = table.columns[0]
    known = sorted(table[by].unique())
    outlet = known[0] if outlet is None else outlet
    if outlet not in known:
        raise ValueError(f"unknown {by} {outlet!r}; expected one of: {', '.join(known)}")
    own = table[table[by] == outlet].sort_values(["z", "word"], ascending=False)
    rows = pd.concat([own[own["z"] > 0].head(limit), own[own["z"] < 0].tail(limit)])
    ax = figures.new_axes(ax, height=1.4 + 0.24 * len(rows))
    colours = np.where(rows["z"] > 0, figures.outlet_looks(known)[outlet].colour, _ELSEWHERE)
    fills = np.where(rows["note"].isna(), colours, "white")
    ax.barh(range(len(rows)), rows["z"], color=fills, edgecolor=colours)
    counts = zip(rows["word"], rows["count"], rows["count_elsewhere"], strict=True)
    names = [f"{figures.label(word)}  {here}:{there}" for word, here, there in counts]
    figures.name_rows(ax, names, fontsize=9)
    widest = max([2.2, *rows["z"].abs()]) * 1.05
    ax.set_xlim(-widest, widest)
    for z, style in ((-SURE, ":"), (0, "-"), (SURE, ":")):
        ax.axvline(z, color="black", linewidth=0.8, linestyle=style)
    name = figures.label(outlet)
    ax.set_xlabel(f"z (left: used more elsewhere; right: used more by {name}); dotted: ±{SURE}")
    key = "(uses here : uses elsewhere; hollow: few uses or one article)"
    ax.set_title(f"Words that set {name} apart\n{key}", fontsize=10)
    return ax


def plot_agency(roles: pd.DataFrame, *, ax: Axes | None = None, limit: int = 16) -> Axes:
    """Draw how often each actor acts, is acted upon, and by nobody named, per outlet.

    Args:
        roles: what `agency_roles` returns.
        limit: rows drawn, those of the actors told of most.
    """
    require_columns(roles, ["entity", "outlet", "acts", "acted_upon", "by_nobody"])
    if roles.empty:
        return figures.note_in(ax, "no deed with a named actor")
    rows = roles.head(limit)
    ax = figures.new_axes(ax, height=1.4 + 0.3 * len(rows))
    y, named = range(len(rows)), rows["acted_upon"] - rows["by_nobody"]
    bars = [
        ax.barh(y, rows["acts"], color=figures.BLUE, edgecolor="black"),
        ax.barh(y, -named, color=figures.ORANGE, edgecolor="black", hatch="//"),
        ax.barh(y, -rows["by_nobody"], left=-named, color="white", edgecolor="black", hatch=".."),
    ]
    deeds = rows["acts"] + rows["acted_upon"]
    actors = zip(rows["entity"], rows["outlet"], deeds, strict=True)
    names = [f"{figures.label(who)} · {figures.label(outlet)} (n={n})" for who, outlet, n in actors]
    figures.name_rows(ax, names, fontsize=9)
    ax.axvline(0, color="black", linewidth=0.8)
    reach = max(int(rows[["acts", "acted_upon"]].to_numpy().max()), 1)
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, reach) if reach / n <= _TICKS)
    ticks = range(-(reach // step) * step, reach + 1, step)
    ax.set_xticks(ticks, [str(abs(tick)) for tick in ticks])
    ax.set(xlim=(-reach * 1.05, reach * 1.05), title="Who acts and who is acted upon")
    ax.set_xlabel("Deeds (left: acted upon; right: acts)")
    figures.note_left_out(ax, row=len(roles) - limit)
    figures.legend_below(ax, bars, ["acts", "acted upon by a named actor", "by nobody named"])
    return ax


def plot_loaded(rates: pd.DataFrame, *, ax: Axes | None = None, limit: int = 20) -> Axes:
    """Draw loaded words in a thousand per outlet, own voice and quotes apart.

    Args:
        rates: what `loaded_rate` returns.
        limit: outlets drawn, those with most words.
    """
    require_columns(rates, ["outlet", "voice", "n_words", "per_1000", "low", "high"])
    rows = rates.dropna(subset="per_1000")
    if rows.empty:
        return figures.note_in(ax, "no words to count")
    words = rows.pivot_table(index="outlet", columns="voice", values="n_words", aggfunc="sum", fill_value=0)
    words = words.reindex(columns=["narrator", "quoted"], fill_value=0).astype("int64")
    outlets = sorted(figures.ranked(words.sum(axis="columns"))[:limit])
    ax = figures.new_axes(ax, height=1.4 + 0.45 * len(outlets))
    looks = figures.outlet_looks(words.index)
    for row in rows[rows["outlet"].isin(outlets)].itertuples():
        own, look = row.voice == "narrator", looks[row.outlet]
        y = outlets.index(row.outlet) + (-0.15 if own else 0.15)
        ax.hlines(y, row.low, row.high, color=look.colour, linestyle="-" if own else ":", linewidth=1.8)
        figures.draw_points(ax, row.per_1000, y, look, full=own)
    counts = [(figures.label(outlet), *words.loc[outlet]) for outlet in outlets]
    figures.name_rows(ax, [f"{outlet} ({own:,} + {quoted:,} words)" for outlet, own, quoted in counts])
    ax.set(xlim=(0, None), xlabel="Loaded words in 1,000 (0: none); lines: 95 % interval")
    figures.note_left_out(ax, outlet=len(words) - limit)
    ax.set_title("Loaded words: filled, solid: own voice; hollow, dotted: inside quotes", fontsize=10)
    return ax
