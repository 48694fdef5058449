"""ProQuest: every line of an article's fields has a label, and so has its body ("Full text: ...")."""

import re
from itertools import pairwise

from samestory.reading.dates import find_dates
from samestory.reading.formats.press_lines import Article, Line, Marks, byline, span, whole
from samestory.reading.furniture import any_of

_RULE = re.compile(r"_{20,}")
_COUNTED = re.compile(r"Document\s+\d+\s+of\s+\d+", re.I)
_MARK = re.compile(r"ProQuest document ID\s*:?", re.I)
_LABELS = (
    "title", "author", "publication title", "publication date", "publication year", "publication info",
    "full text", "abstract", "links", "subject", "location", "company / organization", "people", "section",
    "publisher", "place of publication", "country of publication", "publication subject", "issn",
    "source type", "language of publication", "document type", "proquest document id", "document url",
    "copyright", "database", "last updated", "identifier / keyword", "pages", "first page", "start page",
    "volume", "issue", "e-issn", "issn-l", "column", "dateline", "credit", "illustration", "number of pages",
    "document feature", "classification", "business indexing term", "publication frequency", "edition",
    "correspondence author", "correction notice", "accession number", "doi", "references", "url",
)  # fmt: skip
_LABEL = re.compile(rf"(?P<label>{any_of(_LABELS)})\s*:\s*(?P<value>.*)", re.I | re.S)

_SHORT = 400  # characters; a part without fields that is shorter is what the database says of itself


def told(lines: list[Line], *, bare: bool) -> Marks | None:
    """How an export is divided, None where it is none."""
    return Marks(first=_RULE) if any(_MARK.match(line.text) for line in lines) else None


def read_article(lines: list[Line]) -> Article | str:
    """The article of some lines; an empty text where they are none, or why it can't be read."""
    texts = [line.text for line in lines]
    labels: dict[str, tuple[int, re.Match]] = {}
    order: list[int] = []
    for number, line in enumerate(lines):
        match = _LABEL.fullmatch(line.raw)
        if match:
            labels.setdefault(" ".join(match["label"].lower().split()), (number, match))
            order.append(number)
    if "proquest document id" not in labels and "document url" not in labels:
        return "" if sum(map(len, texts)) < _SHORT else whole(lines)
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
    above = [text for text in texts[: order[0]] if not _COUNTED.fullmatch(text)]
    title = stated("title") or next(iter(above), None)
    url = stated("document url")
    language = stated("language of publication") or ""
    outlet = (stated("publication title") or "").partition(";")[0]  # its place stands behind
    fields = {
        "title": title, "outlet": outlet, "author": byline(stated("author") or ""),
        "url": url if url and url.startswith("http") else None,
    } | ({"language": "en"} if language.lower().startswith("english") else {})  # fmt: skip
    body = span(lines, start, end, skip=full.start("value"))
    return Article(fields, found[0].when if found else None, body)
