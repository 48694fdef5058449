"""Loaded wording per outlet: in its own voice and in the words that it quotes."""

import numpy as np
import pandas as pd

from samestory.annotation.loaded import SHOWN
from samestory.comparison.evidence import with_outlet, with_sentence
from samestory.story import Story

VOICES = ("narrator", "quoted")
SEED = 20130808
RESAMPLES = 400
LOADED_RATE = {
    "outlet": "str",
    "voice": "str",
    "n_words": "int64",  # words in that voice
    "n_loaded": "int64",
    "per_1000": "float64",  # loaded words in a thousand of that voice; NaN where it has no words
    "low": "float64",  # 95 % bootstrap interval over sentences
    "high": "float64",
}


def loaded_wording(story: Story, *, minimum: float = SHOWN) -> pd.DataFrame:
    """Loaded words, each with its sentence, strongest first.

    Args:
        story: the annotated articles.
        minimum: least score, 0 to 1: the chance that expert annotators would mark the word.
    Returns:
        outlet, voice ('quoted' when the word itself lies in a quote), word, score, article_id, start,
        end, text (the sentence).
    """
    rows = story.loaded[story.loaded["score"] >= minimum]
    rows = with_outlet(with_sentence(rows, story.sentences), story.articles)
    rows = rows.assign(word=rows["text"], text=rows["passage"].fillna(rows["text"]))
    columns = ["outlet", "voice", "word", "score", "article_id", "start", "end", "text"]
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
    loaded = loaded.dropna(subset="sentence")
    found = loaded.groupby(["article_id", "sentence", "voice"]).size()
    rows = []
    for outlet, part in sentences.groupby("outlet"):
        for voice in VOICES:
            keys = pd.MultiIndex.from_arrays([part["article_id"], part["sentence"], [voice] * len(part)])
            n_loaded = found.reindex(keys, fill_value=0).to_numpy(float)
            n_words = part[voice].to_numpy(float)
            rows.append((outlet, voice, n_words.sum(), n_loaded.sum(), *_rate(n_loaded, n_words)))
    table = pd.DataFrame(rows, columns=list(LOADED_RATE))
    return table.astype(LOADED_RATE)


def _rate(n_loaded: np.ndarray, n_words: np.ndarray) -> tuple[float, float, float]:
    if not n_words.sum():
        return (np.nan,) * 3
    draws = np.random.default_rng(SEED).integers(0, len(n_words), (RESAMPLES, len(n_words)))
    rates = 1000 * n_loaded[draws].sum(axis=1) / np.maximum(n_words[draws].sum(axis=1), 1)
    return (1000 * n_loaded.sum() / n_words.sum(), *np.quantile(rates, [0.025, 0.975]))


def _words_by_voice(story: Story) -> pd.DataFrame:
    """Sentences with the number of their words inside and outside quotes."""
    quoted: dict[str, list[tuple[int, int]]] = {}
    for row in story.quotes.itertuples():
        quoted.setdefault(row.article_id, []).append((row.start, row.end))
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    inside = {article: _covered(len(texts[article]), spans) for article, spans in quoted.items()}
    counts = []
    for row in story.sentences.itertuples():
        total = len(row.text.split())
        mask = inside.get(row.article_id)
        within = 0 if mask is None else _words_within(texts[row.article_id], mask, row.start, row.end)
        counts.append((row.article_id, row.sentence, max(total - within, 0), within))
    return pd.DataFrame(counts, columns=["article_id", "sentence", *VOICES])


def _covered(length: int, spans: list[tuple[int, int]]) -> np.ndarray:
    covered = np.zeros(length, bool)
    for start, end in spans:
        covered[start:end] = True
    return covered


def _words_within(text: str, mask: np.ndarray, start: int, end: int) -> int:
    return len(
        "".join(c if m else " " for c, m in zip(text[start:end], mask[start:end], strict=True)).split()
    )
