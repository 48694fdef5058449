"""What names are made of: the codebooks of names, titles and countries, and how a name is taken apart.

Each codebook is read once a process into sets and dicts.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from samestory.packaged import packaged_lines, packaged_yaml


def words(text: str) -> frozenset[str]:
    """The words of a short list that is written out in code."""
    return frozenset(text.split())


HONORIFICS = words("mr mrs ms miss dr sir dame sheik sheikh")  # house style, not a description
PARTICLES = words("de del della der den di da dos du la le van von bin ben al el ter")
_CAPITAL_PARTICLES = words("De Del Der Di La Le Van Von")  # "Le Pen" alone; Ben and Al are given names
_ARTICLE = re.compile(r"^(?:al|el|an|ar|as|ash|at|az)-(?=\w)")  # Arabic; agencies write it or leave it out
SUFFIXES = words("jr sr ii iii iv")
LEGAL_FORMS = words("inc corp corporation co company llc ltd plc")  # that end the names of companies
ALL_LEGAL_FORMS = LEGAL_FORMS | words("ag se sa nv")  # with those abroad, which may be surnames as well


class NameParts(NamedTuple):
    """A person's name taken apart for comparison, each part as `fold` gives it, empty where there is none."""

    given: str
    surname: str
    suffix: str  # jr or sr: a III needs no telling apart in the news


@dataclass(frozen=True)
class Titles:
    """titles.yaml; every word in lower case, abbreviations without their full stop."""

    honorifics: dict[str, str]  # word -> male, female, either
    abbreviations: dict[str, str]  # sen -> senator
    roles: dict[str, frozenset[str]]  # role -> the nouns that may stand for it later
    nouns: frozenset[str]  # every noun that may stand for a person
    gendered: dict[str, str]  # noun -> male, female
    people: frozenset[str]  # every noun for one person, with or without a name
    parties: frozenset[str]  # to a case in court, as written
    things: frozenset[str]  # nouns right before the name of a thing
    of_places: frozenset[str]  # words that close the name of a place
    of_places_alone: frozenset[str]  # those among them that are no surname
    opening_places: frozenset[str]  # words that open the name of a place
    firms: frozenset[str]  # names that look like a person's
    organisations: dict[str, str]  # noun -> ORG, GPE
    not_persons: frozenset[str]  # as written
    before_names: frozenset[str]  # words that may stand before a name as its title


@dataclass(frozen=True)
class Countries:
    """countries.yaml, keyed by name or adjective as `fold` gives them."""

    country: dict[str, str]  # name, other name, adjective or demonym -> country
    names: frozenset[str]  # the names alone, without adjectives
    governments: dict[str, str]  # Kremlin -> Russia
    capitals: dict[str, str]  # Kyiv -> Ukraine
    spellings: dict[str, str]  # kiev -> Kyiv, gop -> Republican Party
    as_written: dict[str, str]  # one-word names, capitals and adjectives -> GPE, NORP
    states: dict[str, str]  # name or abbreviation of a US state -> its name in lower case


def fold(name: str) -> str:
    """The form under which names are compared: no accents, full stops, case or curly apostrophes."""
    if name.isascii():
        return name.lower().replace(".", "")
    text = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(c for c in text if not unicodedata.combining(c)).lower().replace(".", "")


def without_particles(form: list[str]) -> list[str]:
    """The words of a name less the particles that open a lone surname: "von der Leyen", "Le Pen"."""
    i = 0
    while i < len(form) - 1 and (form[i] in PARTICLES or form[i] in _CAPITAL_PARTICLES):
        i += 1
    return form[i:]


def take_apart(name: str) -> NameParts:
    """The first given name, the surname and the suffix.

    >>> take_apart("Robert F. Kennedy Jr.")
    NameParts(given='robert', surname='kennedy', suffix='jr')
    """
    parts = [fold(word).strip(",") for word in without_particles(name.strip(" ,").split())] or [""]
    suffix = parts.pop() if len(parts) > 1 and parts[-1] in SUFFIXES else ""
    surname = _ARTICLE.sub("", parts[-1])
    return NameParts(parts[0] if len(parts) > 1 else "", surname, suffix if suffix in ("jr", "sr") else "")


