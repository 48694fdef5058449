"""A dataset on disk: a folder for each table, in it a Parquet file for each part.

A part is there when its mark is; the mark is written last. Every file is written aside and renamed, so that
whenever the power goes, what is there is whole, and what is not there is made when the same is asked again.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import fastparquet
import pandas as pd

from samestory import tables
from samestory.dataset.reading import ARTICLES

FORMAT = 1  # of the dataset; a reader of another version is to refuse it
QUARANTINE = ARTICLES | {"reason": "str"}
TABLES = {
    "articles": ARTICLES,
    **tables.ANNOTATIONS,
    "problems": tables.PROBLEMS,
    "quarantine": QUARANTINE,
}
_ABOUT, _DONE, _WORK = "dataset.json", "_done", "_work"
_MASK = os.umask(0)
os.umask(_MASK)
_MODE = 0o666 & ~_MASK  # what a file has that is not made aside


class Store:
    """The folder of a dataset."""

    def __init__(self, folder: str | Path):
        """Take a folder that holds a dataset, or nothing yet."""
        self.folder = Path(folder).resolve()

    def open(self, about: Mapping[str, Any]) -> None:
        """Make the folder if need be, and see that it is one of this kind.

        Raises:
            ValueError: it holds something else, or a dataset of another format.
            OSError: it cannot be written.
        """
        file = self.folder / _ABOUT
        if self.folder.exists() and any(self.folder.iterdir()):
            self._require_format(file)
        for name in (*TABLES, _DONE, _WORK):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._place(file, lambda path: path.write_text(json.dumps({"format": FORMAT, **about}, indent=2)))

    def mark(self, key: str) -> dict[str, Any] | None:
        """What is known of a part that is there: articles, problems, quarantined (how many), article_ids."""
        try:
            return json.loads((self.folder / _DONE / f"{key}.json").read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    def work(self, key: str) -> Path:
        """A folder for what is kept of a part until it is done."""
        return self.folder / _WORK / key

    def put(self, key: str, found: Mapping[str, pd.DataFrame], mark: Mapping[str, Any]) -> None:
        """Write the tables of a part that are given, then its mark.

        Raises:
            OSError: the disk is full, or the like; the part counts as not there.
        """
        for name, columns in TABLES.items():
            if name in found:
                self._place(self.folder / name / f"{key}.parquet", _writer(found[name], columns))
        told = json.dumps(dict(mark))
        self._place(self.folder / _DONE / f"{key}.json", lambda path: path.write_text(told, "utf-8"))
        shutil.rmtree(self.work(key), ignore_errors=True)

    def remove(self, key: str) -> None:
        """Take a part out, its mark first."""
        (self.folder / _DONE / f"{key}.json").unlink(missing_ok=True)
        for name in TABLES:
            (self.folder / name / f"{key}.parquet").unlink(missing_ok=True)

    def marks(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The key and the mark of every part."""
        for file in sorted((self.folder / _DONE).glob("*.json")):
            if mark := self.mark(file.stem):
                yield file.stem, mark

    def table(self, name: str, key: str) -> pd.DataFrame:
        """One table of a part, without rows where it has none."""
        columns = TABLES[name]
        file = self.folder / name / f"{key}.parquet"
        if not file.exists():
            return tables.build([], columns)
        with file.open("rb") as opened:
            return fastparquet.ParquetFile(opened).to_pandas().astype(columns)

    def keep(self, keys: set[str]) -> None:
        """Take out what belongs to no part of these, and what was left behind by runs that were ended."""
        files = [file for name in (*TABLES, _DONE) for file in (self.folder / name).iterdir()]
        for key in {file.stem for file in files} - keys:
            self.remove(key)
        shutil.rmtree(self.folder / _WORK, ignore_errors=True)

    def _require_format(self, file: Path) -> None:
        try:
            found = json.loads(file.read_text("utf-8")).get("format")
        except (OSError, ValueError, AttributeError):
            raise ValueError(f"{self.folder} holds other files and no dataset; name a new folder") from None
        if found != FORMAT:
            raise ValueError(
                f"{self.folder} has format {found}, this version writes {FORMAT}; name a new folder"
            )

    def _place(self, file: Path, write: Callable[[Path], object]) -> None:
        """Write a file aside, see it on the disk, and put it in its place."""
        (self.folder / _WORK).mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder / _WORK, suffix=file.suffix)
        os.close(handle)
        part = Path(name)
        try:
            write(part)
            with part.open("rb+") as written:
                os.fsync(written.fileno())  # else a rename may reach the disk before the content does
            part.chmod(_MODE)
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)


def _writer(table: pd.DataFrame, columns: Mapping[str, str]) -> Callable[[Path], None]:
    texts = {name: "utf8" if dtype == "str" else "infer" for name, dtype in columns.items()}
    ready = table[list(columns)].astype({name: "object" for name, dtype in columns.items() if dtype == "str"})
    about = {"samestory.format": str(FORMAT)}

    def write(path: Path) -> None:
        fastparquet.write(
            str(path), ready, write_index=False, compression="ZSTD", object_encoding=texts, has_nulls=True,
            custom_metadata=about,
        )  # fmt: skip

    return write
