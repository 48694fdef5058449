"""Figures and findings of tone: each voice apart, through the article, toward each actor."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from samestory.pages.figures import note_in, outlet_colours, outlet_markers
from samestory.sentiment.across import NARRATOR, QUOTED
from samestory.tables import require_columns

FEW = 30  # below this each sentence is drawn as a point of its own
MAX_OUTLETS, MAX_ARTICLES, MAX_ACTORS = 12, 20, 8
_AXIS = "−1 negative · 0 · positive 1"


def plot_tone(sentences: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the polarity of each outlet's sentences, narration and quotes apart.

    Args:
        sentences: the rows of `sentence_tone`; those without a polarity are not drawn.
        ax: axes to draw on; a new figure's when None.
    """
    require_columns(sentences, ["outlet", "voice", "polarity"], where="sentences")
    known = sentences.dropna(subset="polarity")
    outlets, left_out = _most(known["outlet"], MAX_OUTLETS)
    rows = [(outlet, voice) for outlet in outlets for voice in (NARRATOR, QUOTED)]
    ax = _axes(ax, height=1.2 + 0.45 * len(rows))
    if not rows:
        return note_in(ax, "no sentence with a word of known tone")
    colours, markers = outlet_colours(sentences["outlet"]), outlet_markers(sentences["outlet"])
    labels = []
    for place, (outlet, voice) in enumerate(rows):
        values = known[(known["outlet"] == outlet) & (known["voice"] == voice)]["polarity"].to_numpy()
        labels.append(f"{outlet}, {voice} (n={len(values)})")
        fill = colours[outlet] if voice == NARRATOR else "white"
        _spread(ax, values, place, colours[outlet], fill, markers[outlet])
    ax.set_yticks(range(len(rows)), labels)
    ax.invert_yaxis()
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    ax.set(xlim=(-1.05, 1.05), xlabel=f"Polarity of a sentence ({_AXIS})", title="Tone, each voice apart")
    _note(ax, f"thick line: median; a box from {FEW} sentences on", left_out, "outlets")
    return ax


