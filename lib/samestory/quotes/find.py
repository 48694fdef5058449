"""Direct, indirect and mixed quotes: content, cue and the speaker's words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from samestory.language.encoder import Encoded
from samestory.language.marks import (
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
from samestory.quotes.decoding import (
    Attribution,
    Span,
    find_attributions,
    from_the_opening,
    kind_of,
    near,
    to_the_phrases_end,
    trim,
    with_partners,
    within_marks,
    without_remark,
)

_LEAST_WORDS = 3  # of a marked passage that stands alone: shorter ones are titles and scare quotes
# Verbs of naming report words only where they say as what: "called it a failure", not "called an election".
_NAMING = {"call", "name", "dub", "label", "brand", "term", "nickname", "title"}
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
    certainty: float | None = None  # 0 to 1; None where the layout or the marks alone tell of a quote


def find_quotes(doc: Doc, reading: Encoded) -> list[Quote]:
    """Find the attributions, sorted by start; speakers are spans, not yet names.

    Each is a statement or an attitude of a source as PolNeAR defines it: what is said, written,
    thought or wanted, by whom, and the word that tells so. A content that its speaker interrupts
    ("A," he said, "B") is one row. A sentence within marks that nobody is seen to say is a row
    without cue and speaker.

    Args:
        doc: the parsed article.
        reading: the encoder's reading of the same text.
    References:
        Newell, Margolin and Ruths (2018), An attribution relations corpus for political news, LREC.
    """
    tok = Tokens.of(doc)
    text = tok.article
    passages = marked_passages(text)
    found = _from_layout(text, passages)
    taken = sorted((quote.start, quote.end) for quote in found)
    utterances = [(passage.start, passage.end) for passage in passages if is_utterance(text, passage)]
    for item in find_attributions(reading, utterances):
        if item.cue and _shares(utterances, item.content[0], item.cue):
            continue  # within what somebody says already, which is a row of its own
        found += [
            row for row in _quotes(text, tok, passages, item) if not _touches(taken, row.start, row.end)
        ]
    found = _with_unclaimed(text, passages, found)
    return sorted((quote for quote in found if quote.start < quote.end), key=lambda quote: quote.start)


def _from_layout(text: str, passages: list[Marked]) -> list[Quote]:
    """Turns of a transcript and bylines: certain, and before all else."""
    rows = []
    for line in [*speaker_lines(text), *bylines(text, passages)]:
        start, end = trim(text, passages, *line.content)
        while end < len(text) and text[end] in ".?!…":
            end += 1
        cue = line.cue or (None, None)
        rows.append(Quote(start, end, "direct", "speech", None, *cue, "neutral", *line.source))
    return rows


def _shares(utterances: list[Span], one: Span, other: Span) -> bool:
    """Whether both lie between the same marks."""
    place = bisect_right(utterances, one[0], key=lambda span: span[0]) - 1
    return place >= 0 and utterances[place][0] <= other[0] and max(one[1], other[1]) <= utterances[place][1]


def _touches(spans: list[Span], start: int, end: int) -> bool:
    """Whether start:end shares characters with one of the spans, which are sorted and apart."""
    place = bisect_left(spans, end, key=lambda span: span[0])
    return place > 0 and spans[place - 1][1] > start


def _quotes(text: str, tok: Tokens, passages: list[Marked], item: Attribution) -> Iterator[Quote]:
    """The rows of an attribution: none, one, or more where it goes on in paragraphs after other words."""
    token = cue_token(tok, item.cue, item.source)
    cue_start, cue_end, lemma = (None, None, None) if token is None else cue_of(tok, token)
    source = _with_nickname(text, None if _is_announced(text, item) else item.source) or (None, None)
    for number, (start, end) in enumerate(_joined(text, tok, passages, item)):
        start, end = within_marks(passages, start, end, item)
        start, end = trim(text, passages, start, without_remark(text, passages, start, end))
        start, end = from_the_opening(tok, start), to_the_phrases_end(tok, end)
        kind = kind_of(text, passages, start, end, [(cue_start, cue_end), source])
        if kind == "mixed":
            start, end = with_partners(passages, start, end)
        if not _is_reported(text, tok, passages, token, start, end):
            continue
        act, stance = act_and_stance(tok, token, lemma, kind)
        if number:  # what goes on is reported by no word of its own
            yield Quote(start, end, kind, act, None, None, None, "neutral", *source, certainty=item.certainty)
        else:
            cue = (lemma, cue_start, cue_end)
            yield Quote(start, end, kind, act, *cue, stance, *source, certainty=item.certainty)


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
    first = tok.sentence_of[min(bisect_right(tok.end, gap[0]), len(tok.text) - 1)] + 1
    last = tok.sentence_of[max(bisect_left(tok.start, gap[1]) - 1, 0)]
    for begin, end in tok.sentences[first : last + 1]:
        told = (tok.start[begin], tok.end[end - 1])
        speaks = any(told[0] <= span[0] < told[1] for span in (item.cue, item.source) if span)
        if told[1] <= gap[1] and not speaks and {"VERB", "AUX"} & set(tok.pos[begin:end]):
            return True
    return False


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
        start, end = trim(text, passages, passage.start, passage.end)
        close = before is not None and (went_on or _follows(text, rows[before], passage.start))
        if len(text[start:end].split()) < _LEAST_WORDS or not _is_sentence(text, passage, start):
            before = None
        elif close and not went_on and rows[before].kind == "direct":
            rows[before] = rows[before]._replace(end=end)
        else:
            speaker = (rows[before].speaker_start, rows[before].speaker_end) if close else (None, None)
            rows.append(Quote(start, end, "direct", "speech", None, None, None, "neutral", *speaker))
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
