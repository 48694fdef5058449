"""The columns of tables made elsewhere: what their names mean, and how their cells are read."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from samestory.tables import ARTICLES, whole

# The names under which news corpora and the usual scrapers keep a field; the first found is used.
COLUMNS = {
    "article_id": ("article_id", "id", "doc_id", "uuid"),
    "text": ("text", "body", "content", "maintext", "article_text", "fulltext", "article", "story",
             "body_text", "text_content", "full_text", "lead_paragraph"),
    "title": ("title", "headline", "web_title"),
    "outlet": ("outlet", "source_hostname", "source", "publication", "publisher", "newspaper", "site_name",
               "sitename", "media_name", "source_name", "source_domain", "hostname", "domain"),
    "published": ("published", "published_at", "date_publish", "date_published", "publish_date",
                  "publication_date", "pub_date", "published_on", "web_publication_date", "date", "datetime",
                  "timestamp", "seendate"),
    "url": ("url", "link", "web_url"),
    "author": ("author", "authors", "byline"),
    "language": ("language", "lang"),
}  # fmt: skip
_KEY = re.compile(r"[\W_]+")
_FORMS = {
    _KEY.sub("", name): (field, rank) for field, names in COLUMNS.items() for rank, name in enumerate(names)
}
_NAMES_IN = ("name", "title", "rendered", "main", "original")  # where an object keeps its own name
_DEEPEST = 4  # objects and lists within a cell
_LONGEST_LIST = 50  # of names
_BY = re.compile(r"by\s+(?=\S)", re.I)
_NOTHING = ("nan", "none", "null", "n/a", "nat")
_LONGEST_OWN = 200  # characters of a cell to compare by; a longer one is text
_HEADER_WITHIN = 10  # lines; some programs write a title above their tables
_HEADER_CHARACTERS = 100_000
_TWO_WAYS = re.compile(r"\s*([0-9]{1,2})[/-]([0-9]{1,2})[/-]((?:19|20)[0-9]{2})(?![0-9])(.*)", re.S)

csv.field_size_limit(2**31 - 1)  # the default of 131,072 characters stops at a long article


def field_of(key: str) -> tuple[str | None, int]:
    """The column of ARTICLES that a key stands for (None: none), and its rank among those that do."""
    return _FORMS.get(_KEY.sub("", key).lower(), (None, 0))


def fields_of(record: Mapping) -> dict[str, str]:
    """The record's fields under the names of the articles table; empty ones are left out.

    An outlet that is given as a web address is the article's address, where none else is given.
    """
    ranked: dict[str, tuple[int, str]] = {}
    for key, value in record.items():
        field, rank = field_of(str(key))
        text = _as_text(value)
        if field == "outlet" and host_of(text):
            field, rank = "url", len(COLUMNS["url"])
        if field and text and (field not in ranked or rank < ranked[field][0]):
            ranked[field] = (rank, text)
    fields = {field: text for field, (_, text) in ranked.items()}
    if "title" in fields:
        fields["title"] = unescape(fields["title"])
    if "author" in fields:
        fields["author"] = _BY.sub("", fields["author"])
        if fields["author"].isdigit():  # a number in the program's own list of authors
            del fields["author"]
    if "outlet" not in fields and host_of(fields.get("url", "")):
        fields["outlet"] = host_of(fields["url"]) or ""
    return fields


def own_columns(names: Iterable[str]) -> dict[str, str]:
    """The columns of the user's own among a table's: their name there -> their name in ARTICLES."""
    own = {name: " ".join(name.split()) for name in names if name.strip() and field_of(name)[0] is None}
    taken = {name.lower() for name in (*ARTICLES, "file")}
    return {
        name: kept
        for name, kept in own.items()
        if kept.lower() not in taken and not kept.lower().startswith("unnamed")  # pandas' own index
    }


def own_values(record: Mapping, names: Mapping[str, str]) -> dict[str, str]:
    """What a record holds in the user's own columns; a long text is no value to compare by."""
    values = {kept: _as_text(record.get(name)) for name, kept in names.items()}
    return {name: value for name, value in values.items() if value and len(value) <= _LONGEST_OWN}


class Rows(NamedTuple):
    """A CSV text, read."""

    names: list[str]
    rows: Iterator[list[str]]
    loose: int | None  # the line below the header with a quotation mark that is not closed or not doubled


