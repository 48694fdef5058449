"""Dates that go on to the next sentence: only where the text shows that they hold.

A sentence of the narrator in the simple past goes on from the one before it, as readers take it (Kamp &
Reyle 1993, From Discourse to Logic, on tense as reference to the time last told of), if that one told in
its main clause, and as done, what happened on a day. Whatever breaks the sequence ends it: a look back
("had"), the present, a state, a year, what lies ahead, a date in a subordinate clause.

What is said goes on from what the same speaker said just before, and from the last saying with a date
where that is the day of publication: a report of today tells what was said today. Of an older day this can't
be shown; others may have spoken since (TimeBank's annotators date such sayings to either day).
"""

import re
from bisect import bisect_right

import pandas as pd

from samestory.language.tokens import Tokens
from samestory.quotes.find import Quote
from samestory.quotes.inside import Quoted
from samestory.timeline.belonging import VERBS, lies_ahead, subject
from samestory.timeline.expressions.anchor import PAST, verb_tense
from samestory.timeline.expressions.find import Time

_REACH = 3  # sentences that a date is carried over; further on it says little (ours)
_SAME_SPEAKER = 3  # sentences from one saying of a speaker to the next (ours)
_EXACT = ("time", "day", "week", "weekend", "month")  # a year is background
# "Putin said during that call": of another time than what was told last.
_ELSEWHEN = re.compile(
    r"\b(?:during|in|at|after|before|since) (?:that|those|the previous|an earlier|the earlier) \w"
    r"|\b(?:at the time|back then|since then|in the past|years? ago|already|earlier|previously|once)\b",
    re.IGNORECASE,
)
_LOOKING_BACK = frozenset(("is", "are", "being", "had", "has", "have", "having", "'ve", "’ve", "'d", "’d"))


