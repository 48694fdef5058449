"""Annotate articles: each one alone, over workers and a cache, then the names over all."""

import json
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from joblib import Parallel, delayed
from spacy.language import Language
from spacy.tokens import Doc

from samestory import tables
from samestory.cache import Cache
from samestory.framing.actions import find_actions
from samestory.framing.codebooks import Codebook
from samestory.framing.frames import frame_terms
from samestory.framing.labelling import find_descriptions
from samestory.framing.loaded import loaded_spans
from samestory.language.encoder import Encoded, encoded
from samestory.language.pipeline import LONGEST_SENTENCE, cut_sentences, load_pipeline
from samestory.language.sentences import sentence_places
from samestory.language.tokens import Tokens
from samestory.names.across_outlets import merge_names
from samestory.names.mentions import Mention, find_mentions
from samestory.pages.progress import with_progress
from samestory.quotes.find import Quote, find_quotes
from samestory.quotes.inside import sentence_voices
from samestory.quotes.speakers import name_speakers
from samestory.reading.articles import label_unknown
from samestory.reading.corrections import with_aliases
from samestory.reading.folder import Loaded
from samestory.reading.notice import require_articles, show_corrected
from samestory.sentiment.polarity import names_within, sentence_polarity
from samestory.sentiment.toward import sentiment_toward_mentions
from samestory.story import Story
from samestory.timeline.clauses import find_events
from samestory.timeline.expressions.find import find_times
from samestory.trust.mending import mended, names_by_hand, problems_of
from samestory.trust.places import placed

CACHE_VARIABLE = "SAMESTORY_CACHE"  # the report and `make lab` set it, so that all notebooks annotate once
CHUNK = 8  # articles that a worker is given at a time: enough to pay for sending them, few enough to share
TOGETHER = 4  # articles that are parsed together: more cost memory and save no time

Codebooks = Sequence[Codebook] | None
Rows = dict[str, list[dict[str, Any]]]  # table name -> its rows; "problems" holds annotator and reason
Found = Mapping[str, list[dict[str, Any]]]  # the same, to be read only


class Failure(NamedTuple):
    """What one annotator could not do, and why; the others go on without it."""

    annotator: str
    reason: str


