"""Direct, indirect and mixed quotes: content, cue and the speaker's words."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from spacy.tokens import Doc

from samestory.annotation.quotes.codebook import read_cues
from samestory.annotation.quotes.marks import Marked, marked_passages
from samestory.annotation.quotes.model import Attribution, find_attributions
from samestory.annotation.tokens import Tokens

_PREDICATES = {"acomp", "attr", "oprd"}
_LEAST_WORDS = 5  # of a marked passage that stands alone: shorter ones are titles and scare quotes


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
    """Find the attributions, sorted by start; speakers are spans, not yet names.

    Each is a statement or an attitude of a source as PolNeAR defines it: what is said, written,
    thought or wanted, by whom, and the word that tells so. A content that its speaker interrupts
    ("A," he said, "B") is one row. A sentence within marks that nobody is seen to say is a row
    without cue and speaker.

    References:
        Newell, Margolin and Ruths (2018), An attribution relations corpus for political news, LREC.
    """
    tok = Tokens.of(doc)
    text = tok.article
    passages = marked_passages(text)
    found = [_quote(text, tok, passages, item) for item in find_attributions(doc)]
    found = _with_unclaimed(text, passages, found)
    return sorted((quote for quote in found if quote.start < quote.end), key=lambda quote: quote.start)


def _quote(text: str, tok: Tokens, passages: list[Marked], item: Attribution) -> Quote:
    first, last = item.content
    end = _to_the_closing_mark(passages, tok.start[first], tok.end[last - 1], tok.start[item.cue])
    start, end = _trim(text, passages, tok.start[first], end)
    while item.by_layout and end < len(text) and text[end] in ".?!…":
        end += 1
    cue_start, cue_end, lemma = _cue(tok, item)
    source = (tok.start[item.source[0]], tok.end[item.source[1] - 1]) if item.source else (None, None)
    kind = "direct" if item.by_layout else _kind(text, passages, start, end, [(cue_start, cue_end), source])
    act, stance = _act_and_stance(tok, item.cue, lemma, kind)
    return Quote(start, end, kind, act, lemma, cue_start, cue_end, stance, *source)


def _cue(tok: Tokens, item: Attribution) -> tuple[int, int, str | None]:
    """Characters of the cue, and its lemma: with its particle, or as "be" with its adjective."""
    cue, size = item.cue, len(tok.text)
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
            if tok.head[place] == cue and tok.dep[place] in _PREDICATES and tok.lemma[place] in cues:
                return tok.start[cue], tok.end[place], tok.lemma[place]
    return tok.start[cue], tok.end[cue], tok.lemma[cue]


def _act_and_stance(tok: Tokens, cue: int, lemma: str | None, kind: str) -> tuple[str, str]:
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


def _to_the_closing_mark(passages: list[Marked], start: int, end: int, cue: int) -> int:
    """The end of the content, with the further sentences of a quotation that it opens."""
    for passage in _near(passages, end - 1, end):
        if start <= passage.start < end < passage.end and not passage.start <= cue < passage.end:
            return passage.end
    return end


def _trim(text: str, passages: list[Marked], start: int, end: int) -> tuple[int, int]:
    """Without white space, quotation marks and dangling punctuation at the edges.

    A full stop or question mark that stands within the content's own marks belongs to it.
    """
    while start < end and not (text[start].isalnum() or text[start] in "$£€([#@…"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%)]"):
        end -= 1
    for passage in _near(passages, end, end):
        if not any(letter.isalnum() for letter in text[end : passage.end]):
            stop = passage.end
            while stop > end and text[stop - 1] not in ".?!…)":
                stop -= 1
            return start, stop
    return start, end


def _kind(text: str, passages: list[Marked], start: int, end: int, holes: list) -> str:
    """direct: every word within marks; indirect: none; cue, speaker and what is between left out."""
    near = _near(passages, start, end)
    if not near:
        return "indirect"
    pieces = [(max(item.start, start), min(item.end, end)) for item in near]
    gaps, place = [], start
    for first, last in pieces:
        gaps.append((place, first))
        place = last
    gaps.append((place, end))
    for first, last in gaps:
        said_between = (
            start < first and last < end and any(a is not None and first <= a < last for a, _ in holes)
        )
        if not said_between and any(letter.isalnum() for letter in text[first:last]):
            return "mixed"
    return "direct"


def _near(passages: list[Marked], start: int, end: int) -> list[Marked]:
    """The passages that share characters with start:end."""
    first = bisect_right(passages, start, key=lambda item: item.end)
    last = bisect_left(passages, max(end, start + 1), key=lambda item: item.start)
    return passages[first:last]


def _with_unclaimed(text: str, passages: list[Marked], found: list[Quote]) -> list[Quote]:
    """The rows, and whole sentences within marks that no cue claims.

    What goes on right after '"A," she said.' belongs to that row; a paragraph that opens again,
    or a sentence after 'She said it was late.', is a row of its own with that speaker.
    """
    rows = sorted(found, key=lambda quote: quote.start)
    claimed = [(quote.start, quote.end) for quote in rows]
    at, before, went_on = 0, None, False
    for passage in passages:
        while at < len(claimed) and claimed[at][1] <= passage.start:
            before = at
            at += 1
        if at < len(claimed) and claimed[at][0] < passage.end:
            before, went_on = at, passage.goes_on
            continue
        start, end = _trim(text, passages, passage.start, passage.end)
        near = before is not None and (went_on or _follows(text, rows[before], passage.start))
        if len(text[start:end].split()) < _LEAST_WORDS or not _is_sentence(text, passage, start):
            before = None
        elif near and not went_on and rows[before].kind == "direct":
            rows[before] = rows[before]._replace(end=end)
        elif near or _is_paragraph(text, passage):
            speaker = (rows[before].speaker_start, rows[before].speaker_end) if near else (None, None)
            rows.append(Quote(start, end, "direct", "speech", None, None, None, "neutral", *speaker))
            before = len(rows) - 1
        else:
            before = None
        went_on = passage.goes_on
    return rows


def _follows(text: str, row: Quote, start: int) -> bool:
    """Nothing but punctuation and space of the same paragraph between the row's parts and the place."""
    last = max(row.end, row.cue_end or 0, row.speaker_end or 0)
    gap = text[last:start]
    return last <= start and "\n" not in gap and not any(letter.isalnum() for letter in gap)


def _is_sentence(text: str, passage: Marked, start: int) -> bool:
    whole = text[passage.start : passage.end].rstrip()
    return text[start].isupper() and (whole[-1:] in (".", "?", "!", "…") or passage.goes_on)


def _is_paragraph(text: str, passage: Marked) -> bool:
    """Nothing else in its lines: a quote that the page sets apart."""
    before = text.rfind("\n", 0, passage.start) + 1
    after = text.find("\n", passage.end)
    rest = text[before : passage.start] + text[passage.end : after if after >= 0 else len(text)]
    return not any(letter.isalnum() for letter in rest)