def initials(name: str) -> str:
    """Those of the words with a capital: IMF; "" where there are fewer than three."""
    letters = [word[0] for word in name.split() if word[0].isupper()]
    return "".join(letters) if len(letters) > 2 else ""


def shortens(short: str, name: str) -> bool:
    """May it abbreviate the name? Its letters stand there in this order: not AP in "NEW YORK (AP)"."""
    rest = iter(fold(name))
    return all(letter in rest for letter in fold(short) if letter.isalpha())


@lru_cache(maxsize=1)
def towns() -> frozenset[str]:
    """towns.txt, as `fold` gives them."""
    return frozenset(packaged_lines("codebooks/towns.txt"))


def is_place(name: str) -> bool:
    """Is it the name or adjective of a country, a capital or a state of the US?"""
    name, known = fold(name), countries()
    return name in known.country or name in known.capitals or name in known.states


@lru_cache(maxsize=1)
def titles() -> Titles:
    """titles.yaml."""
    data = _read("titles")
    roles = {role: frozenset(nouns) for role, nouns in data["roles"].items()}
    honorifics = {word: gender for gender, words in data["honorifics"].items() for word in words}
    nouns = frozenset(roles).union(*roles.values())
    gendered = {word: gender for gender, words in data["gendered"].items() for word in words.split()}
    return Titles(
        honorifics=honorifics,
        abbreviations=data["abbreviations"],
        roles=roles,
        nouns=nouns,
        gendered=gendered,
        parties=frozenset(data["parties"]),
        things=words(data["things"]),
        of_places=words(data["of_places"]),
        of_places_alone=frozenset(data["of_places_alone"]),
        opening_places=frozenset(data["opening_places"]),
        firms=frozenset(" ".join(name.split()) for name in data["firms"].split("/")),
        people=nouns.union(gendered, data["people"].split()),
        organisations={noun: kind for kind, nouns in data["organisations"].items() for noun in nouns.split()},
        not_persons=frozenset(data["not_persons"].split()),
        before_names=nouns | frozenset(honorifics) | frozenset(data["abbreviations"]),
    )


@lru_cache(maxsize=1)
def given_names() -> dict[str, str | None]:
    """names.yaml, given_names.yaml: given name in lower case, as written and folded -> gender, if any."""
    known: dict[str, str | None] = dict.fromkeys(_read("given_names")["either"].split())
    for book in ("given_names", "names"):
        known |= {name: gender for gender in ("female", "male") for name in _read(book)[gender].split()}
    return {fold(name): gender for name, gender in known.items()} | known


@lru_cache(maxsize=1)
def given_words() -> frozenset[str]:
    """given_names.yaml: ordinary words that are given names where a surname follows: "Hope", "Grant"."""
    return words(_read("given_names")["also_words"])


@lru_cache(maxsize=1)
def nicknames() -> dict[str, frozenset[str]]:
    """names.yaml: short form in lower case -> the given names it stands for."""
    return {
        short: frozenset([full] if isinstance(full, str) else full)
        for short, full in _read("names")["nicknames"].items()
    }


@lru_cache(maxsize=1)
def countries() -> Countries:
    """countries.yaml."""
    data = _read("countries")
    names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    as_written = dict.fromkeys(data["capitals"], "GPE")
    for country, line in (data["countries"] | data["unions"]).items():
        others, _, words = line.partition("/")
        written = [name.strip() for name in [country, *others.split(",")] if name.strip()]
        names |= {fold(name): country for name in written}
        adjectives |= {fold(word.replace("-", " ")): country for word in words.split()}
        as_written |= dict.fromkeys(words.split(), "NORP") | dict.fromkeys(written, "GPE")
    return Countries(
        country=adjectives | names,
        names=frozenset(names),
        governments={fold(seat): country for seat, country in data["governments"].items()},
        capitals={fold(capital): country for capital, country in data["capitals"].items()},
        spellings={fold(variant): name for variant, name in data["spellings"].items()},
        as_written={name: kind for name, kind in as_written.items() if name.isalpha()},
        states={
            fold(word): state.lower()
            for state, line in data["states"].items()
            for word in [state, *line.split()]
        },
    )


@lru_cache(maxsize=4)
def _read(name: str) -> dict:
    return packaged_yaml(f"codebooks/{name}.yaml")