def read_rows(text: str, *, wanted: Callable[[str], bool], tabs: bool = False) -> Rows:
    """Header and rows of a CSV text, with a comma, semicolon or tab between the cells.

    The header is the first line with a column that is `wanted`, so that a title above it does no harm. A
    title has fewer cells; a row of data that happens to hold that word has as many as the header above it.
    """
    text = text.replace("\0", "").removeprefix("\ufeff")
    # Excel's own way to say what stands between the cells: a first line "sep=;"
    stated = re.match(r"\"?sep=(.)\"?[^\n\r]*\r?\n", text, re.I)
    if stated:
        text = text[stated.end() :]
    lines = text[:_HEADER_CHARACTERS].splitlines(keepends=True)[:_HEADER_WITHIN]
    between = stated[1] if stated else "\t" if tabs else None
    found = [
        (number, mark)
        for number, line in enumerate(lines)
        for mark in ([between] if between else ",;\t|")
        if is_header(_cells(line, mark), wanted, above=_cells(lines[0], mark) if number else [])
    ]
    start, mark = found[0] if found else (0, between or max(",;\t", key=(lines or [""])[0].count))
    below = text[sum(map(len, lines[:start])) :]
    rows = csv.reader(io.StringIO(below, newline=""), delimiter=mark)
    names = [name.strip().lstrip("\ufeff") for name in next(rows, [])]
    return Rows(names, rows, _loose_quotes(below, mark) if '"' in below else None)


def is_header(cells: Sequence[str], wanted: Callable[[str], bool], *, above: Sequence[str]) -> bool:
    """Are these the names of the columns, below the table's first line (none: they are the first)?"""
    return any(map(wanted, cells)) and sum(map(bool, above)) < sum(map(bool, cells))


def _cells(line: str, mark: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=mark), [])]


def day_order(values: Iterable[str]) -> str | None:
    """Whether a column's numeric dates put the "day" or the "month" first; None where it does not show.

    One date such as 25/07/2025 shows it for all, unless another such as 07/25/2025 says the contrary.
    """
    pairs = [(int(match[1]), int(match[2])) for value in values if (match := _TWO_WAYS.match(value))]
    day_first = any(first > 12 >= second for first, second in pairs)
    month_first = any(second > 12 >= first for first, second in pairs)
    return None if day_first == month_first else "day" if day_first else "month"


def plain_date(value: str, order: str | None) -> str:
    """A numeric date with its month told, in a column of that order; any other value as it is."""
    match = _TWO_WAYS.match(value) if order else None
    if match is None:
        return value
    day, month = (match[1], match[2]) if order == "day" else (match[2], match[1])
    return f"{match[3]}-{int(month):02}-{int(day):02}{match[4]}"


def with_plain_dates(records: Sequence[dict[str, str]]) -> tuple[list[dict[str, str]], str | None]:
    """The records with their dates told, and a note where the column's order told how to read them."""
    dates = [record["published"] for record in records if "published" in record]
    order = day_order(dates)
    two_ways = [value for value in dates if (match := _TWO_WAYS.match(value)) and _may_be_either(match)]
    told = [
        record | {"published": plain_date(record["published"], order)} if "published" in record else record
        for record in records
    ]
    if order is None or not two_ways:
        return told, None
    shows = next(value for value in dates if (match := _TWO_WAYS.match(value)) and not _may_be_either(match))
    unclear = two_ways[0].strip()
    return told, f"dates such as {unclear!r} were read with the {order} first, as {shows.strip()!r} shows"


def host_of(address: str) -> str | None:
    """The host of a web address without its www, None where it is none."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _loose_quotes(text: str, mark: str) -> int | None:
    """The line from which quotation marks are not as CSV has them: rows may have run into one."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for _ in rows:
            pass
    except csv.Error:
        return rows.line_num
    return None


def _may_be_either(match: re.Match) -> bool:
    return int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2]


def _as_text(value: Any, depth: int = 0) -> str:
    """A cell as text: {"name": "The Herald"} and lists of names as scrapers nest them."""
    if isinstance(value, dict):
        value = next((value[name] for name in _NAMES_IN if value.get(name)), "")
    if isinstance(value, dict | list | tuple) and depth >= _DEEPEST:
        return ""
    if isinstance(value, dict):
        return _as_text(value, depth + 1)
    if isinstance(value, list | tuple):
        texts = (_as_text(one, depth + 1) for one in value) if len(value) <= _LONGEST_LIST else ()
        value = ", ".join(filter(None, texts))
    if value is None or isinstance(value, bool):
        return ""
    text = whole(str(value)).strip()
    return "" if text.lower() in _NOTHING else text
