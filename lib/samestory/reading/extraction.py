"""Which lines of a page are its article.

trafilatura (Barbaresi 2021, ACL demo) finds the article, in its mode for precision; where that gives next to
nothing, in its usual one. `article_lines` mends its choice.
"""

import logging
from collections import Counter
from copy import deepcopy
from typing import Any, NamedTuple

from samestory.reading import furniture
from samestory.reading.alignment import align, letters_of
from samestory.reading.article_lines import LEAST, ArticleLines
from samestory.reading.page import Page

_DIALOGS = "//*[@role='dialog' or @role='alertdialog' or @aria-modal='true']"
_STAYING = ("html", "body", "main", "article")


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
    if len(letters_of(text)) < LEAST and not failure:
        text = max(text, _trafilatura(story)[0], key=len)
    if len(letters_of(text)) < LEAST and tree.xpath("//aside"):
        story = deepcopy(story)  # some pages set their article in what extractors pass over
        for aside in list(story.iter("aside")):
            aside.tag = "div"
        text = max(text, _trafilatura(story)[0], key=len)
    held = align(letters, text.split("\n"))
    if 2 * sum(len(letters[index]) for index in held) < len(letters_of(text)):
        return Extracted(set(), text, failure, 0)
    article = ArticleLines(page, letters, held)
    article.leave_hidden()
    article.take_in()
    article.leave_copy()
    article.leave_beside()
    article.leave_further_articles(letters_of(title or ""))
    return Extracted(article.held, text, failure, article.size(article.held))


def _trafilatura(tree: Any, *, favor_precision: bool = False) -> tuple[str, str | None]:
    """The article's text, or why there is none."""
    import trafilatura  # slow to load

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs every odd page
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
