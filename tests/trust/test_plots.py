"""The figure of corrected shares: what is drawn, from the axes."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from samestory.pages import figures
from samestory.trust.plots import plot_corrected

SHARES = pd.DataFrame(
    [
        ("quotes", "reported", "Herald", "yes", 60, 0.5, 0.62, 0.4, 0.8),
        ("quotes", "reported", "Post", "yes", 40, 0.25, float("nan"), float("nan"), float("nan")),
        ("quotes", "reported", "(all outlets)", "yes", 100, 0.4, 0.47, 0.3, 0.6),
        ("quotes", "reported", "Herald", "no", 60, 0.5, 0.38, 0.2, 0.6),
    ],
    columns=["what", "variable", "outlet", "value", "units", "raw", "corrected", "low", "high"],
)


def test_each_outlet_has_a_row_and_a_share_that_cannot_be_corrected_stands_alone():
    ax = plot_corrected(SHARES)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Herald (n=60)", "Post (n=40)"]
    assert figures.told(ax).title == "Quotes, reported: “yes”, as the machine says and corrected"
    assert figures.told(ax).says == "Herald: 50%, corrected 62% (40% to 80%). Post: 25%."
    spans = [line.get_xdata() for line in ax.get_lines() if len(line.get_xdata()) == 2]
    assert [list(span) for span in spans] == [[0.4, 0.8]]
    plt.close(ax.figure)


def test_given_axes_are_used_and_what_is_left_out_is_said():
    _, ax = plt.subplots()
    assert plot_corrected(SHARES, ax=ax, limit=1) is ax
    assert "1 more outlet" in figures.told(ax).note
    plt.close(ax.figure)


def test_nothing_to_draw():
    ax = plot_corrected(SHARES.iloc[:0])
    assert figures.told(ax).nothing
    plt.close(ax.figure)
    with pytest.raises(ValueError, match="no column"):
        plot_corrected(SHARES.drop(columns="raw"))
