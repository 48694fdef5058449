"""The rows of corrections.csv on the articles at hand: which article and which passage each of them means."""

from collections.abc import Mapping
from pathlib import PurePosixPath

import pandas as pd

from samestory import tables
from samestory.reading.corrections import DIFFERENT_NAMES, KINDS, SAME_NAME
from samestory.trust.anchors import Anchor, Searched, Unclear, find

APPLIED, AGREES, NOT_FOUND, NO_EFFECT, CONFLICT = "applied", "agrees", "not found", "no effect", "conflict"
_TRIED = 50  # articles that are searched for a passage that names none of them


class Articles:
    """The articles by every name that a row may give them, and their texts to be searched."""

    def __init__(self, articles: pd.DataFrame):
        self.names: dict[str, list[str]] = {}
        self.texts: dict[str, str] = dict(zip(articles["article_id"], articles["text"], strict=True))
        self.searched: dict[str, Searched] = {}
        for article_id, source in articles[["article_id", "source"]].itertuples(index=False):
            path = PurePosixPath(source) if isinstance(source, str) else PurePosixPath(article_id)
            for name in {article_id, str(path), path.name, path.stem}:
                self.names.setdefault(name.casefold(), []).append(article_id)

    def place(self, name: str | None, anchor: Anchor) -> tuple[str, int, int]:
        """article_id, start and end of a passage.

        Raises:
            LookupError: it is not found, or not in one place only; the message says what to do.
        """
        if name is None:
            return self._anywhere(anchor)
        found = self.names.get(name.replace("\\", "/").removeprefix("./").casefold(), [])
        if len(found) != 1:
            what = "no article" if not found else f"{len(found)} articles"
            raise LookupError(f"{what} of the name {name[:80]!r}; correct it, or delete the row")
        return found[0], *find(anchor, self._searched(found[0]))

    def _anywhere(self, anchor: Anchor) -> tuple[str, int, int]:
        found, said = (
            [],
            "it names no article, and its words stand in none; write the file's name into `article`",
        )
        for article_id in list(self.texts)[:_TRIED]:
            try:
                found.append((article_id, *find(anchor, self._searched(article_id))))
            except Unclear:
                found.append((article_id, 0, 0))
            except LookupError:
                continue
        if len(found) != 1 or not found[0][2]:
            many = "its words stand in several places; write the file's name into `article`"
            raise LookupError(many if found else said)
        return found[0]

    def _searched(self, article_id: str) -> Searched:
        if article_id not in self.searched:
            self.searched[article_id] = Searched(self.texts[article_id])
        return self.searched[article_id]


def placed(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Find the passage of every row.

    Args:
        rows: ROWS of `reading/corrections.py`.
    Returns:
        CORRECTIONS table in their order; `result` is missing where a row can be applied.
    """
    known = Articles(articles)
    found = []
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        about = KINDS[row["kind"]].about
        place: dict = {}
        try:
            if about != "name":
                place |= _found(row, "", known)
            if about == "pair":
                place |= _found(row, "other_", known)
                if place["article_id"] == place["other_article_id"]:
                    place |= {
                        "result": NO_EFFECT,
                        "reason": "both passages stand in one article; only different articles are compared",
                    }
        except LookupError as lost:
            place |= {"result": NOT_FOUND, "reason": str(lost)}
        found.append(row | place)
    return _without_contradicting_names(tables.build(found, tables.CORRECTIONS))


def _found(row: Mapping, side: str, known: Articles) -> dict:
    start = row[f"{side}start"]
    anchor = Anchor(
        row[f"{side}words"], row[f"{side}before"] or "", row[f"{side}after"] or "", start and int(start)
    )
    article_id, first, last = known.place(row[f"{side}article"], anchor)
    text = known.texts[article_id][first:last]
    names = ("article_id", "start", "end", "text")
    return {
        f"{side}{name}": value for name, value in zip(names, (article_id, first, last, text), strict=True)
    }


def _without_contradicting_names(rows: pd.DataFrame) -> pd.DataFrame:
    """Mark the rows about one name that cannot all hold: two canonical names, or one person and two."""
    same = rows[rows["kind"] == SAME_NAME]
    told: dict[str, dict[str, list[int]]] = {}
    for n, name, value in zip(same.index, same["words"], same["value"], strict=True):
        told.setdefault(name, {}).setdefault(value, []).append(n)
    wrong: dict[int, str] = {}
    for name, values in told.items():
        if len(values) > 1:
            said = f"{name!r} is {' and '.join(map(repr, values))}"
            wrong |= {n: said for numbers in values.values() for n in numbers}
    one_of = _Joined()
    for n, name, value in zip(same.index, same["words"], same["value"], strict=True):
        if n not in wrong and not one_of.join(name, value, n):
            wrong |= dict.fromkeys(
                [n, *one_of.rows_of(name)], f"{name!r} and {value!r} each stand for the other"
            )
    apart = rows[rows["kind"] == DIFFERENT_NAMES]
    for n, name, value in zip(apart.index, apart["words"], apart["value"], strict=True):
        if one_of.home(name) == one_of.home(value):
            wrong |= dict.fromkeys(
                [n, *one_of.rows_of(name)], f"{name!r} and {value!r} are said to be one and two"
            )
    return contradicting(rows, wrong)


class _Joined:
    """Names that are one, by the rows that say so."""

    def __init__(self) -> None:
        self.towards: dict[str, str] = {}
        self.rows: dict[str, int] = {}

    def home(self, name: str) -> str:
        while name in self.towards:
            name = self.towards[name]
        return name

    def join(self, name: str, canonical: str, row: int) -> bool:
        """Whether a name could be given its canonical name without going in a circle."""
        if self.towards.get(name) == canonical:
            return True
        if self.home(canonical) == name:
            return name == canonical
        self.towards[name], self.rows[name] = canonical, row
        return True

    def rows_of(self, name: str) -> list[int]:
        home = self.home(name)
        return [row for other, row in self.rows.items() if self.home(other) == home]


def contradicting(rows: pd.DataFrame, wrong: Mapping[int, str]) -> pd.DataFrame:
    """The rows with those that contradict others marked: neither of two is applied."""
    rows = rows.copy()
    for n, said in wrong.items():
        rows.loc[n, ["result", "reason"]] = [
            CONFLICT, f"contradicts another row ({said}); neither is applied, delete one"
        ]  # fmt: skip
    return rows
