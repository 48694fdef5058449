"""What the encoder says of two sentences: how near their rare words are in meaning."""

import numpy as np
import pytest

from samestory.statements import pairs
from samestory.statements.features import nearness, words_in_context


@pytest.mark.parametrize(
    ("told", "again", "other"),
    [
        pytest.param(
            "He won't chip in for the wall.",
            "He is not going to pay for the wall.",
            "The wall is red and old.",
            id="the same refusal",
        ),
        pytest.param(
            "The minister stepped down on Friday.",
            "She resigned at the end of the week.",
            "On Friday the minister opened a school.",
            id="the same event, another verb",
        ),
    ],
)
def test_words_in_context_see_what_is_near_in_meaning(told, again, other, story_of):
    story = story_of({"Herald": told, "Post": f"{again} {other}"})
    passages = pairs.compare(story).passages
    found = words_in_context(passages, np.array([0, 0]), np.array([1, 2]))
    assert found[0] > found[1]


def test_words_in_context_do_not_depend_on_the_side(bridge):
    compared = pairs.compare(bridge)
    one, other = (
        words_in_context(compared.passages, *sides)
        for sides in ((compared.i, compared.j), (compared.j, compared.i))
    )
    np.testing.assert_allclose(one, other, atol=1e-5)


def test_a_sentence_that_two_outlets_print_is_near_to_a_third_for_both(story_of):
    agency = "The river rose over the old stone bridge at dawn."
    story = story_of(
        {"Herald": agency, "Post": agency, "Star": "At dawn water ran over the bridge of stone."}
    )
    found = nearness(pairs.compare(story).passages, np.array([0, 0, 1]), np.array([1, 2, 2]))
    assert found.of_pairs[0] == pytest.approx(1)
    assert 0.2 < found.of_pairs[1] == found.of_pairs[2] < 1
    assert found.elsewhere[:2].tolist() == [1, 1]
    assert 0.2 < found.elsewhere[2] < 1


def test_what_stands_again_in_the_same_outlet_is_not_told_elsewhere(story_of):
    told = "The river rose at dawn."
    story = story_of({"morning": told, "evening": told}, outlet="Herald")
    assert nearness(pairs.compare(story).passages, np.array([0]), np.array([1])).elsewhere.tolist() == [0, 0]
