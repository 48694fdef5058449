"""Passages that stand nearly word for word in two outlets."""

import pandas as pd
import pytest

import samestory as ss
from samestory.language.stems import words_of
from samestory.statements.shared_text import SHINGLE

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


def test_a_passage_that_an_article_prints_twice_counts_once_in_its_share(story_of):
    twice = story_of({"Herald": f"{STATEMENT} {STATEMENT}", "Post": f"{OWN}\n\n{STATEMENT}"})
    passages = ss.statements.shared_passages(twice)
    (printed,) = set(passages.loc[passages["outlet_b"] == "Post", "text_b"])
    assert (len(passages), printed) == (2, STATEMENT.removesuffix("."))
    share = ss.statements.shared_shares(twice).set_index("outlet")
    assert share.loc["Post", "words"] * 2 == share.loc["Herald", "words"] == len(words_of(STATEMENT)) * 2


def test_a_page_of_one_word_again_and_again_is_shared_with_its_like(story_of):
    story = story_of({"Herald": "no " * 40, "Post": f"{OWN} {'no ' * 30}"})
    (row,) = ss.statements.shared_passages(story).itertuples()
    assert (row.words, row.text_a.count("no"), row.text_b.count("no")) == (30, 30, 30)


def test_near_copies_count_the_runs_that_both_have(story_of):
    copies = ss.statements.near_copies(
        story_of({"Herald": STATEMENT, "Post": f"{OWN} {STATEMENT}", "Sun": OWN})
    )
    assert [(row.outlet_a, row.outlet_b, row.contained) for row in copies.itertuples()] == [
        ("Herald", "Post", 1.0),
        ("Post", "Sun", 1.0),
    ]
    assert copies["shared_words"].tolist()[0] == len(words_of(STATEMENT)) - SHINGLE + 1


def test_shared_text_of_nothing_has_its_columns(story_of):
    story = story_of({})
    assert {"words", "quoted"} <= set(ss.statements.shared_passages(story))
    assert {"share", "first"} <= set(ss.statements.shared_shares(story))
    assert ss.statements.what_is_shared(story) == []
