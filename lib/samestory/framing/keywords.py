"""Keyness: the words by which outlets differ most, given how often they use them."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from spacy.lang.en.stop_words import STOP_WORDS

from samestory.language.scores import FINE, settled
from samestory.language.sentences import with_outlet
from samestory.names.gazetteers import HONORIFICS
from samestory.quotes.inside import MIXED, NARRATOR, QUOTED
from samestory.story import Story
from samestory.tables import NUMBER, require_columns, require_one_of

PRIOR_WORDS = 1000  # words of "everyone else" that each side is assumed to have written before we look
FEW_USES = 5  # below this one use more or less moves z a lot (ours)
ENOUGH_ARTICLES = (
    5  # below this a difference is a pointer to read on, not a finding (a rule of thumb of ours)
)
SURE = 1.96  # of z: one word in twenty passes it by chance
KEYNESS = {
    "word": "str",
    "log_odds": "float64",  # natural log of the odds ratio, shrunk by the prior; above 0: more here
    "z": "float64",  # log_odds in standard errors
    "count": "int64", "count_elsewhere": "int64",
    "per_1000": "float64", "per_1000_elsewhere": "float64",  # uses in a thousand words
    "n_articles": "int64", "n_sentences": "int64",  # here, that use it
    "note": "str",  # why not to lean on it; missing where there is nothing against it
}  # fmt: skip
_PASSAGE = {"article_id": "str", "start": NUMBER, "text": "str"}
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def keyness(
    story: Story, *, by: Sequence[str] = ("outlet",), names: bool = False, voice: str | None = None
) -> pd.DataFrame:
    """Weighted log-odds of each word in one outlet against all others, with z.

    Args:
        by: the columns of `articles` whose groups are compared: outlet, or author, language ...
        names: keep words inside names; they mostly show which actors are told of.
        voice: "narrator" or "quoted" to count only sentences of that voice; None for all.
    Returns:
        One row per group (in a column that is called as `by` is) and word (KEYNESS columns), strongest first;
        words with z above 1.96 in absolute value would be one in twenty by chance alone. `article_id`,
        `start`, `text` are the first sentence here that has the word. Empty where there is only one group or
        word.
    References:
        Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16(4), equations 16 and 22;
        the prior is the usage of all groups together, worth PRIOR_WORDS words.
    """
    groups = _group_of(story.articles, by)
    name = str(groups.name)
    words = story_words(story, names=names, voice=voice)
    words[name] = words["article_id"].map(groups.set_axis(story.articles["article_id"]))
    counts = pd.crosstab(words["word"], words[name])
    columns = {name: "str", **KEYNESS, **_PASSAGE}
    if min(counts.shape) < 2:  # one group, or one word: there are no odds against another
        return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in columns.items()})
    found = pd.concat([_log_odds(counts, group).assign(**{name: group}) for group in counts.columns])
    spread = words.groupby([name, "word"], observed=True).agg(
        n_articles=("article_id", "nunique"), n_sentences=("place", "nunique"), first=("place", "min")
    )
    found = found.reset_index().merge(spread.reset_index(), on=[name, "word"], how="left", validate="1:1")
    found[["n_articles", "n_sentences"]] = found[["n_articles", "n_sentences"]].fillna(0).astype("int64")
    size = groups.value_counts()
    found["note"] = [
        _note(row, int(size[group])) for row, group in zip(found.itertuples(), found[name], strict=True)
    ]
    sentences = story.sentences.reset_index(drop=True)[list(_PASSAGE)]
    first = sentences.reindex(found["first"].fillna(-1).astype("int64")).astype({"start": NUMBER})
    found = pd.concat([found, first.reset_index(drop=True)], axis=1)
    found = found.assign(_size=-found["z"]).sort_values([name, "_size", "word"])
    return found[list(columns)].reset_index(drop=True)


def keyness_warning(story: Story, *, by: Sequence[str] = ("outlet",)) -> str | None:
    """A plain warning where too few articles stand for a group, else None.

    One article is a sample of one: what marks it may be its writer, its hour or its length.
    """
    groups = _group_of(story.articles, by)
    counts, name = groups.value_counts(), groups.name
    small = counts[counts < ENOUGH_ARTICLES]
    if not len(counts):
        return None
    if len(counts) < 2:
        return f"There is one {name} only, so there is nothing to compare it with."
    if small.empty:
        return None
    return (
        f"{len(small)} of {len(counts)} {name}s have fewer than {ENOUGH_ARTICLES} articles (the smallest has "
        f"{small.min()}): treat every difference as a pointer to passages worth reading, not as a finding "
        "about the outlet."
    )


def passages_with(story: Story, *, word: str) -> pd.DataFrame:
    """The sentences that have the word (any case), with outlet and place: the evidence behind a count."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.I)
    # An empty list would choose columns, not rows: a story without sentences has no passages either.
    kept = np.array([bool(pattern.search(text)) for text in story.sentences["text"]], dtype=bool)
    rows = with_outlet(story.sentences[kept], story.articles)
    columns = ["outlet", "article_id", "start", "end", "voice", "text"]
    return rows[columns].sort_values(["outlet", "article_id", "start"]).reset_index(drop=True)


