"""Who the speaker of a quote is: who holds the floor, then pronouns, roles and last names resolved to a name.

A quote of several sentences names its speaker once: "…," she said. "… …". What stands between marks
without a speaker of its own goes on with the last one, or belongs to the person whom the sentence
before it introduces ("Poe replied in a statement:").
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from spacy.tokens import Doc

from samestory.language.marks import marked_passages
from samestory.language.tokens import Tokens
from samestory.names.coreference import Resolver
from samestory.names.finder import Name
from samestory.names.gazetteers import words
from samestory.names.mentions import FIRST_PERSON, Mention
from samestory.names.persons import describe_persons, words_about
from samestory.quotes.find import Quote

_PARAGRAPH = re.compile(r"\n\s*\n")
_UTTERANCE = 4  # words; fewer between marks may be a title or a scare quote
_NEAR = 5  # tokens between the closing mark and who said it
_GAP = 30  # words between two stretches of one speaker
# Verbs and nouns by which a sentence announces that somebody's words follow it.
_ANNOUNCING = words(
    "say tell write tweet reply respond retort post add note comment state ask declare statement"
)
_DETERMINER = re.compile(r"^(?:the|a|an|this|that|these|those|some)\s+", re.I)
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_REACH = 8  # tokens after the speaker's words, where the name may follow: "a spokesman, Lee Poe,"
_LONGEST = 80  # characters of a speaker who has no name


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


def name_speakers(
    doc: Doc, quotes: list[Quote], mentions: list[Mention]
) -> tuple[list[Quote], list[Mention]]:
    """Give each quote its speaker's name and each role and pronoun mention its entity.

    Returns:
        quotes: `speaker` is the article's own best form of a name; the words themselves, without
            article, for a group, an institution or an unnamed source ("several media outlets"); None when
            the text does not say. `speaker_form` tells whether a name, a role or a pronoun stands there.
            A direct quote without any speaker that goes on after another keeps that one's speaker.
        mentions: roles and pronouns with their entity; "I" and "we" in a quote are its speaker.
    """
    tokens = Tokens.of(doc)
    article = Tokens.of(doc).article
    stretches = quoted_stretches(article, tokens)
    resolver = Resolver(
        tokens, mentions, persons=_persons(tokens, mentions), quotes=quotes, stretches=stretches
    )
    mentions = [m._replace(entity=e) for m, e in zip(mentions, resolver.run(), strict=True)]
    index = {i: m for m in mentions for i in range(m.first, m.last)}
    index |= {i: m for m in mentions if m.form == "name" for i in range(m.first, m.last)}
    floor = Floor(article, tokens, mentions, stretches)
    named: list[Quote] = []
    for quote in quotes:
        speaker, form = _speaker(doc, tokens, quote, index, named)
        named.append(quote._replace(speaker=speaker, speaker_form=form))
        if speaker is not None:
            floor.take(quote, speaker)
    floor.hand_on()
    named = [_from_floor(quote, floor) for quote in named]
    return named, _first_person(tokens, mentions, named)


def _persons(tokens: Tokens, mentions: list[Mention]):
    names = [m for m in mentions if m.form == "name" and m.kind == "PERSON"]
    at = {m.last - 1 for m in names}
    about = [words_about(tokens, Name(m.first, m.last, m.kind), at) for m in names]
    return describe_persons([m.entity for m in names], about)


def _speaker(doc: Doc, tokens: Tokens, quote: Quote, index: dict, before: list[Quote]):
    """The speaker's name, or the words that stand for it, and their form."""
    if quote.speaker_start is None:
        return None, "none"
    span = doc.char_span(quote.speaker_start, quote.speaker_end, alignment_mode="expand")
    if span is None or not len(span):
        return None, "none"
    head = span.root.i
    if tokens.lower[head] in _RELATIVE and tokens.dep[tokens.head[head]] == "relcl":
        head = tokens.head[tokens.head[head]]
    mention = index.get(head)
    if mention is None or mention.form != "name":
        mention = _apposed(tokens, span, index) or mention
    if mention is not None and mention.form == "pronoun":
        return _pronoun(tokens, quote, mention, before), "pronoun"
    if mention is not None and mention.entity is not None:
        return mention.entity, mention.form
    if tokens.pos[head] == "PRON":
        return None, "pronoun"
    return _phrase(tokens, span, index), "nominal"


def _apposed(tokens: Tokens, span, index: dict) -> Mention | None:
    """A person named within the speaker's words in apposition: "his lawyer, Ann Poe"."""
    root, last = span.root.i, min(span.end + _REACH, len(tokens.text))
    for i in range(span.start, last):
        mention = index.get(i)
        if i >= span.end and (tokens.dep[i], tokens.head[i]) != ("appos", root):
            continue  # beyond the words given, only what is in apposition to them
        if mention is None or (mention.form, mention.kind, mention.last - 1) != ("name", "PERSON", i):
            continue
        if tokens.dep[i] in ("appos", "ROOT", "nsubj"):
            return mention
    return None


def _pronoun(tokens: Tokens, quote: Quote, mention: Mention, before: list[Quote]) -> str | None:
    if mention.entity is not None:
        return mention.entity
    word = tokens.lower[mention.first]
    if word in ("they", "them"):
        last = [q for q in before if q.speaker and q.start < mention.start]
        return last[-1].speaker if last and last[-1].speaker_form == "nominal" else None
    return None


def _from_floor(quote: Quote, floor: Floor) -> Quote:
    """Words between quotation marks are those of whoever holds the floor there.

    That is so when the quote has no speaker, and also when its speaker is named within the same marks:
    in "Peace is what Poe wants," Lee said, all the words are Lee's.
    """
    stretches = floor.at(quote.start, quote.end)
    if not stretches or floor.speaker[stretches[0]] is None:
        return quote
    if quote.speaker_start is not None:
        inside = stretches[0] in floor.at(quote.speaker_start, quote.speaker_end)
        if not inside or (quote.kind != "direct" and quote.speaker is not None):
            return quote
    return quote._replace(speaker=floor.speaker[stretches[0]])


def _phrase(tokens: Tokens, span, index: dict) -> str | None:
    """The words themselves: no article before, no clause after, "Poe's" for "his"."""
    text = span.text
    first = index.get(span.start)
    if tokens.tag[span.start] == "PRP$":
        text = span[1:].text
        if first is not None and first.entity:
            text = f"{first.entity}'s {text}"
    text = re.split(r",|\s+(?:who|which|that)\b|[\"“”\n]", _DETERMINER.sub("", text, count=1), maxsplit=1)[0]
    text = " ".join(text.split())[:_LONGEST].strip(" -–—:;.")
    return text or None


def _first_person(tokens: Tokens, mentions: list[Mention], quotes: list[Quote]) -> list[Mention]:
    """ "I" and "we" in the words of a quote stand for its speaker."""
    spoken = [q for q in quotes if q.speaker is not None and q.kind != "indirect"]
    kinds = {m.entity: m.kind for m in mentions if m.form == "name"}
    out, k = [], 0
    for mention in mentions:
        if mention.form == "pronoun" and tokens.lower[mention.first] in FIRST_PERSON:
            while k < len(spoken) and spoken[k].end <= mention.start:
                k += 1
            if k < len(spoken) and spoken[k].start <= mention.start and spoken[k].speaker in kinds:
                mention = mention._replace(entity=spoken[k].speaker, kind=kinds[spoken[k].speaker])
        out.append(mention)
    return out
