"""What can cautiously be said about tone, in sentences computed from the tables."""

import pandas as pd

from samestory.intervals import FEWEST, bootstrap_interval
from samestory.pages.finding import TONE, Finding, Passage
from samestory.quotes.inside import NARRATOR, QUOTED
from samestory.sentiment.across import (
    sentence_tone,
    tone_differences,
    tone_toward,
    toward_differences,
    toward_sentences,
)
from samestory.story import Story

# From here on eight readers in ten would agree, by actors of 5 to 20 sentences drawn from NewsMTSC's
# development file, four in five of them neutral. Clear verdicts on one side: of 3 unfavourable ones .82 of
# the actors lean that way, of 4 .92 (favourable .97, .98). A difference of .4 between outlets of 5 to 7
# sentences: readers give the same order for .91 and put at least .2 between them for .82 (8 to 11 sentences:
# .96, .89); of .3, .86 and .72. Verdicts that are not clear counted in full then; now differences are less.
_ONE_SIDED = 4  # sentences at least with a clear verdict on one side, more than _FAR_MORE times the other's
_FAR_MORE = 2
_LIGHT = 0.4
_EXAMPLES = 2  # passages on a side


def in_short(story: Story) -> list[Finding]:
    """At most three cautious sentences about tone, each with its numbers and its passages."""
    return [*_toward(story), *_widest(story), *_voices(story)]


def _toward(story: Story) -> list[Finding]:
    pairs = toward_differences(story)
    row = _clearest(pairs[pairs["difference"].abs() >= _LIGHT])
    if row is None:
        return _one_sided(story)
    kinder, other = ("a", "b") if row["difference"] > 0 else ("b", "a")
    better, worse = row[f"outlet_{kinder}"], row[f"outlet_{other}"]
    said = (
        f"{row['entity']} appears in a more favourable light in {better} than in {worse} (difference "
        f"{abs(row['difference']):.2f} on a scale from -1 to 1; {row[f'n_{kinder}']} and {row[f'n_{other}']} "
        "sentences, quotes included)."
    )
    about = toward_sentences(story, entity=row["entity"])
    return [Finding(said, TONE, _ends(about, "toward", low=worse, high=better))]


def _one_sided(story: Story) -> list[Finding]:
    """The most mentioned actor whose sentences lie on one side far more often than on the other."""
    actors = tone_toward(story, by=["entity"]).dropna(subset="low")
    for row in actors.sort_values(["n", "entity"], ascending=[False, True]).itertuples():
        for many, few, word in ((row.negative, row.positive, "un"), (row.positive, row.negative, "")):
            if many >= _ONE_SIDED and many > _FAR_MORE * few:
                said = (
                    f"Over all articles, {many} of the {row.n} sentences that mention {row.entity} are "
                    f"{word}favourable as a model reads them, and {few} the opposite."
                )
                about = toward_sentences(story, entity=row.entity)
                shown = about.sort_values("toward", ascending=word == "un", kind="stable")
                return [Finding(said, TONE, _passages(shown.head(_EXAMPLES)))]
    return []


def _widest(story: Story) -> list[Finding]:
    row = _clearest(tone_differences(story).dropna(subset="low"))
    if row is None:
        return []
    high, low = ("a", "b") if row["difference"] > 0 else ("b", "a")
    brighter, darker = row[f"outlet_{high}"], row[f"outlet_{low}"]
    said = (
        f"In its own sentences {darker} uses more negative words than {brighter} (difference "
        f"{abs(row['difference']):.2f} on a scale from -1 to 1, 95% interval {_size(row)}; {row[f'n_{low}']} "
        f"and {row[f'n_{high}']} sentences); part of it may be what each chose to tell."
    )
    told = sentence_tone(story).dropna(subset="polarity")
    told = told[told["voice"] == NARRATOR]
    return [Finding(said, TONE, _ends(told, "polarity", low=darker, high=brighter))]


def _size(row: pd.Series) -> str:
    """The interval of a difference, without its sign."""
    least, most = sorted((abs(row["low"]), abs(row["high"])))
    return f"{least:.2f} to {most:.2f}"


def _voices(story: Story) -> list[Finding]:
    scored = sentence_tone(story).dropna(subset="polarity")
    own, quoted = (scored[scored["voice"] == voice]["polarity"].to_numpy() for voice in (NARRATOR, QUOTED))
    low, high = bootstrap_interval(own, less=quoted)
    if not (low > 0 or high < 0) or min(len(own), len(quoted)) < FEWEST:
        return []
    darker = "What the outlets tell in their own words sounds" if high < 0 else "What is quoted sounds"
    said = (
        f"{darker} more negative than {'what they quote' if high < 0 else 'their own words'}: word tone "
        f"averages {own.mean():+.2f} in the outlets' own words ({len(own)} sentences) and "
        f"{quoted.mean():+.2f} in quotes ({len(quoted)})."
    )
    return [Finding(said)]


def _clearest(pairs: pd.DataFrame) -> pd.Series | None:
    """The largest difference whose interval leaves out 0."""
    apart = pairs[(pairs["low"] > 0) | (pairs["high"] < 0)]
    return None if apart.empty else apart.loc[apart["difference"].abs().idxmax()]


def _ends(rows: pd.DataFrame, value: str, *, low: str, high: str) -> list[Passage]:
    """The sentences that score lowest in one outlet and highest in the other."""
    rows = rows.sort_values(value, kind="stable")
    lowest, highest = (rows[rows["outlet"] == outlet] for outlet in (low, high))
    return _passages(pd.concat([lowest.head(_EXAMPLES), highest.tail(_EXAMPLES)]))


def _passages(rows: pd.DataFrame) -> list[Passage]:
    return [Passage(row.outlet, row.article_id, int(row.start), row.text) for row in rows.itertuples()]
