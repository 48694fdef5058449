"""Is a place of an article quoted, by whom, and in their own words? The one answer for every question."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

import pandas as pd
from spacy.tokens import Doc

from samestory.language.tokens import Tokens
from samestory.quotes.find import Quote

NARRATOR, QUOTED, MIXED = "narrator", "quoted", "mixed"  # voices
NO_SPEAKER = "(no speaker)"  # of a quote where the text does not say whose words they are
# Words that carry no content of their own: what is left of "The minister had said that ..." once cue,
# speaker and content are taken out must not make the sentence the narrator's.
_FUNCTION_WORDS = {"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"}
_NO_WORDS = {"PUNCT", "SPACE", "SYM"}
_CREDIT, _CONTENT = 1, 2  # of a character: in a cue or speaker, in what is quoted


class Content(Protocol):
    """What a quote must tell of itself: a `Quote` does, and so does a row of the quotes table."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def speaker(self) -> str | None: ...


Q = TypeVar("Q", bound=Content)


class Quoted(Generic[Q]):
    """The contents of the quotes of one article, to be asked about places in its text.

    Args:
        quotes: the article's quotes, in any order.
        directly: only those in quotation marks, wholly or in part (direct, mixed).
    """

    def __init__(self, quotes: Iterable[Q], *, directly: bool = False):
        kept = (quote for quote in quotes if not directly or quote.kind != "indirect")
        self._quotes = sorted(kept, key=lambda quote: (quote.start, -quote.end))
        self._starts = [quote.start for quote in self._quotes]
        self._reach = list(accumulate((quote.end for quote in self._quotes), max))  # furthest end so far

    def around(self, start: int, end: int | None = None) -> Q | None:
        """The innermost quote whose content holds start:end (the character at start when end is None)."""
        end = start + 1 if end is None else end
        for n in range(bisect_right(self._starts, start) - 1, -1, -1):
            if self._reach[n] < end:
                break
            if self._quotes[n].end >= end:
                return self._quotes[n]
        return None

    def overlapping(self, start: int, end: int) -> list[Q]:
        """The quotes whose content shares a character with start:end, in text order."""
        last = bisect_left(self._starts, end) if start < end else 0
        first = bisect_right(self._reach, start, hi=last)
        return [quote for quote in self._quotes[first:last] if quote.end > start]

    def parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The pieces of start:end that lie in some content; they neither touch nor overlap."""
        parts: list[tuple[int, int]] = []
        for quote in self.overlapping(start, end):
            first, last = max(start, quote.start), min(end, quote.end)
            if parts and first <= parts[-1][1]:
                parts[-1] = parts[-1][0], max(last, parts[-1][1])
            else:
                parts.append((first, last))
        return parts

    def share(self, start: int, end: int) -> float:
        """The share of the characters of start:end that lie in some content, 0 to 1."""
        return sum(last - first for first, last in self.parts(start, end)) / max(1, end - start)


def quoted_by_article(quotes: pd.DataFrame, *, directly: bool = False) -> Mapping[str, Quoted[Content]]:
    """The contents in each article; an article without quotes has none."""
    rows: dict[str, list[Content]] = defaultdict(list)
    for quote in quotes[["article_id", "start", "end", "kind", "speaker"]].itertuples(index=False):
        rows[quote.article_id].append(quote)
    found = {article_id: Quoted(of_one, directly=directly) for article_id, of_one in rows.items()}
    return defaultdict(lambda: Quoted([]), found)


def with_voice(rows: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Add to each row of a table, by article_id, start and end, whose words it stands in.

    Returns:
        rows with `voice` ('quoted' where a quote's content holds start:end, else 'narrator') and `speaker`
        (of the innermost such quote; "(no speaker)" where it has none, missing for the narrator).
    """
    inside = quoted_by_article(quotes)
    places = zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    around = [inside[article_id].around(start, end) for article_id, start, end in places]
    speakers = [None if quote is None else speaker_of(quote) for quote in around]
    voices = [NARRATOR if quote is None else QUOTED for quote in around]
    return rows.assign(
        voice=pd.Series(voices, rows.index, dtype="str"), speaker=pd.Series(speakers, rows.index, dtype="str")
    )


def speaker_of(quote: Content) -> str:
    """The speaker's name, or "(no speaker)"."""
    return quote.speaker if isinstance(quote.speaker, str) else NO_SPEAKER


def sentence_voices(doc: Doc, quotes: list[Quote], places: list[tuple[int, int, int]]) -> list[str]:
    """The voice of each sentence, which `places` gives as (start, end, paragraph).

    Returns:
        'narrator' where no word of the sentence lies in the content of a quote, 'quoted' where all words do
        but the cue, the speaker and function words ("that", "has", "the"), else 'mixed'.
    """
    tokens = Tokens.of(doc)
    cover = _cover(len(tokens.article), quotes)
    voices = []
    for start, end, _ in places:
        words = [i for i in tokens.within(start, end) if tokens.pos[i] not in _NO_WORDS]
        quoted = any(cover[tokens.start[i]] == _CONTENT for i in words)
        own = any(not cover[tokens.start[i]] and tokens.pos[i] not in _FUNCTION_WORDS for i in words)
        voices.append(NARRATOR if not quoted else MIXED if own else QUOTED)
    return voices


def _cover(length: int, quotes: list[Quote]) -> bytearray:
    """What each character belongs to: nothing (0), a cue or speaker, or the content of a quote."""
    cover = bytearray(length)
    for start, end in (span for quote in quotes for span in (quote.cue_span, quote.speaker_span) if span):
        cover[start:end] = bytes([_CREDIT]) * (end - start)
    for quote in quotes:
        cover[quote.start : quote.end] = bytes([_CONTENT]) * (quote.end - quote.start)
    return cover
