"""A small transformer encoder in numpy: one vector for each piece of a word, in its sentence.

The weights are those of MiniLM (Wang et al. 2020; Reimers and Gurevych 2019), tuned for this task
(`training/encoder.py`) and stored as whole numbers of one byte with a scale for each row.

References:
    Vaswani et al. (2017), Attention is all you need. Devlin et al. (2019), BERT.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import resources

import numpy as np
from joblib import cpu_count
from threadpoolctl import threadpool_limits

_HEADS = 12
_BATCH = 16  # texts at once: more would not fit the processor's cache
_FAR = np.float32(-1e9)  # added where there is no piece to attend to


def encode(ids: Sequence[Sequence[int]]) -> list[np.ndarray]:
    """Encode texts given as pieces.

    Returns:
        for each text an array of pieces × dimensions, the marks for its begin and end included.
    """
    order = sorted(range(len(ids)), key=lambda n: -len(ids[n]))
    batches = [order[at : at + _BATCH] for at in range(0, len(order), _BATCH)]
    vectors: list = [None] * len(ids)
    _load()  # once, before the threads ask for it
    # BLAS's own threads wait by spinning, which takes the processor from whatever else runs.
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(cpu_count()) as workers:
        encoded = workers.map(_encode_batch, ([ids[n] for n in batch] for batch in batches))
        for batch, found in zip(batches, encoded, strict=True):
            for n, rows in zip(batch, found, strict=True):
                vectors[n] = rows
    return vectors


def _encode_batch(ids: list[Sequence[int]]) -> list[np.ndarray]:
    """Texts of like length, padded to the longest."""
    padded = np.zeros((len(ids), max(map(len, ids))), np.int64)
    present = np.zeros(padded.shape, bool)
    for row, text in enumerate(ids):
        padded[row, : len(text)] = text
        present[row, : len(text)] = True
    encoded = _forward(padded, present)
    return [encoded[row, : len(text)].copy() for row, text in enumerate(ids)]  # lets go of the padding


def _forward(ids: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Texts × pieces × dimensions."""
    weights = _load()
    rows = weights["embeddings.word"][ids] * weights["embeddings.word.scale"][ids]
    vectors = _normed(rows + weights["embeddings.position"][: ids.shape[1]], weights, "embeddings")
    shape, vectors = vectors.shape, vectors.reshape(-1, vectors.shape[-1])  # one product for all texts
    hidden_from = np.where(present, np.float32(0), _FAR)[:, None, None, :]
    for layer in range(weights["layers"]):
        name = f"layer{layer}"
        heard = _attention(vectors, shape, hidden_from, weights, name)
        vectors = _normed(vectors + heard, weights, f"{name}.attention")
        inner = _gelu(_linear(vectors, weights, f"{name}.widen"))
        vectors = _normed(vectors + _linear(inner, weights, f"{name}.narrow"), weights, f"{name}.output")
    return vectors.reshape(shape)


def _attention(
    vectors: np.ndarray, shape: tuple[int, ...], hidden_from: np.ndarray, weights: dict, name: str
) -> np.ndarray:
    """What each piece takes over from the others of its text."""
    texts, pieces, size = shape
    parts = _linear(vectors, weights, f"{name}.query_key_value").reshape(
        texts, pieces, 3, _HEADS, size // _HEADS
    )
    query, key, value = parts.transpose(2, 0, 3, 1, 4)
    near = query @ key.swapaxes(-1, -2)
    near *= np.float32((size // _HEADS) ** -0.5)
    near += hidden_from
    near -= near.max(axis=-1, keepdims=True)
    np.exp(near, out=near)
    near /= near.sum(axis=-1, keepdims=True)
    return _linear((near @ value).transpose(0, 2, 1, 3).reshape(-1, size), weights, f"{name}.heard")


def _linear(rows: np.ndarray, weights: dict, name: str) -> np.ndarray:
    out = rows @ weights[name]
    out += weights[f"{name}.bias"]
    return out


def _normed(rows: np.ndarray, weights: dict, name: str) -> np.ndarray:
    """Layer normalisation (Ba et al. 2016); changes `rows`."""
    rows -= rows.mean(axis=-1, keepdims=True)
    rows /= np.sqrt(np.einsum("...k,...k->...", rows, rows)[..., None] / rows.shape[-1] + 1e-12)
    rows *= weights[f"{name}.norm"]
    rows += weights[f"{name}.norm.bias"]
    return rows


def _gelu(rows: np.ndarray) -> np.ndarray:
    """Gaussian error linear unit (Hendrycks and Gimpel 2016), in the form by tanh that it was tuned with."""
    inner = rows * rows
    inner *= 0.044715
    inner += 1
    inner *= rows
    inner *= (2 / np.pi) ** 0.5
    np.tanh(inner, out=inner)
    inner += 1
    inner *= rows
    inner *= 0.5
    return inner


@lru_cache(maxsize=1)
def _load() -> dict:
    path = resources.files("samestory.models") / "encoder.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
        return _multiplied({name: found[name] for name in found.files})


def _multiplied(stored: dict[str, np.ndarray]) -> dict:
    """Matrices as they are multiplied; the many rows of the vocabulary stay whole numbers."""
    weights = dict(stored)
    for name in stored:
        if f"{name}.scale" in stored and name != "embeddings.word":
            weights[name] = np.ascontiguousarray((stored[name] * weights.pop(f"{name}.scale")).T)
    return weights | {"layers": sum(name.endswith(".widen") for name in weights)}
