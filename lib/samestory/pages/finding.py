"""Findings: plain sentences, each with how much it matters and the passages that bear it out."""

from collections.abc import Iterable
from typing import NamedTuple

from samestory.pages.html import passage_anchor, render, show_html

# The report finds the sentences by this type; JupyterLab shows the HTML beside it.
FINDINGS_MIME = "application/vnd.samestory.findings+json"
NOTHING_SURE = "Nothing here is sure enough to be said in a sentence; the tables below show what was found."
_LONGEST = 240  # characters of a passage
# How much a finding matters to a reporter, most first: 0 is said in its notebook only (ours).
FACT, COPY, LEFT_OUT, HEARD, TOLD_APART, TONE, WORDS, CONTEXT = 90, 80, 70, 60, 50, 40, 30, 0


class Passage(NamedTuple):
    """A passage of an article, to be read beside a finding."""

    outlet: str
    article_id: str
    start: int
    text: str


class Finding(str):
    """A sentence, with its weight (0 to 100) and its passages."""

    weight: int
    passages: tuple[Passage, ...]

    def __new__(cls, text: str, weight: int = CONTEXT, passages: Iterable[Passage] = ()) -> "Finding":
        """A finding that reads as its sentence."""
        made = super().__new__(cls, text)
        made.weight, made.passages = weight, tuple(passages)
        return made


def show_findings(findings: Iterable[str]) -> None:
    """Display findings as a list: one plain sentence each, with its passages quoted and linked below."""
    told = [_told(finding) for finding in findings]
    lines = []
    for finding in told:
        lines.append(f"- {finding['text']}")
        lines += [f"    {passage['outlet']}: “{passage['text']}”" for passage in finding["passages"]]
    html = render("findings.html.j2", findings=told, nothing=NOTHING_SURE)
    show_html(html, "\n".join(lines) or NOTHING_SURE, data={FINDINGS_MIME: told})


def _told(finding: str) -> dict:
    """A finding for a template or a report: text, weight, passages (outlet, anchor, text)."""
    made = finding if isinstance(finding, Finding) else Finding(finding)
    passages = [
        {"outlet": p.outlet, "anchor": passage_anchor(p.article_id, p.start), "text": shorten(p.text)}
        for p in made.passages
    ]
    return {"text": str(made), "weight": made.weight, "passages": passages}


def shorten(text: str) -> str:
    """A passage on one line, cut at a word where it is long."""
    text = " ".join(text.split())
    if text.count('"') % 2 or text.count("“") != text.count("”"):  # a passage that ends within a quotation
        text = text.strip('"“”')
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
