"""Cut a text into the pieces of words that the encoder knows.

References:
    Devlin et al. (2019), BERT: WordPiece, without case and accents.
"""

from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from tokenizers import BertWordPieceTokenizer

BEGIN, END = 101, 102  # in the vocabulary: the marks around what is encoded; END also stands between lines


class Pieces(NamedTuple):
    """The pieces of a text, as arrays of one length."""

    ids: np.ndarray  # place in the vocabulary
    start: np.ndarray  # first character
    end: np.ndarray  # after the last character; a break between lines is empty, at the start of the next
    word: np.ndarray  # number of the word; -1 for a break

    def __len__(self) -> int:
        return len(self.ids)


def pieces_of(text: str, *, breaks: bool = False) -> Pieces:
    """Cut a text.

    Args:
        breaks: put a piece that stands for a new line between the pieces of two lines.

    >>> pieces_of("Talks stalled.").start.tolist()
    [0, 6, 11, 13]
    """
    found = _tokenizer().encode(text, add_special_tokens=False)
    places = np.array(found.offsets, dtype=np.int64).reshape(-1, 2)
    pieces = Pieces(
        np.array(found.ids, dtype=np.int64),
        places[:, 0],
        places[:, 1],
        np.array(found.word_ids, dtype=np.int64),
    )
    return _with_breaks(text, pieces) if breaks else pieces


def _with_breaks(text: str, pieces: Pieces) -> Pieces:
    lines = np.cumsum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4") == ord("\n"))
    at = np.flatnonzero(np.diff(lines[pieces.start])) + 1 if len(pieces) else np.zeros(0, np.int64)
    place = pieces.start[at]
    return Pieces(
        *(np.insert(column, at, value) for column, value in zip(pieces, (END, place, place, -1), strict=True))
    )


@lru_cache(maxsize=1)
def _tokenizer() -> BertWordPieceTokenizer:
    lines = resources.files("samestory.models").joinpath("minilm_vocab.txt").read_text("utf-8").split("\n")
    return BertWordPieceTokenizer({piece: n for n, piece in enumerate(lines)}, lowercase=True)
