"""Run the encoder's layers: a vector of 384 numbers for each piece, in the light of all others.

The layers are ONNX files (`training/layers.py` writes them) whose weights are whole numbers of one byte with
a scale for each row; onnxruntime widens them when it opens a file and computes in single precision, so that
results are the same on every processor but for rounding. The vectors of the vocabulary are the same for
both sets of layers and stored once.
"""

import os
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
import onnxruntime
from joblib import cpu_count

from samestory.language.encoder.pieces import BEGIN, END
from samestory.language.encoder.weights import read_arrays

READING = "reading"  # tuned for quotes, tone and loaded words together
RETELLING = "retelling"  # tuned to see that two sentences tell the same
LONGEST = 512  # pieces that can be encoded at once, with the marks for begin and end
_AT_ONCE = 512  # pieces in a batch: more would not fit the processor's cache


def encode(texts: Sequence[np.ndarray], layers: str) -> list[np.ndarray]:
    """Encode texts given as pieces, without the marks for begin and end.

    Args:
        texts: the pieces' places in the vocabulary; what is beyond LONGEST - 2 of them is not read.
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


def _batches(lengths: list[int]) -> list[list[int]]:
    """Numbers of texts to encode together: those of like length, so that little is padded."""
    batches: list[list[int]] = []
    for n in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
        if not batches or lengths[batches[-1][0]] * (len(batches[-1]) + 1) > _AT_ONCE:
            batches.append([])
        batches[-1].append(n)
    return batches


def _run(texts: list[np.ndarray], layers: str) -> np.ndarray:
    longest = max(map(len, texts)) + 2
    ids = np.zeros((len(texts), longest), np.int64)
    present = np.zeros(ids.shape, np.int32)
    for row, text in enumerate(texts):
        ids[row, : len(text) + 2] = [BEGIN, *text, END]
        present[row, : len(text) + 2] = 1
    vocabulary = read_arrays("vocabulary")
    rows = vocabulary["piece"][ids] * vocabulary["piece_scale"][ids] + vocabulary["position"][:longest]
    return _session(layers).run(None, {"rows": rows.astype(np.float32), "present": present})[0]


@lru_cache(maxsize=2)
def _session(layers: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # joblib's workers are told here how many threads are theirs.
    stated = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0]
    options.intra_op_num_threads = int(stated) if stated.isdigit() else cpu_count()
    options.add_session_config_entry(
        "session.disable_quant_qdq", "1"
    )  # widens the bytes: no arithmetic in them
    # Threads that wait by spinning take the processor from whatever else runs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = resources.files("samestory.models").joinpath(f"{layers}.onnx").read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
