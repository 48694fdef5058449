"""Saved web pages to drafts. The page is parsed, never run; nothing is fetched.

The raw text of a page is its visible text, one block element a line. The article's paragraphs among
these lines are those that trafilatura (Barbaresi 2021, ACL demo) extracts; the rest is cut as
"outside the article". Headline, date, author and outlet come from the page's own metadata
(JSON-LD of schema.org, Open Graph, meta elements), which is written by the outlet itself.
"""

import json
import logging
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain, pairwise
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from samestory.reading.dates import whole_date
from samestory.reading.draft import Block, Draft, FromFile, Problem, split_blocks
from samestory.reading.encoding import decode, mend

_ARTICLE_TYPES = ("article", "blogposting")  # ends of schema.org's names, such as OpinionNewsArticle
_TITLE = ("og:title", "twitter:title", "dc.title", "headline")
_PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "og:published_time",
    "article.published",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
_OUTLET = ("og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAGS = re.compile(
    r"</?(?:p|br|div|span|h[1-6]|article|section|ul|li|a|em|strong|b|i|blockquote|figure)\b[^<>]{0,2000}>",
    re.I,
)
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_UNSEEN = frozenset({
    "audio", "canvas", "datalist", "embed", "head", "iframe", "link", "math", "meta", "noscript", "object",
    "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_NO_LETTERS = re.compile(r"[\W_]+")
_MOST_LINES = 4000  # longer pages are compared line by line as sets; aligning them would take minutes
_SURE_LENGTH = 30  # letters; a shorter line may stand in the article and in a menu


def looks_like_html(text: str, *, whole_page: bool = False) -> bool:
    """Is it the source of a web page (or, unless `whole_page`, a piece of one)?"""
    return bool(_PAGE.match(text)) or (not whole_page and len(_TAGS.findall(text[:20000])) >= 2)


def read_html(data: bytes, source: str) -> FromFile:
    """Read a saved web page.

    Raises:
        ValueError: it is binary, or no text is visible in it.
    """
    decoded = decode(data)
    tree = _parse(decoded.text)
    raw = mend("" if tree is None else _visible_text(tree)).text
    if not raw.strip():
        raise ValueError("no text is visible in the page; copy the article into a .txt file")
    draft = Draft(PurePosixPath(source).stem, source, raw, **_metadata(tree))
    extracted, failure = _extract(decoded.text)
    draft.body = _align(raw, split_blocks(raw), extracted) or None
    problems = [Problem(source, note) for note in (decoded.note, failure) if note]
    if draft.body:
        edges = pairwise([0, *chain(*draft.body), len(raw)])
        gaps = list(edges)[::2]  # every other one is a block of the body
        draft.removed = [(*gap, "outside the article") for gap in gaps if raw[slice(*gap)].strip()]
    else:
        problems.append(Problem(source, "no article was recognised in the page; all its text was taken"))
    return FromFile([draft], problems)


def text_of_html(text: str) -> str:
    """The visible text of a piece of HTML, such as the text column of a table; one paragraph a line."""
    tree = _parse(text)
    return text if tree is None else _visible_text(tree)


def _parse(text: str) -> Any:
    """The page's tree, or None where there is none."""
    # A declared encoding would be an error in a text that is decoded already.
    text = re.sub(r"<\?xml[^>]{0,200}\?>", "", text[:300]) + text[300:]
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _visible_text(tree: Any) -> str:
    """The page's words, one block element a line; iterative, as hostile pages nest deeply."""
    pieces, hidden = [], 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else None  # a comment has none
        hidden += {"start": 1, "end": -1}.get(event, 0) * (tag in _UNSEEN)
        if tag and tag not in _INLINE:
            pieces.append("\n")
        text = node.text if event == "start" else node.tail
        if text and not hidden:
            as_is = event == "start" and tag == "pre"
            pieces.append(text if as_is else re.sub(r"[ \t\r\n\f]+", " ", text))
    return "\n".join(filter(None, map(str.strip, "".join(pieces).split("\n"))))


def _metadata(tree: Any) -> dict[str, Any]:
    """title, published, author, outlet, url, language of a parsed page; None where it says nothing."""
    linked: dict = next(_linked_articles(tree), {})
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (element.get("content") or "").strip():
            meta.setdefault(name.lower(), element.get("content").strip())

    def stated(key: str, names: tuple[str, ...]) -> str | None:
        return _name(linked.get(key)) or next((meta[name] for name in names if name in meta), None)

    title = stated("headline", _TITLE) or _element_text(tree, "h1") or _element_text(tree, "title")
    dates = [_name(linked.get("datePublished")), *(meta.get(name) for name in _PUBLISHED)]
    dates += tree.xpath("//time[@datetime and (@pubdate or @itemprop='datePublished')]/@datetime")[:1]
    url = meta.get("og:url") or next(iter(tree.xpath("//link[@rel='canonical']/@href")), "")
    host = _host(url)
    author = stated("author", _AUTHOR)
    outlet = stated("publisher", _OUTLET) or (host and host.removeprefix("www."))
    language = tree.get("lang") or _name(linked.get("inLanguage")) or meta.get("og:locale")
    return {
        "title": _without_site(title, outlet),
        "published": next(filter(None, map(whole_date, filter(None, dates))), None),
        "author": None if author and "://" in author else author,
        "outlet": outlet.lstrip("@") if outlet else None,
        "url": url if host else None,
        "language": language.replace("_", "-").split("-")[0].lower() if language else None,
    }


def _linked_articles(tree: Any) -> Iterator[dict]:
    """The articles that JSON-LD scripts of the page describe, in page order."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            data = waiting.pop(0)
            if isinstance(data, list):
                waiting[:0] = data
            elif isinstance(data, dict):
                kinds = data.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(str(kind).lower().endswith(_ARTICLE_TYPES) for kind in kinds):
                    yield data
                waiting[:0] = [data.get("@graph"), data.get("mainEntity")]


def _name(value: Any) -> str | None:
    """The text of a JSON-LD value, which may be a text, an object with a name, or a list of such."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:20]))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() or None if isinstance(value, str) else None


def _element_text(tree: Any, tag: str) -> str | None:
    """The text of the first such element."""
    return " ".join(tree.xpath(f"string((//{tag})[1])").split()) or None


def _without_site(title: str | None, outlet: str | None) -> str | None:
    """The headline without the site's name behind it ("Two freed in swap | The Herald")."""
    if title and outlet and title.lower().endswith(outlet.lower()):
        headline = title[: -len(outlet)].rstrip()
        if headline.endswith(("|", "-", "–", "—", "·", ":")):
            return headline.rstrip(" |-–—·:") or title
    return title


def _host(url: str) -> str | None:
    """The host of a web address, None where it is none."""
    try:
        parts = urlsplit(url.strip())
        return parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None


def _extract(text: str) -> tuple[list[str], str | None]:
    """The article's lines as trafilatura finds them, or why it could not."""
    import trafilatura  # slow to load

    for name in ("trafilatura", "htmldate"):  # they log every odd page; what matters is in the problems table
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        body = trafilatura.extract(text, include_comments=False, include_tables=False)
    except Exception as error:  # hostile pages break it in ways that nobody can list
        return [], f"the page is damaged ({type(error).__name__} while looking for the article)"
    return [line for line in (body or "").split("\n") if line.strip()], None


def _align(raw: str, blocks: list[Block], extracted: list[str]) -> list[Block]:
    """The blocks of the page that make up the extracted article, in page order."""
    ours = [_NO_LETTERS.sub("", raw[start:end]).lower() for start, end in blocks]
    theirs = [letters for line in extracted if (letters := _NO_LETTERS.sub("", line).lower())]
    chosen = set()
    if len(ours) <= _MOST_LINES and len(theirs) <= _MOST_LINES:
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        chosen = {match.a + step for match in matcher.get_matching_blocks() for step in range(match.size)}
    whole, lines = "\n".join(theirs), frozenset(theirs)
    for index, letters in enumerate(ours):
        if len(letters) >= _SURE_LENGTH and (
            letters in lines or (len(ours) <= _MOST_LINES and letters in whole)
        ):
            chosen.add(index)
    if sum(len(ours[index]) for index in chosen) < 0.5 * len(whole):
        return []
    return [blocks[index] for index in sorted(chosen)]
