"""Labels: how each outlet names each actor, by the words before a name, after it, or in its place.

"Kremlin chief Vladimir Putin", "Vladimir Putin, the Russian president", "the Kremlin head": the choice
among them is the outlet's: van Dijk (1988), News as Discourse, on how news actors are described.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from spacy.tokens import Doc

from samestory.language.sentences import with_outlet, with_sentence
from samestory.language.tokens import Tokens
from samestory.names.gazetteers import HONORIFICS, titles
from samestory.names.mentions import Mention, complement_of
from samestory.names.persons import AGES
from samestory.story import Story

_PLACE = {"article_id": "str", "start": "int64", "end": "int64", "text": "str"}
LABELS = {
    "entity": "str", "outlet": "str",
    "label": "str",  # as the outlet writes it, without "the", its most frequent spelling of case
    "count": "int64", "n_articles": "int64",
    "share": "float64",  # of the outlet's labels for this actor, 0 to 1
    "how": "str",  # title, apposition, nominal
    **_PLACE, "passage": "str",  # of the first of them, and its sentence
}  # fmt: skip
_BEFORE = frozenset(("compound", "amod", "nmod", "poss", "nummod", "appos", "case"))
_IN_TITLE = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "PART"))  # a verb there is a parsing error
_FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
_LEFT_OPEN = frozenset(("ADP", "CCONJ", "DET", "PART", "PUNCT"))  # what no description ends with
_RELATIVE = frozenset(("WP", "WDT", "WP$", "WRB"))
_PLURAL = frozenset(("NNS", "NNPS"))
_OF = frozenset(("of", "for", "to"))
_ONLY = frozenset(("only", "lone", "sole", "first", "last", "next"))
_PARTY = re.compile(r"[A-Z](?:-[A-Z])?-[A-Z][\w.]*")  # and the state: "R-Texas", which is no word for anybody
_LONGEST = 10  # words; a longer description is a parsing error or a sentence
_FRAGMENT = 3  # letters; a label of no more, unless it is an abbreviation, says nothing
_KINDS = frozenset(("PERSON", "ORG", "GPE", "NORP"))
_WORKS = {  # that are called after a person
    "album", "autobiography", "biography", "book", "documentary", "film", "memoir", "movie", "musical",
    "novel", "opera", "painting", "play", "poem", "portrait", "song", "statue",
}  # fmt: skip
_SHORT = re.compile(r"\b([A-Z][a-z]{1,4})\.(?=\s|$)")
_ARTICLE = re.compile(r"^(?:the|a|an|this|that|his|her|its|their|our|my)\s+", re.I)


class Description(NamedTuple):
    """One description; start:end are the characters of its words alone."""

    start: int
    end: int
    how: str  # title (before the name), apposition (beside it), nominal (in its place)
    mention_start: int
    mention_end: int


def find_descriptions(doc: Doc, mentions: list[Mention]) -> list[Description]:
    """Find the descriptions of persons, organisations and countries, sorted by start.

    Args:
        mentions: those of the article; forms 'name' and 'nominal' are described.
    """
    tokens = Tokens.of(doc)
    rows: list[Description | None] = []
    for mention in mentions:
        if mention.kind not in _KINDS:
            continue
        if mention.form == "nominal":
            last = _end_of_role(tokens, mention)
            rows.append(_description(doc, tokens, mention.first, last, "nominal", mention))
        elif mention.form == "name" and mention.kind != "NORP":
            rows += _around(doc, tokens, mention)
    return sorted(row for row in rows if row is not None)


def labels(story: Story, *, minimum: int = 1) -> pd.DataFrame:
    """How each outlet names each actor: titles, appositions and roles in place of the name.

    Args:
        minimum: least number of labels for an actor in all outlets together.
    Returns:
        LABELS table, one row per actor, outlet and label; most often labelled actor first, then the
        outlet's most frequent label. The name alone ("Putin") is no label; see `bare_names`.
    References:
        van Dijk (1988), News as Discourse. The rules are ours.
    """
    rows = _described(story)
    if rows.empty:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in LABELS.items()})
    rows["total"] = rows.groupby("entity")["label"].transform("size")
    found = rows[rows["total"] >= minimum].groupby(["entity", "outlet", "key"], sort=False).agg(
        label=("label", lambda values: values.mode().iloc[0]),
        count=("label", "size"),
        n_articles=("article_id", "nunique"),
        **{name: (name, "first") for name in ("how", *_PLACE, "passage", "total")},
    ).reset_index()  # fmt: skip
    found["share"] = found["count"] / found.groupby(["entity", "outlet"])["count"].transform("sum")
    found = found.assign(_total=-found["total"], _count=-found["count"])
    found = found.sort_values(["_total", "entity", "outlet", "_count", "key"])
    return found[list(LABELS)].astype(LABELS).reset_index(drop=True)


def label_list(table: pd.DataFrame, *, limit: int = 4) -> pd.DataFrame:
    """The labels of each actor in each outlet on one line, the most frequent first, with their counts.

    Args:
        table: what `labels` returns.
        limit: labels on a line.
    """
    written = table.assign(labels=table["label"] + " (" + table["count"].astype("str") + ")")
    lines = written.groupby(["entity", "outlet"], sort=False)["labels"]
    return lines.agg(lambda values: ", ".join(values[:limit])).reset_index()


def bare_names(story: Story) -> pd.DataFrame:
    """Mentions of each actor in each outlet: by name, by role, by pronoun, and in all."""
    rows = with_outlet(story.mentions.dropna(subset="entity"), story.articles)
    rows = rows[rows["kind"].isin(["PERSON", "ORG", "GPE"])]
    counts = pd.crosstab([rows["entity"], rows["outlet"]], rows["form"])
    counts = counts.reindex(columns=["name", "nominal", "pronoun"], fill_value=0).add_prefix("n_")
    counts["n_mentions"] = counts.sum(axis=1)
    order = counts.groupby("entity")["n_mentions"].transform("sum")
    counts = counts.assign(order=-order).reset_index().sort_values(["order", "entity", "outlet"])
    return counts.drop(columns="order").rename_axis(columns=None).reset_index(drop=True)


def _around(doc: Doc, tokens: Tokens, mention: Mention) -> Iterator[Description | None]:
    """The title before a name, and what stands in apposition to it on either side."""
    head = doc[mention.first : mention.last].root.i
    first = mention.first
    if mention.kind == "PERSON":
        first = _first_of_title(tokens, mention.first, head)
        if first < mention.first:
            yield _description(doc, tokens, first, mention.first, "title", mention)
    if _is_apposition(tokens, head) and tokens.head[head] < first:
        noun = tokens.head[head]  # "the company's founder, Elon Musk": the founder describes him
        if tokens.pos[noun] == "NOUN" and noun < mention.first:
            yield from _apposition(doc, tokens, noun, noun + 1, mention)
    for i in range(mention.last, min(mention.last + _LONGEST, len(tokens.text))):
        if _is_apposition(tokens, i) and tokens.head[i] in range(mention.first, mention.last):
            yield from _apposition(doc, tokens, i, doc[i].right_edge.i + 1, mention)
            break


def _end_of_role(tokens: Tokens, mention: Mention) -> int:
    """Where a role ends: "the chief" of "the chief of staff" says something else."""
    of = complement_of(tokens, mention.last - 1)
    last = _cut(tokens, of.start + 1, of.stop) if of and tokens.lower[of.start] in _OF else mention.last
    return last if last - mention.first <= _LONGEST else mention.last


def _cut(tokens: Tokens, first: int, last: int) -> int:
    """The end of a phrase, before a comma, a bracket or a relative clause."""
    stops = (
        n
        for n in range(first, last)
        if tokens.text[n] in ",;:—–()" or tokens.dep[n] == "relcl" or tokens.tag[n] in _RELATIVE
    )
    return next(stops, last)


def _first_of_title(tokens: Tokens, first: int, head: int) -> int:
    """The first word of the title before a name: "Ukraine's President" but not "the"."""
    start = first
    while start and first - start < _LONGEST:
        i = start - 1
        if 0 < i < first - 1 and tokens.text[i] == "-" and tokens.end[i] == tokens.start[start]:
            start = i - 1  # "the 6-year-old rafter"
            continue
        governed = tokens.dep[i] == "case" or tokens.head[i] == head or start <= tokens.head[i] < first
        if not governed or tokens.dep[i] not in _BEFORE or tokens.pos[i] not in _IN_TITLE:
            break
        start = i
    return start


def _is_apposition(tokens: Tokens, i: int) -> bool:
    return tokens.dep[i] == "appos" and tokens.pos[i] in ("NOUN", "PROPN")


def _apposition(
    doc: Doc, tokens: Tokens, head: int, last: int, mention: Mention
) -> Iterator[Description | None]:
    """The phrase around a noun up to `last`, cut before a comma, a bracket or a relative clause."""
    first = doc[head].left_edge.i
    if tokens.pos[head] == "PROPN" and first == head:
        return  # "Martha Stone, D-Calif."
    if first >= mention.last and tokens.text[first - 1] == ":":
        return  # "Martha Stone: A Life in Letters"
    if mention.kind == "PERSON" and tokens.tag[head] in _PLURAL:
        return  # "more than 10 packages", far before the name of one who was sent one
    stop = _cut(tokens, head + 1, last)
    if 0 < stop - first <= _LONGEST and (stop <= mention.first or first >= mention.last):
        if tokens.text[first] in ",;:—–(\"'“":
            first += 1
        if first < stop:
            yield _description(doc, tokens, first, stop, "apposition", mention)


def _description(
    doc: Doc, tokens: Tokens, first: int, last: int, how: str, mention: Mention
) -> Description | None:
    """The words as a description of the mention, or None where they are none or a parsing error."""
    end, words = last - 1, range(first, last)
    noun = next((i for i in words if tokens.pos[i] != "DET"), end)
    counted = (
        tokens.pos[noun] == "NUM" and tokens.text[noun + 1] != "-"
    )  # "three ministers"; but "6-year-old"
    # "the company", "the court": says no more than the name
    plain = how == "nominal" and mention.kind != "PERSON" and sum(tokens.pos[i] != "DET" for i in words) == 1
    named = any(  # "adviser Ann Lee and minister Bob Poe"; but "Poe's lawyer"
        doc[i].ent_type_ == "PERSON" and tokens.dep[i] not in ("poss", "compound", "case") for i in words
    )
    # "Live Science": a name cut in two; but "Attorney General"
    halved = how == "title" and tokens.pos[end] == "PROPN" and not _is_role(tokens.lower[end])
    # "grandson of banker Ann Lee": what is cut before a name says something else
    cut = how == "apposition" and tokens.pos[last : last + 1] == ["PROPN"] and last < mention.first
    verb = any(tokens.tag[i] in _FINITE for i in words)
    # "naked", "Senators": before one of several, or no noun at all
    no_title = how == "title" and (tokens.pos[end] == "ADJ" or tokens.tag[end] in _PLURAL)
    # "the only Democrat", of those who run
    narrowed = not _ONLY.isdisjoint(tokens.lower[first:last]) and any(
        i >= last and tokens.dep[i] != "appos" for n in words for i in tokens.children.get(n, ())
    )
    # "author of the acclaimed biography Ann Poe": the book, not the person
    work = tokens.lemma[end] in _WORKS
    if (
        work
        or counted
        or tokens.lower[first] == "another"
        or plain
        or named
        or halved
        or cut
        or verb
        or no_title
        or narrowed
        or tokens.pos[end] in _LEFT_OPEN
    ):
        return None
    return Description(tokens.start[first], tokens.end[end], how, mention.start, mention.end)


def _is_role(word: str) -> bool:
    return word.strip(".") in titles().before_names | titles().people | titles().nouns


def _described(story: Story) -> pd.DataFrame:
    """Every description that is a label, with its actor, outlet and sentence, in text order."""
    mentions = story.mentions.rename(columns={"start": "mention_start", "end": "mention_end"})
    keys = ["article_id", "mention_start", "mention_end"]
    mentions = mentions.drop_duplicates(keys)[[*keys, "entity"]]
    rows = story.descriptions.astype({"mention_start": "int64", "mention_end": "int64"})
    rows = rows.merge(mentions, on=keys, how="inner", validate="m:1").dropna(subset="entity")
    rows = with_outlet(with_sentence(rows, story.sentences), story.articles)
    rows["label"] = [_ARTICLE.sub("", text) for text in rows["text"]]
    rows["key"] = [spelled_out(label) for label in rows["label"]]
    rows = rows[np.array([_is_label(label) for label in rows["label"]], bool)]
    return rows.sort_values(["article_id", "start", "end"]).reset_index(drop=True)


def _is_label(label: str) -> bool:
    """Not a courtesy title, nor a fragment such as "old"; "CEO" and "MP" are labels."""
    words = label.split()
    if not words:
        return False
    last = words[-1].rstrip(".").lower()
    told = last not in HONORIFICS | AGES.keys() and last != "elect" and not last.endswith("-year-old")
    return told and not _PARTY.fullmatch(label) and (len(label) > _FRAGMENT or label.isupper())


def spelled_out(text: str) -> str:
    """In small letters, and "Sen." as "senator"."""
    full = titles().abbreviations
    return _SHORT.sub(lambda found: full.get(found[1].lower(), found[0]), text).lower()
