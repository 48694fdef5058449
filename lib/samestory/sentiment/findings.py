"""What can cautiously be said about tone, in sentences computed from the tables."""

import pandas as pd

from samestory.intervals import FEWEST
from samestory.pages.finding import TONE, Finding
from samestory.quotes.inside import NARRATOR
from samestory.sentiment.across import (
    evidence,
    sentence_tone,
    tone_differences,
    tone_toward,
    toward_differences,
)
from samestory.story import Story

# From here on eight readers in ten would agree, by actors of 5 to 20 sentences drawn from NewsMTSC's
# development file, four in five of them neutral. Clear verdicts on one side: of 3 unfavourable ones .82 of
# the actors lean that way, of 4 .92 (favourable .97, .98). A difference of .4 between outlets of 5 to 7
# sentences: readers give the same order for .91 and put at least .2 between them for .82 (8 to 11 sentences:
# .96, .89); of .3, .86 and .72.
_ONE_SIDED = 4  # sentences at least with a clear verdict on one side, more than _FAR_MORE times the other's
_FAR_MORE = 2
_LIGHT = 0.4
_ROUNDS_TO_0 = 0.005


def in_short(story: Story) -> list[str]:
    """At most five cautious sentences about tone, each with its numbers of sentences."""
    findings = [_widest(story), _toward(story), _voices(story), _words(story)]
    return [finding for finding in findings if finding]


def _widest(story: Story) -> str:
    pairs = tone_differences(story).dropna(subset="low")
    row = _clearest(pairs)
    if row is None:
        return ""
    tone = "more positive" if row["difference"] > 0 else "more negative"
    said = (
        f"In its own sentences {row['outlet_a']} uses {tone} words than {row['outlet_b']} "
        f"(difference {row['difference']:+.2f}, 95% interval {row['low']:+.2f} to {row['high']:+.2f}; "
        f"{row['n_a']} and {row['n_b']} sentences); part of it may be what each chose to tell."
    )
    return Finding(said, TONE)


def _voices(story: Story) -> str:
    scored = sentence_tone(story).dropna(subset="polarity")
    means = scored.groupby("voice")["polarity"].agg(["mean", "size"])
    if len(means) < 2 or means["size"].min() < FEWEST:
        return ""
    own, quoted = means.loc[NARRATOR], means.drop(NARRATOR).iloc[0]
    return (
        f"Word tone averages {_signed(own['mean'])} in the outlets' own words ({own['size']:.0f} sentences) "
        f"and {_signed(quoted['mean'])} in what they quote ({quoted['size']:.0f}); "
        "the two are kept apart below."
    )


def _toward(story: Story) -> str:
    pairs = toward_differences(story)
    row = _clearest(pairs[pairs["difference"].abs() >= _LIGHT])
    if row is not None:
        kinder, other = ("a", "b") if row["difference"] > 0 else ("b", "a")
        said = (
            f"{row['entity']} appears in a more favourable light in {row[f'outlet_{kinder}']} than in "
            f"{row[f'outlet_{other}']} (difference {abs(row['difference']):.2f} on a scale from -1 to 1; "
            f"{row[f'n_{kinder}']} and {row[f'n_{other}']} sentences, quotes included)."
        )
        return Finding(said, TONE)
    return _one_sided(tone_toward(story, by=["entity"]).dropna(subset="low"))


def _one_sided(actors: pd.DataFrame) -> str:
    """The most mentioned actor whose sentences lie on one side far more often than on the other."""
    for row in actors.sort_values(["n", "entity"], ascending=[False, True]).itertuples():
        for many, few, word in ((row.negative, row.positive, "un"), (row.positive, row.negative, "")):
            if many >= _ONE_SIDED and many > _FAR_MORE * few:
                return (
                    f"Over all articles, {many} of the {row.n} sentences that mention {row.entity} are "
                    f"{word}favourable as a model reads them, and {few} the opposite."
                )
    return ""


def _words(story: Story) -> str:
    words = evidence(story)
    bad = words[words["polarity"] < 0]["text"].str.lower().value_counts()
    if bad.empty:
        return ""
    ranked = sorted(bad.items(), key=lambda item: (-item[1], item[0]))[:3]
    named = ", ".join(f"“{word}” ({n})" for word, n in ranked)
    return (
        f"The words that lower the scores most often: {named}; they may report events rather than judge them."
    )


def _clearest(pairs: pd.DataFrame) -> pd.Series | None:
    """The largest difference whose interval leaves out 0."""
    apart = pairs[(pairs["low"] > 0) | (pairs["high"] < 0)]
    return None if apart.empty else apart.loc[apart["difference"].abs().idxmax()]


def _signed(tone: float) -> str:
    """+0.06, -0.12, and 0.00 without a sign."""
    return f"{tone:+.2f}" if abs(tone) >= _ROUNDS_TO_0 else "0.00"
