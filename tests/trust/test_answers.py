"""What coders write, as values."""

import pandas as pd
import pytest

from samestory.trust.answers import answer, day_span, one_name
from samestory.trust.coding import coding

REPORTED, SPEAKER, _ = coding("quotes").variables
DATE = coding("times").variables[1]


@pytest.mark.parametrize(
    ("written", "value"),
    [("yes", "yes"), (" YES. ", "yes"), ("'no", "no"), ("No\u00a0", "no"), ("maybe", None), ("", None)],
)
def test_choices(written, value):
    assert answer(written, REPORTED) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2025-07-04", "2025-07-04"),
        ("2025-7-4", "2025-07-04"),
        ("2025-07-04 00:00:00", "2025-07-04"),
        ("2025-07", "2025-07"),
        ("2025", "2025"),
        ("2025-06-30/2025-07-06", "2025-06-30/2025-07-06"),
        ("2025-07-01/2025-07-31", "2025-07"),
        ("4 July 2025", "2025-07-04"),
        ("Not said", "not said"),
        ("2025-13-40", None),
        ("2025-07-06/2025-06-30", None),
        ("last week", None),
    ],
)
def test_dates(written, value):
    assert answer(written, DATE) == value


@pytest.mark.parametrize(
    ("value", "earliest", "latest", "expected"),
    [
        ("2025-07-04", "2025-07-04", "2025-07-04 23:59:59", "2025-07-04"),
        ("2025-07-04TNI", "2025-07-04 18:00", "2025-07-05 05:59", "2025-07-04"),
        ("2025-02", "2025-02-01", "2025-02-28 23:59:59", "2025-02"),
        ("2025", "2025-01-01", "2025-12-31 23:59:59", "2025"),
        ("2025-W27", "2025-06-30", "2025-07-06 23:59:59", "2025-06-30/2025-07-06"),
        ("PAST_REF", None, None, None),
    ],
)
def test_the_machine_writes_days_as_a_coder_does(value, earliest, latest, expected):
    assert day_span(value, pd.Timestamp(earliest), pd.Timestamp(latest)) == expected


def test_names_that_mean_one_have_one_form():
    names = ["Volodymyr Zelensky", "zelensky", "President Zelensky", "Trump", "Donald Trump", "Ivanka Trump",
             "Núñez", "Nunez", "not said", "–"]  # fmt: skip
    found = one_name(names)
    assert {found[name] for name in names[:3]} == {"Volodymyr Zelensky"}
    assert found["Trump"] == "Trump"  # two may be meant
    assert found["Núñez"] == found["Nunez"]
    assert found["not said"] == "not said"
    assert found["–"] == "–"
