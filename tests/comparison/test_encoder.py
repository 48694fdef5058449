"""The optional sentence encoder: its words are cut without it; the rest runs where it is installed."""

import numpy as np
import pytest

import samestory as ss
from samestory.comparison import encoder, statements


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("the", [101, 1996, 102], id="one word"),
        pytest.param("Thé", [101, 1996, 102], id="case and accent"),
        pytest.param("", [101, 102], id="nothing"),
        pytest.param("\U0001f6a2", [101, 100, 102], id="unknown sign"),
    ],
)
def test_pieces_are_numbers_of_the_vocabulary(text, ids):
    assert encoder._pieces(text)[0] == ids


def test_pieces_of_a_long_text_stay_within_what_is_read():
    ids, spans = encoder._pieces("harbour " * 500)
    assert len(ids) <= 128
    assert len(spans) == len(ids) - 2


def test_same_statements_needs_no_encoder(bridge, monkeypatch):
    monkeypatch.setattr(statements, "encoder_installed", lambda: False)
    statements._last.clear()
    assert len(ss.same_statements(bridge)) >= 3
    statements._last.clear()


@pytest.mark.skipif(not encoder.encoder_installed(), reason="the extra `encoder` is not installed")
def test_context_features_see_what_is_near_in_meaning(story_of):
    story = story_of(
        {
            "Herald": "He won't chip in for the wall.",
            "Post": "He is not going to pay for the wall. The wall is red and old.",
        }
    )
    passages = statements.compare(story).passages
    found = encoder.context_features(passages, np.array([0, 0]), np.array([1, 2]))
    assert (found[0] > found[1]).all()
