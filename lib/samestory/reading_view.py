"""The annotated reading view: an article as it was read, with everything found marked in place."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from samestory.framing import loaded
from samestory.pages.figures import ranked
from samestory.pages.html import article_anchor, count, render, show_html
from samestory.pages.marks import LAYERS, Mark, mark_paragraphs
from samestory.pages.tables import format_value
from samestory.sentiment.toward import FAVOURABLE, UNFAVOURABLE
from samestory.story import Story
from samestory.tables import ANNOTATIONS

# of TIMEX3; after a T, M is a minute
UNITS = {"DE": "decade", "Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second"}
SHOWN = ("quotes", "times", "loaded")  # the layers that are switched on at first; all would crowd the text
SPEAKER_COLOURS = 6  # reading.css; names tell speakers apart, colour only helps
OPEN_ARTICLES = 4
FEW_ARTICLES = 10
LARGEST_VIEW = 3_000_000  # characters of HTML in one output; browsers grow slow beyond
LONGEST_CUT = 400  # characters of a piece of clutter
NO_SPEAKER = "no speaker named"
LABELS = {
    "quotes": "quotes and speakers", "times": "times", "loaded": "loaded wording [!]", "frames": "frames",
    "names": "names",
}  # fmt: skip
DATE_KNOWN = {
    "manifest": "from articles.csv", "stated": "stated in the article", "inferred": "inferred, not stated",
}  # fmt: skip


def show_reading(
    story: Story,
    *,
    article_ids: Iterable[str] | None = None,
    layers: Iterable[str] = SHOWN,
    limit: int = 60,
) -> None:
    """Display the articles of a story in the annotated reading view.

    Args:
        article_ids: which articles; all of them when None.
        layers: switched on at first, of quotes, times, loaded, frames, names; readers switch them.
            In a story of more than ten articles the other layers are left out, for the page's size.
        limit: the first so many are shown; a note counts the others.
    Raises:
        ValueError: a layer or an article is not known.
    """
    layers = _require_layers(layers)
    speakers = _speaker_colours(story)
    chosen = story.articles if article_ids is None else _chosen(story, list(article_ids))
    offered = list(LABELS) if len(chosen) <= FEW_ARTICLES else layers
    views, size = [], 0
    for article in chosen.head(limit).itertuples():
        if size > LARGEST_VIEW:
            break
        view = _article(story, article, layers, offered, speakers)
        view["open"] = len(chosen) <= OPEN_ARTICLES
        views.append(view)
        size += sum(map(len, view["paragraphs"]))
    left_out = len(chosen) - len(views)
    note = ""
    if left_out:
        note = f"{count(left_out, 'more article')} {'is' if left_out == 1 else 'are'} not shown here; "
        note += "show_reading(story, article_ids=[...]) shows those that you name."
    html = render("reading.html.j2", articles=views, note=note)
    lines = [f"{view['title']} ({view['about']})" for view in views]
    show_html(html, "\n".join(["Reading view of:", *lines, note]).rstrip("\n"))


def _chosen(story: Story, article_ids: list[str]) -> pd.DataFrame:
    """The named articles, in the order of their naming."""
    known = story.articles.set_index("article_id", drop=False)
    for article_id in article_ids:
        if article_id not in known.index:
            names = ", ".join(known.index[:20])
            raise ValueError(f"unknown article {article_id!r}; expected one of: {names}")
    return known.loc[article_ids]


def _require_layers(layers: Iterable[str]) -> list[str]:
    layers = list(layers)
    for layer in layers:
        if layer not in LAYERS:
            raise ValueError(f"unknown layer {layer!r}; expected one of: {', '.join(LAYERS)}")
    return layers


def _speaker_colours(story: Story) -> dict[str, int]:
    """A colour a speaker, those most quoted first; 0 is grey, for no speaker."""
    speakers = ranked(story.quotes["speaker"].value_counts())
    return {speaker: n % SPEAKER_COLOURS + 1 for n, speaker in enumerate(speakers)}


def _article(
    story: Story, article, layers: list[str], offered: list[str], speakers: Mapping[str, int]
) -> dict:
    """All that the template shows of one article: `layers` are on, of those that are offered."""
    marks = _article_marks(story, article.article_id, article.text, speakers)
    marks = [mark for mark in marks if (mark.layer if mark.counted else "quotes") in offered]
    counts = Counter(mark.layer for mark in marks if mark.counted)
    quotes = story.quotes[story.quotes["article_id"] == article.article_id]
    own = story.sentences[story.sentences["article_id"] == article.article_id].sort_values("start")
    sentences = list(zip(own["start"], own["end"], strict=True))
    quoted = quotes["speaker"].fillna(NO_SPEAKER).value_counts()
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
            {"name": name, "count": quoted[name], "colour": speakers.get(name, 0)}
            for name in ranked(quoted)
            if "quotes" in offered
        ],
        "paragraphs": mark_paragraphs(
            article.article_id, article.text, marks, _starts(story, article), sentences=sentences
        ),
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


def _article_marks(story: Story, article_id: str, text: str, speakers: Mapping[str, int]) -> list[Mark]:
    """Everything found in one article, sorted from the outside in; `speakers` gives their colours."""

    def rows(table: pd.DataFrame):
        return table[table["article_id"] == article_id].itertuples()

    marks = [mark for row in rows(story.quotes) for mark in _quote_marks(row, text, speakers)]
    marks += [_time_mark(row) for row in rows(story.times)]
    marks += [_name_mark(row) for row in rows(story.mentions)]
    marks += [
        Mark(row.start, row.end, "loaded", "", f"loaded wording, score {row.score:.2f} of 1", "!")
        for row in rows(story.loaded)
        if row.score >= loaded.SHOWN
    ]
    marks += [
        Mark(row.start, row.end, "frames", "", f"frame: {row.frame}; codebook term: {row.term}", row.frame)
        for row in rows(story.frames)
    ]
    order = {name: n for n, name in enumerate([*LAYERS, "cues"])}
    return sorted(marks, key=lambda mark: (order[mark.layer], mark.start, -mark.end, mark.note))


def _quote_marks(quote, text: str, speakers: Mapping[str, int]) -> list[Mark]:
    """The content of a quote, its cue and the words that name the speaker."""
    speaker = quote.speaker if pd.notna(quote.speaker) else NO_SPEAKER
    cue = _part(text, quote.cue_start, quote.cue_end)
    named = _part(text, quote.speaker_start, quote.speaker_end)
    note = f"{quote.kind} {'quote' if quote.act == 'speech' else quote.act}: {speaker}"
    note += f"; called “{named}” here" * bool(named and named != speaker)
    note += f"; cue “{cue}”" * bool(cue)
    note += f" ({quote.stance})" * bool(cue and pd.notna(quote.stance))
    tag = f"{speaker} · {cue}" if cue else speaker
    css = f"speaker-{speakers.get(quote.speaker, 0)} {quote.kind} {quote.act}"
    marks = [Mark(quote.start, quote.end, "quotes", css, note, tag, opens=speaker)]
    if cue:
        start, end = quote.cue_start, quote.cue_end
        marks.append(Mark(start, end, "cues", "cue", f"cue of a quote: {speaker}", counted=False))
    if named:
        start, end = quote.speaker_start, quote.speaker_end
        marks.append(Mark(start, end, "cues", "speaker", f"speaker of a quote: {speaker}", counted=False))
    return marks


def _part(text: str, start, end) -> str:
    return "" if pd.isna(start) or pd.isna(end) else " ".join(text[start:end].split())


def _time_mark(time) -> Mark:
    """The day or span that an expression means; durations and sets have none."""
    moments = [format_value(moment) for moment in (time.earliest, time.latest) if pd.notna(moment)]
    days = [moment.split(",")[0] for moment in moments]
    tag = " to ".join(dict.fromkeys(days)) or _duration(str(time.value))
    note = f"time ({str(time.type).lower()}): {time.value}"
    note += f", {' to '.join(dict.fromkeys(moments))}" * bool(moments)
    return Mark(time.start, time.end, "times", "", note, tag)


def _duration(value: str) -> str:
    """A TIMEX3 length of time in words: "1 hour" for PT1H; others stay as they are."""
    found = re.fullmatch(r"P(T?)(\d{1,9})(DE|[YMWDHS])", value)
    if not found:
        return value
    unit = "minute" if found[1] and found[3] == "M" else UNITS[found[3]]
    return count(int(found[2]), unit)


def _name_mark(mention) -> Mark:
    """Whom or what a mention means; the label says it only where the text does not."""
    entity = mention.entity if pd.notna(mention.entity) else mention.text
    note = f"{mention.kind}: {entity}"
    if pd.notna(mention.toward):
        clear = not UNFAVOURABLE <= mention.toward <= FAVOURABLE
        note += f"; tone toward it: {f'{mention.toward:+.2f} (from -1 to 1)' if clear else 'neutral'}"
    tag = "" if entity == mention.text else f"= {entity}"
    return Mark(mention.start, mention.end, "names", "", note, tag)


def _starts(story: Story, article) -> set[int]:
    """Where anything found in the article starts, marked or not: a table may link to it."""
    tables = [getattr(story, name) for name in ANNOTATIONS]
    return {start for table in tables for start in table["start"][table["article_id"] == article.article_id]}


def _removed(article) -> list[dict]:
    """The pieces of clutter that were cut, with their words where the raw text is kept."""
    cuts = article.removed if isinstance(article.removed, list) else []
    raw = getattr(article, "raw", None)
    raw = raw if isinstance(raw, str) else ""
    return [
        {
            "start": f"{start:,}", "end": f"{end:,}", "reason": re.sub(r"[_\s]+", " ", str(reason)),
            "text": " ".join(raw[start : min(end, start + LONGEST_CUT)].split()),
        }
        for start, end, reason in cuts
    ]  # fmt: skip
