"""One file of any kind to drafts: its kind is told, its reader is asked, and what is packed in it is read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath
from time import monotonic

from samestory.reading.draft import FromFile, Problem
from samestory.reading.formats.feeds import read_xml
from samestory.reading.formats.mail import read_mail, read_mhtml, read_webarchive
from samestory.reading.formats.markdown import read_markdown
from samestory.reading.formats.office import read_docx, read_odt, read_old_office, read_rtf, read_xlsx
from samestory.reading.formats.packed import members_of_zip, read_epub, read_warc
from samestory.reading.formats.parquet import read_parquet
from samestory.reading.formats.pdf import read_pdf
from samestory.reading.formats.press_databases import split_export
from samestory.reading.guard import guarded, read_guarded
from samestory.reading.html import read_html
from samestory.reading.limits import LARGEST, LARGEST_TEXT, gunzip, zip_of
from samestory.reading.tabular import read_table
from samestory.reading.text import read_text

Reader = Callable[[bytes, str], FromFile]

READERS: dict[str, Reader] = {
    **dict.fromkeys((".txt", ".text"), read_text),
    **dict.fromkeys((".md", ".markdown"), read_markdown),
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    **dict.fromkeys((".csv", ".tsv", ".json", ".jsonl", ".ndjson"), read_table),
    **dict.fromkeys((".mhtml", ".mht"), read_mhtml),
    **dict.fromkeys((".xml", ".rss", ".atom", ".nitf"), read_xml),
    ".docx": read_docx, ".odt": read_odt, ".rtf": read_rtf, ".doc": read_old_office, ".xlsx": read_xlsx,
    ".pdf": read_pdf, ".eml": read_mail, ".webarchive": read_webarchive, ".epub": read_epub,
    ".warc": read_warc, ".parquet": read_parquet,
}  # fmt: skip
ADVICE = {
    **dict.fromkeys((".xls", ".ods", ".numbers"), "save the sheet as .xlsx or CSV (UTF-8)"),
    **dict.fromkeys((".pages", ".wpd", ".wps"), "save it as .docx or plain text (UTF-8)"),
    **dict.fromkeys((".msg", ".mbox", ".pst"), "save each mail as .eml"),
    **dict.fromkeys((".rar", ".7z", ".tar", ".tgz", ".bz2", ".xz"), "unpack it into the folder"),
    **dict.fromkeys((".mobi", ".azw", ".azw3"), "save it as .epub"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".heic", ".bmp", ".svg"),
                    "a picture; copy the article's text into a .txt file"),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".mp4", ".mov", ".avi", ".webm", ".ogg"),
                    "sound or film; put what is said into a .txt file"),
    ".url": "a link; open it and save the page (Ctrl+S) into the folder",
    ".webloc": "a link; open it and save the page (Cmd+S) into the folder",
}  # fmt: skip
_ONE_TEXT = (read_text, read_html, read_docx, read_odt, read_rtf, read_old_office, read_pdf, read_mhtml)
_LARGE = (read_table, read_xlsx, read_warc, read_parquet, read_pdf, read_docx, read_odt, read_epub)
# How a kind of file begins, whatever its name says: a press database calls rich text .doc, a mail program
# adds .txt to everything.
_BEGINNINGS = {
    b"%PDF-": read_pdf, b"{\\rtf": read_rtf, b"PAR1": read_parquet, b"WARC/1.": read_warc,
    b"bplist00": read_webarchive,
}  # fmt: skip
_ZIPPED = {"word/document.xml": read_docx, "xl/workbook.xml": read_xlsx, "META-INF/container.xml": read_epub}
_DEEPEST = 3  # archives in archives
_SECONDS = 600.0  # for all that is packed in one file


def read_file(data: bytes, source: str, *, named: bool = False) -> FromFile:
    """Read one file; whatever is wrong with it is in its problems.

    Args:
        source: its name relative to the folder.
        named: the user named the file itself, so that a text of any ending is one.
    """
    return _read(data, source, named, _Packing())


@dataclass
class _Packing:
    """How much may still be unpacked from one file of the folder: archives may hold archives without end."""

    depth: int = 0  # archives that one is in now
    left: int = LARGEST  # bytes
    until: float = field(default_factory=lambda: monotonic() + _SECONDS)

    def refusal(self, size: int) -> str | None:
        """Why so much is not unpacked; otherwise it counts as unpacked."""
        self.left -= size
        if self.depth >= _DEEPEST:
            return "archives in archives; unpack them into the folder"
        if self.left < 0:
            return f"it unpacks to more than {LARGEST >> 20} MB; unpack it into the folder"
        return "its archive took too long to read; unpack it" if monotonic() > self.until else None


def _read(data: bytes, source: str, named: bool, packing: _Packing) -> FromFile:
    ending = _ending(source)
    if not data.strip():
        return FromFile([], [Problem(source, "not read: it is empty")])
    if ending == ".zip":
        return _read_archive(data, source, packing)
    if ending == ".gz" and not _is_warc(source):
        return _read_gzip(data, source, named, packing)
    reader = _reader(data, source, ending, named)
    if reader is None:
        advice = ADVICE.get(ending, f"articles are read from {', '.join(READERS)} and .zip files")
        return FromFile([], [Problem(source, f"not read, as it is a {ending or 'nameless'} file; {advice}")])
    if len(data) > LARGEST_TEXT and reader not in _LARGE:
        return FromFile([], [Problem(source, f"not read: larger than {LARGEST_TEXT >> 20} MB; split it")])
    reading = read_guarded(lambda: _split(reader, data, source), source, len(data))
    if not reading.drafts and not reading.problems:
        return FromFile([], [Problem(source, "not read: no article is in it")])
    digest = sha256(data).hexdigest()
    for draft in reading.drafts:
        draft.raw_sha256 = draft.raw_sha256 or digest
    return reading


def _split(reader: Reader, data: bytes, source: str) -> FromFile:
    reading = reader(data, source)
    return split_export(reading, source) if reader in _ONE_TEXT else reading


def _reader(data: bytes, source: str, ending: str, named: bool) -> Reader | None:
    """The reader of a file: by how it begins, else by its name's ending."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    begun = next((reader for mark, reader in _BEGINNINGS.items() if start.startswith(mark)), None)
    if begun is not None:
        return begun
    if data[:4] == b"PK\x03\x04":
        names, _ = guarded(lambda: zip_of(data).namelist(), len(data))
        inside = next((reader for name, reader in _ZIPPED.items() if name in (names or ())), None)
        if inside is not None:
            return inside
    if _is_warc(source):
        return read_warc
    if ending in READERS:
        return READERS[ending]
    return read_text if named and ending not in ADVICE else None


