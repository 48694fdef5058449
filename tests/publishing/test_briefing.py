"""The front page's answers: the story's name, the best findings, what differs, one passage told twice."""

import pandas as pd
import pytest

import samestory as ss
from samestory.pages.finding import COPY, FACT, LEFT_OUT, TONE
from samestory.publishing.briefing import (
    briefing,
    foremost,
    headlines,
    most_tell,
    span,
    story_name,
    told_twice,
    what_differs,
    who_speaks,
)


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        pytest.param(
            ["Harbour bridge closed for a year", "Old harbour bridge to shut", "Mayor on the bridge"],
            "Harbour bridge",
            id="words in a row that two headlines share",
        ),
        pytest.param(["The ferry stays", "A storm is coming"], "", id="nothing shared"),
        pytest.param(["To be or not to be", "Or not to be"], "", id="small words make no name"),
        pytest.param(["Fare rises", None, "fare rises again"], "Fare rises", id="no headline"),
        pytest.param([], "", id="none"),
    ],
)
def test_story_name(titles, name):
    assert story_name(titles) == name


def finding(weight, text="x"):
    return {"text": text, "weight": weight, "passages": [], "file": "1.html"}


def test_foremost_are_few_and_of_several_kinds():
    told = [finding(LEFT_OUT)] * 4 + [finding(FACT), finding(0), finding(TONE)] * 3
    assert [one["weight"] for one in foremost(told)] == [FACT, FACT, LEFT_OUT, LEFT_OUT, TONE]


def test_foremost_has_more_of_a_kind_where_there_is_room():
    told = [finding(TONE), *[finding(LEFT_OUT)] * 3]
    assert [one["weight"] for one in foremost(told)] == [LEFT_OUT, LEFT_OUT, LEFT_OUT, TONE]


def test_foremost_says_how_sure():
    assert foremost([finding(COPY)])[0]["sure"] == "sure"
    assert foremost([finding(TONE)])[0]["sure"] == "a tendency"


def dated(*days):
    rows = {
        "outlet": [f"Post {n}" for n in range(len(days))],
        "published": pd.to_datetime(list(days), format="ISO8601"),
    }
    return pd.DataFrame(rows).assign(title=None, article_id="a", text="The ferry " * 9)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2025-07-04"], "1 article from 1 outlet, 4 July 2025"),
        (["2025-07-04 09:00", "2025-07-06"], "2 articles from 2 outlets, 4 to 6 July 2025"),
        (["2025-07-04", "2025-08-06"], "2 articles from 2 outlets, 4 July to 6 August 2025"),
        (["2024-12-31", "2025-01-01"], "2 articles from 2 outlets, 31 December 2024 to 1 January 2025"),
        ([None], "1 article from 1 outlet"),
    ],
)
def test_span(days, said):
    assert span(dated(*days)) == said


def test_headlines_stand_in_the_order_of_their_dates():
    rows = headlines(dated("2025-07-06", None, "2025-07-04"))
    assert [row["outlet"] for row in rows] == ["Post 2", "Post 0", "Post 1"]
    assert rows[-1]["title"] == "No headline: “The ferry The ferry The ferry The ferry The ferry …”"


def test_told_twice_marks_the_words_that_differ(bridge):
    best = told_twice(bridge)
    assert {side["outlet"] for side in best["sides"]} == {"Herald", "Post"}
    marked = {piece["how"] for side in best["sides"] for piece in side["pieces"]}
    assert marked - {"same"}
    assert best["marks"] == marked
    for side in best["sides"]:
        said = "".join(piece["text"] for piece in side["pieces"])
        assert any(said in text for text in bridge.articles["text"])


def test_of_two_quotations_only_what_stands_in_marks_is_compared(story_of):
    story = story_of({
        "Herald": "The bridge shut. “Nobody wants this closure, but rust does not wait,” Ilse Brandt said.",
        "Post": "It is shut. “Nobody wants the closure, but rust never waits,” Ilse Brandt told us in tears.",
    })  # fmt: skip
    pieces = [piece for side in told_twice(story)["sides"] for piece in side["pieces"]]
    assert {piece["how"] for piece in pieces if "told us" in piece["text"] or "said" in piece["text"]} == {
        "same"
    }
    assert {"the", "this"} <= {piece["text"] for piece in pieces if piece["how"] != "same"}


def test_what_most_outlets_tell_is_told_by_the_passage_that_stands_first(bridge):
    one = most_tell(bridge)[0]
    assert one["outlets"] == ["Herald", "Post"]
    assert "harbour bridge" in one["passage"]
    assert any(one["passage"] in text for text in bridge.articles["text"])


