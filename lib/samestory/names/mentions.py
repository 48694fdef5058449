"""Every mention of a person, organisation or place in one article: by name, by role, by pronoun.

Roles stand in place of a name: "the Ukrainian leader", "the company".
"""

import re
from collections.abc import Container
from typing import NamedTuple

from spacy.tokens import Doc

from samestory.language.tokens import Tokens
from samestory.names.candidates import Name
from samestory.names.finder import find_names
from samestory.names.gazetteers import ALL_LEGAL_FORMS, fold, initials, shortens, titles, words
from samestory.names.persons import content_words, described_as, introductions, link_persons, shared_surnames

FIRST_PERSON = words("i me my mine myself we us our ours ourselves")
_PRONOUNS = FIRST_PERSON | words("he him his himself she her hers herself they them their theirs themselves")
_DEFINITE = words("the this that")
_INSIDE = words("ADJ NOUN PROPN NUM")  # of a phrase, before its head
_PARTIES = words("republican democrat")  # "the Ohio Republican"; a bare one is the party
_OF_STATE = frozenset((("of", "state"), ("of", "government"), ("in", "chief")))
_REACH = 7  # tokens before the noun that may belong to the phrase
_LONGEST_CHAIN = 4  # conjuncts and appositions; a longer chain is more likely a parsing error
_ROLES = {
    "nsubj": "subject", "agent": "subject", "csubj": "subject",
    "nsubjpass": "object",  # "Poe was arrested by Lee": Poe is acted upon, Lee acts
    "dobj": "object", "dative": "object", "iobj": "object", "poss": "possessive",
}  # fmt: skip
_LEGAL_FORM = re.compile(rf"(?:,|(?<!\s))\s+(?:{'|'.join(sorted(ALL_LEGAL_FORMS))})\.?$", re.I)


class Mention(NamedTuple):
    """One mention; start:end are characters, first:last tokens (half-open both)."""

    start: int
    end: int
    first: int
    last: int
    kind: str  # OntoNotes label
    form: str  # name, nominal, pronoun
    entity: str | None  # the article's own best form of the name
    role: str  # subject, object, possessive, other
    toward: float | None = None


class _Phrase(NamedTuple):
    """What becomes a mention: tokens, half-open, and the one of them on which the others hang."""

    first: int
    last: int
    head: int
    kind: str
    form: str
    entity: str | None = None


def find_mentions(doc: Doc, *, title: str = "") -> list[Mention]:
    """Find names, definite roles ("the Ukrainian leader") and pronouns, sorted by start.

    Names get their entity here. That of a role or pronoun is None until `name_speakers`, which knows
    who is speaking. The subject of a passive counts as object, and its "by" phrase as subject.

    Args:
        title: the article's headline, which may give the full form of a name.
    """
    tokens, names = Tokens.of(doc), find_names(doc)
    named_at = {i for name in names for i in range(name.first, name.last)}
    nominals = _nominals(tokens, named_at, titles().nouns | described_as(doc))
    heads = {phrase.head for phrase in nominals}
    named = [
        _Phrase(name.first, name.last, head_of(tokens, name.first, name.last), name.kind, "name", entity)
        for name, entity in zip(names, _entities(doc, names, title), strict=True)
    ]
    pronouns = [
        _Phrase(i, i + 1, i, "PERSON", "pronoun")
        for i, word in enumerate(tokens.lower)
        if word in _PRONOUNS and tokens.pos[i] in ("PRON", "DET")
    ]
    # Not "Republican" in "the Ohio Republican"
    phrases = [*(phrase for phrase in named if phrase.head not in heads), *nominals, *pronouns]
    return [
        Mention(tokens.start[i], tokens.end[j - 1], i, j, kind, form, entity, role_of(tokens, head))
        for i, j, head, kind, form, entity in sorted(phrases, key=lambda phrase: phrase[:2])
    ]


def modifiers_of(tokens: Tokens, first: int, head: int) -> set[str]:
    """The words that narrow the phrase down, with "of Ukraine" after it; the head is not among them."""
    narrower = content_words(tokens, range(first, head))
    if tokens.lower[head + 1 : head + 2] == ["of"]:
        last = first = head + 3 if tokens.lower[head + 2 : head + 3] == ["the"] else head + 2
        while tokens.pos[last : last + 1] == ["PROPN"] and last < first + 3:
            last += 1
        narrower |= content_words(tokens, range(first, last))
    return narrower


def complement_of(tokens: Tokens, head: int) -> range:
    """What a preposition right after a noun adds to it, up to a verb: "of the Senate committee"."""
    first = head + 1
    if tokens.pos[first : first + 1] != ["ADP"] or tokens.head[first] != head:
        return range(first, first)
    last = tokens.doc[first].right_edge.i + 1
    return range(first, next((i for i in range(first, last) if tokens.pos[i] in ("VERB", "AUX")), last))


