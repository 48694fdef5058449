"""A random sample to be coded by hand, with the machine's answers, which the coders are not shown."""

import hashlib
import json
import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from samestory import tables
from samestory.reading.disk import read_bytes
from samestory.reading.limits import json_of
from samestory.story import Story
from samestory.trust.coding import WHATS, Coding, coding
from samestory.trust.units import UNITS, units

SAMPLE = {
    "unit": "str",  # its name, the same whenever it is drawn with this seed
    **{name: dtype for name, dtype in UNITS.items() if not name.startswith("passage_")},
    "published": "str",  # day of publication, 2025-07-04
    "before": "str", "passage": "str", "after": "str",  # what the coder reads
    "published_b": "str", "before_b": "str", "passage_b": "str", "after_b": "str",
    "found": "bool",  # the machine saw something of the kind there
    "weight": "float64",  # how many of all passages it stands for
}  # fmt: skip
POPULATION = {
    "outlet": "str",
    "value": "str",  # the machine's answer to the first question
    "found": "bool",
    "units": "int64",  # how many passages of the outlet it gave this answer
}
MARKS = "⟦", "⟧"
KEY = "-key.json"  # ends the name of the file that holds the machine's answers
# Lacy and Riffe's usual case: coders agree in 90 of 100, known to 5 points, with 95 % (one-sided).
AGREEMENT, MARGIN, Z = 0.9, 0.05, 1.645
_BEFORE, _AFTER = 5, 2  # sentences around a passage
_NAME = 6  # hexadecimal digits of a unit's name


@dataclass(frozen=True)
class Sample:
    """Passages to be coded, with what the machine says of each.

    `rows` has SAMPLE and a column for each variable of the coding; `population` has POPULATION: all that
    could have been drawn.
    """

    what: str
    rows: pd.DataFrame
    population: pd.DataFrame
    seed: int = 0
    codebook: str = "policy"

    @property
    def coding(self) -> Coding:
        """The questions to the coders."""
        return coding(self.what, codebook=self.codebook)

    @property
    def why(self) -> str:
        """The size of the sample, and what it is good for, in words for a methods section."""
        total, n = int(self.population["units"].sum()), len(self.rows)
        found, of_found = int(self.rows["found"].sum()), int(self.population.query("found")["units"].sum())
        needed = size_for(total)
        drawn = (
            f"{n} of {total:,} passages were drawn at random, stratified by outlet: {found} of the "
            f"{of_found:,} in which the machine found something of the kind, and {n - found} of the "
            f"{total - of_found:,} in which it found nothing, so that what it missed can be estimated, too."
        )
        rule = (
            f"To show with 95% certainty that coders who agree in {AGREEMENT:.0%} of all passages agree in "
            f"at least {AGREEMENT - MARGIN:.0%}, {needed} of {total:,} are needed (Lacy and Riffe 1996)"
        )
        if not total:
            return "These articles hold none, so there is nothing to code."
        if n >= total:
            return f"All {total:,} passages are coded, so that nothing has to be inferred from a sample."
        end = (
            "; the sample has as many."
            if n >= needed
            else "; the sample has fewer, and its intervals are wider."
        )
        return f"{drawn} {rule}{end}"

    def save(self, path: str | Path) -> Path:
        """Write the sample as JSON: the key to the coding sheets. Coders must not see it."""
        kept = {
            "what": self.what, "seed": self.seed, "codebook": self.codebook,
            "rows": _records(self.rows), "population": _records(self.population),
        }  # fmt: skip
        path = Path(path)
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
        return path

    @classmethod
    def open(cls, path: str | Path) -> "Sample":
        """Read what `save` wrote.

        Raises:
            FileNotFoundError: there is no such file.
            ValueError: it is no sample, or damaged.
        """
        path = Path(path)
        try:
            kept = json_of(read_bytes(path).decode("utf-8"))
            what, seed, codebook = kept["what"], int(kept["seed"]), str(kept["codebook"])
            names = [variable.name for variable in coding(what, codebook=codebook).variables]
            rows = _table(kept["rows"], SAMPLE | dict.fromkeys(names, "str"))
            return cls(what, rows, _table(kept["population"], POPULATION), seed, codebook)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(
                f"{path.name} is no sample that Sample.save wrote, or damaged ({error})"
            ) from error


