"""Samples made by hand, and coders who fill in sheets."""

import csv
import io

import pytest

from samestory import tables
from samestory.trust.samples import POPULATION, SAMPLE, Sample
from samestory.trust.sheets import sheet

VARIABLES = {"reported": "str", "speaker": "str", "form": "str"}
NOT_FOUND = {"reported": "no", "speaker": None, "form": None}


@pytest.fixture(scope="session")
def made_sample():
    """A sample of quotes: the speaker of each that was found, which stands for 4 passages; others for 6."""

    def make(found, *, population=None):
        rows = []
        for n, speaker in enumerate(found):
            answers = {"reported": "yes", "speaker": speaker, "form": "direct"} if speaker else NOT_FOUND
            rows.append(
                {
                    "unit": f"quotes-{n:06}", "outlet": "Herald" if n % 2 else "Post", "article_id": "a",
                    "start": 10 * n, "end": 10 * n + 9, "text": "Snow fell", "passage": "Snow fell",
                    "found": bool(speaker), "weight": 4.0 if speaker else 6.0,
                } | answers
            )  # fmt: skip
        population = population or [
            ("Herald", "yes", True, 30), ("Herald", "no", False, 30),
            ("Post", "yes", True, 10), ("Post", "no", False, 30),
        ]  # fmt: skip
        counted = [dict(zip(POPULATION, row, strict=True)) for row in population]
        return Sample("quotes", tables.build(rows, SAMPLE | VARIABLES), tables.build(counted, POPULATION))

    return make


@pytest.fixture(scope="session")
def filled():
    """Write the CSV sheets of a sample and fill them in: coder -> unit -> what is written into its cells."""

    def fill(sample, folder, answers):
        for path in sheet(sample, folder, coders=list(answers), form="csv")[2:]:
            own = answers[path.stem.removeprefix(f"{sample.what}-")]
            rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys())
                writer.writeheader()
                writer.writerows(row | own.get(row["unit"], {}) for row in rows)
        return folder

    return fill
