"""Framing: how much of each outlet's telling speaks of each frame, with intervals and evidence."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from samestory.framing.codebooks import Codebook, built_in_codebooks
from samestory.framing.frames import Context, terms_meant
from samestory.intervals import bootstrap_interval
from samestory.language.sentences import with_outlet, with_sentence
from samestory.quotes.inside import MIXED, NARRATOR, QUOTED
from samestory.story import Story
from samestory.tables import FRAMES, build, require_one_of

SEED = 20080906
RESAMPLES = 400
ENOUGH_ARTICLES = 5  # from here on whole articles are drawn again, since sentences of one go together
FRAMING = {
    "codebook": "str", "frame": "str", "outlet": "str",
    "per_1000": "float64",  # weighted terms in a thousand words
    "low": "float64", "high": "float64",  # 95 % bootstrap interval
    "resampled": "str",  # what was drawn again for it: articles, or sentences where there are under five
    "n_terms": "int64",  # pieces of evidence
    "n_sentences": "int64",  # sentences that hold one
    "sentences": "int64",  # sentences in all
    "sentence_share": "float64",  # n_sentences / sentences, 0 to 1
}  # fmt: skip
PARTS = ("headline", "lede", "body")


def weights(story: Story, *, codebook: str = "policy", voice: str | None = None) -> pd.DataFrame:
    """Weight of each frame in each outlet's articles, per thousand words; headlines are apart, see `parts`.

    Args:
        codebook: the codebook's name; its frames only.
        voice: "narrator" or "quoted" for sentences of that voice alone.
    Returns:
        FRAMING table, heaviest frame first, then outlet. An interval is of this sample of sentences: it
        says nothing of articles that are not in it, and spans 0 to 0 where no term was found.
    """
    require_one_of("voice", voice, (NARRATOR, QUOTED, MIXED), or_none=True)
    sentences, terms, by_frame = _by_sentence(story, codebook, voice)
    n_terms = terms.groupby(["outlet", "frame"]).size()
    rows = []
    for outlet, part in sentences.groupby("outlet"):
        unit = "articles" if part["article_id"].nunique() >= ENOUGH_ARTICLES else "sentences"
        units = part["article_id"].to_numpy() if unit == "articles" else part.index.to_numpy()
        words = part["words"].groupby(units).sum().to_numpy()
        for frame in sorted(by_frame.columns):
            weight = 1000 * by_frame.loc[part.index, frame]
            drawn = weight.groupby(units).sum().to_numpy()
            # One seed: the same draws for every frame of an outlet, so that their intervals are comparable.
            low, high = bootstrap_interval(drawn, per=words, seed=SEED, resamples=RESAMPLES, fewest=1)
            found = int(n_terms.get((outlet, frame), 0)), int((weight > 0).sum()), len(part)
            rate = weight.sum() / max(words.sum(), 1)
            rows.append((codebook, frame, outlet, rate, low, high, unit, *found))
    table = pd.DataFrame(rows, columns=list(FRAMING)[:-1])
    table["sentence_share"] = table["n_sentences"] / table["sentences"]
    table["_order"] = -table.groupby("frame")["per_1000"].transform("sum")
    table = table.sort_values(["_order", "frame", "outlet"])
    return table[list(FRAMING)].astype(FRAMING).reset_index(drop=True)


def reframe(story: Story, *, codebooks: Sequence[Codebook]) -> Story:
    """The same story with the frames of other codebooks, without annotating it again.

    Args:
        codebooks: what `read_codebook` gives; edit the file, read it again, and call this again.
    """
    tables = (story.sentences, story.mentions, story.times)
    rows = []
    for article in story.articles.itertuples():
        own = (table[table["article_id"] == article.article_id] for table in tables)
        rows += [
            found._asdict()
            | {"article_id": article.article_id, "text": article.text[found.start : found.end]}
            for found in terms_meant(article.text, codebooks, Context.of_tables(*own))
        ]
    return replace(story, frames=build(rows, FRAMES))


def heaviest(story: Story, *, codebook: str = "policy") -> pd.DataFrame:
    """The heaviest frame of each outlet under four definitions: how far the choice decides the result.

    Returns:
        One row per outlet: weighted (as in `weights`), unweighted (every term counts 1), sentences (the
        most sentences), own_voice (weighted, sentences of the narrator alone); NaN where there is no term.
    """
    weighted = weights(story, codebook=codebook)
    plain = replace(story, frames=story.frames.assign(weight=1.0))
    tables = {
        "weighted": (weighted, "per_1000"),
        "unweighted": (weights(plain, codebook=codebook), "per_1000"),
        "sentences": (weighted, "sentence_share"),
        "own_voice": (weights(story, codebook=codebook, voice=NARRATOR), "per_1000"),
    }
    found = {}
    for name, (table, column) in tables.items():
        table = table[table[column] > 0].sort_values([column, "frame"], ascending=[False, True])
        found[name] = table.drop_duplicates("outlet").set_index("outlet")["frame"].reindex(_outlets(story))
    return pd.DataFrame(found).rename_axis("outlet").reset_index()


def evidence(story: Story, *, codebook: str = "policy", frame: str | None = None) -> pd.DataFrame:
    """The terms behind the scores, each with its sentence.

    Returns:
        codebook, frame, outlet, term (of the codebook), weight, voice, article_id, start, end, text (the
        words of the article), passage (their sentence), in text order.
    """
    rows = _terms(story, codebook).rename(columns={"sentence_voice": "voice"})
    rows = rows if frame is None else rows[rows["frame"] == frame]
    columns = ["codebook", "frame", "outlet", "term", "weight", "voice",
               "article_id", "start", "end", "text", "passage"]  # fmt: skip
    return rows.sort_values(["article_id", "start", "frame"])[columns].reset_index(drop=True)


def parts(story: Story, *, codebook: str = "policy", codebooks: list[Codebook] | None = None) -> pd.DataFrame:
    """Share of each frame among the weighted terms of headline, lede (the first paragraph) and the rest.

    Args:
        codebooks: where to find the codebook, when it is not built in (what `annotate` was given).
    Returns:
        One row per frame, outlet and part (headline, lede, body): share (0 to 1, NaN where the part has
        no term at all), weight, n_terms.
    """
    terms = _terms(story, codebook)
    book = {book.name: book for book in codebooks or built_in_codebooks()}.get(codebook)
    if book is None:
        raise ValueError(f"codebook {codebook!r} is not built in; pass it as codebooks=[...]")
    first = story.sentences[story.sentences["paragraph"] == 0]
    in_lede = terms["start"] < terms["article_id"].map(first.groupby("article_id")["end"].max())
    terms["part"] = in_lede.map({True: "lede", False: "body"})
    keys = ["frame", "outlet", "part"]
    names = story.mentions[story.mentions["form"] == "name"].drop_duplicates(["article_id", "text"])
    heads = [
        (found.frame, article.outlet, "headline", found.weight)
        for article in story.articles.dropna(subset="title").itertuples()
        for found in terms_meant(article.title, [book], _of_title(article, names))
    ]
    both = pd.concat([terms[[*keys, "weight"]], pd.DataFrame(heads, columns=[*keys, "weight"])])
    every = pd.MultiIndex.from_product([sorted(book.frames), _outlets(story), PARTS], names=keys)
    table = both.groupby(keys)["weight"].agg(["sum", "size"]).reindex(every, fill_value=0)
    table = table.set_axis(["weight", "n_terms"], axis=1).astype({"weight": "float64", "n_terms": "int64"})
    table = table.reset_index()
    total = table.groupby(["outlet", "part"])["weight"].transform("sum")
    table.insert(3, "share", (table["weight"] / total).where(total > 0))
    return table


def _of_title(article: Any, names: pd.DataFrame) -> Context:
    """The context of a headline, which is not parsed: the names are those that the article has, too."""
    own = names[names["article_id"] == article.article_id]
    found = [
        (match.start(), match.end(), name.kind)
        for name in own.itertuples()
        for match in re.finditer(rf"(?<!\w){re.escape(name.text)}(?!\w)", article.title)
    ]
    return Context([(0, len(article.title))], found, [])


def _outlets(story: Story) -> list[str]:
    return sorted(story.articles["outlet"].unique())


def _terms(story: Story, codebook: str) -> pd.DataFrame:
    """The terms of one codebook with outlet and sentence; of a built-in one there may be none."""
    known = {*story.frames["codebook"].dropna(), *(book.name for book in built_in_codebooks())}
    if len(story.frames) and codebook not in known:
        raise ValueError(f"no terms of a codebook {codebook!r}; expected one of: {', '.join(sorted(known))}")
    terms = story.frames[story.frames["codebook"] == codebook]
    return with_outlet(with_sentence(terms, story.sentences), story.articles)


def _by_sentence(
    story: Story, codebook: str, voice: str | None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Sentences with outlet and words; the terms in them; the weight of each frame in each sentence."""
    sentences = with_outlet(story.sentences.reset_index(drop=True), story.articles)
    sentences["words"] = sentences["text"].str.split().str.len()
    sentences = sentences if voice is None else sentences[sentences["voice"] == voice]
    places = sentences[["article_id", "sentence"]].astype({"sentence": "Int64"}).assign(place=sentences.index)
    terms = _terms(story, codebook).merge(places, on=["article_id", "sentence"], validate="m:1")
    weights = terms.pivot_table(index="place", columns="frame", values="weight", aggfunc="sum", fill_value=0)
    return sentences, terms, weights.reindex(sentences.index, fill_value=0)
