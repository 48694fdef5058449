"""Loaded wording: words that judge or colour what they tell of, in an outlet's own voice and in quotes.

The encoder scores each piece of a word in its context; it learned from the words that expert annotators
marked in news. Corpora, licences and measured accuracy: models/reading.md. A loaded word is one that a
neutral editor would replace: a word that reports an event ("killed", "arrested") is none, nor is a name,
and a word that the lexicon of tone (`sentiment.polarity`) holds for subjective is one more surely.

References:
    Recasens, Danescu-Niculescu-Mizil and Jurafsky (2013), Linguistic models for analyzing and detecting
    biased language, ACL. Spinde et al. (2021), BABE, EMNLP Findings.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from samestory.intervals import bootstrap_interval
from samestory.language.encoder import Encoded, read
from samestory.language.quotation_marks import marked_passages
from samestory.language.scores import settled
from samestory.language.sentences import sentence_places, with_outlet, with_sentence
from samestory.language.tokens import Tokens
from samestory.names.finder import find_names
from samestory.packaged import read_arrays
from samestory.quotes.find import Quote
from samestory.quotes.inside import NARRATOR, QUOTED, Quoted, quoted_by_article
from samestory.sentiment.polarity import subjectivity
from samestory.story import Story
from samestory.tables import require_one_of

BELIEVED = 0.26  # score from which a word is returned: its F1 is best there; a page needs more (SHOWN)
# Score from which a page shows a word. By eye, in news that was not trained on, three in four hold (TimeBank:
# wars, crime, business) or more (PolNeAR: elections); from .4 on, one in two.
SHOWN = 0.65
# Two measures say more than one: what the lexicon of tone, too, holds for subjective scores higher. By eye,
# 18 of 24 such words from .4 to .6 were loaded, of the others one in two.
_JUDGES, _LIFT = 0.5, 0.25
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
VOICES = (NARRATOR, QUOTED)
SEED = 20130808
RESAMPLES = 400
LOADED_RATE = {
    "outlet": "str", "voice": "str",
    "n_words": "int64",  # words in that voice
    "n_loaded": "int64",
    "per_1000": "float64",  # loaded words in a thousand of that voice; NaN where it has no words
    "low": "float64", "high": "float64",  # 95 % bootstrap interval over sentences
}  # fmt: skip


class Loaded(NamedTuple):
    """One loaded word; start:end are characters."""

    start: int
    end: int
    score: float
    voice: str


def loaded_spans(doc: Doc, reading: Encoded, quotes: list[Quote]) -> list[Loaded]:
    """Find loaded wording, sorted by start; a word of a name, a title or an event is none.

    Args:
        reading: the encoder's reading of the article.
        quotes: its quotes; a word inside the content of one, or between any quotation marks (a "senseless"
            death), has the voice 'quoted', else 'narrator'.
    """
    inside, tokens, begins = Quoted(quotes), Tokens.of(doc), {start for start, *_ in sentence_places(doc)}
    marked = [(passage.start, passage.end) for passage in marked_passages(tokens.article)]
    named = {
        tokens.start[i]
        for name in find_names(doc)
        if name.kind != "NORP"  # "Islamists" may be a loaded word
        for i in range(name.first, name.last)
    }
    found = []
    for start, end, score in _scored(tokens.article, reading):
        judging = subjectivity(tokens.article[start:end])
        title = tokens.article[start].isupper() and start not in begins  # in the midst of a sentence
        if start in named or title or judging == 0:  # 0: a word that reports an event
            continue
        if judging is not None and judging >= _JUDGES:
            score = settled(min(score + _LIFT, 1.0))
        before = bisect_right(marked, (start, end)) - 1
        quoted = inside.around(start) is not None or (before >= 0 and start < marked[before][1])
        found.append(Loaded(start, end, score, QUOTED if quoted else NARRATOR))
    return found


def loaded_words(text: str) -> list[tuple[int, int, float]]:
    """Loaded words of a sentence or short text.

    Returns:
        (start, end, score) in text order; score 0 to 1, the chance that annotators would mark the word.
        Only words that are believed to be loaded are returned.

    >>> loaded_words("The budget was approved on Monday.")
    []
    """
    return list(_scored(text, read(text)))


def may_be_loaded(word: str) -> bool:
    """Whether a word can be loaded at all: it has a letter, and is no function word."""
    return word.lower() not in STOP_WORDS and any(letter.isalpha() for letter in word)


def loaded_wording(story: Story, *, minimum: float = SHOWN, voice: str | None = NARRATOR) -> pd.DataFrame:
    """Loaded words, each with its sentence, strongest first.

    Args:
        minimum: least score, 0 to 1: about the chance that expert annotators would mark the word.
        voice: "narrator" for the outlets' own, "quoted" for those of whom they quote; None for both.
    Returns:
        outlet, voice ('quoted' when the word itself lies in a quote), score, article_id, start, end, text
        (the word), passage (its sentence).
    """
    require_one_of("voice", voice, VOICES, or_none=True)
    rows = story.loaded[story.loaded["score"] >= minimum]
    rows = rows if voice is None else rows[rows["voice"] == voice]
    rows = with_outlet(with_sentence(rows, story.sentences), story.articles)
    columns = ["outlet", "voice", "score", "article_id", "start", "end", "text", "passage"]
    rows = rows.sort_values(["score", "article_id", "start"], ascending=[False, True, True])
    return rows[columns].reset_index(drop=True)


def loaded_rate(story: Story, *, minimum: float = SHOWN) -> pd.DataFrame:
    """Loaded words in a thousand, per outlet and voice, with an interval.

    Returns:
        LOADED_RATE table. An interval comes from drawing the sentences again with replacement; it
        leaves out the model's own errors.
    """
    sentences = with_outlet(_words_by_voice(story), story.articles)
    loaded = with_sentence(story.loaded[story.loaded["score"] >= minimum], story.sentences)
    found = loaded.dropna(subset="sentence").groupby(["article_id", "sentence", "voice"]).size()
    rows = []
    for outlet, part in sentences.groupby("outlet"):
        for voice in VOICES:
            keys = pd.MultiIndex.from_arrays([part["article_id"], part["sentence"], [voice] * len(part)])
            n_loaded, n_words = found.reindex(keys, fill_value=0).to_numpy(), part[voice].to_numpy()
            words, rate, low, high = n_words.sum(), np.nan, np.nan, np.nan
            if words:
                rate, drawn = 1000 * n_loaded.sum() / words, 1000 * n_loaded
                low, high = bootstrap_interval(drawn, per=n_words, seed=SEED, resamples=RESAMPLES, fewest=1)
            rows.append((outlet, voice, words, n_loaded.sum(), rate, low, high))
    return pd.DataFrame(rows, columns=list(LOADED_RATE)).astype(LOADED_RATE)


def _scored(text: str, reading: Encoded) -> Iterator[tuple[int, int, float]]:
    """The words that are believed to be loaded, each with the highest score of its pieces."""
    head = read_arrays("loaded")
    odds = reading.own_states @ head["word"] + head["bias"]
    scale, shift = read_arrays("calibration")["loaded"]
    scores = settled(1 / (1 + np.exp(-(scale * odds + shift)))).tolist()
    for match in WORD.finditer(text):
        score = max(scores[reading.within(*match.span())], default=0.0)
        if score >= BELIEVED and may_be_loaded(match.group()):
            yield *match.span(), score


def _words_by_voice(story: Story) -> pd.DataFrame:
    """Sentences with the number of their words inside and outside quotes."""
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    inside = quoted_by_article(story.quotes)
    counts = []
    for row in story.sentences.itertuples():
        text, parts = texts[row.article_id], inside[row.article_id].parts(row.start, row.end)
        within = sum(len(text[start:end].split()) for start, end in parts)
        counts.append((row.article_id, row.sentence, max(len(row.text.split()) - within, 0), within))
    return pd.DataFrame(counts, columns=["article_id", "sentence", *VOICES])
