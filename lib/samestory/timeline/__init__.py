"""Timeline: what happened when, and in what order it is told (notebook 4)."""

from samestory.timeline.across import (
    dated_differently,
    events,
    how_dated,
    jumps_by_definition,
    jumps_in_time,
    only_dated_by,
)
from samestory.timeline.findings import in_short
from samestory.timeline.plots import event_table, plot_events, plot_order

__all__ = [
    "dated_differently",
    "event_table",
    "events",
    "how_dated",
    "in_short",
    "jumps_by_definition",
    "jumps_in_time",
    "only_dated_by",
    "plot_events",
    "plot_order",
]
