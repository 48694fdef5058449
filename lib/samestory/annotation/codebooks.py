"""Frame codebooks: YAML files that a user can read and edit."""

from typing import NamedTuple


class Codebook(NamedTuple):
    """A codebook as read."""

    name: str
    frames: dict[str, list[str]]
