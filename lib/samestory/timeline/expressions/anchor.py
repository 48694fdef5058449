"""What a relative time is relative to: the publication date, the date in focus, the tense of its verb.

The date in focus is the last calendar date that the text named (Stroetgen & Gertz 2010 call it the
reference time): "the day before" is reckoned from it, "last week" from the publication date.
"""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field

from samestory.language.tokens import Tokens
from samestory.timeline.expressions.classes import lexicon
from samestory.timeline.expressions.timex import Timex, Unit

PAST, LIKELY_PAST, PRESENT, FUTURE, POSSIBLE = "past", "likely past", "present", "future", "possible"

# How much further away a date ahead and a date behind count, by tense (ours).
_WEIGHTS = {
    PAST: (5.0, 1.0), LIKELY_PAST: (3.0, 1.0), PRESENT: (1.4, 1.0), FUTURE: (0.5, 3.0), POSSIBLE: (0.8, 1.4),
}  # fmt: skip


_NEAR = 25  # words between two dates of one story, at most (ours)


@dataclass
class Anchor:
    """The state while one text is read from start to end."""

    tokens: Tokens
    published: dt.date | None
    hour: int | None = None  # of publication
    day_first: bool = False  # "15/4/2019" elsewhere in the text says how "2/5/2019" is meant
    year: int | None = None  # where nothing was published: the one year of the text's full dates
    focus: Timex | None = None  # the last date named, its year known
    focus_ends: int = -1  # the word after it
    past: Timex | None = None  # the last date named with its year
    past_ends: int = -1  # the word after it
    day: Timex | None = None  # the last calendar day
    day_ends: int = -1  # the word after it
    period: Timex | None = None  # the last quarter or half year: what a company's report compares
    _tense: dict[int, str | None] = field(default_factory=dict)

    def mark(self) -> tuple:
        """What is in focus, for `restore`."""
        return self.focus, self.focus_ends, self.past, self.past_ends, self.day, self.day_ends, self.period

    def restore(self, mark: tuple) -> None:
        self.focus, self.focus_ends, self.past, self.past_ends, self.day, self.day_ends, self.period = mark

    def in_past_story(self, date: Timex, char: int, word: int) -> Timex | None:
        """A date without a year in a story of the past: "The trial opened in 2019. In March he was heard."

        None but where the main clause just before told of a day or a year over a year before publication, and
        the verb of the date goes on from it.
        """
        story = self.past.days if self.past else None
        if story is None or self.published is None or word - self.past_ends > _NEAR:
            return None
        if (self.published - story[1]).days < 366 or not self.is_told_as_past(char):
            return None
        if self.past and self.past.unit == Unit.YEAR and not self.goes_on_by_pronoun(char):
            return None  # a year may be background: "It was built in 1987. In May the firm sold it."
        years = (date.in_year(story[0].year + step) for step in (0, 1))
        return next((one for one in years if one.days and one.days[1] >= story[0]), None)

    def from_published(self, step: int, unit: str) -> Timex:
        """The unit so many steps from that of publication; unknown where nothing was published."""
        return Timex.of(self.published, unit).moved(step, unit) if self.published else Timex(unit)

    def from_focus(self, step: int, unit: str) -> Timex:
        """The unit so many steps from the one that holds the date in focus (else the publication date).

        A focus that is longer than the unit can't tell: after "in 1987", "that day" is not the first of
        January, unless a day of that year was named before.
        """
        if self.focus is None:
            return self.from_published(step, unit)
        span, start = self.focus.days, self.focus
        if span and self.day and self.day.first and span[0] <= self.day.first <= span[1]:
            start = self.day
        elif start.is_longer(unit):
            return Timex(unit)
        return start.widened(unit).moved(step, unit)

    def year_apart(self, step: int, *, ago: bool) -> Timex:
        """A year from the period in focus, in its unit: "a year earlier" than a quarter is a quarter."""
        focus = self.period or (None if ago else self.focus)
        if focus is None:
            return self.from_published(step, Unit.YEAR)
        unit = (
            focus.unit
            if focus.unit in (Unit.QUARTER, Unit.HALF_YEAR, Unit.MONTH, Unit.SEASON, Unit.YEAR)
            else Unit.YEAR
        )
        return focus.widened(unit).moved(step, Unit.YEAR)

    def is_timetable(self, char: int, *, strictly: bool = False) -> bool:
        """Whether a verb in the present tells of a day as a timetable does: "schools reopen on Monday".

        Not a verb of saying, nor one that another verb in the past parts from the day, nor the owner of a
        thing: "says on Tuesday", "hurt the index, which fell on Friday", "above Thursday's price".

        Args:
            strictly: only for verbs of beginning and ending, for "a report in June" is not in one.
        """
        tokens, first = self.tokens, self.token_at(char)
        i = first
        for _ in range(6):
            if tokens.dep[i] in ("poss", "compound", "nmod"):
                return False
            i = tokens.head[i]
            if tokens.pos[i] in ("VERB", "AUX"):
                if i > first:
                    return False
                between = range(i + 1, first)
                parted = any(tokens.tag[k] == "VBD" for k in between)
                words = lexicon().context
                meant = (
                    tokens.lemma[i] in words["begins"] if strictly else tokens.lemma[i] not in words["says"]
                )
                return meant and not parted
        return False

    def has_just_told(self, word: int, char: int) -> bool:
        """Whether a date was named just before a word whose verb goes on telling of the past."""
        near = self.focus is not None and word - self.focus_ends <= _NEAR
        return near and self.tense(char) in (PAST, LIKELY_PAST)

    def is_attribute(self, char: int) -> bool:
        """Whether a compound stands before the noun that it describes: "late-night buses"."""
        i = self.token_at(char)
        for _ in range(3):
            above = self.tokens.head[i]
            if (
                above > i
                and self.tokens.pos[above] == "NOUN"
                and self.tokens.lower[above] not in lexicon().payload
            ):
                return True
            i = above
        return False

    def puts_off(self, char: int) -> bool:
        """Whether the verb around a character moves something to a later day: "postponed until Tuesday"."""
        verb = self.verb_at(char)
        return verb is not None and self.tokens.lemma[verb] in lexicon().context["puts_off"]

    def goes_on_by_pronoun(self, char: int) -> bool:
        """Whether the verb around a character tells of "he", "she", "it" or "they": of the same as before."""
        verb = self.verb_at(char)
        if verb is None or self.tokens.lemma[verb] in lexicon().context["says"]:
            return False
        subjects = (i for i in range(max(0, verb - 12), verb) if self.tokens.head[i] == verb)
        return any(self.tokens.tag[i] == "PRP" and self.tokens.dep[i].startswith("nsubj") for i in subjects)

    def is_told_as_past(self, char: int) -> bool:
        """Whether a date says when the deed of a main clause was done: "He moved in 1999"."""
        tokens, i = self.tokens, self.token_at(char)
        for _ in range(3):
            i = tokens.head[i]
            if tokens.pos[i] in ("VERB", "AUX"):
                main = tokens.head[i] == i or (
                    tokens.dep[i] == "conj" and tokens.head[tokens.head[i]] == tokens.head[i]
                )
                return main and verb_tense(tokens, i) == PAST
            if tokens.pos[i] != "ADP" or tokens.lower[i] not in ("in", "on", "by", "until"):
                return False
        return False

    def verb_at(self, char: int) -> int | None:
        """The verb that a word stands under in the parse, with no other between them."""
        i = self.token_at(char)
        for _ in range(12):
            if self.tokens.pos[i] in ("VERB", "AUX"):
                return i
            if self.tokens.head[i] == i:
                break
            i = self.tokens.head[i]
        return None

    def saying_at(self, char: int) -> int | None:
        """The verb that a date dates, through what it was said in: "In a letter dated 3 May he wrote"."""
        tokens, verb = self.tokens, self.verb_at(char)
        if verb is None or tokens.dep[verb] != "acl" or tokens.dep[tokens.head[verb]] != "pobj":
            return verb
        return self.verb_at(tokens.start[tokens.head[verb]])

    def token_at(self, char: int) -> int:
        return max(bisect_right(self.tokens.start, char) - 1, 0)

    def tense(self, char: int) -> str | None:
        """Tense of the clause around a character: past, present, future or None where nothing shows it."""
        token = self.token_at(char)
        if token not in self._tense:
            ahead = promised_verb(self.tokens, token) is not None or _is_set_for(self.tokens, token)
            self._tense[token] = FUTURE if ahead else _tense(self.tokens, token)
        return self._tense[token]

    def closest(self, candidates: list[Timex], char: int, *, ahead: bool = False) -> Timex | None:
        """Of dates that differ in the year (or week), the one that fits the tense and lies closest.

        A date against the tense counts as further away, not as impossible: "declared a dividend, payable
        Dec. 15" is past in form, yet its date lies ahead.
        """
        published, tense = self.published, self.tense(char)
        if published is None:
            return None
        if (ahead and tense not in (PAST, LIKELY_PAST)) or (
            tense == PRESENT and self.is_timetable(char, strictly=True)
        ):
            tense = FUTURE  # "by Christmas", "takes effect on Jan. 1"
        ahead_counts, behind_counts = _WEIGHTS[tense or PRESENT]
        best, least = None, float("inf")
        for value in candidates:
            if value.days is None:
                continue
            first, last = value.days
            distance = max(
                (first - published).days * ahead_counts, (published - last).days * behind_counts, 0.0
            )
            if distance < least:
                best, least = value, distance
        return best


