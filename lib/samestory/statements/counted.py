"""What each amount in a sentence counts, by the parse: "20 people died" and "a death toll of 20" meet."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from samestory.language.stems import stems_of
from samestory.statements.numbers import YEAR, Amount, amounts_in, counted_words, moments_in

_NOUNS = {"NOUN", "PROPN"}
_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ"}
_STEPS = 6  # of the way up the parse from an amount to the verb that governs it
_VOTE = re.compile(r"\bvot(?:e|es|ed|ing)\b|\bpass(?:ed|es)\b", re.IGNORECASE)
_AGE = re.compile(r"[- ]years?[- ]olds?\b")
_MAGNITUDE = re.compile(r"magnitude[- ](?:of )?\Z|magnitude\Z", re.IGNORECASE)
_OF_MAGNITUDE = re.compile(r"[- ]magnitude\b", re.IGNORECASE)
_RATE = re.compile(r"\s*(?:(?:an?|per|each|every) (\w+)|(daily|weekly|monthly|annually|yearly))\b")
_NAMED = re.compile(r"\w,? \Z")  # what stands before the age in "Maria Lopes, 44, a cleaner"
_SAYING = {"be", "have", "do", "say", "tell", "add", "report", "announce", "write", "publish"}
_PLURALS = {"foot": "feet", "inch": "inches"}
_UNSURE = {"could", "would", "may", "might", "should", "can"}
_ANOTHER = {"that", "those", "another", "previous", "earlier", "other"}
_SUBJECTS, _OBJECTS = {"nsubj", "nsubjpass", "csubj"}, {"dobj", "attr", "oprd"}


class Figure(NamedTuple):
    """One amount and what it counts."""

    amount: Amount  # its offsets are those of the sentence
    counts: tuple[str, ...]  # figures are lined up only where this is the same on both sides
    label: str  # what is counted, in words
    fate: bool  # it counts people by what befell them, which needs no further likeness
    within: frozenset[str]  # stems of what narrows the thing counted: "night bus" of "night bus routes"
    said: str  # stem of the verb that governs the amount; "" where there is none
    about: frozenset[str]  # stems of the verb's subject and object, and of what belongs to them
    places: frozenset[str]  # stems of the proper names beside the amount or its verb
    rate: str  # the "hour" of "eleven passengers an hour"; "" without
    years: frozenset[str]  # that the sentence names
    unsure: bool  # denied, or only possible


def figures_in(doc: Doc, *, dated: list[tuple[int, int]]) -> list[Figure]:
    """List the figures of one parsed sentence.

    Args:
        dated: places of dates and times in the sentence, whose numbers count nothing.
    """
    found = []
    moments = moments_in(doc.text)
    taken = [*dated, *((moment.start, moment.end) for moment in moments)]
    amounts = [
        one for one in amounts_in(doc.text) if not any(s < one.end and one.start < e for s, e in taken)
    ]
    for amount in moments + amounts:
        span = doc.char_span(amount.start, amount.end, alignment_mode="expand")
        figure = _figure(span, amount) if span else None
        if figure:
            found.append(figure)
    return found


class Counted(NamedTuple):
    """What an amount counts, as in Figure."""

    counts: tuple[str, ...]
    label: str
    fate: bool = False
    within: frozenset[str] = frozenset()


def _figure(span: Span, amount: Amount) -> Figure | None:
    text, thing = span.doc.text, _thing(span)
    verb = _verb(thing or span.root)
    counted = _what(span, amount, thing, verb)
    if counted is None:
        return None
    around = _around(thing or span.root, verb)
    ends = (thing.idx + len(thing) if thing is not None else amount.end, amount.end)
    rate = next(filter(None, (_RATE.match(text, end) for end in ends)), None)
    return Figure(
        amount,
        *counted,
        said=_stem(verb) if verb is not None and verb.lemma_ not in _SAYING else "",
        about=frozenset(map(_stem, around)),
        places=frozenset(_stem(token) for token in around if token.pos_ == "PROPN" and token.dep_ == "pobj"),
        rate=(rate[1] or rate[2]) if rate else "",
        years=frozenset(YEAR.findall(text)),
        unsure=verb is not None and any(_is_unsure(child) for child in verb.children),
    )


def _what(span: Span, amount: Amount, thing: Token | None, verb: Token | None) -> Counted | None:
    """What an amount counts; None where the sentence does not make it plain."""
    text, kind = span.doc.text, amount.kind
    before, after = text[: amount.start], text[amount.end :]
    if kind == "years":
        return Counted(("years",), "years")
    if kind in ("clock", "day"):
        if verb is None or verb.lemma_ in _SAYING:
            return None
        return Counted((kind, _stem(verb)), f"{'time' if kind == 'clock' else 'day'} ({verb.text})")
    if kind == "vote":
        return Counted(("vote",), "votes") if _VOTE.search(text) else None
    if kind in ("money", "share"):
        return Counted((kind, amount.unit), _measured(span, thing, verb))
    if _OF_MAGNITUDE.match(after) or _MAGNITUDE.search(before):
        return Counted(("measure", "magnitude"), "magnitude")
    if age := _AGE.match(after):
        return _age(_noun_after(span, amount.end + age.end()))
    if _NAMED.search(before) and after[:1] in (",", ".") and _is_aged(span):
        return _age(span.doc[span.start - 2])
    if after.startswith("-"):
        return _length(span, after)
    if re.match(r"\s+of\b", after) or _is_a_part(span, thing):
        return None
    if befell := _fate(span, thing):
        whoever = counted_words()["whoever"].get(befell, ())
        if thing is None or _is_people(thing) or thing.lemma_.lower() in whoever:
            return Counted(("fate", befell, ""), befell, fate=True)
        return Counted(("fate", befell, _stem(thing)), f"{thing.text} {befell}", fate=True)
    return _things(thing) if thing is not None and thing.i >= span.end else None  # not "Flight 116"


def _age(whose: Token | None) -> Counted | None:
    return Counted(("age", _stem(whose)), f"age ({whose.text})") if whose is not None else None


def _thing(span: Span) -> Token | None:
    """The noun that the amount counts: "routes" for the 6 of "six night bus routes"."""
    root = span.root
    if root.pos_ in _NOUNS and root.i < span.end - 1:
        return None
    while (
        root.i < span.end
        and root.head.i >= span.end
        and root.dep_ in ("nummod", "quantmod", "compound", "amod")
    ):
        root = root.head
    if root.i < span.end:
        return None
    while root.dep_ in ("compound", "nmod") and root.head.i > root.i and root.head.pos_ in _NOUNS:
        root = root.head
    return root if root.pos_ in _NOUNS or _is_people(root) or root.lemma_.lower() in _every("noun") else None


def _things(thing: Token) -> Counted | None:
    """What a plain number of things counts."""
    words, lemma = counted_words(), thing.lemma_.lower()
    if lemma in words["hardly_says_what"] or thing.pos_ == "PROPN":
        return None
    kind = "measure" if lemma in words["units"] else "number"
    return Counted((kind, _stem(thing)), thing.text, within=_modifiers(thing))


def _measured(span: Span, thing: Token | None, verb: Token | None) -> str:
    """What an amount of money or a share is of, in a word or two."""
    if thing is not None:
        return thing.text
    for token in span.root.subtree:
        if token.dep_ == "pobj" and token.head.text == "of" and token.i >= span.end:
            return token.text
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS] if verb is not None else []
    return subjects[0].text if subjects and subjects[0].pos_ == "NOUN" else (verb.text if verb else "")


def _length(span: Span, after: str) -> Counted | None:
    """The hours and the flight of "a 16-hour flight", the words and the oath of "a 35-word oath"."""
    match = re.match(r"-([a-z]{2,})\s", after)
    noun = _noun_after(span, span[0].idx + len(span.text) + match.end()) if match else None
    if match is None or noun is None:
        return None
    unit = match[1]
    label = f"{noun.text} ({_PLURALS.get(unit, unit + 's')})"
    return Counted(("length of", unit, _stem(noun)), label)


def _noun_after(span: Span, place: int) -> Token | None:
    """The noun that closes the run of adjectives and nouns from a place on."""
    found = None
    for token in span.doc[span.end :]:
        if token.idx < place:
            continue
        if token.pos_ not in _NOUNS | {"ADJ", "NUM"}:
            break
        found = token if token.pos_ in _NOUNS else found
    return found


def _is_aged(span: Span) -> bool:
    """Whether a number after a name and a comma may be somebody's age."""
    if span.start < 2 or not span.text.isdigit() or not 0 < int(span.text) < 120:
        return False
    comma, name = span.doc[span.start - 1], span.doc[span.start - 2]
    return comma.text == "," and name.pos_ == "PROPN" and span.doc[max(0, span.start - 3)].pos_ == "PROPN"