class Narrative:
    """What has been told up to a sentence: the current date, and who spoke when."""

    def __init__(self, tokens: Tokens, quotes: list[Quote], published: pd.Timestamp, filed: Time | None):
        self._tokens, self._published = tokens, published
        self._today = published if filed is None else filed.earliest
        self._quoted = Quoted(quotes, directly=True)
        self._speakers = {
            bisect_right(tokens.start, quote.cue_start) - 1: quote.speaker
            for quote in quotes
            if quote.cue_start is not None and quote.act == "speech"
        }
        self._time: Time | None = None  # of what was last told as done
        self._age = 0  # sentences since
        self._apart = False  # the last sentence told of another time
        self._elsewhen: set[str] = set()  # those whose last words are of another time
        self._said: tuple[int, str | None, Time] | None = (
            None if filed is None else (0, None, filed)
        )  # sentence, speaker, when

    def read(
        self, sentence: int, place: tuple[int, int], own: list[tuple[int, Time]]
    ) -> list[tuple[int, Time]]:
        """Take in the next sentence.

        Args:
            own: its dated words and their times.
        Returns:
            the verb that takes a date over, and that date; none where the sentence dates it, or where no date
            can be shown to hold.
        """
        saying = self._saying(place)
        elsewhen = self._is_elsewhen(place)
        carried = None if elsewhen or saying is None else self._goes_on_saying(sentence, saying)
        if not own:
            self._age += 1
            return [carried] if carried else self._goes_on_telling(place) if saying is None else []
        root = self._root(place)
        self._time, self._age = None, 0
        for head, time in own:
            if self.is_quoted(head) or self.lies_ahead(time) or time.granularity not in _EXACT:
                continue
            if head in self._speakers:
                self._said = sentence, self._speakers[head], time
                self._elsewhen.discard(self._speakers[head] or "")
            elif self._time is None and self._is_foreground(head, root):
                self._time = time
                if self._is_today(time):
                    self._said = sentence, None, time
        free = carried is not None and not any(self._is_said(head, carried[0]) for head, _ in own)
        return [carried] if carried and free else []

    def _is_elsewhen(self, place: tuple[int, int]) -> bool:
        """Whether a sentence tells of another time than the last, or goes on ("He") from one that did."""
        words = self._tokens.within(*place)
        goes_on = self._apart and len(words) > 0 and self._tokens.tag[words[0]] == "PRP"
        self._apart = goes_on or _ELSEWHEN.search(self._tokens.article, *place) is not None
        if self._apart:
            self._time = None
            self._elsewhen |= {speaker for i in words if (speaker := self._speakers.get(i))}
        return self._apart

    def _is_said(self, token: int, verb: int) -> bool:
        """Whether a word is a verb of saying, or stands in what it says, which is told for itself."""
        while token != verb and self._tokens.head[token] != token:
            above = self._tokens.head[token]
            if above == verb:
                return self._tokens.dep[token] in ("ccomp", "xcomp")
            token = above
        return token == verb

    def _goes_on_telling(self, place: tuple[int, int]) -> list[tuple[int, Time]]:
        root = self.deed(place)
        if root is None or self._age > _REACH:
            self._time = None
        return [] if self._time is None or root is None else [(root, self._time)]

    def deed(self, place: tuple[int, int]) -> int | None:
        """The main verb of a sentence that tells, in the narrator's voice, of what was done."""
        root = self._root(place)
        told = root is not None and root not in self._speakers and not self.is_quoted(root)
        return root if told and root is not None and self._is_done(root) else None

    def lies_ahead(self, time: Time) -> bool:
        return lies_ahead(time, self._published)

    def is_quoted(self, token: int) -> bool:
        return token not in self._speakers and self._quoted.around(self._tokens.start[token]) is not None

    def _goes_on_saying(self, sentence: int, verb: int) -> tuple[int, Time] | None:
        known = self._speakers[verb] is not None and self._speakers[verb] not in self._elsewhen
        if self._said is None or not known or not self._is_simple_past(verb):
            return None
        number, speaker, time = self._said
        if speaker == self._speakers[verb] and sentence - number <= _SAME_SPEAKER:
            self._said = sentence, speaker, time
            return verb, time
        return (verb, time) if self._is_today(time) else None

    def _is_today(self, time: Time) -> bool:
        """Whether it is the day on which the report was filed or else published, or part of it."""
        day = time.granularity in ("time", "day")
        return bool(pd.notna(self._today) and day and time.earliest.date() == self._today.date())

    def _saying(self, place: tuple[int, int]) -> int | None:
        """The first verb of saying of a sentence, in the narrator's voice and in no subordinate clause."""
        tokens = self._tokens
        verbs = (i for i in tokens.within(*place) if i in self._speakers and tokens.pos[i] in VERBS)
        return next((i for i in verbs if self._is_main(i) and not self.is_quoted(i)), None)

    def _is_main(self, verb: int) -> bool:
        """Whether a verb is its sentence's main verb, one beside it, or set beside quoted words."""
        dep, head = self._tokens.dep[verb], self._tokens.head[verb]
        beside = dep == "conj" and self._is_main(head) and self._is_simple_past(head)
        return head == verb or beside or (dep in ("parataxis", "ccomp") and self.is_quoted(head))

    def _root(self, place: tuple[int, int]) -> int | None:
        """The main verb of a sentence."""
        tokens = self._tokens
        words = tokens.within(*place)
        return next((i for i in words if tokens.head[i] == i and tokens.pos[i] in VERBS), None)

    def _is_foreground(self, head: int, root: int | None) -> bool:
        """Whether a dated word is what the sentence tells as done: its main verb, or one beside that."""
        beside = self._tokens.dep[head] == "conj" and self._tokens.head[head] == root
        return (head == root or beside) and self._is_done(head)

    def _is_done(self, verb: int) -> bool:
        """ "fell", "was built"; no state ("was old", "had a crack") and nothing that was not done."""
        is_state = self._tokens.lemma[verb] in ("be", "have")
        undone = any(self._tokens.dep[i] == "neg" for i in self._tokens.children.get(verb, ()))
        return (
            not is_state
            and not undone
            and self._is_simple_past(verb)
            and subject(self._tokens, verb) is not None
        )

    def _is_simple_past(self, verb: int) -> bool:
        """ "fell", "was built"; not "had fallen", "has fallen", "would fall"."""
        tokens = self._tokens
        helpers = {tokens.lower[i] for i in range(max(0, verb - 8), verb) if tokens.head[i] == verb}
        return verb_tense(tokens, verb) == PAST and not helpers & _LOOKING_BACK
