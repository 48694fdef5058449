"""All that each outlet says about one actor."""

import pytest

import samestory as ss
from samestory.sentiment.about import NOT_ESTIMATED


@pytest.fixture(scope="module")
def story(story_of):
    return story_of(
        {
            "Herald": "Ilse Brandt opened the bridge. She smiled. The ferries run.",
            "Post": "Corrupt liar Ilse Brandt shamefully betrayed and robbed the town. Nobody came.",
        }
    )


def test_every_sentence_stands_once_with_the_words_that_mean_the_actor(story):
    rows = ss.sentiment.sentences_about(story, entity="Ilse Brandt")
    assert list(zip(rows["outlet"], rows["text"], rows["called"], strict=True)) == [
        ("Herald", "Ilse Brandt opened the bridge.", "Ilse Brandt"),
        ("Herald", "She smiled.", "She"),
        ("Post", "Corrupt liar Ilse Brandt shamefully betrayed and robbed the town.", "Ilse Brandt"),
    ]
    texts = story.articles.set_index("article_id")["text"]
    assert all(texts[row.article_id][row.start : row.end] == row.text for row in rows.itertuples())


def test_only_a_clear_tone_is_called_one(story):
    tones = ss.sentiment.sentences_about(story, entity="Ilse Brandt")["tone"].tolist()
    assert tones == ["neutral", NOT_ESTIMATED, "unfavourable"]


def test_an_actor_whom_nobody_names_is_an_error_and_no_actor_gives_no_row(story):
    with pytest.raises(ValueError, match="unknown entity 'Nobody'; the most frequent ones are: Ilse Brandt"):
        ss.sentiment.sentences_about(story, entity="Nobody")
    assert ss.sentiment.sentences_about(story, entity=None).empty
