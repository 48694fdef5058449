"""Expressions of time and their TIMEX3 values.

A grammar over word classes finds them (`time_grammar`, rules in `time_dates`, `time_relative`,
`time_durations`, `time_clock`, holidays in `holidays`); values follow the TIMEX3 part of TimeML 1.2.1
(Pustejovsky et al. 2003). Relative times are read against the publication date, anaphoric ones
against the date in focus, and tense says whether "Friday" or "in December" has been or will be, the
three ideas of HeidelTime (Stroetgen & Gertz 2010); tense comes from spaCy's parse instead of a list.
"""

import datetime as dt
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory.annotation import (  # noqa: F401  each registers its rules
    time_calendar as calendar,
    time_clock,
    time_dates,
    time_durations,
    time_relative,
)
from samestory.annotation.time_anchor import Anchor
from samestory.annotation.time_bounds import bounds
from samestory.annotation.time_grammar import Reading, compile_pattern, readings
from samestory.annotation.time_words import Words, lexicon, read_words
from samestory.annotation.tokens import Tokens


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
        published: when it was published. NaT: times relative to it stay unresolved (XXXX in the value,
            NaT bounds), and the year of "July 4" is taken only from a single year that the text states.
    """
    words = read_words(doc.text)
    anchor = _anchor(doc, words, published)
    found: list[tuple[int, int, Reading]] = []
    for first, last, reading in readings(words, anchor):
        first, last, reading = time_clock.with_time_of_day(words, first, last, reading)
        while found and found[-1][1] > first:  # "9 a.m." was read before "Tuesday" that takes it in
            found.pop()
        found.append((first, last, reading))
        _move_focus(anchor, reading, last)
    return [_time(words, *item, published) for item in found]


def _anchor(doc: Doc, words: Words, published: pd.Timestamp) -> Anchor:
    if pd.isna(published):
        return Anchor(Tokens.of(doc), None, years=_stated_years(words))
    day = dt.date(published.year, published.month, published.day)
    hour = published.hour if published != published.normalize() else None
    return Anchor(Tokens.of(doc), day, hour=hour)


def _stated_years(words: Words) -> set[int]:
    """The years of the text's full dates, the only evidence for the year of its other days."""
    full = compile_pattern("(?:{a_month} DOT? {a_day}? COMMA?|{a_day} {a_month} DOT?) (?P<year>YEAR)")
    years = {words.word(match.start("year")) for match in full.finditer(words.codes)}
    numeric = lexicon().code["NUMERIC_DATE"]
    years |= {words.word(n)[:4] for n, char in enumerate(words.codes) if char == numeric}
    return {int(year) for year in years if year.isdecimal()}


def _move_focus(anchor: Anchor, reading: Reading, last: int) -> None:
    unit = calendar.unit_of(reading.value) if reading.type in ("DATE", "TIME") else None
    if unit is None:
        return
    anchor.focus = reading.value
    if unit == "D":
        anchor.day, anchor.day_ends = reading.value[:10], last
    if unit in ("Q", "H") and (anchor.period is None or _is_over(anchor, reading.value)):
        anchor.period = reading.value
    if reading.how == "stated" and unit == "D":
        anchor.years.add(int(reading.value[:4]))


def _is_over(anchor: Anchor, value: str) -> bool:
    """A quarter that is not over has no results yet, so that none are compared with it."""
    span = calendar.days(value)
    return span is not None and (anchor.published is None or span[1] < anchor.published)


def _time(words: Words, first: int, last: int, reading: Reading, published: pd.Timestamp) -> Time:
    earliest, latest = pd.NaT, pd.NaT
    if reading.type in ("DATE", "TIME"):
        earliest, latest = bounds(reading.value, published)
    return Time(words.start[first], words.end[last - 1], reading.type, reading.value, earliest, latest, reading.how)
