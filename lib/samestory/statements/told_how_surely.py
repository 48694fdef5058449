"""One statement, told more or less surely: "killed", "reportedly killed", "police say that ... killed"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc, Token

from samestory import tables
from samestory.language.pipeline import load_pipeline
from samestory.language.quotation_marks import Marked, marked_passages
from samestory.language.stems import stems_of
from samestory.quotes.inside import NARRATOR, Content, Quoted, quoted_by_article
from samestory.statements.hedging import Surely, how_surely, is_core, is_told_by_itself
from samestory.statements.pairs import tellings
from samestory.story import Story, once

CERTAINTY = {
    "statement": "int64", "core": "str",  # the statement, and the verb that all its rows have (its lemma)
    "outlet": "str", "article_id": "str", "start": "int64", "end": "int64", "text": "str",  # of the verb
    # FactBank's scale: CT certain, PR probable, PS possible, U not said (reported, asked, under a condition)
    "degree": "str",
    "polarity": "str",  # + it is so, - it is not
    "voice": "str",  # narrator (the outlet itself), attributed (in its words), quoted (in the speaker's)
    "speaker": "str",  # missing for the narrator, and where the text does not say
    "cues": "str",  # the words that make it less than certain, or deny it; missing where there are none
    "passage": "str",  # the sentence
}  # fmt: skip
ATTRIBUTED, QUOTED = "attributed", "quoted"
_LONG = 3  # letters of a stem; longer ones are compared
_NOUNS = {"NOUN", "PROPN", "NUM"}
_SHARED = 2  # stems that the surroundings of two cores must share (ours), their verb aside
Stem = tuple[str, str]  # of a core, with its part of speech
_OPENS_LATER = {"relcl", "advcl", "ccomp", "parataxis", "conj"}  # clauses of their own below a verb


class Core(NamedTuple):
    """The verb by which a sentence tells a statement, and what belongs to it."""

    token: Token
    surely: Surely
    about: frozenset[str]  # stems of its subject, object and what belongs to them
    narrowed: frozenset[str]  # stems of what narrows its object: "paid" of "a paid job"


@once
def certainty(story: Story) -> pd.DataFrame:
    """Line up how surely each outlet tells one statement, wherever the outlets differ in it.

    The statement's core is a verb that the sentences of two outlets share, with what it is said of. A cue
    counts only where the parse lets it govern that verb; whose words they are say the story's quotes.

    Returns:
        CERTAINTY table, one row for each outlet that tells the core, in the order of the statements. No rows
        where all outlets tell it alike.
    References:
        Saurí and Pustejovsky (2009), FactBank: a corpus annotated with event factuality; Hyland (2005),
        Metadiscourse; Farkas et al. (2010), The CoNLL-2010 shared task: learning to detect hedges.
    """
    told = tellings(story)
    told = told[told["outlets"] > 1]
    cores = _cores(told.drop_duplicates(["article_id", "sentence"]))
    inside = quoted_by_article(story.quotes)
    marked = {row.article_id: marked_passages(row.text) for row in story.articles.itertuples()}
    rows, said = list[dict](), set[tuple]()
    for statement, group in told.groupby("statement", sort=True):
        for stem, members in _lined_up(group, cores):
            rows_of = (
                (core, _row(telling, core, inside[telling.article_id], marked[telling.article_id]))
                for telling, core in members
            )
            found = [
                {"statement": statement, "core": core.token.lemma_} | row for core, row in rows_of if row
            ]
            key = stem, *((row["article_id"], row["start"]) for row in found)
            named = not all(is_told_by_itself(core.token) for _, core in members)
            if key not in said and len({_told(row, named=named) for row in found}) > 1:
                said.add(key)
                rows += found
                break  # one core a statement
    return tables.build(rows, CERTAINTY)


def _told(row: dict, *, named: bool) -> tuple:
    """What must differ. Who says a sentence need not vouch for what it only names: "the attack"."""
    return row["degree"], row["polarity"], named or row["voice"] == NARRATOR


def _cores(told: pd.DataFrame) -> dict[tuple[str, int], dict[Stem, Core]]:
    """By sentence and stem, the verbs that may be the core of what it tells; a stem found twice is none.

    What is told word by word again is parsed once.
    """
    texts = told["text"].unique().tolist()
    docs = load_pipeline().pipe(texts, disable=["ner"])
    by_text = {
        text: {} if text.rstrip("\"'”’ ").endswith("?") else _in(doc)
        for text, doc in zip(texts, docs, strict=True)
    }
    return {(row.article_id, row.sentence): by_text[row.text] for row in told.itertuples()}


def _in(doc: Doc) -> dict[Stem, Core]:
    found: dict[Stem, list[Core]] = defaultdict(list)
    for token in doc:
        stems = stems_of(token.lemma_)
        if is_core(token) and stems:
            surely = how_surely(token)
            if surely is not None:
                found[stems[0], token.pos_].append(
                    Core(token, surely, frozenset(_about(token)), _narrowed(token))
                )
            else:
                found[stems[0], token.pos_] += [
                    Core(token, Surely("", False, (), None), frozenset(), frozenset())
                ] * 2
    return {stem: cores[0] for stem, cores in found.items() if len(cores) == 1}


def _about(verb: Token) -> Iterator[str]:
    """The stems of the nouns and numbers that belong to a verb, those of other clauses left out."""
    todo = [child for child in verb.children if child.dep_ not in _OPENS_LATER]
    if verb.dep_ in ("relcl", "acl"):
        todo.append(verb.head)
    while todo:
        token = todo.pop()
        if token.pos_ in _NOUNS:
            yield from (stem for stem in stems_of(token.lemma_) if len(stem) > _LONG or stem.isdigit())
        todo += [child for child in token.children if child.dep_ not in _OPENS_LATER and child != verb]


def _narrowed(verb: Token) -> frozenset[str]:
    objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    narrowing = [
        word for noun in objects for word in noun.children if word.dep_ in ("amod", "compound", "nummod")
    ]
    return frozenset(stem for word in narrowing for stem in stems_of(word.lemma_))


def _lined_up(group: pd.DataFrame, cores: dict) -> Iterator[tuple[Stem, list[tuple]]]:
    """The cores that a statement's tellings of several outlets share, that of most outlets first."""
    by_stem: dict[Stem, list[tuple]] = defaultdict(list)
    for telling in group.itertuples():
        for stem, core in cores[telling.article_id, telling.sentence].items():
            by_stem[stem].append((telling, core))
    options = []
    for stem, members in by_stem.items():
        kept = [
            (one, core)
            for one, core in members
            if any(_one_thing(core, other) for there, other in members if there.outlet != one.outlet)
        ]
        first: dict[str, tuple] = {}
        for telling, core in sorted(kept, key=lambda one: -one[0].similarity):
            first.setdefault(telling.outlet, (telling, core))
        if len(first) > 1:
            options.append((stem, [first[outlet] for outlet in sorted(first)]))
    yield from sorted(options, key=lambda one: (-len(one[1]), one[1][0][1].token.i))


