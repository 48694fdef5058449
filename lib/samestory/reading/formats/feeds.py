"""News in XML to drafts: RSS and Atom feeds, WordPress exports, NITF and NewsML-G2 of news agencies."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from samestory.reading.dates import whole_date
from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.html import looks_like_html, text_of_html
from samestory.reading.limits import xml_of

_TEASER = 60  # words; a feed's summary is seldom longer, an article seldom as short


def read_xml(data: bytes, source: str) -> FromFile:
    """Read a file of news in XML, told by its root element.

    Raises:
        ValueError: it is none of the kinds that are read, or no article is in it.
    """
    root = xml_of(data)
    kind = _name(root)
    if kind == "html":
        raise ValueError("a web page in XML; name the file .html")
    readers = dict.fromkeys(("rss", "feed", "RDF"), _feed) | dict.fromkeys(
        ("newsItem", "newsMessage"), _newsml
    )
    readers["nitf"] = _nitf
    if kind not in readers:
        known = "RSS, Atom, NITF and NewsML-G2 are read"
        raise ValueError(f"an XML file of a kind that is not known (<{kind[:40]}>); {known}")
    reading = FromFile([], [])
    for number, draft in enumerate(readers[kind](root, source), 1):
        place = f"{source}, item {number}"
        if not draft.raw.strip():
            reading.problems.append(Problem(place, "no text; not read"))
            continue
        draft.source = place
        draft.article_id = f"{PurePosixPath(source).stem} {number}"
        reading.drafts.append(draft)
    if not reading.drafts and not reading.problems:
        raise ValueError("no article is in it")
    if len(reading.drafts) == 1 and kind == "nitf":
        reading.drafts[0].source, reading.drafts[0].article_id = source, PurePosixPath(source).stem
    teasers = [draft.source for draft in reading.drafts if len(draft.raw.split()) < _TEASER]
    if teasers and readers[kind] is _feed:
        short = f"{len(teasers)} of {len(reading.drafts)} items hold a summary only, not the article"
        reading.problems.append(Problem(source, f"{short}; save the pages that they link to"))
    return reading


def _feed(root: Any, source: str) -> Iterator[Draft]:
    channel = next(root.iter("{*}channel"), root)
    outlet = _text(channel, "title")
    language = _text(channel, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    for item in root.iter("{*}item", "{*}entry"):
        stated = (_text(item, name) for name in ("encoded", "content", "summary", "description"))
        texts = [_plain(text) for text in stated if text]
        draft = Draft("", source, max(texts, key=len, default=""))
        draft.title = _plain(_text(item, "title") or "")
        draft.outlet = _text(item, "source") or outlet
        draft.url = _text(item, "link") or _attribute(item, "link", "href")
        draft.author = _text(item, "creator") or _author(item)
        draft.published = _date([_text(item, name) for name in ("pubDate", "published", "date", "updated")])
        draft.language = _short(language)
        yield draft


def _nitf(root: Any, source: str) -> Iterator[Draft]:
    title = _text_of(next(root.iter("hl1"), None)) or _text_of(next(root.iter("title"), None))
    body = next(root.iter("body.content"), None)
    # What is no paragraph of the story (media, tables) has captions of its own.
    lines = [] if body is None else [_text_of(node) for node in body.iter("p", "hl2") if not _in_media(node)]
    draft = Draft("", source, "\n\n".join(filter(None, lines)))
    draft.title = title
    byline = _text_of(next(root.iter("byline"), None))
    draft.author = byline.removeprefix("By ").removeprefix("by ") if byline else None
    draft.outlet = _attribute(root, "doc.copyright", "holder") or _attribute(root, "pubdata", "name")
    stated = [_attribute(root, "date.issue", "norm"), _attribute(root, "pubdata", "date.publication")]
    draft.published = _date([*stated, _attribute(root, "story.date", "norm")])
    yield draft


def _newsml(root: Any, source: str) -> Iterator[Draft]:
    items = [root] if _name(root) == "newsItem" else list(root.iter("{*}newsItem"))
    for item in items:
        inline = next(item.iter("{*}inlineXML", "{*}inlineData"), None)
        if inline is None:
            continue
        nitf = next(inline.iter("{*}nitf"), None)
        inner = None if nitf is None else next(_nitf(_without_namespaces(nitf), source))
        draft = inner or Draft("", source, _paragraphs(inline))
        draft.title = _text_of(next(item.iter("{*}headline"), None)) or draft.title
        byline = _text_of(next(item.iter("{*}by"), None))
        draft.author = byline.removeprefix("By ") if byline else draft.author
        holder = next(item.iter("{*}copyrightHolder"), None)
        provider = next(item.iter("{*}provider"), None)
        draft.outlet = _named(provider) or _named(holder) or draft.outlet
        made = [_text(item, name) for name in ("contentCreated", "firstCreated", "versionCreated")]
        draft.published = _date(made) or draft.published
        language = next((node.get("tag") for node in item.iter("{*}language") if node.get("tag")), None)
        draft.language = _short(language)
        yield draft


def _paragraphs(inline: Any) -> str:
    """The paragraphs of a story in XHTML or as plain text."""
    lines = [_text_of(node) for node in inline.iter("{*}p", "{*}h2", "{*}h3")]
    return "\n\n".join(filter(None, lines)) or _plain("".join(inline.itertext()))


def _without_namespaces(root: Any) -> Any:
    copy = etree.fromstring(etree.tostring(root))
    for node in copy.iter():
        if isinstance(node.tag, str):
            node.tag = _name(node)
    return copy


def _named(node: Any) -> str | None:
    if node is None:
        return None
    return _text_of(next(node.iter("{*}name"), None)) or node.get("literal") or _text_of(node)


def _in_media(node: Any) -> bool:
    apart = ("media", "media-caption", "table", "block.media")
    return any(_name(above) in apart for above in node.iterancestors())


def _author(item: Any) -> str | None:
    author = next((child for child in item if _name(child) == "author"), None)
    name = None if author is None else _text(author, "name") or _text_of(author)
    return name if name and "@" not in name.split()[0] else None


def _text(node: Any, name: str) -> str | None:
    """The text of a child element, whatever its namespace."""
    for child in node.iter():
        if child is not node and _name(child) == name and _parent_is(child, node):
            return ("".join(child.itertext()).strip() or None) if not len(child) else _inner(child)
    return None


def _parent_is(child: Any, node: Any) -> bool:
    """A child of the node itself, or of its metadata (NewsML-G2 keeps dates there)."""
    above = child.getparent()
    return above is node or _name(above) in ("contentMeta", "itemMeta")


def _inner(node: Any) -> str:
    """The markup within an element: Atom's content may be XHTML."""
    return (node.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in node)


def _attribute(node: Any, name: str, attribute: str) -> str | None:
    found = (child.get(attribute) for child in node.iter() if _name(child) == name)
    return next(filter(None, found), None)


def _text_of(node: Any) -> str | None:
    return None if node is None else " ".join("".join(node.itertext()).split()) or None


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _plain(text: str) -> str:
    return text_of_html(text) if looks_like_html(text) or "&" in text or "</" in text else text.strip()


def _date(stated: list[str | None]) -> datetime | None:
    for text in filter(None, stated):
        when = whole_date(text)
        if when is None:
            try:
                when = parsedate_to_datetime(text).replace(tzinfo=None)
            except (ValueError, TypeError, OverflowError):
                continue
        return when
    return None


def _short(language: str | None) -> str | None:
    return language.replace("_", "-").split("-")[0].lower() if language else None
