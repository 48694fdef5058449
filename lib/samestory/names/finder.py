"""The names of one article, and one kind for each.

The model calls one person by three labels within an article ("Zelenskyy" PERSON, GPE, ORG): what each of the
`candidates` names is judged from all its contexts (`kinds`); what introduces a person in news text (a title,
a role in apposition, a party tag) decides, and so does what says of a thing that it is one ("the ferry Ara").
Further mentions of what was named are found by their words.
"""

import re
from collections import Counter, defaultdict

from spacy.tokens import Doc

from samestory.language.encoder import is_whole_word
from samestory.language.tokens import Tokens, once_a_doc
from samestory.names.candidates import Name, candidates, could_be_person, opens_sentence, party_at
from samestory.names.gazetteers import (
    ALL_LEGAL_FORMS,
    SUFFIXES,
    countries,
    fold,
    given_names,
    given_words,
    is_place,
    shortens,
    titles,
    towns,
    without_particles,
    words,
)
from samestory.names.kinds import RUN, Odds, kind_odds

_NO_PERSON = words("administration tower foundation")  # after a surname: "Trump administration"
_SITE = re.compile(r"^[A-Z]\w+\.(?:com|org|net|co|io)\b")
_CALLED = words("named called nicknamed")
_ACRONYM = 5  # letters
# Log odds: less than even are enough, for the head is cautious where the model says otherwise; what the model
# passed over needs more. Set on GUM's fiction, letters, essays and podcasts, from which nothing was learned.
_LESS_THAN_EVEN, _EVEN, _MORE_THAN_EVEN = -0.5, 0.0, 0.5
_BEHIND_A_NOUN = (["IN"], ["TO"], ["DT"], ["VBN"], ["NNP"], ["NN"], ["NNS"])  # tags
_ELSEWHERE = 1.5  # where the name of a town stands as one, and among things
_SURELY_NO_PERSON = -2.0
_LOCATIVE = words("in at near from to across outside into around of")
_POSSESSIVE = words("my your his her its our their")
_ALONE = 1.5  # for one word that stands once, and that no full name of the article ends in


@once_a_doc
def find_names(doc: Doc) -> list[Name]:
    """Find the named spans, sorted and without overlap, titles and possessive 's not included."""
    tokens = Tokens.of(doc)
    names = _sweep(tokens, _cut_to_known(tokens, _one_kind_each(doc, tokens, candidates(doc))))
    return sorted(names + _parties_to_a_case(tokens, names))


def _one_kind_each(doc: Doc, tokens: Tokens, names: list[Name]) -> list[Name]:
    """One kind for every name in the whole article; runs of proper nouns that name no person are left out."""
    forms = _forms(tokens, names)
    labels: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    announced = set()
    for name, form in zip(names, forms, strict=True):
        labels[form][name.kind] += 1
        could_be = could_be_person(tokens, name.first, name.last) and not _is_a_group(tokens, name)
        if could_be and _announced(tokens, name):
            announced.add(form)
    odds = kind_odds(doc, names)
    doubtful = _doubtful(tokens, names)
    misplaced = _placed(tokens, names, forms) | _listed_with_things(tokens, names, forms, odds)
    kind = {}
    for form, count in labels.items():
        least = _ELSEWHERE if form in misplaced else _least_odds(count)
        person = form in announced or (form not in doubtful and odds[form].person > least)
        kind[form] = _verdict(form, count, odds[form], person=person)
    full = [form for form, label in kind.items() if label == "PERSON" and len(form) > 1]
    surnames = {form[-1] for form in full} | {form[-2] for form in full if fold(form[-1]) in SUFFIXES}
    for form, count in labels.items():
        # "von der Leyen" and "Von der Leyen", at the start of a sentence, as well as "Leyen"
        lone = form[-1] in surnames and without_particles(list(form)) == [form[-1]]
        place = is_place(form[-1]) and count["GPE"] >= count["PERSON"]
        if lone and not place and not _is_acronym(form[-1]):
            kind[form] = "PERSON"
        doubted = kind[form] == "PERSON" and form not in announced and odds[form].person < _ALONE
        if doubted and count.total() == 1 and _is_a_noun(tokens, names[forms.index(form)]):
            kind[form] = _verdict(form, count, odds[form], person=form[-1] in surnames)
    kinds = [kind[form] for form in forms]
    return [name._replace(kind=label) for name, label in zip(names, kinds, strict=True) if label != RUN]


def _is_a_group(tokens: Tokens, name: Name) -> bool:
    """Whether one word is a plural that the text has in lower case as well: "Student Rowers Win"."""
    plural = name.last == name.first + 1 and tokens.tag[name.first] in ("NNPS", "NNS")
    return plural and tokens.lower[name.first] in tokens.text


def _is_a_noun(tokens: Tokens, name: Name) -> bool:
    """Whether one capitalised word may be a common noun, by what follows: "Reaction to it was mixed"."""
    word = tokens.lower[name.first]
    alone = name.last == name.first + 1 and word not in given_names() and is_whole_word(word)
    return alone and tokens.tag[name.last : name.last + 1] in _BEHIND_A_NOUN


