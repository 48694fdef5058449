"""Saved web pages to drafts. The page is parsed, never run; nothing is fetched.

The raw text of a page is its visible text, one block element a line. The article's paragraphs among
these lines are those that trafilatura (Barbaresi 2021, ACL demo) extracts; the rest is cut as
"outside the article". Headline, date, author and outlet come from the page's own metadata
(JSON-LD, Open Graph, meta elements), which is written by the outlet itself.
"""

import logging
import re
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import PurePosixPath

from samestory.reading.blocks import Block, split_blocks
from samestory.reading.draft import Draft, Problem, Reading, sha256
from samestory.reading.encoding import Decoded, decode, mend
from samestory.reading.page_metadata import page_metadata

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAGS = re.compile(
    r"</?(?:p|br|div|span|h[1-6]|article|section|ul|li|a|em|strong|b|i|blockquote|figure)\b[^<>]{0,2000}>",
    re.I,
)
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_UNSEEN = frozenset({
    "audio", "canvas", "datalist", "embed", "head", "iframe", "link", "math", "meta", "noscript", "object",
    "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_LETTERS = re.compile(r"[\W_]+")
_MOST_LINES = 4000  # longer pages are compared line by line as sets; aligning them would take minutes
_SURE_LENGTH = 30  # letters; a shorter line may stand in the article and in a menu


def looks_like_html(text: str, *, whole_page: bool = False) -> bool:
    """Is it the source of a web page (or, unless `whole_page`, a piece of one)?"""
    if _PAGE.match(text):
        return True
    return not whole_page and len(_TAGS.findall(text[:20000])) >= 2


def read_html(data: bytes, source: str) -> Reading:
    """Read a saved web page.

    Raises:
        ValueError: it is binary, or no text is visible in it.
    """
    return read_html_text(decode(data), data, source)


def read_html_text(decoded: Decoded, data: bytes, source: str) -> Reading:
    """The same, once decoded."""
    tree = _parse(decoded.text)
    raw = mend("" if tree is None else _visible_text(tree))
    if not raw.text.strip():
        raise ValueError("no text is visible in the page; copy the article into a .txt file")
    blocks = split_blocks(raw.text)
    draft = Draft(PurePosixPath(source).stem, source, raw.text, sha256(data), **page_metadata(tree))
    extracted, failure = _extract(decoded.text)
    body = _align(raw.text, blocks, extracted)
    problems = [Problem(source, note) for note in (decoded.note, failure) if note]
    if body:
        draft.body = body
        draft.removed = _outside(raw.text, body)
    else:
        draft.body = blocks
        problems.append(Problem(source, "no article was recognised in the page; all its text was taken"))
    return Reading([draft], problems)


def read_fragment(text: str) -> tuple[str, list[Block]]:
    """Visible text and paragraphs of a piece of HTML, such as the text column of a table."""
    tree = _parse(text)
    raw = _visible_text(tree) if tree is not None else text
    return raw, split_blocks(raw)


def _parse(text: str):
    from lxml import etree, html

    # A declared encoding would be an error in a text that is decoded already.
    text = re.sub(r"<\?xml[^>]{0,200}\?>", "", text[:300]) + text[300:]
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree


def _visible_text(tree) -> str:
    """The page's words, one block element a line; iterative, as hostile pages nest deeply."""
    from lxml import etree

    pieces, hidden = [], 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else None
        unseen = tag in _UNSEEN
        if event == "start":
            hidden += unseen
            if tag not in _INLINE:
                pieces.append("\n")
            if not hidden and node.text:
                pieces.append(_one_line(node.text, tag))
            continue
        if event == "end":
            hidden -= unseen
            if tag not in _INLINE:
                pieces.append("\n")
        if not hidden and node.tail:
            pieces.append(_one_line(node.tail, None))
    lines = ("".join(pieces)).split("\n")
    return "\n".join(line for line in (" ".join(line.split(" ")).strip() for line in lines) if line)


def _one_line(text: str, tag: str | None) -> str:
    return text if tag == "pre" else re.sub(r"[ \t\r\n\f]+", " ", text)


@lru_cache
def _trafilatura():
    import trafilatura

    # It reports on every odd page; what matters of that is in the problems table.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura


def _extract(text: str) -> tuple[list[str], str | None]:
    try:
        body = _trafilatura().extract(
            text, output_format="txt", include_comments=False, include_tables=False, include_formatting=False
        )
    except Exception as error:  # hostile pages break it in ways that nobody can list
        return [], f"the page is damaged ({type(error).__name__} while looking for the article)"
    return [line for line in (body or "").split("\n") if line.strip()], None


def _align(raw: str, blocks: list[Block], extracted: list[str]) -> list[Block]:
    """The blocks of the page that make up the extracted article, in page order."""
    ours = [_LETTERS.sub("", raw[start:end]).lower() for start, end in blocks]
    theirs = [letters for letters in (_LETTERS.sub("", line).lower() for line in extracted) if letters]
    chosen = set()
    if len(ours) <= _MOST_LINES and len(theirs) <= _MOST_LINES:
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        chosen = {match.a + step for match in matcher.get_matching_blocks() for step in range(match.size)}
    whole, lines = "\n".join(theirs), frozenset(theirs)
    for index, letters in enumerate(ours):
        if len(letters) >= _SURE_LENGTH and (
            letters in lines or (len(ours) <= _MOST_LINES and letters in whole)
        ):
            chosen.add(index)
    if sum(len(ours[index]) for index in chosen) < 0.5 * len(whole):
        return []
    return [blocks[index] for index in sorted(chosen)]


def _outside(raw: str, body: list[Block]) -> list[tuple[int, int, str]]:
    cuts, position = [], 0
    for start, end in [*body, (len(raw), len(raw))]:
        if raw[position:start].strip():
            cuts.append((position, start, "outside the article"))
        position = end
    return cuts
