"""A source of many articles, cut into parts that are read alone.

Where a part ends is decided by what stands there and not by how much stands before it, as rsync and backup
programs cut files (content-defined chunking): what is added or changed leaves the other parts as they were.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from samestory import tables
from samestory.dataset.records import LINES, PARQUET, SHEETS, Record, lines, rows, unit
from samestory.reading.disk import find_files, read_bytes
from samestory.reading.draft import Problem
from samestory.reading.manifest import ALIASES, MANIFEST, is_manifest

FEWEST, USUAL, MOST = 128, 256, 512  # articles of a part
_LARGEST = 2**25  # bytes of a part

Records = Callable[[Path], Iterable[Record]]


@dataclass(frozen=True)
class Part:
    """Some articles of a source, as what is needed to read them; plain values, so that it can be sent.

    A place is the name of a file relative to the root, or "row 7" of a table.
    """

    root: str  # the folder or file that was named
    source: str  # the table relative to the root; empty where the part is made of files
    n: int  # articles, or what should be one
    digest: str  # sha256 of their content
    ids: dict[str, str]  # place -> article_id
    twice: list[str] = field(default_factory=list)  # places of what stands above already; not read
    start: int = 0  # bytes of the table; in Parquet rows of the row group
    end: int = 0
    above: int = 0  # rows or lines of the table above these
    group: int = 0  # row group of Parquet

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


class Sources:
    """The parts of a source, in order, and what could not be looked into.

    What is remembered of an article is one number for its id and one for its content.
    """

    def __init__(self, root: Path, groups: Records):
        """Take a folder or a file, and what lists the records of a Parquet file."""
        self.root, self._records = root.resolve(), dict[str, Records]()
        self._records |= dict.fromkeys(LINES, lines) | dict.fromkeys(SHEETS, rows)
        self._records |= dict.fromkeys(PARQUET, groups)
        self.problems: list[Problem] = []  # complete once all parts are told
        self._ids, self._seen = set[int](), set[int]()

    def parts(self) -> Iterator[Part]:
        """Every part of the source."""
        if not self.root.is_dir():
            yield from self._of_file(self.root, tables.whole(self.root.name), {})
            return
        waiting: dict[str, bytes] = {}
        for path, source in find_files(self.root, self._problem):
            if source not in ALIASES and not (source == MANIFEST and is_manifest(path)):
                yield from self._of_file(path, source, waiting)
        if waiting:
            yield self._of_files(waiting)

    def _problem(self, place: str, reason: str) -> None:
        self.problems.append(Problem(place, reason))

    def _of_file(self, path: Path, source: str, waiting: dict[str, bytes]) -> Iterator[Part]:
        """The parts of a table; any other file waits until there are enough for a part."""
        records = self._records.get(path.suffix.lower())
        try:
            if records is not None:
                if not path.is_file():  # a pipe must not be waited for
                    raise ValueError("it is no file")
                yield from self._of_table(records(path), source)
                return
            digest = hashlib.sha256(read_bytes(path)).digest()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or " ".join(str(error).split())
            self._problem(source, f"not read: {reason}")
            return
        if self._is_new(self._seen, PurePosixPath(source).parent.as_posix().encode() + digest):
            waiting[source] = digest
            if _ends(digest, len(waiting)) or not self.root.is_dir():
                yield self._of_files(waiting)
                waiting.clear()
        else:
            self._problem(source, "not read: its folder holds the same file under another name")

    def _of_files(self, waiting: dict[str, bytes]) -> Part:
        ids = {}
        for source in waiting:
            name = PurePosixPath(source).with_suffix("").as_posix()
            ids[source] = name if self._is_new(self._ids, name.encode()) else source
        digest = hashlib.sha256(repr(sorted(waiting.items())).encode()).hexdigest()
        return Part(str(self.root), "", len(waiting), digest, ids)

    def _of_table(self, records: Iterable[Record], source: str) -> Iterator[Part]:
        part: list[Record] = []
        wrong: ValueError | None = None
        try:
            for record in records:
                if part and (record.group != part[0].group or record.end - part[0].start > _LARGEST):
                    yield self._cut(part, source)
                    part = []
                part.append(record)
                if _ends(record.digest, len(part)):
                    yield self._cut(part, source)
                    part = []
        except ValueError as error:  # what stands above the place is sound
            wrong = error
        if part:
            yield self._cut(part, source)
        if wrong:
            raise wrong

    def _cut(self, records: list[Record], source: str) -> Part:
        stem, ids, twice = PurePosixPath(source).with_suffix("").as_posix(), dict[str, str](), list[str]()
        for record in records:
            place = f"{unit(source)} {record.number}"
            if not self._is_new(self._seen, record.digest):
                twice.append(place)
            elif record.stated_id and self._is_new(self._ids, record.stated_id.encode()):
                ids[place] = record.stated_id
            else:
                ids[place] = f"{stem} {place}"
                self._ids.add(_number(ids[place].encode()))
        digest = hashlib.sha256(b"".join(record.digest for record in records)).hexdigest()
        first = records[0]
        return Part(
            str(self.root), source, len(records), digest, ids, twice, first.start, records[-1].end,
            first.number - 1, first.group,
        )  # fmt: skip

    @staticmethod
    def _is_new(known: set[int], thing: bytes) -> bool:
        number = _number(thing)
        new = number not in known
        known.add(number)
        return new


def _ends(digest: bytes, n: int) -> bool:
    """Whether a part of n articles ends with the one of this digest."""
    return n >= MOST or (n >= FEWEST and int.from_bytes(digest[-4:]) % (USUAL - FEWEST) == 0)


def _number(thing: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(thing, digest_size=8).digest())