def head_of(tokens: Tokens, first: int, last: int) -> int:
    """The token of first:last on which the others hang ("head" in "head of state")."""
    if tuple(tokens.lower[last - 2 : last]) in _OF_STATE:
        last -= 2
    i = last - 1
    while first <= tokens.head[i] < last and tokens.head[i] != i:
        i = tokens.head[i]
    return i


def _nominals(tokens: Tokens, named: Container[int], persons: Container[str]) -> list[_Phrase]:
    """Definite noun phrases whose head is a role or a kind of organisation, sorted by first token.

    A role right before a name is that name's title.

    Args:
        named: the tokens of names.
        persons: the nouns that stand for one.
    """
    organisations = titles().organisations
    out = []
    for i, lemma in enumerate(tokens.lemma):
        if lemma not in persons and lemma not in organisations:
            continue
        if tokens.pos[i] not in ("NOUN", "PROPN") or tokens.tag[i] in ("NNS", "NNPS"):
            continue
        party = i in named and lemma in _PARTIES and tokens.lower[i - 1] not in _DEFINITE
        if (i in named and not party) or i + 1 in named or _goes_on(tokens, i):
            continue
        first = _first_of_definite(tokens, i)
        if first is not None:
            kind = "PERSON" if lemma in persons else organisations[lemma]
            last = i + 3 if tuple(tokens.lower[i + 1 : i + 3]) in _OF_STATE else i + 1
            out.append(_Phrase(first, last, i, kind, "nominal"))
    return out


def _goes_on(tokens: Tokens, i: int) -> bool:
    """Is this noun only part of a longer one: "the president elect", "the company policy"?"""
    follows = i + 1 < len(tokens.text) and tokens.head[i] == i + 1
    return follows and tokens.dep[i] in ("compound", "amod", "nmod")


def _first_of_definite(tokens: Tokens, head: int) -> int | None:
    """First token of the phrase, without a possessive before it; None when it is not definite."""
    for i in range(head - 1, max(-1, head - 1 - _REACH), -1):
        if tokens.lower[i] in _DEFINITE:
            return i
        if tokens.tag[i] in ("PRP$", "POS"):  # "his wife", "Poe's lawyer"
            return i + 1
        if tokens.pos[i] not in _INSIDE and tokens.lower[i] != "-":
            return None
    return None


def role_of(tokens: Tokens, i: int) -> str:
    """Grammatical role of the phrase with head i; a conjunct or an apposition has that of its head."""
    for _ in range(_LONGEST_CHAIN):
        dep = tokens.dep[i]
        if dep == "pobj":
            return "subject" if tokens.dep[tokens.head[i]] == "agent" else "other"
        if dep not in ("conj", "appos"):
            return _ROLES.get(dep, "other")
        i = tokens.head[i]
    return "other"


def _entities(doc: Doc, names: list[Name], title: str) -> list[str]:
    """The article's own best form of each name."""
    tokens, about = Tokens.of(doc), introductions(doc)
    texts = [tokens.article[tokens.start[n.first] : tokens.end[n.last - 1]] for n in names]
    persons = [k for k, name in enumerate(names) if name.kind == "PERSON"]
    introduced = [about[names[k].first] for k in persons]
    couples = shared_surnames(tokens, [names[k] for k in persons])
    full = [couples.get(names[k].first, texts[k]) for k in persons]
    linked = dict(zip(persons, link_persons(full, introduced, title=title), strict=True))
    others = iter(_link_others(tokens.article, [text for k, text in enumerate(texts) if k not in linked]))
    return [linked[k] if k in linked else next(others) for k in range(len(names))]


def _link_others(text: str, names: list[str]) -> list[str]:
    """One form for each organisation or place: its full name for its acronym, in brackets or by initials.

    By initials only where one name of three words or more before it has them: "The International Monetary
    Fund warned … The IMF said".
    """
    plain = [" ".join(name.split()) for name in names]
    first: dict[str, str] = {}
    for name in plain:
        first.setdefault(fold(name), name)
    forms = dict(first)
    for key, name in first.items():
        short = fold(_LEGAL_FORM.sub("", name))
        if short != key and short in first:
            forms[short] = name
        if " " in name:
            given = re.search(rf"{re.escape(name)}\s*\(([A-Z][A-Za-z.&-]{{1,9}})\)", text)
            if given and shortens(given[1], name):
                forms[fold(given[1])] = name
    known = {name: initials(name) for name in first.values()}
    for key, name in first.items():
        same = [
            full for full, initials in known.items() if name.isupper() and initials == name.replace(".", "")
        ]
        if len(same) == 1 and forms[key] == name and plain.index(same[0]) < plain.index(name):
            forms[key] = same[0]
    return [forms[fold(name)] for name in plain]
