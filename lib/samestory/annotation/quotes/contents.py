"""Candidates for the content of a cue: typed starts crossed with typed ends, and their features."""

from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from samestory.annotation.quotes.columns import Columns, code
from samestory.annotation.quotes.features import names

_LABELS = names(
    "ccomp xcomp dobj prep acl advcl attr acomp nsubj nsubjpass oprd pobj pcomp relcl parataxis dative conj "
    "appos agent advmod npadvmod amod"
)
_DEPS = {label: number for number, label in enumerate(_LABELS, start=1)}
_SKIP = {"punct", "aux", "auxpass", "neg", "det", "mark", "prt", "cc"}
_KIDS = 20  # of a token, on either side
_LONGEST = 500  # tokens
_PASSAGES = 8  # marked passages looked at on either side of a cue: bounds what unclosed marks can cost


class Candidates(NamedTuple):
    """The spans of all cues of an article; a span is a start and an end of the same cue."""

    starts: np.ndarray  # rows (cue number, token, type)
    ends: np.ndarray
    pairs: np.ndarray  # rows (cue number, row in starts, row in ends)


def content_candidates(columns: Columns, cues: np.ndarray, sources: np.ndarray) -> Candidates:
    """Spans that may be what each cue reports.

    Args:
        cues: token of each cue.
        sources: (first, after last) token of each cue's source; (-1, -1) for none.
    """
    c = columns
    grow = _Grower(c)
    starts, ends, pairs = [], [], []
    for number, (cue, source) in enumerate(zip(cues.tolist(), sources.tolist(), strict=True)):
        first, last = grow.edges(cue, source)
        base, over = len(starts), len(ends)
        starts += [(number, token, kind) for token, kind in first]
        ends += [(number, token, kind) for token, kind in last]
        begin = np.array([token for token, _ in first])
        stop = np.array([token for token, _ in last])
        length = stop[None, :] - begin[:, None]
        # a span that holds only cue and source has no content
        rows, cols = np.nonzero((length > 0) & (length <= _LONGEST))
        pairs.append(np.stack([np.full(len(rows), number), rows + base, cols + over], axis=1))
    return Candidates(
        np.array(starts, dtype=np.int64).reshape(-1, 3),
        np.array(ends, dtype=np.int64).reshape(-1, 3),
        np.concatenate(pairs) if pairs else np.zeros((0, 3), dtype=np.int64),
    )


