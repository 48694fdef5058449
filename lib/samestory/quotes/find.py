"""Direct, indirect and mixed quotes: content, cue and the speaker's words."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from samestory.language.encoder import Encoded
from samestory.language.quotation_marks import (
    MARKS,
    Marked,
    bylines,
    is_title,
    is_utterance,
    marked_passages,
    speaker_lines,
)
from samestory.language.tokens import Tokens
from samestory.quotes.cues import PREDICATES, act_and_stance, cue_of, cue_token, lemma_of, read_cues
from samestory.quotes.decoding import Attribution, Span, find_attributions
from samestory.quotes.edges import edges_of, near, trim

_LEAST_WORDS = 3  # of a marked passage that stands alone: shorter ones are titles and scare quotes
# Verbs of naming report words only where they say as what: "called it a failure", not "called an election".
_NAMING = {
    "call",
    "name",
    "dub",
    "label",
    "brand",
    "term",
    "nickname",
    "title",
    "appoint",
    "nominate",
    "elect",
}
# What a court or the police do is no speech where it is said of whom they do it to.
_DEEDS = {"acquit", "arrest", "convict", "fine", "jail", "release", "sentence"}
_NICKNAME = re.compile(r"\s?[\"“‘'][A-Z][^\"”’'\n]{0,20}[\"”’']\s[A-Z][\w’-]+")
_SURNAME = re.compile(r"\s[A-Z][\w’-]+")
_FEW_WORDS = 8  # as an object of such a verb has; a parser loses its way in longer ones


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
    speaks_for: str | None = None  # the body of a spokesperson
    certainty: float | None = None  # 0 to 1; None where the layout or the marks alone tell of a quote

    @property
    def cue_span(self) -> Span | None:
        """Characters of the cue."""
        return None if self.cue_start is None or self.cue_end is None else (self.cue_start, self.cue_end)

    @property
    def speaker_span(self) -> Span | None:
        """Characters of the words that name the speaker."""
        start, end = self.speaker_start, self.speaker_end
        return None if start is None or end is None else (start, end)


def find_quotes(doc: Doc, reading: Encoded) -> list[Quote]:
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
    found = _from_layout(text, passages)
    taken = [(quote.start, quote.end) for quote in found]
    utterances = [(passage.start, passage.end) for passage in passages if is_utterance(text, passage)]
    for item in find_attributions(reading, utterances):
        cue, content = item.cue, item.content[0]
        if cue and any(a <= min(cue[0], content[0]) and max(cue[1], content[1]) <= b for a, b in utterances):
            continue  # within what somebody says already, which is a row of its own
        rows = _quotes(text, tok, passages, item)
        found += [row for row in rows if not any(a < row.end and row.start < b for a, b in taken)]
    found = _with_unclaimed(text, passages, found)
    return sorted((quote for quote in found if quote.start < quote.end), key=lambda quote: quote.start)


def _quote(start: int, end: int, speaker: Span | None, cue: Span | None = None) -> Quote:
    """A direct quote without a reporting verb."""
    cue_start, cue_end = cue or (None, None)
    speaker_start, speaker_end = speaker or (None, None)
    return Quote(
        start, end, "direct", "speech", None, cue_start, cue_end, "neutral", speaker_start, speaker_end
    )  # fmt: skip


def _from_layout(text: str, passages: list[Marked]) -> list[Quote]:
    """Turns of a transcript and bylines: certain, and before all else."""
    rows = []
    for line in [*speaker_lines(text), *bylines(text, passages)]:
        start, end = trim(text, passages, *line.content)
        while end < len(text) and text[end] in ".?!…":
            end += 1
        rows.append(_quote(start, end, line.source, line.cue))
    return rows


def _quotes(text: str, tok: Tokens, passages: list[Marked], item: Attribution) -> Iterator[Quote]:
    """The rows of an attribution: none, one, or more where it goes on in paragraphs after other words."""
    token = cue_token(tok, item.cue, item.source)
    cue, lemma = (None, None) if token is None else cue_of(tok, token)
    source = _with_nickname(text, None if _is_announced(text, item) else item.source)
    named = [span for span in (cue, source) if span]
    for number, part in enumerate(_joined(text, tok, passages, item)):
        start, end, kind = edges_of(text, tok, passages, part, item, named)
        if not _is_reported(text, tok, passages, token, start, end):
            continue
        act, stance = act_and_stance(tok, token, lemma, kind)
        row = _quote(start, end, source, None if number else cue)
        row = row._replace(kind=kind, act=act, certainty=item.certainty)
        # What goes on is reported by no word of its own.
        yield row if number else row._replace(cue=lemma, stance=stance)


def _is_announced(text: str, item: Attribution) -> bool:
    """Whether a line with a colon, and no verb, names who speaks: "And from Ann Poe:" """
    if item.source is None or (item.cue and text[slice(*item.cue)].strip(":")):
        return False
    before = text[: item.content[0][0]].rstrip("“\"‘' \n")
    return before.endswith(":") and item.source[1] < before.rfind("\n")


def _with_nickname(text: str, source: Span | None) -> Span | None:
    """The speaker's words, with what follows a nickname in marks: Rosa “Tiny” Delgado."""
    if source is None:
        return None
    within = text[source[1] - 1] in "\"”’'"  # the nickname itself was seen as a part of the name
    found = (_SURNAME if within else _NICKNAME).match(text, source[1])
    return (source[0], found.end()) if found else source


