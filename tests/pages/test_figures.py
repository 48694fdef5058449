"""The look that all figures share."""

import base64
import inspect
import io
import re
import struct

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from lxml import etree
from matplotlib.cbook import is_math_text
from matplotlib.figure import Figure
from matplotlib.text import Text

import samestory as ss
from samestory.pages.figures import (
    INK,
    MARKERS,
    PALETTE,
    caption,
    drawn,
    label,
    left_out,
    name_rows,
    new_axes,
    note_in,
    outlet_looks,
    ranked,
)
from samestory.pages.pictures import FIGURE_MIME, FOR_A_PAGE

OUTLETS = ["Harbour Post", "Valley Herald", "The Lantern", "City Wire", "Morning Mail"]


@pytest.mark.parametrize("cue", ["colour", "marker"])
def test_outlets_differ_and_their_order_changes_nothing(cue):
    looks = outlet_looks(OUTLETS)
    assert len({getattr(look, cue) for look in looks.values()}) == len(OUTLETS)
    assert outlet_looks(reversed(OUTLETS)) == looks


def test_outlet_keeps_its_look_when_another_has_nothing_to_show():
    everyone = outlet_looks(["Harbour Post", "City Wire"])
    assert outlet_looks(["City Wire"])["City Wire"] == everyone["City Wire"]


def test_fifty_outlets_never_share_colour_and_marker():
    looks = outlet_looks(f"Outlet {n}" for n in range(50)).values()
    assert {look.colour for look in looks} == set(PALETTE)
    assert {look.marker for look in looks} == set(MARKERS)
    assert len({(look.colour, look.marker) for look in looks}) == 50


def test_missing_outlet_gets_no_look():
    assert list(outlet_looks(["Post", float("nan"), None])) == ["Post"]


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        pytest.param("Harbour Post", {}, "Harbour Post", id="short"),
        pytest.param("Harbour\n  Post", {}, "Harbour Post", id="one line"),
        pytest.param("Harbour Post Weekly", {"longest": 15}, "Harbour Post …", id="cut at a word"),
        pytest.param("Süddeutschezeitung", {"longest": 10}, "Süddeutsc…", id="one long word"),
        pytest.param("The $5 Post, $6", {}, r"The \$5 Post, \$6", id="no formula"),
        pytest.param("Harbour Post Weekly", {"width": 12}, "Harbour Post\nWeekly", id="lines"),
        pytest.param("$" * 30, {"width": 7}, "\n".join([r"\$" * 7] * 4 + [r"\$" * 2]), id="lines of signs"),
        pytest.param(" ", {}, "", id="nothing"),
    ],
)
def test_label(text, options, expected):
    assert label(text, **options) == expected


def test_ranked_puts_equal_ones_in_the_order_of_the_alphabet():
    assert ranked(pd.Series({"b": 1, "c": 2, "a": 1})) == ["c", "a", "b"]


def test_left_out_counts_what_there_is_more_of():
    assert left_out(frame=1, outlet=3, row=-2) == "1 more frame, 3 more outlets not drawn"
    assert left_out(frame=0) == ""


FORMULA = "$x_1$ and\n $y^2$ "
LABELS = ("article_id", "outlet", "speaker", "entity", "word", "frame", "label", "title", "text")


def of_one_outlet(table):
    return table.assign(outlet="One")


def many_of(articles):
    many = pd.concat([articles] * 20)
    return many.assign(article_id=[f"article {n}" for n in range(len(many))])


PLOTS = [
    (ss.reading.plot_lengths, lambda story: story.articles),
    (ss.reading.plot_lengths, lambda story: of_one_outlet(story.articles)),  # then titles are labels
    (ss.reading.plot_lengths, lambda story: many_of(story.articles)),  # then outlets are rows
    (ss.reading.plot_published, lambda story: story.articles),
    (ss.framing.plot_weights, ss.framing.weights),
    (ss.framing.plot_keyness, ss.framing.keyness),
    (ss.framing.plot_agency, ss.framing.agency_roles),
    (ss.framing.plot_loaded, lambda story: ss.framing.loaded_rate(story).assign(per_1000=1.0)),
    (ss.sentiment.plot_tone, ss.sentiment.sentence_tone),
    (ss.sentiment.plot_tone_through, lambda story: of_one_outlet(ss.sentiment.sentence_tone(story))),
    (ss.sentiment.plot_tone_toward, ss.sentiment.tone_toward),
    (ss.quotes.plot_share, ss.quotes.share),
    (ss.quotes.plot_direct_share, ss.quotes.direct_share),
    (ss.quotes.plot_stance_share, ss.quotes.stance_share),
    (ss.quotes.plot_source_types, ss.quotes.source_types),
    (ss.timeline.plot_events, ss.timeline.events),
    (ss.timeline.plot_order, ss.timeline.events),
]
ROOMS = (ss.reading, ss.framing, ss.sentiment, ss.quotes, ss.timeline, ss.statements)
EVERY_PLOT = [getattr(room, name) for room in ROOMS for name in room.__all__ if name.startswith("plot_")]


