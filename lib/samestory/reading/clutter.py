"""Tell page clutter from the article, kind by kind; when in doubt a line is prose and stays."""

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
