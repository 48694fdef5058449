"""Every mention of a person, organisation or place in one article: by name, by role, by pronoun.

Roles stand in place of a name: "the Ukrainian leader", "the company".
"""

import re
from typing import NamedTuple

from spacy.tokens import Doc

from samestory.language.tokens import Tokens
from samestory.names.finder import Name, find_names
from samestory.names.gazetteers import fold, titles, words
from samestory.names.persons import content_words, link_persons, words_about

PRONOUNS = words("he him his himself she her hers herself they them their theirs themselves")
FIRST_PERSON = words("i me my mine myself we us our ours ourselves")
_DEFINITE = frozenset(("the", "this", "that"))
_INSIDE = frozenset(("ADJ", "NOUN", "PROPN", "NUM"))
# Said of whoever comes to hold the office, not of one person: "the next president".
GENERIC = words("next future another other any every each potential would-be same")
PARTIES = frozenset(("republican", "democrat"))  # "the Ohio Republican"; a bare one is the party
_OF_STATE = frozenset((("of", "state"), ("of", "government"), ("in", "chief")))
_REACH = 7  # tokens before the noun that may belong to the phrase
_ROLES = {
    "nsubj": "subject",
    "agent": "subject",
    "csubj": "subject",
    "nsubjpass": "object",  # "Poe was arrested by Lee": Poe is acted upon, Lee acts
    "dobj": "object",
    "dative": "object",
    "iobj": "object",
    "poss": "possessive",
}
_COMPANY = re.compile(
    r"(?:,|(?<!\s))\s+(?:inc|corp|corporation|co|company|ltd|llc|plc|ag|se|sa|nv)\.?$", re.I
)


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


def find_mentions(doc: Doc, *, title: str = "") -> list[Mention]:
    """Find names, definite roles ("the Ukrainian leader") and pronouns, sorted by start.

    Names get their entity here. That of a role or pronoun is None until `name_speakers`, which knows
    who is speaking. The subject of a passive counts as object, and its "by" phrase as subject.

    Args:
        doc: the parsed article.
        title: its headline, which may give the full form of a name.
    """
    tokens = Tokens.of(doc)
    names = find_names(doc, tokens)
    entities = _entities(doc, tokens, names, title)
    named_at = {i: name for name in names for i in range(name.first, name.last)}
    spans = [
        (n.first, n.last, n.kind, "name", e, head_of(tokens, n.first, n.last))
        for n, e in zip(names, entities, strict=True)
    ]
    nominals = find_nominals(tokens, named_at)
    heads = {n.head for n in nominals}
    spans = [span for span in spans if span[5] not in heads]  # "Republican" in "the Ohio Republican"
    spans += [(n.first, n.last, n.kind, "nominal", None, n.head) for n in nominals]
    spans += [
        (i, i + 1, "PERSON", "pronoun", None, i)
        for i, word in enumerate(tokens.lower)
        if (word in PRONOUNS or word in FIRST_PERSON) and tokens.pos[i] in ("PRON", "DET")
    ]
    return [
        Mention(tokens.start[i], tokens.end[j - 1], i, j, kind, form, entity, _role(tokens, head))
        for i, j, kind, form, entity, head in sorted(spans, key=lambda span: span[:2])
    ]


def _role(tokens: Tokens, i: int) -> str:
    """Grammatical role of the phrase with head i; a conjunct or an apposition has that of its head."""
    for _ in range(4):
        dep = tokens.dep[i]
        if dep == "pobj":
            return "subject" if tokens.dep[tokens.head[i]] == "agent" else "other"
        if dep not in ("conj", "appos"):
            return _ROLES.get(dep, "other")
        i = tokens.head[i]
    return "other"


def _entities(doc: Doc, tokens: Tokens, names: list[Name], title: str) -> list[str]:
    article = Tokens.of(doc).article
    texts = [article[tokens.start[n.first] : tokens.end[n.last - 1]] for n in names]
    persons = [k for k, name in enumerate(names) if name.kind == "PERSON"]
    person_at = {names[k].last - 1 for k in persons}
    about = [words_about(tokens, names[k], person_at) for k in persons]
    linked = dict(zip(persons, link_persons([texts[k] for k in persons], about, title=title), strict=True))
    others = _link_others(article, [texts[k] for k in range(len(names)) if k not in linked])
    rest = iter(others)
    return [linked[k] if k in linked else next(rest) for k in range(len(names))]


def _link_others(text: str, names: list[str]) -> list[str]:
    """One form for each organisation or place: its full name for an acronym that the text explains."""
    plain = [" ".join(name.split()) for name in names]
    first: dict[str, str] = {}
    for name in plain:
        first.setdefault(fold(name), name)
    forms = dict(first)
    for key, name in first.items():
        short = fold(_COMPANY.sub("", name))
        if short != key and short in first:
            forms[short] = name
        if " " in name:
            given = re.search(rf"{re.escape(name)}\s*\(([A-Z][A-Za-z.&-]{{1,9}})\)", text)
            if given:
                forms[fold(given[1])] = name
    return [forms[fold(name)] for name in plain]
