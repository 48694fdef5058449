"""Exports of press databases to drafts: Nexis, Factiva, ProQuest and Europresse, in whatever file they come.

Such a file holds many articles, each with its fields. Every database leaves marks of its own that no article
has: "Load-Date:" and "End of Document" (Nexis), "Document HRLD0000…" (Factiva), "ProQuest document ID:",
"news·20250703·HR·0012" (Europresse). Whatever the file (text, Word, rich text, web page, PDF), it is told
and split by its lines.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise, takewhile
from pathlib import PurePosixPath
from typing import NamedTuple

from samestory.reading.dates import find_dates
from samestory.reading.draft import Block, Draft, FromFile, Problem, split_blocks
from samestory.reading.furniture import any_of

_LINE = re.compile(r"[^\s](?:[^\n\r]*[^\s])?")
_CUT = "fields of the press database"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_CLOCK = r"\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s*(?:GMT|BST|UTC|[ECMP][SD]?T))?"

# Nexis
_OF_DOCUMENTS = re.compile(r"\d{1,5}\s+of\s+\d{1,5}\s+DOCUMENTS?", re.I)
_END_OF_DOCUMENT = re.compile(r"End of Document", re.I)
_NEXIS_LABELS = (
    "byline", "section", "length", "dateline", "highlight", "headline", "series", "distribution", "type",
    "body",
)  # fmt: skip
# Below the body: fields that no paragraph opens with, and others that one may open with ("Correction: ...").
_NEXIS_SURE = (
    "load-date", "language", "publication-type", "journal-code", "correction-date", "document-type", "acc-no",
    "pub-type",
)  # fmt: skip
_NEXIS_TAIL = ("graphic", "correction", "notes", "classification", "link to image", "subject", "company")
_TAIL_WITHIN = 8  # lines above the first sure field
_NEXIS_LENGTH = re.compile(r"length\s*:\s*[\d,.]+\s+words?", re.I)
_NEXIS_DATE = re.compile(
    rf"(?P<date>[A-Z][a-z]+\.?\s+\d{{1,2}},\s+\d{{4}}|\d{{1,2}}\s+[A-Z][a-z]+\s+\d{{4}})(?:,?\s+{_WEEKDAY})?"
    rf"(?:\s+(?P<clock>{_CLOCK}))?",
    re.I,
)
_WEEKDAY_BEHIND = re.compile(rf"\d{{4}},?\s+{_WEEKDAY}\b", re.I)
_NEXIS_MARK = re.compile(r"(?:load-date\s*:|end of document$|correction-date\s*:)", re.I)
_COVER = ("download request", "time of request", "job number", "date and time", "user name", "documents (")
_COPYRIGHT = re.compile(r"(?:copyright\b|©|\(c\)).{0,20}\d{4}", re.I)

# Factiva
_FACTIVA_END = re.compile(r"Document\s+[A-Z][A-Z0-9]{1,7}[A-Za-z0-9]{12,28}")
_FACTIVA_WORDS = re.compile(r"[\d,]{1,7}\s+words", re.I)
_FACTIVA_CODE = re.compile(
    r"(?P<code>SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|CT|RF|CLM)"
    r"(?:[\s|]+(?P<value>[^\s|].*?))?[\s|]*"  # rich text has a table of fields, whose cells end with a bar
)
_FACTIVA_SIZE = re.compile(r"(?:WC\b[\s|]*)?(?:[\d,]{1,7}\s+words)?[\s|]*", re.I)
_FACTIVA_COVER = re.compile(r"(?:search summary|©\s*\d{4}\s+factiva|factiva$)", re.I)

# ProQuest
_RULE = re.compile(r"[_=*-]{20,}")
_PROQUEST_MARK = re.compile(r"ProQuest document ID\s*:?", re.I)
_PROQUEST_LABELS = (
    "title", "author", "publication title", "publication date", "publication year", "publication info",
    "full text", "abstract", "links", "subject", "location", "company / organization", "people", "section",
    "publisher", "place of publication", "country of publication", "publication subject", "issn",
    "source type", "language of publication", "document type", "proquest document id", "document url",
    "copyright", "database", "last updated", "identifier / keyword", "pages", "first page", "start page",
    "volume", "issue", "e-issn", "issn-l", "column", "dateline", "credit", "illustration", "number of pages",
    "document feature", "classification", "business indexing term", "publication frequency", "edition",
    "correspondence author", "correction notice", "accession number", "doi", "references", "url",
)  # fmt: skip
_PROQUEST_LABEL = re.compile(rf"(?P<label>{any_of(_PROQUEST_LABELS)})\s*:\s*(?P<value>.*)", re.I | re.S)

# Europresse
_EUROPRESSE_END = re.compile(r"(?:news|web)[·⸱•∙.](?P<day>\d{8})[·⸱•∙.][\w]{1,12}[·⸱•∙.][\w×-]+", re.I)
_EUROPRESSE_WORDS = re.compile(r"\b[\d\s,.]{1,7}\s(?:mots|words)\b", re.I)


_NO_ARTICLE = "no article was recognised"  # what is said of a web page that holds many


class _Line(NamedTuple):
    """A line that is not empty, without the space around it."""

    start: int
    end: int
    text: str  # with single spaces
    raw: str


class _Article(NamedTuple):
    """An article of an export: what its fields state, and where its body lies in the file's text."""

    fields: Mapping[str, str | None]
    published: datetime | None
    body: list[tuple[int, int]]  # from character to character


