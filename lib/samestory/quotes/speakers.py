"""Who the speaker of a quote is: who holds the floor, then pronouns, roles and last names resolved to a name.

A quote of several sentences names its speaker once: "…," she said. "… …". What stands between marks
without a speaker of its own goes on with the last one, or belongs to the person whom the sentence
before it introduces ("Poe replied in a statement:").
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Span

from samestory.language.quotation_marks import marked_passages
from samestory.language.sentences import BLANK_LINE
from samestory.language.tokens import Tokens
from samestory.names.coreference import resolve_mentions
from samestory.names.gazetteers import titles, words
from samestory.names.mentions import FIRST_PERSON, Mention
from samestory.quotes.find import Quote
from samestory.quotes.inside import Quoted
from samestory.quotes.spokespersons import bodies

_UTTERANCE = 4  # words; fewer between marks may be a title or a scare quote
_NEAR = 5  # tokens between the closing mark and who said it
_GAP = 30  # words between two stretches of one speaker
# Verbs and nouns by which a sentence announces that somebody's words follow it.
_ANNOUNCING = words(
    "say tell write tweet reply respond retort post add note comment state ask declare statement"
)
_DETERMINER = re.compile(r"^(?:the|a|an|this|that|these|those|some)\s+", re.I)
_RELATIVE = words("who which that whom")
_REACH = 8  # tokens after the speaker's words, where the name may follow: "a spokesman, Lee Poe,"
# What a body issues, and what ties it to the body.
_ISSUED = words("statement release document figure datum data email letter post tweet memo filing notice")
_ISSUING = words("from of by")
_STATED = 2  # sentences after one that speaks "in a statement" in which "the statement" is the same
_LONGEST = 80  # characters of a speaker who has no name


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
    stretches = _stretches(tokens)
    entities, unnamed = resolve_mentions(doc, mentions, quotes, stretches)
    stands_for = {mentions[n].first: doc[person.first : person.head + 1] for n, person in unnamed.items()}
    mentions = [m._replace(entity=e) for m, e in zip(mentions, entities, strict=True)]
    index = {i: m for m in mentions for i in range(m.first, m.last)}
    index |= {i: m for m in mentions if m.form == "name" for i in range(m.first, m.last)}
    floor = _Floor(tokens, mentions, stretches)
    named: list[Quote] = []
    for quote in quotes:
        speaker, form = _speaker(doc, tokens, quote, index, named, stands_for)
        said = floor.who_said(quote)
        speaker, form = (said, "name") if said else (speaker, form)
        named.append(quote._replace(speaker=speaker, speaker_form=form))
        if speaker is not None:
            floor.take(quote, speaker)
    floor.hand_on()
    named = [_from_floor(quote, floor) for quote in named]
    by_person, by_word = bodies(tokens, index)
    named = [_for_a_body(tokens, quote, by_person, by_word) for quote in named]
    return named, _first_person(tokens, mentions, named)


def _stretches(tokens: Tokens) -> list[range]:
    """The tokens of each passage between quotation marks, the marks not included, in text order."""
    out = []
    for passage in marked_passages(tokens.article):
        first = bisect_left(tokens.start, passage.start)
        last = bisect_right(tokens.end, passage.end)
        if last > first:
            out.append(range(first, last))
    return out


class _Floor:
    """The speaker of each stretch, filled from the quotes that name theirs."""

    def __init__(self, tokens: Tokens, mentions: list[Mention], stretches: Sequence[range]):
        self.tokens, self.mentions, self.stretches = tokens, mentions, stretches
        self.number = {i: k for k, stretch in enumerate(stretches) for i in stretch}
        self.subjects = {m.last - 1: m for m in mentions if m.role == "subject" and m.entity}
        self.speaker: list[str | None] = [None] * len(stretches)

    def at(self, start: int, end: int) -> list[int]:
        """Numbers of the stretches that the characters start:end touch."""
        return sorted({self.number[i] for i in self.tokens.within(start, end) if i in self.number})

    def take(self, quote: Quote, speaker: str) -> None:
        """Note that this quote has a speaker who is named outside of quotation marks."""
        if quote.speaker_span and not self.at(*quote.speaker_span):
            for k in self.at(quote.start, quote.end):
                self.speaker[k] = self.speaker[k] or speaker

    def hand_on(self) -> None:
        """Give the stretches without a speaker who is named beside them, was announced, or goes on."""
        for k, stretch in enumerate(self.stretches):
            if self.speaker[k] is None and self._words(stretch) >= _UTTERANCE:
                found = self._beside(stretch) or self._announced(stretch) or self._acting(stretch)
                self.speaker[k] = found or self._continued(k)

    def who_said(self, quote: Quote) -> str | None:
        """Poe, where the speaker found only tells of the quote: "…," Poe said, according to the Ledger."""
        stretches = self.at(quote.start, quote.end)
        if quote.speaker_span is None or quote.kind != "direct" or not stretches:
            return None
        first = self.tokens.within(*quote.speaker_span).start
        told = self.tokens.lower[max(first - 2, 0) : first] == ["according", "to"]
        return self._beside(self.stretches[stretches[0]]) if told else None

    def _words(self, stretch: range) -> int:
        return sum(self.tokens.text[i][:1].isalnum() for i in stretch)

    def _continued(self, k: int) -> str | None:
        """The speaker of the stretch before, whose words go on in this one."""
        tokens = self.tokens
        if k == 0 or self.speaker[k - 1] is None or self._words(self.stretches[k - 1]) < _UTTERANCE:
            return None
        before, first = self.stretches[k - 1].stop - 1, self.stretches[k].start
        between = tokens.article[tokens.end[before] : tokens.start[first]]
        ended, begun = tokens.sentence_of[before], tokens.sentence_of[first]
        if tokens.text[before] == "?" and "\n" in between:
            return None  # the answer to a question is not the asker's
        if tokens.text[first][0].islower() and begun != ended:
            return None  # words within somebody else's sentence: talks about "the potential for …"
        if any(map(tokens.has_verb, range(ended + 1, begun))):
            return None  # a whole sentence between: the narrator has gone on
        near = len(BLANK_LINE.findall(between)) <= 1 and len(between.split()) <= _GAP
        return self.speaker[k - 1] if near else None

    def _beside(self, stretch: range) -> str | None:
        """Who stands right after the marks with a verb: "…?" Poe asked, "…", replied the mayor."""
        tokens = self.tokens
        first = stretch.stop + 1
        for i in range(first, min(first + _NEAR, len(tokens.text))):
            if tokens.text[i].isspace() or tokens.text[i] in (".", ":"):
                return None
            verb = tokens.head[i]
            if i in self.subjects and abs(verb - i) <= _NEAR and tokens.pos[verb] == "VERB":
                return self.subjects[i].entity
        return None

    def _announced(self, stretch: range) -> str | None:
        """The subject of the sentence before a stretch that opens a paragraph or follows a colon."""
        tokens, i = self.tokens, stretch.start - 2
        while i > 0 and tokens.text[i].isspace():
            i -= 1
        if i < 1 or tokens.text[i] not in (":", "."):
            return None
        first, last = tokens.sentences[tokens.sentence_of[i]]
        if tokens.text[i] == ".":
            says = not _ANNOUNCING.isdisjoint(tokens.lemma[first:last])
            quotes = any(first <= s.start < last for s in self.stretches)
            if not says or quotes or "\n" not in tokens.text[stretch.start - 2]:
                return None
        subject = next((self.subjects[k].entity for k in range(first, i) if k in self.subjects), None)
        if subject is None and tokens.text[i] == ":":  # "And from Chairwoman Ann Poe:"
            inside = [m for m in self.mentions if first <= m.first < i and m.form == "name"]
            return inside[-1].entity if inside and inside[-1].last == i else None
        return subject

    def _acting(self, stretch: range) -> str | None:
        """Who acts in the sentence right before, in the same paragraph: Poe shook his head. "…" """
        tokens, i = self.tokens, stretch.start - 2
        if i < 1 or tokens.text[i] not in (".", "!", "?"):
            return None
        first, last = tokens.sentences[tokens.sentence_of[i]]
        if any(first <= s.start < last for s in self.stretches):
            return None
        here = (self.subjects[k] for k in range(first, i) if k in self.subjects and tokens.dep[k] == "nsubj")
        subject = next(here, None)
        return subject.entity if subject and subject.kind == "PERSON" else None


def _speaker(
    doc: Doc,
    tokens: Tokens,
    quote: Quote,
    index: Mapping[int, Mention],
    before: list[Quote],
    stands_for: Mapping[int, Span],
) -> tuple[str | None, str]:
    """The speaker's name, or the words that stand for it, and their form."""
    place = quote.speaker_span
    span = doc.char_span(*place, alignment_mode="expand") if place else None
    if span is None or not len(span):
        return None, "none"
    head = span.root.i
    if tokens.pos[span.start : span.end] == ["VERB"]:
        head = _behind(tokens, span.end, index) or head
    if tokens.lower[head] in _RELATIVE and tokens.dep[tokens.head[head]] == "relcl":
        head = tokens.head[tokens.head[head]]
    mention = index.get(head)
    if mention is None or mention.form != "name":
        mention = _apposed(tokens, span, index) or mention
    if mention is None or mention.kind != "PERSON":
        mention = _with_office(tokens, span, index) or _with_kind(tokens, span, index) or mention
    if mention is not None and mention.first in stands_for:
        return _phrase(tokens, stands_for[mention.first], index), "pronoun"
    if mention is not None and mention.form == "pronoun":
        return _pronoun(tokens, mention, before), "pronoun"
    if mention is not None and mention.entity is not None:
        return mention.entity, mention.form
    if tokens.pos[head] == "PRON":
        return None, "pronoun"
    issuer = _issuer(tokens, head, index, before) if tokens.lemma[head] in _ISSUED else None
    return issuer or _phrase(tokens, span, index), "nominal"


