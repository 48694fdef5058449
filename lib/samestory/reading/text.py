"""Text files to drafts."""

from collections.abc import Callable
from pathlib import PurePosixPath

from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.encoding import decode, mend
from samestory.reading.html import looks_like_html, read_html


def read_text(data: bytes, source: str, *, marks: Callable[[Draft], str | None] | None = None) -> FromFile:
    """Read a text file, or a web page that was saved under a text file's name.

    Args:
        marks: takes from a draft what is no word of the article, such as the marks of Markdown; returns what
            went wrong.
    Raises:
        ValueError: it is binary or its encoding can't be told.
    """
    decoded = decode(data)
    if looks_like_html(decoded.text, whole_page=True):
        return read_html(data, source)
    mended = mend(decoded.text)
    draft = Draft(PurePosixPath(source).stem, source, mended.text)
    wrong = marks(draft) if marks else None
    notes = [note for note in (decoded.note, mended.note, wrong) if note]
    return FromFile([draft], [Problem(source, "; ".join(notes))] if notes else [])
