"""Figures of framing: the weight of frames, words that set an outlet apart, who acts, loaded words."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from samestory.framing.keywords import SURE
from samestory.pages import figures
from samestory.tables import require_columns

MOST_OUTLETS = 6  # in each frame's row; more cannot be told apart
_TICKS = 5  # at most, on either side of none
# A bootstrap of fewer, in which none was found, gives an interval of nothing, and would be sure of it (ours).
_FEWEST_SENTENCES, _FEWEST_WORDS = 10, 200
_FAINT = 0.45  # how strongly what does not surely differ is drawn


@figures.drawn
def plot_weights(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = 8) -> Axes:
    """Draw the weight of each frame per outlet, with its interval; frames that surely differ stand out.

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
    found = found[found["outlet"].isin(outlets)]
    many = found[found["sentences"] >= _FEWEST_SENTENCES]
    apart = {frame: ends for frame, rows in many.groupby("frame", sort=False) if (ends := _apart(rows))}
    shown = frames[:limit]
    ax = figures.new_axes(ax, height=1.3 + len(shown) * (0.34 + 0.15 * len(outlets)))
    looks, handles = figures.outlet_looks(sentences.index), []
    for outlet, aside in figures.offsets(outlets).items():
        rows = found[found["outlet"] == outlet].set_index("frame").reindex(shown)
        grey = looks[outlet]._replace(colour=figures.INK)
        handles.append(figures.draw_points(ax, [], [], looks[outlet] if apart else grey))
        for n, (frame, row) in enumerate(rows.iterrows()):
            strong = frame in apart or len(outlets) == 1
            look = looks[outlet] if strong else grey
            alpha = 1.0 if strong else _FAINT
            y = n + 0.8 * aside
            ax.hlines(y, row["low"], row["high"], color=look.colour, linewidth=1.5, alpha=alpha)
            figures.draw_points(ax, row["per_1000"], y, look, alpha=alpha)
            if outlet in apart.get(frame, ()):
                ax.annotate(
                    figures.label(outlet), (row["high"], y), xytext=(6, 0), textcoords="offset points",
                    va="center", fontsize=figures.SMALL,
                )  # fmt: skip
    figures.name_rows(ax, [figures.label(frame) for frame in shown], above=0.34)
    ax.set(xlim=(0, None))
    figures.legend_below(ax, handles, [figures.label(outlet) for outlet in outlets])
    title = "No frame surely weighs more in one outlet than in another"
    if len(outlets) == 1:
        title = f"What {figures.label(outlets[0])} stresses"
    elif apart:
        frame, (most, least) = next(iter(apart.items()))
        title = (
            f"{figures.label(most)} stresses “{figures.label(frame)}” more than {figures.label(least)} does"
        )
    what = "Weighted terms of the frame in 1,000 words, with 95 % intervals"
    note = "In colour: the highest and the lowest surely differ" if apart else ""
    figures.caption(
        ax,
        title,
        what,
        says=_weights_in_words(found, shown),
        note=figures.sentences(
            note, figures.left_out(frame=len(frames) - limit, outlet=len(sentences) - len(outlets))
        ),
    )
    return ax


def _apart(rows: pd.DataFrame) -> tuple[str, str] | None:
    """The outlets with most and with least of a frame, where their intervals do not meet."""
    rows = rows.dropna(subset=["low", "high"]).reset_index(drop=True)
    if rows.empty:
        return None
    most, least = rows.loc[rows["low"].idxmax()], rows.loc[rows["high"].idxmin()]
    return (most["outlet"], least["outlet"]) if most["low"] > least["high"] else None


def _weights_in_words(found: pd.DataFrame, frames: list[str]) -> str:
    told = []
    for frame in frames:
        rows = found[found["frame"] == frame]
        numbers = ", ".join(f"{row.outlet} {row.per_1000:.0f}" for row in rows.itertuples())
        told.append(f"{frame}: {numbers}.")
    return " ".join(told)


