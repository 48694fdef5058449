"""An article on its way to the table: what its file states, and its paragraphs as places in the raw text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate, pairwise
from typing import NamedTuple

from samestory.reading.dates import parse_published
from samestory.tables import whole

# Marks without width or meaning of their own: soft hyphen, zero-width space, word joiner, byte order
# mark, direction marks. The zero-width joiners stay: emoji and some scripts need them.
INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_EMPTY = r"\s\x00-\x1f\x7f-\x9f"  # white space and control characters
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_GAP = re.compile(f"[{_EMPTY}]+")
_SEEN = re.compile(rf"[^{_EMPTY}{INVISIBLE}](?:.*[^{_EMPTY}{INVISIBLE}])?", re.S)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
# "the US-\nUkrainian deal": a line broken at a hyphen goes on without a space.
_BROKEN_AT_HYPHEN = re.compile(r"(?<=[^\W\d_]-)[\r\n]+\s*(?=[^\W\d_])")
_WRAP_WIDTHS = range(40, 131)  # characters; wider lines are paragraphs, narrower ones lists or verse
_WRAP_PAIRS = 4  # lines with another right below them; fewer tell nothing of a width
_TEXTS = ("title", "outlet", "author", "url", "language")

Removed = tuple[int, int, str]  # start and end in the raw text, and the kind of clutter that was cut there


class Block(NamedTuple):
    """A paragraph's place in the raw text, without the space around it."""

    start: int
    end: int


class Problem(NamedTuple):
    """A row of the problems table: which file, and what was wrong, where, and what to do."""

    file: str
    reason: str


@dataclass
class Draft:
    """One article as a file gives it; None where the file states nothing. Named as in ARTICLES."""

    article_id: str
    source: str  # the file, relative to the folder; for a table with the row
    raw: str
    raw_sha256: str = ""  # of the file, or of a table's row; empty until it is known
    title: str | None = None
    outlet: str | None = None
    published: datetime | None = None
    published_from: str | None = None
    updated: datetime | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    body: list[Block] | None = None  # paragraphs within raw, where the file's kind tells them
    removed: list[Removed] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)  # what the user's own columns say of it
    text: str = ""  # once cleaned

    def take(self, stated: Mapping[str, str]) -> None:
        """Take the fields that a table, a manifest or a front matter states.

        Raises:
            ValueError: `published` is no date; all else is taken.
        """
        for name in _TEXTS:
            if name in stated:
                setattr(self, name, stated[name])
        if "published" in stated:
            self.published = parse_published(stated["published"])

    def tidy(self) -> None:
        """One line a field, no lone surrogates, None where nothing is left."""
        for name in _TEXTS:
            setattr(self, name, " ".join(whole(getattr(self, name) or "").split()) or None)


class FromFile(NamedTuple):
    """What one file gave."""

    drafts: list[Draft]
    problems: list[Problem]


def split_blocks(raw: str) -> list[Block]:
    """Split a raw text into paragraphs: its lines, or groups of lines where it is hard-wrapped."""
    breaks = accumulate(map(len, raw.splitlines(keepends=True)), initial=0)
    lines = [
        Block(*seen.span()) for start, end in pairwise(breaks) if (seen := _SEEN.search(raw, start, end))
    ]
    width = _wrap_width(raw, lines)
    if width is None:
        return lines
    blocks = lines[:1]
    for previous, line in pairwise(lines):
        goes_on = not _ended(raw, previous) and raw[line.start].islower()
        if _adjacent(raw, previous, line) and (goes_on or _no_room(raw, previous, line, width)):
            blocks[-1] = Block(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return blocks


def plain(passage: str) -> str:
    """One line, single spaces, no invisible characters; nothing else changes."""
    return _GAP.sub(" ", _INVISIBLE.sub("", _BROKEN_AT_HYPHEN.sub("", passage))).strip()


def join_blocks(raw: str, blocks: Iterable[Block], cuts: Iterable[Removed]) -> str:
    """The text of the blocks less what was cut, one blank line between two paragraphs."""
    left = list(raw)
    for start, end, _ in cuts:
        left[start:end] = [""] * (end - start)
    return "\n\n".join(filter(None, (plain("".join(left[start:end])) for start, end in blocks)))


def _wrap_width(raw: str, lines: list[Block]) -> int | None:
    """The width at which a text was wrapped, None where lines are paragraphs.

    In a wrapped text the next line's first word would not have fitted: that holds for nearly all
    lines with a line right below, and many of them stop in mid-sentence.
    """
    pairs = [(line, below) for line, below in pairwise(lines) if _adjacent(raw, line, below)]
    if len(pairs) < _WRAP_PAIRS:
        return None
    lengths = sorted(line.end - line.start for line, _ in pairs)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if width not in _WRAP_WIDTHS:
        return None
    full = [line for line, below in pairs if _no_room(raw, line, below, width)]
    stopped = sum(_ended(raw, line) for line in full)
    return None if len(full) < 0.7 * len(pairs) or stopped > 0.5 * len(full) else width


def _ended(raw: str, line: Block) -> bool:
    """Does a sentence end with the line?"""
    return _SENTENCE_END.search(raw[max(line.start, line.end - 4) : line.end]) is not None


def _adjacent(raw: str, first: Block, second: Block) -> bool:
    return len(raw[first.end : second.start + 1].splitlines()) == 2


def _no_room(raw: str, first: Block, second: Block, width: int) -> bool:
    """Would the second line's first word not have fitted on the first line?"""
    word = raw[second.start : min(second.end, second.start + width)].split(None, 1)[0]
    # A tenth of slack: mail programs and terminals differ by a few characters within one text.
    return first.end - first.start + 1 + len(word) > 0.9 * width
