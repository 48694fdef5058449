"""What the model of loaded wording looks at: features of words in their sentence, as hashed columns.

Names are seen only as names: a model that learned that "Trump" goes with loaded sentences would find
bias in every story about him.
"""

import re
import zlib
from functools import lru_cache
from importlib import resources

from spacy.lang.en.stop_words import STOP_WORDS

from samestory.annotation.word_forms import base_forms

COLUMNS = 2**17  # hashed columns of each of the two models
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_ENDING = re.compile(r"(?:ly|ous|ive|ists?|ism|ful|less|ical|ness|[ai]ble|est|ing|ed|y|ize|mania|gate)$")
_LONGEST = 40
SCARE_QUOTES = "scare quotes"  # the feature of a word that a quotation mark opens
_TONES = ("vader", "vader_negative", "subjectivity", "polarity", "negative")

Features = tuple[tuple[int, float], ...]  # (column, value) pairs


def word_features(word: str, *, opening: bool) -> Features:
    """Features of a word by itself; `opening` where a capital says nothing (see `shown_words`)."""
    return _word_features(word[:_LONGEST], opening)


def neighbour_features(shown: str | None, side: str) -> Features:
    """Features that a word gives to the one after it (side "before") or before it ("after")."""
    return _neighbour_features(shown, side)


def bag_features(shown: str) -> Features:
    """Features that a word gives to its sentence."""
    return _bag_features(shown)


def pair_column(left: str, right: str) -> int:
    """The column of two words in a row, as shown."""
    return column(f"pair={left} {right}")


def sentence_features(words: list[str], text: str) -> Features:
    """Features of the sentence as a whole."""
    return (
        (column("sentence length"), min(len(words), 60) / 20),
        (column("sentence quotes"), float(any(mark in text for mark in '"“”'))),
        (column("sentence !"), float("!" in text)),
        (column("sentence ?"), float("?" in text)),
        (column("sentence dash"), float("—" in text or " - " in text or "–" in text)),
        (column("sentence digits"), float(any(letter.isdigit() for letter in text))),
    )


def is_title_case(words: list[str]) -> bool:
    """Whether nearly every longer word has a capital, as in many headlines: then capitals are no names."""
    longer = [word for word in words if len(word) > 3]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > 0.7 * len(longer)


def shown_words(words: list[str]) -> list[str]:
    """The words in lower case as the model sees them, names as <name>."""
    if is_title_case(words):
        return [word[:_LONGEST].lower().replace("’", "'") for word in words]
    return [_shown(word[:_LONGEST], number == 0) for number, word in enumerate(words)]


def column(name: str) -> int:
    """The hashed column of a feature; crc32 is the same on every machine."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % COLUMNS


@lru_cache(maxsize=50_000)
def _word_features(word: str, opening: bool) -> Features:
    low = _shown(word, opening)
    found = {"length": min(len(word), 15) / 15}
    if low.startswith("<"):
        return tuple((column(name), value) for name, value in {**found, f"word={low}": 1.0}.items())
    found[f"word={low}"] = 1.0
    for base in base_forms(low)[1:]:
        found[f"base={base}"] = 1.0
    found |= {f"end3={low[-3:]}": 1.0, f"end4={low[-4:]}": 1.0, f"begin5={low[:5]}": 1.0}
    if ending := _ENDING.search(low):
        found[f"ending={ending[0]}"] = 1.0
    if word[:1].isupper():
        found["capital"] = 1.0
    if "-" in low:
        found["hyphen"] = 1.0
        for part in low.split("-"):
            found[f"part={part}"] = 0.5
            found |= {f"part {name}": value for name, value in _tone(part).items()}
    if low.isdigit():
        found["number"] = 1.0
    found |= _tone(low)
    return tuple((column(name), value) for name, value in found.items() if value)


@lru_cache(maxsize=50_000)
def _neighbour_features(low: str | None, side: str) -> Features:
    if low is None:
        return ((column(f"{side}=<edge>"), 1.0),)
    found = {f"{side}={low}": 1.0} | {f"{side} {name}": value for name, value in _tone(low).items()}
    return tuple((column(name), value) for name, value in found.items() if value)


@lru_cache(maxsize=50_000)
def _bag_features(low: str) -> Features:
    found = {f"bag={low}": 1.0}
    if not low.startswith("<"):
        found |= {f"bag begin5={low[:5]}": 1.0, f"bag end4={low[-4:]}": 1.0}
    found |= {f"bag {name}": value / 3 for name, value in _tone(low).items()}
    return tuple((column(name), value) for name, value in found.items() if value)


def _shown(word: str, opening: bool) -> str:
    low = word.lower().replace("’", "'")
    if not word[:1].isupper() or low == "i" or low.startswith("i'"):
        return low
    if not opening:
        return "<name>"
    return low if low in STOP_WORDS or _tone(low) else "<opening>"


def _tone(word: str) -> dict[str, float]:
    """What the lexicons of tone say of a word, each scaled to 0..1."""
    lexicon = word_tone()
    for form in base_forms(word):
        if form in lexicon:
            return dict(zip(_TONES, lexicon[form], strict=True))
    return {}


@lru_cache(maxsize=1)
def word_tone() -> dict[str, tuple[float, ...]]:
    """Tone of words from models/word_tone.tsv (see word_tone.md): strength and negative strength, 0..1."""
    text = resources.files("samestory.models").joinpath("word_tone.tsv").read_text("utf-8")
    lexicon = {}
    for line in text.splitlines()[1:]:
        word, *values = line.split("\t")
        vader, polarity, subjectivity = (float(value or 0) for value in values)
        lexicon[word] = (
            abs(vader) / 4,
            max(-vader, 0) / 4,
            subjectivity,
            abs(polarity),
            max(-polarity, 0),
        )
    return lexicon
