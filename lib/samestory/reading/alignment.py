"""The lines of a page that an extractor took for the article, found again by their letters.

Extractors give a text, not places. Spacing, marks of lists and hidden words differ between it and the page,
so that letters alone are compared. A long line is the article's where at least half of its pieces stand in
the extracted text; a short one, which may stand in a menu too, where it stands there beside its neighbour.
"""

import re
from collections.abc import Iterable, Sequence

_NO_LETTERS = re.compile(r"[\W_]+")
_SURE = 30  # letters; a shorter line may stand in the article and in a menu
_PIECE = 20  # letters of a piece of a line
_NEAR = 5  # lines to both sides of a copy
_BESIDE = 15  # letters of its neighbour that a short line must stand beside


def letters_of(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return _NO_LETTERS.sub("", text).lower()


def align(lines: Sequence[str], extracted: Iterable[str]) -> set[int]:
    """Which lines of a page an extracted text holds.

    Args:
        lines: of the page, as `letters_of` gives them.
        extracted: lines of the extracted text.
    """
    theirs = [letters for line in extracted if (letters := letters_of(line))]
    whole = "".join(theirs)
    pieces = {whole[at : at + _PIECE] for at in range(len(whole) - _PIECE + 1)}
    held = {i for i, line in enumerate(lines) if len(line) >= _SURE and _holds(whole, pieces, line)}
    if not held:  # verse, or a list
        known = set(theirs)
        return {i for i, line in enumerate(lines) if line in known}
    before = after = ""
    for index, line in enumerate(lines):
        if index in held or (before and line and before + line in whole):
            held.add(index)
            before = (before + line)[-_BESIDE:]
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if index in held or (after and line and line + after in whole):
            held.add(index)
            after = (line + after)[:_BESIDE]
    return held - _further_copies(lines, held, whole)


def _further_copies(lines: Sequence[str], held: set[int], whole: str) -> set[int]:
    """Copies of long lines beyond those that were extracted: teasers, pull quotes.

    Those that most of the article stands around are the article's; of equals, the first.
    """
    places: dict[str, list[int]] = {}
    for index in sorted(held):
        if len(lines[index]) >= _SURE:
            places.setdefault(lines[index], []).append(index)

    def around(index: int) -> int:
        return sum(near in held for near in range(index - _NEAR, index + _NEAR + 1))

    further: set[int] = set()
    for line, copies in places.items():
        if len(copies) > 1:
            further.update(sorted(copies, key=around, reverse=True)[max(1, whole.count(line)) :])
    return further


def _holds(whole: str, pieces: set[str], line: str) -> bool:
    if line in whole:
        return True
    parts = [line[at : at + _PIECE] for at in range(0, len(line) - _PIECE + 1, _PIECE)]
    return sum(part in pieces for part in parts) >= 0.5 * len(parts)