def promised_verb(tokens: Tokens, i: int) -> int | None:
    """ "voted to scrap it from 1 November": the verb before a date that lies ahead, whatever the parse."""
    context = lexicon().context
    for k in range(i - 1, max(-1, i - 14), -1):
        if tokens.text[k] in ".;:!?" or "\n" in tokens.text[k]:
            return None
        if tokens.pos[k] in ("VERB", "AUX"):
            willed = context["decides"] | context["looks_ahead"] | context["scheduled"]
            planned = tokens.lower[k - 1] == "to" and tokens.lemma[tokens.head[k]] in willed
            ahead = planned and tokens.tag[k] == "VB" and "had" not in tokens.lower[max(0, k - 6) : k]
            return k if ahead else None
    return None


def _is_set_for(tokens: Tokens, i: int) -> bool:
    """ "has been set for May 2"."""
    for k in range(i - 1, max(0, i - 4), -1):
        if tokens.lower[k] == "for":
            is_set = tokens.lower[k - 1] in lexicon().context["set_for"]
            return is_set and "had" not in tokens.lower[max(0, k - 4) : k]
    return False


def _tense(tokens: Tokens, i: int) -> str | None:
    """Climb from a word to its verb and read that verb's auxiliaries."""
    head, pos, tag = tokens.head, tokens.pos, tokens.tag
    direct = True  # no noun or adjective in between, as in "fell in June", unlike "payable in June"
    date = i
    for step in range(12):
        if tokens.lemma[i] in lexicon().context["scheduled"] and _looks_ahead(tokens, i):
            return FUTURE
        if pos[i] in ("VERB", "AUX"):
            if tokens.lemma[i] in lexicon().context["awaited"] and _is_now(tokens, i):
                return FUTURE  # "is expected by June"
            if tokens.lemma[i] in lexicon().context["readies"] and "for" in tokens.lower[i + 1 : date]:
                return FUTURE  # "braced for a storm on Sunday"
            found = verb_tense(tokens, i)
            if found:
                return LIKELY_PAST if found == PAST and not direct else found
        elif step:
            direct = direct and (pos[i] in ("ADP", "PROPN") or tokens.dep[i] in ("npadvmod", "pobj"))
        if head[i] == i:
            break
        i = head[i]
    return {"VBD": PAST, "VBN": LIKELY_PAST, "VBZ": PRESENT, "VBP": PRESENT}.get(tag[i])


