"""The persons of one article: which names are one person, of which gender, and what the text says of each.

A surname alone is the person of that surname whose full name the article gives; two full names of one
surname stay two persons. What the titles, appositions and party tags say is kept as words, against which
"the Ukrainian leader" or "the Virginia Democrat" is later matched.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from samestory.language.tokens import Tokens
from samestory.names.finder import SUFFIXES, Name, is_party, without_particles
from samestory.names.gazetteers import countries, fold, given_names, titles

PRONOUNS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_BEFORE = frozenset(("PROPN", "NOUN", "ADJ"))
_REACH = 9  # tokens before a name that may still belong to its title
_APPOSITION = 14  # tokens
_CLOSING = frozenset((",", ")", "—", "–", ";", ":", '"', "“", "”"))


def gender_of(words: Iterable[str], name: Iterable[str]) -> str | None:
    """'male', 'female' or None when the text does not say.

    Args:
        words: the lower-case words that introduce the person (titles, apposition).
        name: the words of the name; the first is read as a given name when there are several.
    """
    words, name = set(words), list(name)
    for said in (titles().honorifics, titles().gendered):
        found = {said[word] for word in words if said.get(word) in ("male", "female")}
        if len(found) == 1:
            return found.pop()
    if len(name) < 2:
        return None
    # "J. Edgar Hoover": the second name speaks when the first is an initial.
    spoken = [given_names().get(fold(word)) for word in name[:-1] if len(word.rstrip(".")) > 1]
    return spoken[0] if spoken else None


@dataclass
class Person:
    """One person of the article; words are in lower case, with the country of each adjective."""

    entity: str
    words: set[str] = field(default_factory=set)
    gender: str | None = None


@dataclass(frozen=True)
class _Parts:
    """A name taken apart for comparison."""

    given: str
    surname: str
    suffix: str


def link_persons(texts: list[str], introduced: list[set[str]], *, title: str = "") -> list[str]:
    """The article's own best form of each name: the most frequent full form of the same person.

    Args:
        texts: the names as written, in text order.
        introduced: for each, the words that introduce it (`words_about`), which tell Mr from Mrs Jones.
        title: the headline, where a full name may stand that the body never gives.
    """
    parts = [_parts(text) for text in texts]
    groups: dict[str, list[list[int]]] = defaultdict(list)  # surname -> persons -> mentions
    for i, part in enumerate(parts):
        if part.given:
            _add_to_group(groups[part.surname], i, parts)
    forms = {id(group): _best_form([texts[i] for i in group]) for found in groups.values() for group in found}
    about = {
        id(group): set().union(*(introduced[i] for i in group))
        for found in groups.values()
        for group in found
    }
    group_of = {i: id(group) for found in groups.values() for group in found for i in group}
    by_given = defaultdict(set)
    for found in groups.values():
        for group in found:
            by_given[parts[group[0]].given].add(forms[id(group)])
    out = []
    for i, (text, part) in enumerate(zip(texts, parts, strict=True)):
        found = groups.get(part.surname, [])
        if part.given:
            out.append(forms[group_of[i]])
        elif found := _bearers(found, part, parts):
            best = max(found, key=lambda group: _fit(part, introduced[i], about[id(group)], parts, group, i))
            out.append(forms[id(best)])
        elif len(by_given.get(part.surname, ())) == 1:
            out.append(next(iter(by_given[part.surname])))
        else:
            out.append(_from_headline(text, title))
    return out


def describe_persons(names: list[str], introduced: list[set[str]]) -> dict[str, Person]:
    """What the article says of each person, by entity."""
    persons: dict[str, Person] = {}
    for entity, words in zip(names, introduced, strict=True):
        person = persons.setdefault(entity, Person(entity))
        person.words |= words
    for person in persons.values():
        person.gender = gender_of(person.words, person.entity.split())
    return persons


def words_about(tokens: Tokens, name: Name, person_at: set[int]) -> set[str]:
    """The words by which the text introduces the person here: title, apposition, party tag."""
    spans = [
        _before(tokens, name.first, person_at),
        _after(tokens, name, person_at),
        _predicate(tokens, name),
    ]
    spans.append(_announcing(tokens, name))
    words: set[str] = set()
    for first, last in spans:
        words |= content_words(tokens, first, last)
    return words | _party(tokens, name)


def content_words(tokens: Tokens, first: int, last: int) -> set[str]:
    """Words that describe, in lower case: adjectives of countries also as the country, "sen." as senator."""
    words, complement = set(), False
    for i in range(first, last):
        if tokens.pos[i] == "ADP":
            complement = True
        elif tokens.lower[i] in ("'s", "’s"):
            words -= titles().nouns  # "the president's adviser" is no president
        if tokens.pos[i] not in _BEFORE:
            continue
        word = tokens.lower[i].rstrip(".")
        if complement and tokens.lemma[i] in titles().nouns:
            continue  # nor is a candidate for president
        words.add(titles().abbreviations.get(word, tokens.lemma[i] if tokens.tag[i] == "NNS" else word))
        if tokens.text[i][0].isupper():
            country = countries().country.get(fold(tokens.text[i]))
            if country is not None:
                words.add(country.lower())
            elif fold(tokens.text[i]) in countries().governments:
                words.add(countries().governments[fold(tokens.text[i])].lower())
    if "united states" not in words and "states" in words and "united" in words:
        words.add("united states")
    return words


def _before(tokens: Tokens, first: int, person_at: set[int]) -> tuple[int, int]:
    """Token range of the title before a name: "Kremlin chief"; empty if there is none."""
    before, i, role = titles().before_names, first - 1, None
    sentence = tokens.sentence_of[first]
    while i >= 0 and first - i <= _REACH and tokens.sentence_of[i] == sentence:
        word = tokens.lower[i].rstrip(".")
        if word in before or tokens.lemma[i] in before:
            role = i
        elif word == "of":
            if tokens.lower[i - 1] not in before:
                break
        elif word in ("'s", "’s") and i - 1 in person_at:
            break  # "President Poe's son, Lee": the title is Poe's
        elif tokens.pos[i] not in _BEFORE and word not in ("-", "'s", "’s", "&"):
            break
        i -= 1
    imagined = (
        i >= 0 and tokens.lower[i] in ("a", "an") and role is not None and tokens.text[role][0].isupper()
    )
    return (first, first) if role is None or imagined else (i + 1, first)  # "a President Poe would"


def _announcing(tokens: Tokens, name: Name) -> tuple[int, int]:
    """Token range of a role to which the name stands in apposition: "the president of Ukraine, Poe"."""
    head = tokens.head[name.last - 1]
    if tokens.dep[name.last - 1] != "appos" or head >= name.first or tokens.lemma[head] not in titles().nouns:
        return head, head
    if any(tokens.pos[i] in ("VERB", "AUX") for i in range(head, name.first)):
        return head, head
    return max(head - 6, _left_edge(tokens, head)), name.first - 1


def _after(tokens: Tokens, name: Name, person_at: set[int]) -> tuple[int, int]:
    """Token range of an apposition after the name: ", the Republican governor of Arkansas,"."""
    i = name.last
    if i + 1 >= len(tokens.text) or tokens.text[i] not in (",", "(", "—", "–"):
        return i, i
    i += 1
    if tokens.pos[i] == "NUM" and tokens.text[i + 1 : i + 2] == [","]:  # "Ann Poe, 45, a nurse,"
        i += 2
    first, sentence = i, tokens.sentence_of[name.first]
    while i < min(len(tokens.text), first + _APPOSITION) and tokens.sentence_of[i] == sentence:
        if tokens.text[i] in _CLOSING or tokens.pos[i] in ("VERB", "AUX"):
            break
        i += 1
    found = {tokens.lemma[k] for k in range(first, i)} & titles().nouns
    others = (k for k in range(first, i) if k in person_at)
    someone_else = any(tokens.text[k + 1 : k + 2] not in (["'s"], ["’s"]) for k in others)
    return (first, i) if found and not someone_else else (first, first)


def _predicate(tokens: Tokens, name: Name) -> tuple[int, int]:
    """Token range of what the name is said to be: "Lee is the company's chief executive"."""
    verb = tokens.head[name.last - 1]
    if tokens.dep[name.last - 1] != "nsubj" or tokens.lemma[verb] not in ("be", "become"):
        return verb, verb
    for i in range(verb + 1, min(verb + 9, len(tokens.text))):
        if tokens.dep[i] == "neg":
            break
        if tokens.dep[i] == "attr" and tokens.head[i] == verb and tokens.lemma[i] in titles().nouns:
            return verb + 1, i + 1
    return verb, verb


def _party(tokens: Tokens, name: Name) -> set[str]:
    if name.last + 1 >= len(tokens.text) or tokens.text[name.last] not in (",", "("):
        return set()
    party = is_party(tokens, name.last + 1)
    if party is None:
        return set()
    place = fold(tokens.text[name.last + 3]) if name.last + 3 < len(tokens.text) else ""
    return {party, "lawmaker", *countries().states.get(place, place).split()}


def _left_edge(tokens: Tokens, i: int) -> int:
    while i > 0 and tokens.pos[i - 1] in _BEFORE:
        i -= 1
    return i


def _parts(text: str) -> _Parts:
    words = [fold(word) for word in without_particles(text.strip(" ,").split())]
    suffix = ""
    if len(words) > 1 and words[-1].strip(",") in SUFFIXES:
        suffix = words.pop().strip(",")
        suffix = suffix if suffix in ("jr", "sr") else ""  # a III needs no telling apart in the news
    return _Parts(words[0] if len(words) > 1 else "", words[-1].strip(",") if words else "", suffix)


def _add_to_group(groups: list[list[int]], i: int, parts: list[_Parts]) -> None:
    for group in groups:
        other = parts[group[0]]
        if other.suffix == parts[i].suffix and _same_given(other.given, parts[i].given):
            group.append(i)
            return
    groups.append([i])


def _same_given(one: str, other: str) -> bool:
    """Equal, or one is the other's initial."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _best_form(forms: list[str]) -> str:
    count = Counter(" ".join(form.split()) for form in forms)
    # "ANN POE" in a heading is the last choice.
    return max(sorted(count), key=lambda form: (not form.isupper(), count[form], len(form)))


