"""Direct, indirect and mixed quotes: content, cue and the speaker's words."""

from typing import NamedTuple

from spacy.tokens import Doc

from samestory.annotation.cues import read_cues
from samestory.annotation.quote_marks import Marked, marked_passages
from samestory.annotation.quote_rules import attributions_by_rule
from samestory.annotation.tokens import Tokens


class Quote(NamedTuple):
    """One attribution; all offsets are characters."""

    start: int  # content, without its quotation marks
    end: int
    kind: str  # direct, indirect, mixed
    act: str  # speech, attitude
    cue: str | None  # lemma
    cue_start: int | None
    cue_end: int | None
    stance: str | None
    speaker_start: int | None  # the words that name the speaker
    speaker_end: int | None
    speaker: str | None = None  # the name, given by `name_speakers`
    speaker_form: str = "none"  # name, nominal, pronoun, none


def find_quotes(doc: Doc) -> list[Quote]:
    """Find the attributions, sorted by start; speakers are spans, not yet names."""
    tok = Tokens.of(doc)
    passages = marked_passages(doc.text)
    found = []
    for content, cue, source in attributions_by_rule(doc):
        start, end = _trim(doc.text, tok.start[content[0]], tok.end[content[1] - 1])
        if start >= end:
            continue
        lemma = act = stance = cue_start = cue_end = None
        if cue:
            cue_start, cue_end = tok.start[cue[0]], tok.end[cue[1] - 1]
            lemma = "according to" if tok.lower[cue[0]] == "according" else tok.lemma[cue[0]]
            act, stance = read_cues().get(lemma, ("speech", "neutral"))
        found.append(
            Quote(
                start,
                end,
                _kind(doc.text, passages, start, end),
                act or "speech",
                lemma,
                cue_start,
                cue_end,
                stance or "neutral",
                tok.start[source[0]] if source else None,
                tok.end[source[1] - 1] if source else None,
            )
        )
    return sorted(found, key=lambda quote: quote.start)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space, quotation marks and dangling punctuation at the edges."""
    while start < end and not (text[start].isalnum() or text[start] in "$£€([#@"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".?!%)]…"):
        end -= 1
    return start, end


def _kind(text: str, passages: list[Marked], start: int, end: int) -> str:
    inside = sum(min(end, p.end) - max(start, p.start) for p in passages if p.start < end and p.end > start)
    if inside == 0:
        return "indirect"
    return "direct" if inside >= 0.97 * (end - start) else "mixed"
