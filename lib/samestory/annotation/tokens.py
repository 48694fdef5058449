"""The attributes of a Doc's tokens as plain lists, made once a Doc and shared by every module.

Reading an attribute of a spaCy token costs a Python call each time; a list costs an index.
"""

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc


@dataclass(frozen=True, eq=False)
class Tokens:
    """Columns over the tokens of one Doc; `i` of a column is `doc[i]`."""

    doc: Doc

    @classmethod
    def of(cls, doc: Doc) -> "Tokens":
        """The Doc's own columns: made at the first call, kept with the Doc."""
        return doc.user_data.setdefault("samestory_tokens", cls(doc))

    @cached_property
    def text(self) -> list[str]:
        return [token.text for token in self.doc]

    @cached_property
    def lower(self) -> list[str]:
        return [text.lower() for text in self.text]

    @cached_property
    def lemma(self) -> list[str]:
        return [token.lemma_.lower() for token in self.doc]

    @cached_property
    def pos(self) -> list[str]:
        return [token.pos_ for token in self.doc]

    @cached_property
    def tag(self) -> list[str]:
        return [token.tag_ for token in self.doc]

    @cached_property
    def dep(self) -> list[str]:
        return [token.dep_ for token in self.doc]

    @cached_property
    def head(self) -> list[int]:
        return [token.head.i for token in self.doc]

    @cached_property
    def start(self) -> list[int]:
        """First character."""
        return [token.idx for token in self.doc]

    @cached_property
    def end(self) -> list[int]:
        """Position after the last character."""
        return [token.idx + len(token) for token in self.doc]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Half-open token ranges of the sentences."""
        return [(sent.start, sent.end) for sent in self.doc.sents]

    @cached_property
    def sentence_of(self) -> list[int]:
        """Number of the sentence of each token."""
        return [n for n, (start, end) in enumerate(self.sentences) for _ in range(start, end)]
