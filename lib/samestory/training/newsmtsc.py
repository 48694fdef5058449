"""Read NewsMTSC (Hamborg & Donnay 2021, MIT): sentiment toward persons in sentences of news."""

import json
from pathlib import Path
from typing import NamedTuple

_LABELS = {2.0: -1, 4.0: 0, 6.0: 1, -1.0: -1, 0.0: 0, 1.0: 1}


class Item(NamedTuple):
    """One target in one sentence."""

    text: str
    start: int
    end: int
    label: int  # -1, 0, 1


def read_newsmtsc(path: str | Path) -> list[Item]:
    """Read a file of the corpus as its authors publish it, or one target a line with text, start, end, label.

    Raises:
        ValueError: an offset does not fit its text.
    """
    items = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        text = row.get("sentence_normalized", row.get("sentence", row.get("text")))
        for target in row.get("targets", [row]):
            start, end = (
                int(target.get("from", target.get("start"))),
                int(target.get("to", target.get("end"))),
            )
            label = _LABELS[float(target.get("polarity", target.get("label")))]
            named = target.get("mention", target.get("target"))
            if named is not None and text[start:end] != named:
                raise ValueError(f"{path}, line {number}: {start}:{end} is not {named!r}")
            items.append(Item(text, start, end, label))
    return items
