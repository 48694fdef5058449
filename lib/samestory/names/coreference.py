"""Who "he", "the senator" and "the Ukrainian leader" are, within one article.

Sieves from sure to less sure, as in Lee et al. (2013), Deterministic coreference resolution based on
entity-centric, precision-ranked rules: names first (`persons`), then roles that the text ties to a person,
then pronouns by salience, after Lappin & Leass (1994), An algorithm for pronominal anaphora resolution:
a mention weighs by its grammatical role, whom the text is about more than who comments on it, and each
sentence takes two fifths of all weights. Persons without a name are weighed along: "a manager … she said".
"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence

from spacy.tokens import Doc

from samestory.language.tokens import Tokens
from samestory.names.gazetteers import countries, titles, words
from samestory.names.mentions import FIRST_PERSON, Mention, complement_of, head_of, modifiers_of, role_of
from samestory.names.persons import Person, content_words, describe_persons, introductions
from samestory.names.unnamed import Unnamed, unnamed_persons
from samestory.quotes.find import Quote
from samestory.quotes.inside import Quoted

# About as Lappin and Leass weigh them: subject 80, direct object 50, indirect object and oblique 40.
_WEIGHT = {"subject": 1.0, "object": 0.6, "possessive": 0.5, "other": 0.4}
_DECAY = 0.6  # a sentence; theirs is a half
# The rest is ours, set by reading news articles.
_WITHIN_NAME = 0.2  # weight of a mention within a longer name: "the Trump administration"
_COMMENTING, _IN_THE_TAIL = 0.6, 0.3  # factors for who speaks of the matter and is not the matter
_SPEAKING = 1.0  # added when the mention is the speaker of a quote
_GOING_ON = 0.5  # for the last speaker when a pronoun speaks: "…," he added
_AHEAD = 0.7  # weight of a subject that is yet to come: "In his speech, Poe said"
_BETWEEN_MARKS = 0.4  # factor for who is only talked about between quotation marks
_UNKNOWN_GENDER = 0.6  # factor
_NEW_SUBJECT = 0.4  # added for a person without a name who is brought in as a subject: "A manager opened"
_MARGIN = 1.1  # times the next best that the best must weigh, or the pronoun stays open
_FORGOTTEN = 0.02  # salience below which nobody is meant by a pronoun
_ROLE, _SAID, _SHARED, _UNSAID = 1.0, 0.5, 0.7, -0.4  # how well a role fits a person: see `_role_fit`
_STILL_SPEAKING = _IN_SIGHT = 3  # sentences
_REACH = 14  # tokens after a role in which its apposition may stand
_GENDER = {"he": "male", "him": "male", "his": "male", "himself": "male",
           "she": "female", "her": "female", "hers": "female", "herself": "female",
           "they": "neither", "them": "neither", "their": "neither", "theirs": "neither"}  # fmt: skip
_DEFINITE, _INDEFINITE = words("the this that"), words("a an another one")
_REFLEXIVE = frozenset(("himself", "herself"))
_COMPANY = words("company firm carmaker automaker airline retailer manufacturer publisher chipmaker startup")
# Verbs by which the last speaker goes on; offices of which there are several; bodies in general.
_ADDING = words("add continue conclude")
_DENYING = words("deny reject dispute")  # said by who is accused, not by who spoke last
_OFFICES = words("secretary minister")
_BODY = words("agency group organisation organization body institution")
# Said of whoever comes to hold the office, not of one person: "the next president".
_GENERIC = words("next future another other any every each potential would-be same")


def resolve_mentions(
    doc: Doc, mentions: list[Mention], quotes: list[Quote], marked: Sequence[range]
) -> tuple[list[str | None], dict[int, Unnamed]]:
    """The entity of each mention; None where nothing tells it, as for those in the first person.

    Beside it, for the number of each pronoun that stands for a person without a name, this person.

    Args:
        mentions: those of the article in text order, the names with their entity.
        quotes: its quotes, whose speakers are words and not yet names.
        marked: the tokens of each passage between quotation marks.
    """
    resolver = _Resolver(doc, mentions, quotes, marked)
    return resolver.run(), resolver.stands_for


class _Resolver:
    """Walks through the mentions in text order; `entity` holds what was found, by mention."""

    def __init__(self, doc: Doc, mentions: list[Mention], quotes: list[Quote], marked: Sequence[range]):
        self.tokens, self.mentions = Tokens.of(doc), mentions
        about = introductions(doc)
        names = [(m, m.entity) for m in mentions if m.form == "name" and m.entity]
        persons = [(entity, about[m.first]) for m, entity in names if m.kind == "PERSON"]
        self.persons = describe_persons(persons)
        self.name_at = {i: entity for m, entity in names for i in range(m.first, m.last)}
        self.entity = [mention.entity for mention in mentions]
        roles = {head_of(self.tokens, m.first, m.last) for m in mentions if m.form == "nominal"}
        unnamed = unnamed_persons(self.tokens, self.name_at)
        self.by_role = {person.head: person for person in unnamed if person.head in roles}
        self.others = [person for person in unnamed if person.head not in roles]
        self.by_key = {person.key: person for person in unnamed}
        self.stands_for: dict[int, Unnamed] = {}  # number of a pronoun -> person
        self.gender = {entity: person.gender for entity, person in self.persons.items()}
        self.marked = {i for tokens in marked for i in tokens}
        self.direct = Quoted(quotes, directly=True)
        self.said_by: dict[int, list[Quote]] = defaultdict(list)  # first character of the speaker -> direct
        self.told_by: dict[int, list[Quote]] = defaultdict(list)  # the same for what is not direct
        speaking: set[int] = set()  # tokens of the words that name speakers
        for quote in quotes:
            if quote.speaker_span is not None:
                speaking.update(self.tokens.within(*quote.speaker_span))
                if quote.kind != "direct":
                    self.told_by[quote.speaker_span[0]].append(quote)
                else:
                    self.said_by[quote.speaker_span[0]].append(quote)
        self.speaking = speaking
        # Speakers who are named only after what they say: "The boat sank, Poe said."
        self.tails = {q.speaker_span[0] for q in quotes if q.speaker_span and q.start < q.speaker_span[0]}
        self.spoken_at = {n for n, m in enumerate(mentions) if speaking.issuperset(range(m.first, m.last))}
        self.speaker_starts = sorted(q.speaker_start for q in quotes if q.speaker_start is not None)
        self.salience: dict[str, float] = defaultdict(float)
        self.voice: dict[str, float] = defaultdict(float)  # the salience of who is quoted, as a speaker
        self.last_seen: dict[str, int] = {}  # person -> sentence
        self.groups: dict[str, tuple[str, int]] = {}  # organisations and places: kind, last sentence
        self.subject_of: dict[int, str] = {}  # verb -> entity
        self.sentence = -1
        self.last_speaker: str | None = None
        self.last_spoken, self.last_place = -_STILL_SPEAKING, -1  # sentence, character

    def run(self) -> list[str | None]:
        """Resolve every mention but those in the first person."""
        waiting = deque(self.others)
        for n, mention in enumerate(self.mentions):
            while waiting and waiting[0].head < mention.last:
                self._note_unnamed(waiting.popleft())
            self._come_to(mention.first)
            head = head_of(self.tokens, mention.first, mention.last)
            referent = mention.entity
            if mention.form == "nominal":
                referent = self._nominal(mention, head)
                if referent is None and head in self.by_role:
                    self._note_unnamed(self.by_role[head])
            elif mention.form == "pronoun":
                referent = self._pronoun(n, mention, head)
            if referent in self.by_key:
                self.stands_for[n] = self.by_key[referent]
            else:
                self.entity[n] = referent
            self._note(mention, referent, head, spoken=n in self.spoken_at)
        return self.entity

    def _come_to(self, token: int) -> None:
        now = self.tokens.sentence_of[token]
        if now > self.sentence:
            self._forget(now - self.sentence)
            self.sentence = now

    def _forget(self, sentences: int) -> None:
        self.salience, self.voice = _faded(self.salience, sentences), _faded(self.voice, sentences)

    def _note(self, mention: Mention, entity: str | None, head: int, *, spoken: bool) -> None:
        if entity is None:
            return
        sentence = self.tokens.sentence_of[head]
        if spoken:  # an institution that speaks breaks the chain of "he added"
            self.last_speaker = entity if entity in self.gender else None
            self.last_spoken, self.last_place = sentence, mention.start
        if entity not in self.gender:
            self.groups[entity] = (mention.kind, sentence)
            return
        self.last_seen[entity] = sentence
        weight = _WEIGHT[mention.role]
        if spoken:
            weight *= _IN_THE_TAIL if mention.start in self.tails else _COMMENTING
        if self.tokens.dep[head] == "compound":
            weight = _WITHIN_NAME
        self.salience[entity] += weight * (_BETWEEN_MARKS if head in self.marked else 1.0)
        self.voice[entity] += spoken * _SPEAKING
        if mention.role == "subject":
            self.subject_of[self.tokens.head[head]] = entity

    def _note_unnamed(self, person: Unnamed) -> None:
        """A person without a name: "a manager" is new, "the manager" one of whom the text told before.

        "His wife" is new, too, unless somebody in sight may be meant: she may have a name.
        """
        self._come_to(person.first)
        told = [known for known in self.salience if known in self.by_key]
        key = next((known for known in reversed(told) if self.by_key[known].noun == person.noun), None)
        new = self.tokens.lower[person.first] in _INDEFINITE
        if new:
            key = person.key
        elif key is None and self.tokens.lower[person.first] not in _DEFINITE and person.gender:
            key = None if any(self.gender[e] in (None, person.gender) for e in self.salience) else person.key
        elif key is None and person.noun in titles().roles and person.head in self.by_role:
            key = person.key  # "the judge", where nobody who is named is one
        if key is None:
            return
        self.gender.setdefault(key, person.gender)
        start, end = self.tokens.start[person.first], self.tokens.end[person.head]
        role = role_of(self.tokens, person.head)
        mention = Mention(start, end, person.first, person.head + 1, "PERSON", "nominal", None, role)
        self._note(mention, key, person.head, spoken=person.head in self.speaking)
        if new and role == "subject" and person.head not in self.marked:  # the talk turns to somebody else
            self.salience[key] += _NEW_SUBJECT
            self.last_speaker, self.voice = key, defaultdict(float)
            self.last_spoken, self.last_place = self.sentence, start

    def _nominal(self, mention: Mention, head: int) -> str | None:
        noun, narrower = self.tokens.lemma[head], modifiers_of(self.tokens, mention.first, head)
        if narrower & _GENERIC or self.tokens.dep[head] == "attr":
            return None
        if mention.kind != "PERSON":
            return self._organisation(noun, mention.first, head)
        named = self._beside(head)
        if named is not None:
            return named
        kinds = {self.tokens.lower[i] for i in range(mention.first, head) if self.tokens.pos[i] == "NOUN"}
        complement = complement_of(self.tokens, head) if mention.last == head + 1 else ()  # "head of state"
        within = {self.name_at.get(i) for i in complement}  # the founder of Poe's firm is not Poe
        of = content_words(self.tokens, complement) - titles().organisations.keys()
        scored = [
            (fit + self.salience.get(entity, 0.0), entity)
            for entity, person in self.persons.items()
            if entity in self.last_seen and entity not in within
            if kinds <= person.words  # the trial judge is not any judge, nor is the chairman of the board
            if not (of and of.isdisjoint(person.words))
            if (fit := _role_fit(noun, narrower, person)) > 0
        ]
        return max(scored)[1] if scored else None

    def _beside(self, head: int) -> str | None:
        """The name in apposition: "the Ukrainian leader, Volodymyr Zelensky," or the other way round."""
        tokens = self.tokens
        if tokens.dep[head] == "appos":
            return self.name_at.get(tokens.head[head])
        phrase = {head, *complement_of(tokens, head)}
        for i in range(head + 1, min(head + _REACH, len(tokens.text))):
            if i in self.name_at and tokens.dep[i] == "appos" and tokens.head[i] in phrase:
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
            if kind == "ORG"
            and " " in entity
            and noun in (entity.lower().split()[0], entity.lower().split()[-1])
            if proper <= set(entity.lower().split())
        ]
        if named:
            return max(named)[1]
        if noun not in _COMPANY and noun not in _BODY and noun != "country":
            return None
        near = [
            entity
            for entity, (what, last) in self.groups.items()
            if what == kind and sentence - last <= _IN_SIGHT
            if kind != "GPE" or entity.lower() in countries().names
            if noun not in _BODY or _of_no_other_kind(entity)
        ]
        return near[0] if len(near) == 1 else None

    def _pronoun(self, n: int, mention: Mention, head: int) -> str | None:
        word = self.tokens.lower[head]
        gender = None if word in FIRST_PERSON else _GENDER.get(word)
        if gender is None:
            return None
        verb = self.tokens.lemma[self.tokens.head[head]]
        says = n in self.spoken_at and verb not in _DENYING
        last = self.last_speaker if says and self._goes_on(mention, head) else None
        speaks = says or head in self.marked
        scored = [
            ((weight + (entity == last) * _GOING_ON + speaks * self.voice[entity]) * agreement, entity)
            for entity, weight in self.salience.items()
            if (agreement := _agreement(self.gender[entity], gender))
        ]
        if last is not None and verb in _ADDING and _agreement(self.gender.get(last), gender):
            return last  # "…," he added
        ahead = self._ahead(n, mention, gender)
        if ahead is not None:
            scored.append((self.salience.get(ahead, 0) + _AHEAD, ahead))
        excluded = self._excluded(mention, head, word)
        scored = [item for item in scored if item[1] not in excluded and item[0] > _FORGOTTEN]
        if not scored:
            return None
        (best, entity), *others = sorted(scored, reverse=True)
        if others and best < others[0][0] * _MARGIN:
            return None
        self.gender[entity] = self.gender[entity] or gender
        if entity in self.persons:
            self.persons[entity].gender = self.gender[entity]
        return entity

    def _goes_on(self, mention: Mention, head: int) -> bool:
        """Whether the last speaker spoke a short while ago, and nobody since."""
        k = bisect_left(self.speaker_starts, mention.start)
        near = self.tokens.sentence_of[head] - self.last_spoken <= _STILL_SPEAKING
        return near and k > 0 and self.last_place >= self.speaker_starts[k - 1]

    def _excluded(self, mention: Mention, head: int, word: str) -> set[str | None]:
        """Who it cannot be: the subject of the same verb ("Poe told him"), or who is saying it."""
        tokens = self.tokens
        out: set[str | None] = set()
        if word not in _REFLEXIVE and mention.role in ("object", "other"):
            verb = tokens.head[head]
            if tokens.pos[verb] == "ADP":
                verb = tokens.head[verb]
            out.add(self.subject_of.get(verb))
        if head in self.marked:
            quote = self.direct.around(mention.start)
            if quote is not None and quote.speaker_span is not None:
                first, last = quote.speaker_span
                out |= {self.entity[k] for k in self.spoken_at if first <= self.mentions[k].start < last}
            else:  # the speaker's words go on: "…," the coach said. "She never stops."
                out.add(self.last_speaker)
        for quote in self.said_by.get(mention.start, ()):  # "I doubt Poe will pay," he said: not Poe
            out |= {self.name_at.get(i) for i in tokens.within(quote.start, quote.end)}
        for quote in self.told_by.get(mention.start, ()):  # "Poe's visit, he said, is useful": not Poe
            inside = self.tokens.within(quote.start, quote.end)
            out |= {self.name_at[i] for i in inside if i in self.name_at and tokens.dep[i] == "poss"}
        return out

    def _ahead(self, n: int, mention: Mention, gender: str) -> str | None:
        """The main subject that follows an opening clause or phrase with the pronoun in it."""
        tokens = self.tokens
        first, last = tokens.sentences[tokens.sentence_of[mention.first]]
        if "," not in tokens.text[mention.first : last] or mention.first in self.marked:
            return None
        for other in self.mentions[n + 1 :]:
            if other.first >= last:
                return None
            entity = other.entity
            if other.form != "name" or other.role != "subject" or other.first in self.marked or not entity:
                continue
            fits = entity in self.persons and _agreement(self.persons[entity].gender, gender)
            verb = tokens.head[other.last - 1]
            if tokens.dep[verb] != "ROOT" or not fits or "," not in tokens.text[mention.first : other.first]:
                return None
            return entity if self.last_seen.get(entity) != tokens.sentence_of[first] else None
        return None


def _of_no_other_kind(body: str) -> bool:
    """May it be called an agency or a group? A ministry would be called the ministry."""
    ends = {body.lower().split()[0], body.lower().split()[-1]}
    return ends.isdisjoint(titles().organisations.keys() - _BODY)


def _faded(weights: dict[str, float], sentences: int) -> dict[str, float]:
    kept = {entity: weight * _DECAY**sentences for entity, weight in weights.items()}
    return defaultdict(float, {entity: weight for entity, weight in kept.items() if weight >= _FORGOTTEN})


def _role_fit(noun: str, narrower: set[str], person: Person) -> float:
    """How well a role describes the person: 0 not at all, 1 by the role, more when its modifiers agree too.

    Args:
        noun: head of the phrase ("leader").
        narrower: its modifiers, countries of adjectives included ("ukrainian", "ukraine").
        person: what the article said of the person.
    """
    said = noun in person.words
    implied = any(noun in titles().roles.get(word, ()) for word in person.words)
    gender = titles().gendered.get(noun)
    if not (said or implied) or (gender and person.gender and gender != person.gender):
        return 0.0
    if noun in _OFFICES and narrower and narrower.isdisjoint(person.words):
        return 0.0  # the foreign secretary is not the home secretary
    theirs, mine = person.words & countries().names, narrower & countries().names
    if mine and theirs and not mine & theirs:
        return 0.0
    shared, unsaid = len(narrower & person.words), len(narrower - person.words)
    return _ROLE + _SAID * said + _SHARED * shared + _UNSAID * unsaid


def _agreement(person: str | None, pronoun: str) -> float:
    """How well the genders agree; "they" is one person only where the article says so of somebody."""
    if pronoun == "neither":
        return float(person == pronoun)
    return _UNKNOWN_GENDER if person is None else float(person == pronoun)