@figures.drawn
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
    ax = figures.new_axes(ax, height=1.3 + 0.23 * len(rows))
    here, elsewhere = to_rgba(figures.outlet_looks(known)[outlet].colour), to_rgba(figures.INK, 0.6)
    colours = [here if z > 0 else elsewhere for z in rows["z"]]
    fills = [colour if pd.isna(note) else "none" for colour, note in zip(colours, rows["note"], strict=True)]
    ax.barh(range(len(rows)), rows["z"], height=0.6, color=fills, edgecolor=colours)
    for y, row in enumerate(rows.itertuples()):
        right = row.z > 0  # the word stands on the side that its bar leaves free
        word = f"{figures.label(row.word)}  {row.count}:{row.count_elsewhere}"
        ax.annotate(
            word, (0, y), xytext=(-5 if right else 5, 0), textcoords="offset points", va="center",
            ha="right" if right else "left",
        )  # fmt: skip
    widest = max([2.2, *rows["z"].abs()]) * 1.05
    ax.set(xlim=(-widest, widest), ylim=(len(rows) - 0.4, -0.6), yticks=[])
    ax.grid(axis="x")
    for z, style in ((-SURE, ":"), (0, "-"), (SURE, ":")):
        ax.axvline(z, color=figures.INK, linewidth=0.8, linestyle=style)
    name = figures.label(outlet)
    sure = rows[(rows["z"] > SURE) & rows["note"].isna()]
    title = f"Words that {name} uses more, or less, than the others"
    if len(sure):
        first = sure.iloc[0]
        uses = f"{first['count']} times, all others {first['count_elsewhere']}"
        title = f"{name} has a liking for “{figures.label(first['word'])}”: {uses}"
    figures.caption(
        ax,
        title,
        f"z of each word (beyond ±{SURE}, dotted: more than chance); uses here : elsewhere",
        note="Left, grey: used more elsewhere. Hollow: few uses, or in one article only.",
        says=", ".join(
            f"{row.word} {row.count} here, {row.count_elsewhere} elsewhere" for row in rows.itertuples()
        )
        + ".",
        data=rows,
    )
    return ax


@figures.drawn
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
    ax = figures.new_axes(ax, height=1.3 + 0.42 * len(rows))
    y, named = range(len(rows)), rows["acted_upon"] - rows["by_nobody"]
    look: dict[str, Any] = {"height": 0.4, "edgecolor": figures.INK, "linewidth": 0.8}
    ax.barh(y, rows["acts"], color=figures.BLUE, **look)
    ax.barh(y, -named, color=figures.ORANGE, hatch="//", **look)
    ax.barh(y, -rows["by_nobody"], left=-named, color="none", **look)
    actors = zip(rows["entity"], rows["outlet"], strict=True)
    figures.name_rows(ax, [f"{figures.label(who)}, {figures.label(outlet)}" for who, outlet in actors])
    ax.axvline(0, color=figures.INK, linewidth=0.8)
    reach = max(int(rows[["acts", "acted_upon"]].to_numpy().max()), 1)
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, reach) if reach / n <= _TICKS)
    ticks = range(-(reach // step) * step, reach + 1, step)
    ax.set_xticks(ticks, [str(abs(tick)) for tick in ticks])
    ax.set(xlim=(-reach * 1.05, reach * 1.05))
    figures.caption(
        ax,
        "Who acts and who is acted upon",
        "Deeds told: to the right, acts; to the left, is acted upon",
        note=figures.sentences(
            "Orange, slanted: upon by a named actor. Hollow: by nobody named",
            figures.left_out(row=len(roles) - limit),
        ),
        says=" ".join(
            f"{row.entity} in {row.outlet}: acts {row.acts}, acted upon {row.acted_upon}, "
            f"of these {row.by_nobody} by nobody named."
            for row in rows.itertuples()
        ),
    )
    return ax


@figures.drawn
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
    if not rows["per_1000"].any():
        return figures.note_in(ax, "no loaded words were found")
    words = rows.pivot_table(index="outlet", columns="voice", values="n_words", aggfunc="sum", fill_value=0)
    words = words.reindex(columns=["narrator", "quoted"], fill_value=0).astype("int64")
    outlets = sorted(figures.ranked(words.sum(axis="columns"))[:limit])
    rows = rows[rows["outlet"].isin(outlets)]
    ax = figures.new_axes(ax, height=1.3 + 0.55 * len(outlets))
    looks = figures.outlet_looks(words.index)
    for row in rows.itertuples():
        own, look = row.voice == "narrator", looks[row.outlet]
        y = outlets.index(row.outlet) + (-0.1 if own else 0.15)
        ax.hlines(y, row.low, row.high, color=look.colour, linestyle="-" if own else ":", linewidth=1.8)
        figures.draw_points(ax, row.per_1000, y, look, full=own)
    counts = [(figures.label(outlet), *words.loc[outlet]) for outlet in outlets]
    figures.name_rows(ax, [f"{outlet} ({own:,} + {quoted:,} words)" for outlet, own, quoted in counts])
    ax.set(xlim=(0, None))
    title = "Loaded words, in the own voice and in quotes"
    if apart := _apart(rows[rows["voice"].eq("narrator") & rows["n_words"].ge(_FEWEST_WORDS)]):
        most, least = map(figures.label, apart)
        title = f"In its own voice, {most} uses more loaded words than {least}"
    figures.caption(
        ax,
        title,
        "Loaded words in 1,000, with 95 % intervals; words in the own voice + in quotes",
        note=figures.sentences(
            "Filled, solid: own voice. Hollow, dotted: inside quotes",
            figures.left_out(outlet=len(words) - limit),
        ),
        says=" ".join(f"{row.outlet}, {row.voice}: {row.per_1000:.0f}." for row in rows.itertuples()),
    )
    return ax
