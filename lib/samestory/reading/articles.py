"""Drafts to the articles table: cleaned, dated, labelled, without duplicates, with its problems."""

from collections.abc import Sequence

import pandas as pd

from samestory import tables
from samestory.reading.cleaning import Cleaned, clean
from samestory.reading.draft import Draft, Problem
from samestory.reading.inference import date_in_name, infer_published
from samestory.reading.language import tell_language
from samestory.reading.manifest import Manifest
from samestory.reading.naming import label_outlets, outlets_from_folders, unique_ids

LONGEST = 1_000_000  # characters of one article; the parser takes no more
_NAMED = 3  # articles that a summary names


def build_articles(
    drafts: Sequence[Draft], listing: Manifest, problems: list[Problem], *, complete: bool, name: str
) -> pd.DataFrame:
    """Build the articles table.

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
    unnamed = label_outlets([draft for draft, _ in kept])
    rows = [_row(draft, cleaned, known_from) for draft, cleaned in kept]
    problems += _language_problems(rows)
    problems += _summaries(kept, unnamed)
    if not rows:
        problems.append(Problem(name, "no articles found; put .txt, .md, .html, .csv or .jsonl files here"))
    articles = tables.build(rows, tables.ARTICLES)
    rows = [problem._asdict() for problem in problems]
    articles.attrs["problems"] = tables.Problems(tables.build(rows, tables.PROBLEMS))
    return articles


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