class _Database(NamedTuple):
    name: str
    first: re.Pattern | None  # the line that opens an article
    last: re.Pattern | None  # the line that closes one


def split_export(reading: FromFile, source: str) -> FromFile:
    """The articles of a press database's export, where a file that was read as one text is one."""
    if len(reading.drafts) != 1:
        return reading
    raw = reading.drafts[0].raw
    lines = [_Line(*line.span(), " ".join(line[0].split()), line[0]) for line in _LINE.finditer(raw)]
    database = _told(lines, bare=reading.drafts[0].body is None)
    if database is None:
        return reading
    found = FromFile([], [problem for problem in reading.problems if _NO_ARTICLE not in problem.reason])
    parts = list(_parts(lines, database))
    for part in parts:
        article = _READERS[database.name](part)
        number = len(found.drafts) + 1
        place = f"{source}, article {number}" if len(parts) > 1 else source
        if isinstance(article, str):
            if article:
                found.problems.append(Problem(place, article))
            continue
        found.drafts.append(_draft(raw, part, article, place, number if len(parts) > 1 else None))
    recognised = found.drafts and any(draft.title or draft.published for draft in found.drafts)
    # Where only the articles without a text were recognised, it is still no article.
    return found if recognised or (found.problems and not found.drafts) else reading


def _told(lines: list[_Line], *, bare: bool) -> _Database | None:
    """The database whose marks a text bears; a `bare` text is not from a page, which has lines of its own."""
    texts = [line.text for line in lines]
    if any(map(_FACTIVA_END.fullmatch, texts)) and any(map(_FACTIVA_SIZE.fullmatch, texts)):
        return _Database("Factiva", None, _FACTIVA_END)
    if any(map(_PROQUEST_MARK.match, texts)):
        return _Database("ProQuest", _RULE, None)
    if any(map(_EUROPRESSE_END.fullmatch, texts)):
        return _Database("Europresse", None, _EUROPRESSE_END)
    marks = sum(bool(_NEXIS_MARK.match(text)) for text in texts)
    lengths = sum(bool(_NEXIS_LENGTH.fullmatch(text)) for text in texts)
    numbered = any(map(_OF_DOCUMENTS.fullmatch, texts))
    if numbered and (marks or lengths):
        return _Database("Nexis", _OF_DOCUMENTS, None)
    dated = any(_nexis_date(text) for text in texts[:60])
    if (dated and (marks or lengths)) or (marks and lengths):
        return _Database("Nexis", None, _END_OF_DOCUMENT)
    # No field at all, but a date as only Nexis writes it, in the third line: headline, outlet, date.
    if bare and len(texts) > 3 and _NEXIS_DATE.fullmatch(texts[2]) and _WEEKDAY_BEHIND.search(texts[2]):
        return _Database("Nexis", None, _END_OF_DOCUMENT)
    return None


