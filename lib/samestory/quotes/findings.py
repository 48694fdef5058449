"""Who gets to speak in which outlet, in sentences computed from the tables."""

from collections.abc import Mapping

import pandas as pd

from samestory.quotes import voices
from samestory.story import Story


def in_short(story: Story) -> list[str]:
    """Say in at most five plain sentences who gets to speak in which outlet.

    Each sentence is built from the tables of `comparison.voices` and carries its numbers.
    """
    spoken = voices.speeches(story)
    if spoken.empty:
        return ["No reported statement was found in these articles."]
    findings = [_room(story), _main_speaker(story), _only_here(story), _directness(story), _sources(spoken)]
    return [finding for finding in findings if finding]


def _room(story: Story) -> str:
    table = voices.share(story, by=["outlet"])
    shares = dict(zip(table["outlet"], table["share"].fillna(0), strict=True))
    for outlet in story.articles["outlet"].dropna().unique():
        shares.setdefault(outlet, 0.0)
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
    outlets = sorted(story.articles["outlet"].dropna().unique())
    mine = table[table["speaker"] == speaker].set_index("outlet")["share"]
    shares = {outlet: float(mine.get(outlet, 0.0)) for outlet in outlets}
    words = int(total[speaker])
    return f"{speaker} is heard most ({words:,} words in all): {_extremes(shares)} of the words."


def _only_here(story: Story) -> str:
    table = voices.speakers_by_outlet(story)
    outlets = [column for column in table.columns if column != "outlets"]
    if len(outlets) < 2 or table.empty:
        return ""
    alone = table[table["outlets"] == 1]
    if alone.empty:
        return f"All {len(table)} speakers found are heard in more than one outlet."
    examples = [f"{name} ({row[outlets].idxmax()})" for name, row in alone.head(3).iterrows()]
    return (
        f"{len(alone)} of {len(table)} speakers were found in one outlet only, "
        f"with most words: {', '.join(examples)}."
    )


def _directness(story: Story) -> str:
    table = voices.direct_share(story)
    direct = table[table["kind"] == "direct"].set_index("outlet")
    shares = {outlet: float(share) for outlet, share in direct["share"].items()}
    counts = {outlet: int(n) for outlet, n in direct["all_statements"].items()}
    return f"Statements quoted word by word rather than retold: {_extremes(shares, counts)}."


def _sources(spoken: pd.DataFrame) -> str:
    n = spoken["source_type"].value_counts()
    unnamed, nobody = int(n.get(voices.ANONYMOUS, 0)), int(n.get(voices.NO_SPEAKER, 0))
    return (
        f"Of {len(spoken)} reported statements, {unnamed} rest on a source that is described but not named, "
        f"and for {nobody} no speaker was found."
    )


def _extremes(shares: Mapping[str, float], counts: Mapping[str, int] | None = None) -> str:
    """Every outlet's share when there are up to three, else the highest and the lowest."""

    def say(outlet: str) -> str:
        n = f" (of {counts[outlet]})" if counts else ""
        return f"{shares[outlet]:.0%}{n} in {outlet}"

    order = sorted(shares, key=lambda outlet: (-shares[outlet], outlet))
    if len(order) <= 3:
        return ", ".join(map(say, order))
    return f"from {say(order[0])} down to {say(order[-1])}, over {len(order)} outlets"
