"""Agency: who does what to whom, and where the doer goes unnamed, outlet by outlet.

A passive without its agent ("the house was searched"), a noun for the deed ("the attack on Kyiv") and
"came under attack" tell of a deed without its doer: Fowler (1991), Language in the News; Trew (1979).
"""

from functools import lru_cache
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory.language.places import with_outlet, with_sentence
from samestory.language.tokens import Tokens
from samestory.packaged import packaged_yaml
from samestory.quotes.inside import NARRATOR, QUOTED, with_voice
from samestory.story import Story, once
from samestory.tables import require_one_of

_RELATIVE = frozenset(("who", "which", "that", "whom"))
_SUBJECT, _PASSIVE, _OBJECTS = "nsubj", "nsubjpass", ("dobj", "dative")
_VERBS = frozenset(("VERB", "AUX"))
_SHARES_SUBJECT = frozenset(("conj", "xcomp"))
_PATIENT_OF_NOUN = frozenset(("on", "against", "of"))
_PLACES = frozenset(("NORP", "GPE", "ORG", "PERSON"))
FORMS = ("active", "passive", "agentless", "noun")
AGENCY = {
    "outlet": "str",
    "form": "str",  # active, passive (names the actor), agentless, noun ("the attack on Kyiv")
    "actor": "str",  # the actor's name where one is known, else the words of the text; missing: unnamed
    "verb": "str",
    "patient": "str",  # likewise, of the one acted upon
    "voice": "str",  # quoted: a speaker tells of the deed; narrator: the outlet does
    "article_id": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",  # the verb, or the noun for the deed
    "passage": "str",  # its sentence
}
ROLES = {
    "entity": "str",
    "outlet": "str",
    "acts": "int64",  # deeds of which it is the actor
    "acted_upon": "int64",
    "by_nobody": "int64",  # of acted_upon, those whose actor the text does not name
    "acts_share": "float64",  # acts / (acts + acted_upon)
}


class Action(NamedTuple):
    """One deed; start:end are the characters of its verb or noun."""

    start: int
    end: int
    verb: str  # lemma
    form: str  # active, passive (the actor is named), agentless, noun (a noun for the deed)
    actor_start: int | None
    actor_end: int | None
    patient_start: int | None  # the one acted upon
    patient_end: int | None


def find_actions(doc: Doc) -> list[Action]:
    """Find the deeds that verbs, and nouns for deeds, tell of; sorted by start.

    An action has an actor, or one acted upon, or both. Verbs of being ("is the president") are none.
    """
    clauses = _Clauses(doc)
    rows = [row for verb in clauses.verbs() if (row := clauses.of_verb(verb)) is not None]
    rows += [row for noun in clauses.deeds() if (row := clauses.of_noun(noun)) is not None]
    return sorted(rows)


