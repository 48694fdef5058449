"""One name for one person, organisation or country in all articles.

Each name comes with the article's own best form. Here the forms of all articles are compared: persons by
surname and given name (spelling and transliteration may vary, given names that conflict keep two persons
apart), countries and their adjectives by a codebook, organisations by the acronym that a text explains.
A surname that several persons bear means the one who is named by far most often, or nobody in particular.
The result does not depend on the order of the articles.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz

from samestory.names.gazetteers import (
    ALL_LEGAL_FORMS,
    countries,
    fold,
    given_names,
    is_place,
    nicknames,
    take_apart,
)
from samestory.tables import require_columns

# rapidfuzz ratios, 0 to 100, from which two spellings may be one name; surname and given name must both agree
_SURNAME_LIKENESS, _GIVEN_LIKENESS = 88, 80
_MAIN = 4  # times as many mentions as all others of the surname make the one whom the surname alone means
_CHAMBERS = frozenset(("house", "senate"))
_ENDINGS = ALL_LEGAL_FORMS | {"news"}  # that a short name leaves out: "ABC" for "ABC News"
_SHORTEST = 6  # letters; shorter surnames differ by a letter and are two persons (Hayes, Hayek)
# Romanisation varies by language and agency: Zelenskyy, Zelenskiy, Zelensky; Gaddafi, Qaddafi.
_ROMAN = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[^a-z]", ""), (r"kh", "k"), (r"gh|q", "g"), (r"ph", "f"), (r"w", "v"), (r"tch|tsch|cz", "ch"),
        (r"sch", "sh"), (r"ks|cks", "x"), (r"ck", "k"), (r"ou|oo", "u"), (r"[yij]+|ee", "i"),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


class _Form(NamedTuple):
    """A name as some article has it, taken apart."""

    text: str
    given: str
    surname: str
    suffix: str
    key: str  # surname in one romanisation: Zelenskyy, Zelenskiy and Zelensky have one key


def merge_names(
    mentions: pd.DataFrame, quotes: pd.DataFrame, articles: pd.DataFrame, *,
    aliases: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Replace each article's own `entity` and `speaker` by the name common to all articles.

    The canonical name is the most frequent of the fullest forms, ties in alphabetical order. A country
    and its adjective become the country (Russian: Russia; U.S., America: United States), while a capital
    or seat of government (Kyiv, the Kremlin) stays itself. A surname that two persons of the
    story bear alike, in an article that never gives more, stays as it is.

    Args:
        articles: the articles table; its text explains acronyms.
        aliases: name -> canonical name, which win over the machine (see `read_aliases`).
    Returns:
        (mentions, quotes), new tables with the same rows.
    """
    require_columns(mentions, ["entity", "kind", "form"], where="mentions")
    require_columns(quotes, ["speaker"], where="quotes")
    named = mentions[(mentions["form"] == "name") & mentions["entity"].notna()]
    counts = Counter(zip(named["entity"], named["kind"], strict=True))
    persons = _persons(counts)
    told_in = named.groupby("entity")["article_id"].agg(set).to_dict()
    canonical = _merge_persons({name: n for (name, _), n in counts.items() if name in persons}, told_in)
    others = {name: n for (name, _), n in counts.items() if name not in persons}
    canonical |= _merge_others(others, articles["text"])
    names, known = {*mentions["entity"].dropna(), *quotes["speaker"].dropna()}, aliases or {}
    canonical |= _one_case(names - canonical.keys())
    final = {name: known.get(name) or known.get(canonical[name]) or canonical[name] for name in names}
    kind = mentions["kind"].mask(mentions["entity"].isin(persons) & mentions["kind"].ne("PERSON"), "PERSON")
    return (
        mentions.assign(entity=mentions["entity"].map(final).astype("str"), kind=kind),
        quotes.assign(speaker=quotes["speaker"].map(final).astype("str")),
    )


def _persons(counts: Counter) -> set[str]:
    """Names that are persons: by the majority of their mentions, or a lone surname of a known person."""
    votes: dict[str, Counter] = defaultdict(Counter)
    for (name, kind), n in counts.items():
        votes[name][kind == "PERSON"] += n
    persons = {name for name, vote in votes.items() if vote[True] >= vote[False]}
    surnames = {take_apart(name).surname for name in persons if " " in name}
    lone = (name for name in votes if " " not in name and fold(name) in surnames)
    return persons | {name for name in lone if not is_place(name)}


def _merge_persons(counts: Mapping[str, int], told_in: Mapping[str, set]) -> dict[str, str]:
    """Form -> canonical form."""
    forms = [_form(name) for name in sorted(counts)]
    groups = _join_juniors(_group([form for form in forms if form.given]), told_in)
    out: dict[str, str] = {}
    bearers: dict[str, Counter] = defaultdict(Counter)  # surname -> persons, by how often they are named
    for group in groups:
        best = _fullest(group, counts)
        out |= {form.text: best for form in group}
        for form in group:
            bearers[form.key][best] += counts[form.text] if not form.suffix else 0
    lone: dict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        if not form.given:
            lone[form.key].append(form)
    for key, alike in lone.items():
        known = _main_bearer(bearers[key]) if key in bearers else _fullest(alike, counts)
        out |= {form.text: known or form.text for form in alike}
    return out


def _form(name: str) -> _Form:
    parts = take_apart(name)
    return _Form(name, *parts, _romanised(parts.surname) or parts.surname)


def _main_bearer(persons: Counter) -> str | None:
    """Whom a surname alone means: its only bearer, or one who is named far more often than all others."""
    (first, most), *others = sorted(persons.items(), key=lambda item: (-item[1], item[0]))
    return first if most >= _MAIN * sum(n for _, n in others) else None


