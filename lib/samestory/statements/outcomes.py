"""What a sentence says came about, so that its denial or its opposite in another telling is found.

"The council approved the plan" against "the plan was rejected" or "the council did not approve the plan".
A claim is read only where the parse leaves no doubt: a plain verb, not under a condition, a wish or a
possibility, with a noun as its subject or object.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from samestory.language.stems import base_forms, stems_of
from samestory.statements.numbers import counted_words

# Verbs whose denial says little: who "did not say" one thing may have said another.
_HARDLY_CLAIMS = {
    "be", "have", "do", "say", "tell", "speak", "comment", "respond", "know", "think", "believe", "want",
    "get", "go", "come", "make", "take", "give", "see", "use", "expect", "need", "like", "seem", "appear",
    "include", "mean", "put", "keep", "let", "find", "leave", "call", "ask", "plan",
    "identify", "name", "release", "provide", "work", "live", "happen",
}  # fmt: skip
_REFUSES = {"refuse", "decline", "fail"}  # "refused to back the bill"
_UNSURE = {
    "could", "would", "may", "might", "should", "can", "must", "if", "whether", "unless", "until", "before",
    "to", "likely", "perhaps",
}  # fmt: skip
_DENIES = {"not", "n't", "n’t", "never", "no"}
_PARTLY = {"only", "just", "all", "every", "yet", "fully", "entirely", "immediately", "always", "both"}
_FINITE = {"VBD", "VBZ", "VBP"}  # tags; other forms claim only with an auxiliary
_AHEAD = {"will", "'ll", "’ll", "wo", "shall"}
_NOUNS = frozenset(("NOUN", "PROPN"))
_NARROWING = _NOUNS | {"ADJ", "NUM", "VERB"}  # "a paid job"
_WORD = re.compile(r"n['’]t\b|[a-z]+?(?=n['’]t\b)|[a-z]+")


class Claim(NamedTuple):
    """One thing that a sentence says came about, or did not."""

    start: int  # of the verb with what denies it, in the sentence
    end: int
    verb: str  # lemma
    denied: bool
    ahead: bool  # it is to come
    who: frozenset[str]  # stems of the nouns that do it; empty where a pronoun or nobody does
    what: frozenset[str]  # stems of the nouns it is done to
    narrowed: frozenset[str]  # stems of what narrows those nouns: "full-time" of "no full-time job"


def claims_in(doc: Doc) -> list[Claim]:
    """List the claims of one parsed sentence; a question makes none."""
    if doc.text.rstrip("\"'”’ ").endswith("?"):
        return []
    return [claim for token in doc if token.pos_ == "VERB" and (claim := _claim(token))]


def contradictions(left: list[Claim], right: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of which only one can be so: one denied, or one the opposite of the other."""
    for one in left:
        for other in right:
            alike = one.verb == other.verb
            opposite = frozenset((one.verb, other.verb)) in _opposites()
            excludes = (alike and one.denied != other.denied) or (
                opposite and not one.denied and not other.denied
            )
            if excludes and _of_one_thing(one, other):
                yield one, other


def may_contradict(left: str, right: str) -> bool:
    """Whether two sentences could contradict each other at all, by their words: what need not be parsed."""
    one, other = (
        {form for word in _WORD.findall(text.casefold()) for form in base_forms(word)}
        for text in (left, right)
    )
    if (one ^ other) & (_DENIES | _REFUSES):
        return True
    return any(len(pair & one) and len(pair & other) and pair <= one | other for pair in _opposites())


def _claim(verb: Token) -> Claim | None:
    children = list(verb.children)
    words = {child.lower_ for child in children}
    top, refused = verb, False
    if verb.dep_ == "xcomp" and verb.head.lemma_ in _REFUSES | {"vote", "agree", "decide"} and "to" in words:
        top, refused = verb.head, verb.head.lemma_ in _REFUSES
        words = (words - {"to"}) | {child.lower_ for child in top.children}
    if (
        verb.lemma_ in _HARDLY_CLAIMS
        or words & (_UNSURE | _PARTLY)
        or top.dep_ in ("advcl", "xcomp", "csubj")
    ):
        return None
    if any(child.dep_ in ("ccomp", "xcomp") for child in children):
        return None
    if top.tag_ not in _FINITE and not any(child.dep_ in ("aux", "auxpass") for child in top.children):
        return None
    deniers = [
        child for child in [*children, *top.children] if child.dep_ == "neg" or child.lower_ == "never"
    ]
    agents, patients = _roles(verb, children)
    if top is not verb:
        agents += [child for child in top.children if child.dep_ == "nsubj"]
    none = [child for noun in agents + patients for child in noun.children if child.lower_ == "no"]
    if any(child.lower_ in _PARTLY for noun in agents + patients for child in noun.children):
        return None
    parts = [verb, top, *deniers, *none]
    start = min(token.idx for token in parts)
    end = max(token.idx + len(token) for token in parts)
    denied = bool(deniers or none) != refused
    around = [*children, *top.children]
    if denied and any(child.dep_ == "advcl" or child.lower_ == "because" for child in around):
        return None  # "did not resign because of the vote" may deny the reason alone
    narrowing = {inner for noun in patients for inner in noun.subtree if inner.pos_ in _NARROWING}
    narrowed = _stems(list(narrowing - set(patients)), _NARROWING)
    return Claim(
        start, end, verb.lemma_, denied, bool(words & _AHEAD), _stems(agents), _stems(patients), narrowed
    )


def _roles(verb: Token, children: list[Token]) -> tuple[list[Token], list[Token]]:
    """Who does it and to whom it is done, whether the verb is active or passive."""
    agents = [child for child in children if child.dep_ == "nsubj"]
    patients = [child for child in children if child.dep_ in ("dobj", "nsubjpass")]
    for child in children:
        if child.dep_ == "agent":
            agents += [inner for inner in child.children if inner.dep_ == "pobj"]
    return agents, patients


def _stems(tokens: list[Token], kinds: Collection[str] = _NOUNS) -> frozenset[str]:
    """The stems of the tokens that are nouns, or of other kinds."""
    found: set[str] = set()
    for token in tokens:
        if token.pos_ in kinds:
            found |= set(stems_of(token.lemma_))
    return frozenset(found)


def _of_one_thing(one: Claim, other: Claim) -> bool:
    """Whether two claims are of one doing: by the same, where both say by whom, and to the same."""
    if one.ahead != other.ahead or (one.who and other.who and not one.who & other.who):
        return False
    if (one.denied and not one.narrowed <= other.narrowed) or (
        other.denied and not other.narrowed <= one.narrowed
    ):
        return False  # who did not offer a paid job may have offered another
    if one.what or other.what:
        return bool(one.what & other.what)
    return bool(one.who & other.who)


@lru_cache(maxsize=1)
def _opposites() -> frozenset[frozenset[str]]:
    return frozenset(map(frozenset, counted_words()["opposites"]))
