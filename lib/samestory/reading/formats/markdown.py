"""Markdown files to drafts: the front matter (YAML or TOML), and the marks that are no words.

Notes of Obsidian, its web clipper and static site generators open with such a block. Obsidian calls an
article's address `source`, and writes names as links ("[[Jane Doe]]").
"""

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from samestory.reading.draft import Block, Draft, FromFile, split_blocks
from samestory.reading.limits import yaml_of
from samestory.reading.tabular import fields_of
from samestory.reading.text import read_text

_FRONT_MATTER = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<block>.{0,20000}?)\r?\n(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|$)",
    re.S,
)
_FIELD = re.compile(r"\s*(?:[\w\"'. -]{1,60}[:=]|-\s|#|\[)")
_HEADING_MARK = re.compile(r"#{1,6}\s+|>\s?|[-*+]\s+(?=\S)")
_INLINE_MARKS = re.compile(
    r"(?P<image>!\[[^\]\n]{0,300}\]\([^)\n]{0,600}\)|!\[\[[^\]\n]{1,300}\]\])"
    r"|(?P<wiki>\[\[(?:[^\]|\n]{1,300}\|)?|\]\])"
    r"|(?P<open>\[)(?=[^\]\n]{1,300}\]\([^)\n]{1,600}\))"
    r"|(?P<target>\]\([^)\n]{1,600}\))"
    r"|(?P<emphasis>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|`)"
)
_WIKI = re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]\n]*)\]\]")


def read_markdown(data: bytes, source: str) -> FromFile:
    """Read a Markdown file.

    Raises:
        ValueError: it is binary or its encoding can't be told.
    """
    return read_text(data, source, marks=_take_marks)


def _take_marks(draft: Draft) -> str | None:
    wrong = _read_front_matter(draft)
    _mark_body(draft)
    return wrong


def _read_front_matter(draft: Draft) -> str | None:
    """Take what the block at the top states and cut it; what is wrong with it where it can't be read."""
    front = _FRONT_MATTER.match(draft.raw)
    if not front:
        return None
    try:
        is_toml = front["fence"] == "+++"
        stated = tomllib.loads(front["block"]) if is_toml else yaml_of(front["block"])
    except (ValueError, RecursionError) as error:
        if not all(map(_FIELD.match, filter(None, front["block"].splitlines()))):
            return None  # lines between two rules
        draft.removed.append((0, front.end(), "front matter"))
        return f"its front matter was not read: {error}"
    if not isinstance(stated, dict):
        return None  # lines between two rules
    draft.removed.append((0, front.end(), "front matter"))
    with suppress(ValueError):  # a date that cannot be read is looked for in the text
        draft.take(_fields(stated))
    return None


def _fields(stated: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a front matter: an address under `source` is no outlet, and links are their names."""
    named = {str(key): _without_links(value) for key, value in stated.items()}
    source = named.get("source")
    if isinstance(source, str) and urlsplit(source.strip()).scheme in ("http", "https"):
        named.setdefault("url", source)
        del named["source"]
    return fields_of(named)


def _without_links(value: Any) -> Any:
    if isinstance(value, list):
        # "[[Jane Doe]]" without quotes is a list in a list of YAML
        inner = (one[0] if isinstance(one, list) and len(one) == 1 else one for one in value[:50])
        return [_without_links(one) for one in inner]
    return _WIKI.sub(r"\1", value) if isinstance(value, str) else value


def _mark_body(draft: Draft) -> None:
    """Mark what Markdown adds to the words, and find the paragraphs."""
    raw = draft.raw
    start = draft.removed[-1][1] if draft.removed else 0
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