def _is_a_part(span: Span, thing: Token | None) -> bool:
    """Whether the amount is one of a larger number that it does not name ("20 others", "including two")."""
    part = set(counted_words()["a_part"])
    near = [*span.root.children, *(thing.children if thing is not None else ())]
    if (thing is not None and thing.lemma_.lower() in part) or any(
        child.lower_ in part
        and child.i >= span.start - 1
        and child.head.lower_ != "than"
        and not _than(child)
        for child in near
    ):
        return True
    start = span.start
    before = span.doc[max(0, start - 4) : start]
    return any(
        token.lower_ in ("including", "among", "of") and token.i >= start - 3 for token in before
    ) and not (any(token.lower_ in ("toll", "total") for token in span.doc[max(0, start - 6) : start]))


def _than(token: Token) -> bool:
    """Whether "more" belongs to "more than"."""
    return token.i + 1 < len(token.doc) and token.nbor().lower_ == "than"


def _is_people(token: Token) -> bool:
    return token.lemma_.lower() in counted_words()["people"] or token.lower_ in counted_words()["people"]


def _fate(span: Span, thing: Token | None) -> str:
    """What befell the people whom the amount counts; "" where nothing is said."""
    words, counted = counted_words(), thing if thing is not None else span.root
    if thing is not None and thing.lemma_.lower() == "life":
        return "dead" if thing.head.lemma_ in words["takes_lives"] else ""
    if counted.dep_ == "nsubj" and counted.head.lemma_ == "lose":
        return "dead" if any(child.lemma_ == "life" for child in counted.head.children) else ""
    fates = [name for name, said in words["fates"].items() if _befell(counted, said, bare=thing is None)]
    if len(fates) != 1:
        return ""
    verb = _verb(counted)
    near = [*counted.children, *(verb.children if verb is not None else ()), *counted.head.children]
    worse = any(token.lower_ in words["worse"] for token in near)
    return f"{'badly ' if worse else ''}{fates[0]}"


