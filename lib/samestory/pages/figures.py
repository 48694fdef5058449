"""What every figure shares: axes, labels, the look of each outlet, notes, alternative text."""

import base64
import io
import textwrap
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from samestory.pages.html import count

# Okabe & Ito (2008), Color Universal Design, without yellow, which is unreadable on white; for
# black, which drowns hatches, the wine of Tol (2021), Colour Schemes.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#882255")
BLUE, RED, GREEN, PINK, SKY, ORANGE, WINE = PALETTE
# Eight of each against seven colours: only after 56 outlets does the same pair of cues come again.
HATCHES = ("", "//", "..", "xx", "\\\\", "oo", "++", "--")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")

LONGEST = 34  # characters of a label
LETTER = 0.08  # inches, about, that a letter of a column's name is wide
SCREEN_DPI = 100  # the size at which a figure is shown
FILE_DPI = 160  # the size at which it is stored, for sharp letters on dense screens and paper


class Look(NamedTuple):
    """How every figure draws an outlet: never by colour alone."""

    colour: str
    marker: str
    hatch: str


def outlet_looks(outlets: Iterable[str]) -> dict[str, Look]:
    """Give each outlet its look; a missing outlet gets none.

    The colour follows from the outlet's name, so that it stays the same in every figure, also in one
    where some outlets have nothing to show. Of outlets that would share a colour, the later ones in the
    alphabet get the next that is free. When none is free, all are again, with other markers and hatches.
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
        looks[outlet] = Look(PALETTE[place], MARKERS[shifted], HATCHES[shifted])
    return looks


def new_axes(ax: Axes | None, *, height: float, width: float = 8) -> Axes:
    """The axes to draw on: those that are given, or those of a new figure, in inches."""
    return plt.subplots(figsize=(width, height))[1] if ax is None else ax


def note_in(ax: Axes | None, text: str) -> Axes:
    """Say in the middle of empty axes why there is nothing to draw."""
    ax = new_axes(ax, height=1.2)
    ax.text(0.5, 0.5, text, ha="center", va="center", transform=ax.transAxes, color="0.35")
    ax.set_axis_off()
    return ax


def label(text: str, longest: int = LONGEST, *, width: int | None = None) -> str:
    """Make a label of text from an article, or of an outlet's name.

    It stands on one line, or on lines of `width` characters. Longer text is cut at a word, and no dollar
    sign starts a formula. Use it once on each text, before adding words of our own.
    """
    text = " ".join(text.split())
    if len(text) > longest:
        cut = text[: longest - 1]
        whole_words = cut.rpartition(" ")[0]
        text = f"{whole_words} …" if whole_words else f"{cut}…"
    lines = textwrap.wrap(text, width) if width else [text]
    return "\n".join(lines).replace("$", r"\$")


def ranked(weights: pd.Series) -> list[str]:
    """The names in the index, the heaviest first; of equal ones the first in the alphabet."""
    return list(weights.sort_index().sort_values(ascending=False, kind="stable").index)


def name_rows(ax: Axes, names: Sequence[str], *, fontsize: float = 10) -> None:
    """Name the rows, the first on top, with faint lines to read along."""
    ax.set_yticks(range(len(names)), names, fontsize=fontsize)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="x", color="0.9")
    ax.set_axisbelow(True)


def name_columns(ax: Axes, places: Sequence[float], names: Sequence[str]) -> None:
    """Name the columns above them, slanted where the names would meet; set the limits of x before."""
    ax.set_xticks(places, names, fontsize=9)
    ax.tick_params(axis="x", labeltop=True, labelbottom=False, length=0)
    first, last = ax.get_xlim()
    room = ax.get_window_extent().width / ax.figure.dpi / (last - first)
    if max((len(line) for name in names for line in name.split("\n")), default=0) * LETTER > room:
        plt.setp(ax.get_xticklabels(), rotation=50, ha="left", rotation_mode="anchor")


def draw_points(ax: Axes, x, y, look: Look, *, full: bool = True, alpha: float = 1) -> Line2D:
    """Draw points in the look of an outlet, full or hollow, whole also at the edge of the axes."""
    return ax.plot(
        x, y, look.marker, color=look.colour, markerfacecolor=look.colour if full else "white", markersize=7,
        markeredgewidth=1.5, alpha=alpha, clip_on=False, zorder=3,
    )[0]  # fmt: skip


def left_out(**counts: int) -> str:
    """ "1 more frame, 3 more outlets not drawn" for `frame=1, outlet=3`; nothing where all are drawn."""
    more = [count(n, f"more {noun}") for noun, n in counts.items() if n > 0]
    return f"{', '.join(more)} not drawn" * bool(more)


def note_left_out(ax: Axes, **counts: int) -> None:
    """Say under the label of x how many rows, outlets and so on a figure does not draw."""
    ax.set_xlabel(f"{ax.get_xlabel()}\n{left_out(**counts)}".rstrip())


def offsets(outlets: Sequence[str]) -> dict[str, float]:
    """How far from the middle of a row each outlet is drawn, so that all in one row can be seen."""
    return {outlet: 0.7 * ((n + 0.5) / len(outlets) - 0.5) for n, outlet in enumerate(outlets)}


def legend_below(ax: Axes, handles: Sequence[Artist | tuple[Artist, ...]], names: Sequence[str]) -> None:
    """Put a legend under the label of x: call it when that is written."""
    points = 20 + 14 * (1 + ax.get_xlabel().count("\n"))  # the tick labels, and each line below them
    down = ScaledTranslation(0, -points / 72, ax.figure.dpi_scale_trans)
    ax.legend(handles, names, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=3, frameon=False, fontsize=9,
              bbox_transform=ax.transAxes + down)  # fmt: skip


def show_figure(ax: Axes, *, alt: str) -> None:
    """Display the figure of `ax` as an opaque picture, and close it.

    Args:
        ax: any of the figure's axes.
        alt: what the picture shows, in words, for readers who cannot see it; it is stored in the
            output's metadata, and is the output's plain text.
    Raises:
        ValueError: alt is empty.
    """
    if not alt.strip():
        raise ValueError("alt is empty; expected a sentence that says what the figure shows")
    figure = ax.get_figure(root=True)
    assert figure is not None  # axes stand in a figure until somebody removes them
    picture = io.BytesIO()
    # "tight" grows the canvas to what is drawn, so that a long label is never cut off.
    figure.savefig(picture, format="png", dpi=FILE_DPI, facecolor="white", bbox_inches="tight")
    plt.close(figure)
    png = picture.getvalue()
    width, height = (int.from_bytes(png[at : at + 4]) * SCREEN_DPI // FILE_DPI for at in (16, 20))
    display(
        {"image/png": base64.b64encode(png).decode(), "text/plain": f"Figure: {alt}"},
        metadata={"image/png": {"alt": alt, "width": width, "height": height}},
        raw=True,
    )
