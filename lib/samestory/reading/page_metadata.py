"""What a saved page says of itself: title, dates, author, outlet, address, language.

The page's data for programs (JSON-LD of schema.org, Open Graph, meta elements, microdata), which the outlet
itself writes, come first, then the lines below the headline. Where they are silent, htmldate's and
trafilatura's finding is taken; such a date is marked `inferred`, for it may be another one of the page.
"""

import html
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from samestory.reading.alignment import letters_of
from samestory.reading.dates import date_in_address, whole_date
from samestory.reading.heading import TopLine, read_top_line
from samestory.reading.json_ld import Node, story_node
from samestory.reading.page import Page
from samestory.reading.page_title import headline

_Found = TypeVar("_Found")

_TITLE = ("og:title", "twitter:title", "dc.title", "headline")
_PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "og:published_time",
    "article.published", "og:article:published_time", "dc.date.created", "dcterms.date", "dcterms.issued",
    "publication_date", "publish_date", "published", "citation_publication_date", "citation_date",
    "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate", "date_published",
    "displaydate", "dc.created",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "datemodified", "og:updated_time", "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "article:modified", "og:modified_time", "article.updated",
    "date_modified",
)  # fmt: skip
_AUTHOR = (
    "author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author",
    "article:author_name", "og:article:author", "citation_author", "article.author", "dcterms.creator",
    "twitter:data1",
)  # fmt: skip
_OUTLET = ("og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BY = re.compile(r"^(?:(?:written|posted|reported|story)\s+)?(?:by|von|par|por|di|door|av)[:\s]\s*", re.I)
_LOGIN = re.compile(r"@[\w.]+")
_NO_NAME = re.compile(r".*(?:https?:|www\.).*|admin|author|editor|webmaster|null|none|undefined", re.I | re.S)
_MOST_HEADINGS = 8
_LINES_OF_HEAD = 12  # below the headline, where a byline stands


def read_metadata(tree: Any, page: Page) -> dict[str, Any]:
    """What a page says of itself; None where it says nothing.

    Args:
        tree: the parsed page.
        page: its lines, in which a byline may stand.
    Returns:
        title, published, published_from ("stated" or "inferred"), updated, author, outlet, url, language.
    """
    meta = _meta(tree)
    headlines = [*_headings(tree), meta.get("og:title", ""), _text(tree, "title")]
    node = story_node(tree, headlines)
    url = meta.get("og:url") or next(iter(tree.xpath("//link[@rel='canonical']/@href")), "")
    host = (_host(url) or "").removeprefix("www.")
    outlet = _first((node.name("publisher"), *_named(meta, _OUTLET), host), _plain)
    title = headline(_said(tree, meta, node), [outlet or "", host])
    tops = _top_lines(page, title)
    day_first = _day_first(tree, meta)

    def moment(value: str) -> datetime | None:
        return _moment(value, day_first=day_first)

    stated = _first(_stated_dates(tree, meta, node, url), moment)
    stated = stated or next((top.published for top in tops if top.published), None)
    published = stated or _found_date(tree)
    updated = _first(
        (node.text("dateModified"), *_named(meta, _UPDATED), *_property(tree, "dateModified")), moment
    )
    return {
        "title": title,
        "published": published,
        "published_from": None if published is None else "stated" if stated else "inferred",
        "updated": updated if updated and (published is None or updated > published) else None,
        "author": _author_of(_authors(tree, meta, node, tops), outlet),
        "outlet": outlet.lstrip("@") if outlet else None,
        "url": url if host else None,
        "language": _language(tree, meta, node),
    }


def _meta(tree: Any) -> dict[str, str]:
    """The first content of each meta element, by its name in lower case."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            meta.setdefault(name.lower(), content)
    with suppress(ValueError, RecursionError):
        parsely = json.loads(meta.get("parsely-page", "null"))
        if isinstance(parsely, dict):
            for key, name in (("pub_date", "parsely-pub-date"), ("author", "parsely-author")):
                if isinstance(parsely.get(key), str):
                    meta.setdefault(name, parsely[key])
    return meta


def _named(meta: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _first(values: Iterable[str | None], read: Callable[[str], _Found | None]) -> _Found | None:
    """The first of the values that can be read."""
    return next((found for value in values if value and (found := read(value)) is not None), None)


def _plain(text: str) -> str | None:
    """A text without tags and codes; pages escape them once or twice."""
    text = html.unescape(html.unescape(text))
    return " ".join(_TAG.sub(" ", text).split()) or None


def _text(tree: Any, tag: str) -> str:
    """The text of the first such element."""
    return " ".join(tree.xpath(f"string((//{tag})[1])").split())


def _headings(tree: Any) -> list[str]:
    headings = (" ".join(" ".join(heading.itertext()).split()) for heading in tree.xpath("//h1"))
    return list(filter(None, headings))[:_MOST_HEADINGS]


def _property(tree: Any, name: str) -> list[str]:
    """The values of a property of microdata, in page order."""
    found = []
    for element in tree.xpath(f"//*[@itemprop='{name}' and not(self::meta)]")[:5]:
        found.append(element.get("content") or element.get("datetime") or " ".join(element.itertext()))
    return found


def _said(tree: Any, meta: dict[str, str], node: Node) -> list[tuple[str, str]]:
    """(place, text) of what may be the headline."""
    said = [("json-ld", node.name("headline")), *((name, meta.get(name)) for name in _TITLE[:2])]
    said += [("h1", heading) for heading in _headings(tree)]
    said += [("title", _text(tree, "title")), *(("title", meta.get(name)) for name in _TITLE[2:])]
    return [(place, text) for place, value in said if value and (text := _plain(value))]


# -- dates ---------------------------------------------------------------------------------------------


def _stated_dates(tree: Any, meta: dict[str, str], node: Node, url: str) -> Iterator[str | None]:
    """Dates of publication, the surest first."""
    yield node.text("datePublished")
    yield from _named(meta, _PUBLISHED)
    yield from _property(tree, "datePublished")
    yield from tree.xpath("//time[@pubdate]/@datetime")[:1]
    day = date_in_address(url)
    for value in tree.xpath("//h1[1]/following::time/@datetime | //article//time/@datetime")[:1]:
        shown = _moment(value)
        if shown and (day is None or abs(shown - day).days <= 1):
            yield value
    yield day.isoformat() if day else None
    yield node.text("dateCreated")


def _moment(value: str, *, day_first: bool | None = None) -> datetime | None:
    value = value.strip()
    if re.fullmatch("1[0-9]{9}(?:[0-9]{3})?", value):  # seconds or thousandths of 1970, as programs count
        return datetime.fromtimestamp(int(value[:10]), UTC).replace(tzinfo=None)
    return whole_date(value, day_first=day_first)


def _found_date(tree: Any) -> datetime | None:
    """The day that htmldate (Barbaresi 2020, JOSS) finds in the page."""
    import htmldate  # slow to load

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)  # it logs every odd page
    try:
        found = htmldate.find_date(tree, original_date=True)
        if found and found.endswith("-01-01"):
            # Its wide search makes that of a year that stands alone, such as a copyright's.
            found = htmldate.find_date(tree, original_date=True, extensive_search=False)
    except Exception:  # hostile pages break it in ways that nobody can list
        return None
    return datetime.fromisoformat(found) if found else None


def _day_first(tree: Any, meta: dict[str, str]) -> bool | None:
    """Does 04/07/2025 mean July in the page's language? None where that is not known, as for plain "en"."""
    stated = (tree.get("lang") or meta.get("og:locale") or "").replace("_", "-").lower()
    if not stated or stated == "en":
        return None
    return stated not in ("en-us", "en-ph", "fil")


# -- author and language -------------------------------------------------------------------------------


def _author_of(values: Iterable[str], outlet: str | None) -> str | None:
    """The first that names somebody, rather somebody else than the outlet."""
    itself = None
    for name in filter(None, map(_author, values)):
        if letters_of(name) != letters_of(outlet or ""):
            return name
        itself = itself or name
    return itself


def _authors(tree: Any, meta: dict[str, str], node: Node, tops: list[TopLine]) -> Iterator[str]:
    yield from filter(None, (node.name("author"), *_named(meta, _AUTHOR), node.name("creator")))
    yield from (
        " ".join(name.itertext()) for name in tree.xpath("//*[@itemprop='author']//*[@itemprop='name']")[:1]
    )
    yield from (top.author for top in tops if top.author)
    from trafilatura.metadata import extract_author  # slow to load

    with suppress(Exception):  # hostile pages break it in ways that nobody can list
        yield (extract_author(tree) or "").replace(";", ",")


def _top_lines(page: Page, title: str | None) -> list[TopLine]:
    """Lines such as "By Jane Doe | 3 May 2024" not far below the headline."""
    wanted, below, found = letters_of(title or ""), 0, []
    for line in page.lines:
        text = page.raw[line.start : line.end]
        if wanted and letters_of(text) == wanted:
            below = _LINES_OF_HEAD
        elif below:
            below -= 1
            top = read_top_line(re.sub(r"^By(?=[A-Z])", "By ", text))
            found += [top] if top else []
    return found


def _author(value: str) -> str | None:
    """The names, None where it is an address or a login."""
    name = _BY.sub("", _LOGIN.sub("", _plain(value) or "")).strip(" ,|-–—·")
    words = len(name.split())
    if not letters_of(name) or words > 30 or _NO_NAME.fullmatch(name):
        return None
    return name


def _language(tree: Any, meta: dict[str, str], node: Node) -> str | None:
    said = (tree.get("lang"), node.text("inLanguage"), meta.get("og:locale"), meta.get("content-language"))
    codes = (re.match(r"[a-z]{2,3}(?![a-z])", value.strip().lower()) for value in said if value)
    return next((code[0] for code in codes if code), None)


def _host(url: str) -> str | None:
    """The host of a web address, None where it is none."""
    try:
        parts = urlsplit(url.strip())
        return parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
