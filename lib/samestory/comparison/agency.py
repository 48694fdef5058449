"""Agency: who does what to whom, and where the doer goes unnamed, outlet by outlet."""

import pandas as pd

from samestory.comparison.evidence import with_outlet, with_sentence, with_voice
from samestory.story import Story

FORMS = ("active", "passive", "agentless", "noun")
AGENCY = {
    "outlet": "str",
    "form": "str",  # active, passive (names the actor), agentless, noun ("the attack on Kyiv")
    "actor": "str",  # the actor's name where one is known, else the words of the text; missing: unnamed
    "verb": "str",
    "patient": "str",  # likewise, of the one acted upon
    "voice": "str",  # quoted: a speaker tells of the deed; narrator: the outlet does
    "article_id": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",  # its sentence
}
ROLES = {
    "entity": "str",
    "outlet": "str",
    "acts": "int64",  # deeds of which it is the actor
    "acted_upon": "int64",
    "by_nobody": "int64",  # of acted_upon, those whose actor the text does not name
    "acts_share": "float64",  # acts / (acts + acted_upon)
}


def agency(story: Story) -> pd.DataFrame:
    """Every deed with its actor, the one acted upon, and its sentence.

    Returns:
        AGENCY table in text order.
    References:
        Fowler (1991), Language in the News; the parse is spaCy's.
    """
    rows = with_outlet(with_sentence(story.actions, story.sentences), story.articles)
    names = _mentions_by_end(story.mentions)
    texts = story.articles.set_index("article_id")["text"]
    for role in ("actor", "patient"):
        spans = zip(rows["article_id"], rows[f"{role}_start"], rows[f"{role}_end"], strict=True)
        rows[role] = pd.Series([_name(*span, names, texts) for span in spans], dtype="str")
    rows = with_voice(rows.assign(text=rows["passage"]), story.quotes)
    return rows[list(AGENCY)].astype(AGENCY).reset_index(drop=True)


def agency_roles(story: Story, *, voice: str | None = None) -> pd.DataFrame:
    """How often each actor acts, is acted upon, and by nobody named, per outlet.

    Args:
        story: the annotated articles.
        voice: "narrator" or "quoted" for the deeds told in that voice alone.
    Returns:
        ROLES table, the most often told of first. Only persons, organisations and places that
        `mentions` knows by name.
    """
    deeds = agency(story)
    deeds = deeds if voice is None else deeds[deeds["voice"] == voice]
    known = set(story.mentions["entity"].dropna())
    keys = ["entity", "outlet"]
    acts = deeds[deeds["actor"].isin(known)].groupby(["actor", "outlet"]).size().rename_axis(keys)
    upon = deeds[deeds["patient"].isin(known)]
    nobody = upon[upon["actor"].isna()].groupby(["patient", "outlet"]).size().rename_axis(keys)
    upon = upon.groupby(["patient", "outlet"]).size().rename_axis(keys)
    table = pd.DataFrame({"acts": acts, "acted_upon": upon, "by_nobody": nobody}).fillna(0).reset_index()
    total = table["acts"] + table["acted_upon"]
    table["acts_share"] = table["acts"] / total
    table = table.assign(_total=-total.groupby(table["entity"]).transform("sum"))
    return table.sort_values(["_total", *keys])[list(ROLES)].astype(ROLES).reset_index(drop=True)


def agency_forms(deeds: pd.DataFrame) -> pd.DataFrame:
    """How many deeds of `agency` each outlet tells of in each form, and the share whose doer is unnamed.

    Returns:
        One row per outlet: a column per form, n_deeds, unnamed (deeds without an actor), unnamed_share
        (0 to 1, of the deeds that have one acted upon).
    """
    upon = deeds[deeds["patient"].notna()]
    counts = pd.crosstab(upon["outlet"], upon["form"]).reindex(columns=FORMS, fill_value=0)
    counts["n_deeds"] = counts.sum(axis=1)
    counts["unnamed"] = (
        upon[upon["actor"].isna()].groupby("outlet").size().reindex(counts.index, fill_value=0)
    )
    counts["unnamed_share"] = counts["unnamed"] / counts["n_deeds"]
    return counts.rename_axis(columns=None).reset_index()


def _mentions_by_end(mentions: pd.DataFrame) -> dict[tuple[str, int], str]:
    """(article, last character) -> entity: a phrase is named after the mention it ends with."""
    rows = mentions.dropna(subset="entity").sort_values(["article_id", "start"], ascending=[True, False])
    ends = zip(rows["article_id"], rows["end"], rows["entity"], strict=True)
    return {(article, int(end)): entity for article, end, entity in ends}


def _name(article: str, start, end, names: dict, texts: pd.Series) -> str | None:
    if pd.isna(start):
        return None
    return names.get((article, int(end))) or texts[article][int(start) : int(end)]
