"""Tables as readers want them: whole passages, rounded numbers, links to the place in the article."""

import datetime
from numbers import Integral, Real
from typing import NamedTuple

import pandas as pd

from samestory.pages.html import passage_anchor, render, show_html

MISSING = "—"
LONGEST_CELL = 1500  # characters; a longer passage is cut, with a note of how much is left out
PLAIN_CELL = 70  # characters in the plain-text form
PASSAGE = 40  # characters from which a text is given the room of a passage
# article column, its start column: "article_a" and "start_a" belong together, as do the plain two
PLACES = [("article_id", "start")] + [
    (f"{name}_{side}", f"start_{side}") for name in ("article", "article_id") for side in ("a", "b")
]
# A reader follows the link; the offsets that it is made of say nothing to the eye.
OFFSETS = {"start", "end", "cue_start", "cue_end", "speaker_start", "speaker_end"}


class Cell(NamedTuple):
    """One value as it is shown: `href` is the anchor that it leads to, `sort` is by what it is sorted."""

    text: str
    kind: str = "text"  # number, date, text, passage, heading, link
    href: str = ""
    title: str = ""
    sort: str | None = None  # where that is not the text


class Column(NamedTuple):
    """The heading of one column, aligned as most of its cells are."""

    label: str
    kind: str


def show_table(table: pd.DataFrame, *, digits: int = 2, caption: str | None = None, limit: int = 40) -> None:
    """Display a table with whole passages, and a link to the place of each row that has one.

    Args:
        table: rows with `article_id` and `start` lead to that passage of `show_reading`; the
            offsets themselves are not shown.
        digits: of numbers after the point.
        caption: what the table shows, above it.
        limit: further rows are counted in a note, not shown.
    """
    html, plain = _both(table, digits, caption, limit)
    show_html(html, plain)


def table_html(table: pd.DataFrame, *, digits: int = 2, caption: str | None = None, limit: int = 40) -> str:
    """The HTML that `show_table` displays, for a page that is not a notebook."""
    return _both(table, digits, caption, limit)[0]


def format_value(value, digits: int = 2) -> str:
    """Write one value for readers: `—` where it is missing, 4 Jul 2025 for a date."""
    if pd.api.types.is_list_like(value):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return ", ".join(format_value(item, digits) for item in items) or MISSING
    if value is None or pd.isna(value):
        return MISSING
    if isinstance(value, datetime.datetime):
        return _date(value)
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, Integral):
        return f"{value:,}"
    if isinstance(value, Real):
        written = f"{float(value):,.{digits}f}"
        return written.removeprefix("-") if float(written.replace(",", "")) == 0 else written
    text = str(value)
    if len(text) > LONGEST_CELL:
        return f"{text[:LONGEST_CELL]} … ({len(text) - LONGEST_CELL:,} more characters)"
    return text


def _both(table: pd.DataFrame, digits: int, caption: str | None, limit: int) -> tuple[str, str]:
    """The table as HTML and as plain text."""
    table = table.to_frame() if isinstance(table, pd.Series) else table
    shown = table.head(limit)
    columns, rows = _cells(shown, digits)
    left_out = len(table) - len(shown)
    counted = f"{left_out:,} more row{' is' if left_out == 1 else 's are'} not shown"
    note = f"{counted}; the table has {len(table):,}." if left_out else ""
    if table.empty:
        note = "Nothing of this kind was found."
    html = render("table.html.j2", columns=columns, rows=rows, caption=caption, note=note)
    return html, _plain(columns, rows, caption, note)


def _date(value: datetime.datetime) -> str:
    """The day, and the time of day where it is not midnight; %-d does not exist on Windows."""
    day = f"{value.day} {value:%b %Y}"
    return day if (value.hour, value.minute, value.second) == (0, 0, 0) else f"{day}, {value:%H:%M}"


