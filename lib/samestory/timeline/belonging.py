"""Which word of a sentence a date belongs to: the verb that it modifies, or the noun.

A date that lies ahead is not the date of a deed that is told as done: "voted to scrap the service from
1 November" dates the scrapping, "has set Monday as the deadline" the deadline. What a thing is compared
with ("from $3 million a year earlier") and what lies on the other side of a date ("before 1995") is dated
by neither.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

import pandas as pd

from samestory.language.tokens import Tokens
from samestory.timeline.expressions.anchor import LIKELY_PAST, PAST, promised_verb, verb_tense
from samestory.timeline.expressions.classes import lexicon
from samestory.timeline.expressions.find import Time
from samestory.timeline.expressions.timex import REFERENCES

_DATELINE = re.compile(r"[A-Z][A-Z .'’-]{1,40},(?: [A-Z][\w. ]{1,20},)? ")
VERBS = ("VERB", "AUX")
_NOUNS = ("NOUN", "PROPN")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_CLAUSES = ("ROOT", "conj", "ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp")
_OF_NOUN = ("nmod", "compound", "amod", "nummod", "poss", "npadvmod")
_DEEPER = ("dobj", "ccomp", "xcomp", "acomp")  # what may hold the infinitive of a plan
_FAR = 60  # words between a verb and what depends on it


def dated_words(tokens: Tokens, times: list[Time], published: pd.Timestamp) -> list[tuple[int, Time]]:
    """The verbs and nouns that are dated, each with its time: the closest one of the parse.

    Args:
        times: the expressions of one article; no length, set, vague reference or dateline dates anything.
        published: its day, after which a date lies ahead; NaT where it is not known.
    """
    best: dict[int, tuple[int, Time]] = {}
    filed = dateline(tokens.article, times)
    for time in times:
        if time is filed or time.type not in ("DATE", "TIME") or time.value in REFERENCES:
            continue
        if time.granularity in ("century", "millennium"):
            continue  # "the greatest poet of the 20th century"
        head, steps = _dated_word(tokens, time)
        if head is not None and _is_state_of_today(tokens, head, time):
            continue
        if (then := _then(tokens, time)) is not None:
            best[then] = (0, time)
        if head is not None and (lies_ahead(time, published) or _is_deadline(tokens, time, published)):
            head = _still_to_come(tokens, head, time)
        if head is not None and (head not in best or steps < best[head][0]):
            best[head] = (steps, time)
    for head, (steps, time) in list(best.items()):
        for verb in _in_scope(tokens, head, time):
            best.setdefault(verb, (steps, time))
        deed = _deed(tokens, head, time)
        if deed is not None and deed not in best:
            best[deed] = (steps, time)
            if tokens.pos[head] in _NOUNS:  # "spoke in a lecture on Friday" is one event
                del best[head]
    return sorted(((head, time) for head, (_, time) in best.items()), key=lambda item: item[1].start)


def dateline(text: str, times: list[Time]) -> Time | None:
    """The day on which a report was filed, where its first line says so: "PARIS, July 4 (AFP)"."""
    first = times[0] if times else None
    if first is None or first.granularity != "day":
        return None
    line = text[: first.start].rpartition("\n")[2]
    filed = _DATELINE.fullmatch(line) and text[first.end :].lstrip(" ,.")[:1] in ("(", "-", "–", "—")
    return first if filed else None


def lies_ahead(time: Time, published: pd.Timestamp) -> bool:
    """Whether a date begins after the day of publication."""
    return bool(pd.notna(published) and pd.notna(time.earliest) and time.earliest.date() > published.date())


def subject(tokens: Tokens, verb: int) -> int | None:
    """The subject of a verb, where it has one of its own."""
    near = range(verb - 1, max(-1, verb - 40), -1)
    return next((i for i in near if tokens.head[i] == verb and tokens.dep[i] in _SUBJECTS), None)


def told_in(tokens: Tokens, verb: int) -> int | None:
    """ "The two spoke for an hour, the minister said": the verb of what is told before a verb of saying.

    Not "He was made a general, and the next year he was sent abroad", which the parser takes for one.
    """
    before = range(verb - 1, max(-1, verb - _FAR), -1)
    if any(tokens.head[i] == verb and tokens.dep[i] == "cc" for i in before):
        return None
    told = (i for i in before if tokens.head[i] == verb and tokens.dep[i] == "ccomp")
    return next((i for i in told if tokens.pos[i] in VERBS), None)


def _dated_word(tokens: Tokens, time: Time) -> tuple[int | None, int]:
    """The word that a time dates, if any, and how many steps of the parse lie between."""
    i = _root_of(tokens, time)
    if _is_doer(tokens, i):
        return None, 0
    if i and tokens.lower[i - 1] == "on" and tokens.dep[i] in _OF_NOUN:
        i -= 1  # "told them on Friday work had begun": the parser makes it "Friday work"
    for steps in range(1, 13):
        dep, above = tokens.dep[i], tokens.head[i]
        if above == i:
            return i, steps
        if dep in _OF_NOUN and tokens.pos[above] in _NOUNS and not _is_place(tokens, above, time):
            return above, steps
        i = above
        if tokens.lower[i] == "of" and tokens.lower[tokens.head[i]] in lexicon().context["statutes"]:
            return None, steps  # "the Tax Relief Act of 2001"
        if tokens.pos[i] == "ADP" and _is_apart(tokens, i, time, first=steps == 1):
            return None, steps
        if tokens.pos[i] in VERBS and tokens.dep[i] in _CLAUSES:
            i = _said_on(tokens, i, time)
            return (None if _compares(tokens, i, time) else i), steps
    return i, 13


def _said_on(tokens: Tokens, verb: int, time: Time) -> int:
    """ "Police said on Tuesday they had arrested 14": the parser gives the day to the next verb."""
    above = tokens.head[verb]
    if tokens.dep[verb] != "ccomp" or not tokens.start[above] < time.start < tokens.start[verb]:
        return verb
    between = tokens.within(tokens.end[above], time.start)
    return above if all(tokens.lower[i] in ("on", "late", "early", "in") for i in between) else verb


def _is_doer(tokens: Tokens, i: int) -> bool:
    """ "Tuesday marked a turning point"."""
    verb = tokens.head[i]
    if tokens.pos[verb] not in VERBS or i > verb:
        return False
    only = (
        tokens.head[verb] == verb
        and tokens.tag[verb] in ("VBD", "VBZ", "VBP")
        and subject(tokens, verb) is None
    )
    return tokens.dep[i] in _SUBJECTS or (only and tokens.dep[i] == "npadvmod")


def _root_of(tokens: Tokens, time: Time) -> int:
    """The word of the expression whose head lies outside it."""
    first = max(bisect_right(tokens.start, time.start) - 1, 0)
    i = first
    while i < len(tokens.start) and tokens.start[i] < time.end:
        if not time.start <= tokens.start[tokens.head[i]] < time.end:
            return i
        i += 1
    return first


def _is_place(tokens: Tokens, noun: int, time: Time) -> bool:
    """ "in Doha, Qatar, Tuesday": the day is not Qatar's."""
    return tokens.pos[noun] == "PROPN" and tokens.start[noun] < time.start


