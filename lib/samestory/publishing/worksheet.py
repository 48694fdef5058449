"""Two sheets for a class, of the same articles: first predict, then compare with the machine's answer."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from samestory.framing import loaded
from samestory.pages.finding import shorten
from samestory.pages.html import style_rules
from samestory.publishing.briefing import headlines, name_of, span, told_twice
from samestory.quotes.inside import NO_SPEAKER, QUOTED
from samestory.quotes.voices import speeches
from samestory.reading.notice import corrected
from samestory.statements.by_outlet import coverage, only_in
from samestory.statements.pairs import OPENS_UNCLEAR
from samestory.story import Story

TEMPLATES = Path(__file__).parent / "templates"
SHEETS = ("predict", "answers")
MOST_OUTLETS = 6  # columns that a printed page holds
MOST_HEADLINES = 8
PASSAGES = 3  # in which loaded words are circled
LONGEST_PASSAGE = 75  # words: a class reads three in some minutes
SPEAKERS, NOT_QUOTED = 6, 2
TOLD_BY_MANY, TOLD_BY_ONE = 2, 4  # statements
_SHORTEST, _LONGEST = 6, 32  # words of a statement: shorter is a scrap, longer tells too much at a time
_SAYS_WHO = re.compile(rf"(?!{OPENS_UNCLEAR.pattern}|\W*(?:i|you|my)\b)", re.IGNORECASE)


class Piece(NamedTuple):
    """Some words of a passage; `how` is empty, or what the machine says of them."""

    text: str
    how: str = ""


def write_worksheet(story: Story, folder: Path, *, title: str = "") -> list[Path]:
    """Write `predict.html` and `answers.html`, to be printed; return their paths.

    Args:
        folder: is made where it does not exist.
        title: the story's name; by default the words that its headlines share.
    """
    folder.mkdir(parents=True, exist_ok=True)
    values = worksheet(story, title=title)
    written = []
    for sheet in SHEETS:
        path = folder / f"{sheet}.html"
        html = _environment().get_template("worksheet.html.j2").render(**values, answers=sheet == "answers")
        path.write_text(html, encoding="utf-8")
        written.append(path)
    return written


def worksheet(story: Story, *, title: str = "") -> dict[str, Any]:
    """All that both sheets hold, as values for their template.

    Returns:
        name, span, by_hand; headlines; outlets (at most six, those that write most); passages, each with its
        pieces, of which some are loaded; speakers and statements with a cell for each outlet; twice, one
        statement in two wordings, or None.
    """
    articles = story.articles
    written = articles.groupby("outlet")["words"].sum().sort_values(ascending=False, kind="stable")
    outlets = sorted(written.index[:MOST_OUTLETS])
    return {
        "name": title or name_of(articles),
        "span": span(articles),
        "by_hand": corrected(story.corrections),
        "headlines": headlines(articles)[:MOST_HEADLINES],
        "outlets": outlets,
        "left_out": len(written) - len(outlets),
        "passages": loaded_passages(story),
        "speakers": who_speaks(story, outlets),
        "statements": who_tells(story, outlets),
        "twice": told_twice(story, quoted=False) if len(written) > 1 else None,
    }


def loaded_passages(story: Story) -> list[dict[str, Any]]:
    """The passage with the most loaded words of each outlet, of the outlets that have the most.

    A passage is as many sentences in a row as a class reads in a minute. The outlet's own words count before
    those that it quotes.

    Returns:
        outlet, pieces, n (words that the machine takes for loaded), in the order of the outlets.
    """
    sure = story.loaded[story.loaded["score"] >= loaded.SHOWN]
    outlets = story.articles.set_index("article_id")["outlet"]
    texts = story.articles.set_index("article_id")["text"]
    best: dict[str, tuple[float, dict]] = {}
    for article_id, start, end in _windows(story.sentences):
        words = sure[(sure["article_id"] == article_id) & (sure["start"] >= start) & (sure["end"] <= end)]
        weight = len(words) - 0.5 * (words["voice"] == QUOTED).sum()
        outlet = outlets[article_id]
        if outlet not in best or weight > best[outlet][0]:
            spans = zip(words["start"] - start, words["end"] - start, strict=True)
            pieces = _pieces(texts[article_id][start:end], sorted(spans))
            best[outlet] = weight, {"outlet": outlet, "pieces": pieces, "n": len(words)}
    chosen = sorted(best.values(), key=lambda found: (-found[0], found[1]["outlet"]))[:PASSAGES]
    return sorted((passage for _, passage in chosen), key=lambda passage: passage["outlet"])


def who_speaks(story: Story, outlets: list[str]) -> list[dict[str, Any]]:
    """Those quoted most, and some who are named and never quoted, by name, each with a cell an outlet.

    Returns:
        name, and cells: how many statements of theirs each outlet reports.
    """
    told = speeches(story)
    told = told[told["speaker"].notna() & told["speaker"].ne(NO_SPEAKER)]
    counts = pd.crosstab(told["speaker"], told["outlet"])
    most = told.groupby("speaker").size().sort_values(ascending=False, kind="stable").index[:SPEAKERS]
    persons = story.mentions[(story.mentions["kind"] == "PERSON") & story.mentions["entity"].notna()]
    silent = persons[~persons["entity"].isin(told["speaker"])].groupby("entity").size()
    silent = silent[[" " in name for name in silent.index]]  # a surname alone may be a speaker's
    named = silent.sort_values(ascending=False, kind="stable").index[:NOT_QUOTED]
    cells = counts.reindex(index=sorted({*most, *named}, key=str.casefold), columns=outlets, fill_value=0)
    return [{"name": name, "cells": row.tolist()} for name, row in cells.iterrows()]


def who_tells(story: Story, outlets: list[str]) -> list[dict[str, Any]]:
    """Statements that most outlets tell, and some that were found in one only, each with a cell an outlet.

    Returns:
        text, and cells: told, perhaps or not found. They are in the order of their words, which gives
        nothing away.
    """
    if len(outlets) < 2:
        return []
    table = coverage(story)
    usable = table["label"].str.split().str.len().between(_SHORTEST, _LONGEST)
    table = table[usable & table["label"].map(lambda label: bool(_SAYS_WHO.match(label)))]
    by_outlets = table.drop_duplicates("statement").sort_values("outlets", ascending=False, kind="stable")
    many = by_outlets[by_outlets["outlets"] > 1]["statement"].head(TOLD_BY_MANY)
    alone = only_in(story)
    alone = alone[alone["outlet"].isin(outlets) & alone["statement"].isin(table["statement"])]
    turn = alone.groupby("outlet").cumcount()  # one of each outlet before the second of any
    one = (
        alone.assign(turn=turn).sort_values(["turn", "outlet"], kind="stable")["statement"].head(TOLD_BY_ONE)
    )
    found = []
    for statement in (*many, *one):
        cells = table[table["statement"] == statement].set_index("outlet").loc[outlets]
        said = [
            "told" if row.found else "perhaps" if row.perhaps else "not found" for row in cells.itertuples()
        ]
        found.append({"text": shorten(cells["label"].iloc[0]), "cells": said})
    return sorted(found, key=lambda statement: statement["text"].strip("\"“‘'").casefold())


def _windows(sentences: pd.DataFrame) -> Iterable[tuple[str, int, int]]:
    """Passages of whole sentences, each as long as may be."""
    for article_id, own in sentences.groupby("article_id", sort=True):
        own = own.sort_values("start")
        lengths = own["text"].str.split().str.len().tolist()
        places = list(zip(own["start"], own["end"], strict=True))
        for first in range(len(places)):
            last, words = first, lengths[first]
            while last + 1 < len(places) and words + lengths[last + 1] <= LONGEST_PASSAGE:
                last += 1
                words += lengths[last]
            if words <= LONGEST_PASSAGE:
                yield article_id, places[first][0], places[last][1]
            if last + 1 == len(places):
                break


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(text[at:start]), Piece(text[start:end], "loaded")]
        at = end
    return [piece for piece in [*pieces, Piece(text[at:])] if piece.text]


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    rules = (TEMPLATES / "worksheet.css").read_text("utf-8") + style_rules("statements.css")
    environment.globals.update(css=Markup(rules))
    return environment
