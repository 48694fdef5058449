"""Figures and findings on framing: frames, keyness, agency, loaded words."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from samestory.framing.keywords import SURE
from samestory.pages.figures import note_in, outlet_colours, outlet_markers
from samestory.tables import require_columns

MOST_FRAMES, MOST_OUTLETS, MOST_BARS = 8, 6, 16  # what a reader can take in at once


def plot_weights(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the weight of each frame per outlet, with its interval.

    Args:
        table: what `framing` returns; the heaviest frames and the outlets with most sentences are drawn.
        ax: axes to draw on; a new figure's when None.
    """
    require_columns(table, ["frame", "outlet", "per_1000", "low", "high", "sentences"])
    found = table[table.groupby("frame")["per_1000"].transform("sum") > 0]
    if found.empty:
        return note_in(_axes(ax, height=1.2), "no term of the codebook in these articles")
    frames = list(dict.fromkeys(found["frame"]))
    size = found.groupby("outlet")["sentences"].max().sort_values(ascending=False, kind="stable")
    outlets = sorted(size.index[:MOST_OUTLETS])
    ax = _axes(ax, height=1.3 + min(len(frames), MOST_FRAMES) * (0.32 + 0.13 * len(outlets)))
    colours, markers = outlet_colours(size.index), outlet_markers(size.index)
    shown = frames[:MOST_FRAMES]
    for number, outlet in enumerate(outlets):
        rows = found[found["outlet"] == outlet].set_index("frame").reindex(shown)
        y = np.arange(len(shown)) + (number - (len(outlets) - 1) / 2) * 0.7 / max(len(outlets), 2)
        ax.hlines(y, rows["low"], rows["high"], color=colours[outlet], linewidth=1.5)
        label = f"{outlet} ({size[outlet]:,} sentences)"
        ax.plot(
            rows["per_1000"],
            y,
            markers[outlet],
            color=colours[outlet],
            label=label,
            markersize=7,
            clip_on=False,
        )
    _rows(ax, shown)
    ax.set_xlim(left=0)
    ax.set_xlabel("Weighted terms in 1,000 words (0: none); lines: 95 % interval")
    cut = [(len(frames), len(shown), "frames"), (len(size), len(outlets), "outlets")]
    ax.set_title(_left_out("Weight of each frame", cut))
    _legend(ax)
    return ax


def plot_keyness(
    table: pd.DataFrame, *, outlet: str | None = None, limit: int = 10, ax: Axes | None = None
) -> Axes:
    """Draw the words that set one outlet apart, in both directions, with raw counts.

    Args:
        table: what `keyness` returns.
        outlet: which outlet; the first in the table when None.
        limit: words on each side.
        ax: axes to draw on; a new figure's when None.
    Raises:
        ValueError: the table has no such outlet.
    """
    require_columns(table, ["word", "z", "count", "count_elsewhere", "note"])
    if table.empty:
        return note_in(_axes(ax, height=1.2), "one outlet only: nothing to compare it with")
    by = table.columns[0]
    known = sorted(table[by].unique())
    outlet = known[0] if outlet is None else outlet
    if outlet not in known:
        raise ValueError(f"unknown {by} {outlet!r}; expected one of: {', '.join(known)}")
    own = table[table[by] == outlet].sort_values(["z", "word"])
    rows = pd.concat([own[own["z"] < 0].head(limit), own[own["z"] > 0].tail(limit)])
    ax = _axes(ax, height=1.4 + 0.24 * len(rows))
    colours = np.where(rows["z"] > 0, outlet_colours(known)[outlet], "#777777")
    places = range(len(rows))
    ax.barh(places, rows["z"], color=np.where(rows["note"].isna(), colours, "white"), edgecolor=colours)
    counts = zip(rows["word"], rows["count"], rows["count_elsewhere"], strict=True)
    ax.set_yticks(places, [f"{word}  {here}:{there}" for word, here, there in counts], fontsize=9)
    widest = max([2.2, *rows["z"].abs()]) * 1.05
    ax.set_xlim(-widest, widest)
    for z, style in ((-SURE, ":"), (0, "-"), (SURE, ":")):
        ax.axvline(z, color="black", linewidth=0.8, linestyle=style)
    ax.set_xlabel(f"z (left: used more elsewhere; right: used more by {outlet}); dotted: ±{SURE}")
    key = "(uses here : uses elsewhere; hollow: few uses or one article)"
    ax.set_title(f"Words that set {outlet} apart\n{key}", fontsize=10)
    return ax