def _is_now(tokens: Tokens, verb: int) -> bool:
    """Whether a participle is the passive of the present."""
    helpers = (tokens.lower[i] for i in range(max(0, verb - 6), verb) if tokens.head[i] == verb)
    return tokens.tag[verb] == "VBN" and any(word in ("is", "are", "'s", "’s") for word in helpers)


def verb_tense(tokens: Tokens, verb: int) -> str | None:
    """The tense that a verb's form and its auxiliaries show."""
    context = lexicon().context
    head, tag, lower, dep = tokens.head, tokens.tag, tokens.lower, tokens.dep
    window = range(max(0, verb - 8), verb)
    helpers = [i for i in window if head[i] == verb and dep[i] in ("aux", "auxpass")]
    words = {lower[i] for i in helpers}
    if words & (context["will"] | context["modal"]) and "have" not in words:
        return FUTURE if words & context["will"] else POSSIBLE
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
    context = lexicon().context
    if tokens.lemma[i] not in context["looks_ahead"] | context["scheduled"] | {"be"}:
        return False
    around = {i, tokens.head[i], tokens.head[tokens.head[i]]}
    near = range(max(0, i - 6), i + 1)
    return not any(tokens.lower[k] in ("had", "was", "were") and tokens.head[k] in around for k in near)
