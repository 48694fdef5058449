"""The annotated reading view: an article as it was read, with everything found marked in place."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from samestory.display.html import article_anchor, render, show_html
from samestory.display.marks import LAYERS, article_marks, mark_paragraphs
from samestory.display.tables import format_value
from samestory.story import Story
from samestory.tables import ANNOTATIONS

SHOWN = ("quotes", "times", "loaded")  # the layers that are switched on at first; all would crowd the text
SPEAKER_COLOURS = 6  # reading.css; names tell speakers apart, colour only helps
OPEN_ARTICLES = 4
FEW_ARTICLES = 10
LARGEST_VIEW = 3_000_000  # characters of HTML in one output; browsers grow slow beyond
LONGEST_CUT = 400  # characters of a piece of clutter
NO_SPEAKER = "no speaker named"
LABELS = {
    "quotes": "quotes and speakers",
    "times": "times",
    "loaded": "loaded wording [!]",
    "frames": "frames",
    "names": "names",
}
DATE_KNOWN = {
    "manifest": "from articles.csv",
    "stated": "stated in the article",
    "inferred": "inferred, not stated",
}


def show_reading(story: Story, *, layers: Iterable[str] = SHOWN, max_articles: int = 60) -> None:
    """Display every article of a story in the annotated reading view.

    Args:
        story: what to show.
        layers: switched on at first, of quotes, times, loaded, frames, names; readers switch them.
            In a story of more than ten articles the other layers are left out, for the page's size.
        max_articles: the first so many are shown; a note counts the others.
    Raises:
        ValueError: a layer is not one of these.
    """
    layers = _require_layers(layers)
    speakers = _speaker_colours(story)
    offered = list(LABELS) if len(story.articles) <= FEW_ARTICLES else layers
    views, size = [], 0
    for article in story.articles.head(max_articles).itertuples():
        if size > LARGEST_VIEW:
            break
        view = _article(story, article, layers, offered, speakers)
        view["open"] = len(story.articles) <= OPEN_ARTICLES
        views.append(view)
        size += sum(map(len, view["paragraphs"]))
    left_out = len(story.articles) - len(views)
    counted = f"{left_out:,} more article{' is' if left_out == 1 else 's are'} not shown here"
    note = f"{counted}; ss.reading_view(story, article_id) shows one."
    html = render("reading.html.j2", articles=views, note=note if left_out else "")
    lines = [f"{view['title']} ({view['about']})" for view in views]
    show_html(html, "\n".join(["Reading view of:", *lines, *[note] * bool(left_out)]))


def reading_view(story: Story, article_id: str, *, layers: Iterable[str] = SHOWN) -> str:
    """The annotated reading view of one article, as HTML that needs neither script nor network.

    Args:
        story: holds the article.
        article_id: which.
        layers: switched on at first, as in `show_reading`.
    Raises:
        ValueError: a layer or the article is not known.
    """
    layers = _require_layers(layers)
    chosen = story.articles[story.articles["article_id"] == article_id]
    if chosen.empty:
        known = ", ".join(story.articles["article_id"].head(20))
        raise ValueError(f"unknown article {article_id!r}; expected one of: {known}")
    article = next(chosen.itertuples())
    view = _article(story, article, layers, list(LABELS), _speaker_colours(story))
    return render("reading.html.j2", articles=[view], note="")


def _require_layers(layers: Iterable[str]) -> list[str]:
    layers = list(layers)
    for layer in layers:
        if layer not in LAYERS:
            raise ValueError(f"unknown layer {layer!r}; expected one of: {', '.join(LAYERS)}")
    return layers


def _speaker_colours(story: Story) -> dict[str, int]:
    """A colour a speaker, those most quoted first; 0 is grey, for no speaker."""
    counts = Counter(story.quotes["speaker"].dropna())
    ranked = sorted(counts, key=lambda speaker: (-counts[speaker], speaker))
    return {speaker: n % SPEAKER_COLOURS + 1 for n, speaker in enumerate(ranked)}


def _article(
    story: Story, article, layers: list[str], offered: list[str], speakers: Mapping[str, int]
) -> dict:
    """All that the template shows of one article: `layers` are on, of those that are offered."""
    marks = article_marks(story, article.article_id, article.text, speakers)
    marks = [mark for mark in marks if (mark.layer if mark.counted else "quotes") in offered]
    counts = Counter(mark.layer for mark in marks if mark.counted)
    quotes = story.quotes[story.quotes["article_id"] == article.article_id]
    quoted = Counter(quotes["speaker"].fillna(NO_SPEAKER))
    return {
        "anchor": article_anchor(article.article_id),
        "open": True,
        "title": article.title if pd.notna(article.title) else article.article_id,
        "about": _about(article),
        "language": article.language if pd.notna(article.language) else "",
        "layers": [
            {"name": name, "label": LABELS[name], "count": counts[name], "shown": name in layers}
            for name in LABELS
            if name in offered
        ],
        "speakers": [
            {"name": name, "count": count, "colour": speakers.get(name, 0)}
            for name, count in sorted(quoted.items(), key=lambda item: (-item[1], item[0]))
            if "quotes" in offered
        ],
        "paragraphs": mark_paragraphs(article.article_id, article.text, marks, _starts(story, article)),
        "removed": _removed(article),
    }


def _about(article) -> str:
    """Outlet, date and how it is known, author, length: each only where it is known."""
    known = DATE_KNOWN.get(article.published_from, "")
    date = "date not known"
    if pd.notna(article.published):
        date = format_value(article.published) + f" ({known})" * bool(known)
    author = f"by {article.author}" if pd.notna(article.author) else ""
    return " · ".join(filter(None, [format_value(article.outlet), date, author, f"{article.words:,} words"]))


def _starts(story: Story, article) -> set[int]:
    """Where anything found in the article starts, marked or not: a table may link to it."""
    starts = set()
    for name in ANNOTATIONS:
        table = getattr(story, name)
        starts |= set(table.loc[table["article_id"] == article.article_id, "start"])
    return starts


def _removed(article) -> list[dict]:
    """The pieces of clutter that were cut, with their words where the raw text is kept."""
    cuts = article.removed if isinstance(article.removed, list) else []
    raw = getattr(article, "raw", None)
    raw = raw if isinstance(raw, str) else ""
    return [
        {
            "start": f"{start:,}",
            "end": f"{end:,}",
            "reason": re.sub(r"[_\s]+", " ", str(reason)),
            "text": format_value(" ".join(raw[start : min(end, start + LONGEST_CUT)].split())) if raw else "",
        }
        for start, end, reason in cuts
    ]
