"""Statements: what several outlets tell, in which words, and what one alone tells (notebook 5)."""

from samestory.statements.alignment import told_twice, told_twice_summary
from samestory.statements.by_outlet import core, coverage, coverage_by_threshold, coverage_table, only_in
from samestory.statements.findings import in_short, what_differs, what_is_shared
from samestory.statements.first_tellings import first_told
from samestory.statements.headlines import headline_against_body
from samestory.statements.pairs import tellings
from samestory.statements.plots import show_coverage
from samestory.statements.republished import version_pairs, versions
from samestory.statements.shared_text import near_copies, shared_passages, shared_shares
from samestory.statements.side_by_side import show_told_twice
from samestory.statements.told_differently import differences
from samestory.statements.told_how_surely import certainty

__all__ = [
    "certainty", "core", "coverage", "coverage_by_threshold", "coverage_table", "differences", "first_told",
    "headline_against_body", "in_short",
    "near_copies", "only_in", "shared_passages", "shared_shares",
    "show_coverage", "show_told_twice", "tellings", "told_twice",
    "told_twice_summary", "version_pairs", "versions", "what_differs", "what_is_shared",
]  # fmt: skip
