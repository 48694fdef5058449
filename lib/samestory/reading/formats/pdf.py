"""PDF files to drafts: their text in reading order, without the heads and feet that run over the pages.

A PDF holds pieces of text and their places, no paragraphs. Pieces that follow one another on one height are
a line; a file draws one column after the other. A paragraph ends where the gap to the next line is wider than
usual, where the next line is indented, or where a line stops short after a full stop.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, pairwise
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from samestory.reading.draft import Block, Draft, FromFile, Problem, split_blocks

_MOST_PAGES = 300  # more is a book, or a whole newspaper
_MOST_PIECES = 60_000  # of text on a page
_EDGE = 3  # lines at the top and the foot of a page that may be running heads
_REPEATED = 0.5  # of the pages
# What browsers print above and below a page: day, hour and title; address and number.
_PRINTED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}.*|(?P<url>(?:https?|file)://\S+)\s+\d+/\d+")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])-$")


class _Line(NamedTuple):
    left: float
    top: float  # height of its base line, from the foot of the page
    size: float  # of the letters
    text: str


def read_pdf(data: bytes, source: str) -> FromFile:
    """Read the text of a PDF.

    Raises:
        ValueError: it is damaged or locked, or holds pictures of text only.
    """
    from pypdf import PdfReader  # slow to load

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("it is locked with a password; unlock it first")
    pages = [_lines(page) for page in reader.pages[:_MOST_PAGES]]
    if not any(pages):
        raise ValueError("no text is in it, only pictures; copy the article into a .txt file")
    heads = _running_heads(pages)
    above = "\n\n".join(dict.fromkeys(line.text for line in heads))
    apart = set(heads)
    kept = [line for page in pages for line in page if line not in apart]
    raw = "\n\n".join([*filter(None, [above]), *_paragraphs(kept)])
    draft = Draft(PurePosixPath(source).stem, source, raw)
    draft.url = _printed_address(heads)
    if above:
        start = len(above)
        draft.removed = [(0, start, "running heads of the pages")]
        draft.body = [Block(start + a, start + b) for a, b in split_blocks(raw[start:])]
    problems = [Problem(source, "read from a PDF: columns and captions may be mixed up; check its text")]
    if len(reader.pages) > _MOST_PAGES:
        problems.append(Problem(source, f"only the first {_MOST_PAGES} pages were read; split it"))
    return FromFile([draft], problems)


def _lines(page: Any) -> list[_Line]:
    """The page's lines in reading order: column by column, from the top."""
    pieces: list[_Line] = []

    def take(text: str, matrix: Any, at: Any, _font: Any, size: float) -> None:
        text = text.translate(_LIGATURES)
        if text.strip() and len(pieces) < _MOST_PIECES:
            x, y = _place(at, matrix)
            height = abs(size * (at[3] or 1) * (matrix[3] or 1)) or 10.0
            pieces.append(_Line(x, y, height, text))

    plain = page.extract_text(visitor_text=take)
    lines = list(_joined(pieces))
    if not lines or sum(len(line.text) for line in lines) < 0.8 * len("".join(plain.split())):
        plain = plain.translate(_LIGATURES)
        return [_Line(0, 0, 10.0, text) for text in map(str.strip, plain.split("\n")) if text]
    return lines


def _place(at: Any, matrix: Any) -> tuple[float, float]:
    """A piece's place on the page: that of the text, moved by that of the drawing."""
    return (
        at[4] * matrix[0] + at[5] * matrix[2] + matrix[4],
        at[4] * matrix[1] + at[5] * matrix[3] + matrix[5],
    )


def _joined(pieces: list[_Line]) -> Iterator[_Line]:
    """Pieces that follow one another on one height as lines; a file draws a column before the next."""
    held: list[_Line] = []
    for piece in pieces:
        same = held and abs(piece.top - held[-1].top) < 0.4 * held[-1].size and piece.left >= held[0].left
        if held and not same:
            yield from _split(held)
            held = []
        held.append(piece)
    yield from _split(held)


def _split(held: list[_Line]) -> Iterator[_Line]:
    """One line of its pieces, or more where a piece holds line breaks."""
    if held:
        text = "".join(piece.text for piece in held)
        for part in filter(None, (" ".join(part.split()) for part in text.split("\n"))):
            yield _Line(held[0].left, held[0].top, held[0].size, part)


def _running_heads(pages: list[list[_Line]]) -> list[_Line]:
    """The lines at the edges of pages that return at the same height on most of them, numbers aside."""
    edges = [{_place_of(line): line for line in page[:_EDGE] + page[-_EDGE:]} for page in pages]
    seen = Counter(chain.from_iterable(edges))
    least = max(2, _REPEATED * len(pages))
    return [
        line
        for page in edges
        for place, line in page.items()
        if seen[place] >= least or _PRINTED.fullmatch(line.text)
    ]


def _printed_address(heads: list[_Line]) -> str | None:
    """The page's address, where a browser printed it and did not shorten it."""
    found = (match["url"] for line in heads if (match := _PRINTED.fullmatch(line.text)))
    return next((url for url in found if url and url.startswith("http") and "…" not in url), None)


def _place_of(line: _Line) -> tuple[str, int]:
    return _shape(line.text), round(line.top / line.size)


def _shape(text: str) -> str:
    return _NUMBER.sub("#", " ".join(text.split()).lower())


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    if not lines:
        return
    # A quarter of the way up: where paragraphs are short, half of all gaps lie between two of them.
    gaps = sorted(a.top - b.top for a, b in pairwise(lines) if 0.8 * a.size < a.top - b.top < 4 * a.size)
    usual = gaps[len(gaps) // 4] if gaps else 12.0
    width = max(map(len, (line.text for line in lines)))
    held = lines[0].text
    for above, line in pairwise(lines):
        gap = above.top - line.top
        same_column = gap > 0
        apart = same_column and gap > 1.35 * usual
        larger = abs(above.size - line.size) > 0.15 * above.size
        indented = same_column and above.size < line.left - above.left < 4 * above.size
        ended = bool(_SENTENCE_END.search(above.text))
        short = ended and len(above.text) < 0.75 * min(width, _near_width(lines, line))
        if apart or larger or (ended and indented) or short:
            yield held
            held = line.text
        elif _BROKEN_WORD.search(held) and line.text[:1].islower():
            held = held[:-1] + line.text
        else:
            held = f"{held} {line.text}"
    yield held


def _near_width(lines: list[_Line], line: _Line) -> int:
    """The letters of a full line in the line's column."""
    return max(len(other.text) for other in lines if abs(other.left - line.left) < 2 * line.size)
