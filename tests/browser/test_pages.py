"""The published pages as a reader has them: in a real browser, where there is one, without a network."""

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import samestory as ss
from samestory.pages.pictures import FOR_A_PAGE
from samestory.publishing.browser import QUIET, find_browser, print_pdf
from samestory.publishing.run import Run, provenance
from samestory.publishing.site import Form, write_site

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed: the pages were not looked at"
)

STORY = Path(__file__).parents[1] / "fixtures" / "story"
WIDTHS, THEMES = (375, 768, 1280), ("light", "dark")
SPEECH = ["outlet", "speaker", "n_words", "text", "article_id", "start"]
HOSTILE = '<script>window.ran = 1</script></script><img src=x onerror="window.ran = 2"> $x^2$ "]-->'
# What is wider than the window, and text smaller than 11 pixels, as a reader sees the page.
LOOK = """() => {
  const small = new Set(), shown = element => element.checkVisibility() && element.getClientRects().length;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || !shown(parent) || parent.closest('script, style')) continue;
    const drawing = parent.closest('svg');
    const scale = drawing ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
    const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
    if (size < 10.99) small.add(`${size.toFixed(1)}: ${node.textContent.trim().slice(0, 40)}`);
  }
  const page = document.documentElement;
  return {overflow: page.scrollWidth - page.clientWidth, small: [...small]};
}"""


def views(story):
    """What the notebooks show, a few of each kind, by the notebook's name."""
    table = ss.statements.coverage(story)
    shows = {
        "3-quotes": [
            lambda: ss.show_findings(ss.quotes.in_short(story)),
            lambda: ss.show_figure(ss.quotes.plot_share(ss.quotes.share(story))),
            lambda: ss.show_figure(ss.framing.plot_weights(ss.framing.weights(story))),
            lambda: ss.show_figure(ss.timeline.plot_events(ss.timeline.events(story))),
            lambda: ss.show_table(ss.quotes.speeches(story)[SPEECH]),
            lambda: ss.show_reading(story),
        ],
        "5-side-by-side": [
            lambda: ss.show_findings(ss.statements.in_short(story)),
            lambda: ss.statements.show_coverage(table),
            lambda: ss.statements.show_told_twice(story, limit=4),
            lambda: ss.show_reading(story),
        ],
    }  # fmt: skip
    InteractiveShell.instance()
    for name, calls in shows.items():
        with capture_output() as captured:
            for show in calls:
                show()
        outputs = [
            new_output("display_data", data=dict(shown.data), metadata=shown.metadata)
            for shown in captured.outputs
        ]
        cells = [new_markdown_cell(f"# {name[0]} · {name[2:].title()}: what is there?\n\n### In short")]
        cells += [new_code_cell("show()", outputs=[output]) for output in outputs]
        yield Run(name, new_notebook(cells=cells), 1.0)
    plt.close("all")


@pytest.fixture(scope="module")
def story():
    return ss.annotate(ss.load(STORY))


@pytest.fixture(scope="module")
def hostile():
    texts = [
        f"Mayor Lena Roth said the ferry {HOSTILE} stays. “We wait for the wind,” she added {n}."
        for n in (1, 2)
    ]
    rows = [
        {"article_id": f"{n}{HOSTILE}", "outlet": f"Post {n} {HOSTILE}", "title": HOSTILE, "text": text}
        for n, text in enumerate(texts)
    ]
    return ss.annotate(
        pd.DataFrame(rows).assign(published=pd.Timestamp("2025-07-04 08:00"), url=f"http://x/{HOSTILE}")
    )


