"""One small encoder for meaning: a vector of 384 numbers for each piece of a word, in its context.

The layers are ONNX files (`training/layers.py` writes them) whose weights are whole numbers of one byte with
a scale for each row; onnxruntime widens them when it opens a file and computes in single precision. A text is
padded to a length of its own, so that its vectors are the same whatever it is encoded with, and the same on
every processor but for a few millionths (`language/scores.py` rounds what is read from them).
The vectors of the vocabulary are the same for both sets of layers and stored once. An article is read once,
in windows of whole paragraphs, for every question.

References:
    Devlin et al. (2019), BERT: WordPiece, without case and accents. Wang et al. (2020), MiniLM; Reimers and
    Gurevych (2019), Sentence-BERT: all-MiniLM-L6-v2, from which both sets of layers were tuned. How, and on
    which corpora: models/reading.md and models/statements.md.
"""

import os
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import onnxruntime
from joblib import cpu_count
from spacy.tokens import Doc
from tokenizers import BertWordPieceTokenizer

from samestory.language.tokens import Tokens, once_a_doc
from samestory.packaged import read_arrays

WIDTH = 384  # numbers in the vector of a piece
BEGIN, END = 101, 102  # in the vocabulary: the marks around what is encoded; END also stands between lines
READING = "reading"  # tuned for quotes, tone and loaded words together
RETELLING = "retelling"  # tuned to see that two sentences tell the same
LONGEST = 512  # pieces that can be encoded at once, with the marks for begin and end
_AT_ONCE = 512  # pieces in a batch: more would not fit the processor's cache
_STEP = 8  # pieces: each text is padded to a multiple of it
OWN = 320  # pieces at most that are a window's own
BEFORE, AFTER = 112, 16  # pieces of context
_SENTENCE_ENDS = (".", "?", "!", '"', "”")


class Pieces(NamedTuple):
    """The pieces of a text, as arrays of one length."""

    ids: np.ndarray  # place in the vocabulary
    start: np.ndarray  # first character
    end: np.ndarray  # after the last character; a break between lines is empty, at the start of the next
    word: np.ndarray  # number of the word; -1 for a break

    def __len__(self) -> int:
        return len(self.ids)


class Window(NamedTuple):
    """A stretch of an article that is encoded at once; all numbers are pieces of the article."""

    first: int  # of the context before
    own: int  # from here to own_end each piece of the article is one window's own
    own_end: int
    last: int  # after the context that follows

    @property
    def rows(self) -> slice:
        """The rows of the window's states that are of its own pieces."""
        return slice(self.own - self.first + 1, self.own_end - self.first + 1)


class Encoded:
    """An article in pieces, and the encoder's states of them.

    Attributes:
        pieces: of the whole article, with breaks between lines.
        windows: which pieces were encoded together.
        states: of each window, an array × 384 of the mark for its begin, its pieces with the context, and the
            mark for its end.
    """

    def __init__(self, pieces: Pieces, windows: list[Window], states: list[np.ndarray]):
        self.pieces, self.windows, self.states = pieces, windows, states

    @cached_property
    def own_states(self) -> np.ndarray:
        """State of each piece of the article, read in the window whose own it is: pieces × 384."""
        own = [rows[w.rows] for w, rows in zip(self.windows, self.states, strict=True)]
        return np.concatenate(own) if own else np.zeros((0, WIDTH), np.float32)

    def within(self, start: int, end: int) -> slice:
        """The pieces that share characters with start:end; breaks at the edges are left out."""
        starts, ends = self._edges
        first = bisect_right(ends, start)
        return slice(first, max(first, bisect_left(starts, end)))

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Starts and ends of the pieces; in a list a single place is found much sooner than in an array."""
        return self.pieces.start.tolist(), self.pieces.end.tolist()


def read(text: str, *, run: Callable[[list[np.ndarray]], list[np.ndarray]] | None = None) -> Encoded:
    """Encode a text once, for all that is read from it.

    Args:
        run: encodes windows of pieces, as `encode` does; the shipped layers when None.
    """
    pieces = pieces_of(text, breaks=True)
    windows = windows_of(text, pieces)
    ids = [pieces.ids[window.first : window.last] for window in windows]
    return Encoded(pieces, windows, run(ids) if run else encode(ids, READING))


@once_a_doc
def encoded(doc: Doc) -> Encoded:
    """The encoder's reading of a parsed text, made once for all questions."""
    return read(Tokens.of(doc).article)


def pieces_of(text: str, *, breaks: bool = False) -> Pieces:
    """Cut a text into pieces of words.

    Args:
        breaks: put a piece that stands for a new line between the pieces of two lines.

    >>> pieces_of("Talks stalled.").start.tolist()
    [0, 6, 13]
    """
    found = _tokenizer().encode(text, add_special_tokens=False)
    places = np.array(found.offsets, dtype=np.int64).reshape(-1, 2)
    words = np.array(found.word_ids, dtype=np.int64)
    pieces = Pieces(np.array(found.ids, dtype=np.int64), places[:, 0], places[:, 1], words)
    return _with_breaks(text, pieces) if breaks else pieces


