"""Tell page clutter and captions from the article, kind by kind; when in doubt a line is prose and stays."""

import re
from functools import lru_cache
from typing import NamedTuple

from samestory.packaged import packaged_yaml

LONGEST = 700  # characters; no clutter line is longer, and patterns stay fast on hostile text
_MOST_WORDS = 90  # of a line of clutter
_LONGEST_HEADLINE = 18  # words; longer and with a full stop, "See also: ..." has run into the article
_BREADCRUMBS = re.compile(r"(?:home|news|main|start)(?:\s*[>»›/|]\s*[\w&' -]{2,40}){1,6}", re.I)
_PLAYER = re.compile(
    r"\d{1,2}:\d{2}\s*/\s*\d{1,2}:\d{2}|(?:reading|read)\s+time\s*:?\s*\d+\s*min\w*\.?", re.I
)
_NOTICE = re.compile(
    r".*\bctrl\s*\+\s*enter\b.*"
    r"|.*\b(?:hyper)?links? to\b.*\b(?:is|are) (?:mandatory|required|obligatory)\b.*",
    re.I | re.S,
)
_READING_TIME = re.compile(
    r"(?:\w+\s)?(?:about\s)?\d{1,3}\s*-?\s*min(?:ute)?s?\.?\s*(?:read|listen|ago)", re.I
)
_COUNTER = re.compile(r"[\d.,]+\s*[km]?\s*(?:comments?|shares?|views?|likes?|reads?)", re.I)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)\s*\d{4}|copyright\s*(?:©|\(c\)|\d{4}|by\b)).*|.*\ball rights reserved\W*"
    r"|.*\bmay not be (?:published|reproduced|copied)\b"
    r".*\b(?:broadcast|redistributed|permission|consent)\b.*",
    re.I | re.S,
)
_COOKIES = re.compile(
    r"(?:we|this (?:web)?site|our (?:web)?site|\S+\.\w{2,4}) uses? cookies\b.*"
    r"|by continuing to (?:use|browse)\b.*\b(?:cookies|agree)\b.*"
    r"|(?:accept|reject|manage|allow)(?: all)? cookies\W*|cookie (?:policy|settings|preferences|notice)\W*",
    re.I | re.S,
)
_CREDITS = re.compile(
    r"\(?(?:additional |with )?(?:reporting|writing|editing|compiled|translated|edited) by\b[^.!?]*[.)]*",
    re.I,
)
_INVITED = r"(?:join|follow|like|get|find|stay (?:tuned|informed|updated|up to date)|keep up|support|donate)"
_ASKED = r"(?:subscribe|sign up|download|click here|tap here)"  # no story opens a sentence with these
_ADDRESS = re.compile(r"\S{1,64}@\S{1,64}\.\w{2,10}|@\w{2,30}|https?://\S{3,300}|www\.\S{3,300}")
_SOURCE_LINE = re.compile(r"(?:source|via)\s*:\s*[^.!?]{2,80}", re.I)
_LINK = re.compile(r"[^.]{10,200}\s(?:read more|see more|find out more|read the full story)\W*", re.I)
_DECORATION = re.compile(r"[\W_]{1,80}")
_CAPTION_WORDS = 50
_QUOTED_SPEECH = re.compile(
    r"[\"“”].*\b(?:said|says|told|added|wrote)\b|\b(?:said|says|told|added|wrote)\b.*[\"“”]", re.S
)


class _Patterns(NamedTuple):
    whole: dict[str, re.Pattern]
    buttons: re.Pattern
    sections: re.Pattern
    languages: re.Pattern
    single_language: re.Pattern
    others: re.Pattern
    others_heading: re.Pattern
    tags: re.Pattern
    invitation: re.Pattern


def clutter_kind(line: str, *, edge: bool = False) -> str | None:
    """The kind of clutter that a whole line is, or None for a line of the article.

    Args:
        line: one block of the raw text.
        edge: it stands at the top or the end of the page, where language switchers are found.
    """
    if len(line) > LONGEST:
        return None
    line = re.sub(r"\s+", " ", line.replace("’", "'")).strip(" \t|·•*-–—>»›→:…")
    if not line or _DECORATION.fullmatch(line):
        return "decoration"
    patterns = _patterns()
    words = len(line.split())
    if words > _MOST_WORDS:
        return None
    if edge and patterns.sections.fullmatch(line):
        return "section label"
    if edge and (patterns.languages.fullmatch(line) or patterns.single_language.fullmatch(line)):
        return "language switcher"
    for kind, pattern in patterns.whole.items():
        if pattern.fullmatch(line):
            return kind
    for kind, pattern, most_words in _kinds():
        if words <= most_words and pattern.fullmatch(line):
            glued = kind == "other articles" and words > _LONGEST_HEADLINE and line[-1] in '.”"'
            return None if glued else kind
    return None


