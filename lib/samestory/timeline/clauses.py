"""Events: which clause, or which noun, each date belongs to, in few words of the text.

A date is attached along the parse to the verb it modifies ("was charged on Thursday"), or to the noun
("Friday's announcement"); where a text goes on telling, a sentence without a date takes the last one over
(`carrying`).
"""

import re
from collections.abc import Collection
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory.language.sentences import sentence_places
from samestory.language.tokens import Tokens
from samestory.quotes.find import Quote
from samestory.timeline.belonging import dated_words, dateline
from samestory.timeline.carrying import Narrative
from samestory.timeline.expressions.find import Time
from samestory.timeline.expressions.timex import Timex
from samestory.timeline.telling import clause, words

_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]`]*$")
_FINITE = ("VBD", "VBP", "VBZ", "MD")
_TELLING = 3  # words from which on an event without a date of its own tells something: not "she said"
_NO_TIME = Time(0, 0, "", "", pd.NaT, pd.NaT)
CARRIED = "carried over"


class Event(NamedTuple):
    """Who did what (start:end, characters), and when."""

    start: int
    end: int
    sentence: int
    clause_start: int
    clause_end: int
    quoted: bool  # its verb stands in quoted words
    value: str | None  # TIMEX3
    earliest: pd.Timestamp
    latest: pd.Timestamp
    granularity: str | None  # time, day, week, month ...
    how: str | None  # stated, relative, inferred, carried over; None where no date is known
    time_start: int | None  # the expression that gives the date; None where there is none
    time_end: int | None


def find_events(
    doc: Doc, times: list[Time], quotes: list[Quote], *, published: pd.Timestamp = pd.NaT
) -> list[Event]:
    """Find the dated events, and what is told as done and has no date, sorted by start.

    Args:
        doc: the parsed article.
        times: its expressions of time; durations, sets and vague references date nothing.
        quotes: its quotes: what is told in one is not carried over to; what one speaker says goes on from
            what the same speaker said before.
        published: its publication date, after which a date lies ahead.
    """
    tokens = Tokens.of(doc)
    dated = dated_words(tokens, times, published)
    heads = frozenset(head for head, _ in dated)
    narrative = Narrative(tokens, quotes, published, dateline(tokens.article, times))
    events = []
    for number, (start, end, _) in enumerate(sentence_places(doc)):
        if not _is_sentence(tokens, start, end):
            continue
        own = [(head, time) for head, time in dated if start <= time.start < end]
        events += [_event(tokens, number, head, time, narrative, heads) for head, time in own]
        carried = narrative.read(number, (start, end), own)
        taken = [_event(tokens, number, head, _carried(time), narrative, heads) for head, time in carried]
        events += [event for event in taken if len(tokens.within(event.start, event.end)) >= _TELLING]
        if not own and not carried and (deed := narrative.deed((start, end))) is not None:
            events.append(_event(tokens, number, deed, None, narrative, heads))
    return sorted(events, key=lambda event: (event.start, event.end))


def _is_sentence(tokens: Tokens, start: int, end: int) -> bool:
    """Whether words tell something: they end as a sentence does and have a finite verb.

    Headlines, hashtags and captions without a verb are no events.
    """
    if not _ENDS.search(tokens.article, start, end) or tokens.article.startswith("#", start):
        return False
    return any(tokens.tag[i] in _FINITE for i in tokens.within(start, end))


def _carried(time: Time) -> Time:
    """The date that later sentences take: a whole day at the least, for an evening is soon over."""
    if time.granularity == "time":
        day = Timex.of(time.earliest.date())
        time = time._replace(
            value=day.value, earliest=day.earliest, latest=day.latest, granularity=day.granularity
        )
    return time._replace(how=CARRIED)


def _event(
    tokens: Tokens, sentence: int, head: int, time: Time | None, narrative: Narrative, dated: Collection[int]
) -> Event:
    time = time or _NO_TIME
    return Event(
        *words(tokens, head, dated, ahead=narrative.lies_ahead(time)),
        sentence,
        *clause(tokens, head),
        narrative.is_quoted(head),
        time.value or None,
        time.earliest,
        time.latest,
        time.granularity,
        time.how,
        None if time is _NO_TIME else time.start,
        None if time is _NO_TIME else time.end,
    )
