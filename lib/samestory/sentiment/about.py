"""All that each outlet says about one actor: its sentences, what they call the actor, and their tone."""

import pandas as pd

from samestory.language.sentences import with_outlet, with_sentence
from samestory.sentiment.toward import FAVOURABLE, UNFAVOURABLE
from samestory.story import Story

NOT_ESTIMATED = "not estimated"  # a pronoun, the one who speaks, or what is no person or body


def sentences_about(story: Story, *, entity: str | None) -> pd.DataFrame:
    """List every sentence that names an actor or means it by another word.

    Args:
        entity: its canonical name; None, as in a story that names nobody, gives no row.
    Returns:
        One row per sentence, in text order: article_id, start, end, text (of the sentence), outlet, called
        (the words that mean the actor there), tone (favourable, neutral, unfavourable; `not estimated`).
    Raises:
        ValueError: no article mentions this entity.
    """
    known = story.mentions["entity"].value_counts()
    if entity is not None and entity not in known:
        names = ", ".join(known.index[:10])
        raise ValueError(f"unknown entity {entity!r}; the most frequent ones are: {names}")
    mentions = story.mentions[story.mentions["entity"] == entity]
    told = with_sentence(mentions.rename(columns={"text": "called"}), story.sentences)
    keys = ["article_id", "sentence"]
    grouped = told.dropna(subset="sentence").groupby(keys, sort=True, as_index=False)
    found = grouped.agg(called=("called", _each_once), toward=("toward", "mean"))
    places = story.sentences[["article_id", "start", "end", "text", "sentence"]]
    found = with_outlet(found.merge(places, on=keys, validate="one_to_one"), story.articles)
    found["tone"] = [_verdict(toward) for toward in found["toward"]]
    columns = ["article_id", "start", "end", "text", "outlet", "called", "tone"]
    return found.sort_values(["article_id", "start"], kind="stable")[columns].reset_index(drop=True)


def _each_once(words: pd.Series) -> str:
    return ", ".join(dict.fromkeys(words))


def _verdict(toward: float) -> str:
    if pd.isna(toward):
        return NOT_ESTIMATED
    return "favourable" if toward > FAVOURABLE else "unfavourable" if toward < UNFAVOURABLE else "neutral"
