"""Text and Markdown files to drafts."""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath

import yaml

from samestory.reading.draft import Block, Draft, FromFile, Problem, split_blocks
from samestory.reading.encoding import decode, mend
from samestory.reading.html import looks_like_html, read_html
from samestory.reading.tabular import fields_of

_FRONT_MATTER = re.compile(
    r"\s*---[ \t]*\r?\n(?P<yaml>.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S
)
_HEADING_MARK = re.compile(r"#{1,6}\s+|>\s?|[-*+]\s+(?=\S)")
_INLINE_MARKS = re.compile(
    r"(?P<image>!\[[^\]\n]{0,300}\]\([^)\n]{0,600}\))"
    r"|(?P<open>\[)(?=[^\]\n]{1,300}\]\([^)\n]{1,600}\))"
    r"|(?P<target>\]\([^)\n]{1,600}\))"
    r"|(?P<emphasis>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|`)"
)


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
    if source.lower().endswith((".md", ".markdown")):
        _read_markdown(draft)
    notes = [note for note in (decoded.note, mended.note) if note]
    return FromFile([draft], [Problem(source, "; ".join(notes))] if notes else [])


def _read_markdown(draft: Draft) -> None:
    """Take the front matter and mark what Markdown adds to the words."""
    raw, start = draft.raw, 0
    front = _FRONT_MATTER.match(raw)
    if front and _take_front_matter(draft, front["yaml"]):
        start = front.end()
        draft.removed.append((0, start, "front matter"))
    draft.body = []
    for begin, end in split_blocks(raw[start:]):
        begin, end = start + begin, start + end
        mark = _HEADING_MARK.match(raw, begin, end)
        if mark:
            draft.removed.append((*mark.span(), "Markdown mark"))
            if draft.title is None and not draft.body and mark[0].startswith("# "):
                draft.title = re.sub(r"[*_`]", "", raw[mark.end() : end]).strip() or None
            begin = mark.end()
        draft.body.append(Block(begin, end))
        for match in _INLINE_MARKS.finditer(raw, begin, end):
            draft.removed.append((*match.span(), "picture" if match["image"] else "Markdown mark"))


def _take_front_matter(draft: Draft, text: str) -> bool:
    """Take what a YAML block at the top states; False where it is none."""
    try:
        stated = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    if not isinstance(stated, dict):
        return False
    with suppress(ValueError):  # a date that cannot be read is looked for in the text
        draft.take(fields_of(stated))
    if isinstance(stated.get("date"), datetime):
        draft.published = stated["date"].replace(tzinfo=None)
    return True
