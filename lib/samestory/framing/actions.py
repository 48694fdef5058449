"""Agency: who does what to whom, and where the doer goes unnamed, outlet by outlet.

A passive without its agent ("the house was searched"), a noun for the deed ("the attack on Kyiv") and
"came under attack" tell of a deed without its doer: Fowler (1991), Language in the News; Trew (1979).
"""

from functools import lru_cache
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory.language.sentences import with_outlet, with_sentence
from samestory.language.tokens import Tokens
from samestory.packaged import packaged_yaml
from samestory.quotes.inside import NARRATOR, QUOTED, with_voice
from samestory.story import Story, once
from samestory.tables import require_one_of

FORMS = ("active", "passive", "agentless", "noun")
AGENCY = {
    "outlet": "str",
    "form": "str",  # active, passive (names the actor), agentless, noun ("the attack on Kyiv")
    "actor": "str",  # the actor's name where one is known, else the words of the text; missing: unnamed
    "verb": "str",
    "patient": "str",  # likewise, of the one acted upon
    "voice": "str",  # quoted: a speaker tells of the deed; narrator: the outlet does
    "article_id": "str", "start": "int64", "end": "int64", "text": "str",  # the verb, or noun, of the deed
    "passage": "str",  # its sentence
}  # fmt: skip
ROLES = {
    "entity": "str", "outlet": "str",
    "acts": "int64",  # deeds of which it is the actor
    "acted_upon": "int64",
    "by_nobody": "int64",  # of acted_upon, those whose actor the text does not name
    "acts_share": "float64",  # acts / (acts + acted_upon)
}  # fmt: skip
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_SUBJECT, _PASSIVE, _OBJECTS = "nsubj", "nsubjpass", ("dobj", "dative")
_SHARES_SUBJECT = frozenset(("conj", "xcomp"))
_UPON = frozenset(("on", "against"))
_DOERS = frozenset(("NORP", "GPE", "ORG", "PERSON"))  # kinds of names whose deed a noun may tell of
_NOBODY = frozenset(("no", "nobody", "none", "nothing", "neither"))
_PRESENT = frozenset(("VBP", "VBZ"))
_LONGEST_CHAIN = 4  # verbs that share a subject; a longer chain is more likely a parsing error


class Action(NamedTuple):
    """One deed; start:end are the characters of its verb or noun."""

    start: int
    end: int
    verb: str  # lemma
    form: str  # one of FORMS
    actor_start: int | None
    actor_end: int | None
    patient_start: int | None  # the one acted upon
    patient_end: int | None


def find_actions(doc: Doc) -> list[Action]:
    """Find the deeds that verbs, and nouns for deeds, tell of; sorted by start.

    An action has an actor, or one acted upon, or both. A deed was done: what is a state ("is known",
    "contains"), did not happen ("was not armed") or only may ("could be arrested", "if they come") is none.
    """
    clauses, tokens, acts = _Clauses(doc), Tokens.of(doc), _words()["acts"]
    found = []
    for i, (pos, lemma) in enumerate(zip(tokens.pos, tokens.lemma, strict=True)):
        if pos == "NOUN" and lemma in acts:
            found.append(clauses.of_noun(i))
        elif pos in ("VERB", "AUX") and tokens.dep[i] not in ("aux", "auxpass") and lemma != "be":
            found.append(clauses.of_verb(i))
    return sorted(action for action in found if action is not None)


@once
def agency(story: Story) -> pd.DataFrame:
    """Every deed with its actor, the one acted upon, and its sentence.

    Returns:
        AGENCY table in text order.
    References:
        Fowler (1991), Language in the News; the parse is spaCy's.
    """
    rows = with_outlet(with_sentence(story.actions, story.sentences), story.articles)
    named = story.mentions.dropna(subset="entity").sort_values(
        ["article_id", "start"], ascending=[True, False]
    )
    # A phrase is named after the mention that it ends with, the longest of several.
    names = dict(zip(zip(named["article_id"], named["end"], strict=True), named["entity"], strict=True))
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    for role in ("actor", "patient"):
        spans = zip(rows["article_id"], rows[f"{role}_start"], rows[f"{role}_end"], strict=True)
        words = [
            None if pd.isna(start) else names.get((article, end)) or texts[article][start:end]
            for article, start, end in spans
        ]
        rows[role] = pd.Series(words, dtype="str")
    rows = with_voice(rows, story.quotes)
    return rows[list(AGENCY)].astype(AGENCY).reset_index(drop=True)


