"""Mentions of persons, organisations and places in one article, and which names are the same."""

import re
from typing import NamedTuple

from spacy.tokens import Doc

from samestory.annotation.name_kinds import Name
from samestory.annotation.named import find_names
from samestory.annotation.nominals import FIRST_PERSON, PRONOUNS, find_nominals, head_of
from samestory.annotation.persons import link_persons, words_about
from samestory.annotation.tokens import Tokens
from samestory.annotation.wordlists import fold

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
