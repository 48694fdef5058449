"""Who gets to speak in which outlet, in sentences computed from the tables."""

from collections.abc import Mapping

import pandas as pd

from samestory.pages.html import count
from samestory.quotes import voices
from samestory.story import Story


def in_short(story: Story) -> list[str]:
    """Say in at most five plain sentences, with their numbers, who gets to speak in which outlet."""
    spoken = voices.speeches(story)
    if spoken.empty:
        return ["No reported statement was found in these articles."]
    findings = [_room(story), _main_speaker(story), _only_here(story), _directness(story), _sources(spoken)]
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
    table = voices.share(story)
    table = table[~table["speaker"].isin([voices.OWN_VOICE, voices.NO_SPEAKER])]
    if table.empty:
        return ""
    total = table.groupby("speaker")["words"].sum()
    speaker = min(total.index, key=lambda name: (-total[name], name))
    mine = table[table["speaker"] == speaker].set_index("outlet")["share"]
    shares = {outlet: float(mine.get(outlet, 0.0)) for outlet in story.articles["outlet"].unique()}
    said = f"{speaker} is heard most ({total[speaker]:,} words in all)"
    return f"{said}; share of the outlet's words: {_extremes(shares)}."


def _only_here(story: Story) -> str:
    table = voices.speakers_by_outlet(story)
    outlets = [column for column in table.columns if column != "outlets"]
    if len(outlets) < 2 or table.empty:
        return ""
    alone = table[table["outlets"] == 1]
    if alone.empty:
        return "Every speaker that was found is heard in more than one outlet."
    # A name that shares a word with another speaker's may be theirs: "Dev Anand", "Councillor Dev Anand".
    words = {name: {word for word in name.casefold().split() if len(word) > 2} for name in table.index}
    sure = [name for name in alone.index if not any(words[name] & words[o] for o in words if o != name)]
    elsewhere = voices.told_elsewhere(story)
    sure = [name for name in sure if name not in elsewhere]
    if not sure:
        return ""
    examples = ", ".join(f"{name} ({alone.loc[name, outlets].idxmax()})" for name in sure[:3])
    found = count(len(table), "speaker")
    return f"Of {found}, these were found in one outlet only, most words first: {examples}."


def _directness(story: Story) -> str:
    table = voices.direct_share(story)
    direct = table[table["kind"] == "direct"].set_index("outlet")
    said = _extremes(direct["share"].to_dict(), direct["all_statements"].to_dict())
    return f"Statements quoted word by word rather than retold: {said}."


def _sources(spoken: pd.DataFrame) -> str:
    n = spoken["source_type"].value_counts()
    unnamed = f"{n.get(voices.ANONYMOUS, 0)} rest on a source that is described but not named"
    nobody = f"for {n.get(voices.NO_SPEAKER, 0)} no speaker was found"
    return f"Of {len(spoken)} reported statements, {unnamed}, and {nobody}."


def _extremes(shares: Mapping[str, float], counts: Mapping[str, int] | None = None) -> str:
    """Every outlet's share when there are up to three, else the highest and the lowest."""

    def say(outlet: str) -> str:
        n = f" (of {counts[outlet]})" if counts else ""
        return f"{shares[outlet]:.0%}{n} in {outlet}"

    order = sorted(shares, key=lambda outlet: (-shares[outlet], outlet))
    if len(order) <= 3:
        return ", ".join(map(say, order))
    return f"from {say(order[0])} down to {say(order[-1])}, over {len(order)} outlets"
