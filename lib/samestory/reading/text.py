"""Text and Markdown files to drafts."""

import re
from datetime import datetime
from pathlib import PurePosixPath

import yaml

from samestory.reading.dates import parse_published
from samestory.reading.draft import Block, Draft, FromFile, Problem, decode, mend, sha256, split_blocks
from samestory.reading.html import looks_like_html, read_html_text
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
        return read_html_text(decoded, data, source)
    mended = mend(decoded.text)
    draft = Draft(PurePosixPath(source).stem, source, mended.text, sha256(data))
    if source.lower().endswith((".md", ".markdown")):
        _read_markdown(draft)
    notes = [note for note in (decoded.note, mended.note) if note]
    return FromFile([draft], [Problem(source, "; ".join(notes))] if notes else [])


def _read_markdown(draft: Draft) -> None:
    """Take the front matter and mark what Markdown adds to the words."""
    raw = draft.raw
    start = 0
    front = _FRONT_MATTER.match(raw)
    if front and _take_front_matter(draft, front["yaml"]):
        start = front.end()
        draft.removed.append((0, start, "front matter"))
    blocks = []
    for begin, end in split_blocks(raw[start:]):
        block = Block(start + begin, start + end)
        mark = _HEADING_MARK.match(raw, block.start, block.end)
        if mark:
            draft.removed.append((*mark.span(), "Markdown mark"))
            if draft.title is None and not blocks and mark[0].startswith("# "):
                draft.title = re.sub(r"[*_`]", "", raw[mark.end() : block.end]).strip() or None
            block = Block(mark.end(), block.end)
        blocks.append(block)
        for match in _INLINE_MARKS.finditer(raw, block.start, block.end):
            draft.removed.append((*match.span(), "picture" if match["image"] else "Markdown mark"))
    draft.body = blocks


def _take_front_matter(draft: Draft, text: str) -> bool:
    try:
        stated = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    if not isinstance(stated, dict):
        return False
    fields = fields_of({str(key): value for key, value in stated.items()})
    for name in ("title", "outlet", "author", "url", "language"):
        setattr(draft, name, fields.get(name))
    try:
        draft.published = parse_published(fields["published"]) if "published" in fields else None
    except ValueError:
        draft.published = None
    if isinstance(stated.get("date"), datetime):
        draft.published = stated["date"].replace(tzinfo=None)
    return True
