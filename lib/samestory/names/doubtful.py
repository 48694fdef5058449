"""Names that may be one person's or one body's, and were kept apart because that is not sure."""

from itertools import combinations

import pandas as pd
from rapidfuzz import fuzz

from samestory.names.gazetteers import take_apart
from samestory.names.spellings import same_surname
from samestory.story import Story

_LIKE = 75  # rapidfuzz ratio of two surnames, 0 to 100
_KINDS = ("PERSON", "ORG")
_SHORTEST = 4  # letters of a surname; shorter ones are alike by chance


def perhaps_one(story: Story) -> pd.DataFrame:
    """The pairs of names that may be one, for a person to decide.

    Returns:
        One row a pair, most mentions first: name, perhaps (the name that is told of more), kind, why, n
        (mentions of both), and line, which goes into `aliases.csv` where the two are one.
    """
    named = story.mentions[(story.mentions["form"] == "name") & story.mentions["entity"].notna()]
    counts = named[named["kind"].isin(_KINDS)].groupby(["kind", "entity"]).size()
    rows = []
    for kind in _KINDS:
        told = counts.get(kind, pd.Series(dtype="int64")).to_dict()
        for pair in combinations(sorted(told, key=lambda name: (told[name], name)), 2):
            why = _persons(*pair) if kind == "PERSON" else _bodies(*pair)
            if why:
                rows.append((*pair, kind, why, told[pair[0]] + told[pair[1]], ",".join(map(_cell, pair))))
    table = pd.DataFrame(rows, columns=["name", "perhaps", "kind", "why", "n", "line"])
    return table.sort_values(["n", "name"], ascending=[False, True], ignore_index=True)


def _persons(one: str, other: str) -> str:
    first, second = take_apart(one), take_apart(other)
    if first.surname == second.surname:
        if first.given and second.given:
            return "given names alike" if fuzz.ratio(first.given, second.given) >= _LIKE else ""
        return "a surname alone"
    short = min(len(first.surname), len(second.surname)) < _SHORTEST
    given = not (first.given and second.given) or first.given[0] == second.given[0]
    alike = same_surname(first.surname, second.surname) or fuzz.ratio(first.surname, second.surname) >= _LIKE
    return "surnames alike" if alike and given and not short else ""


def _bodies(one: str, other: str) -> str:
    words = [set(name.casefold().split()) - {"the", "of", "and"} for name in (one, other)]
    within = min(map(len, words)) > 0 and (words[0] <= words[1] or words[1] <= words[0])
    return "one name within the other" if within else ""


def _cell(name: str) -> str:
    return f'"{name}"' if "," in name or '"' in name else name
