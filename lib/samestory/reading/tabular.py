"""Tables of articles (CSV, TSV, JSON, JSON Lines) to drafts: one row or record an article."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.encoding import decode, mend
from samestory.reading.html import looks_like_html, text_of_html
from samestory.tables import whole

# The names under which news corpora and the usual scrapers keep a field; the first found is used.
COLUMNS = {
    "article_id": ("article_id", "id", "doc_id", "uuid"),
    "text": ("text", "body", "content", "maintext", "article_text", "fulltext", "article", "story"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publication", "publisher", "newspaper", "site_name", "source_domain",
               "domain"),
    "published": ("published", "published_at", "date_publish", "date_published", "publish_date",
                  "publication_date", "pub_date", "published_on", "date", "datetime", "timestamp"),
    "url": ("url", "link", "web_url"),
    "author": ("author", "authors", "byline"),
    "language": ("language", "lang"),
}  # fmt: skip
_LISTS = ("articles", "data", "items", "results", "docs", "documents", "records")
_KEY = re.compile(r"[\W_]+")
_FORMS = {
    _KEY.sub("", name): (field, rank) for field, names in COLUMNS.items() for rank, name in enumerate(names)
}
_NO_OBJECT = 'not an object such as {"text": "…"}'

Record = tuple[str, dict | str]  # the row's place, and what it holds, or what is wrong with it

csv.field_size_limit(2**31 - 1)  # the default of 131,072 characters stops at a long article


def field_of(key: str) -> tuple[str | None, int]:
    """The column of ARTICLES that a key stands for (None: none), and its rank among those that do."""
    return _FORMS.get(_KEY.sub("", key).lower(), (None, 0))


def fields_of(record: Mapping) -> dict[str, str]:
    """The record's fields under the names of the articles table; empty ones are left out."""
    ranked: dict[str, tuple[int, str]] = {}
    for key, value in record.items():
        field, rank = field_of(str(key))
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
    reading = FromFile([], [])

    def problem(reason: str) -> None:
        reading.problems.append(Problem(source, reason))

    if decoded.note:
        problem(decoded.note)
    mended_rows = 0
    for place, record in _records(decoded.text, PurePosixPath(source).suffix.lower()):
        fields = {} if isinstance(record, str) else fields_of(record)
        if "text" not in fields:
            problem(f"{place}: {record if isinstance(record, str) else 'no text; not read'}")
            continue
        text, note = mend(fields["text"])
        mended_rows += note is not None
        name = fields.get("article_id") or f"{PurePosixPath(source).stem} {place}"
        digest = sha256(fields["text"].encode("utf-8", "replace")).hexdigest()
        draft = Draft(name, f"{source}, {place}", text, digest)
        try:
            draft.take(fields)
        except ValueError as error:
            problem(f"{place}: published is {error}")
        if looks_like_html(text):
            draft.raw = text_of_html(text)
        reading.drafts.append(draft)
    if mended_rows:
        problem(f"{mended_rows} texts with wrongly decoded characters or HTML codes were repaired")
    return reading


def read_rows(text: str, *, tabs: bool = False) -> tuple[list[str], Iterator[list[str]]]:
    """Header and rows of a CSV text, with a comma, semicolon or tab between the cells."""
    delimiter = "\t" if tabs else max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    return [name.strip().lstrip("\ufeff") for name in next(rows, [])], rows


def _records(text: str, ending: str) -> Iterable[Record]:
    if ending in (".csv", ".tsv"):
        return _csv_records(text, tabs=ending == ".tsv")
    return _json_lines(text) if ending in (".jsonl", ".ndjson") else _json_records(text)


def _csv_records(text: str, *, tabs: bool) -> Iterator[Record]:
    names, rows = read_rows(text, tabs=tabs)
    if not any(field_of(name)[0] == "text" for name in names):
        expected = f"expected one of {list(COLUMNS['text'][:3])}"
        raise ValueError(f"no column with the articles' text; it has {names[:12]}, {expected}")
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if len(row) > len(names) and any(map(str.strip, row)):
                wrong = f"{len(row)} cells under {len(names)} columns; put texts with commas in quotes"
                yield f"row {number}", wrong
            elif any(map(str.strip, row)):
                yield f"row {number}", dict(zip(names, row, strict=False))
    except csv.Error as error:
        yield f"row {number + 1}", f"not CSV ({error}); the rows from here on were not read"


def _json_lines(text: str) -> Iterator[Record]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                yield f"line {number}", 'not JSON; each line must be one object such as {"text": "…"}'
            else:
                yield f"line {number}", record if isinstance(record, dict) else _NO_OBJECT


def _json_records(text: str) -> Iterator[Record]:
    try:
        records = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON; if each line is an object of its own, name the file .jsonl") from error
    if isinstance(records, dict):
        lists = (records[key] for key in _LISTS if isinstance(records.get(key), list))
        records = next(lists, [records])
    if not isinstance(records, list):
        raise ValueError('no articles in it; expected a list of objects such as {"text": "…", "outlet": "…"}')
    for number, record in enumerate(records, 1):
        yield f"record {number}", record if isinstance(record, dict) else _NO_OBJECT


def _as_text(value: Any) -> str:
    """A cell as text: {"name": "The Herald"} and lists of names as scrapers nest them."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or ""
    if isinstance(value, list | tuple):
        value = ", ".join(filter(None, map(_as_text, value))) if len(value) <= 50 else ""
    if value is None or isinstance(value, bool):
        return ""
    text = whole(str(value)).strip()
    return "" if text.lower() in ("nan", "none", "null", "n/a", "nat") else text
