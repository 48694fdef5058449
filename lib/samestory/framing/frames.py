"""Frames by the terms of codebooks, each score with the words that make it up.

Entman (1993), Framing: Toward Clarification of a Fractured Paradigm: to frame is to select aspects and
make them salient. Terms show which aspects are spoken of, not how they are argued.

A word alone is no evidence: "the lawyer Banks" is no economy, "to exercise discretion" no health. A term in a
name, in the title before it or in a date does not count, but for a body whose whole name it is ("Senate").
Of the rest those count whose sentence lies near the frame (ours): a sentence is compared with the frame's
definition and strong terms, against all frames of its codebook. The more a term counts, the less near it has
to be. Both are compared as the sum of the encoder's vectors of their pieces, the rarer the heavier: read by
eye, the encoder's full states told no better what is meant, and took nearly as long as all the rest together.

References:
    Arora, Liang and Ma (2017), A simple but tough-to-beat baseline for sentence embeddings, ICLR.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

import numpy as np
import pandas as pd
from spacy.tokens import Doc

from samestory.framing.codebooks import LEVELS, Codebook, Frame, built_in_codebook, built_in_codebooks
from samestory.framing.terms import FrameTerm, find_terms
from samestory.language.encoder import WIDTH, Pieces, encoded, piece_vectors, pieces_of
from samestory.language.pipeline import load_pipeline
from samestory.language.scores import FINE, settled
from samestory.language.sentences import sentence_places
from samestory.language.tokens import Tokens
from samestory.names.mentions import Mention, find_mentions
from samestory.timeline.expressions.find import Time, find_times

# Least nearness of a sentence for a term of each level, set on 121 terms in news, read by eye: of all 75 were
# meant, of the 60 that pass, 56.
NEAR = {LEVELS["strong"]: 0.05, LEVELS["terms"]: 0.15, LEVELS["weak"]: 0.175}
_FEWEST = 3  # frames of a codebook from which nearness to one of them, against all, says something
_COMMONEST = 1996  # "the", in the vocabulary; from here on it is sorted, the commonest pieces first
_NEVER = {"PERSON", "GPE", "LOC", "FAC", "WORK_OF_ART", "PRODUCT", "EVENT"}  # kinds of names
_LONGEST_TITLE = 60  # characters
_NOT_0 = 1e-9
# Capitalised words before a name, of which a short one may end in a full stop: "Sen.".
_TITLE = re.compile(r"(?:\b[A-Z](?:\w{0,4}\.|[\w'’-]*) (?:(?:of|for|the) )*)+\Z")
_THE = re.compile(r"the ", re.I)

Span = tuple[int, int]  # start and end, in characters


class Context(NamedTuple):
    """What a text says beside its terms."""

    sentences: list[Span]  # sorted
    names: list[tuple[int, int, str]]  # start, end and kind (OntoNotes)
    dates: list[Span]

    @classmethod
    def of_tables(cls, sentences: pd.DataFrame, mentions: pd.DataFrame, times: pd.DataFrame) -> Self:
        """The context of an article, by its rows in a story's tables."""
        names = mentions[mentions["form"] == "name"]
        return cls(
            list(zip(sentences["start"], sentences["end"], strict=True)),
            list(zip(names["start"], names["end"], names["kind"], strict=True)),
            list(zip(times["start"], times["end"], strict=True)),
        )


def frame_terms(
    doc: Doc, mentions: list[Mention], times: list[Time], codebooks: Sequence[Codebook] | None = None
) -> list[FrameTerm]:
    """Find the terms of the codebooks (the built-in ones when None) that are meant, sorted by start.

    Args:
        mentions: the article's, of which the names count here.
        times: the article's expressions of time.
    """
    text, context = Tokens.of(doc).article, _context(doc, mentions, times)
    return terms_meant(text, codebooks, context, encoded(doc).pieces)


def terms_meant(
    text: str, codebooks: Sequence[Codebook] | None, context: Context, pieces: Pieces | None = None
) -> list[FrameTerm]:
    """The same for a text whose sentences, names and dates are known, and perhaps its pieces."""
    books = built_in_codebooks() if codebooks is None else codebooks
    found = _unnamed(text, books, context)
    return _near(found, pieces_of(text) if pieces is None else pieces, context.sentences, books)


