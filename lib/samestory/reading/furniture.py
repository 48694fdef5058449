"""Tell page clutter and captions from the article, kind by kind; when in doubt a line is prose and stays."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from samestory.packaged import packaged_yaml


def any_of(phrases: Iterable[str]) -> str:
    """One pattern for any of the phrases, longest first, whatever their spacing."""
    ordered = sorted(map(str, phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) + ")"


WORDS = packaged_yaml("codebooks/clutter.yaml")
_LONGEST = 700  # characters; no clutter line is longer, and patterns stay fast on hostile text
_MOST_WORDS = 90  # of a line of clutter
_LONGEST_HEADLINE = 18  # words; longer and with a full stop, "See also: ..." has run into the article
_CAPTION_WORDS = 50
_BETWEEN = r"[\s|/·•,-]+"

# Lines that are clutter at the top or the end of a page only.
_SECTIONS = re.compile(any_of(WORDS["sections"]), re.I)
_LANGUAGE = any_of(WORDS["languages"])
_LANGUAGES = re.compile(rf"(?i:{_LANGUAGE}(?:{_BETWEEN}{_LANGUAGE}){{1,20}})|EN|ENG|UA|UKR|RU|RUS|DE|FR")

# Lines that are clutter wherever they stand.
_WHOLE_LINES = {
    kind: re.compile(rf"{any_of(phrases)}[.!…]*", re.I) for kind, phrases in WORDS["whole_lines"].items()
}
_DECORATION = re.compile(r"[\W_]{1,80}")
_BUTTON = rf"(?:{any_of(WORDS['share_buttons'])}|\d{{1,6}})"
_BUTTONS = re.compile(rf"(?=.*[a-z]){_BUTTON}(?:{_BETWEEN}(?:{_BUTTON}|on|via|by)){{0,29}}", re.I)
_SHARE = re.compile(
    rf"share\s(?:this\s)?(?:\w+\s)?(?:with|on|via|to)\s{_BUTTON}(?:{_BETWEEN}(?:(?:and|or)\s)?{_BUTTON}){{0,9}}",
    re.I,
)
_COUNTER = re.compile(r"[\d.,]+\s*[km]?\s*(?:comments?|shares?|views?|likes?|reads?)", re.I)
_LISTENING = re.compile(
    r"(?:\w+\s)?(?:about\s)?\d{1,3}\s*-?\s*min(?:ute)?s?\.?\s*(?:read|listen|ago)"
    r"|\d{1,2}:\d{2}\s*/\s*\d{1,2}:\d{2}|(?:reading|read)\s+time\s*:?\s*\d+\s*min\w*\.?",
    re.I,
)
_NOTICE = re.compile(
    r".*\bctrl\s*\+\s*enter\b.*"
    r"|.*\b(?:hyper)?links? to\b.*\b(?:is|are) (?:mandatory|required|obligatory)\b.*",
    re.I | re.S,
)
_BREADCRUMBS = re.compile(r"(?:home|news|main|start)(?:\s*[>»›/|]\s*[\w&' -]{2,40}){1,6}", re.I)
_MORE = r"(?:must-?\s?reads|stories|news|coverage|articles|reading|headlines|videos?|reporting)"
_OTHERS = rf"(?:{any_of(WORDS['other_articles'])}|more (?:{_MORE} )?from (?:[^\s.!?]+ ){{0,2}}[^\s.!?]+)"
_OTHER_ARTICLE = re.compile(rf"{_OTHERS}\s*[:|>»]\s*\S.*", re.I | re.S)
_OTHERS_HEADING = re.compile(_OTHERS, re.I)
_LINK = re.compile(r"[^.]{10,200}\s(?:read more|see more|find out more|read the full story)\W*", re.I)
_TAGS = re.compile(rf"{any_of(WORDS['tags'])}\s*:.*", re.I | re.S)
_INVITED = r"(?:join|follow|like|get|find|stay (?:tuned|informed|updated|up to date)|keep up|support|donate)"
_ASKED = r"(?:subscribe|sign up|download|click here|tap here)"  # no story opens a sentence with these
_FOLLOW = any_of(WORDS["follow_on"])
_INVITATION = re.compile(
    rf"{_INVITED}\b[^\"“”]*\b(?:our|us|your)\b[^\"“”]*\b{_FOLLOW}\b.*|{_ASKED}\b[^\"“”]*\b{_FOLLOW}\b.*"
    rf"|follow\b[^\"“”]{{2,50}}\bon\s{_FOLLOW}(?:{_BETWEEN}(?:and\s)?{_FOLLOW})*\W*",
    re.I | re.S,
)
_COOKIES = re.compile(
    r"(?:we|this (?:web)?site|our (?:web)?site|\S+\.\w{2,4}) uses? cookies\b.*"
    r"|by continuing to (?:use|browse)\b.*\b(?:cookies|agree)\b.*"
    r"|(?:accept|reject|manage|allow)(?: all)? cookies\W*|cookie (?:policy|settings|preferences|notice)\W*",
    re.I | re.S,
)
_CONSENT = re.compile(rf"\b{any_of(WORDS['consent'])}\b", re.I)
_PROMPT = re.compile(rf"\b{any_of(WORDS['prompts'])}\b", re.I)
_PROMPT_WORDS = 45
_BIDDEN = (
    r"(?:subscribe|sign up|log in|register|download|get|join|click|become|support|donate|submit|follow|start"
    r"|read|want)"
)
_BIDS = re.compile(rf"{_BIDDEN}\b|already a\b|this (?:article|story|post|content)\b", re.I)
_COMMENTS_HEAD = re.compile(
    rf"(?:\d[\d,.]*\s*)?{any_of(WORDS['comments'])}(?:\s*[(\[]?\d[\d,.]*[)\]]?)?", re.I
)
_COMMENT_MARK = re.compile(rf"{any_of(WORDS['comment_marks'])}\b.{{0,20}}|.{{0,60}}\b(?:says:|ago)", re.I)
_BOX_WORDS = 70
_AUTHOR_BOX = re.compile(
    rf"(?P<name>[A-ZÀ-Þ][\w.'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]*){{1,3}})\s(?:is|covers|writes|reports|works)\b.{{0,120}}?"
    rf"\b{any_of(WORDS['writers'])}\b",
    re.S,
)
_BOX_WORDING = re.compile(
    r"@|\b(?:follow (?:her|him|them)|reach (?:her|him|them)|can be reached|covers|joined)\b"
)
_NO_ARTICLE = re.compile(any_of(WORDS["no_article"]), re.I)
_TO_THE_READER = re.compile(r"\b(?:you|your|we|our)\b", re.I)
# "© is the sign that the court had to judge" is the article; a notice has a year, or a name and no more.
_COPYRIGHT = re.compile(
    r"(?:©\s*(?:copyright\s*)?\d{4}|\(c\)\s*\d{4}|copyright\s*(?:©|\(c\)|\d{4}|by\b)).*"
    r"|©\s*[^\s.!?]+(?:\s+[^\s.!?]+){0,5}|.*\ball rights reserved\W*"
    r"|.*\bmay not be (?:published|reproduced|copied)\b"
    r".*\b(?:broadcast|redistributed|permission|consent)\b.*",
    re.I | re.S,
)
_CREDITS = re.compile(
    r"\(?(?:additional |with )?(?:reporting|writing|editing|compiled|translated|edited) by\b[^.!?]*[.)]*",
    re.I,
)
_CLOCK = re.compile(r"(?:updated\s*(?:at\s*)?)?\d{1,2}[.:]\d{2}\s?(?:[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?", re.I)
_PICTURE_NUMBER = re.compile(
    r"(?:(?:image|photo|picture|slide|video|item|gallery)s?\s*)?\d{1,3}\s*(?:of|/)\s*\d{1,3}(?:\s*(?:images?|photos?|pictures?))?",
    re.I,
)
_EMBEDDED = re.compile(
    r"a (?:post|video|photo) (?:shared|posted) by\b.{2,120}|(?:#\w{2,40}\W*){1,20}|pic\.twitter\.com/\w+",
    re.I,
)
_AGENCY_ALONE = re.compile(rf"{any_of(WORDS['agencies'])}(?:\s*/\s*{any_of(WORDS['agencies'])})*", re.I)
_ADDRESS = re.compile(r"\S{1,64}@\S{1,64}\.\w{2,10}|@\w{2,30}|https?://\S{3,300}|www\.\S{3,300}")
_SOURCE_LINE = re.compile(r"(?:source|via)\s*:\s*[^.!?]{2,80}", re.I)
# Kind, pattern of a whole line, and the most words that such a line has; the first that fits counts.
_KINDS = (
    ("sharing", _BUTTONS, 30), ("sharing", _SHARE, 12), ("sharing", _COUNTER, 4),
    ("listening", _LISTENING, 8), ("publication time", _CLOCK, 4), ("picture caption", _PICTURE_NUMBER, 5),
    ("picture credit", _AGENCY_ALONE, 4), ("embedded post", _EMBEDDED, 25), ("notice", _NOTICE, 45),
    ("navigation", _BREADCRUMBS, 20),
    ("other articles", _OTHER_ARTICLE, 35), ("other articles", _LINK, 30),
    ("other articles", _OTHERS_HEADING, 8), ("tags", _TAGS, 40), ("subscription", _INVITATION, 28),
    ("cookies", _COOKIES, 90), ("copyright", _COPYRIGHT, 70), ("credits", _CREDITS, 40),
    ("contact", _ADDRESS, 1), ("source line", _SOURCE_LINE, 9),
)  # fmt: skip

# Picture captions and credits.
_QUOTED_SPEECH = re.compile(
    r"[\"“”].*\b(?:said|says|told|added|wrote)\b|\b(?:said|says|told|added|wrote)\b.*[\"“”]", re.S
)
_SAYING = re.compile(r"\b(?:said|says|told|added|wrote)\b", re.I)
_PICTURE, _AGENCY = any_of(WORDS["pictures"]), any_of(WORDS["agencies"])
_AGENCY_CAPITALS = "|".join(re.escape(name.upper()) for name in WORDS["agencies"]) + "|Getty Images"
_NAME = r"[A-ZÀ-Þ][\w.'’-]+(?:[ ,]+(?:[A-ZÀ-Þ][\w.'’/-]*|via|for|of|pool|the)){0,7}"
_BY = r"(?:\s+(?:credit|courtesy|taken|provided))?(?:\s*[:©]|\s+(?:by|of|from|via|credit|courtesy)\b)"
_CREDITS_AT_END = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # (photo: Jane Doe), [Image courtesy of the ministry], (collage by The Herald), (screenshot)
        rf"(?P<credit>[(\[](?:{_PICTURE}(?:{_BY}[^()\[\]]{{1,120}})?|credit\s*:[^()\[\]]{{1,120}}"
        rf"|{_AGENCY}\s*/[^()\[\]]{{1,80}}|{_AGENCY}\s+(?:photo|file|pool)[^()\[\]]{{0,80}})[)\]])\.?\s*$",
        # The president at the summit (Herald collage); in the old town (Getty Images)
        r"(?P<credit>[(\[](?:[^()\[\]]{2,60}\s(?:collage|photo|photos|illustration|screenshot|graphic)"
        r"|getty images|shutterstock|alamy|istock|unsplash)[)\]])\.?\s*$",
        # Rescuers in the old town. Photo by Jane Doe / Herald
        rf"(?:^|[.!?)|–—])\s*(?P<credit>(?:{_PICTURE}|credit)(?:\s+(?:credit|courtesy))?"
        r"(?:\s*[:©]|\s+(?:by|courtesy)\b)\s*[^.:;!?]{2,70})$",
        # Rescuers in the old town Photo: Jane Doe
        rf"\s(?P<credit>(?-i:(?=[A-Z]))(?:{_PICTURE}|credit)(?:\s+credit)?\s*[:©]\s*[^.:;!?]{{2,70}})$",
        # ... in Kyiv on Friday. REUTERS/Jane Doe; (AP Photo/John Smith, File); a "Reuters/Ipsos poll" is none
        rf"(?:^|[\s(\[|©])(?P<credit>[(\[]?(?:(?-i:(?:{_AGENCY_CAPITALS})\s*/\s*{_NAME})|{_AGENCY}\s+photo"
        rf"(?:\s*/(?-i:\s*{_NAME}))?|(?-i:{_NAME}\s*/\s*)?(?:[A-Z]{{2,4}}\s+via\s+)?getty\s+images|©\s*{_AGENCY}"
        r")[)\]]?)\s*$",
    )
)
_CREDIT_FIRST = re.compile(
    rf"(?:(?:{_PICTURE}|caption)(?:\s+(?:credit|by|courtesy))?\s*[:©]"
    r"|(?:image|media)\s+(?:copyright|caption|source|playback is)\b"
    rf"|(?:click\s+(?:to|for)\s+)?(?:enlarge|larger)\s+(?:this\s+)?{_PICTURE}\b"
    rf"|[(\[]{_PICTURE}[^()\[\]]*:[^()\[\]]*[)\]]\W*$)(?:.*\S)?",
    re.I | re.S,
)


class Cut(NamedTuple):
    """What is cut of a block: from where in it, to its end, and why."""

    start: int
    reason: str


def clutter_kind(line: str, *, edge: bool = False) -> str | None:
    """The kind of clutter that a whole line is, or None for a line of the article.

    Args:
        line: one block of the raw text.
        edge: it stands at the top or the end of the page, where language switchers are found.
    """
    if len(line) > _LONGEST:
        return None
    line = _core(line, " \t|·•*-–—>»›→:…")
    if not line or _DECORATION.fullmatch(line):
        return "decoration"
    words = len(line.split())
    if words > _MOST_WORDS:
        return None
    if edge and _SECTIONS.fullmatch(line):
        return "section label"
    if edge and _LANGUAGES.fullmatch(line):
        return "language switcher"
    if asks_consent(line):
        return "cookies"
    if _is_prompt(line, words):
        return "subscription"
    for kind, pattern in _WHOLE_LINES.items():
        if pattern.fullmatch(line):
            return kind
    for kind, pattern, most_words in _KINDS:
        if words <= most_words and pattern.fullmatch(line):
            glued = kind == "other articles" and words > _LONGEST_HEADLINE and line[-1] in '.”"'
            return None if glued else kind
    return None


def asks_consent(line: str) -> bool:
    """Does a paragraph ask the reader for consent to cookies and the like?"""
    if len(line) > _LONGEST or not _TO_THE_READER.search(line) or _SAYING.search(line):
        return False
    return len({match[0].lower().rstrip("s") for match in _CONSENT.finditer(line)}) >= 2


def stands_for_no_article(text: str) -> bool:
    """Does a page's title or its short text say that it is a robot check or an error, not an article?"""
    return _NO_ARTICLE.search(_core(text, " ")) is not None


