"""The timeline in sentences whose numbers are counted by hand; published on Friday, 4 July 2025."""

import pandas as pd

import samestory as ss

FRIDAY = pd.Timestamp("2025-07-04")


def in_short(story_of, texts, published=FRIDAY):
    return ss.timeline.in_short(story_of(texts, published=published))


def test_no_event_is_dated_without_a_date_to_reckon_from(story_of):
    assert in_short(story_of, {"Post": "The bridge fell."}, published=pd.NaT) == [
        "No event could be dated; articles without a publication date: 1 of 1."
    ]
    assert in_short(story_of, {}) == ["No event could be dated."]


def test_one_outlet_is_compared_with_none(story_of):
    findings = in_short(story_of, {"Herald": "The bridge fell on July 1. It was built in May 1931."})
    assert findings[0] == ("2 dated events in 1 article, from May 1931 to 1 Jul 2025; all dated in words.")
    assert not any("more than one" in finding for finding in findings)
    assert "1 of 1 steps from one event to the next go back in time." in findings


def test_days_that_no_two_outlets_share(story_of):
    findings = in_short(
        story_of, {"Herald": "The bridge fell on July 1.", "Post": "Divers searched the river on July 3."}
    )
    assert not any("More than one outlet" in finding for finding in findings)
    [alone] = [finding for finding in findings if finding.startswith("Herald alone")]
    assert alone.endswith("1 day, such as 1 Jul 2025.")
    assert [passage.text for passage in alone.passages] == ["The bridge fell on July 1"]


def test_a_day_that_all_outlets_tell_of(story_of):
    findings = in_short(
        story_of, {"Herald": "The bridge fell on July 1.", "Post": "On July 1 the harbour bridge collapsed."}
    )
    assert "More than one outlet tells of 1 of 1 day; 2 of 2 tell of 1 Jul 2025." in findings


def test_dates_that_stay_open_are_counted(story_of):
    texts = {"Herald": "The bridge fell on July 1, 2025. It was shut last week."}
    findings = in_short(story_of, texts, published=pd.NaT)
    assert findings[-1].startswith("1 of 2 dates")
