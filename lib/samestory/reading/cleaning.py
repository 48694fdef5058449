"""Raw text to the clean body of an article: clutter is cut, with its place and kind, never lost.

Every character of the raw text is in the body, or in one of the cut passages (`removed`), or space.
A wrong cut of prose would silence an outlet, kept clutter only adds noise: in doubt, a line stays.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from samestory.reading import furniture, heading
from samestory.reading.dates import whole_date
from samestory.reading.draft import Block, Removed, join_blocks, plain, split_blocks

_LONG = 60  # characters of a paragraph that no article holds twice
_FEWEST_TOLD = 3  # paragraphs
_BOX_BLOCKS = 3  # at the end of an article of more, where boxes about authors stand
_HEAD_BLOCKS = 15  # the top of a page, where headline, byline and menus stand


class Cleaned(NamedTuple):
    """An article's body, and what stands about it at the top of its text."""

    text: str
    published: datetime | None
    updated: datetime | None
    stated: dict[str, str]  # title, author, outlet, url, language, where lines of the page name them
    removed: list[Removed]


def clean(
    raw: str, *, title: str | None = None, body: list[Block] | None = None, removed: Iterable[Removed] = ()
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
    desk.cut_second_telling()
    desk.cut_tail()
    cuts = _without_overlaps([*removed, *desk.cuts])
    text = join_blocks(raw, blocks, cuts)
    published = desk.published or desk.updated
    updated = desk.updated if published and desk.updated and desk.updated > published else None
    return Cleaned(text, published, updated, desk.stated, cuts)


class _Desk:
    """One article being edited: its blocks, which of them are gone, and the cuts made so far."""

    def __init__(self, raw: str, blocks: list[Block], title: str | None):
        self.blocks = blocks
        self.passages = [raw[block.start : block.end] for block in blocks]
        self.prose = [heading.is_prose(passage) for passage in self.passages]
        self.stated: dict[str, str] = {} if title is None else {"title": title}
        self.given = title is not None
        self.published: datetime | None = None
        self.updated: datetime | None = None
        self.cuts: list[Removed] = []
        self.gone: set[int] = set()

    def read_head(self) -> None:
        """Go down the first lines: metadata, menus, headline and its repetitions."""
        before_prose = True
        for index, passage in enumerate(self.passages[:_HEAD_BLOCKS]):
            line = heading.read_top_line(passage)
            if before_prose:
                field = heading.header_field(passage)
                if field and (self._top_line(index, line) if line else self._header_field(index, *field)):
                    continue
                kind = furniture.clutter_kind(passage, edge=True)
                if kind:
                    self.cut(index, kind)
                    continue
            if line and self._top_line(index, line):
                continue
            title = self.stated.get("title")
            if title and self._repeats(index, title):
                continue
            if furniture.caption_cut(passage):
                continue  # cut with the rest
            if title and before_prose and self._bare_byline(index):
                continue
            if self.prose[index] and self.published is None and before_prose:
                self.published = heading.dateline_date(passage)
            before_prose = before_prose and not self.prose[index]
            # A headline has prose below it; a lone line is the article itself.
            below = any(self.prose[index + 1 :])
            if before_prose and not title and below and heading.is_headline(passage):
                self.stated["title"] = plain(passage)
                self.cut(index, "headline")

    def cut_lines(self) -> None:
        """Cut what is clutter wherever it stands."""
        for index, passage in enumerate(self.passages):
            if index in self.gone:
                continue
            kind = furniture.clutter_kind(passage)
            if plain(passage) == self.stated.get("author"):
                kind = "publication time and byline"
            caption = None if kind else furniture.caption_cut(passage)
            if kind:
                self.cut(index, kind)
            elif caption:
                self.cut(index, caption.reason, caption.start)

    def cut_second_telling(self) -> None:
        """Cut the text where it is told a second time, for telephones beside desks, or pasted twice."""
        told = [(i, text) for i, text in enumerate(map(plain, self.passages)) if len(text) >= _LONG]
        texts = [text for _, text in told]
        half = next((n for n, text in enumerate(texts) if text == texts[0] and n), 0)
        # A refrain or a list comes back in pieces; a text comes back from its beginning, in its order, whole.
        if (
            half >= _FEWEST_TOLD
            and len(set(texts[:half])) == half
            and texts[half:] == texts[: len(texts) - half]
            and 2 * half <= len(texts) + 1
        ):
            for index in range(told[half][0], told[-1][0] + 1):
                if index not in self.gone:
                    self.cut(index, "told again")

    def cut_tail(self) -> None:
        """Cut language switchers and lists of other articles below the last paragraph of prose."""
        n = len(self.passages)
        for index in range(n // 2, n):
            below = (self.passages[at] for at in range(index + 1, n))
            if furniture.heads_comments(self.passages[index], below):
                for comment in range(index, n):
                    if comment not in self.gone:
                        self.cut(comment, "comments")
                break
        rest = [index for index, prose in enumerate(self.prose) if prose and index not in self.gone]
        for index in rest[max(_BOX_BLOCKS, len(rest) - _BOX_BLOCKS) :]:
            if furniture.is_author_box(self.passages[index], self.stated.get("author")):
                self.cut(index, "about the author")
        last = max((i for i, prose in enumerate(self.prose) if prose and i not in self.gone), default=-1)
        listing = False
        for index in range(last + 1, len(self.blocks)):
            passage = self.passages[index]
            listing = listing or (last >= 0 and furniture.heads_other_articles(passage))
            if index not in self.gone:
                kind = furniture.clutter_kind(passage, edge=last >= 0)
                if kind or listing:
                    self.cut(index, kind or "other articles")

    def cut(self, index: int, reason: str, start: int = 0, end: int | None = None) -> None:
        """Cut a block, or a part of it, whose offsets count within the block."""
        if start == 0 and end is None:
            self.gone.add(index)
        if start != end:
            at, stop = self.blocks[index]
            self.cuts.append((at + start, stop if end is None else at + end, reason))

    def _header_field(self, index: int, name: str, value: str) -> bool:
        """Take what a line such as "Date: 4 July 2025" states; False where it is no such line after all."""
        if name == "published":
            self.published = self.published or whole_date(value)
            if self.published is None:
                return False
        elif name != "other":
            self.stated.setdefault(name, plain(value))
        self.cut(index, f"page header: {name if name != 'other' else 'details'}")
        return True

    def _top_line(self, index: int, line: heading.TopLine) -> bool:
        """Take what a line of metadata states; False where another headline than ours stands in it."""
        passage = self.passages[index]
        start, end = line.headline or (0, 0)
        headline = passage[start:end]
        title = self.stated.get("title")
        if headline and title and not heading.same_headline(headline, title):
            return False
        self.published = self.published or line.published
        self.updated = self.updated or line.updated
        if line.author:
            self.stated.setdefault("author", line.author)
        if not headline:
            self.cut(index, "publication time and byline")
            return True
        self.stated.setdefault("title", plain(headline))
        self.cut(index, "publication time", 0, start)
        self.cut(index, "headline", start, end)
        self.cut(index, "publication time", end, len(passage))
        self.gone.add(index)
        return True

    def _bare_byline(self, index: int) -> bool:
        """Cut a name that stands alone beside the time of publication: the author's, or the outlet's."""
        name = plain(self.passages[index])
        beside = [at for at in (index - 1, index + 1) if 0 <= at < len(self.passages)]
        if not heading.is_name(name) or not any(heading.read_top_line(self.passages[at]) for at in beside):
            return False
        self.cut(index, "publication time and byline")
        return True

    def _repeats(self, index: int, title: str) -> bool:
        """Cut the title where the block is it, or opens with it; True when nothing of the block is left."""
        passage, only_prose = self.passages[index], self.prose[index] and index == len(self.blocks) - 1
        if heading.same_headline(passage, title) and not only_prose:
            self.cut(index, "headline" if self.given and not self.gone else "headline repeated")
            return True
        end = heading.repeated_title(passage, title)
        title_words = len(title.split())
        if end is None or title_words < 4 or not heading.begins_anew(passage[end:]):
            return False
        caption = furniture.caption_cut(passage[end:].strip())
        is_caption = caption is not None and caption.start == 0
        long_prose = heading.is_prose(passage[end:]) and len(passage[end:].split()) >= 8
        if is_caption or (long_prose and title_words >= 5):
            self.cut(index, "headline repeated", 0, end)
        if is_caption:
            self.cut(index, "picture caption", end)
            self.gone.add(index)
        return is_caption


def _without_overlaps(cuts: Iterable[Removed]) -> list[Removed]:
    """Sorted cuts; of two that overlap, the earlier and longer one keeps the shared characters."""
    kept: list[Removed] = []
    position = 0
    for start, end, reason in sorted(cuts, key=lambda cut: (cut[0], -cut[1], cut[2])):
        if end > position:
            kept.append((max(start, position), end, reason))
            position = end
    return kept
