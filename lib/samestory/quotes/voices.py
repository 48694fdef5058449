"""Who gets to speak, at what length, how directly, and under which verbs.

Every word of an article is counted once: for the quote in which it lies, or else for the outlet's own
voice. Speech only unless `act` says otherwise: what somebody "wants" or "believes" is not their talking.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import pandas as pd

from samestory.language.sentences import with_outlet
from samestory.quotes.inside import NO_SPEAKER
from samestory.story import Story, once
from samestory.tables import own_columns, require_fields, require_one_of, with_own_columns

OWN_VOICE = "(the outlet itself)"
PERSON, INSTITUTION = "named person", "institution or country"
GROUP, ANONYMOUS = "group or document", "unnamed source"
SOURCE_TYPES = (PERSON, INSTITUTION, GROUP, ANONYMOUS, NO_SPEAKER)
KINDS = ("direct", "mixed", "indirect")
STANCES = ("neutral", "assertive", "doubtful", "positive", "negative")
_WORD = re.compile(r"\w\S*")  # what stands between blanks, as an article's words are counted
# After the kinds of unnamed sources in Duffy & Williams (2011), Use of unnamed sources drops from peak in
# 1960s and 1970s: officials and others who are described but not named.
_ANONYMOUS = re.compile(
    r"\b(?:sources?|officials?|insiders?|aides?|advis[eo]rs?|diplomats?|person|people|someone|figures?|"
    r"statements?|documents?|data|reports?|lawmakers?|executives?|investigators?|spokes(?:man|woman|person|people))\b",
    re.I,
)
NO_INSTITUTION = "(no institution)"
_IN_A_ROW = 8  # words of one speaker that are no chance in another text
_FIELDS = ("outlet", "article_id", "speaker", "institution", "kind", "stance", "cue", "source_type")
_PLACE = ["text", "article_id", "start", "end"]
By = Sequence[str]  # columns to group by, as `share` has them
Act = str | None  # as `speeches` has it


@once
def speeches(story: Story, *, act: Act = "speech") -> pd.DataFrame:
    """List the quotes with the outlet, the type of source and the number of words that count for each.

    Args:
        act: 'speech' or 'attitude'; None for both.
    Returns:
        The quotes table's rows with outlet, source_type (one of `SOURCE_TYPES`), institution (the body for
        which a spokesperson speaks, or which speaks itself; else "(no institution)") and n_words, in which
        a word within two quotes counts for the outer one. speaker is "(no speaker)" where there is none.
    Raises:
        ValueError: act is not one of these.
    """
    require_one_of("act", act, ("speech", "attitude"), or_none=True)
    quotes = story.quotes if act is None else story.quotes[story.quotes["act"] == act]
    quotes = quotes.sort_values(["article_id", "start", "end"], ascending=[True, True, False], kind="stable")
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    by_article = quotes.groupby("article_id", sort=False)
    words = [n for article_id, rows in by_article for n in _words_of_own(texts[article_id], rows)]
    kinds = _source_types(story, quotes["speaker"])
    itself = quotes["speaker"].where(kinds == INSTITUTION)
    quotes = with_own_columns(with_outlet(quotes, story.articles), story.articles).assign(
        source_type=kinds,
        institution=quotes["speaks_for"].fillna(itself).fillna(NO_INSTITUTION),
        speaker=quotes["speaker"].fillna(NO_SPEAKER),
        n_words=pd.Series(words, index=quotes.index, dtype="int64"),
    )
    return quotes.reset_index(drop=True)


def share(story: Story, *, by: By = ("outlet", "speaker"), act: Act = "speech") -> pd.DataFrame:
    """Share of the words that each voice has: the speakers, and the outlet's own beside them.

    Args:
        by: columns to share out by, the first is the whole: outlet, article_id or a column of your own
            (`articles.csv`), then any of speaker, institution, source_type, kind, stance, cue. Words
            outside of quotes are "(the outlet itself)" there.
        act: as in `speeches`.
    Returns:
        One row per combination, the longest first: the `by` columns, words, all_words (of the outlet or
        article), share (0 to 1; the shares of a whole add up to 1).
    Raises:
        ValueError: a column of `by` is not one of these.
    """
    whole, *parts = by = _require_fields(by, story)
    table = _counts(speeches(story, act=act), by).drop(columns="statements")
    articles = with_own_columns(story.articles[["article_id", "outlet"]], story.articles)
    counts = pd.Series([len(_WORD.findall(text)) for text in story.articles["text"]], articles.index)
    total = counts.groupby(articles[whole]).sum()
    if parts:
        own = total - table.groupby(whole)["words"].sum().reindex(total.index, fill_value=0)
        own = own.rename("words").reset_index().assign(**dict.fromkeys(parts, OWN_VOICE))
        table = pd.concat([table, own], ignore_index=True)
    table["all_words"] = table[whole].map(total)
    table["share"] = table["words"] / table["all_words"].where(table["all_words"] > 0)
    table = table.astype({"words": "int64", "all_words": "int64", "share": "float64"})
    return _most_first(table, by, "words")


def direct_share(story: Story, *, by: By = ("outlet",), act: Act = "speech") -> pd.DataFrame:
    """How much of what is told is in the speaker's own words: direct (all), mixed (some), indirect (none).

    Returns:
        One row per combination of `by` and kind (direct, mixed, indirect): statements, words,
        all_statements, and share (of the statements, 0 to 1).
    """
    return _shares(speeches(story, act=act), _require_fields(by, story), "kind", KINDS)


def stance_share(story: Story, *, by: By = ("outlet",), act: Act = "speech") -> pd.DataFrame:
    """How the verbs present what is said: neutral (said), assertive (stressed), doubtful (claimed) and so on.

    Returns:
        One row per combination of `by` and stance: statements, words, all_statements, share (0 to 1).
        Statements without a cue ("…" alone) count nowhere.
    """
    spoken = speeches(story, act=act).dropna(subset="cue")
    return _shares(spoken, _require_fields(by, story), "stance", STANCES)


def source_types(story: Story, *, by: By = ("outlet",), act: Act = "speech") -> pd.DataFrame:
    """Whether named persons, institutions, groups or unnamed sources speak.

    Returns:
        One row per combination of `by` and source_type: statements, words, all_statements, share (0 to 1).
    """
    return _shares(speeches(story, act=act), _require_fields(by, story), "source_type", SOURCE_TYPES)


def cue_verbs(story: Story, *, by: By = ("outlet", "speaker"), act: Act = "speech") -> pd.DataFrame:
    """Count the cues per outlet and speaker, with their stance.

    Returns:
        One row per combination of `by`, cue and stance, the most frequent first: statements.
    """
    by = list(dict.fromkeys([*_require_fields(by, story), "cue", "stance"]))
    table = _counts(speeches(story, act=act).dropna(subset="cue"), by)
    return _most_first(table.drop(columns="words"), by, "statements")


def stance_verbs(story: Story, *, act: Act = "speech", limit: int = 6) -> pd.DataFrame:
    """The verbs that each outlet gives each speaker, side by side by stance, for reading.

    Args:
        act: as in `speeches`.
        limit: verbs listed in a cell; the others are counted.
    Returns:
        One row per outlet and speaker, those with most statements first: statements, and one column per
        stance with its verbs ("say ×3, add").
    """
    rows = []
    for (outlet, speaker), group in cue_verbs(story, act=act).groupby(["outlet", "speaker"], sort=True):
        cells = {stance: _verbs(group[group["stance"] == stance], limit) for stance in STANCES}
        n = int(group["statements"].sum())
        rows.append({"outlet": outlet, "speaker": speaker, "statements": n, **cells})
    table = pd.DataFrame(rows, columns=["outlet", "speaker", "statements", *STANCES])
    table = table.astype({"outlet": "str", "speaker": "str", "statements": "int64"})
    order = table.sort_values(["statements", "outlet", "speaker"], ascending=[False, True, True])
    return order.reset_index(drop=True)


def speakers_by_outlet(story: Story, *, act: Act = "speech") -> pd.DataFrame:
    """Words of each speaker in each outlet, the most heard first; 0 is "not found in".

    Returns:
        Index speaker; one column per outlet (words), and outlets (how many quote the speaker).
    """
    spoken = speeches(story, act=act)
    spoken = spoken[spoken["speaker"] != NO_SPEAKER]
    outlets = sorted(story.articles["outlet"].unique())
    table = spoken.pivot_table("n_words", "speaker", "outlet", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=outlets, fill_value=0).astype("int64")
    total = table.sum(axis=1)
    table["outlets"] = (table[outlets] > 0).sum(axis=1).astype("int64")
    order = sorted(table.index, key=lambda speaker: (-total[speaker], speaker))
    return table.loc[order].rename_axis(columns=None)


@once
def told_elsewhere(story: Story) -> dict[str, set[str]]:
    """By speaker, the other outlets in whose texts some of the quoted words stand, whoever says them."""
    at: dict[tuple[str, ...], set[str]] = {}
    for outlet, text in zip(story.articles["outlet"], story.articles["text"], strict=True):
        for run in _runs(text):
            at.setdefault(run, set()).add(outlet)
    direct = with_outlet(story.quotes[story.quotes["kind"] == "direct"], story.articles)
    found: dict[str, set[str]] = {}
    for speaker, outlet, text in zip(direct["speaker"], direct["outlet"], direct["text"], strict=True):
        if outlets := set().union(*(at.get(run, set()) - {outlet} for run in _runs(text))):
            found.setdefault(speaker, set()).update(outlets)
    return found


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    """Each eight words in a row, in lower case."""
    found = [word.casefold() for word in _WORD.findall(text)]
    return zip(*(found[i:] for i in range(_IN_A_ROW)), strict=False)


def unattributed(story: Story) -> pd.DataFrame:
    """List the direct and mixed quotes for which the text names nobody, in text order."""
    spoken = speeches(story, act=None)
    rows = spoken[(spoken["speaker"] == NO_SPEAKER) & (spoken["kind"] != "indirect")]
    return rows[["outlet", "kind", "cue", *_PLACE]].reset_index(drop=True)


def unnamed_sources(story: Story) -> pd.DataFrame:
    """List what is told on the word of sources that are described but not named, in text order."""
    spoken = speeches(story)
    rows = spoken[spoken["source_type"] == ANONYMOUS]
    return rows[["outlet", "speaker", "cue", *_PLACE]].reset_index(drop=True)


def share_by_definition(story: Story, *, limit: int = 8) -> pd.DataFrame:
    """Each speaker's share of an outlet's reported words, under four definitions side by side.

    Args:
        limit: the most heard speakers of each outlet, by the first definition.
    Returns:
        One row per outlet and speaker, those with the largest share first, and the speaker's share (0 to 1)
        as speech (words of speech, quoted or retold), with_attitudes (with what they are said to want,
        believe or feel), direct_only (words of direct quotes) and statements (however long);
        and moved, the largest less the smallest of them. NaN where an outlet has nothing of a kind.
    """
    speech, both, keys = speeches(story), speeches(story, act=None), ["outlet", "speaker"]
    words = {"speech": speech, "with_attitudes": both, "direct_only": speech[speech["kind"] == "direct"]}
    counts = {name: _counts(spoken, keys).set_index(keys)["words"] for name, spoken in words.items()}
    counts["statements"] = _counts(speech, keys).set_index(keys)["statements"]
    table = pd.concat(counts, axis=1).fillna(0.0).rename_axis(index=keys)
    total = table.groupby(level="outlet").transform("sum")
    shares = table / total.where(total > 0)
    shares["moved"] = shares.max(axis=1) - shares.min(axis=1)
    shares = shares.reset_index()
    shares = _most_first(shares[shares["speaker"] != NO_SPEAKER], keys, "speech")
    return shares.groupby("outlet", sort=True).head(limit).reset_index(drop=True)


def _counts(spoken: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Statements and words of each combination."""
    groups = spoken.groupby(by, sort=True, dropna=False)["n_words"]
    return groups.agg(statements="size", words="sum").reset_index()


