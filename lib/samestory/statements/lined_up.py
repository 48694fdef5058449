"""Do two figures of one thing agree: the same, one told more roundly, one of a later count, or different?"""

from collections.abc import Iterator

import pandas as pd

from samestory.statements.counted import Figure
from samestory.statements.numbers import Amount

VERDICTS = ("different", "updated", "rounder", "same")
UNLIKE = ("different", "updated")
# Limits, all ours.
_NEARLY = 0.1  # share of the larger by which hedged figures may differ and still be one, told more roundly
_BOTH_AT_LEAST = 0.05  # the same of "more than 300" and "at least 295"
_MORE_THAN = 1.25  # "more than 20" may stand for 20 to 25, "nearly 20" for 16 to 20
_ROUNDED = 0.15  # share of the larger by which "$3bn" and "$3.1bn" may differ
_YEARS = 2  # by which both ends of a span may differ and it still be the same span, told differently
_MINUTES = 15  # by which a clock time told without its minutes may differ from one with them
_SHARED = 2  # stems that the surroundings of both figures must share, their verb among them
_CLOSE = 1.1  # times as large at most: two numbers of one thing that are told nowhere else in either outlet
_FEW = 10  # things; fewer are counted on many occasions
_TOO_FAR = 4  # times as large: another thing was counted, or another day's


def line_up(
    left: list[Figure],
    right: list[Figure],
    *,
    published: tuple[pd.Timestamp, pd.Timestamp] = (pd.NaT, pd.NaT),
) -> Iterator[tuple[Figure, Figure, str]]:
    """Pair the figures of two tellings that count the same, each with its verdict.

    Where a side has several figures of one thing, only those of equal value are paired; unlike ones are
    paired only where they are surely of one thing.
    """
    for counts in dict.fromkeys(figure.counts for figure in left):
        ones = [figure for figure in left if figure.counts == counts]
        others = [figure for figure in right if figure.counts == counts]
        equal = [(a, b) for a in ones for b in others if _equal(a, b)]
        yield from ((a, b, "same") for a, b in equal)
        if equal:
            continue
        for a, b in _only_ones(ones, others):
            verdict = _verdict(a, b, *published)
            if verdict not in UNLIKE or _is_one_thing(a, b):
                yield a, b, verdict


def differ_alone(
    one: Figure, other: Figure, *, published: tuple[pd.Timestamp, pd.Timestamp] = (pd.NaT, pd.NaT)
) -> str:
    """Whether the only figures that two outlets give of one thing differ: "different", "updated" or "".

    Asked of figures that need not stand in sentences told alike: people by what befell them, and numbers of
    things that nearly agree, 62 swimmers and 64.
    """
    low, high = sorted((one.amount.low, other.amount.low))
    nearly = one.amount.kind == "number" and low >= _FEW and high <= _CLOSE * low
    if not (one.fate and _is_one_thing(one, other)) and not (nearly and one.counts[0] == "number"):
        return ""
    verdict = _verdict(one, other, *published)
    return verdict if verdict in UNLIKE else ""


def _only_ones(ones: list[Figure], others: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The only two figures of one thing, or of several on a side the only two with one verb."""
    if len(ones) == len(others) == 1:
        yield ones[0], others[0]
        return
    for verb in dict.fromkeys(figure.said for figure in ones if figure.said):
        left, right = ([one for one in side if one.said == verb] for side in (ones, others))
        if len(left) == len(right) == 1:
            yield left[0], right[0]


def _verdict(one: Figure, other: Figure, when: pd.Timestamp, other_when: pd.Timestamp) -> str:
    if _equal(one, other):
        return "same"
    if _is_rounder(one, other) or _is_rounder(other, one):
        return "rounder"
    later, earlier = (one, other) if when > other_when else (other, one)
    known = pd.notna(when) and pd.notna(other_when) and when != other_when
    grown = later.amount.low > earlier.amount.low
    return "updated" if known and one.fate and grown else "different"


def _equal(one: Figure, other: Figure) -> bool:
    return (one.amount.low, one.amount.high) == (other.amount.low, other.amount.high)


def _is_rounder(rough: Figure, fine: Figure) -> bool:
    """Whether the one may be the other told more roundly: "about 20" for 19, "$3bn" for $2.95bn."""
    one, other = rough.amount, fine.amount
    if one.kind in ("vote", "day", "years"):
        return False
    if one.kind == "clock":
        return max(one.step, other.step) > 1 and abs(one.low - other.low) <= _MINUTES
    if one.low < one.high:
        least, most = _reach(other)
        return least <= one.high and one.low <= most
    gap, larger = abs(one.low - other.low), max(one.low, other.low)
    if one.hedge == "about":
        return gap <= _NEARLY * larger
    if one.hedge == "at least" and _is_round(one.low):
        return one.low <= other.low <= _MORE_THAN * one.low or (
            other.hedge == one.hedge and gap <= _BOTH_AT_LEAST * larger
        )
    if one.hedge == "at most":
        return one.low / _MORE_THAN <= other.low <= one.low
    return one.step > other.step and gap <= min(one.step / 2, _ROUNDED * larger)


def _reach(amount: Amount) -> tuple[float, float]:
    """The least and the most that an amount may stand for."""
    reach = {"about": (1 - _NEARLY, 1 + _NEARLY), "at least": (1, _MORE_THAN), "at most": (1 / _MORE_THAN, 1)}
    below, above = reach.get(amount.hedge, (1, 1))
    return below * amount.low, above * amount.high


def _is_round(value: float) -> bool:
    return value % 5 == 0 or value % 12 == 0


def _is_one_thing(one: Figure, other: Figure) -> bool:
    """Whether two figures that count things of one name count them of one occasion."""
    if one.amount.kind == "years":
        first, last = one.amount.low - other.amount.low, one.amount.high - other.amount.high
        return max(abs(first), abs(last)) <= _YEARS
    low, high = sorted((one.amount.low, other.amount.low))
    if one.years != other.years or one.rate != other.rate or one.unsure or other.unsure:
        return False
    if one.amount.kind not in ("clock", "day") and high > _TOO_FAR * low:
        return False
    if one.places and other.places and not one.places & other.places:
        return False
    if one.fate or one.counts[0] in ("vote", "length of"):
        return True
    if one.within != other.within and not (one.said and one.said == other.said):
        return False
    done_alike = bool(one.said) and one.said == other.said
    shared = (one.about & other.about) - set(one.counts)
    needed = 1 if one.counts[0] == "number" and done_alike else _SHARED
    return len(shared) + done_alike >= needed
