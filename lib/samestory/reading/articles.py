"""Drafts to the articles table: cleaned, dated, with an id and an outlet each, without duplicates."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import PurePosixPath

import pandas as pd

from samestory import tables
from samestory.reading.cleaning import Cleaned, clean
from samestory.reading.dates import date_in_name, infer_published
from samestory.reading.draft import Draft, Problem
from samestory.reading.guard import guarded
from samestory.reading.language_of import tell_language
from samestory.reading.manifest import Manifest
from samestory.tables import whole

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
_LONGEST = 1_000_000  # characters of one article; the parser takes no more
_PARTS = re.compile(r"[\s._\-,+~()\[\]]+")
_HASH = re.compile(r"(?=[0-9a-f]*[0-9])[0-9a-f]{8,}", re.I)
_LONGEST_LABEL = 40
_NAMED = 3  # articles that a summary names


def build_articles(
    drafts: Sequence[Draft],
    listing: Manifest,
    problems: list[Problem],
    *,
    complete: bool,
    name: str,
    each_alone: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build the ARTICLES and the PROBLEMS table.

    Args:
        listing: the manifest.
        problems: those met so far.
        complete: the whole folder was read, so that a manifest row without a file is a problem.
        name: of the folder or file, for the problems.
        each_alone: read each as if it were the only one: no twin is left out, nothing is inferred from the
            others, an outlet that is not known stays missing, and nothing is said of all together.
    """
    for draft in drafts:
        draft.tidy()
    _give_ids(drafts)
    for draft in drafts:
        listing.apply(draft)
    problems = [*problems, *listing.problems, *(listing.unused() if complete else ())]
    kept = _cleaned(drafts, problems)
    _take_outlets_of_folders(kept)
    if each_alone:
        for draft in kept:
            _infer_dates([draft])
    else:
        kept = _without_duplicates(kept, problems)
        _infer_dates(kept)
    unnamed = [draft for draft in kept if not draft.outlet]
    if not each_alone:
        labels = label_unknown([draft.outlet for draft in kept], [draft.article_id for draft in kept])
        for draft, label in zip(kept, labels, strict=True):
            draft.outlet = label
    for draft in kept:
        draft.language = draft.language or tell_language(draft.text)
        if draft.language and not draft.language.lower().startswith("en"):
            but = "it is kept, but the methods here read English only"
            problems.append(Problem(draft.source, f"its language seems to be {draft.language!r}; {but}"))
    undated = [draft for draft in kept if draft.published is None]
    if not each_alone:
        problems += _summary(
            unnamed, kept, "no outlet; it is labelled by its file's name; name it in articles.csv"
        )
        relative = "relative times such as 'on Monday' can't be placed; give it in articles.csv"
        problems += _summary(undated, kept, f"no publication time; {relative}")
    if not kept and not each_alone:
        put = "put .txt, .docx, .pdf or .html files here, or a table (.csv, .xlsx) with a column 'text'"
        problems.append(Problem(name, f"no articles found; {put}"))
    rows = [draft.own | vars(draft) | {"words": len(draft.text.split())} for draft in kept]
    own = dict.fromkeys((name for draft in kept for name in draft.own), "str")
    listed = [{"file": whole(file), "reason": whole(reason)} for file, reason in problems]
    return tables.build(rows, tables.ARTICLES | own), tables.build(listed, tables.PROBLEMS)


def label_unknown(outlets: Iterable[object], article_ids: Iterable[str]) -> list[str]:
    """The outlets, with a label of its own for each article whose outlet is not known.

    The label is a readable form of the article's id (its file's name), without hashes, and "Article 12" where
    no word is left. The text is never asked: a story about an outlet is not by it.
    """
    known = [outlet if isinstance(outlet, str) and outlet else None for outlet in outlets]
    taken = set(filter(None, known))
    return [outlet or _free(_label_of(one), taken) for outlet, one in zip(known, article_ids, strict=True)]


def removed_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """List every passage that cleaning cut from the articles.

    Returns:
        REMOVED table, in the order of the articles and of their raw texts.
    """
    rows = []
    for article in _records(articles, "raw", "removed"):
        if isinstance(article["raw"], str) and isinstance(article["removed"], list):
            for start, end, reason in article["removed"]:
                passage = article["raw"][start:end].strip()
                place = {"raw_start": start, "raw_end": end, "passage": passage, "characters": len(passage)}
                rows.append(article | place | {"reason": reason})
    return tables.build(rows, REMOVED)


def lengths(articles: pd.DataFrame) -> pd.DataFrame:
    """Measure each article with and without its page clutter.

    Returns:
        LENGTHS table, one row an article, in the order of the articles.
    """
    rows = []
    for article in _records(articles, "raw", "text"):
        text = article["text"] if isinstance(article["text"], str) else ""
        raw = article["raw"] if isinstance(article["raw"], str) else text
        words, with_clutter = len(text.split()), len(raw.split())
        share = max(0.0, 1 - words / with_clutter) if with_clutter else None
        sizes = {"words": words, "words_with_clutter": with_clutter, "cut_share": share}
        rows.append(article | sizes | {"paragraphs": text.count("\n\n") + bool(text)})
    return tables.build(rows, LENGTHS)


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken; it is taken from now on."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    taken.add(free)
    return free


