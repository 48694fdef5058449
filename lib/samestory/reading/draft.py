"""An article on its way from a file to the articles table."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from samestory.reading.blocks import Block

_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold


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
            text = _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else ""
            setattr(self, name, " ".join(text.split()) or None)


class Problem(NamedTuple):
    """A row of the problems table: which file, and what was wrong, where, and what to do."""

    file: str
    reason: str


class Reading(NamedTuple):
    """What one file gave."""

    drafts: list[Draft]
    problems: list[Problem]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
