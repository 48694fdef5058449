"""JupyterLab opened for real: the notebooks run, controls change answers, links land; where a browser is."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from samestory.publishing.browser import QUIET, find_browser

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed: JupyterLab was not looked at"
)

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
SWITCHES = [switch for switch in QUIET if switch != "--headless"]
RUN = 120_000  # milliseconds for a notebook, with every other kernel at work beside it
HOSTILE = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of the notebooks, the seeds, and two articles that are out to do harm."""
    root = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "seeds"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(".*"))
    told = f"Mayor {HOSTILE} Ilse Brandt said on Monday that the bridge {HOSTILE} will close in March."
    texts = {"Herald": f"{told} Ferries will run every ten minutes.", "Post": f"{told} Shops fear for trade."}
    rows = [
        {"outlet": f"{name} {HOSTILE}", "title": f"{HOSTILE} Bridge", "published": "2025-07-04", "text": text}
        for name, text in texts.items()
    ]
    (root / "hostile.json").write_text(json.dumps(rows))
    return root


@pytest.fixture(scope="module")
def address(folder):
    """A JupyterLab of its own, with no settings of whoever runs the tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(folder / f".{name}") for name in ("CONFIG", "DATA", "RUNTIME")}
    quiet = (
        folder / ".CONFIG/lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    )
    quiet.parent.mkdir(parents=True)
    quiet.write_text('{"fetchNews": "false"}')
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser",
        f"--port={port}", "--ServerApp.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}",
        "--ContentsManager.pre_save_hook=samestory.pages.controls.without_controls",
    ]  # fmt: skip
    environment = os.environ | own | {"SAMESTORY_CACHE": str(folder / ".cache"), "OMP_NUM_THREADS": "1"}
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
    try:
        yield _answering(f"http://127.0.0.1:{port}", server, folder / "server.log")
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def page(address):
    """A window of JupyterLab with every notebook open and running."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        window = browser.new_page(viewport={"width": 1400, "height": 900})
        window.set_default_timeout(30_000)
        window.goto(f"{address}/lab/tree/notebooks/{NOTEBOOKS[0]}.ipynb?reset")
        for name in NOTEBOOKS:
            window.locator(f'.jp-DirListing-item:has-text("{name}")').dblclick()
            tab(window, name)
            run_all(window)
        yield window
        browser.close()


