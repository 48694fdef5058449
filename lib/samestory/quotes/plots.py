"""Figures of who gets to speak, how directly, and under which verbs."""

from collections.abc import Mapping
from itertools import cycle

import pandas as pd
from matplotlib.axes import Axes

from samestory.pages import figures
from samestory.pages.figures import BLUE, GREEN, ORANGE, RED, SKY
from samestory.quotes import voices
from samestory.tables import require_columns

OTHERS = "(other speakers)"
MOST_OUTLETS = 20  # bars; more are counted in a note
MOST_SPEAKERS = 6  # segments of their own; the palette has no more distinct colours
_LABEL_FROM = 0.05  # share of a bar from which its segment is labelled
_GREY, _PALE = "#C9C9C9", "#EFEFEF"
# From quoting word by word to retelling: dark to light, so that the order shows in grey as well.
_KIND_COLOURS = {"direct": BLUE, "mixed": SKY, "indirect": "#D8E8F3"}
_STANCE_COLOURS = {
    "neutral": _GREY, "assertive": BLUE, "doubtful": ORANGE, "positive": GREEN, "negative": RED,
}  # fmt: skip
_SOURCE_COLOURS = {
    voices.PERSON: BLUE, voices.INSTITUTION: SKY, voices.GROUP: GREEN, voices.ANONYMOUS: ORANGE,
    voices.NO_SPEAKER: _PALE,
}  # fmt: skip


def plot_share(shares: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_SPEAKERS) -> Axes:
    """Draw one bar per outlet: the share of its words that each speaker has, the own voice last.

    Args:
        shares: as `share(story)` gives it: outlet, speaker, words, all_words, share.
        limit: the most heard get a segment of their own, all others share one.
    """
    require_columns(shares, ["outlet", "speaker", "words", "all_words", "share"], where="shares")
    special = (voices.OWN_VOICE, voices.NO_SPEAKER)
    named = shares[~shares["speaker"].isin(special)]
    # Mean share over outlets, so that one long article does not decide who the main speakers are.
    main = figures.ranked(named.groupby("speaker")["share"].sum())[:limit]
    speaker = shares["speaker"].where(shares["speaker"].isin([*main, *special]), OTHERS)
    colours = dict(zip(main, cycle(figures.PALETTE), strict=False))
    colours |= {OTHERS: "#7A7A7A", voices.NO_SPEAKER: _PALE, voices.OWN_VOICE: _GREY}
    shares = shares.assign(speaker=speaker)
    title = "Whose words they are"
    return _draw_shares(shares, "speaker", colours, ax, MOST_OUTLETS, title=title, unit="words")


def plot_direct_share(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_OUTLETS) -> Axes:
    """Draw one bar per outlet: statements in the speaker's own words, mixed, or paraphrased.

    Args:
        table: as `direct_share(story)` gives it: outlet, kind, statements, all_statements, share.
        limit: outlets drawn, those with most statements.
    """
    return _draw_shares(table, "kind", _KIND_COLOURS, ax, limit, title="Quoted word by word, or retold")


def plot_stance_share(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_OUTLETS) -> Axes:
    """Draw one bar per outlet: how the reporting verbs present what is said.

    Args:
        table: as `stance_share(story)` gives it: outlet, stance, statements, all_statements, share.
        limit: outlets drawn, those with most statements.
    """
    return _draw_shares(table, "stance", _STANCE_COLOURS, ax, limit, title="Stance of the reporting verbs")


def plot_source_types(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_OUTLETS) -> Axes:
    """Draw one bar per outlet: named persons, institutions, groups and unnamed sources.

    Args:
        table: as `source_types(story)` gives it: outlet, source_type, statements, all_statements, share.
        limit: outlets drawn, those with most statements.
    """
    return _draw_shares(table, "source_type", _SOURCE_COLOURS, ax, limit, title="What kind of source speaks")


def _draw_shares(
    table: pd.DataFrame,
    column: str,
    colours: Mapping[str, str],
    ax: Axes | None,
    limit: int,
    *,
    title: str,
    unit: str = "statements",
) -> Axes:
    """A bar an outlet, its segments in the order of `colours`; hatches repeat what colours say."""
    require_columns(table, ["outlet", column, f"all_{unit}", "share"])
    wide = table.pivot_table(index="outlet", columns=column, values="share", aggfunc="sum", fill_value=0.0)
    if wide.empty:
        return figures.note_in(ax, f"no reported {unit}")
    counts = table.groupby("outlet")[f"all_{unit}"].first()[wide.index]
    outlets = sorted(figures.ranked(counts)[:limit])
    ax = figures.new_axes(ax, height=1.6 + 0.5 * len(outlets))
    left, segments = pd.Series(0.0, index=outlets), []
    present = [name for name in colours if name in wide.columns]
    for hatch, name in zip(cycle(figures.HATCHES), present, strict=False):
        shares = wide.loc[outlets, name]
        bars = ax.barh(
            range(len(outlets)), shares, left=left, height=0.62, linewidth=0.8, color=colours[name],
            hatch="" if name == voices.OWN_VOICE else hatch,
            edgecolor="#8A8A8A" if colours[name] == _PALE else "white",  # a pale bar needs an outline
        )  # fmt: skip
        segments.append(bars)
        written = [f"{share:.0%}" if share >= _LABEL_FROM else "" for share in shares]
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.2}
        ax.bar_label(bars, written, label_type="center", fontsize=8.5, bbox=box)
        left += shares
    names = [f"{figures.label(outlet, 28)}\n(n={counts[outlet]:,} {unit})" for outlet in outlets]
    figures.name_rows(ax, names)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    what = "words" if unit == "words" else "reported statements"
    ax.set(xlim=(0, 1), title=title, xlabel=f"Share of the outlet's {what}")
    figures.note_left_out(ax, outlet=len(wide) - limit)
    names = [figures.label(name) for name in present]
    ax.legend(segments, names, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=9)
    return ax
