"""The records of large tables, one by one: where each begins and ends, without holding the table."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from fastparquet import ParquetFile

from samestory.reading.columns import field_of, fields_of, read_rows
from samestory.reading.encoding import decode
from samestory.reading.limits import LARGEST_TEXT, json_of

LINES, SHEETS, PARQUET = (".jsonl", ".ndjson"), (".csv", ".tsv"), (".parquet",)
_HEAD = 2**17  # bytes in which the header of a table stands
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # byte order marks of UTF-16 and UTF-32
_MARKS = ",;\t|"


class Record(NamedTuple):
    """One article of a table, not yet read."""

    number: int  # of its row or line, from 1
    stated_id: str | None
    digest: bytes  # sha256 of all that it holds
    start: int  # first byte; in Parquet the row within the row group
    end: int
    group: int = 0  # row group of Parquet


def unit(source: str) -> str:
    """What a table's records are called in the name of a place: "line" or "row"."""
    return "line" if PurePosixPath(source).suffix.lower() in LINES else "row"


def lines(path: Path) -> Iterator[Record]:
    """The lines of a file of JSON Lines that hold anything.

    Raises:
        ValueError: it is in UTF-16, or a line is longer than any article.
    """
    with path.open("rb") as file:
        for number, (start, line) in enumerate(_lines(file), 1):
            if line.strip():
                try:
                    found = json_of(line.decode("utf-8-sig"))
                except ValueError:  # it is named when it is read
                    found = None
                stated = fields_of(found).get("article_id") if isinstance(found, dict) else None
                yield Record(number, stated, hashlib.sha256(line.strip()).digest(), start, start + len(line))


def header_of(path: Path) -> bytes:
    """A CSV file's header with what stands above it.

    Raises:
        ValueError: it has no column of texts.
    """
    with path.open("rb") as file:
        return file.read(_header(path).end)


def rows(path: Path) -> Iterator[Record]:
    """The rows below the header of a CSV file, cut where the reader of single tables cuts them.

    Raises:
        ValueError: it has no column of texts, is no CSV from some row on, or has a quotation mark that
            stays open for longer than an article.
    """
    header = _header(path)
    ids = [n for n, name in enumerate(header.names) if field_of(name)[0] == "article_id"]
    with path.open("rb") as file:
        file.seek(header.end)
        told, start = _Told(file), header.end
        for number, cells in enumerate(_cells(told, header.mark), 1):
            content = told.take()
            end = start + len(content)
            if any(map(str.strip, cells)):
                known = {header.names[n]: _utf8(cells[n]) for n in ids if n < len(cells)}
                stated = fields_of(known).get("article_id")
                yield Record(number, stated, hashlib.sha256(content.strip()).digest(), start, end)
            start = end


def groups(path: Path) -> Iterator[Record]:
    """The rows of a Parquet file, a row group at a time: to be asked in a process of its own.

    fastparquet trusts its input. It holds a row group whole: one of a million rows takes their memory.
    """
    number = 0
    for group, found in enumerate(row_groups(path)):
        for row, record in enumerate(found):
            number += 1
            told = json.dumps(record, default=str).encode("utf-8", "surrogatepass")
            stated = fields_of(record).get("article_id")
            yield Record(number, stated, hashlib.sha256(told).digest(), row, row + 1, group)


def row_groups(path: Path) -> Iterator[list[dict]]:
    """The rows of each row group of a Parquet file."""
    with path.open("rb") as file:
        for table in ParquetFile(file).iter_row_groups():
            yield plain_rows(table)


def plain_rows(table) -> list[dict]:
    """A DataFrame's rows, None where a value is missing."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


class _Header(NamedTuple):
    names: list[str]
    mark: str  # between two cells
    end: int  # bytes


class _Told:
    """The lines of a file as text, for csv; it keeps the bytes of those that the row in hand is made of."""

    def __init__(self, file: BinaryIO):
        self._lines, self._held, self._size = _lines(file), list[bytes](), 0

    def __iter__(self) -> Iterator[str]:
        for _, line in self._lines:
            self._held.append(line)
            self._size += len(line)
            if self._size > LARGEST_TEXT:
                raise ValueError("a quotation mark is not closed; the rows from there on were not read")
            # What stands between cells is ASCII in every encoding, and each byte is one sign here.
            yield line.decode("latin-1").replace("\0", "")

    def take(self) -> bytes:
        """The bytes since the last time."""
        content = b"".join(self._held)
        self._held, self._size = [], 0
        return content


def _cells(told: Iterable[str], mark: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(told, delimiter=mark)
    except csv.Error as error:
        raise ValueError(f"not CSV ({error}); the rows from there on were not read") from error


def _utf8(cell: str) -> str:
    return cell.encode("latin-1").decode("utf-8", "replace")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    start = file.tell()
    while line := file.readline(LARGEST_TEXT + 1):
        if len(line) > LARGEST_TEXT:
            raise ValueError(f"a line is larger than {LARGEST_TEXT >> 20} MB; not read from there on")
        if start == 0 and line.startswith(_WIDE):
            raise ValueError("it is in UTF-16; save it as UTF-8")
        yield start, line
        start += len(line)


def _header(path: Path) -> _Header:
    tabs = path.suffix.lower() == ".tsv"
    end = 0
    with path.open("rb") as file:
        head = file.read(_HEAD)
        names = read_rows(decode(head).text, wanted=_is_text, tabs=tabs).names
        file.seek(0)
        for _, line in _lines(file):
            end += len(line)
            for mark in "\t" if tabs else _MARKS:
                cells = next(csv.reader([decode(line).text], delimiter=mark), [])
                if [cell.strip().lstrip("\ufeff") for cell in cells] == names and any(map(_is_text, names)):
                    return _Header(names, mark, end)
            if end > len(head):
                break
    raise ValueError(f"no column with the articles' text; it has {names[:12]}")


def _is_text(name: str) -> bool:
    return field_of(name)[0] == "text"