def _parts(lines: list[_Line], database: _Database) -> Iterator[list[_Line]]:
    """The lines of each article."""
    held: list[_Line] = []
    for line in lines:
        if database.first and database.first.fullmatch(line.text):
            if held:
                yield held
            held = []
            continue
        held.append(line)
        if database.last and database.last.fullmatch(line.text):
            yield held
            held = []
    if held:
        yield held


def _draft(raw: str, lines: list[_Line], article: _Article, place: str, number: int | None) -> Draft:
    """The draft of an article, whose raw text is its part of the file."""
    start, end = lines[0].start, lines[-1].end
    own = raw[start:end]
    spans = [(a - start, b - start) for a, b in article.body]
    stem = PurePosixPath(place.rpartition(", article ")[0] or place).stem
    draft = Draft(stem if number is None else f"{stem} {number}", place, own)
    for name, value in article.fields.items():
        setattr(draft, name, value or None)
    draft.published = article.published
    blocks = ((opens, block) for opens, ends in spans for block in split_blocks(own[opens:ends]))
    draft.body = [Block(opens + block.start, opens + block.end) for opens, block in blocks]
    edges = [0, *(edge for span in spans for edge in span), len(own)]
    draft.removed = [(*gap, _CUT) for gap in list(pairwise(edges))[::2] if own[slice(*gap)].strip()]
    return draft


def _nexis(lines: list[_Line]) -> _Article | str:
    texts = [line.text for line in lines]
    at = next((n for n, text in enumerate(texts) if _nexis_date(text)), None)
    length = next((n for n, text in enumerate(texts) if _NEXIS_LENGTH.fullmatch(text)), None)
    if at is None and length is None:
        return "" if _is_cover(texts) else _whole(lines)
    labels = {name: text for text in texts if (name := _label(text, _NEXIS_LABELS))}
    head = [n for n, text in enumerate(texts[: (length or at or 0) + 12]) if _label(text, _NEXIS_LABELS)]
    body = next((n + 1 for n, text in enumerate(texts) if text.lower() == "body"), None)
    if body is None:
        body = _after_head(texts, head, at)
    end = _nexis_end(texts, body)
    first_field = min([*head, body])
    title, outlet = _nexis_names(lines, at, first_field, old=_is_old(labels))
    by = labels.get("byline", "").partition(":")[2].strip()
    published = _nexis_date(texts[at]) if at is not None else None
    fields = {"title": title, "outlet": outlet, "author": _byline(by)}
    language = next((text for text in texts[end:] if text.lower().startswith("language:")), "")
    if "english" in language.lower():
        fields["language"] = "en"
    return _Article(fields, published, _span(lines, body, end))


def _after_head(texts: list[str], head: list[int], at: int | None) -> int:
    """The first line below the fields at the top."""
    last = -1 if at is None else at
    for index in head:
        # A field stands near the one before; "Section: ..." in mid-article is not one.
        if index <= last + 8 or last < 0:
            last = max(last, index)
    return last + 1


def _nexis_names(
    lines: list[_Line], at: int | None, field: int, *, old: bool
) -> tuple[str | None, str | None]:
    """Headline and outlet: above the date in new exports, around it in old ones."""
    if at is None:
        return None, None
    above = [line for line in lines[:at] if line.text.lower() != "correction appended"]
    outlet = above[-1].text if above else None
    below = lines[at + 1 : field]
    if old and below:
        groups: list[list[_Line]] = []
        for line in below:
            broken = groups and line.start - groups[-1][-1].end < 2
            groups[-1].append(line) if broken else groups.append([line])
        titles = [" ".join(line.text for line in group) for group in groups]
        titles = [text for text in titles if not re.search(r"\bedition\b", text, re.I)] or titles
        return titles[-1], outlet
    title = above[-2].text if len(above) > 1 else None
    return title, outlet


