"""All pages of a report in one file: one after the other, the links between them kept."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from lxml import html as parser
from lxml.html import HtmlElement

_POINTS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


def in_one(pages: Mapping[str, str]) -> str:
    """The first page with the text of the others behind its own.

    Args:
        pages: file name -> HTML, each with one `main`; their ids may be the same.
    """
    trees = {name: parser.document_fromstring(html) for name, html in pages.items()}
    whole = next(iter(trees.values()))
    front, *others = (_main(tree) for tree in trees.values())
    seen: set[str] = {style.text or "" for style in whole.iter("style")}
    for name, main in zip(trees, [front, *others], strict=True):
        _point_within(main, name, set(trees))
        for style in list(main.iter("style")):
            if style.text in seen:
                style.drop_tree()
            else:
                seen.add(style.text or "")
        if main is not front:
            main.tag = "section"
            main.set("class", "page")
            front.append(main)
        main.set("id", _own(name, ""))
    for link in whole.iter("a"):
        _point_link(link, "", set(trees))
    for skip in whole.find_class("skip"):
        skip.set("href", f"#{front.get('id')}")
    return "<!doctype html>\n" + parser.tostring(whole, encoding="unicode")


def _main(tree: HtmlElement) -> HtmlElement:
    main = tree.find(".//main")
    assert main is not None  # every page of ours has one
    return main


def _point_within(main: HtmlElement, name: str, pages: set[str]) -> None:
    """Give every id of a page the page's name, and let what refers to it follow."""
    for element in main.iter():
        if not isinstance(element.tag, str):
            continue
        if own := element.get("id"):
            element.set("id", _own(name, own))
        for point in _POINTS:
            if value := element.get(point):
                element.set(point, _own(name, value))
        for point in ("xlink:href", "clip-path", "style"):
            if value := element.get(point):
                element.set(point, re.sub(r"(^|url\()#", rf"\1#{PurePath(name).stem}.", value))
        if element.tag == "a":
            _point_link(element, name, pages)


def _point_link(link: HtmlElement, name: str, pages: set[str]) -> None:
    """A link to a page, or to a place of one, becomes a link to a place of this file."""
    file, _, place = link.get("href", "").partition("#")
    if file in pages:
        link.set("href", f"#{_own(file, place)}")
    elif not file and place and name:
        link.set("href", f"#{_own(name, place)}")


def _own(name: str, anchor: str) -> str:
    """The anchor as this file has it; of none, the beginning of the page."""
    return f"{PurePath(name).stem}.{anchor}" if anchor else PurePath(name).stem