@pytest.mark.parametrize(("plot", "table_of"), PLOTS)
def test_no_label_is_a_formula(seed_story, plot, table_of):
    table = table_of(seed_story).copy()
    assert len(table)
    for column in set(LABELS) & set(table.columns):
        table[column] = FORMULA + table[column]
    ax = plot(table)
    ax.figure.canvas.draw()
    texts = [text.get_text() for text in ax.figure.findobj(Text)]
    assert any(r"\$x_1\$ and" in text for text in texts)
    assert not [text for text in texts if is_math_text(text)]
    plt.close("all")


def test_every_plot_is_drawn_with_formulas():
    assert {plot for plot, _ in PLOTS} == set(EVERY_PLOT)


@pytest.mark.parametrize("plot", EVERY_PLOT)
def test_every_plot_takes_axes_and_a_limit(plot):
    assert list(inspect.signature(plot).parameters)[1:3] == ["ax", "limit"]


def test_show_figure_stores_alt_text_and_closes():
    InteractiveShell.instance()
    ax = plt.subplots(figsize=(4, 3))[1]
    with capture_output() as captured:
        ss.show_figure(ax, alt="Bars: words an outlet.")
    (output,) = captured.outputs
    assert output.data["text/plain"] == "Figure: Bars: words an outlet."
    assert output.metadata["image/png"]["alt"] == "Bars: words an outlet."
    width = struct.unpack(">I", base64.b64decode(output.data["image/png"])[16:20])[0]
    assert output.metadata["image/png"]["width"] == width * 100 // 160
    assert not plt.get_fignums()


def test_show_figure_is_transparent_with_ink_for_light_and_dark():
    InteractiveShell.instance()
    with capture_output() as captured:
        ss.show_figure(plt.subplots()[1], alt="An empty frame.")
    picture = base64.b64decode(captured.outputs[0].data["image/png"])
    pixels = plt.imread(io.BytesIO(picture))
    assert pixels[0, 0][3] == 0


@drawn
def plot_words(table, *, ax=None):
    ax = new_axes(ax, height=2)
    ax.barh(range(len(table)), table["words"], hatch="//")
    name_rows(ax, [label(outlet) for outlet in table["outlet"]])
    caption(ax, "Post <writes> most", "Words, $", note="n = 2.", says="Post 2, Mail 1.")
    return ax


WORDS = pd.DataFrame({"outlet": ["Post & <b>", '=Mail"$x$'], "words": [2, 1]})


def displayed(monkeypatch, ax, **options):
    monkeypatch.setenv(FOR_A_PAGE, "1")
    InteractiveShell.instance()
    with capture_output() as captured:
        ss.show_figure(ax, **options)
    return captured.outputs[0].data


def test_figure_for_a_page_keeps_words_as_words_and_takes_the_ink_of_the_page(monkeypatch):
    page = displayed(monkeypatch, plot_words(WORDS), alt="Bars.")[FIGURE_MIME]
    assert (page["title"], page["measure"], page["note"]) == ("Post <writes> most", "Words, $", "n = 2.")
    assert page["alt"] == "Bars. Post 2, Mail 1."
    for svg in (page["wide"], page["narrow"]):
        root = etree.fromstring(svg)
        words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
        assert {"Post & <b>", '=Mail"$x$'} <= set(words)
        assert "Post <writes> most" not in words
        assert "currentColor" in svg
        assert INK not in svg
        assert root.get("aria-label") == page["alt"]
    assert page["csv"].splitlines() == ["outlet,words", "Post & <b>,2", '"\'=Mail""$x$",1']


def test_no_two_figures_of_a_page_share_an_id_and_every_reference_holds(monkeypatch):
    page = displayed(monkeypatch, plot_words(WORDS))[FIGURE_MIME]
    ids = [re.findall(r'\bid="([^"]+)"', page[width]) for width in ("wide", "narrow")]
    assert ids[0]
    assert not set(ids[0]) & set(ids[1])
    for width, own in zip(("wide", "narrow"), ids, strict=True):
        assert set(re.findall(r"#([\w-]+)\)", page[width])) <= set(own)


def test_the_same_figure_is_drawn_the_same(monkeypatch):
    first, second = (displayed(monkeypatch, plot_words(WORDS))[FIGURE_MIME] for _ in range(2))
    assert first == second


def test_nothing_to_draw_is_a_sentence(monkeypatch):
    data = displayed(monkeypatch, note_in(None, "no dated events"), alt="Events.")
    assert data["text/plain"] == "No dated events."
    assert "image/png" not in data
    assert not plt.get_fignums()


def test_show_figure_asks_for_alt_text():
    with pytest.raises(ValueError, match="expected a sentence that says what the figure shows"):
        ss.show_figure(Figure().subplots(), alt=" ")
