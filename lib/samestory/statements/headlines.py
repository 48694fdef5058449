"""Headline against body: what an article's headline says and its text does not.

A headline is written by another hand than the text, often later, and read by many more. Three things can be
checked without judging a word: a quotation that the text does not have, a figure that the text gives
otherwise, and a name that does not stand in it. Precision first: what a text has in other words, more
roundly, as a sum or under another name of the same is no difference.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import pandas as pd
from rapidfuzz.fuzz import ratio
from spacy.tokens import Doc, Span

from samestory import tables
from samestory.language.pipeline import load_pipeline
from samestory.language.quotation_marks import marked_passages
from samestory.language.stems import stems_of
from samestory.names.gazetteers import countries, fold, given_names, is_place, titles
from samestory.statements.counted import Figure, figures_in
from samestory.statements.lined_up import UNLIKE, line_up
from samestory.statements.numbers import Amount, amounts_in
from samestory.story import Story, once

HEADLINES = {
    "outlet": "str",
    "what": "str",  # quote, number, name: what stands in the headline and not so in the text
    "headline": "str",
    # of that in the headline, in characters: articles.title[headline_start:headline_end] == headline_text
    "headline_start": "int64", "headline_end": "int64", "headline_text": "str",
    "article_id": "str", "start": "int64", "end": "int64", "text": "str",  # the nearest passage of the text
}  # fmt: skip
QUOTE, NUMBER, NAME = "quote", "number", "name"
# All ours.
_LEAST_WORDS = 80  # of a text; a shorter one is a teaser, and has not everything
_LONG = 3  # letters of a stem; longer ones are compared
_HAS = 0.6  # share of a quotation's long stems that one passage must have to have it
_PASSAGE = 2  # neighbouring sentences that a quotation may be spread over
_RESPELLED = 80  # rapidfuzz ratio, 0 to 100, from which two names are one, spelled unlike
_HEDGED = 0.25  # share of the larger by which figures may differ of which one is hedged: "nearly 100" for 81
_ROUND, _ROUNDED = 10, 0.1  # "40 hurt" may stand for 41
_MOST_SUMMED = 3  # figures of the text that a headline may add up
_KINDS = {"PERSON", "GPE"}
_WORD = re.compile(r"[^\W_]+")
_OF_SITE = re.compile(  # " | The Herald", "; Letter from the Lakes", "Opinion: "
    r"(?:\s[|–—-]|;)\s[^|–—;]{2,40}$|^(?:[A-Z][\w ]{2,20}\s?\||The Latest:|Opinion:)\s"
)
_POSSESSIVE = re.compile(r"['’]s?\Z")


class Body(NamedTuple):
    """The text under a headline."""

    article_id: str
    outlet: str
    title: str
    author: str
    words: frozenset[str]  # in small letters, without accents
    countries: frozenset[str]  # named by their own name, adjective, capital or government
    sentences: list[tuple[int, int, str]]
    stems: list[frozenset[str]]  # long ones, of each sentence


class Found(NamedTuple):
    """Something in a headline, by its place there, and the sentence of the text nearest to it."""

    what: str
    start: int
    end: int
    sentence: int


@once
def headline_against_body(story: Story) -> pd.DataFrame:
    """List the quotations, figures and names of headlines that the articles' own texts do not bear out.

    A quotation is had where one or two neighbouring sentences hold most of its long words, quoted or not.
    A figure differs only where the text counts the same thing, and nowhere gives the figure, one near it or
    a sum of it. A name is missing where neither a word of it, nor one spelled nearly so, nor the country of a
    capital or a people stands in the text. Articles without a headline, or with a few lines of text alone,
    have no rows.

    Returns:
        HEADLINES table, in the order of the articles and of the headlines.
    """
    bodies = [body for body in _bodies(story) if body is not None]
    docs = load_pipeline().pipe(body.title for body in bodies)
    named = story.mentions[story.mentions["form"].eq("name") & story.mentions["kind"].isin(_KINDS)]
    known = frozenset(fold(name) for name in [*named["text"], *named["entity"].dropna()])
    rows = []
    for body, doc in zip(bodies, docs, strict=True):
        found = [*_quotes(body), *_numbers(body, doc), *_names(body, doc, known)]
        for one in sorted(found, key=lambda one: (one.start, one.what)):
            start, end, text = body.sentences[one.sentence]
            rows.append({
                "outlet": body.outlet, "what": one.what, "headline": body.title,
                "headline_start": one.start, "headline_end": one.end,
                "headline_text": body.title[one.start : one.end],
                "article_id": body.article_id, "start": start, "end": end, "text": text,
            })  # fmt: skip
    return tables.build(rows, HEADLINES)


def _bodies(story: Story) -> Iterator[Body | None]:
    by_article = dict(iter(story.sentences.sort_values("start").groupby("article_id")))
    for row in story.articles.itertuples():
        title, rows = row.title, by_article.get(row.article_id)
        if not isinstance(title, str) or not title.strip() or rows is None:
            continue
        sentences = list(rows[["start", "end", "text"]].itertuples(index=False, name=None))
        if _plain(sentences[0][2]) == _plain(title):  # the headline, left at the head of the text
            sentences = sentences[1:]
        body = " ".join(text for _, _, text in sentences)
        if len(body.split()) < _LEAST_WORDS:
            continue
        words = frozenset(fold(word) for word in _WORD.findall(body))
        yield Body(
            row.article_id, row.outlet, title, row.author if isinstance(row.author, str) else "", words,
            _countries_in(body), sentences,
            [_long_stems(text) for _, _, text in sentences],
        )  # fmt: skip


def _quotes(body: Body) -> Iterator[Found]:
    for passage in marked_passages(body.title):
        said = body.title[passage.start : passage.end]
        stems = _long_stems(said)
        if not passage.closed or not stems or _is_named(said):
            continue
        spans = [frozenset().union(*body.stems[n : n + _PASSAGE]) for n in range(len(body.stems))]
        best = max(range(len(spans)), key=lambda n: (len(stems & spans[n]), -n))
        if len(stems & spans[best]) < _HAS * len(stems):
            best = max(range(len(spans)), key=lambda n: (len(stems & body.stems[n]), -n))
            yield Found(QUOTE, passage.start, passage.end, best)


def _is_named(said: str) -> bool:
    """Whether a quotation is a name or a title of a work: one word, or all with capitals."""
    words = said.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words if len(word) > _LONG)


def _numbers(body: Body, doc: Doc) -> Iterator[Found]:
    asked = [figure for figure in figures_in(doc, dated=_dates(doc)) if _may_differ(figure)]
    if not asked:
        return
    amounts = [amount for _, _, text in body.sentences for amount in amounts_in(text)]
    asked = [figure for figure in asked if not _is_given(figure.amount, amounts)]
    if not asked:
        return
    numbered = [n for n, (_, _, text) in enumerate(body.sentences) if amounts_in(text)]
    docs = load_pipeline().pipe(body.sentences[n][2] for n in numbered)
    told = [(n, figure) for n, one in zip(numbered, docs, strict=True)
            for figure in figures_in(one, dated=_dates(one))]  # fmt: skip
    for figure in asked:
        same = [(n, other) for n, other in told if other.counts == figure.counts]
        unlike = [n for n, other in same if any(v in UNLIKE for _, _, v in line_up([figure], [other]))]
        if unlike and len(unlike) == len(same):
            yield Found(NUMBER, figure.amount.start, figure.amount.end, unlike[0])


def _may_differ(figure: Figure) -> bool:
    return figure.amount.kind in ("number", "money", "share", "vote") and figure.counts[0] != "age"


def _is_given(asked: Amount, amounts: list[Amount]) -> bool:
    """Whether the text has a figure, one near it, or figures that add up to it."""
    alike = [
        one for one in amounts if (one.kind, one.unit) == (asked.kind, asked.unit) or one.low == asked.low
    ]
    if any(_near(asked, one) for one in alike):
        return True
    values = sorted({one.low for one in alike})
    return any(
        sum(some) == asked.low
        for size in range(2, _MOST_SUMMED + 1)
        for some in combinations(values[:20], size)
    )


def _near(asked: Amount, one: Amount) -> bool:
    """Whether two figures may be one, told more or less roundly."""
    if asked.low <= one.high and one.low <= asked.high:
        return True
    larger, gap = max(asked.low, one.low), abs(asked.low - one.low)
    if asked.hedge or one.hedge:
        return gap <= _HEDGED * larger
    round_number = asked.low >= _ROUND and asked.low % _ROUND == 0
    return (
        gap <= max(asked.step, one.step) / 2 if asked.step > 1 else round_number and gap <= _ROUNDED * larger
    )


def _dates(doc: Doc) -> list[tuple[int, int]]:
    return [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in ("DATE", "TIME", "ORDINAL")]


def _names(body: Body, doc: Doc, known: frozenset[str]) -> Iterator[Found]:
    site = _OF_SITE.search(body.title)
    for ent in doc.ents:
        start, end = ent.start_char, ent.end_char
        name = _POSSESSIVE.sub("", ent.text)
        if site and site.start() <= start < site.end():
            continue
        if not _is_name(name, ent, known) or _is_there(name, body):
            continue
        if fold(name) not in fold(f"{body.author} {body.outlet}"):
            stems = _long_stems(body.title)
            nearest = max(range(len(body.stems)), key=lambda n: (len(stems & body.stems[n]), -n))
            yield Found(NAME, start, end - len(ent.text) + len(name), nearest)


def _is_name(name: str, ent: Span, known: frozenset[str]) -> bool:
    """Whether it surely is the name of a person or a place that a text would name, too.

    Every word of a headline may have a capital: lists and the other articles' names decide. A text may leave
    its own country unsaid, but not a town.
    """
    words = name.split()
    if not all(word[:1].isupper() for word in words) or any(token.pos_ == "VERB" for token in ent):
        return False
    if ent.label_ == "PERSON":
        return fold(name) in known or (len(words) > 1 and fold(words[0]) in given_names())
    return (
        ent.label_ == "GPE"
        and fold(name) not in countries().names
        and (is_place(name) or fold(name) in known)
    )


def _is_there(name: str, body: Body) -> bool:
    """Whether a text has a name: a word of it, one spelled nearly so, or its country."""
    words = [fold(word) for word in _WORD.findall(name) if len(word) > 1]
    words = [word for word in words if word not in titles().before_names] or words
    if any(word in body.words or f"{word}s" in body.words for word in words):
        return True
    if any(len(word) > _LONG and ratio(word, other) >= _RESPELLED for word in words for other in body.words):
        return True
    return bool(_countries_in(name) & body.countries)


def _countries_in(text: str) -> frozenset[str]:
    """The countries that a text names in any way, and the states of the US."""
    known = countries()
    words = [fold(word) for word in re.findall(r"[^\W\d_]+(?:\.[^\W\d_]+)*", text)]
    runs = [" ".join(words[n : n + size]) for size in (1, 2, 3) for n in range(len(words))]
    found: set[str] = set()
    for run in runs:
        country = known.country.get(run) or known.capitals.get(run) or known.governments.get(run)
        found |= {name for name in (country, known.states.get(run)) if name}
    return frozenset(found)


def _long_stems(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems_of(text) if len(stem) > _LONG)


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
