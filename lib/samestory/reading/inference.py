"""The day of publication of articles that state none, where the folder and their text allow it.

The rule (ours; cautious, for a wrong day moves every event of the timeline):

1. A date in the file name (2024-05-14-herald.txt) is taken.
2. Otherwise the article's own text must name a day of a month ("July 4", "the 3rd of May"), and
   another article of the folder must be dated. Each named day is read as the one nearest before
   that article's date, or up to two months after it. If the latest day named lies at most
   `NEAR_DAYS` days from the dated article, the undated one is taken to be published on that
   latest day: news tells of the day on which it appears or of the day before.
3. Otherwise the article stays without a date.

Such a date is marked `inferred`, holds the day alone (midnight) and may be a day too early.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from samestory.reading.dates import MONTH, MONTHS, find_dates

NEAR_DAYS = 2
_AHEAD = timedelta(days=61)
_NAMED_DAY = re.compile(
    rf"\b(?P<month>{MONTH})\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\b(?![:.]?[0-9]|\s?%)"
    rf"|\b(?P<day_first>[0-3]?[0-9])(?:st|nd|rd|th)?\s(?:of\s)?(?P<month_after>{MONTH})",
    re.IGNORECASE,
)
_NAME_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])(?![0-9])")


def date_in_name(name: str) -> datetime | None:
    """The date in a file's name, when it holds exactly one."""
    found = _NAME_DATE.findall(name)
    if len(found) != 1:
        return None
    try:
        return datetime(*map(int, found[0]))
    except ValueError:
        return None


def infer_published(text: str, dated: Iterable[datetime]) -> datetime | None:
    """Infer the day of publication of a text that states none.

    Args:
        text: the cleaned article.
        dated: publication times of the folder's other articles.
    Returns:
        that day at midnight, or None where the rule above gives nothing.
    """
    days = _named_days(text)
    if not days:
        return None
    full = {found.when.date() for found in find_dates(text)}
    guesses = []
    for anchor in sorted({moment.date() for moment in dated}):
        named = {_nearest(month, day, anchor) for month, day in days} | full
        latest = max((day for day in named if day is not None), default=None)
        if latest is not None and abs((latest - anchor).days) <= NEAR_DAYS:
            guesses.append((abs((latest - anchor).days), latest))
    if not guesses:
        return None
    return datetime.combine(min(guesses)[1], datetime.min.time())


def _named_days(text: str) -> set[tuple[int, int]]:
    """(month, day) of each day that the text names without a year."""
    pieces, position = [], 0
    for found in find_dates(text):
        pieces.append(text[position : found.start])
        position = found.end
    pieces.append(text[position:])
    days = set()
    for match in _NAMED_DAY.finditer(" | ".join(pieces)):
        month = MONTHS.index((match["month"] or match["month_after"])[:3].lower()) + 1
        days.add((month, int(match["day"] or match["day_first"])))
    return days


def _nearest(month: int, day: int, anchor: date) -> date | None:
    """The last such day up to two months after the anchor."""
    for year in (anchor.year + 1, anchor.year, anchor.year - 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= anchor + _AHEAD:
            return candidate
    return None
