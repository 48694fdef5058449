"""Polarity and subjectivity of a sentence by TextBlob's lexicon and rules, with the words behind them.

TextBlob's rules are kept (a word is strengthened by "very", turned around by "not"). What is changed for news
is written down in `codebooks/news_words.yaml`, or in a user's own file of that form, and here: a negation
reaches further (`negation`), a name has no tone, nor has a word with a capital inside a sentence, and where
no word is known the score is missing, not 0, as an unknown sentence is not a balanced one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import yaml
from textblob.en import Sentiment
from textblob.en import sentiment as textblob

from samestory.sentiment.negation import negated

NEWS_WORDS = Path(__file__).parents[1] / "codebooks" / "news_words.yaml"
_SECTIONS = ("added", "ignored", "degree", "phrases", "negations")
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
_OPENERS = set('"“”‘«:;.!?([—–-…')  # after one of these a capital may only begin a sentence
_UNKNOWN = "________"  # longer than TextBlob's small words, so that it ends the reach of a negation


@dataclass(frozen=True, eq=False)  # compared and cached by identity: hashing every word is slow
class ToneWords:
    """Changes to TextBlob's lexicon; without any it is TextBlob's own."""

    added: tuple[tuple[str, float, float], ...] = ()  # word, polarity, subjectivity
    ignored: frozenset[str] = frozenset()
    degree: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    negations: tuple[str, ...] = ()


TEXTBLOB_ALONE = ToneWords()


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
    start: int
    end: int


def sentence_polarity(
    text: str, *, words: ToneWords | None = None, names: Sequence[tuple[int, int]] | None = None
) -> Tone:
    """Score the polarity and subjectivity of one sentence by the words in it (TextBlob).

    Args:
        text: one sentence.
        words: changes to TextBlob's lexicon; the built-in news words when None, none with `ToneWords()`.
        names: start and end of the names in it, whose words have no tone. Where they are not known (None),
            words with a capital are taken for names, but for the first of a sentence before a small one.
    Returns:
        polarity, -1 to 1, and subjectivity, 0 to 1, the means over its assessments; both None where no
        word is in the lexicon. The score is about the words, not about whom they concern.
    References:
        De Smedt and Daelemans (2012), Pattern for Python, JMLR 13; the changes for news are ours.

    >>> sentence_polarity("Police praised the witness.").polarity
    0.6
    """
    words = news_words() if words is None else words
    tokens = [(match.start(), match[0]) for match in _TOKEN.finditer(text)]
    if _known(words).isdisjoint(token.lower() for _, token in tokens):
        return Tone(None, None, [])
    found = list(_assess(_to_words(tokens, words, names), words))
    if not found:
        return Tone(None, None, [])
    # `fmean` adds exactly; `sum` adds in another way from Python 3.12 on.
    polarity, subjectivity = (fmean(scores) for scores in zip(*(item[2:] for item in found), strict=True))
    return Tone(round(polarity, 4), round(subjectivity, 4), found)


def names_within(names: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The names (start and end, sorted) that begin in start:end, with their places counted from there."""
    first, last = (bisect_left(names, (place, 0)) for place in (start, end))
    return [(begin - start, stop - start) for begin, stop in names[first:last]]


def read_tone_words(path: str | Path | None = None) -> ToneWords:
    """Read a codebook of tone words: the built-in news words, or your edited copy of them.

    Args:
        path: a YAML file laid out as `codebooks/news_words.yaml`; the built-in one when None.
    Raises:
        ValueError: a part of the file cannot be used; says where, what is wrong and what is expected.
    """
    path = Path(path or NEWS_WORDS)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name}: not readable as YAML ({error}); see news_words.yaml") from error
    if not isinstance(content, dict) or set(content) - set(_SECTIONS):
        found = sorted(content) if isinstance(content, dict) else type(content).__name__
        raise ValueError(f"{path.name}: has {found}; expected the sections {', '.join(_SECTIONS)}")
    ignored, degree, phrases = (
        frozenset(word for group in _groups(content, section, path) for word in _words(group["words"], path))
        for section in ("ignored", "degree", "phrases")
    )
    return ToneWords(
        added=tuple(entry for group in _groups(content, "added", path) for entry in _added(group, path)),
        ignored=ignored,
        degree=degree,
        phrases=frozenset(tuple(phrase.split()) for phrase in phrases),
        negations=tuple(_words(content.get("negations") or [], path)),
    )


@lru_cache(maxsize=1)
def news_words() -> ToneWords:
    """The built-in codebook, read once."""
    return read_tone_words()


def subjectivity(word: str) -> float | None:
    """How far a word judges rather than reports, 0 to 1; None for one that the news words do not know."""
    found = dict.get(_lexicon(news_words()), word.lower())
    return None if found is None else found[None][1]


def _groups(content: dict, section: str, path: Path) -> list[dict]:
    groups = content.get(section) or []
    if not isinstance(groups, list) or not all(isinstance(g, dict) and "words" in g for g in groups):
        raise ValueError(f"{path.name}, {section}: expected a list of groups, each with why: and words:")
    return groups


def _added(group: dict, path: Path) -> Iterator[tuple[str, float, float]]:
    subjectivity = _number(group.get("subjectivity"), 0, 1, f"{path.name}, added, subjectivity")
    if not isinstance(group["words"], dict):
        raise ValueError(f"{path.name}, added, words: expected lines such as  -0.5: [scandal, fraud]")
    for score, words in group["words"].items():
        polarity = _number(score, -1, 1, f"{path.name}, added, words")
        for word in _words(words, path):
            yield word, polarity, subjectivity


