"""The sentences of one article: whose voice, and TextBlob's polarity and subjectivity."""

import re
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc

from samestory.annotation.quotes import Quote
from samestory.annotation.sentiment import sentence_polarity
from samestory.annotation.tokens import Tokens

_BLANK_LINE = re.compile(r"\n\s*\n")
_WORD = re.compile(r"\w")
# Within a line, the parser's cut stands only after a sign that can end a sentence, and not after a title.
_END = re.compile(r"[.!?:;…。]['\"’”»)\]]*\Z|['\"’”»)\]]\Z")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|Prof|Rev|vs|No)\.\Z")
# Words that carry no content of their own: what is left of "The minister had said that ..." once cue,
# speaker and content are taken out must not make the sentence the narrator's.
_FUNCTION_WORDS = {"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"}
_NO_WORDS = {"PUNCT", "SPACE", "SYM"}
_LONG = 600  # characters from which a text without full stops is left as the parser cut it
_FRAME, _CONTENT = 1, 2  # of a character: in a cue or speaker, in what is quoted


class Sentence(NamedTuple):
    """One sentence; start:end are characters, trimmed of white space."""

    start: int
    end: int
    sentence: int
    paragraph: int
    voice: str
    polarity: float | None
    subjectivity: float | None


def find_sentences(doc: Doc, quotes: list[Quote]) -> list[Sentence]:
    """List the sentences in text order, with their voice and their tone.

    A sentence never crosses a blank line. Two pieces that the parser cut where no sentence ends ("Sen." |
    "Ann Lee", or a closing quotation mark set apart) are one.

    Args:
        doc: the parsed article.
        quotes: its attributions, whose content, cue and speaker decide the voice.
    Returns:
        voice is 'narrator' where no word of the sentence lies in the content of a quote, 'quoted' where
        all words do but the cue, the speaker and function words ("that", "has", "the"), else 'mixed'.
        polarity (-1 to 1) and subjectivity (0 to 1) are None where no word is in the lexicon.
    """
    text, places = Tokens.of(doc).article, sentence_places(doc)
    voices = _voices(doc, _cover(len(text), quotes), places)
    sentences = []
    for number, ((start, end, paragraph), voice) in enumerate(zip(places, voices, strict=True)):
        polarity, subjectivity, _ = sentence_polarity(text[start:end])
        sentences.append(Sentence(start, end, number, paragraph, voice, polarity, subjectivity))
    return sentences


def sentence_places(doc: Doc) -> list[tuple[int, int, int]]:
    """(start, end, paragraph) of each sentence, in characters; made once a Doc and kept with it."""
    if "samestory_sentences" not in doc.user_data:
        doc.user_data["samestory_sentences"] = _places(doc)
    return doc.user_data["samestory_sentences"]


def _places(doc: Doc) -> list[tuple[int, int, int]]:
    tokens = Tokens.of(doc)
    text = tokens.article
    first = len(text) - len(text.lstrip())
    breaks = [match.end() for match in _BLANK_LINE.finditer(text, first)]
    cuts = sorted({0, len(text), *breaks, *(tokens.start[start] for start, _ in tokens.sentences)})
    places, paragraph = [], 0
    for start, end in pairwise(cuts):
        while paragraph < len(breaks) and start >= breaks[paragraph]:
            paragraph += 1
        piece = text[start:end]
        start, end = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if start == end:
            continue
        before = places[-1] if places and places[-1][2] == paragraph else None
        if before and before[1] - before[0] < _LONG and _is_one(text, before[1], start, piece):
            places[-1] = (before[0], end, paragraph)
        elif _WORD.search(piece):
            places.append((start, end, paragraph))
    return places


def _is_one(text: str, before: int, start: int, piece: str) -> bool:
    """Whether the piece from start goes on with the sentence that the parser ended at before."""
    if not _WORD.search(piece):
        return True
    tail = text[max(0, before - 8) : before]
    ended = _END.search(tail) and not _TITLE.search(tail)
    return not ended and "\n" not in text[before:start]


def _voices(doc: Doc, cover: bytearray, places: list[tuple[int, int, int]]) -> list[str]:
    """The voice of each sentence, from where its words lie."""
    tokens = Tokens.of(doc)
    voices, i = [], 0
    for start, end, _ in places:
        quoted = own = 0
        while i < len(doc) and tokens.start[i] < end:
            pos, place = tokens.pos[i], cover[tokens.start[i]]
            if tokens.start[i] >= start and pos not in _NO_WORDS:
                quoted += place == _CONTENT
                own += not place and pos not in _FUNCTION_WORDS
            i += 1
        voices.append("narrator" if not quoted else "mixed" if own else "quoted")
    return voices


def _cover(length: int, quotes: list[Quote]) -> bytearray:
    """What each character belongs to: nothing (0), a cue or speaker, or the content of a quote."""
    cover = bytearray(length)
    for quote in quotes:
        for start, end in ((quote.cue_start, quote.cue_end), (quote.speaker_start, quote.speaker_end)):
            if start is not None and end is not None:
                cover[start:end] = bytes([_FRAME]) * (end - start)
    for quote in quotes:
        cover[quote.start : quote.end] = bytes([_CONTENT]) * (quote.end - quote.start)
    return cover
