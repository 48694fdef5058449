"""Room 2 on one article: every phenomenon's module, in the order in which they need each other."""

from collections.abc import Callable, Sequence
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
from samestory.language.encoder import Reading


class Failure(NamedTuple):
    """What one annotator could not do, and why; the others go on without it."""

    annotator: str
    reason: str


def annotate_doc(
    doc: Doc,
    reading: Reading,
    *,
    title: str = "",
    published: pd.Timestamp = pd.NaT,
    codebooks: Sequence[Codebook] | None = None,
) -> tuple[dict[str, list[NamedTuple]], list[Failure]]:
    """Annotate one parsed article.

    Args:
        doc: the parsed text.
        reading: the encoder's reading of the same text.
        title: its headline, which may give the full form of a name.
        published: its publication time, against which relative times are read; NaT when unknown.
        codebooks: frame codebooks; the built-in ones when None.
    Returns:
        table name -> rows, each with start, end and the table's own columns. A name is the
        article's own best form; the one form for all articles is given in room 3. And what failed: the
        table of an annotator that raised an error, whatever it was, holds what it was given, or no rows.
    """
    failures: list[Failure] = []

    def attempt(annotator: Callable, otherwise, *args, **options):
        try:
            return annotator(*args, **options)
        except Exception as error:  # whatever it is: one sentence must not cost the article
            failures.append(Failure(annotator.__name__, describe(error)))
            return otherwise

    quotes = attempt(find_quotes, [], doc, reading)
    mentions = attempt(find_mentions, [], doc, title=title)
    quotes, mentions = attempt(name_speakers, (quotes, mentions), doc, quotes, mentions)
    times = attempt(find_times, [], doc, published=published)
    rows = {
        "sentences": attempt(find_sentences, [], doc, quotes),
        "mentions": attempt(sentiment_toward_mentions, mentions, doc, reading, mentions, quotes),
        "quotes": quotes,
        "times": times,
        "frames": attempt(frame_terms, [], doc, codebooks),
        "loaded": attempt(loaded_spans, [], doc, reading, quotes),
        "actions": attempt(find_actions, [], doc),
        "descriptions": attempt(find_descriptions, [], doc, mentions),
        "events": attempt(find_events, [], doc, times, quotes, published=published),
    }
    return rows, failures


def describe(error: Exception) -> str:
    """An error in one line: its kind and what it says."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
