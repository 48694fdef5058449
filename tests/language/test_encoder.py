"""The encoder: pieces of words, windows of an article, and the vectors of both sets of layers."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.language.encoder import (
    AFTER,
    BEFORE,
    OWN,
    READING,
    RETELLING,
    encode,
    pieces_of,
    read,
    windows_of,
)

STATES = json.loads((Path(__file__).parents[1] / "fixtures" / "encoder_states.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("the", [1996], id="one word"),
        pytest.param("Thé", [1996], id="case and accent"),
        pytest.param("", [], id="nothing"),
        pytest.param("\U0001f6a2", [100], id="unknown sign"),
    ],
)
def test_pieces_are_numbers_of_the_vocabulary(text, ids):
    assert pieces_of(text).ids.tolist() == ids


def test_pieces_of_one_word_share_its_number_and_lines_are_kept_apart():
    pieces = pieces_of("Unelectable\nnow", breaks=True)
    assert len(set(pieces.word[:-2].tolist())) == 1
    assert pieces.word[-2] == -1
    assert pieces.start[-2] == pieces.end[-2] == 12


@given(st.text(max_size=300))
def test_pieces_lie_in_their_text_in_order(text):
    for breaks in (False, True):
        pieces = pieces_of(text, breaks=breaks)
        assert len({len(column) for column in pieces}) == 1
        assert ((pieces.start >= 0) & (pieces.start <= pieces.end) & (pieces.end <= len(text))).all()
        assert (np.diff(pieces.start) >= 0).all()


@given(
    st.lists(
        st.sampled_from(["word ", "Poe left. ", "\n\n", "“Yes,” ", "antidisestablishment "]), max_size=900
    )
)
@settings(max_examples=60, deadline=None)
def test_windows_own_every_piece_once_and_are_not_too_long(parts):
    text = "".join(parts)
    pieces = pieces_of(text, breaks=True)
    windows = windows_of(text, pieces)
    owned = [place for window in windows for place in range(window.own, window.own_end)]
    assert owned == list(range(len(pieces)))
    for window in windows:
        assert window.own_end - window.own <= OWN
        assert window.own - window.first <= BEFORE
        assert window.last - window.own_end <= AFTER


@pytest.mark.parametrize("after", ["", "\n\nA last line.", "\nOne.\nTwo."])
def test_windows_cut_a_line_that_is_too_long_after_a_sentence(after):
    text = "The mayor said that the bridge would stay shut. " * 100 + after
    pieces = pieces_of(text, breaks=True)
    windows = windows_of(text, pieces)
    assert {text[pieces.end[window.own_end - 1] - 1] for window in windows} == {"."}
    assert max(window.own_end - window.own for window in windows) <= OWN
    assert len(read(text).own_states) == len(pieces)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=12))
def test_a_text_is_encoded_alike_alone_and_among_others(texts):
    ids = [pieces_of(text).ids for text in texts]
    for layers in (READING, RETELLING):
        for one, among in zip(ids, encode(ids, layers), strict=True):
            assert among.shape == (len(one) + 2, 384)
            np.testing.assert_array_equal(encode([one], layers)[0], among)


def test_the_order_of_words_counts():
    dog, man = encode([pieces_of(text).ids for text in ("dog bites man", "man bites dog")], RETELLING)
    assert np.abs(dog[1] - man[3]).max() > 0.1


@pytest.mark.parametrize("case", STATES, ids=lambda case: case["layers"])
def test_the_numbers_are_those_that_torch_computes(case):
    """The states of transformers' BertModel with the same weights, computed once by torch."""
    (found,) = encode([pieces_of(case["text"]).ids], case["layers"])
    np.testing.assert_allclose(found[:, : len(case["states"][0])], case["states"], atol=2e-3)


def test_a_reading_has_a_state_for_each_piece_and_finds_a_place():
    text = "The mayor spoke.\n\nThe bridge stays shut."
    reading = read(text)
    assert reading.own_states.shape == (len(reading.pieces), 384)
    inside = reading.within(text.index("bridge"), text.index("bridge") + 6)
    assert inside.stop - inside.start == 1
    assert reading.pieces.start[inside].tolist() == [text.index("bridge")]
    assert read("").own_states.shape == (0, 384)
