"""What can be sampled: every sentence, mention or pair that the machine judged, with its answers.

Also those in which it saw nothing: without them no check can show what was missed.
"""

import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from samestory import tables
from samestory.framing.codebooks import read_codebook
from samestory.framing.loaded import SHOWN
from samestory.language.sentences import with_outlet, with_sentence
from samestory.quotes.inside import NARRATOR
from samestory.sentiment.toward import NEUTRAL
from samestory.statements.pairs import SURE, compare
from samestory.statements.told_differently import differences
from samestory.story import Story
from samestory.trust.answers import day_span
from samestory.trust.coding import NOT_SAID, coding

UNITS = {
    "outlet": "str", "article_id": "str", "start": "int64", "end": "int64", "text": "str",  # what is judged
    "passage_start": "int64", "passage_end": "int64",  # its sentence
    # The other side, where two passages are compared.
    "outlet_b": "str", "article_b": "str", "start_b": tables.NUMBER, "end_b": tables.NUMBER, "text_b": "str",
    "passage_start_b": tables.NUMBER, "passage_end_b": tables.NUMBER,
}  # fmt: skip
_SIDE = ["outlet", "article", "start", "end", "text"]
_CALENDAR = ("DATE", "TIME")
_WORD = re.compile(r"\w")


def units(story: Story, what: str, *, codebook: str) -> pd.DataFrame:
    """List all that can be drawn for a check.

    Returns:
        UNITS, and one column for each variable of `coding(what)` with the machine's answer, missing where
        it is not asked. One row a sentence (quotes, times, events, frames, tone, loaded), mention (persons),
        sentence with its closest sentence in any other outlet (statements), or two figures, outcomes or
        names that were lined up (differences); sorted by place.
    """
    found = _MAKERS[what](story, codebook)
    answers = [variable.name for variable in coding(what, codebook=codebook).variables]
    for name, dtype in (UNITS | dict.fromkeys(answers, "str")).items():
        found[name] = (found[name] if name in found else pd.Series(pd.NA, found.index)).astype(dtype)
    order = ["article_id", "start", "end", "article_b", "start_b", "end_b"]
    found = found.drop_duplicates([*order, *answers]).sort_values([*order, *answers], kind="stable")
    return found[[*UNITS, *answers]].reset_index(drop=True)


def _sentences(story: Story, answers: Iterable[dict[str, str | None]]) -> pd.DataFrame:
    """Every sentence, with the answers to each."""
    rows = with_outlet(story.sentences, story.articles).reset_index(drop=True)
    rows = rows.assign(passage_start=rows["start"], passage_end=rows["end"])
    kept = rows[["outlet", "article_id", "start", "end", "text", "passage_start", "passage_end"]]
    return pd.concat([kept, pd.DataFrame(list(answers), index=rows.index, dtype="str")], axis=1)


def _first_in(rows: pd.DataFrame, story: Story) -> dict[tuple[str, int], pd.Series]:
    """The first row that begins in each sentence."""
    rows = with_sentence(rows.sort_values(["article_id", "start"]), story.sentences).dropna(subset="sentence")
    firsts = rows.drop_duplicates(["article_id", "sentence"])
    return {(row["article_id"], int(row["sentence"])): row for _, row in firsts.iterrows()}


def _places(story: Story) -> Iterable[tuple[str, int]]:
    return zip(story.sentences["article_id"], story.sentences["sentence"], strict=True)


def _quotes(story: Story, _: str) -> pd.DataFrame:
    spoken = dict(iter(story.quotes[story.quotes["act"] == "speech"].groupby("article_id")))

    def answers() -> Iterable[dict[str, str | None]]:
        for sentence in story.sentences.itertuples():
            best, most = None, 0
            quotes = spoken.get(sentence.article_id)
            for quote in () if quotes is None else quotes.itertuples():
                first, last = max(quote.start, sentence.start), min(quote.end, sentence.end)
                within = sentence.text[first - sentence.start : max(last - sentence.start, 0)]
                if last - first > most and _WORD.search(within):
                    best, most = quote, last - first
            if best is None:
                yield {"reported": "no", "speaker": None, "form": None}
            else:
                speaker = NOT_SAID if pd.isna(best.speaker) else best.speaker
                yield {"reported": "yes", "speaker": speaker, "form": best.kind}

    return _sentences(story, answers())


