"""Expressions of time and their TIMEX3 values.

A grammar over word classes finds them (`grammar`; its rules are in `days`, `periods`, `relative`,
`durations` and `holidays`).
Values follow the TIMEX3 part of TimeML 1.2.1 (Pustejovsky et al. 2003). Relative times are read
against the publication date, anaphoric ones against the date in focus, and tense says whether
"Friday" or "in December" has been or will be, as in HeidelTime (Stroetgen & Gertz 2010); tense comes
from the parse.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory.language.tokens import Tokens
from samestory.quotes.find import Quote

# Imported for their rules, which register themselves in this order.
from samestory.timeline.expressions import days, durations, holidays, periods, relative  # noqa: F401
from samestory.timeline.expressions.anchor import Anchor
from samestory.timeline.expressions.classes import Words, lexicon, read_words
from samestory.timeline.expressions.grammar import Meaning, compile_pattern, readings
from samestory.timeline.expressions.timex import PRESENT_REF, Timex, Unit

Item = tuple[int, int, Meaning]  # first word, the word after the last, what they mean


class Time(NamedTuple):
    """One expression; start:end are characters."""

    start: int
    end: int
    type: str  # DATE, TIME, DURATION, SET
    value: str  # TIMEX3
    earliest: pd.Timestamp
    latest: pd.Timestamp
    how: str | None = None  # stated, relative, inferred; None where the value could not be resolved
    granularity: str | None = None  # time, day, week, month ...; for the events, not for the table of times


def find_times(doc: Doc, *, published: pd.Timestamp = pd.NaT, quotes: Sequence[Quote] = ()) -> list[Time]:
    """Find the expressions, sorted by start; none overlaps another.

    Args:
        doc: a parsed text.
        published: when it was published. NaT: what is relative to it stays unresolved (XXXX in the
            value, NaT bounds), and the year of "July 4" is taken only from the text's full dates,
            where those agree on one.
        quotes: its quotes: in the mouth of one who spoke on Monday, "yesterday" is Sunday.
    """
    words = read_words(Tokens.of(doc).article)
    anchor = _anchor(doc, words, published)
    found = _read(words, anchor)
    for first, last, said in _said(words, anchor, quotes, found):
        day = said.first  # its year, where no more is known of it
        spoken = Anchor(anchor.tokens, day, day_first=anchor.day_first)
        again = _read(words.only(first, last), spoken)
        told = {item[:2]: item for item in again if _fits(item[2], said)}
        found = [told.get(item[:2], item) for item in found]
    return [_time(words, anchor, *item) for item in found]


def _read(words: Words, anchor: Anchor) -> list[Item]:
    """The expressions of a text: first word, the word after the last, meaning."""
    found: list[Item] = []
    marks: list[tuple] = []  # the anchor's state before each, for when a longer one takes it in
    for start, end, core in readings(words, anchor):
        if found and start < found[-1][1]:  # "9:30 p.m." was taken in by "Friday" before it
            continue
        first, last, reading = days.with_surroundings(words, start, end, core)
        while found and found[-1][1] > first:  # "9 a.m." was read before "Tuesday" that takes it in
            found.pop()
            anchor.restore(marks.pop())
        marks.append(anchor.mark())
        found = [*_on_the_day(words, found, first, reading), (first, last, reading)]
        _move_focus(anchor, reading, words.start[first], last)
    return found


def _on_the_day(words: Words, found: list[Item], first: int, day: Meaning) -> list[Item]:
    """The clock times that a day follows in the same phrase: "at 3:36 a.m. (0136 GMT) on Wednesday"."""
    if (
        day.value.unit != Unit.DAY
        or day.value.time
        or day.value.year is None
        or words.word(first - 1) != "on"
    ):
        return found
    end, rest = first - 1, list(found)
    for n in range(len(found) - 1, -1, -1):
        start, last, reading = found[n]
        between = [words.word(i) for i in range(last, end)]
        clock = reading.how == "relative" and reading.value.time[:1].isdigit()
        if not clock or any(word not in "()," for word in between):
            break
        rest[n] = start, last, reading._replace(value=day.value.at(reading.value.time))
        end = start
    return rest


def _said(
    words: Words, anchor: Anchor, quotes: Sequence[Quote], found: list[Item]
) -> Iterator[tuple[int, int, Timex]]:
    """The words in quotation marks whose saying has another date than the article's, and that date."""
    cues = {anchor.token_at(quote.cue_start): quote for quote in quotes if quote.cue_start is not None}
    when: dict[int, Timex] = {}
    for first, _, reading in found:
        verb = anchor.saying_at(words.start[first])
        inside = any(
            quote.start <= words.start[first] < quote.end
            and not quote.start <= (quote.cue_start or -1) < quote.end
            for quote in quotes
        )
        if verb in cues and not inside and reading.value.days and reading.type in ("DATE", "TIME"):
            when.setdefault(verb, reading.value)
    said, speaker = None, None
    for quote in sorted(quotes, key=lambda quote: quote.start):
        cue = None if quote.cue_start is None else anchor.token_at(quote.cue_start)
        if cue is not None or quote.speaker != speaker:
            said, speaker = when.get(cue) if cue is not None else None, quote.speaker
        if said is None:
            continue
        if quote.kind != "indirect" and not (anchor.published and said.first == anchor.published):
            yield bisect_left(words.start, quote.start), bisect_left(words.start, quote.end), said


