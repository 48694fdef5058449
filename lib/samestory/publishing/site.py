"""The report as a folder of HTML files that ask for nothing but themselves."""

import base64
import hashlib
import io
import json
import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode

from samestory import tables
from samestory.pages.finding import FINDINGS_MIME
from samestory.pages.html import article_anchor, passage_anchor, style_rules
from samestory.pages.pictures import FIGURE_MIME
from samestory.pages.tables import format_value, table_html
from samestory.publishing.briefing import briefing, span
from samestory.publishing.exchange import exchanged
from samestory.publishing.places import Places
from samestory.publishing.run import Run
from samestory.publishing.several import Several
from samestory.publishing.single_file import in_one
from samestory.publishing.without_texts import cut_tables, without_texts
from samestory.reading.notice import corrected
from samestory.reading_view import DATE_KNOWN, FEW_ARTICLES
from samestory.storage import as_csv, export
from samestory.story import Story

TEMPLATES = Path(__file__).parent / "templates"
FRONT, TABLES, FIGURES = "index.html", "tables.xlsx", "figures"
# Tables and views first; a live control comes before the plain words that stand for it.
SHOWN_FIRST = [
    "application/vnd.jupyter.widget-view+json",
    "text/html",
    "image/png",
    "text/markdown",
    "text/plain",
]
# Anything that could close the script element or open a comment in it.
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


class Form(NamedTuple):
    """How a report is to be sent."""

    title: str = ""  # the story's name; by default the words that its headlines share
    texts: bool = True  # whether whole passages and articles may be in it
    one_file: bool = False  # all pages in one


def write_site(
    runs: Iterable[Run], story: Story, made_from: dict, folder: Path, form: Form | None = None
) -> Path:
    """Write a page for each notebook and a front page; return the front page's path.

    Beside them lie the tables (`tables.xlsx`), each figure as PNG with its data as CSV (`figures/`), and
    `provenance.json`; with `form.one_file` there is the front page alone, which holds the others.

    Args:
        runs: the notebooks, in reading order.
        story: what they were run on.
        made_from: as `provenance` gives it.
        folder: is made where it does not exist. What an earlier report wrote there is replaced once the new
            one is whole; other files are left alone.
    """
    with exchanged(folder) as part:
        _write(list(runs), story, made_from, part, form or Form())
    return folder / FRONT


def _write(runs: list[Run], story: Story, made_from: dict, folder: Path, form: Form) -> None:
    frame = _frame(story.articles) | {"by_hand": corrected(story.corrections)}
    _write_beside(runs, story, None if form.one_file else folder, texts=form.texts)
    pages = [{"file": FRONT, "short": "Overview"}] + [_page(run) for run in runs]
    source = span(story.articles)
    files = {f"{run.name}.html": notebook_page(run, pages, made_from["made"], frame, source) for run in runs}
    if not form.texts:
        files = {name: without_texts(html, story.articles["text"]) for name, html in files.items()}
    places = Places(files)
    files = {name: places.linked(name, html) for name, html in files.items()}
    front = _front_page(runs, places, story, pages, made_from, frame, form)
    files = {FRONT: front if form.texts else without_texts(front, story.articles["text"])} | files
    if form.one_file:
        files = {FRONT: in_one(files)}
    else:
        files["provenance.json"] = json.dumps(made_from, indent=2) + "\n"
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def stories_page(found: Several, failed: Collection[str], name: str) -> str:
    """The index over the reports of several stories; those in failed folders are marked."""
    frame = _frame(tables.build([], tables.ARTICLES))
    values = {"frame": frame, "failed": failed, "name": name or "Several stories"}
    return _environment().get_template("stories.html.j2").render(**found._asdict(), **values)


def notebook_page(run: Run, pages: list[dict], made: str, frame: dict, source: str) -> str:
    """One executed notebook as a page: prose, tables and figures first, code folded away."""
    site = {
        "title": title(run), "frame": frame, "pages": pages, "error": run.error, "made": made,
        "here": f"{run.name}.html", "figure_type": FIGURE_MIME, "source": source,
    }  # fmt: skip
    html, _ = _exporter().from_notebook_node(run.notebook, resources={"samestory": site})
    return _levelled(_style_once(html.lstrip()))


def _write_beside(runs: list[Run], story: Story, folder: Path | None, *, texts: bool) -> None:
    """The tables, and each figure as a picture with its data; figures learn where they lie, if anywhere."""
    if folder:
        export(story.tables if texts else cut_tables(story.tables), folder / TABLES)
    for run in runs:
        shown = [output for output in _outputs(run.notebook) if FIGURE_MIME in output.data]
        for n, output in enumerate(shown, 1):
            figure = output.data[FIGURE_MIME]
            figure["file"] = f"{FIGURES}/{run.name}-{n}" if folder else ""
            if folder:
                _write_figure(output, folder / figure["file"], texts=texts)


def _write_figure(output: NotebookNode, path: Path, *, texts: bool) -> None:
    path.parent.mkdir(exist_ok=True)
    path.with_name(f"{path.name}.png").write_bytes(base64.b64decode(output.data["image/png"]))
    data = output.data[FIGURE_MIME]["csv"]
    if not texts:
        read = pd.read_csv(io.StringIO(data), dtype="str", keep_default_na=False)
        data = as_csv(cut_tables({"data": read})["data"])
    path.with_name(f"{path.name}.csv").write_text(data, encoding="utf-8-sig", newline="")