def _one_thing(one: Core, other: Core) -> bool:
    """Whether two cores of one verb are said of the same; who denies a paid job may not deny another."""
    shared = one.about & other.about
    if one.surely.denied != other.surely.denied:
        denied, told = (one, other) if one.surely.denied else (other, one)
        if not denied.narrowed <= frozenset(stems_of(told.token.doc.text)):
            return False
    return len(shared) >= min(_SHARED, len(one.about), len(other.about)) and bool(shared)


def _row(telling, core: Core, inside: Quoted[Content], marked: list[Marked]) -> dict | None:
    """How one telling stands in the table; None where words around a quotation would hedge what is quoted."""
    token = core.token
    start = telling.start + token.idx
    place = start, start + len(token)
    quote, source = inside.around(*place), _name(core.surely.source)
    by_name = quote.speaker if quote is not None and isinstance(quote.speaker, str) else None
    voice = NARRATOR if source is None else ATTRIBUTED
    mark = next((one for one in marked if one.start <= place[0] < one.end), None)
    if mark is not None:
        voice = QUOTED
        if any(not mark.start <= telling.start + cue.idx < mark.end for cue in core.surely.cues):
            return None
    elif by_name and quote is not None and quote.kind == "mixed":
        voice = ATTRIBUTED
    speaker = None if voice == NARRATOR else by_name or source
    return {
        "outlet": telling.outlet, "article_id": telling.article_id, "start": place[0], "end": place[1],
        "text": token.text, "degree": core.surely.degree, "polarity": "-" if core.surely.denied else "+",
        "voice": voice, "speaker": speaker,
        "cues": _words(core.surely.cues), "passage": telling.text,
    }  # fmt: skip


def _name(source: Token | None) -> str | None:
    """The words of a subject up to its noun: "Nashville police"."""
    return None if source is None else source.doc[source.left_edge.i : source.i + 1].text


def _words(cues: Iterable[Token]) -> str | None:
    return " … ".join(cue.text for cue in cues) or None
