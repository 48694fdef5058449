"""A story's tables on disk: Parquet to come back to, Excel or CSV for other programs."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import fastparquet
import pandas as pd

from samestory import tables

EXCEL_ROWS = 1_048_575  # an Excel sheet's rows, less the heading
EXCEL_CELL = 32_767  # characters that an Excel cell holds
_ANEW = "write the story anew with Story.save"
_CUT = " … [cut: an Excel cell holds no more; export to a folder of CSV for the whole]"
# What makes a spreadsheet read a CSV field as a formula (OWASP, "CSV Injection"), full-width signs as well;
# what cannot be seen before it (spaces, zero-width and control characters) may be passed over.
_FORMULA = re.compile(
    r"[\t\r\n]|[\s\x00-\x1f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
    r"[=+@\-\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
)


def save(found: Mapping[str, pd.DataFrame], folder: str | Path) -> Path:
    """Write each table as `<table>.parquet`; give the folder back."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in found.items():
        fastparquet.write(str(folder / f"{name}.parquet"), _as_text(table), write_index=False)
    return folder


def read(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read the tables that `save` wrote: name -> table with the declared dtypes.

    Raises:
        FileNotFoundError: the folder, or a table in it, is not there.
        ValueError: a table cannot be read, lacks a column, or has a passage that is not in its article.
    """
    folder = Path(folder)
    found = {}
    declared = {"articles": tables.ARTICLES, **tables.ANNOTATIONS, "problems": tables.PROBLEMS}
    for name, columns in (declared | {"corrections": tables.CORRECTIONS}).items():
        file = folder / f"{name}.parquet"
        if not file.is_file():
            if name not in declared:  # saved before there were any
                continue
            missing = f"{file.name} is missing; write one with Story.save"
            raise FileNotFoundError(f"no saved story at {folder}: {missing}")
        found[name] = _read_table(file, columns)
    found["articles"]["removed"] = [_spans(cell) for cell in found["articles"]["removed"]]
    texts = dict(zip(found["articles"]["article_id"], found["articles"]["text"], strict=True))
    for name in tables.ANNOTATIONS:
        for row in found[name][["article_id", "start", "end", "text"]].itertuples():
            if texts.get(row.article_id, "")[row.start : row.end] != row.text:
                at = f"row {row.Index} ({row.article_id}, {row.start}:{row.end})"
                raise ValueError(f"{name}.parquet, {at}: the passage is not in the article; {_ANEW}")
    return found


def _read_table(file: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    try:
        with file.open("rb") as opened:
            table = fastparquet.ParquetFile(opened).to_pandas()
        tables.require_columns(table, columns, where=file.name)
        return table.astype(columns)
    except Exception as error:  # whatever a damaged file makes of its reader
        what = str(error) if isinstance(error, ValueError) else type(error).__name__
        raise ValueError(f"{file} cannot be read ({what}); {_ANEW}") from error


def export(found: Mapping[str, pd.DataFrame], target: str | Path) -> Path:
    """Write each table as a sheet of one .xlsx file, or as CSV (UTF-8 with BOM) into a folder.

    Text that a spreadsheet would take for a formula is kept from being one.

    Args:
        found: name of the sheet or file -> table.
        target: a file that ends in .xlsx, or a folder, which is made.
    Raises:
        ValueError: the ending is that of another kind of file, or a table has more rows than an Excel sheet.
    """
    target = Path(target)
    if target.suffix and target.suffix.lower() != ".xlsx" and not target.is_dir():
        raise ValueError(f"cannot write {target.name!r}; name an .xlsx file, or a folder for CSV files")
    found = {name: _as_text(table) for name, table in found.items()}
    if target.suffix.lower() == ".xlsx":
        _write_excel(found, target)
    else:
        target.mkdir(parents=True, exist_ok=True)
        for name, table in found.items():
            (target / f"{name}.csv").write_text(as_csv(table), encoding="utf-8-sig", newline="")
    return target


def as_csv(table: pd.DataFrame) -> str:
    """A table as CSV, in which no text of an article is a spreadsheet's formula."""
    return _map_text(table, neutral).to_csv(index=False)


def _as_text(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its one column of lists, `removed`, as JSON text."""
    if "removed" not in table:
        return table
    cells = [json.dumps(cell) if isinstance(cell, list) else None for cell in table["removed"]]
    return table.assign(removed=cells)


def _spans(cell: object) -> list[tuple[int, int, str]] | None:
    return [(start, end, kind) for start, end, kind in json.loads(cell)] if isinstance(cell, str) else None


def _write_excel(found: Mapping[str, pd.DataFrame], target: Path) -> None:
    for name, table in found.items():
        if len(table) > EXCEL_ROWS:
            size = f"{name} has {len(table)} rows, an Excel sheet holds {EXCEL_ROWS}"
            raise ValueError(f"{size}; export to a folder of CSV instead")
    plain_strings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs={"options": plain_strings}) as writer:
        for name, table in found.items():
            _map_text(table, _fitting).to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))


def _map_text(table: pd.DataFrame, change: Callable[[object], object]) -> pd.DataFrame:
    text = [name for name in table if table[name].dtype in ("str", "object")]
    return table.assign(**{name: table[name].map(change, na_action="ignore") for name in text})


def neutral(cell: object) -> object:
    """A text that a spreadsheet would take for a formula, kept from being one by a mark before it."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def as_written(text: str) -> str:
    """The text of a cell as it was before `neutral`."""
    return text[1:] if text.startswith("'") and neutral(text[1:]) != text[1:] else text


def _fitting(cell: object) -> object:
    if isinstance(cell, str) and len(cell) > EXCEL_CELL:
        return cell[: EXCEL_CELL - len(_CUT)] + _CUT
    return cell
