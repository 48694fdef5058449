"""Exports of press databases to drafts: Nexis, Factiva, ProQuest and Europresse, in whatever file they come.

Such a file holds many articles, each with its fields. Every database leaves marks of its own that no article
has: "Load-Date:" and "End of Document" (Nexis), "Document HRLD0000…" (Factiva), "ProQuest document ID:",
"news·20250703·HR·0012" (Europresse). Whatever the file (text, Word, rich text, web page, PDF), it is told
and split by its lines.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from samestory.reading.draft import Block, Draft, FromFile, Problem, split_blocks
from samestory.reading.formats import europresse, factiva, nexis, proquest
from samestory.reading.formats.press_lines import Article, Line, Marks

_DATABASES = (factiva, proquest, europresse, nexis)  # the surest marks first
_LINE = re.compile(r"[^\s](?:[^\n\r]*[^\s])?")
_CUT = "fields of the press database"
_NO_ARTICLE = "no article was recognised"  # what is said of a web page that holds many


def split_export(reading: FromFile, source: str) -> FromFile:
    """The articles of a press database's export, where a file that was read as one text is one."""
    if len(reading.drafts) != 1:
        return reading
    raw = reading.drafts[0].raw
    lines = [Line(*line.span(), " ".join(line[0].split()), line[0]) for line in _LINE.finditer(raw)]
    bare = reading.drafts[0].body is None
    told = ((database, database.told(lines, bare=bare)) for database in _DATABASES)
    database, marks = next((pair for pair in told if pair[1]), (None, None))
    if database is None or marks is None:
        return reading
    found = FromFile([], [problem for problem in reading.problems if _NO_ARTICLE not in problem.reason])
    parts = list(_parts(lines, marks))
    for part in parts:
        article = database.read_article(part)
        number = len(found.drafts) + 1
        place = f"{source}, article {number}" if len(parts) > 1 else source
        if isinstance(article, str):
            if article:
                found.problems.append(Problem(place, article))
            continue
        found.drafts.append(_draft(raw, part, article, place, number if len(parts) > 1 else None))
    recognised = found.drafts and any(draft.title or draft.published for draft in found.drafts)
    # Where only the articles without a text were recognised, it is still no article.
    return found if recognised or (found.problems and not found.drafts) else reading


def _parts(lines: list[Line], marks: Marks) -> Iterator[list[Line]]:
    """The lines of each article."""
    held: list[Line] = []
    for line in lines:
        if marks.first and marks.first.fullmatch(line.text):
            if held:
                yield held
            held = []
            continue
        held.append(line)
        if marks.last and marks.last.fullmatch(line.text):
            yield held
            held = []
    if held:
        yield held


def _draft(raw: str, lines: list[Line], article: Article, place: str, number: int | None) -> Draft:
    """The draft of an article, whose raw text is its part of the file."""
    start, end = lines[0].start, lines[-1].end
    own = raw[start:end]
    spans = [(a - start, b - start) for a, b in article.body]
    stem = PurePosixPath(place.rpartition(", article ")[0] or place).stem
    draft = Draft(stem if number is None else f"{stem} {number}", place, own)
    for name, value in article.fields.items():
        setattr(draft, name, value or None)
    draft.published = article.published
    blocks = ((opens, block) for opens, ends in spans for block in split_blocks(own[opens:ends]))
    draft.body = [Block(opens + block.start, opens + block.end) for opens, block in blocks]
    edges = [0, *(edge for span in spans for edge in span), len(own)]
    draft.removed = [(*gap, _CUT) for gap in list(pairwise(edges))[::2] if own[slice(*gap)].strip()]
    return draft
