"""For which body a spokesperson speaks: "a spokesman for the ministry", "Kremlin spokesman Lee Poe".

The words are the body's, so sources can be grouped by institution whoever lends them a voice.
"""

from collections.abc import Mapping

from samestory.language.tokens import Tokens
from samestory.names.gazetteers import words
from samestory.names.mentions import Mention

_SPOKESPERSON = words("spokesman spokeswoman spokesperson spokesmen spokeswomen spokespeople spokespersons")
_FOR = words("for of from at")
_BESIDE = ("compound", "nmod", "poss", "amod")


def bodies(tokens: Tokens, index: Mapping[int, Mention]) -> tuple[dict[str, str], dict[int, str]]:
    """The body for which each named spokesperson speaks, and that of each word for a spokesperson.

    Args:
        index: the mention that each token belongs to.
    Returns:
        person -> body, by the first place that tells; token of "spokesman" -> body. A body is a name, or
        the noun that stands for it ("police"); of "the hospital" the only one whose name ends with it.
    """
    by_person: dict[str, str] = {}
    by_word: dict[int, str] = {}
    for i, word in enumerate(tokens.lower):
        if word not in _SPOKESPERSON:
            continue
        body = _body(tokens, i, index)
        if body is None:
            continue
        by_word[i] = body
        for person in _persons(tokens, i, index):
            by_person.setdefault(person, body)
    return by_person, by_word


def _body(tokens: Tokens, i: int, index: Mapping[int, Mention]) -> str | None:
    children = tokens.children.get(i, [])
    after = [j for k in children if tokens.lower[k] in _FOR and k > i for j in tokens.children.get(k, [])]
    beside = [k for k in children if tokens.dep[k] in _BESIDE and k < i]
    for k in [*after, *reversed(beside)]:
        mention = index.get(k)
        if mention is not None and mention.entity and mention.form != "pronoun":
            return mention.entity
        if tokens.pos[k] in ("NOUN", "PROPN"):
            return _named(tokens, k, index) or _phrase(tokens, k)
    return None


def _named(tokens: Tokens, k: int, index: Mapping[int, Mention]) -> str | None:
    names = {m.entity for m in index.values() if m.kind == "ORG" and m.form == "name" and m.entity}
    ends = {name for name in names if " " in name and name.casefold().split()[-1] == tokens.lower[k]}
    return next(iter(ends)) if len(ends) == 1 else None


def _phrase(tokens: Tokens, k: int) -> str:
    first = k
    while first > 0 and tokens.head[first - 1] == k and tokens.dep[first - 1] in ("compound", "amod", "nmod"):
        first -= 1
    return " ".join(tokens.text[first : k + 1])


def _persons(tokens: Tokens, i: int, index: Mapping[int, Mention]) -> list[str]:
    """The persons whom the word describes: before their name, beside it, or said of them."""
    near = [tokens.head[i], *(k for k in tokens.children.get(i, ()) if tokens.dep[k] == "appos")]
    if tokens.dep[i] == "attr":
        verb = tokens.head[i]
        near = [k for k in tokens.children.get(verb, ()) if tokens.dep[k] == "nsubj"]
    found = [index[k] for k in near if k in index]
    return [m.entity for m in found if m.kind == "PERSON" and m.entity and m.form == "name"]