class _Clauses:
    """The arguments of every verb of one Doc, gathered in one pass."""

    def __init__(self, doc: Doc):
        self.doc = doc
        self.tokens = Tokens.of(doc)
        self.children: dict[int, list[int]] = {}
        wanted = {
            *_OBJECTS,
            _SUBJECT,
            _PASSIVE,
            "agent",
            "pobj",
            "prep",
            "poss",
            "amod",
            "compound",
            "auxpass",
        }
        for i, (dep, head) in enumerate(zip(self.tokens.dep, self.tokens.head, strict=True)):
            if dep in wanted and head != i:
                self.children.setdefault(head, []).append(i)

    def child(self, head: int, *deps: str) -> int | None:
        dep = self.tokens.dep
        return next((i for i in self.children.get(head, ()) if dep[i] in deps), None)

    def verbs(self) -> list[int]:
        tokens = self.tokens
        return [
            i
            for i, pos in enumerate(tokens.pos)
            if pos in _VERBS and tokens.dep[i] not in ("aux", "auxpass") and tokens.lemma[i] != "be"
        ]

    def deeds(self) -> list[int]:
        acts = _words()["acts"]
        pos = self.tokens.pos
        return [i for i, lemma in enumerate(self.tokens.lemma) if lemma in acts and pos[i] == "NOUN"]

    def of_verb(self, verb: int) -> Action | None:
        if _words()["undergo"].intersection([self.tokens.lemma[verb]]) and self.deed_under(verb) is not None:
            return None  # told of by its noun: "came under attack"
        passive = self.child(verb, _PASSIVE)
        if passive is None and self.is_reduced_passive(verb):
            passive = self.tokens.head[verb]
        if passive is not None:
            agent = self.agent(verb)
            form = "agentless" if agent is None else "passive"
            return self.row(verb, form, agent, self.antecedent(passive))
        subject = self.subject(verb)
        patient = self.child(verb, *_OBJECTS)
        if subject is None or self.is_empty(subject, verb):
            return None
        return self.row(verb, "active", subject, patient)

    def is_empty(self, subject: int, verb: int) -> bool:
        """ "It seems", "there remain": a subject that stands for nobody."""
        word = self.tokens.lower[subject]
        return word == "there" or (word == "it" and self.tokens.lemma[verb] in _words()["empty_it"])

    def of_noun(self, noun: int) -> Action | None:
        """ "Russian strikes on Kyiv", "Kyiv came under attack": whose deed, and upon whom."""
        actor = self.child(noun, "poss")
        if actor is None:
            actor = self.side(noun)
        patient = None
        for preposition in self.children.get(noun, ()):
            word = self.tokens.lower[preposition]
            if self.tokens.dep[preposition] == "prep" and word in _PATIENT_OF_NOUN:
                patient = self.child(preposition, "pobj")
            elif word == "by" and actor is None:
                actor = self.child(preposition, "pobj")
        form = "noun"
        undergoer = self.undergoer(noun)
        if undergoer is not None:
            patient, form = undergoer, "agentless" if actor is None else "passive"
        if actor is None and patient is None:
            return None
        return self.row(noun, form, actor, patient)

    def undergoer(self, noun: int) -> int | None:
        """Kyiv in "Kyiv came under another attack" and in "Kyiv suffered an attack"."""
        tokens = self.tokens
        head = tokens.head[noun]
        if tokens.dep[noun] == "pobj" and tokens.lower[head] == "under":
            head = tokens.head[head]
        elif tokens.dep[noun] != "dobj":
            return None
        if tokens.lemma[head] not in _words()["undergo"]:
            return None
        return self.subject(head)

    def deed_under(self, verb: int) -> int | None:
        acts, tokens = _words()["acts"], self.tokens
        for child in self.children.get(verb, ()):
            noun = self.child(child, "pobj") if tokens.lower[child] == "under" else child
            if noun is not None and tokens.lemma[noun] in acts and self.undergoer(noun) is not None:
                return noun
        return None

    def side(self, noun: int) -> int | None:
        """ "Russian" in "Russian night strikes"; not "drone" in "drone strikes"."""
        for i in range(self.doc[noun].left_edge.i, noun):
            if self.tokens.dep[i] in ("amod", "compound", "nmod") and self.doc[i].ent_type_ in _PLACES:
                return i
        return None

    def is_reduced_passive(self, verb: int) -> bool:
        """ "drones launched by Russia"; without its agent it may be a mere adjective."""
        tokens = self.tokens
        return tokens.dep[verb] == "acl" and tokens.tag[verb] == "VBN" and self.agent(verb) is not None

    def agent(self, verb: int) -> int | None:
        by = self.child(verb, "agent")
        return None if by is None else self.child(by, "pobj")

    def subject(self, verb: int) -> int | None:
        """The verb's own subject, or that of the verb it is joined to ("met him and left")."""
        for _ in range(4):  # a longer chain is more likely a parsing error
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
        if self.tokens.lower[i] in _RELATIVE and self.tokens.dep[verb] == "relcl":
            return self.tokens.head[verb]
        return i

    def row(self, deed: int, form: str, actor: int | None, patient: int | None) -> Action:
        tokens = self.tokens
        place = (tokens.start[deed], tokens.end[deed])
        return Action(*place, tokens.lemma[deed], form, *self.phrase(actor), *self.phrase(patient))

    def phrase(self, head: int | None) -> tuple[int | None, int | None]:
        """The noun with what stands before it."""
        if head is None:
            return None, None
        left = self.doc[head].left_edge.i
        return self.tokens.start[min(left, head)], self.tokens.end[head]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    book = packaged_yaml("codebooks/action_nouns.yaml")
    return {name: frozenset(words) for name, words in book.items()}


