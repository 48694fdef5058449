"""Apply corrections to the tables of annotation: what a person says wins over the machine, in every table.

They are applied to what the cache gives, so that the cache holds the machine's rows alone.
"""

import re
from collections.abc import Iterator
from itertools import combinations

import pandas as pd
from spacy.lang.en.stop_words import STOP_WORDS

from samestory import tables
from samestory.quotes.inside import MIXED, NARRATOR, QUOTED, quoted_by_article, with_voice
from samestory.reading import corrections as kinds
from samestory.timeline.expressions.timex import Timex, Unit
from samestory.trust.places import AGREES, APPLIED, CONFLICT, NO_EFFECT, NOT_FOUND, contradicting

NOBODY = "nobody"  # the speaker whom the text does not name
_TABLE = {
    kinds.SPEAKER: "quotes", kinds.QUOTE: "quotes", kinds.NO_QUOTE: "quotes", kinds.DATE: "times",
    kinds.NO_DATE: "times", kinds.WHO: "mentions", kinds.TONE_TOWARD: "mentions", kinds.TONE: "sentences",
    kinds.NOT_LOADED: "loaded", kinds.NO_FRAME: "frames", kinds.NO_LABEL: "descriptions",
}  # fmt: skip
_TAKEN_OUT = (kinds.NO_QUOTE, kinds.NO_DATE, kinds.NOT_LOADED, kinds.NO_FRAME, kinds.NO_LABEL)
_OTHER = {"body": "ORG", "place": "GPE", "group": "NORP"}  # what is no person may be
_UNSAID = "MISC"  # what is no person, and of which no more is said: no question counts it
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d)(?::\d\d)?)?)?)?")
_WORD = re.compile(r"\w+")

Found = dict[str, pd.DataFrame]


class Nothing(Exception):
    """A correction that changes nothing, and why."""


def names_by_hand(rows: pd.DataFrame) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What the rows say of names, for `merge_names`: name -> canonical name, and the pairs that are two."""
    usable = rows[rows["result"].isna()]
    same, apart = (usable[usable["kind"] == kind] for kind in (kinds.SAME_NAME, kinds.DIFFERENT_NAMES))
    towards = dict(zip(same["words"], same["value"], strict=True))

    def last(name: str) -> str:
        seen = {name}
        while (name := towards.get(name, name)) not in seen:
            seen.add(name)
        return name

    return {name: last(name) for name in towards}, list(zip(apart["words"], apart["value"], strict=True))


def mended(found: Found, articles: pd.DataFrame, rows: pd.DataFrame) -> tuple[Found, pd.DataFrame]:
    """The tables of annotation as the corrections have them, and what became of each correction.

    Args:
        found: annotation tables by name, with the names of all articles; they are not changed.
        rows: as `placed` gives them. Pairs of statements are compared later, and are marked as applied.
    Returns:
        new tables, and CORRECTIONS.
    """
    if rows.empty:
        return found, rows
    rows = _without_contradictions(found, rows)
    mending = _Mending(dict(found), articles)
    for n in rows.index[rows["result"].isna()]:
        try:
            changed = mending.apply(rows.loc[n])
        except Nothing as reason:
            rows.loc[n, ["result", "reason"]] = [NO_EFFECT, str(reason)]
        else:
            rows.loc[n, "result"] = APPLIED if changed else AGREES
    return mending.finished(), rows


def problems_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The corrections that were not applied, as a PROBLEMS table: where, why, and what to do."""
    wrong = rows[rows["result"].isin([NOT_FOUND, NO_EFFECT, CONFLICT])]
    said = [
        {
            "file": row.file,
            "reason": f"line {row.line} ({row.kind}: {_short(row.words)!r}): not applied: {row.reason}",
        }
        for row in wrong.itertuples()
    ]
    return tables.build(said, tables.PROBLEMS)


def rows_at(table: pd.DataFrame, article_id: str, start: int, end: int) -> pd.DataFrame:
    """The rows of a place: those of the very same words, else those that share half of the shorter one."""
    own = table[(table["article_id"] == article_id) & (table["start"] < end) & (table["end"] > start)]
    same = own[(own["start"] == start) & (own["end"] == end)]
    if len(same):
        return same
    shared = own["end"].clip(upper=end) - own["start"].clip(lower=start)
    shorter = (own["end"] - own["start"]).clip(upper=end - start)
    return own[2 * shared >= shorter]


