"""Who gets to speak, at what length, how directly, and under which verbs.

Every word of an article is counted once: for the quote in which it lies, or else for the outlet's own
voice. Speech only unless `act` says otherwise: what somebody "wants" or "believes" is not their talking.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from samestory.language.places import with_outlet
from samestory.quotes.inside import NO_SPEAKER
from samestory.story import Story, once
from samestory.tables import require_fields, require_one_of

OWN_VOICE = "(own voice)"
PERSON, INSTITUTION, GROUP, ANONYMOUS = (
    "named person",
    "institution or country",
    "group or document",
    "unnamed source",
)
SOURCE_TYPES = (PERSON, INSTITUTION, GROUP, ANONYMOUS, NO_SPEAKER)
KINDS = ("direct", "mixed", "indirect")
STANCES = ("neutral", "assertive", "doubtful", "positive", "negative")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# After the kinds of unnamed sources in Duffy & Williams (2011), Use of unnamed sources drops from peak in
# 1960s and 1970s: officials and others who are described but not named.
_ANONYMOUS = re.compile(
    r"\b(?:sources?|officials?|insiders?|aides?|advis[eo]rs?|diplomats?|person|people|someone|figures?|"
    r"lawmakers?|executives?|investigators?|spokes(?:man|woman|person|people))\b",
    re.I,
)
_FIELDS = ("outlet", "article_id", "speaker", "kind", "stance", "cue", "source_type")
DEFINITIONS = {
    "speech": "words of speech, quoted or retold",
    "with_attitudes": "with what they are said to want, believe or feel",
    "direct_only": "words between quotation marks only",
    "statements": "statements, however long",
}


@once
def speeches(story: Story, *, act: str | None = "speech") -> pd.DataFrame:
    """List the quotes with the outlet, the type of source and the number of words that count for each.

    Args:
        story: the annotated articles.
        act: 'speech' or 'attitude'; None for both.
    Returns:
        The quotes table's rows with outlet, source_type (one of `SOURCE_TYPES`) and n_words, in which
        a word within two quotes counts for the outer one. speaker is "(no speaker)" where there is none.
    Raises:
        ValueError: act is not one of these.
    """
    require_one_of("act", act, ("speech", "attitude"), or_none=True)
    quotes = story.quotes if act is None else story.quotes[story.quotes["act"] == act]
    quotes = quotes.sort_values(["article_id", "start", "end"], ascending=[True, True, False], kind="stable")
    text = story.articles.set_index("article_id")["text"]
    words = [
        n
        for article_id, rows in quotes.groupby("article_id", sort=False)
        for n in _own(text[article_id], rows)
    ]
    return (
        with_outlet(quotes, story.articles)
        .assign(
            source_type=_source_types(story, quotes),
            speaker=quotes["speaker"].fillna(NO_SPEAKER),
            n_words=pd.Series(words, index=quotes.index, dtype="int64"),
        )
        .reset_index(drop=True)
    )


def share(
    story: Story, *, by: Sequence[str] = ("outlet", "speaker"), act: str | None = "speech"
) -> pd.DataFrame:
    """Share of the words that each voice has: the speakers, and the outlet's own beside them.

    Args:
        story: the annotated articles.
        by: columns to share out by, the first is the whole: outlet or article_id, then any of speaker,
            source_type, kind, stance, cue. Words outside of quotes are "(own voice)" there.
        act: as in `speeches`.
    Returns:
        One row per combination, the longest first: the `by` columns, words, all_words (of the outlet or
        article), share (0 to 1; the shares of a whole add up to 1).
    Raises:
        ValueError: a column of `by` is not one of these.
    """
    by = _require_fields(by)
    spoken = speeches(story, act=act)
    whole = by[0]
    articles = with_outlet(story.articles, story.articles)
    articles["n"] = [len(_WORD.findall(text)) for text in articles["text"]]
    total = articles.groupby(whole, sort=True)["n"].sum()
    counted = spoken.groupby(by, sort=True, dropna=False)["n_words"].sum().rename("words").reset_index()
    own = total - spoken.groupby(whole)["n_words"].sum().reindex(total.index, fill_value=0)
    voice = own.rename("words").rename_axis(whole).reset_index()
    for column in by[1:]:
        voice[column] = OWN_VOICE
    table = pd.concat([counted, voice], ignore_index=True) if len(by) > 1 else counted
    table["all_words"] = table[whole].map(total)
    table["share"] = table["words"] / table["all_words"].where(table["all_words"] > 0)
    table = table.sort_values([whole, "words", *by[1:]], ascending=[True, False, *[True] * (len(by) - 1)])
    table = table.astype({"words": "int64", "all_words": "int64", "share": "float64"})
    return table[[*by, "words", "all_words", "share"]].reset_index(drop=True)


def direct_share(
    story: Story, *, by: Sequence[str] = ("outlet",), act: str | None = "speech"
) -> pd.DataFrame:
    """How much of what is reported stands in the speaker's own words: direct, mixed, paraphrased.

    Returns:
        One row per combination of `by` and kind (direct, mixed, indirect): statements, words,
        all_statements, and share (of the statements, 0 to 1).
    """
    by = _require_fields(by)
    table = _count(speeches(story, act=act), by, "kind", KINDS)
    return table.rename(columns={"n": "statements", "n_all": "all_statements"})


def stance_share(
    story: Story, *, by: Sequence[str] = ("outlet",), act: str | None = "speech"
) -> pd.DataFrame:
    """How the verbs present what is said: neutral (said), assertive (stressed), doubtful (claimed) and so on.

    Returns:
        One row per combination of `by` and stance: statements, words, all_statements, share (0 to 1).
        Statements without a cue ("…" alone) count nowhere.
    """
    by = _require_fields(by)
    spoken = speeches(story, act=act)
    table = _count(spoken[spoken["cue"].notna()], by, "stance", STANCES)
    return table.rename(columns={"n": "statements", "n_all": "all_statements"})


def source_types(
    story: Story, *, by: Sequence[str] = ("outlet",), act: str | None = "speech"
) -> pd.DataFrame:
    """Whether named persons, institutions, groups or unnamed sources speak.

    Returns:
        One row per combination of `by` and source_type: statements, words, all_statements, share (0 to 1).
    """
    by = _require_fields(by)
    table = _count(speeches(story, act=act), by, "source_type", SOURCE_TYPES)
    return table.rename(columns={"n": "statements", "n_all": "all_statements"})


def cue_verbs(
    story: Story, *, by: Sequence[str] = ("outlet", "speaker"), act: str | None = "speech"
) -> pd.DataFrame:
    """Count the cues per outlet and speaker, with their stance.

    Returns:
        One row per combination of `by`, cue and stance, the most frequent first: statements.
    """
    by = _require_fields(by)
    spoken = speeches(story, act=act)
    spoken = spoken[spoken["cue"].notna()]
    columns = [*by, *(name for name in ("cue", "stance") if name not in by)]
    table = spoken.groupby(columns, sort=True, dropna=False).size().rename("statements").reset_index()
    order = [by[0], "statements", *columns[1:]]
    return table.sort_values(order, ascending=[True, False, *[True] * (len(columns) - 1)]).reset_index(
        drop=True
    )


def stance_verbs(story: Story, *, act: str | None = "speech", limit: int = 6) -> pd.DataFrame:
    """The verbs that each outlet gives each speaker, side by side by stance, for reading.

    Args:
        story: the annotated articles.
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