def _shares(spoken: pd.DataFrame, by: By, column: str, values: Sequence[str]) -> pd.DataFrame:
    """Statements, words and share of each value within each combination of `by`, in the values' order."""
    by = [name for name in by if name != column]
    keys = [*by, column]
    table = _counts(spoken, by).drop(columns="words").rename(columns={"statements": "all_statements"})
    table = table.merge(pd.DataFrame({column: values}), how="cross")
    table = table.merge(_counts(spoken, keys), on=keys, how="left").fillna({"statements": 0, "words": 0})
    table["share"] = table["statements"] / table["all_statements"]
    counts = dict.fromkeys(["statements", "words", "all_statements"], "int64")
    return table.astype(dict.fromkeys(keys, "str") | counts)[[*keys, *counts, "share"]]


def _most_first(table: pd.DataFrame, by: list[str], count: str) -> pd.DataFrame:
    """Within the first of the columns that a table is counted by, the largest counts first."""
    ascending = [True, False, *[True] * (len(by) - 1)]
    table = table.sort_values([by[0], count, *by[1:]], ascending=ascending)
    return table[[*by, *table.columns.difference(by, sort=False)]].reset_index(drop=True)


def _words_of_own(text: str, quotes: pd.DataFrame) -> Iterable[int]:
    """Words of each quote that no quote before it has; the quotes are sorted, outer ones first."""
    places = [match.start() for match in _WORD.finditer(text)]
    done = 0
    for start, end in zip(quotes["start"], quotes["end"], strict=True):
        first, last = bisect_left(places, start), bisect_left(places, end)
        yield max(0, last - max(first, done))
        done = max(done, last)