def _forms(tokens: Tokens, names: list[Name]) -> list[tuple[str, ...]]:
    return [tuple(tokens.text[name.first : name.last]) for name in names]


def _least_odds(labels: Counter[str]) -> float:
    """The log odds from which a form is a person's, given the model's labels of its mentions."""
    if labels["ORG"] and not labels["PERSON"]:
        return _EVEN  # companies and ministries tell, thank and ask as persons do
    return _LESS_THAN_EVEN if labels.total() > labels[RUN] else _MORE_THAN_EVEN


def _doubtful(tokens: Tokens, names: list[Name]) -> set[tuple[str, ...]]:
    """Forms that only a title makes a person: by their words, acronyms, capitals, labels such as "Image:"."""
    common = {word for word in tokens.text if word.islower()}  # "iodine" beside "Iodine deficiency"
    found = {form[:-1] for form in _forms(tokens, names) if fold(form[-1]) in ALL_LEGAL_FORMS}  # "Acme" Corp.
    found |= {(word.partition(".")[0],) for word in tokens.text if _SITE.search(word)}  # "Acme.com"
    for name in names:
        form = tuple(tokens.text[name.first : name.last])
        single = name.last == name.first + 1
        word, after = tokens.text[name.first], tokens.text[name.last : name.last + 1]
        order = tokens.tag[name.last : name.last + 1] == ["DT"] and opens_sentence(tokens, name.first)
        owned = _before(tokens, name) in _POSSESSIVE  # "their Mercedes"
        label = single and (word.lower() in common or _is_acronym(word) or after == [":"] or order or owned)
        capital = fold(" ".join(form)) in countries().capitals
        never = capital or not could_be_person(tokens, name.first, name.last)
        if label or never or _called_a_thing(tokens, name) or _one_of_a_kind(tokens, name):
            found.add(form)
    return found


