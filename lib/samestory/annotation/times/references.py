"""Readings of vague references: PRESENT_REF, PAST_REF and FUTURE_REF."""

from samestory.annotation.times.anchor import Anchor
from samestory.annotation.times.grammar import Found, Reading, rule, stated


@rule("NOW", "(?P<word>REFERENCE)")
def adverb(found: Found, anchor: Anchor) -> Reading | None:
    """ "now", "currently", "recently"."""
    return stated("DATE", found.payload("word") or "PRESENT_REF")


@rule(
    "RECENT UNITS (?:AND UNITS)?",
    "(?:PAST|LAST|PREVIOUS) UNITS",
    "THE? (?P<ahead>NEXT) UNITS",
    "THE UNITS (?P<ahead>AHEAD)",
    "(?P<these>THIS) (?P<unit>UNITS)",
)
def vague_units(found: Found, anchor: Anchor) -> Reading | None:
    """ "recent days", "past years", "the coming months", "the weeks ahead", "these days"."""
    if found.has("these"):
        return stated("DATE", "PRESENT_REF") if found.payload("unit") == "D" else None
    return stated("DATE", "FUTURE_REF" if found.has("ahead") else "PAST_REF")


@rule("AT (?P<noun>THE NOUN)", "(?P<noun>THE {edge}? NOUN)", "(?P<noun>THE PAST)", "IN (?P<noun>NOUN)")
def noun(found: Found, anchor: Anchor) -> Reading | None:
    """ "the future", "in the past", "at the moment", "at the time"; not "the future of Kosovo"."""
    first, last = found.span("noun")
    word, after = found.words.word(last - 1).lower(), found.after()
    reading = Reading("DATE", "", "stated", words=(first, last))
    introduced = found.first < first and found.words.word(found.first).lower() == "at"
    if word in ("moment", "present", "time"):
        value = "PAST_REF" if word == "time" else "PRESENT_REF"
        return reading._replace(value=value) if introduced and after != "of" else None
    if word not in ("future", "past") or after in ("of", "-") or _modifies(found, anchor, last):
        return None
    return reading._replace(value="PAST_REF" if word == "past" else "FUTURE_REF")


def _modifies(found: Found, anchor: Anchor, last: int) -> bool:
    """ "the future flagship", "the past Nov. 1 deadline"."""
    token = anchor.token_at(found.words.start[last - 1])
    return anchor.tokens.head[token] > token
