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

_END = re.compile(r"(?:news|web)[·⸱•∙.](?P<day>\d{8})[·⸱•∙.][\w]{1,12}[·⸱•∙.][\w×-]+", re.I)
_WORDS = re.compile(r"\b[\d\s,.]{1,7}\s(?:mots|words)\b", re.I)
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
    published = datetime.strptime(mark["day"], "%Y%m%d") if _is_day(mark["day"]) else None
    head = next((n for n, text in enumerate(texts[:12]) if _WORDS.search(text)), None)
    head = 1 if head is None else head
    end = next((n for n in range(head + 2, len(texts)) if COPYRIGHT.match(texts[n])), len(texts) - 1)
    body = min(head + 2, end)
    by = texts[body] if body < end and is_name(texts[body]) else None
    fields = {
        "title": texts[head + 1] if head + 1 < len(texts) else None,
        "outlet": texts[head - 1].split(" (site web)")[0] if head else None,
        "author": byline(by or ""),
    }
    return Article(fields, published, span(lines, body + bool(by), end))


def _is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y%m%d")
    except ValueError:
        return False
    return True
