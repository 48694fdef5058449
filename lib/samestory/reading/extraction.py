"""Which lines of a page are its article.

trafilatura (Barbaresi 2021, ACL demo) finds the article, in its mode for precision; where that gives next to
nothing, in its usual one. Its choice is mended line by line from what stands in the page (ours; each rule
names what it is for): extractors drop a subheading or a short answer between two paragraphs, and keep
captions and links to other articles.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from typing import Any, NamedTuple

from samestory.reading import furniture
from samestory.reading.alignment import align, letters_of
from samestory.reading.draft import Block
from samestory.reading.page import Line, Page

_LEAST = 200  # letters; an article that is shorter is doubted
_HOME_SHARE = 0.15  # of the article's letters that stand in an element, for it to be a home of its paragraphs
_PARAGRAPH = 60  # letters of a paragraph that an extractor should not have missed
_DIALOGS = "//*[@role='dialog' or @role='alertdialog' or @aria-modal='true']"
_STAYING = ("html", "body", "main", "article")
_CAPTION = re.compile(r"caption|\bcredit", re.I)
_BESIDE = re.compile(
    r"related|recirc|promo|newsletter|subscri|sign-?up|recommend|read-?(?:next|more)|most-|popular|trending"
    r"|outbrain|taboola|sponsor|advert|\bbio\b|author-?(?:bio|box|card|info)|share|social|comment|disclaim"
    r"|copyright|breadcrumb|toolbar|tags?\b|byline",
    re.I,
)
_ASIDES = frozenset({"aside", "button", "figcaption", "figure", "footer", "form", "nav"})
_CELLS = frozenset({"dd", "dt", "li", "td"})
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_RUNNING = frozenset({"article", "body", "center", "div", "main", "p", "section"})
_NAME_WORDS = 6
_FEW_WORDS = 5  # a link of fewer words is a name or an address, not the headline of another article


class Extracted(NamedTuple):
    """What was found of an article."""

    lines: set[int]  # indices; empty where its text does not stand in the page's order
    text: str  # as the extractor gives it
    failure: str | None  # why there is none
    size: int  # letters of the lines


def extract(tree: Any, page: Page, title: str | None) -> Extracted:
    """Find the article among the lines of a page; the tree stays as it is.

    Args:
        title: the headline, which tells it from another article in the page.
    """
    letters = [letters_of(page.raw[line.start : line.end]) for line in page.lines]
    story = _without_prompts(tree, page, letters)
    text, failure = _trafilatura(story, favor_precision=True)
    if len(letters_of(text)) < _LEAST and not failure:
        text = max(text, _trafilatura(story)[0], key=len)
    if len(letters_of(text)) < _LEAST and tree.xpath("//aside"):
        story = deepcopy(story)  # some pages set their article in what extractors pass over
        for aside in list(story.iter("aside")):
            aside.tag = "div"
        text = max(text, _trafilatura(story)[0], key=len)
    held = align(letters, text.split("\n"))
    if 2 * sum(len(letters[index]) for index in held) < len(letters_of(text)):
        return Extracted(set(), text, failure, len(letters_of(text)))
    article = _Article(page, letters, held)
    article.leave_hidden()
    article.take_in()
    article.leave_beside()
    article.leave_further_articles(letters_of(title or ""))
    return Extracted(article.held, text, failure, article.size(article.held))


def paragraphs(page: Page, lines: Iterable[int]) -> list[Block]:
    """The places of the lines, those of one sentence together: pages set a name in it in a block of its own."""
    blocks: list[Block] = []
    before = None
    ordered = sorted(lines)
    for place, index in enumerate(ordered):
        line = page.lines[index]
        behind = ordered[place + 1] if place + 1 < len(ordered) else None
        if before == index - 1 and blocks and _runs_on(page, before, index, behind):
            blocks[-1] = Block(blocks[-1].start, line.end)
        else:
            blocks.append(Block(line.start, line.end))
        before = index
    return blocks


def _runs_on(page: Page, before: int, index: int, behind: int | None) -> bool:
    """Does a line go on with the sentence of the one before: it begins in lower case, or the one behind it does?"""
    lines = page.lines
    texts = [
        page.raw[lines[at].start : lines[at].end]
        for at in (before, index, *([] if behind is None else [behind]))
    ]
    if (
        lines[before].element.tag not in _RUNNING
        or lines[index].element.tag not in _RUNNING
        or not _goes_on(texts[0])
    ):
        return False
    name = len(texts[1].split()) <= _NAME_WORDS and _goes_on(texts[1]) and behind == index + 1
    return texts[1][0].islower() or (
        name and texts[2][0].islower() and lines[index + 1].element.tag in _RUNNING
    )


def _goes_on(text: str) -> bool:
    return text[-1].isalnum() or text[-1] in ",-–—’'\""


def _trafilatura(tree: Any, *, favor_precision: bool = False) -> tuple[str, str | None]:
    """The article's text, or why there is none."""
    import trafilatura  # slow to load

    for name in ("trafilatura", "htmldate"):  # they log every odd page; what matters is in the problems table
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        # It works on the tree that it is given.
        found = trafilatura.extract(deepcopy(tree), include_comments=False, favor_precision=favor_precision)
    except Exception as error:  # hostile pages break it in ways that nobody can list
        return "", f"the page is damaged ({type(error).__name__} while looking for the article)"
    return found or "", None


