"""See how different outlets tell the same story: load, annotate, then ask framing, quotes, timeline …"""

from samestory import framing, names, quotes, reading, sentiment, statements, timeline, trust
from samestory.annotation import annotate
from samestory.dataset.opening import open_story
from samestory.dataset.run import annotate_dataset
from samestory.framing.frames import frames
from samestory.framing.loaded import loaded_words
from samestory.packaged import measured_accuracy
from samestory.pages.columns import show_columns
from samestory.pages.controls import ask
from samestory.pages.finding import show_findings
from samestory.pages.pictures import show_figure
from samestory.pages.tables import show_table
from samestory.reading.folder import load
from samestory.reading_view import show_reading
from samestory.sentiment.toward import sentiment_toward, sentiment_toward_many
from samestory.statements.pairs import same_statements
from samestory.statements.side_by_side import show_parallel
from samestory.statements.stories import stories
from samestory.story import Story

__all__ = [
    "Story",
    "annotate",
    "annotate_dataset",
    "ask",
    "frames",
    "framing",
    "load",
    "loaded_words",
    "measured_accuracy",
    "names",
    "open_story",
    "quotes",
    "reading",
    "same_statements",
    "sentiment",
    "sentiment_toward",
    "sentiment_toward_many",
    "show_columns",
    "show_figure",
    "show_findings",
    "show_parallel",
    "show_reading",
    "show_table",
    "statements",
    "stories",
    "timeline",
    "trust",
]
