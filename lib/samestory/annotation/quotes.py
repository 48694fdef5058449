"""Direct, indirect and mixed quotes: content, cue and the speaker's words."""

from typing import NamedTuple

from spacy.tokens import Doc


class Quote(NamedTuple):
    """One attribution; all offsets are characters."""

    start: int  # content, without its quotation marks
    end: int
    kind: str  # direct, indirect, mixed
    act: str  # speech, attitude
    cue: str | None  # lemma
    cue_start: int | None
    cue_end: int | None
    stance: str | None
    speaker_start: int | None  # the words that name the speaker
    speaker_end: int | None
    speaker: str | None = None  # the name, given by `name_speakers`
    speaker_form: str = "none"  # name, nominal, pronoun, none


def find_quotes(doc: Doc) -> list[Quote]:
    """Find the attributions, sorted by start; speakers are spans, not yet names."""
    return []
