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
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from samestory.reading.dates import parse_published
from samestory.reading.draft import (
    Block,
    Decoded,
    Draft,
    FromFile,
    Problem,
    decode,
    mend,
    sha256,
    split_blocks,
)

_ARTICLE_TYPES = (
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "liveblogposting", "blogposting",
)  # fmt: skip
_TITLE = ("og:title", "twitter:title", "dc.title", "headline")
_PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "og:published_time",
    "article.published",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
_OUTLET = ("og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site")
_DEEPEST = 12  # levels of nested JSON that are looked at
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
_LETTERS = re.compile(r"[\W_]+")
_MOST_LINES = 4000  # longer pages are compared line by line as sets; aligning them would take minutes
_SURE_LENGTH = 30  # letters; a shorter line may stand in the article and in a menu


def page_metadata(tree) -> dict:
    """title, published, author, outlet, url, language of a parsed page; None where it says nothing."""
    linked = next(_linked_articles(tree), {})
    meta = _meta_elements(tree)
    title = _name(linked.get("headline")) or _first(meta, _TITLE) or _element_text(tree, "//h1")
    dates = [_name(linked.get("datePublished")), *(meta.get(name) for name in _PUBLISHED)]
    dates += tree.xpath("//time[@datetime and (@pubdate or @itemprop='datePublished')]/@datetime")[:1]
    url = _first(meta, ("og:url",)) or next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    url = url if url and urlsplit_or_none(url) else None
    author = _name(linked.get("author")) or _first(meta, _AUTHOR)
    outlet = _name(linked.get("publisher")) or _first(meta, _OUTLET) or _host(url)
    language = tree.get("lang") or _name(linked.get("inLanguage")) or meta.get("og:locale")
    return {
        "title": _without_site(title or _element_text(tree, "//title"), outlet),
        "published": next(filter(None, map(_date, filter(None, dates))), None),
        "author": None if author and "://" in author else author,
        "outlet": outlet.lstrip("@") if outlet else None,
        "url": url,
        "language": language.replace("_", "-").split("-")[0].lower() if language else None,
    }


def urlsplit_or_none(url: str):
    """The parts of a web address, None where it is none."""
    try:
        parts = urlsplit(url.strip())
        return parts if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _linked_articles(tree) -> Iterator[dict]:
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(data, 0)


def _articles_in(data, depth: int) -> Iterator[dict]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _articles_in(item, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(str(kind).lower() in _ARTICLE_TYPES for kind in kinds):
            yield data
        for key in ("@graph", "mainEntity"):
            yield from _articles_in(data.get(key), depth + 1)


def _meta_elements(tree) -> dict[str, str]:
    meta = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            meta.setdefault(name.lower(), content.strip())
    return meta


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _name(value) -> str | None:
    """The text of a JSON-LD value, which may be a text, an object with a name, or a list of such."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:20]))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() or None if isinstance(value, str) else None


def _element_text(tree, path: str) -> str | None:
    elements = tree.xpath(path)
    return " ".join("".join(elements[0].itertext()).split()) or None if elements else None


def _date(value: str) -> datetime | None:
    try:
        return parse_published(value)
    except ValueError:
        return None


def _without_site(title: str | None, outlet: str | None) -> str | None:
    """The headline without the site's name behind it ("Two freed in swap | The Herald")."""
    if title and outlet and title.lower().endswith(outlet.lower()):
        headline = title[: -len(outlet)].rstrip()
        if headline.endswith(("|", "-", "–", "—", "·", ":")):
            return headline.rstrip(" |-–—·:") or title
    return title


def _host(url: str | None) -> str | None:
    parts = urlsplit_or_none(url) if url else None
    return parts.hostname.removeprefix("www.") if parts else None


def looks_like_html(text: str, *, whole_page: bool = False) -> bool:
    """Is it the source of a web page (or, unless `whole_page`, a piece of one)?"""
    if _PAGE.match(text):
        return True
    return not whole_page and len(_TAGS.findall(text[:20000])) >= 2


def read_html(data: bytes, source: str) -> FromFile:
    """Read a saved web page.

    Raises:
        ValueError: it is binary, or no text is visible in it.
    """
    return read_html_text(decode(data), data, source)


def read_html_text(decoded: Decoded, data: bytes, source: str) -> FromFile:
    """The same, once decoded."""
    tree = _parse(decoded.text)
    raw = mend("" if tree is None else _visible_text(tree))
    if not raw.text.strip():
        raise ValueError("no text is visible in the page; copy the article into a .txt file")
    blocks = split_blocks(raw.text)
    draft = Draft(PurePosixPath(source).stem, source, raw.text, sha256(data), **page_metadata(tree))
    extracted, failure = _extract(decoded.text)
    body = _align(raw.text, blocks, extracted)
    problems = [Problem(source, note) for note in (decoded.note, failure) if note]
    if body:
        draft.body = body
        draft.removed = _outside(raw.text, body)
    else:
        draft.body = blocks
        problems.append(Problem(source, "no article was recognised in the page; all its text was taken"))
    return FromFile([draft], problems)


def read_fragment(text: str) -> tuple[str, list[Block]]:
    """Visible text and paragraphs of a piece of HTML, such as the text column of a table."""
    tree = _parse(text)
    raw = _visible_text(tree) if tree is not None else text
    return raw, split_blocks(raw)


def _parse(text: str):
    from lxml import etree, html

    # A declared encoding would be an error in a text that is decoded already.
    text = re.sub(r"<\?xml[^>]{0,200}\?>", "", text[:300]) + text[300:]
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree


def _visible_text(tree) -> str:
    """The page's words, one block element a line; iterative, as hostile pages nest deeply."""
    from lxml import etree

    pieces, hidden = [], 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else None
        unseen = tag in _UNSEEN
        if event == "start":
            hidden += unseen
            if tag not in _INLINE:
                pieces.append("\n")
            if not hidden and node.text:
                pieces.append(_one_line(node.text, tag))
            continue
        if event == "end":
            hidden -= unseen
            if tag not in _INLINE:
                pieces.append("\n")
        if not hidden and node.tail:
            pieces.append(_one_line(node.tail, None))
    lines = ("".join(pieces)).split("\n")
    return "\n".join(line for line in (" ".join(line.split(" ")).strip() for line in lines) if line)


def _one_line(text: str, tag: str | None) -> str:
    return text if tag == "pre" else re.sub(r"[ \t\r\n\f]+", " ", text)


@lru_cache
def _trafilatura():
    import trafilatura

    # It reports on every odd page; what matters of that is in the problems table.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura


def _extract(text: str) -> tuple[list[str], str | None]:
    try:
        body = _trafilatura().extract(
            text, output_format="txt", include_comments=False, include_tables=False, include_formatting=False
        )
    except Exception as error:  # hostile pages break it in ways that nobody can list
        return [], f"the page is damaged ({type(error).__name__} while looking for the article)"
    return [line for line in (body or "").split("\n") if line.strip()], None


def _align(raw: str, blocks: list[Block], extracted: list[str]) -> list[Block]:
    """The blocks of the page that make up the extracted article, in page order."""
    ours = [_LETTERS.sub("", raw[start:end]).lower() for start, end in blocks]
    theirs = [letters for letters in (_LETTERS.sub("", line).lower() for line in extracted) if letters]
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


def _outside(raw: str, body: list[Block]) -> list[tuple[int, int, str]]:
    cuts, position = [], 0
    for start, end in [*body, (len(raw), len(raw))]:
        if raw[position:start].strip():
            cuts.append((position, start, "outside the article"))
        position = end
    return cuts
