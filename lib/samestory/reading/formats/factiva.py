"""Factiva: an article's fields stand above its body, in lines or behind codes (HD, BY, PD ...)."""

import re
from itertools import takewhile

from samestory.reading.dates import find_dates
from samestory.reading.formats.press_lines import (
    CLOCK,
    COPYRIGHT,
    Article,
    Line,
    Marks,
    byline,
    is_name,
    span,
    whole,
)

_END = re.compile(r"Document\s+[A-Z][A-Z0-9]{1,7}[A-Za-z0-9]{12,28}")
_WORDS = re.compile(r"[\d,]{1,7}\s+words", re.I)
_CODE = re.compile(
    r"(?P<code>SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|CT|RF|CLM)"
    r"(?:[\s|]+(?P<value>[^\s|].*?))?[\s|]*"  # rich text has a table of fields, whose cells end with a bar
)
_SIZE = re.compile(r"(?:WC\b[\s|]*)?(?:[\d,]{1,7}\s+words)?[\s|]*", re.I)
_COVER = re.compile(r"(?:search summary|©\s*\d{4}\s+factiva|factiva$)", re.I)


def told(lines: list[Line], *, bare: bool) -> Marks | None:
    """How an export is divided, None where it is none."""
    texts = [line.text for line in lines]
    is_export = any(map(_END.fullmatch, texts)) and any(map(_SIZE.fullmatch, texts))
    return Marks(last=_END) if is_export else None


def read_article(lines: list[Line]) -> Article | str:
    """The article of some lines; an empty text where they are none, or why it can't be read."""
    texts = [line.text for line in lines]
    if not _END.fullmatch(texts[-1]):
        return "" if any(map(_COVER.match, texts)) else whole(lines)
    coded = _coded(lines)
    if coded:
        return coded
    words = next((n for n, text in enumerate(texts) if _WORDS.fullmatch(text)), None)
    if words is None:
        return whole(lines)
    above = texts[:words]
    by = next((text for text in above if text.lower().startswith("by ")), None)
    titles = [text for text in above if text != by]
    if by is None and len(titles) > 1 and is_name(titles[-1]) and len(titles[-1]) < len(titles[-2]):
        by = titles.pop()
    published, body = None, words + 1
    outlet = None
    for index in range(words + 1, min(words + 12, len(texts) - 1)):
        text = texts[index]
        found = find_dates(text)
        if published is None and found and len(text) < 40:
            published = found[0].when
        elif published is not None and re.fullmatch(CLOCK, text):
            hour, minute = map(int, re.findall(r"\d+", text)[:2])
            published = published.replace(hour=hour % 24, minute=minute % 60)
        elif published is not None and outlet is None:
            outlet = text
        body = index + 1
        if COPYRIGHT.match(text):
            break
    else:
        body = _after_language(texts, words)
    fields = {"title": titles[-1] if titles else None, "outlet": outlet, "author": byline(by or "")}
    return Article(fields, published, span(lines, body, len(texts) - 1))


def _after_language(texts: list[str], words: int) -> int:
    """The first line below an article's fields where no copyright line closes them."""
    short = takewhile(lambda n: len(texts[n].split()) <= 8, range(words + 1, len(texts) - 1))
    return max(short, default=words) + 1


def _coded(lines: list[Line]) -> Article | str | None:
    """An article whose fields have Factiva's codes (HD, BY, PD ...); None where it has none."""
    values: dict[str, list[Line]] = {}
    code = None
    for line in lines:
        match = _CODE.fullmatch(line.raw)
        if match and (match["value"] is None or match["code"] not in values):
            code = match["code"]
            values.setdefault(code, [])
            if match["value"]:
                begin, end = line.start + match.start("value"), line.start + match.end("value")
                values[code].append(Line(begin, end, " ".join(match["value"].split()), match["value"]))
        elif code:
            values[code].append(line)
    if not {"HD", "PD"} <= values.keys() or not {"LP", "TD"} & values.keys():
        return None

    def stated(name: str) -> str | None:
        return " ".join(line.text for line in values.get(name, [])) or None

    body = [(held[0].start, held[-1].end) for name in ("LP", "TD") if (held := values.get(name))]
    if not body:
        return "no text of it in the export; not read"
    found = find_dates(stated("PD") or "")
    clock = re.match(r"(\d{1,2}):(\d{2})", stated("ET") or "")
    published = found[0].when if found else None
    if published and clock:
        published = published.replace(hour=int(clock[1]) % 24, minute=int(clock[2]) % 60)
    fields = {"title": stated("HD"), "outlet": stated("SN"), "author": byline(stated("BY") or "")}
    return Article(fields, published, sorted(body))
