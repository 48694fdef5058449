"""corrections.csv: what a person says is otherwise than the machine found, and the passage of each row.

A row names its passage by its words and by those just before and after it, as a TextQuoteSelector of the
W3C's Web Annotation Data Model (2017) does (`words` is its exact, `before` its prefix, `after` its suffix),
with the start as a hint (TextPositionSelector). So it lasts when the text around it changes.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory import tables
from samestory.reading.columns import day_order, plain_date, read_rows
from samestory.reading.disk import read_bytes
from samestory.reading.draft import Problem
from samestory.reading.encoding import decode
from samestory.reading.guard import guarded
from samestory.storage import as_written

FILE = "corrections.csv"
PASSAGE = ("article", "words", "before", "after", "start")
COLUMNS = ("kind", "value", *PASSAGE, *(f"other_{name}" for name in PASSAGE), "note")
ROWS = dict.fromkeys(COLUMNS, "str") | {"file": "str", "line": "int64"}  # as read; what is empty is missing
LARGEST = 2_000  # rows
_LONGEST = 20_000  # characters of a cell; no passage that somebody corrects is longer


class Kind(NamedTuple):
    """What a correction of one kind is about, and what its value says."""

    about: str  # passage, pair (of passages), name
    value: str  # what `value` holds; "" where it says nothing
    needed: bool = True  # whether it must be there


SPEAKER, QUOTE, NO_QUOTE, DATE, NO_DATE = "speaker", "quote", "no quote", "date", "no date"
WHO, NO_PERSON, SAME_NAME, DIFFERENT_NAMES = "who", "no person", "same name", "different names"
SAME_STATEMENT, DIFFERENT_STATEMENTS = "same statement", "different statements"
NOT_LOADED, NO_FRAME, NO_LABEL, TONE, TONE_TOWARD = (
    "not loaded",
    "no frame",
    "no label",
    "tone",
    "tone toward",
)
KINDS = {
    SPEAKER: Kind("passage", "the speaker's name; nobody, where the text names none"),
    QUOTE: Kind("passage", "the speaker's name, if the text says it", needed=False),
    NO_QUOTE: Kind("passage", ""),
    DATE: Kind("passage", "a date such as 2025-07-04, 2025-07 or 2025"),
    NO_DATE: Kind("passage", ""),
    WHO: Kind("passage", "whom this name or pronoun means"),
    NO_PERSON: Kind("name", "body, place or group, where it is one", needed=False),
    SAME_NAME: Kind("name", "the name under which both are counted"),
    DIFFERENT_NAMES: Kind("name", "the other name"),
    SAME_STATEMENT: Kind("pair", ""),
    DIFFERENT_STATEMENTS: Kind("pair", ""),
    NOT_LOADED: Kind("passage", ""),
    NO_FRAME: Kind("passage", "the frame; every frame there, where it is empty", needed=False),
    NO_LABEL: Kind("passage", ""),
    TONE: Kind("passage", "the sentence's tone, -1 to 1"),
    TONE_TOWARD: Kind("passage", "the tone toward whom the words mean, -1 to 1"),
}


def read_corrections(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a file of corrections; a row that is wrong is a problem, and the others are used.

    Returns:
        ROWS table, in the file's order, and the problems.
    """
    read, wrong = guarded(lambda: read_rows(decode(read_bytes(path)).text, wanted=_is_kind), 0)
    if read is None:
        return tables.build([], ROWS), [Problem(path.name, f"not used: it can't be read ({wrong})")]
    names = [name.lower().replace(" ", "_") for name in read.names]
    if "kind" not in names:
        found = ", ".join(read.names[:12])[:200]
        reason = f"not used: no column 'kind'; it has {found or 'none'}, expected {', '.join(COLUMNS)}"
        return tables.build([], ROWS), [Problem(path.name, reason)]
    rows: list[dict] = []
    problems = []
    for line, cells in enumerate(read.rows, 2):
        if len(rows) >= LARGEST:
            problems.append(
                Problem(path.name, f"only its first {LARGEST:,} rows are used; take out the others")
            )
            break
        row = {name: _cell(cell) for name, cell in zip(names, cells, strict=False) if name in COLUMNS}
        if not any(row.values()):
            continue
        row["kind"] = " ".join(row.get("kind", "").casefold().replace("_", " ").replace("-", " ").split())
        if said := _wrong(row):
            problems.append(Problem(path.name, f"line {line}: not used: {said}"))
        else:
            known = {name: value for name, value in row.items() if value}
            rows.append(known | {"file": path.name, "line": line})
    return tables.build(_with_plain_dates(rows), ROWS), problems


def of_aliases(aliases: Mapping[str, str], file: str) -> pd.DataFrame:
    """Names and their canonical names as ROWS."""
    rows = [
        {"kind": SAME_NAME, "words": name, "value": canonical, "file": file, "line": line}
        for line, (name, canonical) in enumerate(aliases.items(), 2)
    ]
    return tables.build(rows, ROWS)


def with_aliases(rows: pd.DataFrame, aliases: Mapping[str, str]) -> pd.DataFrame:
    """The rows with other names that are one than those which the folder gives."""
    others = rows[rows["kind"] != SAME_NAME]
    return pd.concat([others, of_aliases(aliases, "aliases")], ignore_index=True)


def _is_kind(name: str) -> bool:
    return name.strip().lower() == "kind"


def _cell(cell: str) -> str:
    """A cell in one line, less the mark that keeps a spreadsheet from reading it as a formula."""
    return as_written(" ".join(tables.whole(cell).split()))


def _wrong(row: dict[str, str]) -> str | None:
    """What is wrong with a row, and what to do; None where nothing is."""
    kind = KINDS.get(row["kind"])
    if kind is None:
        return f"kind is {row['kind'][:40]!r}; expected one of: {', '.join(KINDS)}"
    if any(len(value) > _LONGEST for value in row.values()):
        return f"a cell has more than {_LONGEST:,} characters; name the passage by its first sentence"
    if not row.get("words"):
        needed = "name" if kind.about == "name" else "passage"
        return f"no words; a row of the kind {row['kind']!r} needs the {needed}"
    if kind.about == "pair" and not row.get("other_words"):
        return f"no other_words; a row of the kind {row['kind']!r} needs both passages"
    if kind.needed and kind.value and not row.get("value"):
        return f"no value; a row of the kind {row['kind']!r} needs {kind.value}"
    starts = (row.get(name, "") for name in ("start", "other_start"))
    if any(start and not (start.isascii() and start.isdigit() and len(start) < 12) for start in starts):
        return "start is no whole number; correct it, or leave it empty"
    return None


def _with_plain_dates(rows: list[dict]) -> list[dict]:
    """Dates as a spreadsheet wrote them (25/07/2025), where one of the column shows which part is the day."""
    order = day_order(row["value"] for row in rows if row["kind"] == DATE)
    return [row | {"value": plain_date(row["value"], order)} if row["kind"] == DATE else row for row in rows]
