"""What every figure shares: one fixed colour and marker per outlet, sizes, and alternative text."""

import itertools
from collections.abc import Iterable

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.axes import Axes

# Okabe & Ito (2008), Color Universal Design, without yellow, which is unreadable on white.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
HATCHES = ("", "//", "..", "xx", "\\\\", "oo", "++")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")


def outlet_colours(outlets: Iterable[str]) -> dict[str, str]:
    """One fixed colour per outlet, by the outlets' alphabetical order; colours recur after seven."""
    return dict(zip(sorted(set(outlets)), itertools.cycle(PALETTE), strict=False))


def outlet_markers(outlets: Iterable[str]) -> dict[str, str]:
    """One fixed marker per outlet, so that colour is never the only cue."""
    return dict(zip(sorted(set(outlets)), itertools.cycle(MARKERS), strict=False))


def outlet_hatches(outlets: Iterable[str]) -> dict[str, str]:
    """One fixed hatch per outlet, so that colour is never the only cue."""
    return dict(zip(sorted(set(outlets)), itertools.cycle(HATCHES), strict=False))


def show_figure(ax: Axes, *, alt: str) -> None:
    """Display the figure of `ax` with alternative text in the output's metadata, and close it."""
    figure = ax.figure
    display(figure, metadata={"image/png": {"alt": alt}})
    plt.close(figure)
