"""What every HTML view shares: escaped templates, one style sheet, anchors, counts in words."""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from IPython.display import display
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

ARTICLES_NOTEBOOK = "0-articles.ipynb"  # has the reading view: links from the other notebooks lead there


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
    """Fill a template of `pages/templates`; every value is escaped unless it is Markup."""
    return _environment().get_template(template).render(**values)


def show_html(html: str, text: str, *, data: Mapping[str, object] | None = None) -> None:
    """Display HTML with the plain text that stands for it where HTML is not shown.

    Args:
        html: rendered by `render`, with every part that comes from an article escaped.
        text: the same in words; pytest compares it, so the same input must give the same text.
        data: MIME type -> the same for programs.
    """
    # JupyterLab would set "up from $4 million to $5 million" as a formula.
    shielded = f'<div class="mathjax_ignore">{_linked(html)}</div>'
    display({"text/html": shielded, "text/plain": text} | dict(data or {}), raw=True)


def _linked(html: str) -> str:
    """Links to passages that this output does not hold lead to the notebook that has all the articles.

    Two notebooks that are open side by side stand in one page: a name alone would be looked for in both.
    """
    places = set(re.findall(r'\bid="(passage-[^"]+)"', html))
    return re.sub(
        r'href="#(passage-[^"]+)"',
        lambda found: found[0] if found[1] in places else f'href="{ARTICLES_NOTEBOOK}#{found[1]}"',
        html,
    )


@lru_cache
def style_sheet(*files: str) -> Markup:
    """A `<style>` element with files of `pages/templates`; without any, the one for all views.

    Every rule holds inside `class="samestory"` only, so that JupyterLab itself stays as it is.
    """
    return Markup("<style>{}</style>").format(style_rules(*files))


@lru_cache
def style_rules(*files: str) -> Markup:
    """The rules of `style_sheet` without the element around them."""
    return Markup("".join(_folder().joinpath(file).read_text("utf-8") for file in files or ["style.css"]))


@lru_cache
def _environment() -> Environment:
    loader, strict = FileSystemLoader(str(_folder())), StrictUndefined
    environment = Environment(
        loader=loader, autoescape=True, undefined=strict, trim_blocks=True, lstrip_blocks=True
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


def count(n: int, noun: str) -> str:
    """ "1 day", "2 days"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
