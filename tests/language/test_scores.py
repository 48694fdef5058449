"""Scores are rounded before anything is decided by them, and what is tied goes by its place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.language.scores import DECIMALS, FINE, best_places, settled

SCORES = st.floats(-1, 1, allow_subnormal=False)


@pytest.mark.parametrize(
    ("score", "as_decided"),
    [
        pytest.param(0.6499999, 0.65, id="below a threshold by a last digit"),
        pytest.param(np.float32(0.7), 0.7, id="single precision"),
        pytest.param(-0.0001, 0.0, id="no -0.0"),
        pytest.param(float("-inf"), float("-inf"), id="never"),
    ],
)
def test_a_score_is_rounded(score, as_decided):
    assert str(settled(score)) == str(as_decided)


def test_an_array_is_rounded_in_double_precision():
    found = settled(np.array([[0.12345, 0.1]], np.float32))
    assert found.dtype == np.float64
    assert found.tolist() == [[0.123, 0.1]]


@given(st.lists(SCORES, min_size=2, max_size=60), st.data())
def test_the_best_places_are_those_of_a_sort_that_keeps_the_order_of_equals(scores, data):
    n = data.draw(st.integers(1, len(scores) - 1))
    first = sorted(range(len(scores)), key=lambda place: -round(scores[place] * 10**DECIMALS))[:n]
    assert sorted(best_places(np.array(scores), n).tolist()) == sorted(first)
    assert sorted(best_places(np.array([scores, scores]), n)[1].tolist()) == sorted(first)


@given(st.floats(-1e6, 1e6), st.sampled_from((DECIMALS, FINE)))
def test_a_number_is_rounded_as_an_array_of_it(score, decimals):
    assert settled(score, decimals) == settled(np.array([score]), decimals)[0]
