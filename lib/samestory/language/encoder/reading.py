"""One pass of the encoder over an article, in windows of whole paragraphs, for every question to read."""

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from samestory.language.encoder.layers import READING, encode
from samestory.language.encoder.pieces import Pieces, pieces_of

OWN = 320  # pieces at most that are a window's own
BEFORE, AFTER = 112, 16  # pieces of context
_SENTENCE_ENDS = (".", "?", "!", '"', "”")


class Window(NamedTuple):
    """A stretch of an article that is encoded at once; all numbers are pieces of the article."""

    first: int  # of the context before
    own: int  # from here to own_end each piece of the article is one window's own
    own_end: int
    last: int  # after the context that follows

    @property
    def rows(self) -> slice:
        """The rows of the window's states that are of its own pieces."""
        return slice(self.own - self.first + 1, self.own_end - self.first + 1)


class Reading:
    """An article in pieces, and the encoder's states of them.

    Attributes:
        pieces: of the whole article, with breaks between lines.
        windows: which pieces were encoded together.
        states: of each window, an array × 384 of the mark for its begin, its pieces with the context, and the
            mark for its end.
    """

    def __init__(self, pieces: Pieces, windows: list[Window], states: list[np.ndarray]):
        self.pieces, self.windows, self.states = pieces, windows, states

    @cached_property
    def own_states(self) -> np.ndarray:
        """State of each piece of the article, read in the window whose own it is: pieces × 384."""
        own = [rows[w.rows] for w, rows in zip(self.windows, self.states, strict=True)]
        return np.concatenate(own) if own else np.zeros((0, 384), np.float32)

    def within(self, start: int, end: int) -> slice:
        """The pieces that share characters with start:end; breaks at the edges are left out."""
        first = int(np.searchsorted(self.pieces.end, start, side="right"))
        return slice(first, max(first, int(np.searchsorted(self.pieces.start, end, side="left"))))


def read(text: str, *, run: Callable[[list[np.ndarray]], list[np.ndarray]] | None = None) -> Reading:
    """Encode a text once, for all that is read from it.

    Args:
        run: encodes windows of pieces, as `encode` does; the shipped layers when None.
    """
    pieces = pieces_of(text, breaks=True)
    windows = windows_of(text, pieces)
    ids = [pieces.ids[window.first : window.last] for window in windows]
    return Reading(pieces, windows, run(ids) if run else encode(ids, READING))


def windows_of(text: str, pieces: Pieces, *, own: int = OWN, before: int = BEFORE) -> list[Window]:
    """Whole lines up to so many pieces; a longer line is cut after a sentence where one ends."""
    breaks = np.flatnonzero(pieces.word < 0)
    cuts = [0]
    while len(pieces) - cuts[-1] > own:
        here = cuts[-1]
        lines = breaks[(breaks > here) & (breaks <= here + own)]
        cuts.append(int(lines[-1]) if len(lines) else _last_sentence_end(text, pieces, here, own))
    cuts.append(len(pieces))
    return [
        Window(max(0, first - before), first, end, min(len(pieces), end + AFTER))
        for first, end in pairwise(cuts)
        if first < end
    ]


def _last_sentence_end(text: str, pieces: Pieces, first: int, own: int) -> int:
    """Where to cut a line that is too long: after its last sentence that fits, or else where it must."""
    for place in range(first + own, first + own // 2, -1):
        before = text[pieces.end[place - 1] - 1]
        if before in _SENTENCE_ENDS and pieces.start[place] > pieces.end[place - 1]:
            return place
    return first + own
