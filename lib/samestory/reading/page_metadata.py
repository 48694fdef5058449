"""What a page says of itself."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from samestory.reading.dates import whole_date

_ARTICLE_TYPES = ("article", "blogposting")  # ends of schema.org's names, such as OpinionNewsArticle
_TITLE = ("og:title", "twitter:title", "dc.title", "headline")
_PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "og:published_time",
    "article.published",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
_OUTLET = ("og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site")


def read_metadata(tree: Any) -> dict[str, Any]:
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