def _is_apart(tokens: Tokens, preposition: int, time: Time, *, first: bool) -> bool:
    """ "before 1995", "from 4 percent in December", "than a year earlier": not when the deed was done.

    Args:
        first: the date itself is what the preposition governs: "from March" is a beginning.
    """
    words, word = lexicon().context, tokens.lower[preposition]
    if word in words["apart"]:
        return first
    return word in words["compared"] and (not first or _is_comparison(tokens, time))


def _compares(tokens: Tokens, verb: int, time: Time) -> bool:
    """ "a loss of $2 million, versus $5 million a year earlier", "rose from 90 in 2001 to 120"."""
    after = tokens.within(time.end, time.end + 3)
    starts = any(tokens.lower[i] == "to" and tokens.tag[i + 1 : i + 2] != ["VB"] for i in after)
    if not _is_comparison(tokens, time) and not starts:
        return False
    between = tokens.within(tokens.start[verb], time.start)
    return any(tokens.lower[i] in lexicon().context["compared"] for i in between)


def _is_state_of_today(tokens: Tokens, head: int, time: Time) -> bool:
    """ "that isn't the case today", "a spice widely used today": nowadays, and no deed."""
    if tokens.article[time.start : time.end].lower() != "today":
        return False
    used = tokens.tag[head] == "VBN" and tokens.dep[head] == "acl"
    return used or (tokens.lemma[head] in ("be", "have") and tokens.tag[head] in ("VBZ", "VBP"))


def _is_comparison(tokens: Tokens, time: Time) -> bool:
    """ "a year earlier", "the year-ago quarter": times of which reports tell to compare."""
    return any(tokens.lower[i] in ("earlier", "ago") for i in tokens.within(time.start, time.end))


def _then(tokens: Tokens, time: Time) -> int | None:
    """ "since November, when he was found": the verb of a clause about the time itself."""
    i = _root_of(tokens, time)
    after = range(i + 1, min(i + 25, len(tokens.head)))
    clauses = (k for k in after if tokens.head[k] == i and tokens.dep[k] in ("relcl", "advcl"))
    deeds = (k for k in clauses if tokens.pos[k] in VERBS and _is_done(tokens, k))
    return next((k for k in deeds if "when" in tokens.lower[i + 1 : k]), None)


def _in_scope(tokens: Tokens, head: int, time: Time) -> Iterator[int]:
    """The verbs beside a verb that share a date before it: "On Monday he came, saw and won"."""
    if time.start > tokens.start[head] or tokens.pos[head] not in VERBS:
        return
    for i in range(head + 1, min(head + _FAR, len(tokens.head))):
        beside = tokens.head[i] == head and tokens.dep[i] == "conj"
        if beside and tokens.pos[i] in VERBS and tokens.tag[i] == tokens.tag[head]:
            yield i
            yield from _in_scope(tokens, i, time)


