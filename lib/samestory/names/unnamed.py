"""Persons whom the article never names: "a store manager", "the woman", "his wife".

They stand between a pronoun and the names: in "A manager opened the door. She said …" she is nobody whom the
article names.
"""

from collections.abc import Container
from typing import NamedTuple

from samestory.language.tokens import Tokens
from samestory.names.gazetteers import titles, words

_REACH = 7  # tokens before the noun that may belong to its phrase
_INSIDE = words("ADJ NOUN NUM PUNCT ADV VERB")  # of a phrase, before its noun; "-" is PUNCT
_BEGINS = words("a an the this that another one")
_NOT_SOMEONE = words("attr appos compound npadvmod amod nmod")  # grammatical relations


class Unnamed(NamedTuple):
    """One person without a name; first:head are tokens, head the noun's."""

    first: int
    head: int
    noun: str
    gender: str | None

    @property
    def key(self) -> str:
        """What no name is."""
        return f"\0{self.head}"


def unnamed_persons(tokens: Tokens, named: Container[int]) -> list[Unnamed]:
    """The singular noun phrases about a person without a name, sorted.

    Args:
        named: the tokens of names; what stands before or beside one describes it.
    """
    out = []
    for head, noun in enumerate(tokens.lemma):
        if noun not in titles().people or tokens.tag[head] != "NN" or head in named or head + 1 in named:
            continue
        relation, above = tokens.dep[head], tokens.head[head]
        if relation in _NOT_SOMEONE or (relation == "pobj" and tokens.lower[above] == "as"):
            continue
        if any(tokens.dep[i] == "appos" and i in named for i in tokens.children.get(head, ())):
            continue
        first = _first(tokens, head)
        if first is not None:
            out.append(Unnamed(first, head, noun, titles().gendered.get(noun)))
    return out


def _first(tokens: Tokens, head: int) -> int | None:
    """The article or possessive with which the phrase begins; None where none does: "as president"."""
    for i in range(head - 1, max(-1, head - 1 - _REACH), -1):
        if tokens.lower[i] in _BEGINS or tokens.tag[i] in ("PRP$", "POS"):
            return i
        if tokens.pos[i] not in _INSIDE:
            return None
    return None
