"""What differs inside a match: the figures of two tellings of one statement, lined up.

Precision first: two figures are lined up only where both sentences tell one statement, each has one such
figure, and both count the same thing; or where each outlet gives one such figure in all. What is lined up
wrongly would be a false accusation.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory import tables
from samestory.language.pipeline import load_pipeline
from samestory.statements.counted import Figure, figures_in
from samestory.statements.lined_up import UNLIKE, VERDICTS, differ_alone, line_up
from samestory.statements.name_spellings import FullNames, Named
from samestory.statements.numbers import Amount, amounts_in, moments_in
from samestory.statements.occasions import years_of
from samestory.statements.outcomes import Claim, claims_in, contradictions, may_contradict
from samestory.statements.pairs import DOUBTFUL, SURE, compare, same_statements
from samestory.story import Story, once

DIFFERENCES = {
    "kind": "str",  # number, money, share, vote, age, measure, length of, clock, day, fate, outcome, name
    "what": "str",  # what is counted: "dead", "routes", "flight (hours)"
    "verdict": "str",  # different, updated (a later article, a larger toll), rounder, same
    "outlet_a": "str", "article_a": "str", "start_a": "int64", "end_a": "int64", "text_a": "str",
    "hedge_a": "str",  # about, at least, at most; missing where the figure is told plainly
    # of a range or a vote, its first number; minutes of the day; month and day (911); NaN of an outcome
    "value_a": "float64",
    "published_a": tables.TIME, "passage_a": "str",  # the sentence
    "outlet_b": "str", "article_b": "str", "start_b": "int64", "end_b": "int64", "text_b": "str",
    "hedge_b": "str", "value_b": "float64", "published_b": tables.TIME, "passage_b": "str",
    "score": "float64",  # of the pair of sentences, 0 to 1; 0 where only their figures are of one thing
}  # fmt: skip
_DATED = {"DATE", "TIME", "SET"}
_A_RATE = re.compile(
    r"\b(?:each|every|per|an?) (?:hour|day|week|month|year)\b|\b(?:annual|year|month|week|dai)ly\b|\baverage",
    re.IGNORECASE,
)

Span = Amount | Claim | Named  # each has its start and end in the sentence
Place = tuple[str, int]  # article, number of the sentence
Told = tuple[Place, Figure]


class Pair(NamedTuple):
    """Two sentences that tell one statement."""

    one: Place
    other: Place
    score: float


@once
def differences(story: Story) -> pd.DataFrame:
    """Line up the figures that two outlets give in telling one statement, or give once each of one thing.

    Quantities, money, shares, votes, ages and measures, in words or figures; "20 people died" and "a death
    toll of 20" count the same. Left out is what could be another thing: a part of the whole ("20 others"), a
    rate beside a sum, another year or place, a mere possibility, several such figures in one sentence, and a
    figure that the article itself gives both ways.

    Returns:
        DIFFERENCES table, the different ones first, within a verdict the surest pair first. Of figures that
        two articles repeat, the surest pair is listed.
    """
    read, rows = _Reader(story), dict[tuple, dict]()
    for pair in read.pairs():
        for row in (*_figures(read, pair), *_outcomes(read, pair), *_names(read, pair)):
            key = row["article_a"], row["article_b"], row["kind"], row["what"], row["text_a"], row["text_b"]
            rows.setdefault(key, {"score": pair.score} | row)
    told = {_whose(row) for row in rows.values() if row["verdict"] != "rounder"}
    for row in _alone(read):
        if _whose(row) not in told:
            rows[row["article_a"], row["article_b"], row["kind"], row["what"]] = {"score": 0.0} | row
    ordered = sorted(rows.values(), key=lambda row: (VERDICTS.index(row["verdict"]), -row["score"]))
    return tables.build(ordered, DIFFERENCES)


def _whose(row: dict) -> tuple:
    """Whose figures a row lines up, and of what."""
    return row["outlet_a"], row["outlet_b"], row["kind"], row["what"]


def _figures(read: "_Reader", pair: Pair) -> Iterator[dict]:
    published = read.published(pair.one), read.published(pair.other)
    for a, b, verdict in line_up(read.figures(pair.one), read.figures(pair.other), published=published):
        if verdict in UNLIKE and (read.gives(pair.one, b) or read.gives(pair.other, a)):
            continue
        if verdict == "rounder" and pair.score < SURE:
            continue
        if read.of_two_persons((pair.one, a), (pair.other, b)):
            continue
        yield _lined_up(read, (pair.one, a), (pair.other, b), verdict)


def _alone(read: "_Reader") -> Iterator[dict]:
    """The figures that differ of what two outlets count once each, wherever they stand in the texts."""
    for by_outlet in read.only_figures().values():
        for (one, a), (other, b) in combinations(by_outlet, 2):
            verdict = differ_alone(a, b, published=(read.published(one), read.published(other)))
            if verdict and not read.of_two_persons((one, a), (other, b)):
                yield _lined_up(read, (one, a), (other, b), verdict)


def _lined_up(read: "_Reader", one: Told, other: Told, verdict: str) -> dict:
    figure = one[1]
    row: dict[str, object] = {"kind": figure.counts[0], "what": figure.label, "verdict": verdict}
    for name, (place, figure) in (("a", one), ("b", other)):
        row |= {f"hedge_{name}": figure.amount.hedge or None, f"value_{name}": figure.amount.low}
        row |= read.side(name, place, figure.amount)
    return row


def _outcomes(read: "_Reader", pair: Pair) -> Iterator[dict]:
    for a, b in contradictions(read.claims(pair.one), read.claims(pair.other)):
        said = f"{a.verb} / {'not' if a.verb == b.verb else b.verb}"
        row = {"kind": "outcome", "what": said, "verdict": "different"}
        yield row | read.side("a", pair.one, a) | read.side("b", pair.other, b)


def _names(read: "_Reader", pair: Pair) -> Iterator[dict]:
    for a, b in read.names.spelled_unlike(pair.one, pair.other):
        row = {"kind": "name", "what": a.entity, "verdict": "different"}
        yield row | read.side("a", pair.one, a) | read.side("b", pair.other, b)


class _Reader:
    """The sentences of a story, parsed anew where two tellings hold figures (a story keeps no parse)."""

    def __init__(self, story: Story):
        self.story = story
        self.passages = compare(story).passages
        table = self.passages.table
        self.rows = {(row.article_id, row.sentence): row for row in table.itertuples()}
        self.amounts = {
            place: amounts_in(row.text) + moments_in(row.text) for place, row in self.rows.items()
        }
        self.giving: dict[tuple[str, float], list[Place]] = defaultdict(list)  # by article and value
        for place, amounts in self.amounts.items():
            for low in {amount.low for amount in amounts}:
                self.giving[place[0], low].append(place)
        self.dates = dict(iter(story.articles.set_index("article_id")["published"].items()))
        self.dated: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in story.times.itertuples():
            if row.type in _DATED:
                self.dated[row.article_id].append((row.start, row.end))
        self.names = FullNames(story)
        named = story.mentions[story.mentions["form"] == "name"].dropna(subset="entity")
        # by article and the place where an age may stand: "Omar Said, 61"
        self.persons = {(row.article_id, row.end + 2): row.entity for row in named.itertuples()}
        self.found: dict[Place, list[Figure]] = {}
        self.claimed: dict[Place, list[Claim]] = {}

    def pairs(self) -> list[Pair]:
        """The likely pairs of two outlets, the surest first; what of them may differ is parsed at once."""
        found = [
            Pair((row.article_a, row.sentence_a), (row.article_b, row.sentence_b), row.score)
            for row in same_statements(self.story, threshold=DOUBTFUL).itertuples()
        ]
        found = [pair for pair in found if self.rows[pair.one].outlet != self.rows[pair.other].outlet]
        self._parse(
            place
            for pair in found
            if self._may_differ(pair.one, pair.other)
            for place in (pair.one, pair.other)
        )
        return found

    def _may_differ(self, one: Place, other: Place) -> bool:
        """Whether two sentences are worth a parse: both hold an amount, or one may deny the other."""
        amounts = self.amounts[one] and self.amounts[other]
        return bool(amounts) or may_contradict(self.rows[one].text, self.rows[other].text)

    def figures(self, place: Place) -> list[Figure]:
        return self.found.get(place, [])

    def claims(self, place: Place) -> list[Claim]:
        return self.claimed.get(place, [])

    def of_two_persons(self, one: Told, other: Told) -> bool:
        """Whether two ages are of persons who share a surname: an emir and his son."""
        whose = [
            self.persons.get((place[0], self.rows[place].start + f.amount.start)) for place, f in (one, other)
        ]
        return one[1].counts[0] == "age" and None not in whose and whose[0] != whose[1]

    def published(self, place: Place) -> pd.Timestamp:
        return self.dates[place[0]]

    def side(self, name: str, place: Place, span: Span) -> dict:
        """The columns that say where one side stands."""
        row = self.rows[place]
        found = {
            "outlet": row.outlet, "article": row.article_id, "passage": row.text,
            "start": row.start + span.start, "end": row.start + span.end,
            "text": row.text[span.start : span.end], "published": self.published(place),
        }  # fmt: skip
        return {f"{key}_{name}": value for key, value in found.items()}

    def gives(self, place: Place, figure: Figure) -> bool:
        """Whether the article of a place has a figure of the same thing and value, in whatever sentence."""
        low = figure.amount.low
        holding = self.giving[place[0], low]
        self._parse(holding)
        return any(
            found.counts == figure.counts and found.amount.low == low
            for held in holding
            for found in self.figures(held)
        )

    def only_figures(self) -> dict[tuple[str, ...], list[Told]]:
        """By what is counted, the figure of each outlet that gives one only: people, or things, of this time.

        A figure that is told plainly counts before those told roughly. What is told of another year, of
        what may be, or as a rate is left out.
        """
        numbered = {
            place
            for place, held in self.amounts.items()
            if any(one.kind == "number" for one in held) and not _A_RATE.search(self.rows[place].text)
        }
        self._parse(numbered)
        given: dict[tuple[tuple[str, ...], str], list[Told]] = defaultdict(list)
        for n, place in enumerate(self.rows):
            for figure in self.figures(place) if place in numbered and not years_of(self.passages, n) else ():
                if figure.counts[0] in ("fate", "number") and not (figure.unsure or figure.rate):
                    given[figure.counts, self.rows[place].outlet].append((place, figure))
        found = defaultdict(list)
        for (counts, _), told in given.items():
            plain = [
                one for one in told if not one[1].amount.hedge and one[1].amount.low == one[1].amount.high
            ]
            only = {(figure.amount.low, figure.amount.high) for _, figure in plain or told}
            if len(only) == 1:
                found[counts].append((plain or told)[0])
        return found

    def _parse(self, places: Iterable[Place]) -> None:
        todo = [place for place in dict.fromkeys(places) if place not in self.found]
        if not todo:
            return
        nlp = load_pipeline()
        told: dict[str, list[Place]] = defaultdict(list)  # word by word again, a sentence is parsed once
        for place in todo:
            told[self.rows[place].text].append(place)
        for doc, places in zip(nlp.pipe(told, disable=["ner"]), told.values(), strict=True):
            claims = claims_in(doc)
            for place in places:
                self.found[place], self.claimed[place] = self._figures(place, doc), claims

    def _figures(self, place: Place, doc: Doc) -> list[Figure]:
        row = self.rows[place]
        near = [(start - row.start, end - row.start) for start, end in self.dated[place[0]]]
        return figures_in(
            doc, dated=[(start, end) for start, end in near if end > 0 and start < len(row.text)]
        )
