"""Who the speaker of a quote is: pronouns, roles and last names resolved within one article."""

import re

from spacy.tokens import Doc

from samestory.annotation.coreference import Resolver
from samestory.annotation.floor import Floor, quoted_stretches
from samestory.annotation.name_kinds import Name
from samestory.annotation.names import Mention
from samestory.annotation.nominals import FIRST_PERSON
from samestory.annotation.persons import describe_persons, words_about
from samestory.annotation.quotes import Quote
from samestory.annotation.tokens import Tokens

_DETERMINER = re.compile(r"^(?:the|a|an|this|that|these|those|some)\s+", re.I)
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_REACH = 8  # tokens after the speaker's words, where the name may follow: "a spokesman, Lee Poe,"
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
