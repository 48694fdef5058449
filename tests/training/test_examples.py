"""What the encoder is taught: every target lies on its words, whatever is cut or distorted."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.quotes.decoding import CONTENT, CUE, SOURCE
from samestory.training.corpora import Article, Marked, Sentence
from samestory.training.examples import _curly, _distorted, quote_windows, sentence_windows

TEXT = 'The bridge is shut.\n\n"We will not open it," said Ida Holm.\n\nOtto Brandt said that it was late.'
CONTENTS = ["We will not open it", "that it was late"]


def span(words):
    return (TEXT.index(words), TEXT.index(words) + len(words))


ARTICLE = Article(
    "a",
    TEXT,
    [
        Marked([span("Ida Holm")], [span("said")], [span(CONTENTS[0])]),
        Marked([span("Otto Brandt")], [(TEXT.rindex("said"), TEXT.rindex("said") + 4)], [span(CONTENTS[1])]),
    ],
)


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_content_points_to_its_cue_and_a_cue_to_its_source_in_every_window(seed):
    for window in quote_windows([ARTICLE], random.Random(seed)):
        assert len({len(column) for column in window}) == 1
        for place, tag in enumerate(window.tag):
            if tag in (CONTENT, CONTENT + 1):
                assert window.tag[window.cue[place]] == CUE
            if tag in (CUE, CUE + 1):
                assert window.tag[window.source[place]] == SOURCE


@given(st.integers(0, 10_000))
def test_a_distorted_article_keeps_the_place_of_every_letter(seed):
    distorted = _distorted(ARTICLE, random.Random(seed)).text
    assert len(distorted) == len(TEXT)
    assert all(a == b for a, b in zip(distorted, TEXT, strict=True) if a.isalnum())


@pytest.mark.parametrize(
    ("straight", "curly"),
    [('"No," he said. "Yes."', "“No,” he said. “Yes.”"), ('"One\n"two"', "“One\n“two”"), ("none", "none")],
)
def test_straight_marks_become_curly_by_turns_within_a_line(straight, curly):
    assert _curly(straight) == curly


def test_sentences_stand_alone_or_among_others_each_at_its_place():
    sentences = [Sentence(f"The mayor number {n} lied.", True, [(0, 3)], "g") for n in range(40)]
    windows = list(sentence_windows(sentences, random.Random(0)))
    assert sum(len(window.sentences) for window in windows) == 40
    assert {len(window.sentences) for window in windows} > {1}
    for window in windows:
        for (first, last), (_, pieces) in zip(window.places, window.sentences, strict=True):
            assert window.ids[first:last] == pieces.ids.tolist()