def _give_ids(drafts: Sequence[Draft]) -> None:
    """Give every draft an id of its own: the file's name, with its folder where two are alike."""
    counts, taken = Counter(draft.article_id for draft in drafts), set[str]()
    for draft in drafts:
        name = draft.article_id
        if counts[name] > 1:
            in_table = ", " in draft.source
            name = draft.source if in_table else str(PurePosixPath(draft.source).with_suffix(""))
        draft.article_id = _free(name, taken)


def _cleaned(drafts: Sequence[Draft], problems: list[Problem]) -> list[Draft]:
    """The drafts that are articles, cleaned; why the others are none goes to the problems."""
    kept = []
    for draft in drafts:
        if len(draft.raw) > _LONGEST:
            reason = f"{len(draft.raw):,} characters are no single article; split it into files"
            problems.append(Problem(draft.source, f"not read: {reason}"))
            continue
        cleaned, wrong = guarded(partial(_clean, draft), len(draft.raw))
        if cleaned is None:
            problems.append(Problem(draft.source, f"not read: {wrong}"))
            continue
        if not cleaned.text:
            found = "only page clutter was found" if draft.raw.strip() else "it is empty"
            problems.append(Problem(draft.source, f"not read: {found}; save the article's text"))
            continue
        draft.text, draft.removed = cleaned.text, cleaned.removed
        draft.published = draft.published or cleaned.published
        draft.updated = draft.updated or cleaned.updated
        draft.published_from = draft.published_from or ("stated" if draft.published else None)
        if _told_twice(draft.text):
            problems.append(Problem(draft.source, "its text stands in it twice; delete one of them"))
        for name, value in cleaned.stated.items():
            if getattr(draft, name) is None:
                setattr(draft, name, value)
        kept.append(draft)
    return kept


def _clean(draft: Draft) -> Cleaned:
    return clean(draft.raw, title=draft.title, body=draft.body, removed=draft.removed)


def _told_twice(text: str) -> bool:
    paragraphs = text.split("\n\n")
    half = len(paragraphs) // 2
    return len(paragraphs) > 1 and paragraphs[:half] == paragraphs[half:]


def _take_outlets_of_folders(drafts: Sequence[Draft]) -> None:
    """In a folder of folders the first folder's name is the outlet ("herald/3.txt" is the herald's)."""
    for draft in drafts:
        above = PurePosixPath(draft.source).parts[:-1]
        folder = next((part for part in above if not part.lower().endswith(".zip")), "")
        if not draft.outlet and re.search(r"[^\W\d_]{2}", folder):
            draft.outlet = " ".join(folder.replace("_", " ").split())


def _without_duplicates(drafts: Sequence[Draft], problems: list[Problem]) -> list[Draft]:
    """Keep one of the articles with the same text, unless two different outlets are known to carry it."""
    kept_with: dict[str, list[Draft]] = {}
    kept = []
    for draft in drafts:
        same = kept_with.setdefault(draft.text, [])
        twin = next((d for d in same if d.outlet == draft.outlet or not (d.outlet and draft.outlet)), None)
        if twin is not None:
            problems.append(Problem(draft.source, f"same text as {twin.source}; only that one is kept"))
            continue
        if same:
            known = f"same text as {same[0].source} ({same[0].outlet})"
            problems.append(Problem(draft.source, f"{known}; kept, as {draft.outlet} carries it too"))
        same.append(draft)
        kept.append(draft)
    return kept


def _infer_dates(drafts: Sequence[Draft]) -> None:
    dated = [draft.published for draft in drafts if draft.published is not None]
    for draft in drafts:
        if draft.published is None:
            named = date_in_name(PurePosixPath(draft.source).name)
            draft.published = named or infer_published(draft.text, dated)
            draft.published_from = "inferred" if draft.published else None


def _label_of(article_id: str) -> str:
    parts = [part for part in _PARTS.split(article_id) if part]
    words = [part for part in parts if not _HASH.fullmatch(part)]
    numbers = [part for part in words if part.isdigit()]
    if len(words) > len(numbers):
        label = " ".join(words)
        return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"
    shortened = [part[:8] for part in parts if _HASH.fullmatch(part)]
    return " ".join(["Article", *(numbers or shortened or ["without name"])])


def _summary(lacking: list[Draft], kept: list[Draft], what: str) -> list[Problem]:
    """One row for all articles that lack the same thing, however many they are."""
    if not lacking:
        return []
    names = ", ".join(draft.source for draft in lacking[:_NAMED])
    names += f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
    return [Problem(names, f"{len(lacking)} of {len(kept)} articles: {what}")]


def _records(articles: pd.DataFrame, *names: str) -> list[dict]:
    """Each article's id, outlet and named cells; missing in a column that a table made elsewhere lacks."""
    return articles.reindex(columns=["article_id", "outlet", *names]).to_dict("records")
