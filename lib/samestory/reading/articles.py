"""Drafts to the articles table: cleaned, dated, with an id and an outlet each, without duplicates."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath

import pandas as pd

from samestory import tables
from samestory.reading.cleaning import Cleaned, clean
from samestory.reading.dates import date_in_name, infer_published
from samestory.reading.draft import Draft, Problem
from samestory.reading.manifest import Manifest

_WORDS = re.compile(r"[a-z]+")
_ENGLISH = frozenset({
    "the", "of", "and", "to", "that", "with", "for", "by", "from", "said", "has", "have", "were", "was",
    "are", "his", "their", "this",
})  # fmt: skip
_ENGLISH_SHARE = 0.15  # of the words; other languages written in Latin letters stay below 0.05
_SAMPLE = 1500  # characters
_FEWEST_WORDS = 12
_PARTS = re.compile(r"[\s._\-,+~()\[\]]+")
_HASH = re.compile(r"(?=[0-9a-f]*[0-9])[0-9a-f]{8,}", re.I)
_LONGEST_LABEL = 40
LONGEST = 1_000_000  # characters of one article; the parser takes no more
_NAMED = 3  # articles that a summary names
REMOVED = {
    "article_id": "str",
    "outlet": "str",
    "reason": "str",  # the kind of clutter
    "passage": "str",  # as it stands in the raw text
    "characters": "int64",  # of the passage, space at its edges aside
    "raw_start": "int64",  # offsets in the raw text: raw[raw_start:raw_end] holds the passage
    "raw_end": "int64",
}
LENGTHS = {
    "article_id": "str",
    "outlet": "str",
    "words": "int64",  # of the cleaned text
    "words_with_clutter": "int64",  # of the raw text
    "cut_share": "float64",  # of the raw text's words, 0 to 1; NaN where there is no raw text
    "paragraphs": "int64",
}


def tell_language(text: str) -> str | None:
    """The ISO 639-1 code of a text, or None when it is too short to tell.

    English function words settle the usual case at once; py3langid (Lui & Baldwin 2012,
    langid.py, ACL) is asked about the rest, as its model takes two seconds to load.
    """
    sample = text[:_SAMPLE]
    words = _WORDS.findall(sample.lower())
    if sum(word in _ENGLISH for word in words) > _ENGLISH_SHARE * max(len(words), _FEWEST_WORDS):
        return "en"
    if len(sample.split()) < _FEWEST_WORDS and len(sample) < 60:
        return None
    code, probability = _identifier().classify(sample)
    return code if code and probability > 0.9 else None


@lru_cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def unique_ids(drafts: Sequence[Draft]) -> None:
    """Give every draft an identifier of its own: the file's name, with its folder where two are alike."""
    counts = Counter(draft.article_id for draft in drafts)
    taken = set()
    for draft in drafts:
        name = draft.article_id
        if counts[name] > 1:
            name = (
                str(PurePosixPath(draft.source).with_suffix("")) if ", " not in draft.source else draft.source
            )
        free, number = name, 1
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        taken.add(free)
        draft.article_id = free


def outlets_from_folders(drafts: Sequence[Draft]) -> None:
    """In a folder of folders the first folder's name is the outlet ("herald/3.txt" is the herald's)."""
    for draft in drafts:
        folder = PurePosixPath(draft.source).parts[0] if "/" in draft.source else ""
        if not draft.outlet and re.search(r"[^\W\d_]{2}", folder):
            draft.outlet = " ".join(filter(None, re.split(r"[\s_]+", folder)))


def label_unknown(outlets: Sequence, article_ids: Sequence[str]) -> list[str]:
    """The outlets, with a label of its own for each article whose outlet is not known.

    The label is a readable form of the article's id (its file's name), without hashes, and "Article 12" where
    no word is left. The text is never asked: a story about an outlet is not by it.
    """
    known = [outlet if isinstance(outlet, str) and outlet else None for outlet in outlets]
    taken, labels = {outlet for outlet in known if outlet}, []
    for outlet, article_id in zip(known, article_ids, strict=True):
        label = outlet or _label_of(article_id)
        free, number = label, 1
        while outlet is None and free in taken:
            number += 1
            free = f"{label} ({number})"
        taken.add(free)
        labels.append(free)
    return labels


