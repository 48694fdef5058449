"""What the readers of press databases share: the lines of an export, and the article that some make."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

CLOCK = r"\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s*(?:GMT|BST|UTC|[ECMP][SD]?T))?"
COPYRIGHT = re.compile(r"(?:copyright\b|©|\(c\)).{0,20}\d{4}", re.I)


class Line(NamedTuple):
    """A line that is not empty, without the space around it."""

    start: int
    end: int
    text: str  # with single spaces
    raw: str


class Article(NamedTuple):
    """An article of an export: what its fields state, and where its body lies in the file's text."""

    fields: Mapping[str, str | None]
    published: datetime | None
    body: list[tuple[int, int]]  # from character to character


class Marks(NamedTuple):
    """What divides an export: the line that opens an article, or the one that closes it."""

    first: re.Pattern | None = None
    last: re.Pattern | None = None


def whole(lines: list[Line]) -> Article:
    """A part without the fields of its database: it is kept whole."""
    return Article({}, None, span(lines, 0, len(lines)))


def span(lines: list[Line], first: int, last: int, *, skip: int = 0) -> list[tuple[int, int]]:
    """Where the lines from the first to before the last lie, without so many characters of the first."""
    if first >= last:
        return []
    return [(lines[first].start + skip, lines[last - 1].end)]


def label(text: str, labels: tuple[str, ...]) -> str | None:
    """The name of a field that a line opens with, such as "length" of "LENGTH: 355 words"."""
    name = text.partition(":")[0].strip().lower()
    return name if ":" in text and name in labels else None


def byline(text: str) -> str | None:
    """The names of a byline."""
    return re.sub(r"^(?:by|par)\s+", "", text.strip(), flags=re.I).rstrip(";,. ") or None


def is_name(text: str) -> bool:
    """Could it be a byline without "By": two to six words, each with a capital?"""
    words = re.sub(r"[;,]|\band\b", " ", text).split()
    capitals = all(word[:1].isupper() for word in words)
    return 2 <= len(words) <= 6 and capitals and not text.endswith((".", "!", "?"))
