"""The spans of one article that may be names: spaCy's entities, repaired, and other proper nouns.

The model cuts names in odd places and passes some over: its spans are trimmed, split and joined, freed from
the words around them ("Though Ann Poe", "Minister for Roads and Harbours Nina Poe") and given what belongs to
them ("R Venkatan", James “Derek” Poe, "Poe, Jr."). What each of them names is judged later: `finder`.
"""

from itertools import accumulate, pairwise
from typing import NamedTuple

from spacy.tokens import Doc

from samestory.language.encoder import is_whole_word
from samestory.language.tokens import Tokens
from samestory.names.gazetteers import (
    PARTICLES,
    SUFFIXES,
    countries,
    fold,
    given_names,
    given_words,
    is_place,
    titles,
    towns,
    words,
)
from samestory.names.kinds import RUN, is_of_body

_KINDS = words("PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW")
_PARTIES = {"R": "republican", "D": "democrat", "I": "independent"}
_DATES = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december"
)
_DOTTED = words("u.s. u.k. u.n. e.u.")
_OPENING_TAGS = ("VBG", "VBD", "IN", "RB", "WRB", "CC")
_NOT_IN_NAMES = ("DT", "VBD", "VBZ")
_OPENING = words("though although while when after before but and for if since because unlike until as")
_BEFORE_ARTICLE = words("of for in on from to and at with & by against")
_OF_OFFICE = words("for of and the & ,")
_INITIALS = frozenset("BCDEFGHJKLMNPQRSTUVWXYZ")  # not A, I and O, which are words
_MARKS = frozenset('"“”')
_COMPOUNDING = words(
    "led run era born style hit wide area based bound held made like owned loyal free size on"
)
_SEPARATORS = words("'s ’s / ( ) [ ] “ ” \" — – : ;")
_LONGEST_PERSON, _LONGEST = 6, 12  # tokens; more is a heading in capitals, not a name
_TELLS = words("told said says tells")  # "Poe told Live Science" is two names
_WITHIN_NAMES = PARTICLES | words("y e i zu af av ibn abu san the of")  # in lower case
_OF_TRADES = ("er", "or", "ist", "man", "woman", "ess", "ian")  # plumber, sculptor, florist, librarian
_LONGEST_RUN = 3  # words of a name that a title announces, initials apart


class Name(NamedTuple):
    """A named span of tokens, half-open."""

    first: int
    last: int
    kind: str  # OntoNotes label


def candidates(doc: Doc) -> list[Name]:
    """All spans that may be names, sorted and without overlap, with the model's labels (RUN: it has none)."""
    tokens = Tokens.of(doc)
    names: list[Name] = []
    for ent in doc.ents:
        if ent.label_ in _KINDS:
            names += _pieces(tokens, ent.start, ent.end, ent.label_)
    names = _add_titled(tokens, _join_hyphenated(tokens, names))
    names = _without_office(tokens, sorted(names + _passed_over(doc, tokens, names)))
    names = [_with_given_word(tokens, name) for name in _with_initial(tokens, names)]
    names = _join_nicknamed(tokens, _join_halves(tokens, names))
    whole = [_with_junior(tokens, _without_opening(tokens, name)) for name in names]
    ends = accumulate((name.last for name in whole), max, initial=0)
    return [name for name, end in zip(whole, ends, strict=False) if name.first >= end]  # no second "Jr."


def party_at(tokens: Tokens, i: int) -> str | None:
    """The party noun when a tag such as "D-Va." or "R-Texas" starts at token i."""
    after = tokens.text[i + 1 : i + 3]
    tagged = len(after) == 2 and after[0] in "-–—" and after[1][:1].isupper()
    return _PARTIES.get(tokens.text[i]) if tagged else None