def _without_contradictions(found: Found, rows: pd.DataFrame) -> pd.DataFrame:
    """Mark the rows that say two things of one place, be it of the same row of a table."""
    usable = rows[rows["result"].isna()]
    wrong: dict[int, str] = {}
    for _, own in usable[usable["kind"].isin(_TABLE)].groupby([usable["kind"].map(_TABLE), "article_id"]):
        claims = [
            (row, frozenset(rows_at(found[_TABLE[row.kind]], *_place(row)).index)) for row in own.itertuples()
        ]
        for (one, its), (other, others) in combinations(claims, 2):
            met = its & others or _mostly_one(one, other)
            if met and not _agree(one, other):
                wrong |= dict.fromkeys([one.Index, other.Index], f"{_claim(one)}, and {_claim(other)}")
    pairs = usable[usable["kind"].isin([kinds.SAME_STATEMENT, kinds.DIFFERENT_STATEMENTS])]
    for one, other in combinations(pairs.itertuples(), 2):
        sides = (_place(one), _place(one, "other_"))
        if one.kind != other.kind and sorted(sides) == sorted((_place(other), _place(other, "other_"))):
            wrong |= dict.fromkeys([one.Index, other.Index], f"{one.kind}, and {other.kind}")
    whole = usable[usable["kind"] == kinds.NO_PERSON]
    for one, other in combinations(whole.itertuples(), 2):
        if one.words == other.words and not _same(one.value, other.value):
            wrong |= dict.fromkeys([one.Index, other.Index], f"{_claim(one)}, and {_claim(other)}")
    return contradicting(rows, wrong)


def _place(row, side: str = "") -> tuple[str, int, int]:
    return tuple(getattr(row, f"{side}{name}") for name in ("article_id", "start", "end"))


