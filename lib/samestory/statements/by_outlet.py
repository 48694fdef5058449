"""Which outlet tells which statement, in what order and how prominently; and what is found in one only.

A statement that is not found in an outlet may be there in words too different for the comparison;
and the text can never show why something isn't there.
"""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from samestory import tables
from samestory.language.stems import words_of
from samestory.statements.could_know import timing_of
from samestory.statements.pairs import OPENS_UNCLEAR, compare, lowest_score, statements_of, tellings
from samestory.story import Story, once

COVERAGE = {
    "statement": "int64",
    "label": "str",  # the clearest wording
    "how": "str",  # quote, fact
    "outlet": "str",
    "found": "bool",  # False: not found in this outlet
    "perhaps": "bool",  # not found, but a sentence of this outlet perhaps tells it
    "tellings": "int64",  # sentences that tell it; 0 when not found
    "words": "int64",  # their length in words; 0 when not found
    "order": tables.NUMBER,  # 1 for the statement that this outlet tells first, and so on
    "position": "float64",  # of the first telling in its article: 0 the first sentence, 1 the last
    "place": "str",  # headline, lede (first paragraph) or body; missing when not found
    # the outlet's own words, of the first telling; missing when not found
    "article_id": "str", "start": tables.NUMBER, "end": tables.NUMBER, "text": "str",
    "outlets": "int64",  # how many outlets tell the statement
}  # fmt: skip
ONLY_IN = {
    "outlet": "str", "statement": "int64",
    "article_id": "str", "start": "int64", "end": "int64", "text": "str",
    "how": "str", "place": "str",  # as in COVERAGE
    "closest": "str", "closest_outlet": "str",  # the most alike passage of another outlet, to check by eye
    "closest_score": "float64",  # its score, below the threshold; NaN where no word is shared
    # whether the other outlets could know: "Ledger: 3 hours before; Post: later"; left out are those of which
    # it is not known
    "others_published": "str",
}  # fmt: skip
BY_THRESHOLD = {
    "threshold": "float64",
    "statements": "int64",
    "found_in_several": "int64",  # of them, in more than one outlet
    "several_share": "float64",  # 0 to 1; NaN without statements
}
PLACES = ("headline", "lede", "body")  # the most prominent first
_IN_HEADLINE = 0.5  # share of the headline's long words that a statement in it must hold (ours)
_LONG = 3  # letters of a stem; longer ones are compared with the headline
# What is told in one outlet only (ours, by six events of which every pair of sentences was judged):
_UNLIKE = 0.05  # score below which another outlet's closest sentence is surely another statement
_ELSEWHERE = (
    0.52  # share of its rare words with a near partner in other outlets up to which it is told there by none
)
_SHORTEST = 6  # words of a sentence that says something by itself
_ENDS = re.compile(r"[.!…][\"”’')\]]*\s*\Z")
_NO_NEWS = re.compile(  # what a page asks of its readers, and says of its makers
    r"\W*(?:click|watch|follow|read|subscribe|sign up|listen|updated?)\b"
    r"|.*(?:https?:|\B[@#]\w|\bcontributed to this\b)",
    re.IGNORECASE | re.DOTALL,
)
_IN_BRACKETS = re.compile(r"\s*(?:\(.*\)|\[.*\])\W*\Z", re.DOTALL)


@once
def coverage(story: Story, *, threshold: float | None = None) -> pd.DataFrame:
    """Cross every statement with every outlet.

    Args:
        threshold: as in `tellings`.
    Returns:
        COVERAGE table, one row for each statement and outlet, in the order of the statements.
    """
    told = tellings(story, threshold=threshold)
    passages = compare(story).passages
    placed = passages.table[["article_id", "sentence", "paragraph"]]
    placed = placed.assign(position=passages.place, stems=passages.stems, perhaps=_perhaps_told(story))
    told = told.merge(placed, on=["article_id", "sentence"], validate="many_to_one")
    told["place"] = _places(told, story.articles)
    told["words"] = told["text"].str.split().str.len()
    told = told.sort_values(["statement", "outlet", "position", "article_id"], kind="stable")
    cells = _cells(told)
    _number_in_order(cells)
    heads = told.drop_duplicates("statement")[["statement", "label", "how", "outlets"]].to_dict("records")
    elsewhere: dict[int, set[str]] = {}
    for statement, perhaps in zip(told["statement"], told["perhaps"], strict=True):
        elsewhere.setdefault(statement, set()).update(perhaps)
    rows, outlets = [], sorted(set(passages.outlet))
    for head in heads:
        for outlet in outlets:
            may_be = outlet in elsewhere[head["statement"]]
            missing = {"found": False, "perhaps": may_be, "tellings": 0, "words": 0}
            rows.append(head | {"outlet": outlet} | cells.get((head["statement"], outlet), missing))
    return tables.build(rows, COVERAGE)


