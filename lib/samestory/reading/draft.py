"""A file on its way to the articles table: its bytes decoded, its text in blocks, a draft of an article.

A text's encoding is looked for in this order: byte order mark, the encoding that the page declares, strict
UTF-8, Windows-1252 (the usual one of older English pages), charset-normalizer. The last two are guesses, and
said to be. Blocks are the paragraphs, kept as places in the raw text.
"""

import codecs
import hashlib
import html
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from samestory import tables

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
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""", re.I)
_DECLARED_WITHIN = 2048  # bytes; browsers look no further than 1,024
# UTF-8 read as Windows-1252: "itâ€™s", "cafÃ©". Only then is the (slow) repair asked.
_MOJIBAKE = re.compile("[ÂÃâÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8}[0-9]{0,2});")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.01
_FOREIGN_SHARE = 0.15  # of the letters; an English text has far fewer letters beyond ASCII


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


class Decoded(NamedTuple):
    """A file's text and what had to be guessed to get it (None when nothing)."""

    text: str
    note: str | None


def decode(data: bytes) -> Decoded:
    """Decode a file.

    Raises:
        ValueError: it is binary, or no encoding fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(name), None)
            except UnicodeDecodeError:
                return Decoded(
                    data.decode(name, "replace"), f"its {name} text is damaged; � marks the places"
                )
    wide = _wide_without_mark(data)
    if wide is not None:
        return wide
    head = data[:65536]
    if len(_BINARY.findall(head)) > _BINARY_SHARE * len(head):
        raise ValueError("it is not text (binary data); save the article as text, UTF-8")
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    names = [declared[1].decode("ascii")] if declared and b"<" in data[:_DECLARED_WITHIN] else []
    for name in [*names, "utf-8"]:
        try:
            return Decoded(data.decode(name), None)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess(data)


def mend(text: str) -> Decoded:
    """Undo wrong decoding and left-over HTML entities; curly quotation marks stay as they are."""
    text = tables.whole(text)
    notes = []
    if _MOJIBAKE.search(text):
        import ftfy  # slow to load and seldom needed

        fixed = ftfy.fix_encoding(text)
        if fixed != text:
            text = fixed
            notes.append("its text had been decoded wrongly (such as â€™ for ’) and was repaired")
    if len(_ENTITY.findall(text)) >= 1:
        plain = tables.whole(html.unescape(text))
        if plain != text:
            text = plain
            notes.append("HTML codes in it (such as &amp;) were turned into their characters")
    return Decoded(text, "; ".join(notes) or None)


def _wide_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: English text then has a zero in every other byte."""
    head = data[:2000]
    half = len(head) // 2
    if half < 4:
        return None
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        other = head[0::2] if name == "utf-16-le" else head[1::2]
        if zeros.count(0) > 0.7 * half and other.count(0) < 0.05 * half:
            try:
                return Decoded(data.decode(name), f"its encoding isn't stated; it was read as {name}")
            except UnicodeDecodeError:
                return None
    return None


def _guess(data: bytes) -> Decoded:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    letters = sum(map(str.isalpha, text))
    foreign = sum(character.isalpha() for character in text if character > "\x7f")
    if text and foreign <= _FOREIGN_SHARE * letters:
        return Decoded(text, "its encoding isn't stated and not UTF-8; it was read as Windows-1252")
    from charset_normalizer import from_bytes  # slow to load and seldom needed

    best = from_bytes(data).best()
    if best is None:
        raise ValueError("its encoding can't be told; save it as UTF-8")
    return Decoded(str(best), f"its encoding isn't stated; it was guessed to be {best.encoding}")


@dataclass
class Draft:
    """One article as a file gives it, before cleaning; None where the file states nothing."""

    article_id: str
    source: str  # the file, relative to the folder; for a table with the row
    raw: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    published: datetime | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    body: list[Block] | None = None  # paragraphs within raw, where the file's kind tells them
    removed: list[tuple[int, int, str]] = field(default_factory=list)

    def tidy(self) -> None:
        """One line a field, no lone surrogates, None where nothing is left."""
        for name in ("title", "outlet", "author", "url", "language"):
            value = getattr(self, name)
            text = tables.whole(value) if isinstance(value, str) else ""
            setattr(self, name, " ".join(text.split()) or None)


class Problem(NamedTuple):
    """A row of the problems table: which file, and what was wrong, where, and what to do."""

    file: str
    reason: str


class FromFile(NamedTuple):
    """What one file gave."""

    drafts: list[Draft]
    problems: list[Problem]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