def _is_old(labels: Mapping[str, str]) -> bool:
    """Old exports write their fields in capitals."""
    return any(text.partition(":")[0].isupper() for text in labels.values())


def _nexis_date(text: str) -> datetime | None:
    match = _NEXIS_DATE.fullmatch(text)
    if match is None:
        match = re.fullmatch(rf"{_WEEKDAY},?\s+(?P<date>[^,]+,?\s\d{{4}})(?P<clock>)", text, re.I)
    if match is None:
        return None
    found = find_dates(" ".join(filter(None, (match["date"], match["clock"]))))
    return found[0].when if found else None


def _nexis_end(texts: list[str], body: int) -> int:
    """The first line below the body."""
    sure = next((n for n in range(body, len(texts)) if _is_sure_end(texts[n])), len(texts))
    for index in range(max(body, sure - _TAIL_WITHIN), sure):
        name, colon, _ = texts[index].partition(":")
        if name.strip().lower() in _NEXIS_TAIL and (name.isupper() if colon else sure < len(texts)):
            return index
    return sure


def _is_sure_end(text: str) -> bool:
    known = _END_OF_DOCUMENT.fullmatch(text) or _COPYRIGHT.match(text) or _label(text, _NEXIS_SURE)
    return bool(known)


def _is_cover(texts: list[str]) -> bool:
    """Is it what a database writes about the search, and no article?"""
    return any(text.lower().startswith(_COVER) for text in texts) or sum(map(len, texts)) < 200


def _factiva(lines: list[_Line]) -> _Article | str:
    texts = [line.text for line in lines]
    if not _FACTIVA_END.fullmatch(texts[-1]):
        return "" if any(map(_FACTIVA_COVER.match, texts)) else _whole(lines)
    coded = _coded(lines)
    if coded:
        return coded
    words = next((n for n, text in enumerate(texts) if _FACTIVA_WORDS.fullmatch(text)), None)
    if words is None:
        return _whole(lines)
    above = texts[:words]
    by = next((text for text in above if text.lower().startswith("by ")), None)
    titles = [text for text in above if text != by]
    if by is None and len(titles) > 1 and _is_name(titles[-1]) and len(titles[-1]) < len(titles[-2]):
        by = titles.pop()
    published, body = None, words + 1
    outlet = None
    for index in range(words + 1, min(words + 12, len(texts) - 1)):
        text = texts[index]
        found = find_dates(text)
        if published is None and found and len(text) < 40:
            published = found[0].when
        elif published is not None and re.fullmatch(_CLOCK, text):
            hour, minute = map(int, re.findall(r"\d+", text)[:2])
            published = published.replace(hour=hour % 24, minute=minute % 60)
        elif published is not None and outlet is None:
            outlet = text
        body = index + 1
        if _COPYRIGHT.match(text):
            break
    else:
        body = _after_language(texts, words)
    fields = {"title": titles[-1] if titles else None, "outlet": outlet, "author": _byline(by or "")}
    return _Article(fields, published, _span(lines, body, len(texts) - 1))


def _after_language(texts: list[str], words: int) -> int:
    """The first line below an article's fields where no copyright line closes them."""
    short = takewhile(lambda n: len(texts[n].split()) <= 8, range(words + 1, len(texts) - 1))
    return max(short, default=words) + 1


def _coded(lines: list[_Line]) -> _Article | str | None:
    """An article whose fields have Factiva's codes (HD, BY, PD ...); None where it has none."""
    values: dict[str, list[_Line]] = {}
    code = None
    for line in lines:
        match = _FACTIVA_CODE.fullmatch(line.raw)
        if match and (match["value"] is None or match["code"] not in values):
            code = match["code"]
            values.setdefault(code, [])
            if match["value"]:
                begin, end = line.start + match.start("value"), line.start + match.end("value")
                values[code].append(_Line(begin, end, " ".join(match["value"].split()), match["value"]))
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
    fields = {"title": stated("HD"), "outlet": stated("SN"), "author": _byline(stated("BY") or "")}
    return _Article(fields, published, sorted(body))


