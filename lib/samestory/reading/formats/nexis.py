"""Nexis and Nexis Uni, old exports and new: an article's fields stand around its body."""

import re
from collections.abc import Mapping
from datetime import datetime

from samestory.reading.dates import find_dates
from samestory.reading.formats.press_lines import (
    CLOCK,
    COPYRIGHT,
    Article,
    Line,
    Marks,
    byline,
    label,
    span,
    whole,
)

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_OF_DOCUMENTS = re.compile(r"\d{1,5}\s+of\s+\d{1,5}\s+DOCUMENTS?", re.I)
_END_OF_DOCUMENT = re.compile(r"End of Document", re.I)
_LABELS = (
    "byline", "section", "length", "dateline", "highlight", "headline", "series", "distribution", "type",
    "body",
)  # fmt: skip
# Below the body: fields that no paragraph opens with, and others that one may open with ("Correction: ...").
_SURE = (
    "load-date", "language", "publication-type", "journal-code", "correction-date", "document-type", "acc-no",
    "pub-type",
)  # fmt: skip
_TAIL = ("graphic", "correction", "notes", "classification", "link to image", "subject", "company")
_TAIL_WITHIN = 8  # lines above the first sure field
_LENGTH = re.compile(r"length\s*:\s*[\d,.]+\s+words?", re.I)
_DATE = re.compile(
    rf"(?P<date>[A-Z][a-z]+\.?\s+\d{{1,2}},\s+\d{{4}}|\d{{1,2}}\s+[A-Z][a-z]+\s+\d{{4}})(?:,?\s+{_WEEKDAY})?"
    rf"(?:\s+(?P<clock>{CLOCK}))?",
    re.I,
)
_WEEKDAY_BEHIND = re.compile(rf"\d{{4}},?\s+{_WEEKDAY}\b", re.I)
_MARK = re.compile(r"(?:load-date\s*:|end of document$|correction-date\s*:)", re.I)
_COVER = ("download request", "time of request", "job number", "date and time", "user name", "documents (")


def told(lines: list[Line], *, bare: bool) -> Marks | None:
    """How an export is divided, None where it is none.

    Args:
        bare: the text is not from a page, which has lines of its own.
    """
    texts = [line.text for line in lines]
    marks = sum(bool(_MARK.match(text)) for text in texts)
    lengths = sum(bool(_LENGTH.fullmatch(text)) for text in texts)
    if any(map(_OF_DOCUMENTS.fullmatch, texts)) and (marks or lengths):
        return Marks(first=_OF_DOCUMENTS)
    dated = any(_date_of(text) for text in texts[:60])
    # No field at all, but a date as only Nexis writes it, in the third line: headline, outlet, date.
    third = len(texts) > 3 and _DATE.fullmatch(texts[2]) and _WEEKDAY_BEHIND.search(texts[2])
    if (dated and (marks or lengths)) or (marks and lengths) or (bare and third):
        return Marks(last=_END_OF_DOCUMENT)
    return None


def read_article(lines: list[Line]) -> Article | str:
    """The article of some lines; an empty text where they are none."""
    texts = [line.text for line in lines]
    at = next((n for n, text in enumerate(texts) if _date_of(text)), None)
    length = next((n for n, text in enumerate(texts) if _LENGTH.fullmatch(text)), None)
    if at is not None and length is not None and at > length:
        at = None  # a date in the body
    if at is None and length is None:
        return "" if _is_cover(texts) else whole(lines)
    labels = {name: text for text in texts if (name := label(text, _LABELS))}
    head = [n for n, text in enumerate(texts[: (length or at or 0) + 12]) if label(text, _LABELS)]
    body = next((n + 1 for n, text in enumerate(texts) if text.lower() == "body"), None)
    if body is None:
        body = _after_head(texts, head, at)
    end = _end(texts, body)
    first_field = min([*head, body])
    title, outlet = _names(lines, at, first_field, old=_is_old(labels))
    by = labels.get("byline", "").partition(":")[2].strip()
    published = _date_of(texts[at]) if at is not None else None
    fields = {"title": title, "outlet": outlet, "author": byline(by)}
    language = next((text for text in texts[end:] if text.lower().startswith("language:")), "")
    if "english" in language.lower():
        fields["language"] = "en"
    return Article(fields, published, span(lines, body, end))


def _after_head(texts: list[str], head: list[int], at: int | None) -> int:
    """The first line below the fields at the top."""
    last = -1 if at is None else at
    for index in head:
        # A field stands near the one before; "Section: ..." in mid-article is not one.
        if index <= last + 8 or last < 0:
            last = max(last, index)
    return last + 1


def _names(lines: list[Line], at: int | None, field: int, *, old: bool) -> tuple[str | None, str | None]:
    """Headline and outlet: above the date in new exports, around it in old ones."""
    if at is None:
        return None, None
    above = [line for line in lines[:at] if line.text.lower() != "correction appended"]
    outlet = above[-1].text if above else None
    below = lines[at + 1 : field]
    if old and below:
        groups: list[list[Line]] = []
        for line in below:
            broken = groups and line.start - groups[-1][-1].end < 2
            groups[-1].append(line) if broken else groups.append([line])
        titles = [" ".join(line.text for line in group) for group in groups]
        titles = [text for text in titles if not re.search(r"\bedition\b", text, re.I)] or titles
        return titles[-1], outlet
    title = above[-2].text if len(above) > 1 else None
    return title, outlet


def _is_old(labels: Mapping[str, str]) -> bool:
    """Old exports write their fields in capitals."""
    return any(text.partition(":")[0].isupper() for text in labels.values())


def _date_of(text: str) -> datetime | None:
    match = _DATE.fullmatch(text)
    if match is None:
        match = re.fullmatch(rf"{_WEEKDAY},?\s+(?P<date>[^,]+,?\s\d{{4}})(?P<clock>)", text, re.I)
    if match is None:
        return None
    found = find_dates(" ".join(filter(None, (match["date"], match["clock"]))))
    return found[0].when if found else None


def _end(texts: list[str], body: int) -> int:
    """The first line below the body."""
    sure = next((n for n in range(body, len(texts)) if _is_sure_end(texts[n])), len(texts))
    for index in range(max(body, sure - _TAIL_WITHIN), sure):
        name, colon, _ = texts[index].partition(":")
        if name.strip().lower() in _TAIL and (name.isupper() if colon else sure < len(texts)):
            return index
    return sure


def _is_sure_end(text: str) -> bool:
    known = _END_OF_DOCUMENT.fullmatch(text) or COPYRIGHT.match(text) or label(text, _SURE)
    return bool(known)


def _is_cover(texts: list[str]) -> bool:
    """Is it what a database writes about the search, and no article?"""
    return any(text.lower().startswith(_COVER) for text in texts) or sum(map(len, texts)) < 200