def speakers_by_outlet(story: Story, *, act: str | None = "speech") -> pd.DataFrame:
    """Words of each speaker in each outlet, the most heard first; 0 is "not found in".

    Returns:
        Index speaker; one column per outlet (words), and outlets (how many quote the speaker).
    """
    spoken = speeches(story, act=act)
    outlets = sorted(with_outlet(story.articles, story.articles)["outlet"].unique())
    spoken = spoken[spoken["speaker"] != NO_SPEAKER]
    table = spoken.pivot_table(
        index="speaker", columns="outlet", values="n_words", aggfunc="sum", fill_value=0
    )
    table = table.reindex(columns=outlets, fill_value=0).astype("int64")
    table["outlets"] = (table[outlets] > 0).sum(axis=1).astype("int64")
    order = table[outlets].sum(axis=1).rename("all").to_frame().assign(name=table.index)
    order = order.sort_values(["all", "name"], ascending=[False, True]).index
    return table.loc[order].rename_axis(columns=None)


def unattributed(story: Story) -> pd.DataFrame:
    """List the direct and mixed quotes for which the text names nobody, in text order."""
    spoken = speeches(story, act=None)
    rows = spoken[(spoken["speaker"] == NO_SPEAKER) & spoken["kind"].isin(["direct", "mixed"])]
    return rows[["outlet", "kind", "cue", "text", "article_id", "start", "end"]].reset_index(drop=True)


def unnamed_sources(story: Story) -> pd.DataFrame:
    """List what is told on the word of sources that are described but not named, in text order."""
    spoken = speeches(story)
    rows = spoken[spoken["source_type"].eq(ANONYMOUS)]
    return rows[["outlet", "speaker", "cue", "text", "article_id", "start", "end"]].reset_index(drop=True)


