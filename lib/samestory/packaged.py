"""The YAML files that come with the package: its codebooks, and what was measured."""

from importlib.resources import files

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one, where built, is ten times faster


def packaged_yaml(place: str) -> dict | list:
    """What a file of the package says, as plain Python values.

    Args:
        place: within the package, such as "codebooks/times.yaml".
    """
    return yaml.load(files("samestory").joinpath(place).read_text("utf-8"), Loader=LOADER)  # a safe loader
