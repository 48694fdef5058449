"""The names of one article: spaCy's entities, repaired, and one kind for each name.

The small model cuts names in odd places and passes some over: its spans are trimmed, split and joined, spans
that follow a title are added, and so are further mentions of a person's surname. It also calls one person by
three labels within an article ("Zelenskyy" PERSON, GPE, ORG). A name has one sense per discourse (Gale,
Church and Yarowsky 1992), so its mentions vote, and what introduces a person in news text (a title, a role in
apposition, a party tag) votes more than the model.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from samestory.language.tokens import Tokens
from samestory.names.gazetteers import countries, fold, given_names, titles, words

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
KINDS = words("PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW")
_COMPANY = words("inc corp corporation co company ltd llc plc ag se sa nv")


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


def find_names(doc, tokens: Tokens) -> list[Name]:
    """Find the named spans, sorted and without overlap, titles and possessive 's not included."""
    names = []
    for ent in doc.ents:
        if ent.label_ in KINDS:
            names += _pieces(tokens, ent.start, ent.end, ent.label_)
    names = _add_titled(tokens, _join_hyphenated(tokens, names))
    return _sweep(tokens, _cut_to_known(tokens, one_kind_each(tokens, names)))


def _pieces(tokens: Tokens, first: int, last: int, kind: str) -> list[Name]:
    """An entity split where no name goes on ("Kyiv, Zelenskyy") and each part trimmed."""
    out, start = [], first
    for i in range(first, last + 1):
        if i == last or _splits(tokens, i, kind):
            piece = _trim(tokens, start, i, kind)
            if piece is not None:
                out.append(piece)
            start = i + 1
    return out


def _splits(tokens: Tokens, i: int, kind: str) -> bool:
    text = tokens.text[i]
    if text in ("'s", "’s", "/", "(", ")", "[", "]", "“", "”", '"', "—", "–", ":", ";") or text.isspace():
        return True
    if text == ",":  # "Allen, Overy & Co." keeps its comma, "Kyiv, Zelenskyy" does not
        return kind in ("PERSON", "GPE", "NORP", "LOC") or tokens.lower[i + 1 : i + 2] != ["inc."]
    if text in ("'", "’") and tokens.tag[i] == "POS":
        return True
    return kind == "PERSON" and text in ("and", "&")


def _trim(tokens: Tokens, first: int, last: int, kind: str) -> Name | None:
    lower, text = tokens.lower, tokens.text
    while first < last and (lower[first] in ("the", "a", "an") or not text[first][:1].isalnum()):
        if text[first].startswith("@") and len(text[first]) > 1:
            break
        first += 1
    while last > first and not text[last - 1][-1:].isalnum() and not text[last - 1][:1].isalnum():
        last -= 1
    if last > first + 1 and lower[last - 1] in ("'s", "’s", "'", "’"):
        last -= 1
    before = titles().before_names
    titled = last - first > 2 and lower[first] in before and text[first + 1][:1].isupper()
    if titled and kind in ("ORG", "GPE", "NORP", "FAC") and could_be_person(tokens, first + 1, last):
        kind = "PERSON"  # "Striker Ines Poe" at the start of a sentence
    if kind == "PERSON":
        while first < last - 1 and lower[first].rstrip(".") in before and lower[first] not in given_names():
            first += 1
        while first < last - 1 and fold(lower[first]) in countries().country:
            first += 1
        if first < last - 1 and tokens.tag[first] in ("VBG", "VBD", "IN", "RB", "WRB", "CC"):
            first += 1  # "Following Poe's speech, …"
    if first >= last or last - first > 12 or is_party(tokens, first):
        return None
    if kind == "PERSON" and (last - first > MAX_NAME or not text[first][:1].isupper()):
        kind = kind if text[first].lower() in PARTICLES and last - first > 1 else None
    return Name(first, last, kind) if kind else None


def _join_hyphenated(tokens: Tokens, names: list[Name]) -> list[Name]:
    """One name that the tokenizer takes apart: "RBC-Ukraine", "Ocasio-Cortez", but not "US-Iranian"."""
    out: list[Name] = []
    for name in names:
        if out and out[-1].kind in ("ORG", "PERSON") and out[-1].last == name.first - 1:
            i = out[-1].last
            glued = tokens.end[i - 1] == tokens.start[i] and tokens.end[i] == tokens.start[i + 1]
            if tokens.text[i] == "-" and glued and name.kind in ("ORG", "PERSON", "GPE"):
                out[-1] = Name(out[-1].first, name.last, out[-1].kind)
                continue
        out.append(name)
    return out


