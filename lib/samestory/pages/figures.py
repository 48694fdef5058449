"""The look that every figure shares: width, ink, labels, the look of each outlet, what is told around it."""

import functools
import textwrap
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from samestory.pages.html import count

# After Okabe & Ito (2008), Color Universal Design, and Tol (2021), Colour Schemes, the pale and the dark ones
# moved so far that each stands out 3:1 from white paper and from a dark page alike.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#C06C9A", "#3A93C8", "#B98000", "#A8437A")
BLUE, ORANGE = PALETTE[0], PALETTE[5]
INK = "#767676"  # the one grey that can be read on white and on black; the page has its own ink
# Eight against seven colours: only after 56 outlets does the same pair of cues come again.
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")

WIDE, NARROW = 7.2, 3.45  # inches: a column of the page, and a phone
TITLE, TEXT, SMALL = 11.5, 9.5, 8.5  # points
LONGEST, LONGEST_ON_A_PHONE = 34, 22  # characters of a label
LETTER = 0.075  # inches, about, that a letter of a column's name is wide
LOOK: Any = {
    "font.size": TEXT, "axes.titlesize": TITLE, "axes.labelsize": SMALL, "xtick.labelsize": SMALL,
    "ytick.labelsize": TEXT, "legend.fontsize": SMALL, "axes.titleweight": "bold",
    "axes.titlelocation": "left", "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK,
    "xtick.color": INK, "ytick.color": INK, "hatch.color": INK, "figure.facecolor": "none",
    "axes.facecolor": "none", "savefig.facecolor": "none", "axes.spines.top": False,
    "axes.spines.right": False, "axes.spines.left": False, "axes.spines.bottom": False,
    "xtick.major.size": 0, "ytick.major.size": 0, "grid.color": INK, "grid.alpha": 0.25,
    "axes.axisbelow": True, "legend.frameon": False, "svg.fonttype": "none", "svg.hashsalt": "samestory",
}  # fmt: skip

_width: ContextVar[float] = ContextVar("width", default=WIDE)


class Look(NamedTuple):
    """How every figure draws an outlet: never by colour alone."""

    colour: str
    marker: str


class Told(NamedTuple):
    """What is said around a figure: above it, below it, and to whoever cannot see it."""

    title: str = ""
    measure: str = ""
    note: str = ""
    says: str = ""
    nothing: bool = False  # there was nothing to draw


class Drawing(NamedTuple):
    """How a figure was drawn, so that it can be drawn again, and from what."""

    again: Callable[[], Axes]
    table: pd.DataFrame


_told: WeakKeyDictionary[Axes, Told] = WeakKeyDictionary()
_drawn: WeakKeyDictionary[Axes, Drawing] = WeakKeyDictionary()
_data: WeakKeyDictionary[Axes, pd.DataFrame] = WeakKeyDictionary()


def drawn(plot: Callable[..., Axes]) -> Callable[..., Axes]:
    """Let a function draw a table in the look of the suite, and remember how it did."""

    @functools.wraps(plot)
    def draw(table: pd.DataFrame, *, ax: Axes | None = None, **options) -> Axes:
        with plt.rc_context(LOOK):
            made = plot(table, ax=ax, **options)
        _drawn[made] = Drawing(functools.partial(draw, table, **options), _data.get(made, table))
        return made

    return draw


def drawing(ax: Axes) -> Drawing | None:
    """How the axes were drawn; None where no function of the suite did it."""
    return _drawn.get(ax)


def told(ax: Axes) -> Told:
    """What `caption` said of the axes."""
    return _told.get(ax, Told())


@contextmanager
def for_a_phone() -> Iterator[None]:
    """Draw new figures as narrow as a phone."""
    before = _width.set(NARROW)
    try:
        yield
    finally:
        _width.reset(before)


def is_narrow() -> bool:
    """Whether figures are drawn for a phone."""
    return _width.get() == NARROW


def caption(
    ax: Axes, title: str, measure: str, *, note: str = "", says: str = "", data: pd.DataFrame | None = None
) -> None:
    """Say what is seen, what is measured and how, above the axes; what else to know, below.

    Args:
        title: what is seen where that is sure, else what is shown; text of articles went through `label`.
        measure: the unit, both ends of a scale, the number of cases.
        note: what is not drawn, and how to read the marks.
        says: the data in words, for the alternative text.
        data: what is drawn, where that is not the whole table.
    """
    _told[ax] = Told(_plain(title), _plain(measure), _plain(note), _plain(says))
    if data is not None:
        _data[ax] = data
    letters = int(78 * _width.get() / WIDE)
    ax.set_title(textwrap.fill(title, letters), loc="left")
    ax.xaxis.set_label_position("top")
    ax.set_xlabel(textwrap.fill(measure, int(letters * 1.35)), loc="left")
    if note:
        ax.figure.supxlabel(textwrap.fill(note, int(letters * 1.35)), x=0, ha="left", fontsize=SMALL)


