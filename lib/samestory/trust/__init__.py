"""Trust: samples coded by hand, agreement, corrections, a paragraph on methods (notebook 6)."""

from samestory.trust.accuracy import error_matrix, figures
from samestory.trust.coded import Coded, read_checks, read_sheets
from samestory.trust.control import mend
from samestory.trust.corrections import correct
from samestory.trust.findings import in_short
from samestory.trust.frozen import changes_since, freeze, frozen_note
from samestory.trust.misclassified import corrected
from samestory.trust.paragraph import methods
from samestory.trust.plots import plot_corrected, show_coded, show_methods
from samestory.trust.reliability import agreement, disagreements
from samestory.trust.samples import Sample, sample, size_for
from samestory.trust.sheets import sheet
from samestory.trust.stale import answered_otherwise

__all__ = [
    "Coded", "Sample", "agreement", "answered_otherwise", "changes_since", "correct", "corrected",
    "disagreements", "error_matrix", "figures", "freeze", "frozen_note", "in_short", "mend", "methods",
    "plot_corrected", "read_checks", "read_sheets", "sample", "sheet", "show_coded", "show_methods",
    "size_for",
]  # fmt: skip
