"""What the reading encoder learns from: windows with their targets, for quotes, tone and loaded words.

Articles are also shown cut down to a few paragraphs and with their layout distorted. An encoder that was
taught on whole articles alone found nothing in short texts: each article of PolNeAR opens with its headline,
so that it had learnt that nobody speaks in the first lines.
"""

import random
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from samestory.language.encoder import BEGIN, END, LONGEST, Pieces, pieces_of, windows_of
from samestory.quotes.decoding import CONTENT, CUE, SOURCE
from samestory.training.corpora import Article, Marked, Sentence, Spans, Target

NOT_TAUGHT = -100  # torch's own mark for a target that is left out
OWN, BEFORE = (170, 340), (48, 130)  # pieces: each window draws its sizes from these ranges
CROPS = 2  # of each article
_LONGEST_CROP = 1500  # characters
_PARAGRAPHS = (1, 1, 1, 2, 2, 3, 5)  # of a crop
_SENTENCES = 300  # pieces of unrelated sentences that may stand in one window
_CURLY_TO_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_DOUBLE_TO_SINGLE = str.maketrans("“”", "‘’")


class QuoteWindow(NamedTuple):
    """Pieces with the marks for begin and end; targets of what is the window's own, else NOT_TAUGHT."""

    ids: list[int]
    tag: list[int]
    cue: list[int]  # of a content's piece: place of its head in the window, 0 for none
    source: list[int]  # of a cue's piece


class SentenceWindow(NamedTuple):
    """One or more unrelated sentences, so that a head learns to read each for itself."""

    ids: list[int]
    places: list[tuple[int, int]]  # of each sentence in ids
    sentences: list  # Target or Sentence, with its Pieces


def quote_windows(articles: Iterable[Article], rng: random.Random) -> Iterator[QuoteWindow]:
    """Windows of whole articles and of crops, with their layout distorted."""
    for article in articles:
        own, before = rng.randint(*OWN), rng.randint(*BEFORE)
        yield from _windows(_distorted(article, rng), own, before)
        for crop in _crops(article, rng):
            yield from _windows(_distorted(crop, rng), own, before)


def sentence_windows(sentences: Iterable[Target | Sentence], rng: random.Random) -> Iterator[SentenceWindow]:
    """Sentences alone and among two to seven others."""
    waiting = [(sentence, pieces_of(sentence.text)) for sentence in sentences]
    rng.shuffle(waiting)
    while waiting:
        wanted = 1 if rng.random() < 0.5 else rng.randint(2, 7)
        ids, places, chosen = [BEGIN], [], []
        while waiting and len(chosen) < wanted:
            if chosen and len(ids) + len(waiting[-1][1]) >= _SENTENCES:
                break
            sentence, pieces = waiting.pop()
            places.append((len(ids), min(len(ids) + len(pieces), LONGEST - 1)))
            ids = [*[*ids, *pieces.ids.tolist()][: LONGEST - 1], END]
            chosen.append((sentence, pieces))
        yield SentenceWindow(ids, places, chosen)


def _windows(article: Article, own: int, before: int) -> Iterator[QuoteWindow]:
    pieces = pieces_of(article.text, breaks=True)
    tag, cue, source = _targets(pieces, article.attributions)
    for window in windows_of(article.text, pieces, own=own, before=before):
        inside = np.arange(window.first, window.last)
        mine = (inside >= window.own) & (inside < window.own_end)
        reach = (window.first, window.last)
        columns = [tag[inside], *(_within(target[inside], *reach) for target in (cue, source))]
        taught = [np.where(mine, column, NOT_TAUGHT).tolist() for column in columns]
        ids = [BEGIN, *pieces.ids[inside].tolist(), END]
        yield QuoteWindow(ids, *([NOT_TAUGHT, *column, NOT_TAUGHT] for column in taught))


def _targets(pieces: Pieces, attributions: list[Marked]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tag of each piece, and the piece that a content's or a cue's piece points to; -1 for none."""
    tag = np.zeros(len(pieces), np.int64)
    cue, source = np.full((2, len(pieces)), NOT_TAUGHT)
    for marked in attributions:
        parts = {role: [_inside(pieces, *span) for span in getattr(marked, role)] for role in marked._fields}
        heads = {role: next((part[0] for part in found if len(part)), -1) for role, found in parts.items()}
        for role, first in (("content", CONTENT), ("source", SOURCE), ("cue", CUE)):
            for part in parts[role]:
                tag[part] = first + 1
                tag[part[:1]] = first
        for part in parts["content"]:
            cue[part] = heads["cue"] if heads["cue"] >= 0 else heads["source"]
        for part in parts["cue"]:
            source[part] = heads["source"]
    return tag, cue, source


def _inside(pieces: Pieces, start: int, end: int) -> np.ndarray:
    return np.flatnonzero((pieces.end > start) & (pieces.start < end) & (pieces.word >= 0))


def _within(target: np.ndarray, first: int, last: int) -> np.ndarray:
    """Places in the article as places in the window; what lies outside of it is none."""
    placed = np.where((target >= first) & (target < last), target - first + 1, 0)
    return np.where(target == NOT_TAUGHT, NOT_TAUGHT, placed)


def _crops(article: Article, rng: random.Random) -> Iterator[Article]:
    """A few paragraphs alone, none of which cuts a content in two."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", article.text)]
    for _ in range(CROPS):
        first = rng.randrange(len(lines))
        last = min(len(lines), first + rng.choice(_PARAGRAPHS)) - 1
        start, end = lines[first][0], lines[last][1]
        touching = [m for m in article.attributions if any(a < end and b > start for a, b in m.content)]
        whole = all(start <= a and b <= end for marked in touching for a, b in marked.content)
        if whole and end - start <= _LONGEST_CROP:
            moved = [Marked(*(_moved(spans, start, end) for spans in marked)) for marked in touching]
            yield Article(article.name, article.text[start:end], moved)


def _moved(spans: Spans, start: int, end: int) -> Spans:
    return [(a - start, b - start) for a, b in spans if start <= a and b <= end]


def _distorted(article: Article, rng: random.Random) -> Article:
    """Other quotation marks, or no new lines; every character keeps its place."""
    text, chance = article.text, rng.random()
    if chance < 0.2:
        text = text.translate(_CURLY_TO_STRAIGHT)
    elif chance < 0.3:
        text = text.translate(_DOUBLE_TO_SINGLE)
    elif chance < 0.4:
        text = _curly(text)
    if rng.random() < 0.12:
        text = text.replace("\n", " ")
    return article._replace(text=text)


def _curly(text: str) -> str:
    """Straight marks as curly ones, by turns within a line."""
    turns = (("“", "”")[n % 2] for line in text.split("\n") for n in range(line.count('"')))
    return re.sub('"', lambda _: next(turns), text)