def _placed(tokens: Tokens, names: list[Name], forms: list[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Forms that are names of towns; one of one word where most of its mentions stand like "in Szeged"."""
    within: Counter[tuple[str, ...]] = Counter()
    for name, form in zip(names, forms, strict=True):
        within[form] += 1 if _before(tokens, name) in _LOCATIVE else -1
    called = {form for form in within if fold(" ".join(form)) in towns()}
    return {form for form in called if len(form) > 1 or within[form] > 0}


def _listed_with_things(
    tokens: Tokens, names: list[Name], forms: list[tuple[str, ...]], odds: dict[tuple[str, ...], Odds]
) -> set[tuple[str, ...]]:
    """Forms listed with what is surely no person: a list of rivers has no Don Poe in it."""
    form_at = {name.last - 1: form for name, form in zip(names, forms, strict=True)}
    lists: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for i, form in form_at.items():
        head = i
        while tokens.dep[head] == "conj" and tokens.head[head] in form_at:
            head = tokens.head[head]
        lists[head].append(form)
    mixed = (found for found in lists.values() if min(odds[one].person for one in found) < _SURELY_NO_PERSON)
    return {form for found in mixed for form in found}


def _called_a_thing(tokens: Tokens, name: Name) -> bool:
    """Whether the noun before says so: "the union Work Together", but not "the firm Poe runs"."""
    before, head = name.first - 1, name.last - 1
    after = tokens.head[head]
    described = tokens.dep[head] == "compound" and tokens.lemma[after] in titles().things
    if described and after == name.last and tokens.lower[name.first] not in given_names():
        return True  # "the Gazeta Codzienna newspaper"
    if before > 0 and tokens.lower[before] in _CALLED:  # "a company called Acme"
        return tokens.lemma[tokens.head[before]] in titles().things.union(titles().organisations)
    if before < 0 or tokens.lower[before] not in titles().things.union(titles().organisations):
        return False
    return tokens.head[before] == head or (tokens.dep[head], tokens.head[head]) == ("appos", before)


def _one_of_a_kind(tokens: Tokens, name: Name) -> bool:
    """Whether a longer name is told of as a kind of thing: "a Tiffany Lamp", "Honey Wafers"."""
    last = name.last - 1
    known = all(is_whole_word(word) and word not in given_words() for word in tokens.lower[name.first : last])
    plural = known and tokens.tag[last] in ("NNPS", "NNS") and tokens.lower[name.first] not in given_names()
    ends = tokens.dep[last] not in ("compound", "nmod", "poss")
    alone = ends and tokens.pos[name.last : name.last + 1] not in (["NOUN"], ["PROPN"])
    return last > name.first and (plural or (alone and _before(tokens, name) in ("a", "an")))


def _before(tokens: Tokens, name: Name) -> str:
    return tokens.lower[name.first - 1] if name.first else ""


def _is_acronym(word: str) -> bool:
    return word.isupper() and 1 < len(word) <= _ACRONYM


def _verdict(form: tuple[str, ...], labels: Counter[str], odds: Odds, *, person: bool) -> str:
    """What a form names: by the codebooks where they are certain, by its contexts, by the model's label."""
    text, known = fold(" ".join(form)), countries()
    if text in known.country:
        return "GPE" if text in known.names else "NORP"
    others = Counter({label: n for label, n in labels.items() if label not in ("PERSON", RUN)})
    usual = others.most_common(1)[0][0] if others else None
    if text in known.governments or form[0] in titles().not_persons:
        return usual or "ORG"
    if person:
        return "PERSON"
    if text in known.capitals:
        return "GPE"
    return usual or (odds.otherwise if labels["PERSON"] else RUN)


def _announced(tokens: Tokens, name: Name) -> bool:
    """A title before, a role in apposition or a party tag after: news text introduces a person so."""
    i = name.first - 1
    if i >= 0 and tokens.lower[i].rstrip(".") in titles().before_names:
        return True
    head, plain = tokens.head[name.last - 1], tokens.lower[max(i, 0)] != "the"  # "its advisers, the CIA"
    if plain and tokens.dep[name.last - 1] == "appos" and tokens.lemma[head] in titles().nouns:
        return True
    if _called(tokens, name.first) or _with_a_trade(tokens, name):
        return True
    if name.kind != "ORG" and name.last - name.first > 1 and tokens.text[name.last : name.last + 1] == [","]:
        beside = [i for i in tokens.children.get(name.last - 1, ()) if tokens.dep[i] == "appos"]
        if any(tokens.lemma[i] in titles().people for i in beside):
            return True  # "Tunde Poe, the district engineer,"
    return name.last + 1 < len(tokens.text) and party_at(tokens, name.last + 1) is not None


def _with_a_trade(tokens: Tokens, name: Name) -> bool:
    """Whether a common noun stands before what the model calls a person: "the illustrator Ann Poe"."""
    i = name.first - 1
    if i < 0 or name.kind != "PERSON" or name.last - name.first < 2 or tokens.tag[i] != "NN":
        return False
    thing = tokens.lower[i] in titles().things.union(titles().organisations)
    return not thing and tokens.lower[i].islower() and tokens.head[i] == name.last - 1


def _called(tokens: Tokens, first: int) -> bool:
    """Whether somebody is said to have this name: "a man named Poe", "who goes by the name “Poe”"."""
    i = first - 1
    while i > 0 and (tokens.lower[i] in ("the", "of") or not tokens.text[i].isalnum()):
        i -= 1
    if tokens.lower[max(i - 2, 0) : i + 1] == ["by", "the", "name"]:
        return True
    return tokens.lower[i] in _CALLED and tokens.lemma[tokens.head[i]] in titles().people


def _cut_to_known(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Without the word that a heading glued to a full name: "ANN POE WINS", where the text has Ann Poe."""
    persons = [name for name in names if name.kind == "PERSON"]
    known = {tuple(tokens.lower[n.first : n.last]) for n in persons if n.last - n.first == 2}
    out = []
    for name in names:
        two = name.first + 2
        longer = name.kind == "PERSON" and name.last > two and fold(tokens.text[two]) not in SUFFIXES
        cut = longer and tuple(tokens.lower[name.first : two]) in known
        out.append(name._replace(last=two) if cut else name)
    return out


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
        and _NO_PERSON.isdisjoint(tokens.lower[i + 1 : i + 2])
    ]
    return sorted(names + more) if more else names


def _parties_to_a_case(tokens: Tokens, names: list[Name]) -> list[Name]:
    """The parties in papers of a court that write their roles as names: "Petitioner contends"."""
    taken = {i for name in names for i in range(name.first, name.last)}
    found = []
    for i, word in enumerate(tokens.text):
        if word in titles().parties and i not in taken:
            found.append(Name(i, i + 1, "PERSON"))
    bare = Counter(tokens.text[n.first] for n in found if tokens.lower[n.first - 1] not in ("the", "a", "an"))
    return [name for name in found if bare[tokens.text[name.first]] > 1]


def _short_names(tokens: Tokens, names: list[Name]) -> dict[str, str]:
    """Word -> kind: surnames, one-word names, the "Acme" of Acme Corp., and acronyms "(IAEA)"."""
    known: dict[str, str] = {}
    for name in names:
        size = name.last - name.first
        first, last = tokens.text[name.first], tokens.text[name.last - 1]
        if size == 1 and name.kind in ("ORG", "GPE"):
            known.setdefault(first, name.kind)
        if name.kind == "ORG" and size == 2 and fold(last) in ALL_LEGAL_FORMS:
            known.setdefault(first, "ORG")
        after = tokens.text[name.last : name.last + 3]
        full = " ".join(tokens.text[name.first : name.last])
        if size > 1 and len(after) == 3 and (after[0], after[2]) == ("(", ")") and shortens(after[1], full):
            known |= {after[1]: name.kind} if after[1].isupper() and name.kind != "PERSON" else {}
    for name in names:
        if name.kind == "PERSON":
            end = name.last - (name.last - name.first > 1 and fold(tokens.text[name.last - 1]) in SUFFIXES)
            known[tokens.text[end - 1]] = "PERSON"
    return {word: kind for word, kind in known.items() if len(word) > 1 and word[0].isupper()}
