"""Dates in a reader's words."""

import pandas as pd
import pytest

from samestory.timeline.wording import date_label, part_label


@pytest.mark.parametrize(
    ("value", "earliest", "granularity", "label"),
    [
        ("20", "2000-01-01", "century", "21st century"),
        ("18", "1800-01-01", "century", "19th century"),
        ("10", "1000-01-01", "century", "11th century"),
        ("2025-H2", "2025-07-01", "half year", "H2 2025"),
        ("2025-FA", "2025-09-01", "season", "autumn 2025"),
        ("1987", "1987-01-01", "year", "1987"),
    ],
)
def test_date_label_is_in_words(value, earliest, granularity, label):
    assert date_label(value, pd.Timestamp(earliest), granularity) == label


@pytest.mark.parametrize(
    ("value", "label"), [("2025-07-01TEV", "evening"), ("2025-07-01T21:30", "21:30"), ("2025-07-01", "")]
)
def test_part_label_is_the_time_of_day(value, label):
    assert part_label(value) == label
