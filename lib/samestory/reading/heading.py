"""The top of an article's raw text: headline, publication time and byline, told from the body."""

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from samestory.reading.dates import StatedDate, find_dates
from samestory.reading.furniture import WORDS, any_of

_LONGEST_LINE = 600  # characters of a metadata line
_LABEL = re.compile(
    r"(?:^|(?<=[\s|•·(\[]))(?:first |originally |last )?(?P<word>dated?|published|posted|updated|modified"
    r"|created|issued|publication date|time)(?:\s+(?:on|at))?\s*[:|-]?\s*$",
    re.I,
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]+(?:\s+(?:de|van|von|der|den|del|al|bin|el|la|[A-ZÀ-ÖØ-Þ][\w.'’-]*)){1,4}"
_BYLINE = re.compile(
    rf"(?<!\S)(?:[Bb]y|BY|Written by|Story by|Author:|Reported by)\s+"
    rf"(?P<names>{_NAME}(?:(?:,\s+and|,|\s+and|\s+&)\s+{_NAME})*)(?=\s*(?:$|[|•·,;:–—-]|\s(?:in|for)\s))"
)
_ROLE = re.compile(r"^\s*(?:,|\bin\b|\bfor\b|[–—-])\s*[^.!?|•·]{2,60}$")
_LAPSED = re.compile(
    r"\b(?:(?:updated|published|posted)\s*:?\s*)?\d{1,3}\s+(?:min(?:ute)?s?|hours?|days?|weeks?)\s+ago\b"
    r"|\b\d[\d,. ]{0,9}\s?(?:views|comments|shares)\b"
    r"|\b\d{1,3}[\s-]min(?:ute)?s?\s+read\b|\b(?:updated|last updated)\s*:?\s*(?=$|[|•·])",
    re.I,
)
_SEPARATORS = " \t\u00a0|•·–—-,;:()[]/"
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_DATELINE_ALONE = re.compile(r"\((?:AP|Reuters|AFP|Xinhua|[A-Z]{2,6})\)[\s_–—-]*$")
_FIELDS = {label: name for name, labels in WORDS["header_labels"].items() for label in labels}
_FIELD = re.compile(rf"(?P<label>{any_of(_FIELDS)})\s*:\s*(?P<value>\S.*)", re.I | re.S)
_FIELD_WORDS = {"title": 40, "published": 12, "outlet": 6, "author": 10, "url": 1, "language": 2, "other": 10}
_BEFORE_DATE = ("on", "of", "by", "since", "until", "till", "for", "from", "in", "before", "after")
_RUNS_ON = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:january|february|march|april|june|july|august"
    r"|september|october|november|december)\b",
    re.I,
)

Labelled = tuple[StatedDate, re.Match | None]  # a date, and the word before it that tells what it dates


class TopLine(NamedTuple):
    """What a line of metadata states, and where in it a headline stands (None without one)."""

    published: datetime | None
    updated: datetime | None  # second best, where no line says more
    author: str | None
    headline: tuple[int, int] | None


def is_prose(block: str) -> bool:
    """Does it read like a paragraph of the article: a whole sentence, or long?"""
    words = len(block.split())
    return words >= 40 or (words >= 3 and _SENTENCE_END.search(block.rstrip()[-5:]) is not None)


def is_headline(block: str) -> bool:
    """Could it be a headline: 3 to 30 words, not in mid-sentence, no full stop at its end?"""
    block = block.strip()
    if not 3 <= len(block.split()) <= 30 or len(block) > 250:
        return False
    if block[0].islower() or block[0] in "—–-" or _DATELINE_ALONE.search(block):
        return False
    return block[-1] not in ".:;,_-–—" or block.endswith("...")


def is_name(line: str) -> bool:
    """Could a line be somebody's name and no more: two to four words in capitals?"""
    return re.fullmatch(_NAME, line) is not None and 2 <= len(line.split()) <= 4


def read_top_line(line: str) -> TopLine | None:
    """Read a line of metadata, with or without a headline in it; None when it is something else."""
    if len(line) > _LONGEST_LINE:
        return None
    dates = [(date, _LABEL.search(line[: date.start])) for date in find_dates(line)]
    byline = _byline(line, dates)
    spans = [(label.start() if label else date.start, date.end) for date, label in dates]
    spans += [match.span() for match in _LAPSED.finditer(line)]
    if byline:
        role = _ROLE.match(line[byline.end() :]) if not dates else None
        spans.append((byline.start(), byline.end() + (role.end() if role else 0)))
    if not spans:
        return None
    updates = [date for date, label in dates if label and label["word"].lower() in ("updated", "modified")]
    published, updated = _best([date for date, _ in dates if date not in updates]), _best(updates)
    author = " ".join(byline["names"].split()) if byline else None
    rest = _uncovered(line, spans)
    if not rest or _only_short_parts(line, rest, dates):
        return TopLine(published, updated, author, None)
    if len(rest) == 1 and _headline_between(line, *rest[0], dates):
        return TopLine(published, updated, author, rest[0])
    return None


def header_field(line: str) -> tuple[str, str] | None:
    """("published", "4 July 2025") of a line such as "Date: 4 July 2025", None for other lines."""
    match = _FIELD.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    if match is None:
        return None
    name, value = _FIELDS[" ".join(match["label"].lower().split())], match["value"].strip()
    # "Updated: The minister has resigned." is the article; a field is short and no sentence.
    too_long = len(value.split()) > _FIELD_WORDS[name] or (name == "outlet" and value.endswith("."))
    return None if too_long else (name, value)


def repeated_title(block: str, title: str) -> int | None:
    """Where the title ends that a block opens with, None when it does not open with it."""
    match = _title_pattern(title).match(block) if title.strip() else None
    return match.end() if match else None


def same_headline(block: str, title: str) -> bool:
    """Is the block the title, apart from a changed word or the marks behind it?"""
    if len(block) > 400:
        return False
    end = repeated_title(block, title)
    if end is not None and not block[end:].strip(_SEPARATORS + ".!?…"):
        return True
    return is_headline(block) and fuzz.ratio(block.lower(), title.lower()) >= 88


def begins_anew(rest: str) -> bool:
    """After a repeated headline, does something new begin, or does a sentence run on?

    "Two freed in border swap Families wait at the bridge" begins anew; "Two freed in border swap on
    Friday" is a sentence that happens to open with the headline's words.
    """
    rest = rest.strip(_SEPARATORS)
    return bool(rest) and not rest[0].islower() and not _RUNS_ON.match(rest)


def dateline_date(block: str) -> datetime | None:
    """The full date of an agency's dateline: "KYIV, July 4, 2025 (Agency) - ..."."""
    opening = block[:120]
    for date in find_dates(opening):
        before, after = opening[: date.start], opening[date.end :]
        place = before.strip(" ,(")
        if place and place == place.upper() and re.match(r"\s*(?:\([^()]{2,40}\))?\)?\s*[-–—:]", after):
            return date.when
    return None


def _byline(line: str, dates: list[Labelled]) -> re.Match | None:
    """A byline at the start of a line, behind a bar or behind a date; elsewhere "by Jane Doe" is text."""
    for match in _BYLINE.finditer(line):
        before = line[: match.start()].rstrip()
        if not before or before[-1] in "|•·" or any(date.end == len(before) for date, _ in dates):
            return match
    return None


def _best(dates: list[StatedDate]) -> datetime | None:
    """The first date, with its time of day where another mention of that day gives it."""
    if not dates:
        return None
    exact = [date for date in dates if date.has_clock and date.when.date() == dates[0].when.date()]
    return (exact or dates)[0].when


def _uncovered(line: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What the spans leave of a line, less separators."""
    rest, position = [], 0
    for start, end in [*sorted(spans), (len(line), len(line))]:
        piece = line[position:start]
        core = piece.strip(_SEPARATORS)
        if core:
            begin = position + piece.index(core)
            rest.append((begin, begin + len(core)))
        position = max(position, end)
    return rest


def _only_short_parts(line: str, rest: list[tuple[int, int]], dates: list[Labelled]) -> bool:
    """Parts between bars, none longer than four words: "By Jane Doe | The Herald | 3 May 2024".

    A dash counts as a bar only beside an exact time: "J. Roe (Labour) — elected 3 May 2012" is text.
    """
    exact = any(date.has_clock or date.has_weekday for date, _ in dates)
    bars = r"[|•·]|\s[–—]\s" if exact else r"[|•·]"
    if not re.search(bars, line):
        return False
    parts = [part for start, end in rest for part in re.split(bars, line[start:end])]
    return all(len(part.split()) <= 4 and not _SENTENCE_END.search(part) for part in parts)


def _headline_between(line: str, start: int, end: int, dates: list[Labelled]) -> bool:
    """Is what is left a headline with a publication time at its side, not a sentence with a date?"""
    if not is_headline(line[start:end]):
        return False
    runs_on = line[start:end].rsplit(None, 1)[-1].lower() in _BEFORE_DATE
    for date, label in dates:
        by_program = label or re.match(r"\d{4}-", line[date.start : date.end])
        exact = by_program or date.has_clock or date.has_weekday
        if (date.end <= start and by_program) or (date.start >= end and exact and not runs_on):
            return True
    return False


@lru_cache(maxsize=4)
def _title_pattern(title: str) -> re.Pattern:
    words = (re.sub(r"['’‘]", "['’‘]", re.sub('["“”]', '["“”]', re.escape(word))) for word in title.split())
    return re.compile(r"[\s\"“]*" + r"\s+".join(words) + r"(?!\w)", re.I)
