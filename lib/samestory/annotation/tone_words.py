"""The codebook of tone: which words of TextBlob's lexicon are changed for news, read from YAML."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from textblob.en import Sentiment
from textblob.en import sentiment as textblob

NEWS_WORDS = Path(__file__).parents[1] / "codebooks" / "news_words.yaml"
_SECTIONS = ("added", "ignored", "degree", "phrases", "negations")


@dataclass(frozen=True, eq=False)  # compared and cached by identity: hashing every word is slow
class ToneWords:
    """Changes to TextBlob's lexicon; without any it is TextBlob's own."""

    added: tuple[tuple[str, float, float], ...] = ()  # word, polarity, subjectivity
    ignored: frozenset[str] = frozenset()
    degree: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    negations: tuple[str, ...] = ()


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
    added = [entry for group in _groups(content, "added", path) for entry in _added(group, path)]
    ignored, degree, phrases = (
        frozenset(word for group in _groups(content, section, path) for word in _words(group, path))
        for section in ("ignored", "degree", "phrases")
    )
    negations = _words({"words": content.get("negations") or []}, path)
    phrases = frozenset(tuple(phrase.split()) for phrase in phrases)
    return ToneWords(tuple(added), ignored, degree, phrases, tuple(negations))


@lru_cache(maxsize=8)
def load_lexicon(words: ToneWords) -> Sentiment:
    """TextBlob's lexicon with the changes made; TextBlob's own object is left as it is."""
    lexicon = Sentiment(
        path=textblob.path,
        synset="wordnet_id",
        negations=(*textblob.negations, *words.negations),
        modifiers=textblob.modifiers,
        modifier=textblob.modifier,
        language="en",
    )
    lexicon.load()
    for word, polarity, subjectivity in words.added:
        lexicon[word] = {None: (polarity, subjectivity, 1.0)}
    return lexicon


@lru_cache(maxsize=1)
def news_words() -> ToneWords:
    """The built-in codebook, read once."""
    return read_tone_words()


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
        for word in _words({"words": words}, path):
            yield word, polarity, subjectivity


def _words(group: dict, path: Path) -> list[str]:
    words = group["words"]
    wrong = words if not isinstance(words, list) else [w for w in words if not isinstance(w, str)]
    if wrong:
        raise ValueError(
            f"{path.name}: {wrong!r} is not a list of words; write [good], with quotes around 'yes' and 'no'"
        )
    return [word.lower() for word in words]


def _number(value, low: float, high: float, where: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{where}: {value!r} is not a number from {low} to {high}")
    return float(value)
