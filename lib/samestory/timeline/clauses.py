"""Events: which clause, or which noun, each date belongs to, in few words of the text.

A date is attached along the parse to the verb it modifies ("was charged on Thursday"), or to the noun
("Friday's announcement"). A sentence of the narrator in the past tense that has no date of its own
carries the narrative's current date on, as readers do (Kamp & Reyle 1993, From Discourse to Logic,
on tense as reference to the time last told of).
"""

from bisect import bisect_right
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory.language.sentences import sentence_places
from samestory.language.tokens import Tokens
from samestory.quotes.find import Quote
from samestory.quotes.inside import Quoted
from samestory.timeline.expressions.anchor import LIKELY_PAST, PAST, verb_tense
from samestory.timeline.expressions.find import Time
from samestory.timeline.expressions.timex import REFERENCES, Timex

CARRIED = "carried over"
_CARRY = 3  # sentences without a date that a date is carried over; further on it says little (ours)
_WORDS = 14  # that tell who did what, after the verb
_STOPS = frozenset(";:—–(.!?")
_NO_END = ("PUNCT", "ADP", "CCONJ", "SCONJ", "DET", "SPACE", "PART")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_CLAUSES = ("ROOT", "conj", "ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp")
_OF_NOUN = ("nmod", "compound", "amod", "nummod", "poss", "npadvmod")


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
    how: str | None  # stated, relative, inferred, carried over; None where the date could not be resolved
    time_start: int | None  # the expression that gives the date; None where it is the publication date
    time_end: int | None


class _Date(NamedTuple):
    """When something happened: the last fields of an Event."""

    value: str
    earliest: pd.Timestamp
    latest: pd.Timestamp
    granularity: str | None
    how: str | None
    time_start: int | None
    time_end: int | None


def find_events(
    doc: Doc, times: list[Time], quotes: list[Quote], *, published: pd.Timestamp = pd.NaT
) -> list[Event]:
    """Find the dated events, sorted by start.

    Args:
        doc: the parsed article.
        times: its expressions of time; durations, sets and vague references date nothing.
        quotes: its quotes: what is said in one is not carried over to.
        published: its publication date, the narrative's current date until another is told.
    """
    tokens, places = Tokens.of(doc), sentence_places(doc)
    dated = _dated(tokens, times)
    quoted = Quoted(quotes, directly=True)
    current, age = None if pd.isna(published) else _publication(published), 0
    events = []
    for number, (start, end, _) in enumerate(places):
        heads = [item for item in dated if start <= item[1].start < end]
        own = [(_event(tokens, number, head, _date(time), quoted), time) for head, time in heads]
        events += [event for event, _ in own]
        told = next((time for event, time in own if not event.quoted and pd.notna(time.earliest)), None)
        if told is not None:
            current, age = _carried_from(told), 0
            continue
        age += 1
        if current is not None and age <= _CARRY and not own:
            head = _carried_to(tokens, (start, end), quoted)
            events += [] if head is None else [_event(tokens, number, head, current, quoted)]
    return sorted(events, key=lambda event: (event.start, event.end))


def _date(time: Time) -> _Date:
    return _Date(time.value, time.earliest, time.latest, time.granularity, time.how, time.start, time.end)


def _publication(published: pd.Timestamp) -> _Date:
    day = Timex.of(published.date())
    return _Date(day.value, day.earliest, day.latest, day.granularity, CARRIED, None, None)


def _carried_from(time: Time) -> _Date:
    """The date that later sentences take: a whole day at the least, for an evening is soon over."""
    if time.granularity == "time":
        return _publication(time.earliest)._replace(time_start=time.start, time_end=time.end)
    return _date(time)._replace(how=CARRIED)


# ---------------------------------------------------------------- which word a date belongs to


def _dated(tokens: Tokens, times: list[Time]) -> list[tuple[int, Time]]:
    """(verb or noun that is dated, its time): one time for each, the one closest to it."""
    best: dict[int, tuple[int, Time]] = {}
    for time in times:
        if time.type not in ("DATE", "TIME") or time.value in REFERENCES:
            continue
        head, steps = _dated_word(tokens, time)
        if head not in best or steps < best[head][0]:
            best[head] = (steps, time)
    return sorted(((head, time) for head, (_, time) in best.items()), key=lambda item: item[1].start)


def _dated_word(tokens: Tokens, time: Time) -> tuple[int, int]:
    """The verb that a time modifies, or the noun, and how many steps of the parse lie between."""
    i = _root_of(tokens, time)
    for steps in range(1, 13):
        dep, above = tokens.dep[i], tokens.head[i]
        if above == i:
            return i, steps
        if dep in _OF_NOUN and tokens.pos[above] in ("NOUN", "PROPN"):
            return above, steps
        i = above
        if tokens.pos[i] in ("VERB", "AUX") and tokens.dep[i] in _CLAUSES:
            return i, steps
    return i, 13


