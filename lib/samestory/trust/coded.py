"""Coders' sheets, read back: whatever a spreadsheet or a hurried hand did to them, no answer is lost."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from openpyxl import load_workbook

from samestory import tables
from samestory.reading.columns import read_rows
from samestory.reading.disk import leads_out, read_bytes
from samestory.reading.encoding import decode
from samestory.reading.guard import guarded
from samestory.reading.limits import zip_of
from samestory.reading.manifest import CHECKS
from samestory.trust.answers import answer, expected, one_name, plain
from samestory.trust.coding import Variable
from samestory.trust.samples import KEY, Sample
from samestory.trust.sheets import AGREED, UNIT

ANSWERS = {
    "what": "str", "unit": "str", "variable": "str",
    "coder": "str",  # from the file's name
    "value": "str",  # one that the variable can have; names that mean one have one form
    "written": "str",  # as the coder wrote it
}  # fmt: skip
SHEET_PROBLEMS = {
    "file": "str",
    "row": tables.NUMBER,  # of the sheet, its heading is row 1; missing where it is the whole file
    "unit": "str",
    "problem": "str",
    "to_do": "str",
}
COMPARED = {
    "what": "str", "unit": "str", "variable": "str", "outlet": "str", "article_id": "str", "start": "int64",
    "passage": "str", "found": "bool", "weight": "float64",
    "machine": "str",  # its answer; missing where it was not asked, since it saw nothing
    "coders": "str",  # what was agreed, or what most coders say; missing where they are divided
}  # fmt: skip
_ENDINGS = (".xlsx", ".csv", ".tsv")
_MOST_ROWS = 100_000
_NAMED = 40  # characters of a passage's name that is none


class _Row(NamedTuple):
    """A row of a sheet, its cells by the heading in small letters."""

    number: int
    cells: dict[str, str]


@dataclass
class Coded:
    """What coders answered, and the samples that they coded.

    `answers` has ANSWERS, one row an answer; `problems` has SHEET_PROBLEMS.
    """

    samples: dict[str, Sample] = field(default_factory=dict)  # what -> its sample
    answers: pd.DataFrame = field(default_factory=lambda: tables.build([], ANSWERS))
    problems: pd.DataFrame = field(default_factory=lambda: tables.build([], SHEET_PROBLEMS))

    def coders(self, what: str) -> list[str]:
        """Who coded this, in alphabetical order, without what was agreed afterwards."""
        names = set(self.answers.loc[self.answers["what"] == what, "coder"])
        return sorted(names - {AGREED})

    def compared(self) -> pd.DataFrame:
        """The machine's answer beside the coders', a row for each passage and question that was coded.

        Returns:
            COMPARED. A file `…-agreed.xlsx`, or a coder of that name, decides alone; else the answer of most.
        """
        rows: list[dict[str, Any]] = []
        for what, sample in self.samples.items():
            coding = sample.coding
            first = self._decided(what, coding.main)
            for variable in coding.variables:
                decided = self._decided(what, variable)
                machine = self._machine(sample, variable)
                for row in sample.rows.to_dict("records"):
                    unit = row["unit"]
                    if unit in decided and coding.asks(variable, first.get(unit)):
                        said = {"machine": machine[unit], "coders": decided[unit]}
                        rows.append(row | said | {"what": what, "variable": variable.name})
        return tables.build(rows, COMPARED)

    def answers_to(self, what: str, variable: str) -> pd.DataFrame:
        """The answers to one question."""
        return self.answers[(self.answers["what"] == what) & (self.answers["variable"] == variable)]

    def variables(self) -> list[tuple[str, str]]:
        """All questions that were asked, as (what, variable), in the order of the sheets."""
        return [(what, one.name) for what, sample in self.samples.items() for one in sample.coding.variables]

    def _decided(self, what: str, variable: Variable) -> dict[str, str | None]:
        """What was agreed upon, or else what most coders say; None where they are divided."""
        found: dict[str, str | None] = {}
        for unit, given in self.answers_to(what, variable.name).groupby("unit"):
            agreed = given.loc[given["coder"] == AGREED, "value"]
            counts = (agreed if len(agreed) else given["value"]).value_counts()
            clear = len(counts) == 1 or counts.iloc[0] > counts.iloc[1]
            found[str(unit)] = str(counts.index[0]) if clear else None
        return found

    def _machine(self, sample: Sample, variable: Variable) -> dict[str, str | None]:
        """The machine's answers, names in the coders' form."""
        said = sample.rows.set_index("unit")[variable.name]
        if variable.kind == "name":
            forms = _forms(sample, variable, self.answers_to(sample.what, variable.name)["value"])
            said = said.map(lambda name: forms.get(name, name), na_action="ignore")
        return {str(unit): None if pd.isna(value) else value for unit, value in said.items()}


def read_sheets(*paths: str | Path) -> Coded:
    """Read what coders filled in.

    The order of rows and columns does not matter, nor do added columns, capitals, or spaces around an answer.
    A coder is called as the file is: `quotes-ann.xlsx` is by "ann"; `quotes-agreed.xlsx` holds what they
    agreed upon afterwards, and decides.

    Args:
        paths: folders that `sheet` wrote to, or sheets in them (.xlsx, .csv, .tsv); the key lies beside.
    Returns:
        the samples, the answers, and the problems: an unknown passage, a value off the list, a passage coded
        twice, a cell that is empty, a file that cannot be read; each with its place and what to do.
    Raises:
        FileNotFoundError: there is no such file or folder, or no key beside the sheets.
    """
    samples: dict[str, Sample] = {}
    damaged: dict[str, str] = {}
    files: list[Path] = []
    for path in map(Path, paths):
        if not path.exists():
            raise FileNotFoundError(f"no folder or coding sheet at {str(path)!r}; check the spelling")
        folder = path if path.is_dir() else path.parent
        keys = sorted(folder.glob(f"*{KEY}"))
        if not keys:
            raise FileNotFoundError(f"no key (…{KEY}) in {str(folder)!r}; it is written with the sheets")
        for key in keys:
            try:
                sample = Sample.open(key)
                samples[sample.what] = sample
            except (ValueError, OSError) as error:  # the other samples' sheets are read
                damaged[key.name] = str(error)
        files += sorted(filter(_is_sheet, path.iterdir())) if path.is_dir() else [path]
    reader = _Reader(samples)
    for reader.file, reason in damaged.items():
        reader.problem(f"not read: {reason}", "put the key back as it was written, or draw a sample anew")
    for file in files:
        reader.read(file)
    return Coded(samples, reader.table(), tables.build(reader.problems, SHEET_PROBLEMS))


def read_checks(articles: str | Path) -> Coded:
    """Read the sheets in the folder `checks` among the articles; nothing where there is none.

    Args:
        articles: the folder of articles, or a file; then the folder beside it.
    """
    path = Path(articles)
    folder = (path if path.is_dir() else path.parent) / CHECKS
    return read_sheets(folder) if list(folder.glob(f"*{KEY}")) else Coded()


class _Reader:
    """Reads sheet by sheet, and keeps answers and problems."""

    def __init__(self, samples: dict[str, Sample]):
        self.samples = samples
        self.home = {unit: sample for sample in samples.values() for unit in sample.rows["unit"]}
        self.answers: dict[tuple[str, str, str], dict[str, Any]] = {}  # unit, variable, coder
        self.problems: list[dict[str, Any]] = []
        self.file = ""

    def problem(self, problem: str, to_do: str, *, row: int | None = None, unit: str | None = None) -> None:
        """List what is wrong, and what to do."""
        self.problems.append(
            {"file": self.file, "row": row, "unit": unit, "problem": problem, "to_do": to_do}
        )

    def read(self, file: Path) -> None:
        """Take the answers of one sheet."""
        self.file = file.name
        if leads_out(file, file.parent):
            self.problem("a link to another place; not followed", "copy the file itself into the folder")
            return
        rows, wrong = guarded(lambda: _rows(file), file.stat().st_size)
        if rows is None:
            reason = str(wrong).partition(";")[0]  # what follows is advice on articles
            self.problem(f"not read: {reason}", "save it as .xlsx or CSV (UTF-8)")
            return
        if not rows or UNIT not in rows[0].cells:
            self.problem(
                f"has no column “{UNIT}”", f"give the column of passages' names the heading “{UNIT}” again"
            )
            return
        if not any(self._answers(row) for row in rows):
            self.problem("nothing is filled in", "fill it in, or take it out of the folder")
            return
        seen: dict[str, int] = {}
        missing: set[str] = set()
        for row in rows:
            unit = row.cells[UNIT].strip().casefold()
            sample = self.home.get(unit)
            if sample is None:
                if any(cell.strip() for cell in row.cells.values()):
                    self.problem(
                        f"{unit[:_NAMED] or 'a row without a name'} is no passage of this sample",
                        "copy the name from the sheet as it was written, or delete the row",
                        row=row.number, unit=unit[:_NAMED] or None,
                    )  # fmt: skip
                continue
            missing |= {v.name for v in sample.coding.variables if v.name not in row.cells}
            self._take(row, unit, sample, seen)
        for name in sorted(missing):
            self.problem(f"has no column “{name}”", "give the column its heading again")
        if _coder(self.file, self.home[next(iter(seen))].what) != AGREED:
            self._not_there(seen)

    def table(self) -> pd.DataFrame:
        """The answers, names that mean one in one form."""
        found = tables.build(self.answers.values(), ANSWERS)
        for what, sample in self.samples.items():
            for variable in sample.coding.variables:
                if variable.kind == "name":
                    own = (found["what"] == what) & (found["variable"] == variable.name)
                    forms = _forms(sample, variable, found.loc[own, "value"])
                    found.loc[own, "value"] = found.loc[own, "value"].map(forms)
        order = ["what", "unit", "variable", "coder"]
        return found.sort_values(order, kind="stable").reset_index(drop=True)

    def _answers(self, row: _Row) -> bool:
        sample = self.home.get(row.cells[UNIT].strip().casefold())
        return sample is not None and any(plain(row.cells.get(v.name, "")) for v in sample.coding.variables)

    def _take(self, row: _Row, unit: str, sample: Sample, seen: dict[str, int]) -> None:
        """Keep the answers of a row that can be used, and list what is wrong with the others."""
        at: dict[str, Any] = {"row": row.number, "unit": unit}
        if unit in seen:
            self.problem(f"stands in row {seen[unit]}, too", "delete one of the two rows", **at)
        seen.setdefault(unit, row.number)
        coding, coder = sample.coding, _coder(self.file, sample.what)
        main: str | None = None
        for variable in coding.variables:
            written = row.cells.get(variable.name)
            value = answer(written, variable) if written and plain(written) else None
            if variable == coding.main:
                main = value
            if written is None or (not plain(written) and coder == AGREED):
                continue  # a missing column is told of once; only what was talked over needs an agreement
            if not plain(written):
                if coding.asks(variable, main):
                    self.problem(f"{variable.name} is empty", f"write {expected(variable)}", **at)
            elif value is None:
                self.problem(f"{variable.name} is {written.strip()!r}", f"write {expected(variable)}", **at)
            elif main is not None and not coding.asks(variable, main):
                said = f"{variable.name} is {value!r}, though {coding.main.name} is {main!r}"
                self.problem(said, f"empty one, or change the other; {main!r} is used", **at)
            else:
                found = {"what": sample.what, "unit": unit, "variable": variable.name, "coder": coder}
                self._keep(found | {"value": value, "written": written}, at)

    def _keep(self, found: dict[str, Any], at: dict[str, Any]) -> None:
        """Keep an answer, unless the coder gave another one before."""
        kept = self.answers.setdefault((found["unit"], found["variable"], found["coder"]), found)
        if kept["value"] != found["value"]:
            self.problem(
                f"{found['variable']} is {found['value']!r} here, and {kept['value']!r} in another row",
                f"delete one of the two; {kept['value']!r} is used",
                **at,
            )

    def _not_there(self, seen: dict[str, int]) -> None:
        for what in sorted({self.home[unit].what for unit in seen}):
            lost = sorted(set(self.samples[what].rows["unit"]) - seen.keys())
            if lost:
                named = ", ".join(lost[:5]) + (" …" if len(lost) > 5 else "")
                all_of_it = len(self.samples[what].rows)
                self.problem(
                    f"{len(lost)} of the sample's {all_of_it} passages are not in it: {named}",
                    "take the rows from the sheet as it was written",
                )


def _rows(file: Path) -> list[_Row]:
    """The rows of a sheet below its heading.

    Raises:
        ValueError: it is no table of a kind that is read.
    """
    if file.suffix.lower() not in _ENDINGS:
        raise ValueError(f"it ends in {file.suffix!r}, not in {', '.join(_ENDINGS)}")
    data = read_bytes(file)
    if file.suffix.lower() == ".xlsx":
        return _excel_rows(data)
    text = decode(data).text
    names, rows, _ = read_rows(text, wanted=_is_unit, tabs=file.suffix.lower() == ".tsv")
    return list(_by_heading(names, rows, 2))


def _excel_rows(data: bytes) -> list[_Row]:
    zip_of(data)  # refuses what unpacks to too much
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        lines = (
            [_cell(value) for value in line] for line in sheet.iter_rows(values_only=True, max_row=_MOST_ROWS)
        )
        for number, line in enumerate(lines, 1):
            if any(map(_is_unit, line)):
                return list(_by_heading(line, lines, number + 1))
    return []


def _by_heading(names: list[str], lines: Iterable[list[str]], first: int) -> Iterator[_Row]:
    heads = [plain(name) for name in names]
    for number, line in enumerate(lines, first):
        cells: dict[str, str] = {}
        for head, cell in zip(heads, line, strict=False):
            if head and not cells.get(head):  # of two columns of one name, the one that is filled
                cells[head] = cell
        yield _Row(number, dict.fromkeys(filter(None, heads), "") | cells)


def _cell(value: Any) -> str:
    """A cell as text: a date that the spreadsheet made of 2025-07-04 is written so again."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _is_unit(name: str) -> bool:
    return plain(name) == UNIT


def _is_sheet(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS and not path.name.startswith((".", "~$"))


def _coder(file: str, what: str) -> str:
    """Who filled in a file: what its name has beside the kind of thing."""
    stem = re.sub(r"\.[^.]+$", "", file)
    return stem.removeprefix(f"{what}-") or stem


def _forms(sample: Sample, variable: Variable, written: pd.Series) -> dict[str, str]:
    """One form for each name that coders or the machine give."""
    return one_name(sorted({*written, *sample.rows[variable.name].dropna()}))
