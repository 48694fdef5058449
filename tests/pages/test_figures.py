"""The look that all figures share."""

import base64
import io
import struct

import matplotlib.pyplot as plt
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.figure import Figure

import samestory as ss
from samestory.pages.figures import MARKERS, PALETTE, outlet_colours, outlet_hatches, outlet_markers

OUTLETS = ["Harbour Post", "Valley Herald", "The Lantern", "City Wire", "Morning Mail"]


@pytest.mark.parametrize("choose", [outlet_colours, outlet_markers, outlet_hatches])
def test_outlets_differ_and_their_order_changes_nothing(choose):
    chosen = choose(OUTLETS)
    assert len(set(chosen.values())) == len(OUTLETS)
    assert choose(reversed(OUTLETS)) == chosen


def test_outlet_keeps_its_colour_when_another_has_nothing_to_show():
    everyone = outlet_colours(["Harbour Post", "City Wire"])
    assert outlet_colours(["City Wire"])["City Wire"] == everyone["City Wire"]


def test_fifty_outlets_never_share_colour_and_marker():
    outlets = [f"Outlet {n}" for n in range(50)]
    colours, markers = outlet_colours(outlets), outlet_markers(outlets)
    assert set(colours.values()) == set(PALETTE)
    assert set(markers.values()) == set(MARKERS)
    assert len({(colours[outlet], markers[outlet]) for outlet in outlets}) == len(outlets)


def test_missing_outlet_gets_no_colour():
    assert list(outlet_colours(["Post", float("nan"), None])) == ["Post"]


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


def test_show_figure_is_opaque_though_the_figure_is_not():
    InteractiveShell.instance()
    figure = Figure(facecolor="none")
    with capture_output() as captured:
        ss.show_figure(figure.subplots(), alt="An empty frame.")
    picture = base64.b64decode(captured.outputs[0].data["image/png"])
    pixels = plt.imread(io.BytesIO(picture))
    assert pixels[0, 0].tolist() == [1, 1, 1, 1]


def test_show_figure_asks_for_alt_text():
    with pytest.raises(ValueError, match="expected a sentence that says what the figure shows"):
        ss.show_figure(Figure().subplots(), alt=" ")
