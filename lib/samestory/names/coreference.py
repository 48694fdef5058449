"""Who "he", "the senator" and "the Ukrainian leader" are, within one article.

Sieves from sure to less sure, as in Lee et al. (2013), Deterministic coreference resolution based on
entity-centric, precision-ranked rules: names first (`persons`), then roles that the text ties to a person,
then pronouns by salience, after Lappin & Leass (1994), An algorithm for pronominal anaphora resolution:
a mention weighs by its grammatical role, speakers weigh more, and each sentence halves all weights.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict

from samestory.language.tokens import Tokens
from samestory.names.gazetteers import countries, titles, words
from samestory.names.mentions import FIRST_PERSON, GENERIC, Mention, head_of, modifiers_of
from samestory.names.persons import PRONOUNS as GENDER
from samestory.names.persons import Person
from samestory.quotes.find import Quote

WEIGHT = {"subject": 1.0, "object": 0.6, "possessive": 0.5, "other": 0.4}
SPEAKING = 0.8  # added when the mention is the speaker of a quote
GOING_ON = 0.5  # for the last speaker when a pronoun speaks: "…," he added
QUOTED = 0.4  # factor for what is only talked about in a direct quote
DECAY = 0.5  # a sentence
UNKNOWN_GENDER = 0.6
_FORGOTTEN = 0.02  # salience below which nobody is meant by a pronoun
_STILL_SPEAKING = 3  # sentences
_REACH = 14  # tokens after a role in which its apposition may stand
AHEAD = 0.7  # weight of a subject that is yet to come: "In his speech, Poe said"
_REFLEXIVE = frozenset(("himself", "herself"))
_COMPANY = words("company firm carmaker automaker airline retailer manufacturer publisher chipmaker startup")


class Resolver:
    """Walks through the mentions in text order; `entity` holds what was found, by mention."""

    def __init__(
        self,
        tokens: Tokens,
        mentions: list[Mention],
        *,
        persons: dict[str, Person],
        quotes: list[Quote],
        stretches: list[tuple[int, int]],
    ):
        self.tokens, self.mentions, self.persons = tokens, mentions, persons
        self.entity: list[str | None] = [mention.entity for mention in mentions]
        self.quoted = [False] * len(tokens.text)
        for first, last in stretches:
            self.quoted[first:last] = [True] * (last - first)
        self.speakers = {q.speaker_start: q for q in quotes if q.speaker_start is not None}
        self.direct = sorted((q for q in quotes if q.kind != "indirect"), key=lambda q: q.start)
        self.said_by: dict[int, list[Quote]] = defaultdict(list)
        for quote in self.direct:
            if quote.kind == "direct" and quote.speaker_start is not None:
                self.said_by[quote.speaker_start].append(quote)
        self.direct_starts = [q.start for q in self.direct]
        self.salience: dict[str, float] = defaultdict(float)
        self.last_seen: dict[str, int] = {}  # person -> sentence
        self.name_at = {i: m.entity for m in mentions if m.form == "name" for i in range(m.first, m.last)}
        self.groups: dict[str, tuple[str, int]] = {}  # organisations and places: kind, last sentence
        self.subject_of: dict[int, str] = {}  # verb -> entity
        self.spoken_at = self._speaking()
        self.last_speaker: str | None = None
        self.last_spoken, self.last_place = -_STILL_SPEAKING, -1  # sentence, character
        self.speaker_starts = sorted(self.speakers)

    def run(self) -> list[str | None]:
        """Resolve every mention but those in the first person."""
        tokens, sentence = self.tokens, -1
        for n, mention in enumerate(self.mentions):
            now = tokens.sentence_of[mention.first]
            if now != sentence:
                self._forget(now - sentence)
                sentence = now
            head = head_of(tokens, mention.first, mention.last)
            if mention.form == "nominal":
                self.entity[n] = self._nominal(mention, head)
            elif mention.form == "pronoun":
                self.entity[n] = self._pronoun(n, mention, head)
            self._note(mention, self.entity[n], head, spoken=n in self.spoken_at)
        return self.entity

    def _speaking(self) -> set[int]:
        """Mentions that lie in the speaker's words of some quote."""
        spans = sorted((q.speaker_start, q.speaker_end) for q in self.speakers.values())
        found, k = set(), 0
        for n, mention in enumerate(self.mentions):
            while k < len(spans) and spans[k][1] <= mention.start:
                k += 1
            if k < len(spans) and spans[k][0] <= mention.start and mention.end <= spans[k][1]:
                found.add(n)
        return found

    def _forget(self, sentences: int) -> None:
        factor = DECAY**sentences
        for entity in list(self.salience):
            self.salience[entity] *= factor
            if self.salience[entity] < _FORGOTTEN:
                del self.salience[entity]

    def _note(self, mention: Mention, entity: str | None, head: int, *, spoken: bool) -> None:
        if entity is None:
            return
        if spoken:  # an institution that speaks breaks the chain of "he added"
            self.last_speaker = entity if entity in self.persons else None
            self.last_spoken, self.last_place = self.tokens.sentence_of[head], mention.start
        if entity not in self.persons:
            self.groups[entity] = (mention.kind, self.tokens.sentence_of[head])
            return
        self.last_seen[entity] = self.tokens.sentence_of[head]
        weight = WEIGHT[mention.role] + SPEAKING * spoken
        if self.tokens.dep[head] == "compound":  # "the Trump administration"
            weight = 0.2
        self.salience[entity] += weight * (QUOTED if self.quoted[head] else 1.0)
        if mention.role == "subject":
            self.subject_of[self.tokens.head[head]] = entity

    def _nominal(self, mention: Mention, head: int) -> str | None:
        noun, narrower = self.tokens.lemma[head], modifiers_of(self.tokens, mention.first, head)
        if narrower & GENERIC or self.tokens.dep[head] == "attr":
            return None
        if mention.kind != "PERSON":
            return self._organisation(noun, mention.first, head)
        named = self._beside(head)
        if named is not None:
            return named
        scored = [
            (fit, self.salience.get(entity, 0.0), entity)
            for entity, person in self.persons.items()
            if entity in self.last_seen and (fit := role_fit(noun, narrower, person)) > 0
        ]
        return max(scored, key=lambda item: (item[0] + item[1], item[2]))[2] if scored else None

    def _beside(self, head: int) -> str | None:
        """The name in apposition: "the Ukrainian leader, Volodymyr Zelensky," or the other way round."""
        tokens = self.tokens
        if tokens.dep[head] == "appos":
            return self.name_at.get(tokens.head[head])
        for i in range(head + 1, min(head + _REACH, len(tokens.text))):
            if i in self.name_at and (tokens.dep[i], tokens.head[i]) == ("appos", head):
                return self.name_at[i]
        return None

    def _organisation(self, noun: str, first: int, head: int) -> str | None:
        """ "The committee" is the last one whose name says so; "the company" the only one in sight.

        "The Senate committee" is none whose name does not hold "Senate".
        """
        sentence = self.tokens.sentence_of[head]
        kind = titles().organisations.get(noun)  # None: known by its written form, not by its base form
        proper = {self.tokens.lower[i] for i in range(first, head) if self.tokens.pos[i] == "PROPN"}
        named = [
            (last, entity)
            for entity, (_, last) in self.groups.items()
            if kind == "ORG" and " " in entity and entity.lower().split()[-1] == noun
            if proper <= set(entity.lower().split())
        ]
        if named:
            return max(named)[1]
        if noun not in _COMPANY and noun != "country":
            return None
        near = [
            entity
            for entity, (what, last) in self.groups.items()
            if what == kind
            and sentence - last <= 3
            and (kind != "GPE" or entity.lower() in countries().names)
        ]
        return near[0] if len(near) == 1 else None

    def _pronoun(self, n: int, mention: Mention, head: int) -> str | None:
        word = self.tokens.lower[head]
        if word in FIRST_PERSON:
            return None
        gender = GENDER.get(word)
        if gender is None:
            return None
        near = self.tokens.sentence_of[head] - self.last_spoken <= _STILL_SPEAKING
        k = bisect_left(self.speaker_starts, mention.start)
        near = near and k > 0 and self.last_place >= self.speaker_starts[k - 1]  # nobody spoke since
        last = self.last_speaker if near and n in self.spoken_at else None
        scored = [
            ((weight + (entity == last) * GOING_ON) * agreement, entity)
            for entity, weight in self.salience.items()
            if (agreement := _agreement(self.persons[entity].gender, gender))
        ]
        ahead = self._ahead(n, mention, gender)
        if ahead is not None:
            scored.append((self.salience.get(ahead, 0) + AHEAD, ahead))
        excluded = self._excluded(mention, head, word)
        scored = [
            (weight, entity) for weight, entity in scored if entity not in excluded and weight > _FORGOTTEN
        ]
        if not scored:
            return None
        entity = max(scored)[1]
        if self.persons[entity].gender is None:
            self.persons[entity].gender = gender
        return entity

    def _excluded(self, mention: Mention, head: int, word: str) -> set[str]:
        """Who it cannot be: the subject of the same verb ("Poe told him"), or who is saying it."""
        tokens, out = self.tokens, set()
        if word not in _REFLEXIVE and mention.role in ("object", "other"):
            verb = tokens.head[head]
            if tokens.pos[verb] == "ADP":
                verb = tokens.head[verb]
            out.add(self.subject_of.get(verb))
        if self.quoted[head]:
            quote = self._quote_at(mention.start)
            if quote is not None and quote.speaker_start is not None:
                out |= {self.entity[k] for k in self.spoken_at if _within(self.mentions[k], quote)}
            else:  # the speaker's words go on: "…," the coach said. "She never stops."
                out.add(self.last_speaker)
        for quote in self.said_by.get(mention.start, ()):  # "I doubt Poe will pay," he said: not Poe
            out |= {self.name_at.get(i) for i in self._quoted_tokens(quote)}
        return out - {None}

    def _quoted_tokens(self, quote: Quote) -> range:
        """Tokens of a direct quote's content; nobody calls themself by name."""
        starts = self.tokens.start
        return range(bisect_left(starts, quote.start), bisect_left(starts, quote.end))

    def _quote_at(self, place: int) -> Quote | None:
        """The direct quote in whose content the character lies."""
        k = bisect_right(self.direct_starts, place) - 1
        return self.direct[k] if k >= 0 and place < self.direct[k].end else None

    def _ahead(self, n: int, mention: Mention, gender: str) -> str | None:
        """The main subject that follows an opening clause or phrase with the pronoun in it."""
        tokens = self.tokens
        first, last = tokens.sentences[tokens.sentence_of[mention.first]]
        if "," not in tokens.text[mention.first : last] or self.quoted[mention.first]:
            return None
        for other in self.mentions[n + 1 :]:
            if other.first >= last:
                return None
            if other.form != "name" or other.role != "subject" or self.quoted[other.first]:
                continue
            verb = tokens.head[other.last - 1]
            fits = other.entity in self.persons and _agreement(self.persons[other.entity].gender, gender)
            if tokens.dep[verb] != "ROOT" or not fits or "," not in tokens.text[mention.first : other.first]:
                return None
            known_here = self.last_seen.get(other.entity) == tokens.sentence_of[first]
            return None if known_here else other.entity
        return None