def _cells(table: pd.DataFrame, digits: int) -> tuple[list[Column], list[list[Cell]]]:
    """The headings and the cells of every row: index, values, links to passages."""
    places = [pair for pair in PLACES if set(pair) <= set(table.columns)]
    offsets = {start for _, start in places} | {start.replace("start", "end") for _, start in places}
    offsets |= OFFSETS if places else set()
    # Where a column names the outlet, the link to its article says enough.
    sides = {side for side in ("", "_a", "_b") if f"outlet{side}" in table.columns}
    hidden = offsets | {name for name, start in places if start.removeprefix("start") in sides}
    index = _index_columns(table)
    positions = [n for n, name in enumerate(table.columns) if name not in hidden]
    precision = [0 if _is_whole(table.iloc[:, n]) else digits for n in range(table.shape[1])]
    body = [
        [Cell(format_value(value, digits), "heading") for value in heads]
        + [_cell(row[n], precision[n]) for n in positions]
        + [_link(row[table.columns.get_loc(a)], row[table.columns.get_loc(s)]) for a, s in places]
        for heads, row in zip(index, table.itertuples(index=False, name=None), strict=True)
    ]
    labels = [_label(name) for name in (table.index.names if index and index[0] else [])]
    labels += [_label(table.columns[n]) for n in positions]
    labels += ["place" if len(places) == 1 else f"place {start[-1]}" for _, start in places]
    kinds = [_kind([row[n] for row in body]) for n in range(len(labels))]
    body = [[_aligned(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in body]
    return [Column(*pair) for pair in zip(labels, kinds, strict=True)], body


def _index_columns(table: pd.DataFrame) -> list[tuple]:
    """The index of each row, or nothing where it only counts rows."""
    if table.index.names == [None] and pd.api.types.is_integer_dtype(table.index):
        return [()] * len(table)
    return [heads if isinstance(heads, tuple) else (heads,) for heads in table.index]


def _is_whole(values: pd.Series) -> bool:
    """Whether floats are counts in truth, as pandas makes them where one is missing."""
    known = values.dropna()
    return pd.api.types.is_float_dtype(values) and bool((known == known.round()).all())


def _label(name) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return " · ".join("" if part is None else str(part).replace("_", " ") for part in parts)


def _cell(value, digits: int) -> Cell:
    text = format_value(value, digits)
    if text == MISSING:
        return Cell(text, sort="")
    if isinstance(value, datetime.datetime):
        return Cell(text, "date", sort=value.isoformat())
    if isinstance(value, Real) and not pd.api.types.is_bool(value):
        return Cell(text, "number", sort=f"{value}")
    return Cell(text, "passage" if len(text) > PASSAGE else "text")


def _link(article_id, start) -> Cell:
    if pd.isna(article_id) or pd.isna(start):
        return Cell(MISSING)
    title = f"{article_id}, character {int(start):,}"
    return Cell("in the article", "link", passage_anchor(article_id, start), title)


def _kind(cells: list[Cell]) -> str:
    """A heading stands over its column: to the right where there are only numbers."""
    kinds = {cell.kind for cell in cells if cell.text != MISSING}
    return kinds.pop() if kinds in ({"number"}, {"link"}) else "text"


def _aligned(cell: Cell, kind: str) -> Cell:
    """A missing value stands where the column's values stand."""
    return cell._replace(kind=kind) if cell.text == MISSING and cell.kind != "heading" else cell


def _plain(columns: list[Column], rows: list[list[Cell]], caption: str | None, note: str) -> str:
    """The table as text: one line a row, long cells shortened."""
    padded = []
    for n, column in enumerate(columns):
        if not column.label.startswith("place"):
            cells = [column.label, *(_shorten(row[n].text) for row in rows)]
            pad = str.rjust if column.kind == "number" else str.ljust
            padded.append([pad(cell, max(map(len, cells))) for cell in cells])
    lines = ["  ".join(line).rstrip() for line in zip(*padded, strict=True)]
    return "\n".join(([caption] if caption else []) + lines + ([note] if note else []))


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= PLAIN_CELL else text[: PLAIN_CELL - 2] + " …"
