"""How surely one parsed sentence tells a thing: the words that govern its verb, and no others.

A cue counts where the parse lets it govern the verb: its modal and its adverbs, "is believed to", "appears
to", "reports that", "suspected of", "if". A cue of another clause ("he may appeal after he was sent down")
does not.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from spacy.tokens import Token

from samestory.packaged import packaged_yaml
from samestory.quotes.cues import read_cues

CERTAIN, PROBABLE, POSSIBLE, OPEN = "CT", "PR", "PS", "U"
DEGREES = (CERTAIN, PROBABLE, POSSIBLE, OPEN)  # the surest first
_DEGREE = {"probable": PROBABLE, "possible": POSSIBLE, "reported": OPEN, "open": OPEN}
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_NOBODY = {"nobody", "none", "nothing", "neither"}
_BESIDE = {"relcl", "acl", "advcl"}  # clauses
_FINITE = {"VBD", "VBZ", "VBP"}
_PASSIVE = {"nsubjpass", "auxpass"}


class Surely(NamedTuple):
    """How surely a sentence tells the thing at one of its words."""

    degree: str  # CT, PR, PS, U after FactBank
    denied: bool
    cues: tuple[Token, ...]  # that make it less than certain, or deny it
    source: Token | None  # who says or thinks it, by the parse: the subject of "police say that"


def how_surely(core: Token) -> Surely | None:
    """How surely a verb, or a noun for a deed, is told; None where it is not told to be, or to come.

    Such are wishes, plans and attempts ("tried to", "wants to"), and what would or should be.
    """
    if _is_aside(core) or _is_bare(core):
        return None
    degrees, cues, denied, source = [CERTAIN], list[Token](), False, None
    inner: Token | None = None
    word = core
    while True:
        for degree, cue in _around(word, inner):
            degrees.append(degree)
            cues.append(cue)
        negative = _negation(word)
        if negative is not None:
            denied = not denied
            cues.append(negative)
        if _unreal(word):
            return None
        step = _step(word)
        if step is None:
            break
        outer, what, above, says = step
        if what == "unreal":
            return None
        if what == "denied":
            denied = not denied
        elif what:
            degrees.append(what)
        if above is not None:
            cues.append(above)
        source = source or says
        if says is not None:
            # what hedges the saying does not hedge what is said, but its denial leaves it open
            if what != "denied" and (negative := _negation(outer)) is not None:
                degrees.append(OPEN)
                cues.append(negative)
            break
        inner, word = word, outer
    if source is None:
        said = next((one for one in (core, *core.ancestors) if _is_said(one)), None)
        if said is not None and (said.head.lemma_.lower() in _list("denials") or _negation(said.head)):
            return None  # how far the denial reaches, the parse does not say
        source = _according_to(core) if said is None else _subject(said.head)
    return Surely(
        max(degrees, key=DEGREES.index), denied, tuple(sorted(set(cues), key=lambda cue: cue.i)), source
    )


def _around(word: Token, inner: Token | None) -> Iterator[tuple[str, Token]]:
    """The modals, adverbs and adjectives right at a word, with their degrees."""
    for child in word.children:
        if child == inner:
            continue
        low = child.lower_
        if child.dep_ == "aux" and low in _of("modals"):
            yield _of("modals")[low], child
        elif child.dep_ in ("advmod", "npadvmod") and low in _of("adverbs"):
            yield _of("adverbs")[low], child
        elif child.dep_ == "amod" and low in _of("adjectives"):
            yield _of("adjectives")[low], child
        elif child.dep_ == "mark" and low in _list("conditions"):
            yield OPEN, child


def _negation(word: Token) -> Token | None:
    for child in word.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ == "never"):
            return child
        if child.dep_ == "det" and child.lower_ == "no":
            return child
        if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
            if child.lower_ in _NOBODY:
                return child
            no = next((one for one in child.children if one.lower_ == "no"), None)
            if no is not None:
                return no
    return None


def _unreal(word: Token) -> bool:
    return any(child.dep_ == "aux" and child.lemma_.lower() in _list("not_yet") for child in word.children)


# the word above, "denied", "unreal" or the degree of what stands there, its cue, and who says so
Step = tuple[Token, str, Token | None, Token | None]


def _step(word: Token) -> Step | None:
    """From a word to the one that governs it; None at the top, and where that governs another thing."""
    head, dep = word.head, word.dep_
    if head == word:
        return None
    if dep == "conj":
        return _beside(head, word)
    if (
        dep in ("acl", "relcl", "ccomp")
        and head.pos_ == "NOUN"
        and head.lemma_.lower() in _of("nouns")
        and _that(word)
    ):
        return head, _of("nouns")[head.lemma_.lower()], head, None
    if dep in ("ccomp", "csubj", "parataxis"):
        return _clause(head, word)
    if dep in ("xcomp", "oprd"):
        return _to(head)
    if dep == "pcomp" and head.dep_ == "prep" and head.lower_ in ("of", "with"):
        return _of_doing(head.head, with_=head.lower_ == "with")
    if dep == "pobj" and head.dep_ == "prep" and head.lower_ in ("of", "with"):
        return _of_doing(head.head, with_=head.lower_ == "with") if word.pos_ == "NOUN" else None
    if dep in ("dobj", "nsubjpass") and head.lemma_.lower() in _list("denials"):
        return head, "denied", head, _subject(head)
    return None


def _beside(head: Token, word: Token) -> Step | None:
    """From the second of two verbs to the first, whose cues it shares where it has no tense of its own.

    "may have been beaten and killed"; but of "allegedly took bribes and resigned" nobody can say.
    """
    own = any(child.dep_ in _SUBJECTS | {"aux"} for child in word.children)
    if not own and word.tag_ in _FINITE and any(True for _ in _around(head, word)):
        return head, "unreal", None, None
    if own or word.tag_ in _FINITE:
        return _step(
            head
        )  # what governs the first clause governs the second: "police say that ..., and that"
    return head, "", None, None


def _clause(head: Token, word: Token) -> Step | None:
    """Out of a clause that somebody says, believes, denies, or that "is likely"."""
    lemma = head.lemma_.lower()
    if lemma == "be":
        return _it_is(head)
    if head.pos_ == "ADJ" and head.lower_ in _of("it_is"):
        return head, _of("it_is")[head.lower_], head, None
    if lemma in _list("denials"):
        return head, "denied", head, _subject(head)
    passive = any(child.dep_ in _PASSIVE for child in head.children)
    if passive and lemma in _of("passives"):
        return head, _of("passives")[lemma], head, None
    if lemma in _of("beliefs"):
        return head, _of("beliefs")[lemma], head, _subject(head)
    subject = _subject(head)
    if lemma in _list("questions"):
        return head, "unreal", None, None
    if subject is not None and not passive and lemma in read_cues():
        return head, "", None, subject
    return None


def _subject(verb: Token) -> Token | None:
    """The subject of a verb; of "said" in "she called and said", that of the first verb."""
    while verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in verb.children):
        verb = verb.head
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def _is_bare(core: Token) -> bool:
    """Whether a verb is an infinitive that tells nothing of itself: "plans to close", "lets them close"."""
    helpers = {child.lower_ for child in core.children if child.dep_ == "aux"}
    if core.tag_ != "VB" or helpers - {"to"}:
        return False
    return core.dep_ != "conj" and not (helpers and core.dep_ in ("xcomp", "oprd"))


def _is_said(word: Token) -> bool:
    head = word.head
    return word.dep_ in ("ccomp", "parataxis") and head.pos_ == "VERB" and head.lemma_.lower() in read_cues()


def _is_aside(core: Token) -> bool:
    """Whether a word stands in a clause beside what somebody says: "he argued that, although it rained, ...".

    Whether that is his or the outlet's knowledge is not said; nor, of "asserting that", who asserts it.
    """
    beside = False
    according = _according(core)
    for word in (core, *core.ancestors):
        if according is not None and according.head == word:
            return beside
        beside = beside or word.dep_ in _BESIDE or word.left_edge.tag_ in ("WP", "WP$", "WDT")
        if _is_said(word):
            return beside or _subject(word.head) is None
    return False


def _according(core: Token) -> Token | None:
    """The "according" that goes with the clause of a word: it hangs on that clause, or on one around it."""
    over = {core, *core.ancestors, *core.subtree}
    return next((token for token in core.sent if token.lower_ == "according" and token.head in over
                 and core not in token.subtree), None)  # fmt: skip


def _according_to(core: Token) -> Token | None:
    """The "police" of "according to police"."""
    token = _according(core)
    to = None if token is None else next((child for child in token.children if child.lower_ == "to"), token)
    return None if to is None else next((child for child in to.children if child.dep_ == "pobj"), None)


def _it_is(head: Token) -> Step:
    said = next((child for child in head.children if child.lower_ in _of("it_is")), None)
    return head, _of("it_is")[said.lower_] if said is not None else "", said, None


def _to(head: Token) -> Step:
    """Out of an infinitive: "is believed to", "appears to", "is likely to"; others are wanted or tried."""
    lemma = head.lemma_.lower()
    passive = any(child.dep_ in _PASSIVE for child in head.children)
    if passive and lemma in _of("passives"):
        return head, _of("passives")[lemma], head, None
    if lemma in _of("raising"):
        return head, _of("raising")[lemma], head, None
    if head.lower_ in _of("it_is"):
        return head, _of("it_is")[head.lower_], head, None
    if lemma in _list("fails"):
        return head, "denied", head, None
    if lemma in _list("denials"):
        return head, "denied", head, _subject(head)
    return head, "unreal", None, None


def _of_doing(head: Token, *, with_: bool) -> Step | None:
    """Out of "accused of killing", "charged with killing", "on suspicion of killing"; of no other."""
    if head.pos_ == "NOUN" and head.lemma_.lower() in _of("nouns") and not with_:
        return head, _of("nouns")[head.lemma_.lower()], head, None
    if head.pos_ in ("NOUN", "PROPN") and head.dep_ == "dobj":  # "they accuse the man of killing"
        head = head.head
    lemma = head.lemma_.lower()
    if head.pos_ in ("VERB", "ADJ") and lemma in _of("passives") and with_ == (lemma == "charge"):
        return head, _of("passives")[lemma], head, None
    return None


def _that(word: Token) -> bool:
    """Whether a clause says what a noun is about: "the report that he fled", not "that he wrote"."""
    return any(child.dep_ == "mark" for child in word.children)


@lru_cache(maxsize=1)
def _book() -> dict[str, Any]:
    return packaged_yaml("codebooks/certainty.yaml")


@lru_cache(maxsize=16)
def _of(name: str) -> dict[str, str]:
    """word -> degree."""
    return {word: _DEGREE[degree] for degree, words in _book()[name].items() for word in words}


@lru_cache(maxsize=16)
def _list(name: str) -> frozenset[str]:
    return frozenset(_book()[name])


def is_told_by_itself(token: Token) -> bool:
    """Whether the sentence says the thing, and does not only name it: "a law signed in May", "the attack"."""
    return token.pos_ == "VERB" and token.dep_ not in ("acl", "amod", "relcl")


def is_core(token: Token) -> bool:
    """Whether a word can be what a sentence tells: a verb that says something, or a noun for a deed."""
    lemma = token.lemma_.lower()
    return (token.pos_ == "VERB" and lemma not in _list("no_core")) or (
        token.pos_ == "NOUN" and lemma in _deeds()
    )


@lru_cache(maxsize=1)
def _deeds() -> frozenset[str]:
    return frozenset(packaged_yaml("codebooks/action_nouns.yaml")["acts"])
