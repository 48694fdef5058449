"""The persons of one article: which names are one person, of which gender, and what the text says of each.

A surname alone is the person of that surname whose full name the article gives; two full names of one
surname stay two persons. What the titles, appositions and party tags say is kept as words, against which
"the Ukrainian leader" or "the Virginia Democrat" is later matched.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from samestory.language.tokens import Tokens, once_a_doc
from samestory.names.candidates import Name, party_at
from samestory.names.finder import find_names
from samestory.names.gazetteers import NameParts, countries, fold, given_names, take_apart, titles

_DESCRIBING = frozenset(("PROPN", "NOUN", "ADJ"))
# Tokens (rules of thumb of ours): how far a title may reach back from a name, a role that announces it from
# its noun, an apposition on from the comma, and the noun of "Lee is the company's chief executive" from "is".
_TITLE, _ROLE, _APPOSITION, _PREDICATE = 9, 6, 14, 8
_CLOSING = frozenset((",", ")", "—", "–", ";", ":", '"', "“", "”"))
_NOTHING = range(0)
AGES = {"younger": True, "elder": False, "older": False}  # of two persons of one surname
_CHILDREN = frozenset(("son", "daughter", "grandson", "granddaughter", "nephew", "niece"))
# Whoever is brought in as somebody's relative keeps the full name; the surname alone is the other's.
_RELATIVES = _CHILDREN | frozenset(("father", "mother", "wife", "husband", "brother", "sister", "widow"))
_NEITHER = re.compile(r"\b(?:they/them|non-?binary)\b", re.I)
_COURTESY = {"mr": "Mr.", "mrs": "Mrs.", "ms": "Ms.", "miss": "Miss"}
_SAID_OF = 90  # characters after a name within which the article may say so


@dataclass
class Person:
    """One person of the article; words are in lower case, with the country of each adjective."""

    entity: str
    words: set[str] = field(default_factory=set)
    gender: str | None = None  # male, female, neither; None when the text does not say


@dataclass
class _Bearer:
    """A person whom the article names in full."""

    parts: NameParts
    mentions: list[int] = field(default_factory=list)  # numbers of the full names
    words: set[str] = field(default_factory=set)  # that introduce them
    form: str = ""  # the best
    familiar: bool = False  # called by the given name alone, too


@once_a_doc
def introductions(doc: Doc) -> dict[int, set[str]]:
    """First token of each person's name -> the words that introduce the person there.

    They are those of a title, an apposition, a predicate or a party tag.
    """
    tokens = Tokens.of(doc)
    names = [name for name in find_names(doc) if name.kind == "PERSON"]
    person_at = {name.last - 1 for name in names}
    found = {}
    for name in names:
        words = _party(tokens, name) | ({tokens.lower[name.first - 1]} & AGES.keys())
        end, last = tokens.end[name.last - 1], tokens.sentences[tokens.sentence_of[name.first]][1]
        if _NEITHER.search(tokens.article, end, min(end + _SAID_OF, tokens.end[last - 1])):
            words.add("nonbinary")
        for phrase in (
            _before(tokens, name.first, person_at), _after(tokens, name, person_at),
            _predicate(tokens, name), _announcing(tokens, name),
        ):  # fmt: skip
            words |= content_words(tokens, phrase)
        found[name.first] = words | {tokens.lemma[i] for i in _beside(tokens, name)}
    return found


def described_as(doc: Doc) -> set[str]:
    """The nouns in apposition to names of persons: of "the biographer, Ann Poe," who is one later, too."""
    tokens = Tokens.of(doc)
    persons = (name for name in find_names(doc) if name.kind == "PERSON")
    return {tokens.lemma[i] for name in persons for i in _beside(tokens, name)}


def _beside(tokens: Tokens, name: Name) -> list[int]:
    """The singular nouns in apposition to a name, on either side of it, whatever they are."""
    head = name.last - 1
    after = [i for i in tokens.children.get(head, ()) if tokens.dep[i] == "appos" and i >= name.last]
    nouns = [tokens.head[head], *after] if tokens.dep[head] == "appos" else after
    return [
        i
        for i in nouns
        if tokens.tag[i] == "NN"
        and tokens.lemma[i] not in titles().things.union(titles().organisations)
        and any(tokens.dep[k] == "det" for k in tokens.children.get(i, ()))
    ]


def shared_surnames(tokens: Tokens, names: list[Name]) -> dict[int, str]:
    """First token of a given name -> the full name, where a couple shares a surname: "John and Mary Holt".

    Not so where the article knows the first word as a surname: "Ryan and Nancy Poe" beside Paul Ryan.

    Args:
        names: of persons, in text order.
    """
    surnames = {tokens.lower[name.last - 1] for name in names if name.last - name.first > 1}
    found = {}
    for one, other in pairwise(names):
        word = tokens.lower[one.first]
        single = one.last == one.first + 1 and word in given_names() and word not in surnames
        full = other.last - other.first > 1 and tokens.lower[other.first] in given_names()
        joined = other.first == one.last + 1 and tokens.lower[one.last] in ("and", "&")
        if single and full and joined:
            rest = tokens.article[tokens.start[other.first + 1] : tokens.end[other.last - 1]]
            found[one.first] = f"{tokens.text[one.first]} {rest}"
    return found


def link_persons(texts: list[str], introduced: list[set[str]], *, title: str = "") -> list[str]:
    """The article's own best form of each name: the most frequent full form of the same person.

    Args:
        texts: the names as written, in text order.
        introduced: for each, its `introductions`, which tell Mr from Mrs Jones.
        title: the headline, where a full name may stand that the body never gives.
    """
    parts = [take_apart(text) for text in texts]
    by_surname: dict[str, list[_Bearer]] = defaultdict(list)
    named: dict[int, _Bearer] = {}
    for i, part in enumerate(parts):
        if part.given:
            alike = by_surname[part.surname]
            named[i] = next((bearer for bearer in alike if _is_one(bearer.parts, part)), _Bearer(part))
            if not named[i].mentions:
                alike.append(named[i])
            named[i].mentions.append(i)
            named[i].words |= introduced[i]
    by_given: dict[str, set[str]] = defaultdict(set)
    lone = {part.surname for part in parts if not part.given}
    for bearer in (bearer for alike in by_surname.values() for bearer in alike):
        bearer.form = _best_form([texts[i] for i in bearer.mentions])
        bearer.familiar = bearer.parts.given in lone
        inner = {fold(word.strip("“”\"'")) for i in bearer.mentions for word in texts[i].split()[1:-1]}
        for name in {bearer.parts.given, *(inner & given_names().keys())}:
            by_given[name].add(bearer.form)
    courtesy = [next((title for title in _COURTESY if title in words), "") for words in introduced]
    couples = _couples(parts, courtesy)
    out = []
    for i, (text, part) in enumerate(zip(texts, parts, strict=True)):
        given = by_given.get(part.surname, set())
        bearers = _bearers(by_surname.get(part.surname, []), part, parts)
        if part.surname in couples and courtesy[i]:
            sex = titles().honorifics[courtesy[i]]
            bearers = [one for one in bearers if given_names().get(one.parts.given) in (sex, None)]
        if i in named:
            out.append(named[i].form)
        elif bearers:
            out.append(_of_age(bearers, part, introduced[i], i) or text)
        elif part.surname in couples and courtesy[i]:
            out.append(f"{_COURTESY[courtesy[i]]} {text}")
        else:
            out.append(next(iter(given)) if len(given) == 1 else _from_headline(text, title))
    return out


def _couples(parts: list[NameParts], courtesy: list[str]) -> set[str]:
    """Surnames before which the article writes both Mr and Mrs or Ms."""
    sexes: dict[str, set[str]] = defaultdict(set)
    for part, title in zip(parts, courtesy, strict=True):
        sexes[part.surname] |= {titles().honorifics[title]} if title else set()
    return {surname for surname, found in sexes.items() if len(found) > 1}


def describe_persons(named: Iterable[tuple[str, set[str]]]) -> dict[str, Person]:
    """What the article says of each person, by entity; given are entity and introduction of each mention."""
    persons: dict[str, Person] = {}
    for entity, words in named:
        persons.setdefault(entity, Person(entity)).words |= words
    for person in persons.values():
        person.gender = _gender(person.words, person.entity.split())
    return persons


def content_words(tokens: Tokens, phrase: Iterable[int]) -> set[str]:
    """Words that describe, in lower case: adjectives of countries also as the country, "sen." as senator."""
    words: set[str] = set()
    complement = False
    for i in phrase:
        if tokens.pos[i] == "ADP":
            complement = True
        elif tokens.lower[i] in ("'s", "’s"):
            words -= titles().nouns  # "the president's adviser" is no president
        if tokens.pos[i] not in _DESCRIBING:
            continue
        word = tokens.lower[i].rstrip(".")
        if complement and tokens.lemma[i] in titles().nouns:
            continue  # nor is a candidate for president
        words.add(titles().abbreviations.get(word, tokens.lemma[i] if tokens.tag[i] == "NNS" else word))
        if tokens.text[i][0].isupper():
            name, known = fold(tokens.text[i]), countries()
            country = known.country.get(name) or known.governments.get(name)
            words |= {country.lower()} if country else set()
    return words | {"united states"} if {"united", "states"} <= words else words


def _before(tokens: Tokens, first: int, person_at: set[int]) -> range:
    """The title before a name: "Kremlin chief"."""
    before, i, role = titles().before_names, first - 1, None
    sentence = tokens.sentence_of[first]
    while i >= 0 and first - i <= _TITLE and tokens.sentence_of[i] == sentence:
        word = tokens.lower[i].rstrip(".")
        if word in before or tokens.lemma[i] in before:
            role = i
        elif word == "of":
            if tokens.lower[i - 1] not in before:
                break
        elif word in ("'s", "’s") and i - 1 in person_at:
            break  # "President Poe's son, Lee": the title is Poe's
        elif tokens.pos[i] not in _DESCRIBING and word not in ("-", "'s", "’s", "&"):
            break
        i -= 1
    if role is not None and tokens.tag[role] in ("NNS", "NNPS"):
        return _NOTHING  # "judges Poe, Roe and Coe": none of them is the judge
    if role is None or (i >= 0 and tokens.lower[i] in ("a", "an") and tokens.text[role][0].isupper()):
        return _NOTHING  # "a President Poe would"
    return range(i + 1, first)


def _announcing(tokens: Tokens, name: Name) -> range:
    """A role to which the name stands in apposition: "the president of Ukraine, Poe"."""
    head = tokens.head[name.last - 1]
    if tokens.dep[name.last - 1] != "appos" or head >= name.first or tokens.lemma[head] not in titles().nouns:
        return _NOTHING
    if any(tokens.pos[i] in ("VERB", "AUX") for i in range(head, name.first)):
        return _NOTHING
    first = head
    while first > max(0, head - _ROLE) and tokens.pos[first - 1] in _DESCRIBING:
        first -= 1
    return range(first, name.first - 1)


def _after(tokens: Tokens, name: Name, person_at: set[int]) -> range:
    """An apposition after the name: ", the Republican governor of Arkansas,"."""
    i = name.last
    if i + 1 >= len(tokens.text) or tokens.text[i] not in (",", "(", "—", "–"):
        return _NOTHING
    i += 1
    if tokens.pos[i] == "NUM" and tokens.text[i + 1 : i + 2] == [","]:  # "Ann Poe, 45, a nurse,"
        i += 2
    if tokens.lower[i] in ("and", "or", "but"):
        return _NOTHING  # "Ann Poe, 70, and her son"
    first, sentence = i, tokens.sentence_of[name.first]
    while i < min(len(tokens.text), first + _APPOSITION) and tokens.sentence_of[i] == sentence:
        if tokens.text[i] in _CLOSING or tokens.pos[i] in ("VERB", "AUX"):
            break
        i += 1
    found = titles().nouns.intersection(tokens.lemma[first:i])
    others = (k for k in range(first, i) if k in person_at)
    someone_else = any(tokens.text[k + 1 : k + 2] not in (["'s"], ["’s"]) for k in others)
    return range(first, i) if found and not someone_else else _NOTHING


def _predicate(tokens: Tokens, name: Name) -> range:
    """What the name is said to be: "Lee is the company's chief executive"."""
    verb = tokens.head[name.last - 1]
    if tokens.dep[name.last - 1] == "nsubj" and tokens.lemma[verb] in ("be", "become"):
        for i in range(verb + 1, min(verb + 1 + _PREDICATE, len(tokens.text))):
            if tokens.dep[i] == "neg":
                break
            if tokens.dep[i] == "attr" and tokens.head[i] == verb and tokens.lemma[i] in titles().nouns:
                return range(verb + 1, i + 1)
    return _NOTHING


def _party(tokens: Tokens, name: Name) -> set[str]:
    if name.last + 1 >= len(tokens.text) or tokens.text[name.last] not in (",", "("):
        return set()
    party = party_at(tokens, name.last + 1)
    if party is None:
        return set()
    place = fold(tokens.text[name.last + 3])
    return {party, "lawmaker", *countries().states.get(place, place).split()}


def _is_one(one: NameParts, other: NameParts) -> bool:
    """Whether two full names of one surname are one person's: a given name may be an initial."""
    short = min(len(one.given), len(other.given)) == 1 and one.given[0] == other.given[0]
    return one.suffix == other.suffix and (one.given == other.given or short)


