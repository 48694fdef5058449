"""The pictures of the README, of a report: `python tests/browser/take_pictures.py REPORT FOLDER`."""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from samestory.publishing.browser import QUIET, find_browser

WIDTH, COLOURS = 820, 256
# What of each page says most at a glance, and how many pixels of it.
SHOWN = {
    "index": ("main", 1250),
    "0-articles": ("figure.drawn", 600),
    "1-framing": ("figure.drawn:has-text('Who acts')", 640),
    "2-sentiment": ("figure.drawn", 620),
    "3-quotes": ("figure.drawn", 600),
    "4-timeline": ("figure.drawn", 640),
    "5-side-by-side": (".told-twice", 640),
    "6-how-far-to-trust": ("figure.drawn", 600),
}


def main(report: Path, folder: Path) -> None:
    """Write FOLDER/<page>.png for each page of a report."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as started:
        options = [option for option in QUIET if option != "--headless"]
        browser = started.chromium.launch(executable_path=find_browser(), args=options)
        page = browser.new_page(viewport={"width": WIDTH, "height": 1400}, color_scheme="light")
        for name, (part, height) in SHOWN.items():
            page.goto((report.resolve() / f"{name}.html").as_uri())
            page.add_style_tag(
                content="nav { position: static !important } .copy, .more, .drawn .note { display: none }"
            )
            box = page.locator(part).first.bounding_box()
            clip = box | {
                "x": 0,
                "width": WIDTH,
                "y": max(box["y"] - 12, 0),
                "height": min(box["height"] + 24, height),
            }
            shot = page.screenshot(full_page=True, clip=clip)
            small = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(folder / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
