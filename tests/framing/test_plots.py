"""Figures on framing: what is drawn, what is left out, and notes where there is nothing."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import samestory as ss
from samestory.pages.figures import told


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def empty():
    return ss.annotate(pd.DataFrame({"article_id": ["x"], "text": [""]}))


PLOTS = [
    (ss.framing.plot_weights, ss.framing.weights),
    (ss.framing.plot_keyness, ss.framing.keyness),
    (ss.framing.plot_agency, ss.framing.agency_roles),
    (ss.framing.plot_loaded, lambda story: ss.framing.loaded_rate(story).assign(per_1000=1.0)),
]


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_plots_draw_on_the_axes_given(seed_story, plot, table):
    ax = plt.subplots()[1]
    assert plot(table(seed_story), ax=ax) is ax
    assert ax.get_xlabel()


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_plots_of_nothing_say_so(empty, plot, table):
    ax = plot(table(empty))
    assert ax.texts or ax.get_xlabel()


def test_plot_framing_draws_the_heaviest_frames_and_says_what_is_left_out(seed_story):
    table = ss.framing.weights(seed_story)
    ax = ss.framing.plot_weights(table, limit=5)
    assert [label.get_text() for label in ax.get_yticklabels()] == list(dict.fromkeys(table["frame"]))[:5]
    more = table.loc[table["per_1000"] > 0, "frame"].nunique() - 5
    assert f"{more} more frames not drawn" in told(ax).note


def test_plot_framing_draws_at_most_six_outlets(seed_story):
    table = ss.framing.weights(seed_story)
    table = table[table["outlet"] == table["outlet"].iloc[0]]
    many = pd.concat([table.assign(outlet=f"Outlet {n}", sentences=n) for n in range(9)])
    ax = ss.framing.plot_weights(many)
    assert len(ax.get_legend().get_texts()) == 6
    assert "3 more outlets not drawn" in told(ax).note


def test_plot_keyness_shows_raw_counts_and_hollow_bars(seed_story):
    ax = ss.framing.plot_keyness(ss.framing.keyness(seed_story))
    assert any("2:0" in text.get_text() for text in ax.texts)
    assert all(bar.get_facecolor()[3] == 0 for bar in ax.patches)


def frames(low_b, high_b, sentences=20):
    rows = [("Economic", "Herald", 20.0, 15.0, 25.0), ("Economic", "Post", 5.0, low_b, high_b)]
    return pd.DataFrame(rows, columns=["frame", "outlet", "per_1000", "low", "high"]).assign(
        sentences=sentences
    )


def test_plot_weights_says_what_is_seen_only_where_it_is_sure():
    assert (
        told(ss.framing.plot_weights(frames(2, 9))).title == "Herald stresses “Economic” more than Post does"
    )
    unsure = told(ss.framing.plot_weights(frames(2, 16))).title
    assert unsure == "No frame surely weighs more in one outlet than in another"
    assert told(ss.framing.plot_weights(frames(2, 9, sentences=4))).title == unsure


def test_plot_weights_says_what_the_data_say():
    assert told(ss.framing.plot_weights(frames(2, 9))).says == "Economic: Herald 20, Post 5."


def test_plot_keyness_names_the_outlets_when_one_is_unknown(seed_story):
    with pytest.raises(ValueError, match="unknown outlet 'Heraldd'; expected one of"):
        ss.framing.plot_keyness(ss.framing.keyness(seed_story), outlet="Heraldd")


def test_framing_findings_of_the_seeds_tell_of_labels_of_one_outlet(seed_story, empty):
    findings = ss.framing.in_short(seed_story)
    assert len(findings) <= 5
    [putin] = [finding for finding in findings if finding.startswith("Vladimir Putin is called")]
    assert "“Kremlin chief” and “Kremlin head”" in putin
    assert len({passage.outlet for passage in putin.passages}) == 1
    assert isinstance(ss.framing.in_short(empty), list)


def test_plot_loaded_draws_nothing_where_nothing_was_found():
    rates = pd.DataFrame({"outlet": ["Post"], "voice": ["narrator"], "n_words": [300], "per_1000": [0.0]})
    assert told(ss.framing.plot_loaded(rates.assign(low=0.0, high=0.0))).nothing


def test_plot_loaded_names_outlets_only_where_they_surely_differ():
    rates = pd.DataFrame(
        {"outlet": ["Post", "Mail"], "voice": "narrator", "n_words": 300, "per_1000": [20.0, 2.0]}
    )
    sure = told(ss.framing.plot_loaded(rates.assign(low=[12.0, 0.0], high=[28.0, 5.0]))).title
    assert sure == "In its own voice, Post uses more loaded words than Mail"
    unsure = told(ss.framing.plot_loaded(rates.assign(low=[4.0, 0.0], high=[28.0, 5.0]))).title
    assert unsure == "Loaded words, in the own voice and in quotes"