def agency_roles(story: Story, *, voice: str | None = None) -> pd.DataFrame:
    """How often each actor acts, is acted upon, and by nobody named, per outlet.

    Args:
        voice: "narrator" or "quoted" for the deeds told in that voice alone.
    Returns:
        ROLES table, the most often told of first. Only persons, organisations and places that
        `mentions` knows by name.
    """
    require_one_of("voice", voice, (NARRATOR, QUOTED), or_none=True)
    deeds = agency(story)
    deeds = deeds if voice is None else deeds[deeds["voice"] == voice]
    known, keys = set(story.mentions["entity"].dropna()), ["entity", "outlet"]

    def count(rows: pd.DataFrame, role: str) -> pd.Series:
        return rows[rows[role].isin(known)].groupby([role, "outlet"]).size().rename_axis(keys)

    unnamed = deeds[deeds["actor"].isna()]
    table = pd.DataFrame({
        "acts": count(deeds, "actor"),
        "acted_upon": count(deeds, "patient"),
        "by_nobody": count(unnamed, "patient"),
    }).fillna(0).reset_index()  # fmt: skip
    total = table["acts"] + table["acted_upon"]
    table["acts_share"] = table["acts"] / total
    table["_total"] = -total.groupby(table["entity"]).transform("sum")
    return table.sort_values(["_total", *keys])[list(ROLES)].astype(ROLES).reset_index(drop=True)


def agency_forms(deeds: pd.DataFrame) -> pd.DataFrame:
    """How many deeds of `agency` each outlet tells of in each form, and the share whose doer is unnamed.

    Returns:
        One row per outlet: a column per form, n_deeds, unnamed (deeds without an actor), unnamed_share
        (0 to 1, of the deeds that have one acted upon).
    """
    upon = deeds[deeds["patient"].notna()]
    counts = pd.crosstab(upon["outlet"], upon["form"]).reindex(columns=FORMS, fill_value=0)
    counts["n_deeds"] = counts.sum(axis=1)
    unnamed = upon[upon["actor"].isna()].groupby("outlet").size()
    counts["unnamed"] = unnamed.reindex(counts.index, fill_value=0)
    counts["unnamed_share"] = counts["unnamed"] / counts["n_deeds"]
    return counts.rename_axis(columns=None).reset_index()


