"""The timeline across outlets."""

import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.timeline.across import TIMELINE, events_of

COURIER = (
    "A bridge fell in Drell on Tuesday, killing two men. The mayor resigned on Wednesday. The bridge opened "
    "on May 4, 1972."
)
POST = (
    "The mayor of Drell resigned on Wednesday. The bridge in Drell fell on Monday. "
    "An inquiry begins on July 14."
)


def story_of(rows):
    columns = ["article_id", "outlet", "title", "published", "text"]
    articles = pd.DataFrame(rows, columns=columns)
    return ss.annotate(articles.assign(published=pd.to_datetime(articles["published"])))


@pytest.fixture(scope="module")
def story():
    return story_of(
        [
            ("a", "Courier", "Bridge falls", "2025-07-04", COURIER),
            ("b", "Post", "Mayor goes", "2025-07-04", POST),
        ]
    )


@pytest.fixture(scope="module")
def events(story):
    return ss.timeline.events(story)


def test_timeline_is_in_the_order_of_happening(events):
    assert list(events.columns) == list(TIMELINE)
    assert events["earliest"].dropna().dt.normalize().is_monotonic_increasing
    assert events["event"].is_monotonic_increasing


def test_timeline_offsets_give_its_words(story, events):
    texts = story.articles.set_index("article_id")["text"]
    assert all(texts[row.article_id][row.start : row.end] == row.text for row in events.itertuples())


def test_timeline_order_and_position_are_of_the_telling(events):
    courier = events[events["outlet"] == "Courier"].sort_values("order")
    assert courier["order"].tolist() == [1, 2, 3]
    assert courier["position"].is_monotonic_increasing
    assert courier["value"].tolist() == ["2025-07-01", "2025-07-02", "1972-05-04"]


