"""Passages between quotation marks, whatever the style of the marks.

Marks are paired within a paragraph, because the convention of news text is to open again at each
paragraph of a long quote and to close only the last one. Straight marks toggle; a mark that cannot
close (white space before it, a letter after it) opens anew, so that one forgotten mark spoils one
passage and not the rest of the article.
"""

import re
from typing import NamedTuple

PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|(?<=[.!?”\"'])[^\S\n]*\n\s*")
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


class Marked(NamedTuple):
    """One passage between marks; start:end are the characters within them."""

    start: int
    end: int
    closed: bool  # False: the paragraph ended first
    goes_on: bool  # the next paragraph opens again


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the paragraphs: cut at blank lines, and at a line's end after a full stop."""
    edges, start = [], 0
    for gap in PARAGRAPH.finditer(text):
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


def _closing_block(text: str, blocks: list[tuple[int, int]], number: int) -> int | None:
    """The paragraph that closes a statement which opened before and did not open again at each paragraph.

    It ends in a mark that has no partner in it, as no paragraph before it does.
    """
    for place in range(number, min(number + _LONGEST_STATEMENT, len(blocks))):
        inside = text[slice(*blocks[place])].rstrip()
        marks = sum(inside.count(mark) for mark in MARKS)
        if marks % 2:
            return (
                place if inside[-1] in MARKS and blocks[place][0] + len(inside) == blocks[place][1] else None
            )
    return None


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
