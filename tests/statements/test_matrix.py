"""The matrix of statements: which outlet tells which, as a table of links."""

import pytest

import samestory as ss
from samestory.statements import plots


@pytest.fixture
def shown(monkeypatch):
    """What the table displays: its HTML and its plain text."""
    kept = []
    monkeypatch.setattr(plots, "show_html", lambda html, text: kept.append((html, text)))
    return kept


def test_show_coverage_is_a_table_whose_cells_lead_to_the_passages(bridge, shown):
    ss.statements.show_coverage(ss.statements.coverage(bridge))
    html, text = shown[0]
    assert html.count('<td class="told"><a href="#passage-') == ss.statements.coverage(bridge)["found"].sum()
    assert text == "Statements told: Herald 5, Post 4"


def test_show_coverage_counts_what_it_leaves_out(bridge, shown):
    table = ss.statements.coverage(bridge)
    ss.statements.show_coverage(table, limit=1)
    assert f"{table['statement'].nunique() - 1} more statements not shown." in shown[0][0]


def test_show_coverage_of_nothing_says_so(bridge, shown):
    ss.statements.show_coverage(ss.statements.coverage(bridge).head(0))
    assert shown[0][1] == "No statement to compare."