def heads_other_articles(line: str) -> bool:
    """Is the line the heading of a list of other articles ("Related stories")?"""
    line = re.sub(r"\s+", " ", line.replace("’", "'")).strip(" :>»›→…")
    return len(line) <= 60 and _patterns().others_heading.fullmatch(line) is not None


@lru_cache
def words_of_clutter() -> dict:
    """The word lists, as the codebook gives them."""
    return packaged_yaml("codebooks/clutter.yaml")


def any_of(phrases: list[str]) -> str:
    """One pattern for any of the phrases, longest first, whatever their spacing."""
    ordered = sorted(map(str, phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) + ")"


@lru_cache
def _patterns() -> _Patterns:
    words = words_of_clutter()
    language, button = any_of(words["languages"]), any_of(words["share_buttons"])
    others, follow, between = any_of(words["other_articles"]), any_of(words["follow_on"]), r"[\s|/·•,-]+"
    return _Patterns(
        whole={
            kind: re.compile(rf"{any_of(phrases)}[.!…]*", re.I)
            for kind, phrases in words["whole_lines"].items()
        },
        sections=re.compile(any_of(words["sections"]), re.I),
        buttons=re.compile(
            rf"(?=.*[a-z])(?:{button}|\d{{1,6}})(?:{between}(?:{button}|\d{{1,6}}|on|via|by)){{0,29}}", re.I
        ),
        languages=re.compile(rf"{language}(?:{between}{language}){{1,20}}", re.I),
        single_language=re.compile(r"EN|ENG|UA|UKR|RU|RUS|DE|FR"),
        others=re.compile(rf"{others}\s*[:|>»]\s*\S.*", re.I | re.S),
        others_heading=re.compile(others, re.I),
        tags=re.compile(rf"{any_of(words['tags'])}\s*:.*", re.I | re.S),
        invitation=re.compile(
            rf"{_INVITED}\b[^\"“”]*\b(?:our|us|your)\b[^\"“”]*\b{follow}\b.*|{_ASKED}\b[^\"“”]*\b{follow}\b.*"
            rf"|follow\b[^\"“”]{{2,50}}\bon\s{follow}(?:{between}(?:and\s)?{follow})*\W*",
            re.I | re.S,
        ),
    )


@lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[str, re.Pattern, int], ...]:
    """Kind, pattern of a whole line, and the most words that such a line has; the first that fits counts."""
    patterns = _patterns()
    return (
        ("sharing", patterns.buttons, 30),
        ("sharing", _COUNTER, 4),
        ("listening", _READING_TIME, 8),
        ("listening", _PLAYER, 5),
        ("notice", _NOTICE, 45),
        ("navigation", _BREADCRUMBS, 20),
        ("other articles", patterns.others, 35),
        ("other articles", _LINK, 30),
        ("other articles", patterns.others_heading, 8),
        ("tags", patterns.tags, 40),
        ("subscription", patterns.invitation, 28),
        ("cookies", _COOKIES, 90),
        ("copyright", _COPYRIGHT, 70),
        ("credits", _CREDITS, 40),
        ("contact", _ADDRESS, 1),
        ("source line", _SOURCE_LINE, 9),
    )


class Cut(NamedTuple):
    """Where a block is cut and why; offsets within the block."""

    start: int
    end: int
    reason: str


class _CaptionPatterns(NamedTuple):
    credits_at_end: tuple[re.Pattern, ...]
    credit_first: re.Pattern


def caption_cut(block: str) -> Cut | None:
    """The picture caption that a block is, or the picture credit at its end.

    A block of at most 50 words that closes with a credit is a caption; of a longer one, or of one
    that quotes somebody, the credit alone is cut.
    """
    if len(block) > 3 * LONGEST:
        return None
    patterns = _caption_patterns()
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
def _caption_patterns() -> _CaptionPatterns:
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
    return _CaptionPatterns(tuple(re.compile(pattern, re.I) for pattern in credits_at_end), credit_first)
