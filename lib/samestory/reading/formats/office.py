"""Word, OpenDocument and rich text files to drafts, and spreadsheets to tables of articles."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from samestory.reading.draft import Draft, FromFile
from samestory.reading.limits import LARGEST_TEXT, member_of, xml_of, zip_of
from samestory.reading.tabular import articles_of_sheets
from samestory.reading.text import read_text

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# What stands in a document's text without being text of it: notes and changes that were struck out.
_WORD_APART = {_WORD + name for name in ("del", "moveFrom", "instrText", "delText", "txbxContent")}
_ODF_APART = {_ODF_TEXT + name for name in ("note", "tracked-changes", "sequence-decls")}
_ODF_APART.add(_ODF_OFFICE + "annotation")
_OLD_WORD = b"\xd0\xcf\x11\xe0"  # how its files begin
_MOST_ROWS = 200_000  # of a sheet; some programs store a million empty ones


def read_docx(data: bytes, source: str) -> FromFile:
    """Read a Word document (.docx), a paragraph a line.

    Raises:
        ValueError: it is damaged or locked.
    """
    archive = zip_of(data, parsed=LARGEST_TEXT)
    if "word/document.xml" not in archive.namelist():
        raise ValueError("no Word document; it is damaged, or not what its name says")
    from docx import Document  # slow to load

    document = Document(BytesIO(data))
    lines = [_line(paragraph, _WORD_APART) for paragraph in document.element.body.iter(_WORD + "p")]
    styled = [p.text for p in document.paragraphs[:10] if p.style is not None and p.style.name == "Title"]
    draft = Draft(PurePosixPath(source).stem, source, "\n".join(lines))
    # The title among a document's properties is left alone: it is often a template's or an older article's.
    draft.title = next(filter(None, map(str.strip, styled)), None)
    return FromFile([draft], [])


def read_odt(data: bytes, source: str) -> FromFile:
    """Read an OpenDocument text (.odt), a paragraph a line.

    Raises:
        ValueError: it is damaged or locked.
    """
    body = xml_of(member_of(zip_of(data, parsed=LARGEST_TEXT), "content.xml")).find(f".//{_ODF_OFFICE}text")
    if body is None:
        raise ValueError("no text document; it is damaged, or not what its name says")
    tags = (_ODF_TEXT + "p", _ODF_TEXT + "h")
    apart = {inner for one in body.iter(*_ODF_APART) for inner in one.iter()}
    lines = [_line(node, _ODF_APART) for node in body.iter(*tags) if node not in apart]
    return FromFile([Draft(PurePosixPath(source).stem, source, "\n".join(lines))], [])


def read_rtf(data: bytes, source: str) -> FromFile:
    """Read a rich text file (.rtf), a paragraph a line.

    Raises:
        ValueError: no text is in it.
    """
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip()[:5].startswith(b"{\\rt"):
        raise ValueError("no rich text; it is damaged, or not what its name says")
    text = rtf_to_text(data.decode("latin-1"), errors="replace")
    return FromFile([Draft(PurePosixPath(source).stem, source, text.replace("\x00", ""))], [])


def read_xlsx(data: bytes, source: str) -> FromFile:
    """Read every sheet of an Excel file (.xlsx) that holds articles, one a row.

    Raises:
        ValueError: it is damaged or locked, or no sheet has a column of texts.
    """
    from openpyxl import load_workbook  # slow to load

    archive = zip_of(data)
    if not any(name.startswith("xl/") for name in archive.namelist()):
        raise ValueError("no Excel file; it is damaged, or not what its name says")
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    return articles_of_sheets({sheet.title: _rows(sheet) for sheet in book.worksheets}, source)


def read_old_office(data: bytes, source: str) -> FromFile:
    """Read what press databases and old programs call .doc: often it is a text or a web page.

    Raises:
        ValueError: it is Word's own old kind.
    """
    if data[:4] == _OLD_WORD:
        raise ValueError("an old Word document; save it as .docx")
    return read_text(data, source)


def _line(paragraph: Any, apart: set[str]) -> str:
    """A paragraph's text, on one line but for its own line breaks."""
    pieces: list[str] = []
    waiting = [paragraph]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        if not isinstance(node.tag, str) or (node.tag in apart and node is not paragraph):
            continue
        name = node.tag.rpartition("}")[2]
        if name in ("tab", "br", "cr", "line-break", "s"):
            pieces.append("\n" if name in ("br", "cr", "line-break") else " ")
        waiting += _reversed_content(node, paragraph)
    return "".join(pieces)


def _reversed_content(node: Any, paragraph: Any) -> Iterator[Any]:
    """The node's texts and children from the last to the first."""
    # In Word all text stands in w:t; space between other elements is layout of the file.
    seen = not node.tag.startswith(_WORD) or node.tag == _WORD + "t"
    for child in reversed(node):
        if child.tail and seen:
            yield child.tail
        if not (child.tag == _WORD + "p" and child is not paragraph):
            yield child
    if node.text and seen:
        yield node.text


def _rows(sheet: Any) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number >= _MOST_ROWS:
            return
        yield ["" if cell is None else _cell(cell) for cell in row]


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
