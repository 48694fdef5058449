"""Quotes: who is quoted, at what length, how directly, under which verbs (notebook 3)."""

from samestory.quotes.findings import in_short
from samestory.quotes.plots import plot_direct_share, plot_share, plot_source_types, plot_stance_share
from samestory.quotes.voices import (
    cue_verbs,
    direct_share,
    share,
    share_by_definition,
    source_types,
    speakers_by_outlet,
    speeches,
    stance_share,
    stance_verbs,
    unattributed,
    unnamed_sources,
)

__all__ = [
    "cue_verbs", "direct_share", "in_short", "plot_direct_share", "plot_share", "plot_source_types",
    "plot_stance_share", "share", "share_by_definition", "source_types", "speakers_by_outlet", "speeches",
    "stance_share", "stance_verbs", "unattributed", "unnamed_sources",
]  # fmt: skip
