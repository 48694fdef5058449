"""The YAML files that come with the package: its codebooks, and the accuracy that was measured."""

from importlib import resources
from importlib.resources import files
from typing import Any

import pandas as pd
import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one, where built, is ten times faster


def packaged_yaml(place: str) -> Any:
    """What a file of the package says, as plain Python values.

    Args:
        place: within the package, such as "codebooks/times.yaml".
    """
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
    file = resources.files("samestory.models").joinpath(f"measured_{topic}.yaml")
    if not file.is_file():
        raise ValueError(f"no measured accuracy for {topic!r}")
    return pd.DataFrame(yaml.safe_load(file.read_text("utf-8")))
