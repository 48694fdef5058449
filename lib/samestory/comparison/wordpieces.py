"""Cut a text into the pieces of words that the sentence encoder knows."""

import re
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

LONGEST = 128  # pieces that the encoder reads; the rest of a sentence is not seen
_LONGEST_WORD = 100
_UNKNOWN, _BEGIN, _END = 100, 101, 102  # in the encoder's vocabulary
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


class Pieces(NamedTuple):
    """A text in pieces: `ids` starts with a mark for the begin and ends with one for the end."""

    ids: list[int]
    spans: list[tuple[int, int]]  # of the word of each piece, without the two marks


def pieces_of(text: str) -> Pieces:
    """Cut a text, as far as the encoder reads.

    References:
        Devlin et al. (2019), BERT: WordPiece, without case and accents.
    """
    ids, spans = [_BEGIN], []
    for match in _WORD.finditer(text):
        found = _word_pieces(match.group())
        if len(ids) + len(found) >= LONGEST:
            break
        ids += found
        spans += [match.span()] * len(found)
    return Pieces([*ids, _END], spans)


@lru_cache(maxsize=50_000)
def _word_pieces(word: str) -> tuple[int, ...]:
    """The longest pieces of the vocabulary, from the left."""
    split = unicodedata.normalize("NFD", word.lower())
    plain = "".join(letter for letter in split if unicodedata.category(letter) != "Mn")
    vocabulary, ids, start = _vocabulary(), [], 0
    while start < len(plain) <= _LONGEST_WORD:
        prefix = "##" if start else ""
        ends = range(len(plain), start, -1)
        end = next((end for end in ends if prefix + plain[start:end] in vocabulary), None)
        if end is None:
            return (_UNKNOWN,)
        ids.append(vocabulary[prefix + plain[start:end]])
        start = end
    return tuple(ids) or (_UNKNOWN,)


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, int]:
    text = resources.files("samestory.models").joinpath("minilm_vocab.txt").read_text("utf-8")
    return {piece: n for n, piece in enumerate(text.split("\n"))}
