"""What can be drawn: every passage that was judged, with the machine's answer; places hold."""

import pandas as pd
import pytest

import samestory as ss
from samestory.trust.coding import WHATS, coding
from samestory.trust.units import units

STORY = {
    "Herald": (
        "The brave council shut the bridge on Monday. “Rust does not wait,” mayor Ilse Brandt said.\n\n"
        "The repair will cost 14 million euros. Snow fell."
    ),
    "Post": (
        "The council shut the bridge on Monday. Mayor Ilse Brandt said that rust does not wait.\n\n"
        "The repair will cost 17 million euros."
    ),
}


@pytest.fixture(scope="module")
def story(story_of):
    return story_of(STORY, published=pd.Timestamp("2025-07-02"))


@pytest.mark.parametrize("what", WHATS)
def test_every_unit_stands_where_it_says(story, what):
    texts = dict(zip(story.articles["article_id"], story.articles["text"], strict=True))
    found = units(story, what, codebook="policy")
    assert len(found)
    for row in found.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
        assert row.passage_start <= row.start < row.end <= row.passage_end
        if isinstance(row.article_b, str):
            assert texts[row.article_b][row.start_b : row.end_b] == row.text_b
            assert row.outlet != row.outlet_b


@pytest.mark.parametrize("what", WHATS)
def test_the_machine_answers_with_values_that_a_coder_can_choose(story, what):
    asked = coding(what)
    found = units(story, what, codebook="policy")
    assert set(found[asked.main.name]) <= set(asked.main.choices)
    for variable in asked.variables[1:]:  # asked exactly where the first answer is not "nothing"
        assert (found[variable.name].notna() == (found[asked.main.name] != asked.main.nothing)).all()
        if variable.kind == "choice":
            assert set(found[variable.name].dropna()) <= set(variable.choices)


def test_a_sentence_has_its_quote_and_the_others_have_none(story):
    found = units(story, "quotes", codebook="policy").set_index(["outlet", "text"])
    quote = found.loc[("Herald", "“Rust does not wait,” mayor Ilse Brandt said.")]
    assert (quote["reported"], quote["speaker"], quote["form"]) == ("yes", "Ilse Brandt", "direct")
    assert found.loc[("Herald", "Snow fell."), "reported"] == "no"


def test_the_day_of_a_time_is_written_as_a_coder_writes_it(story):
    times = units(story, "times", codebook="policy")
    assert times.loc[times["timed"] == "yes", "date"].tolist() == ["2025-06-30", "2025-06-30"]


def test_each_sentence_stands_with_its_closest_in_another_outlet(story):
    pairs = units(story, "statements", codebook="policy")
    same = pairs[pairs["text"].str.contains("shut the bridge")]
    assert same["text_b"].str.contains("shut the bridge").all()
    assert set(same["same"]) == {"yes"}
    assert not pairs.duplicated(["article_id", "start"]).any()


def test_frames_of_a_codebook_of_ones_own(story, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\nframes:\n  Repair:\n    definition: Mending.\n    terms: [repair]\n", "utf-8"
    )
    own = ss.framing.reframe(story, codebooks=[ss.framing.read_codebook(path)])
    found = units(own, "frames", codebook=str(path)).set_index("text")["frame"]
    assert found["The repair will cost 14 million euros."] == "Repair"
    assert found["Snow fell."] == "none"