def _fits(reading: Meaning, said: Timex) -> bool:
    """Whether a reading can be reckoned from the date of the saying: of a year no "yesterday"."""
    value = reading.value
    return reading.how == "relative" and (value.unit == said.unit or value.is_longer(said.unit))


def _anchor(doc: Doc, words: Words, published: pd.Timestamp) -> Anchor:
    if pd.isna(published):
        return Anchor(Tokens.of(doc), None, year=_stated_year(words), day_first=_is_day_first(words))
    hour = published.hour if published != published.normalize() else None
    return Anchor(Tokens.of(doc), published.date(), hour=hour, day_first=_is_day_first(words))


def _stated_year(words: Words) -> int | None:
    """The year of the text's full dates where they agree, the only evidence for the year of its other days.

    A month with its year ("in March 2019") is none: a text tells of other years in passing.
    """
    full = compile_pattern("(?:{a_month} DOT? {a_day} COMMA?|{a_day} {a_month} DOT?) (?P<year>YEAR)")
    years = {words.word(match.start("year")) for match in full.finditer(words.codes)}
    numeric = lexicon().code["NUMERIC_DATE"]
    years |= {words.word(n)[:4] for n, char in enumerate(words.codes) if char == numeric}
    stated = {int(year) for year in years if year.isdecimal()}
    return stated.pop() if len(stated) == 1 else None


def _is_day_first(words: Words) -> bool:
    """Whether numeric dates are written day first: one can't be otherwise, none is the other way."""
    numeric = lexicon().code["NUMERIC_DATE"]
    dates = (words.word(n).split("/") for n, char in enumerate(words.codes) if char == numeric)
    pairs = [(int(date[0]), int(date[1])) for date in dates if len(date) == 3 and len(date[0]) < 3]
    return any(day > 12 for day, _ in pairs) and not any(other > 12 for _, other in pairs)


def _move_focus(anchor: Anchor, reading: Meaning, char: int, last: int) -> None:
    value = reading.value
    if value.year is None:
        return
    anchor.focus, anchor.focus_ends = value, last
    goes_on = anchor.past is not None and anchor.past.year == value.year
    if (reading.how == "stated" or goes_on) and anchor.is_told_as_past(char):
        anchor.past, anchor.past_ends = value, last
    if value.unit == Unit.DAY:
        anchor.day, anchor.day_ends = value.date, last
    if value.unit in (Unit.QUARTER, Unit.HALF_YEAR) and _is_reported(anchor, reading):
        anchor.period = value


def _is_reported(anchor: Anchor, reading: Meaning) -> bool:
    """Whether a quarter becomes the one that others are compared with.

    Not one that is not over, which has no results yet, nor the year-ago quarter of such a comparison.
    """
    if anchor.period is None:
        return True
    if reading.how == "relative" and reading.value == anchor.period.moved(-1, Unit.YEAR):
        return False
    return anchor.published is None or reading.value.is_before(anchor.published)


def _time(words: Words, anchor: Anchor, first: int, last: int, reading: Meaning) -> Time:
    value = reading.value
    dated = Timex.of(anchor.published) if value == PRESENT_REF and anchor.published else value
    bounds = dated.earliest, dated.latest
    start, end = words.start[first], words.end[last - 1]
    return Time(start, end, reading.type, value.value, *bounds, reading.how, value.granularity)
