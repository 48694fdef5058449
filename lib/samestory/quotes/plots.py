"""Figures of who gets to speak, how directly, and under which verbs."""

import textwrap
from collections.abc import Mapping

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from samestory.pages.figures import HATCHES, PALETTE, note_in
from samestory.quotes import voices
from samestory.tables import require_columns

OTHERS = "(other speakers)"
MOST_OUTLETS = 20  # bars; more are counted in a note
MOST_SPEAKERS = 6  # segments of their own; the palette has no more distinct colours
_LABEL_FROM = 0.05  # share of a bar from which its segment is labelled
_GREY, _PALE = "#C9C9C9", "#EFEFEF"
# From quoting word by word to retelling: dark to light, so that the order shows in grey as well.
_KIND_COLOURS = {"direct": "#0072B2", "mixed": "#56B4E9", "indirect": "#D8E8F3"}
_STANCE_COLOURS = {
    "neutral": _GREY,
    "assertive": "#0072B2",
    "doubtful": "#E69F00",
    "positive": "#009E73",
    "negative": "#D55E00",
}
_SOURCE_COLOURS = {
    voices.PERSON: "#0072B2",
    voices.INSTITUTION: "#56B4E9",
    voices.GROUP: "#009E73",
    voices.ANONYMOUS: "#E69F00",
    voices.NO_SPEAKER: _PALE,
}


def plot_share(shares: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_SPEAKERS) -> Axes:
    """Draw one bar per outlet: the share of its words that each speaker has, the own voice last.

    Args:
        shares: as `quoted_word_share(story)` gives it: outlet, speaker, words, all_words, share.
        ax: axes to draw on; a new figure's axes when None.
        limit: the most heard get a segment of their own, all others share one.
    """
    require_columns(shares, ["outlet", "speaker", "words", "all_words", "share"], where="shares")
    special = (voices.OWN_VOICE, voices.NO_SPEAKER)
    named = shares[~shares["speaker"].isin(special)]
    # Mean share over outlets, so that one long article does not decide who the main speakers are.
    rank = named.groupby("speaker")["share"].sum().rename("all").reset_index()
    rank = rank.sort_values(["all", "speaker"], ascending=[False, True])["speaker"]
    main = list(rank[:limit])
    speaker = shares["speaker"].where(shares["speaker"].isin([*main, *special]), OTHERS)
    wide = shares.assign(speaker=speaker).pivot_table(
        index="outlet", columns="speaker", values="share", aggfunc="sum", fill_value=0.0
    )
    order = [name for name in [*main, OTHERS, voices.NO_SPEAKER, voices.OWN_VOICE] if name in wide.columns]
    colours = dict(zip(main, PALETTE, strict=False))
    colours |= {OTHERS: "#7A7A7A", voices.NO_SPEAKER: _PALE, voices.OWN_VOICE: _GREY}
    counts = shares.groupby("outlet")["all_words"].first()
    ax = _stacked(wide[order], counts, colours, unit="words", ax=ax)
    ax.set(title="Whose words they are", xlabel="Share of the outlet's words")
    return ax


def plot_direct_share(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw one bar per outlet: statements in the speaker's own words, mixed, or paraphrased.

    Args:
        table: as `direct_share(story)` gives it: outlet, kind, statements, all_statements, share.
        ax: axes to draw on; a new figure's axes when None.
    """
    ax = _shares(table, "kind", _KIND_COLOURS, ax)
    ax.set(title="Quoted word by word, or retold", xlabel="Share of the outlet's reported statements")
    return ax


def plot_stance_share(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw one bar per outlet: how the reporting verbs present what is said.

    Args:
        table: as `stance_share(story)` gives it: outlet, stance, statements, all_statements, share.
        ax: axes to draw on; a new figure's axes when None.
    """
    ax = _shares(table, "stance", _STANCE_COLOURS, ax)
    ax.set(title="Stance of the reporting verbs", xlabel="Share of the outlet's reported statements")
    return ax


def plot_source_types(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw one bar per outlet: named persons, institutions, groups and unnamed sources.

    Args:
        table: as `source_types(story)` gives it: outlet, source_type, statements, all_statements, share.
        ax: axes to draw on; a new figure's axes when None.
    """
    ax = _shares(table, "source_type", _SOURCE_COLOURS, ax)
    ax.set(title="What kind of source speaks", xlabel="Share of the outlet's reported statements")
    return ax


def _shares(table: pd.DataFrame, column: str, colours: Mapping[str, str], ax: Axes | None) -> Axes:
    require_columns(table, ["outlet", column, "all_statements", "share"], where="table")
    wide = table.pivot_table(index="outlet", columns=column, values="share", aggfunc="sum", fill_value=0.0)
    wide = wide.reindex(columns=[value for value in colours if value in wide.columns])
    counts = table.groupby("outlet")["all_statements"].first()
    return _stacked(wide, counts, colours, unit="statements", ax=ax)


def _stacked(
    wide: pd.DataFrame, counts: pd.Series, colours: Mapping[str, str], *, unit: str, ax: Axes | None
) -> Axes:
    """Horizontal bars of shares, one per outlet in alphabetical order; hatches repeat what colours say."""
    shown = wide.sort_index().head(MOST_OUTLETS)
    rows = max(len(shown), 1)
    ax = plt.subplots(figsize=(8, 1.6 + 0.5 * rows))[1] if ax is None else ax
    if shown.empty:
        return note_in(ax, f"no reported {unit}")
    left = pd.Series(0.0, index=shown.index)
    labels = [f"{_wrap(outlet)}\n(n={counts[outlet]:,} {unit})" for outlet in shown.index]
    for k, name in enumerate(shown.columns):
        colour, hatch = colours[name], "" if str(name).startswith("(own") else HATCHES[k % len(HATCHES)]
        edge = "#8A8A8A" if colour == _PALE else "white"  # a pale bar on white needs an outline
        look = {"color": colour, "hatch": hatch, "edgecolor": edge, "linewidth": 0.8}
        label = textwrap.shorten(str(name), 38, placeholder=" …")
        ax.barh(range(len(shown)), shown[name], left=left, height=0.62, label=label, **look)
        for y, (share, start) in enumerate(zip(shown[name], left, strict=True)):
            if share >= _LABEL_FROM:
                _label(ax, start + share / 2, y, share)
        left += shown[name]
    ax.set(xlim=(0, 1), yticks=range(len(shown)), yticklabels=labels)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.invert_yaxis()
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=9)
    if len(wide) > len(shown):
        ax.annotate(
            f"{len(wide) - len(shown)} more outlets are in the table, not here",
            (0, -0.02), xycoords="axes fraction", va="top", fontsize=8,
        )  # fmt: skip
    return ax


def _label(ax: Axes, x: float, y: float, share: float) -> None:
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.2}
    ax.text(x, y, f"{share:.0%}", ha="center", va="center", fontsize=8.5, bbox=box)


def _wrap(label: str) -> str:
    return textwrap.shorten(str(label), 28, placeholder=" …")
