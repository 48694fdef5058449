"""Framing: frames, key words, labels, agency and loaded words (notebook 1)."""

from samestory.framing.across import evidence, heaviest, parts, reframe, weights
from samestory.framing.actions import agency, agency_forms, agency_roles
from samestory.framing.codebooks import read_codebook
from samestory.framing.findings import in_short
from samestory.framing.keywords import keyness, keyness_warning, passages_with
from samestory.framing.labelling import bare_names, label_list, labels
from samestory.framing.loaded import loaded_rate, loaded_wording
from samestory.framing.plots import plot_agency, plot_keyness, plot_loaded, plot_weights

__all__ = [
    "agency", "agency_forms", "agency_roles", "bare_names", "evidence", "heaviest", "in_short", "keyness",
    "keyness_warning", "label_list", "labels", "loaded_rate", "loaded_wording", "parts", "passages_with",
    "plot_agency", "plot_keyness", "plot_loaded", "plot_weights", "read_codebook", "reframe", "weights",
]  # fmt: skip