def _behind(tokens: Tokens, first: int, index: Mapping[int, Mention]) -> int | None:
    """Who stands behind the verb that was taken for the speaker: "…," chipped in Ann Poe."""
    first += first < len(tokens.text) and tokens.tag[first] in ("IN", "RP", "RB")
    named = index.get(first)
    return named.last - 1 if named is not None and named.kind == "PERSON" else None


def _issuer(tokens: Tokens, head: int, index: Mapping[int, Mention], before: list[Quote]) -> str | None:
    """Whose statement or figures: "a statement from the ministry"; "the statement" is of who spoke in one."""
    for i in tokens.children.get(head, ()):
        below = [i]
        if tokens.dep[i] in ("prep", "agent", "acl"):
            below = [k for j in [i, *tokens.children.get(i, ())] for k in tokens.children.get(j, ())]
        for k in below:
            beside = (index[i] for i in tokens.children.get(k, ()) if tokens.dep[i] == "appos" and i in index)
            relation, mention = tokens.dep[k], index.get(k) or next(beside, None)
            owner = relation == "poss" or (relation == "pobj" and tokens.lower[tokens.head[k]] in _ISSUING)
            if owner and mention is not None and mention.entity:
                return mention.entity
    if tokens.lemma[head] == "statement" and before and before[-1].speaker:
        spoken = tokens.sentence_of[tokens.within(before[-1].start, before[-1].end).start]
        first, last = tokens.sentences[spoken]
        if "statement" in tokens.lower[first:last] and tokens.sentence_of[head] - spoken <= _STATED:
            return before[-1].speaker
    return None


