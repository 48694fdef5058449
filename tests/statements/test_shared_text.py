"""Passages that stand nearly word for word in two outlets."""

import pandas as pd
import pytest

import samestory as ss

STATEMENT = (
    "Lindqvist Hospital will move its maternity ward to the new north building in the spring of next year, "
    "after two winters in which burst pipes closed the old rooms for weeks. No births will be turned away "
    "during the move, and every midwife keeps her post."
)
OWN = (
    "Parents in the old town doubt the plan. They point to the long way across the river, and to the bridge."
)


@pytest.fixture(scope="module")
def hospital(story_of):
    reworded = STATEMENT.replace("closed the old rooms", "shut the old wards")
    return story_of(
        {"Gazette": f"{OWN}\n\n{reworded}", "Hospital": STATEMENT, "Herald": OWN.replace("doubt", "like")},
        published=[pd.Timestamp("2024-05-10"), pd.Timestamp("2024-05-09"), pd.NaT],
    )


def test_shared_passages_have_their_places_and_say_who_was_first(hospital):
    table = ss.statements.shared_passages(hospital)
    text = hospital.articles.set_index("article_id")["text"]
    for row in table.itertuples():
        assert text[row.article_a][row.start_a : row.end_a] == row.text_a
        assert text[row.article_b][row.start_b : row.end_b] == row.text_b
    first = table.iloc[0]
    assert (first["outlet_a"], first["outlet_b"], first["first"]) == ("Hospital", "Gazette", "Hospital")
    assert first["text_a"] == STATEMENT.removesuffix(".")
    assert table["first"].isna().tolist() == [False, True]


def test_shares_are_of_each_articles_own_words(hospital):
    table = ss.statements.shared_shares(hospital).set_index(["outlet", "other_outlet"])
    assert table.loc[("Hospital", "Gazette"), "share"] == 1
    assert 0.6 < table.loc[("Gazette", "Hospital"), "share"] < 0.8
    assert (table["quoted"] == 0).all()


def test_what_is_shared_is_said_in_words(hospital):
    said = ss.statements.what_is_shared(hospital)
    assert [words.partition("% of ")[2] for words in said] == [
        "Herald's article stands nearly word for word in Gazette's.",
        "Gazette's article stands nearly word for word in Hospital's, which was published first.",
    ]


def test_a_set_phrase_or_one_outlets_own_copy_is_no_shared_text(story_of, bridge_texts):
    phrase = {"Herald": "By the end of the day it was over.", "Post": "By the end of the day it was gone."}
    assert ss.statements.shared_passages(story_of(phrase)).empty
    twice = story_of({"Herald": STATEMENT, "Post": STATEMENT}, outlet="Herald")
    assert ss.statements.shared_passages(twice).empty


def test_shared_text_of_nothing_has_its_columns(story_of):
    story = story_of({})
    assert {"words", "quoted"} <= set(ss.statements.shared_passages(story))
    assert {"share", "first"} <= set(ss.statements.shared_shares(story))
    assert ss.statements.what_is_shared(story) == []