def _group(forms: list[_Form]) -> list[list[_Form]]:
    """Persons, each with the forms of their name; a form with an initial joins only where one fits."""
    block: dict[tuple, list[list[_Form]]] = defaultdict(list)
    initials = [form for form in forms if len(form.given) == 1]
    for form in forms:
        if len(form.given) > 1:
            found = block[form.key[:2], form.suffix]
            same = [group for group in found if any(_same_person(form, other) for other in group)]
            found[:] = [group for group in found if group not in same]
            found.append([form, *(other for group in same for other in group)])
    for form in initials:
        found = block[form.key[:2], form.suffix]
        same = [g for g in found if any(o.key == form.key and o.given[0] == form.given for o in g)]
        if len(same) == 1:
            same[0].append(form)
        else:
            found.append([form])
    return [group for found in block.values() for group in found]


def _join_juniors(groups: list[list[_Form]], told_in: Mapping[str, set]) -> list[list[_Form]]:
    """Lee Poe Jr. is Lee Poe, unless some article tells of both: then they are father and son."""
    plain: dict[str, list[list[_Form]]] = defaultdict(list)
    for group in groups:
        if not group[0].suffix:
            plain[group[0].key].append(group)
    out = [group for group in groups if not group[0].suffix]
    for junior in (group for group in groups if group[0].suffix):
        same = [g for g in plain[junior[0].key] if any(_same_given(junior[0].given, o.given) for o in g)]
        articles = set().union(*(told_in[form.text] for form in junior))
        if len(same) == 1 and articles.isdisjoint(set().union(*(told_in[form.text] for form in same[0]))):
            same[0].extend(junior)
        else:
            out.append(junior)
    return out


def _same_person(one: _Form, other: _Form) -> bool:
    """Do surname and given name agree, spelling and romanisation apart?"""
    if one.key != other.key:
        longest = max(len(one.surname), len(other.surname))
        if longest < _SHORTEST or fuzz.ratio(one.surname, other.surname) < _SURNAME_LIKENESS:
            return False
    return _same_given(one.given, other.given)


def _same_given(one: str, other: str) -> bool:
    if one == other or _romanised(one) == _romanised(other):
        return True
    short = nicknames()
    if other in short.get(one, ()) or one in short.get(other, ()):
        return True
    if one in given_names() and other in given_names():
        return False  # two known names that differ are two persons, however alike: Michael, Michelle
    return min(len(one), len(other)) >= _SHORTEST and fuzz.ratio(one, other) >= _GIVEN_LIKENESS


def _fullest(group: Iterable[_Form], counts: Mapping[str, int]) -> str:
    """The most frequent of the forms that give a whole given name; ties in alphabetical order."""
    return min(group, key=lambda form: (len(form.given) < 2, -counts[form.text], form.text)).text


def _romanised(word: str) -> str:
    for pattern, plain in _ROMAN:
        word = pattern.sub(plain, word)
    return word


def _merge_others(counts: Mapping[str, int], texts: Iterable[str]) -> dict[str, str]:
    """Form -> canonical form of countries, places, organisations and groups."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts):
        alike[_plain(name)].append(name)
    longer = _longer_forms(alike) | _acronyms(alike, texts)
    out: dict[str, str] = {}
    for key, names in alike.items():
        best = min(alike[longer.get(key, key)], key=lambda name: (-counts[name], name))
        out |= {name: _country(name) or best for name in names}
    return out


def _plain(name: str) -> str:
    """The key of a name that is no person's: no article, no full stops, "Republicans" as "Republican"."""
    key = re.sub(r"^the ", "", fold(" ".join(name.split())))
    plural = key.endswith("s") and not key.endswith("ss") and " " not in key and len(key) > 4
    return key[:-1] if plural else key


def _longer_forms(keys: Iterable[str]) -> dict[str, str]:
    """Short key -> the only longer one: "ABC" and "ABC News", "Judiciary Committee" and that of the Senate.

    A country or a chamber before the name narrows it down, and a legal form after it adds nothing; where
    the story knows two such bodies, the short name may mean either and stays as it is.
    """
    keys, found = set(keys), defaultdict(set)
    for key in keys:
        first, _, rest = key.partition(" ")
        if rest in keys and (_country(first) or (first in _CHAMBERS and " " in rest)):
            found[rest].add(key)
        stem, _, last = key.rpartition(" ")
        if stem in keys and last in _ENDINGS:
            found[stem].add(key)
    return {short: next(iter(full)) for short, full in found.items() if len(full) == 1}


def _acronyms(keys: Mapping[str, list[str]], texts: Iterable[str]) -> dict[str, str]:
    """Acronym's key -> the full name's, where some text explains it: "... Energy Agency (IAEA)"."""
    found: dict[str, set[str]] = defaultdict(set)
    pattern = re.compile(r"\(([A-Z][A-Za-z.&-]{1,9})\)")
    long = [(key, name) for key, names in keys.items() for name in names if " " in name]
    for text in texts:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 120) : match.start()].rstrip()
            for key, name in long:
                if before.endswith(name):
                    found[_plain(match[1])].add(key)
    return {short: next(iter(full)) for short, full in found.items() if len(full) == 1}


def _country(name: str) -> str | None:
    key = re.sub(r"^the ", "", fold(name))
    state = countries().states.get(key) if name.endswith(".") else None  # "Calif."
    return countries().country.get(key) or countries().spellings.get(key) or (state and state.title())


def _one_case(phrases: Iterable[str]) -> dict[str, str]:
    """Phrase -> its form with most letters in lower case: "The presidents" is "the presidents"."""
    alike: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        alike[fold(phrase)].append(phrase)
    return {
        phrase: _country(phrase) or max(forms, key=lambda form: (sum(map(str.islower, form)), form))
        for forms in alike.values()
        for phrase in forms
    }
