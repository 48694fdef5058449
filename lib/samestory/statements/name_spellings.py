"""One person's full name spelled unlike in two tellings: "Jon Smyth" here, "John Smith" there."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import combining, normalize

import pandas as pd
from rapidfuzz.fuzz import ratio

from samestory.language.sentences import with_sentence
from samestory.story import Story

RESPELLED = 70  # rapidfuzz ratio, 0 to 100, from which two words of a name are one, spelled unlike (ours)

Place = tuple[str, int]  # article, number of the sentence


class Named(NamedTuple):
    """A person's name of two words or more, in its sentence."""

    start: int
    end: int
    text: str
    entity: str


class FullNames:
    """The full names of persons in a story, by the sentence that they stand in."""

    def __init__(self, story: Story):
        mentions = story.mentions
        known = (mentions["kind"] == "PERSON") & (mentions["form"] == "name") & mentions["entity"].notna()
        full = mentions[known & mentions["text"].str.strip().str.contains(r"\s")]
        self.found: dict[Place, list[Named]] = defaultdict(list)
        self.spelled: dict[str, set[str]] = defaultdict(set)  # in each article
        for row in with_sentence(full, story.sentences).itertuples():
            if pd.notna(row.sentence):
                start = row.start - row.sentence_start
                name = Named(start, start + len(row.text), row.text, row.entity)
                self.found[row.article_id, int(row.sentence)].append(name)
                self.spelled[row.article_id].add(_plain(row.text))

    def spelled_unlike(self, one: Place, other: Place) -> Iterator[tuple[Named, Named]]:
        """The names of one person that two sentences spell unlike, and neither article both ways."""
        for a in self.found.get(one, ()):
            for b in self.found.get(other, ()):
                if a.entity != b.entity or not spelled_unlike(a.text, b.text):
                    continue
                if (
                    _plain(b.text) not in self.spelled[one[0]]
                    and _plain(a.text) not in self.spelled[other[0]]
                ):
                    yield a, b


def spelled_unlike(one: str, other: str) -> bool:
    """Whether two full names of one person differ by letters: not by accents, an initial or a short form.

    >>> spelled_unlike("Jon Smyth", "John Smith"), spelled_unlike("José Díaz", "Jose Diaz")
    (True, False)
    """
    left, right = _plain(one).split(), _plain(other).split()
    if left == right or len(left) != len(right):
        return False
    unlike = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return all(ratio(a, b) >= RESPELLED and abs(len(a) - len(b)) <= 1 for a, b in unlike)


def _plain(name: str) -> str:
    """A name without case, accents and punctuation."""
    bare = "".join(sign for sign in normalize("NFKD", name.casefold()) if not combining(sign))
    return " ".join(re.findall(r"\w+", re.sub(r"['’.-]", "", bare)))
