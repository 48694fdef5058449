"""Versions: two articles of one outlet that are largely one text, and what was changed between them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pandas as pd
from spacy.tokens import Doc

from samestory import tables
from samestory.language.pipeline import load_pipeline
from samestory.language.stems import stems_of
from samestory.names.gazetteers import words
from samestory.reading.articles import label_unknown
from samestory.statements.alignment import align
from samestory.statements.article_times import Times, article_times, surely_before
from samestory.statements.hedging import DEGREES, how_surely, is_core
from samestory.statements.numbers import amounts_in
from samestory.statements.shared_text import near_copies
from samestory.story import Story, once

VERSIONS = {  # side a is the earlier version, where that is known
    "pair": "int64",  # 0, 1, 2 ... of two versions, as in VERSION_PAIRS
    "outlet": "str",
    # added, taken out, softened (less sure than before), firmed up (surer), changed; "only in one" where
    # it is not known which version is the earlier
    "how": "str",
    "article_a": "str", "start_a": tables.NUMBER, "end_a": tables.NUMBER, "text_a": "str",
    "article_b": "str", "start_b": tables.NUMBER, "end_b": tables.NUMBER, "text_b": "str",
    "words_a": "str", "words_b": "str",  # that differ in a sentence; missing where there are none
}  # fmt: skip
VERSION_PAIRS = {  # as in VERSIONS
    "pair": "int64", "outlet": "str",
    "article_a": "str", "published_a": tables.TIME, "updated_a": tables.TIME,
    "article_b": "str", "published_b": tables.TIME, "updated_b": tables.TIME,
    "ordered": "bool",  # it is known which one is the earlier
    "contained": "float64",  # share of the shorter one's runs of words that the other has too, 0 to 1
    "added": "int64", "taken_out": "int64", "changed": "int64",  # sentences
    "softened": "int64", "firmed_up": "int64",  # of the changed ones
}  # fmt: skip
ADDED, TAKEN_OUT, SOFTENED, FIRMED_UP, CHANGED = "added", "taken out", "softened", "firmed up", "changed"
ONLY_IN_ONE = "only in one"
# All ours.
ONE_TEXT = 0.5  # share of the shorter one's runs of words from which two articles are versions of one text
_OF_LONGER = 0.25  # share of the longer one's; less is a background that many articles of an outlet share
ONE_ADDRESS = 0.2  # share of the shorter one's from which two texts at one address are versions
_LEAST_WORDS = 3  # of what is added or taken out; fewer are a clock time or a heading
_SAME_SENTENCE = 0.5  # likeness of two sentences from which one is the other, changed
# words that alone are no change of content; the others that spaCy passes over deny, hedge or count
_SMALL = words(
    "a an the this that these those its his her their our my your it he she they we i of in on at to by for "
    "and is was are were be been has have had s now then also just so as who which"
)
_WORD = re.compile(r"\w+")
_TRACKING = re.compile(r"(?:utm_\w*|fbclid|gclid|ref|smid|cmpid)(?:=.*)?$")  # says how a page was reached

Place = tuple[int, int, str]  # start, end, text of a sentence


class Pair(NamedTuple):
    """Two versions, the earlier first where that is known."""

    before: Any  # rows of the articles table
    after: Any
    ordered: bool
    contained: float


def version_pairs(story: Story) -> pd.DataFrame:
    """List the pairs of articles that are versions of one text.

    They are of one outlet (or stand at one address), and share most of the shorter one's words. An agency's
    text in two outlets is no version, nor is a paragraph of background that an outlet prints again.

    Returns:
        VERSION_PAIRS table, in the order of time where it is known. Of three versions each is paired with the
        one before it.
    """
    changes = versions(story)
    rows = []
    for number, pair in enumerate(_pairs(story)):
        of_one = changes.loc[changes["pair"] == number, "how"].value_counts()
        row = {
            "pair": number,
            "outlet": pair.after.outlet,
            "ordered": pair.ordered,
            "contained": pair.contained,
        }
        for side, article in (("a", pair.before), ("b", pair.after)):
            row |= {f"article_{side}": article.article_id, f"published_{side}": article.published}
            row |= {f"updated_{side}": article.updated}
        known = {how: int(of_one.get(how, 0)) for how in (ADDED, TAKEN_OUT, SOFTENED, FIRMED_UP, CHANGED)}
        row |= {"added": known[ADDED], "taken_out": known[TAKEN_OUT], "softened": known[SOFTENED]}
        row |= {"firmed_up": known[FIRMED_UP], "changed": known[CHANGED] + known[SOFTENED] + known[FIRMED_UP]}
        rows.append(row)
    return tables.build(rows, VERSION_PAIRS)


@once
def versions(story: Story) -> pd.DataFrame:
    """List what was added, taken out and changed between two versions of an article, sentence by sentence.

    Sentences with the same words are the same, wherever they stand. The others are paired by likeness, in
    which `align` says which words differ; what is left over was added or taken out. A sentence is 'softened'
    where the verb that both versions have is told less surely (a hedge, an attribution, a rounder figure
    hedged), 'firmed up' in the other direction.

    Returns:
        VERSIONS table, by pair, in the order of the later text; no rows for versions with the same words.
    References:
        the alignment of words after Needleman and Wunsch (1970); the degrees of certainty after Saurí and
        Pustejovsky (2009), FactBank.
    """
    sentences = {
        article_id: list(rows[["start", "end", "text"]].itertuples(index=False, name=None))
        for article_id, rows in story.sentences.sort_values("start").groupby("article_id")
    }
    rows = []
    for number, pair in enumerate(_pairs(story)):
        before, after = (sentences.get(one.article_id, []) for one in (pair.before, pair.after))
        for old, new in _changes(before, after, pair.before.text, pair.after.text):
            row = {"pair": number, "outlet": pair.after.outlet, **_words(old, new)}
            row |= {"how": _how(old, new, ordered=pair.ordered)}
            for side, article, place in (("a", pair.before, old), ("b", pair.after, new)):
                row |= {f"article_{side}": article.article_id}
                if place is not None:
                    row |= {f"start_{side}": place[0], f"end_{side}": place[1], f"text_{side}": place[2]}
            rows.append(row)
    return tables.build(rows, VERSIONS)


@once
def _pairs(story: Story) -> list[Pair]:
    """The pairs of versions: each version with the one before it."""
    articles = {row.article_id: row for row in story.articles.itertuples()}
    labels = label_unknown([None] * len(articles), articles)
    times, found = article_times(story.articles), list[Pair]()
    size = {one: max(1, len(set(stems_of(row.text)))) for one, row in articles.items()}
    for row in near_copies(story, least=ONE_ADDRESS).itertuples():
        one, other = articles[row.article_a], articles[row.article_b]
        address = _address(one.url)
        here = address is not None and address == _address(other.url)
        shorter, longer = sorted((size[row.article_a], size[row.article_b]))
        text = row.contained >= ONE_TEXT and row.contained * shorter >= _OF_LONGER * longer
        if here or (text and one.outlet == other.outlet and one.outlet not in labels):
            found.append(_in_order(one, other, times, row.contained))
    return _nearest_in_time(found, times)


def _in_order(one: Any, other: Any, times: dict[str, Times], contained: float) -> Pair:
    """Two versions, the one last changed first where their dates tell."""
    first, second = times[one.article_id], times[other.article_id]
    if surely_before(second.changed, first.changed):
        return Pair(other, one, True, contained)
    return Pair(one, other, surely_before(first.changed, second.changed), contained)


def _nearest_in_time(pairs: list[Pair], times: dict[str, Times]) -> list[Pair]:
    """Of the ordered pairs, for each later version the one with the latest before it; all of the others."""
    latest: dict[str, Pair] = {}
    for pair in pairs:
        kept = latest.get(pair.after.article_id)
        if pair.ordered and (kept is None or _when(times, kept) < _when(times, pair)):
            latest[pair.after.article_id] = pair
    shown = [pair for pair in pairs if not pair.ordered or latest[pair.after.article_id] is pair]
    return sorted(shown, key=lambda pair: (not pair.ordered, pair.after.outlet, pair.after.article_id))


def _when(times: dict[str, Times], pair: Pair) -> pd.Timestamp:
    changed = times[pair.before.article_id].changed
    return pd.Timestamp.min if changed is None else changed.first


def _address(url: object) -> str | None:
    """A page's address without what chooses no other page: scheme, www, tracking, fragment, an AMP ending."""
    if not isinstance(url, str) or not url.strip():
        return None
    try:
        parts = urlsplit(url.strip().casefold())
    except ValueError:
        return None
    path = parts.path.rstrip("/").removesuffix("/amp").removesuffix(".amp")
    host = parts.netloc.removeprefix("www.").removeprefix("amp.").removeprefix("m.")
    query = "&".join(sorted(one for one in parts.query.split("&") if one and not _TRACKING.match(one)))
    # a front page is the address of many texts
    return f"{host}{path}?{query}" if host and (path or query) else None


