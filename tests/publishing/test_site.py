"""The report: pages that stand alone, made from small invented notebooks that are run for it."""

import re

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import samestory as ss
from samestory import tables
from samestory.publishing.exchange import WRITTEN
from samestory.publishing.places import Places
from samestory.publishing.run import Run, provenance
from samestory.publishing.site import (
    FIGURE_MIME,
    Form,
    findings,
    notebook_page,
    title,
    write_site,
)
from samestory.publishing.without_texts import without_texts

# Whatever a browser would fetch on its own; a link in the text is only followed by its reader.
FETCHES = re.compile(
    r"""<(?:iframe|link|object|embed|video|audio|base)\b|\bsrc\s*=\s*(?!["']?data:)"""
    r"""|@import|url\((?!["']?#)|\bsrcset\b|http-equiv=["']refresh""",
    re.I,
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def picture(alt: str):
    data = {"image/png": PIXEL, "text/plain": f"Figure: {alt}"}
    return new_output(
        "display_data", data=data, metadata={"image/png": {"alt": alt, "width": 5, "height": 4}}
    )


DRAWN = {
    "title": "A < B says it", "measure": "Words", "note": "n = 2.", "narrow": "",
    "alt": 'Bars: <words> of "each".',
    "wide": '<svg viewBox="0 0 1 1"><text>drawn</text></svg>', "csv": "outlet,words\nPost,=1+1\n",
}  # fmt: skip


def drawn():
    output = picture('Bars: <words> of "each".')
    output.data[FIGURE_MIME] = dict(DRAWN)
    return output


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
def story():
    rows = [
        {
            "article_id": f"a{n}",
            "outlet": outlet,
            "title": "Ferry <stays>",
            "words": 1200,
            "published": pd.Timestamp(f"2025-07-0{4 + n} 08:00"),
            "source": f"a{n}.txt",
            "raw_sha256": "0" * 64,
            "text": "The ferry stays.",
        }
        for n, outlet in enumerate(["Harbour Post", "Valley Herald"])
    ]
    problems = tables.build([{"file": "x.bin", "reason": "not a text <file>"}], tables.PROBLEMS)
    return story_of(rows, problems=problems)


def story_of(rows, **others):
    built = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    return ss.Story(tables.build(rows, tables.ARTICLES), **built, **others)


FRAME = {"css": "", "scripts": [], "script_hashes": "'none'", "sources": "{}"}


def page(run: Run) -> str:
    return notebook_page(
        run, [{"file": "3-quotes.html", "short": "Quotes"}], "2025-07-04", FRAME, "2 articles"
    )


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


def test_notebook_page_draws_a_figure_as_svg_with_its_words_around_it(run):
    run.notebook.cells[1].outputs[0] = drawn()
    html = page(run)
    assert "<strong>A &lt; B says it</strong><span>Words</span>" in html
    assert "<text>drawn</text>" in html
    assert "n = 2. Source: 2 articles." in html
    assert "<img" not in html


def test_notebook_page_leaves_out_no_level_of_heading(run):
    run.notebook.cells.append(new_markdown_cell("### In short\n\n#### Part\n\n## What to doubt"))
    assert re.findall(r"<h\d", page(run)) == ["<h1", "<h2", "<h3", "<h2"]


def test_front_page_is_a_briefing(run, story, tmp_path):
    front = write_site([run], story, provenance(story.articles), tmp_path).read_text("utf-8")
    assert FETCHES.findall(front) == []
    assert "<h1>Ferry &lt;stays</h1>" in front
    assert "2 articles from 2 outlets, 4 to 5 July 2025." in front
    assert front.index("A &lt; B.") < front.index("Post quotes one.")
    assert '<a href="3-quotes.html">In the article</a> <q>One &amp; all.</q>' in front
    assert "How sure: <strong>likely</strong>" in front
    assert "Of no weight." not in front
    assert "Nobody is quoted." in front
    assert "Ferry &lt;stays&gt;" in front
    assert "not a text &lt;file&gt;" in front
    assert "a1.txt" in front
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"index.html", "3-quotes.html", "provenance.json", "tables.xlsx", WRITTEN}


def test_front_page_takes_the_title_given(run, story, tmp_path):
    front = write_site([run], story, provenance(story.articles), tmp_path, Form(title="The <ferry>"))
    assert "<h1>The &lt;ferry&gt;</h1>" in front.read_text("utf-8")