def _is_reported(
    text: str, tok: Tokens, passages: list[Marked], cue: int | None, start: int, end: int
) -> bool:
    """Whether the words are said or thought, and not the title of a work or what a verb of naming takes."""
    if cue is None or not tok.text[cue][0].isalpha():
        return True
    lemma = lemma_of(tok, cue)
    known = lemma in read_cues()
    marked = [text[max(item.start, start) : min(item.end, end)] for item in near(passages, start, end)]
    words, takes = len(text[start:end].split()), {tok.dep[child] for child in tok.children.get(cue, ())}
    if words <= _FEW_WORDS and lemma in _NAMING and tok.pos[cue + 1 : cue + 2] != ["ADP"]:  # "called for"
        return bool(takes & {*PREDICATES, "ccomp", "xcomp"}) or any(not is_title(piece) for piece in marked)
    if lemma in _DEEDS and "auxpass" in takes:
        return False
    titles = sum(len(piece.split()) for piece in marked if is_title(piece))
    if titles > words / 2:
        return known and lemma not in _NAMING
    return bool(marked) or words > 2 or (known and "auxpass" not in takes)


def _joined(text: str, tok: Tokens, passages: list[Marked], item: Attribution) -> list[Span]:
    """Parts of one content as one, but for what stands in a paragraph of its own after other words.

    A part before which the narrator has gone on ("…," she said. Traders are angry too. "…") is none of hers.
    """
    joined = [item.content[0]]
    for start, end in item.content[1:]:
        last, marked = joined[-1][1], near(passages, start, end)
        gap = text[last:start]
        if _is_narrated(tok, (last, start), item):
            continue
        if not marked and _sentence_at(tok, start) != _sentence_at(tok, last - 1):
            continue  # retold words end with their sentence
        says_nothing = not any(letter.isalnum() for letter in gap)
        if says_nothing and "\n" not in gap and sum(gap.count(mark) for mark in MARKS) > 1:
            break  # “No.” “Yes.”: another speaker's
        if "\n" in gap and text[:last].endswith("?"):
            continue  # the answer to a question is not the asker's
        if "\n" in gap and not (says_nothing and marked):
            joined.append((start, end))
        else:
            joined[-1] = (joined[-1][0], end)
    return joined


def _sentence_at(tok: Tokens, place: int) -> int:
    """Number of the sentence that a character lies in."""
    return tok.sentence_of[min(bisect_right(tok.end, place), len(tok.text) - 1)]


def _is_narrated(tok: Tokens, gap: Span, item: Attribution) -> bool:
    """Whether a whole sentence stands in the gap that says nothing of who speaks."""
    last = tok.sentence_of[max(tok.within(*gap).stop - 1, 0)]
    for number in filter(tok.has_verb, range(_sentence_at(tok, gap[0]) + 1, last + 1)):
        first, end = tok.start[tok.sentences[number][0]], tok.end[tok.sentences[number][1] - 1]
        if end <= gap[1] and not any(first <= span[0] < end for span in (item.cue, item.source) if span):
            return True
    return False


def _with_unclaimed(text: str, passages: list[Marked], found: list[Quote]) -> list[Quote]:
    """The rows, and whole sentences within marks that no cue claims.

    What goes on right after '"A," she said.' belongs to that row; a paragraph that opens again,
    or a sentence after 'She said it was late.', is a row of its own with that speaker.
    """
    rows = sorted(found, key=lambda quote: quote.start)
    claimed = [(quote.start, quote.end) for quote in rows]
    before: int | None = None  # the row before the passage, while nothing parts them
    at, went_on = 0, False
    for passage in passages:
        while at < len(claimed) and claimed[at][1] <= passage.start:
            before = at
            at += 1
        if at < len(claimed) and claimed[at][0] < passage.end:
            before, went_on = at, passage.goes_on
            continue
        start, end = trim(text, passages, passage.start, passage.end)
        close = before is not None and (went_on or _follows(text, rows[before], passage.start))
        if len(text[start:end].split()) < _LEAST_WORDS or not _is_sentence(text, passage, start):
            before = None
        elif before is not None and close and not went_on and rows[before].kind == "direct":
            rows[before] = rows[before]._replace(end=end)
        else:
            speaker = rows[before].speaker_span if before is not None and close else None
            rows.append(_quote(start, end, speaker))
            before = len(rows) - 1
        went_on = passage.goes_on
    return rows


def _follows(text: str, row: Quote, start: int) -> bool:
    """Nothing but punctuation and space of the same paragraph between the row's parts and the place.

    Marks that close and open again with no word between them ("No." "Yes.") are those of two speakers.
    """
    last = max(row.end, row.cue_end or 0, row.speaker_end or 0)
    if row.kind == "direct" and last == row.end:
        return False
    gap = text[last:start]
    return last <= start and "\n" not in gap and not any(letter.isalnum() for letter in gap)


def _is_sentence(text: str, passage: Marked, start: int) -> bool:
    whole = text[passage.start : passage.end].rstrip()
    # “And the roof leaks,” put in Nora Bell: a comma, and the telling goes on
    told = whole[-1:] == "," and text[passage.end + 1 : passage.end + 3].strip().islower()
    ended = whole[-1:] in (".", "?", "!", "…") or passage.goes_on or told
    return text[start].isupper() and ended and not is_title(whole)
