"""See how different outlets tell the same story: the public names, nothing else."""

from samestory.annotation.codebooks import read_codebook
from samestory.annotation.frames import frames
from samestory.annotation.loaded import loaded_words
from samestory.annotation.sentiment import sentence_polarity
from samestory.annotation.tone_words import ToneWords, read_tone_words
from samestory.annotation.toward import sentiment_toward, sentiment_toward_many
from samestory.comparison.agency import agency, agency_forms, agency_roles
from samestory.comparison.copies import near_copies
from samestory.comparison.coverage import (
    core_statements,
    coverage,
    coverage_by_threshold,
    coverage_table,
    only_in,
)
from samestory.comparison.framing import frame_evidence, framing, framing_parts, heaviest_frames, reframe
from samestory.comparison.keyness import keyness, keyness_warning, passages_with
from samestory.comparison.labels import bare_names, label_list, labels
from samestory.comparison.loaded import loaded_rate, loaded_wording
from samestory.comparison.measured import measured_accuracy
from samestory.comparison.statements import same_statements, statements
from samestory.comparison.timeline import (
    dated_differently,
    dating,
    jumps_by_definition,
    jumps_in_time,
    only_dated_by,
    timeline,
)
from samestory.comparison.told_twice import told_twice, told_twice_summary
from samestory.comparison.tone import polarity_evidence, sentence_tone, tone, tone_toward, toward_sentences
from samestory.comparison.tone_differences import tone_by_definition, tone_differences, toward_differences
from samestory.comparison.voice_definitions import share_by_definition
from samestory.comparison.voices import (
    cue_verbs,
    direct_share,
    quoted_word_share,
    source_types,
    speakers_by_outlet,
    speeches,
    stance_share,
    stance_verbs,
    unattributed_quotes,
    unnamed_sources,
)
from samestory.display.articles import article_findings, article_list, plot_lengths, plot_published
from samestory.display.findings import show_findings
from samestory.display.framing import plot_agency, plot_framing, plot_keyness, plot_loaded
from samestory.display.framing_findings import framing_findings
from samestory.display.html import passage_anchor, show_html
from samestory.display.quotes import (
    plot_direct_share,
    plot_source_types,
    plot_speaker_share,
    plot_stance_share,
    quote_findings,
)
from samestory.display.reading_view import reading_view, show_reading
from samestory.display.sentiment import plot_tone, plot_tone_through, plot_tone_toward
from samestory.display.sentiment_findings import sentiment_findings
from samestory.display.side_by_side import show_parallel, show_told_twice
from samestory.display.statements import plot_coverage, statement_findings
from samestory.display.style import outlet_colours, outlet_hatches, outlet_markers, show_figure
from samestory.display.tables import show_table
from samestory.display.timeline import plot_order, plot_timeline, timeline_table
from samestory.display.timeline_findings import timeline_findings
from samestory.reading.aliases import read_aliases
from samestory.reading.folder import load, reading_problems
from samestory.reading.removed import article_lengths, removed_passages
from samestory.storage import export_tables
from samestory.story import Story, annotate

__all__ = [
    "Story",
    "ToneWords",
    "agency",
    "agency_forms",
    "agency_roles",
    "annotate",
    "article_findings",
    "article_lengths",
    "article_list",
    "bare_names",
    "core_statements",
    "coverage",
    "coverage_by_threshold",
    "coverage_table",
    "cue_verbs",
    "dated_differently",
    "dating",
    "direct_share",
    "export_tables",
    "frame_evidence",
    "frames",
    "framing",
    "framing_findings",
    "framing_parts",
    "heaviest_frames",
    "jumps_by_definition",
    "jumps_in_time",
    "keyness",
    "keyness_warning",
    "label_list",
    "labels",
    "load",
    "loaded_rate",
    "loaded_wording",
    "loaded_words",
    "measured_accuracy",
    "near_copies",
    "only_dated_by",
    "only_in",
    "outlet_colours",
    "outlet_hatches",
    "outlet_markers",
    "passage_anchor",
    "passages_with",
    "plot_agency",
    "plot_coverage",
    "plot_direct_share",
    "plot_framing",
    "plot_keyness",
    "plot_lengths",
    "plot_loaded",
    "plot_order",
    "plot_published",
    "plot_source_types",
    "plot_speaker_share",
    "plot_stance_share",
    "plot_timeline",
    "plot_tone",
    "plot_tone_through",
    "plot_tone_toward",
    "polarity_evidence",
    "quote_findings",
    "quoted_word_share",
    "read_aliases",
    "read_codebook",
    "read_tone_words",
    "reading_problems",
    "reading_view",
    "reframe",
    "removed_passages",
    "same_statements",
    "sentence_polarity",
    "sentence_tone",
    "sentiment_findings",
    "sentiment_toward",
    "sentiment_toward_many",
    "share_by_definition",
    "show_figure",
    "show_findings",
    "show_html",
    "show_parallel",
    "show_reading",
    "show_table",
    "show_told_twice",
    "source_types",
    "speakers_by_outlet",
    "speeches",
    "stance_share",
    "stance_verbs",
    "statement_findings",
    "statements",
    "timeline",
    "timeline_findings",
    "timeline_table",
    "told_twice",
    "told_twice_summary",
    "tone",
    "tone_by_definition",
    "tone_differences",
    "tone_toward",
    "toward_differences",
    "toward_sentences",
    "unattributed_quotes",
    "unnamed_sources",
]
