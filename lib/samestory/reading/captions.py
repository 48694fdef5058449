"""Tell a picture's caption and credit from the article's prose; in doubt it is prose and stays."""

import re
from functools import lru_cache
from typing import NamedTuple

from samestory.reading.clutter import LONGEST, any_of, words_of_clutter

_CAPTION_WORDS = 50
_QUOTED_SPEECH = re.compile(
    r"[\"“”].*\b(?:said|says|told|added|wrote)\b|\b(?:said|says|told|added|wrote)\b.*[\"“”]", re.S
)


class Cut(NamedTuple):
    """Where a block is cut and why; offsets within the block."""

    start: int
    end: int
    reason: str


class _Patterns(NamedTuple):
    credits_at_end: tuple[re.Pattern, ...]
    credit_first: re.Pattern


def caption_cut(block: str) -> Cut | None:
    """The picture caption that a block is, or the picture credit at its end.

    A block of at most 50 words that closes with a credit is a caption; of a longer one, or of one
    that quotes somebody, the credit alone is cut.
    """
    if len(block) > 3 * LONGEST:
        return None
    patterns = _patterns()
    if len(block.split()) <= 40 and patterns.credit_first.fullmatch(block):
        return Cut(0, len(block), "picture caption")
    tail = block[-80:].rstrip()
    if tail.endswith((".", "!", "?", '"', "”")) and not tail.endswith((").", "].")) and "/" not in tail:
        return None  # a sentence: no credit ends like one
    offset = max(0, len(block) - 220)
    for pattern in patterns.credits_at_end:
        match = pattern.search(block[offset:])
        if match:
            start = offset + match.start("credit")
            before = block[:start]
            if len(before.split()) <= _CAPTION_WORDS and not _QUOTED_SPEECH.search(before):
                return Cut(0, len(block), "picture caption")
            return Cut(start, len(block), "picture credit")
    return None


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = words_of_clutter()
    picture, agency = any_of(words["pictures"]), any_of(words["agencies"])
    agency_capitals = "|".join(re.escape(name.upper()) for name in words["agencies"]) + "|Getty Images"
    name = r"[A-ZÀ-Þ][\w.'’-]+(?:[ ,]+(?:[A-ZÀ-Þ][\w.'’/-]*|via|for|of|pool|the)){0,7}"
    by = r"(?:\s+(?:credit|courtesy|taken|provided))?(?:\s*[:©]|\s+(?:by|of|from|via|credit|courtesy)\b)"
    credits_at_end = (
        # (photo: Jane Doe), [Image courtesy of the ministry], (collage by The Herald), (screenshot)
        rf"(?P<credit>[(\[](?:{picture}(?:{by}[^()\[\]]{{1,120}})?|credit\s*:[^()\[\]]{{1,120}}"
        rf"|{agency}\s*/[^()\[\]]{{1,80}}|{agency}\s+(?:photo|file|pool)[^()\[\]]{{0,80}})[)\]])\.?\s*$",
        # The president at the summit (Herald collage); in the old town (Getty Images)
        r"(?P<credit>[(\[](?:[^()\[\]]{2,60}\s(?:collage|photo|photos|illustration|screenshot|graphic)"
        r"|getty images|shutterstock|alamy|istock|unsplash)[)\]])\.?\s*$",
        # Rescuers in the old town. Photo by Jane Doe / Herald
        rf"(?:^|[.!?)|–—])\s*(?P<credit>(?:{picture}|credit)(?:\s+(?:credit|courtesy))?"
        r"(?:\s*[:©]|\s+(?:by|courtesy)\b)\s*[^.:;!?]{2,70})$",
        # Rescuers in the old town Photo: Jane Doe
        rf"\s(?P<credit>(?-i:(?=[A-Z]))(?:{picture}|credit)(?:\s+credit)?\s*[:©]\s*[^.:;!?]{{2,70}})$",
        # ... in Kyiv on Friday. REUTERS/Jane Doe; (AP Photo/John Smith, File); a "Reuters/Ipsos poll" is none
        rf"(?:^|[\s(\[|©])(?P<credit>[(\[]?(?:(?-i:(?:{agency_capitals})\s*/\s*{name})|{agency}\s+photo"
        rf"(?:\s*/(?-i:\s*{name}))?|(?-i:{name}\s*/\s*)?(?:[A-Z]{{2,4}}\s+via\s+)?getty\s+images|©\s*{agency}"
        r")[)\]]?)\s*$",
    )
    credit_first = re.compile(
        rf"(?:(?:{picture}|caption)(?:\s+(?:credit|by|courtesy))?\s*[:©]"
        r"|(?:image|media)\s+(?:copyright|caption|source|playback is)\b"
        rf"|[(\[]{picture}[^()\[\]]*:[^()\[\]]*[)\]]\W*$)(?:.*\S)?",
        re.I | re.S,
    )
    return _Patterns(tuple(re.compile(pattern, re.I) for pattern in credits_at_end), credit_first)