def frames(text: str) -> dict[str, float]:
    """Share of each policy frame among the weighted terms of one text.

    Returns:
        frame -> share, largest first; the shares add up to 1; empty when no term is found. Where the text
        lies near no frame, all terms count but those in names: of one text a weak answer is better than none.
    References:
        Boydstun et al. (2014), Policy Frames Codebook; the terms are ours.

    >>> list(frames("The court ruled that the law was unconstitutional."))
    ['Legality, constitutionality and jurisprudence']
    """
    doc, books = load_pipeline()(text), [built_in_codebook("policy")]
    context = _context(doc, find_mentions(doc), find_times(doc))
    found = terms_meant(text, books, context) or _unnamed(text, books, context)
    weights: dict[str, float] = defaultdict(float)
    for term in found:
        weights[term.frame] += term.weight
    total = sum(weights.values())
    return {frame: weight / total for frame, weight in sorted(weights.items(), key=lambda item: -item[1])}


def _context(doc: Doc, mentions: Iterable[Mention], times: Iterable[Time]) -> Context:
    return Context(
        [(start, end) for start, end, _ in sentence_places(doc)],
        [(mention.start, mention.end, mention.kind) for mention in mentions if mention.form == "name"],
        [(time.start, time.end) for time in times],
    )


def _unnamed(text: str, books: Sequence[Codebook], context: Context) -> list[FrameTerm]:
    """The terms that stand neither in a name nor in a date."""
    hidden = _hidden(text, context)
    found = []
    for term in find_terms(text, books):
        over = {hidden[n] for n in range(term.start, term.end) if n in hidden}
        if over <= {(term.start, term.end)}:  # in none, or the whole name of a body
            found.append(term)
    return found


def _hidden(text: str, context: Context) -> dict[int, Span | None]:
    """The characters in names, titles and dates; with the whole name where it may be a term, else None."""
    hidden: dict[int, Span | None] = {}
    for start, end, kind in context.names:
        title = None
        if kind == "PERSON":
            title = _TITLE.search(text, max(0, start - _LONGEST_TITLE), start)
        the = _THE.match(text, start)
        whole = None if kind in _NEVER else (the.end() if the else start, end)
        hidden |= dict.fromkeys(range(title.start() if title else start, end), whole)
    for start, end in context.dates:
        hidden |= dict.fromkeys(range(start, end))
    return hidden


def _near(
    terms: list[FrameTerm], pieces: Pieces, sentences: Sequence[Span], books: Sequence[Codebook]
) -> list[FrameTerm]:
    """The terms whose sentence lies near their frame."""
    own = {book.name: _frame_vectors(book) for book in books}
    starts = [start for start, _ in sentences]
    places = [bisect_right(starts, term.start) - 1 for term in terms]
    asked = sorted({n for n, term in zip(places, terms, strict=True) if n >= 0 and own[term.codebook]})
    first = np.searchsorted(pieces.end, [sentences[n][0] for n in asked], side="right")
    last = np.searchsorted(pieces.start, [sentences[n][1] for n in asked], side="left")
    inside = [pieces.ids[slice(*edges)] for edges in zip(first, last, strict=True)]
    vectors = dict(zip(asked, _vectors(inside), strict=True))
    kept = []
    for n, term in zip(places, terms, strict=True):
        frame = own[term.codebook].get(term.frame)
        if frame is None or n not in vectors or settled(vectors[n] @ frame, FINE) >= NEAR[term.weight]:
            kept.append(term)
    return kept


@lru_cache(maxsize=16)
def _frame_vectors(book: Codebook) -> dict[str, np.ndarray]:
    """What sets each frame apart from all frames of its codebook; empty where these are few."""
    if len(book.frames) < _FEWEST:
        return {}
    rows = np.stack([_described(name, frame) for name, frame in book.frames.items()])
    return dict(zip(book.frames, _of_length_1(rows - rows.mean(axis=0)), strict=True))


def _described(name: str, frame: Frame) -> np.ndarray:
    """A frame's definition and its strong terms (all where it has none) as one vector."""
    strong = [term for term, weight in frame.terms.items() if weight == LEVELS["strong"]] or list(frame.terms)
    terms = _of_length_1(_vectors([pieces_of(term.replace("*", "")).ids for term in strong]).mean(axis=0))
    return _of_length_1(terms + _vectors([pieces_of(f"{name}. {frame.definition}").ids])[0])


def _vectors(texts: Sequence[np.ndarray]) -> np.ndarray:
    """The sum of each text's pieces, of length 1; a piece counts by the logarithm of its rank."""
    weights = [np.log(np.maximum(ids - _COMMONEST + 1, 1)).astype(np.float32) for ids in texts]
    sums = [rarity @ piece_vectors(ids) for rarity, ids in zip(weights, texts, strict=True)]
    return _of_length_1(np.reshape(sums, (len(texts), WIDTH)))


def _of_length_1(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), _NOT_0)
