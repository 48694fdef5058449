"""What an extractor found in a page, mended line by line from where the lines stand.

Extractors drop a subheading or a short answer between two paragraphs, and keep captions, links to other
articles and what hidden elements hold. The rules are ours; each names what it is for.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from samestory.reading.draft import Block
from samestory.reading.page import Line, Page

LEAST = 200  # letters; an article that is shorter is doubted
_HOME_SHARE = 0.15  # of the article's letters that stand in an element, for it to be a home of its paragraphs
_PARAGRAPH = 60  # letters of a paragraph that an extractor should not have missed
_COPIED = 3  # paragraphs in one line
_FEWEST = 3  # letters of a line that it should not have missed between two others
_CAPTION = re.compile(r"caption|\bcredit", re.I)
_BESIDE = re.compile(
    r"related|recirc|promo|newsletter|subscri|sign-?up|recommend|read-?(?:next|more)|most-|popular|trending"
    r"|outbrain|taboola|sponsor|advert|\bbio\b|author-?(?:bio|box|card|info)|share|social|comment|disclaim"
    r"|copyright|breadcrumb|toolbar|tags?\b|byline",
    re.I,
)
_ASIDES = frozenset({"aside", "button", "figcaption", "figure", "footer", "form", "nav"})
_CELLS = frozenset({"dd", "dt", "li", "td"})
_PLAIN = frozenset({"article", "body", "center", "div", "main", "p", "section"})
_PARAGRAPHS = frozenset({"blockquote", "li", "p"})
_HEADLINES = frozenset({"h1", "h2", "h3"})
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_LINK_WORDS = 5  # a link of fewer words is a name or an address, not the headline of another article
_NAME_WORDS = 6
_MOST_ARTICLES = 3  # in one page; more are the posts of a live blog or the items of a list


class ArticleLines:
    """The lines that are held to be the article, and the elements that its paragraphs stand in."""

    def __init__(self, page: Page, letters: list[str], held: set[int]):
        self.lines, self.raw, self.letters = page.lines, page.raw, letters
        self.held = held
        sizes = Counter[Any]()
        for index in held:
            sizes[self.lines[index].element.getparent()] += len(letters[index])
        least = _HOME_SHARE * sum(sizes.values())
        self.homes = {element for element, size in sizes.items() if element is not None and size >= least}
        self.holders = {self.lines[index].element for index in held}

    def size(self, lines: Iterable[int]) -> int:
        """Their letters."""
        return sum(len(self.letters[index]) for index in lines)

    def leave_hidden(self) -> None:
        """What the page hides, such as a second copy for programs."""
        self._leave({index for index in self.held if self.lines[index].hidden})

    def leave_copy(self) -> None:
        """A line that holds the paragraphs beside it once more, as pages keep one for programs."""
        long = [self.letters[index] for index in self.held if len(self.letters[index]) >= _PARAGRAPH]
        large = 0.2 * self.size(self.held)
        for index in sorted(index for index in self.held if len(self.letters[index]) >= large):
            line = self.letters[index]
            parts = {text for text in long if text in line and text != line}
            if len(parts) >= _COPIED and sum(map(len, parts)) >= 0.7 * len(line):
                self.held.remove(index)

    def take_in(self) -> None:
        """Lines where the article's paragraphs stand, between two of them, and paragraphs around them."""
        first, last = min(self.held, default=0), max(self.held, default=-1)
        for index, line in enumerate(self.lines):
            if index in self.held or len(self.letters[index]) < _FEWEST or not self._is_at_home(line):
                continue
            if first < index < last or self._is_paragraph(index):
                self.held.add(index)
                self.holders.add(line.element)

    def leave_beside(self) -> None:
        """Captions, and headlines of other articles that are links to them."""
        self._leave({index for index in self.held if _is_caption(self.lines[index])})
        self._leave({index for index in self.held if self._is_link(self.lines[index])})

    def leave_further_articles(self, title: str) -> None:
        """Another article in the page: in an element of its own, or below a second main headline.

        Args:
            title: the letters of the headline, "" where there is none.
        """
        self.held -= self._in_further_elements(title) | self._below_second_headline(title)

    def _in_further_elements(self, title: str) -> set[int]:
        groups: dict[Any, set[int]] = {}
        for index in sorted(self.held):
            above = [self.lines[index].element, *self.lines[index].element.iterancestors()]
            outermost = next((one for one in reversed(above) if one.tag == "article"), None)
            groups.setdefault(outermost, set()).add(index)
        groups.pop(None, None)
        whole = [lines for lines in groups.values() if self.size(lines) >= LEAST]
        if not 1 < len(whole) <= _MOST_ARTICLES:
            return set()
        own = next(
            (lines for lines in whole if any(self.letters[index] == title for index in lines)), whole[0]
        )
        others = [lines for lines in whole if lines is not own]
        return set().union(*(lines for lines in others if self.lines[min(lines)].element.tag in _HEADLINES))

    def _below_second_headline(self, title: str) -> set[int]:
        main = [i for i, line in enumerate(self.lines) if line.element.tag == "h1" and self.letters[i]]
        own = [i for i in main if self.letters[i] == title]
        # With more of them behind it they are the article's own subheadings.
        if not own or main[-2:-1] != own[:1]:
            return set()
        behind = {index for index in self.held if index >= main[-1]}
        above = {index for index in self.held if own[0] < index < main[-1]}
        return behind if min(self.size(behind), self.size(above)) >= LEAST else set()

    def _leave(self, others: set[int]) -> None:
        """Leave lines, unless they are most of the article."""
        rest = self.held - others
        if 2 * self.size(rest) >= self.size(self.held):
            self.held = rest

    def _is_at_home(self, line: Line) -> bool:
        element = line.element
        if line.linked > 0.5 or line.hidden or element.tag in _ASIDES or _is_caption(line):
            return False
        if element.tag == "div" and element.getparent() in self.holders:  # a name within a sentence
            return not _BESIDE.search(_names(element))
        above = [element, *element.iterancestors()][: 4 if element.tag in _CELLS else 2]
        home = next((place for place, one in enumerate(above) if one in self.homes), None)
        return home is not None and not any(_BESIDE.search(_names(one)) for one in above[:home])

    def _is_paragraph(self, index: int) -> bool:
        line = self.lines[index]
        if line.element.tag not in _PARAGRAPHS or line.element.getparent() not in self.homes:
            return False
        is_whole = _SENTENCE_END.search(self.raw[line.end - 4 : line.end]) is not None
        return is_whole and len(self.letters[index]) >= _PARAGRAPH and line.linked <= 0.1

    def _is_link(self, line: Line) -> bool:
        text = self.raw[line.start : line.end]
        if line.linked <= 0.8 or re.fullmatch("h[1-6]", line.element.tag):
            return False
        return len(text.split()) >= _LINK_WORDS and text[0] not in '"“„«'