def test_whoever_perhaps_tells_it_too_is_named_and_is_none_of_those_who_surely_do(story_of):
    vote = "The council voted 14 to 9 on Monday to shut the old harbour bridge."
    story = story_of({
        "Herald": vote, "Post": vote.replace("14 to 9", "14-9"),
        "Times": "Divers wept in the gallery as councillors voted 14 to 9 to end the bridge, an old link.",
    })  # fmt: skip
    for one in most_tell(story):
        assert set(one["outlets"]).isdisjoint(one["perhaps"])
        assert {*one["outlets"], *one["perhaps"]} == {"Herald", "Post", "Times"}


def test_a_sentence_that_tells_two_things_is_shown_once(story_of, monkeypatch):
    closed = "The old harbour bridge will close for eleven months from March, the council decided on Monday."
    snow = "Heavy snow fell in the hills of Orsa on Sunday and shut the only road for eleven hours."
    story = story_of(dict.fromkeys(("Herald", "Post"), f"{closed} {snow}"))
    told = ss.statements.coverage(story, threshold=0.9)
    second = (told["outlet"] == "Herald") & (told["start"] > 0)
    first = told[(told["outlet"] == "Herald") & (told["start"] == 0)].iloc[0]
    told.loc[second, ["start", "end", "position", "text"]] = first[["start", "end", "position", "text"]].array
    monkeypatch.setattr("samestory.publishing.briefing.coverage", lambda *_, **__: told)
    assert [one["anchor"] for one in most_tell(story)] == ["passage-herald-0"]


def test_a_title_that_ends_in_a_full_stop_ends_the_note(story_of):
    said = "“The bridge will stay shut,” former Rep. Ann Lee said. Rep. Ann Lee left on Monday."
    assert who_speaks(story_of({"Herald": said}))["note"].endswith("Ann Lee, Rep.")


def test_what_no_more_than_half_of_the_outlets_tell_is_not_what_most_tell(story_of):
    closed = "The old harbour bridge will close for eleven months from March, the council decided on Monday."
    others = {"Times": "Snow fell in the hills of Orsa.", "Star": "The museum of glass sold its last vase."}
    assert most_tell(story_of({"Herald": closed, "Post": closed} | others)) == []


def test_who_speaks_says_what_the_outlets_call_them_but_not_what_many_are_called(story_of):
    figure = who_speaks(story_of({
        "Herald": "“Rust does not wait,” council leader Ilse Brandt said. Divers Otto Vale and Jo Lind left.",
        "Post": "“We will mend it soon,” council leader Ilse Brandt said.",
    }))  # fmt: skip
    assert "What the outlets call them: Ilse Brandt, council leader." in figure["note"]


def test_told_twice_repeats_nothing_that_is_shown(bridge):
    best = told_twice(bridge)
    other = told_twice(bridge, besides=[best["sides"][0]["anchor"]])
    assert other is None or other["sides"][0]["anchor"] != best["sides"][0]["anchor"]


def test_briefing_of_two_outlets(bridge):
    brief = briefing(bridge, [finding(LEFT_OUT)])
    assert len(brief["headlines"]) == 2
    assert "<text" in brief["speakers"]["wide"]
    assert brief["name"] == "How the same story is told"
    assert briefing(bridge, [], title="The bridge")["name"] == "The bridge"


def test_briefing_says_what_was_not_found(story_of):
    brief = briefing(story_of({"Post": "Soup is good.", "Herald": "The ferry stays in port."}), [])
    assert brief["speakers"] is None
    assert len(brief["nothing"]) == 4


def test_briefing_of_one_outlet_compares_nothing(story_of):
    brief = briefing(story_of({"Post": "Soup is good."}), [])
    assert (brief["differences"], brief["told_twice"], brief["nothing"]) == ([], None, [])


def test_of_many_headlines_every_outlet_has_one():
    rows = dated(*["2025-07-04"] * 30).assign(title="T", outlet=[f"Post {n % 10}" for n in range(30)])
    assert {row["outlet"] for row in headlines(rows)} == {f"Post {n}" for n in range(10)}


def test_a_word_of_few_articles_names_no_story():
    others = [f"{word} news" for word in ("Fire", "Rain", "Snow", "Wind", "Fog", "Hail", "Ice", "Sun")]
    assert story_name(["Great day", "A great day", *others]) == ""


def test_what_differs_gives_each_outlets_version_with_its_passage(story_of):
    story = story_of({
        "Herald": "Officials said 20 people died in the harbour fire on Monday night.",
        "Post": "Officials said 31 people died in the harbour fire on Monday night.",
    })  # fmt: skip
    (one,) = what_differs(story)
    assert one["what"] == "Dead"
    assert [(side["outlet"], side["text"]) for side in one["sides"]] == [("Herald", "20"), ("Post", "31")]
    assert one["sides"][0]["passage"] == story.articles["text"][0]
    assert what_differs(story)[0]["sides"][0]["anchor"] == "passage-herald-15"
