"""What a relative time is relative to: the publication date, the date in focus, the tense of its verb.

The date in focus is the last calendar date that the text named (Stroetgen & Gertz 2010 call it the
reference time): "the day before" is reckoned from it, "last week" from the publication date.
"""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field

from samestory.annotation import time_calendar as calendar
from samestory.annotation.tokens import Tokens

PAST, PRESENT, FUTURE, POSSIBLE = "past", "present", "future", "possible"

# "is expected to", "due to", "plans to": what follows lies ahead, whatever the tense
_AHEAD = frozenset(
    "expect schedule plan due set intend propose aim hope agree want promise vow ask urge call seek "
    "order require invite prepare ready likely slate expire".split()
)
_WILL = frozenset(["will", "shall", "'ll", "’ll", "wo", "would"])
_MODALS = frozenset(["may", "might", "could", "can", "should", "must", "ca"])


# how much further away a date ahead and a date behind count, by tense
_WEIGHTS = {PAST: (3.0, 1.0), FUTURE: (0.5, 3.0), POSSIBLE: (0.8, 1.4)}


@dataclass
class Anchor:
    """The state while one text is read from start to end."""

    tokens: Tokens
    published: dt.date | None
    hour: int | None = None
    focus: str | None = None  # the last calendar value
    day: str | None = None  # the last calendar day
    day_ends: int = -1  # the word after it
    period: str | None = None  # the last quarter or half year: what a company's report compares
    years: set[int] = field(default_factory=set)  # years that the text states
    _tense: dict[int, str | None] = field(default_factory=dict)

    def token_at(self, char: int) -> int:
        return max(bisect_right(self.tokens.start, char) - 1, 0)

    def tense(self, char: int) -> str | None:
        """Tense of the clause around a character: past, present, future or None where nothing shows it."""
        token = self.token_at(char)
        if token not in self._tense:
            self._tense[token] = _tense(self.tokens, token)
        return self._tense[token]

    def closest(self, candidates: list[str], char: int) -> str | None:
        """Of dates that differ in the year (or week), the one that fits the tense and lies closest.

        A date against the tense counts as three times as far away: "declared a dividend, payable
        Dec. 15" is past in form, yet its date lies ahead.
        """
        if self.published is None:
            return None
        tense = self.tense(char)
        ahead, behind = _WEIGHTS.get(tense, (1.4, 1.0))
        best = None
        for value in candidates:
            span = calendar.days(value) if value else None
            if span is None:
                continue
            if span[0] <= self.published <= span[1]:
                distance = 0.0
            elif span[0] > self.published:
                distance = (span[0] - self.published).days * ahead
            else:
                distance = (self.published - span[1]).days * behind
            if best is None or distance < best[0]:
                best = (distance, value)
        return best[1] if best else None


def _tense(tokens: Tokens, i: int) -> str | None:
    """Climb from a word to its verb and read that verb's auxiliaries."""
    head, pos, tag = tokens.head, tokens.pos, tokens.tag
    for _ in range(12):
        if pos[i] in ("VERB", "AUX"):
            found = _verb_tense(tokens, i)
            if found:
                return found
        if tokens.lemma[i] in ("due", "deadline", "upcoming", "likely"):
            return FUTURE
        if head[i] == i:
            break
        i = head[i]
    return {"VBD": PAST, "VBN": PAST, "VBZ": PRESENT, "VBP": PRESENT}.get(tag[i])


def _verb_tense(tokens: Tokens, verb: int) -> str | None:
    head, tag, lower, dep = tokens.head, tokens.tag, tokens.lower, tokens.dep
    window = range(max(0, verb - 8), verb)
    helpers = [i for i in window if head[i] == verb and dep[i] in ("aux", "auxpass")]
    words = {lower[i] for i in helpers}
    if words & (_WILL | _MODALS) and "have" not in words:
        return FUTURE if words & _WILL else POSSIBLE
    if "to" in words:
        return FUTURE if _looks_ahead(tokens, head[verb]) else None
    if tag[verb] == "VBD" or {"was", "were", "had", "did", "has", "have"} & words:
        return PAST
    if tag[verb] == "VBN":
        return PAST
    if tag[verb] == "VBG":
        return PRESENT if {"is", "are", "am", "'s", "'re"} & words else None
    return {"VBZ": PRESENT, "VBP": PRESENT}.get(tag[verb])


def _looks_ahead(tokens: Tokens, i: int) -> bool:
    """ "is due to expire", "plans to resume"; not "had been due to expire"."""
    if tokens.lemma[i] not in _AHEAD and tokens.lemma[i] != "be":
        return False
    around = {i, tokens.head[i]}
    near = range(max(0, i - 6), i + 1)
    return not any(tokens.lower[k] in ("had", "was", "were") and tokens.head[k] in around for k in near)