def told(rows):
    columns = ["statement", "article_id", "outlet", "sentence", "similarity", "outlets"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(representative=table["similarity"].eq(1))


def test_a_telling_belongs_to_the_statement_that_it_fits_most_surely(story):
    weak = [(0, "a", "Courier", 1, 1.0, 2), (0, "b", "Post", 1, 0.3, 2)]
    sure = [(1, "a", "Courier", 1, 0.9, 2), (1, "b", "Post", 0, 1.0, 2)]
    events = events_of(story, told(weak + sure))
    courier = events[(events["outlet"] == "Courier") & (events["sentence"] == 1)]
    assert set(courier["statement"]) == {1}


def test_tellings_of_one_statement_on_one_day_are_one_event(story):
    same = told([(0, "a", "Courier", 1, 1.0, 2), (0, "b", "Post", 0, 0.9, 2)])
    events = events_of(story, same)
    resigned = events[events["value"] == "2025-07-02"]
    assert len(set(resigned["event"])) == 1
    assert resigned["outlets"].tolist() == [2, 2]


def test_one_statement_on_two_days_is_dated_differently(story):
    same = told([(0, "a", "Courier", 0, 1.0, 2), (0, "b", "Post", 1, 0.9, 2)])
    apart = ss.timeline.dated_differently(events_of(story, same))
    assert apart["value"].tolist() == ["2025-06-30", "2025-07-01"]
    assert ss.timeline.dated_differently(events_of(story, told([]))).empty


def dated(*tellings, **more):
    """Tellings of one statement, published on 4 July, given as (outlet, day); `more` columns for all."""
    rows = [
        {
            "statement": 0,
            "outlet": outlet,
            "how": "stated",
            "earliest": day,
            "latest": day,
            "published": "2025-07-04",
            "text": "the mayor resigned",
            "sure": 0.9,
        }
        | more
        for outlet, day in tellings
    ]
    other = dict.fromkeys(("event", "sentence", "start", "end", "order", "outlets", "quoted", "saying"), 0)
    return tables.build([other | row for row in rows], TIMELINE)


@pytest.mark.parametrize(
    ("tellings", "apart"),
    [
        pytest.param([("Courier", "2025-07-01"), ("Post", "2025-07-02")], True, id="two days"),
        pytest.param(
            [("Courier", "2025-07-01"), ("Courier", "2025-07-02"), ("Post", "2025-07-01")],
            False,
            id="one in common",
        ),
        pytest.param(
            [("Courier", "2025-07-01"), ("Post", "2025-11-01")], False, id="a vote, and what it is for"
        ),
        pytest.param([("Courier", "2025-11-02"), ("Post", "2025-11-01")], True, id="two days to come"),
    ],
)
def test_outlets_date_differently_where_they_have_no_day_in_common(tellings, apart):
    found = ss.timeline.dated_differently(dated(*tellings))
    assert len(found) == (len(tellings) if apart else 0)


@pytest.mark.parametrize(
    "more",
    [{"sure": 0.6}, {"saying": True}, {"quoted": True}, {"how": "carried over"}],
    ids=["a doubtful match", "a saying", "in quoted words", "a date carried over"],
)
def test_what_is_not_sure_is_not_dated_differently(more):
    tellings = [("Courier", "2025-07-01"), ("Post", "2025-07-02")]
    assert ss.timeline.dated_differently(dated(*tellings, **more)).empty


def test_two_deeds_of_one_statement_are_not_dated_differently():
    rows = dated(("Courier", "2025-07-01"), ("Post", "2025-07-02"))
    rows.loc[1, "text"] = "a bridge fell"
    assert ss.timeline.dated_differently(rows).empty


def test_the_saying_is_told_from_what_is_said():
    text = "Two men died, the mayor said on Thursday. A bridge fell on Tuesday."
    rows = ss.timeline.events(story_of([("a", "Courier", "t", "2025-07-04", text)]))
    assert dict(zip(rows["value"], rows["saying"], strict=True)) == {"2025-07-01": False, "2025-07-03": True}


def test_only_dated_by_lists_days_of_one_outlet(events):
    alone = ss.timeline.only_dated_by(events)
    assert set(zip(alone["outlet"], alone["value"], strict=True)) == {
        ("Courier", "1972-05-04"),
        ("Courier", "2025-07-01"),
        ("Post", "2025-06-30"),
        ("Post", "2025-07-14"),
    }


def test_jumps_count_steps_back(events):
    jumps = ss.timeline.jumps_in_time(events).set_index("outlet")
    assert jumps.loc["Courier", ["back", "forward", "same"]].tolist() == [1, 1, 0]
    # Post tells 2 July, 30 June, 14 July: of three pairs one is reversed, so tau is (2 - 1) / 3
    assert jumps.loc["Post", "agreement"] == pytest.approx(1 / 3)


def test_dating_counts_every_telling(events):
    counts = ss.timeline.how_dated(events)
    assert counts["all"].sum() == len(events)
    assert counts.loc["Courier", "stated"] == 1


def test_definitions_never_gain_events(events):
    table = ss.timeline.jumps_by_definition(events)
    assert table["events"].max() == table["events"].iloc[0]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("a", "Courier", "t", None, "Soup is good.")],
        [("a", "Courier", "t", None, "It rained yesterday. It rained on July 4.")],
        [("a", None, "t", "2025-07-04", COURIER)],
        [("a", "Courier", "t", "2025-07-04", ""), ("b", "Post", "t", None, POST)],
    ],
    ids=["no articles", "no times", "no date", "no outlet", "empty text"],
)
def test_every_table_works_on_little(rows):
    events = ss.timeline.events(story_of(rows))
    assert list(events.columns) == list(TIMELINE)
    for table in (
        ss.timeline.only_dated_by,
        ss.timeline.dated_differently,
        ss.timeline.jumps_in_time,
        ss.timeline.jumps_by_definition,
        ss.timeline.how_dated,
    ):
        assert isinstance(table(events), pd.DataFrame)


def test_order_of_articles_changes_nothing(story, events):
    turned = ss.timeline.events(ss.annotate(story.articles.iloc[::-1]))
    columns = ["event", "article_id", "start", "end", "value", "order"]
    pd.testing.assert_frame_equal(events[columns], turned[columns])


def test_seeds_have_the_right_days(seed_story):
    events = ss.timeline.events(seed_story)
    days = {row.time_text: row.value for row in events.itertuples() if isinstance(row.time_text, str)}
    assert {
        words: days[words][:10]
        for words in ("The day before", "the evening of July 1", "overnight on July 4")
    } == {
        "The day before": "2025-07-03",
        "the evening of July 1": "2025-07-01",
        "overnight on July 4": "2025-07-04",
    }
