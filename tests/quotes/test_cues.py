"""Which word reports a quote, and what it implies."""

import pytest

from samestory.language.tokens import Tokens
from samestory.quotes.cues import act_and_stance, cue_of, cue_token


@pytest.fixture(scope="module")
def cue_in(nlp):
    """(words of the cue, lemma, (act, stance)) where `cue` and `source` are words of the text."""

    def find(text, cue=None, source=None, kind="indirect"):
        tok = Tokens.of(nlp(text))
        spans = [words and (text.index(words), text.index(words) + len(words)) for words in (cue, source)]
        token = cue_token(tok, *spans)
        if token is None:
            return None
        (start, end), lemma = cue_of(tok, token)
        return text[start:end], lemma, act_and_stance(tok, token, lemma, kind)

    return find


@pytest.mark.parametrize(
    ("text", "cue", "words", "lemma"),
    [
        ("The mayor said that it was late.", "said", "said", "say"),
        ("It is late, according to the mayor.", "according to", "according to", "according to"),
        ("The mayor was adamant that it was late.", "was", "was adamant", "adamant"),
        ("The mayor pointed out that it was late.", "pointed", "pointed out", "point out"),
        ("The mayor : it is late.", ":", ":", None),
    ],
)
def test_a_cue_has_its_particle_or_adjective(cue_in, text, cue, words, lemma):
    assert cue_in(text, cue)[:2] == (words, lemma)


def test_without_a_cue_the_verb_that_the_source_hangs_on_reports(cue_in):
    assert cue_in("Ida Holm said that it was late.", source="Ida Holm")[:2] == ("said", "say")
    assert cue_in("Ida Holm slept.", source="Ida Holm") is None
    assert cue_in("Ida Holm slept.") is None


def test_a_name_that_was_taken_for_a_cue_is_none(cue_in):
    assert cue_in("Ida Holm said that it was late.", cue="Holm", source="Ida Holm")[:2] == ("said", "say")


def test_what_no_codebook_knows_is_speech_where_it_has_a_clause(cue_in):
    assert cue_in("The mayor yodelled that it was late.", "yodelled")[2] == ("speech", "neutral")
    assert cue_in("The mayor yodelled the song.", "yodelled")[2] == ("attitude", "neutral")
    assert cue_in("The mayor : it is late.", ":")[2] == ("speech", "neutral")
