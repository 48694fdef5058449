"""Tables of articles (CSV, TSV, JSON, JSON Lines) to drafts: one row or record an article."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from samestory.reading.dates import parse_published
from samestory.reading.draft import Decoded, Draft, FromFile, Problem, decode, mend, sha256
from samestory.reading.html import looks_like_html, read_fragment

# The names under which news corpora and the usual scrapers keep a field; the first found is used.
COLUMNS = {
    "article_id": ("article_id", "id", "doc_id", "uuid"),
    "text": ("text", "body", "content", "maintext", "article_text", "fulltext", "article", "story"),
    "title": ("title", "headline"),
    "outlet": (
        "outlet", "source", "publication", "publisher", "newspaper", "site_name", "source_domain", "domain",
    ),
    "published": (
        "published", "published_at", "date_publish", "date_published", "publish_date", "publication_date",
        "pub_date", "published_on", "date", "datetime", "timestamp",
    ),
    "url": ("url", "link", "web_url"),
    "author": ("author", "authors", "byline"),
    "language": ("language", "lang"),
}  # fmt: skip
_LISTS = ("articles", "data", "items", "results", "docs", "documents", "records")
_KEY = re.compile(r"[\W_]+")
_FORMS = {
    _KEY.sub("", name): (field, rank) for field, names in COLUMNS.items() for rank, name in enumerate(names)
}

csv.field_size_limit(2**31 - 1)  # the default of 131,072 characters stops at a long article


def fields_of(record: Mapping) -> dict[str, str]:
    """The record's fields under the names of the articles table; empty ones are left out."""
    ranked: dict[str, tuple[int, str]] = {}
    for key, value in record.items():
        field, rank = _FORMS.get(_KEY.sub("", str(key)).lower(), (None, 0))
        text = _as_text(value)
        if field and text and (field not in ranked or rank < ranked[field][0]):
            ranked[field] = (rank, text)
    return {field: text for field, (_, text) in ranked.items()}


def read_table(data: bytes, source: str) -> FromFile:
    """Read a table of articles.

    Raises:
        ValueError: the file as a whole can't be read; the message says what it should hold.
    """
    decoded = decode(data)
    reading = FromFile([], [Problem(source, decoded.note)] if decoded.note else [])
    mended_rows = 0
    for place, record, error in _records(decoded, source):
        where = f"{place}: "
        if error:
            reading.problems.append(Problem(source, where + error))
            continue
        fields = fields_of(record)
        if "text" not in fields:
            reading.problems.append(Problem(source, where + "no text; not read"))
            continue
        mended = mend(fields["text"])
        mended_rows += mended.note is not None
        reading.drafts.append(_draft(fields, mended.text, source, place))
        if "published" in fields:
            try:
                reading.drafts[-1].published = parse_published(fields["published"])
            except ValueError as error:
                reading.problems.append(Problem(source, f"{where}published is {error}"))
    if mended_rows:
        reason = f"{mended_rows} texts with wrongly decoded characters or HTML codes were repaired"
        reading.problems.append(Problem(source, reason))
    return reading


def read_rows(text: str, *, tabs: bool = False) -> tuple[list[str], Iterator[list[str]]]:
    """Header and rows of a CSV text, with a comma, semicolon or tab between the cells."""
    header = text[: text.find("\n") if "\n" in text else len(text)]
    delimiter = "\t" if tabs else max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    return [name.strip().lstrip("\ufeff") for name in next(rows, [])], rows


def _records(decoded: Decoded, source: str) -> Iterator[tuple[str, dict, str | None]]:
    """(place, record, error) for each row; the record is empty where there is an error."""
    ending = PurePosixPath(source).suffix.lower()
    if ending in (".csv", ".tsv"):
        return _csv_records(decoded.text, tabs=ending == ".tsv")
    if ending in (".jsonl", ".ndjson"):
        return _json_lines(decoded.text)
    return _json_records(decoded.text)


def _csv_records(text: str, *, tabs: bool) -> Iterator[tuple[str, dict, str | None]]:
    names, rows = read_rows(text, tabs=tabs)
    if not any(_FORMS.get(_KEY.sub("", name).lower(), ("",))[0] == "text" for name in names):
        raise ValueError(
            f"no column with the articles' text; it has {names[:12]}, "
            f"expected one of {list(COLUMNS['text'][:3])}"
        )
    number = 0
    while True:
        number += 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield f"row {number}", {}, f"not CSV ({error}); the rows from here on were not read"
            return
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(names):
            yield (
                f"row {number}",
                {},
                f"{len(row)} cells under {len(names)} columns; put texts with commas in quotes",
            )
            continue
        yield f"row {number}", dict(zip(names, row, strict=False)), None


def _json_lines(text: str) -> Iterator[tuple[str, dict, str | None]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield place, {}, 'not JSON; each line must be one object such as {"text": "…"}'
            continue
        if isinstance(record, dict):
            yield place, record, None
        else:
            yield place, {}, 'not an object such as {"text": "…"}'


def _json_records(text: str) -> Iterator[tuple[str, dict, str | None]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON; if each line is an object of its own, name the file .jsonl") from error
    records = whole
    if isinstance(whole, dict):
        lists = [whole[key] for key in _LISTS if isinstance(whole.get(key), list)]
        records = lists[0] if lists else [whole]
    if not isinstance(records, list):
        raise ValueError('no articles in it; expected a list of objects such as {"text": "…", "outlet": "…"}')
    for number, record in enumerate(records, 1):
        if isinstance(record, dict):
            yield f"record {number}", record, None
        else:
            yield f"record {number}", {}, 'not an object such as {"text": "…"}'


def _draft(fields: dict[str, str], text: str, source: str, place: str) -> Draft:
    name = fields.get("article_id") or f"{PurePosixPath(source).stem} {place}"
    draft = Draft(name, f"{source}, {place}", text, sha256(fields["text"].encode("utf-8", "replace")))
    for field in ("title", "outlet", "author", "url", "language"):
        setattr(draft, field, fields.get(field))
    if looks_like_html(text):
        draft.raw, draft.body = read_fragment(text)
    return draft


def _as_text(value) -> str:
    """A cell as text: {"name": "The Herald"} and lists of names as scrapers nest them."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or ""
    if isinstance(value, list | tuple):
        value = ", ".join(filter(None, map(_as_text, value))) if len(value) <= 50 else ""
    if value is None or isinstance(value, bool):
        return ""
    text = mend_surrogates(str(value)).strip()
    return "" if text.lower() in ("nan", "none", "null", "n/a", "nat") else text


def mend_surrogates(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
