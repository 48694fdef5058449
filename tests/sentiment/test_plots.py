"""Figures and findings of tone: what is drawn, and that nothing breaks on little or nothing."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.pages.figures import told

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
    assert len(ax.get_yticks()) == 12
    assert "3 more outlets not drawn" in told(ax).note


def test_plot_tone_shows_few_sentences_in_their_words():
    few = sentences(["Post"], 3).assign(text=["Bad.", "Fair.", "Good."])
    ax = ss.sentiment.plot_tone(few)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Post: Bad.",
        "Post: Fair.",
        "Post: Good.",
    ]


def toward(low_b):
    rows = [("Herald", 0.6, 0.4, 0.8), ("Post", low_b + 0.2, low_b, low_b + 0.4)]
    return pd.DataFrame(rows, columns=["outlet", "toward", "low", "high"]).assign(entity="Lina Roth", n=7)


def test_plot_tone_toward_says_what_is_seen_only_where_it_is_sure():
    sure = told(ss.sentiment.plot_tone_toward(toward(-0.5))).title
    assert sure == "Lina Roth stands in a better light in Herald than in Post"
    assert told(ss.sentiment.plot_tone_toward(toward(0.1))).title == "In what light each actor stands"


def test_plot_tone_draws_a_box_for_many():
    few, many = (
        ss.sentiment.plot_tone(sentences(["Post"], 29)),
        ss.sentiment.plot_tone(sentences(["Post"], 30)),
    )
    assert (len(few.patches), len(many.patches)) == (0, 1)


def test_sentiment_findings_of_nothing(empty_story):
    assert ss.sentiment.in_short(empty_story) == []