def _is_warc(source: str) -> bool:
    return source.lower().endswith((".warc", ".warc.gz"))


def _ending(source: str) -> str:
    return PurePosixPath(source).suffix.lower()


def _read_archive(data: bytes, source: str, packing: _Packing) -> FromFile:
    """Every file of a ZIP archive."""
    found = FromFile([], [])
    members, problem = guarded(lambda: list(members_of_zip(data, found.problems, source)), len(data))
    problem = problem or packing.refusal(sum(len(member.data) for member in members or ()))
    if members is None or problem:
        return FromFile([], [*found.problems, Problem(source, f"not read: {problem}")])
    packing.depth += 1
    for number, member in enumerate(members):
        late = packing.refusal(0)
        if late:
            rest = f"{len(members) - number} files in it"
            found.problems.append(Problem(source, f"{rest} not read: {late}"))
            break
        if not _is_passed_over(member.name):
            inner = _read(member.data, f"{source}/{member.name}", False, packing)
            found.drafts.extend(inner.drafts)
            found.problems.extend(inner.problems)
    packing.depth -= 1
    return found


def _read_gzip(data: bytes, source: str, named: bool, packing: _Packing) -> FromFile:
    """The one file in a .gz, which is named like it but for the ending."""
    unpacked, problem = guarded(lambda: gunzip(data), len(data))
    problem = problem or packing.refusal(len(unpacked or b""))
    if unpacked is None or problem:
        return FromFile([], [Problem(source, f"not read: {problem}")])
    name = source[: -len(".gz")]
    packing.depth += 1
    inner = _read(unpacked, name, named, packing)
    packing.depth -= 1
    for draft in inner.drafts:
        draft.source = source + draft.source[len(name) :]
    return FromFile(inner.drafts, [Problem(source + file[len(name) :], why) for file, why in inner.problems])


def _is_passed_over(name: str) -> bool:
    """Is a file of an archive hidden or made by a system, such as a Mac's?"""
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "~$")) or part.lower() == "__macosx" for part in parts)
