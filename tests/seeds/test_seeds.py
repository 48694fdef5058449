"""The seeds against the hand-coded gold, over the whole path from files to comparison."""

import pytest
from seeds_gold import gold, of_article, quote_counts, time_counts

import samestory as ss


def test_quotes_every_attribution_is_found_with_its_speaker_and_none_invented(seed_story):
    counts = quote_counts(seed_story)
    assert counts["missed"] == []
    assert counts["wrong"] == []
    assert counts["spurious"] == []


def test_times_every_expression_has_its_value(seed_story):
    counts = time_counts(seed_story)
    assert counts["missed"] == []
    assert counts["spurious"] == []


@pytest.mark.parametrize("name", ["Zelensky", "Trump", "Putin", "Hegseth"])
def test_mentions_each_person_is_one_entity(seed_story, name):
    spellings = gold()["entities"][name]
    mentions = seed_story.mentions
    found = mentions[mentions["text"].isin(spellings) & mentions["entity"].notna()]
    if (
        name == "Zelensky"
    ):  # in an article where "the president" could be another's role, only this one counts
        found = found[(found["text"] != "the president") | found["article_id"].str.startswith("004")]
    assert found["entity"].nunique() == 1
    persons = mentions[mentions["kind"] == "PERSON"]["entity"].dropna().unique()
    assert sum(name.lower() in entity.lower() for entity in persons) == 1


@pytest.mark.parametrize("spelling", ["the Ukrainian leader", "the president", "the Ukrainian head of state"])
def test_mentions_role_is_zelensky_not_trump(seed_story, spelling):
    found = seed_story.mentions[seed_story.mentions["text"].str.lower() == spelling.lower()]
    assert len(found)
    assert found["entity"].str.contains("Zelensk").all()


def _place(story, words):
    """The (article_id, sentence) whose text holds the words, and every sentence of a longer passage."""
    hits = story.sentences[story.sentences["text"].str.contains(words, regex=False)]
    assert len(hits) == 1, words
    return hits["article_id"].iloc[0], hits["sentence"].iloc[0]


def test_same_statements_finds_the_retold_passages_and_no_other(seed_story):
    found = ss.same_statements(seed_story)
    pairs = {
        frozenset([(row.article_a, row.sentence_a), (row.article_b, row.sentence_b)])
        for row in found.itertuples()
    }
    required, optional = set(), set()
    for one, two, *mark in gold()["told_twice"]:
        pair = frozenset([_place(seed_story, one), _place(seed_story, two)])
        (optional if mark else required).add(pair)
    assert required - pairs == set()
    assert pairs - required - optional == set()
    assert pairs & optional  # the call itself


@pytest.mark.parametrize("number", ["000", "004"])
def test_statements_what_one_outlet_alone_tells_has_one_teller(seed_story, number):
    told = ss.statements.tellings(seed_story)
    tellers = told.groupby("statement")["article_id"].nunique()
    sentences = of_article(seed_story.sentences, number)
    for words in gold()["only_in"][number]:
        sentence = sentences[sentences["text"].str.contains(words, regex=False)]["sentence"].iloc[0]
        rows = of_article(told, number)
        assert (tellers[rows[rows["sentence"] == sentence]["statement"]] == 1).all(), words
