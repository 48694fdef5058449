"""Tables for readers: escaped, whole, rounded, linked, and the same in every run."""

import numpy as np
import pandas as pd
import pytest

import samestory as ss
from samestory.pages.finding import FACT, Finding, Passage
from samestory.pages.html import passage_anchor
from samestory.pages.tables import LONGEST_CELL, format_value, table_html

QUOTES = pd.DataFrame(
    {
        "article_id": ["harbour-post", "valley herald"],
        "outlet": ["Harbour Post", "Valley <Herald>"],
        "start": [12, 40],
        "end": [30, 61],
        "text": ["the ferry will sail", "no ferry <b>sails</b> & that is that"],
        "words": [4, 1200],
        "share": [0.123456, np.nan],
    }
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(np.nan, "—", id="nan"),
        pytest.param(pd.NaT, "—", id="no date"),
        pytest.param(None, "—", id="none"),
        pytest.param(True, "yes", id="true"),
        pytest.param(np.bool_(False), "no", id="numpy false"),
        pytest.param(12345, "12,345", id="integer"),
        pytest.param(np.int64(7), "7", id="numpy integer"),
        pytest.param(0.126, "0.13", id="rounded"),
        pytest.param(-0.001, "0.00", id="no negative zero"),
        pytest.param(pd.Timestamp("2025-07-04"), "4 Jul 2025", id="day"),
        pytest.param(pd.Timestamp("2025-07-04 16:05"), "4 Jul 2025, 16:05", id="day and time"),
        pytest.param(["a", 2], "a, 2", id="list"),
        pytest.param({"b", "a"}, "a, b", id="set, sorted"),
        pytest.param([], "—", id="empty list"),
        pytest.param("plain", "plain", id="string"),
    ],
)
def test_format_value(value, expected):
    assert format_value(value) == expected


def test_format_value_cuts_a_text_that_is_no_passage():
    assert format_value("a" * (LONGEST_CELL + 9)).endswith("a … (9 more characters)")


def test_show_table_escapes_and_links(shown):
    (output,) = shown(ss.show_table, QUOTES, caption="Ferries < boats")
    html, plain = output.data["text/html"], output.data["text/plain"]
    assert "no ferry &lt;b&gt;sails&lt;/b&gt; &amp; that is that" in html
    assert "Valley &lt;Herald&gt;" in html
    assert "<caption><span>Ferries &lt; boats</span></caption>" in html
    assert f'href="0-articles.ipynb#{passage_anchor("valley herald", 40)}"' in html
    assert '<th scope="col" class="number">share</th>' in html
    assert "start" not in plain
    assert plain.splitlines()[2] == "Harbour Post     the ferry will sail                       4   0.12"


def test_show_table_is_the_same_every_time(shown):
    first, second = (shown(ss.show_table, QUOTES)[0].data for _ in range(2))
    assert first == second


def test_show_table_links_both_sides_of_a_pair(shown):
    pairs = pd.DataFrame({"article_a": ["x"], "start_a": [1], "article_b": ["y"], "start_b": [2]})
    (output,) = shown(ss.show_table, pairs)
    assert 'href="0-articles.ipynb#passage-x-1"' in output.data["text/html"]
    assert 'href="0-articles.ipynb#passage-y-2"' in output.data["text/html"]


def test_table_names_an_article_only_where_no_outlet_does():
    pair = pd.DataFrame({"article_a": ["x"], "start_a": [1], "article_b": ["y"], "start_b": [2]})
    assert "article a" in table_html(pair)
    assert "article a" not in table_html(pair.assign(outlet_a="Post", outlet_b="Mail"))


def test_show_table_shows_counts_whole_and_named_rows(shown):
    counts = pd.DataFrame({"Post": [3.0, np.nan]}, index=pd.Index(["Zhao", "Mora"], name="speaker"))
    (output,) = shown(ss.show_table, counts)
    assert output.data["text/plain"].splitlines() == ["speaker  Post", "Zhao        3", "Mora        —"]
    assert '<th scope="row" style="text-align: left">Zhao</th>' in output.data["text/html"]


def test_show_table_counts_the_rows_it_leaves_out(shown):
    (output,) = shown(ss.show_table, pd.DataFrame({"n": range(1000)}), limit=3)
    assert output.data["text/html"].count("<tr>") == 4
    assert "997 more rows are not shown; the table has 1,000." in output.data["text/html"]


@pytest.mark.parametrize("table", [QUOTES.head(0), pd.DataFrame()], ids=["no rows", "nothing"])
def test_show_table_says_that_nothing_was_found(shown, table):
    (output,) = shown(ss.show_table, table)
    assert "Nothing of this kind was found." in output.data["text/plain"]
    assert "<table" not in output.data["text/html"]


def test_show_table_leaves_the_table_as_it_was(shown):
    before = QUOTES.copy(deep=True)
    shown(ss.show_table, QUOTES)
    pd.testing.assert_frame_equal(QUOTES, before)


def test_show_findings_gives_list_text_and_data(shown):
    (output,) = shown(ss.show_findings, ["Post quotes 2 < 3 people.", "No date is known."])
    assert "<li>Post quotes 2 &lt; 3 people.\n</li>" in output.data["text/html"]
    assert output.data["text/plain"] == "- Post quotes 2 < 3 people.\n- No date is known."
    told = output.data["application/vnd.samestory.findings+json"]
    assert [finding["text"] for finding in told] == ["Post quotes 2 < 3 people.", "No date is known."]


def test_show_findings_quotes_and_links_the_passages(shown):
    passage = Passage("Post", "a<1", 7, "20 died,\n<b>officials</b> said")
    (output,) = shown(ss.show_findings, [Finding("Post counts 20.", FACT, [passage])])
    html = output.data["text/html"]
    assert (
        f'0-articles.ipynb#{passage_anchor("a<1", 7)}">Post</a>: “20 died, &lt;b&gt;officials&lt;/b&gt; said”'
        in html
    )
    assert output.data["text/plain"].splitlines()[1] == "    Post: “20 died, <b>officials</b> said”"
    assert output.data["application/vnd.samestory.findings+json"][0]["weight"] == FACT


def test_show_findings_without_any(shown):
    (output,) = shown(ss.show_findings, [])
    assert "Nothing here is sure enough" in output.data["text/html"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("a b", "a-b"), ("a b", "a_b"), ("a b", "a.b"), ("é", "è")],
)
def test_passage_anchor_differs_between_articles(one, other):
    assert passage_anchor(one, 5) != passage_anchor(other, 5)


@pytest.mark.parametrize("article_id", ["post-03", 'x" onclick="alert(1)', "日本", "\ud800", ""])
def test_passage_anchor_is_safe_in_an_attribute(article_id):
    anchor = passage_anchor(article_id, 7)
    assert anchor.isascii()
    assert not set(anchor) & set(" \"'<>&#")


def test_html_is_kept_from_being_set_as_formulas(shown):
    (output,) = shown(ss.show_findings, ["The fare rose from $4 to $5."])
    assert output.data["text/html"].startswith('<div class="mathjax_ignore">')


def test_cells_say_by_what_they_are_sorted_where_that_is_not_their_text():
    table = pd.DataFrame(
        {"n": [1200, 7], "day": pd.to_datetime(["2025-07-04 09:30", None]), "what": ["b", "a"]}
    )
    html = table_html(table)
    assert 'data-sort="1200"' in html
    assert 'data-sort="2025-07-04T09:30:00"' in html
    assert 'data-sort=""' in html
    assert html.count("data-sort") == 4
