"""Trust: samples coded by hand, agreement, corrected shares, the paragraph on methods (notebook 6)."""

from samestory.trust.accuracy import error_matrix, figures
from samestory.trust.coded import Coded, read_checks, read_sheets
from samestory.trust.misclassified import corrected
from samestory.trust.reliability import agreement, disagreements
from samestory.trust.samples import Sample, sample, size_for
from samestory.trust.sheets import sheet

__all__ = [
    "Coded", "Sample", "agreement", "corrected", "disagreements", "error_matrix", "figures", "read_checks",
    "read_sheets", "sample", "sheet", "size_for",
]  # fmt: skip
