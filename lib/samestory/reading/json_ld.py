"""What a page tells programs of its story: nodes of JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from samestory.reading.alignment import letters_of

_ARTICLES = ("article", "blogposting")  # ends of schema.org's names, such as OpinionNewsArticle
_WRAPPING = re.compile(r"/\*.{0,40}?\*/|<!\[CDATA\[|\]\]>|<!--|-->|^\s*//[^\n]{0,40}$", re.M)
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_MOST_SCRIPTS = 20
_MOST_NODES = 500
_DEEPEST = 5  # names within names


class Node(dict):
    """A node of JSON-LD, with the page's other nodes, to which it may refer by their "@id"."""

    others: dict[str, dict]

    def name(self, key: str) -> str | None:
        """The text of a value: a text, an object with a name, a reference to one, or a list of such."""
        return self._name(self.get(key), _DEEPEST)

    def text(self, key: str) -> str | None:
        """The value, where it is a text; of a list the first."""
        value = self.get(key)
        value = value[0] if isinstance(value, list) and value else value
        return value if isinstance(value, str) else None

    def _name(self, value: Any, deeper: int) -> str | None:
        if not deeper:
            return None
        if isinstance(value, list):
            names = [name for one in value[:20] if (name := self._name(one, deeper - 1))]
            return ", ".join(dict.fromkeys(names)) or None
        if isinstance(value, dict):
            named = value if "name" in value else self.others.get(str(value.get("@id")), value)
            return self._name(named.get("name"), deeper - 1)
        return value.strip() or None if isinstance(value, str) else None


def story_node(tree: Any, headlines: list[str]) -> Node:
    """The node of the page's own story, an empty one where there is none.

    A page may describe related stories, too, and put them first; its own is the one whose headline stands
    among the `headlines` of the page; where none does, the first with a date.
    """
    nodes = list(_nodes(tree))
    known = {str(node["@id"]): node for node in nodes if node.get("@id") and len(node) > 1}
    shown = list(filter(None, map(letters_of, headlines)))

    def fits(node: dict) -> tuple[bool, bool, bool]:
        headline = letters_of(str(node.get("headline") or node.get("name") or ""))
        own = bool(headline) and any(headline in one or one in headline for one in shown)
        return own, node.get("datePublished") is not None, node.get("headline") is not None

    articles = [node for node in nodes if any(kind.endswith(_ARTICLES) for kind in _kinds(node))]
    own: dict = max(articles, key=fits) if articles else {}
    story = Node(own)
    for node in nodes:  # its page may give the date that the story lacks
        if articles and any(kind.endswith("webpage") for kind in _kinds(node)):
            for key in ("datePublished", "dateModified", "inLanguage"):
                if node.get(key) is not None:
                    story.setdefault(key, node[key])
    story.others = known
    return story


def _nodes(tree: Any) -> Iterator[dict]:
    """Every node of the page's scripts, in page order."""
    found = 0
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:_MOST_SCRIPTS]:
        waiting = [_parse(script.text or "")]
        while waiting and found < _MOST_NODES:
            data = waiting.pop(0)
            if isinstance(data, list):
                waiting[:0] = data
            elif isinstance(data, dict):
                found += 1
                yield data
                waiting[:0] = [data.get("@graph"), data.get("mainEntity"), data.get("mainEntityOfPage")]


def _parse(text: str) -> Any:
    """The data, None where it is damaged; as scripts write them, in comments and with a comma too many."""
    bare = _WRAPPING.sub("", text[:200]) + text[200:-200] + _WRAPPING.sub("", text[200:][-200:])
    for attempt in (text, bare, _TRAILING_COMMA.sub("", bare)):
        try:
            return json.loads(attempt.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _kinds(node: dict) -> list[str]:
    kinds = node.get("@type")
    return [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