def _dates(story: Story, rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The date of the first of these rows in each sentence."""
    first = _first_in(rows, story)

    def answers() -> Iterable[dict[str, str | None]]:
        for place in _places(story):
            row = first.get(place)
            if row is None:
                yield {name: "no", "date": None}
            else:
                date = day_span(row["value"], row["earliest"], row["latest"])
                yield {name: "yes", "date": date or NOT_SAID}

    return _sentences(story, answers())


def _times(story: Story, _: str) -> pd.DataFrame:
    return _dates(story, story.times[story.times["type"].isin(_CALENDAR)], "timed")


def _events(story: Story, _: str) -> pd.DataFrame:
    return _dates(story, story.events[story.events["earliest"].notna()], "dated")


def _frames(story: Story, codebook: str) -> pd.DataFrame:
    own = story.frames["codebook"] == read_codebook(codebook).name
    terms = with_sentence(story.frames[own], story.sentences)
    weights = terms.groupby(["article_id", "sentence", "frame"])["weight"].sum().reset_index()
    weights = weights.sort_values(["weight", "frame"], ascending=[False, True])
    heaviest = weights.drop_duplicates(["article_id", "sentence"]).set_index(["article_id", "sentence"])[
        "frame"
    ]
    found = heaviest.to_dict()
    return _sentences(story, ({"frame": found.get(place, "none")} for place in _places(story)))


def _tone(story: Story, _: str) -> pd.DataFrame:
    def tone(polarity: float) -> str:
        return "negative" if polarity < -NEUTRAL else "positive" if polarity > NEUTRAL else "neutral"

    return _sentences(story, ({"tone": tone(polarity)} for polarity in story.sentences["polarity"]))


def _loaded(story: Story, _: str) -> pd.DataFrame:
    loaded = story.loaded[(story.loaded["score"] >= SHOWN) & (story.loaded["voice"] == NARRATOR)]
    found = _first_in(loaded, story)
    return _sentences(story, ({"loaded": "yes" if place in found else "no"} for place in _places(story)))


def _persons(story: Story, _: str) -> pd.DataFrame:
    mentions = story.mentions[(story.mentions["kind"] == "PERSON") | (story.mentions["form"] == "name")]
    rows = with_sentence(with_outlet(mentions, story.articles), story.sentences)
    rows = rows.dropna(subset="sentence").reset_index(drop=True)
    is_person = rows["kind"] == "PERSON"
    return rows.assign(
        passage_start=rows["sentence_start"],
        passage_end=rows["sentence_start"] + rows["passage"].str.len(),
        person=is_person.map({True: "yes", False: "no"}),
        who=rows["entity"].fillna(NOT_SAID).where(is_person),
    )[["outlet", "article_id", "start", "end", "text", "passage_start", "passage_end", "person", "who"]]


def _statements(story: Story, _: str) -> pd.DataFrame:
    """Each sentence with its closest one of another outlet."""
    compared = compare(story)
    passages, i, j, score = compared.passages, compared.i, compared.j, compared.score
    outlet = np.array(passages.outlet, dtype=object)
    apart = np.flatnonzero(outlet[i] != outlet[j])
    one, other = np.concatenate([i[apart], j[apart]]), np.concatenate([j[apart], i[apart]])
    pairs = pd.DataFrame({"one": one, "other": other, "score": np.concatenate([score[apart]] * 2)})
    pairs = pairs.sort_values(["score", "one", "other"], ascending=[False, True, True]).drop_duplicates("one")
    table = passages.table.rename(columns={"article_id": "article"})
    left = table.iloc[pairs["one"]][_SIDE].reset_index(drop=True)
    right = table.iloc[pairs["other"]][_SIDE].reset_index(drop=True).add_suffix("_b")
    rows = pd.concat([left.rename(columns={"article": "article_id"}), right], axis=1)
    rows["same"] = ["yes" if score >= SURE else "no" for score in pairs["score"]]
    return rows.assign(
        passage_start=rows["start"], passage_end=rows["end"],
        passage_start_b=rows["start_b"], passage_end_b=rows["end_b"],
    )  # fmt: skip


def _differences(story: Story, _: str) -> pd.DataFrame:
    found = differences(story)
    rows = found.rename(columns={f"{name}_a": name for name in _SIDE}).rename(
        columns={"article": "article_id"}
    )
    for side in ("", "_b"):
        article = "article_b" if side else "article_id"
        place = rows[[article, f"start{side}"]].set_axis(["article_id", "start"], axis=1)
        sentence = with_sentence(place, story.sentences)
        rows[f"passage_start{side}"] = sentence["sentence_start"].fillna(rows[f"start{side}"])
        length = sentence["passage"].str.len().astype("Int64")
        rows[f"passage_end{side}"] = (sentence["sentence_start"] + length).fillna(rows[f"end{side}"])
    return rows[[name for name in UNITS if name in rows] + ["verdict"]]


_MAKERS: dict[str, Callable[[Story, str], pd.DataFrame]] = {
    "quotes": _quotes, "times": _times, "events": _events, "frames": _frames, "tone": _tone,
    "loaded": _loaded, "persons": _persons, "statements": _statements, "differences": _differences,
}  # fmt: skip
