"""Text files to drafts."""

from pathlib import PurePosixPath

from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.encoding import decode, mend
from samestory.reading.html import looks_like_html, read_html


def read_text(data: bytes, source: str) -> FromFile:
    """Read a text file, or a web page that was saved under a text file's name.

    Raises:
        ValueError: it is binary or its encoding can't be told.
    """
    decoded = decode(data)
    if looks_like_html(decoded.text, whole_page=True):
        return read_html(data, source)
    mended = mend(decoded.text)
    draft = Draft(PurePosixPath(source).stem, source, mended.text)
    notes = [note for note in (decoded.note, mended.note) if note]
    return FromFile([draft], [Problem(source, "; ".join(notes))] if notes else [])
