"""The overview of what was read: tables, figures and findings on every size of input."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.pages.figures import told
from samestory.reading.plots import MOST_BARS, MOST_OUTLETS
from samestory.story import Story


def table(n_outlets, n_each, *, dated=True):
    rows = [
        {
            "article_id": f"{outlet}-{n}",
            "outlet": f"Outlet {outlet:02}",
            "title": f"Price of bread is ${n}",
            "published": pd.Timestamp("2024-05-14 09:00") + pd.Timedelta(hours=7 * n) if dated else None,
            "published_from": "stated" if dated else None,
            "words": 2,
            "source": f"{outlet}-{n}.txt",
            "raw": f"Share\nBread {outlet} {n}",
            "removed": [(0, 5, "sharing")],
            "text": f"Bread {outlet} {n}",
        }
        for outlet in range(n_outlets)
        for n in range(n_each)
    ]
    return tables.build(rows, tables.ARTICLES)


def story_of(articles):
    empty = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    return Story(articles, **empty)


SIZES = pytest.mark.parametrize(
    "articles",
    [table(0, 0), table(1, 1), table(3, 2), table(2, 1, dated=False), table(10, 50), table(60, 1)],
    ids=["none", "one", "six", "undated", "ten-by-fifty", "sixty-outlets"],
)


@SIZES
@pytest.mark.parametrize("plot", [ss.reading.plot_lengths, ss.reading.plot_published])
def test_plots_draw_on_the_given_axes_whatever_the_size(articles, plot):
    ax = plt.subplots()[1]
    assert plot(articles, ax=ax) is ax
    assert len(ax.get_yticks()) <= max(MOST_BARS, MOST_OUTLETS)
    ax.figure.canvas.draw()
    plt.close("all")


@SIZES
def test_article_findings_are_at_most_five_sentences(articles):
    findings = ss.reading.in_short(story_of(articles))
    assert 1 <= len(findings) <= 5
    assert all(finding.endswith(".") for finding in findings)


def test_plot_lengths_draws_a_bar_an_article():
    articles = table(2, 1).assign(words=[300, 200])
    ax = ss.reading.plot_lengths(articles)
    assert [bar.get_width() for bar in ax.patches] == [300, 200]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Outlet 00", "Outlet 01"]
    plt.close("all")


def test_plot_published_says_how_many_are_left_out():
    articles = table(2, 1)
    articles.loc[0, "published"] = pd.NaT
    assert "1 without a date not drawn" in told(ss.reading.plot_published(articles)).note
    plt.close("all")


def test_article_list_says_how_a_date_is_known():
    articles = table(4, 1).assign(published_from=["manifest", "stated", "inferred", None])
    assert list(ss.reading.article_list(articles)["date_known_from"]) == [
        "articles.csv", "stated by the outlet", "inferred, may be a day off", "not known",
    ]  # fmt: skip


def test_article_findings_compare_lengths_and_dates():
    articles = table(2, 1).assign(words=[300, 100])
    findings = " ".join(ss.reading.in_short(story_of(articles)))
    assert "2 articles of 2 outlets, 400 words in all, from 100 to 300 words an article." in findings
    assert "Outlet 00 has the most words (300), 3.0 times those of Outlet 01 (100)" in findings
    assert findings.endswith("They appeared on 14 May 2024.")


def test_article_findings_say_what_is_not_known_of_dates():
    articles = table(3, 1).assign(published_from=["stated", "inferred", None])
    articles.loc[2, "published"] = pd.NaT
    findings = ss.reading.in_short(story_of(articles))
    assert findings[-1].endswith("; 1 of 3 have no date; the date of 1 is inferred and may be a day off.")


def test_removed_passages_lead_back_to_the_raw_text():
    articles = table(2, 1)
    raw = articles.set_index("article_id")["raw"]
    removed = ss.reading.removed_passages(articles)
    assert list(removed["reason"]) == ["sharing", "sharing"]
    for row in removed.itertuples():
        assert raw[row.article_id][row.raw_start : row.raw_end].strip() == row.passage


def test_article_lengths_counts_with_and_without_clutter():
    lengths = ss.reading.lengths(table(1, 1)).iloc[0]
    assert (lengths["words"], lengths["words_with_clutter"], lengths["cut_share"]) == (3, 4, 0.25)
    assert ss.reading.lengths(pd.DataFrame({"article_id": ["a"], "text": ["One."]}))["words"][0] == 1


def by_outlet(*words):
    rows = [
        {"article_id": f"a{n}", "outlet": f"Post {n}", "title": "T", "words": one}
        for n, one in enumerate(words)
    ]
    return pd.DataFrame(rows)


def test_plot_lengths_says_who_writes_how_much():
    assert (
        told(ss.reading.plot_lengths(by_outlet(900, 300))).title
        == "Post 0 writes 3.0 times as much as Post 1"
    )
    alike = told(ss.reading.plot_lengths(by_outlet(310, 300))).title
    assert alike == "The outlets write at about the same length (300 to 310 words)"


def appeared(*times):
    return by_outlet(*[100] * len(times)).assign(
        published=pd.to_datetime(list(times), format="ISO8601"), published_from="stated"
    )


def test_plot_published_says_who_was_first_where_the_hours_tell():
    first = told(ss.reading.plot_published(appeared("2025-07-04 09:00", "2025-07-04 11:00"))).title
    assert first == "Post 0 was first of those gathered here"
    unsure = told(ss.reading.plot_published(appeared("2025-07-04 09:00", "2025-07-04"))).title
    assert unsure == "When the articles appeared"
