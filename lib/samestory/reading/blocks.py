"""Raw text to blocks (its paragraphs, as places in the raw text) and blocks back to clean text."""

import re
import sys
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

# Marks without width or meaning of their own: soft hyphen, zero-width space, word joiner, byte order
# mark, direction marks. The zero-width joiners stay: emoji and some scripts need them.
INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_SPACE = "".join(filter(str.isspace, map(chr, range(sys.maxunicode + 1))))
_CONTROL = "".join(
    character
    for character in map(chr, range(0x100))
    if unicodedata.category(character) == "Cc" and not character.isspace()
)
_EDGE = _SPACE + _CONTROL + INVISIBLE
_TABLE = str.maketrans(dict.fromkeys(INVISIBLE)) | str.maketrans(dict.fromkeys(_CONTROL, " "))
_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
# "the US-\nUkrainian deal": a line broken at a hyphen goes on without a space.
_BROKEN_AT_HYPHEN = re.compile(r"(?<=[^\W\d_]-)[\r\n]+\s*(?=[^\W\d_])")

_WRAP_WIDTHS = range(40, 131)  # characters; wider lines are paragraphs, narrower ones lists or verse
_WRAP_PAIRS = 4


class Block(NamedTuple):
    """A paragraph's place in the raw text, without the space around it."""

    start: int
    end: int


def split_blocks(raw: str) -> list[Block]:
    """Split a raw text into paragraphs: its lines, or groups of lines where it is hard-wrapped."""
    lines = []
    for match in _LINE.finditer(raw):
        block = strip_block(raw, match.start(), match.end())
        if block.start < block.end:
            lines.append(block)
    width = _wrap_width(raw, lines)
    return lines if width is None else _join_wrapped(raw, lines, width)


def strip_block(raw: str, start: int, end: int) -> Block:
    """The span without the space and the invisible characters at its edges."""
    passage = raw[start:end]
    left = len(passage) - len(passage.lstrip(_EDGE))
    return Block(start + left, max(start + left, start + len(passage.rstrip(_EDGE))))


def plain(passage: str) -> str:
    """One line, single spaces, no invisible characters; nothing else changes."""
    return " ".join(_BROKEN_AT_HYPHEN.sub("", passage).translate(_TABLE).split())


def join_blocks(raw: str, blocks: Iterable[Block], cuts: list[tuple[int, int, str]]) -> str:
    """The text of the blocks less what was cut, one blank line between two paragraphs."""
    cuts = sorted(cuts)
    paragraphs, next_cut = [], 0
    for start, end in blocks:
        pieces, position = [], start
        while next_cut < len(cuts) and cuts[next_cut][1] <= start:
            next_cut += 1
        index = next_cut
        while index < len(cuts) and cuts[index][0] < end:
            pieces.append(raw[position : max(position, cuts[index][0])])
            position = max(position, cuts[index][1])
            index += 1
        pieces.append(raw[position:end])
        paragraphs.append(plain("".join(pieces)))
    return "\n\n".join(filter(None, paragraphs))


def _wrap_width(raw: str, lines: list[Block]) -> int | None:
    """The width at which a text was wrapped, None where lines are paragraphs.

    In a wrapped text the next line's first word would not have fitted: that holds for nearly all
    lines with a line right below, and many of them stop in mid-sentence.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if _adjacent(raw, a, b)]
    if len(pairs) < _WRAP_PAIRS:
        return None
    lengths = sorted(a.end - a.start for a, _ in pairs)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if width not in _WRAP_WIDTHS:
        return None
    full = [a for a, b in pairs if _no_room(raw, a, b, width)]
    open_ends = [a for a in full if not _SENTENCE_END.search(raw[max(a.start, a.end - 4) : a.end])]
    if len(full) < 0.7 * len(pairs) or len(open_ends) < 0.5 * len(full):
        return None
    return width


def _join_wrapped(raw: str, lines: list[Block], width: int) -> list[Block]:
    blocks = [lines[0]]
    for previous, line in pairwise(lines):
        if _adjacent(raw, previous, line) and _runs_on(raw, previous, line, width):
            blocks[-1] = Block(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return blocks


def _runs_on(raw: str, previous: Block, line: Block, width: int) -> bool:
    if _no_room(raw, previous, line, width):
        return True
    ended = _SENTENCE_END.search(raw[max(previous.start, previous.end - 4) : previous.end])
    return not ended and raw[line.start].islower()


def _adjacent(raw: str, first: Block, second: Block) -> bool:
    return len(_BREAKS.findall(raw, first.end, second.start)) == 1


def _no_room(raw: str, first: Block, second: Block, width: int) -> bool:
    word = raw[second.start : min(second.end, second.start + width)].split(None, 1)[0]
    # A tenth of slack: mail programs and terminals differ by a few characters within one text.
    return first.end - first.start + 1 + len(word) > 0.9 * width
