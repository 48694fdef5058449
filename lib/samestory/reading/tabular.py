"""Tables of articles (CSV, TSV, JSON, JSON Lines) to drafts: one row or record an article."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from samestory.reading.columns import (
    COLUMNS,
    field_of,
    fields_of,
    host_of,
    is_header,
    own_columns,
    own_values,
    read_rows,
    with_plain_dates,
)
from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.encoding import decode, mend
from samestory.reading.html import looks_like_html, text_of_html
from samestory.reading.limits import json_of

_LISTS = ("articles", "data", "items", "results", "docs", "documents", "records", "posts", "hits")
_WITHIN = ("response", "data", "result", "fields", "_source")  # objects that hold the list, or the fields
_NO_OBJECT = 'not an object such as {"text": "…"}'
_CUT_OFF = re.compile(r"\s*(?:…|\.{3})?\s*\[\+\d{1,7} chars\]\s*$")
_NAMED = 5  # rows without a text
_SHEET_HEADER_WITHIN = 20  # rows
_LINKS = "a list of links without the articles' texts"
_SAVE = "nothing is fetched here: open the links in a browser and save each page (Ctrl+S) into the folder"

Record = tuple[str, Mapping | str]  # the row's place, and what it holds, or what is wrong with it


def read_table(data: bytes, source: str) -> FromFile:
    """Read a table of articles.

    Raises:
        ValueError: the file as a whole can't be read; the message says what it should hold.
    """
    records, note = table_records(data, source)
    reading = articles_of_records(records, source, own=is_sheet(source))
    if note:
        reading.problems.insert(0, Problem(source, note))
    return reading


def table_records(data: bytes, source: str, *, above: int = 0) -> tuple[Iterable[Record], str | None]:
    """The records of a table, and what had to be guessed to decode it.

    Args:
        above: how many rows or lines of the same table stand above these, which are counted from there.
    Raises:
        ValueError: the file as a whole can't be read; the message says what it should hold.
    """
    decoded = decode(data)
    return _records(decoded.text, PurePosixPath(source).suffix.lower(), above), decoded.note


def is_sheet(source: str) -> bool:
    """Whether a table has columns, which may be the user's own, and is no list of a program's records."""
    return PurePosixPath(source).suffix.lower() in (".csv", ".tsv")


def articles_of_sheets(sheets: Mapping[str, Iterable[list[str]]], source: str) -> FromFile:
    """The articles of a spreadsheet; a sheet without a column of texts is named and left out.

    Raises:
        ValueError: no sheet has a column of texts.
    """
    reading = FromFile([], [])
    heads = {}
    for name, rows in sheets.items():
        place = f"{source}, sheet {name}" if len(sheets) > 1 else source
        waiting = iter(rows)
        names = _sheet_header(waiting)
        heads[name] = names
        if names and _holds_texts(names):
            found = articles_of_records(_row_records(names, waiting, csv.Error), place, own=True)
            reading.drafts.extend(found.drafts)
            reading.problems.extend(found.problems)
        elif names:
            reading.problems.append(Problem(place, f"not read: {_no_texts(names)}"))
    if not reading.drafts and len(sheets) == 1 and not any(map(_holds_texts, heads.values())):
        raise ValueError(_no_texts(next(iter(heads.values()))))
    return reading


def articles_of_records(records: Iterable[Record], source: str, *, own: bool = False) -> FromFile:
    """The articles of records; with the user's own columns where it is a table of theirs.

    Raises:
        ValueError: they hold links only.
    """
    reading = FromFile([], [])

    def problem(reason: str) -> None:
        reading.problems.append(Problem(source, reason))

    found = [(place, one) for place, one in records]
    given = [{} if isinstance(one, str) else fields_of(_opened(one)) for _, one in found]
    links = sum("url" in fields for fields in given)
    if links > len(given) / 2 and not any("text" in fields for fields in given):
        raise ValueError(f"{_LINKS} ({links}); {_SAVE}")
    told, note = with_plain_dates(given)
    if note:
        problem(note)
    mended_rows = 0
    empty: list[str] = []  # places without a text
    keys = dict.fromkeys(str(key) for _, one in found if own and not isinstance(one, str) for key in one)
    columns = own_columns(keys)
    for (place, record), fields in zip(found, told, strict=True):
        if "text" not in fields:
            if isinstance(record, str):
                problem(f"{place}: {record}")
            else:
                empty.append(place)
            continue
        text, repaired = mend(fields["text"])
        mended_rows += repaired is not None
        name = fields.get("article_id") or f"{PurePosixPath(source).stem} {place}"
        digest = sha256(fields["text"].encode("utf-8", "replace")).hexdigest()
        draft = Draft(name, f"{source}, {place}", text, digest)
        try:
            draft.take(fields)
        except ValueError as error:
            problem(f"{place}: published is {error}")
        if looks_like_html(text):
            draft.raw = text_of_html(text)
        if not isinstance(record, str):
            draft.own = own_values(record, columns)
            cut = _mark_cut_off(draft, record)
            if cut:
                problem(f"{place}: {cut}")
        reading.drafts.append(draft)
    if len(empty) > _NAMED:
        empty[_NAMED:] = [f"{len(empty) - _NAMED} more"]
    if empty:
        problem(f"{', '.join(empty)}: no text; not read")
    if mended_rows:
        problem(f"{mended_rows} texts with wrongly decoded characters or HTML codes were repaired")
    return reading


def _mark_cut_off(draft: Draft, record: Mapping) -> str | None:
    """Mark where a source broke a text off, and say so."""
    cut = _CUT_OFF.search(draft.raw)
    if cut:
        draft.removed.append((*cut.span(), "mark of a text cut off"))
        mark = cut[0].strip(" .…")
        return f"its text is cut off ({mark}), as NewsAPI gives it; save the page"
    lead = record.get("lead_paragraph")
    if isinstance(lead, str) and draft.raw and draft.raw.startswith(lead.strip()[:200]):
        return "only its first paragraph is given; save the page to have all"
    return None


def _records(text: str, ending: str, above: int) -> Iterable[Record]:
    if ending in (".csv", ".tsv"):
        return _csv_records(text, tabs=ending == ".tsv", above=above)
    return _json_lines(text, above) if ending in (".jsonl", ".ndjson") else _json_records(text)


def _csv_records(text: str, *, tabs: bool, above: int) -> Iterator[Record]:
    names, rows, loose = read_rows(text, wanted=_is_text, tabs=tabs)
    if not _holds_texts(names):
        raise ValueError(_no_texts(names))
    if loose is not None:
        wrong = "a quotation mark is not closed or not doubled; check that no two rows have run into one"
        yield f"line {loose}", wrong
    yield from _row_records(names, rows, csv.Error, above=above)


def _row_records(
    names: list[str], rows: Iterable[list[str]], damaged: type[Exception], *, above: int = 0
) -> Iterator[Record]:
    number = above
    try:
        for number, row in enumerate(rows, 1 + above):
            while len(row) > len(names) and not row[-1].strip():
                row.pop()
            if len(row) > len(names):
                wrong = f"{len(row)} cells under {len(names)} columns; put texts with commas in quotes"
                yield f"row {number}", wrong
            elif any(map(str.strip, row)):
                yield f"row {number}", dict(zip(names, row, strict=False))
    except damaged as error:
        yield f"row {number + 1}", f"not CSV ({error}); the rows from here on were not read"


def _sheet_header(rows: Iterator[list[str]]) -> list[str]:
    """The names of a sheet's columns: its first row with a column of texts, else its first with a cell."""
    first: list[str] = []
    for _, row in zip(range(_SHEET_HEADER_WITHIN), rows, strict=False):
        names = [" ".join(cell.split()) for cell in row]
        if is_header(names, _is_text, above=first):
            return names
        first = first or (names if any(names) else [])
    return first


