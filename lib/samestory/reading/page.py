"""A web page as lines of visible text, one block element a line, each with the element that it stands in."""

import re
from typing import Any, NamedTuple

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from samestory.reading.encoding import mend

# What a browser sets on lines of its own; any other element, known or not, runs on within its line.
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "optgroup", "p", "pre", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_UNSEEN = frozenset({
    "audio", "canvas", "datalist", "embed", "head", "iframe", "math", "noscript", "object", "option",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")


class Line(NamedTuple):
    """A line's place in the page's text, and the block element that it stands in."""

    start: int
    end: int
    element: Any
    linked: float  # share of its characters within links, 0 to 1
    hidden: bool  # by the page's own markup; a script may show it


class Page(NamedTuple):
    """The visible text of a page and its lines, in page order."""

    raw: str
    lines: list[Line]


def parse(text: str) -> Any:
    """The tree of a page's source, or None where there is none."""
    # A declared encoding would be an error in a text that is decoded already.
    text = re.sub(r"<\?xml[^>]{0,200}\?>", "", text[:300]) + text[300:]
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def read_page(tree: Any) -> Page:
    """The words that a browser shows; iterative, as hostile pages nest deeply."""
    texts, lines, length = [], [], 0
    pieces: list[str] = []
    blocks, owner = [tree], tree
    unread, hidden, linked, in_links = 0, 0, 0, 0

    def end_line() -> None:
        nonlocal length, linked
        for text in filter(None, map(str.strip, "".join(pieces).split("\n"))):
            if "&" in text:  # codes that were escaped twice
                text = mend(text).text.replace("\n", " ")
            lines.append(Line(length, length + len(text), owner, min(1.0, linked / len(text)), hidden > 0))
            texts.append(text)
            length += len(text) + 1
        pieces.clear()
        linked = 0

    for event, node in etree.iterwalk(tree, events=("start", "end", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""  # a processing instruction has none
        begins = event == "start"
        if tag:
            step = 1 if begins else -1
            in_links += step * (tag == "a")
            if tag not in _BLOCKS:
                unread += step * (tag in _UNSEEN or _is_hidden(node))
            else:
                end_line()
                hidden += step * _is_hidden(node)
                if begins:
                    blocks.append(node)
                elif len(blocks) > 1:
                    blocks.pop()
                owner = blocks[-1]
        text = node.text if begins else node.tail
        if text and not unread:
            text = text if begins and tag == "pre" else _SPACE.sub(" ", text)
            linked += len(text) if in_links else 0
            pieces.append(text)
    end_line()
    return Page("\n".join(texts), lines)


def _is_hidden(node: Any) -> bool:
    return node.get("hidden") is not None or bool(_HIDING.search(node.get("style") or ""))
