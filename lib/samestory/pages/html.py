"""What every HTML view shares: escaped templates, one style sheet, anchors, findings, counts in words."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources

import pandas as pd
from IPython.display import display
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

# The report finds the sentences by this type; JupyterLab shows the HTML beside it.
FINDINGS_MIME = "application/vnd.samestory.findings+json"
_PARTS = {
    "MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime",
}  # fmt: skip
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}


def passage_anchor(article_id: str, start: int) -> str:
    """Name the place in the reading view where the passage that starts at `start` stands.

    The same in every run and safe in an `id` or a `#link`. An article's name that had to be
    simplified carries a checksum, so that two names never meet in one anchor.
    """
    return f"passage-{_simple(article_id)}-{int(start)}"


def article_anchor(article_id: str) -> str:
    """Name the place where an article's reading view begins."""
    return f"article-{_simple(article_id)}"


def render(template: str, **values) -> str:
    """Fill a template of `display/templates`; every value is escaped unless it is Markup."""
    return _environment().get_template(template).render(**values)


def show_html(html: str, text: str, *, data: Mapping[str, object] | None = None) -> None:
    """Display HTML with the plain text that stands for it where HTML is not shown.

    Args:
        html: rendered by `render`, with every part that comes from an article escaped.
        text: the same in words; pytest compares it, so the same input must give the same text.
        data: MIME type -> the same for programs.
    """
    # JupyterLab would set "up from $4 million to $5 million" as a formula.
    shielded = f'<div class="mathjax_ignore">{html}</div>'
    display({"text/html": shielded, "text/plain": text} | dict(data or {}), raw=True)


@lru_cache
def style_sheet(*files: str) -> Markup:
    """A `<style>` element with files of `display/templates`; without any, the one for all views.

    Every rule holds inside `class="samestory"` only, so that JupyterLab itself stays as it is.
    """
    return Markup("<style>{}</style>").format(style_rules(*files))


@lru_cache
def style_rules(*files: str) -> Markup:
    """The rules of `style_sheet` without the element around them."""
    return Markup("".join(_folder().joinpath(file).read_text("utf-8") for file in files or ["style.css"]))


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(str(_folder())),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(style_sheet=style_sheet, passage_anchor=passage_anchor)
    return environment


def _simple(article_id: str) -> str:
    """The id in letters that are safe anywhere, with a checksum where that changed it."""
    simple = re.sub(r"[^A-Za-z0-9_-]+", "-", str(article_id))
    if simple != str(article_id):
        simple += "-" + hashlib.sha256(str(article_id).encode("utf-8", "replace")).hexdigest()[:8]
    return simple


def _folder():
    return resources.files("samestory.pages") / "templates"


def show_findings(findings: Iterable[str]) -> None:
    """Display findings as a list, one plain sentence each."""
    findings = [str(finding) for finding in findings]
    lines = [f"- {finding}" for finding in findings] or ["No finding: there is too little to compare."]
    html = render("findings.html.j2", findings=findings)
    show_html(html, "\n".join(lines), data={FINDINGS_MIME: findings})


def date_label(value: str, earliest: pd.Timestamp, granularity: str) -> str:
    """Write a date as exactly as it is known: "1 Jul 2025, evening", "Jun 2025", "the 1990s".

    Args:
        value: TIMEX3.
        earliest: its first moment.
        granularity: as in the timeline table.
    """
    day = f"{earliest.day} {earliest:%b %Y}"
    if granularity == "time":
        return f"{day}, {part_label(value)}"
    if granularity == "week":
        return f"week of {day}"
    if granularity == "weekend":
        return f"weekend of {day}"
    if granularity == "month":
        return f"{earliest:%b %Y}"
    if granularity == "season":
        return f"{_SEASONS.get(value[-2:], value[-2:])} {value[:4]}"
    if granularity in ("quarter", "half year"):
        return f"{value[5:]} {value[:4]}"
    if granularity == "decade":
        return f"the {value}0s"
    if granularity == "century":
        return f"{int(value) + 1}th century"
    return day if granularity == "day" else f"{earliest.year}"


def part_label(value: str) -> str:
    """The time of day of a value: "evening", "21:30"; "" where it has none."""
    part = value.partition("T")[2]
    return _PARTS.get(part, part)


def elapsed(before: pd.Timestamp, after: pd.Timestamp, *, exact: bool) -> str:
    """The time between two dates, in its largest unit; "" from one day to the next.

    Args:
        before: the last moment of the first.
        after: the first moment of the second.
        exact: both are known to the day; else nothing below two months is said.
    """
    days = (after.normalize() - before.normalize()).days
    for size, unit in ((365.25, "year"), (30.44, "month"), (1, "day")):
        if days >= 2 * size or (unit == "day" and days >= 2):
            return f"{count(round(days / size), unit)} later" if exact or unit != "day" else ""
    return ""


def count(n: int, noun: str) -> str:
    """ "1 day", "2 days"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def shorten(text: str, length: int) -> str:
    """A text on one line, cut at a word."""
    text = " ".join(text.split()).replace("$", r"\$")  # matplotlib would read $...$ as mathematics
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + " …"