def could_be_person(tokens: Tokens, first: int, last: int) -> bool:
    """Could this span name a person, going by its words alone?"""
    lower, states = tokens.lower[first:last], countries().states
    if not 0 < len(lower) <= _LONGEST_PERSON or tokens.text[first] in titles().not_persons:
        return False
    if is_of_body(lower) or any(word in _DATES or word == "of" for word in lower):
        return False
    if len(lower) > 1 and _is_thing_by_form(tokens.text[first:last], lower):
        return False
    if len(lower) > 1 and any(
        word in _DOTTED or (word[-1:] == "." and fold(word) in states) for word in lower
    ):
        return False  # "S. U.S. Navy", "Colo. App"
    surname = len(lower) == 2 and lower[0] in given_names() and lower[-1] not in titles().of_places_alone
    if len(lower) > 1 and lower[-1] in titles().of_places and not surname:
        return False  # "East Coast", but Joan Rivers
    if len(lower) > 2 and not any(word[:1].isupper() or word[:1] == "@" for word in tokens.text[first:last]):
        return False  # a line in another language
    if len(lower) == 1 and fold(lower[0]) in SUFFIXES:
        return False  # "Jr." alone
    if lower[-1].rstrip(".") in titles().abbreviations or any(map(str.isdigit, "".join(lower))):
        return False  # "Marine Safety Lt", "K5"
    if lower[-2:-1] == ["-"] and lower[-1] in countries().country:
        return False  # "RBC-Ukraine"
    if len(lower) < 3 and lower[-1] in titles().before_names and lower[0] not in given_names():
        return False  # "Councillor", "Labour Minister"
    text = fold(" ".join(tokens.text[first:last]))
    if text in titles().firms:
        return False
    return text not in countries().country and text not in countries().governments


def _is_thing_by_form(text: list[str], lower: list[str]) -> bool:
    """Whether the words of a longer name are written as no person's are."""
    given, ends = lower[0] in given_names(), text[-1].isalpha()
    title = (
        ends and text[-1].islower() and text[0][:1].isupper() and text[-2] != "-"
    )  # "Vita nova", not "Ho-lam"
    junior = ends and not {fold(word) for word in lower[1:-1]}.isdisjoint(SUFFIXES)  # "Ann Poe Jr. Library"
    acronym = len(text[0]) > 2 and text[0].isupper() and text[0].isalpha()
    firm = acronym and not given and not text[-1].isupper() and fold(lower[-1]) not in SUFFIXES  # "HKLM Poe"
    tail = fold(" ".join(text[-2:]))  # "Poe New York", but Ann Van Buren
    placed = len(text) > 2 and lower[-2] not in PARTICLES and (tail in towns() or is_place(tail))
    return title or junior or firm or placed or (lower[0] in titles().opening_places and not given)


def _pieces(tokens: Tokens, first: int, last: int, kind: str) -> list[Name]:
    """An entity split where no name goes on ("Kyiv, Zelenskyy") and each part trimmed."""
    cuts = [first - 1, *(i for i in range(first, last) if _splits(tokens, i, kind)), last]
    pieces = [_trim(tokens, before + 1, cut, kind) for before, cut in pairwise(cuts)]
    return [piece for piece in pieces if piece is not None]


