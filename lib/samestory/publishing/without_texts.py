"""A report that may be shared where the articles may not: no passage of more than 25 words."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd
from lxml import html as parser
from lxml.html import HtmlElement

MOST_WORDS = 25  # of a passage; a common measure of what may be quoted without asking (ours)
LEFT_OUT = "The articles' text is not part of this copy of the report."
_WHOLE = ("reading", "parallel")  # the views that show an article from its first word to its last
_CODE = {"script", "style", "code"}
_WORD = re.compile(r"\w+")


def without_texts(page: str, texts: Iterable[str]) -> str:
    """A page without the views of whole articles, and with every passage cut after 25 words.

    Args:
        page: HTML.
        texts: of the articles; what stands in none of them is no passage, however long.
    """
    root = parser.document_fromstring(page)
    known = {run for text in texts for run in _runs(text)}
    for name in _WHOLE:
        for view in root.find_class(name):
            for child in list(view):
                view.remove(child)
            view.text = LEFT_OUT
    for element in list(root.iter()):  # what is cut loses its children
        if isinstance(element.tag, str) and element.tag not in _CODE:
            _cut(element, known)
    return "<!doctype html>\n" + parser.tostring(root, encoding="unicode")


def cut_tables(found: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Tables whose texts are cut after 25 words; the articles' own text is left out."""
    cut = {}
    for name, table in found.items():
        table = table.drop(columns=["text", "raw", "removed"] if name == "articles" else [], errors="ignore")
        texts = [column for column in table if table[column].dtype in ("str", "object")]
        cut[name] = table.assign(
            **{column: table[column].map(_short, na_action="ignore") for column in texts}
        )
    return cut


def _cut(element: HtmlElement, known: set[tuple[str, ...]]) -> None:
    """Cut an element that holds a long passage and no smaller element that holds it."""
    for name, value in element.attrib.items():
        if _holds(value, known):
            element.set(name, _short(value))
    whole = element.text_content()
    if not _holds(whole, known) or any(_holds(child.text_content(), known) for child in element):
        return
    for child in list(element):
        element.remove(child)
    element.text = _short(whole)


def _holds(text: str, known: set[tuple[str, ...]]) -> bool:
    return any(run in known for run in _runs(text))


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    """Every 26 words in a row."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return zip(*(words[n:] for n in range(MOST_WORDS + 1)), strict=False)


def _short(text: object) -> object:
    if not isinstance(text, str):
        return text
    words = list(_WORD.finditer(text))
    return f"{text[: words[MOST_WORDS - 1].end()]} …" if len(words) > MOST_WORDS else text
