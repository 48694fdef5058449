"""How much a speaker's share depends on what is counted."""

import pandas as pd

from samestory.comparison.voices import NO_SPEAKER, speeches
from samestory.story import Story

DEFINITIONS = {
    "speech": "words of speech, quoted or retold",
    "with_attitudes": "with what they are said to want, believe or feel",
    "direct_only": "words between quotation marks only",
    "statements": "statements, however long",
}


def share_by_definition(story: Story, *, most: int = 8) -> pd.DataFrame:
    """Each speaker's share of an outlet's reported words, under four definitions side by side.

    Args:
        story: the annotated articles.
        most: the most heard speakers of each outlet, by the first definition.
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
    return shares.groupby("outlet", sort=True).head(most).reset_index(drop=True)


def _sum(spoken: pd.DataFrame, column: str) -> pd.Series:
    return spoken.groupby(["outlet", "speaker"])[column].sum().astype("float64")
