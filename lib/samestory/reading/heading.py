"""The top of an article's raw text: headline, publication time and byline, told from the body."""

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from samestory.reading.dates import StatedDate, find_dates
from samestory.reading.furniture import any_of, words_of_clutter

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
_FIELD_WORDS = {"title": 40, "published": 12, "outlet": 6, "author": 10, "url": 1, "language": 2, "other": 10}
_RUNS_ON = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:january|february|march|april|june|july|august"
    r"|september|october|november|december)\b",
    re.I,
)


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
    if not 3 <= len(block.split()) <= 30 or len(block) > 250 or block[0].islower():
        return False
    if block[0] in "—–-" or _DATELINE_ALONE.search(block):
        return False
    return block[-1] not in ".:;,_-–—" or block.endswith("...")


def read_top_line(line: str) -> TopLine | None:
    """Read a line of metadata, with or without a headline in it; None when it is something else."""
    if len(line) > _LONGEST_LINE:
        return None
    dates = find_dates(line)
    labels = [_LABEL.search(line[: date.start]) for date in dates]
    byline = _byline(line, dates)
    spans = [
        (label.start() if label else date.start, date.end) for label, date in zip(labels, dates, strict=True)
    ]
    spans += [match.span() for match in _LAPSED.finditer(line)]
    if byline:
        role = _ROLE.match(line[byline.end() :]) if not dates else None
        spans.append((byline.start(), byline.end() + (role.end() if role else 0)))
    if not spans:
        return None
    is_update = [bool(label) and label["word"].lower() in ("updated", "modified") for label in labels]
    published = _best([date for date, update in zip(dates, is_update, strict=True) if not update])
    updated = _best([date for date, update in zip(dates, is_update, strict=True) if update])
    author = " ".join(byline["names"].split()) if byline else None
    rest = _uncovered(line, spans)
    if not rest or _only_short_parts(line, rest, dates):
        return TopLine(published, updated, author, None)
    if len(rest) == 1 and _headline_between(line, rest[0], dates, labels):
        return TopLine(published, updated, author, rest[0])
    return None


def header_field(line: str) -> tuple[str, str] | None:
    """("published", "4 July 2025") of a line such as "Date: 4 July 2025", None for other lines."""
    match = _header_pattern().fullmatch(line) if len(line) <= _LONGEST_LINE else None
    if match is None:
        return None
    name, value = _header_names()[" ".join(match["label"].lower().split())], match["value"].strip()
    # "Updated: The minister has resigned." is the article; a field is short and no sentence.
    too_long = len(value.split()) > _FIELD_WORDS[name] or (name == "outlet" and value.endswith("."))
    return None if too_long else (name, value)


def repeated_title(block: str, title: str) -> int | None:
    """Where the title ends that a block opens with, None when it does not open with it."""
    first = title.split(None, 1)[0].lower() if title.strip() else ""
    if not first or (first[0].isalnum() and not block.lstrip(' "“').lower().startswith(first[:1])):
        return None  # spares compiling the pattern for nearly every paragraph
    match = _title_pattern(title).match(block)
    return match.end() if match else None


def same_headline(block: str, title: str) -> bool:
    """Is the block the title, a changed word or a site's name behind it aside?"""
    if len(block) > 400:
        return False
    end = repeated_title(block, title)
    if end is not None and not block[end:].strip(_SEPARATORS + ".!?…"):
        return True
    return is_headline(block) and fuzz.ratio(block.lower(), title.lower()) >= 88


def goes_on_as_caption_or_text(rest: str) -> bool:
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


def _byline(line: str, dates: list[StatedDate]) -> re.Match | None:
    """A byline at the start of a line, behind a bar or behind a date; elsewhere "by Jane Doe" is text."""
    for match in _BYLINE.finditer(line):
        before = line[: match.start()].rstrip()
        if not before or before[-1] in "|•·" or any(date.end == len(before) for date in dates):
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
        piece = line[position:start] if start > position else ""
        core = piece.strip(_SEPARATORS)
        if core:
            begin = position + piece.index(core)
            rest.append((begin, begin + len(core)))
        position = max(position, end)
    return rest


def _only_short_parts(line: str, rest: list[tuple[int, int]], dates: list[StatedDate]) -> bool:
    """ "By Jane Doe | The Herald | 3 May 2024": parts between bars, none longer than four words.

    A dash parts only what stands beside an exact time: "J. Roe (Labour) — elected 3 May 2012" is text.
    """
    exact = any(date.has_clock or date.has_weekday for date in dates)
    bars = r"[|•·]|\s[–—]\s" if exact else r"[|•·]"
    if not re.search(bars, line):
        return False
    parts = [part for start, end in rest for part in re.split(bars, line[start:end])]
    return all(len(part.split()) <= 4 and not _SENTENCE_END.search(part) for part in parts)


def _headline_between(
    line: str, rest: tuple[int, int], dates: list[StatedDate], labels: list[re.Match | None]
) -> bool:
    """Is what is left a headline with a publication time at its side, not a sentence with a date?"""
    if not is_headline(line[rest[0] : rest[1]]):
        return False
    for date, label in zip(dates, labels, strict=True):
        written_by_program = label or re.match(r"\d{4}-", line[date.start : date.end])
        if date.end <= rest[0] and written_by_program:
            return True
        if date.start >= rest[1] and (written_by_program or date.has_clock or date.has_weekday):
            before = line[rest[0] : rest[1]].rsplit(None, 1)[-1].lower()
            if before not in (
                "on",
                "of",
                "by",
                "since",
                "until",
                "till",
                "for",
                "from",
                "in",
                "before",
                "after",
            ):
                return True
    return False


@lru_cache(maxsize=4)
def _title_pattern(title: str) -> re.Pattern:
    words = (re.sub(r"['’‘]", "['’‘]", re.sub('["“”]', '["“”]', re.escape(word))) for word in title.split())
    return re.compile(r"[\s\"“]*" + r"\s+".join(words) + r"(?!\w)", re.I)


@lru_cache
def _header_names() -> dict[str, str]:
    labels = words_of_clutter()["header_labels"]
    return {label: name for name, group in labels.items() for label in group}


@lru_cache
def _header_pattern() -> re.Pattern:
    return re.compile(rf"(?P<label>{any_of(list(_header_names()))})\s*:\s*(?P<value>\S.*)", re.I | re.S)
