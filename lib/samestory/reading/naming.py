"""Identifiers of articles, and labels for articles whose outlet nobody named."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from samestory.reading.draft import Draft

_PARTS = re.compile(r"[\s._\-,+~()\[\]]+")
_HASH = re.compile(r"(?=[0-9a-f]*[0-9])[0-9a-f]{8,}", re.I)
_LONGEST_LABEL = 40


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


def label_outlets(drafts: Sequence[Draft]) -> list[Draft]:
    """Label the drafts without an outlet, each with a label of its own; returns these drafts.

    The label is a readable form of the file's name, without hashes, and "Article 12" where no word
    is left. The text is never asked: a story about an outlet is not by it.
    """
    unnamed = []
    labels = {draft.outlet for draft in drafts if draft.outlet}
    for draft in drafts:
        if draft.outlet:
            continue
        label, number = _readable(draft), 1
        free = label
        while free in labels:
            number += 1
            free = f"{label} ({number})"
        labels.add(free)
        draft.outlet = free
        unnamed.append(draft)
    return unnamed


def _readable(draft: Draft) -> str:
    parts = [part for part in _PARTS.split(draft.article_id) if part]
    words = [part for part in parts if not _HASH.fullmatch(part)]
    numbers = [part for part in words if part.isdigit()]
    if len(words) > len(numbers):
        label = " ".join(words)
        return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"
    shortened = [part[:8] for part in parts if _HASH.fullmatch(part)]
    return " ".join(["Article", *(numbers or shortened or ["without name"])])
