"""Measured accuracy, to be shown beside a result."""

from importlib import resources

import pandas as pd
import yaml


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
