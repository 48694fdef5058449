"""The report as a folder of HTML files that ask for nothing but themselves."""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode

from samestory.pages.finding import FINDINGS_MIME
from samestory.pages.html import article_anchor, count, style_rules
from samestory.pages.tables import format_value, table_html
from samestory.publishing.run import Run
from samestory.reading.folder import Loaded
from samestory.reading_view import DATE_KNOWN, FEW_ARTICLES

TEMPLATES = Path(__file__).parent / "templates"
FRONT = "index.html"
# Tables and views first; a live control comes before the plain words that stand for it.
SHOWN_FIRST = [
    "application/vnd.jupyter.widget-view+json",
    "text/html",
    "image/png",
    "text/markdown",
    "text/plain",
]
FOREMOST = 5  # findings on the front page


def write_site(runs: Iterable[Run], loaded: Loaded, made_from: dict, folder: Path) -> Path:
    """Write one page for each notebook, a front page and `provenance.json`; return the front page's path.

    Args:
        runs: the notebooks, in reading order.
        made_from: as `provenance` gives it.
        folder: is made where it does not exist; pages of the same name are replaced.
    """
    runs = list(runs)
    pages = [{"file": FRONT, "short": "Overview"}] + [_page(run) for run in runs]
    written = {run.name: notebook_page(run, pages, made_from["made"]) for run in runs}
    files = {f"{name}.html": html for name, html in written.items()}
    files[FRONT] = _front_page(runs, written, loaded, pages, made_from)
    files["provenance.json"] = json.dumps(made_from, indent=2) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder / FRONT


def notebook_page(run: Run, pages: list[dict], made: str) -> str:
    """One executed notebook as a page: prose, tables and figures first, code folded away."""
    site = {"title": title(run), "css": _css(), "pages": pages, "error": run.error, "made": made}
    site["here"] = f"{run.name}.html"
    html, _ = _exporter().from_notebook_node(run.notebook, resources={"samestory": site})
    return _without_dead_links(_style_once(html.lstrip()))


def title(run: Run) -> str:
    """The notebook's first heading, or its name."""
    for cell in run.notebook.cells:
        if cell.cell_type == "markdown" and (found := re.search(r"^#\s+(.+)$", cell.source, re.M)):
            return found[1].strip()
    return run.name


def findings(notebook: NotebookNode) -> list[dict]:
    """What the notebook gave to `show_findings`: text, weight and passages of each."""
    lists = [output.data[FINDINGS_MIME] for output in _outputs(notebook) if FINDINGS_MIME in output.data]
    return [finding for found in lists for finding in found]


def foremost(runs: list[Run]) -> list[dict]:
    """The findings of all notebooks that matter most, each with the file of its page."""
    told = [finding | {"file": f"{run.name}.html"} for run in runs for finding in findings(run.notebook)]
    return sorted((one for one in told if one["weight"]), key=lambda one: -one["weight"])[:FOREMOST]


def first_figure(notebook: NotebookNode) -> dict | None:
    """The notebook's first picture with its description, for the front page."""
    for output in _outputs(notebook):
        if "image/png" in output.data:
            described = output.metadata.get("image/png", {})
            size = {name: described.get(name) for name in ("width", "height")}
            return {"png": output.data["image/png"].replace("\n", ""), "alt": described.get("alt", "")} | size
    return None


def _outputs(notebook: NotebookNode) -> list[NotebookNode]:
    found = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return [output for output in found if "data" in output]


def _page(run: Run) -> dict:
    """The file of a notebook's page, and what the navigation calls it: "Quotes" of "3 · Quotes: who ...?"."""
    short = re.sub(r"^\d+\s*[·.:-]?\s*", "", title(run)).split(":")[0]
    return {"file": f"{run.name}.html", "short": short or run.name}


def _front_page(
    runs: list[Run], written: dict[str, str], loaded: Loaded, pages: list[dict], made_from: dict
) -> str:
    articles = loaded.articles
    outlets = articles["outlet"].nunique()
    lead = f"{count(len(articles), 'article')} of {count(outlets, 'outlet')}."
    problems = loaded.problems.dropna(axis="columns", how="all")
    template = _environment().get_template("index.html.j2")
    return template.render(
        title="How the same story is told",
        lead=f"{lead} Add another outlet's telling to compare." if outlets == 1 else lead,
        css=_css() + style_rules(),
        pages=pages,
        failed=[run.name for run in runs if run.error],
        many_articles=len(articles) if len(articles) > FEW_ARTICLES else 0,
        articles_table=_articles_table(articles, written),
        problems_table=Markup(table_html(problems)) if len(problems) else "",
        foremost=foremost(runs),
        chapters=[_chapter(run) for run in runs],
        provenance=made_from,
    )


def _chapter(run: Run) -> dict:
    """What the front page tells of a notebook."""
    told = {"figure": first_figure(run.notebook)}
    return {"title": title(run), "error": run.error} | told | _page(run)


def _articles_table(articles: pd.DataFrame, written: dict[str, str]) -> Markup:
    """Outlet, headline, date and length; the headline leads to the first page that shows the article."""
    rows = []
    for article in articles.itertuples():
        anchor = article_anchor(article.article_id)
        home = next((name for name, html in written.items() if f'id="{anchor}"' in html), None)
        known = DATE_KNOWN.get(article.published_from, "not known")
        rows.append({"article": article, "known": known, "href": f"{home}.html#{anchor}" if home else ""})
    return Markup(_environment().get_template("articles.html.j2").render(rows=rows))


def _style_once(html: str) -> str:
    """Every view brings its style rules along; a page needs them once."""
    seen: set[str] = set()

    def first_only(found: re.Match) -> str:
        rules = "" if found[0] in seen else found[0]
        seen.add(found[0])
        return rules

    return re.sub(r"<style>.*?</style>", first_only, html, flags=re.S)


def _without_dead_links(html: str) -> str:
    """A table may link to an article that the page has no room to show: the link becomes plain words."""
    places = set(re.findall(r'\bid="((?:passage|article)-[^"]+)"', html))
    return re.sub(
        r'<a href="#((?:passage|article)-[^"]+)"([^>]*)>(.*?)</a>',
        lambda found: found[0] if found[1] in places else f"<span{found[2]}>{found[3]}</span>",
        html,
    )


class _PageExporter(HTMLExporter):
    """The template's page as it is: HTMLExporter would parse it again and write alt texts of its own."""

    def from_notebook_node(self, nb, resources=None, **options):
        return TemplateExporter.from_notebook_node(self, nb, resources, **options)


@lru_cache
def _exporter() -> HTMLExporter:
    exporter = _PageExporter(
        template_name="notebook",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        embed_images=True,
        language_code="en",
    )
    exporter.config.NbConvertBase.display_data_priority = SHOWN_FIRST
    return exporter


@lru_cache
def _css() -> Markup:
    return Markup((TEMPLATES / "page.css").read_text("utf-8"))


@lru_cache
def _environment() -> Environment:
    loader = FileSystemLoader([TEMPLATES, TEMPLATES / "notebook"])
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["shown"] = format_value
    return environment