def _is_text(name: str) -> bool:
    return field_of(name)[0] == "text"


def _holds_texts(names: list[str]) -> bool:
    return any(map(_is_text, names))


def _no_texts(names: list[str]) -> str:
    if any(name.lower() == "file" for name in names):
        return "it names files, as articles.csv does; save it as CSV under that name, beside them"
    if any(field_of(name)[0] == "url" or host_of(name) for name in names):
        return f"{_LINKS}, such as Media Cloud and GDELT give; {_SAVE}"
    expected = f"expected one of {list(COLUMNS['text'][:3])}"
    return f"no column with the articles' text; it has {names[:12]}, {expected}"


def _json_lines(text: str, above: int) -> Iterator[Record]:
    for number, line in enumerate(text.split("\n"), 1 + above):
        if line.strip():
            try:
                record = json_of(line)
            except ValueError:
                yield f"line {number}", 'not JSON; each line must be one object such as {"text": "…"}'
            else:
                yield f"line {number}", record if isinstance(record, dict) else _NO_OBJECT


def _json_records(text: str) -> Iterator[Record]:
    try:
        data = json_of(text)
    except ValueError as error:
        raise ValueError("not JSON; if each line is an object of its own, name the file .jsonl") from error
    records = data if isinstance(data, list) else _list_in(data)
    if records is None:
        raise ValueError('no articles in it; expected a list of objects such as {"text": "…", "outlet": "…"}')
    for number, record in enumerate(records, 1):
        yield f"record {number}", record if isinstance(record, dict) else _NO_OBJECT


def _list_in(data: Any) -> list | None:
    """The list of articles in what a program or a news site's interface answers; the object itself else."""
    if not isinstance(data, dict):
        return None
    held = data
    for _ in range(3):
        found = next((held[key] for key in _LISTS if isinstance(held.get(key), list)), None)
        if found is not None:
            return found
        inner = next((held[key] for key in _WITHIN[:3] if isinstance(held.get(key), dict)), None)
        if inner is None:
            break
        held = inner
    return [data]


def _opened(record: Mapping) -> dict:
    """The record with the fields of the objects in it (The Guardian keeps the text in `fields`)."""
    opened = dict(record)
    for key in _WITHIN:
        if isinstance(record.get(key), dict):
            opened.update({name: value for name, value in record[key].items() if name not in opened})
    site = record.get("yoast_head_json")  # WordPress: what a plugin says of the site
    if isinstance(site, dict) and site.get("og_site_name"):
        opened.setdefault("site_name", site["og_site_name"])
    return opened
