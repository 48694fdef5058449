"""The word that reports a quote: which token, its lemma, its act and its stance by the codebook of cues."""

from bisect import bisect_left, bisect_right
from functools import lru_cache

from samestory.language.stems import base_forms
from samestory.language.tokens import Tokens
from samestory.packaged import packaged_yaml
from samestory.quotes.decoding import Span

PREDICATES = {"acomp", "attr", "oprd"}


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
    inside = range(bisect_right(tok.end, span[0]), bisect_left(tok.start, span[1]))
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


def cue_of(tok: Tokens, cue: int) -> tuple[int, int, str | None]:
    """Characters of the cue, and its lemma: with its particle, or as "be" with its adjective."""
    size = len(tok.text)
    cues = read_cues()
    after = cue + 1
    if not any(letter.isalnum() for letter in tok.text[cue]):
        return tok.start[cue], tok.end[cue], None
    if tok.lower[cue] == "according" and after < size and tok.lower[after] == "to":
        return tok.start[cue], tok.end[after], "according to"
    if after < size and f"{tok.lemma[cue]} {tok.lower[after]}" in cues:
        return tok.start[cue], tok.end[after], f"{tok.lemma[cue]} {tok.lower[after]}"
    if tok.pos[cue] == "AUX":
        for place in range(after, min(after + 4, size)):
            if tok.head[place] == cue and tok.dep[place] in PREDICATES and tok.lemma[place] in cues:
                return tok.start[cue], tok.end[place], tok.lemma[place]
    return tok.start[cue], tok.end[cue], lemma_of(tok, cue)


def act_and_stance(tok: Tokens, cue: int | None, lemma: str | None, kind: str) -> tuple[str, str]:
    """By the codebook; else words in marks were said, and what has no clause is an attitude."""
    if lemma is None:
        return "speech", "neutral"
    known = read_cues().get(lemma) or read_cues().get(lemma.split()[0])
    if known:
        return ("speech" if kind == "direct" else known[0]), known[1]
    clause = any(
        tok.head[place] == cue and tok.dep[place] == "ccomp"
        for place in range(max(cue - 40, 0), min(cue + 40, len(tok.head)))
    )
    return ("speech" if kind != "indirect" or clause else "attitude"), "neutral"
