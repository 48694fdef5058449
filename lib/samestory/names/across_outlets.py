"""One name for one person, organisation or country in all articles.

Each name comes with the article's own best form. Here the forms of all articles are compared: persons by
surname and given name (spelling and transliteration may vary, given names that conflict keep two persons
apart), countries and their adjectives by a codebook, organisations by the acronym that a text explains.
A surname that several persons bear means the one who is named by far most often, or nobody in particular.
The result does not depend on the order of the articles.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz

from samestory.names.gazetteers import (
    ALL_LEGAL_FORMS,
    PARTICLES,
    countries,
    fold,
    given_names,
    initials,
    is_place,
    shortens,
    take_apart,
    titles,
)
from samestory.names.spellings import romanised, same_given, same_surname
from samestory.tables import require_columns

_SON_OF = re.compile(r"\w (?:bin|ben|ibn|bint) \w+$")  # ends with the father's name
_MAIN = 4  # times as many mentions as all others of the surname make the one whom the surname alone means
_CHAMBERS = frozenset(("house", "senate"))
_ENDINGS = ALL_LEGAL_FORMS | {"news"}  # that a short name leaves out: "ABC" for "ABC News"
_LIKE_ENOUGH = 70  # rapidfuzz ratio of two surnames, 0 to 100, where the quotes say that they are one
_SHARED_WORDS = 6  # in a row within quotes of two articles: they are one person's words


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
    apart: Iterable[tuple[str, str]] = (),
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Replace each article's own `entity`, `speaker` and `speaks_for` by the name common to all articles.

    The canonical name is the most frequent of the fullest forms, ties in alphabetical order. A country
    and its adjective become the country (Russian: Russia; U.S., America: United States), while a capital
    or seat of government (Kyiv, the Kremlin) stays itself. A surname that two persons of the
    story bear alike, in an article that never gives more, stays as it is.

    Args:
        articles: the articles table; its text explains acronyms.
        aliases: name -> canonical name, which win over the machine (see `read_aliases`).
        apart: pairs of names that are two, whatever the machine says.
    Returns:
        (mentions, quotes), new tables with the same rows.
    """
    require_columns(mentions, ["entity", "kind", "form"], where="mentions")
    require_columns(quotes, ["speaker", "speaks_for"], where="quotes")
    named = mentions[(mentions["form"] == "name") & mentions["entity"].notna()]
    counts = Counter(zip(named["entity"], named["kind"], strict=True))
    persons = _persons(counts)
    told_in = named.groupby("entity")["article_id"].agg(set).to_dict()
    told = {name: n for (name, _), n in counts.items() if name in persons}
    canonical = _merge_persons(told, told_in, _said_alike(quotes))
    others = {name: n for (name, _), n in counts.items() if name not in persons}
    canonical |= _merge_others(others, articles["text"])
    spoken = [quotes[column] for column in ("speaker", "speaks_for")]
    names, known = (
        set().union(mentions["entity"].dropna(), *(column.dropna() for column in spoken)),
        aliases or {},
    )
    canonical |= _one_case(names - canonical.keys())
    final = {name: known.get(name) or known.get(canonical[name]) or canonical[name] for name in names}
    for pair in apart:
        if final.get(pair[0], 0) == final.get(pair[1], 1):
            # The one after whom both were called keeps the name.
            final |= {name: name for name in pair if name != final[pair[0]]}
    kind = mentions["kind"].mask(mentions["entity"].isin(persons) & mentions["kind"].ne("PERSON"), "PERSON")
    usual = mentions["entity"].map(_usual_kind(counts, persons))
    kind = kind.mask(kind.eq("PERSON") & usual.notna(), usual)
    return (
        mentions.assign(entity=mentions["entity"].map(final).astype("str"), kind=kind),
        quotes.assign(**{column.name: column.map(final).astype("str") for column in spoken}),
    )


def _persons(counts: Counter) -> set[str]:
    """Names that are persons: by the majority of their mentions, or a lone surname of a known person.

    One word of which half the mentions are a person's is none: it may as well be a place or a firm.
    """
    votes: dict[str, Counter] = defaultdict(Counter)
    for (name, kind), n in counts.items():
        votes[name][kind == "PERSON"] += n
    persons = {name for name, vote in votes.items() if vote[True] >= vote[False] + (" " not in name)}
    surnames = {take_apart(name).surname for name in persons if " " in name}
    lone = (name for name in votes if " " not in name and fold(name) in surnames)
    return persons | {name for name in lone if not is_place(name)}


