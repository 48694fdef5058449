"""What notebook 1 shows, in at most five plain sentences."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
from spacy.lang.en.stop_words import STOP_WORDS

from samestory.framing.across import evidence, weights
from samestory.framing.actions import agency
from samestory.framing.codebooks import LEVELS
from samestory.framing.keywords import keyness
from samestory.framing.labelling import labels, spelled_out
from samestory.framing.loaded import loaded_rate, loaded_wording
from samestory.language.sentences import with_outlet
from samestory.names.gazetteers import titles
from samestory.pages.finding import WORDS, Finding, Passage
from samestory.pages.html import count
from samestory.quotes.inside import NARRATOR, QUOTED, with_voice
from samestory.story import Story

_FEWEST_SENTENCES = 5  # that speak of a frame, or words that are loaded, from which a rate is told (ours)
_BY_FAR = 4.0  # z of a word: of 16,000 words one passes it by chance
_NONE_FOUND = 3  # in n words there may be 3 where none was found (95 %; Hanley and Lippman-Hand 1983)
_MOST_ACTORS = 2  # whose labels are told
_OFTEN = 4  # mentions of somebody in passing are fewer (ours)
_ARTICLE = re.compile("^(?:the|an?) ")
_EXAMPLES = 2  # passages of the outlet that has more


def in_short(story: Story) -> list[Finding]:
    """State in what outlets surely differ, in at most five sentences with their numbers and passages."""
    return [
        *_labels(story), *_heaviest_frame(story), *_unnamed(story), *_loaded(story), *_key_words(story)
    ][:5]  # fmt: skip


def _labels(story: Story) -> list[Finding]:
    """What one outlet alone calls an actor, of those that it calls so twice or in two ways."""
    found = labels(story)
    quotes = story.quotes[story.quotes["kind"] != "indirect"]  # there the words are the speaker's
    found = found[with_voice(found, quotes)["voice"].to_numpy() != QUOTED]
    named = with_outlet(story.mentions[story.mentions["kind"] == "PERSON"], story.articles)
    told = named.groupby("entity")["outlet"].agg(["nunique", "size"])
    told = told[(told["nunique"] > 1) | (told["size"] >= _OFTEN)]  # others call nothing whom one alone names
    persons = set(told.index)
    texts = story.articles.groupby("outlet")["text"].agg(" ".join).map(spelled_out)
    actors: dict[str, list[Any]] = {}
    for row in found[found["entity"].isin(persons)].itertuples():
        others = found[(found["entity"] == row.entity) & (found["outlet"] != row.outlet)]["label"]
        label = spelled_out(row.label)
        words = label.split()  # "Ukraine's President" is no news beside "president"
        roles = titles().nouns.intersection(words) | {words[-1]}
        said = any(role in spelled_out(other) for other in others for role in roles)
        written = texts.drop(row.outlet).str.contains(label, regex=False)
        if len(texts) > 1 and not written.any() and not said:
            known = actors.setdefault(row.entity, [])  # of "founder" and "founder of Acme" the longer
            if not any(row.label.lower() in other.label.lower() for other in known):
                known[:] = [other for other in known if other.label.lower() not in row.label.lower()]
                known.append(row)
    actors = {entity: rows for entity, rows in actors.items() if sum(row.count for row in rows) > 1}
    ranked = sorted(actors, key=lambda entity: -sum(row.count for row in actors[entity]))
    return [_labels_of(entity, actors[entity]) for entity in ranked[:_MOST_ACTORS]]


def _labels_of(entity: str, rows: list[Any]) -> Finding:
    parts = []
    for outlet in dict.fromkeys(row.outlet for row in rows):
        named = [f"“{row.label}”" for row in rows if row.outlet == outlet]
        parts.append(f"{' and '.join(named[:_EXAMPLES])} in {outlet} only")
    said = f"{entity} is called {', '.join(parts)}."
    return Finding(said, WORDS, _passages(row._replace(text=row.passage) for row in rows[:3]))


def _heaviest_frame(story: Story) -> list[Finding]:
    """The frame in which outlets differ beyond their intervals, the most used first."""
    books = list(story.frames["codebook"].dropna().unique())
    book = "policy" if "policy" in books or not books else books[0]
    table = weights(story, codebook=book)
    words = story.articles.groupby("outlet")["words"].sum()
    bound = 1000 * _NONE_FOUND * max(LEVELS.values()) / table["outlet"].map(words)
    table["high"] = table["high"].where(table["n_terms"] > 0, bound)
    for frame, rows in table.groupby("frame", sort=False):
        most, least = rows.loc[rows["per_1000"].idxmax()], rows.loc[rows["high"].idxmin()]
        if most["n_sentences"] < _FEWEST_SENTENCES or most["low"] <= least["high"]:
            continue
        said = (
            f"{most['outlet']} speaks more of “{frame}”: {most['per_1000']:.0f} weighted terms in 1,000 "
            f"words (95% interval {_interval(most)}), against {least['per_1000']:.0f} ({_interval(least)}) "
            f"in {least['outlet']}."
        )
        terms = evidence(story, codebook=book, frame=frame)
        shown = terms.drop_duplicates(["article_id", "passage"]).assign(text=terms["passage"])
        return [Finding(said, WORDS, _of_both(shown, most["outlet"], least["outlet"]))]
    return []


def _interval(row: pd.Series) -> str:
    return f"{row['low']:.0f} to {row['high']:.0f}"


def _key_words(story: Story) -> list[Finding]:
    table = keyness(story)
    sure = table[(table["z"] > _BY_FAR) & table["note"].isna()]
    sure = sure.sort_values("z", ascending=False, kind="stable")
    best = sure.drop_duplicates(table.columns[0]).head(2)
    if best.empty:
        return []
    parts = [
        f"“{row.word}” stands {count(row.count, 'time')} in {row.outlet} and {row.count_elsewhere} elsewhere"
        for row in best.itertuples()
    ]
    return [
        Finding(f"Words that set an outlet apart: {'; '.join(parts)}.", WORDS, _passages(best.itertuples()))
    ]


def _unnamed(story: Story) -> list[Finding]:
    """A deed that one outlet tells without its doer, whom another names."""
    deeds = agency(story)
    deeds = deeds[(deeds["voice"] == NARRATOR) & (deeds["form"] != "noun") & deeds["patient"].notna()]
    told: dict[tuple[str, str], list[Any]] = {}
    for row in deeds.itertuples():
        told.setdefault((row.verb, _ARTICLE.sub("", row.patient.lower())), []).append(row)
    for (_, patient), rows in told.items():
        naming = {row.outlet: row for row in reversed(rows) if pd.notna(row.actor)}
        silent = [row for row in rows if row.outlet not in naming]
        names = [row for row in naming.values() if row.actor.lower() not in STOP_WORDS]
        if silent and names and patient not in STOP_WORDS:
            said = (
                f"{silent[0].outlet} tells of a deed without its doer, whom {names[0].outlet} names: "
                f"{names[0].actor}."
            )
            both = (row._replace(text=row.passage) for row in (silent[0], names[0]))
            return [Finding(said, WORDS, _passages(both))]
    return []


def _loaded(story: Story) -> list[Finding]:
    rows = loaded_rate(story)
    rows = rows[(rows["voice"] == NARRATOR) & (rows["n_words"] > 0)]
    if rows.empty:
        return []
    rows["high"] = rows["high"].where(rows["n_loaded"] > 0, 1000 * _NONE_FOUND / rows["n_words"])
    most, least = rows.loc[rows["per_1000"].idxmax()], rows.loc[rows["high"].idxmin()]
    if most["n_loaded"] < _FEWEST_SENTENCES or most["low"] <= least["high"]:
        return []
    said = (
        f"{most['outlet']} uses more loaded words in its own voice: {most['n_loaded']} in "
        f"{most['n_words']:,} words, against {least['n_loaded']} in {least['n_words']:,} of "
        f"{least['outlet']}; a model marks them, and about one in four is no judgement."
    )
    words = loaded_wording(story)
    return [
        Finding(said, WORDS, _of_both(words.assign(text=words["passage"]), most["outlet"], least["outlet"]))
    ]


def _of_both(rows: pd.DataFrame, more: str, fewer: str) -> list[Passage]:
    """Passages of the outlet that has more, and one of the other."""
    shown = [rows[rows["outlet"] == outlet].head(n) for outlet, n in ((more, _EXAMPLES), (fewer, 1))]
    return _passages(pd.concat(shown).itertuples())


def _passages(rows: Iterable[Any]) -> list[Passage]:
    return [Passage(row.outlet, row.article_id, int(row.start), row.text) for row in rows]
