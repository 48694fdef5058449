"""Figures of tone: each voice apart, through the article, toward each actor."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from samestory.pages import figures
from samestory.sentiment.across import NARRATOR, QUOTED
from samestory.tables import require_columns

FEW = 30  # below this each sentence is drawn as a point of its own
MOST_OUTLETS = 6  # of an actor
FEW_IN_ALL = 10  # below this the sentences themselves are shown
_AXIS = "−1 negative, 0, 1 positive"
_GREY = figures.Look(figures.INK, "o")  # of a sign that stands for every outlet


@figures.drawn
def plot_tone(sentences: pd.DataFrame, *, ax: Axes | None = None, limit: int = 12) -> Axes:
    """Draw the polarity of each outlet's sentences, narration and quotes apart.

    Where there are fewer than ten in all, each stands in its own words.

    Args:
        sentences: the rows of `sentence_tone`; those without a polarity are not drawn.
        limit: outlets drawn, those with most sentences.
    """
    require_columns(sentences, ["outlet", "voice", "polarity"], where="sentences")
    known = sentences.dropna(subset="polarity")
    if known.empty:
        return figures.note_in(ax, "no sentence with a word of known tone")
    looks = figures.outlet_looks(sentences["outlet"])
    if len(known) < FEW_IN_ALL and "text" in known:
        return _each_sentence(known, looks, ax)
    every = figures.ranked(known["outlet"].value_counts())
    rows = [
        (outlet, voice, values)
        for outlet in sorted(every[:limit])
        for voice in (NARRATOR, QUOTED)
        if len(values := known[(known["outlet"] == outlet) & (known["voice"] == voice)]["polarity"])
    ]
    ax = figures.new_axes(ax, height=1.2 + 0.5 * len(rows))
    for place, (outlet, voice, values) in enumerate(rows):
        _draw_sentences(ax, values, place, looks[outlet], full=voice == NARRATOR)
    figures.name_rows(
        ax, [f"{figures.label(outlet)}, {voice} (n={len(values)})" for outlet, voice, values in rows]
    )
    ax.axvline(0, color=figures.INK, linewidth=0.8, zorder=0)
    ax.set(xlim=(-1.05, 1.05))
    figures.caption(
        ax,
        "Tone of the words, own voice and quotes apart",
        f"Polarity of a sentence ({_AXIS})",
        note=figures.sentences(
            f"Upright line: median. Box from {FEW} sentences on, else each is a mark. Hollow: quoted",
            figures.left_out(outlet=len(every) - limit),
        ),
        says=" ".join(
            f"{outlet}, {voice}: median {values.median():+.2f} of {len(values)} sentences."
            for outlet, voice, values in rows
        ),
    )
    return ax


def _each_sentence(known: pd.DataFrame, looks: dict[str, figures.Look], ax: Axes | None) -> Axes:
    """Few sentences: each in its own words over its mark."""
    rows = known.sort_values(["polarity", "outlet"], kind="stable")
    ax = figures.new_axes(ax, height=1.2 + 0.5 * len(rows))
    for place, row in enumerate(rows.itertuples()):
        figures.draw_points(ax, row.polarity, place, looks[row.outlet], full=row.voice == NARRATOR)
    longest = 40 if figures.is_narrow() else 90
    names = [figures.label(f"{row.outlet}: {row.text}", longest) for row in rows.itertuples()]
    figures.name_rows(ax, names)
    ax.axvline(0, color=figures.INK, linewidth=0.8, zorder=0)
    ax.set(xlim=(-1.05, 1.05))
    figures.caption(
        ax,
        f"Too few sentences to compare ({len(rows)}): here they are",
        f"Polarity of a sentence ({_AXIS})",
        note="Hollow: quoted.",
        says=" ".join(f"{row.polarity:+.2f}: {row.outlet}." for row in rows.itertuples()),
    )
    return ax


@figures.drawn
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
    ax = figures.new_axes(ax, height=1.2 + 0.75 * len(articles))
    looks, labels = figures.outlet_looks(sentences["outlet"]), []
    for place, article in enumerate(articles):
        outlet = outlet_of[article]
        rows = known[known["article_id"] == article]
        ax.axhline(place, color=figures.INK, alpha=0.5, linewidth=0.8, zorder=0)
        for voice, own in rows.groupby("voice"):
            tops = place - 0.28 * own["polarity"]
            ax.vlines(own["position"], place, tops, color=looks[outlet].colour, linewidth=1.2, zorder=1)
            figures.draw_points(ax, own["position"], tops, looks[outlet], full=voice == NARRATOR)
        labels.append(figures.label(outlet) + f", {figures.label(article, 18)}" * bool(several[outlet]))
    figures.name_rows(ax, labels, above=0.38)
    ax.grid(visible=False)
    ax.set(xlim=(-0.02, 1.02))
    ax.set_xticks([0, 0.5, 1], ["first sentence", "middle", "last"])
    signs = [figures.draw_points(ax, [], [], _GREY, full=full) for full in (True, False)]
    figures.legend_below(ax, signs, [NARRATOR, QUOTED])
    figures.caption(
        ax,
        "Tone through the article",
        "Polarity of each sentence with a word of known tone: up positive, down negative",
        note=figures.sentences(figures.left_out(article=len(every) - limit)),
        says=" ".join(
            f"{outlet_of[article]}: first half {_half(known, article, first=True)}, "
            f"second half {_half(known, article, first=False)}."
            for article in articles
        ),
    )
    return ax


def _half(known: pd.DataFrame, article: str, *, first: bool) -> str:
    rows = known[(known["article_id"] == article) & (known["position"].lt(0.5) == first)]
    return f"{rows['polarity'].mean():+.2f}" if len(rows) else "nothing"


@figures.drawn
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
    ranks = {name: n for n, name in enumerate(names)}
    shown = actors[actors["entity"].isin(names)].sort_values(
        ["n", "outlet"], ascending=[False, True], kind="stable"
    )
    shown = shown.groupby("entity").head(MOST_OUTLETS)
    shown = shown.assign(rank=shown["entity"].map(ranks)).sort_values(
        ["rank", "toward", "outlet"], kind="stable"
    )
    looks, y = figures.outlet_looks(actors["outlet"]), 0.0
    ax = figures.new_axes(ax, height=1.2 + 0.3 * len(names) + 0.21 * len(shown))
    for name, rows in shown.groupby("entity", sort=False):
        ax.text(0, y, figures.label(name), va="center", weight="bold", transform=ax.get_yaxis_transform())
        for row in rows.itertuples():
            y += 1
            sure = not np.isnan(row.low)
            if sure:
                ax.hlines(y, row.low, row.high, color=looks[row.outlet].colour, linewidth=1.6)
            figures.draw_points(ax, row.toward, y, looks[row.outlet], full=sure)
            right = row.toward <= 0.3  # else the name would leave the figure
            edge = row.toward if not sure else row.high if right else row.low
            ax.annotate(
                f"{figures.label(row.outlet)} ({row.n})",
                (edge, y),
                xytext=(7 if right else -7, 0),
                textcoords="offset points",
                va="center",
                ha="left" if right else "right",
                fontsize=figures.SMALL,
                annotation_clip=False,
            )
        y += 1.4
    ax.axvline(0, color=figures.INK, linewidth=0.8, zorder=0)
    ax.grid(axis="x")
    ax.set(xlim=(-1.02, 1.02), ylim=(y - 0.6, -0.8), yticks=[])
    figures.caption(
        ax,
        _clearest(shown, names),
        f"Mean sentiment of the sentences toward each actor ({_AXIS})",
        note=figures.sentences(
            "In brackets: sentences. Hollow: fewer than 5, no interval",
            figures.left_out(actor=len(every) - limit),
        ),
        says=" ".join(
            f"{row.entity} in {row.outlet}: {row.toward:+.2f} ({row.n})." for row in shown.itertuples()
        ),
    )
    return ax


def _clearest(shown: pd.DataFrame, names: list[str]) -> str:
    """A title that names the actor whom two outlets surely show in another light, if there is one."""
    sure = shown.dropna(subset=["low", "high"]).reset_index(drop=True)
    for name in names:
        rows = sure[sure["entity"] == name]
        if len(rows) < 2:
            continue
        best, worst = rows.loc[rows["low"].idxmax()], rows.loc[rows["high"].idxmin()]
        if best["low"] > worst["high"]:
            kind, other = figures.label(best["outlet"]), figures.label(worst["outlet"])
            return f"{figures.label(name)} stands in a better light in {kind} than in {other}"
    return "In what light each actor stands"


def _draw_sentences(ax: Axes, values: pd.Series, place: int, look: figures.Look, *, full: bool) -> None:
    """Each sentence as a point where they are few, a box where they are many."""
    if len(values) >= FEW:
        box = ax.boxplot(
            [values], positions=[place], widths=0.4, orientation="horizontal", patch_artist=True,
            manage_ticks=False, medianprops={"color": figures.INK, "linewidth": 2},
            whiskerprops={"color": look.colour}, capprops={"color": look.colour},
            flierprops={"markersize": 3, "markeredgecolor": look.colour},
        )  # fmt: skip
        box["boxes"][0].set(facecolor=look.colour if full else "none", edgecolor=look.colour, alpha=0.8)
    elif len(values):
        # equal scores are spread evenly around the row, so that each can be seen and nothing is random
        order = values.groupby(values).cumcount().to_numpy()
        shift = 0.09 * np.where(order % 2, -(order + 1) // 2, order // 2)
        figures.draw_points(ax, values, place + np.clip(shift, -0.24, 0.24), look, full=full)
        ax.plot([values.median()] * 2, [place - 0.24, place + 0.24], color=look.colour, linewidth=2)