def is_author_box(block: str, author: str | None) -> bool:
    """Does a paragraph at the end present who wrote it: "Jane Doe is a reporter at The Herald."?

    The article itself may present somebody so; only the name of the byline, or what desks add, tells the box.
    """
    found = _AUTHOR_BOX.match(block) if len(block.split()) <= _BOX_WORDS else None
    if found is None or _SAYING.search(block):
        return False
    return (author is not None and found["name"] in author) or _BOX_WORDING.search(block) is not None


def heads_comments(line: str, below: Iterable[str]) -> bool:
    """Is the line the head of readers' comments, with their marks ("Reply", "2 hours ago") below?"""
    if len(line) > 60 or not _COMMENTS_HEAD.fullmatch(_core(line, " :>»›→…")):
        return False
    return any(len(mark) <= 90 and _COMMENT_MARK.fullmatch(_core(mark, " :·•|")) for mark in below)


def heads_other_articles(line: str) -> bool:
    """Is the line the heading of a list of other articles ("Related stories")?"""
    line = _core(line, " :>»›→…")
    return len(line) <= 60 and _OTHERS_HEADING.fullmatch(line) is not None


def caption_cut(block: str) -> Cut | None:
    """The picture caption that a block is, or the picture credit at its end.

    A block of at most 50 words that closes with a credit is a caption; of a longer one, or of one
    that quotes somebody, the credit alone is cut.
    """
    if len(block) > 3 * _LONGEST:
        return None
    if len(block.split()) <= 40 and _CREDIT_FIRST.fullmatch(block):
        return Cut(0, "picture caption")
    tail = block[-80:].rstrip()
    if tail.endswith((".", "!", "?", '"', "”")) and not tail.endswith((").", "].")) and "/" not in tail:
        return None  # a sentence: no credit ends like one
    offset = max(0, len(block) - 220)
    for pattern in _CREDITS_AT_END:
        match = pattern.search(block[offset:])
        if match:
            start = offset + match.start("credit")
            before = block[:start]
            is_caption = len(before.split()) <= _CAPTION_WORDS and not _QUOTED_SPEECH.search(before)
            return Cut(0, "picture caption") if is_caption else Cut(start, "picture credit")
    return None


def _is_prompt(line: str, words: int) -> bool:
    if words > _PROMPT_WORDS or _SAYING.search(line) or not _PROMPT.search(line):
        return False
    return _BIDS.match(line) is not None or _TO_THE_READER.search(line) is not None


def _core(line: str, edges: str) -> str:
    """The line with single spaces and straight apostrophes, without the signs at its edges."""
    return re.sub(r"\s+", " ", line.replace("’", "'")).strip(edges)
