"""What every figure shares: a fixed look per outlet, an opaque background, alternative text."""

import base64
import io
import zlib
from collections.abc import Iterable

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.axes import Axes

# Okabe & Ito (2008), Color Universal Design, without yellow, which is unreadable on white; for
# black, which drowns hatches, the wine of Tol (2021), Colour Schemes.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#882255")
# Eight of each against seven colours: only after 56 outlets does the same pair of cues come again.
HATCHES = ("", "//", "..", "xx", "\\\\", "oo", "++", "--")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")

SCREEN_DPI = 100  # the size at which a figure is shown
FILE_DPI = 160  # the size at which it is stored, for sharp letters on dense screens and paper


def outlet_colours(outlets: Iterable[str]) -> dict[str, str]:
    """Give each outlet its colour.

    The colour is drawn from the outlet's name, so that it stays the same in every figure, also in
    one where some outlets have nothing to show; outlets that would share one give way in
    alphabetical order.
    """
    return {outlet: PALETTE[place] for outlet, (place, _) in _places(outlets).items()}


def outlet_markers(outlets: Iterable[str]) -> dict[str, str]:
    """Give each outlet its marker, so that colour is never the only cue."""
    places = _places(outlets)
    return {outlet: MARKERS[(place + lap) % len(MARKERS)] for outlet, (place, lap) in places.items()}


def outlet_hatches(outlets: Iterable[str]) -> dict[str, str]:
    """Give each outlet its hatch, so that colour is never the only cue."""
    places = _places(outlets)
    return {outlet: HATCHES[(place + lap) % len(HATCHES)] for outlet, (place, lap) in places.items()}


def _places(outlets: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The place in the palette that each name's checksum points to, or the next that is free.

    A lap begins when every place is taken; it shifts the markers and hatches by one.
    """
    places, taken, lap = {}, set(), 0
    for outlet in sorted({outlet for outlet in outlets if isinstance(outlet, str)}):
        if len(taken) == len(PALETTE):
            taken, lap = set(), lap + 1
        place = zlib.crc32(outlet.encode("utf-8", "replace")) % len(PALETTE)
        while place in taken:
            place = (place + 1) % len(PALETTE)
        taken.add(place)
        places[outlet] = (place, lap)
    return places


def note_in(ax: Axes, text: str) -> Axes:
    """Say in the middle of empty axes why there is nothing to draw."""
    ax.text(0.5, 0.5, text, ha="center", va="center", transform=ax.transAxes, color="0.35")
    ax.set_axis_off()
    return ax


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
