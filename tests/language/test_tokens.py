"""The columns of a Doc's tokens, and what is kept with the Doc."""

import pytest

from samestory.language.tokens import Tokens, once_a_doc

TEXT = "Rain fell. A storm, then calm."


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(0, 9, ["Rain", "fell"], id="two"),
        pytest.param(2, 6, ["Rain", "fell"], id="parts of two"),
        pytest.param(4, 5, [], id="the space between"),
        pytest.param(9, 10, ["."], id="full stop"),
        pytest.param(40, 50, [], id="after the end"),
    ],
)
def test_within_gives_the_tokens_that_share_characters(nlp, start, end, expected):
    tokens = Tokens.of(nlp(TEXT))
    assert [tokens.text[i] for i in tokens.within(start, end)] == expected


def test_has_verb_tells_sentences_apart(nlp):
    tokens = Tokens.of(nlp(TEXT))
    assert [tokens.has_verb(n) for n in range(len(tokens.sentences))] == [True, False]


def test_once_a_doc_asks_once_for_each_doc(nlp):
    asked = []

    @once_a_doc
    def length(doc):
        asked.append(doc.text)
        return len(doc.text)

    one, other = nlp("Rain fell."), nlp("It stopped.")
    assert [length(one), length(one), length(other)] == [10, 10, 11]
    assert asked == ["Rain fell.", "It stopped."]
