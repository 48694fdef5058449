"""Who gets to speak in which outlet, in sentences computed from the tables."""

import re
from collections.abc import Iterable, Mapping
from itertools import permutations

import pandas as pd

from samestory.pages.finding import CONTEXT, HEARD, Finding, Passage
from samestory.pages.html import count
from samestory.quotes import voices
from samestory.story import Story

_AT_LENGTH = 15  # words of a speaker whom one outlet alone hears
_NAMED = 3  # speakers in a sentence
# al-Nauimi and van der Berg are names in full, "Colls told Live Science" is none
_FULL_NAME = re.compile(
    r"[A-Z][\w.'’-]*(?: (?:(?:al|el|bin|ibn|de|da|du|van|von|der|den|la|le)\b-?)*\w*[A-Z][\w.'’-]*)+$"
)
_MUCH = 0.1  # of an outlet's words: more is much room for one speaker (ours)


def in_short(story: Story) -> list[str]:
    """Say in at most five plain sentences, with their numbers, who gets to speak in which outlet."""
    spoken = voices.speeches(story)
    if spoken.empty:
        return ["No reported statement was found in these articles."]
    heard = _heard_here_not_there(story) or _only_here(story)
    findings = [_room(story), _main_speaker(story), heard, _directness(story), _sources(spoken)]
    return [finding for finding in findings if finding]


def _room(story: Story) -> str:
    found = voices.share(story, by=["outlet"]).set_index("outlet")["share"].fillna(0)
    shares = {outlet: float(found.get(outlet, 0.0)) for outlet in story.articles["outlet"].unique()}
    if len(shares) == 1:
        outlet, share = next(iter(shares.items()))
        said = f"In {outlet}, {share:.0%} of the words report what somebody says"
        return f"{said}; the rest is the outlet's own voice."
    return f"Words that report what somebody says: {_extremes(shares)}; the rest is the outlets' own voice."


def _main_speaker(story: Story) -> str:
    table, mentions = voices.share(story), story.mentions
    named = (mentions["form"] == "name") & (mentions["kind"] != "NORP")
    names = mentions.loc[named, "entity"].dropna()
    table = table[table["speaker"].isin(names)]  # "police" are many, "witnesses" and Republicans not the same
    if table.empty:
        return ""
    total = table.groupby("speaker")["words"].sum()
    speaker = min(total.index, key=lambda name: (-total[name], name))
    mine = table[table["speaker"] == speaker].set_index("outlet")["share"]
    shares = {outlet: float(mine.get(outlet, 0.0)) for outlet in story.articles["outlet"].unique()}
    said = f"{speaker} is heard most ({total[speaker]:,} words in all)"
    return f"{said}; share of the outlet's words: {_extremes(shares)}."


def _heard_here_not_there(story: Story) -> str:
    """Of two outlets, whom each gives much room and the other none; empty where there are no such two."""
    table = voices.share(story).set_index(["speaker", "outlet"])["share"]
    main = {
        (here, there): speaker
        for here, there in permutations(story.articles["outlet"].unique(), 2)
        if (speaker := _heard_only_here(story, here, there))
    }
    pairs = [pair for pair in main if pair == tuple(sorted(pair)) and pair[::-1] in main]
    least = {
        (one, other): min(table[main[one, other], one], table[main[other, one], other])
        for one, other in pairs
    }
    if not least or max(least.values()) < _MUCH:
        return ""
    one, other = max(least, key=lambda pair: least[pair])
    first, second = main[one, other], main[other, one]
    said = (
        f"{one} gives {first} {table[first, one]:.0%} of its words and {second} none; "
        f"{other} gives {second} {table[second, other]:.0%} and {first} none."
    )
    return Finding(said, HEARD, [*_longest(story, [first], one), *_longest(story, [second], other)])


