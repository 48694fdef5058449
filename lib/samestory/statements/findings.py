"""What is told alike and what in one outlet only, in sentences computed from the tables."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
from rapidfuzz.fuzz import ratio

from samestory.pages.finding import (
    CONTEXT,
    COPY,
    FACT,
    LEFT_OUT,
    TOLD_APART,
    Finding,
    Passage,
)  # fmt: skip
from samestory.pages.html import count
from samestory.quotes.inside import quoted_by_article
from samestory.statements.alignment import told_twice, told_twice_summary
from samestory.statements.by_outlet import core, coverage, only_in, says_by_itself
from samestory.statements.could_know import BEFORE, timing_of
from samestory.statements.lined_up import UNLIKE
from samestory.statements.name_spellings import RESPELLED
from samestory.statements.pairs import same_statements, tellings
from samestory.statements.shared_text import shared_shares
from samestory.statements.told_alone import told_alone
from samestory.statements.told_differently import differences
from samestory.story import Story

MOST_ALIGNED = 300  # pairs whose words are compared for the findings; a sample stands for more
SEED = 0
_MOST_OF_A_KIND = 2  # findings: what differs, what is shared
_MOST_ALONE = 3  # outlets of which it is said what they alone tell
_PASSAGES = 5  # of each of them
_WORTH_TELLING = 0.1  # share of an article from which shared text is told (ours)
_MOSTLY_QUOTED = 0.6  # share of shared text in quotation from which it is one speaker's words (ours)
_WEIGHTIEST = ("fate", "outcome", "vote", "money", "number", "share", "measure")  # kinds, the others after
_MOST = 5  # findings in all
_ONE_TEXT = 0.5  # share of shared text from which an article is hardly a voice of its own (ours)
_LIKE_WORDS = 0.8  # share of like words below which a quotation is told in other words (ours)
_LONG_WORD = 5  # letters of words that are shown reworded; "this" for "the" says little
_EXAMPLES = 2
_MARK = re.compile('["“”]')
_SURELY = 0.9  # score of a pair that is told as one statement in a sentence
_HE = re.compile(r"\W*(he|she)\b", re.IGNORECASE)
_EARLY = 2  # outlets that are named as having published before
_NAMED = 4  # outlets whose own statements are counted in a sentence


def what_differs(story: Story) -> list[Finding]:
    """Say in at most two sentences in which figures, outcomes or names outlets differ; none if they agree.

    Returns:
        such as "The figures differ. Dead: 20 (Herald, 9 May) / 21 (Post, 10 May)."; the weightiest first.
    """
    table = differences(story)
    table = table[table["verdict"].isin(UNLIKE)]
    found: dict[tuple[str, str, str], dict[str, Passage]] = {}
    for _, row in table.iterrows():
        told = found.setdefault((row["kind"], row["what"], row["verdict"]), {})
        dated = pd.notna(row["published_a"]) and pd.notna(row["published_b"])
        sides = dict(zip("ab", _sides(row, "passage"), strict=True))
        for side in sorted("ab", key=lambda side: row[f"published_{side}"]) if dated else "ab":
            told.setdefault(_as_told(row, side, dated=dated), sides[side])
    undated = bool(story.articles["published"].isna().any())
    weighty = sorted(
        found, key=lambda key: _WEIGHTIEST.index(key[0]) if key[0] in _WEIGHTIEST else len(found)
    )
    return [
        Finding(
            _difference(*key, list(found[key])[:_NAMED], undated=undated),
            CONTEXT if key[0] == "name" else FACT,
            list(found[key].values())[:_NAMED],
        )
        for key in weighty[:_MOST_OF_A_KIND]
    ]


def _sides(row: pd.Series, column: str) -> list[Passage]:
    """The passages of both outlets of a pair."""
    return [
        Passage(
            row[f"outlet_{side}"], row[f"article_{side}"], int(row[f"start_{side}"]), row[f"{column}_{side}"]
        )
        for side in "ab"
    ]


def _as_told(row: Any, side: str, *, dated: bool) -> str:
    """One side of a difference: what it says, and where."""
    hedge, when = getattr(row, f"hedge_{side}"), getattr(row, f"published_{side}")
    said = " ".join(getattr(row, f"text_{side}").split())
    said = f"“{said}”" if row.kind == "outcome" else said
    day = f", {when.day} {when:%B}" if dated else ""
    return f"{hedge + ' ' if isinstance(hedge, str) else ''}{said} ({getattr(row, f'outlet_{side}')}{day})"


def _difference(kind: str, what: str, verdict: str, told: list[str], *, undated: bool) -> str:
    if kind == "name":
        return f"One name is spelled in {len(told)} ways: {' / '.join(told)}."
    if kind == "outcome":
        return f"The outcome is told in opposite ways: {' / '.join(told)}."
    change = "A later article gives another figure" if verdict == "updated" else "The figures differ"
    said = f"{change}. {what[:1].upper()}{what[1:]}: {' / '.join(told)}"
    if undated and kind == "fate":
        said += " (when each was published is not known: a toll may have grown in between)"
    return f"{said}."


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
        + (f" and {in_all} in all of them." if in_all and len(outlets) > 2 else "."),
        _own(story, table, outlets),
        *_wording(story),
    ]
    differ, shared = what_differs(story), what_is_shared(story)
    weighty = [*differ, *shared, *_told_alone(story), *_in_other_words(story)]
    return [*sorted(weighty, key=lambda finding: -finding.weight), *findings][:_MOST]


def _told_alone(story: Story) -> list[Finding]:
    """What one outlet alone tells, the weightiest first; at most _MOST_ALONE outlets."""
    findings, names = [], _who_he_is(story)
    told_in = tellings(story).groupby("statement")["article_id"].agg(set)
    for outlet, rows in told_alone(story).groupby("outlet", sort=False):
        told = rows.nlargest(_PASSAGES, "weight")
        passages = [_passage(row, names) for row in told.itertuples()]
        passages = [passage for passage in passages if says_by_itself(passage.text) or "[" in passage.text]
        if passages:
            early, all_early = _earlier(story, outlet, set().union(*told_in[told["statement"]]))
            weight = CONTEXT if all_early else LEFT_OUT  # what came later is nobody's omission
            said = Finding(f"Found in {outlet} only{early}:", weight, passages)
            findings.append((told["weight"].sum(), said))
    return [finding for _, finding in sorted(findings, key=lambda one: (-one[0], one[1]))[:_MOST_ALONE]]


def _earlier(story: Story, outlet: str, told_in: set[str]) -> tuple[str, bool]:
    """Of which other outlets the articles are surely older, in words, and whether those of all are."""
    timing = timing_of(story)
    others = {one: timing(told_in, one) for one in sorted(set(story.articles["outlet"]) - {outlet})}
    early = {one: found.words for one, found in others.items() if found.timing == BEFORE}
    if early and len(early) == len(others):
        return (
            ", whose article is the latest" if len(told_in) == 1 else ", later than the others' articles"
        ), True
    if len(early) > _EARLY:
        return f" ({len(early)} of the other {len(others)} outlets published before it)", False
    said = [
        " by ".join(filter(None, [one, words.removesuffix("before").strip()])) for one, words in early.items()
    ]
    return (f" (published before it: {' and '.join(said)})" if said else ""), False


def _passage(row: Any, names: Mapping[tuple[str, int], str]) -> Passage:
    """A sentence as it stands, but "She [Ann Poe] said ..." at its head, as an editor would have it."""
    pronoun = _HE.match(row.text)
    name = names.get((row.article_id, row.start + pronoun.start(1))) if pronoun else None
    text = (
        f"{row.text[: pronoun.end()]} [{name}]{row.text[pronoun.end() :]}" if pronoun and name else row.text
    )
    return Passage(row.outlet, row.article_id, int(row.start), text)


def _who_he_is(story: Story) -> dict[tuple[str, int], str]:
    """By article and place, whom a pronoun stands for."""
    rows = story.mentions[story.mentions["form"] == "pronoun"].dropna(subset="entity")
    return dict(zip(zip(rows["article_id"], rows["start"], strict=True), rows["entity"], strict=True))


def _in_other_words(story: Story) -> list[Finding]:
    """That outlets quote one statement in different words, with the pair that differs most."""
    pairs = same_statements(story)
    pairs = pairs[pairs["score"] >= _SURELY]
    if pairs.empty or len(pairs) > MOST_ALIGNED:
        return []
    summary, words = told_twice_summary(story, pairs=pairs), _reworded(story, pairs)
    quoted = summary[(summary["told_a"] == "quoted") & (summary["told_b"] == "quoted")]
    other = quoted[(quoted["same_share"] < _LIKE_WORDS) & quoted["pair"].isin(words)]
    if other.empty:
        return []
    row = other.sort_values("same_share", kind="stable").iloc[0]
    alike = other[(other["outlet_a"] == row["outlet_a"]) & (other["outlet_b"] == row["outlet_b"])]
    longest = sorted(words[row["pair"]], key=lambda told: -min(map(len, told)))[:_EXAMPLES]
    such = " and ".join(f"“{one}” / “{other}”" for one, other in longest)
    said = (
        f"{row['outlet_a']} and {row['outlet_b']} quote what was said in different words, such as {such} "
        f"({count(len(alike), 'passage')}; {alike['same_share'].median():.0%} of the words are alike)."
    )
    return [Finding(said, TOLD_APART, _sides(row, "text"))]


def _reworded(story: Story, pairs: pd.DataFrame) -> dict[int, list[tuple[str, str]]]:
    """By pair, the words in quotation marks for which the other side has others; only pairs with some."""
    inside = quoted_by_article(story.quotes, directly=True)
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))

    def quoted(run: Any) -> bool:
        quote = inside[run.article_id].around(run.start, run.end)
        if quote is None or quote.kind != "direct" or run.start <= quote.start:
            return False  # where both begin otherwise they may quote two parts of what was said
        return not _MARK.search(texts[run.article_id], quote.start, run.start)  # "Yes," he said, "it is"

    runs = told_twice(story, pairs=pairs)
    found: dict[int, list[tuple[str, str]]] = {}
    for pair, rows in runs[runs["how"] == "reworded"].groupby("pair"):
        left, right = (list(rows[rows["side"] == side].itertuples()) for side in "ab")
        if len(left) != len(right):
            continue
        for one, other in zip(left, right, strict=True):
            long = min(len(one.text), len(other.text)) >= _LONG_WORD
            spelled = one.text[0].isupper() and ratio(one.text, other.text) >= RESPELLED  # "Zelenskyy"
            if long and not spelled and quoted(one) and quoted(other):
                found.setdefault(pair, []).append((one.text, other.text))
    return found


def what_is_shared(story: Story) -> list[Finding]:
    """Say in at most two sentences how much of an article stands nearly word for word in another outlet's.

    Of each article the largest share is told; of two articles that of the later one, or else the larger.
    """
    table = shared_shares(story)
    said: set[frozenset[str]] = set()
    told: set[str] = set()
    findings: list[Finding] = []
    for row in table[table["share"] >= _WORTH_TELLING].itertuples():
        pair = frozenset((row.article_id, row.other_article))
        if pair in said or row.article_id in told or row.first == row.outlet:
            continue
        said.add(pair)
        told.add(row.article_id)
        first = ", which was published first" if isinstance(row.first, str) else ""
        quoted = ", most of it quoted" if row.quoted > _MOSTLY_QUOTED else ""
        said_so = (
            f"{row.share:.0%} of {_whose(row.outlet)} article stands nearly word for word in "
            f"{_whose(row.other_outlet)}{first}{quoted}."
        )
        findings.append(Finding(said_so, COPY if row.share >= _ONE_TEXT else TOLD_APART))
    return findings[:_MOST_OF_A_KIND]


def _whose(outlet: str) -> str:
    return f"{outlet}'" if outlet.endswith("s") else f"{outlet}'s"


def _own(story: Story, table: pd.DataFrame, outlets: list[str]) -> str:
    told = table.loc[table["found"], "outlet"].value_counts().reindex(outlets, fill_value=0)
    own = only_in(story)["outlet"].value_counts().reindex(outlets, fill_value=0)
    most = sorted(outlets, key=lambda name: (-own[name] / max(1, told[name]), name))
    parts = [f"{name} {own[name]} of {told[name]}" for name in most[:_NAMED]]
    rest = f" (and {count(len(outlets) - _NAMED, 'more outlet')})" if len(outlets) > _NAMED else ""
    return f"Statements surely in no other outlet: {', '.join(parts)}{rest}."


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
