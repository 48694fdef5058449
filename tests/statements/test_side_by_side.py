"""Statements in figures, words and side by side."""

import re

import pandas as pd
import pytest

import samestory as ss
from samestory.statements import side_by_side


@pytest.fixture
def shown(monkeypatch):
    """What a view displays: its HTML and its plain text."""
    kept = []
    monkeypatch.setattr(side_by_side, "show_html", lambda html, text: kept.append((html, text)))
    return kept


def story_of(texts: dict[str, str]) -> ss.Story:
    rows = [
        {"article_id": name, "outlet": name, "title": "", "published": pd.NaT, "text": text}
        for name, text in texts.items()
    ]
    return ss.annotate(pd.DataFrame(rows, columns=["article_id", "outlet", "title", "published", "text"]))


def test_show_told_twice_marks_words_by_more_than_colour(seed_story, shown):
    ss.statements.show_told_twice(seed_story)
    html, text = shown[0]
    assert "only-here" in html
    assert "text-decoration" in html
    assert text.count("same words") == ss.same_statements(seed_story)["sure"].sum()


def test_show_parallel_links_every_pair_both_ways(seed_story, shown):
    ss.show_parallel(seed_story)
    html, _ = shown[0]
    links = re.findall(r'class="link pair-(\d+)" href="#([^"]+)"', html)
    assert len(links) == 2 * ss.same_statements(seed_story)["sure"].sum()
    for pair, place in links:
        assert re.search(rf'class="told-too[^"]* pair-{pair}[" ][^>]*id="{place}"', html)
        assert f"a.pair-{pair}:is(:focus, :hover)" in html


def test_show_parallel_has_names_of_its_own_where_other_notebooks_may_be_open(seed_story, shown, monkeypatch):
    monkeypatch.setattr(side_by_side, "someone_is_there", lambda: True)
    for _ in range(2):
        ss.show_parallel(seed_story)
    first, second = (set(re.findall(r'\bid="([^"]+)"', html)) for html, _ in shown)
    assert first
    assert not first & second


def test_show_told_twice_marks_nothing_where_few_words_are_the_same(seed_story, shown):
    pairs = ss.same_statements(seed_story)
    summary = ss.statements.told_twice_summary(seed_story, pairs=pairs)
    few = (summary["same_share"] < side_by_side.FEW_SHARED).to_numpy()
    assert few.any()
    ss.statements.show_told_twice(seed_story, pairs=pairs[few].reset_index(drop=True))
    assert shown[0][0].count('class="only-here"') == 1  # it explains the mark
    ss.statements.show_told_twice(seed_story, pairs=pairs[~few].reset_index(drop=True))
    assert shown[1][0].count('class="only-here"') > 1


def test_views_escape_what_articles_say(shown):
    said = "The mayor said that <script>alert(1)</script> the old harbour bridge will close in March."
    story = story_of({"Herald": said, "Post": said})
    ss.statements.show_told_twice(story)
    ss.show_parallel(story)
    assert len(shown) == 2
    assert not any("<script" in html for html, _ in shown)


def test_show_parallel_names_the_articles_that_it_knows(seed_story):
    with pytest.raises(ValueError, match="unknown article 'x'; expected one of"):
        ss.show_parallel(seed_story, article_ids=["x"])


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        pytest.param({}, 0, id="no article"),
        pytest.param({"Herald": "It rained."}, 1, id="one outlet"),
        pytest.param({"Herald": "It rained.", "Post": "Penguins swim."}, 2, id="nothing shared"),
    ],
)
def test_statement_findings_say_what_there_is(texts, count, shown):
    story = story_of(texts)
    assert len(ss.statements.in_short(story)) == count
    ss.statements.show_told_twice(story)
    ss.show_parallel(story)
    assert len(shown) == 2


def test_statement_findings_never_say_omitted(seed_story):
    findings = ss.statements.in_short(seed_story)
    assert 1 <= len(findings) <= 5
    assert not any("omit" in finding or "left out" in finding for finding in findings)
