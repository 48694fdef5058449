"""What a name names, a person, a body, a place or something else, judged by its context.

spaCy's small model takes many a person for a company or a town ("Carroll said"). Here a linear head reads the
encoder's state of the name, which knows its sentence and the paragraphs around it, beside plain evidence: the
model's own label, titles and ages beside the name, its grammar, known given names and places. A name has one
sense per discourse (Gale, Church and Yarowsky 1992), so the mentions of one form are judged together. Which
corpora the head is learned from, and how well it does: models/names.md.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from samestory.language.encoder import encoded
from samestory.language.scores import settled
from samestory.language.tokens import Tokens
from samestory.names.gazetteers import LEGAL_FORMS, countries, fold, given_names, titles, words
from samestory.packaged import read_arrays

CLASSES = ("org", "other", "person", "place")
RUN = "RUN"  # the label of capitalised words that the model passed over
LABELS = ("EVENT", "FAC", "GPE", "LAW", "LOC", "NORP", "ORG", "PERSON", "PRODUCT", RUN, "WORK_OF_ART")
# Words that close the name of an organisation, so that "Clinton Foundation" is no person.
_OF_BODIES = LEGAL_FORMS | words(
    "administration agency airlines alliance assembly association authority bank board bureau campaign "
    "capital caucus center centre chamber church club coalition college commission committee "
    "conference congress council county court department fund foundation group hall "
    "herald hospital house institute international journal league media ministry museum network "
    "news office organization parliament party police post press school senate service society street "
    "team times tower towers tribune union university white act monitor republicans democrats magazine today "
    "initiative project watch report hotel airport bridge stadium memorial"
)
# What persons do and places do not: "Zelenskyy told", whatever the model calls him.
_HUMAN = words("say tell thank ask urge write tweet reply joke laugh smile insist argue recall add")
_IN = words("in at near from to across outside into")
_REACH = 12  # tokens after a name within which its apposition begins
_LABEL = {"org": "ORG", "place": "GPE", "other": "WORK_OF_ART"}  # OntoNotes
_TINY = 1e-9

Span = tuple[int, int, str]  # first and last token (half-open), the model's label


class Odds(NamedTuple):
    """What a form is likely to name."""

    person: float  # log odds of a person against all else
    otherwise: str  # the likeliest label if it is none: ORG, GPE, WORK_OF_ART


def kind_odds(doc: Doc, names: Sequence[Span]) -> dict[tuple[str, ...], Odds]:
    """For each form of a name, what its mentions together say that it names.

    Args:
        names: named spans, or runs of proper nouns with the label RUN.
    """
    if not names:
        return {}
    head, tokens = read_arrays("names"), Tokens.of(doc)
    logits = evidence(doc, names) @ head["evidence"] + states(doc, names) @ head["state"] + head["bias"]
    top = logits.max(axis=1, keepdims=True)
    chances = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    mentions = defaultdict(list)
    for (first, last, _), row in zip(names, chances, strict=True):
        mentions[tuple(tokens.text[first:last])].append(row)
    return {form: _odds(np.mean(rows, axis=0)) for form, rows in mentions.items()}


def _odds(log_chances: np.ndarray) -> Odds:
    chance = dict(zip(CLASSES, log_chances.tolist(), strict=True))
    person = chance.pop("person")
    rest = math.log(max(1 - math.exp(person), _TINY))
    return Odds(settled(person - rest), _LABEL[max(chance, key=lambda name: settled(chance[name]))])


def is_of_body(lower: list[str]) -> bool:
    """Whether one of the words says that they name a body, but not in "Ann White" and "Ann von Post"."""
    surname = lower[-2:-1] in (["von"], ["van"]) or lower[-1] in ("hall", "white")
    own = lower[:-1] if surname and lower[0] in given_names() else lower
    return any(word.rstrip(".") in _OF_BODIES for word in own)


def states(doc: Doc, names: Sequence[Span]) -> np.ndarray:
    """The mean state of the pieces of each name: names × 384."""
    tokens, reading = Tokens.of(doc), encoded(doc)
    rows = np.zeros((len(names), reading.own_states.shape[1]), np.float32)
    for row, (first, last, _) in zip(rows, names, strict=True):
        found = reading.own_states[reading.within(tokens.start[first], tokens.end[last - 1])]
        row[:] = found.mean(axis=0) if len(found) else 0
    return rows


def evidence(doc: Doc, names: Sequence[Span]) -> np.ndarray:
    """The plain evidence on each name, in the order in which the head was learned: names × 49."""
    return np.array([_evidence(Tokens.of(doc), *name) for name in names], np.float32)


def _evidence(tokens: Tokens, first: int, last: int, label: str) -> list[bool]:
    text, lower, head, size = tokens.text, tokens.lower, last - 1, last - first
    before, after = (lower[first - 1] if first else ""), (text[last] if last < len(text) else "")
    second = text[last + 1] if last + 1 < len(text) else ""
    dep, above = tokens.dep[head], tokens.lemma[tokens.head[head]]
    full, known = fold(" ".join(text[first:last])), countries()
    given = lower[first] in given_names()
    appositions = (
        i
        for i in range(last, min(last + _REACH, len(text)))
        if tokens.dep[i] == "appos" and tokens.head[i] == head
    )
    apposition = next(appositions, None)
    return [
        *(label == one for one in LABELS),
        size == 1,
        size == 2,
        size > 2,
        given,
        given and size == 2,
        len(text[first]) > 1 and all(text[i].isupper() for i in range(first, last)),
        any(len(text[i].rstrip(".")) == 1 for i in range(first, last)),
        before.rstrip(".") in titles().before_names,
        before.rstrip(".") in titles().honorifics,
        *(before == one for one in ("by", "of", "with", "and", "(")),
        before in _IN,
        before in ("the", "a", "an"),
        not before.strip() or before in '.!?“”"',
        *(after == one for one in ("'s", "’s", ",", "(", ".")),
        after[:1].islower(),
        last < len(text) and tokens.pos[last] == "NOUN",
        last < len(text) and tokens.pos[last] in ("VERB", "AUX"),
        *(dep == one for one in ("nsubj", "dobj", "pobj", "compound")),
        dep == "nsubj" and above in _HUMAN,
        dep == "appos" and above in titles().nouns,
        apposition is not None and tokens.lemma[apposition] in titles().nouns,
        is_of_body(lower[first:last]),
        full in known.country,
        full in known.capitals,
        full in known.states,
        after == "," and second.lower() in ("who", "whose"),
        after == "," and len(second) == 2 and second.isdigit(),
    ]
