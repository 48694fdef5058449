"""What one outlet alone tells and a reader would miss elsewhere: its names, its figures, its new words."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from samestory.language.sentences import with_outlet
from samestory.language.stems import stems_of
from samestory.names.gazetteers import given_names, titles
from samestory.quotes.inside import quoted_by_article
from samestory.statements.by_outlet import only_in
from samestory.statements.numbers import amounts_in
from samestory.story import Story

_KINDS = ("PERSON", "ORG", "GPE")  # of names that one outlet alone gives
_LONGEST = 4  # words of a name; more is seldom one
_WORD = re.compile(r"\w+")
_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}[\w .,]{0,30}(?:\([\w. /]{2,30}\)\s*)?[-–—]")  # PARIS (AP) —
# All ours.
_SHORT = 3  # letters of a stem; longer ones are counted
_FRESH = 0.35  # share of a statement's long stems, names aside, that no other outlet has, if it has no figure
_LEAST = 3  # of such stems, of a statement that says enough
_TELLING = 4  # stems that a name or a figure counts for
_FEW = 10  # a smaller number stands in every text
_SAID = 0.5  # share of direct quotation from which a sentence is a speaker's, not the outlet's


def told_alone(story: Story) -> pd.DataFrame:
    """Weigh what one outlet alone tells by what of it stands in no other outlet's text.

    That a name or a figure stands nowhere else can be seen in the texts; so can new words.

    Returns:
        rows of `only_in` that an outlet tells in its own words, with names (a list: those that no other text
        has a word of) and weight (above 0: stems that no other text has, half as much at the end of the
        article as at its head), in the order of the text.
    """
    rows, names = only_in(story), defaultdict[str, list[tuple[int, str]]](list)
    for name in _new_names(story).itertuples():
        names[name.article_id].append((name.start, name.entity))
    inside = quoted_by_article(story.quotes, directly=True)
    stems, figures = _alone(story, _long_stems), _alone(story, _figures)
    length = dict(zip(story.articles["article_id"], story.articles["text"].str.len(), strict=True))
    found = []
    for row in rows.itertuples():
        if inside[row.article_id].share(row.start, row.end) > _SAID:
            continue
        here = [entity for start, entity in names[row.article_id] if row.start <= start <= row.end]
        words = set(_long_stems(row.text)).difference(*map(_long_stems, here))
        fresh, new = words & stems[row.outlet], set(_figures(row.text)) & figures[row.outlet]
        if new or len(fresh) >= max(_LEAST, _FRESH * len(words)):
            weight = len(fresh) + _TELLING * (len(here) + len(new))
            weight *= 1 - row.start / length[row.article_id] / 2  # the pyramid: what matters stands first
            found.append(row._asdict() | {"names": here, "weight": weight})
    return pd.DataFrame(found, columns=[*rows.columns, "names", "weight"])


def _long_stems(text: str) -> list[str]:
    return [stem for stem in stems_of(text) if len(stem) > _SHORT]


def _figures(text: str) -> list[float]:
    """The amounts of a text that are worth telling: of money, shares, and larger numbers of things."""
    return [one.low for one in amounts_in(text) if one.kind != "number" or one.low >= _FEW]


def _alone(story: Story, read: Callable[[str], Iterable[Any]]) -> dict[str, set]:
    """What is read in the texts of one outlet alone."""
    holders = defaultdict(set)
    for outlet, text in zip(story.articles["outlet"], story.articles["text"], strict=True):
        for one in read(text):
            holders[one].add(outlet)
    found: dict[str, set] = defaultdict(set)
    for one, outlets in holders.items():
        if len(outlets) == 1:
            found[min(outlets)].add(one)
    return found


def _new_names(story: Story) -> pd.DataFrame:
    """The first mention in an article of each person, body and place of whom no other text has a word.

    Returns:
        rows of the mentions table with outlet.
    """
    said = {
        outlet: set(_WORD.findall(" ".join(texts).casefold()))
        for outlet, texts in story.articles.groupby("outlet")["text"]
    }
    names = story.mentions[story.mentions["form"].eq("name") & story.mentions["kind"].isin(_KINDS)]
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    lines = {article_id: line.end() for article_id, text in texts.items() if (line := _DATELINE.match(text))}
    names = names[names["start"] >= names["article_id"].map(lines).fillna(0)]
    named = with_outlet(names.dropna(subset="entity"), story.articles)
    given = named.groupby("outlet")["entity"].agg(set)
    own = set(_WORD.findall(" ".join(said).casefold()))  # words of the outlets' names
    elsewhere = {outlet: own.union(*(said[o] for o in said if o != outlet)) for outlet in said}
    new = [
        entity[:1].isupper()
        and all(entity not in names for other, names in given.items() if other != outlet)
        and 0 < len(words := [word for word in _WORD.findall(entity.casefold()) if len(word) > 2]) <= _LONGEST
        and elsewhere[outlet].isdisjoint([*words, *(word.removesuffix("s") for word in words)])
        and not (words[-1] in titles().nouns and words[0] not in given_names())  # "Labour Minister"
        for entity, outlet in zip(named["entity"], named["outlet"], strict=True)
    ]
    return named[np.array(new, bool)].drop_duplicates(["article_id", "entity"])
