"""The language of a text, told from the text itself."""

import re
from functools import lru_cache

from samestory.language.scores import settled

_WORDS = re.compile(r"[a-z]+")
_ENGLISH = frozenset({
    "the", "of", "and", "to", "that", "with", "for", "by", "from", "said", "has", "have", "were", "was",
    "are", "his", "their", "this",
})  # fmt: skip
_ENGLISH_SHARE = 0.15  # of the words; other languages written in Latin letters stay below 0.05
_SAMPLE = 1500  # characters
_FEWEST_WORDS = 12


def tell_language(text: str) -> str | None:
    """The ISO 639-1 code of a text, or None when it is too short to tell.

    English function words settle the usual case at once; py3langid (Lui & Baldwin 2012,
    langid.py, ACL) is asked about the rest, as its model takes two seconds to load.
    """
    sample = text[:_SAMPLE]
    words = _WORDS.findall(sample.lower())
    if sum(word in _ENGLISH for word in words) > _ENGLISH_SHARE * max(len(words), _FEWEST_WORDS):
        return "en"
    if len(sample.split()) < _FEWEST_WORDS and len(sample) < 60:
        return None
    code, probability = _identifier().classify(sample)
    return code if code and settled(probability) > 0.9 else None


@lru_cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