def sample(
    story: Story, *, what: str = "quotes", n: int | None = None, seed: int = 0, codebook: str = "policy"
) -> Sample:
    """Draw passages at random to be coded by hand: half of them where the machine found something.

    The other half is where it saw nothing, since only there what it missed can be found. Each half is drawn
    from the outlets in proportion to what they have, but one from each at least where n allows it. The same
    seed draws the same passages, in whatever order the articles come.

    Args:
        what: quotes, times, events, frames, tone, statements, differences, loaded or persons.
        n: passages; None: as many as Lacy and Riffe ask for, so that agreement in 90 of 100 is known to 5
            points with 95% certainty (some 90).
        seed: of the draw; name it in a report.
        codebook: of the frames, if these are asked.
    Raises:
        ValueError: what is not one of these, or n is no positive number.
    References:
        Lacy and Riffe (1996), Sampling error and selecting intercoder reliability samples for nominal
        content categories, Journalism & Mass Communication Quarterly 73(4).
        Krippendorff (2019), Content Analysis, ch. 12, on samples that must hold the rare.
    """
    tables.require_one_of("what", what, WHATS)
    questions = coding(what, codebook=codebook)
    everything = units(story, what, codebook=codebook)
    size = size_for(len(everything)) if n is None else n
    if n is not None and n < 1:
        raise ValueError(f"n={n}: expected a positive number of passages, or None")
    main = questions.main
    everything["found"] = everything[main.name] != main.nothing
    drawn = _drawn(everything, size, seed)
    columns = SAMPLE | {variable.name: "str" for variable in questions.variables}
    rows = pd.concat([drawn.reset_index(drop=True), _surroundings(drawn, story)], axis=1)
    rows.insert(0, "unit", _names(what, drawn, seed))
    counted = everything.groupby(["outlet", main.name, "found"]).size().reset_index(name="units")
    population = counted.rename(columns={main.name: "value"})[list(POPULATION)].astype(POPULATION)
    return Sample(what, rows[list(columns)].astype(columns), population, seed, codebook)


def size_for(population: int, *, agreement: float = AGREEMENT, margin: float = MARGIN, z: float = Z) -> int:
    """Units to be coded so that the agreement of coders in all of them is known well enough.

    n = ((N - 1) SE² + P Q N) / ((N - 1) SE² + P Q), with SE = margin / z.

    Args:
        population: N, all units.
        agreement: P, the agreement that is expected in all of them, 0 to 1.
        margin: by which the agreement in the sample may be higher.
        z: of the one-sided level of certainty; 1.645 for 95 %.
    References:
        Lacy and Riffe (1996), formula 2.
    """
    if population < 1:
        return 0
    spread, error = agreement * (1 - agreement), (population - 1) * (margin / z) ** 2
    return min(population, math.ceil((error + spread * population) / (error + spread)))


def allocate(sizes: pd.Series, n: int) -> pd.Series:
    """How many of n to draw from each stratum: in proportion, one at least where n allows it.

    By largest remainders; ties go to the first. Sums to n, or to all that there is.
    """
    n = min(n, int(sizes.sum()))
    least = (sizes > 0).astype(int) if n >= int((sizes > 0).sum()) else sizes * 0
    rest = sizes - least
    exact = rest * (n - least.sum()) / max(rest.sum(), 1)
    given = least + np.floor(exact + 1e-9).astype(int)
    order = (exact - np.floor(exact + 1e-9)).sort_values(ascending=False, kind="stable").index
    for name in order[: n - int(given.sum())]:
        given[name] += 1
    return given.astype(int)


