"""Framing: how much of each outlet's telling speaks of each frame, with intervals and evidence."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from samestory.framing.codebooks import Codebook, built_in_codebooks
from samestory.framing.frames import find_terms
from samestory.language.places import with_outlet, with_sentence
from samestory.quotes.inside import MIXED, NARRATOR, QUOTED
from samestory.story import Story
from samestory.tables import FRAMES, build, require_one_of

SEED = 20080906
RESAMPLES = 400
ENOUGH_ARTICLES = 5  # from here on whole articles are drawn again, since sentences of one go together
FRAMING = {
    "codebook": "str",
    "frame": "str",
    "outlet": "str",
    "per_1000": "float64",  # weighted terms in a thousand words
    "low": "float64",  # 95 % bootstrap interval
    "high": "float64",
    "resampled": "str",  # what was drawn again for it: articles, or sentences where there are under five
    "n_terms": "int64",  # pieces of evidence
    "n_sentences": "int64",  # sentences that hold one
    "sentences": "int64",  # sentences in all
    "sentence_share": "float64",  # n_sentences / sentences, 0 to 1
}
PARTS = ("headline", "lede", "body")


def weights(story: Story, *, codebook: str = "policy", voice: str | None = None) -> pd.DataFrame:
    """Weight of each frame in each outlet's articles, per thousand words.

    Args:
        story: the annotated articles; headlines are apart, see `parts`.
        codebook: the codebook's name; its frames only.
        voice: "narrator" or "quoted" for sentences of that voice alone.
    Returns:
        FRAMING table, heaviest frame first, then outlet. An interval is of this sample of sentences: it
        says nothing of articles that are not in it, and spans 0 to 0 where no term was found.
    """
    require_one_of("voice", voice, (NARRATOR, QUOTED, MIXED), or_none=True)
    sentences, weights, terms = _by_sentence(story, codebook, voice)
    rows = []
    for outlet, part in sentences.groupby("outlet"):
        unit = "articles" if part["article_id"].nunique() >= ENOUGH_ARTICLES else "sentences"
        units = part["article_id"].to_numpy() if unit == "articles" else part.index.to_numpy()
        words = part["words"].groupby(units).sum().to_numpy(float)
        draws = _draws(len(words))
        for frame in sorted(weights.columns):
            weight = weights.loc[part.index, frame]
            low, high = _interval(weight.groupby(units).sum().to_numpy(), words, draws)
            n_terms = int(((terms["frame"] == frame) & (terms["outlet"] == outlet)).sum())
            rate = 1000 * weight.sum() / max(words.sum(), 1)
            rows.append(
                (codebook, frame, outlet, rate, low, high, unit, n_terms, (weight > 0).sum(), len(part))
            )
    table = pd.DataFrame(rows, columns=list(FRAMING)[:-1])
    table["sentence_share"] = table["n_sentences"] / table["sentences"]
    order = -table.groupby("frame")["per_1000"].transform("sum")
    table = table.assign(_order=order).sort_values(["_order", "frame", "outlet"])
    return table[list(FRAMING)].astype(FRAMING).reset_index(drop=True)


def reframe(story: Story, *, codebooks: Sequence[Codebook]) -> Story:
    """The same story with the frames of other codebooks, without annotating it again.

    Args:
        story: the annotated articles.
        codebooks: what `read_codebook` gives; edit the file, read it again, and call this again.
    """
    rows = [
        found._asdict() | {"article_id": article.article_id, "text": article.text[found.start : found.end]}
        for article in story.articles.itertuples()
        for found in find_terms(article.text, list(codebooks))
    ]
    return replace(story, frames=build(rows, FRAMES))


def heaviest(story: Story, *, codebook: str = "policy") -> pd.DataFrame:
    """The heaviest frame of each outlet under four definitions: how far the choice decides the result.

    Returns:
        One row per outlet: weighted (as in `weights`), unweighted (every term counts 1), sentences (the
        most sentences), own_voice (weighted, sentences of the narrator alone); NaN where there is no term.
    """
    plain = replace(story, frames=story.frames.assign(weight=1.0))
    tables = {
        "weighted": (weights(story, codebook=codebook), "per_1000"),
        "unweighted": (weights(plain, codebook=codebook), "per_1000"),
        "sentences": (weights(story, codebook=codebook), "sentence_share"),
        "own_voice": (weights(story, codebook=codebook, voice="narrator"), "per_1000"),
    }
    outlets = sorted(with_outlet(story.articles, story.articles)["outlet"].unique())
    found = {}
    for name, (table, column) in tables.items():
        table = table[table[column] > 0].sort_values([column, "frame"], ascending=[False, True])
        found[name] = table.drop_duplicates("outlet").set_index("outlet")["frame"].reindex(outlets)
    return pd.DataFrame(found).rename_axis("outlet").reset_index()


def evidence(story: Story, *, codebook: str = "policy", frame: str | None = None) -> pd.DataFrame:
    """The terms behind the scores, each with its sentence.

    Returns:
        codebook, frame, outlet, term (of the codebook), weight, voice, article_id, start, end, text (the
        words of the article), passage (their sentence), in text order.
    """
    rows = _of_codebook(story, codebook)
    rows = rows if frame is None else rows[rows["frame"] == frame]
    rows = with_outlet(with_sentence(rows, story.sentences), story.articles)
    rows = rows.assign(voice=rows["sentence_voice"])
    columns = [
        "codebook",
        "frame",
        "outlet",
        "term",
        "weight",
        "voice",
        "article_id",
        "start",
        "end",
        "text",
        "passage",
    ]
    return rows.sort_values(["article_id", "start", "frame"])[columns].reset_index(drop=True)


def parts(story: Story, *, codebook: str = "policy", codebooks: list[Codebook] | None = None) -> pd.DataFrame:
    """Share of each frame among the weighted terms of headline, lede and the rest.

    Args:
        story: the annotated articles. The lede is the first paragraph.
        codebook: the codebook's name.
        codebooks: where to find it, when it is not built in (what `annotate` was given).
    Returns:
        One row per frame, outlet and part (headline, lede, body): share (0 to 1, NaN where the part has
        no term at all), weight, n_terms.
    """
    terms = _of_codebook(story, codebook)
    books = {book.name: book for book in codebooks or built_in_codebooks()}
    if codebook not in books:
        raise ValueError(f"codebook {codebook!r} is not built in; pass it as codebooks=[...]")
    rows = with_outlet(with_sentence(terms, story.sentences), story.articles)
    first = story.sentences[story.sentences["paragraph"] == 0]
    lede = set(zip(first["article_id"], first["sentence"], strict=True))
    rows["part"] = [
        "lede" if place in lede else "body"
        for place in zip(rows["article_id"], rows["sentence"], strict=True)
    ]
    heads = _headline_terms(story, books[codebook])
    both = pd.concat([rows[[*heads.columns, "outlet"]], with_outlet(heads, story.articles)])
    outlets = sorted(with_outlet(story.articles, story.articles)["outlet"].unique())
    every = pd.MultiIndex.from_product(
        [sorted(books[codebook].frames), outlets, PARTS], names=["frame", "outlet", "part"]
    )
    table = (
        both.groupby(["frame", "outlet", "part"])["weight"].agg(["sum", "size"]).reindex(every, fill_value=0)
    )
    table = table.set_axis(["weight", "n_terms"], axis=1).astype({"weight": "float64", "n_terms": "int64"})
    table = table.reset_index()
    total = table.groupby(["outlet", "part"])["weight"].transform("sum")
    table.insert(3, "share", (table["weight"] / total).where(total > 0))
    return table


def _headline_terms(story: Story, book: Codebook) -> pd.DataFrame:
    rows = [
        (article.article_id, found.frame, found.weight, "headline")
        for article in story.articles.dropna(subset="title").itertuples()
        for found in find_terms(article.title, [book])
    ]
    return pd.DataFrame(rows, columns=["article_id", "frame", "weight", "part"])


def _of_codebook(story: Story, codebook: str) -> pd.DataFrame:
    """The terms of one codebook; a built-in one of which no term was found has none."""
    known = {*story.frames["codebook"].dropna(), *(book.name for book in built_in_codebooks())}
    if len(story.frames) and codebook not in known:
        raise ValueError(f"no terms of a codebook {codebook!r}; expected one of: {', '.join(sorted(known))}")
    return story.frames[story.frames["codebook"] == codebook]


def _by_sentence(story: Story, codebook: str, voice: str | None):
    """Sentences with outlet and words; the weight of each frame in each; the terms."""
    sentences = with_outlet(story.sentences.reset_index(drop=True), story.articles)
    sentences = sentences.assign(words=sentences["text"].str.split().str.len())
    if voice is not None:
        sentences = sentences[sentences["voice"] == voice]
    terms = with_outlet(with_sentence(_of_codebook(story, codebook), story.sentences), story.articles)
    terms = terms.dropna(subset="sentence")
    place = pd.Series(
        sentences.index, index=pd.MultiIndex.from_frame(sentences[["article_id", "sentence"]]), dtype="int64"
    )
    keys = pd.MultiIndex.from_arrays([terms["article_id"], terms["sentence"].astype("int64")])
    terms = terms.assign(place=place.reindex(keys).to_numpy()).dropna(subset="place")
    weights = terms.pivot_table(index="place", columns="frame", values="weight", aggfunc="sum", fill_value=0)
    return sentences, weights.reindex(sentences.index, fill_value=0), terms


def _draws(n: int) -> np.ndarray:
    """The same draws of sentences for every frame of an outlet, so that their intervals are comparable."""
    return np.random.default_rng(SEED).integers(0, n, (RESAMPLES, n)) if n else np.zeros((1, 0), int)


def _interval(weight: np.ndarray, words: np.ndarray, draws: np.ndarray) -> tuple[float, float]:
    rates = 1000 * weight[draws].sum(axis=1) / np.maximum(words[draws].sum(axis=1), 1)
    low, high = np.quantile(rates, [0.025, 0.975])
    return float(low), float(high)
