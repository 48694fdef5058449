"""Mentions without a name: "the Ukrainian leader", "the company", and the third-person pronouns."""

from typing import NamedTuple

from samestory.annotation.persons import content_words
from samestory.annotation.tokens import Tokens
from samestory.annotation.wordlists import titles, words

PRONOUNS = words("he him his himself she her hers herself they them their theirs themselves")
FIRST_PERSON = words("i me my mine myself we us our ours ourselves")
_DEFINITE = frozenset(("the", "this", "that"))
_INSIDE = frozenset(("ADJ", "NOUN", "PROPN", "NUM"))
# Said of whoever comes to hold the office, not of one person: "the next president".
GENERIC = words("next future another other any every each potential would-be same")
PARTIES = frozenset(("republican", "democrat"))  # "the Ohio Republican"; a bare one is the party
_OF_STATE = frozenset((("of", "state"), ("of", "government"), ("in", "chief")))
_REACH = 7  # tokens before the noun that may belong to the phrase


class Nominal(NamedTuple):
    """A definite noun phrase that stands for one person, organisation or country."""

    first: int
    last: int
    head: int
    kind: str
    owner: int | None  # token before it of a possessive pronoun or name: "his wife", "Poe's lawyer"


def find_nominals(tokens: Tokens, named_at: dict[int, object]) -> list[Nominal]:
    """Definite noun phrases whose head is a role or a kind of organisation, sorted by first token.

    Args:
        tokens: the article's tokens.
        named_at: tokens that lie in a name; a role right before one is that name's title.
    """
    persons, organisations = titles().nouns, titles().organisations
    out = []
    for i, lemma in enumerate(tokens.lemma):
        if lemma not in persons and lemma not in organisations:
            continue
        if tokens.pos[i] not in ("NOUN", "PROPN") or tokens.tag[i] in ("NNS", "NNPS"):
            continue
        party = i in named_at and lemma in PARTIES and tokens.lower[i - 1] not in _DEFINITE
        if (i in named_at and not party) or i + 1 in named_at or _goes_on(tokens, i):
            continue
        phrase = _phrase(tokens, i)
        if phrase is not None:
            kind = "PERSON" if lemma in persons else organisations[lemma]
            last = i + 3 if tuple(tokens.lower[i + 1 : i + 3]) in _OF_STATE else i + 1
            out.append(Nominal(phrase[0], last, i, kind, phrase[1]))
    return out


def modifiers_of(tokens: Tokens, first: int, head: int) -> set[str]:
    """The words that narrow the phrase down, with "of Ukraine" after it; the head is not among them."""
    narrower = content_words(tokens, first, head)
    if tokens.lower[head + 1 : head + 2] == ["of"]:
        last = first = head + 3 if tokens.lower[head + 2 : head + 3] == ["the"] else head + 2
        while tokens.pos[last : last + 1] == ["PROPN"] and last < first + 3:
            last += 1
        narrower |= content_words(tokens, first, last)
    return narrower


def head_of(tokens: Tokens, first: int, last: int) -> int:
    """The token of first:last on which the others hang ("head" in "head of state")."""
    if tuple(tokens.lower[last - 2 : last]) in _OF_STATE:
        last -= 2
    i = last - 1
    while first <= tokens.head[i] < last and tokens.head[i] != i:
        i = tokens.head[i]
    return i


def _goes_on(tokens: Tokens, i: int) -> bool:
    """Is this noun only part of a longer one: "the president elect", "the company policy"?"""
    follows = i + 1 < len(tokens.text) and tokens.head[i] == i + 1
    return follows and tokens.dep[i] in ("compound", "amod", "nmod")


def _phrase(tokens: Tokens, head: int) -> tuple[int, int | None] | None:
    """First token of the phrase and its owner; None when it is not definite."""
    i = head - 1
    while i >= 0 and head - i <= _REACH:
        lower = tokens.lower[i]
        if lower in _DEFINITE:
            return i, None
        if tokens.tag[i] == "PRP$":
            return i + 1, i
        if lower in ("'s", "’s", "'", "’") and tokens.tag[i] == "POS":
            return i + 1, i - 1
        if tokens.pos[i] not in _INSIDE and lower != "-":
            return None
        i -= 1
    return None