def test_figures_lie_beside_the_page_with_their_data(run, story, tmp_path):
    run.notebook.cells[1].outputs[0] = drawn()
    write_site([run], story, provenance(story.articles), tmp_path)
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {"3-quotes-1.png", "3-quotes-1.csv"}
    assert 'href="figures/3-quotes-1.csv"' in (tmp_path / "3-quotes.html").read_text("utf-8")


def test_one_file_holds_every_page_and_their_links(run, story, tmp_path):
    shown = new_output(
        "display_data", data={"text/html": '<a href="#passage-a1-7">x</a><p id="passage-a1-7">y</p>'}
    )
    run.notebook.cells[1].outputs.append(shown)
    front = write_site([run], story, provenance(story.articles), tmp_path, Form(one_file=True))
    html = front.read_text("utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", WRITTEN}
    assert html.count('id="3-quotes.passage-a1-7"') == 1
    assert html.count('href="#3-quotes.passage-a1-7"') == 2  # in the notebook, and from the finding
    assert 'href="#3-quotes"' in html
    assert FETCHES.findall(html) == []


def test_without_texts_no_passage_is_long(run, tmp_path):
    text = " ".join(f"word{n}" for n in range(60))
    own = story_of([{"article_id": "a", "outlet": "Post", "title": "T", "text": text, "words": 60}])
    view = f'<div class="samestory reading"><p>{text}</p></div>'
    view += f"<table><tr><td>{text}</td><td>kept</td></tr></table>"
    run.notebook.cells[1].outputs.append(new_output("display_data", data={"text/html": view}))
    write_site([run], own, provenance(own.articles), tmp_path, Form(texts=False))
    html = (tmp_path / "3-quotes.html").read_text("utf-8")
    assert "word24 …</td><td>kept" in html
    assert "word25" not in html
    assert "not part of this copy" in html
    assert "word1" not in str(pd.read_excel(tmp_path / "tables.xlsx", sheet_name="articles").to_dict())


def test_front_page_leads_to_the_article_where_it_is_shown(run, story, tmp_path):
    run.notebook.cells[1].outputs.append(
        new_output("display_data", data={"text/html": '<details id="article-a1"></details>'})
    )
    front = write_site([run], story, provenance(story.articles), tmp_path).read_text("utf-8")
    assert '<a href="3-quotes.html#article-a1">Ferry &lt;stays&gt;</a>' in front
    assert "#article-a0" not in front


def test_a_passage_with_marks_in_it_keeps_none_behind_it_from_being_cut():
    text = " ".join(f"word{n}" for n in range(40))
    marked = text.replace("word3 ", "<mark>word3</mark> ")
    cut = without_texts(f"<table><tr><td>{marked}</td><td>{text}</td></tr></table>", [text])
    assert "word24" in cut
    assert "word25" not in cut


def test_front_page_says_whether_all_is_as_it_was_frozen(story, tmp_path):
    made_from = provenance(story.articles, frozen="No longer as it was frozen on <Monday>: numpy.")
    front = write_site([], story, made_from, tmp_path).read_text("utf-8")
    assert "<p>No longer as it was frozen on &lt;Monday&gt;: numpy.</p>" in front


def test_front_page_without_articles_or_notebooks(tmp_path):
    nothing = story_of([])
    front = write_site([], nothing, provenance(nothing.articles), tmp_path / "new").read_text("utf-8")
    assert "No article could be read." in front


def test_title_and_findings_of_an_empty_notebook():
    run = Run("9-bare", nbformat.v4.new_notebook(), 0.0)
    assert (title(run), findings(run.notebook)) == ("9-bare", [])


def test_provenance_hashes_codebooks_and_names_no_folder(story):
    made_from = provenance(story.articles)
    assert made_from["articles"] == {"a0.txt": "0" * 64, "a1.txt": "0" * 64}
    assert made_from["packages"]["pandas"] == pd.__version__
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in made_from["codebooks"].values())
    assert str(ss.__file__).rsplit("lib", 1)[0] not in repr(made_from)


def test_links_lead_to_the_page_that_has_the_passage_and_none_is_dead():
    pages = {
        "0-articles.html": '<p id="passage-a-1">one</p><a href="#passage-a-1">here</a>',
        "3-quotes.html": '<a href="0-articles.ipynb#passage-a-1">there</a>'
        ' <a href="#passage-x-1" title="x">no</a>',
    }
    places = Places(pages)
    linked = {name: places.linked(name, html) for name, html in pages.items()}
    assert '<a href="#passage-a-1">here</a>' in linked["0-articles.html"]
    assert '<a href="0-articles.html#passage-a-1">there</a>' in linked["3-quotes.html"]
    assert '<span title="x">no</span>' in linked["3-quotes.html"]
