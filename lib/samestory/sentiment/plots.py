"""Figures of tone: each voice apart, through the article, toward each actor."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from samestory.pages import figures
from samestory.sentiment.across import NARRATOR, QUOTED
from samestory.tables import require_columns

FEW = 30  # below this each sentence is drawn as a point of its own
_AXIS = "−1 negative · 0 · positive 1"
_GREY = figures.Look("0.3", "o", "")  # of a sign that stands for every outlet


def plot_tone(sentences: pd.DataFrame, *, ax: Axes | None = None, limit: int = 12) -> Axes:
    """Draw the polarity of each outlet's sentences, narration and quotes apart.

    Args:
        sentences: the rows of `sentence_tone`; those without a polarity are not drawn.
        limit: outlets drawn, those with most sentences.
    """
    require_columns(sentences, ["outlet", "voice", "polarity"], where="sentences")
    known = sentences.dropna(subset="polarity")
    if known.empty:
        return figures.note_in(ax, "no sentence with a word of known tone")
    every = figures.ranked(known["outlet"].value_counts())
    rows = [(outlet, voice) for outlet in sorted(every[:limit]) for voice in (NARRATOR, QUOTED)]
    ax = figures.new_axes(ax, height=1.2 + 0.45 * len(rows))
    looks, labels = figures.outlet_looks(sentences["outlet"]), []
    for place, (outlet, voice) in enumerate(rows):
        values = known[(known["outlet"] == outlet) & (known["voice"] == voice)]["polarity"]
        labels.append(f"{figures.label(outlet)}, {voice} (n={len(values)})")
        _draw_sentences(ax, values, place, looks[outlet], full=voice == NARRATOR)
    figures.name_rows(ax, labels)
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    ax.set(xlim=(-1.05, 1.05), title="Tone, each voice apart")
    key = f"thick line: median; a box from {FEW} sentences on"
    ax.set_xlabel(f"Polarity of a sentence ({_AXIS})\n{key}")
    figures.note_left_out(ax, outlet=len(every) - limit)
    return ax


def plot_tone_through(sentences: pd.DataFrame, *, ax: Axes | None = None, limit: int = 20) -> Axes:
    """Draw the polarity of each sentence at its place in the article, one row an article.

    Args:
        sentences: the rows of `sentence_tone`.
        limit: articles drawn, those with most sentences.
    """
    require_columns(sentences, ["article_id", "outlet", "position", "voice", "polarity"], where="sentences")
    known = sentences.dropna(subset="polarity")
    if known.empty:
        return figures.note_in(ax, "no sentence with a word of known tone")
    every = figures.ranked(known["article_id"].value_counts())
    outlet_of = known.groupby("article_id")["outlet"].first()
    several = outlet_of.value_counts() > 1
    articles = sorted(every[:limit], key=lambda article: (outlet_of[article], article))
    ax = figures.new_axes(ax, height=1.3 + 0.6 * len(articles))
    looks, labels = figures.outlet_looks(sentences["outlet"]), []
    for place, article in enumerate(articles):
        outlet = outlet_of[article]
        rows = known[known["article_id"] == article]
        ax.axhline(place, color="0.75", linewidth=0.8, zorder=0)
        for voice, own in rows.groupby("voice"):
            tops = place - 0.42 * own["polarity"]
            ax.vlines(own["position"], place, tops, color=looks[outlet].colour, linewidth=1.2, zorder=1)
            figures.draw_points(ax, own["position"], tops, looks[outlet], full=voice == NARRATOR)
        labels.append(figures.label(outlet) + f", {figures.label(article, 18)}" * bool(several[outlet]))
    figures.name_rows(ax, labels)
    ax.set(xlim=(-0.02, 1.02), xlabel="Place in the article (0 first, 1 last sentence)")
    ax.set_title("Tone through the article: up is positive, down is negative")
    figures.note_left_out(ax, article=len(every) - limit)
    signs = [figures.draw_points(ax, [], [], _GREY, full=full) for full in (True, False)]
    figures.legend_below(ax, signs, [NARRATOR, QUOTED])
    return ax


def plot_tone_toward(actors: pd.DataFrame, *, ax: Axes | None = None, limit: int = 8) -> Axes:
    """Draw the mean sentiment toward each actor by outlet, with its interval.

    Args:
        actors: the rows of `tone_toward(story)`, by outlet and entity. Means of fewer than five
            sentences are drawn hollow, without an interval.
        limit: actors drawn, those of whom most sentences tell.
    """
    require_columns(actors, ["outlet", "entity", "toward", "low", "high", "n"], where="actors")
    if actors.empty:
        return figures.note_in(ax, "no person or organisation was scored")
    every = figures.ranked(actors.groupby("entity")["n"].sum())
    names = every[:limit]
    shown = actors[actors["entity"].isin(names)]
    outlets = sorted(set(shown["outlet"]))
    ax = figures.new_axes(ax, height=1.6 + len(names) * max(0.5, 0.22 * len(outlets)))
    looks, aside = figures.outlet_looks(actors["outlet"]), figures.offsets(outlets)
    for row in shown.itertuples():
        place = names.index(row.entity) + aside[row.outlet]
        sure = not np.isnan(row.low)
        if sure:
            ax.hlines(place, row.low, row.high, color=looks[row.outlet].colour, linewidth=1.6)
        figures.draw_points(ax, row.toward, place, looks[row.outlet], full=sure)
        ax.annotate(f"n={row.n}", (1.04, place), fontsize=7, va="center", color="0.35", annotation_clip=False)
    figures.name_rows(ax, [figures.label(name) for name in names])
    for edge in range(1, len(names)):
        ax.axhline(edge - 0.5, color="0.9", linewidth=0.8, zorder=0)
    ax.axvline(0, color="0.6", linewidth=0.8, zorder=0)
    ax.set(xlim=(-1.02, 1.02), title="Tone toward each actor")
    key = "hollow: fewer than 5 sentences, no interval"
    ax.set_xlabel(f"Mean sentiment toward it ({_AXIS})\n{key}")
    figures.note_left_out(ax, actor=len(every) - limit)
    signs = [figures.draw_points(ax, [], [], looks[outlet]) for outlet in outlets]
    figures.legend_below(ax, signs, [figures.label(outlet) for outlet in outlets])
    return ax


def _draw_sentences(ax: Axes, values: pd.Series, place: int, look: figures.Look, *, full: bool) -> None:
    """Each sentence as a point where they are few, a box where they are many."""
    if len(values) >= FEW:
        box = ax.boxplot(
            [values], positions=[place], widths=0.5, orientation="horizontal", patch_artist=True,
            manage_ticks=False, medianprops={"color": "black", "linewidth": 2}, flierprops={"markersize": 3},
        )  # fmt: skip
        box["boxes"][0].set(facecolor=look.colour if full else "white", edgecolor=look.colour, alpha=0.8)
    elif len(values):
        # equal scores are spread evenly around the row, so that each can be seen and nothing is random
        order = values.groupby(values).cumcount().to_numpy()
        shift = 0.11 * np.where(order % 2, -(order + 1) // 2, order // 2)
        figures.draw_points(ax, values, place + np.clip(shift, -0.4, 0.4), look, full=full)
        ax.plot([values.median()] * 2, [place - 0.36, place + 0.36], color=look.colour, linewidth=2)
