"""Sentiment toward a person or organisation that a sentence mentions.

A word score says how a sentence sounds, not toward whom: "Police praised the witness and condemned the
mayor" is kind to one and not to the other. The encoder's states of the target and of its sentence tell
them apart; corpora, licences and measured accuracy: models/reading.md.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from spacy.tokens import Doc

from samestory.language.encoder import Encoded, read
from samestory.language.scores import settled
from samestory.language.sentences import sentence_places
from samestory.language.tokens import Tokens
from samestory.names.mentions import Mention, head_of
from samestory.packaged import packaged_yaml, read_arrays
from samestory.quotes.find import Quote
from samestory.sentiment.polarity import Assessment, names_within, sentence_polarity

NEUTRAL = 0.05  # a score within -0.05 to 0.05 is neutral, below it negative, above it positive
# Beyond these a verdict is clear. On NewsMTSC's development file .97 hold of those that a word near the name
# bears out, .83 of the others; weighted to stories in which four mentions in five are neutral, .91 and .57.
FAVOURABLE, UNFAVOURABLE = 0.7, -0.7
_BESIDE = 60  # characters between a name and a word of tone that bears a verdict out: about ten words
_UNCLEAR = 0.5  # how much any other verdict counts
_KINDS = {"PERSON", "ORG"}
_REACH = 25  # tokens within which a verb is joined to another

Span = tuple[int, int]  # start and end, in characters


def sentiment_toward(text: str, start: int, end: int) -> float:
    """Estimate the sentiment that a sentence of news expresses toward one target in it.

    Args:
        text: a sentence, or a short text that is read as one.
        start, end: the target's characters, `text[start:end]`.
    Returns:
        -1 (negative) to 1 (positive); within -0.05 to 0.05 the verdict is neutral. What lies beyond grows
        with the lead of the verdict over the next best one.
    Raises:
        ValueError: start:end is not a piece of the text with a word in it.
    References:
        Hamborg and Donnay (2021), NewsMTSC, EACL. The encoder's head is ours.

    >>> text = "The minister was convicted of fraud, and the court thanked the clerk."
    >>> sentiment_toward(text, 0, 12) < -0.05
    True
    """
    return sentiment_toward_many([(text, start, end)])[0]


def sentiment_toward_many(items: Iterable[tuple[str, int, int]]) -> list[float]:
    """Estimate the sentiment toward each (text, start, end), as `sentiment_toward` does; reads a text once.

    Raises:
        ValueError: a start:end is not a piece of its text with a word in it.
    """
    items = list(items)
    wanted: dict[str, list[int]] = {}
    for number, (text, start, end) in enumerate(items):
        if not 0 <= start < end <= len(text) or not text[start:end].strip():
            size = len(text)
            raise ValueError(f"item {number}: {start}:{end} is not a target in a text of {size} characters")
        wanted.setdefault(text, []).append(number)
    scores = [0.0] * len(items)
    for text, numbers in wanted.items():
        targets = [(*items[number][1:], 0, len(text)) for number in numbers]
        for number, score in zip(numbers, _score(read(text), targets), strict=True):
            scores[number] = score
    return scores


def sentiment_toward_mentions(
    doc: Doc, reading: Encoded, mentions: list[Mention], quotes: Sequence[Quote] = ()
) -> list[Mention]:
    """Fill `toward` of the mentions of persons and organisations; the others keep None.

    Pronouns keep None, as the corpus that was learned from marks none, and so do the words that name a
    quote's speaker: what people say is no verdict on themselves. Nor does it show anyone in a bad light to
    come to harm, or to speak ill of others: that scores 0. Two measures say more than one: a verdict counts
    half if it is not clear, or if no word of its tone beside the name bears it out.
    """
    speakers = sorted({
        start: end
        for quote in quotes
        if (start := quote.speaker_start) is not None and (end := quote.speaker_end) is not None
    }.items())  # fmt: skip
    sentences = [(start, end) for start, end, _ in sentence_places(doc)]
    chosen, targets = [], []
    for number, mention in enumerate(mentions if sentences else ()):
        if mention.kind in _KINDS and mention.form != "pronoun" and not _within(mention, speakers):
            around = max(0, bisect_right(sentences, (mention.start, math.inf)) - 1)
            chosen.append(number)
            targets.append((mention.start, mention.end, *sentences[around]))
    filled, tokens, tone = list(mentions), Tokens.of(doc), _Tone(Tokens.of(doc).article, mentions)
    for number, target, score in zip(chosen, targets, _score(reading, targets), strict=True):
        place = head_of(tokens, mentions[number].first, mentions[number].last)
        if score < 0 and (comes_to_harm(tokens, place) or speaks_ill(tokens, place)):
            score = 0.0
        elif UNFAVOURABLE <= score <= FAVOURABLE or not tone.bears_out(score, *target):
            score = settled(_UNCLEAR * score)
        filled[number] = mentions[number]._replace(toward=score)
    return filled


class _Tone:
    """The words of tone of an article's sentences, each sentence read when it is first asked for."""

    def __init__(self, text: str, mentions: Sequence[Mention]):
        self.text, self.found = text, dict[Span, list[Assessment]]()
        self.names = sorted((mention.start, mention.end) for mention in mentions if mention.form == "name")

    def bears_out(self, score: float, start: int, end: int, begin: int, stop: int) -> bool:
        """Whether a word of the score's sign stands beside start:end in the sentence begin:stop."""
        if (begin, stop) not in self.found:
            names = names_within(self.names, begin, stop)
            self.found[begin, stop] = sentence_polarity(self.text[begin:stop], names=names).assessments
        return any(
            word.polarity * score > 0
            and start - _BESIDE <= begin + word.end
            and begin + word.start <= end + _BESIDE
            for word in self.found[begin, stop]
        )


