"""Find a passage again by its words and those around it, though the text around it was changed.

The selectors are the W3C's (Web Annotation Data Model, 2017): the exact words, a prefix, a suffix, and a
position as a hint. Finding words that were changed a little follows Hypothesis, "Fuzzy Anchoring" (2013);
that a passage is rather lost than found in the wrong place is ours.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from rapidfuzz import fuzz

from samestory.reading.draft import INVISIBLE

CONTEXT = 40  # characters before and after, as many as tell two places apart (Hypothesis takes 32)
_DISTINCT = 25  # characters from which words are not met twice by chance
_LONGEST = 2_000  # characters of words that are looked for when they were changed; more take long
_LIKE = 88  # rapidfuzz ratio, 0 to 100, of words that were changed a little
_AROUND = 75  # the same, of one side's context, for few words
_NEAR = 20  # characters by which the edge of words that were changed a little may have moved
_LEAD = 10  # by how much one of two places must be more alike
_SIGNS = str.maketrans("“”„«»‘’‚–—\u00a0", '"""""\'\'\'-- ')
_PLAIN = _SIGNS | dict.fromkeys(map(ord, INVISIBLE))
_FIGURES = re.compile(r"\d+")
_NOT = re.compile(r"\b(?:not|no|never|nobody|none|without|cannot)\b|n't\b", re.IGNORECASE)


class Anchor(NamedTuple):
    """A passage as a person or a file names it; "" and None are what is not known."""

    words: str
    before: str = ""
    after: str = ""
    start: int | None = None


class Unclear(LookupError):
    """A passage that stands in more than one place."""


class Searched:
    """A text to be searched: white space, quotation marks and dashes have one form each, and their places."""

    def __init__(self, text: str):
        self.text = text
        kept: list[str] = []
        self.at: list[int] = []  # place in the text of each kept character
        for place, sign in enumerate(text):
            sign = " " if sign.isspace() else sign.translate(_SIGNS)
            if sign not in INVISIBLE and not (sign == " " and kept[-1:] == [" "]):
                kept.append(sign)
                self.at.append(place)
        self.plain = "".join(kept)

    def word_from(self, start: int) -> int:
        """The place among the plain characters of the first one from there on that is no blank."""
        place = bisect_left(self.at, start)
        return place + (self.plain[place : place + 1] == " ")

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of characters of the plain one."""
        return self.at[start], self.at[end - 1] + 1


def anchor_of(text: str, start: int, end: int) -> Anchor:
    """The words at start:end, with whole words before and after them, each in one line."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT and text[start - CONTEXT - 1 : start - CONTEXT + 1].isalnum():
        before = before.partition(" ")[2]
    if len(text) > end + CONTEXT and text[end + CONTEXT - 1 : end + CONTEXT + 1].isalnum():
        after = after.rpartition(" ")[0]
    words, before, after = (" ".join(part.split()) for part in (text[start:end], before, after))
    return Anchor(words, before, after, start)


def find(anchor: Anchor, searched: Searched) -> tuple[int, int]:
    """The place of a passage in a text.

    Returns:
        start, end: half-open, in characters.
    Raises:
        LookupError: it does not stand there; Unclear: nor in one place only. The message says what to do.
    """
    words, before, after = (" ".join(part.translate(_PLAIN).split()) for part in anchor[:3])
    if not words:
        raise LookupError("it has no words; name the passage by its words")
    hint = None if anchor.start is None else searched.word_from(anchor.start)
    found = _exactly(words, searched.plain, hint)
    about = {place: _alike_around(place, len(words), before, after, searched.plain) for place in found}
    if len(words) < _DISTINCT and (before or after):
        found = [place for place in found if max(about[place]) >= _AROUND]
    if not found:
        return searched.span(*_nearly(words, searched.plain))
    if len(found) > 1:
        found = _best(found, about, [place for place in found if place == hint])
    return searched.span(found[0], found[0] + len(words))


def _exactly(words: str, plain: str, hint: int | None) -> list[int]:
    """Where the words stand as whole words: "Iran" does not stand in "Iranian", unless it did before."""
    found, place = [], plain.find(words)
    while place >= 0:
        end = place + len(words)
        if place == hint or not (_cuts_a_word(plain, place) or _cuts_a_word(plain, end)):
            found.append(place)
        place = plain.find(words, place + 1)
    return found


def _cuts_a_word(plain: str, place: int) -> bool:
    return 0 < place < len(plain) and plain[place - 1 : place + 1].isalnum()


def _alike_around(place: int, length: int, before: str, after: str, plain: str) -> tuple[float, ...]:
    """How alike what stands around a place is to what should, side by side, 0 to 100."""
    end = place + length
    sides = [
        (before, plain[max(0, place - len(before) - 1) : place].strip()),
        (after, plain[end : end + len(after) + 1].strip()),
    ]
    return tuple(fuzz.ratio(wanted, there) for wanted, there in sides if wanted) or (0.0,)


def _best(found: list[int], about: dict[int, tuple[float, ...]], hinted: list[int]) -> list[int]:
    ranked = sorted(found, key=lambda place: -sum(about[place]))
    first, second = (sum(about[place]) for place in ranked[:2])
    if first - second >= _LEAD:
        return ranked[:1]
    if hinted and first - sum(about[hinted[0]]) < _LEAD:
        return hinted
    raise Unclear(
        f"the words stand in {len(found)} places that are too much alike; "
        "write more of the words before and after them"
    )


def _nearly(words: str, plain: str) -> tuple[int, int]:
    """Where words stand that are nearly these: the same figures, nothing denied that was not, one place."""
    lost = "the passage is not there any more; correct its words, or delete the row"
    if not _DISTINCT <= len(words) <= min(_LONGEST, len(plain)):
        raise LookupError(lost)
    best = fuzz.partial_ratio_alignment(words, plain, score_cutoff=_LIKE)
    if best is None:
        raise LookupError(lost)
    starts = _near(best.dest_start, r"(?<!\w)\S", plain)
    ends = [place + 1 for place in _near(best.dest_end - 1, r"\S(?!\w)", plain)]
    # The window that was found is as long as the words were: what was put in or taken out moves its ends.
    _, start, end = max(
        (fuzz.ratio(words, plain[start:end]), -start, -end) for start in starts for end in ends if start < end
    )
    start, end = -start, -end
    there = plain[start:end]
    other = fuzz.partial_ratio_alignment(
        words, plain[:start] + "\0" * len(there) + plain[start + len(there) :]
    )
    if any(expression.findall(words) != expression.findall(there) for expression in (_FIGURES, _NOT)):
        raise LookupError(lost)
    if other is not None and best.score - other.score < _LEAD:
        raise Unclear("its words were changed, and stand nearly so in two places; correct them")
    return start, end


def _near(place: int, edge: str, plain: str) -> list[int]:
    """The places near one at which a word has its edge."""
    first = max(0, place - _NEAR)
    found = [match.start() for match in re.compile(edge).finditer(plain, first, place + _NEAR + 1)]
    return found or [place]