@once
def agency(story: Story) -> pd.DataFrame:
    """Every deed with its actor, the one acted upon, and its sentence.

    Returns:
        AGENCY table in text order.
    References:
        Fowler (1991), Language in the News; the parse is spaCy's.
    """
    rows = with_outlet(with_sentence(story.actions, story.sentences), story.articles)
    names = _mentions_by_end(story.mentions)
    texts = story.articles.set_index("article_id")["text"]
    for role in ("actor", "patient"):
        spans = zip(rows["article_id"], rows[f"{role}_start"], rows[f"{role}_end"], strict=True)
        rows[role] = pd.Series([_name(*span, names, texts) for span in spans], dtype="str")
    rows = with_voice(rows, story.quotes)
    return rows[list(AGENCY)].astype(AGENCY).reset_index(drop=True)


def agency_roles(story: Story, *, voice: str | None = None) -> pd.DataFrame:
    """How often each actor acts, is acted upon, and by nobody named, per outlet.

    Args:
        story: the annotated articles.
        voice: "narrator" or "quoted" for the deeds told in that voice alone.
    Returns:
        ROLES table, the most often told of first. Only persons, organisations and places that
        `mentions` knows by name.
    """
    require_one_of("voice", voice, (NARRATOR, QUOTED), or_none=True)
    deeds = agency(story)
    deeds = deeds if voice is None else deeds[deeds["voice"] == voice]
    known = set(story.mentions["entity"].dropna())
    keys = ["entity", "outlet"]
    acts = deeds[deeds["actor"].isin(known)].groupby(["actor", "outlet"]).size().rename_axis(keys)
    upon = deeds[deeds["patient"].isin(known)]
    nobody = upon[upon["actor"].isna()].groupby(["patient", "outlet"]).size().rename_axis(keys)
    upon = upon.groupby(["patient", "outlet"]).size().rename_axis(keys)
    table = pd.DataFrame({"acts": acts, "acted_upon": upon, "by_nobody": nobody}).fillna(0).reset_index()
    total = table["acts"] + table["acted_upon"]
    table["acts_share"] = table["acts"] / total
    table = table.assign(_total=-total.groupby(table["entity"]).transform("sum"))
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
    counts["unnamed"] = (
        upon[upon["actor"].isna()].groupby("outlet").size().reindex(counts.index, fill_value=0)
    )
    counts["unnamed_share"] = counts["unnamed"] / counts["n_deeds"]
    return counts.rename_axis(columns=None).reset_index()


def _mentions_by_end(mentions: pd.DataFrame) -> dict[tuple[str, int], str]:
    """(article, last character) -> entity: a phrase is named after the mention it ends with."""
    rows = mentions.dropna(subset="entity").sort_values(["article_id", "start"], ascending=[True, False])
    ends = zip(rows["article_id"], rows["end"], rows["entity"], strict=True)
    return {(article, int(end)): entity for article, end, entity in ends}


def _name(article: str, start, end, names: dict, texts: pd.Series) -> str | None:
    if pd.isna(start):
        return None
    return names.get((article, int(end))) or texts[article][int(start) : int(end)]