def _usual_kind(counts: Counter, persons: set[str]) -> dict[str, str]:
    """What else a name is that some article takes for a person, but the story as a whole does not."""
    others = [(n, name, kind) for (name, kind), n in counts.items() if kind != "PERSON"]
    return {name: kind for _, name, kind in sorted(others) if name not in persons}


def _said_alike(quotes: pd.DataFrame) -> set[frozenset[str]]:
    """The pairs of speakers to whom two articles give the same words: they are one person, if names allow."""
    said: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
    direct = quotes[(quotes["kind"] == "direct") & quotes["speaker"].notna()]
    for article, speaker, text in zip(direct["article_id"], direct["speaker"], direct["text"], strict=True):
        spoken = re.findall(r"\w+", text.casefold())
        for i in range(len(spoken) - _SHARED_WORDS + 1):
            said[tuple(spoken[i : i + _SHARED_WORDS])].add((article, speaker))
    return {
        frozenset((one, other))
        for speakers in said.values()
        for (here, one), (there, other) in combinations(sorted(speakers), 2)
        if here != there and one != other
    }


def _merge_persons(
    counts: Mapping[str, int], told_in: Mapping[str, set], said_alike: set[frozenset[str]]
) -> dict[str, str]:
    """Form -> canonical form."""
    forms = [_form(name) for name in sorted(counts)]
    full = [form for form in forms if form.given]
    groups = _join_juniors(_group(full, told_in, said_alike), told_in)
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
    near_them = _by_given_name(groups, told_in)
    for key, alike in lone.items():
        near = {out[o.text] for o in full if key not in bearers and same_surname(o.surname, alike[0].surname)}
        known = _main_bearer(bearers[key]) if key in bearers else _fullest(alike, counts)
        for form in alike:
            quoted = {
                out[o.text]
                for o in full
                if frozenset((o.text, form.text)) in said_alike and same_surname(o.surname, form.surname)
            }
            kin = {out[o.text] for o in near_them(form)} if key not in bearers else set()
            sure = next((found for found in (quoted, near, kin) if len(found) == 1), ())
            out[form.text] = next(iter(sure), known or form.text)
    return out


def _by_given_name(groups: list[list[_Form]], told_in: Mapping[str, set]) -> Callable[[_Form], list[_Form]]:
    """Whose given name a lone name is, where its article tells of others of the surname: a child often."""
    by_given: dict[str, list[_Form]] = defaultdict(list)
    family: dict[str, set] = defaultdict(set)  # surname -> articles
    for form in (group[0] for group in groups):
        by_given[form.given].append(form)
    for form in (form for group in groups for form in group):
        family[form.key] |= told_in[form.text]

    def found(lone: _Form) -> list[_Form]:
        return [
            form
            for form in by_given.get(lone.surname, ())
            if told_in[lone.text] <= family[form.key] - told_in[form.text]
        ]

    return found


def _form(name: str) -> _Form:
    parts = take_apart(name)
    return _Form(name, *parts, romanised(parts.surname))


def _main_bearer(persons: Counter) -> str | None:
    """Whom a surname alone means: its only bearer, or one who is named far more often than all others."""
    (first, most), *others = sorted(persons.items(), key=lambda item: (-item[1], item[0]))
    return first if most >= _MAIN * sum(n for _, n in others) else None


def _group(
    forms: list[_Form], told_in: Mapping[str, set], said_alike: set[frozenset[str]]
) -> list[list[_Form]]:
    """Persons, each with the forms of their name; a form with an initial joins only where one fits.

    Less likeness is enough of two to whom articles give the same words.
    """
    block: dict[tuple, list[list[_Form]]] = defaultdict(list)
    initial = [form for form in forms if len(form.given) == 1]
    for form in forms:
        if len(form.given) > 1:
            found = block[form.key[:1], form.suffix]
            same = [group for group in found if any(_same_person(form, other, told_in) for other in group)]
            found[:] = [group for group in found if group not in same]
            found.append([form, *(other for group in same for other in group)])
    for form in initial:
        found = block[form.key[:1], form.suffix]
        same = [g for g in found if any(o.key == form.key and o.given[0] == form.given for o in g)]
        if len(same) == 1:
            same[0].append(form)
        else:
            found.append([form])
    groups = [group for found in block.values() for group in found]
    shortened = _shortened(forms)
    for pair in sorted(map(sorted, said_alike | shortened)):
        found = [group for group in groups if not {form.text for form in group}.isdisjoint(pair)]
        one, other = (next((form for form in forms if form.text == name), None) for name in pair)
        alike = one and other and (frozenset(pair) in shortened or _alike_enough(one, other))
        if len(found) == 2 and alike:
            found[0].extend(found[1])
            groups.remove(found[1])
    return groups


