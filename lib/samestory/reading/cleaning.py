"""Raw text to the clean body of an article: clutter is cut, with its place and kind, never lost.

Every character of the raw text is in the body, or in one of the cut passages (`removed`), or space.
A wrong cut of prose would silence an outlet, kept clutter only adds noise: in doubt, a line stays.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from samestory.reading import furniture, heading
from samestory.reading.dates import parse_published
from samestory.reading.draft import Block, join_blocks, plain, split_blocks

HEAD_BLOCKS = 15  # the top of a page, where headline, byline and menus stand


class Cleaned(NamedTuple):
    """An article's body and what its page states about it; None where it states nothing."""

    text: str
    title: str | None
    published: datetime | None
    author: str | None
    fields: dict[str, str]  # outlet, url, language, where header lines name them
    removed: list[tuple[int, int, str]]  # (start, end, reason), offsets in the raw text


def clean(
    raw: str,
    *,
    title: str | None = None,
    body: list[Block] | None = None,
    removed: Iterable[tuple[int, int, str]] = (),
) -> Cleaned:
    """Clean one article.

    Args:
        raw: its decoded text.
        title: the headline, where it is known from elsewhere (page metadata, manifest).
        body: the paragraphs, where they are known (a web page); otherwise the raw text is split.
        removed: what was cut before (marks of Markdown, the page around an article).
    """
    blocks = split_blocks(raw) if body is None else list(body)
    desk = _Desk(raw, blocks, title)
    desk.read_head()
    desk.cut_lines()
    desk.cut_tail()
    cuts = _without_overlaps([*removed, *desk.cuts])
    text = join_blocks(raw, blocks, cuts)
    return Cleaned(text, desk.title, desk.published or desk.updated, desk.author, desk.fields, cuts)


class _Desk:
    """One article being edited: the blocks still standing and the cuts made so far."""

    def __init__(self, raw: str, blocks: list[Block], title: str | None):
        self.raw, self.blocks = raw, blocks
        self.passages = [raw[block.start : block.end] for block in blocks]
        self.prose = [heading.is_prose(passage) for passage in self.passages]
        self.title, self.author = title, None
        self.published, self.updated = None, None
        self.fields: dict[str, str] = {}
        self.cuts: list[tuple[int, int, str]] = []
        self.gone: set[int] = set()

    def read_head(self) -> None:
        """Go down the first lines: metadata, menus, headline and its repetitions."""
        given = self.title is not None
        before_prose = True
        for index, passage in enumerate(self.passages[:HEAD_BLOCKS]):
            if before_prose and self._header_field(index, passage):
                continue
            if before_prose and furniture.clutter_kind(passage, edge=True):
                self.cut(index, furniture.clutter_kind(passage, edge=True))
                continue
            if self._top_line(index, passage):
                continue
            if self.title is not None and self._repeats_title(index, passage, given):
                continue
            if furniture.caption_cut(passage):
                continue  # cut with the rest
            if self.prose[index] and self.published is None and before_prose:
                self.published = heading.dateline_date(passage)
            before_prose = before_prose and not self.prose[index]
            if before_prose and self.title is None and self._is_headline(index, passage):
                self.title = plain(passage)
                self.cut(index, "headline")

    def cut_lines(self) -> None:
        """Cut what is clutter wherever it stands."""
        for index, passage in enumerate(self.passages):
            if index in self.gone:
                continue
            kind = furniture.clutter_kind(passage)
            caption = None if kind else furniture.caption_cut(passage)
            if kind:
                self.cut(index, kind)
            elif caption and caption.end - caption.start == len(passage):
                self.cut(index, caption.reason)
            elif caption:
                start = self.blocks[index].start
                self.cuts.append((start + caption.start, start + caption.end, caption.reason))

    def cut_tail(self) -> None:
        """Cut language switchers and lists of other articles below the last paragraph of prose."""
        last = max((i for i, prose in enumerate(self.prose) if prose and i not in self.gone), default=-1)
        listing = False
        for index in range(last + 1, len(self.blocks)):
            passage = self.passages[index]
            listing = listing or (last >= 0 and furniture.heads_other_articles(passage))
            if index in self.gone:
                continue
            kind = furniture.clutter_kind(passage, edge=last >= 0)
            if kind or listing:
                self.cut(index, kind or "other articles")

    def cut(self, index: int, reason: str) -> None:
        self.gone.add(index)
        self.cuts.append((*self.blocks[index], reason))

    def _header_field(self, index: int, passage: str) -> bool:
        field = heading.header_field(passage)
        if field is None:
            return False
        name, value = field
        if heading.read_top_line(passage):
            return self._top_line(index, passage)
        if name == "published":
            try:
                self.published = self.published or parse_published(value)
            except ValueError:
                return False
        elif name == "title":
            self.title = self.title or plain(value)
        elif name == "author":
            self.author = self.author or plain(value)
        elif name != "other":
            self.fields.setdefault(name, plain(value))
        self.cut(index, f"page header: {name if name != 'other' else 'details'}")
        return True

    def _top_line(self, index: int, passage: str) -> bool:
        line = heading.read_top_line(passage)
        if line is None or (line.headline and (self.title is not None and not self._is_title(passage, line))):
            return False
        self.published = self.published or line.published
        self.updated = self.updated or line.updated
        self.author = self.author or line.author
        start, end = self.blocks[index]
        if line.headline is None:
            self.cut(index, "publication time and byline")
            return True
        self.gone.add(index)
        first, last = line.headline
        self.title = self.title or plain(passage[first:last])
        for piece in (
            (start, start + first, "publication time"),
            (start + first, start + last, "headline"),
            (start + last, end, "publication time"),
        ):
            if piece[0] < piece[1]:
                self.cuts.append(piece)
        return True

    def _is_title(self, passage: str, line: heading.TopLine) -> bool:
        return heading.same_headline(passage[line.headline[0] : line.headline[1]], self.title)

    def _is_headline(self, index: int, passage: str) -> bool:
        """A headline has prose below it; a lone line is the article itself."""
        return heading.is_headline(passage) and any(self.prose[index + 1 :])

    def _repeats_title(self, index: int, passage: str, given: bool) -> bool:
        if heading.same_headline(passage, self.title) and not (
            self.prose[index] and index == len(self.blocks) - 1
        ):
            self.cut(index, "headline" if given and not self.gone else "headline repeated")
            return True
        end = heading.repeated_title(passage, self.title)
        if end is None or len(self.title.split()) < 4:
            return False
        rest = passage[end:]
        if not heading.goes_on_as_caption_or_text(rest):
            return False
        start = self.blocks[index].start
        caption = furniture.caption_cut(rest.strip())
        if caption and caption.start == 0:
            self.cuts.append((start, start + end, "headline repeated"))
            self.cuts.append((start + end, self.blocks[index].end, "picture caption"))
            self.gone.add(index)
            return True
        if heading.is_prose(rest) and len(rest.split()) >= 8 and len(self.title.split()) >= 5:
            self.cuts.append((start, start + end, "headline repeated"))
        return False


def _without_overlaps(cuts: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Sorted cuts; of two that overlap, the earlier and longer one keeps the shared characters."""
    kept, position = [], 0
    for start, end, reason in sorted(cuts, key=lambda cut: (cut[0], -cut[1], cut[2])):
        if end > position:
            kept.append((max(start, position), end, reason))
            position = end
    return kept