def core(table: pd.DataFrame) -> pd.DataFrame:
    """Keep of a COVERAGE table the statements that every outlet tells; none when there is one outlet."""
    outlets = table["outlet"].nunique()
    return table[(table["outlets"] == outlets) & (outlets > 1)].reset_index(drop=True)


def coverage_by_threshold(
    story: Story, *, thresholds: Sequence[float] = (0.1, 0.2, 0.3, 0.5, 0.7)
) -> pd.DataFrame:
    """Count again with looser and stricter definitions of "the same".

    Args:
        thresholds: lowest scores that count as the same, 0 to 1.
    Returns:
        BY_THRESHOLD table, one row a threshold.
    """
    outlet, rows = compare(story).passages.outlet, []
    for threshold in thresholds:
        groups = statements_of(story, threshold=threshold)
        several = sum(len({outlet[n] for n in group}) > 1 for group in groups)
        found = {"statements": len(groups), "found_in_several": several}
        share = several / len(groups) if groups else None
        rows.append({"threshold": threshold, "several_share": share} | found)
    return tables.build(rows, BY_THRESHOLD)


@once
def only_in(story: Story, *, outlet: str | None = None) -> pd.DataFrame:
    """List what was surely found in one outlet only, with the closest passage elsewhere to check it against.

    Left out is what another outlet perhaps tells, in a sentence (pairs of `same_statements` that are not
    sure) or spread over several: most of its rare words have a near partner somewhere in the others. So are
    headings, captions, remarks in brackets, requests, questions, and what is too short to say something.

    Args:
        outlet: one outlet, or every one when None.
    Returns:
        ONLY_IN table in the order of the text.
    Raises:
        ValueError: no such outlet.
    """
    every = sorted(set(compare(story).passages.outlet))
    tables.require_one_of("outlet", outlet, every, or_none=True)
    told, cells, closest = tellings(story), coverage(story), _closest(story)
    passages, elsewhere = compare(story).passages.table, compare(story).elsewhere
    place = zip(passages["article_id"], passages["sentence"], strict=True)
    spread = dict(zip(place, elsewhere.tolist(), strict=True))
    places = cells[cells["found"]].set_index(["statement", "outlet"])["place"]
    told_in = told.groupby("statement")["article_id"].agg(frozenset)
    rows = [
        row._asdict()
        | {"place": places[row.statement, row.outlet]}
        | closest[row.article_id, row.sentence]
        | {"others_published": _others(story, told_in[row.statement], [o for o in every if o != row.outlet])}
        for row in told[(told["outlets"] == 1) & told["representative"]].itertuples(index=False)
        if outlet in (None, row.outlet)
        and not closest[row.article_id, row.sentence]["closest_score"] >= _UNLIKE
        and spread[row.article_id, row.sentence] <= _ELSEWHERE
        and says_something(row.text)
    ]
    return tables.build(rows, ONLY_IN)


def coverage_table(table: pd.DataFrame) -> pd.DataFrame:
    """Lay a COVERAGE table out for a spreadsheet: a statement a row, an outlet a column.

    Returns:
        statement, label, how, outlets, then for each outlet the place and order of its telling
        ('lede, no. 1'), 'perhaps' or 'not found'.
    """
    head = ["statement", "label", "how", "outlets"]
    tables.require_columns(table, [*head, "outlet", "found", "perhaps", "place", "order"], where="coverage")
    wide = table.drop_duplicates("statement")[head].set_index("statement")
    for outlet, rows in table.groupby("outlet"):
        cells = [
            f"{row.place}, no. {row.order}" if row.found else "perhaps" if row.perhaps else "not found"
            for row in rows.itertuples()
        ]
        wide[f"{outlet}"] = pd.Series(cells, index=rows["statement"], dtype="str")
    return wide.reset_index()