def paragraphs(page: Page, lines: Iterable[int]) -> list[Block]:
    """The places of the lines, those of one sentence as one: pages set a name in it in a block of its own."""
    blocks: list[Block] = []
    ordered = sorted(lines)
    for place, index in enumerate(ordered):
        line = page.lines[index]
        if (
            place
            and ordered[place - 1] == index - 1
            and _runs_on(page, index, ordered[place + 1 : place + 2])
        ):
            blocks[-1] = Block(blocks[-1].start, line.end)
        else:
            blocks.append(Block(line.start, line.end))
    return blocks


def _runs_on(page: Page, index: int, behind: list[int]) -> bool:
    """Does a line go on with the sentence of the one before, or does the one behind it, as after a name?"""
    if not _goes_on(page, index - 1) or page.lines[index].element.tag not in _PLAIN:
        return False
    if page.raw[page.lines[index].start].islower():
        return True
    line = page.lines[index]
    is_name = len(page.raw[line.start : line.end].split()) <= _NAME_WORDS and _goes_on(page, index)
    if not is_name or behind != [index + 1]:
        return False
    return page.lines[index + 1].element.tag in _PLAIN and page.raw[page.lines[index + 1].start].islower()


def _goes_on(page: Page, index: int) -> bool:
    """May the sentence of a line go on in the next one?"""
    line = page.lines[index]
    end = page.raw[line.end - 1]
    return line.element.tag in _PLAIN and (end.isalnum() or end in ",-–—’'\"")


def _is_caption(line: Line) -> bool:
    above = [line.element, *line.element.iterancestors()][:3]
    return any(
        one.tag in ("figcaption", "figure")
        or (one.tag not in ("body", "html", "article") and _CAPTION.search(_names(one)))
        for one in above
    )


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
