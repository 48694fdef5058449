"""How far a negation reaches: "not a good plan", "no part of the plan is good", "far from perfect".

TextBlob turns around only what follows a negation at once. Here it reaches over the small words after it, and
that of a subject ("nobody", "none of the plans") over the verb's auxiliary; never past the end of its clause.
Rules and lists (`codebooks/negation.yaml`) ours.
"""

from collections.abc import Container, Sequence
from functools import lru_cache
from typing import NamedTuple

from samestory.packaged import packaged_yaml

_LONGEST_SUBJECT = 9  # words between "none" and the verb's auxiliary
_ADVERB = 5  # letters of a word in -ly that is passed over, at least


class Negated(NamedTuple):
    """A scored word that is turned around; all are numbers of words."""

    first: int  # the negation, half-open
    last: int
    word: int


def negated(words: Sequence[str], scored: Container[int], negations: Container[str]) -> list[Negated]:
    """Find the scored words that a negation reaches, in text order.

    Args:
        words: of one sentence with its signs, in lower case; "isn't" is one word.
        scored: the numbers of those that have a tone.
        negations: of one word; what ends in "n't" is one, too.
    """
    found: dict[int, Negated] = {}
    for first, word in enumerate(words):
        length = _length(words, first, negations)
        if not length:
            continue
        last = first + length
        start = last + 1 if word == "no" and length == 1 and _between(words, last, scored) else last
        reached = _after(words, start, scored, the=length == 1)
        if not reached and word in _lists()["subjects"]:
            reached = _of_the_verb(words, last, scored)
        for number in reached:
            found.setdefault(number, Negated(first, last, number))
    return [found[number] for number in sorted(found)]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in packaged_yaml("codebooks/negation.yaml").items()}


def _length(words: Sequence[str], first: int, negations: Container[str]) -> int:
    """How many words the negation that begins here has; 0 where none does."""
    word, lists = words[first], _lists()
    of_two, of_three = (" ".join(words[first : first + n]) for n in (2, 3))
    if of_two in lists["idioms"] or " ".join(words[max(0, first - 1) : first + 1]) in lists["idioms"]:
        return 0
    if of_two in lists["phrases"] or of_three in lists["phrases"]:
        return 2 if of_two in lists["phrases"] else 3
    return int(word in negations or word in lists["subjects"] or word.endswith("n't"))


def _between(words: Sequence[str], number: int, scored: Container[int]) -> bool:
    """Whether one word of no tone stands between "no" and one that has it: "no immediate danger"."""
    between = words[number : number + 1]
    return bool(between) and number + 1 in scored and number not in scored and between[0].isalpha()


def _after(words: Sequence[str], start: int, scored: Container[int], *, the: bool = True) -> list[int]:
    """The first scored word over small words, with those that follow it or are joined to it."""
    number = start
    while number < len(words) and number not in scored:
        if not _passed(words[number]) or (words[number] == "the" and not the):  # "far from the deadly fire"
            return []
        number += 1
    reached: list[int] = []
    while number in scored or (reached and _joins(words, number, scored)):
        if number in scored:
            reached.append(number)
        number += 1
    return reached


def _joins(words: Sequence[str], number: int, scored: Container[int]) -> bool:
    return number + 1 in scored and words[number] in _lists()["joined"]


def _of_the_verb(words: Sequence[str], start: int, scored: Container[int]) -> list[int]:
    """What is said of "none of the plans", "no part of the plan": from the auxiliary on."""
    for number in range(start, min(start + _LONGEST_SUBJECT, len(words))):
        if words[number] in _lists()["ends"]:
            return []
        if words[number] in _lists()["auxiliaries"]:
            return _after(words, number + 1, scored)
    return []


def _passed(word: str) -> bool:
    lists = _lists()
    adverb = word.endswith("ly") and len(word) >= _ADVERB
    return adverb or any(word in lists[name] for name in ("auxiliaries", "passed", "signs"))
