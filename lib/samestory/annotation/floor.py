"""Who holds the floor in each stretch of text between quotation marks.

A quote of several sentences names its speaker once: "…," she said. "… …". What stands between marks
without a speaker of its own goes on with the last one, or belongs to the person whom the sentence
before it introduces ("Poe replied in a statement:").
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from samestory.annotation.names import Mention
from samestory.annotation.quotes import Quote
from samestory.annotation.quotes.marks import marked_passages
from samestory.annotation.tokens import Tokens
from samestory.annotation.wordlists import words

_PARAGRAPH = re.compile(r"\n\s*\n")
_UTTERANCE = 4  # words; fewer between marks may be a title or a scare quote
_NEAR = 5  # tokens between the closing mark and who said it
_GAP = 30  # words between two stretches of one speaker
# Verbs and nouns by which a sentence announces that somebody's words follow it.
_ANNOUNCING = words(
    "say tell write tweet reply respond retort post add note comment state ask declare statement"
)


class Stretch(NamedTuple):
    """Tokens between two quotation marks, half-open, the marks not included."""

    first: int
    last: int


def quoted_stretches(article: str, tokens: Tokens) -> list[Stretch]:
    """The tokens of each passage between quotation marks, in text order."""
    out, i, n = [], 0, len(tokens.text)
    for passage in marked_passages(article):
        i = bisect_right(tokens.start, passage.start - 1, lo=i)
        first = i
        while i < n and tokens.end[i] <= passage.end:
            i += 1
        if i > first:
            out.append(Stretch(first, i))
    return out


class Floor:
    """The speaker of each stretch, filled from the quotes that name theirs."""

    def __init__(self, article: str, tokens: Tokens, mentions: list[Mention], stretches: list[Stretch]):
        self.article, self.tokens, self.mentions = article, tokens, mentions
        self.stretches = stretches
        self.starts = [tokens.start[s.first] for s in self.stretches]
        self.speaker: list[str | None] = [None] * len(self.stretches)

    def at(self, start: int, end: int) -> list[int]:
        """Numbers of the stretches that the characters start:end touch."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return [
            k
            for k in range(first, bisect_right(self.starts, end))
            if self.tokens.end[self.stretches[k].last - 1] > start and self.starts[k] < end
        ]

    def take(self, quote: Quote, speaker: str) -> None:
        """Note that this quote has a speaker who is named outside of quotation marks."""
        if quote.speaker_start is not None and not self.at(quote.speaker_start, quote.speaker_end):
            for k in self.at(quote.start, quote.end):
                self.speaker[k] = self.speaker[k] or speaker

    def hand_on(self) -> None:
        """Give the stretches without a speaker who is named beside them, was announced, or goes on."""
        subjects = {m.last - 1: m for m in self.mentions if m.role == "subject" and m.entity}
        for k, stretch in enumerate(self.stretches):
            if self.speaker[k] is None and self._words(stretch) >= _UTTERANCE:
                self.speaker[k] = (
                    self._beside(stretch, subjects)
                    or self._announced(stretch, subjects)
                    or self._acting(stretch, subjects)
                    or self._continued(k)
                )

    def _words(self, stretch: Stretch) -> int:
        return sum(text[:1].isalnum() for text in self.tokens.text[stretch.first : stretch.last])

    def _continued(self, k: int) -> str | None:
        tokens = self.tokens
        if k == 0 or self.speaker[k - 1] is None or self._words(self.stretches[k - 1]) < _UTTERANCE:
            return None
        first, before = self.stretches[k].first, self.stretches[k - 1].last - 1
        if tokens.text[before] == "?" and "\n" in self._between(k):
            return None  # the answer to a question is not the asker's
        if tokens.text[first][0].islower() and tokens.sentence_of[first] != tokens.sentence_of[before]:
            return None  # words within somebody else's sentence: talks about "the potential for …"
        if self._narrated(before, first):
            return None
        between = self._between(k)
        breaks = len(_PARAGRAPH.findall(between))
        return self.speaker[k - 1] if breaks <= 1 and len(between.split()) <= _GAP else None

    def _narrated(self, before: int, first: int) -> bool:
        """Whether a whole sentence stands between the two tokens: the narrator has gone on."""
        sentence_of, sentences = self.tokens.sentence_of, self.tokens.sentences
        between = range(sentence_of[before] + 1, sentence_of[first])
        return any(self.tokens.pos[i] in ("VERB", "AUX") for n in between for i in range(*sentences[n]))

    def _between(self, k: int) -> str:
        """The text between a stretch and the one before it."""
        return self.article[self.tokens.end[self.stretches[k - 1].last - 1] : self.starts[k]]

    def _beside(self, stretch: Stretch, subjects: dict[int, Mention]) -> str | None:
        """Who stands right after the marks with a verb: "…?" Poe asked, "…", replied the mayor."""
        tokens = self.tokens
        first = stretch.last + 1
        for i in range(first, min(first + _NEAR, len(tokens.text))):
            if tokens.text[i].isspace() or tokens.text[i] in (".", ":"):
                return None
            if i in subjects and abs(tokens.head[i] - i) <= _NEAR and tokens.pos[tokens.head[i]] == "VERB":
                return subjects[i].entity
        return None

    def _announced(self, stretch: Stretch, subjects: dict[int, Mention]) -> str | None:
        """The subject of the sentence before a stretch that opens a paragraph or follows a colon."""
        tokens, i = self.tokens, stretch.first - 2
        while i > 0 and tokens.text[i].isspace():
            i -= 1
        if i < 1 or tokens.text[i] not in (":", "."):
            return None
        first, last = tokens.sentences[tokens.sentence_of[i]]
        if tokens.text[i] == ".":
            says = not _ANNOUNCING.isdisjoint(tokens.lemma[first:last])
            quotes = any(first <= s.first < last for s in self.stretches)
            if not says or quotes or not self._opens_paragraph(stretch):
                return None
        subject = next((subjects[k].entity for k in range(first, i) if k in subjects), None)
        if subject is None and tokens.text[i] == ":":  # "And from Chairwoman Ann Poe:"
            inside = [m for m in self.mentions if first <= m.first < i and m.form == "name"]
            return inside[-1].entity if inside and inside[-1].last == i else None
        return subject

    def _acting(self, stretch: Stretch, subjects: dict[int, Mention]) -> str | None:
        """Who acts in the sentence right before, in the same paragraph: Poe shook his head. "…" """
        tokens, i = self.tokens, stretch.first - 2
        if i < 1 or tokens.text[i] not in (".", "!", "?"):
            return None
        first, last = tokens.sentences[tokens.sentence_of[i]]
        if any(first <= s.first < last for s in self.stretches):
            return None
        here = [k for k in range(first, i) if k in subjects and tokens.dep[k] == "nsubj"]
        return subjects[here[0]].entity if here and subjects[here[0]].kind == "PERSON" else None

    def _opens_paragraph(self, stretch: Stretch) -> bool:
        i = stretch.first - 2
        return i >= 0 and "\n" in self.tokens.text[i]
