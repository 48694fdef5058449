"""Figures and findings of notebook 3."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import samestory as ss
from samestory.pages.figures import for_a_phone, told


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def shares(n_outlets=2, speakers=("Lina Roth", "(the outlet itself)")):
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


def written(ax):
    return [text.get_text() for text in ax.texts]


def test_plot_speaker_share_draws_a_bar_for_each_speaker_and_outlet_with_its_n():
    ax = ss.quotes.plot_share(shares())
    assert len(ax.patches) == 4
    assert [text for text in written(ax) if "%" not in text] == ["Lina Roth", "(the outlet itself)"]
    heads = [label.get_text().split("\n") for label in ax.get_xticklabels()]
    assert heads == [["Outlet 00", "20 words"], ["Outlet 01", "20 words"]]


def test_plot_speaker_share_joins_the_speakers_beyond_the_main_ones():
    names = [f"Speaker {n}" for n in range(9)]
    ax = ss.quotes.plot_share(shares(speakers=(*names, "(the outlet itself)")), limit=3)
    named = [text for text in written(ax) if "%" not in text]
    assert named == ["Speaker 0", "Speaker 1", "Speaker 2", "(other speakers)", "(the outlet itself)"]


def test_plot_speaker_share_says_how_many_outlets_are_not_drawn():
    assert "19 more outlets not drawn" in told(ss.quotes.plot_share(shares(n_outlets=25))).note


def test_plot_share_on_a_phone_is_a_block_for_each_outlet():
    with for_a_phone():
        ax = ss.quotes.plot_share(shares())
    assert written(ax)[:3] == ["Outlet 00", "20 words", "Lina Roth"]
    assert ax.figure.get_size_inches()[0] < 4


def own_voice(*values, words=200):
    rows = [
        (f"Outlet {n}", name, share)
        for n, own in enumerate(values)
        for name, share in (("(the outlet itself)", own), ("A", 1 - own))
    ]
    table = pd.DataFrame(rows, columns=["outlet", "speaker", "share"])
    return table.assign(all_words=words, words=(table["share"] * words).astype(int))


def test_plot_share_says_who_gives_others_more_room():
    assert (
        told(ss.quotes.plot_share(own_voice(0.4, 0.8))).title
        == "Outlet 0 gives 60% of its words to others, Outlet 1 20%"
    )
    assert told(ss.quotes.plot_share(own_voice(0.7, 0.8))).title == "Whose words they are"
    assert told(ss.quotes.plot_share(own_voice(0.4, 0.8, words=50))).title == "Whose words they are"


def kinds(direct_a, direct_b, n):
    rows = [
        (outlet, kind, share)
        for outlet, direct in (("Post", direct_a), ("Mail", direct_b))
        for kind, share in (("direct", direct), ("indirect", 1 - direct))
    ]
    return pd.DataFrame(rows, columns=["outlet", "kind", "share"]).assign(all_statements=n, statements=1)


def test_plot_direct_share_names_outlets_only_where_they_surely_differ():
    sure = told(ss.quotes.plot_direct_share(kinds(0.8, 0.3, 40))).title
    assert sure == "Post quotes word by word more often than Mail"
    assert told(ss.quotes.plot_direct_share(kinds(0.8, 0.3, 4))).title == "Quoted word by word, or retold"


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
