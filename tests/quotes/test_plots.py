"""Figures and findings of notebook 3."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import samestory as ss


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def shares(n_outlets=2, speakers=("Lina Roth", "(own voice)")):
    rows = [
        {"outlet": f"Outlet {n:02}", "speaker": name, "words": 10, "all_words": 10 * len(speakers)}
        for n in range(n_outlets)
        for name in speakers
    ]
    return pd.DataFrame(rows).assign(share=1 / len(speakers))


PLOTS = [
    (ss.quotes.plot_share, ss.quotes.share),
    (ss.quotes.plot_direct_share, ss.quotes.direct_share),
    (ss.quotes.plot_stance_share, ss.quotes.stance_share),
    (ss.quotes.plot_source_types, ss.quotes.source_types),
]


def test_plot_speaker_share_draws_a_full_bar_per_outlet_with_its_n():
    ax = ss.quotes.plot_share(shares())
    ends = [
        round(sum(bar.get_width() for bar in ax.patches if round(bar.get_y() + 0.31) == y), 6) for y in (0, 1)
    ]
    assert ends == [1.0, 1.0]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Outlet 00\n(n=20 words)",
        "Outlet 01\n(n=20 words)",
    ]


def test_plot_speaker_share_joins_the_speakers_beyond_the_main_ones():
    names = [f"Speaker {n}" for n in range(9)]
    ax = ss.quotes.plot_share(shares(speakers=(*names, "(own voice)")), limit=3)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["Speaker 0", "Speaker 1", "Speaker 2", "(other speakers)", "(own voice)"]


def test_plot_speaker_share_says_how_many_outlets_are_not_drawn():
    ax = ss.quotes.plot_share(shares(n_outlets=25))
    assert "5 more outlets not drawn" in ax.get_xlabel()


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_plots_use_the_given_axes(plot, table, seed_story):
    ax = plt.subplots()[1]
    assert plot(table(seed_story), ax=ax) is ax
    assert ax.get_xlabel()


@pytest.mark.parametrize(("plot", "table"), PLOTS)
def test_plots_of_nothing_say_so(plot, table, seed_story):
    ax = plot(table(seed_story).head(0))
    assert any(text.get_text().startswith("no reported") for text in ax.texts)


def test_plot_direct_share_names_the_missing_column():
    with pytest.raises(ValueError, match=r"table: no column \['kind'"):
        ss.quotes.plot_direct_share(pd.DataFrame({"outlet": [], "share": [], "all_statements": []}))


def test_quote_findings_are_few_sentences_with_numbers(seed_story):
    findings = ss.quotes.in_short(seed_story)
    assert 1 <= len(findings) <= 5
    assert all(any(sign.isdigit() for sign in finding) and finding.endswith(".") for finding in findings)
    assert "Volodymyr Zelensky is heard most" in findings[1]
