"""In what words of the text an event is told: who did what, in few words."""

from collections.abc import Collection

from samestory.language.tokens import Tokens
from samestory.timeline.belonging import VERBS, subject, told_in

_WORDS = 18  # that tell who did what, after the verb
_SAID = 45  # with what is said
_STOPS = frozenset(";:—–(.!?")
_NO_END = ("PUNCT", "ADP", "CCONJ", "SCONJ", "DET", "SPACE", "PART")


def clause(tokens: Tokens, head: int) -> tuple[int, int]:
    """First and last character of everything that depends on a word."""
    word = tokens.doc[head]
    return tokens.start[word.left_edge.i], tokens.end[word.right_edge.i]


def words(tokens: Tokens, head: int, dated: Collection[int] = (), *, ahead: bool = False) -> tuple[int, int]:
    """From the subject over the verb to what follows it, at most _WORDS words and not past the clause.

    What is told before a verb of saying goes with it where it is short enough: "Twelve people died, officials
    said on Monday".

    Args:
        dated: the words that have dates of their own: another verb among them is told for itself.
        ahead: it is still to come; then nothing that is done goes with it ("the plant that closed in May").
    """
    first, last = _first_word(tokens, head), _last_word(tokens, head, dated)
    if ahead:
        first = max([first, *(i + 1 for i in range(first, head) if _is_aside(tokens, i, head))])
    if tokens.pos[head] in VERBS:
        first = _with_occasion(tokens, head, first)
    told = told_in(tokens, head)
    if told is not None and told not in dated:
        start = _first_word(tokens, told)
        if last - start <= _SAID and not _is_cut(tokens, start, last):
            first = min(first, start)
    while last > head and tokens.pos[last] in _NO_END:
        last -= 1
    while first < head and tokens.pos[first] in ("PUNCT", "SPACE"):
        first += 1
    return tokens.start[first], tokens.end[last]


def _is_aside(tokens: Tokens, i: int, head: int) -> bool:
    """Whether a word belongs to a clause about the subject of a verb."""
    while tokens.head[i] != i and tokens.head[i] != head:
        if tokens.dep[i] in ("relcl", "acl"):
            return True
        i = tokens.head[i]
    return False


def _with_occasion(tokens: Tokens, head: int, first: int) -> int:
    """The first word with what stands before the subject: "In an address on Friday, the president"."""
    near = range(max(0, first - _WORDS), first)
    before = (i for i in near if tokens.head[i] == head and tokens.lower[i] in ("in", "at", "during"))
    for i in before:
        things = [k for k in range(i + 1, first) if tokens.head[k] == i and tokens.tag[k] in ("NN", "NNS")]
        if things and not _is_cut(tokens, i, first):
            return i
    return first


def _last_word(tokens: Tokens, head: int, dated: Collection[int]) -> int:
    first, last = _first_word(tokens, head), tokens.doc[head].right_edge.i
    last = min(last, max(head, first) + _WORDS, _next_clause(tokens, head, dated) - 1)
    for i in range(head + 1, last + 1):
        if _ends_at_comma(tokens, head, i) or tokens.text[i] in _STOPS or "\n" in tokens.text[i]:
            return i - 1
    return last


def _is_cut(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a line or a sentence ends between two words."""
    return any("\n" in tokens.text[i] or tokens.text[i] in ".!?" for i in range(first, last))


def _next_clause(tokens: Tokens, head: int, dated: Collection[int]) -> int:
    """The "and" of "the mayor resigned and the council met", or the end of the text.

    "The mayor resigned and left" is one: who left is who resigned, and the date is that of both.
    """
    for i in range(head + 1, min(head + 40, len(tokens.head))):
        if tokens.head[i] == head and tokens.dep[i] == "conj" and tokens.pos[i] in VERBS:
            own = subject(tokens, i)
            if own is None and i not in dated:
                continue
            start = (
                tokens.doc[own].left_edge.i if own is not None and own > head else tokens.doc[i].left_edge.i
            )
            return max(head + 1, start - (tokens.pos[start - 1] == "CCONJ"))
    return len(tokens.head)


def _ends_at_comma(tokens: Tokens, head: int, i: int) -> bool:
    """A comma after a few words ends them, but not one after "that during the call"."""
    if tokens.text[i] != "," or i - head <= 4:
        return False
    return not any(tokens.head[k] > i for k in range(head + 1, i))


def _first_word(tokens: Tokens, head: int) -> int:
    """Where the subject begins; a noun's own first word; a little before a verb without a subject."""
    left = tokens.doc[head].left_edge.i
    if tokens.pos[head] not in VERBS:
        return max(left, head - _WORDS // 2)
    doer = subject(tokens, head)
    if doer is None and tokens.dep[head] == "acl" and tokens.head[head] < head:
        doer = tokens.head[head]  # "a report published on Friday"
    if doer is None:
        return max(left, head - 4)
    if tokens.tag[doer] in ("WDT", "WP") and tokens.dep[head] == "relcl":
        doer = tokens.head[head]  # "helicopters that crashed": the noun is who did it
    first = tokens.doc[doer].left_edge.i
    return first if doer - first <= _WORDS // 2 else doer