def _label_of(article_id: str) -> str:
    parts = [part for part in _PARTS.split(article_id) if part]
    words = [part for part in parts if not _HASH.fullmatch(part)]
    numbers = [part for part in words if part.isdigit()]
    if len(words) > len(numbers):
        label = " ".join(words)
        return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"
    shortened = [part[:8] for part in parts if _HASH.fullmatch(part)]
    return " ".join(["Article", *(numbers or shortened or ["without name"])])


def build_articles(
    drafts: Sequence[Draft], listing: Manifest, problems: list[Problem], *, complete: bool, name: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build the ARTICLES and the PROBLEMS table.

    Args:
        drafts: what the files gave.
        listing: the manifest.
        problems: what was met so far.
        complete: the whole folder was read, so that a manifest row without a file is a problem.
        name: of the folder or file, for the problems.
    """
    for draft in drafts:
        draft.tidy()
    unique_ids(drafts)
    from_manifest = {id(draft) for draft in drafts if listing.apply(draft)}
    problems = [*problems, *listing.problems, *(listing.unused() if complete else ())]
    kept = _readable(drafts, problems)
    outlets_from_folders([draft for draft, _ in kept])
    kept = _without_duplicates(kept, problems)
    known_from = {
        draft.article_id: "manifest" if id(draft) in from_manifest else "stated"
        for draft, _ in kept
        if draft.published is not None
    }
    _infer_dates(kept, known_from)
    unnamed = [draft for draft, _ in kept if not draft.outlet]
    labels = label_unknown([draft.outlet for draft, _ in kept], [draft.article_id for draft, _ in kept])
    for (draft, _), label in zip(kept, labels, strict=True):
        draft.outlet = label
    rows = [_row(draft, cleaned, known_from) for draft, cleaned in kept]
    problems += _language_problems(rows)
    problems += _summaries(kept, unnamed)
    if not rows:
        problems.append(Problem(name, "no articles found; put .txt, .md, .html, .csv or .jsonl files here"))
    listed = [problem._asdict() for problem in problems]
    return tables.build(rows, tables.ARTICLES), tables.build(listed, tables.PROBLEMS)


def _readable(drafts: Sequence[Draft], problems: list[Problem]) -> list[tuple[Draft, Cleaned]]:
    """The drafts that are articles, with their cleaned text; why the others are none goes to problems."""
    kept = []
    for draft in drafts:
        reason, cleaned = _clean(draft)
        if reason:
            problems.append(Problem(draft.source, reason))
        else:
            kept.append((draft, cleaned))
    return kept


def _clean(draft: Draft) -> tuple[str | None, Cleaned | None]:
    """Why the draft is no article, or its cleaned text; the draft takes what its text states."""
    if len(draft.raw) > LONGEST:
        return f"not read: {len(draft.raw):,} characters are no single article; split it into files", None
    cleaned = clean(draft.raw, title=draft.title, body=draft.body, removed=draft.removed)
    if not cleaned.text:
        found = "only page clutter was found" if draft.raw.strip() else "it is empty"
        return f"not read: {found}; save the article's text", None
    draft.title = draft.title or cleaned.title
    draft.published = draft.published or cleaned.published
    draft.author = draft.author or cleaned.author
    for name, value in cleaned.fields.items():
        if getattr(draft, name) is None:
            setattr(draft, name, value)
    return None, cleaned


def _without_duplicates(
    kept: list[tuple[Draft, Cleaned]], problems: list[Problem]
) -> list[tuple[Draft, Cleaned]]:
    """Keep one of the articles with the same text, unless two different outlets are known to carry it."""
    first: dict[str, list[Draft]] = {}
    chosen = []
    for draft, cleaned in kept:
        same = first.setdefault(cleaned.text, [])
        twin = next((d for d in same if d.outlet == draft.outlet or not (d.outlet and draft.outlet)), None)
        if twin is not None:
            problems.append(Problem(draft.source, f"same text as {twin.source}; only that one is kept"))
            continue
        if same:
            reason = (
                f"same text as {same[0].source} ({same[0].outlet}); kept, as {draft.outlet} carries it too"
            )
            problems.append(Problem(draft.source, reason))
        same.append(draft)
        chosen.append((draft, cleaned))
    return chosen


def _infer_dates(kept: list[tuple[Draft, Cleaned]], known_from: dict[str, str]) -> None:
    dated = [draft.published for draft, _ in kept if draft.published is not None]
    for draft, cleaned in kept:
        if draft.published is None:
            named = date_in_name(draft.source.rsplit("/", 1)[-1])
            draft.published = named or infer_published(cleaned.text, dated)
            if draft.published is not None:
                known_from[draft.article_id] = "inferred"


def _row(draft: Draft, cleaned: Cleaned, known_from: dict[str, str]) -> dict:
    return {
        "article_id": draft.article_id,
        "outlet": draft.outlet,
        "title": draft.title,
        "published": draft.published,
        "published_from": known_from.get(draft.article_id),
        "author": draft.author,
        "url": draft.url,
        "language": draft.language or tell_language(cleaned.text),
        "words": len(cleaned.text.split()),
        "source": draft.source,
        "raw_sha256": draft.sha256,
        "removed": cleaned.removed,
        "raw": draft.raw,
        "text": cleaned.text,
    }


def _language_problems(rows: list[dict]) -> list[Problem]:
    problems = []
    for row in rows:
        language = row["language"]
        if language and not language.lower().startswith("en"):
            reason = (
                f"its language seems to be {language!r}; it is kept, but the methods here read English only"
            )
            problems.append(Problem(row["source"], reason))
    return problems


def _summaries(kept: list[tuple[Draft, Cleaned]], unnamed: list[Draft]) -> list[Problem]:
    """One row for all articles that lack the same thing, however many they are."""
    problems = []
    undated = [draft for draft, _ in kept if draft.published is None]
    for lacking, what, todo in (
        (unnamed, "no outlet; it is labelled by its file's name", "name it in articles.csv"),
        (undated, "no publication time; relative times such as 'on Monday' can't be placed",
         "give it in articles.csv"),
    ):  # fmt: skip
        if lacking:
            names = ", ".join(draft.source for draft in lacking[:_NAMED])
            more = len(lacking) - _NAMED
            names += f" and {more} more" if more > 0 else ""
            problems.append(Problem(names, f"{len(lacking)} of {len(kept)} articles: {what}; {todo}"))
    return problems


def removed_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """List every passage that cleaning cut from the articles.

    Returns:
        REMOVED table, in the order of the articles and of their raw texts.
    """
    rows = []
    for article in _cells(articles, ("article_id", "outlet", "raw", "removed")):
        if not (isinstance(article["raw"], str) and isinstance(article["removed"], list)):
            continue
        for start, end, reason in article["removed"]:
            passage = article["raw"][start:end].strip()
            place = {"passage": passage, "characters": len(passage), "raw_start": start, "raw_end": end}
            rows.append(article | place | {"reason": reason})
    return tables.build(rows, REMOVED)


def lengths(articles: pd.DataFrame) -> pd.DataFrame:
    """Measure each article with and without its page clutter.

    Returns:
        LENGTHS table, one row an article, in the order of the articles.
    """
    rows = []
    for article in _cells(articles, ("article_id", "outlet", "raw", "text")):
        text = article["text"] if isinstance(article["text"], str) else ""
        raw = article["raw"] if isinstance(article["raw"], str) else text
        words, with_clutter = len(text.split()), len(raw.split())
        share = max(0.0, 1 - words / with_clutter) if with_clutter else None
        lengths = {"words": words, "words_with_clutter": with_clutter, "cut_share": share}
        rows.append(article | lengths | {"paragraphs": text.count("\n\n") + bool(text)})
    return tables.build(rows, LENGTHS)


def _cells(articles: pd.DataFrame, names: tuple[str, ...]) -> list[dict]:
    """The named cells of each article; None in a column that a table made elsewhere lacks."""
    columns = [list(articles[name]) if name in articles else [None] * len(articles) for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