def _cut_to_known(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Without the word that a heading glued to a full name: "ANN POE WINS", where the text has Ann Poe."""
    known = {
        tuple(tokens.lower[n.first : n.last]) for n in names if n.kind == "PERSON" and n.last - n.first == 2
    }
    return [
        name._replace(last=name.first + 2)
        if name.kind == "PERSON"
        and name.last - name.first > 2
        and tuple(tokens.lower[name.first : name.first + 2]) in known
        and fold(tokens.text[name.first + 2]) not in SUFFIXES
        else name
        for name in names
    ]


def _add_titled(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Persons that a title or a role announces, whatever the model thought of them."""
    taken = {i: n for n, name in enumerate(names) for i in range(name.first, name.last)}
    drop, added = set(), []
    before, lower, n_tokens = titles().before_names, tokens.lower, len(tokens.lower)
    for i in range(n_tokens - 1):
        if lower[i].rstrip(".") not in before or tokens.tag[i + 1] not in ("NNP", "NNPS"):
            continue
        first = i + 1
        if lower[first].rstrip(".") in before and lower[first] not in given_names():
            continue
        if not (tokens.text[i][0].isupper() or tokens.dep[i] in ("compound", "amod", "nmod")):
            continue  # "the president Friday" and "spokesman Jay Carney" differ by the parse alone
        last = names[taken[first]].last if first in taken else _run(tokens, first)
        if first in taken and names[taken[first]].first < first and names[taken[first]].kind != "PERSON":
            continue  # "U.S. Attorney General Office": a title within an organisation's name
        if could_be_person(tokens, first, last) and last > first:
            drop |= {taken[k] for k in range(first, last) if k in taken}
            added.append(Name(first, last, "PERSON"))
    return sorted([name for n, name in enumerate(names) if n not in drop] + added)


def _run(tokens: Tokens, first: int) -> int:
    """End of the run of proper nouns that starts here: three words at most, initials apart."""
    i, words = first, 0
    while i < len(tokens.text) and words < 3:
        text = tokens.text[i]
        if tokens.lower[i] in DATES or not (tokens.tag[i] in ("NNP", "NNPS") or text in ("-", "‑")):
            break
        if not (text[:1].isupper() or text in ("-", "‑") or text in PARTICLES):
            break
        words += len(text.rstrip(".")) > 1
        i += 1
    return i


def _sweep(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Further mentions of what the text has named, and of countries and capitals, that were passed over."""
    known = countries().as_written | _short_names(tokens, names)
    taken = {i for name in names for i in range(name.first, name.last)}
    common = {word for word in tokens.text if word.islower()}  # "page" beside Ms. Page
    more = [
        Name(i, i + 1, known[word])
        for i, word in enumerate(tokens.text)
        if word in known
        and i not in taken
        and (tokens.tag[i] in ("NNP", "NNPS") or tokens.lower[i] not in common)
        and tokens.lower[i + 1 : i + 2] not in (["administration"], ["tower"], ["foundation"])
    ]
    return sorted(names + more) if more else names


def _short_names(tokens: Tokens, names: list[Name]) -> dict[str, str]:
    """Word -> kind: surnames, one-word names, the "Acme" of Acme Corp., and acronyms "(IAEA)"."""
    known: dict[str, str] = {}
    for name in names:
        first, last = tokens.text[name.first], tokens.text[name.last - 1]
        if name.last - name.first == 1 and name.kind in ("ORG", "GPE"):
            known.setdefault(first, name.kind)
        if name.kind == "ORG" and name.last - name.first == 2 and fold(last) in _COMPANY:
            known.setdefault(first, "ORG")
        after = tokens.text[name.last : name.last + 3]
        if name.last - name.first > 1 and len(after) == 3 and (after[0], after[2]) == ("(", ")"):
            known |= {after[1]: name.kind} if after[1].isupper() and name.kind != "PERSON" else {}
    for name in names:
        if name.kind == "PERSON":
            end = name.last - (name.last - name.first > 1 and fold(tokens.text[name.last - 1]) in SUFFIXES)
            known[tokens.text[end - 1]] = "PERSON"
    return {word: kind for word, kind in known.items() if len(word) > 1 and word[0].isupper()}