def _best_form(forms: list[str]) -> str:
    count = Counter(" ".join(form.split()) for form in forms)
    # "ANN POE" in a heading is the last choice.
    return max(sorted(count), key=lambda form: (not form.isupper(), count[form], len(form)))


def _bearers(alike: list[_Bearer], lone: NameParts, parts: list[NameParts]) -> list[_Bearer]:
    """Who the lone surname may be: where the text writes "Poe Jr.", a plain "Poe" is somebody else."""
    if lone.suffix:
        return [bearer for bearer in alike if bearer.parts.suffix == lone.suffix] or alike
    marked = {other.suffix for other in parts if other.surname == lone.surname and not other.given} - {""}
    return [bearer for bearer in alike if bearer.parts.suffix not in marked]


def _fit(words: set[str], bearer: _Bearer, i: int) -> tuple:
    """How well a lone surname fits one of the persons who bear it; the last resort is the main person.

    Of two who are told of alike, the one who is called by the given name alone is not meant.
    """
    gender = {titles().honorifics.get(word) for word in words} & {"male", "female"}
    given = given_names().get(bearer.parts.given)
    clash = bool(gender) and given is not None and given not in gender
    roles = (words & bearer.words) - titles().honorifics.keys()
    first = bearer.mentions[0]
    main = words.isdisjoint(_RELATIVES) and bearer.words.isdisjoint(_RELATIVES)
    return not clash, len(roles), main, first < i, len(bearer.mentions), not bearer.familiar, -first