def plot_tone_through(sentences: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the polarity of each sentence at its place in the article, one row an article.

    Args:
        sentences: the rows of `sentence_tone`.
        ax: axes to draw on; a new figure's when None.
    """
    require_columns(sentences, ["article_id", "outlet", "position", "voice", "polarity"], where="sentences")
    known = sentences.dropna(subset="polarity")
    articles, left_out = _most(known["article_id"], MAX_ARTICLES)
    ax = _axes(ax, height=1.6 + 0.6 * len(articles))
    if not articles:
        return note_in(ax, "no sentence with a word of known tone")
    colours, labels = outlet_colours(sentences["outlet"]), []
    outlet_of = known.groupby("article_id")["outlet"].first()
    articles = sorted(articles, key=lambda article: (outlet_of[article], article))
    several = outlet_of.value_counts()
    for place, article in enumerate(articles):
        outlet = outlet_of[article]
        ax.axhline(place, color="0.75", linewidth=0.8, zorder=0)
        for voice, fill in ((NARRATOR, colours[outlet]), (QUOTED, "white")):
            rows = known[(known["article_id"] == article) & (known["voice"] == voice)]
            tops = place - 0.42 * rows["polarity"]
            ax.vlines(rows["position"], place, tops, color=colours[outlet], linewidth=1.2, zorder=1)
            ax.scatter(rows["position"], tops, s=26, color=fill, edgecolor=colours[outlet], zorder=2)
        labels.append(outlet if several[outlet] == 1 else f"{outlet}, {article[:16]}")
    ax.set_yticks(range(len(articles)), labels)
    ax.set_ylim(len(articles) - 0.4, -0.6)
    ax.set(xlim=(-0.02, 1.02), xlabel="Place in the article (0 first, 1 last sentence)")
    ax.set_title("Tone through the article: up is positive, down is negative")
    _legend(ax, [("narrator", "0.3"), ("quoted", "white")])
    _note(ax, "", left_out, "articles")
    return ax


def plot_tone_toward(actors: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the mean sentiment toward each actor by outlet, with its interval.

    Args:
        actors: the rows of `tone_toward(story)`, by outlet and entity. Means of fewer than five
            sentences are drawn hollow, without an interval.
        ax: axes to draw on; a new figure's when None.
    """
    require_columns(actors, ["outlet", "entity", "toward", "low", "high", "n"], where="actors")
    totals = actors.groupby("entity")["n"].sum().reset_index()
    totals = totals.sort_values(["n", "entity"], ascending=[False, True])
    names, left_out = list(totals["entity"][:MAX_ACTORS]), max(0, len(totals) - MAX_ACTORS)
    shown = actors[actors["entity"].isin(names)]
    outlets = sorted(set(shown["outlet"]))
    ax = _axes(ax, height=1.6 + len(names) * max(0.5, 0.22 * len(outlets)))
    if not names:
        return note_in(ax, "no person or organisation was scored")
    colours, markers = outlet_colours(actors["outlet"]), outlet_markers(actors["outlet"])
    step = 0.7 / max(1, len(outlets))
    for row in shown.itertuples():
        place = names.index(row.entity) + (outlets.index(row.outlet) - (len(outlets) - 1) / 2) * step
        sure, colour = not np.isnan(row.low), colours[row.outlet]
        if sure:
            ax.hlines(place, row.low, row.high, color=colour, linewidth=1.6)
        ax.scatter(row.toward, place, s=34, marker=markers[row.outlet], color=colour if sure else "white",
                   edgecolor=colour, zorder=3)  # fmt: skip
        ax.annotate(f"n={row.n}", (1.04, place), fontsize=7, va="center", color="0.35", annotation_clip=False)
    ax.set_yticks(range(len(names)), [_short(name) for name in names])
    ax.set_ylim(len(names) - 0.45, -0.55)
    for edge in range(1, len(names)):
        ax.axhline(edge - 0.5, color="0.9", linewidth=0.8, zorder=0)
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    ax.set(xlim=(-1.02, 1.02), xlabel=f"Mean sentiment toward it ({_AXIS})", title="Tone toward each actor")
    _legend(ax, [(outlet, colours[outlet], markers[outlet]) for outlet in outlets])
    _note(ax, "hollow: fewer than 5 sentences, no interval", left_out, "actors")
    return ax


def _spread(ax: Axes, values: np.ndarray, place: int, colour: str, fill: str, marker: str) -> None:
    """Each sentence as a point where they are few, a box where they are many."""
    if len(values) >= FEW:
        style = {"medianprops": {"color": "black", "linewidth": 2}, "flierprops": {"markersize": 3}}
        box = ax.boxplot([values], positions=[place], widths=0.5, orientation="horizontal",
                         patch_artist=True, manage_ticks=False, **style)  # fmt: skip
        box["boxes"][0].set(facecolor=fill, edgecolor=colour, alpha=0.8)
        return
    # equal scores are spread evenly around the row, so that each can be seen and nothing is random
    order = pd.Series(values).groupby(values).cumcount().to_numpy() if len(values) else values
    shift = 0.11 * np.where(order % 2, -(order + 1) // 2, order // 2)
    ax.scatter(values, place + np.clip(shift, -0.4, 0.4), s=30, marker=marker, color=fill, edgecolor=colour)
    if len(values):
        ax.plot([np.median(values)] * 2, [place - 0.36, place + 0.36], color=colour, linewidth=2)


def _most(values: pd.Series, limit: int) -> tuple[list[str], int]:
    """The most frequent values, in alphabetical order, and how many were left out."""
    counts = values.value_counts().rename_axis("value").reset_index(name="n")
    counts = counts.sort_values(["n", "value"], ascending=[False, True])
    return sorted(counts["value"][:limit]), max(0, len(counts) - limit)


def _axes(ax: Axes | None, *, height: float) -> Axes:
    return plt.subplots(figsize=(8, height), layout="constrained")[1] if ax is None else ax


def _note(ax: Axes, note: str, left_out: int, what: str) -> None:
    """A second line under the axis: what a sign means, and how much was left out."""
    parts = [note] if note else []
    parts += [f"{left_out} more {what} not shown"] if left_out else []
    if parts:
        ax.set_xlabel(f"{ax.get_xlabel()}\n{' · '.join(parts)}")


def _legend(ax: Axes, entries: list[tuple]) -> None:
    handles = [
        Line2D(
            [],
            [],
            linestyle="",
            marker=mark,
            markerfacecolor=fill,
            markeredgecolor="0.3",
            label=_short(label),
        )
        for label, fill, mark in [(*entry, "o")[:3] for entry in entries]
    ]
    ax.figure.legend(handles=handles, loc="outside lower center", ncols=min(4, len(handles)), frameon=False)


def _short(name: str) -> str:
    return name if len(name) <= 32 else name[:31] + "…"
