"""Figures of who gets to speak, how directly, and under which verbs."""

from collections.abc import Sequence
from statistics import NormalDist

import pandas as pd
from matplotlib.axes import Axes

from samestory.pages import figures
from samestory.quotes import voices
from samestory.tables import require_columns

OTHERS = "(other speakers)"
MOST_OUTLETS = 6  # columns that fit a page; more are counted in a note
MOST_SPEAKERS = 6  # rows of their own
_CHANCE = 0.05  # that shares which differ by chance are said to differ
_FAR, _FEWEST = 0.15, 100  # between two shares of words, and words, from which the difference is told (ours)


@figures.drawn
def plot_share(shares: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_SPEAKERS) -> Axes:
    """Draw the share of each outlet's words that each speaker has, the outlet's own voice last.

    Args:
        shares: as `share(story)` gives it: outlet, speaker, words, all_words, share.
        limit: the most heard get a row of their own, all others share one.
    """
    require_columns(shares, ["outlet", "speaker", "words", "all_words", "share"], where="shares")
    special = (voices.NO_SPEAKER, voices.OWN_VOICE)
    named = shares[~shares["speaker"].isin(special)]
    # Mean share over outlets, so that one long article does not decide who the main speakers are.
    main = figures.ranked(named.groupby("speaker")["share"].sum())[:limit]
    speaker = shares["speaker"].where(shares["speaker"].isin([*main, *special]), OTHERS)
    table = shares.assign(speaker=speaker)
    own = table[table["speaker"] == voices.OWN_VOICE].set_index("outlet")
    own = own[own["all_words"] >= _FEWEST]["share"].sort_values(kind="stable")
    title = "Whose words they are"
    if len(own) > 1 and own.iloc[-1] - own.iloc[0] >= _FAR:
        most, least = (figures.label(outlet) for outlet in (own.index[0], own.index[-1]))
        title = f"{most} gives {1 - own.iloc[0]:.0%} of its words to others, {least} {1 - own.iloc[-1]:.0%}"
    order = [*main, OTHERS, *special]
    return _draw_shares(table, "speaker", order, ax, MOST_OUTLETS, title=title, unit="words")


@figures.drawn
def plot_direct_share(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_OUTLETS) -> Axes:
    """Draw the share of statements in the speaker's own words, mixed, or paraphrased, by outlet.

    Args:
        table: as `direct_share(story)` gives it: outlet, kind, statements, all_statements, share.
        limit: outlets drawn, those with most statements.
    """
    title = _surely(table, "kind", "direct", "{} quotes word by word more often than {}")
    title = title or "Quoted word by word, or retold"
    return _draw_shares(table, "kind", voices.KINDS, ax, limit, title=title)


@figures.drawn
def plot_stance_share(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_OUTLETS) -> Axes:
    """Draw how the reporting verbs present what is said, by outlet.

    Args:
        table: as `stance_share(story)` gives it: outlet, stance, statements, all_statements, share.
        limit: outlets drawn, those with most statements.
    """
    title = _surely(table, "stance", "neutral", "{} keeps to neutral reporting verbs more than {}")
    title = title or "What the reporting verbs say about a statement"
    return _draw_shares(table, "stance", voices.STANCES, ax, limit, title=title)


@figures.drawn
def plot_source_types(table: pd.DataFrame, *, ax: Axes | None = None, limit: int = MOST_OUTLETS) -> Axes:
    """Draw the share of named persons, institutions, groups and unnamed sources, by outlet.

    Args:
        table: as `source_types(story)` gives it: outlet, source_type, statements, all_statements, share.
        limit: outlets drawn, those with most statements.
    """
    title = _surely(table, "source_type", voices.PERSON, "{} rests on named persons more than {}")
    title = title or "What kind of source speaks"
    return _draw_shares(table, "source_type", voices.SOURCE_TYPES, ax, limit, title=title)


def _surely(table: pd.DataFrame, column: str, value: str, saying: str) -> str:
    """The saying with the outlets of the largest and the least share; empty where these may be equal."""
    require_columns(table, ["outlet", column, "all_statements", "share"])
    rows = table[(table[column] == value) & (table["all_statements"] > 0)].sort_values("share", kind="stable")
    if len(rows) < 2:
        return ""
    least, most = rows.iloc[0], rows.iloc[-1]
    # Agresti and Caffo (2000): two shares, each with one success and one failure more, compared by their z.
    shares = [(row.share * row.all_statements + 1) / (row.all_statements + 2) for row in (least, most)]
    error = sum(p * (1 - p) / (row.all_statements + 2) for p, row in zip(shares, (least, most), strict=True))
    # Of all pairs of outlets the most distant is looked at, so more is asked of it (Bonferroni).
    pairs = len(rows) * (len(rows) - 1) / 2
    if shares[1] - shares[0] <= NormalDist().inv_cdf(1 - _CHANCE / 2 / pairs) * error**0.5:
        return ""
    return saying.format(figures.label(most.outlet), figures.label(least.outlet))


def _draw_shares(
    table: pd.DataFrame,
    column: str,
    order: Sequence[str],
    ax: Axes | None,
    limit: int,
    *,
    title: str,
    unit: str = "statements",
) -> Axes:
    """A row for each kind that is found at all, in the given order, a column an outlet."""
    require_columns(table, ["outlet", column, f"all_{unit}", "share"])
    wide = table.pivot_table(index="outlet", columns=column, values="share", aggfunc="sum", fill_value=0.0)
    if not wide.to_numpy().any():
        return figures.note_in(ax, f"no reported {unit}")
    counts = table.groupby("outlet")[f"all_{unit}"].first()[wide.index]
    outlets = sorted(figures.ranked(counts)[:limit])
    shown = wide.loc[outlets, [kind for kind in order if kind in wide and wide[kind].max() > 0]]
    # What is not somebody's stands back: own voice, no speaker.
    back = {voices.OWN_VOICE, voices.NO_SPEAKER}
    colours = {kind: figures.BLUE for kind in shown if kind not in back}
    ax = figures.draw_shares(ax, shown, counts, unit=unit, colours=colours)
    what = "words" if unit == "words" else "reported statements"
    figures.caption(
        ax,
        title,
        f"Share of each outlet's {what}",
        note=figures.sentences(figures.left_out(outlet=len(wide) - limit)),
        says=" ".join(_in_words(outlet, shown.loc[outlet]) for outlet in outlets),
    )
    return ax


def _in_words(outlet: str, shares: pd.Series) -> str:
    told = [f"{kind} {share:.0%}" for kind, share in shares.items() if share > 0]
    return f"{outlet}: {', '.join(told)}."