def _of_age(bearers: list[_Bearer], lone: NameParts, words: set[str], i: int) -> str | None:
    """The best form of the bearer who fits best; "the younger Poe" is the son, or nobody that is known."""
    age = words & AGES.keys()
    if len(age) == 1 and len(bearers) > 1:
        young = [bearer for bearer in bearers if bearer.words & _CHILDREN]
        fit = young if AGES[next(iter(age))] else [bearer for bearer in bearers if bearer not in young]
        return fit[0].form if len(young) and len(fit) == 1 else None
    given = Counter(bearer.parts.given for bearer in bearers)
    namesakes = [bearer for bearer in bearers if given[bearer.parts.given] > 1]
    plain = [bearer for bearer in namesakes if bearer.parts.suffix == lone.suffix]  # Lee Poe, not his Jr.
    rest = [bearer for bearer in bearers if bearer not in namesakes or bearer in plain]
    return max(rest or bearers, key=lambda bearer: _fit(words, bearer, i)).form


def _from_headline(text: str, title: str) -> str:
    text = " ".join(text.split())
    found = re.search(rf"([^\W\d_]+) {re.escape(text)}\b", title) if title else None
    if found and found[1][0].isupper() and found[1].lower() in given_names():
        return f"{found[1]} {text}"
    return text


def _gender(words: set[str], name: list[str]) -> str | None:
    """By the words that introduce the person, else by the given name; "neither" is called "they"."""
    if "nonbinary" in words:
        return "neither"
    for said in (titles().honorifics, titles().gendered):
        found = {said[word] for word in words if said.get(word) in ("male", "female")}
        if len(found) == 1:
            return found.pop()
    # "J. Edgar Hoover": the second name speaks when the first is an initial.
    spoken = [given_names().get(fold(word)) for word in name[:-1] if len(word.rstrip(".")) > 1]
    return spoken[0] if spoken else None
