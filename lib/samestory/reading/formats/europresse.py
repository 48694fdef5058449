"""Europresse: outlet, date line, headline and author stand above the body, a mark of the article below it."""

import re
from datetime import datetime

from samestory.reading.formats.press_lines import (
    COPYRIGHT,
    Article,
    Line,
    Marks,
    byline,
    is_name,
    span,
    whole,
)

# "news·20250703·HR·0012", alone or behind "Document number:"
_END = re.compile(r"(?:.{0,40}:\s*)?(?:news|web)[·⸱•∙.](?P<day>\d{8})[·⸱•∙.]\w{1,12}[·⸱•∙.][\w×-]+", re.I)
_DATE_LINE = re.compile(r"\b[\d\s,.]{1,7}\s(?:mots|words)\b|\b(?:19|20)\d{2}\b", re.I)
_BEHIND_OUTLET = re.compile(r",\s*n(?:o|°|º)\.?\s*\d.*|\s*\((?:site web|web site)[^)]*\).*", re.I)
_HEAD_WITHIN = 12  # lines
_AUTHOR_WITHIN = 3  # lines below the headline; a second headline may stand between
_SHORT = 400  # characters; a part without fields that is shorter is what the database says of itself


def told(lines: list[Line], *, bare: bool) -> Marks | None:
    """How an export is divided, None where it is none."""
    return Marks(last=_END) if any(_END.fullmatch(line.text) for line in lines) else None


def read_article(lines: list[Line]) -> Article | str:
    """The article of some lines; an empty text where they are none."""
    texts = [line.text for line in lines]
    mark = _END.fullmatch(texts[-1])
    if mark is None:
        return "" if sum(map(len, texts)) < _SHORT else whole(lines)
    dated = (n for n in range(1, min(_HEAD_WITHIN, len(texts))) if _DATE_LINE.search(texts[n]))
    head = next(dated, None)
    if head is None or head + 2 >= len(texts):
        return whole(lines[:-1])
    end = next((n for n in range(head + 2, len(texts)) if COPYRIGHT.match(texts[n])), len(texts) - 1)
    below = range(head + 2, min(head + 2 + _AUTHOR_WITHIN, end))
    author = next((n for n in below if is_name(texts[n])), None)
    fields = {
        "title": texts[head + 1],
        "outlet": _BEHIND_OUTLET.sub("", texts[head - 1]).strip(),
        "author": None if author is None else byline(texts[author]),
    }
    first = head + 2 if author is None else author + 1
    body = [*(span(lines, head + 2, author) if author is not None else []), *span(lines, first, end)]
    return Article(fields, _day(mark["day"]), body)


def _day(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%d")
    except ValueError:
        return None