def comes_to_harm(tokens: Tokens, place: int) -> bool:
    """Whether harm is done to the one whom the token names."""
    harm, dep, head = _harm(), tokens.dep[place], tokens.head[place]
    if dep in ("nsubj", "dobj", "nsubjpass"):
        # "Poe, who was 40, suffered …, was wounded": what is joined to the verb is told of him, too
        verbs = [head] if dep == "dobj" else [head, *_joined(tokens, head)]
        return any(tokens.lemma[verb] in harm[_part(tokens, verb, dep)] for verb in verbs)
    if dep == "pobj" and tokens.lower[head] in ("on", "against"):
        return tokens.lemma[tokens.head[head]] in harm["upon"]
    if dep == "pobj" and tokens.lower[head] == "of":
        head = tokens.head[head]
    return dep in ("pobj", "poss") and tokens.lemma[head] in harm["named"]


def _joined(tokens: Tokens, verb: int) -> list[int]:
    """The verbs that are joined to this one, each to the one before, and have its subject."""
    chain, end = [verb], min(len(tokens.text), verb + _REACH)
    own = {tokens.head[i] for i in range(verb + 1, end) if tokens.dep[i] in ("nsubj", "nsubjpass")}
    for i in range(verb + 1, end):
        if tokens.dep[i] == "conj" and tokens.head[i] in chain and i not in own:
            chain.append(i)
    return chain[1:]


def _part(tokens: Tokens, verb: int, dep: str) -> str:
    """The list in which a verb must stand that does harm to its subject or object."""
    passive = any(
        tokens.dep[i] == "auxpass" and tokens.head[i] == verb for i in range(max(0, verb - 4), verb)
    )
    return "inflicted" if passive or dep == "dobj" else "suffered"


def speaks_ill(tokens: Tokens, place: int) -> bool:
    """Whether the one whom the token names is there as the one who blames, warns or complains."""
    dep, head = tokens.dep[place], tokens.head[place]
    if dep == "pobj" and tokens.lower[head] == "to":
        return tokens.lower[tokens.head[head]] == "according"
    if dep == "poss":
        return tokens.lemma[head] in _harm()["voiced"]
    if dep == "pobj" and tokens.dep[head] == "agent":  # "condemned by Poe"
        head = tokens.head[head]
    elif dep != "nsubj":
        return False
    return tokens.lemma[head] in _harm()["voices"]


def target_states(reading: Encoded, targets: list[tuple[int, int, int, int]]) -> np.ndarray:
    """What the score is read from: the mean state of each target's pieces, and of its sentence's.

    Args:
        targets: start and end of the target, and of the sentence around it.
    """
    rows = np.zeros((len(targets), 2 * reading.own_states.shape[1]), np.float32)
    for row, (start, end, begin, stop) in zip(rows, targets, strict=True):
        for half, span in zip(np.split(row, 2), ((start, end), (begin, stop)), strict=True):
            states = reading.own_states[reading.within(*span)]
            half[:] = states.mean(axis=0) if len(states) else 0
    return rows


def scale(negative: float, neutral: float, positive: float) -> float:
    """One number for three chances: it passes -NEUTRAL and NEUTRAL where the likeliest verdict changes."""
    if neutral >= max(negative, positive):
        return NEUTRAL * (positive - negative) / neutral
    best, other, sign = (positive, negative, 1) if positive > negative else (negative, positive, -1)
    return sign * (NEUTRAL + (1 - NEUTRAL) * (best - max(other, neutral)))


def _score(reading: Encoded, targets: list[tuple[int, int, int, int]]) -> list[float]:
    if not targets:
        return []
    model = read_arrays("toward")
    logits = target_states(reading, targets) @ model["weight"] + model["bias"]
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    return [settled(scale(*row)) for row in chances.tolist()]


@lru_cache(maxsize=1)
def _harm() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in packaged_yaml("codebooks/harm.yaml").items()}


def _within(mention: Mention, spans: list[tuple[int, int]]) -> bool:
    """Whether a mention starts in one of the spans, which are sorted."""
    place = bisect_right(spans, (mention.start, math.inf)) - 1
    return place >= 0 and mention.start < spans[place][1]
