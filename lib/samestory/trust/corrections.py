"""Write a correction into corrections.csv: by one call, with the passage named so that it is found again."""

import csv
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from samestory.reading.columns import read_rows
from samestory.reading.corrections import COLUMNS, FILE, KINDS
from samestory.reading.disk import leads_out, read_bytes
from samestory.reading.encoding import decode
from samestory.storage import neutral
from samestory.story import Story
from samestory.trust.anchors import anchor_of

Passage: TypeAlias = Mapping[str, Any] | pd.Series | str


def correct(
    folder: str | Path,
    kind: str,
    passage: Passage,
    value: str = "",
    *,
    other: Passage | None = None,
    story: Story | None = None,
    note: str = "",
) -> Path:
    """Add a correction to the `corrections.csv` of a folder of articles; it counts from the next run on.

    The file is made where there is none. Its other rows and columns stay as they are. A passage is kept by
    its words and those around it (W3C, Web Annotation Data Model, 2017: TextQuoteSelector).

    Args:
        folder: the folder that `load` reads.
        kind: speaker, quote, no quote, date, no date, who, no person, same name, different names, same
            statement, different statements, not loaded, no frame, no label, tone, tone toward.
        passage: a row of a table (article_id, start, text), or the words themselves; for a name, the name.
        value: what is right: the speaker, the date, the other name, the tone from -1 to 1. "nobody" is the
            speaker whom the text does not name.
        other: the second passage, for the two kinds about statements.
        story: the story that the row is from; with it, the words around the passage are kept, too, and tell
            it from others of the same words.
        note: for whoever reads the file.
    Returns:
        the file.
    Raises:
        ValueError: a kind, a passage or a value is not as it must be, or the file that is there is no table
            of corrections.
        OSError: it can't be written.
    """
    row = _row(kind, passage, value, other, story) | {"note": note}
    path = Path(folder) / FILE
    if not path.parent.is_dir():
        raise ValueError(f"{str(folder)!r} is no folder; name the one that the articles are in")
    if leads_out(path, path.parent):
        raise ValueError(f"{FILE} is a link to another place; put a file in its place")
    _write(path, row)
    return path


def _row(
    kind: str, passage: Passage, value: str, other: Passage | None, story: Story | None
) -> dict[str, str]:
    if kind not in KINDS:
        raise ValueError(f"kind={kind!r}: expected one of: {', '.join(KINDS)}")
    about, says, needed = KINDS[kind]
    value = str(value).strip()
    if needed and says and not value:
        raise ValueError(f"no value: {kind!r} needs {says}")
    if (other is not None) != (about == "pair"):
        needs = "two passages, the second as other=" if about == "pair" else "one passage, and no other="
        raise ValueError(f"{kind!r} needs {needs}")
    row = {"kind": kind, "value": value} | _named(passage, story, place=about != "name")
    if other is not None:
        row |= {f"other_{name}": cell for name, cell in _named(other, story, place=True).items()}
    if not row["words"] or (other is not None and not row["other_words"]):
        raise ValueError("the passage has no words; give a row with `text`, or the words")
    return row


def _named(passage: Passage, story: Story | None, *, place: bool) -> dict[str, str]:
    """How a passage is written down: its article, its words, those around it, its start."""
    if isinstance(passage, str):
        return {"words": " ".join(passage.split())}
    missing = [name for name in ("article_id", "start", "text") if name not in passage]
    if not place or missing:
        raise ValueError(f"the row has no {', '.join(missing)}" if missing else "give the name as a text")
    article_id, start, words = passage["article_id"], int(passage["start"]), str(passage["text"])
    if story is None:
        return {"article": article_id, "words": " ".join(words.split()), "start": str(start)}
    articles = story.articles.set_index("article_id")
    if article_id not in articles.index:
        raise ValueError(f"unknown article {article_id!r}; the row is of another story")
    text, source = articles.loc[article_id, ["text", "source"]]
    if text[start : start + len(words)] != words:
        raise ValueError(
            f"{article_id!r}: the words of the row do not stand at {start}; it is of another story"
        )
    anchor = anchor_of(text, start, start + len(words))
    # The file's name is what a person knows; but some files hold many articles.
    alone = isinstance(source, str) and (articles["source"] == source).sum() == 1
    return {
        "article": source if alone else article_id, "words": anchor.words, "before": anchor.before,
        "after": anchor.after, "start": str(start),
    }  # fmt: skip


def _write(path: Path, row: dict[str, str]) -> None:
    """The file with one row more, put in the place of the one that was there at once."""
    text, names, between = "", list(COLUMNS), ","
    if path.exists():
        text = decode(read_bytes(path)).text.replace("\0", "").removeprefix("\ufeff")
    if text.strip():
        names, _, _ = read_rows(text, wanted=_is_kind)
        header = next((line for line in text.splitlines() if "kind" in line.lower()), "")
        between = max(",;\t", key=header.count)
        known = [name.lower().replace(" ", "_") for name in names]
        missing = [name for name, cell in row.items() if cell and name not in known]
        if missing:
            has = ", ".join(names[:12])[:200]
            raise ValueError(
                f"{path.name} has no column {', '.join(missing)}; it has {has}. Add it, or move the file"
            )
        if not text.endswith("\n"):
            text += "\r\n"
        names = known
    held = StringIO(newline="")
    writer = csv.writer(held, delimiter=between)
    if not text.strip():
        text = ""
        writer.writerow(names)
    writer.writerow([neutral(row.get(name, "")) for name in names])
    _put(path, (text + held.getvalue()).encode("utf-8-sig"))


def _put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".corrections-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path.resolve() if path.is_symlink() else path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _is_kind(name: str) -> bool:
    return name.strip().lower() == "kind"
