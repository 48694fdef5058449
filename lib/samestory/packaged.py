"""The files of the package: its codebooks, the arrays of its models, and the accuracy that was measured."""

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one, where built, is ten times faster


def packaged_yaml(place: str) -> Any:
    """What a file of the package, such as "codebooks/times.yaml", says as plain Python values."""
    return yaml.load(files("samestory").joinpath(place).read_text("utf-8"), Loader=LOADER)  # a safe loader


def packaged_lines(place: str) -> list[str]:
    """The lines of a plain list of the package, without its comments."""
    lines = files("samestory").joinpath(place).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@lru_cache(maxsize=8)
def read_arrays(name: str) -> dict[str, np.ndarray]:
    """The arrays of models/NAME.npz; numbers of half precision are widened to single.

    Arrays of one byte stay as they are: the scales that stand beside them widen them where they are used.
    """
    with (files("samestory.models") / f"{name}.npz").open("rb") as file:
        found = np.load(file, allow_pickle=False)
        arrays = {key: found[key] for key in found.files}
    return {
        key: array.astype(np.float32) if array.dtype == np.float16 else array for key, array in arrays.items()
    }


@lru_cache(maxsize=1)
def file_hashes() -> dict[str, str]:
    """sha256 of each word list and weight that comes with the package: "codebooks/cues.yaml" -> digits."""
    folders = (files("samestory") / name for name in ("codebooks", "models"))
    return {
        f"{folder.name}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in folders
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.is_file() and not file.name.endswith((".md", ".py"))
    }


def measured_accuracy(topic: str) -> pd.DataFrame:
    """How well the measures of a notebook did on texts that people had coded.

    Args:
        topic: the notebook's, e.g. "framing".
    Returns:
        what, corpus, measure, value, baseline, baseline_is, note; one row per figure.
    Raises:
        ValueError: nothing was measured for such a topic.
    """
    try:
        return pd.DataFrame(packaged_yaml(f"models/measured_{topic}.yaml"))
    except FileNotFoundError:
        raise ValueError(f"no measured accuracy for {topic!r}") from None
