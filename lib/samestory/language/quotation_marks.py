"""Passages between quotation marks, of whatever style, and quotes that the layout alone attributes.

Marks are paired within a paragraph, because the convention of news text is to open again at each
paragraph of a long quote and to close only the last one. Straight marks toggle; a mark that cannot
close (white space before it, a letter after it) opens anew, so that one forgotten mark spoils one
passage and not the rest of the article. Lines of a transcript and names set under a quote are too rare in a
corpus of articles to be learned from it, and plain enough for rules.
"""

import re
from collections import Counter
from typing import NamedTuple

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|(?<=[.!?”\"'])[^\S\n]*\n\s*")
MARKS = '"“”„‟«»＂❝❞〝〞'
_DOUBLE = re.compile(rf"[{MARKS}]|''|``")
_STRAIGHT = {'"', "＂", "''"}
_CLOSERS = {"„": '“”‟"', "«": "»", "»": "«"}  # of the openers that take only these
# 'No,' or ‘No,’ but not the '90s, rock 'n' roll or the players' union: the closing mark stands
# after punctuation, or after a word that is no plural possessive.
_SINGLE = re.compile(
    r"(?<![\w’'])(?:‘|'(?!\d|em\b|til\b|tis\b|twas\b|cause\b|n['’]))(?=[\w“\"(\[$£€])"
    r"([^\n]{1,700}?)(?:(?<=[.,!?;:…\])”\"—-])|(?<=[^\W_sS])|(?<=\w[sS])(?=['’]\W*$|['’][.,;:!?)]))['’](?!\w)"
)
_LONGEST_STATEMENT = 12  # paragraphs between the mark that opens it and the one that closes it
_NAME = r"[A-Z][\w.’'-]*(?:[ ](?:(?:de|del|la|van|von|der|bin|al|of|the)[ ])*[A-Z][\w.’'-]*){0,4}"
# SMITH: I do.  |  SEN. TIM KAINE (D-VA.): No.  |  JO LANG, HOST: Good evening.  |  Q: And then?
_LINE = re.compile(
    rf"[\"“”]?(?P<name>{_NAME})(?:,[ ][\w .’'&-]{{1,40}})?(?:[ ]\([^()\n]{{1,40}}\))?:[\"“”]?\s+(?=\S)"
)
# "This is a disgrace." ― Ann Lee, 43, of Ohio; the dash may stand on the next line, or be left out in a list
_BYLINE = re.compile(
    rf"[\"”’»“]?(?P<gap>\s{{0,3}})(?P<dash>[―—–-]{{1,2}})?[^\S\n]*(?P<name>{_NAME})(?:[ ]\(@\w+\))?"
    r"(?:,[^\n.]{1,60})?\.?[^\S\n]*(?=\n|$)"
)
_LABELS = (  # stand before a colon, but name nobody
    "ADDRESS ADVERTISEMENT ANALYSIS BREAKING CLARIFICATION CORRECTION DATE EDITOR EXCLUSIVE FACT LIVE MORE "
    "NOTE OPINION PHOTO PHOTOS PRICE READ RELATED REVIEW SEE SOURCE SOURCES TIME UPDATE UPDATED VIDEO "
    "WARNING WATCH"
)
_FURTHER = 3  # paragraphs without a name that a turn may run on for, up to the next name


class Marked(NamedTuple):
    """One passage between marks; start:end are the characters within them."""

    start: int
    end: int
    closed: bool  # False: the paragraph ended first
    goes_on: bool  # the next paragraph opens again


class Line(NamedTuple):
    """Half-open character ranges."""

    content: tuple[int, int]
    source: tuple[int, int]
    cue: tuple[int, int] | None  # the colon or dash


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the paragraphs: cut at blank lines, and at a line's end after a full stop."""
    edges, start = [], 0
    for gap in _PARAGRAPH.finditer(text):
        if gap.start() > start:
            edges.append((start, gap.start()))
        start = gap.end()
    if start < len(text):
        edges.append((start, len(text)))
    return edges


def marked_passages(text: str) -> list[Marked]:
    """Find the outermost passages between quotation marks, in text order.

    Straight, curly, German „…“, French «…» and reversed »…« marks, doubled single marks (''…'')
    and single marks ('…', ‘…’) are known; an apostrophe is not a mark. Ours: a rule of thumb per
    paragraph, linear in the length of the text.
    """
    found: list[Marked] = []
    blocks = paragraphs(text)
    unread = 0  # blocks up to here are read
    for number, (start, end) in enumerate(blocks):
        if number < unread:
            continue
        if found and found[-1].goes_on and text[start] not in MARKS and text[start : start + 2] != "''":
            last = _closing_block(text, blocks, number) if text[found[-1].start - 1] in MARKS else None
            if last is not None and found[-1].start - 1 == blocks[number - 1][0]:
                found += [Marked(*block, False, True) for block in blocks[number:last]]
                found.append(Marked(blocks[last][0], blocks[last][1] - 1, True, False))
                unread = last + 1
                continue
            found[-1] = found[-1]._replace(goes_on=False)
        found += _merge(_double(text, start, end), _single(text, start, end))
    if found and found[-1].goes_on:
        found[-1] = found[-1]._replace(goes_on=False)
    return found


def is_utterance(text: str, passage: Marked) -> bool:
    """Whether what stands between the marks reads as something said, not as a title or a scare quote.

    It is set off by punctuation at its end, and it is not written as the title of a work: "Ten Doors Down,".
    """
    inside = text[passage.start : passage.end].strip()
    set_off = inside[-1:] in tuple(".?!,…—–-") or text[passage.end + 1 : passage.end + 2] == ","
    begins = inside[:1].isalnum() or inside[:1] in tuple("$£€([#@…'’\"“‘")
    return begins and " " in inside and (set_off or passage.goes_on) and not is_title(inside)


def is_title(inside: str) -> bool:
    """Whether most long words have a capital, as in the title of a work."""
    long = [word for word in inside.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long) > (len(long) + 1) / 2


def speaker_lines(text: str) -> list[Line]:
    """Turns of a transcript: a name and a colon begin a paragraph.

    A name in small letters is one only where names come back, as in an interview. One line in capitals
    alone is a turn only if the name stands elsewhere too; "UPDATE:" is none.
    """
    blocks = paragraphs(text)
    heads = [(number, head) for number, (a, b) in enumerate(blocks) if (head := _LINE.match(text, a, b))]
    labels = frozenset(_LABELS.split())
    heads = [(number, head) for number, head in heads if labels.isdisjoint(head["name"].upper().split())]
    turns = Counter(head["name"] for _, head in heads)
    if len(turns) < 2 or max(turns.values()) < 2:
        heads = [(number, head) for number, head in heads if head["name"].isupper()]
    if len(heads) == 1 and heads[0][1]["name"].split()[-1].title() not in text:
        return []
    found = []
    for place, (number, head) in enumerate(heads):
        stop = number
        if place + 1 < len(heads) and heads[place + 1][0] - number - 1 <= _FURTHER:
            following = range(number + 1, heads[place + 1][0])
            stop = next((n - 1 for n in following if text[blocks[n][0]] in '(["“”'), heads[place + 1][0] - 1)
        colon = text.index(":", head.end("name"))
        found.append(Line((head.end(), blocks[stop][1]), head.span("name"), (colon, colon + 1)))
    return found


def bylines(text: str, passages: list[Marked]) -> list[Line]:
    """Passages between marks that a name follows, after a dash, up to the end of the line.

    Without a dash, two at least make a list of comments.
    """
    matches = [
        (passage, match)
        for passage in passages
        if passage.closed and (match := _BYLINE.match(text, passage.end, passage.end + 160))
    ]
    listed = [match for _, match in matches if not match["dash"] and "\n" not in match["gap"]]
    return [
        Line((passage.start, passage.end), match.span("name"), match.span("dash") if match["dash"] else None)
        for passage, match in matches
        if match["dash"] or (match in listed and len(listed) > 1)
    ]


def _closing_block(text: str, blocks: list[tuple[int, int]], number: int) -> int | None:
    """The paragraph that closes a statement which opened before and did not open again at each paragraph.

    It ends in a mark that has no partner in it, as no paragraph before it does.
    """
    for place in range(number, min(number + _LONGEST_STATEMENT, len(blocks))):
        inside = text[slice(*blocks[place])].rstrip()
        marks = sum(inside.count(mark) for mark in MARKS)
        if marks % 2:
            closes = inside[-1] in MARKS and blocks[place][0] + len(inside) == blocks[place][1]
            return place if closes else None
    return None


def _double(text: str, start: int, end: int) -> list[Marked]:
    found, opener, begin = [], None, start
    for mark in _DOUBLE.finditer(text, start, end):
        place, sign, after = mark.start(), mark.group(), mark.end()
        free_before = place == start or not (text[place - 1].isalnum() or text[place - 1] in ".,!?")
        free_after = after >= end or not text[after].isalnum()
        if opener is None:
            if _opens(sign, text, place, free_before, free_after):
                opener, begin = sign, after
        elif _closes(opener, sign, free_before, free_after):
            found.append(Marked(begin, place, True, False))
            opener = None
        elif sign == opener or sign in "“„":  # opened twice: the first was never closed
            found.append(Marked(begin, place, False, False))
            opener, begin = sign, after
    if opener is not None:
        found.append(Marked(begin, end, False, True))
    return [item for item in found if item.end > item.start]


def _opens(sign: str, text: str, place: int, free_before: bool, free_after: bool) -> bool:
    if sign == "„" and not free_before and not free_after:  # typed for a closing mark
        return False
    if sign in "“„«``❝〝‟":
        return True
    if sign in _STRAIGHT:
        # 6'2" and a 12" gun are inches, and a mark with space after it has lost its partner
        inches = place > 0 and text[place - 1].isdigit() and free_after
        return not inches and not (free_after and place > 0 and not text[place - 1].isspace())
    return free_before and not free_after  # ”so“ and »so« as in Swedish or German books


def _closes(opener: str, sign: str, free_before: bool, free_after: bool) -> bool:
    if opener in _CLOSERS:
        return sign in _CLOSERS[opener]
    if sign in "”❞〞":
        return True
    if sign in _STRAIGHT:
        return not free_before or free_after
    return sign in "“„" and not free_before and free_after  # typed the wrong way round


def _single(text: str, start: int, end: int) -> list[Marked]:
    if "'" not in text[start:end] and "‘" not in text[start:end]:
        return []
    return [Marked(m.start(1), m.end(1), True, False) for m in _SINGLE.finditer(text, start, end)]


def _merge(double: list[Marked], single: list[Marked]) -> list[Marked]:
    """The outermost of both, in order; a single mark inside double ones is nested."""
    found: list[Marked] = []
    for item in sorted(double + single, key=lambda item: (item.start, -item.end)):
        if not found or item.start >= found[-1].end:
            found.append(item)
    return found
