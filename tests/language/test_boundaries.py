"""Where a sentence begins, before the parser is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.language.pipeline import LONGEST_SENTENCE


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param(
            '"Is it true?" Reed asked. He left.', ['"Is it true?" Reed asked.', "He left."], id="question"
        ),
        pytest.param("“No!” she said. “Go.”", ["“No!” she said.", "“Go.”"], id="exclamation"),
        pytest.param("“We won.” The crowd left.", ["“We won.”", "The crowd left."], id="new sentence"),
        pytest.param(
            "Doors open at 6 p.m. Fans waited.",
            ["Doors open at 6 p.m.", "Fans waited."],
            id="after p.m.",
        ),
        pytest.param("It met at 5 p.m. Monday.", ["It met at 5 p.m. Monday."], id="p.m. of a day"),
        pytest.param("“We . . . ran.” He left.", ["“We . . . ran.”", "He left."], id="spaced dots"),
        pytest.param(
            "Sen. Ann Lee, D-Va., met Gov. Bo Wit.", ["Sen. Ann Lee, D-Va., met Gov. Bo Wit."], id="titles"
        ),
        pytest.param(
            "A headline without stop\n\nThe text.", ["A headline without stop", "The text."], id="paragraph"
        ),
        pytest.param(
            'It ended."Next we rest," he said.', ["It ended.", '"Next we rest," he said.'], id="glued mark"
        ),
    ],
)
def test_pipeline_sets_sentences_right_around_marks(nlp, text, sentences):
    assert [sentence.text.strip() for sentence in nlp(text).sents] == sentences


def test_load_pipeline_names_the_missing_model():
    from samestory.language.pipeline import load_pipeline

    with pytest.raises(ValueError, match="model 'en_core_web_none' is not installed"):
        load_pipeline("en_core_web_none")


@pytest.mark.parametrize("mark", ['"', "“", "(", "x-", "(.", "No. 5 ", "and then he went "])
def test_what_never_ends_is_cut_so_that_its_cost_stays_linear(nlp, mark):
    text = f"He said {mark * 2500} so. She left."
    doc = nlp(text)
    assert doc.text == text
    assert max(map(len, doc.sents)) <= 4 * LONGEST_SENTENCE + 1


@given(st.lists(st.sampled_from(["a", '"', "—", ".", " ", "\n", "é", "a" * 1200, "…" * 1001]), max_size=9))
@settings(max_examples=40, deadline=None)
def test_a_long_run_in_pieces_keeps_every_character(nlp, parts):
    text = "".join(parts)
    assert nlp.make_doc(text).text == text


def test_a_sentence_that_was_cut_is_a_problem_and_its_article_is_read(story_of):
    marks = '"' * 20_000
    story = story_of({"Herald": f"The mayor said {marks} so.\n\n“We are late,” Ann Poe said."})
    assert "without an end to a sentence for 400 words, read in parts" in story.problems["reason"].str.cat()
    assert "Ann Poe" in story.quotes["speaker"].tolist()