def role_fit(noun: str, narrower: set[str], person: Person) -> float:
    """How well a role describes the person: 0 not at all, 1 by the role, more when its modifiers agree too.

    Args:
        noun: head of the phrase ("leader").
        narrower: its modifiers, countries of adjectives included ("ukrainian", "ukraine").
        person: what the article said of the person.
    """
    said = noun in person.words
    implied = any(noun in titles().roles.get(word, ()) for word in person.words)
    if not (said or implied):
        return 0.0
    gender = titles().gendered.get(noun)
    if gender and person.gender and gender != person.gender:
        return 0.0
    theirs, mine = _places(person.words), _places(narrower)
    if mine and theirs and not mine & theirs:
        return 0.0
    shared = len(narrower & person.words)
    return 1.0 + 0.5 * said + 0.7 * shared - 0.4 * len(narrower - person.words)


def _within(mention: Mention, quote: Quote) -> bool:
    """Does the mention lie in the words that name the quote's speaker?"""
    return quote.speaker_start <= mention.start < quote.speaker_end


def _places(described: set[str]) -> set[str]:
    """Countries and parties among the words: two of a kind that differ rule a match out."""
    known = countries().names
    return {word for word in described if word in known}


def _agreement(person: str | None, pronoun: str) -> float:
    if person is None:
        return UNKNOWN_GENDER
    return float(person == pronoun)
