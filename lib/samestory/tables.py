"""The tables of a story: each declared once, column -> dtype, and built from rows by one function.

Offsets are half-open positions in Python characters of `articles.text`, so that for every
annotation row `articles.text[start:end] == text`. Strings that are not known are missing (NA),
never empty; times that are not known are NaT.
"""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

_SURROGATE = re.compile("[\ud800-\udfff]")
NUMBER = "Int64"  # an integer that may be missing
TIME = "datetime64[us]"  # wall-clock time as the outlet states it, without a zone

ARTICLES = {
    "article_id": "str",
    "outlet": "str",
    "title": "str",  # the headline; not part of text
    "published": TIME,
    "published_from": "str",  # manifest, stated, inferred, or missing
    "updated": TIME,  # the last change that is stated, when later than published
    "author": "str",
    "url": "str",
    "language": "str",  # ISO 639-1
    "words": "int64",  # whitespace-separated words of text
    "source": "str",  # the file, relative to the folder that was loaded
    "raw_sha256": "str",
    "removed": "object",  # clutter that was cut: list of (start, end, reason) in the raw text
    "raw": "str",  # the decoded text before cleaning, in which the offsets of removed count
    "text": "str",  # cleaned body, paragraphs separated by a blank line
}

PROBLEMS = {
    "file": "str",  # relative to the folder that was loaded, or the article_id of an article without a file
    "annotator": "str",  # which step of annotation failed; missing where reading did
    "reason": "str",
}

_PLACE = {"article_id": "str", "start": "int64", "end": "int64", "text": "str"}

SENTENCES = _PLACE | {
    "sentence": "int64",  # 0, 1, 2 ... within the article
    "paragraph": "int64",
    "voice": "str",  # narrator, quoted, mixed
    "polarity": "float64",  # TextBlob, -1 negative to 1 positive; NaN when it knows no word
    "subjectivity": "float64",  # TextBlob, 0 to 1; NaN when it knows no word
}

MENTIONS = _PLACE | {
    "kind": "str",  # PERSON, ORG, GPE, NORP ... (OntoNotes labels)
    "form": "str",  # name, nominal, pronoun
    "entity": "str",  # canonical name, the same in every article
    "role": "str",  # subject, object, possessive, other
    # sentiment toward it, -1 to 1; NaN for a pronoun, a quote's speaker, and what is no person or body
    "toward": "float64",
}

QUOTES = _PLACE | {
    "kind": "str",  # direct, indirect, mixed
    "act": "str",  # speech, attitude
    "cue": "str",  # lemma of the cue; missing where there is none
    "cue_start": NUMBER,
    "cue_end": NUMBER,
    "stance": "str",  # neutral, assertive, doubtful, positive, negative
    "speaker_start": NUMBER,
    "speaker_end": NUMBER,
    "speaker": "str",  # canonical name; missing where the text does not say
    "speaker_form": "str",  # name, nominal, pronoun, none
    "speaks_for": "str",  # the body of a spokesperson, by its canonical name
    "certainty": "float64",  # chance that readers would mark it so, 0 to 1; NaN where layout or marks tell it
}

TIMES = _PLACE | {
    "type": "str",  # DATE, TIME, DURATION, SET (TimeML)
    "value": "str",  # TIMEX3 value
    "earliest": TIME,  # NaT for durations and sets
    "latest": TIME,
    "how": "str",  # stated, relative (to another date), inferred (the year); missing where not resolved
}

FRAMES = _PLACE | {  # one row a piece of evidence
    "frame": "str",
    "term": "str",  # as the codebook has it; text is as the article has it
    "weight": "float64",  # what one occurrence counts: 2 strong, 1, 0.5 weak
    "codebook": "str",
}

LOADED = _PLACE | {"score": "float64", "voice": "str"}  # score 0 to 1

ACTIONS = _PLACE | {  # one row a deed; start:end is its verb, or the noun for it
    "verb": "str",  # lemma
    "form": "str",  # active, passive (names the actor), agentless, noun ("the attack on Kyiv")
    "actor_start": NUMBER,
    "actor_end": NUMBER,
    "patient_start": NUMBER,  # the one acted upon
    "patient_end": NUMBER,
}

DESCRIPTIONS = _PLACE | {  # one row a description of a mention
    "how": "str",  # title (before the name), apposition (beside it), nominal (in its place)
    "mention_start": NUMBER,
    "mention_end": NUMBER,
}