def _plain(text: str) -> str:
    """Words of a figure as words of a page."""
    return text.replace(r"\$", "$")


def outlet_looks(outlets: Iterable[str]) -> dict[str, Look]:
    """Give each outlet its look; a missing outlet gets none.

    The colour follows from the outlet's name, so that it stays the same in every figure, also in one
    where some outlets have nothing to show. Of outlets that would share a colour, the later ones in the
    alphabet get the next that is free. When none is free, all are again, with other markers.
    """
    looks: dict[str, Look] = {}
    for n, outlet in enumerate(sorted({outlet for outlet in outlets if isinstance(outlet, str)})):
        lap, turn = divmod(n, len(PALETTE))
        if turn == 0:
            free = set(range(len(PALETTE)))
        place = zlib.crc32(outlet.encode("utf-8", "replace")) % len(PALETTE)
        while place not in free:
            place = (place + 1) % len(PALETTE)
        free.remove(place)
        shifted = (place + lap) % len(MARKERS)
        looks[outlet] = Look(PALETTE[place], MARKERS[shifted])
    return looks


def new_axes(ax: Axes | None, *, height: float, width: float | None = None) -> Axes:
    """The axes to draw on: those that are given, or those of a new figure, in inches."""
    if ax is not None:
        return ax
    return plt.subplots(figsize=(width or _width.get(), height), layout="constrained")[1]


def note_in(ax: Axes | None, text: str) -> Axes:
    """Say in the middle of empty axes why there is nothing to draw."""
    ax = new_axes(ax, height=1.2)
    ax.text(0.5, 0.5, text, ha="center", va="center", transform=ax.transAxes)
    ax.set_axis_off()
    _told[ax] = Told(says=text, nothing=True)
    return ax


def label(text: str, longest: int | None = None, *, width: int | None = None) -> str:
    """Make a label of text from an article, or of an outlet's name.

    It stands on one line, or on lines of `width` characters. Longer text is cut at a word, and no dollar
    sign starts a formula. Use it once on each text, before adding words of our own.
    """
    text = " ".join(text.split())
    longest = longest or (LONGEST_ON_A_PHONE if is_narrow() else LONGEST)
    if len(text) > longest:
        cut = text[: longest - 1]
        whole_words = cut.rpartition(" ")[0]
        text = f"{whole_words} …" if whole_words else f"{cut}…"
    lines = textwrap.wrap(text, width) if width else [text]
    return "\n".join(lines).replace("$", r"\$")


def ranked(weights: pd.Series) -> list[str]:
    """The names in the index, the heaviest first; of equal ones the first in the alphabet."""
    return list(weights.sort_index().sort_values(ascending=False, kind="stable").index)


def name_rows(ax: Axes, names: Sequence[str], *, above: float = 0.26) -> None:
    """Name the rows, the first on top: each name stands over its marks, so that long ones have room.

    Args:
        above: how far from the middle of a row its marks reach, in rows.
    """
    ax.set_yticks([n - above for n in range(len(names))], names)
    for name in ax.get_yticklabels():
        name.set(ha="left", va="bottom")
    ax.tick_params(axis="y", pad=0)
    ax.set_ylim(len(names) - 1 + max(above, 0.3), -above - 0.45)
    ax.grid(axis="x")


def name_columns(ax: Axes, places: Sequence[float], names: Sequence[str], *, room: float) -> None:
    """Name the columns above them, slanted where the names would meet: each has `room` inches."""
    ax.set_xticks(places, names, fontsize=SMALL)
    ax.tick_params(axis="x", labeltop=True, labelbottom=False, length=0)
    if max((len(line) for name in names for line in name.split("\n")), default=0) * LETTER > room:
        plt.setp(ax.get_xticklabels(), rotation=50, ha="left", rotation_mode="anchor")


def draw_points(ax: Axes, x, y, look: Look, *, full: bool = True, alpha: float = 1) -> Line2D:
    """Draw points in the look of an outlet, full or hollow, whole also at the edge of the axes."""
    points = ax.plot(
        x, y, look.marker, color=look.colour, markerfacecolor=look.colour if full else "none", markersize=7,
        markeredgewidth=1.5, alpha=alpha, clip_on=False, zorder=3,
    )[0]  # fmt: skip
    points.set_in_layout(np.size(x) > 0)  # else room would be kept for a sign that only the legend shows
    return points