class Packed(Mapping):
    """An article's rows as JSON, which is a tenth of what they take as dicts while others are annotated."""

    def __init__(self, rows: Rows):
        self._packed = {name: json.dumps(found).encode() for name, found in rows.items()}

    def __getitem__(self, name: str) -> list[dict[str, Any]]:
        return json.loads(self._packed[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class Sentence(NamedTuple):
    """One sentence; start:end are characters, trimmed of white space."""

    start: int
    end: int
    sentence: int
    paragraph: int
    voice: str
    polarity: float | None
    subjectivity: float | None


class _Job(NamedTuple):
    """One article to annotate; plain values, so that it can be sent to another process."""

    text: str
    title: str
    published: str | None


def annotate(
    articles: pd.DataFrame | Loaded,
    *,
    workers: int | Any = 1,
    cache: str | Path | None = None,
    model: str | None = None,
    codebooks: Codebooks = None,
    aliases: Mapping[str, str] | None = None,
) -> Story:
    """Annotate articles one by one, then give each name one form in all of them.

    Args:
        articles: what `load` gives, or a table of articles; `article_id` and `text` are needed, other columns
            may be absent. Their order does not matter: the story has them by article_id. An outlet that is
            not known is named after its article.
        workers: processes to use (-1: one a core), or a `dask.distributed.Client`; the result is the same.
        cache: a folder that keeps each article's annotation, so that a second run annotates only what is
            new. None: the folder that the environment variable SAMESTORY_CACHE names, or no cache.
        model: the name of an installed spaCy model to use instead of the built-in one.
        codebooks: frame codebooks (`framing.read_codebook`); the built-in ones when None.
        aliases: name -> canonical name; they win over the machine. None: those that `load` found in the
            articles' folder. All other corrections by hand that it found there are applied, too.
    Returns:
        the story. An article that an annotator fails on keeps its text and all other annotations; what
        failed, and why, is added to `story.problems`, as is each correction that could not be applied.
        `story.corrections` says what became of each.
    Raises:
        ValueError: nothing was read, a column is missing, an article_id comes twice, or the model is not
            installed.
    """
    loaded = articles if isinstance(articles, Loaded) else Loaded(articles)
    require_articles(loaded.articles, loaded.problems)
    articles = _checked(loaded.articles)
    jobs = [
        _Job(row.text, "" if pd.isna(row.title) else row.title, _iso(row.published))
        for row in articles.itertuples()
    ]
    folder = cache if cache is not None else os.environ.get(CACHE_VARIABLE) or None
    found = _annotate(jobs, workers, folder, model, None if codebooks is None else list(codebooks))
    built = _tables(articles, found)
    rows = loaded.corrections if aliases is None else with_aliases(loaded.corrections, aliases)
    by_hand = placed(rows, articles)
    same, apart = names_by_hand(by_hand)
    built["mentions"], built["quotes"] = merge_names(
        built["mentions"], built["quotes"], articles, aliases=same, apart=apart
    )
    built, by_hand = mended(built, articles, by_hand)
    problems = [loaded.problems, _failures(articles, found), problems_of(by_hand)]
    show_corrected(by_hand)
    return Story(articles, **built, problems=pd.concat(problems, ignore_index=True), corrections=by_hand)


def annotate_alone(text: str, *, title: str, published: str | None, cache: str | Path | None = None) -> Rows:
    """Annotate one article without any other, for a collection of which no process holds the whole.

    Args:
        published: ISO 8601, as JSON has it.
        cache: as `annotate` has it.
    Returns:
        table name -> rows of plain values, which can be sent as JSON; `tables_alone` makes tables of them.
    """
    job, kept = _Job(text, title, published), None if cache is None else Cache(cache)
    rows = None if kept is None else kept.get(kept.key(job, None, None))
    return rows or dict(_annotate_chunk([job], folder=cache, model=None, codebooks=None)[0])


def tables_alone(
    articles: pd.DataFrame, found: list[Rows], *, aliases: Mapping[str, str] | None = None
) -> dict[str, pd.DataFrame]:
    """The annotation tables of articles that share no story: a name is the fullest of its own article.

    Args:
        found: what `annotate_alone` gave, in the order of the articles.
    Returns:
        table name -> table, "problems" among them.
    """
    built = _tables(articles, found) | {"problems": _failures(articles, found)}
    named: dict[str, list[pd.DataFrame]] = {"mentions": [], "quotes": []}
    rows_of = {name: dict(list(built[name].groupby("article_id"))) for name in named}
    for n, article_id in enumerate(articles["article_id"]):
        mentions, quotes = (rows_of[name].get(article_id, built[name].iloc[:0]) for name in named)
        merged = merge_names(mentions, quotes, articles.iloc[[n]], aliases=aliases)
        for name, table in zip(named, merged, strict=True):
            named[name].append(table)
    return built | {name: pd.concat(tables, ignore_index=True) for name, tables in named.items() if tables}


def annotate_doc(
    doc: Doc,
    reading: Encoded,
    *,
    title: str = "",
    published: pd.Timestamp = pd.NaT,
    codebooks: Codebooks = None,
) -> tuple[dict[str, list[NamedTuple]], list[Failure]]:
    """Annotate one parsed article.

    Args:
        reading: the encoder's reading of the same text.
        title: its headline, which may give the full form of a name.
        published: its publication time, against which relative times are read; NaT when unknown.
        codebooks: frame codebooks; the built-in ones when None.
    Returns:
        table name -> rows, each with start, end and the table's own columns (a name is the article's own
        best form of it), and what failed. Where an annotator raises an error, its table holds the rows that
        it was given, or none.
    """
    failures: list[Failure] = []

    def attempt(annotator: Callable, otherwise, *args, **options):
        try:
            return annotator(*args, **options)
        except Exception as error:  # whatever it is: one sentence must not cost the article
            failures.append(Failure(annotator.__name__, _describe(error)))
            return otherwise

    if cut := cut_sentences(doc):
        said = (
            f"{cut} long stretches without an end to a sentence for {LONGEST_SENTENCE} words, read in parts"
        )
        failures.append(Failure("sentences", said))
    quotes = attempt(find_quotes, [], doc, reading)
    mentions = attempt(find_mentions, [], doc, title=title)
    quotes, mentions = attempt(name_speakers, (quotes, mentions), doc, quotes, mentions)
    times = attempt(find_times, [], doc, published=published, quotes=quotes)
    rows = {
        "sentences": attempt(find_sentences, [], doc, quotes, mentions),
        "mentions": attempt(sentiment_toward_mentions, mentions, doc, reading, mentions, quotes),
        "quotes": quotes,
        "times": times,
        "frames": attempt(frame_terms, [], doc, mentions, times, codebooks),
        "loaded": attempt(loaded_spans, [], doc, reading, quotes),
        "actions": attempt(find_actions, [], doc),
        "descriptions": attempt(find_descriptions, [], doc, mentions),
        "events": attempt(find_events, [], doc, times, quotes, published=published),
    }
    return rows, failures


def find_sentences(doc: Doc, quotes: list[Quote], mentions: Sequence[Mention] = ()) -> list[Sentence]:
    """List the sentences in text order, with their voice and tone (None where no word is known)."""
    text, places = Tokens.of(doc).article, sentence_places(doc)
    names = [(mention.start, mention.end) for mention in mentions if mention.form == "name"]
    voices = sentence_voices(doc, quotes, places)
    sentences = []
    for number, ((start, end, paragraph), voice) in enumerate(zip(places, voices, strict=True)):
        polarity, subjectivity, _ = sentence_polarity(text[start:end], names=names_within(names, start, end))
        sentences.append(Sentence(start, end, number, paragraph, voice, polarity, subjectivity))
    return sentences


def _tables(articles: pd.DataFrame, found: Sequence[Found]) -> dict[str, pd.DataFrame]:
    """The annotation tables; each row's text is cut out of its article here, so that it always holds."""

    def rows_of(name: str) -> Iterator[dict]:
        for article, rows in zip(articles.itertuples(), found, strict=True):
            for row in rows.get(name, ()):
                text = article.text[row["start"] : row["end"]]
                yield row | {"article_id": article.article_id, "text": text}

    return {name: tables.build(rows_of(name), columns) for name, columns in tables.ANNOTATIONS.items()}


def _checked(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles with every declared column, in order, or an error that says what is wrong."""
    tables.require_columns(articles, ["article_id", "text"], where="articles")
    # In one order, so that nothing that is counted or matched later depends on the one they came in.
    articles = articles.sort_values("article_id", kind="stable", ignore_index=True)
    twice = articles["article_id"][articles["article_id"].duplicated()]
    if len(twice):
        raise ValueError(f"articles: article_id {twice.iloc[0]!r} comes twice; every article needs its own")
    texts = [tables.whole(text) if isinstance(text, str) else "" for text in articles["text"]]
    articles["text"] = texts
    if "words" not in articles:
        articles["words"] = [len(text.split()) for text in texts]
    for name, dtype in tables.ARTICLES.items():
        if name not in articles:
            articles[name] = None
        articles[name] = articles[name].astype(dtype)
    articles["removed"] = [cell if isinstance(cell, list) else None for cell in articles["removed"]]
    articles["outlet"] = label_unknown(articles["outlet"], articles["article_id"])
    extra = [name for name in articles if name not in tables.ARTICLES]
    return articles[[*tables.ARTICLES, *extra]]


def _failures(articles: pd.DataFrame, found: Sequence[Found]) -> pd.DataFrame:
    """What annotators could not do, as a PROBLEMS table."""
    rows = [
        {"file": article.article_id if pd.isna(article.source) else article.source} | problem
        for article, rows_of_one in zip(articles.itertuples(), found, strict=True)
        for problem in rows_of_one.get("problems", ())
    ]
    return tables.build(rows, tables.PROBLEMS)


def _annotate(
    jobs: list[_Job], workers: Any, folder: str | Path | None, model: str | None, codebooks: Codebooks
) -> list[Found]:
    """The rows of each article, from the cache or new."""
    cache = None if folder is None else Cache(folder)
    read = (None if cache is None else cache.get(cache.key(job, model, codebooks)) for job in jobs)
    kept = [None if rows is None else Packed(rows) for rows in read]
    missing = [job for job, rows in zip(jobs, kept, strict=True) if rows is None]
    if missing:
        load_pipeline(model)  # a model that is not installed is an error, not a problem of every article
    size = TOGETHER if workers == 1 else CHUNK
    chunks = [missing[n : n + size] for n in range(0, len(missing), size)]
    run = partial(_annotate_chunk, folder=folder, model=model, codebooks=codebooks)
    done = chain.from_iterable(_spread(run, chunks, workers))
    new = list(with_progress(done, total=len(missing), doing="annotating articles"))
    if cache is not None:
        whole = [job for job, rows in zip(missing, new, strict=True) if not rows["problems"]]
        if whole and not any(cache.has(cache.key(job, model, codebooks)) for job in whole):
            warnings.warn(
                f"nothing could be kept in {folder}: the next run takes as long again", stacklevel=3
            )
    annotated = iter(new)
    return [next(annotated) if rows is None else rows for rows in kept]


def _spread(run: Callable, chunks: list[list[_Job]], workers: Any) -> Iterable[list[Found]]:
    """The chunks' results in their order, computed where `workers` says."""
    if hasattr(workers, "gather"):  # a dask.distributed.Client
        return workers.gather(workers.map(run, chunks))
    if workers == 1 or len(chunks) < 2:
        return map(run, chunks)
    return Parallel(n_jobs=workers, return_as="generator")(delayed(run)(chunk) for chunk in chunks)


def _annotate_chunk(
    jobs: list[_Job], *, folder: str | Path | None, model: str | None, codebooks: Codebooks
) -> list[Found]:
    """The rows of a few articles; each is kept in the cache as soon as it is done."""
    cache = None if folder is None else Cache(folder)
    docs, done = _parsed([job.text for job in jobs], load_pipeline(model)), list[Found]()
    for job, doc in zip(jobs, docs, strict=True):
        rows = _annotate_article(job, doc, codebooks)
        if cache is not None and not rows["problems"]:  # what failed may succeed another time
            cache.put(cache.key(job, model, codebooks), rows)
        done.append(Packed(rows))
    return done


def _parsed(texts: list[str], nlp: Language) -> Iterator[Doc | Exception]:
    """Each text's Doc, or the error that kept it from being parsed."""
    for first in range(0, len(texts), TOGETHER):
        batch = texts[first : first + TOGETHER]
        try:
            yield from list(nlp.pipe(batch))
        except Exception as error:  # one of them: which one shows when each is parsed alone
            yield from (
                [error] if len(batch) == 1 else chain.from_iterable(_parsed([one], nlp) for one in batch)
            )


def _annotate_article(job: _Job, doc: Doc | Exception, codebooks: Codebooks) -> Rows:
    try:
        if isinstance(doc, Exception):
            raise doc
        published = pd.NaT if job.published is None else pd.Timestamp(job.published)
        found, failures = annotate_doc(
            doc, encoded(doc), title=job.title, published=published, codebooks=codebooks
        )
    except Exception as error:  # the text is kept, and the other articles go on
        found, failures = {}, [Failure("annotate", _describe(error))]
    found["problems"] = list(failures)
    return {name: [_plain(row) for row in rows] for name, rows in found.items()}


def _plain(row: Any) -> dict[str, Any]:
    """A row as JSON holds it: times as text, which building the table reads again."""
    return {
        name: _iso(value) if isinstance(value, pd.Timestamp) or value is pd.NaT else value
        for name, value in row._asdict().items()
    }


def _iso(time: pd.Timestamp) -> str | None:
    return None if pd.isna(time) else time.isoformat()


def _describe(error: Exception) -> str:
    """An error in one line: its kind and what it says."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
