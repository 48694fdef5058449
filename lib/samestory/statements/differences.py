"""What differs inside a match: the figures of two tellings of one statement, lined up.

Precision first: two figures are lined up only where both sentences tell one statement surely, each has one
such figure, and both count the same thing. What is lined up wrongly would be a false accusation.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory import tables
from samestory.language.pipeline import load_pipeline
from samestory.statements.counted import Figure, figures_in
from samestory.statements.numbers import amounts_in
from samestory.statements.pairs import compare, same_statements
from samestory.story import Story, once

SURE = 0.5  # lowest score of a pair whose figures are lined up: about 8 in 10 such pairs hold on unseen stories
DIFFERENCES = {
    "kind": "str",  # number, money, share, vote, age, measure, fate
    "what": "str",  # what is counted: "dead", "routes", "hours (flight)"
    "verdict": "str",  # different, updated (a later article, a larger toll), rounder, same
    "outlet_a": "str", "article_a": "str", "start_a": "int64", "end_a": "int64", "text_a": "str",
    "hedge_a": "str",  # about, at least, at most; missing where the figure is told plainly
    "value_a": "float64",  # of a range or a vote, its first number
    "published_a": tables.TIME, "passage_a": "str",  # the sentence
    "outlet_b": "str", "article_b": "str", "start_b": "int64", "end_b": "int64", "text_b": "str",
    "hedge_b": "str", "value_b": "float64", "published_b": tables.TIME, "passage_b": "str",
    "score": "float64",  # of the pair of sentences, 0 to 1
}  # fmt: skip
_UNLIKE = ("different", "updated")
VERDICTS = ("different", "updated", "rounder", "same")
# Limits, all ours.
_NEARLY = 0.1  # share of the larger by which hedged figures may differ and still be one, told more roundly
_BOTH_AT_LEAST = 0.05  # the same of "more than 300" and "at least 295"
_MORE_THAN = 1.25  # "more than 20" may stand for 20 to 25, "nearly 20" for 16 to 20
_ROUNDED = 0.15  # share of the larger by which "$3bn" and "$3.1bn" may differ
_TOO_FAR = 4  # times as large: another thing was counted, or another day's
_DATED = {"DATE", "TIME", "SET"}
_SHARED = 2  # stems that the surroundings of both figures must share, their verb among them

Place = tuple[str, int]  # article, number of the sentence


class Side(NamedTuple):
    """One figure in its sentence."""

    place: Place
    figure: Figure


@once
def differences(story: Story) -> pd.DataFrame:
    """Line up the figures that two outlets give in telling one statement.

    Quantities, money, shares, votes, ages and measures, in words or figures; "20 people died" and "a death
    toll of 20" count the same. Left out is what could be another thing: a part of the whole ("20 others"), a
    rate beside a sum, another year or place, a mere possibility, several such figures in one sentence, and a
    figure that the article itself gives both ways.

    Returns:
        DIFFERENCES table, the different ones first, within a verdict the surest pair first. Of figures that
        two articles repeat, the surest pair is listed.
    """
    rows: dict[tuple, dict] = {}
    read = _Reader(story)
    for pair in read.pairs():
        one, other = (pair.article_a, pair.sentence_a), (pair.article_b, pair.sentence_b)
        published = read.published(one), read.published(other)
        for a, b, verdict in line_up(read.figures(one), read.figures(other), published=published):
            sides = Side(one, a), Side(other, b)
            if verdict in _UNLIKE and read.gives_both(*sides):
                continue
            row = {"kind": a.counts[0], "what": a.label, "verdict": verdict, "score": pair.score}
            row |= read.side("a", sides[0]) | read.side("b", sides[1])
            key = one[0], other[0], a.counts, row["value_a"], row["value_b"]
            rows.setdefault(key, row)
    ordered = sorted(rows.values(), key=lambda row: (VERDICTS.index(row["verdict"]), -row["score"]))
    return tables.build(ordered, DIFFERENCES)


class _Reader:
    """The sentences of a story, parsed anew where two tellings hold figures (a story keeps no parse)."""

    def __init__(self, story: Story):
        self.story = story
        table = compare(story).passages.table
        self.rows = {(row.article_id, row.sentence): row for row in table.itertuples()}
        self.amounts = {place: amounts_in(row.text) for place, row in self.rows.items()}
        self.dates = dict(iter(story.articles.set_index("article_id")["published"].items()))
        self.dated: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in story.times.itertuples():
            if row.type in _DATED:
                self.dated[row.article_id].append((row.start, row.end))
        self.found: dict[Place, list[Figure]] = {}

    def pairs(self) -> Iterator[Any]:
        """The sure pairs of two outlets that both hold an amount."""
        pairs = same_statements(self.story, threshold=SURE)
        kept = []
        for pair in pairs.itertuples():
            places = (pair.article_a, pair.sentence_a), (pair.article_b, pair.sentence_b)
            outlets = {self.rows[place].outlet for place in places}
            if len(outlets) > 1 and all(self.amounts[place] for place in places):
                kept.append((pair, places))
        self._parse(place for _, places in kept for place in places)
        yield from (pair for pair, _ in kept)

    def figures(self, place: Place) -> list[Figure]:
        if place not in self.found:
            self._parse([place])
        return self.found[place]

    def published(self, place: Place) -> pd.Timestamp:
        return self.dates[place[0]]

    def side(self, name: str, side: Side) -> dict:
        """The columns of one side."""
        row, amount = self.rows[side.place], side.figure.amount
        found = {
            "outlet": row.outlet, "article": row.article_id, "passage": row.text,
            "start": row.start + amount.start, "end": row.start + amount.end,
            "text": row.text[amount.start : amount.end], "hedge": amount.hedge or None,
            "value": amount.low, "published": self.published(side.place),
        }  # fmt: skip
        return {f"{key}_{name}": value for key, value in found.items()}

    def gives_both(self, one: Side, other: Side) -> bool:
        """Whether one of two articles gives the figure of the other, too."""
        return self._gives(one.place[0], other.figure) or self._gives(other.place[0], one.figure)

    def _gives(self, article_id: str, figure: Figure) -> bool:
        """Whether an article has a figure of the same thing and value, in whatever sentence."""
        low = figure.amount.low
        holding = [
            place
            for place, amounts in self.amounts.items()
            if place[0] == article_id and any(amount.low == low for amount in amounts)
        ]
        return any(
            found.counts == figure.counts and found.amount.low == low
            for place in holding
            for found in self.figures(place)
        )

    def _parse(self, places: Iterable[Place]) -> None:
        todo = [place for place in dict.fromkeys(places) if place not in self.found]
        nlp = load_pipeline()
        docs = nlp.pipe([self.rows[place].text for place in todo], disable=["ner"])
        for place, doc in zip(todo, docs, strict=True):
            self.found[place] = self._figures(place, doc)

    def _figures(self, place: Place, doc: Doc) -> list[Figure]:
        row = self.rows[place]
        near = [(start - row.start, end - row.start) for start, end in self.dated[place[0]]]
        return figures_in(doc, dated=[(start, end) for start, end in near if end > 0 and start < len(row.text)])


def line_up(
    left: list[Figure], right: list[Figure], *, published: tuple[pd.Timestamp, pd.Timestamp] = (pd.NaT, pd.NaT)
) -> Iterator[tuple[Figure, Figure, str]]:
    """Pair the figures of two tellings that count the same, each with its verdict.

    Where a side has several figures of one thing, only those of equal value are paired; unlike ones are
    paired only where they are surely of one thing.
    """
    for counts in dict.fromkeys(figure.counts for figure in left):
        ones = [figure for figure in left if figure.counts == counts]
        others = [figure for figure in right if figure.counts == counts]
        if len(ones) == len(others) == 1:
            verdict = _verdict(ones[0], others[0], *published)
            if verdict not in _UNLIKE or _is_one_thing(ones[0], others[0]):
                yield ones[0], others[0], verdict
        else:
            yield from ((a, b, "same") for a in ones for b in others if _equal(a, b))


def _verdict(one: Figure, other: Figure, when: pd.Timestamp, other_when: pd.Timestamp) -> str:
    if _equal(one, other):
        return "same"
    if _is_rounder(one, other) or _is_rounder(other, one):
        return "rounder"
    later, earlier = (one, other) if when > other_when else (other, one)
    known = pd.notna(when) and pd.notna(other_when) and when != other_when
    grown = later.amount.low > earlier.amount.low
    return "updated" if known and one.fate and grown else "different"


def _equal(one: Figure, other: Figure) -> bool:
    return (one.amount.low, one.amount.high) == (other.amount.low, other.amount.high)


def _is_rounder(rough: Figure, fine: Figure) -> bool:
    """Whether the one may be the other told more roundly: "about 20" for 19, "$3bn" for $2.95bn."""
    one, other = rough.amount, fine.amount
    if one.kind == "vote":
        return False
    if one.low < one.high:
        return one.low <= other.low and other.high <= one.high
    gap, larger = abs(one.low - other.low), max(one.low, other.low)
    if one.hedge == "about":
        return gap <= _NEARLY * larger
    if one.hedge == "at least" and _is_round(one.low):
        return one.low <= other.low <= _MORE_THAN * one.low or (
            other.hedge == one.hedge and gap <= _BOTH_AT_LEAST * larger
        )
    if one.hedge == "at most":
        return one.low / _MORE_THAN <= other.low <= one.low
    return one.step > other.step and gap <= min(one.step / 2, _ROUNDED * larger)


def _is_round(value: float) -> bool:
    return value % 5 == 0 or value % 12 == 0


def _is_one_thing(one: Figure, other: Figure) -> bool:
    """Whether two figures that count things of one name count them of one occasion."""
    low, high = sorted((one.amount.low, other.amount.low))
    if one.years != other.years or one.rate != other.rate or one.unsure or other.unsure:
        return False
    if high > _TOO_FAR * low:
        return False
    if one.places and other.places and not one.places & other.places:
        return False
    if one.fate or one.counts[0] in ("vote", "length of"):
        return True
    if one.within != other.within and not (one.said and one.said == other.said):
        return False
    done_alike = bool(one.said) and one.said == other.said
    shared = (one.about & other.about) - set(one.counts)
    return len(shared) + done_alike >= (_SHARED if one.counts[0] != "number" or not done_alike else 1)