def _answering(address, server, log):
    """The address, once somebody answers there."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=1):
                return address
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError(log.read_text())


def tab(window, name):
    """Bring an open notebook to the front; what its cells are in."""
    window.locator(f'.lm-DockPanel-tabBar .lm-TabBar-tab:has-text("{name}.ipynb")').click()
    panel = window.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(".jp-CodeCell").first.wait_for()
    return panel


def run_all(window):
    """Start all cells of the notebook at the front, once its kernel is there: before, they are dropped."""
    window.evaluate(
        """async () => {
             const { context } = jupyterapp.shell.currentWidget;
             await context.ready;
             await context.sessionContext.ready;
             jupyterapp.commands.execute('notebook:run-all-cells');
           }"""
    )
    window.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-InputPrompt:has-text('[*]')").first.wait_for()


def wait_for_end(window, panel):
    """Until each cell has a number: one that waits has a star."""
    handle = panel.element_handle()
    window.wait_for_function(
        r"""panel => [...panel.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
                .every(prompt => /\[\d+\]/.test(prompt.textContent))""",
        arg=handle, timeout=RUN,
    )  # fmt: skip


def finished(window, name):
    panel = tab(window, name)
    wait_for_end(window, panel)
    return panel


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_notebook_runs_to_its_end_with_its_controls(page, name):
    panel = finished(page, name)
    broken = ".jp-RenderedText[data-mime-type='application/vnd.jupyter.error'], [data-mime-type*='stderr']"
    assert panel.locator(broken).all_inner_texts() == []
    panel.locator(".jp-OutputArea .widget-hbox").first.wait_for(state="attached")


def test_a_choice_changes_its_answer(page):
    panel = finished(page, "1-framing")
    cell = panel.locator(".jp-CodeCell", has_text="ss.framing.evidence")
    caption = cell.locator("caption")
    before = caption.inner_text()
    choice = cell.locator("select").first
    other = " ".join(choice.locator("option").nth(1).text_content().split())
    choice.select_option(index=1)
    playwright.expect(caption).to_have_text(f"Terms of the frame: {other}")
    assert other not in before


def test_a_search_leaves_the_rows_that_have_the_words(page):
    cell = finished(page, "3-quotes").locator(".jp-CodeCell", has_text="ss.quotes.speeches")
    rows = cell.locator("tbody tr")
    before = rows.count()
    cell.locator("input[type=text]").fill("joint projects")
    page.wait_for_function("([table, n]) => table.isConnected === false || table.rows.length < n",
                           arg=[cell.locator("tbody").element_handle(), before])  # fmt: skip
    assert 1 <= rows.count() < before
    assert all("joint projects" in " ".join(row.split()).lower() for row in rows.all_inner_texts())


def test_a_link_lands_in_its_own_notebook_and_then_in_the_articles(page):
    """All notebooks are open in one page; the passage is lit beside its row, and folded away again."""
    finished(page, "0-articles")
    finished(page, "1-framing")
    panel = finished(page, "2-sentiment")
    link = panel.locator("details.where").first
    link.locator("summary").click()
    lit = link.locator("mark")
    assert lit.is_visible()
    assert lit.evaluate("mark => getComputedStyle(mark).backgroundColor") != "rgba(0, 0, 0, 0)"
    onward = link.get_by_text("the whole article")
    place = onward.evaluate("link => link.hash.slice(1)")
    link.locator("summary").click()
    assert not lit.is_visible()
    link.locator("summary").click()
    onward.click()
    page.locator('.lm-TabBar-tab.lm-mod-current:has-text("0-articles.ipynb")').wait_for()
    page.wait_for_function(
        """place => { const box = document.getElementById(place)?.getBoundingClientRect();
                      return box && box.top > 0 && box.top < window.innerHeight }""",
        arg=place,
    )  # fmt: skip


def test_a_numbered_link_lights_both_wordings(page):
    panel = finished(page, "5-side-by-side")
    link = panel.locator(".parallel a.link").first
    pair = next(name for name in link.get_attribute("class").split() if name.startswith("pair-"))
    link.click()
    lit = panel.locator(f".parallel .told-too.{pair}")
    assert lit.count() == 2
    colours = lit.evaluate_all("both => both.map(one => getComputedStyle(one).backgroundColor)")
    assert "rgba(0, 0, 0, 0)" not in colours


def test_a_saved_notebook_keeps_the_answers_and_no_control(page, folder):
    finished(page, "1-framing")
    page.keyboard.press("Control+s")
    path = folder / "notebooks" / "1-framing.ipynb"
    before, stored = (ROOT / "notebooks" / "1-framing.ipynb").read_text("utf-8"), ""
    for _ in range(100):
        stored = path.read_text("utf-8")
        if stored not in ("", before):
            break
        time.sleep(0.1)
    assert "Terms of the frame" in stored
    assert "widget-view" not in stored
    assert "Dropdown(" not in stored


def test_hostile_articles_run_nothing(page, folder):
    sources = [
        'import samestory as ss\nstory = ss.annotate(ss.load("../hostile.json"))',
        "ss.show_findings(ss.statements.in_short(story))",
        "ss.show_reading(story)",
        "ss.show_parallel(story)",
        "ss.ask(story, ss.quotes.speeches, act=['speech'], by=['outlet', 'speaker'], caption='{act}')",
        "about = ss.sentiment.sentences_about\n"
        "ss.ask(story, about, entity=['Ilse Brandt'], by='outlet', draw=ss.show_columns)",
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}  # JupyterLab asks without
    notebook = new_notebook(cells=list(map(new_code_cell, sources)), metadata={"kernelspec": kernel})
    (folder / "notebooks" / "9-hostile.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    opened = "path => jupyterapp.commands.execute('docmanager:open', { path })"
    page.evaluate(opened, "notebooks/9-hostile.ipynb")
    panel = tab(page, "9-hostile")
    run_all(page)
    wait_for_end(page, panel)
    cell = panel.locator(".jp-CodeCell", has_text="ss.sentiment.sentences_about")
    assert cell.locator(".column h4").count() == 2
    cell.locator("input[type=checkbox]").first.uncheck()
    cell.locator("h4:has-text('Post')").wait_for()
    page.wait_for_function(
        "cell => cell.querySelectorAll('.column h4').length === 1", arg=cell.element_handle()
    )
    assert "onerror" in cell.locator("h4").inner_text()
    assert page.evaluate("window.hacked") is None
