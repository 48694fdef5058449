"""Bytes to text: find a file's encoding, and repair what was decoded wrongly before it came to us.

An encoding is looked for in this order: byte order mark, the encoding that the page declares, strict UTF-8,
Windows-1252 (usual in older English pages), charset-normalizer. The last two are guesses and are reported.
"""

import codecs
import html
import re
from contextlib import suppress
from typing import NamedTuple

from samestory.tables import whole

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""", re.I)
_DECLARED_WITHIN = 2048  # bytes; browsers look no further than 1,024
# Read as every browser does (WHATWG Encoding Standard): the larger of two encodings that share a name.
_READ_AS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "cp1252": "cp1252", "iso8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.01
_FOREIGN_SHARE = 0.15  # of the letters; an English text has far fewer letters beyond ASCII
# UTF-8 read as Windows-1252: "itâ€™s", "cafÃ©". Only then is the (slow) repair asked.
_MOJIBAKE = re.compile("[ÂÃâÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8}[0-9]{0,2});")


class Decoded(NamedTuple):
    """A text, and what had to be guessed or repaired to get it (None when nothing)."""

    text: str
    note: str | None


def decode(data: bytes) -> Decoded:
    """Decode a file.

    Raises:
        ValueError: it is binary, or no encoding fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(name), None)
            except UnicodeDecodeError:
                note = f"its {name} text is damaged; � marks the places"
                return Decoded(data.decode(name, "replace"), note)
    wide = _wide_without_mark(data)
    if wide is not None:
        return wide
    head = data[:65536]
    if len(_BINARY.findall(head)) > _BINARY_SHARE * len(head):
        raise ValueError("it is not text (binary data); save the article as text, UTF-8")
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    names = [declared[1].decode("ascii")] if declared and b"<" in data[:_DECLARED_WITHIN] else []
    if names and _READ_AS.get(_codec(names[0]), "").startswith("cp125"):
        names.insert(0, "utf-8")  # the declaration is often wrong, and a Windows text is no UTF-8 by chance
    for name in [*(_READ_AS.get(_codec(name), name) for name in names), "utf-8"]:
        with suppress(UnicodeDecodeError, LookupError):
            return Decoded(data.decode(name), None)
    return _guess(data)


def mend_encoding(text: str) -> Decoded:
    """Undo wrong decoding, which may have befallen the whole text or one passage of it."""
    text = whole(text)
    if _MOJIBAKE.search(text):
        import ftfy  # slow to load and seldom needed

        fixed = ftfy.fix_encoding(text)
        if fixed != text:
            return Decoded(fixed, "its text had been decoded wrongly (such as â€™ for ’) and was repaired")
    return Decoded(text, None)


def mend(text: str) -> Decoded:
    """Undo wrong decoding and left-over HTML entities; curly quotation marks stay as they are."""
    text, note = mend_encoding(text)
    notes = [note] if note else []
    if _ENTITY.search(text):
        unescaped = whole(html.unescape(text))
        if unescaped != text:
            text = unescaped
            notes.append("HTML codes in it (such as &amp;) were turned into their characters")
    return Decoded(text, "; ".join(notes) or None)


def _codec(name: str) -> str:
    """Python's own name of an encoding, "" where it knows none."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _wide_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: English text then has a zero in every other byte."""
    even, odd = data[:2000:2], data[1:2000:2]
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if len(odd) >= 4 and zeros.count(0) > 0.7 * len(odd) and others.count(0) < 0.05 * len(odd):
            with suppress(UnicodeDecodeError):
                return Decoded(data.decode(name), f"its encoding isn't stated; it was read as {name}")
    return None


def _guess(data: bytes) -> Decoded:
    text = data.decode("cp1252", "replace")
    letters = sum(map(str.isalpha, text))
    foreign = sum(character.isalpha() for character in text if character > "\x7f")
    if "\ufffd" not in text and foreign <= _FOREIGN_SHARE * letters:  # cp1252 itself has no \ufffd
        return Decoded(text, "its encoding isn't stated and not UTF-8; it was read as Windows-1252")
    from charset_normalizer import from_bytes  # slow to load and seldom needed

    best = from_bytes(data).best()
    if best is None:
        raise ValueError("its encoding can't be told; save it as UTF-8")
    return Decoded(str(best), f"its encoding isn't stated; it was guessed to be {best.encoding}")