def _heard_only_here(story: Story, here: str, there: str) -> str:
    """The person with most words in one outlet of those surely without any in the other; perhaps none."""
    words, spoken = voices.speakers_by_outlet(story), voices.speeches(story)
    unknown = spoken[spoken["speaker"] == voices.NO_SPEAKER].groupby("outlet")["n_words"].sum()
    if unknown.get(there, 0) >= _AT_LENGTH:
        return ""  # these words may be those of the one who seems not to be heard
    heard, elsewhere = words.index[words[there] > 0], voices.told_elsewhere(story)
    main = words.index[(words[here] >= _AT_LENGTH) & words.index.isin(_persons(story))]
    silent = [
        name for name in main if not _perhaps_heard(name, heard) and there not in elsewhere.get(name, set())
    ]
    return max(silent, key=words[here].get, default="")


def _persons(story: Story) -> set[str]:
    """The speakers who are surely persons, told apart from any other: with given name and surname."""
    spoken = voices.speeches(story)
    names = spoken.loc[spoken["source_type"] == voices.PERSON, "speaker"].unique()
    return {name for name in names if _FULL_NAME.match(name)}


def _perhaps_heard(name: str, speakers: Iterable[str]) -> bool:
    """Whether one of the speakers may be that person: "Councillor Dev Anand" is "Anand"."""
    last = name.casefold().split()[-1]
    return any(last in speaker.casefold().split() for speaker in speakers)


def _only_here(story: Story) -> str:
    table = voices.speakers_by_outlet(story)
    outlets = [column for column in table.columns if column != "outlets"]
    if len(outlets) < 2 or table.empty:
        return ""
    alone = table[table["outlets"] == 1]
    if alone.empty:
        return ""
    sure = [name for name in alone.index if not _perhaps_heard(name, table.index.drop(name))]
    sure = [name for name in sure if name in _persons(story) and name not in voices.told_elsewhere(story)]
    if not sure:
        return ""
    long = [name for name in sure if alone.loc[name, outlets].max() >= _AT_LENGTH]
    named = long or sure
    examples = ", ".join(f"{name} ({alone.loc[name, outlets].idxmax()})" for name in named[:_NAMED])
    found = count(len(table), "speaker")
    said = f"Of {found}, these were found in one outlet only: {examples}."
    longest = _longest(story, named[:_NAMED])
    return Finding(said, HEARD if long else CONTEXT, longest)


def _longest(story: Story, speakers: list[str], outlet: str | None = None) -> list[Passage]:
    """The longest statement of each, anywhere or in one outlet."""
    spoken = voices.speeches(story)
    spoken = spoken if outlet is None else spoken[spoken["outlet"] == outlet]
    spoken = spoken[spoken["speaker"].isin(speakers)].sort_values("n_words", ascending=False, kind="stable")
    rows = spoken.drop_duplicates("speaker").set_index("speaker").loc[speakers]
    return [Passage(r.outlet, r.article_id, int(r.start), r.text) for r in rows.itertuples()]


def _directness(story: Story) -> str:
    table = voices.direct_share(story)
    direct = table[table["kind"] == "direct"].set_index("outlet")
    said = _extremes(direct["share"].to_dict(), direct["all_statements"].to_dict())
    return f"Statements quoted word by word rather than retold: {said}."


def _sources(spoken: pd.DataFrame) -> str:
    n = spoken["source_type"].value_counts()
    unnamed, nobody = n.get(voices.ANONYMOUS, 0), n.get(voices.NO_SPEAKER, 0)
    parts = []
    if unnamed:
        parts.append(f"{unnamed} {'rests' if unnamed == 1 else 'rest'} on a source that is not named")
    if nobody:
        parts.append(f"for {nobody} no speaker was found")
    return f"Of {count(len(spoken), 'reported statement')}, {' and '.join(parts)}." if parts else ""


def _extremes(shares: Mapping[str, float], counts: Mapping[str, int] | None = None) -> str:
    """Every outlet's share when there are up to three, else the highest and the lowest."""

    def say(outlet: str) -> str:
        n = f" (of {counts[outlet]})" if counts else ""
        return f"{shares[outlet]:.0%}{n} in {outlet}"

    order = sorted(shares, key=lambda outlet: (-shares[outlet], outlet))
    if len(order) <= 3:
        return ", ".join(map(say, order))
    return f"from {say(order[0])} down to {say(order[-1])}, over {len(order)} outlets"
