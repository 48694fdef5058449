"""Coding sheets: for each coder an Excel file with drop-downs or a CSV file, and a page of instructions.

A sheet shows passages and their surroundings. It shows neither the machine's answers nor the outlet, and each
coder has the passages in an order of their own.
"""

import math
import textwrap
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from samestory.storage import EXCEL_CELL, as_csv
from samestory.tables import require_one_of
from samestory.trust.coding import Coding, Variable
from samestory.trust.samples import KEY, Sample

UNIT, NOTE = "unit", "note"
AGREED = "agreed"  # the coder whose answers win: what the others agreed upon
_SHOWN = ("published", "before", "passage", "after", "published_b", "before_b", "passage_b", "after_b")
_DATED = ("times", "events", "differences")  # where a coder needs the day of publication
_WIDTHS = {UNIT: 17, "published": 11, "before": 45, "passage": 60, "after": 30, NOTE: 25}
_ANSWER_WIDTH = 16
_LINE, _HIGHEST = 15.0, 409.0  # points of a line, and of the highest row that Excel can show
_PAGE = 100  # characters of a line of the instructions
_MESSAGE = 250  # characters that Excel shows beside a cell, less a few


def sheet(
    sample: Sample, folder: str | Path, *, coders: int | Sequence[str] = 2, form: str = "xlsx"
) -> list[Path]:
    """Write a coding sheet for each coder, the instructions, and the key with the machine's answers.

    `quotes-coder-1.xlsx`, `quotes-coder-2.xlsx`, `quotes-instructions.txt`, `quotes-key.json`. Give each
    coder a sheet and the instructions, not the key. A sheet of this sample that is there already is left as
    it is.

    Args:
        folder: where to write, and where `read_sheets` reads; it is made. A folder `checks` among the
            articles is not taken for articles, and notebook 6 looks there.
        coders: how many, or their names; two or more show how far people agree.
        form: "xlsx" with drop-downs, or "csv".
    Returns:
        the files of this sample.
    Raises:
        FileExistsError: the folder holds the key of another sample of the same kind.
        ValueError: no coder, nothing to code, or another form.
    """
    require_one_of("form", form, ("xlsx", "csv"))
    names = [f"coder-{n}" for n in range(1, coders + 1)] if isinstance(coders, int) else list(coders)
    if sample.rows.empty:
        raise ValueError(f"these articles hold no {sample.what}, so there is nothing to code")
    if not names:
        raise ValueError(f"coders={coders!r}: expected one coder at least")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / f"{sample.what}{KEY}"
    if not key.exists():
        sample.save(key)
    elif set(Sample.open(key).rows["unit"]) != set(sample.rows["unit"]):
        raise FileExistsError(f"{key} is of another sample; write to another folder, or take it away first")
    page = folder / f"{sample.what}-instructions.txt"
    page.write_text(instructions(sample.coding), encoding="utf-8")
    written = [key, page]
    for number, name in enumerate(names):
        path = folder / f"{sample.what}-{name}.{form}"
        if not path.exists():  # never write over a coder's work
            table = _to_code(sample, number)
            if form == "xlsx":
                _write_excel(table, sample.coding, path)
            else:
                path.write_text(as_csv(table), encoding="utf-8-sig", newline="")
        written.append(path)
    return written


def instructions(coding: Coding) -> str:
    """The page for the coders, made from the codebook."""
    lines = [
        f"CODING {coding.what.upper()}",
        "",
        *_wrapped(coding.passage),
        *_wrapped(
            "Work alone, from the first row to the last, and change no name in the column “unit”. Leave a "
            "cell empty where a question is not asked. Where you are in doubt, choose what holds better, "
            "and write why into the column “note”."
        ),
    ]
    for variable in coding.variables:
        lines += ["", f"{variable.name.upper()}: {variable.question}"]
        if variable != coding.main:
            other = [value for value in coding.main.choices if value != coding.main.nothing]
            asked = " or ".join(f"“{value}”" for value in other)
            lines += _wrapped(f"Asked only where {coding.main.name} is {asked}.", indent=2)
        if variable.kind == "name":
            lines += _wrapped("Write the name in full, as the article has it.", indent=2)
        if variable.kind == "date":
            lines += _wrapped("Write 2025-07-04, 2025-07 or 2025; a span as 2025-06-30/2025-07-06.", indent=2)
        for value, definition in variable.choices.items():
            lines += _wrapped(f"{value}: {definition}", indent=2)
    return "\n".join(lines) + "\n"