def _splits(tokens: Tokens, i: int, kind: str) -> bool:
    text = tokens.text[i]
    if text in _SEPARATORS or text.isspace() or text in _TELLS:
        return True
    if kind == "PERSON" and text.isalpha() and text.islower() and text not in _WITHIN_NAMES:
        beside = tokens.text[max(i - 1, 0)], tokens.text[min(i + 1, len(tokens.text) - 1)]
        return all(word[:1].isupper() for word in beside)  # "Poe told Harbour News"
    if text == "&" and tokens.text[i + 1 : i + 2] and tokens.text[i + 1].startswith("@"):
        return True
    if text == "the" and kind == "ORG":  # "According to Poe the Society"
        return tokens.lower[i - 1] not in _BEFORE_ARTICLE
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
    while last > first + 1 and _is_word(text[last - 1]) and text[last - 2] != "-":
        if kind != "PERSON" and tokens.tag[last - 1] not in _NOT_IN_NAMES:
            break
        last -= 1  # "Poe a" in "called Poe a liar"
    before = titles().before_names
    titled = last - first > 2 and lower[first] in before and text[first + 1][:1].isupper()
    if titled and kind in ("ORG", "GPE", "NORP", "FAC") and could_be_person(tokens, first + 1, last):
        kind = "PERSON"  # "Striker Ines Poe" at the start of a sentence
    if kind == "PERSON":
        while first < last - 1 and (_is_title(tokens, first) or _is_trade(tokens, first, last)):
            first += 1
        given = last - first == 2 and lower[first] in given_words()  # "Jordan Poe"
        while first < last - 1 and fold(lower[first]) in countries().country and not given:
            first += 1
        if first < last - 1 and (tokens.tag[first] in _OPENING_TAGS or lower[first] in _OPENING):
            first += 1  # "Following Poe's speech, …"
    if first >= last or last - first > _LONGEST or party_at(tokens, first):
        return None
    unlikely = last - first > _LONGEST_PERSON or not text[first][:1].isupper()
    if kind == "PERSON" and unlikely and (lower[first] not in PARTICLES or last - first == 1):
        return None
    return Name(first, last, kind)


def _is_word(text: str) -> bool:
    """Whether it is a common word in lower case, and no part of a name."""
    known = text == "a" or (text.isalpha() and text.islower() and is_whole_word(text))
    return known and text not in PARTICLES


def _with_initial(tokens: Tokens, names: list[Name]) -> list[Name]:
    """With the initial before a surname that the model cuts off: "R Venkatan"."""
    initial = {name.first - 1 for name in names if name.kind in ("PERSON", "GPE", RUN) and name.first}
    initial = {i for i in initial if tokens.text[i] in _INITIALS}
    return [name._replace(first=name.first - (name.first - 1 in initial)) for name in names]


def _with_given_word(tokens: Tokens, name: Name) -> Name:
    """With a given name that opens a sentence and is taken for another word: "May Poe wants"."""
    first = name.first - 1
    single = name.kind in ("PERSON", RUN) and name.last == name.first + 1
    if first < 0 or not single or not opens_sentence(tokens, first):
        return name
    known = tokens.lower[first] in given_names() or tokens.lower[first] in given_words()
    goes_on = tokens.tag[name.last : name.last + 1]
    return name._replace(first=first) if known and goes_on in (["VBZ"], ["VBD"], [","]) else name


def _without_opening(tokens: Tokens, name: Name) -> Name:
    """Without the word that opens a sentence: "Though Ann Poe left"."""
    opening = name.last - name.first > 1 and tokens.lower[name.first] in _OPENING
    return name._replace(first=name.first + 1) if opening else name


def _with_junior(tokens: Tokens, name: Name) -> Name:
    """With a "Jr." that the model leaves out, after a comma or without."""
    last = name.last + (tokens.text[name.last : name.last + 1] == [","])
    junior = tokens.lower[last : last + 1] and tokens.lower[last] in ("jr.", "jr", "sr.", "sr")
    full = name.kind in ("PERSON", RUN) and name.last - name.first > 1
    name = name._replace(last=last + 1) if junior and full else name
    goes_on = tokens.text[name.last : name.last + 1] == ["."] and tokens.text[name.last + 1 : name.last + 2]
    cut = full and goes_on and tokens.lower[name.last - 1] in ("jr", "sr") and goes_on[0].islower()
    return name._replace(last=name.last + 1) if cut else name


