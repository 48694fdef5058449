"""What may be read of a disk: regular files of the folder that was named, nothing that a link leads to."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from samestory.reading.limits import LARGEST
from samestory.tables import whole

_NOTES = ("readme", "license", "licence", "copying")  # of the folder, not articles
_NOTE_ENDINGS = ("", ".txt", ".md", ".rst", ".markdown")
_SYSTEM = ("thumbs.db", "desktop.ini", "__macosx")
_KINDS = {
    stat.S_ISFIFO: "a named pipe", stat.S_ISSOCK: "a socket", stat.S_ISDIR: "a folder",
    stat.S_ISCHR: "a device", stat.S_ISBLK: "a device",
}  # fmt: skip

Report = Callable[[str, str], None]  # takes a place in the folder, and what is wrong there


class Found(NamedTuple):
    """A file to read, and its name relative to the folder."""

    path: Path
    source: str


def read_bytes(path: Path) -> bytes:
    """Read a regular file whole.

    Raises:
        ValueError: it is a pipe, a socket, a device or a folder, or it is too large.
        OSError: it can't be opened.
    """
    # A pipe must not be waited for, and it may have taken the file's place since the folder was listed.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            kind = next((name for test, name in _KINDS.items() if test(status.st_mode)), "no file")
            raise ValueError(f"it is {kind}, not a file")
        data = file.read(LARGEST + 1) if status.st_size <= LARGEST else b""
    if status.st_size > LARGEST or len(data) > LARGEST:
        raise ValueError(f"larger than {LARGEST >> 20} MB; split it")
    return data


def leads_out(path: Path, root: Path) -> bool:
    """Is it a link to something outside of the folder, or to nothing?"""
    try:
        return path.is_symlink() and not path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # RuntimeError: links in a circle
        return True


def find_files(root: Path, report: Report) -> Iterator[Found]:
    """Every file below a folder, sorted by folder and name; what can't be looked into is reported.

    Hidden files and the folder's own notes are left out. No link is followed to another folder, nor to a
    file outside of this one: a report is sent on, and must hold nothing that its maker did not put in.
    """
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            report(_name(folder, root), f"folder not read: {error.strerror or error}; check its permissions")
            continue
        names = {entry.name for entry in entries}
        below = []
        for entry in entries:
            path = Path(entry.path)
            if _is_hidden(entry.name):
                continue
            source = _name(path, root)
            if entry.is_symlink() and (leads_out(path, root) or path.is_dir()):
                report(source, "a link to another place; not followed, copy the file itself into the folder")
            elif entry.is_dir(follow_symlinks=False):
                if _belongs_to_page(entry.name, names):
                    report(source, "pictures and scripts of a saved page; not articles, not read")
                else:
                    below.append(path)
            elif not _is_note(entry.name):
                yield Found(path, source)
        waiting += reversed(below)


def _name(path: Path, root: Path) -> str:
    """The path relative to the folder; a name that is no text (old encodings) is made one."""
    return whole(path.relative_to(root).as_posix())


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM


def _is_note(name: str) -> bool:
    path = PurePosixPath(name.lower())
    return path.stem in _NOTES and path.suffix in _NOTE_ENDINGS


def _belongs_to_page(name: str, beside: set[str]) -> bool:
    """Is it the folder of pictures and scripts that a browser saves with a page?"""
    page = name.removesuffix("_files")
    return page != name and any(f"{page}{ending}" in beside for ending in (".html", ".htm"))
