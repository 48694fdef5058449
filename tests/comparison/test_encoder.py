"""The sentence encoder: its pieces of words, its vectors, and what it says of two sentences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.comparison import statements
from samestory.comparison.encoder import words_in_context
from samestory.comparison.transformer import _gelu, _normed, encode
from samestory.comparison.wordpieces import pieces_of


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
    assert pieces_of(text).ids == ids


@given(st.text(max_size=600))
def test_pieces_lie_in_their_text_and_within_what_is_read(text):
    ids, spans = pieces_of(text)
    assert len(ids) == len(spans) + 2 <= 128
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=20))
def test_a_text_is_encoded_alike_alone_and_among_others(texts):
    ids = [pieces_of(text).ids for text in texts]
    for one, among in zip(ids, encode(ids), strict=True):
        assert among.shape == (len(one), 384)
        np.testing.assert_allclose(encode([one])[0], among, atol=1e-3)


def test_the_order_of_words_counts():
    dog, man = (encode([pieces_of(text).ids])[0] for text in ("dog bites man", "man bites dog"))
    assert np.abs(dog[1] - man[3]).max() > 0.1


def test_gelu_is_near_its_exact_form():
    exact = [0, 0.841345, -0.158655, 1.954500]  # x times the normal distribution's share below x
    np.testing.assert_allclose(_gelu(np.array([0.0, 1.0, -1.0, 2.0])), exact, atol=1e-3)


def test_normed_rows_have_mean_0_and_variance_1():
    weights = {"x.norm": 1.0, "x.norm.bias": 0.0}
    rows = _normed(np.array([[1.0, 2.0, 6.0], [0.0, 0.0, 3.0]]), weights, "x")
    np.testing.assert_allclose(rows.mean(axis=1), 0, atol=1e-9)
    np.testing.assert_allclose(rows.var(axis=1), 1, atol=1e-9)


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
    passages = statements.compare(story).passages
    found = words_in_context(passages, np.array([0, 0]), np.array([1, 2]))
    assert found[0] > found[1]


def test_words_in_context_do_not_depend_on_the_side(bridge):
    compared = statements.compare(bridge)
    one, other = (
        words_in_context(compared.passages, *sides)
        for sides in ((compared.i, compared.j), (compared.j, compared.i))
    )
    np.testing.assert_allclose(one, other, atol=1e-5)


def test_the_numbers_are_those_of_the_network_that_was_tuned(monkeypatch):
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    from samestory.comparison import transformer
    from samestory.training.encoder import arrays_of

    torch.manual_seed(0)
    shape = {"hidden_size": 24, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 12}
    config = transformers.BertConfig(vocab_size=300, hidden_act="gelu_pytorch_tanh", **shape)
    network = transformers.BertModel(config).eval()
    weights = transformer._multiplied(arrays_of(network))
    monkeypatch.setattr(transformer, "_load", lambda: weights)
    ids = [[101, 7, 9, 102], [101, 250, 102]]
    for one, found in zip(ids, encode(ids), strict=True):
        with torch.no_grad():
            wanted = network(input_ids=torch.tensor([one])).last_hidden_state[0].numpy()
        np.testing.assert_allclose(found, wanted, atol=0.05)  # weights of one byte
