"""What kind of thing a name names: one kind for each name in the whole article.

The small model calls one person by three labels within an article ("Zelenskyy" PERSON, GPE, ORG). A name has
one sense per discourse (Gale, Church & Yarowsky 1992), so its mentions vote, and what introduces a
person in news text (a title, a role in apposition, a party tag) votes more than the model.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from samestory.annotation.tokens import Tokens
from samestory.annotation.wordlists import countries, fold, given_names, titles, words

PARTICLES = words("de del della der den di da dos du la le van von bin ben al el ter")
_CAPITAL_PARTICLES = words("De Del Der Di La Le Van Von")  # "Le Pen" alone; Ben and Al are given names
SUFFIXES = words("jr sr ii iii iv")
_PARTIES = {"r": "republican", "d": "democrat", "i": "independent"}
DATES = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december"
)
# Words that close the name of an organisation, so that "Clinton Foundation" is no person.
_ORGANISATION = words(
    "administration agency airlines alliance assembly association authority bank board bureau campaign "
    "capital caucus center centre chamber church club co coalition college commission committee company "
    "conference congress corp corporation council county court department fund foundation group hall "
    "herald hospital house inc institute international journal league llc ltd media ministry museum network "
    "news office organization parliament party plc police post press school senate service society street "
    "team times tower towers tribune union university white act monitor republicans democrats magazine today "
    "initiative project watch report hotel airport bridge stadium"
)
MAX_NAME = 6  # tokens; more is a heading in capitals, not a name
# What persons do and places do not: "Zelenskyy told", whatever the model calls him.
_HUMAN = words("say tell thank ask urge write tweet reply joke laugh smile insist argue recall add")
_IN = frozenset(("in", "at", "near", "from", "to", "across", "outside", "into"))
_ANNOUNCED = 4  # votes


class Name(NamedTuple):
    """A named span of tokens, half-open."""

    first: int
    last: int
    kind: str


def could_be_person(tokens: Tokens, first: int, last: int) -> bool:
    """Could this span name a person, going by its words alone?"""
    lower = tokens.lower
    if not 0 < last - first <= MAX_NAME or tokens.text[first] in titles().not_persons:
        return False
    if any(lower[i] in _ORGANISATION or lower[i] in DATES or lower[i] == "of" for i in range(first, last)):
        return False
    if last - first == 1 and lower[first] in titles().before_names and lower[first] not in given_names():
        return False
    text = fold(" ".join(tokens.text[first:last]))
    return text not in countries().country and text not in countries().governments


def one_kind_each(tokens: Tokens, names: list[Name]) -> list[Name]:
    """One kind for every name in the whole article, by votes in which plain evidence counts more."""
    key = [tuple(tokens.text[n.first : n.last]) for n in names]
    votes: dict[tuple, Counter] = defaultdict(Counter)
    for name, form in zip(names, key, strict=True):
        votes[form][name.kind] += 1
        if could_be_person(tokens, name.first, name.last):
            votes[form].update(_evidence(tokens, name))
    kind = {form: _verdict(form, count) for form, count in votes.items()}
    surnames = {form[-1]: form for form, label in kind.items() if label == "PERSON" and len(form) > 1}
    surnames |= {form[-2]: form for form in surnames.values() if fold(form[-1]) in SUFFIXES}
    for form, count in votes.items():
        if len(form) > 1:  # "Von der Leyen" at the start of a sentence
            form_of = surnames.get(form[-1], ()) if without_particles(list(form)) == [form[-1]] else ()
        else:
            form_of = surnames.get(form[0], ())
        if form_of and not _is_place(form[-1], count):
            kind[form] = "PERSON"
    return [name._replace(kind=kind[form]) for name, form in zip(names, key, strict=True)]


def _verdict(form: tuple[str, ...], votes: Counter) -> str:
    text = fold(" ".join(form))
    if text in countries().country:
        return "GPE" if text in countries().names else "NORP"
    if text in countries().capitals and votes["PERSON"] < 4:
        return "GPE"
    if text in countries().governments or form[0] in titles().not_persons:
        return votes.most_common(1)[0][0] if votes.most_common(1)[0][0] != "PERSON" else "ORG"
    given = form[0].lower() in given_names() and form[-1].lower() not in _ORGANISATION
    if given and (len(form) == 2 or (len(form) > 2 and votes["PERSON"])):
        return "PERSON" if form[-1][:1].isupper() else votes.most_common(1)[0][0]
    if len(form) > 1 and form[-1].lower() in _ORGANISATION and not votes["ORG"]:
        return "ORG"
    return max(sorted(votes), key=lambda kind: (votes[kind], kind == "PERSON"))


def _announced(tokens: Tokens, name: Name) -> bool:
    """A title before, a role in apposition or a party tag after: news text introduces a person so."""
    before, i = titles().before_names, name.first - 1
    if i >= 0 and tokens.lower[i].rstrip(".") in before:
        return True
    head = tokens.head[name.last - 1]
    if tokens.dep[name.last - 1] == "appos" and tokens.lemma[head] in titles().nouns:
        return True
    return name.last + 1 < len(tokens.text) and is_party(tokens, name.last + 1) is not None


def _evidence(tokens: Tokens, name: Name) -> Counter:
    """Votes from the words around one mention."""
    if _announced(tokens, name):
        return Counter(PERSON=_ANNOUNCED)
    head = name.last - 1
    if name.kind == "ORG" or len(tokens.text[head]) < 3:
        return Counter()  # companies and ministries tell, thank and ask as well
    if name.first and tokens.lower[name.first - 1] in _IN:
        return Counter({name.kind: 2})
    acts = tokens.dep[head] == "nsubj" and tokens.lemma[tokens.head[head]] in _HUMAN
    return Counter(PERSON=2) if acts and name.last - name.first == 1 else Counter()


def _is_place(word: str, votes: Counter) -> bool:
    known = fold(word) in countries().country or fold(word) in countries().states
    return (known or fold(word) in countries().capitals) and votes["GPE"] >= votes["PERSON"]


def is_party(tokens: Tokens, i: int) -> str | None:
    """The party noun when a tag such as "D-Va." or "R-Texas" starts at token i."""
    if tokens.text[i] not in ("R", "D", "I"):
        return None
    text = tokens.text[i + 1 : i + 3]
    tagged = len(text) == 2 and text[0] in "-–—" and text[1][:1].isupper()
    return _PARTIES[tokens.lower[i]] if tagged else None


def without_particles(form: list[str]) -> list[str]:
    """The words of a name less the particles that open a lone surname: "von der Leyen", "Le Pen"."""
    i = 0
    while i < len(form) - 1 and (form[i] in PARTICLES or form[i] in _CAPITAL_PARTICLES):
        i += 1
    return form[i:]