def _without_office(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Without the end of an office: "Nina Poe" in "Minister for Roads and Harbours Nina Poe"."""
    out = []
    for name in names:
        inner = [i for i in range(name.first + 1, name.last - 1) if tokens.lower[i] in given_names()]
        office = inner and tokens.lower[name.first] not in given_names() and _in_office(tokens, name.first)
        out.append(Name(inner[0], name.last, "PERSON") if office else name)
    return out


def _in_office(tokens: Tokens, first: int) -> bool:
    """Whether the words before go back to a role, by capitals, "for", "of" and "and" alone."""
    for i in range(first - 1, max(-1, first - 1 - _LONGEST), -1):
        if tokens.lower[i] in titles().before_names:
            return i < first - 1 and tokens.lower[i + 1] in ("for", "of")
        if tokens.lower[i] not in _OF_OFFICE and not tokens.text[i][:1].isupper():
            return False
    return False


def _join_hyphenated(tokens: Tokens, names: list[Name]) -> list[Name]:
    """One name that the tokenizer takes apart: "RBC-Ukraine", "Ocasio-Cortez", but not "US-Iranian"."""
    out: list[Name] = []
    for name in names:
        if out and out[-1].kind in ("ORG", "PERSON") and out[-1].last == name.first - 1:
            i = out[-1].last
            glued = tokens.end[i - 1] == tokens.start[i] and tokens.end[i] == tokens.start[i + 1]
            if tokens.text[i] == "-" and glued and name.kind in ("ORG", "PERSON", "GPE"):
                out[-1] = out[-1]._replace(last=name.last)
                continue
        out.append(name)
    return out


def _join_halves(tokens: Tokens, names: list[Name]) -> list[Name]:
    """A person whom the model takes for two names, or of whom it passed over a half: "Yusra" | "Haddad"."""
    out: list[Name] = []
    for name in names:
        before = out[-1] if out and out[-1].last == name.first else None
        halves = (
            before
            and {before.kind, name.kind} <= {"PERSON", "GPE", RUN}
            and "PERSON" in (before.kind, name.kind)
        )
        if before and before.kind == RUN and name.kind == "PERSON" and _describes(tokens, before, name):
            out.pop()  # "Mathematician Ann Poe"
            before = None
        single = before and name.last - before.first == 2
        if before and halves and single and could_be_person(tokens, before.first, name.last):
            out[-1] = Name(before.first, name.last, "PERSON")
        else:
            out.append(name)
    return out


def _describes(tokens: Tokens, run: Name, person: Name) -> bool:
    """Is it a word at the beginning of a sentence that says what the person after it is?

    A word that the encoder knows only by its pieces is rather a given name, before a surname: "Tendai Poe".
    """
    if run.last != run.first + 1 or not opens_sentence(tokens, run.first):
        return False
    word, surname = tokens.lower[run.first], person.last == person.first + 1
    return word not in given_names() and not (surname and (word in given_words() or not is_whole_word(word)))


def opens_sentence(tokens: Tokens, i: int) -> bool:
    return tokens.sentences[tokens.sentence_of[i]][0] == i


def _join_nicknamed(tokens: Tokens, names: list[Name]) -> list[Name]:
    """A person with a nickname between given name and surname: James "Derek" Poe."""
    out: list[Name] = []
    for name in names:
        if len(out) > 1 and out[-1].last + 1 == name.first and tokens.text[out[-1].first - 1] in _MARKS:
            nick, before = out[-1], out[-2]
            if tokens.text[nick.last] in _MARKS and before.last + 1 == nick.first and before.kind != "ORG":
                out[-2:] = [Name(before.first, name.last, "PERSON")]
                continue
        out.append(name)
    return out


def _add_titled(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Persons that a title or a role announces, whatever the model thought of them."""
    taken = {i: name for name in names for i in range(name.first, name.last)}
    drop, added = set(), []
    before, lower = titles().before_names, tokens.lower
    for i in range(len(lower) - 1):
        if lower[i].rstrip(".") not in before or tokens.tag[i + 1] not in ("NNP", "NNPS"):
            continue
        first = i + 1
        if lower[first].rstrip(".") in before and lower[first] not in given_names():
            continue
        if not (tokens.text[i][0].isupper() or tokens.dep[i] in ("compound", "amod", "nmod")):
            continue  # "the president Friday" and "spokesman Jay Carney" differ by the parse alone
        held = taken.get(first)
        if held is not None and held.first < first and held.kind != "PERSON":
            continue  # "U.S. Attorney General Office": a title within an organisation's name
        last = held.last if held is not None else _end_of_run(tokens, first)
        if could_be_person(tokens, first, last):
            drop |= {taken[k] for k in range(first, last) if k in taken}
            added.append(Name(first, last, "PERSON"))
    return sorted([name for name in names if name not in drop] + added)


def _end_of_run(tokens: Tokens, first: int) -> int:
    """End of the run of proper nouns that starts here."""
    i, long = first, 0
    while i < len(tokens.text) and long < _LONGEST_RUN:
        text = tokens.text[i]
        hyphen = text in ("-", "‑")
        if tokens.lower[i] in _DATES or not (tokens.tag[i] in ("NNP", "NNPS") or hyphen):
            break
        if not (text[:1].isupper() or hyphen or text in PARTICLES):
            break
        long += len(text.rstrip(".")) > 1
        i += 1
    return i


def _passed_over(doc: Doc, tokens: Tokens, names: list[Name]) -> list[Name]:
    """Runs of proper nouns that the model has in no entity; what they name, if anything, is judged later."""
    taken = {i for name in names for i in range(name.first, name.last)}
    taken |= {i for ent in doc.ents if ent.label_ not in _KINDS for i in range(ent.start, ent.end)}
    runs, i = [], 0
    while i < len(tokens.text):
        last = i
        while last - i < _LONGEST_PERSON and last not in taken and _runs_on(tokens, last):
            last += 1
        while last > i and not (_is_proper(tokens, last - 1) or _is_second_half(tokens, last - 1)):
            last -= 1
        first = i
        while first < last and (_is_title(tokens, first) or _is_trade(tokens, first, last)):
            first += 1
        size = last - first
        lone_letter = size == 1 and len(tokens.text[first]) == 1
        if size > 0 and not lone_letter and could_be_person(tokens, first, last):
            runs.append(Name(first, last, RUN))
        i = max(last, i + 1)
    return runs


def _is_title(tokens: Tokens, i: int) -> bool:
    lower = tokens.lower[i]
    return lower.rstrip(".") in titles().before_names and lower not in given_names()


def _is_trade(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a full name follows what somebody does, as in "Cleaner Ines Poe" at the start of a sentence."""
    lower = tokens.lower[first]
    if last - first < 3 or lower in given_names():
        return False
    return lower in titles().people or (
        lower.endswith(_OF_TRADES) and tokens.lower[first + 1] in given_names()
    )


def _is_proper(tokens: Tokens, i: int) -> bool:
    return tokens.pos[i] == "PROPN" and tokens.text[i][0].isupper() and tokens.lower[i] not in _DATES


def _runs_on(tokens: Tokens, i: int) -> bool:
    """Whether a run of proper nouns has token i: "Ursula von der Leyen" has particles within."""
    if i >= len(tokens.text):
        return False
    if i and "-" in tokens.text[i - 1 : i + 1] and _is_second_half(tokens, i + (tokens.text[i] == "-")):
        return True
    return _is_proper(tokens, i) or (i > 0 and tokens.text[i] in PARTICLES and _is_proper(tokens, i - 1))


def _is_second_half(tokens: Tokens, i: int) -> bool:
    """Whether it ends a given name of two halves, as in "Jae-won", and not a word such as "Assad-led"."""
    if i < 2 or i >= len(tokens.text) or tokens.text[i - 1] != "-" or not _is_proper(tokens, i - 2):
        return False
    first, second = tokens.text[i - 2], tokens.text[i]
    glued = tokens.end[i - 2] == tokens.start[i - 1] and tokens.end[i - 1] == tokens.start[i]
    short = second.islower() and len(second) < 6 > len(first) and not first.isupper()
    return glued and short and second not in _COMPOUNDING and not is_place(first)