EVENTS = _PLACE | {  # start:end are the few words that tell who did what
    "sentence": "int64",
    "clause_start": "int64",  # the whole clause
    "clause_end": "int64",
    "quoted": "bool",  # its verb stands in quoted words
    "value": "str",  # TIMEX3
    "earliest": TIME,  # NaT where the date could not be resolved
    "latest": TIME,
    "granularity": "str",  # time, day, week, month, quarter, season, year ...; missing where not resolved
    "how": "str",  # stated, relative, inferred, carried over; missing where not resolved
    "time_start": NUMBER,  # the expression that gives the date; missing where no date in the text does
    "time_end": NUMBER,
}

IN_FORCE = ("applied", "agrees")  # results of a correction that holds
CORRECTIONS = {  # one row of corrections.csv or aliases.csv, and what became of it
    "kind": "str",  # speaker, no quote, date ... (`reading/corrections.py` lists them)
    "value": "str",  # what is right
    "words": "str",  # the passage or name as the file has it
    "result": "str",  # applied, agrees (the machine says so, too), not found, no effect, conflict
    "reason": "str",  # why it was not applied, and what to do
    "article_id": "str",  # where the passage was found; missing for a name, and where it was not
    "start": NUMBER,
    "end": NUMBER,
    "text": "str",
    "other_article_id": "str",  # of the second passage of a pair
    "other_start": NUMBER,
    "other_end": NUMBER,
    "other_text": "str",
    "note": "str",  # the corrector's own
    "file": "str",
    "line": NUMBER,  # in the file; the first below the header is 2
}

ANNOTATIONS = {
    "sentences": SENTENCES,
    "mentions": MENTIONS,
    "quotes": QUOTES,
    "times": TIMES,
    "frames": FRAMES,
    "loaded": LOADED,
    "actions": ACTIONS,
    "descriptions": DESCRIPTIONS,
    "events": EVENTS,
}


def build(rows: Iterable[Mapping], columns: Mapping[str, str]) -> pd.DataFrame:
    """Build a table with the declared columns and dtypes, so that an empty one has them too.

    Args:
        rows: one mapping per row; a key that is not declared is left out, an absent one is missing.
        columns: column -> dtype, one of the constants above.
    """
    rows = list(rows)
    data = {
        name: pd.Series([_known(row.get(name)) for row in rows], dtype="object").astype(dtype)
        for name, dtype in columns.items()
    }
    return pd.DataFrame(data, columns=list(columns))


def whole(text: str) -> str:
    """The text with each lone surrogate, which is no character and breaks UTF-8, replaced by one as long."""
    return _SURROGATE.sub("\ufffd", text)


def require_one_of(option: str, value: object, expected: Iterable, *, or_none: bool = False) -> None:
    """Raise ValueError that names the option, its value, and what it may be."""
    expected = list(expected)
    if value not in expected and not (or_none and value is None):
        right = ", ".join(repr(one) for one in expected)
        raise ValueError(f"{option}={value!r}: expected one of: {right}{' or None' if or_none else ''}")


def require_fields(by: Iterable[str], fields: Iterable[str]) -> list[str]:
    """The columns to group by, as a list, or ValueError that says which may be in it."""
    by, fields = [by] if isinstance(by, str) else list(by), list(fields)
    wrong = [name for name in by if name not in fields]
    if wrong or not by:
        asked = f"cannot group by {wrong or 'nothing'}"
        raise ValueError(f"by={by}: {asked}; expected any of: {', '.join(fields)}")
    return by


def own_columns(articles: pd.DataFrame) -> list[str]:
    """The columns of the user's own (country, owner ...), by which articles can be compared as by outlet."""
    return [str(name) for name in articles if name not in ARTICLES]


def with_own_columns(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Add the user's own columns of the article that each row is from; "(unknown)" where they say nothing."""
    by_article = articles.set_index("article_id")
    names = [name for name in own_columns(articles) if name not in rows]
    cells = {name: by_article[name].astype("str").fillna("(unknown)") for name in names}
    return rows.assign(**{name: rows["article_id"].map(known).astype("str") for name, known in cells.items()})


def require_columns(table: pd.DataFrame, names: Iterable[str], *, where: str = "table") -> None:
    """Raise ValueError that lists what is missing and what is there."""
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise ValueError(f"{where}: no column {missing}; it has {list(table.columns)}")


def _known(value: object) -> object:
    """The value, with None for NA and NaT, as every dtype above reads None as missing."""
    return None if value is pd.NA or value is pd.NaT else value
