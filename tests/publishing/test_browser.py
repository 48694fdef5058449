"""Printing with an installed browser: a stand-in for one that prints, and for one that does not."""

import pytest
from click.testing import CliRunner

from samestory.publishing import browser
from samestory.publishing.cli import main

PRINTS = (
    '#!/bin/sh\nfor word in "$@"; do case $word in --print-to-pdf=*) echo pdf > "${word#*=}";; esac; done\n'
)


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Install a program as the only browser of this machine."""

    def install(script: str) -> None:
        (tmp_path / "bin").mkdir()
        program = tmp_path / "bin" / "chromium"
        program.write_text(script, encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(browser, "NAMES", (str(program),))

    return install


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<p>x</p>", encoding="utf-8")
    return path


def test_page_is_printed(installed, page, tmp_path):
    installed(PRINTS)
    browser.print_pdf(page, tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_text() == "pdf\n"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("#!/bin/sh\nexit 3\n", "did not print page.html"),
        ("#!/bin/sh\nexit 0\n", "printed nothing of page.html"),
    ],
)
def test_what_was_not_printed_is_said(installed, page, tmp_path, script, reason):
    installed(script)
    with pytest.raises(RuntimeError, match=reason):
        browser.print_pdf(page, tmp_path / "page.pdf")


def test_without_a_browser_a_sentence_says_what_to_install(page, tmp_path, monkeypatch):
    monkeypatch.setattr(browser, "NAMES", ())
    with pytest.raises(RuntimeError, match="install Chromium"):
        browser.print_pdf(page, tmp_path / "page.pdf")
    result = CliRunner().invoke(main, ["report", str(tmp_path), "--pdf"])
    assert "--pdf needs an installed Chromium" in result.output
    assert result.exit_code == 1
