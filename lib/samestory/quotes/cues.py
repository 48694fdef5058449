"""The word that reports a quote: which token, its lemma, its act and its stance by the codebook of cues."""

from functools import lru_cache

from samestory.language.stems import base_forms
from samestory.language.tokens import Tokens
from samestory.packaged import packaged_yaml
from samestory.quotes.decoding import Span

PREDICATES = {"acomp", "attr", "oprd"}
_PREDICATE = 4  # tokens from "is" to its adjective


@lru_cache(maxsize=1)
def read_cues() -> dict[str, tuple[str, str]]:
    """Read codebooks/cues.yaml: lemma -> (act, stance); the first list that names a lemma holds."""
    cues: dict[str, tuple[str, str]] = {}
    for act, stances in packaged_yaml("codebooks/cues.yaml").items():
        for stance, lemmas in stances.items():
            for lemma in lemmas:
                cues.setdefault(lemma, (act, stance))
    return cues


def cue_token(tok: Tokens, cue: Span | None, source: Span | None) -> int | None:
    """The token that heads a cue: what the codebook knows, else what governs the others.

    Where no cue was seen, or a name was taken for one, it is the reporting verb that the source hangs on.
    """
    span = cue or source
    if span is None:
        return None
    inside = tok.within(*span)
    if cue is None or all(tok.pos[n] == "PROPN" for n in inside):
        verbs = [tok.head[n] for n in inside if tok.head[n] not in inside and tok.pos[tok.head[n]] == "VERB"]
        return next((verb for verb in verbs if lemma_of(tok, verb) in read_cues()), None)
    known = [n for n in inside if lemma_of(tok, n) in read_cues() and tok.pos[n] != "AUX"]
    above = [n for n in inside if tok.head[n] not in inside or tok.head[n] == n]
    return (known or above or list(inside))[0]


def lemma_of(tok: Tokens, place: int) -> str:
    """The lemma, or a base form that the codebook knows where the tagger's is none ("hop" for "hoped")."""
    if tok.lemma[place] in read_cues():
        return tok.lemma[place]
    forms = base_forms(tok.lower[place])[1:]
    return next((form for form in reversed(forms) if form in read_cues()), tok.lemma[place])


def cue_of(tok: Tokens, cue: int) -> tuple[Span, str | None]:
    """Characters of the cue, and its lemma: with its particle, or as "be" with its adjective."""
    cues, last = read_cues(), cue
    lemma: str | None = lemma_of(tok, cue)
    following = tok.lower[cue + 1 : cue + 2]
    if not any(letter.isalnum() for letter in tok.text[cue]):
        lemma = None
    elif tok.lower[cue] == "according" and following == ["to"]:
        last, lemma = cue + 1, "according to"
    elif following and f"{tok.lemma[cue]} {following[0]}" in cues:
        last, lemma = cue + 1, f"{tok.lemma[cue]} {following[0]}"
    elif tok.pos[cue] == "AUX":
        for i in range(cue + 1, min(cue + 1 + _PREDICATE, len(tok.text))):
            if tok.head[i] == cue and tok.dep[i] in PREDICATES and tok.lemma[i] in cues:
                last, lemma = i, tok.lemma[i]
                break
    return (tok.start[cue], tok.end[last]), lemma


def act_and_stance(tok: Tokens, cue: int | None, lemma: str | None, kind: str) -> tuple[str, str]:
    """By the codebook; else words in marks were said, and what has no clause is an attitude."""
    if cue is None or lemma is None:
        return "speech", "neutral"
    known = read_cues().get(lemma) or read_cues().get(lemma.split()[0])
    if known:
        return ("speech" if kind == "direct" else known[0]), known[1]
    clause = any(tok.dep[child] == "ccomp" for child in tok.children.get(cue, ()))
    return ("speech" if kind != "indirect" or clause else "attitude"), "neutral"
