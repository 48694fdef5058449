"""Could an outlet have known: when a statement was first told, and whose articles are older."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory import tables
from samestory.statements.article_times import article_times, surely_before
from samestory.statements.could_know import BEFORE, LATER, NOT_KNOWN, timing_of

DAM = "Engineers closed the Orvil dam on Tuesday after a crack was found in its wall.\n\nNobody was hurt."
RIVER = "Two fishermen drowned below the Orvil dam during the night, the harbour police of Tessin reported."
FESTIVAL = "Some 4,000 visitors came to the pear festival in Lund, its organiser Mats Ohlin counted."

WHEN = st.sampled_from([
    pd.Timestamp(one)
    for one in ("2031-05-05", "2031-05-06", "2031-05-06 00:30", "2031-05-06 12:00", "2031-05-07 01:00", "NaT")
])  # fmt: skip


@pytest.fixture(scope="module")
def told(story_of):
    """A story in which Herald alone tells of the fishermen, with dates."""

    def made(herald, post, **columns):
        dates = [pd.Timestamp(one) if one else pd.NaT for one in (herald, post)]
        return story_of({"Herald": f"{DAM}\n\n{RIVER}", "Post": DAM}, published=dates, **columns)

    return made


def timing_at(story):
    table = ss.statements.first_told(story)
    (row,) = table[table["text"].fillna(RIVER) == RIVER].itertuples()
    return row


@pytest.mark.parametrize(
    ("herald", "post", "columns", "timing", "hours"),
    [
        pytest.param("2031-05-06 12:00", "2031-05-06 09:00", {}, BEFORE, 3, id="three hours before"),
        pytest.param("2031-05-06 12:00", "2031-05-06 17:00", {}, LATER, -5, id="five hours later"),
        pytest.param("2031-05-07", "2031-05-06", {}, BEFORE, None, id="the day before, without clocks"),
        pytest.param("2031-05-06", "2031-05-08 08:00", {}, LATER, None, id="two days later, one clock"),
        pytest.param(
            "2031-05-06 12:00",
            "2031-05-06 09:00",
            {"updated": [pd.NaT, pd.Timestamp("2031-05-06 20:00")]},
            LATER,
            -8,
            id="an update makes it later",
        ),
        pytest.param(
            "2031-05-06 12:00",
            "2031-05-06 11:00",
            {"zone": ["UTC", "America/New_York"]},
            LATER,
            -3,
            id="an earlier clock in a later zone",
        ),
        pytest.param(
            "2031-05-06 12:00",
            "2031-05-06 11:40",
            {"zone": ["Europe/Paris", "+02:00"]},
            BEFORE,
            1 / 3,
            id="minutes within one zone",
        ),
        pytest.param(
            "2031-05-06", "2031-05-06 09:00", {}, NOT_KNOWN, None, id="the same day, one without clock"
        ),
        pytest.param("2031-05-06", "2031-05-06", {}, NOT_KNOWN, None, id="the same day, no clock"),
        pytest.param("2031-05-06 12:00", None, {}, NOT_KNOWN, None, id="no date"),
        pytest.param(None, "2031-05-06 12:00", {}, NOT_KNOWN, None, id="the telling has no date"),
        pytest.param(
            "2031-05-06 12:00", "2031-05-06 11:30", {}, NOT_KNOWN, None, id="half an hour by unknown clocks"
        ),
        pytest.param(
            "2031-05-06 12:00",
            "2031-05-05 23:00",
            {"zone": [None, "Asia/Tokyo"]},
            NOT_KNOWN,
            None,
            id="one zone only",
        ),
        pytest.param(
            "2031-05-07",
            "2031-05-06",
            {"published_from": ["stated", "inferred"]},
            NOT_KNOWN,
            None,
            id="an inferred day may be the next",
        ),
        pytest.param(
            "2031-05-06 12:00",
            "2031-05-06 09:00",
            {"updated": [pd.NaT, pd.Timestamp("2031-05-06")]},
            NOT_KNOWN,
            None,
            id="updated on that day, nobody says when",
        ),
    ],
)
def test_could_it_be_known(told, herald, post, columns, timing, hours):
    row = timing_at(told(herald, post, **columns))
    assert row.timing == timing
    assert (row.hours == pytest.approx(hours)) if hours is not None else pd.isna(row.hours)
    assert (row.outlet, row.latest_article) == ("Post", "post")


def test_the_first_telling_is_named_with_its_place(told):
    story = told("2031-05-06 12:00", "2031-05-06 09:00")
    row = timing_at(story)
    assert (row.first_outlet, row.first_published) == ("Herald", pd.Timestamp("2031-05-06 12:00"))
    text = story.articles.set_index("article_id")["text"][row.article_id]
    assert text[row.start : row.end] == row.text == RIVER


@pytest.mark.parametrize(
    ("post", "first", "surely"),
    [
        ("2031-05-06 09:00", "Post", True),
        ("2031-05-06", "Post", False),  # at some hour of that day
        (None, "Herald", False),
    ],
)
def test_who_was_first_is_sure_only_where_the_dates_say_so(story_of, post, first, surely):
    texts = {"Herald": f"{DAM}\n\n{RIVER}", "Post": f"{DAM}\n\n{RIVER}", "Star": FESTIVAL}
    dates = [pd.Timestamp(one) if one else pd.NaT for one in ("2031-05-06 12:00", post, "2031-05-01")]
    table = ss.statements.first_told(story_of(texts, published=dates))
    (row,) = table[table["text"] == RIVER].itertuples()
    assert (row.outlet, row.first_outlet, row.surely_first) == ("Star", first, surely)


def test_a_telling_without_a_date_may_be_the_first(story_of):
    dates = [pd.Timestamp("2031-05-06 12:00"), pd.NaT, pd.Timestamp("2031-05-05 12:00")]
    story = story_of(
        {"Herald": f"{DAM}\n\n{RIVER}", "Post": f"{DAM}\n\n{RIVER}", "Star": DAM}, published=dates
    )
    timing = timing_of(story)
    assert timing({"herald"}, "Star").timing == BEFORE
    assert timing({"herald", "post"}, "Star").timing == NOT_KNOWN


@settings(max_examples=200, deadline=None)
@given(
    own=st.lists(st.tuples(WHEN, st.sampled_from([None, "UTC", "Asia/Tokyo"])), min_size=1, max_size=8),
    told=st.tuples(WHEN, st.sampled_from([None, "UTC"])),
)
def test_however_many_articles_an_outlet_has_all_of_them_count(own, told):
    dates, zones = zip(told, *own, strict=True)
    ids = [f"a{n}" for n in range(len(dates))]
    outlets = ["Herald", *["Post"] * len(own)]
    columns = {"article_id": ids, "outlet": outlets, "published": dates, "zone": zones}
    story = ss.Story(
        tables.build([], tables.ARTICLES).assign(zone=None).reindex(range(len(ids))).assign(**columns),
        **{name: tables.build([], kinds) for name, kinds in tables.ANNOTATIONS.items()},
    )
    times = article_times(story.articles)
    telling, others = times["a0"].published, [times[one].changed for one in ids[1:]]
    before = all(surely_before(mine, telling) for mine in others)
    later = any(surely_before(telling, mine) for mine in others)
    found = timing_of(story)({"a0"}, "Post")
    assert found.timing == (BEFORE if before else LATER if later else NOT_KNOWN)


def test_an_outlet_of_several_articles_could_know_by_its_latest(story_of):
    texts = {"Herald": f"{DAM}\n\n{RIVER}", "Post": DAM, "Post Two": FESTIVAL}
    dates = pd.to_datetime(["2031-05-06 12:00", "2031-05-06 08:00", "2031-05-06 18:00"])
    story = story_of(texts, published=dates)
    story.articles["outlet"] = story.articles["outlet"].replace("Post Two", "Post")
    found = timing_of(story)({"herald"}, "Post")
    assert (found.timing, found.article_id, found.words) == (LATER, "post two", "6 hours later")


def test_only_in_says_whose_article_is_from_before(told):
    own = ss.statements.only_in(told("2031-05-08 12:00", "2031-05-05 12:00"), outlet="Herald")
    assert own["others_published"].tolist() == ["Post: 3 days before"]
    own = ss.statements.only_in(told(None, None), outlet="Herald")
    assert own["others_published"].isna().all()


@pytest.mark.parametrize(
    ("post", "star", "said"),
    [
        (
            "2031-05-06 09:00",
            "2031-05-06 15:00",
            "Found in Herald only (published before it: Post by 3 hours):",
        ),
        ("2031-05-06 09:00", "2031-05-06 08:00", "Found in Herald only, whose article is the latest:"),
        ("2031-05-06 15:00", None, "Found in Herald only:"),
    ],
)
def test_the_page_does_not_blame_an_early_article(story_of, post, star, said):
    dates = [pd.Timestamp(one) if one else pd.NaT for one in ("2031-05-06 12:00", post, star)]
    story = story_of({"Herald": f"{DAM}\n\n{RIVER}", "Post": DAM, "Star": DAM}, published=dates)
    found = [finding for finding in ss.statements.in_short(story) if finding.startswith("Found in Herald")]
    assert found[:1] == [said]


def test_a_zone_that_is_none_is_an_error(told):
    with pytest.raises(ValueError, match=r"'post': zone is 'Moon/Base'; expected a time zone such as"):
        ss.statements.first_told(told("2031-05-06 12:00", "2031-05-06 09:00", zone=["UTC", "Moon/Base"]))


def test_no_article_is_before_itself():
    times = article_times(pd.DataFrame({"article_id": ["a"], "published": pd.to_datetime(["2031-05-06"])}))
    assert not surely_before(times["a"].published, times["a"].changed)
