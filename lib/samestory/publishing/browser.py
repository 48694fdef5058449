"""An installed Chromium, where there is one: it prints a page as PDF."""

import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# Nothing but the page: no profile of the user's, no call home.
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
_SECONDS = 180


def find_browser() -> str | None:
    """The path of an installed Chromium or its like; None without one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def print_pdf(page: Path, target: Path) -> None:
    """Print an HTML file as PDF.

    Raises:
        RuntimeError: no browser is installed, or it did not print.
    """
    browser = find_browser()
    if browser is None:
        raise RuntimeError(f"no browser to print with; install Chromium (looked for {', '.join(NAMES)})")
    with tempfile.TemporaryDirectory(prefix="samestory-") as profile:
        options = [*QUIET, f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
        try:
            subprocess.run(
                [browser, *options, page.resolve().as_uri()],
                capture_output=True,
                timeout=_SECONDS,
                check=True,
            )
        except (subprocess.SubprocessError, OSError) as problem:
            raise RuntimeError(f"{browser} did not print {page.name}: {problem}") from problem
    if not target.exists():
        raise RuntimeError(f"{browser} printed nothing of {page.name}")