def _changes(
    before: list[Place], after: list[Place], text_before: str, text_after: str
) -> Iterator[tuple[Place | None, Place | None]]:
    """Sentences that differ: (old, new) of a changed one, (None, new) of an added, (old, None) of a cut."""
    old, new = ([tuple(stems_of(text)) for _, _, text in side] for side in (before, after))
    free: dict[tuple, list[int]] = defaultdict(list)
    for m, stems in enumerate(old):
        free[stems].append(m)
    kept_old, left_new = set(), []
    for n, stems in enumerate(new):
        if free[stems]:
            kept_old.add(free[stems].pop(0))
        else:
            left_new.append(n)
    left_old = [m for m in range(len(old)) if m not in kept_old]
    partner = _paired(old, new, left_old, left_new)
    loose_old = {m: before[m] for m in left_old if m not in partner.values()}
    loose_new = {n: after[n] for n in left_new if n not in partner}
    told: list[tuple[Place | None, Place]] = []
    for n in sorted(partner):
        one, other = before[partner[n]], after[n]
        one = _widened(one, other, partner[n], loose_old, text_before)  # two sentences were joined,
        other = _widened(other, one, n, loose_new, text_after)  # or one was split
        if _differ(one[2], other[2]):
            told.append((one, other))
    told += [(None, place) for n, place in loose_new.items() if _says_something(new[n])]
    yield from sorted(told, key=lambda sides: sides[1])
    yield from ((place, None) for m, place in loose_old.items() if _says_something(old[m]))


