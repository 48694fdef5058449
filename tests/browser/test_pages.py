"""The published pages in a real browser, where there is one; samestory itself needs none."""

import re
import shutil
import subprocess

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from samestory.pages.tables import table_html
from samestory.publishing.run import Run, provenance
from samestory.publishing.site import write_site
from samestory.reading.folder import Loaded
from samestory.reading_view import reading_html

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason=f"none of {NAMES} is installed")

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]
# Writes into the title what a reader could see, once the page is there and each box was clicked.
PROBE = """<script>
const article = document.querySelector('.article');
const shown = layer => [...article.querySelectorAll('.tag.' + layer)]
  .some(tag => getComputedStyle(tag).display !== 'none');
const report = [];
for (const layer of ['quotes', 'names']) {
  const before = shown(layer);
  article.querySelector('.show-' + layer).click();
  report.push(layer + ':' + before + '>' + shown(layer));
}
const lost = [...document.querySelectorAll('a[href^="#"]')]
  .filter(link => !document.getElementById(link.getAttribute('href').slice(1)));
report.push('lost:' + lost.length, 'requests:' + performance.getEntriesByType('resource')
  .filter(entry => !entry.name.startsWith('data:')).length);
document.title = report.join(' ');
</script>"""


@pytest.fixture(scope="module")
def page(seed_story, tmp_path_factory):
    """A page with a table and the reading view of the seeds."""
    views = [table_html(seed_story.quotes.head(5))]
    views += [reading_html(seed_story, name) for name in seed_story.articles["article_id"]]
    outputs = [new_output("display_data", data={"text/html": view}) for view in views]
    cells = [new_markdown_cell("# 3 · Quotes: who speaks?"), new_code_cell("show()", outputs=outputs)]
    run = Run("3-quotes", new_notebook(cells=cells), 1.0)
    folder = tmp_path_factory.mktemp("site")
    write_site([run], Loaded(seed_story.articles), provenance(seed_story.articles), folder)
    return folder / "3-quotes.html"


def dump(path, tmp_path) -> str:
    """The page as the browser has it at the end."""
    command = [BROWSER, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


def test_page_switches_layers_by_clicking_and_loses_no_link(page, tmp_path):
    """The policy that forbids scripts is taken out for the probe, and only for it."""
    html = re.sub(r"<meta http-equiv=[^>]+>", "", page.read_text("utf-8")).replace(
        "</body>", PROBE + "</body>"
    )
    probed = tmp_path / "probed.html"
    probed.write_text(html, encoding="utf-8")
    found = re.search(r"<title>(.*?)</title>", dump(probed, tmp_path))[1]
    assert found == "quotes:true&gt;false names:false&gt;true lost:0 requests:0"


def test_page_runs_no_script(page, tmp_path):
    """Even if a script slipped in, the page's own policy would keep it from running."""
    planted = tmp_path / "planted.html"
    html = page.read_text("utf-8").replace("</body>", "<script>document.title = 'ran'</script></body>")
    planted.write_text(html, encoding="utf-8")
    assert "<title>3 · Quotes: who speaks?</title>" in dump(planted, tmp_path)