class _Clauses:
    """The arguments of the verbs, and of the nouns for deeds, of one Doc; tokens are numbers in it."""

    def __init__(self, doc: Doc):
        self.doc, self.tokens = doc, Tokens.of(doc)

    def of_verb(self, verb: int) -> Action | None:
        if self.is_no_deed(verb) or self.is_negated(self.child(verb, _SUBJECT, _PASSIVE)):
            return None
        if self.tokens.lemma[verb] in _words()["undergo"] and self.has_deed_under(verb):
            return None  # told of by its noun: "came under attack"
        passive = self.child(verb, _PASSIVE)
        if passive is None and self.is_reduced_passive(verb):
            passive = self.tokens.head[verb]
        if passive is not None:
            agent = self.agent(verb)
            return self.action(
                verb, "agentless" if agent is None else "passive", agent, self.antecedent(passive)
            )
        subject = self.subject(verb)
        if subject is None or self.is_empty(subject, verb):
            return None
        return self.action(verb, "active", subject, self.child(verb, *_OBJECTS))

    def of_noun(self, noun: int) -> Action | None:
        """ "Russian strikes on Kyiv", "Kyiv came under attack": whose deed, and upon whom."""
        actor = self.child(noun, "poss")
        if actor is None:
            actor = self.named_before(noun)
        patient, form = None, "noun"
        for preposition in self.tokens.children.get(noun, ()):
            word = self.tokens.lower[preposition]
            upon = word in _UPON or (word == "of" and self.tokens.lemma[noun] not in _words()["not_of"])
            if self.tokens.dep[preposition] == "prep" and upon:
                patient = self.child(preposition, "pobj")
            elif word == "by" and actor is None:
                actor = self.child(preposition, "pobj")
        undergoer = self.undergoer(noun)
        if undergoer is not None:
            patient, form = undergoer, "agentless" if actor is None else "passive"
        if actor is None and patient is None:
            return None
        return self.action(noun, form, actor, patient)

    def is_no_deed(self, verb: int) -> bool:
        """Whether a verb tells of a state, or of what did not happen, or only may."""
        tokens = self.tokens
        if tokens.lemma[verb] in _words()["states"]:
            return True
        for _ in range(_LONGEST_CHAIN):
            own = tokens.children.get(verb, ())
            auxiliaries = [i for i in own if tokens.dep[i] in ("aux", "auxpass")]
            if any(tokens.dep[i] == "neg" or tokens.tag[i] == "MD" or _supposes(tokens, i) for i in own):
                return True
            if (
                any(tokens.dep[i] == "auxpass" and tokens.tag[i] in _PRESENT for i in own)
                and len(auxiliaries) == 1
            ):
                return True  # "the shelves are labelled": how things are, not what somebody did
            if auxiliaries or tokens.dep[verb] != "conj":
                return False
            verb = tokens.head[verb]  # "could be tried and jailed"
        return False

    def is_negated(self, subject: int | None) -> bool:
        """ "No charges were filed", "nobody came"."""
        if subject is None:
            return False
        children = self.tokens.children.get(subject, ())
        return any(self.tokens.lower[i] in _NOBODY for i in (subject, *children) if i <= subject)

    def action(self, deed: int, form: str, actor: int | None, patient: int | None) -> Action:
        place = self.tokens.start[deed], self.tokens.end[deed]
        return Action(*place, self.tokens.lemma[deed], form, *self.phrase(actor), *self.phrase(patient))

    def phrase(self, head: int | None) -> tuple[int, int] | tuple[None, None]:
        """The noun with what stands before it."""
        if head is None:
            return None, None
        return self.tokens.start[min(self.doc[head].left_edge.i, head)], self.tokens.end[head]

    def child(self, head: int, *deps: str) -> int | None:
        dep = self.tokens.dep
        return next((i for i in self.tokens.children.get(head, ()) if dep[i] in deps), None)

    def subject(self, verb: int) -> int | None:
        """The verb's own subject, or that of the verb it is joined to ("met him and left")."""
        for _ in range(_LONGEST_CHAIN):
            subject = self.child(verb, _SUBJECT)
            if subject is not None:
                return self.antecedent(subject)
            if self.tokens.dep[verb] not in _SHARES_SUBJECT or self.child(verb, _PASSIVE) is not None:
                return None
            verb = self.tokens.head[verb]
        return None

    def antecedent(self, i: int) -> int:
        """ "the man who left": the man."""
        verb = self.tokens.head[i]
        relative = self.tokens.lower[i] in _RELATIVE and self.tokens.dep[verb] == "relcl"
        return self.tokens.head[verb] if relative else i

    def is_empty(self, subject: int, verb: int) -> bool:
        """ "It seems", "there remain": a subject that stands for nobody."""
        word = self.tokens.lower[subject]
        return word == "there" or (word == "it" and self.tokens.lemma[verb] in _words()["empty_it"])

    def is_reduced_passive(self, verb: int) -> bool:
        """ "drones launched by Russia"; without its agent it may be a mere adjective."""
        tokens = self.tokens
        return tokens.dep[verb] == "acl" and tokens.tag[verb] == "VBN" and self.agent(verb) is not None

    def agent(self, verb: int) -> int | None:
        by = self.child(verb, "agent")
        return None if by is None else self.child(by, "pobj")

    def named_before(self, noun: int) -> int | None:
        """ "Russian" in "Russian night strikes"; not "drone" in "drone strikes"."""
        for i in range(self.doc[noun].left_edge.i, noun):
            if self.tokens.dep[i] in ("amod", "compound", "nmod") and self.doc[i].ent_type_ in _DOERS:
                return i
        return None

    def undergoer(self, noun: int) -> int | None:
        """Kyiv in "Kyiv came under another attack" and in "Kyiv suffered an attack"."""
        tokens = self.tokens
        head = tokens.head[noun]
        if tokens.dep[noun] == "pobj" and tokens.lower[head] == "under":
            head = tokens.head[head]
        elif tokens.dep[noun] != "dobj":
            return None
        return self.subject(head) if tokens.lemma[head] in _words()["undergo"] else None

    def has_deed_under(self, verb: int) -> bool:
        tokens = self.tokens
        for child in tokens.children.get(verb, ()):
            noun = self.child(child, "pobj") if tokens.lower[child] == "under" else child
            if (
                noun is not None
                and tokens.lemma[noun] in _words()["acts"]
                and self.undergoer(noun) is not None
            ):
                return True
        return False


def _supposes(tokens: Tokens, i: int) -> bool:
    return tokens.dep[i] == "mark" and tokens.lower[i] in _words()["supposing"]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    book = packaged_yaml("codebooks/action_nouns.yaml")
    return {name: frozenset(words) for name, words in book.items()}