def _others(story: Story, told_in: frozenset[str], outlets: list[str]) -> str | None:
    """How the articles of other outlets lie in time to those that tell something; None where not known."""
    timing = timing_of(story)
    said = [f"{outlet}: {words}" for outlet in outlets if (words := timing(told_in, outlet).words)]
    return "; ".join(said) or None


def says_something(text: str) -> bool:
    """Whether a passage is a whole sentence that states something: no heading, caption or question."""
    words = text.split()
    capitals = sum(word[0].isupper() for word in words[1:])
    return (
        len(words) >= _SHORTEST
        and bool(_ENDS.search(text))
        and not _IN_BRACKETS.match(text)
        and not _NO_NEWS.match(text)
        and 2 * capitals < len(words)
    )


def says_by_itself(text: str) -> bool:
    """Whether a passage tells a reader something without the sentence before it."""
    return says_something(text) and not OPENS_UNCLEAR.match(text)


def _cells(told: pd.DataFrame) -> dict[tuple[int, str], dict]:
    """How each outlet tells each statement, by both: its first telling, and how often and where it tells it.

    Args:
        told: tellings with position, place and words; those of a statement and outlet in order.
    """
    cells: dict[tuple[int, str], dict] = {}
    for row in told.itertuples():
        first = {"found": True, "perhaps": False, "tellings": 0, "words": 0, "place": row.place}
        first |= {name: getattr(row, name) for name in ("position", "article_id", "start", "end", "text")}
        cell = cells.setdefault((row.statement, row.outlet), first)
        cell["tellings"] += 1
        cell["words"] += row.words
        cell["place"] = min(cell["place"], row.place, key=PLACES.index)
    return cells


def _number_in_order(cells: dict[tuple[int, str], dict]) -> None:
    """Give each cell its place in the order in which its outlet tells its statements."""
    by_outlet: dict[str, list] = {}
    for (statement, outlet), cell in cells.items():
        by_outlet.setdefault(outlet, []).append((cell["position"], statement, cell))
    for told in by_outlet.values():
        for order, (_, _, cell) in enumerate(sorted(told, key=lambda item: item[:2]), 1):
            cell["order"] = order


def _places(told: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    heads = {
        article_id: {word.stem for word in words_of(title) if len(word.stem) > _LONG}
        for article_id, title in zip(articles["article_id"], articles["title"].fillna(""), strict=True)
    }
    places = []
    for article_id, stems, paragraph in told[["article_id", "stems", "paragraph"]].itertuples(index=False):
        head = heads[article_id]
        in_headline = bool(head) and len(head.intersection(stems)) >= _IN_HEADLINE * len(head)
        places.append("headline" if in_headline else "lede" if paragraph == 0 else "body")
    return places


def _perhaps_told(story: Story) -> list[set[str]]:
    """For each passage, the other outlets of which some sentence perhaps, or surely, tells the same."""
    passages, i, j, score, _ = compare(story)
    outlet, likely = passages.outlet, score >= lowest_score()
    found: list[set[str]] = [set() for _ in outlet]
    for one, other in zip(i[likely].tolist(), j[likely].tolist(), strict=True):
        if outlet[one] != outlet[other]:
            found[one].add(outlet[other])
            found[other].add(outlet[one])
    return found


def _closest(story: Story) -> dict[tuple[str, int], dict]:
    """For each sentence, the most alike one of another outlet; of equals the first."""
    passages, i, j, score, _ = compare(story)
    outlet = passages.outlet
    best: dict[int, tuple[float, int]] = {}
    for a, b, value in zip(i.tolist(), j.tolist(), score.tolist(), strict=True):
        if outlet[a] != outlet[b]:
            for here, there in ((a, b), (b, a)):
                if here not in best or (value, -there) > (best[here][0], -best[here][1]):
                    best[here] = value, there
    found: dict[tuple[str, int], dict] = {}
    for n, key in enumerate(zip(passages.table["article_id"], passages.table["sentence"], strict=True)):
        found[key] = {"closest_score": np.nan}
        if n in best:
            value, other = best[n]
            found[key] = {
                "closest": passages.text[other],
                "closest_outlet": outlet[other],
                "closest_score": value,
            }
    return found