def _shortened(forms: list[_Form]) -> set[frozenset[str]]:
    """Pairs of names of which one leaves out the family's name, or the given one.

    "Omar bin Said" is Omar bin Said Al Wazir, and "Sturdy Holm" is Ann Sturdy Holm.
    """
    known = {fold(form.text): form.text for form in forms}
    pairs = set()
    for full, text in known.items():
        words = full.split()
        for n in range(2, len(words)):
            first, last = " ".join(words[:n]), " ".join(words[-n:])
            if first in known and _SON_OF.search(first):
                pairs.add(frozenset((text, known[first])))
            if last in known and words[-n] not in PARTICLES and words[-n] not in given_names():
                pairs.add(frozenset((text, known[last])))
    return pairs


def _join_juniors(groups: list[list[_Form]], told_in: Mapping[str, set]) -> list[list[_Form]]:
    """Lee Poe Jr. is Lee Poe, unless some article tells of both: then they are father and son."""
    plain: dict[str, list[list[_Form]]] = defaultdict(list)
    for group in groups:
        if not group[0].suffix:
            plain[group[0].key].append(group)
    out = [group for group in groups if not group[0].suffix]
    for junior in (group for group in groups if group[0].suffix):
        same = [g for g in plain[junior[0].key] if any(same_given(junior[0].given, o.given) for o in g)]
        articles = set().union(*(told_in[form.text] for form in junior))
        if len(same) == 1 and articles.isdisjoint(set().union(*(told_in[form.text] for form in same[0]))):
            same[0].extend(junior)
        else:
            out.append(junior)
    return out


def _same_person(one: _Form, other: _Form, told_in: Mapping[str, set]) -> bool:
    """Do surname and given name agree? An article that writes two spellings means two persons."""
    if one.key == other.key and romanised(one.given) == romanised(other.given):
        return True
    if not told_in[one.text].isdisjoint(told_in[other.text]):
        return one.key == other.key and same_given(one.given, other.given)
    return same_surname(one.surname, other.surname) and same_given(one.given, other.given)


def _alike_enough(one: _Form, other: _Form) -> bool:
    """For two to whom two articles give the same words."""
    return one.given[0] == other.given[0] and fuzz.ratio(one.surname, other.surname) >= _LIKE_ENOUGH


def _fullest(group: Iterable[_Form], counts: Mapping[str, int]) -> str:
    """The most frequent of the forms that give a whole given name; ties in alphabetical order."""
    return min(group, key=lambda form: (len(form.given) < 2, -counts[form.text], form.text)).text


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
    key = re.sub(r"isation\b", "ization", key)
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
        if rest in keys and " " in rest and first in titles().organisations:
            found[key].add(rest)  # "Union Transport Together", at the beginning of a sentence
    return {short: next(iter(full)) for short, full in found.items() if len(full) == 1}


def _acronyms(keys: Mapping[str, list[str]], texts: Iterable[str]) -> dict[str, str]:
    """Acronym's key -> the full name's, where some text explains it: "... Energy Agency (IAEA)".

    Else that of the only name of three words or more with these initials.
    """
    found: dict[str, set[str]] = defaultdict(set)
    pattern = re.compile(r"\(([A-Z][A-Za-z.&-]{1,9})\)")
    long = [(key, name) for key, names in keys.items() for name in names if " " in name]
    for text in texts:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 120) : match.start()].rstrip()
            for key, name in long:
                if before.endswith(name) and shortens(match[1], name):
                    found[_plain(match[1])].add(key)
    by_initials: dict[str, set[str]] = defaultdict(set)
    for key, name in long:
        by_initials[initials(name)].add(key)
    for key, names in keys.items():
        if key not in found and any(name.isupper() for name in names):
            found[key] = by_initials.get(key.upper(), set())
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
