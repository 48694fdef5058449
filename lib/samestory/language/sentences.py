"""Where the sentences of an article begin and end, and in which of them, and whose article, a row lies."""

import re
from itertools import pairwise

import numpy as np
import pandas as pd
from spacy.tokens import Doc

from samestory.language.tokens import Tokens, once_a_doc

BLANK_LINE = re.compile(r"\n\s*\n")
# Never the last word of a sentence: "Sen. Tim Kaine", "No. 2", "the Smith v. Jones ruling"
TITLES = "Adm Atty Capt Col Dr Gen Gov Hon Lt Maj Mr Mrs Ms No Pres Prof Rep Reps Rev Sen Sens Sgt St vs"
_WORD = re.compile(r"\w")
# Within a line, the parser's cut stands only after a sign that can end a sentence, and not after a title.
_END = re.compile(r"[.!?:;…。]['\"’”»)\]]*\Z|['\"’”»)\]]\Z")
_TITLE = re.compile(rf"\b(?:{TITLES.replace(' ', '|')})\.\Z")
_LONG = 600  # characters from which a text without full stops is left as the parser cut it


@once_a_doc
def sentence_places(doc: Doc) -> list[tuple[int, int, int]]:
    """(start, end, paragraph) of each sentence, in characters.

    A sentence never crosses a blank line. Two pieces that the parser cut where no sentence ends ("Sen." |
    "Ann Lee", or a closing quotation mark set apart) are one.
    """
    tokens = Tokens.of(doc)
    text = tokens.article
    first = len(text) - len(text.lstrip())
    breaks = [match.end() for match in BLANK_LINE.finditer(text, first)]
    cuts = sorted({0, len(text), *breaks, *(tokens.start[start] for start, _ in tokens.sentences)})
    places: list[tuple[int, int, int]] = []
    paragraph = 0
    for start, end in pairwise(cuts):
        while paragraph < len(breaks) and start >= breaks[paragraph]:
            paragraph += 1
        piece = text[start:end]
        start, end = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if start == end:
            continue
        before = places[-1] if places and places[-1][2] == paragraph else None
        if before and before[1] - before[0] < _LONG and _goes_on(text, before[1], start, piece):
            places[-1] = (before[0], end, paragraph)
        elif _WORD.search(piece):
            places.append((start, end, paragraph))
    return places


def with_sentence(rows: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Add to each row the sentence that its start lies in.

    Args:
        rows: a table with article_id and start.
    Returns:
        rows with `sentence` (number, missing where none holds it), `sentence_start`, `passage` (the
        sentence's text) and `sentence_voice`.
    """
    rows = rows.reset_index(drop=True)
    names = {"start": "sentence_start", "end": "sentence_end", "voice": "sentence_voice", "text": "passage"}
    keep = sentences[["article_id", "sentence", *names]].rename(columns=names)
    keep = keep.sort_values(["article_id", "sentence_start"]).reset_index(drop=True)
    found = np.full(len(rows), -1)
    by_article = dict(iter(keep.groupby("article_id", sort=False)))
    for article, part in rows.groupby("article_id", sort=False):
        own = by_article.get(article)
        if own is None:
            continue
        starts = part["start"].to_numpy()
        place = own["sentence_start"].to_numpy().searchsorted(starts, side="right") - 1
        inside = (place >= 0) & (starts < own["sentence_end"].to_numpy()[place])
        found[part.index[inside]] = own.index.to_numpy()[place[inside]]
    columns = ["sentence", "sentence_start", "passage", "sentence_voice"]
    picked = keep.reindex(found).reset_index(drop=True)
    picked = picked.astype({"sentence": "Int64", "sentence_start": "Int64"})
    return rows.assign(**{name: picked[name] for name in columns})


def with_outlet(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Add the article's outlet."""
    outlets = articles.set_index("article_id")["outlet"]
    return rows.assign(outlet=rows["article_id"].map(outlets).astype("str"))


def _goes_on(text: str, before: int, start: int, piece: str) -> bool:
    """Whether the piece from start goes on with the sentence that the parser ended at before."""
    if not _WORD.search(piece):
        return True
    tail = text[max(0, before - 8) : before]
    ended = _END.search(tail) and not _TITLE.search(tail)
    return not ended and "\n" not in text[before:start]