@pytest.fixture(scope="module")
def sites(story, hostile, tmp_path_factory):
    """The folders of reports: the story's pages, in one file, without texts, and the hostile one's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOR_A_PAGE, "1")
        runs, bad = list(views(story)), list(views(hostile))
    folder = tmp_path_factory.mktemp("sites")
    made = {
        "pages": (runs, story, Form()),
        "one": (runs, story, Form(one_file=True)),
        "short": (runs, story, Form(texts=False)),
        "hostile": (bad, hostile, Form()),
        "hostile one": (bad, hostile, Form(one_file=True, texts=False)),
    }
    for name, (own, told, form) in made.items():
        write_site(own, told, provenance(told.articles), folder / name, form)
    return folder


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'"
    )
    with api.sync_playwright() as started:
        options = [option for option in QUIET if option != "--headless"]
        launched = started.chromium.launch(executable_path=BROWSER, args=options)
        yield launched
        launched.close()


@pytest.fixture
def opened(browser):
    """Open a page without a network; what it asks for besides itself, or complains of, is an error."""
    contexts, wrong = [], []

    def open_page(path, width=1280, theme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, offline=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda request: None if request.url.split("#")[0] == path.as_uri() else wrong.append(request.url),
        )
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


PAGES = ["pages/index.html", "pages/3-quotes.html", "pages/5-side-by-side.html", "one/index.html"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_fits_its_window_and_can_be_used_by_everyone(opened, sites, name, width, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(sites / name, width, theme)
    assert page.evaluate(LOOK) == {"overflow": 0, "small": []}
    if width in (375, 1280):
        found = axe.Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found] == []


def test_table_sorts_and_filters(opened, sites):
    page = opened(sites / "pages" / "3-quotes.html")
    table = page.locator(".table-frame table").first
    numbers = table.locator("tbody tr:visible td.number")
    before = numbers.all_inner_texts()
    table.get_by_role("button", name="n words").click()
    page.wait_for_timeout(50)
    assert numbers.all_inner_texts() == sorted(before, key=int, reverse=True) != before
    page.get_by_label("Find in this table").first.fill("bright buses")
    rows = table.locator("tbody tr:visible").all_inner_texts()
    assert 0 < len(rows) < len(before)
    assert all("bright" in row.lower() and "buses" in row.lower() for row in rows)


def test_all_is_there_without_script(browser, sites):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((sites / "pages" / "3-quotes.html").as_uri())
    assert page.locator(".table-frame tbody tr").first.is_visible()
    assert page.locator("button").count() == 0
    context.close()


def test_passage_is_copied_with_its_source(opened, sites):
    page = opened(sites / "pages" / "index.html")
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }")
    page.get_by_role("button", name="Copy").first.click()
    copied = page.evaluate("window.copied")
    assert copied.startswith("“")
    assert any(
        outlet in copied for outlet in ("Rides & Rails blog", "Harbour Tribune", "Evening Standard-Bearer")
    )
    assert "September 2025" in copied


@pytest.mark.parametrize("form", ["pages", "one"])
def test_links_land_on_what_can_be_seen(opened, sites, form):
    page = opened(sites / form / "index.html")
    links = page.locator(".briefing a[href*='passage-']")
    targets = [link.get_attribute("href") for link in links.all()][:4]
    assert targets
    for target in targets:
        file, _, anchor = target.partition("#")
        shown = page if not file else opened(sites / form / file)
        shown.evaluate("anchor => { location.hash = anchor; }", anchor)
        place = shown.evaluate(
            "anchor => document.getElementById(anchor)?.getBoundingClientRect().top", anchor
        )
        assert 0 <= place < 900, target


@pytest.mark.parametrize("form", ["pages", "one", "short"])
def test_no_link_is_dead(opened, sites, form):
    ids, links = {}, []
    for path in sorted((sites / form).glob("*.html")):
        page = opened(path)
        ids[path.name] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)"))
        links += [
            (path.name, href)
            for href in page.evaluate(
                "[...document.querySelectorAll('a')].map(one => one.getAttribute('href'))"
            )
        ]
    for name, href in links:
        file, _, anchor = href.partition("#")
        assert file in ids or not file or (sites / form / file).exists(), href
        assert not anchor or anchor in ids[file or name], href


def test_copy_without_texts_holds_no_long_passage(sites, story):
    words = [text.split() for text in story.articles["text"]]
    for path in (sites / "short").glob("*.html"):
        html = " ".join(path.read_text("utf-8").split())
        for own in words:
            assert not [n for n in range(len(own) - 40) if " ".join(own[n : n + 40]) in html]
    assert "is not part of this copy" in (sites / "short" / "3-quotes.html").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    ["hostile/index.html", "hostile/3-quotes.html", "hostile/5-side-by-side.html", "hostile one/index.html"],
)
def test_hostile_article_runs_nothing(opened, sites, name):
    page = opened(sites / name)
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0
    assert "<script>" in page.inner_text("body")


def test_script_that_slipped_in_does_not_run(browser, sites, tmp_path):
    planted = tmp_path / "planted.html"
    html = (sites / "pages" / "index.html").read_text("utf-8")
    planted.write_text(html.replace("</body>", "<script>window.ran = 1</script></body>"), encoding="utf-8")
    page = browser.new_page()
    page.goto(planted.as_uri())
    assert page.evaluate("window.ran") is None
    assert page.get_by_role("button", name="Copy").count()  # while the page's own scripts did
    page.close()


def test_layers_of_the_reading_view_are_switched_by_clicking(opened, sites):
    page = opened(sites / "pages" / "3-quotes.html")
    article = page.locator(".article").first
    if article.get_attribute("open") is None:
        article.locator("summary").first.click()
    tags = article.locator(".tag.quotes")
    assert tags.first.is_visible()
    article.locator(".show-quotes").uncheck()
    assert not tags.first.is_visible()


def test_front_page_prints_on_two_pages(sites, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    print_pdf(sites / "pages" / "index.html", tmp_path / "front.pdf")
    assert len(pypdf.PdfReader(tmp_path / "front.pdf").pages) <= 2
