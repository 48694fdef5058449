"""The YAML files that come with the package: its codebooks, and the accuracy that was measured."""

from importlib.resources import files
from typing import Any

import pandas as pd
import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one, where built, is ten times faster


def packaged_yaml(place: str) -> Any:
    """What a file of the package, such as "codebooks/times.yaml", says as plain Python values."""
    return yaml.load(files("samestory").joinpath(place).read_text("utf-8"), Loader=LOADER)  # a safe loader


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
