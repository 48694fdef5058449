"""Figures as pictures: a PNG for the notebook, an SVG whose words are words for the page."""

import base64
import hashlib
import io
import os
import re

import matplotlib.pyplot as plt
from IPython.display import display
from lxml import etree
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from samestory.pages import figures
from samestory.pages.html import render, show_html
from samestory.storage import as_csv

FIGURE_MIME = "application/vnd.samestory.figure+json"
# Set while a report is made: only its pages want the figure in other forms than a picture.
FOR_A_PAGE = "SAMESTORY_FOR_A_PAGE"
SCREEN_DPI = 100  # the size at which a figure is shown
FILE_DPI = 160  # the size at which it is stored, for sharp letters on dense screens and paper
_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCES = ("{http://www.w3.org/1999/xlink}href", "href", "clip-path", "style")
_LINE = 0.2  # inches of a line above or below a figure


def show_figure(ax: Axes, *, alt: str = "") -> None:
    """Display the figure of `ax` on a transparent ground, and close it.

    In a page the title, the measure and the notes stand as words around an SVG, in which words stay words.
    Where there was nothing to draw, a sentence says so.

    Args:
        ax: any of the figure's axes.
        alt: what the picture shows, for readers who cannot see it; what the data say follows by itself. It is
            stored in the output's metadata, and is the output's plain text.
    Raises:
        ValueError: there is nothing to say about the figure.
    """
    told = figures.told(ax)
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)  # axes stand in a figure until somebody removes them
    if told.nothing:
        plt.close(figure)
        said = f"{told.says[:1].upper()}{told.says[1:]}."
        show_html(render("nothing.html.j2", text=said), said)
        return
    alt = " ".join(filter(None, [alt.strip(), told.says or told.title]))
    if not alt:
        raise ValueError("alt is empty; expected a sentence that says what the figure shows")
    with plt.rc_context(figures.LOOK):
        png = _png(figure)
    data: dict[str, object] = {
        "image/png": base64.b64encode(png).decode(),
        "text/plain": f"Figure: {alt}",
    }
    if os.environ.get(FOR_A_PAGE):
        data[FIGURE_MIME] = for_page(ax, alt=alt)
    plt.close(figure)
    width, height = (int.from_bytes(png[at : at + 4]) * SCREEN_DPI // FILE_DPI for at in (16, 20))
    metadata = {"image/png": {"alt": alt, "width": width, "height": height}}
    display(data, metadata=metadata, raw=True)


def _png(figure: Figure) -> bytes:
    picture = io.BytesIO()
    # "tight" grows the canvas to what is drawn, so that a long label is never cut off.
    figure.savefig(picture, format="png", dpi=FILE_DPI, bbox_inches="tight")
    return picture.getvalue()


def for_page(ax: Axes, *, alt: str = "") -> dict[str, str]:
    """A figure for a page; the figure of `ax` is closed.

    Args:
        alt: for readers who cannot see it; by default what `figures.caption` was told of the data.
    Returns:
        title, measure, note, alt: words; wide, narrow: SVG for a column and for a phone (narrow is empty
        where a figure of your own cannot be drawn again); csv: the data.
    """
    told, drawing = figures.told(ax), figures.drawing(ax)
    alt = alt or told.says
    parts = {
        "title": told.title,
        "measure": told.measure,
        "note": told.note,
        "alt": alt,
        "narrow": "",
        "csv": "",
    }
    parts["wide"] = _drawn_as_svg(ax, alt)
    if drawing is not None:
        parts["csv"] = as_csv(drawing.table)
        with figures.for_a_phone():
            parts["narrow"] = _drawn_as_svg(drawing.again(), alt)
    return parts


def _drawn_as_svg(ax: Axes, alt: str) -> str:
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    with plt.rc_context(figures.LOOK):
        picture = svg(figure, alt)
    plt.close(figure)
    return picture


def svg(figure: Figure, alt: str) -> str:
    """The figure without the words around it, to stand in a page: its ink is the page's, its ids its own."""
    _take_words_off(figure)
    picture = io.BytesIO()
    figure.savefig(picture, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    root = etree.fromstring(picture.getvalue(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    for element in [*root.iter(f"{_SVG}metadata"), *root.iter(f"{_SVG}style")]:
        element.getparent().remove(element)
    _own_ids(root, hashlib.sha256(picture.getvalue()).hexdigest()[:8])
    for element in root.iter():
        style = element.get("style", "").replace(figures.INK, "currentColor")
        style = ";".join(part for part in style.split(";") if "font-family" not in part).strip()
        if style:
            element.set("style", style)
    width = float(root.get("width").removesuffix("pt")) * SCREEN_DPI / 72
    for name in ("width", "height", "version"):
        del root.attrib[name]
    root.set("role", "img")
    root.set("aria-label", alt)
    root.set("style", f"width: {width:.0f}px")
    return etree.tostring(root, encoding="unicode", with_tail=False).replace("\n", " ")


def _take_words_off(figure: Figure) -> None:
    """Title, measure and note are the page's own words; their room goes."""
    lines = 0
    for axes in figure.axes:
        for place in ("left", "center"):
            lines += _lines(axes.get_title(place))
            axes.set_title("", loc=place)
        lines += _lines(axes.get_xlabel())
        axes.set_xlabel("")
    lines += _lines(figure.get_supxlabel())
    figure.supxlabel("")
    width, height = figure.get_size_inches()
    figure.set_size_inches(width, max(height - _LINE * lines, 0.4))


def _lines(text: str) -> int:
    return text.count("\n") + 1 if text else 0


def _own_ids(root: etree._Element, prefix: str) -> None:
    """Keep the ids that are referred to, named so that no other figure of a page has them."""
    wanted = set()
    for element in root.iter():
        for name in _REFERENCES:
            if value := element.get(name):
                wanted.update(re.findall(r"#([\w-]+)", value))
                element.set(name, re.sub(r"(^|url\()#", rf"\1#{prefix}-", value))
    for element in root.iter():
        if (own := element.attrib.pop("id", None)) in wanted:
            element.set("id", f"{prefix}-{own}")
