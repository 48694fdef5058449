"""The attributes of a Doc's tokens as plain lists, made once a Doc and shared by every module.

Reading an attribute of a spaCy token costs a Python call each time; a list costs an index.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TypeVar

import numpy as np
from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, LOWER, ORTH, POS, TAG
from spacy.tokens import Doc

Answer = TypeVar("Answer")


def once_a_doc(find: Callable[[Doc], Answer]) -> Callable[[Doc], Answer]:
    """A function of a Doc alone whose answer is kept with the Doc, for all who ask again."""
    key = f"samestory_{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def kept(doc: Doc) -> Answer:
        if key not in doc.user_data:
            doc.user_data[key] = find(doc)
        return doc.user_data[key]

    return kept


@dataclass(frozen=True, eq=False)
class Tokens:
    """Columns over the tokens of one Doc; `i` of a column is `doc[i]`."""

    doc: Doc

    @classmethod
    def of(cls, doc: Doc) -> "Tokens":
        """The Doc's own columns: made at the first call, kept with the Doc."""
        return doc.user_data.setdefault("samestory_tokens", cls(doc))

    def within(self, start: int, end: int) -> range:
        """The tokens that share characters with start:end."""
        return range(bisect_right(self.end, start), bisect_left(self.start, end))

    def has_verb(self, sentence: int) -> bool:
        """Whether the sentence of this number has a verb."""
        return not {"VERB", "AUX"}.isdisjoint(self.pos[slice(*self.sentences[sentence])])

    @cached_property
    def article(self) -> str:
        """The whole text, which `doc.text` would put together anew at each access."""
        return self.doc.text

    @cached_property
    def text(self) -> list[str]:
        return self._strings(ORTH)

    @cached_property
    def lower(self) -> list[str]:
        return self._strings(LOWER)

    @cached_property
    def lemma(self) -> list[str]:
        return self._strings(LEMMA, lower=True)

    @cached_property
    def pos(self) -> list[str]:
        return self._strings(POS)

    @cached_property
    def tag(self) -> list[str]:
        return self._strings(TAG)

    @cached_property
    def dep(self) -> list[str]:
        return self._strings(DEP)

    @cached_property
    def head(self) -> list[int]:
        steps = self.doc.to_array(HEAD).astype(np.int64)
        return (steps + np.arange(len(steps))).tolist()

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Syntactic children of each token that has any: a list for every leaf would cost more."""
        found: dict[int, list[int]] = {}
        for token, head in enumerate(self.head):
            if head != token:
                found.setdefault(head, []).append(token)
        return found

    @cached_property
    def start(self) -> list[int]:
        """First character."""
        return self.doc.to_array(IDX).tolist()

    @cached_property
    def end(self) -> list[int]:
        """Position after the last character."""
        return (self.doc.to_array(IDX) + self.doc.to_array(LENGTH)).tolist()

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Half-open token ranges of the sentences."""
        return [(sent.start, sent.end) for sent in self.doc.sents]

    @cached_property
    def sentence_of(self) -> list[int]:
        """Number of the sentence of each token."""
        return [n for n, (start, end) in enumerate(self.sentences) for _ in range(start, end)]

    def _strings(self, attribute: int, *, lower: bool = False) -> list[str]:
        """Each string is looked up once a Doc: most tokens repeat one."""
        hashes = self.doc.to_array(attribute).tolist()
        strings = self.doc.vocab.strings
        names = {value: strings[value] for value in set(hashes)}
        if lower:
            names = {value: name.lower() for value, name in names.items()}
        return [names[value] for value in hashes]
