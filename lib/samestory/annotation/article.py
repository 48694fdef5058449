"""Room 2 on one article: every phenomenon's module, in the order in which they need each other."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from spacy.tokens import Doc

from samestory.annotation.agency import find_actions
from samestory.annotation.codebooks import Codebook
from samestory.annotation.descriptions import find_descriptions
from samestory.annotation.events import find_events
from samestory.annotation.frames import frame_terms
from samestory.annotation.loaded import loaded_spans
from samestory.annotation.names import find_mentions
from samestory.annotation.quotes import find_quotes
from samestory.annotation.sentences import find_sentences
from samestory.annotation.speakers import name_speakers
from samestory.annotation.times import find_times
from samestory.annotation.toward import sentiment_toward_mentions


def annotate_doc(
    doc: Doc,
    *,
    title: str = "",
    published: pd.Timestamp = pd.NaT,
    codebooks: Sequence[Codebook] | None = None,
) -> dict[str, list[NamedTuple]]:
    """Annotate one parsed article.

    Args:
        doc: the parsed text.
        title: its headline, which may give the full form of a name.
        published: its publication time, against which relative times are read; NaT when unknown.
        codebooks: frame codebooks; the built-in ones when None.
    Returns:
        table name -> rows, each with start, end and the table's own columns. A name is the
        article's own best form; the one form for all articles is given in room 3.
    """
    quotes = find_quotes(doc)
    mentions = find_mentions(doc, title=title)
    quotes, mentions = name_speakers(doc, quotes, mentions)
    times = find_times(doc, published=published)
    return {
        "sentences": find_sentences(doc, quotes),
        "mentions": sentiment_toward_mentions(doc, mentions),
        "quotes": quotes,
        "times": times,
        "frames": frame_terms(doc, codebooks),
        "loaded": loaded_spans(doc, quotes),
        "actions": find_actions(doc),
        "descriptions": find_descriptions(doc, mentions),
        "events": find_events(doc, times, quotes, published=published),
    }