def _words(words: object, path: Path) -> list[str]:
    wrong = words if not isinstance(words, list) else [w for w in words if not isinstance(w, str)]
    if wrong or not isinstance(words, list):
        remedy = "write [good], with quotes around 'yes' and 'no'"
        raise ValueError(f"{path.name}: {wrong!r} is not a list of words; {remedy}")
    return [word.lower() for word in words]


def _number(value: object, low: float, high: float, where: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{where}: {value!r} is not a number from {low} to {high}")
    return float(value)


@lru_cache(maxsize=8)
def _lexicon(words: ToneWords) -> Sentiment:
    """TextBlob's lexicon with the changes made; TextBlob's own object is left as it is."""
    lexicon = Sentiment(
        path=textblob.path, synset="wordnet_id", language="en",
        negations=(*textblob.negations, *words.negations),
        modifiers=textblob.modifiers, modifier=textblob.modifier,
    )  # fmt: skip
    lexicon.load()
    for word, polarity, subjectivity in words.added:
        lexicon[word] = {None: (polarity, subjectivity, 1.0)}
    return lexicon


@lru_cache(maxsize=8)
def _known(words: ToneWords) -> frozenset[str]:
    return frozenset(dict.keys(_lexicon(words))) - words.ignored - words.degree


def _assess(row: Iterable[str], words: ToneWords) -> Iterator[Assessment]:
    lexicon = _lexicon(words)
    for chunk, polarity, subjectivity, _ in lexicon.assessments((word, None) for word in row):
        parts = [part for part in chunk if isinstance(part, _Word)]
        scored = next((part for part in reversed(parts) if part not in lexicon.negations), None)
        if scored is None or scored in words.degree:
            continue
        if not polarity and not subjectivity:
            continue  # known to be neutral: no evidence of a tone, and no reason to water it down
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        # + 0.0, as TextBlob turns a 0 around to -0.0
        yield Assessment(start, end, round(float(polarity), 4) + 0.0, round(float(subjectivity), 4))


def _to_words(
    tokens: list[tuple[int, str]], words: ToneWords, names: Sequence[tuple[int, int]] | None
) -> Iterator[str]:
    """Lower-case words with their place; what must not be scored becomes an unknown word.

    A negation is moved to the words that it turns around, where TextBlob finds it.
    """
    lowered = [token.lower().replace("’", "'") for _, token in tokens]
    hidden = _in_phrases(lowered, words.phrases) | set(_named(tokens, names))
    hidden |= {n for n, word in enumerate(lowered) if not word[0].isalpha() or word in words.ignored}
    moved = _negations(tokens, lowered, hidden, words)
    taken = {n for first, last, _ in moved.values() for n in range(first, last)}
    for number, ((start, _), word) in enumerate(zip(tokens, lowered, strict=True)):
        if number in moved:
            first, last, whole = moved[number]
            # the evidence for "n't" is the whole word; what is joined to a negated word stands alone
            end = tokens[last - 1][0] + len(tokens[last - 1][1]) if whole else start
            yield _at("not", tokens[first][0] if whole else start, end)
        if word == "!":
            yield word
        elif number in taken:
            continue
        elif number in hidden:
            yield _UNKNOWN
        else:
            yield from _placed(start, word)


def _negations(
    tokens: list[tuple[int, str]], lowered: list[str], hidden: set[int], words: ToneWords
) -> dict[int, tuple[int, int, bool]]:
    """Before which word a negation belongs: its first and last word, and whether it is shown there."""
    if not words.negations:  # TextBlob's own rule
        return {}
    lexicon, known = _lexicon(words), _known(words)
    scored = {
        n for n, word in enumerate(lowered) if n not in hidden and word in known and lexicon[word][None][0]
    }
    if not scored:
        return {}
    moved: dict[int, tuple[int, int, bool]] = {}
    shown = set()
    for first, last, number in negated(lowered, scored, {*textblob.negations, *words.negations}):
        while number - 1 >= last and lowered[number - 1] in words.degree:
            number -= 1  # "not very good"
        moved[number] = first, last, first not in shown
        shown.add(first)
    return moved


def _named(tokens: list[tuple[int, str]], names: Sequence[tuple[int, int]] | None) -> Iterator[int]:
    """The numbers of the words in names, and of other words with a capital that does not begin a sentence.

    Before a further capital that begins no name, one at the start of a sentence begins one: "Best Western".
    """
    inside = {
        n for n, (start, _) in enumerate(tokens) for first, last in names or () if first <= start < last
    }
    begins = {first for first, _ in names or ()}
    before = "."
    for number, (start, token) in enumerate(tokens):
        capital = token[0].isupper() and not token.isupper()
        after = tokens[number + 1] if number + 1 < len(tokens) else (start, "")
        run = after[1][:1].isupper() and not after[1].isupper() and after[0] not in begins
        if number in inside or (capital and (before not in _OPENERS or run)):
            yield number
        before = token


def _placed(start: int, word: str) -> Iterator[_Word]:
    """The word with its place; "isn't" gives "is" and "n't"."""
    stem = len(word.removesuffix("n't") or word)
    for first, last in ((0, stem), (stem, len(word))):
        if first < last:
            yield _at(word[first:last], start, start + last)  # the evidence for "n't" is the whole word


def _at(word: str, start: int, end: int) -> _Word:
    placed = _Word(word)
    placed.start, placed.end = start, end
    return placed


def _in_phrases(lowered: list[str], phrases: frozenset[tuple[str, ...]]) -> set[int]:
    """The numbers of the words that stand in a set phrase."""
    starts = {phrase[0] for phrase in phrases}
    hidden: set[int] = set()
    for i, word in enumerate(lowered):
        if word in starts:
            for phrase in phrases:
                if tuple(lowered[i : i + len(phrase)]) == phrase:
                    hidden.update(range(i, i + len(phrase)))
    return hidden
