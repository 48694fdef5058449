"""What notebook 1 shows, in at most five plain sentences."""

import pandas as pd

from samestory.framing.across import weights
from samestory.framing.actions import agency, agency_forms
from samestory.framing.keywords import SURE, keyness
from samestory.framing.loaded import loaded_rate
from samestory.pages.finding import WORDS, Finding
from samestory.pages.html import count
from samestory.quotes.inside import NARRATOR
from samestory.story import Story

_FEW = 3  # outlets that are all named; of more, the highest and the lowest
_FEWEST_DEEDS = 10  # of an outlet, from which a share of them is told (ours)


def in_short(story: Story) -> list[str]:
    """State what each outlet stresses, in at most five sentences with their numbers."""
    deeds = agency(story)
    books = list(story.frames["codebook"].dropna().unique())
    book = "policy" if "policy" in books or not books else books[0]
    found = [
        _heaviest_frame(weights(story, codebook=book)),
        _key_words(keyness(story)),
        _unnamed(agency_forms(deeds[deeds["voice"] == NARRATOR])),
        _loaded(loaded_rate(story)),
    ]
    return [sentence for sentence in found if sentence]


def _heaviest_frame(table: pd.DataFrame) -> str | None:
    """The frame in which outlets differ beyond their intervals, the most used first."""
    table = table[table["n_terms"] > 0]
    if table.empty:
        return None
    apart = [
        frame for frame, rows in table.groupby("frame", sort=False) if rows["low"].max() > rows["high"].min()
    ]
    if not apart:
        return None
    rows = table[table["frame"] == apart[0]].sort_values(["per_1000", "outlet"], ascending=[False, True])
    shown = [f"{r.per_1000:.0f} ({r.low:.0f} to {r.high:.0f}) in {r.outlet}" for r in _ends(rows)]
    return (
        f"Weighted terms of the frame “{apart[0]}” in 1,000 words: {', '.join(shown)}; the 95% intervals of"
        " the highest and the lowest do not overlap."
    )


def _key_words(table: pd.DataFrame) -> str | None:
    if table.empty:
        return None
    sure = table[(table["z"] > SURE) & table["note"].isna()].sort_values("z", ascending=False)
    if sure.empty:
        return None
    best = sure.drop_duplicates(table.columns[0]).head(2)
    parts = zip(best["word"], best[table.columns[0]], best["count"], best["count_elsewhere"], strict=True)
    shown = [f"“{word}” in {group} ({uses} uses, {other} elsewhere)" for word, group, uses, other in parts]
    said = (
        f"{count(len(sure), 'word')} used more in one {table.columns[0]} than chance would give:"
        f" first {' and '.join(shown)}."
    )
    return Finding(said, WORDS)


def _unnamed(forms: pd.DataFrame) -> str | None:
    rows = forms[forms["n_deeds"] >= _FEWEST_DEEDS]
    rows = rows.sort_values(["unnamed_share", "outlet"], ascending=[False, True])
    if rows.empty:
        return None
    shown = [f"{r.unnamed} of {r.n_deeds} in {r.outlet}" for r in _ends(rows)]
    return f"Deeds that the outlet tells in its own voice without saying who did them: {', '.join(shown)}."


def _loaded(rates: pd.DataFrame) -> str | None:
    rows = rates[(rates["voice"] == NARRATOR) & (rates["n_words"] > 0)]
    rows = rows.sort_values(["per_1000", "outlet"], ascending=[False, True])
    if rows.empty or rows["low"].max() <= rows["high"].min():
        return None
    shown = [f"{r.n_loaded} in {r.n_words:,} words of {r.outlet}" for r in _ends(rows)]
    said = f"Loaded words in the outlets' own voice, as a model marks them: {', '.join(shown)}."
    return Finding(said, WORDS)


def _ends(rows: pd.DataFrame) -> list:
    """All rows of a few, or the highest and the lowest of many."""
    return list((rows if len(rows) <= _FEW else rows.iloc[[0, -1]]).itertuples())
