"""Learned numbers that come with the package: plain arrays, never pickle."""

from functools import lru_cache
from importlib import resources

import numpy as np


@lru_cache(maxsize=8)
def read_arrays(name: str) -> dict[str, np.ndarray]:
    """The arrays of models/NAME.npz; numbers of half precision are widened to single.

    Arrays of one byte stay as they are: the scales that stand beside them widen them where they are used.
    """
    with (resources.files("samestory.models") / f"{name}.npz").open("rb") as file:
        found = np.load(file, allow_pickle=False)
        return {key: _widened(found[key]) for key in found.files}


def _widened(array: np.ndarray) -> np.ndarray:
    return array.astype(np.float32) if array.dtype == np.float16 else array
