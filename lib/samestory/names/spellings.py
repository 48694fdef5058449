"""Is it one name in two spellings? Romanisation varies by language, agency and house style.

Zelenskyy, Zelenskiy and Zelensky have one romanisation; Qusani and Qasani, Yusuf and Youssef have the same
consonants, for Arabic, Persian and Hebrew write few vowels. Volodymyr and Vladimir are one given name in two
languages, Bill and William one in a long and a short form: those are listed in names.yaml.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from samestory.names.gazetteers import given_names, nicknames

# rapidfuzz ratios, 0 to 100, from which two spellings may be one name; surname and given name must both agree
_SURNAME_LIKENESS, _GIVEN_LIKENESS = 88, 80
_SHORTEST = 6  # letters; shorter names differ by a letter and are two persons (Hayes, Hayek)
_CONSONANTS = 3  # with the first letter, whatever it is: they must agree where the vowels do not
_ROMAN = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[^a-z]", ""), (r"kh", "k"), (r"gh|q", "g"), (r"ph", "f"), (r"w", "v"), (r"tch|tsch|cz", "ch"),
        (r"sch", "sh"), (r"ks|cks", "x"), (r"ck", "k"), (r"ou|oo", "u"), (r"[yij]+|ee", "i"),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


@lru_cache(maxsize=10_000)
def romanised(word: str) -> str:
    """One spelling for those of several romanisations; the word itself where nothing is left."""
    plain = word
    for pattern, letters in _ROMAN:
        plain = pattern.sub(letters, plain)
    return plain or word


def same_surname(one: str, other: str) -> bool:
    """Whether two surnames, in lower case, may be spellings of one."""
    if romanised(one) == romanised(other) or _same_consonants(one, other):
        return True
    return max(len(one), len(other)) >= _SHORTEST and fuzz.ratio(one, other) >= _SURNAME_LIKENESS


def same_given(one: str, other: str) -> bool:
    """Whether two given names, in lower case, may be one: a spelling, a short form, another language's."""
    if one == other or romanised(one) == romanised(other):
        return True
    short, known = nicknames(), given_names()
    if (
        other in short.get(one, ())
        or one in short.get(other, ())
        or short.get(one, {one}) == short.get(other)
    ):
        return True
    if one in known and other in known:  # two known names are two persons, however alike: Michael, Michelle
        return known[one] == known[other] and _same_consonants(one, other)
    if _same_consonants(one, other):
        return True
    return min(len(one), len(other)) >= _SHORTEST and fuzz.ratio(one, other) >= _GIVEN_LIKENESS


def _same_consonants(one: str, other: str) -> bool:
    """Whether they differ in vowels alone, and begin alike."""
    one, other = (word[:1] + re.sub(r"[aeiou]", "", word[1:]) for word in (romanised(one), romanised(other)))
    return one == other and len(one) >= _CONSONANTS
