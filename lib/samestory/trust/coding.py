"""The questions that a coder is asked, read from `codebooks/coding.yaml`."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from samestory.framing.codebooks import read_codebook
from samestory.packaged import packaged_yaml
from samestory.tables import require_one_of

WHATS = ("quotes", "times", "events", "frames", "tone", "statements", "differences", "loaded", "persons")
NOT_SAID = "not said"  # what a coder writes where the article does not tell


@dataclass(frozen=True)
class Variable:
    """One question to the coder."""

    name: str
    question: str
    kind: str  # choice, name, date
    choices: dict[str, str]  # value -> its definition; of a name or a date those that are neither
    nothing: str | None = None  # the value that says that there is nothing of the kind


@dataclass(frozen=True)
class Coding:
    """What is judged, and the questions about it; the first decides whether the others are asked."""

    what: str
    passage: str
    variables: tuple[Variable, ...]

    @property
    def main(self) -> Variable:
        """The first question."""
        return self.variables[0]

    def asks(self, variable: Variable, main: str | None) -> bool:
        """Whether a question is asked of a passage with this answer to the first one."""
        return variable == self.main or (main is not None and main != self.main.nothing)


def coding(what: str, *, codebook: str = "policy") -> Coding:
    """The questions about one kind of thing.

    Args:
        what: one of `WHATS`.
        codebook: of "frames": the name of a built-in frame codebook, or its YAML file.
    Raises:
        ValueError: what is not one of these.
    """
    require_one_of("what", what, WHATS)
    found = _questions()[what]
    variables = tuple(Variable(name, **stated) for name, stated in found["variables"].items())
    if what == "frames":
        frames = {name: frame.definition for name, frame in read_codebook(codebook).frames.items()}
        variables = (replace(variables[0], choices=frames | variables[0].choices),)
    return Coding(what, found["passage"], variables)


@lru_cache(maxsize=1)
def _questions() -> dict[str, Any]:
    return packaged_yaml("codebooks/coding.yaml")
