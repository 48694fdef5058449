"""What holds many files: ZIP archives, web archives (WARC), books (EPUB)."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.encoding import decode
from samestory.reading.html import read_html, text_of_html
from samestory.reading.limits import gunzip, member_of, xml_of, zip_of

_MOST_PAGES = 5_000  # of a web archive
_LEAST_PAGE = 200  # bytes; a shorter answer is no page
_LEAST_CHAPTER = 200  # characters; shorter are covers and half-titles
_CONTAINER = "META-INF/container.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


class Member(NamedTuple):
    """A file within another."""

    name: str  # a path within the archive, which leads nowhere out of it
    data: bytes


def members_of_zip(data: bytes, problems: list[Problem], source: str) -> Iterator[Member]:
    """The files of a ZIP archive; nothing is ever written to the disk.

    Raises:
        ValueError: it is damaged, or unpacks to more than can be read.
    """
    archive = zip_of(data)
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        name = info.filename.replace("\\", "/")
        if info.is_dir():
            continue
        if name.startswith(("/", "../")) or ".." in PurePosixPath(name).parts or ":" in name:
            problems.append(Problem(source, f"{name[:100]!r} in it leads out of the folder; not read"))
            continue
        try:
            yield Member(name, member_of(archive, info.filename))
        except ValueError as error:
            problems.append(Problem(f"{source}/{name}", f"not read: {error}"))


def read_warc(data: bytes, source: str) -> FromFile:
    """Read the web pages of a web archive (.warc, .warc.gz), one article each.

    Raises:
        ValueError: it is damaged, or no page is in it.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    reading = FromFile([], [])
    if data[:2] == b"\x1f\x8b":
        data = gunzip(data)
    try:
        for record in ArchiveIterator(BytesIO(data)):
            kind = (record.http_headers and record.http_headers.get_header("Content-Type")) or ""
            if record.rec_type != "response" or "html" not in kind:
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            page = record.content_stream().read()
            if getattr(record.raw_stream, "limit", 0) > 0:  # bytes that were announced and are not there
                raise EOFError(f"{address} is broken off")
            if record.http_headers.get_statuscode() == "200" and len(page) >= _LEAST_PAGE:
                _add_page(reading, page, source, address.strip("<> "))
            if len(reading.drafts) >= _MOST_PAGES:
                reading.problems.append(Problem(source, f"only its first {_MOST_PAGES:,} pages were read"))
                break
    except (ArchiveLoadFailed, EOFError) as error:
        reading.problems.append(Problem(source, f"it is damaged; what follows was not read ({error})"))
    if not reading.drafts and not reading.problems:
        raise ValueError("no web page is in it; save the pages as .html files")
    return reading


def read_epub(data: bytes, source: str) -> FromFile:
    """Read a book (.epub) that a news reader or a library made: each chapter is an article.

    Raises:
        ValueError: it is damaged, or no text is in it.
    """
    archive = zip_of(data)
    package = next(
        (node.get("full-path") for node in xml_of(member_of(archive, _CONTAINER)).iter("{*}rootfile")), None
    )
    if not package:
        raise ValueError("it names no content; it is damaged")
    book = xml_of(member_of(archive, package))
    files = {item.get("id"): item.get("href") for item in book.iter(_OPF + "item")}
    order = [files.get(item.get("idref")) for item in book.iter(_OPF + "itemref")]
    made = {name: book.findtext(f".//{_DC}{name}") for name in ("title", "creator", "publisher", "language")}
    reading = FromFile([], [])
    for number, href in enumerate(filter(None, order), 1):
        name = normpath(str(PurePosixPath(package).parent / unquote(href)))
        try:
            page = decode(member_of(archive, name)).text
        except ValueError as error:
            reading.problems.append(Problem(f"{source}, chapter {number}", f"not read: {error}"))
            continue
        text = text_of_html(page)
        if len(text) >= _LEAST_CHAPTER:
            title = _heading(page) or made["title"]
            draft = Draft(f"{PurePosixPath(source).stem} {number}", f"{source}, chapter {number}", text)
            draft.title, draft.author, draft.language = title, made["creator"], made["language"]
            draft.outlet = made["publisher"] or (made["title"] if title != made["title"] else None)
            reading.drafts.append(draft)
    if not reading.drafts and not reading.problems:
        raise ValueError("no text is in it; copy the article into a .txt file")
    return reading


def _add_page(reading: FromFile, page: bytes, source: str, address: str) -> None:
    place = f"{source}, page {len(reading.drafts) + 1}"
    try:
        found = read_html(page, source)
    except ValueError as error:
        reading.problems.append(Problem(place, f"not read: {error}"))
        return
    for draft in found.drafts:
        draft.source = place
        name = PurePosixPath(urlsplit(address).path).stem
        draft.article_id = name or f"{PurePosixPath(source).stem} {len(reading.drafts) + 1}"
        draft.url = draft.url or address or None
        reading.drafts.append(draft)
    reading.problems.extend(Problem(place, reason) for _, reason in found.problems)


def _heading(page: str) -> str | None:
    """The chapter's first heading."""
    tree = etree.HTML(page.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", no_network=True))
    if tree is None:
        return None
    return next(filter(None, (" ".join(node.itertext()).strip() for node in tree.iter("h1", "h2"))), None)
