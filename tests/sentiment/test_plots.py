"""Figures and findings of tone: what is drawn, and that nothing breaks on little or nothing."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import samestory as ss
from samestory import tables

PLOTS = [
    pytest.param(ss.sentiment.plot_tone, ss.sentiment.sentence_tone, id="tone"),
    pytest.param(ss.sentiment.plot_tone_through, ss.sentiment.sentence_tone, id="through"),
    pytest.param(ss.sentiment.plot_tone_toward, ss.sentiment.tone_toward, id="toward"),
]


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


@pytest.fixture
def empty_story():
    built = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    return ss.Story(tables.build([], tables.ARTICLES), **built)


def sentences(outlets, n, voice="narrator"):
    return pd.DataFrame([
        {"article_id": outlet, "outlet": outlet, "voice": voice, "polarity": i / n, "position": i / n}
        for outlet in outlets for i in range(n)
    ])  # fmt: skip


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_plots_draw_on_the_given_axes(seed_story, plot, table):
    ax = plt.subplots()[1]
    assert plot(table(seed_story), ax=ax) is ax
    assert ax.get_xlabel()


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_plots_of_nothing_say_so(empty_story, plot, table):
    ax = plot(table(empty_story))
    assert ax.texts[0].get_text().startswith("no ")


def test_plot_tone_labels_carry_n():
    ax = ss.sentiment.plot_tone(pd.concat([sentences(["Post"], 3), sentences(["Post"], 2, "quoted")]))
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Post, narrator (n=3)", "Post, quoted (n=2)",
    ]  # fmt: skip


def test_plot_tone_says_how_many_outlets_are_left_out():
    ax = ss.sentiment.plot_tone(sentences([f"Outlet {i:02d}" for i in range(15)], 2))
    assert len(ax.get_yticks()) == 24  # 12 outlets, two voices each
    assert "3 more outlets not drawn" in ax.get_xlabel()


def test_plot_tone_draws_a_box_for_many():
    few, many = (
        ss.sentiment.plot_tone(sentences(["Post"], 29)),
        ss.sentiment.plot_tone(sentences(["Post"], 30)),
    )
    assert (len(few.patches), len(many.patches)) == (0, 1)


def test_sentiment_findings_of_nothing(empty_story):
    assert ss.sentiment.in_short(empty_story) == []