def _count(spoken: pd.DataFrame, by: list[str], column: str, values: Sequence[str]) -> pd.DataFrame:
    """Statements and words per combination of `by` and value, every value in its fixed order."""
    groups = spoken.groupby(by, sort=True, dropna=False)
    rows = []
    for key, group in groups:
        n, words = group[column].value_counts(), group.groupby(column)["n_words"].sum()
        for value in values:
            count = int(n.get(value, 0))
            share = count / len(group)
            rows.append([*key, value, count, int(words.get(value, 0)), len(group), share])
    table = pd.DataFrame(rows, columns=[*by, column, "n", "words", "n_all", "share"])
    types = {
        "n": "int64",
        "words": "int64",
        "n_all": "int64",
        "share": "float64",
        column: "str",
    } | dict.fromkeys(by, "str")
    return table.astype(types)


def _own(text: str, quotes: pd.DataFrame) -> Iterable[int]:
    """Words of each quote that no quote before it has; the quotes are sorted, outer ones first."""
    places = [match.start() for match in _WORD.finditer(text)]
    done = 0
    for start, end in zip(quotes["start"], quotes["end"], strict=True):
        first, last = bisect_left(places, start), bisect_left(places, end)
        yield max(0, last - max(first, done))
        done = max(done, last)


def _source_types(story: Story, quotes: pd.DataFrame) -> pd.Series:
    named = story.mentions[(story.mentions["form"] == "name") & story.mentions["entity"].notna()]
    votes: dict[str, Counter] = {}
    for entity, kind in zip(named["entity"], named["kind"], strict=True):
        votes.setdefault(entity, Counter())[kind == "PERSON"] += 1
    persons = {entity for entity, vote in votes.items() if vote[True] >= vote[False]}
    return pd.Series(
        [_source_type(speaker, persons, votes.keys()) for speaker in quotes["speaker"]],
        index=quotes.index,
        dtype="str",
    )


def _source_type(speaker: str, persons: set[str], named: Iterable[str]) -> str:
    if pd.isna(speaker):
        return NO_SPEAKER
    if speaker in persons:
        return PERSON
    if speaker in named:
        return INSTITUTION
    return ANONYMOUS if _ANONYMOUS.search(speaker) else GROUP


def _require_fields(by: Sequence[str]) -> list[str]:
    by = require_fields(by, _FIELDS)
    require_one_of("by[0]", by[0], _FIELDS[:2])  # the whole that is shared out
    return by


def _verbs(group: pd.DataFrame, limit: int) -> str | None:
    pairs = list(zip(group["cue"], group["statements"], strict=True))
    said = [cue if n == 1 else f"{cue} ×{n}" for cue, n in pairs[:limit]]
    if len(pairs) > limit:
        said.append(f"{len(pairs) - limit} more")
    return ", ".join(said) or None


def share_by_definition(story: Story, *, limit: int = 8) -> pd.DataFrame:
    """Each speaker's share of an outlet's reported words, under four definitions side by side.

    Args:
        story: the annotated articles.
        limit: the most heard speakers of each outlet, by the first definition.
    Returns:
        One row per outlet and speaker, those with the largest share first: speaker's share (0 to 1) under
        each of `DEFINITIONS`, and moved, the largest less the smallest of them. NaN where an outlet
        has nothing of a kind.
    """
    speech, both = speeches(story), speeches(story, act=None)
    counts = {
        "speech": _sum(speech, "n_words"),
        "with_attitudes": _sum(both, "n_words"),
        "direct_only": _sum(speech[speech["kind"] == "direct"], "n_words"),
        "statements": _sum(speech.assign(one=1), "one"),
    }
    table = pd.DataFrame(counts).reindex(columns=list(DEFINITIONS)).fillna(0.0)
    table.index = table.index.set_names(["outlet", "speaker"]) if len(table) else table.index
    if table.empty:
        columns = ["outlet", "speaker", *DEFINITIONS, "moved"]
        return pd.DataFrame(columns=columns).astype(dict.fromkeys(columns[2:], "float64"))
    total = table.groupby(level="outlet").transform("sum")
    shares = table / total.where(total > 0)
    shares["moved"] = shares.max(axis=1) - shares.min(axis=1)
    shares = shares.reset_index()
    shares = shares[shares["speaker"] != NO_SPEAKER]
    shares = shares.sort_values(["outlet", "speech", "speaker"], ascending=[True, False, True])
    return shares.groupby("outlet", sort=True).head(limit).reset_index(drop=True)


def _sum(spoken: pd.DataFrame, column: str) -> pd.Series:
    return spoken.groupby(["outlet", "speaker"])[column].sum().astype("float64")