def _root_of(tokens: Tokens, time: Time) -> int:
    """The word of the expression whose head lies outside it."""
    first = max(bisect_right(tokens.start, time.start) - 1, 0)
    i = first
    while i < len(tokens.start) and tokens.start[i] < time.end:
        if not time.start <= tokens.start[tokens.head[i]] < time.end:
            return i
        i += 1
    return first


def _subject(tokens: Tokens, verb: int) -> int | None:
    near = range(verb - 1, max(-1, verb - 40), -1)
    return next((i for i in near if tokens.head[i] == verb and tokens.dep[i] in _SUBJECTS), None)


# ---------------------------------------------------------------- events


def _event(tokens: Tokens, sentence: int, head: int, date: _Date, quoted: Quoted) -> Event:
    start, end = _words(tokens, head)
    clause_start, clause_end = _clause(tokens, head)
    in_quote = quoted.around(tokens.start[head]) is not None
    return Event(start, end, sentence, clause_start, clause_end, in_quote, *date)


def _carried_to(tokens: Tokens, place: tuple[int, int], quoted: Quoted) -> int | None:
    """The main verb of a sentence without a date, where it tells of the past in the narrator's voice."""
    first = max(bisect_right(tokens.start, place[0]) - 1, 0)
    last = bisect_right(tokens.start, place[1] - 1)
    roots = (i for i in range(first, last) if tokens.head[i] == i and tokens.pos[i] in ("VERB", "AUX"))
    root = next(roots, None)
    if root is None or quoted.around(tokens.start[root]) or _subject(tokens, root) is None:
        return None
    return root if verb_tense(tokens, root) in (PAST, LIKELY_PAST) else None


def _clause(tokens: Tokens, head: int) -> tuple[int, int]:
    """First and last character of everything that depends on a word."""
    word = tokens.doc[head]
    return tokens.start[word.left_edge.i], tokens.end[word.right_edge.i]


def _words(tokens: Tokens, head: int) -> tuple[int, int]:
    """From the subject over the verb to what follows it, at most _WORDS words and not past the clause."""
    head = _told(tokens, head)
    first, last = _first_word(tokens, head), tokens.doc[head].right_edge.i
    last = min(last, max(head, first) + _WORDS, _next_clause(tokens, head) - 1)
    for i in range(head + 1, last + 1):
        if _ends_at_comma(tokens, head, i) or tokens.text[i] in _STOPS or "\n" in tokens.text[i]:
            last = i - 1
            break
    while last > head and tokens.pos[last] in _NO_END:
        last -= 1
    while first < head and tokens.pos[first] in ("PUNCT", "SPACE"):
        first += 1
    return tokens.start[first], tokens.end[last]


def _next_clause(tokens: Tokens, head: int) -> int:
    """The "and" of "the mayor resigned and the council met", or the end of the text."""
    for i in range(head + 1, min(head + 40, len(tokens.head))):
        if tokens.head[i] == head and tokens.dep[i] == "conj" and tokens.pos[i] in ("VERB", "AUX"):
            subject = _subject(tokens, i)
            start = tokens.doc[subject].left_edge.i if subject is not None and subject > head else i
            return max(head + 1, start - (tokens.pos[start - 1] == "CCONJ"))
    return len(tokens.head)


def _told(tokens: Tokens, head: int) -> int:
    """ "The two spoke for an hour, the minister said": what is told stands before the verb of saying."""
    before = range(head - 1, max(-1, head - 60), -1)
    told = (i for i in before if tokens.head[i] == head and tokens.dep[i] == "ccomp")
    return next((i for i in told if tokens.pos[i] in ("VERB", "AUX")), head)


def _ends_at_comma(tokens: Tokens, head: int, i: int) -> bool:
    """A comma after a few words ends them, but not one after "that during the call"."""
    if tokens.text[i] != "," or i - head <= 4:
        return False
    return not any(tokens.head[k] > i for k in range(head + 1, i))


def _first_word(tokens: Tokens, head: int) -> int:
    """Where the subject begins; a noun's own first word; a little before a verb without a subject."""
    left = tokens.doc[head].left_edge.i
    if tokens.pos[head] not in ("VERB", "AUX"):
        return max(left, head - _WORDS // 2)
    subject = _subject(tokens, head)
    if subject is None and tokens.dep[head] == "acl" and tokens.head[head] < head:
        subject = tokens.head[head]  # "a report published on Friday"
    if subject is None:
        return max(left, head - 4)
    if tokens.tag[subject] in ("WDT", "WP") and tokens.dep[head] == "relcl":
        subject = tokens.head[head]  # "helicopters that crashed": the noun is who did it
    first = tokens.doc[subject].left_edge.i
    return first if subject - first <= _WORDS // 2 else subject
