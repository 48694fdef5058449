"""What is told alike and what in one outlet only, in sentences computed from the tables."""

from typing import Any

import pandas as pd

from samestory.pages.html import count
from samestory.statements.alignment import told_twice_summary
from samestory.statements.by_outlet import core, coverage
from samestory.statements.lined_up import UNLIKE
from samestory.statements.pairs import same_statements
from samestory.statements.shared_text import shared_shares
from samestory.statements.told_differently import differences
from samestory.story import Story

MOST_ALIGNED = 300  # pairs whose words are compared for the findings; a sample stands for more
SEED = 0
_MOST_DIFFERENCES = _MOST_SHARED = 2
_WORTH_TELLING = 0.1  # share of an article from which shared text is told (ours)
_MOSTLY_QUOTED = 0.6  # share of shared text in quotation from which it is one speaker's words (ours)
_WEIGHTIEST = ("fate", "outcome", "vote", "money", "number", "share", "measure")  # kinds, the others after
_NAMED = 4  # outlets whose own statements are counted in a sentence


def what_differs(story: Story) -> list[str]:
    """Say in at most two sentences in which figures, outcomes or names outlets differ; none if they agree.

    Returns:
        such as "The figures differ. Dead: 20 (Herald, 9 May) / 21 (Post, 10 May)."; the weightiest first.
    """
    table = differences(story)
    table = table[table["verdict"].isin(UNLIKE)]
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in table.itertuples():
        told = found.setdefault((row.kind, row.what, row.verdict), [])
        dated = pd.notna(row.published_a) and pd.notna(row.published_b)
        sides = sorted("ab", key=lambda side: getattr(row, f"published_{side}")) if dated else "ab"
        told += [one for side in sides if (one := _as_told(row, side, dated=dated)) not in told]
    weighty = sorted(
        found, key=lambda key: _WEIGHTIEST.index(key[0]) if key[0] in _WEIGHTIEST else len(found)
    )
    return [_difference(*key, found[key][:_NAMED]) for key in weighty[:_MOST_DIFFERENCES]]


def _as_told(row: Any, side: str, *, dated: bool) -> str:
    """One side of a difference: what it says, and where."""
    hedge, when = getattr(row, f"hedge_{side}"), getattr(row, f"published_{side}")
    said = " ".join(getattr(row, f"text_{side}").split())
    said = f"“{said}”" if row.kind == "outcome" else said
    day = f", {when.day} {when:%B}" if dated else ""
    return f"{hedge + ' ' if isinstance(hedge, str) else ''}{said} ({getattr(row, f'outlet_{side}')}{day})"


def _difference(kind: str, what: str, verdict: str, told: list[str]) -> str:
    if kind == "name":
        return f"One name is spelled in {len(told)} ways: {' / '.join(told)}."
    if kind == "outcome":
        return f"The outcome is told in opposite ways: {' / '.join(told)}."
    change = "A later article gives another figure" if verdict == "updated" else "The figures differ"
    return f"{change}. {what[:1].upper()}{what[1:]}: {' / '.join(told)}."


def in_short(story: Story) -> list[str]:
    """Say in at most five sentences what differs, what is told alike, what in one outlet only, and how."""
    table = coverage(story)
    outlets = sorted(table["outlet"].unique())
    if not outlets:
        return []
    total = table["statement"].nunique()
    if len(outlets) == 1:
        return [
            f"There is one outlet only, {outlets[0]}, with {total} statements; nothing to compare it with."
        ]
    in_all = core(table)["statement"].nunique()
    shared = table.loc[table["outlets"] > 1, "statement"].nunique()
    findings = [
        f"Of {total} statements, {shared} were found in more than one of the {len(outlets)} outlets"
        + (f" and {in_all} in all of them." if len(outlets) > 2 else "."),
        _own(table, outlets),
        *_wording(story),
    ]
    differ, shared = what_differs(story), what_is_shared(story)
    return [*differ, *shared, *findings][:5]


def what_is_shared(story: Story) -> list[str]:
    """Say in at most two sentences how much of an article stands nearly word for word in another outlet's.

    Of each article the largest share is told; of two articles that of the later one, or else the larger.
    """
    table = shared_shares(story)
    said: set[frozenset[str]] = set()
    told: set[str] = set()
    findings = []
    for row in table[table["share"] >= _WORTH_TELLING].itertuples():
        pair = frozenset((row.article_id, row.other_article))
        if pair in said or row.article_id in told or row.first == row.outlet:
            continue
        said.add(pair)
        told.add(row.article_id)
        first = ", which was published first" if isinstance(row.first, str) else ""
        quoted = ", most of it quoted" if row.quoted > _MOSTLY_QUOTED else ""
        findings.append(
            f"{row.share:.0%} of {_whose(row.outlet)} article stands nearly word for word in "
            f"{_whose(row.other_outlet)}{first}{quoted}."
        )
    return findings[:_MOST_SHARED]


def _whose(outlet: str) -> str:
    return f"{outlet}'" if outlet.endswith("s") else f"{outlet}'s"


def _own(table: pd.DataFrame, outlets: list[str]) -> str:
    perhaps = table.groupby("statement")["perhaps"].any()
    found = table[table["found"]]
    told = found["outlet"].value_counts().reindex(outlets, fill_value=0)
    own = (
        found.loc[(found["outlets"] == 1) & ~found["statement"].map(perhaps), "outlet"]
        .value_counts()
        .reindex(outlets, fill_value=0)
    )
    most = sorted(outlets, key=lambda name: (-own[name] / max(1, told[name]), name))
    parts = [f"{name} {own[name]} of {told[name]}" for name in most[:_NAMED]]
    rest = f" (and {count(len(outlets) - _NAMED, 'more outlet')})" if len(outlets) > _NAMED else ""
    return f"Statements not found in any other outlet: {', '.join(parts)}{rest}."


def _wording(story: Story) -> list[str]:
    pairs = same_statements(story)
    pairs = pairs[pairs["sure"]]
    if pairs.empty:
        return []
    drawn = pairs.sample(min(len(pairs), MOST_ALIGNED), random_state=SEED)
    summary = told_twice_summary(story, pairs=drawn)
    which = f"{len(pairs):,} pairs"
    if len(drawn) < len(pairs):
        which = f"{len(drawn)} of {len(pairs):,} pairs, drawn at random"
    findings = [
        f"Sentences that say the same thing ({which}) typically share {summary['same_share'].median():.0%} "
        "of their words (the median); the rest is reworded, or found in one only."
    ]
    one_quotes = (summary["told_a"] == "quoted") != (summary["told_b"] == "quoted")
    turned = int((one_quotes & (summary["how"] == "quote")).sum())
    if turned:
        findings.append(
            f"In {turned} of {len(drawn)} pairs one outlet quotes what the other puts in its own words."
        )
    return findings
