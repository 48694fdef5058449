"""Expressions of time and their TIMEX3 values.

A grammar over word classes finds them (`grammar`; its rules are in `days`, `periods`, `relative`,
`durations` and `holidays`).
Values follow the TIMEX3 part of TimeML 1.2.1 (Pustejovsky et al. 2003). Relative times are read
against the publication date, anaphoric ones against the date in focus, and tense says whether
"Friday" or "in December" has been or will be, as in HeidelTime (Stroetgen & Gertz 2010); tense comes
from the parse.
"""

import datetime as dt
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory.language.tokens import Tokens
from samestory.timeline.expressions import (
    days,  # noqa: F401  # imported for its rules, which register themselves, as those below
    durations,  # noqa: F401
    holidays,  # noqa: F401
    periods,  # noqa: F401
    relative,  # noqa: F401
    timex,
)
from samestory.timeline.expressions.anchor import Anchor
from samestory.timeline.expressions.classes import Words, lexicon, read_words
from samestory.timeline.expressions.days import with_surroundings
from samestory.timeline.expressions.grammar import Meaning, compile_pattern, readings
from samestory.timeline.expressions.timex import bounds


class Time(NamedTuple):
    """One expression; start:end are characters."""

    start: int
    end: int
    type: str  # DATE, TIME, DURATION, SET
    value: str  # TIMEX3
    earliest: pd.Timestamp
    latest: pd.Timestamp
    how: str | None = None  # stated, relative, inferred; None where the value could not be resolved


def find_times(doc: Doc, *, published: pd.Timestamp = pd.NaT) -> list[Time]:
    """Find the expressions, sorted by start; none overlaps another.

    Args:
        doc: a parsed text.
        published: when it was published. NaT: what is relative to it stays unresolved (XXXX in the
            value, NaT bounds), and the year of "July 4" is taken only from the text's full dates,
            where those agree on one.
    """
    words = read_words(Tokens.of(doc).article)
    anchor = _anchor(doc, words, published)
    found: list[tuple[int, int, Meaning]] = []
    marks = []  # the anchor's state before each, for when a longer reading takes a shorter one in
    for start, end, core in readings(words, anchor):
        if found and start < found[-1][1]:  # "9:30 p.m." was taken in by "Friday" before it
            continue
        first, last, reading = with_surroundings(words, start, end, core)
        while found and found[-1][1] > first:  # "9 a.m." was read before "Tuesday" that takes it in
            found.pop()
            anchor.restore(marks.pop())
        marks.append(anchor.mark())
        found.append((first, last, reading))
        _move_focus(anchor, reading, last)
    return [_time(words, *item, anchor.published) for item in found]


def _anchor(doc: Doc, words: Words, published: pd.Timestamp) -> Anchor:
    if pd.isna(published):
        return Anchor(Tokens.of(doc), None, years=_stated_years(words))
    day = dt.date(published.year, published.month, published.day)
    return Anchor(Tokens.of(doc), day, hour=published.hour if published != published.normalize() else None)


def _stated_years(words: Words) -> set[int]:
    """The years of the text's full dates, the only evidence for the year of its other days.

    A month with its year ("in March 2019") is none: a text tells of other years in passing.
    """
    full = compile_pattern("(?:{a_month} DOT? {a_day} COMMA?|{a_day} {a_month} DOT?) (?P<year>YEAR)")
    years = {words.word(match.start("year")) for match in full.finditer(words.codes)}
    numeric = lexicon().code["NUMERIC_DATE"]
    years |= {words.word(n)[:4] for n, char in enumerate(words.codes) if char == numeric}
    return {int(year) for year in years if year.isdecimal()}


def _move_focus(anchor: Anchor, reading: Meaning, last: int) -> None:
    unit = timex.unit_of(reading.value) if reading.type in ("DATE", "TIME") else None
    if unit is None:
        return
    anchor.focus = reading.value
    if unit == "D":
        anchor.day, anchor.day_ends = reading.value[:10], last
    if unit in ("Q", "H") and _is_reported(anchor, reading):
        anchor.period = reading.value


def _is_reported(anchor: Anchor, reading: Meaning) -> bool:
    """Whether a quarter becomes the one that others are compared with.

    Not one that is not over, which has no results yet, nor the year-ago quarter of such a comparison.
    """
    if anchor.period is None:
        return True
    if reading.how == "relative" and reading.value == timex.move(anchor.period, -1, "Y"):
        return False
    span = timex.days(reading.value)
    return span is not None and (anchor.published is None or span[1] < anchor.published)


def _time(words: Words, first: int, last: int, reading: Meaning, published: dt.date | None) -> Time:
    earliest, latest = pd.NaT, pd.NaT
    if reading.type in ("DATE", "TIME"):
        earliest, latest = bounds(reading.value, published=published, hours=reading.hours)
    start, end = words.start[first], words.end[last - 1]
    return Time(start, end, reading.type, reading.value, earliest, latest, reading.how)