def _without_prompts(tree: Any, page: Page, letters: list[str]) -> Any:
    """The tree less dialogs and what asks for consent, which may be longer than the article."""
    everything, asking = Counter[Any](), Counter[Any]()
    for line, text in zip(page.lines, letters, strict=True):
        if furniture.asks_consent(page.raw[line.start : line.end]):
            for element in (line.element, *line.element.iterancestors()):
                asking[element] += len(text)
    if not asking and not tree.xpath(_DIALOGS):
        return tree
    for line, text in zip(page.lines, letters, strict=True):
        for element in (line.element, *line.element.iterancestors()):
            everything[element] += len(text)
    prompts = {e for e in asking if e.tag not in _STAYING and asking[e] > 0.8 * everything[e]}
    prompts.update(tree.xpath(_DIALOGS))
    story = deepcopy(tree)
    twins = [twin for element, twin in zip(tree.iter(), story.iter(), strict=True) if element in prompts]
    for twin in twins:
        if twin.getparent() is not None:
            twin.drop_tree()
    return story


class _Article:
    """The lines that are held to be the article, and the elements that its paragraphs stand in."""

    def __init__(self, page: Page, letters: list[str], held: set[int]):
        self.lines, self.raw, self.letters = page.lines, page.raw, letters
        self.held = held
        homes = Counter[Any]()
        for index in held:
            parent = self.lines[index].element.getparent()
            if parent is not None:
                homes[parent] += len(letters[index])
        least = _HOME_SHARE * sum(homes.values())
        self.homes = {element for element, size in homes.items() if size >= least}
        self.holders = {self.lines[index].element for index in held}

    def take_in(self) -> None:
        """Lines between two of the article's that stand where its paragraphs stand; whole paragraphs outside them."""
        first, last = min(self.held, default=0), max(self.held, default=-1)
        for index, line in enumerate(self.lines):
            if index in self.held or len(self.letters[index]) < 3 or not self._is_at_home(line):
                continue
            text = self.raw[line.start : line.end]
            whole = len(self.letters[index]) >= _PARAGRAPH and line.linked <= 0.1
            whole = (
                whole
                and line.element.getparent() in self.homes
                and line.element.tag in ("p", "li", "blockquote")
            )
            if first < index < last or (whole and _SENTENCE_END.search(text[-4:])):
                self.held.add(index)
                self.holders.add(line.element)

    def leave_hidden(self) -> None:
        self._leave({index for index in self.held if self.lines[index].hidden})

    def leave_beside(self) -> None:
        """Captions, and headlines of other articles that are links to them."""
        self._leave({index for index in self.held if _is_caption(self.lines[index])})
        self._leave({index for index in self.held if self._is_link(self.lines[index])})

    def leave_further_articles(self, title: str) -> None:
        """What follows in an element of its own that begins with a headline, or below a second main headline."""
        further: set[int] = set()
        own = None
        for element, lines in self._by_article().items():
            if element is None or self.size(lines) < _LEAST:
                continue
            if own is None or any(title and self.letters[index] == title for index in lines):
                further, own = (
                    (further, element) if own is None else (further | set(self._by_article()[own]), element)
                )
            elif self.lines[min(lines)].element.tag in ("h1", "h2", "h3"):
                further |= set(lines)
        main = [
            index for index, line in enumerate(self.lines) if line.element.tag == "h1" and self.letters[index]
        ]
        told = next(
            (place for place, index in enumerate(main) if title and self.letters[index] == title), None
        )
        if told is not None and len(main) == told + 2:
            behind = {index for index in self.held if index >= main[-1]}
            before = {index for index in self.held if main[told] < index < main[-1]}
            if min(self.size(behind), self.size(before)) >= _LEAST:
                further |= behind
        self.held -= further

    def _by_article(self) -> dict[Any, list[int]]:
        """The lines by the outermost article element that they stand in, in page order."""
        found: dict[Any, list[int]] = {}
        for index in sorted(self.held):
            element = self.lines[index].element
            outermost = next(
                (one for one in reversed([element, *element.iterancestors()]) if one.tag == "article"), None
            )
            found.setdefault(outermost, []).append(index)
        return found

    def size(self, lines: Iterable[int]) -> int:
        return sum(len(self.letters[index]) for index in lines)

    def _leave(self, others: set[int]) -> None:
        """Leave lines, unless they are most of the article."""
        rest = self.held - others
        if 2 * self.size(rest) >= self.size(self.held):
            self.held = rest

    def _is_at_home(self, line: Line) -> bool:
        element = line.element
        if line.linked > 0.5 or line.hidden or element.tag in _ASIDES or _is_caption(line):
            return False
        above = [element, *element.iterancestors()][: 4 if element.tag in _CELLS else 2]
        if element.tag == "div" and element.getparent() in self.holders:  # a name within a sentence
            return not _BESIDE.search(_names(element))
        home = next((place for place, one in enumerate(above) if one in self.homes), None)
        return home is not None and not any(_BESIDE.search(_names(one)) for one in above[:home])

    def _is_link(self, line: Line) -> bool:
        text = self.raw[line.start : line.end]
        is_heading = re.fullmatch("h[1-6]", line.element.tag)
        return (
            line.linked > 0.8 and len(text.split()) >= _FEW_WORDS and not is_heading and text[0] not in '"“„«'
        )


def _is_caption(line: Line) -> bool:
    above = [line.element, *line.element.iterancestors()][:3]
    return any(
        one.tag in ("figcaption", "figure")
        or (one.tag not in ("body", "html", "article") and _CAPTION.search(_names(one)))
        for one in above
    )


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