def _drawn(everything: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    """The rows that are drawn, with their weights."""
    if everything.empty:
        return everything.assign(weight=0.0)
    n = min(n, len(everything))
    has = {found: int((everything["found"] == found).sum()) for found in (True, False)}
    of_found = min(has[True], max(n - n // 2, n - has[False]))
    parts = []
    for found, many in ((True, of_found), (False, n - of_found)):
        stratum = everything[everything["found"] == found]
        sizes = stratum.groupby("outlet").size()
        if many < len(sizes):  # too few to take one from each outlet: the outlets are one stratum
            picked = stratum.iloc[_order(len(stratum), seed, found, "")[:many]]
            parts.append(picked.assign(weight=len(stratum) / max(many, 1)))
            continue
        given = allocate(sizes, many)
        for outlet, rows in stratum.groupby("outlet"):
            picked = rows.iloc[_order(len(rows), seed, found, str(outlet))[: given[outlet]]]
            parts.append(picked.assign(weight=sizes[outlet] / given[outlet]))
    return pd.concat(parts).sort_index()


def _order(n: int, seed: int, found: bool, outlet: str) -> np.ndarray:
    """A random order, apart for each stratum, so that one stratum's size moves no other's draw."""
    return np.random.default_rng([seed, int(found), zlib.crc32(outlet.encode())]).permutation(n)


def _names(what: str, rows: pd.DataFrame, seed: int) -> list[str]:
    """Names that tell nothing of the place, nor of what the machine found."""
    names: list[str] = []
    for row in rows.itertuples():
        place = repr(
            (seed, row.article_id, row.start, row.end, row.text, row.article_b, row.start_b, row.text_b)
        )
        digest = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()
        name = f"{what}-{digest[:_NAME]}"
        names.append(name if name not in names else f"{what}-{digest[: 2 * _NAME]}")
    return names


def _surroundings(rows: pd.DataFrame, story: Story) -> pd.DataFrame:
    """What the coder reads: the passage, what stands before and after it, and when it was published."""
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    days = dict(zip(story.articles["article_id"], story.articles["published"], strict=True))
    sentences = {
        article_id: own[["start", "end"]].to_numpy()
        for article_id, own in story.sentences.sort_values("start").groupby("article_id")
    }
    found = []
    for row in rows.to_dict("records"):
        cells: dict[str, Any] = {}
        for side, article in (("", row["article_id"]), ("_b", row["article_b"])):
            if pd.isna(article):
                continue
            text, places = texts[article], sentences[article]
            first, last = int(row[f"passage_start{side}"]), int(row[f"passage_end{side}"])
            before, after = places[places[:, 0] < first], places[places[:, 0] >= last]
            opens = before[-_BEFORE:][0][0] if len(before) else first
            closes = after[:_AFTER][-1][1] if len(after) else last
            place = int(row[f"start{side}"]), int(row[f"end{side}"])
            cells |= {
                f"before{side}": text[opens:first].strip() or None,
                f"passage{side}": _marked(text, (first, last), place),
                f"after{side}": text[last:closes].strip() or None,
                f"published{side}": None if pd.isna(days[article]) else f"{days[article]:%Y-%m-%d}",
            }
        found.append(cells)
    names = [f"{name}{side}" for side in ("", "_b") for name in ("before", "passage", "after", "published")]
    return pd.DataFrame(found, columns=names)


def _marked(text: str, passage: tuple[int, int], place: tuple[int, int]) -> str:
    """The passage, with what is judged between marks where that is only a part of it."""
    (first, last), (start, end) = passage, place
    if (start, end) == (first, last):
        return text[first:last]
    return text[first:start] + MARKS[0] + text[start:end] + MARKS[1] + text[end : max(last, end)]


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(table.to_json(orient="records", force_ascii=False, double_precision=15))


def _table(records: list[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    for row in records:
        missing = columns.keys() - row.keys()
        if missing:
            raise ValueError(f"a row has no {sorted(missing)}")
    return tables.build(records, columns)
