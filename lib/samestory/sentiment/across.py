"""Tone: how the narration and each quoted speaker sound, and the tone toward each actor.

The words behind a score are given to the voice that they stand in: a word inside a quote to its speaker,
any other to the narrator. So "The Kremlin called the brave plan a 'disgrace'" is the outlet's "brave" and
the Kremlin's "disgrace". Intervals are bootstrapped over sentences; few sentences make wide ones, and
below FEWEST sentences none is given. Outlets are not ranked: a difference is given with its interval.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from samestory.intervals import FEWEST, SHARE, bootstrap_interval
from samestory.language.sentences import with_outlet, with_sentence
from samestory.quotes.inside import NARRATOR, QUOTED, quoted_by_article, speaker_of, with_voice
from samestory.sentiment.polarity import TEXTBLOB_ALONE, ToneWords, names_within, sentence_polarity
from samestory.sentiment.toward import FAVOURABLE, UNFAVOURABLE
from samestory.story import Story, once
from samestory.tables import own_columns, require_fields, require_one_of, with_own_columns

_PLACE = ["article_id", "start", "end", "text"]
_VOICE = ["article_id", "sentence", "voice", "speaker"]
_TONE_FIELDS = ("outlet", "article_id", "voice", "speaker")
_TOWARD_FIELDS = ("outlet", "article_id", "entity", "voice", "speaker", "kind", "form")
_DIFFERENCES = {"outlet_a": "str", "outlet_b": "str", "difference": "float64", "low": "float64",
                "high": "float64", "n_a": "int64", "n_b": "int64"}  # fmt: skip


@once
def evidence(story: Story, *, words: ToneWords | None = None) -> pd.DataFrame:
    """List the words behind the polarity of every sentence.

    Args:
        words: changes to TextBlob's lexicon, as in `sentence_polarity`; the built-in ones when None.
    Returns:
        One row per scored word (with its "very" or "not"), in text order: article_id, start, end, text,
        outlet, sentence, polarity (-1 to 1), subjectivity (0 to 1), voice ('narrator' or 'quoted') and
        speaker (of the innermost quote; "(no speaker)" where unknown, missing for the narrator).
    """
    named = story.mentions[story.mentions["form"] == "name"].sort_values(["article_id", "start"])
    names = {
        article: list(zip(rows["start"], rows["end"], strict=True))
        for article, rows in named.groupby("article_id")
    }
    rows = [
        (row.article_id, row.start + found.start, row.start + found.end, row.text[found.start : found.end],
         row.sentence, found.polarity, found.subjectivity)
        for row in story.sentences.itertuples()
        for within in [names_within(names.get(row.article_id, []), row.start, row.end)]
        for found in sentence_polarity(row.text, words=words, names=within).assessments
    ]  # fmt: skip
    types = {"article_id": "str", "start": "int64", "end": "int64", "text": "str", "sentence": "int64",
             "polarity": "float64", "subjectivity": "float64"}  # fmt: skip
    table = pd.DataFrame(rows, columns=list(types)).astype(types)
    table = with_outlet(with_voice(table, story.quotes), story.articles)
    return table[[*_PLACE, "outlet", "sentence", "polarity", "subjectivity", "voice", "speaker"]]


@once
def sentence_tone(story: Story, *, words: ToneWords | None = None) -> pd.DataFrame:
    """Score each sentence once per voice in it: the narrator's words apart from each speaker's.

    Returns:
        One row per sentence and voice, in text order: the sentence's place and number, outlet, voice,
        speaker, polarity (mean over that voice's scored words; NaN where it has none), subjectivity,
        n_words (scored words) and evidence (the words), position (0 first, 1 last sentence).
    """
    scored = evidence(story, words=words)
    scored["speaker"] = scored["speaker"].fillna("")
    scores = scored.groupby(_VOICE, sort=False).agg(
        polarity=("polarity", "mean"), subjectivity=("subjectivity", "mean"),
        n_words=("polarity", "size"), evidence=("text", ", ".join),
    ).reset_index()  # fmt: skip
    table = pd.concat([_voices_of_sentences(story), scores[_VOICE]]).drop_duplicates(_VOICE)
    table = table.merge(scores, on=_VOICE, how="left", validate="one_to_one")
    places = story.sentences[[*_PLACE, "sentence"]]
    table = places.merge(table, on=["article_id", "sentence"], validate="one_to_many")
    last = story.sentences.groupby("article_id")["sentence"].max()
    table["position"] = table["sentence"] / table["article_id"].map(last).clip(lower=1)
    table = with_outlet(table, story.articles)
    table["speaker"] = table["speaker"].astype("str").where(table["voice"] == QUOTED)
    table["n_words"] = table["n_words"].fillna(0)
    table = table.astype({"position": "float64", "n_words": "int64", "evidence": "str"})
    columns = [*_PLACE, "outlet", "sentence", "position", "voice", "speaker",
               "polarity", "subjectivity", "n_words", "evidence"]  # fmt: skip
    return table.sort_values(_VOICE)[columns].reset_index(drop=True)


def tone(
    story: Story, *, by: Sequence[str] = ("outlet", "voice"), words: ToneWords | None = None, seed: int = 0
) -> pd.DataFrame:
    """Average the polarity of sentences, each voice apart, with a 95% interval.

    Args:
        by: any of outlet, article_id, voice, speaker, and columns of your own (`articles.csv`).
        words: as in `evidence`.
        seed: of the bootstrap.
    Returns:
        One row per group, in alphabetical order (no ranking): the `by` columns, polarity (mean, -1 to 1),
        low, high (NaN below five scored sentences), n (scored sentences), n_sentences (all of that voice).
    Raises:
        ValueError: a column of `by` is not one of these.
    """
    by = require_fields(by, [*_TONE_FIELDS, *own_columns(story.articles)])
    table = with_own_columns(sentence_tone(story, words=words), story.articles)
    return _average(table[table["voice"] == QUOTED] if "speaker" in by else table, by, "polarity", seed)


def tone_toward(story: Story, *, by: Sequence[str] = ("outlet", "entity"), seed: int = 0) -> pd.DataFrame:
    """Average the sentiment toward each person and organisation over the sentences that mention it.

    Args:
        by: any of outlet, article_id, entity, voice, speaker, kind, form, and columns of your own.
        seed: of the bootstrap.
    Returns:
        One row per group, in alphabetical order: the `by` columns, toward (mean, -1 to 1), low, high (95%;
        NaN below five sentences), n (sentences), and negative, neutral, positive: numbers of sentences by
        verdict. A verdict is given beyond -0.7 and 0.7, where by eye four in five hold in any news; what lies
        between counts as neutral. An actor's sentences are listed by `toward_sentences`.
    Raises:
        ValueError: a column of `by` is not one of these.
    """
    by = require_fields(by, [*_TOWARD_FIELDS, *own_columns(story.articles)])
    table = with_own_columns(toward_sentences(story), story.articles)
    means = _average(table, by, "toward", seed).drop(columns="n_sentences")
    # A sentence that names the actor in two voices is one sentence here.
    keys = list(dict.fromkeys([*by, "article_id", "start"]))
    scores = table.groupby(keys, dropna=False)["toward"].mean().reset_index()
    scores["negative"], scores["positive"] = scores["toward"] < UNFAVOURABLE, scores["toward"] > FAVOURABLE
    scores["neutral"] = ~scores["negative"] & ~scores["positive"]
    counts = scores.groupby(by, sort=True, dropna=False)[["negative", "neutral", "positive"]].sum()
    return means.merge(counts.astype("int64").reset_index(), on=by, validate="one_to_one")


@once
def toward_sentences(story: Story, *, entity: str | None = None) -> pd.DataFrame:
    """List the sentences that mention each person or organisation, with the sentiment toward it.

    What speakers say of themselves ("we are ready") is left out: it is no one's judgement of them.

    Args:
        entity: only this one, by its canonical name; all when None.
    Returns:
        One row per sentence, entity and voice, in text order: the sentence's place, outlet, entity, kind,
        voice, speaker, mention (the words that name it, the first form), form, and toward (-1 to 1; mean
        where the sentence names it more than once).
    Raises:
        ValueError: no article mentions this entity.
    """
    mentions = story.mentions.dropna(subset=["toward", "entity"]).rename(columns={"text": "mention"})
    if entity is not None:
        known = mentions["entity"].value_counts()
        if entity not in known:
            names = ", ".join(known.index[:10])
            raise ValueError(f"unknown entity {entity!r}; the most frequent ones are: {names}")
        mentions = mentions[mentions["entity"] == entity]
    table = with_outlet(with_voice(mentions, story.quotes), story.articles)
    table = table[table["speaker"].isna() | (table["speaker"] != table["entity"])].copy()
    table["sentence"] = with_sentence(table, story.sentences)["sentence"].to_numpy("int64")
    table["speaker"] = table["speaker"].fillna("")
    keys = ["article_id", "sentence", "entity", "voice", "speaker"]
    table = table.groupby(keys, sort=True, as_index=False).agg(
        outlet=("outlet", "first"), kind=("kind", "first"), mention=("mention", "first"),
        form=("form", "first"), toward=("toward", "mean"),
    )  # fmt: skip
    places = story.sentences[[*_PLACE, "sentence"]]
    table = table.merge(places, on=["article_id", "sentence"], validate="many_to_one")
    table["speaker"] = table["speaker"].astype("str").where(table["voice"] == QUOTED)
    columns = [*_PLACE, "outlet", "entity", "kind", "voice", "speaker", "mention", "form", "toward"]
    return table.sort_values(["article_id", "start", "entity"], kind="stable")[columns].reset_index(drop=True)


def tone_differences(
    story: Story, *, voice: str = NARRATOR, words: ToneWords | None = None, seed: int = 0
) -> pd.DataFrame:
    """Compare the mean polarity of every two outlets in one voice.

    Returns:
        One row per pair: outlet_a, outlet_b, difference (a less b), low, high, n_a, n_b (scored
        sentences). The intervals together hold with 95% (Bonferroni), NaN where an outlet has fewer than
        five sentences; one that contains 0 does not tell the two apart.
    """
    require_one_of("voice", voice, (NARRATOR, QUOTED))
    table = sentence_tone(story, words=words)
    by_outlet = _by_outlet(table[table["voice"] == voice], "polarity")
    n_pairs = len(by_outlet) * (len(by_outlet) - 1) // 2
    rows = _differences(by_outlet, n_pairs, seed)
    return pd.DataFrame(rows, columns=list(_DIFFERENCES)).astype(_DIFFERENCES)


def toward_differences(story: Story, *, seed: int = 0) -> pd.DataFrame:
    """Compare the mean sentiment of every two outlets toward the same actor.

    Returns:
        entity, then the columns of `tone_differences`; only actors with five sentences in both outlets.
    """
    actors = {}
    for entity, own in toward_sentences(story).groupby("entity", sort=True):
        by_outlet = _by_outlet(own, "toward")
        actors[entity] = {outlet: known for outlet, known in by_outlet.items() if len(known) >= FEWEST}
    n_pairs = sum(len(outlets) * (len(outlets) - 1) // 2 for outlets in actors.values())
    rows = [
        (entity, *row) for entity, outlets in actors.items() for row in _differences(outlets, n_pairs, seed)
    ]
    types = {"entity": "str"} | _DIFFERENCES
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def tone_by_definition(story: Story) -> pd.DataFrame:
    """Average the polarity of each outlet and voice again under other definitions.

    Returns:
        One row per outlet and voice: news_words (as in `tone`), textblob_alone (its lexicon without the
        changes for news), judging_words (without words that only report an event, as "killed"), moved
        (largest less smallest). NaN where no sentence has a score.
    """
    words = evidence(story)
    definitions = {
        "news_words": words,
        "textblob_alone": evidence(story, words=TEXTBLOB_ALONE),
        "judging_words": words[words["subjectivity"] > 0],
    }
    groups, means = ["outlet", "voice"], {}
    for name, rows in definitions.items():
        of_sentences = rows.groupby([*groups, "article_id", "sentence"])["polarity"].mean()
        means[name] = of_sentences.groupby(level=groups).mean()
    table = pd.DataFrame(means)
    table["moved"] = table.max(axis=1, skipna=True) - table.min(axis=1, skipna=True)
    return table.astype("float64").rename_axis(groups).reset_index()


def _voices_of_sentences(story: Story) -> pd.DataFrame:
    """Which voices each sentence has, also those without a scored word."""
    sentences = story.sentences[["article_id", "sentence", "start", "end", "voice"]]
    own = sentences[sentences["voice"] != QUOTED].assign(voice=NARRATOR, speaker="")[_VOICE]
    inside = quoted_by_article(story.quotes)
    rows = [
        (row.article_id, row.sentence, QUOTED, speaker)
        for row in sentences.itertuples()
        for speaker in {speaker_of(q) for q in inside[row.article_id].overlapping(row.start, row.end)}
    ]
    return pd.concat([own, pd.DataFrame(rows, columns=_VOICE).astype(own.dtypes)])


def _of_sentences(table: pd.DataFrame, value: str) -> np.ndarray:
    """One value a sentence: what a sentence says in two voices is not two observations."""
    return table.dropna(subset=value).groupby(["article_id", "start"])[value].mean().to_numpy()


def _average(table: pd.DataFrame, by: list[str], value: str, seed: int) -> pd.DataFrame:
    rows = []
    for key, group in table.groupby(by, sort=True, dropna=False):
        known = _of_sentences(group, value)
        interval = bootstrap_interval(known, seed=seed)
        mean = known.mean() if len(known) else np.nan
        rows.append((*key, mean, *interval, len(known), len(group.drop_duplicates(["article_id", "start"]))))
    columns = [*by, value, "low", "high", "n", "n_sentences"]
    types = dict.fromkeys(by, "str") | dict.fromkeys([value, "low", "high"], "float64")
    return pd.DataFrame(rows, columns=columns).astype(types | {"n": "int64", "n_sentences": "int64"})


def _by_outlet(table: pd.DataFrame, value: str) -> dict[str, np.ndarray]:
    """The value of each sentence, outlet by outlet, of those that have one."""
    known = table.dropna(subset=value)
    return {outlet: _of_sentences(rows, value) for outlet, rows in known.groupby("outlet", sort=True)}


def _differences(by_outlet: dict[str, np.ndarray], n_pairs: int, seed: int) -> Iterator[tuple]:
    """Every two outlets; each interval is as much wider as all `n_pairs` together need (Bonferroni)."""
    share = 1 - (1 - SHARE) / max(1, n_pairs)
    for a, b in combinations(by_outlet, 2):
        one, other = by_outlet[a], by_outlet[b]
        interval = bootstrap_interval(one, less=other, seed=seed, share=share)
        yield a, b, float(one.mean() - other.mean()), *interval, len(one), len(other)