def plot_agency(roles: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how often each actor acts, is acted upon, and by nobody named, per outlet.

    Args:
        roles: what `agency_roles` returns; the actors told of most are drawn.
        ax: axes to draw on; a new figure's when None.
    """
    require_columns(roles, ["entity", "outlet", "acts", "acted_upon", "by_nobody"])
    if roles.empty:
        return note_in(_axes(ax, height=1.2), "no deed with a named actor")
    rows = roles.head(MOST_BARS).iloc[::-1]
    ax = _axes(ax, height=1.4 + 0.3 * len(rows))
    named = rows["acted_upon"] - rows["by_nobody"]
    y = np.arange(len(rows))
    ax.barh(y, rows["acts"], color="#0072B2", edgecolor="black", label="acts")
    ax.barh(y, -named, color="#E69F00", edgecolor="black", hatch="//", label="acted upon by a named actor")
    ax.barh(
        y,
        -rows["by_nobody"],
        left=-named,
        color="white",
        edgecolor="black",
        hatch="..",
        label="by nobody named",
    )
    ax.set_yticks(
        y, [f"{r.entity} · {r.outlet} (n={r.acts + r.acted_upon})" for r in rows.itertuples()], fontsize=9
    )
    ax.axvline(0, color="black", linewidth=0.8)
    reach = max(int(rows[["acts", "acted_upon"]].to_numpy().max()), 1)
    ticks = sorted({0, *(s * t for t in _whole_ticks(reach) for s in (-1, 1))})
    ax.set_xticks(ticks, [str(abs(t)) for t in ticks])
    ax.set_xlim(-reach * 1.05, reach * 1.05)
    ax.set_xlabel("Deeds (left: acted upon; right: acts)")
    ax.set_title(_left_out("Who acts and who is acted upon", [(len(roles), len(rows), "rows")]))
    _legend(ax)
    return ax


def plot_loaded(rates: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw loaded words in a thousand per outlet, own voice and quotes apart.

    Args:
        rates: what `loaded_rate` returns.
        ax: axes to draw on; a new figure's when None.
    """
    require_columns(rates, ["outlet", "voice", "n_words", "per_1000", "low", "high"])
    rows = rates.dropna(subset="per_1000")
    if rows.empty:
        return note_in(_axes(ax, height=1.2), "no words to count")
    outlets = sorted(rows["outlet"].unique())
    ax = _axes(ax, height=1.4 + 0.45 * len(outlets))
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    for row in rows.itertuples():
        own, colour = row.voice == "narrator", colours[row.outlet]
        y = outlets.index(row.outlet) + (-0.15 if own else 0.15)
        ax.hlines(y, row.low, row.high, color=colour, linestyle="-" if own else ":", linewidth=1.8)
        style = {"color": colour, "markerfacecolor": colour if own else "white", "clip_on": False}
        ax.plot(row.per_1000, y, markers[row.outlet], markersize=8, **style)
    words = rows.set_index(["outlet", "voice"])["n_words"]
    own, quoted = ({o: words.get((o, voice), 0) for o in outlets} for voice in ("narrator", "quoted"))
    _rows(ax, [f"{outlet} ({own[outlet]:,} + {quoted[outlet]:,} words)" for outlet in outlets])
    ax.set_xlim(left=0)
    ax.set_xlabel("Loaded words in 1,000 (0: none); lines: 95 % interval")
    ax.set_title("Loaded words: filled, solid: own voice; hollow, dotted: inside quotes", fontsize=10)
    return ax


def _axes(ax: Axes | None, *, height: float) -> Axes:
    return plt.subplots(figsize=(9, height))[1] if ax is None else ax


def _rows(ax: Axes, labels: list[str]) -> None:
    """First label on top, with faint lines to read along."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.grid(axis="x", color="#dddddd")
    ax.set_axisbelow(True)


def _legend(ax: Axes) -> None:
    ax.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, -55 / (ax.figure.get_size_inches()[1] * 72)),
        ncols=3,
        frameon=False,
        fontsize=9,
    )


def _whole_ticks(reach: int) -> list[int]:
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, reach) if reach / n <= 5)
    return list(range(step, reach + 1, step))


def _left_out(title: str, counts: list[tuple[int, int, str]]) -> str:
    cut = [f"{shown} of {total} {what}" for total, shown, what in counts if shown < total]
    return title + (f" ({', '.join(cut)})" if cut else "")
