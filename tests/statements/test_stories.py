"""Articles of many events are grouped into stories, whatever their order, with dates or without."""

import pandas as pd
import pytest

import samestory as ss
from samestory.statements.stories import STORIES

FERRY = (
    "The ferry Saint Brannoc ran aground off Kellmouth on Tuesday with 84 passengers, the coastguard said.",
    "All 84 people on the Saint Brannoc were brought to safety after the ferry struck rocks near Kellmouth.",
    "Kellmouth's coastguard rescued passengers from a stranded ferry, the Saint Brannoc; it had hit a reef.",
)
SCHOOL = (
    "Pupils at Hartwell Academy will get free lunches from September, the headteacher Nora Quill announced.",
    "Hartwell Academy is to serve every pupil a free lunch, said Nora Quill, who leads the school.",
)
QUAKE = (
    "An earthquake of magnitude 5.9 shook the Tavora valley at dawn; 12 houses fell in the town of Ibero.",
    "In Ibero 12 homes collapsed when a quake of magnitude 5.9 struck the Tavora valley in the morning.",
)
TEXTS = [*FERRY, *SCHOOL, *QUAKE]
EVENTS = [0, 0, 0, 1, 1, 2, 2]


def articles_of(texts, **columns):
    ids = [f"a{n}" for n in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "text": texts}).assign(**columns)


def grouped(articles):
    """The sets of articles of each story."""
    found = ss.stories(articles)
    return {frozenset(ids) for _, ids in found.groupby("story")["article_id"]}


EXPECTED = {frozenset(f"a{n}" for n, one in enumerate(EVENTS) if one == event) for event in range(3)}


def test_events_are_told_apart_without_dates():
    assert grouped(articles_of(TEXTS)) == EXPECTED


def test_nothing_depends_on_the_order():
    articles = articles_of(TEXTS, published=pd.to_datetime(["2025-07-01"] * 7))
    turned = articles.iloc[::-1].reset_index(drop=True)
    assert grouped(articles) == grouped(turned) == EXPECTED
    one, other = ss.stories(articles), ss.stories(turned)
    assert one.set_index("article_id")["story"].to_dict() == other.set_index("article_id")["story"].to_dict()
    assert other["article_id"].tolist() == turned["article_id"].tolist()


def test_an_anniversary_is_another_event():
    dates = pd.to_datetime(["2025-07-01", "2025-07-02", "2025-07-21"])
    assert grouped(articles_of(FERRY, published=dates)) == {frozenset(("a0", "a1")), frozenset(("a2",))}


def test_an_article_without_a_date_may_be_of_any_week():
    dates = pd.to_datetime(["2025-07-01", None, "2025-07-02"])
    assert grouped(articles_of(FERRY, published=dates)) == {frozenset(("a0", "a1", "a2"))}


def test_stories_are_numbered_from_the_earliest_and_counted():
    dates = pd.to_datetime(["2025-07-09"] * 3 + ["2025-07-01"] * 2 + [None] * 2)
    found = ss.stories(articles_of(TEXTS, published=dates, outlet=["X", "Y", "Y", "X", None, None, None]))
    assert found["story"].tolist() == [1, 1, 1, 0, 0, 2, 2]
    assert found["articles"].tolist() == [3, 3, 3, 2, 2, 2, 2]
    assert found["outlets"].tolist() == [2, 2, 2, 2, 2, 2, 2]
    assert found.dtypes.astype("str").to_dict() == STORIES


def test_little_or_nothing():
    assert ss.stories(articles_of([])).empty
    assert ss.stories(articles_of([""]))["story"].tolist() == [0]
    assert len(grouped(articles_of(["", "", "Hm."]))) == 3
    with pytest.raises(ValueError, match="no column"):
        ss.stories(pd.DataFrame({"text": ["x"]}))


def test_more_than_are_compared_at_once_are_grouped_alike(monkeypatch):
    monkeypatch.setattr("samestory.statements.stories._BLOCK", 2)
    monkeypatch.setattr("samestory.statements.stories._NEAREST", 3)
    assert grouped(articles_of(TEXTS)) == EXPECTED
