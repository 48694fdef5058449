import pytest


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