class _Grower:
    """Plain lists of the columns, because one cue's edges are found by a handful of look-ups."""

    def __init__(self, c: Columns):
        labels = {int(code(name)): name for name in [*_DEPS, *_SKIP]}
        self.dep = [labels.get(value, "other") for value in c.dep.tolist()]
        self.left, self.right, self.head = c.left.tolist(), c.right.tolist(), c.head.tolist()
        self.sentence, self.edges_of = c.sentence.tolist(), c.sentence_edges.tolist()
        self.paragraph, self.paragraphs = c.paragraph.tolist(), c.paragraph_edges.tolist()
        self.passage, self.passages = c.passage.tolist(), c.passages.tolist()
        self.passage_ends = c.passages[:, 1].tolist()
        self.goes_on = [item.goes_on for item in c.marked]
        self.first_passage = np.searchsorted(c.passages[:, 1], c.sentence_edges, side="right").tolist()
        self.comma = (c.lower == code(",")).tolist()
        self.word = c.word.tolist()
        self.kids: dict[int, list[int]] = {}
        for token, head in enumerate(self.head):
            if head != token:
                self.kids.setdefault(head, []).append(token)

    def edges(self, cue: int, source: list[int]) -> tuple[list, list]:
        """Starts and ends with their types; where two types meet in a place the first one named holds."""
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        sentence = self.sentence[cue]
        first, last = self.edges_of[sentence], self.edges_of[sentence + 1]
        self._subtrees(cue, starts, ends)
        head = self.head[cue]
        if head != cue:
            starts.setdefault(self.left[head], 60)
            ends.setdefault(self.right[head], 60)
            starts.setdefault(head, 61)
            ends.setdefault(head + 1, 61)
            for kid in self._near(self.kids.get(head, []), cue):
                kind = _DEPS.get(self.dep[kid])
                if kid != cue and kind:
                    starts.setdefault(self.left[kid], 70 + kind)
                    ends.setdefault(self.right[kid], 70 + kind)
        starts.setdefault(cue + 1, 100)
        ends.setdefault(cue, 100)
        ends.setdefault(self.left[cue], 101)
        starts.setdefault(self.right[cue], 101)
        if source[0] >= 0:
            starts.setdefault(source[1], 102)
            ends.setdefault(source[0], 102)
        self._passages(cue, sentence, starts, ends)
        self._commas(cue, first, last, starts, ends)
        starts.setdefault(first, 103)
        ends.setdefault(last, 103)
        paragraph = self.paragraph[cue]
        if sentence + 2 < len(self.edges_of) and self.paragraph[last] == paragraph:
            starts.setdefault(last, 104)
            ends.setdefault(self.edges_of[sentence + 2], 104)
        starts.setdefault(self.paragraphs[paragraph], 105)
        ends.setdefault(self.paragraphs[paragraph + 1], 105)
        if paragraph + 2 < len(self.paragraphs):
            starts.setdefault(self.paragraphs[paragraph + 1], 106)
            ends.setdefault(self.paragraphs[paragraph + 2], 106)
        return self._tidy(starts, ends)

    def _subtrees(self, cue: int, starts: dict, ends: dict) -> None:
        for kid in self._near(self.kids.get(cue, []), cue):
            dep = self.dep[kid]
            if dep in _SKIP:
                continue
            kind = _DEPS.get(dep, 30)
            starts.setdefault(self.left[kid], kind)
            ends.setdefault(self.right[kid], kind)
            if dep in ("prep", "xcomp", "dobj", "advcl", "attr", "acomp", "prt", "ccomp", "oprd"):
                for grandkid in self._near(self.kids.get(kid, []), kid):
                    kind = _DEPS.get(self.dep[grandkid])
                    if kind and kind not in (9, 22):
                        starts.setdefault(self.left[grandkid], 30 + kind)
                        ends.setdefault(self.right[grandkid], 30 + kind)
                        ends.setdefault(self.left[grandkid], 58)
                    if dep == "prep":
                        for third in self.kids.get(grandkid, []):
                            if self.dep[third] in ("prep", "acl", "relcl"):
                                starts.setdefault(self.left[third], 59)

    @staticmethod
    def _near(kids: list[int], place: int) -> list[int]:
        """The nearest, so that a page of loose words without a full stop costs no more than prose."""
        middle = bisect_right(kids, place)
        return kids[max(middle - _KIDS, 0) : middle + _KIDS]

    def _passages(self, cue: int, sentence: int, starts: dict, ends: dict) -> None:
        """Marked passages of the sentence and its neighbours, and where a chain of them ends."""
        low = self.first_passage[max(sentence - 1, 0)]
        stop = self.edges_of[min(sentence + 2, len(self.edges_of) - 1)]
        here, after = self.edges_of[sentence], self.edges_of[sentence + 1]
        middle = bisect_right(self.passage_ends, cue)
        low, number = max(low, middle - _PASSAGES), max(low, middle - _PASSAGES)
        while number < min(len(self.passages), middle + _PASSAGES) and self.passages[number][0] < stop:
            begin, end = self.passages[number]
            place = 0 if begin < here else 1 if begin < after else 2
            starts.setdefault(begin, 110 + place)
            ends.setdefault(end, 113 + place + (3 if end > after else 0))
            number += 1
        last = number - 1
        while 0 <= last < len(self.passages) - 1 and last < number + 6 and self.goes_on[last]:
            last += 1
            ends.setdefault(self.passages[last][1], 120)
        first = low
        while first > 0 and first > low - 6 and self.goes_on[first - 1]:
            first -= 1
            starts.setdefault(self.passages[first][0], 120)

    def _commas(self, cue: int, first: int, last: int, starts: dict, ends: dict) -> None:
        for place in range(cue - 1, max(first, cue - 40) - 1, -1):
            if self.comma[place]:
                starts.setdefault(place + 1, 121)
                ends.setdefault(place, 121)
                break
        for place in range(cue + 1, min(last, cue + 40)):
            if self.comma[place]:
                starts.setdefault(place + 1, 122)
                ends.setdefault(place, 122)
                break

    def _tidy(self, starts: dict, ends: dict) -> tuple[list, list]:
        """Move starts onto the first word and ends behind the last, so that equal spans meet."""
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        size = len(self.word)
        for token, kind in starts.items():
            while token < size and not self.word[token]:
                token += 1
            if token < size:
                first.setdefault(token, kind)
        for token, kind in ends.items():
            while token > 0 and not self.word[token - 1]:
                token -= 1
            if token > 0:
                last.setdefault(token, kind)
        return list(first.items()), list(last.items())