def _widened(one: Place, other: Place, number: int, loose: dict[int, Place], text: str) -> Place:
    """A sentence with those beside it, without a partner so far, that the other side tells in one with it."""
    for step in (-1, 1):
        at = number + step
        while at in loose:
            missing, more = _weighty(other) - _weighty(one), _weighty(loose[at])
            if not more or (more & missing).total() < _SAME_SENTENCE * more.total():
                break
            start, end = min(one[0], loose[at][0]), max(one[1], loose[at][1])
            one = start, end, text[start:end]
            del loose[at]
            at += step
    return one


def _weighty(place: Place) -> Counter[str]:
    return Counter(stem for stem in stems_of(place[2]) if stem not in _SMALL)


def _says_something(stems: tuple[str, ...]) -> bool:
    return sum(stem.isalpha() for stem in stems) >= _LEAST_WORDS


def _paired(old: list[tuple], new: list[tuple], left_old: list[int], left_new: list[int]) -> dict[int, int]:
    """By number of a new sentence, the old one that it was made from: the most alike first, each once."""
    alike = sorted(
        (
            (_likeness(old[m], new[n]), -abs(m / len(old) - n / len(new)), n, m)
            for n in left_new
            for m in left_old
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, _, n, m in alike:
        if likeness >= _SAME_SENTENCE and n not in partner and m not in taken:
            partner[n] = m
            taken.add(m)
    return partner


def _likeness(one: tuple, other: tuple) -> float:
    """Share of the words of both that stand in one order on both sides, 0 to 1."""
    few = len(set(one) & set(other)) * 2 < _SAME_SENTENCE * min(len(set(one)), len(set(other)))
    return 0.0 if few else SequenceMatcher(None, one, other, autojunk=False).ratio()


def _differ(old: str, new: str) -> bool:
    """Whether two wordings differ by more than small words, initials, marks and hyphens."""
    if _joined(old) == _joined(new):
        return False
    changed = _words((0, len(old), old), (0, len(new), new)).values()
    told = {word for side in changed for word in _WORD.findall((side or "").casefold())}
    return any(word not in _SMALL and (len(word) > 1 or word.isdigit()) for word in told)


def _joined(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _words(old: Place | None, new: Place | None) -> dict[str, str | None]:
    """The words that differ within a sentence that was changed, as a table shows them."""
    if old is None or new is None:
        return {"words_a": None, "words_b": None}
    runs = align(old[2], new[2])
    return {
        f"words_{side}": " … ".join(
            text[start:end] for start, end, how in of_side if how in ("reworded", "only here")
        ) or None
        for side, text, of_side in (("a", old[2], runs[0]), ("b", new[2], runs[1]))
    }  # fmt: skip


def _how(old: Place | None, new: Place | None, *, ordered: bool) -> str:
    if old is None or new is None:
        return ONLY_IN_ONE if not ordered else ADDED if old is None else TAKEN_OUT
    if not ordered:
        return CHANGED
    before, after = _surety(old[2]), _surety(new[2])
    steps = {
        (after[core] > before[core]) - (after[core] < before[core]) for core in before.keys() & after.keys()
    }
    if steps <= {0} or steps >= {1, -1}:
        return CHANGED
    return SOFTENED if 1 in steps else FIRMED_UP


def _surety(text: str) -> dict[str, tuple]:
    """How far from certain a sentence tells each verb, deed (by its stem) and figure.

    The higher, the less sure: by its degree, then by whether it is said by somebody.
    """
    doc: Doc = load_pipeline()(text)
    found: dict[str, list[tuple]] = defaultdict(list)
    for token in doc:
        if is_core(token) and (surely := how_surely(token)) is not None:
            stem = next(iter(stems_of(token.lemma_)), "")
            found[stem].append((DEGREES.index(surely.degree), surely.source is not None, surely.denied))
    unclear = {stem for stem, all_of in found.items() if len(all_of) > 1}
    figures = {f"{one.low:g} {one.kind}": (int(bool(one.hedge)), False, False) for one in amounts_in(text)}
    told = {stem: (degree, said) for stem, ((degree, said, _), *_) in found.items() if stem not in unclear}
    return figures | told