def _befell(counted: Token, said: dict[str, list[str]], *, bare: bool) -> bool:
    """Whether the parse says of the counted that they died, or whichever fate is asked about."""
    if counted.lemma_.lower() in said.get("noun", ()) or counted.lower_ in said.get("noun", ()):
        return True
    states, objects, subjects = said.get("state", ()), said.get("object", ()), said.get("subject", ())
    for child in counted.children:
        of_it = child.dep_ in ("acl", "amod", "relcl", "oprd", "acomp", "advcl", "appos")
        if of_it and (child.lower_ in states or (child.tag_ == "VBN" and child.lemma_ in objects)):
            return True
        if child.dep_ == "relcl" and (child.lemma_ in subjects):
            return True
    head, dep = counted.head, counted.dep_
    own_object = any(child.dep_ == "dobj" for child in head.children)
    if dep == "dobj":
        states_it = any(child.lower_ in states for child in head.children if child.i > counted.i)
        return head.lemma_ in objects or (
            head.lemma_ in ("leave", "find", "declare", "confirm") and states_it
        )
    if dep == "nsubjpass":
        return head.lemma_ in objects or head.lower_ in states or _closes_in(head, states)
    if dep == "nsubj":
        passive = head.tag_ == "VBN" and head.lemma_ in objects and not own_object
        return head.lemma_ in subjects or passive or head.lower_ in states or _closes_in(head, states)
    if dep in ("pobj", "attr") and bare:
        return _is_the_toll(counted, said.get("count", ()))
    return False


def _closes_in(verb: Token, states: list[str] | tuple[()]) -> bool:
    """Whether "were found dead", "are still missing"."""
    return any(child.dep_ in ("acomp", "oprd", "xcomp") and child.lower_ in states for child in verb.children)


def _is_the_toll(counted: Token, tolls: list[str] | tuple[()]) -> bool:
    """Whether a bare number is a toll: "a death toll of 20", "the toll rose to 20", "the toll is 20"."""
    head = counted.head
    if counted.dep_ == "pobj":
        if head.lower_ == "of":
            return head.head.lemma_ in tolls and _of_death(head.head)
        head = head.head if head.lower_ in ("to", "at") else counted
    return any(
        child.dep_ in _SUBJECTS and child.lemma_ in tolls and _of_death(child) for child in head.children
    )


def _of_death(toll: Token) -> bool:
    """Whether a toll is of the dead: not a road's, not of the injured."""
    told = [child.lower_ for child in toll.children if child.dep_ in ("compound", "amod")]
    return toll.lemma_ == "toll" and (not told or "death" in told)


def _verb(token: Token) -> Token | None:
    """The verb that governs a token; a linking "was" leads to what it links."""
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head is token:
            return None
        token = token.head
    return None


def _around(thing: Token, verb: Token | None) -> set[Token]:
    """The words that say what an amount is about: its own, and its verb's subject, object and places."""
    found = {token for token in thing.subtree if token.pos_ in _CONTENT} - {thing}
    for child in verb.children if verb is not None else ():
        if child.dep_ in _SUBJECTS | _OBJECTS | {"prep", "npadvmod"}:
            found |= {token for token in _near(child) if token.pos_ in _CONTENT}
    return found


def _near(token: Token) -> Iterator[Token]:
    """A token and what belongs to it, without its clauses."""
    yield token
    for child in token.children:
        if child.dep_ not in ("relcl", "acl", "advcl", "ccomp", "appos", "conj"):
            yield from _near(child)


def _modifiers(thing: Token) -> frozenset[str]:
    kept = {token for token in _near(thing) if token.pos_ in _CONTENT and token.i < thing.i}
    return frozenset(map(_stem, kept))


def _is_unsure(child: Token) -> bool:
    """Whether a verb's child denies it, makes it a possibility, or names another happening ("that quake")."""
    another = child.dep_ in _SUBJECTS and any(det.lower_ in _ANOTHER for det in child.children)
    return child.dep_ == "neg" or child.lower_ in _UNSURE or another


@lru_cache(maxsize=8)
def _every(kind: str) -> frozenset[str]:
    """The words of one kind, whatever the fate."""
    return frozenset(word for said in counted_words()["fates"].values() for word in said.get(kind, ()))


def _stem(token: Token) -> str:
    stems = stems_of(token.lemma_ if token.pos_ != "PROPN" else token.text)
    return stems[0] if stems else token.lower_