def _frame(articles: pd.DataFrame) -> dict:
    """What every page has around it: styles, scripts and the hashes that let them run, sources."""
    scripts = [_file("vendored/sortable.min.js"), _file("page.js")]
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    sources = {passage_anchor(row.article_id, 0)[:-1]: _source(row) for row in articles.itertuples()}
    return {
        "css": _file("page.css") + style_rules("style.css", "statements.css"),
        "scripts": [Markup(script) for script in scripts],
        "script_hashes": Markup(" ".join(f"'sha256-{digest}'" for digest in hashes)),
        "sources": Markup(json.dumps(sources, ensure_ascii=False).translate(_IN_SCRIPT)),
    }


def _source(article) -> str:
    """The outlet, headline, date and address of an article, as one cites it."""
    date = f"{article.published.day} {article.published:%B %Y}" if pd.notna(article.published) else ""
    title = f"“{article.title}”" if isinstance(article.title, str) else ""
    url = article.url if isinstance(article.url, str) else ""
    return ", ".join(filter(None, [str(article.outlet), title, date, url]))


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


def _outputs(notebook: NotebookNode) -> list[NotebookNode]:
    found = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return [output for output in found if "data" in output]


def _page(run: Run) -> dict:
    """The file of a notebook's page, and what the navigation calls it: "Quotes" of "3 · Quotes: who ...?"."""
    short = re.sub(r"^\d+\s*[·.:-]?\s*", "", title(run)).split(":")[0]
    return {"file": f"{run.name}.html", "short": short or run.name}


def _front_page(
    runs: list[Run],
    places: Places,
    story: Story,
    pages: list[dict],
    made_from: dict,
    frame: dict,
    form: Form,
) -> str:
    articles = story.articles
    told = [finding | {"file": f"{run.name}.html"} for run in runs for finding in findings(run.notebook)]
    brief = briefing(story, told, title=form.title)
    for one in brief["headlines"]:
        one["href"] = places.href(article_anchor(one["article_id"]))
    for finding in brief["findings"]:
        for passage in finding["passages"]:
            passage["href"] = places.href(passage["anchor"]) or finding["file"]
    compared = [*brief["differences"], *filter(None, [brief["told_twice"]])]
    for passage in [*brief["told_by_most"], *(side for one in compared for side in one["sides"])]:
        passage["href"] = places.href(passage["anchor"]) or FRONT
    problems = story.problems.dropna(axis="columns", how="all")
    return _environment().get_template("index.html.j2").render(
        story=brief,
        frame=frame,
        pages=pages,
        alone=len(set(articles["outlet"])) == 1,
        failed=[run.name for run in runs if run.error],
        n_articles=len(articles),
        n_outlets=articles["outlet"].nunique(),
        many_articles=len(articles) if len(articles) > FEW_ARTICLES else 0,
        articles_table=_articles_table(articles, places),
        problems_table=Markup(table_html(problems, caption="Problems")) if len(problems) else "",
        chapters=[_page(run) | {"question": _question(run), "error": run.error} for run in runs],
        source=span(articles),
        tables_file="" if form.one_file else TABLES,
        provenance=made_from,
    )  # fmt: skip


def _question(run: Run) -> str:
    """What the notebook asks: the second half of "3 · Quotes: who gets to speak?"."""
    _, _, asked = title(run).partition(": ")
    return asked


def _articles_table(articles: pd.DataFrame, places: Places) -> Markup:
    """Outlet, headline, date and length; the headline leads to the first page that shows the article."""
    rows = [
        {
            "article": article,
            "known": DATE_KNOWN.get(article.published_from, "not known"),
            "sort": article.published.isoformat() if pd.notna(article.published) else "",
            "href": places.href(article_anchor(article.article_id)),
        }
        for article in articles.sort_values(["published", "outlet"], kind="stable").itertuples()
    ]
    return Markup(_environment().get_template("articles.html.j2").render(rows=rows))


def _levelled(html: str) -> str:
    """Headings without a level left out, whatever the parts of a page thought that they stand in."""
    above: list[int] = []

    def level(found: re.Match) -> str:
        own = int(found[1])
        while above and above[-1] >= own:
            above.pop()
        above.append(own)
        return f"<h{len(above)}{found[2] or ''}>{found[3]}</h{len(above)}>"

    return re.sub(r"<h([1-6])(\s[^>]*)?>(.*?)</h\1>", level, html, flags=re.S)


def _style_once(html: str) -> str:
    """Every view brings its style rules along; a page needs them once."""
    seen: set[str] = set()

    def first_only(found: re.Match) -> str:
        rules = "" if found[0] in seen else found[0]
        seen.add(found[0])
        return rules

    return re.sub(r"<style>.*?</style>", first_only, html, flags=re.S)


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
def _file(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text("utf-8"))


@lru_cache
def _environment() -> Environment:
    loader = FileSystemLoader([TEMPLATES, TEMPLATES / "notebook"])
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["shown"] = format_value
    return environment