def story_words(story: Story, *, names: bool = False, voice: str | None = None) -> pd.DataFrame:
    """Every word that is compared: article_id, start, word (lower case), place (row of its sentence).

    Function words are left out, and words inside names (with Mr, Ms) unless asked for.
    """
    require_one_of("voice", voice, (NARRATOR, QUOTED, MIXED), or_none=True)
    sentences = story.sentences.reset_index(drop=True)
    chosen = sentences if voice is None else sentences[sentences["voice"] == voice]
    named: dict[str, set[int]] = {}  # the characters of each article that lie in a name
    for row in story.mentions[story.mentions["form"] == "name"].itertuples():
        named.setdefault(row.article_id, set()).update(range(row.start, row.end))
    skipped = STOP_WORDS if names else STOP_WORDS | HONORIFICS
    rows = []
    for row in chosen.itertuples():
        inside = named.get(row.article_id, set())
        for match in _WORD.finditer(row.text):
            word = match[0].lower().replace("’", "'").removesuffix("'s")
            start = row.start + match.start()
            if len(word) > 1 and word not in skipped and (names or start not in inside):
                rows.append((row.article_id, start, word, row.Index))
    return pd.DataFrame(rows, columns=["article_id", "start", "word", "place"])


def _group_of(articles: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    """The group of each article: its outlet, or "Post, Lee" of two columns; called as the columns are."""
    by = [by] if isinstance(by, str) else list(by)
    require_columns(articles, by, where="articles")
    cells = articles[by].astype("str").fillna("(unknown)").itertuples(index=False)
    return pd.Series(map(", ".join, cells), articles.index, dtype="str", name=", ".join(by))


def _log_odds(counts: pd.DataFrame, group: str) -> pd.DataFrame:
    here, elsewhere = counts[group].to_numpy(float), counts.drop(columns=group).sum(axis=1).to_numpy(float)
    prior = (here + elsewhere) / (here + elsewhere).sum() * PRIOR_WORDS

    def odds(own: np.ndarray) -> np.ndarray:
        return np.log((own + prior) / (own.sum() + PRIOR_WORDS - own - prior))

    log_odds = odds(here) - odds(elsewhere)
    found = {
        "log_odds": log_odds,
        "z": settled(log_odds / np.sqrt(1 / (here + prior) + 1 / (elsewhere + prior)), FINE),
        "count": here.astype("int64"),
        "count_elsewhere": elsewhere.astype("int64"),
        "per_1000": 1000 * here / max(here.sum(), 1),
        "per_1000_elsewhere": 1000 * elsewhere / max(elsewhere.sum(), 1),
    }
    return pd.DataFrame(found, index=counts.index)


def _note(row, n_articles: int) -> str | None:
    """What speaks against leaning on one word's z."""
    notes = []
    if row.count + row.count_elsewhere < FEW_USES:
        notes.append(f"under {FEW_USES} uses")
    if row.z > 0 and row.n_articles == 1:
        notes.append("one article" if n_articles == 1 else f"in 1 of {n_articles} articles")
    return "; ".join(notes) or None