def windows_of(text: str, pieces: Pieces, *, own: int = OWN, before: int = BEFORE) -> list[Window]:
    """Whole lines up to `own` pieces; a longer line is cut after a sentence where one ends."""
    breaks = np.flatnonzero(pieces.word < 0)
    cuts = [0]
    while len(pieces) - cuts[-1] > own:
        here = cuts[-1]
        lines = breaks[(breaks > here) & (breaks <= here + own)]
        cuts.append(int(lines[-1]) if len(lines) else _last_sentence_end(text, pieces, here, own))
    cuts.append(len(pieces))
    return [
        Window(max(0, first - before), first, end, min(len(pieces), end + AFTER))
        for first, end in pairwise(cuts)
        if first < end
    ]


def encode(texts: Sequence[np.ndarray], layers: str) -> list[np.ndarray]:
    """Encode texts given as pieces, without the marks for begin and end.

    Args:
        texts: the pieces' places in the vocabulary; those after the first LONGEST - 2 are not read.
        layers: READING or RETELLING.
    Returns:
        for each text an array of pieces × 384, the two marks included. A text's vectors do not depend on the
        others.
    """
    texts = [ids[: LONGEST - 2] for ids in texts]
    vectors: list = [None] * len(texts)
    for batch in _batches([len(ids) + 2 for ids in texts]):
        encoded = _run([texts[n] for n in batch], layers)
        for n, rows in zip(batch, encoded, strict=True):
            vectors[n] = rows[: len(texts[n]) + 2]
    return vectors


def piece_vectors(ids: np.ndarray) -> np.ndarray:
    """The vectors of pieces as the encoder is given them, without their context: the shape of ids × 384."""
    vocabulary = read_arrays("vocabulary")
    return vocabulary["piece"][ids] * vocabulary["piece_scale"][ids]


def _with_breaks(text: str, pieces: Pieces) -> Pieces:
    lines = np.cumsum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4") == ord("\n"))
    at = np.flatnonzero(np.diff(lines[pieces.start])) + 1 if len(pieces) else np.zeros(0, np.int64)
    place = pieces.start[at]
    return Pieces(
        np.insert(pieces.ids, at, END), np.insert(pieces.start, at, place),
        np.insert(pieces.end, at, place), np.insert(pieces.word, at, -1),
    )  # fmt: skip


def _last_sentence_end(text: str, pieces: Pieces, first: int, own: int) -> int:
    """Where to cut a line that is too long: after its last sentence that fits, or else where it must."""
    for place in range(first + own, first + own // 2, -1):
        before = text[pieces.end[place - 1] - 1]
        if before in _SENTENCE_ENDS and pieces.start[place] > pieces.end[place - 1]:
            return place
    return first + own


@lru_cache(maxsize=1)
def _tokenizer() -> BertWordPieceTokenizer:
    lines = resources.files("samestory.models").joinpath("minilm_vocab.txt").read_text("utf-8").split("\n")
    return BertWordPieceTokenizer({piece: n for n, piece in enumerate(lines)}, lowercase=True)


def is_whole_word(word: str) -> bool:
    """Whether the vocabulary has a word, in lower case, as one piece, as it has common words and names."""
    return _tokenizer().token_to_id(word) is not None


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Numbers of texts to encode together: those that are padded to the same length."""
    alike = defaultdict(list)
    for n, length in enumerate(lengths):
        alike[_padded(length)].append(n)
    for length, numbers in alike.items():
        size = max(1, _AT_ONCE // length)
        yield from (numbers[k : k + size] for k in range(0, len(numbers), size))


def _padded(length: int) -> int:
    """The length that a text is given: its own affair, so that its vectors do not depend on the others."""
    return -(-length // _STEP) * _STEP


def _run(texts: list[np.ndarray], layers: str) -> np.ndarray:
    length = _padded(max(map(len, texts)) + 2)
    ids = np.zeros((len(texts), length), np.int64)
    present = np.zeros(ids.shape, np.int32)
    for row, text in enumerate(texts):
        ids[row, : len(text) + 2] = [BEGIN, *text, END]
        present[row, : len(text) + 2] = 1
    rows = piece_vectors(ids) + read_arrays("vocabulary")["position"][:length]
    return _session(layers).run(None, {"rows": rows.astype(np.float32), "present": present})[0]


@lru_cache(maxsize=2)
def _session(layers: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # joblib's workers are told here how many threads are theirs.
    stated = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0]
    options.intra_op_num_threads = int(stated) if stated.isdigit() else cpu_count()
    # The bytes are widened when a file is opened: no arithmetic in them.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    # Threads that wait by spinning take the processor from whatever else runs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = resources.files("samestory.models").joinpath(f"{layers}.onnx").read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