def _deed(tokens: Tokens, head: int, time: Time) -> int | None:
    """The verb that shares the date of a dated word, for it tells of the same moment."""
    above = tokens.head[head]
    if tokens.pos[head] in VERBS:
        state = tokens.lemma[above] == "be"
        if tokens.dep[head] != "advcl" or state or not _is_done(tokens, above) or not _is_done(tokens, head):
            return None
        near = range(tokens.doc[head].left_edge.i, head)  # "died when the boat sank in May"
        marks = (i for i in near if tokens.head[i] == head and tokens.dep[i] in ("mark", "advmod"))
        return above if any(_is_at_once(tokens, i) for i in marks) else None
    if tokens.dep[head] == "nsubj" and _is_done(tokens, above):  # "Friday's attack killed ten"
        return above if tokens.lemma[above] in lexicon().context["happens"] else None
    if tokens.dep[head] != "pobj" or tokens.dep[above] != "prep" or not _is_done(tokens, tokens.head[above]):
        return None
    if tokens.lower[above] in ("at", "during"):  # "said at Monday's meeting"
        return tokens.head[above]
    inside = tokens.lower[above] == "in" and tokens.start[head] < time.start and _is_new(tokens, head)
    return tokens.head[above] if inside else None  # "spoke in a lecture on Friday"


def _is_at_once(tokens: Tokens, mark: int) -> bool:
    """ "when", "as", "shortly after"; not "after"."""
    context, word = lexicon().context, tokens.lower[mark]
    return word in context["at_once"] or (word == "after" and tokens.lower[mark - 1] in context["soon"])


def _is_deadline(tokens: Tokens, time: Time, published: pd.Timestamp) -> bool:
    """ "promised elections by the end of the year", which is not over."""
    if pd.isna(published) or pd.isna(time.latest) or time.latest.date() <= published.date():
        return False
    return _is_due_by(tokens, time)


def _is_due_by(tokens: Tokens, time: Time) -> bool:
    """ "by Monday", "until the year 2030"."""
    before = tokens.within(max(0, time.start - 12), time.start)
    return any(tokens.lower[i] in ("by", "until") for i in before[-2:])


def _is_done(tokens: Tokens, verb: int) -> bool:
    return tokens.pos[verb] in VERBS and verb_tense(tokens, verb) == PAST


def _is_new(tokens: Tokens, noun: int) -> bool:
    """ "a lecture", "composite trading"; not "the attack", of which a text may tell at another time."""
    near = range(tokens.doc[noun].left_edge.i, noun)
    determiners = [i for i in near if tokens.head[i] == noun and tokens.dep[i] in ("det", "poss")]
    return all(tokens.lower[i] in ("a", "an") for i in determiners)


def _still_to_come(tokens: Tokens, head: int, time: Time) -> int | None:
    """What a date ahead belongs to; None where nothing that is still to come can be shown.

    "Plans to meet on Monday" dates the meeting, "has set Monday as the deadline" the deadline.
    """
    promised = promised_verb(tokens, _root_of(tokens, time))
    if promised is not None:
        return promised  # "was quick to praise the king, who is expected to speak on Monday"
    if tokens.pos[head] not in VERBS:
        return None if _is_due_by(tokens, time) else head  # "his promise to halve it by 2030"
    if any(tokens.text[i] == ";" for i in tokens.within(tokens.start[head], time.start)):
        return None  # the parser has run two sentences into one
    context = lexicon().context
    planned = tokens.lemma[head] in context["looks_ahead"] | context["scheduled"]
    helpers = {tokens.lower[i] for i in range(max(0, head - 6), head) if tokens.head[i] == head}
    past = verb_tense(tokens, head) in (PAST, LIKELY_PAST) and not helpers & {"is", "are", "'s", "’s"}
    if not planned and not past:
        return head
    near = range(max(0, head - _FAR), min(len(tokens.head), head + _FAR))
    own = [i for i in near if tokens.head[i] == head and i != head]
    below = [
        *own,
        *(k for i in own if tokens.dep[i] in _DEEPER for k in near if tokens.head[k] == i and k != i),
    ]
    objects = [i for i in own if tokens.dep[i] in ("dobj", "attr") and tokens.pos[i] in _NOUNS]
    infinitives = [i for i in below if tokens.dep[i] in ("xcomp", "ccomp") and tokens.tag[i] == "VB"]
    clauses = [i for i in below if tokens.pos[i] in VERBS and tokens.dep[i] in ("ccomp", "acl", "advcl")]
    still_open = [i for i in clauses if verb_tense(tokens, i) not in (PAST, LIKELY_PAST)]
    after = tokens.start[head] < time.start  # not "his promise of jobs by 2030 was broken"
    passive = [i for i in own if past and after and tokens.dep[i] == "nsubjpass" and tokens.pos[i] in _NOUNS]
    scheduled = tokens.lemma[head] in context["scheduled"]
    found = [*objects, *infinitives] if scheduled else [*infinitives, *still_open, *objects]
    return next(iter([*found, *still_open, *passive]), None if past else head)
