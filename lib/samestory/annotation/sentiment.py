"""Polarity and subjectivity of a sentence by TextBlob's lexicon and rules, with the words behind them.

TextBlob's rules are kept (a word is strengthened by "very", turned around by "not"); what is repaired
for news is written down in `codebooks/news_words.yaml`, and here: "n't" counts as "not", a word with a
capital inside a sentence is a name and has no tone, and where no word is known the score is missing,
not 0, as an unknown sentence is not a balanced one.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from samestory.annotation.tone_words import ToneWords, load_lexicon, news_words

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
_OPENERS = set('"“”‘«:;.!?([—–-…')  # after one of these a capital may only begin a sentence
_UNKNOWN = "________"  # longer than TextBlob's small words, so that it ends the reach of a negation


class Assessment(NamedTuple):
    """One scored word with what strengthens or negates it; start:end are characters."""

    start: int
    end: int
    polarity: float
    subjectivity: float


class Tone(NamedTuple):
    """The score of a sentence; None where no word is in the lexicon."""

    polarity: float | None  # -1 negative to 1 positive, mean of the assessments
    subjectivity: float | None  # 0 to 1, mean of the assessments
    assessments: list[Assessment]


class _Word(str):
    """A word that remembers where it stands, as TextBlob hands back the very words that it scored."""

    __slots__ = ("end", "start")


def sentence_polarity(text: str, *, words: ToneWords | None = None) -> Tone:
    """Score the polarity and subjectivity of one sentence by the words in it (TextBlob).

    Args:
        text: one sentence.
        words: changes to TextBlob's lexicon; the built-in news words when None, none with `ToneWords()`.
    Returns:
        polarity, -1 to 1, and subjectivity, 0 to 1, the means over its assessments; both None where no
        word is in the lexicon. The score is about the words, not about whom they concern.
    References:
        De Smedt and Daelemans (2012), Pattern for Python, JMLR 13; the changes for news are ours.

    >>> sentence_polarity("Police praised the witness.").polarity
    0.6
    """
    words = news_words() if words is None else words
    known = _known(words)
    tokens = [(match.start(), match[0]) for match in _TOKEN.finditer(text)]
    if known.isdisjoint(token.lower() for _, token in tokens):
        return Tone(None, None, [])
    found = list(_assess(list(_to_words(tokens, words)), words))
    if not found:
        return Tone(None, None, [])
    polarity = sum(item.polarity for item in found) / len(found)
    subjectivity = sum(item.subjectivity for item in found) / len(found)
    return Tone(round(polarity, 4), round(subjectivity, 4), found)


def _assess(row: list[str], words: ToneWords) -> Iterator[Assessment]:
    lexicon = load_lexicon(words)
    for chunk, polarity, subjectivity, _ in lexicon.assessments((w, None) for w in row):
        parts = [part for part in chunk if isinstance(part, _Word)]
        scored = next((part for part in reversed(parts) if part not in lexicon.negations), None)
        if scored is None or scored in words.degree:
            continue
        if not polarity and not subjectivity:
            continue  # known to be neutral: no evidence of a tone, and no reason to water it down
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        yield Assessment(start, end, round(float(polarity), 4), round(float(subjectivity), 4))


def _to_words(tokens: list[tuple[int, str]], words: ToneWords) -> Iterator[str]:
    """Lower-case words with their place; what must not be scored becomes an unknown word."""
    lowered = [token.lower().replace("’", "'") for _, token in tokens]
    hidden = _in_phrases(lowered, words.phrases) if words.phrases else set()
    before = "."
    for number, ((start, token), word) in enumerate(zip(tokens, lowered, strict=True)):
        named = token[0].isupper() and not token.isupper() and before not in _OPENERS
        before = token
        if word == "!":
            yield word
        elif not word[0].isalpha() or named or number in hidden or word in words.ignored:
            yield _UNKNOWN
        else:
            yield from _placed(start, word)


def _placed(start: int, word: str) -> Iterator[_Word]:
    """The word with its place; "isn't" gives "is" and "n't"."""
    stem = len(word) - 3 if word.endswith("n't") and len(word) > 3 else len(word)
    for first, last in ((0, stem), (stem, len(word))):
        if first < last:
            placed = _Word(word[first:last])
            placed.start, placed.end = start, start + last  # the evidence for "n't" is the whole word
            yield placed


def _in_phrases(lowered: list[str], phrases: frozenset[tuple[str, ...]]) -> set[int]:
    starts = {phrase[0] for phrase in phrases}
    hidden = set()
    for i, word in enumerate(lowered):
        if word in starts:
            for phrase in phrases:
                if tuple(lowered[i : i + len(phrase)]) == phrase:
                    hidden.update(range(i, i + len(phrase)))
    return hidden


@lru_cache(maxsize=8)
def _known(words: ToneWords) -> frozenset[str]:
    return frozenset(dict.keys(load_lexicon(words))) - words.ignored - words.degree
