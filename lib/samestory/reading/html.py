"""Saved web pages to drafts. The page is parsed, never run; nothing is fetched.

The raw text of a page is its visible text, one block element a line (`page`). The article's paragraphs
among these lines are those that `extraction` finds; the rest is cut as "outside the article". Headline, date,
author and outlet come from what the page says of itself (`page_metadata`).
"""

import re
from itertools import chain, pairwise
from pathlib import PurePosixPath
from typing import Any

from samestory.reading.alignment import letters_of
from samestory.reading.article_lines import LEAST, paragraphs
from samestory.reading.draft import Draft, FromFile, Problem, join_blocks, split_blocks
from samestory.reading.encoding import decode, mend_encoding
from samestory.reading.extraction import Extracted, extract
from samestory.reading.furniture import stands_for_no_article
from samestory.reading.json_ld import story_node
from samestory.reading.language_of import tell_language
from samestory.reading.page import Page, parse, read_page
from samestory.reading.page_metadata import read_metadata

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAGS = re.compile(
    r"</?(?:p|br|div|span|h[1-6]|article|section|ul|li|a|em|strong|b|i|blockquote|figure)\b[^<>]{0,2000}>",
    re.I,
)
_SHORT = 300  # letters; an article that is shorter may stand where the page does not show it
_FEW_WORDS = 120  # of a page that stands in an article's place


def looks_like_html(text: str, *, whole_page: bool = False) -> bool:
    """Is it the source of a web page (or, unless `whole_page`, a piece of one)?"""
    return bool(_PAGE.match(text)) or (not whole_page and len(_TAGS.findall(text[:20000])) >= 2)


def read_html(data: bytes, source: str) -> FromFile:
    """Read a saved web page.

    Raises:
        ValueError: it is binary, no text is visible in it, or it says itself that it is no article.
    """
    decoded = decode(data)
    mended = mend_encoding(decoded.text)
    tree = parse(mended.text)
    page = None if tree is None else read_page(tree)
    if page is None or not page.raw.strip():
        raise ValueError("no text is visible in the page; copy the article into a .txt file")
    draft = Draft(PurePosixPath(source).stem, source, page.raw, **read_metadata(tree, page))
    found = extract(tree, page, draft.title)
    if found.size < _SHORT:
        page, found = _look_behind(tree, page, found, draft.title)
        draft.raw = page.raw
    problems = [Problem(source, note) for note in (decoded.note, mended.note, found.failure) if note]
    if found.lines:
        draft.body = paragraphs(page, found.lines)
        edges = pairwise([0, *chain(*draft.body), len(draft.raw)])
        gaps = list(edges)[::2]  # every other one is a block of the body
        draft.removed = [(*gap, "outside the article") for gap in gaps if draft.raw[slice(*gap)].strip()]
    elif found.text:
        draft.raw = found.text  # it stands in the page in another order, or in a script
        problems.append(
            Problem(source, "its paragraphs were not found again in the page; what was cut is not kept")
        )
    else:
        problems.append(Problem(source, "no article was recognised in the page; all its text was taken"))
    text = join_blocks(draft.raw, draft.body or split_blocks(draft.raw), ())
    if len(text.split()) < _FEW_WORDS and stands_for_no_article(f"{draft.title}\n{text}"):
        shown = draft.title or text[:60]
        raise ValueError(
            f"it is no article, but a page that says {shown!r}; open the address again and save that page"
        )
    told = tell_language(text)
    draft.language = told or draft.language  # templates state a language that their articles are not in
    return FromFile([draft], problems)


def _look_behind(tree: Any, page: Page, found: Extracted, title: str | None) -> tuple[Page, Extracted]:
    """An article that the page holds and does not show: for browsers without scripts, or for programs."""
    body = story_node(tree, [title or ""]).text("articleBody") or ""
    if len(letters_of(body)) >= max(LEAST, 2 * found.size):
        return page, Extracted(set(), text_of_html(body) if looks_like_html(body) else body, None, 0)
    veiled = list(tree.iter("noscript", "template"))
    if sum(len(letters_of("".join(one.itertext()))) for one in veiled) >= max(LEAST, 2 * found.size):
        for one in veiled:
            one.tag = "div"
        shown = read_page(tree)
        more = extract(tree, shown, title)
        if more.size >= 2 * found.size:
            return shown, more
    return page, found


def text_of_html(text: str) -> str:
    """The visible text of a piece of HTML, such as the text column of a table; one paragraph a line."""
    tree = parse(text)
    return text if tree is None else read_page(tree).raw