def _mostly_one(one, other) -> bool:
    """Whether two passages are largely the same characters."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= max(one.end, other.end) - min(one.start, other.start)


def _agree(one, other) -> bool:
    """Whether two rows on one place can both hold."""
    if {one.kind, other.kind} == {kinds.SPEAKER, kinds.QUOTE}:
        return pd.isna(one.value) or pd.isna(other.value) or one.value == other.value
    if {one.kind, other.kind} == {kinds.WHO, kinds.TONE_TOWARD} or one.kind == other.kind == kinds.NO_FRAME:
        return True
    return one.kind == other.kind and _same(one.value, other.value)


def _same(one, other) -> bool:
    return bool(pd.isna(one) and pd.isna(other)) or one == other


def _claim(row) -> str:
    return row.kind if pd.isna(row.value) else f"{row.kind} {row.value!r}"


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"


class _Mending:
    """The tables while corrections are applied to them one by one."""

    def __init__(self, found: Found, articles: pd.DataFrame):
        self.found, self.texts = found, articles.set_index("article_id")["text"]
        named = found["mentions"][found["mentions"]["form"] == "name"]
        self.entities = set(named["entity"].dropna()) | set(found["quotes"]["speaker"].dropna())
        forms = named.dropna(subset="entity").groupby("text")["entity"].agg(set)
        self.meant = {text: next(iter(meant)) for text, meant in forms.items() if len(meant) == 1}
        self.touched: list[tuple[str, int, int]] = []  # where quotes came or went

    def apply(self, row: pd.Series) -> bool:
        """Apply one row; whether that changed anything.

        Raises:
            Nothing: there is nothing that it could change.
        """
        if row["kind"] == kinds.NO_PERSON:
            return self._no_person(row)
        if row["kind"] in (kinds.SAME_NAME, kinds.DIFFERENT_NAMES):
            return True
        if row["kind"] in (kinds.SAME_STATEMENT, kinds.DIFFERENT_STATEMENTS):
            for side in ("", "other_"):
                if rows_at(self.found["sentences"], *_place(row, side)).empty:
                    raise Nothing("no sentence stands there; name a passage of a whole sentence")
            return True
        rows = rows_at(self.found[_TABLE[row["kind"]]], *_place(row))
        if row["kind"] == kinds.QUOTE:
            return self._quote(row, rows)
        if row["kind"] in (kinds.DATE, kinds.NO_DATE):
            return self._date(row, rows)
        if row["kind"] == kinds.NO_FRAME and pd.notna(row["value"]):
            rows = rows[rows["frame"].str.casefold() == row["value"].casefold()]
        if row["kind"] in _TAKEN_OUT:
            return self._taken_out(row, rows)
        if rows.empty:
            raise Nothing(f"there is nothing of the table {_TABLE[row['kind']]} to correct; delete the row")
        if row["kind"] == kinds.SPEAKER:
            return self._speaker(rows.index, row["value"])
        if row["kind"] == kinds.WHO:
            return self._set("mentions", rows.index, entity=self._canonical(row["value"]))
        column = "polarity" if row["kind"] == kinds.TONE else "toward"
        return self._set(_TABLE[row["kind"]], rows.index, **{column: _tone(row["value"])})

    def finished(self) -> Found:
        """The tables, with what depends on where the quotes are."""
        self._revoice()
        return {name: table.reset_index(drop=True) for name, table in self.found.items()}

    def _canonical(self, name: str) -> str:
        """The name under which the story counts whom a name means."""
        return name if name in self.entities else self.meant.get(name, name)

    def _set(self, table: str, index: pd.Index, **values: object) -> bool:
        before = self.found[table].loc[index, list(values)]
        after = before.assign(**values).astype(before.dtypes.to_dict())
        if before.equals(after):
            return False
        changed = self.found[table].copy()
        changed.loc[index, list(values)] = after
        self.found[table] = changed
        return True

    def _taken_out(self, row: pd.Series, rows: pd.DataFrame) -> bool:
        name = _TABLE[row["kind"]]
        if name == "quotes":
            self.touched += zip(rows["article_id"], rows["start"], rows["end"], strict=True)
        self.found[name] = self.found[name].drop(rows.index)
        return bool(len(rows))

    def _speaker(self, index: pd.Index, value: str) -> bool:
        name = None if value.casefold() == NOBODY else self._canonical(value)
        quotes = self.found["quotes"].loc[index]
        other = quotes.index[[not _same(speaker, name) for speaker in quotes["speaker"]]]
        # The words that named the wrong speaker, and the body of a wrong spokesperson, go with the name.
        form = {"speaker_form": "name" if name else "none", "speaker_start": pd.NA, "speaker_end": pd.NA}
        known = {"speaker": name, "speaks_for": None, "certainty": 1.0}
        return bool(len(other)) and self._set("quotes", other, **known, **form)

    def _quote(self, row: pd.Series, rows: pd.DataFrame) -> bool:
        if len(rows):
            return pd.notna(row["value"]) and self._speaker(rows.index, row["value"])
        article_id, start, end = _place(row)
        marked = row["text"][:1] in "\"“‘'" or self.texts[article_id][max(0, start - 1) : start] in {
            '"',
            "“",
            "‘",
        }
        value = row["value"] if pd.notna(row["value"]) and row["value"].casefold() != NOBODY else None
        new = {
            "article_id": article_id, "start": start, "end": end, "text": row["text"], "act": "speech",
            "kind": "direct" if marked else "indirect", "stance": "neutral",
            "speaker": value and self._canonical(value), "speaker_form": "name" if value else "none",
            "certainty": 1.0,
        }  # fmt: skip
        quotes = [self.found["quotes"], tables.build([new], tables.QUOTES)]
        joined = pd.concat(quotes, ignore_index=True).astype(tables.QUOTES)
        self.found["quotes"] = joined.sort_values(["article_id", "start"], kind="stable", ignore_index=True)
        self.touched.append((article_id, start, end))
        return True

    def _date(self, row: pd.Series, times: pd.DataFrame) -> bool:
        """A time expression's date and that of every event that it dates; or, at an event, the event's."""
        events = self.found["events"]
        if times.empty:
            events = rows_at(events, *_place(row))
        else:
            dated = (events["article_id"] == row["article_id"]) & events["time_start"].isin(times["start"])
            events = events[dated]
        if row["kind"] == kinds.NO_DATE:
            self.found["times"] = self.found["times"].drop(times.index)
            none = {"value": None, "earliest": pd.NaT, "latest": pd.NaT, "granularity": None, "how": None}
            changed = self._set("events", events.index, **none, time_start=pd.NA, time_end=pd.NA)
            return bool(len(times)) or changed
        if times.empty and events.empty:
            raise Nothing("neither an expression of time nor an event was found there; name its words")
        date = _timex(row["value"])
        known = {"value": date.value, "earliest": date.earliest, "latest": date.latest}
        for name, table in (("times", times), ("events", events)):  # how it is told stays as it was
            self._set(name, table.index[table["how"].isna()], how="inferred")
        times = times[times["value"] != date.value]
        events = events[events["value"] != date.value]
        changed = self._set("times", times.index, **known, type="TIME" if date.time else "DATE")
        return self._set("events", events.index, **known, granularity=date.granularity) or changed

    def _no_person(self, row: pd.Series) -> bool:
        mentions, name = self.found["mentions"], self._canonical(row["words"])
        own = mentions[mentions["entity"] == name]
        if own.empty:
            raise Nothing("no article has this name; write it as the tables do")
        if pd.notna(row["value"]) and row["value"].casefold() not in _OTHER:
            raise Nothing(f"value is {row['value'][:40]!r}; expected one of: {', '.join(_OTHER)}, or nothing")
        kind = _OTHER[row["value"].casefold()] if pd.notna(row["value"]) else _UNSAID
        if not (own["kind"] == "PERSON").any():
            return False
        named = own[own["form"] == "name"]
        self._set("mentions", named.index, kind=kind)
        # "He" and "the manager" mean somebody, but not what is no person.
        self._set("mentions", own.index.difference(named.index), entity=None, kind="PERSON")
        return True

    def _revoice(self) -> None:
        """Whose words a sentence, a loaded word or an event stands in, where a quote came or went."""
        if not self.touched:
            return
        sentences, quotes, events = (self.found[name] for name in ("sentences", "quotes", "events"))
        inside = quoted_by_article(quotes)
        for place in self.touched:
            for row in _overlapping(sentences, *place):
                voice = self._voice(row, quotes)
                self._set("sentences", pd.Index([row.Index]), voice=voice)
            for row in _overlapping(events, *place):
                around = inside[row.article_id].around(row.start, row.end) is not None
                self._set("events", pd.Index([row.Index]), quoted=around)
        loaded = self.found["loaded"]
        self.found["loaded"] = loaded.assign(voice=with_voice(loaded, quotes)["voice"])

    def _voice(self, sentence, quotes: pd.DataFrame) -> str:
        """As `sentence_voices` has it, by a list of function words in the place of their parts of speech."""
        text = self.texts[sentence.article_id]
        own = quotes[quotes["article_id"] == sentence.article_id]
        spans = list(zip(own["start"], own["end"], strict=True))
        credits = [
            span
            for part in ("cue", "speaker")
            for span in own[[f"{part}_start", f"{part}_end"]].dropna().itertuples(index=False, name=None)
        ]

        def within(places: list, word: re.Match) -> bool:
            return any(start <= word.start() < end for start, end in places)

        words = list(_WORD.finditer(text, sentence.start, sentence.end))
        if not any(within(spans, word) for word in words):
            return NARRATOR
        left = [word for word in words if not within(spans, word) and not within(credits, word)]
        return QUOTED if all(word[0].lower() in STOP_WORDS for word in left) else MIXED


def _overlapping(table: pd.DataFrame, article_id: str, start: int, end: int) -> Iterator:
    own = table[(table["article_id"] == article_id) & (table["start"] < end) & (table["end"] > start)]
    return own.itertuples()


def _timex(value: str) -> Timex:
    """A date as a person writes it.

    Raises:
        Nothing: the calendar has no such date.
    """
    read = _DATE.fullmatch(value.strip())
    if read:
        year, month, day = (int(part) if part else None for part in read.groups()[:3])
        date = Timex(Unit.DAY if day else Unit.MONTH if month else Unit.YEAR, year, month, day)
        clock = read[4]
        if date.days and not (clock and clock >= "24:00") and not (clock and clock[3:] >= "60"):
            return date.at(clock) if clock else date
    raise Nothing(
        f"value is {value[:40]!r}; expected a date such as 2025-07-04, 2025-07, 2025 or 2025-07-04T16:30"
    )


def _tone(value: str) -> float:
    try:
        tone = float(value.replace("−", "-"))
    except ValueError:
        tone = float("nan")
    if not -1 <= tone <= 1:
        raise Nothing(f"value is {value[:40]!r}; expected a number from -1 to 1")
    return tone
