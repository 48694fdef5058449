"""The timeline's figures, table and findings: labels that never meet, and little or nothing to draw."""

import itertools

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.pages.figures import told
from samestory.timeline.across import TIMELINE
from samestory.timeline.wording import date_label, elapsed


def events_of(n, outlets=("Courier", "Post"), step="1D"):
    days = pd.date_range("1950-01-01", periods=n, freq=step)
    same = {
        "passage": "The council met.",
        "granularity": "day",
        "how": "stated",
        "quoted": False,
        "outlets": 1,
    }
    rows = [
        same
        | {"event": k, "sentence": k, "start": k, "end": k + 1, "order": k + 1, "position": k / n}
        | {"outlet": outlets[k % len(outlets)], "article_id": f"a{k % len(outlets)}"}
        | {"text": f"The council met for the {k}th time to talk about the new harbour"}
        | {"value": day.date().isoformat(), "earliest": day, "latest": day + pd.Timedelta("23h")}
        for k, day in enumerate(days)
    ]
    return tables.build(rows, TIMELINE)


def overlapping(ax):
    """Pairs of texts whose boxes meet."""
    renderer = ax.figure.canvas.get_renderer()
    texts = [text for text in [*ax.texts, *ax.get_xticklabels()] if text.get_text()]
    boxes = [text.get_window_extent(renderer) for text in texts]
    upright = [n for n, text in enumerate(texts) if not text.get_rotation()]
    return [
        (texts[i].get_text(), texts[j].get_text())
        for i, j in itertools.combinations(upright, 2)
        if boxes[i].overlaps(boxes[j])
    ]


@pytest.mark.parametrize("n", [1, 5, 60])
@pytest.mark.parametrize("step", ["1D", "400D"], ids=["days", "decades"])
@pytest.mark.parametrize("outlets", [1, 2, 10])
def test_labels_of_the_timeline_never_meet(n, step, outlets):
    ax = ss.timeline.plot_events(events_of(n, [f"Outlet {k}" for k in range(outlets)], step))
    ax.figure.canvas.draw()
    assert overlapping(ax) == []
    plt.close(ax.figure)


def test_timeline_draws_a_marker_for_each_telling():
    events = events_of(4)
    events.loc[3, "how"] = "carried over"
    ax = ss.timeline.plot_events(events)
    markers = [line for line in ax.lines if line.get_marker() not in ("None", "")]
    assert len(markers) == 4
    assert [line.get_markerfacecolor() == "none" for line in markers] == [False, False, False, True]
    plt.close(ax.figure)


def test_timeline_says_how_many_events_are_left_out():
    ax = ss.timeline.plot_events(events_of(75))
    assert "50 more events not drawn: see the table" in told(ax).note
    plt.close(ax.figure)


def test_order_draws_a_line_for_each_article():
    ax = ss.timeline.plot_order(events_of(6))
    lines = [line for line in ax.lines if line.get_linestyle() == "-" and len(line.get_xdata()) > 2]
    assert [len(line.get_xdata()) for line in lines] == [3, 3]
    plt.close(ax.figure)


@pytest.mark.parametrize("plot", [ss.timeline.plot_events, ss.timeline.plot_order])
def test_plots_use_the_axes_they_are_given_and_say_so_when_empty(plot):
    ax = plt.subplots()[1]
    assert plot(events_of(0), ax=ax) is ax
    assert [text.get_text() for text in ax.texts] == ["no dated events"]
    plt.close(ax.figure)


def test_plots_name_the_missing_column():
    with pytest.raises(ValueError, match="no column"):
        ss.timeline.plot_events(pd.DataFrame({"event": []}))


def test_table_keeps_every_event_and_its_place():
    table = ss.timeline.event_table(events_of(3))
    assert table["when"].tolist() == ["1 Jan 1950", "2 Jan 1950", "3 Jan 1950"]
    assert {"article_id", "start", "end"} <= set(table.columns)
    assert ss.timeline.event_table(events_of(0)).empty


def test_findings_are_at_most_five_sentences(seed_story):
    found = ss.timeline.in_short(seed_story)
    assert 1 <= len(found) <= 5
    assert all(sentence.endswith((".", "”.")) for sentence in found)


def test_findings_say_when_nothing_is_dated():
    articles = pd.DataFrame(
        [{"article_id": "a", "outlet": "Post", "text": "Soup is good.", "published": pd.NaT}]
    )
    articles["published"] = pd.to_datetime(articles["published"])
    assert ss.timeline.in_short(ss.annotate(articles)) == [
        "No event could be dated; articles without a publication date: 1 of 1."
    ]


@pytest.mark.parametrize(
    ("value", "earliest", "granularity", "label"),
    [
        ("2025-07-01TEV", "2025-07-01 18:00", "time", "1 Jul 2025, evening"),
        ("2025-07-01", "2025-07-01", "day", "1 Jul 2025"),
        ("2025-W27", "2025-06-30", "week", "week of 30 Jun 2025"),
        ("2025-06", "2025-06-01", "month", "Jun 2025"),
        ("2025-Q3", "2025-07-01", "quarter", "Q3 2025"),
        ("2025-WI", "2024-12-01", "season", "winter 2025"),
        ("199", "1990-01-01", "decade", "the 1990s"),
    ],
)
def test_date_label_is_as_exact_as_the_value(value, earliest, granularity, label):
    assert date_label(value, pd.Timestamp(earliest), granularity) == label


def test_elapsed_is_in_the_largest_unit():
    day = pd.Timestamp("2025-01-01")
    spans = [1, 2, 90, 800]
    found = [elapsed(day, day + pd.Timedelta(days=n), exact=True) for n in spans]
    assert found == ["", "2 days later", "3 months later", "2 years later"]
    assert elapsed(day, day + pd.Timedelta(days=9), exact=False) == ""
