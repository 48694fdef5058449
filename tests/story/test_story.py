"""annotate() as a whole: what holds for every table, whatever the articles."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory import tables
from samestory.story import once

ANNOTATIONS = list(tables.ANNOTATIONS)


def articles_of(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "text": texts})


def assert_offsets_hold(story: ss.Story) -> None:
    text = story.articles.set_index("article_id")["text"]
    for name in ANNOTATIONS:
        for row in getattr(story, name).itertuples():
            assert 0 <= row.start <= row.end <= len(text[row.article_id]), (name, row)
            assert text[row.article_id][row.start : row.end] == row.text, (name, row)


MARKS = st.sampled_from(list("“”\"'‘«»„,.?:— \n🎉\u200f"))
WORDS = st.sampled_from(
    ["said", "he", "Ms. Ito", "according to", "on Friday", "SMITH:", "the minister", "U.S.", "2 May", "\n\n"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(MARKS, WORDS, st.text(max_size=8)), max_size=40))
def test_annotate_offsets_hold_on_any_text(pieces):
    assert_offsets_hold(ss.annotate(articles_of(" ".join(pieces))))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\n \t", id="white space"),
        pytest.param("\ud800 lone surrogate \udfff, he said.", id="lone surrogates"),
        pytest.param("word " * 40_000, id="200 kB without a full stop"),
        pytest.param("7" * 200_000, id="digits only"),
        pytest.param("“" * 500 + "He said no." + "”" * 3, id="unbalanced marks"),
        pytest.param("THE MINISTER SAID NO. THE UNION SAID YES.", id="capitals only"),
        pytest.param("\u202eقال الوزير “نعم”\u202c he said", id="right-to-left marks"),
    ],
)
def test_annotate_hostile_text_gives_true_offsets(text):
    assert_offsets_hold(ss.annotate(articles_of(text)))


def test_annotate_seeds_offsets_hold(seed_story):
    assert_offsets_hold(seed_story)


def test_annotate_no_articles_gives_empty_tables_with_their_dtypes(seed_story):
    story = ss.annotate(seed_story.articles.iloc[:0])
    for name in ANNOTATIONS:
        assert len(getattr(story, name)) == 0
        pd.testing.assert_series_equal(getattr(story, name).dtypes, getattr(seed_story, name).dtypes)


def test_annotate_article_does_not_depend_on_its_company(seed_story, seeds):
    alone = ss.annotate(seeds.iloc[[0]])
    for name in ("sentences", "times", "frames", "loaded"):
        together = getattr(seed_story, name)
        of_first = together[together["article_id"] == seeds["article_id"].iloc[0]].reset_index(drop=True)
        pd.testing.assert_frame_equal(getattr(alone, name), of_first)


def test_annotate_order_of_articles_changes_no_row(seed_story, seeds):
    shuffled = ss.annotate(seeds.iloc[::-1])
    for name in ANNOTATIONS:
        key = ["article_id", "start", "end"]
        one = getattr(seed_story, name).sort_values(key, kind="stable", ignore_index=True)
        two = getattr(shuffled, name).sort_values(key, kind="stable", ignore_index=True)
        pd.testing.assert_frame_equal(one, two)


def test_annotate_does_not_change_the_callers_table(seeds):
    before = seeds.copy(deep=True)
    ss.annotate(seeds)
    pd.testing.assert_frame_equal(seeds, before)


def test_annotate_twice_the_same_id_says_which():
    twice = pd.DataFrame({"article_id": ["post-03", "post-03"], "text": ["One.", "Two."]})
    with pytest.raises(ValueError, match=r"article_id 'post-03' comes twice"):
        ss.annotate(twice)


def test_annotate_missing_column_lists_those_that_exist():
    with pytest.raises(ValueError, match=r"articles: no column .*article_id.*; it has .*body"):
        ss.annotate(pd.DataFrame({"body": ["One."]}))


def test_annotate_unknown_model_says_what_to_do():
    with pytest.raises(ValueError, match="model 'xx_no_such' is not installed; leave model out"):
        ss.annotate(articles_of("One."), model="xx_no_such")


def test_annotate_workers_give_the_same_tables(seeds):
    many = pd.concat([seeds.assign(article_id=seeds["article_id"] + f"-{n}") for n in range(9)])
    one, two = ss.annotate(many), ss.annotate(many, workers=2)
    for name in ANNOTATIONS:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))


def test_a_story_keeps_what_is_made_of_it_and_hands_out_copies(seed_story):
    first = ss.statements.coverage(seed_story)
    first["label"] = "changed by a reader"
    again = ss.statements.coverage(seed_story)
    assert not again["label"].eq("changed by a reader").any()
    assert dataclasses.replace(seed_story)._made == {}


def test_an_option_left_out_counts_as_its_default(seed_story):
    asked = []

    @once
    def make(story, *, minimum=1):
        asked.append(minimum)
        return minimum

    assert [make(seed_story), make(seed_story, minimum=1), make(seed_story, minimum=2)] == [1, 1, 2]
    assert asked == [1, 2]