def _wrapped(text: str, *, indent: int = 0) -> list[str]:
    first = " " * indent
    return textwrap.wrap(
        " ".join(text.split()), _PAGE, initial_indent=first, subsequent_indent=first + "  " * bool(indent)
    )


def _to_code(sample: Sample, number: int) -> pd.DataFrame:
    """What one coder is shown, and the empty columns to be filled."""
    order = np.random.default_rng([sample.seed, number]).permutation(len(sample.rows))
    rows = sample.rows.sort_values("unit").iloc[order].reset_index(drop=True)
    shown = [name for name in _SHOWN if rows[name].notna().any()]
    if sample.what not in _DATED:
        shown = [name for name in shown if not name.startswith("published")]
    answers = [variable.name for variable in sample.coding.variables]
    empty = pd.DataFrame("", index=rows.index, columns=[*answers, NOTE])
    return pd.concat([rows[[UNIT, *shown]], empty], axis=1)


def _write_excel(table: pd.DataFrame, coding: Coding, path: Path) -> None:
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, plain) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        passage = book.add_format({"text_wrap": True, "valign": "top", "bold": True})
        # As text: a spreadsheet would turn 2025-07 into a day, and write it in the local way.
        answer = book.add_format({"valign": "top", "num_format": "@", "bg_color": "#FFF8DC", "border": 1})
        heading = book.add_format({"bold": True, "bottom": 1})
        code, page, lists = (book.add_worksheet(name) for name in ("code", "instructions", "values"))
        lists.hide()
        answers = {variable.name: variable for variable in coding.variables}
        for n, name in enumerate(table.columns):
            code.write_string(0, n, name, heading)
            code.set_column(n, n, _WIDTHS.get(name.removesuffix("_b"), _ANSWER_WIDTH))
            style = answer if name in answers or name == NOTE else wrapped
            style = passage if name.startswith("passage") else style
            for m, value in enumerate(table[name], 1):
                if isinstance(value, str) and value:
                    code.write_string(m, n, value[:EXCEL_CELL], style)
                else:
                    code.write_blank(m, n, None, style)
            if name in answers:
                # From cells: a list in the rule itself must be short, and no value may have a comma.
                lists.write_column(0, n, list(answers[name].choices))
                source = "=values!" + xl_range_abs(0, n, len(answers[name].choices) - 1, n)
                code.data_validation(1, n, len(table), n, _validation(answers[name], source))
        for m, row in enumerate(table.itertuples(index=False), 1):
            code.set_row(m, _height(row._asdict()))
        code.freeze_panes(1, 1)
        code.set_landscape()
        code.fit_to_pages(1, 0)  # for those who code on paper first
        page.set_column(0, 0, _PAGE + 5)
        page.fit_to_pages(1, 0)
        for m, line in enumerate(instructions(coding).splitlines()):
            page.write_string(m, 0, line)


def _height(cells: dict[str, str]) -> float:
    """The height of a row in points: not every spreadsheet finds it itself when it opens a file."""
    lines = [
        sum(math.ceil(1.1 * len(line) / width) or 1 for line in str(cells[name]).split("\n"))
        for name in cells
        if (width := _WIDTHS.get(name.removesuffix("_b"))) and isinstance(cells[name], str)
    ]
    return min(_LINE * max(lines), _HIGHEST)


def _validation(variable: Variable, source: str) -> dict[str, object]:
    """A drop-down; what else is typed is refused for a choice, and taken for a name or a date."""
    return {
        "validate": "list",
        "source": source,
        "input_title": variable.name[:32],
        "input_message": textwrap.shorten(variable.question, _MESSAGE, placeholder=" …"),
        "error_title": "Not on the list",
        "error_message": "Choose a value from the list, or leave the cell empty.",
        "show_error": variable.kind == "choice",
    }