def left_out(**counts: int) -> str:
    """ "1 more frame, 3 more outlets not drawn" for `frame=1, outlet=3`; nothing where all are drawn."""
    more = [count(n, f"more {noun}") for noun, n in counts.items() if n > 0]
    return f"{', '.join(more)} not drawn" * bool(more)


def sentences(*parts: str) -> str:
    """Join notes, each with its full stop; empty ones fall out."""
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts if part)


def offsets(outlets: Sequence[str]) -> dict[str, float]:
    """How far from the middle of a row each outlet is drawn, so that all in one row can be seen."""
    return {outlet: 0.7 * ((n + 0.5) / len(outlets) - 0.5) for n, outlet in enumerate(outlets)}


def legend_below(ax: Axes, handles: Sequence[Artist | tuple[Artist, ...]], names: Sequence[str]) -> None:
    """Put a legend under the tick labels of x."""
    down = ScaledTranslation(0, -20 / 72, ax.figure.dpi_scale_trans)
    longest = max(map(len, names), default=1) * LETTER + 0.4
    columns = max(1, min(3, int(_width.get() / longest)))
    ax.legend(handles, names, loc="upper left", bbox_to_anchor=(0, 0), ncols=columns, borderaxespad=0,
              bbox_transform=ax.transAxes + down, handletextpad=0.3, columnspacing=1.2)  # fmt: skip


def draw_shares(
    ax: Axes | None, shares: pd.DataFrame, counts: pd.Series, *, unit: str, colours: dict[str, str]
) -> Axes:
    """Draw shares as a table of bars: a row a kind, a column an outlet; on a phone a block an outlet.

    Args:
        shares: index outlet, a column for each kind, values 0 to 1.
        counts: of the units that an outlet's shares are of.
        unit: their name, such as "words".
        colours: of kinds that stand out; the others are grey.
    """
    if is_narrow():
        return _blocks(ax, shares, counts, unit, colours)
    return _bar_table(ax, shares, counts, unit, colours)


def _bar_table(ax, shares, counts, unit, colours) -> Axes:
    kinds, outlets = list(shares.columns), list(shares.index)
    ax = new_axes(ax, height=1.5 + 0.3 * len(kinds))
    widest, names = max(shares.to_numpy().max(), 0.01), 1.7  # the names are this many columns wide
    scale = 0.62 / widest
    for n, kind in enumerate(kinds):
        ax.text(-names, n, label(kind, 30), va="center", ha="left")
        for column, outlet in enumerate(outlets):
            share = shares.loc[outlet, kind]
            ax.barh(n, share * scale, left=column, height=0.62, **_bar(kind, colours))
            ax.text(
                column + share * scale + 0.03,
                n,
                f"{share:.0%}" if share else "–",
                va="center",
                fontsize=SMALL,
            )
    ax.set(xlim=(-names, len(outlets)), ylim=(len(kinds) - 0.4, -0.6), yticks=[])
    width = int(WIDE / (len(outlets) + names) / LETTER)
    heads = [f"{label(outlet, 40, width=width)}\n{counts[outlet]:,} {unit}" for outlet in outlets]
    ax.set_xticks(range(len(outlets)), heads, ha="left")
    ax.tick_params(axis="x", labeltop=True, labelbottom=False)
    return ax


def _blocks(ax, shares, counts, unit, colours) -> Axes:
    rows = [
        (outlet, kind) for outlet in shares.index for kind in ["", *shares.columns[shares.loc[outlet] > 0]]
    ]
    ax = new_axes(ax, height=0.9 + 0.25 * len(rows))
    widest = max(shares.to_numpy().max(), 0.01)
    for n, (outlet, kind) in enumerate(rows):
        if not kind:
            ax.text(0, n, label(outlet, 28), va="center", weight="bold")
            ax.text(1, n, f"{counts[outlet]:,} {unit}", va="center", ha="right", fontsize=SMALL)
            continue
        share = shares.loc[outlet, kind]
        ax.text(0.48, n, label(kind, 24), va="center", ha="right", fontsize=SMALL)
        ax.barh(n, share / widest * 0.36, left=0.5, height=0.6, **_bar(kind, colours))
        ax.text(0.51 + share / widest * 0.36, n, f"{share:.0%}", va="center", fontsize=SMALL)
    ax.set(xlim=(0, 1), ylim=(len(rows) - 0.4, -0.6), xticks=[], yticks=[])
    return ax


def _bar(kind: str, colours: dict[str, str]) -> dict[str, Any]:
    return {"color": colours[kind]} if kind in colours else {"color": INK, "alpha": 0.5}
