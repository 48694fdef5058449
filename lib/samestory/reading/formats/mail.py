"""Mails (.eml) and web pages saved as one file (.mhtml, .webarchive) to drafts."""

import plistlib
from contextlib import suppress
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any
from xml.parsers.expat import ExpatError

from samestory.reading.draft import Draft, FromFile, Problem
from samestory.reading.encoding import decode, mend
from samestory.reading.html import read_html, text_of_html

_MOST_PARTS = 2_000
_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(data: bytes, source: str) -> FromFile:
    """Read the page that a browser saved as a single file.

    Raises:
        ValueError: no page is in it.
    """
    message = message_from_bytes(data)
    pages = [part for part in _parts(message) if part.get_content_type() in _PAGES]
    if not pages:
        raise ValueError("no web page is in it; save the page again as 'Web page, HTML only'")
    reading = read_html(_with_charset(pages[0]), source)
    address = message.get("Snapshot-Content-Location") or pages[0].get("Content-Location")
    _give_address(reading, address)
    return reading


def read_webarchive(data: bytes, source: str) -> FromFile:
    """Read the page that Safari saved.

    Raises:
        ValueError: it is damaged, or no page is in it.
    """
    try:
        main = plistlib.loads(data)["WebMainResource"]
        page, address = main["WebResourceData"], main.get("WebResourceURL")
    except (plistlib.InvalidFileException, ExpatError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("no web page is in it; save the page as page source (.html)") from error
    if not isinstance(page, bytes):
        raise ValueError("no web page is in it; save the page as page source (.html)")
    name = main.get("WebResourceTextEncodingName")
    reading = read_html(_as_utf8(page, name if isinstance(name, str) else None), source)
    _give_address(reading, address)
    return reading


def read_mail(data: bytes, source: str) -> FromFile:
    """Read a mail, such as a newsletter or an article that was sent on: its text, subject, sender and date.

    Raises:
        ValueError: no text is in it.
    """
    message = message_from_bytes(data)
    if not message.keys() or not (message.get("From") or message.get("Subject")):
        raise ValueError("no mail; it is damaged, or not what its name says")
    problems = []
    plain = _first(message, "text/plain")
    html = _first(message, "text/html")
    if plain is not None and decode(_payload(plain)).text.strip():
        mended = mend(_text(plain))
        raw = mended.text
    elif html is not None:
        raw = text_of_html(_text(html))
    else:
        raise ValueError("no text is in the mail; save its article as text")
    draft = Draft(PurePosixPath(source).stem, source, raw)
    draft.title = _header(message, "Subject")
    draft.published = _date(message)
    sender = _header(message, "From")
    if sender:
        draft.author = parseaddr(sender)[0] or sender
    attached = [name for part in _parts(message) if (name := part.get_filename())]
    if attached:
        names = ", ".join(attached[:3]) + (" …" if len(attached) > 3 else "")
        problems.append(Problem(source, f"what is attached to the mail was not read: {names}; save it here"))
    return FromFile([draft], problems)


def _parts(message: Message) -> list[Any]:
    """Every part that holds no others; iterative, as hostile mails nest deeply."""
    waiting: list[Any] = [message]
    parts: list[Any] = []
    while waiting and len(parts) < _MOST_PARTS:
        part = waiting.pop()
        if part.is_multipart():
            waiting += reversed(part.get_payload())
        else:
            parts.append(part)
    return parts


def _first(message: Message, kind: str) -> Any | None:
    parts = (p for p in _parts(message) if p.get_content_type() == kind and not p.get_filename())
    return next(parts, None)


def _payload(part: Any) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: Any) -> str:
    return _with_charset(part).decode("utf-8-sig", "replace")


def _with_charset(part: Any) -> bytes:
    return _as_utf8(_payload(part), part.get_content_charset())


def _as_utf8(data: bytes, name: str | None) -> bytes:
    """The bytes in UTF-8 with a mark: what is stated outside of the page goes before what is stated in it."""
    try:
        return data.decode(name or "utf-8").encode("utf-8-sig")
    except (LookupError, ValueError):
        return data


def _give_address(reading: FromFile, address: object) -> None:
    for draft in reading.drafts:
        if draft.url is None and isinstance(address, str) and address.startswith(("http://", "https://")):
            draft.url = address.strip()


def _header(message: Message, name: str) -> str | None:
    value = str(message.get(name) or "")
    with suppress(ValueError, LookupError):  # an unknown or a wrong encoding of the header
        value = str(make_header(decode_header(value)))
    return " ".join(value.split()) or None


def _date(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message.get("Date"))).replace(tzinfo=None)
    except (ValueError, TypeError, OverflowError):
        return None
