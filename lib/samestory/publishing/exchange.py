"""A folder of files that is exchanged for a new one as a whole: whatever fails, the old files stay."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

WRITTEN = ".report.json"  # in the folder: the files that the last report wrote there
_PART = ".report-part-"


@contextmanager
def exchanged(folder: Path) -> Iterator[Path]:
    """A folder to write into, beside the old files, which take their place once all is written.

    What the last exchange wrote and this one does not is removed; files of other origin stay. Where the disk
    is full, or the writing is broken off, the old files stay as they are and nothing is left behind.

    Raises:
        OSError: the folder cannot be made or written to, or the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_PART}*"):  # by a process that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_PART, dir=folder, ignore_cleanup_errors=True) as name:
        part = Path(name)
        yield part
        files = sorted(path.relative_to(part).as_posix() for path in part.rglob("*") if path.is_file())
        (part / WRITTEN).write_text(json.dumps(files), encoding="utf-8")
        old = _written(folder)
        for file in [*files, WRITTEN]:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            os.replace(part / file, folder / file)
        for file in old - set(files):
            (folder / file).unlink(missing_ok=True)
            with suppress(OSError):  # it holds other files, too
                (folder / file).parent.rmdir()


def require_writable(folder: Path) -> None:
    """Find out before the work whether its result can be written.

    Raises:
        OSError: the folder cannot be made or written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryDirectory(prefix=_PART, dir=folder).cleanup()


def _written(folder: Path) -> set[str]:
    """What the last exchange wrote, by its own list; a list that was tampered with names nothing outside."""
    try:
        listed = json.loads((folder / WRITTEN).read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    inside = folder.resolve()
    names = {name for name in listed if isinstance(name, str)} if isinstance(listed, list) else set()
    names |= {
        str(Path(name).with_suffix(".pdf")) for name in names if name.endswith(".html")
    }  # printed later
    return {name for name in names if (folder / name).resolve().is_relative_to(inside)}
