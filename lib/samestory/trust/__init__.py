"""Trust: what a person corrects by hand (notebook 6)."""

from samestory.trust.control import mend
from samestory.trust.corrections import correct

__all__ = ["correct", "mend"]