def _apposed(tokens: Tokens, span: Span, index: Mapping[int, Mention]) -> Mention | None:
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


def _with_office(tokens: Tokens, span: Span, index: Mapping[int, Mention]) -> Mention | None:
    """The person whose office stands before the name: "Minister of Foreign Affairs Lee Poe"."""
    named = index.get(span.end - 1) or index.get(span.end)
    if named is None or (named.form, named.kind) != ("name", "PERSON") or named.last < span.end:
        return None
    office = tokens.lower[span.start : min(named.first, span.end)]
    titled = any(word in titles().before_names for word in [*office[:3], *office[-2:]])
    return named if titled and "," not in office else None


def _with_kind(tokens: Tokens, span: Span, index: Mapping[int, Mention]) -> Mention | None:
    """The body that is named after the word for what it is: "the union Drivers Together"."""
    named = index.get(span.end - 1)
    if named is None or named.form != "name" or named.kind == "PERSON" or named.first <= span.start:
        return None
    return named if titles().organisations.get(tokens.lower[named.first - 1]) == "ORG" else None


def _pronoun(tokens: Tokens, mention: Mention, before: list[Quote]) -> str | None:
    if mention.entity is not None or tokens.lower[mention.first] not in ("they", "them"):
        return mention.entity
    last = [quote for quote in before if quote.speaker and quote.start < mention.start]
    return last[-1].speaker if last and last[-1].speaker_form == "nominal" else None


def _from_floor(quote: Quote, floor: _Floor) -> Quote:
    """Words between quotation marks are those of whoever holds the floor there.

    That is so when the quote has no speaker, and also when its speaker is named within the same marks:
    in "Peace is what Poe wants," Lee said, all the words are Lee's.
    """
    stretches = floor.at(quote.start, quote.end)
    if not stretches or floor.speaker[stretches[0]] is None:
        return quote
    if quote.speaker_span:
        inside = stretches[0] in floor.at(*quote.speaker_span)
        if not inside or (quote.kind != "direct" and quote.speaker is not None):
            return quote
    return quote._replace(speaker=floor.speaker[stretches[0]])


def _for_a_body(
    tokens: Tokens, quote: Quote, by_person: Mapping[str, str], by_word: Mapping[int, str]
) -> Quote:
    """With the body for which a spokesperson says it, whether the text gives a name or none."""
    body = by_person.get(quote.speaker or "")
    if body is None and quote.speaker_form == "nominal" and quote.speaker_span:
        body = next((by_word[i] for i in tokens.within(*quote.speaker_span) if i in by_word), None)
    return quote._replace(speaks_for=body)


def _phrase(tokens: Tokens, span: Span, index: Mapping[int, Mention]) -> str | None:
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
    spoken = Quoted((quote for quote in quotes if quote.speaker is not None), directly=True)
    kinds = {m.entity: m.kind for m in mentions if m.form == "name"}
    out = []
    for mention in mentions:
        if mention.form == "pronoun" and tokens.lower[mention.first] in FIRST_PERSON:
            quote = spoken.around(mention.start)
            if quote is not None and quote.speaker in kinds:
                mention = mention._replace(entity=quote.speaker, kind=kinds[quote.speaker])
        out.append(mention)
    return out
