"""What the quote models read of a Doc, as numpy columns over its tokens.

Features are computed for all candidates of an article at once, by indexing these columns; a loop
over tokens in Python would cost as much as the parser. Names are masked: a model that was
trained on one election must not know its candidates.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from spacy.attrs import (
    DEP,
    ENT_TYPE,
    HEAD,
    IDX,
    IS_TITLE,
    LEMMA,
    LENGTH,
    LOWER,
    POS,
    SENT_START,
    SHAPE,
    SUFFIX,
    TAG,
)
from spacy.strings import hash_string
from spacy.symbols import IDS
from spacy.tokens import Doc

from samestory.annotation.quotes.codebook import read_cues
from samestory.annotation.quotes.features import mask_of, names, one_of
from samestory.annotation.quotes.marks import MARKS, Marked, marked_passages, paragraphs
from samestory.annotation.tokens import Tokens

_WORD_KINDS = ("VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PRON", "DET", "PART", "ADV", "PUNCT")
CHILDREN = names(
    "nsubj nsubjpass ccomp xcomp dobj prep agent aux auxpass neg mark prt advcl acomp attr dative acl poss "
    "pobj advmod oprd relcl parataxis amod det"
)


@lru_cache(maxsize=4096)
def code(name: str) -> np.uint64:
    """spaCy's own hash of a string, or its number of a symbol: the same on every machine."""
    return np.uint64(IDS.get(name, 0) or hash_string(name))


class Classes(NamedTuple):
    """The codebook of cues as it was when the model was trained; a user may since have edited it."""

    lemma: np.ndarray  # hashes, sorted
    number: np.ndarray  # of the class, from 1

    @classmethod
    def of_codebook(cls) -> "Classes":
        cues = read_cues()
        kinds = sorted(set(cues.values()))
        rows = sorted((int(code(lemma)), kinds.index(kind) + 1) for lemma, kind in cues.items())
        return cls(
            np.array([row[0] for row in rows], np.uint64), np.array([row[1] for row in rows], np.uint8)
        )


@dataclass(frozen=True, eq=False)
class Columns:
    """Columns over the tokens of one Doc; hashes are uint64 with 0 for none, places are int64."""

    lemma: np.ndarray  # masked for names and numbers
    pos: np.ndarray
    tag: np.ndarray
    dep: np.ndarray
    entity: np.ndarray  # entity type
    lower: np.ndarray  # as lemma, masked
    shape: np.ndarray
    suffix: np.ndarray
    cue: np.ndarray  # class in the codebook of cues, 0 for none
    head: np.ndarray
    left: np.ndarray  # first token of the subtree
    right: np.ndarray  # after its last
    child: dict[str, np.ndarray]  # dependency label -> first child with it, -1 for none
    sentence: np.ndarray  # number of the sentence of each token
    sentence_edges: np.ndarray  # first token of each sentence, and the end
    paragraph: np.ndarray
    paragraph_edges: np.ndarray
    passage: np.ndarray  # number of the marked passage, from 1; 0 outside
    passages: np.ndarray  # (first, after last) token of each passage
    marked: list[Marked]
    word: np.ndarray  # 1 for a word, 0 for punctuation and space
    is_mark: np.ndarray
    starts: np.ndarray  # first character of each token
    ends: np.ndarray  # after its last
    passage_edge: np.ndarray  # the token before or after a marked passage: its marks

    @property
    def size(self) -> int:
        return len(self.head)


def columns_of(doc: Doc, classes: Classes) -> Columns:
    """Read the columns of a parsed Doc that holds at least one token."""
    attributes = [LEMMA, POS, TAG, DEP, ENT_TYPE, LOWER, SHAPE, SUFFIX, IS_TITLE, HEAD, SENT_START, IDX]
    table = doc.to_array(attributes).T
    lemma, pos, tag, dep, entity, lower, shape, suffix, title, head, start, idx = table
    size = len(doc)
    head = head.astype(np.int64) + np.arange(size)
    starts = np.flatnonzero(start == 1)
    starts = np.union1d(starts, [0])
    sentence = np.cumsum(mask_of(size, starts)) - 1
    at = idx.astype(np.int64)
    left, right = _edges(head)
    child = {}
    for label in CHILDREN:
        places = np.flatnonzero(dep == code(label))[::-1]
        child[label] = np.full(size, -1)
        child[label][head[places]] = places
    text = Tokens.of(doc).article
    marked = marked_passages(text)
    passages = _token_ranges(at, [(item.start, item.end) for item in marked])
    edges = np.unique(np.append(np.searchsorted(at, [first for first, _ in paragraphs(text)]), [0, size]))
    named = _is_name(pos, entity, title, mask_of(size, starts))
    word = ~one_of(pos, [code("PUNCT"), code("SPACE"), code("SYM")])
    return Columns(
        lemma=np.where(named, entity + np.uint64(7), lemma),
        pos=pos,
        tag=tag,
        dep=dep,
        entity=entity,
        lower=np.where(named, entity + np.uint64(7), lower),
        shape=shape,
        suffix=np.where(named, np.uint64(0), suffix),
        cue=_cue_class(lemma, classes),
        head=head,
        left=left,
        right=right,
        child=child,
        sentence=sentence,
        sentence_edges=np.append(starts, size),
        paragraph=np.searchsorted(edges, np.arange(size), side="right") - 1,
        paragraph_edges=edges,
        passage=_numbered(passages, size),
        passages=passages,
        marked=marked,
        word=word.astype(np.int64),
        is_mark=np.isin(lower, _mark_codes()),
        starts=at,
        ends=at + doc.to_array(LENGTH).astype(np.int64),
        passage_edge=mask_of(size, np.concatenate([passages[:, 0] - 1, passages[:, 1]])),
    )


def _is_name(pos, entity, title, first) -> np.ndarray:
    word = one_of(pos, [code(name) for name in _WORD_KINDS])
    inside = (entity != 0) & ~word
    # "Brexit" read as a verb: a capital within a sentence, or a proper noun by its tag
    return (
        (pos == code("PROPN"))
        | (pos == code("NUM"))
        | inside
        | ((title == 1) & ~first & (pos != code("PRON")))
    )


def _edges(head: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Subtree edges by passing each token's up until nothing moves: one pass a level of the tree."""
    left = np.arange(len(head))
    right = left + 1
    for _ in range(60):
        before = left.sum() - right.sum()
        np.minimum.at(left, head, left)
        np.maximum.at(right, head, right)
        if left.sum() - right.sum() == before:
            break  # a chain of more than 60 levels is no sentence: its edges may stay too narrow
    return left, right


def _token_ranges(at: np.ndarray, spans: list[tuple[int, int]]) -> np.ndarray:
    """Character spans as half-open ranges of tokens that start in them; empty ones are kept."""
    if not spans:
        return np.zeros((0, 2), dtype=np.int64)
    return np.searchsorted(at, np.array(spans))


def _numbered(ranges: np.ndarray, size: int) -> np.ndarray:
    numbers = np.zeros(size, dtype=np.int64)
    for number, (first, last) in enumerate(ranges.tolist(), start=1):
        numbers[first:last] = number
    return numbers


@lru_cache(maxsize=1)
def _mark_codes() -> np.ndarray:
    return np.array([code(mark) for mark in [*MARKS, "''", "``", "'", "‘", "’", "`"]])


def _cue_class(lemma: np.ndarray, classes: Classes) -> np.ndarray:
    place = np.minimum(np.searchsorted(classes.lemma, lemma), len(classes.lemma) - 1)
    return np.where(classes.lemma[place] == lemma, classes.number[place], 0).astype(np.uint64)
