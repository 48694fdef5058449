"""Dates as pages print them: what is read, and what is left because it can't be."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.reading.dates import date_in_address, find_dates, parse_published


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-05-14", datetime(2024, 5, 14)),
        ("2024-05-14T09:00Z", datetime(2024, 5, 14, 9)),
        ("2024-05-14T09:05:10.123+03:00", datetime(2024, 5, 14, 9, 5, 10)),
        ("2024-05-14 09:05 +0200", datetime(2024, 5, 14, 9, 5)),
        ("20240514T090510Z", datetime(2024, 5, 14, 9, 5, 10)),
        ("Tuesday, May 14, 2024 4:56:20 PM", datetime(2024, 5, 14, 16, 56, 20)),
        ("May 14th, 2024 at 12:05 a.m. ET", datetime(2024, 5, 14, 0, 5)),
        ("Sept. 3, 2024", datetime(2024, 9, 3)),
        ("14 May 2024, 10:15 GMT", datetime(2024, 5, 14, 10, 15)),
        ("Tue, 14 May 2024 16:56:20 +0000", datetime(2024, 5, 14, 16, 56, 20)),
        ("10:15 BST, 14 May 2024", datetime(2024, 5, 14, 10, 15)),
        ("4:56 PM · May 14, 2024", datetime(2024, 5, 14, 16, 56)),
        ("14.05.2024 10:15", datetime(2024, 5, 14, 10, 15)),
        ("May 14, 2024 Tuesday", datetime(2024, 5, 14)),
        ("May 14, 2024, Tuesday 9:40 PM GMT", datetime(2024, 5, 14, 21, 40)),
        ("2024/05/14", datetime(2024, 5, 14)),
        ("14/05/2024", datetime(2024, 5, 14)),
        ("05/14/2024 9 pm", datetime(2024, 5, 14, 21)),
        ("the 3rd of May 2024"[4:], datetime(2024, 5, 3)),
    ],
)
def test_parse_published_reads(stated, expected):
    assert parse_published(stated) == expected


@pytest.mark.parametrize(
    "stated", ["Tuesday", "2024", "May 2024", "2024-13-01", "2024-02-30", "", "soon", "1715677200"]
)
def test_parse_published_refuses_what_is_no_full_date(stated):
    with pytest.raises(ValueError, match="expected a date such as 2024-05-14T09:00Z"):
        parse_published(stated)


def test_parse_published_does_not_choose_between_day_and_month():
    with pytest.raises(ValueError, match="'04/07/2025' can be read two ways"):
        parse_published("04/07/2025")


@pytest.mark.parametrize(
    "text",
    ["It cost 2024-05 crowns.", "version 1.2.2024.7", "route 20240514123", "in May 2024", "the 14 May crisis",
     "a 2024-99-99 score", "10.0.2024.1"],
)  # fmt: skip
def test_find_dates_finds_nothing(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://herald.example/2024/05/14/bridge", datetime(2024, 5, 14)),
        ("https://herald.example/news/2024/may/4/bridge", datetime(2024, 5, 4)),
        ("https://herald.example/news-20240514-bridge", datetime(2024, 5, 14)),
        ("https://herald.example/2024-05-14-bridge.html", datetime(2024, 5, 14)),
        ("https://herald.example/articles/10.1186/s12905-022-02136-8", None),
        ("https://herald.example/2024/05/bridge", None),
        ("https://herald.example/story/263700449", None),
        ("https://herald.example/2024/13/40/bridge", None),
    ],
)
def test_date_in_address(url, expected):
    assert date_in_address(url) == expected


@settings(max_examples=50, deadline=None)
@given(st.text(), st.datetimes(min_value=datetime(1700, 1, 1), max_value=datetime(2199, 1, 1)), st.text())
def test_find_dates_gives_places_that_hold_a_date(before, when, after):
    text = f"{before} {when:%d %B %Y, %H:%M} {after}"
    for date in find_dates(text):
        assert 0 <= date.start < date.end <= len(text)
        assert any(character.isdigit() for character in text[date.start : date.end])
