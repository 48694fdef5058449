"""What a web page says of itself: JSON-LD (schema.org), Open Graph and other meta elements."""

import json
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from samestory.reading.dates import parse_published

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
