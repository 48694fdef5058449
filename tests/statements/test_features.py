"""What the encoder says of two sentences: how near their rare words are in meaning."""

import numpy as np
import pytest

from samestory.statements import pairs
from samestory.statements.features import words_in_context


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