def _proquest(lines: list[_Line]) -> _Article | str:
    texts = [line.text for line in lines]
    labels: dict[str, tuple[int, re.Match]] = {}
    order: list[int] = []
    for number, line in enumerate(lines):
        match = _PROQUEST_LABEL.fullmatch(line.raw)
        if match:
            labels.setdefault(" ".join(match["label"].lower().split()), (number, match))
            order.append(number)
    if "proquest document id" not in labels and "document url" not in labels:
        return "" if sum(map(len, texts)) < 400 else _whole(lines)
    if "full text" not in labels:
        return "the export holds no full text of it, only a summary; export it with its full text"

    def stated(name: str) -> str | None:
        number, match = labels.get(name, (len(texts), None))
        below = texts[number + 1] if number + 1 < len(texts) and number + 1 not in order else None
        return " ".join(match["value"].split()) or below if match else None

    start, full = labels["full text"]
    later = [n for n in order if n > start]
    # A label within the story ("Location: ...") has text of the story below it; the fields have labels.
    end = next((a for a, b in pairwise([*later, len(texts)]) if b - a <= 2), len(texts))
    found = find_dates(stated("publication date") or "")
    title = stated("title") or (texts[0] if 0 not in order else None)
    url = stated("document url")
    language = stated("language of publication") or ""
    outlet = (stated("publication title") or "").partition(";")[0]  # its place stands behind
    fields = {
        "title": title, "outlet": outlet, "author": _byline(stated("author") or ""),
        "url": url if url and url.startswith("http") else None,
    } | ({"language": "en"} if language.lower().startswith("english") else {})  # fmt: skip
    body = _span(lines, start, end, skip=full.start("value"))
    return _Article(fields, found[0].when if found else None, body)


def _europresse(lines: list[_Line]) -> _Article | str:
    texts = [line.text for line in lines]
    mark = _EUROPRESSE_END.fullmatch(texts[-1])
    if mark is None:
        return "" if sum(map(len, texts)) < 400 else _whole(lines)
    published = datetime.strptime(mark["day"], "%Y%m%d") if _is_day(mark["day"]) else None
    head = next((n for n, text in enumerate(texts[:12]) if _EUROPRESSE_WORDS.search(text)), None)
    head = 1 if head is None else head
    end = next((n for n in range(head + 2, len(texts)) if _COPYRIGHT.match(texts[n])), len(texts) - 1)
    body = min(head + 2, end)
    by = texts[body] if body < end and _is_name(texts[body]) else None
    fields = {
        "title": texts[head + 1] if head + 1 < len(texts) else None,
        "outlet": texts[head - 1].split(" (site web)")[0] if head else None,
        "author": _byline(by or ""),
    }
    return _Article(fields, published, _span(lines, body + bool(by), end))


def _whole(lines: list[_Line]) -> _Article:
    """A part without the fields of its database: it is kept whole."""
    return _Article({}, None, _span(lines, 0, len(lines)))


def _span(lines: list[_Line], first: int, last: int, *, skip: int = 0) -> list[tuple[int, int]]:
    """Where the lines from the first to before the last lie, without so many characters of the first."""
    if first >= last:
        return []
    return [(lines[first].start + skip, lines[last - 1].end)]


def _label(text: str, labels: tuple[str, ...]) -> str | None:
    name = text.partition(":")[0].strip().lower()
    return name if ":" in text and name in labels else None


def _byline(text: str) -> str | None:
    return re.sub(r"^(?:by|par)\s+", "", text.strip(), flags=re.I).rstrip(";,. ") or None


def _is_name(text: str) -> bool:
    """Could it be a byline without "By": two to six words, each with a capital?"""
    words = re.sub(r"[;,]|\band\b", " ", text).split()
    capitals = all(word[:1].isupper() for word in words)
    return 2 <= len(words) <= 6 and capitals and not text.endswith((".", "!", "?"))


def _is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y%m%d")
    except ValueError:
        return False
    return True


_READERS = {"Nexis": _nexis, "Factiva": _factiva, "ProQuest": _proquest, "Europresse": _europresse}