def _bearers(groups: list[list[int]], part: _Parts, parts: list[_Parts]) -> list[list[int]]:
    """Who the lone surname may be: where the text writes "Poe Jr.", a plain "Poe" is somebody else."""
    marked = {other.suffix for other in parts if other.surname == part.surname and not other.given} - {""}
    if part.suffix:
        return [group for group in groups if parts[group[0]].suffix == part.suffix] or groups
    return [group for group in groups if parts[group[0]].suffix not in marked]


def _fit(part, words: set[str], about: set[str], parts, group: list[int], i: int) -> tuple:
    """How well a lone surname fits one of the persons who bear it; the last resort is the main person."""
    gender = {titles().honorifics.get(word) for word in words} & {"male", "female"}
    given = given_names().get(parts[group[0]].given)
    clash = bool(gender) and given is not None and given not in gender
    roles = (words & about) - titles().honorifics.keys()
    return (
        part.suffix == parts[group[0]].suffix,
        not clash,
        len(roles),
        group[0] < i,
        len(group),
        -group[0],
    )


def _from_headline(text: str, title: str) -> str:
    text = " ".join(text.split())
    found = re.search(rf"([^\W\d_]+) {re.escape(text)}\b", title) if title else None
    if found and found[1][0].isupper() and found[1].lower() in given_names():
        return f"{found[1]} {text}"
    return text
