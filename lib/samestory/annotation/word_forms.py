"""The base words that an English word may be a form of, without a parser.

Headlines and one-sentence calls are matched as articles are, so that the same words give the same
evidence; a tagger would read a headline differently from a sentence, and take a second to load.
"""

from functools import lru_cache

from samestory.packaged import packaged_yaml

_LONGEST = 40  # letters; longer "words" are addresses and keys


@lru_cache(maxsize=50_000)
def base_forms(word: str) -> tuple[str, ...]:
    """The word itself and every shorter word that it may be a form of.

    Args:
        word: in lower case.

    >>> base_forms("stopped")
    ('stopped', 'stopp', 'stoppe', 'stop')
    """
    forms = [word]
    if len(word) > _LONGEST:
        return (word,)
    forms += _irregular().get(word, ())
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    if word.endswith("ied"):
        forms.append(word[:-3] + "y")
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            forms += [stem, stem + "e"]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                forms.append(stem[:-1])
    return tuple(form for form in dict.fromkeys(forms) if form == word or len(form) > 2)


@lru_cache(maxsize=1)
def _irregular() -> dict[str, list[str]]:
    bases: dict[str, list[str]] = {}
    for base, forms in packaged_yaml("codebooks/irregular_forms.yaml").items():
        for form in forms:
            bases.setdefault(form, []).append(base)
    return bases
