"""The report: pages that stand alone, made from small invented notebooks that are run for it."""

import re

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import samestory as ss
from samestory import tables
from samestory.publishing.run import Run, provenance
from samestory.publishing.site import findings, first_figure, notebook_page, title, write_site
from samestory.reading.folder import Loaded

# Whatever a browser would fetch on its own; a link in the text is only followed by its reader.
FETCHES = re.compile(
    r"""<(?:script|iframe|link|object|embed|video|audio|base)\b|\bsrc\s*=\s*(?!["']?data:)"""
    r"""|@import|url\(|\bsrcset\b|http-equiv=["']refresh""",
    re.I,
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def picture(alt: str):
    data = {"image/png": PIXEL, "text/plain": f"Figure: {alt}"}
    return new_output(
        "display_data", data=data, metadata={"image/png": {"alt": alt, "width": 5, "height": 4}}
    )


FINDINGS = [
    {"text": "Of no weight.", "weight": 0, "passages": []},
    {"text": "Post quotes one.", "weight": 20, "passages": []},
    {
        "text": "A < B.",
        "weight": 90,
        "passages": [{"outlet": "Post", "anchor": "passage-a1-7", "text": "One & all."}],
    },
]


@pytest.fixture
def run():
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# 3 · Quotes: who gets to speak?\n\nThe fare is $5, was $4."),
            new_code_cell(
                "show(a < b)",
                execution_count=1,
                outputs=[
                    picture('Bars: <words> of "each".'),
                    new_output(
                        "display_data",
                        data={
                            "text/html": "<style>.a{}</style><ul><li>Post quotes one.</li></ul>",
                            "application/vnd.samestory.findings+json": FINDINGS,
                        },
                    ),
                    new_output("display_data", data={"text/html": "<style>.a{}</style><p>more</p>"}),
                ],
            ),
        ]
    )
    return Run("3-quotes", notebook, 1.0)


@pytest.fixture
def loaded():
    rows = [
        {
            "article_id": f"a{n}",
            "outlet": outlet,
            "title": "Ferry <stays>",
            "words": 1200,
            "source": f"a{n}.txt",
            "raw_sha256": "0" * 64,
            "text": "The ferry stays.",
        }
        for n, outlet in enumerate(["Harbour Post", "Valley Herald"])
    ]
    problems = pd.DataFrame({"file": ["x.bin"], "reason": ["not a text <file>"]})
    return Loaded(tables.build(rows, tables.ARTICLES), problems)


def page(run: Run) -> str:
    return notebook_page(run, [{"file": "3-quotes.html", "short": "Quotes"}], "2025-07-04")


def test_notebook_page_asks_for_nothing(run):
    assert FETCHES.findall(page(run)) == []


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param('<html lang="en">', id="language"),
        pytest.param("default-src 'none'", id="browser forbids requests"),
        pytest.param("<title>3 · Quotes: who gets to speak?</title>", id="title"),
        pytest.param('alt="Bars: &lt;words&gt; of &#34;each&#34;."', id="alt text"),
        pytest.param('width="5" height="4"', id="size of the picture"),
        pytest.param('<details class="code">', id="code folded"),
        pytest.param("show(a &lt; b)", id="code escaped"),
        pytest.param("The fare is $5, was $4.", id="dollars stay"),
        pytest.param('aria-current="page"', id="place in the navigation"),
    ],
)
def test_notebook_page_holds(run, expected):
    assert expected in page(run)


def test_notebook_page_holds_each_style_once(run):
    assert page(run).count("<style>.a{}</style>") == 1


def test_notebook_page_says_what_failed(run):
    html = page(Run(run.name, run.notebook, 1.0, "ValueError: no <dates>"))
    assert "This page is not complete." in html
    assert "ValueError: no &lt;dates&gt;" in html


def test_front_page_gathers_findings_and_a_figure(run, loaded, tmp_path):
    front = write_site([run], loaded, provenance(loaded.articles), tmp_path).read_text("utf-8")
    assert FETCHES.findall(front) == []
    assert front.index("<li>A &lt; B.") < front.index("<li>Post quotes one.")
    assert '<a href="3-quotes.html#passage-a1-7">Post</a>: “One &amp; all.”' in front
    assert "Of no weight." not in front
    assert front.count("<img ") == 1
    assert 'alt="Bars: &lt;words&gt; of &#34;each&#34;."' in front
    assert "2 articles of 2 outlets." in front
    assert "Ferry &lt;stays&gt;" in front
    assert "not a text &lt;file&gt;" in front
    assert "a1.txt" in front
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", "3-quotes.html", "provenance.json"}


def test_front_page_leads_to_the_article_where_it_is_shown(run, loaded, tmp_path):
    run.notebook.cells[1].outputs.append(
        new_output("display_data", data={"text/html": '<details id="article-a1"></details>'})
    )
    front = write_site([run], loaded, provenance(loaded.articles), tmp_path).read_text("utf-8")
    assert '<a href="3-quotes.html#article-a1">Ferry &lt;stays&gt;</a>' in front
    assert "#article-a0" not in front


def test_front_page_without_articles_or_notebooks(tmp_path):
    nothing = Loaded(tables.build([], tables.ARTICLES))
    front = write_site([], nothing, provenance(nothing.articles), tmp_path / "new").read_text("utf-8")
    assert "No article could be read." in front


def test_title_findings_and_figure_of_an_empty_notebook():
    run = Run("9-bare", nbformat.v4.new_notebook(), 0.0)
    assert (title(run), findings(run.notebook), first_figure(run.notebook)) == ("9-bare", [], None)


def test_provenance_hashes_codebooks_and_names_no_folder(loaded):
    made_from = provenance(loaded.articles)
    assert made_from["articles"] == {"a0.txt": "0" * 64, "a1.txt": "0" * 64}
    assert made_from["packages"]["pandas"] == pd.__version__
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in made_from["codebooks"].values())
    assert str(ss.__file__).rsplit("lib", 1)[0] not in repr(made_from)


def test_notebook_page_has_no_dead_link(run):
    table = '<td><a href="#passage-a-1" title="x">in the article</a> <a href="#passage-b-1">here</a></td>'
    shown = new_output("display_data", data={"text/html": table + '<p id="passage-b-1"></p>'})
    run.notebook.cells[1].outputs.append(shown)
    html = page(run)
    assert '<td><span title="x">in the article</span> <a href="#passage-b-1">here</a></td>' in html