def _source_types(story: Story, speakers: pd.Series) -> pd.Series:
    named = story.mentions[story.mentions["form"] == "name"].dropna(subset="entity")
    persons = named["kind"].eq("PERSON").groupby(named["entity"]).mean().ge(0.5)  # by most of their mentions
    types = {name: PERSON if person else INSTITUTION for name, person in persons.items()}
    found = [
        NO_SPEAKER if pd.isna(speaker)
        else types.get(speaker) or (ANONYMOUS if _ANONYMOUS.search(speaker) else GROUP)
        for speaker in speakers
    ]  # fmt: skip
    return pd.Series(found, index=speakers.index, dtype="str")


def _require_fields(by: By, story: Story) -> list[str]:
    own = own_columns(story.articles)
    fields = require_fields(by, [*_FIELDS, *own])
    require_one_of("by[0]", fields[0], [*_FIELDS[:2], *own])  # the whole that is shared out
    return fields


def _verbs(group: pd.DataFrame, limit: int) -> str | None:
    pairs = list(zip(group["cue"], group["statements"], strict=True))
    said = [cue if n == 1 else f"{cue} ×{n}" for cue, n in pairs[:limit]]
    if len(pairs) > limit:
        said.append(f"{len(pairs) - limit} more")
    return ", ".join(said) or None
