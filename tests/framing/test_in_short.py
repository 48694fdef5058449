"""What each outlet stresses, in sentences whose numbers are counted by hand."""

import pandas as pd
import pytest

import samestory as ss

BEATEN = {
    "Herald": "Police beat the protesters. Soldiers shot the boy. " * 8,
    "Post": "The protesters were beaten. The boy was shot. " * 8,
}


@pytest.fixture(scope="module")
def beaten(story_of):
    return ss.framing.in_short(story_of(BEATEN))


def test_deeds_without_a_doer_are_counted_by_outlet(beaten):
    [deeds] = [finding for finding in beaten if finding.startswith("Deeds")]
    assert deeds.endswith(": 16 of 16 in Post, 0 of 16 in Herald.")


def test_the_frame_in_which_outlets_differ_is_named_with_its_sentences(story_of):
    texts = {"Herald": "Taxes and prices rose. " * 20, "Post": "Snow fell. " * 19 + "Taxes and prices rose."}
    frame = ss.framing.in_short(story_of(texts))[0]
    # "taxes" counts 2 and "prices" 1: 60 in the Herald's 80 words, 3 in the Post's 42, of one sentence in 20
    assert "in 1,000 words: 750 (750 to 750) in Herald, 71 (0 to " in frame
    assert frame.endswith("the 95% intervals of the highest and the lowest do not overlap.")


def test_words_that_set_an_outlet_apart_are_named_with_their_uses(story_of):
    texts = {
        f"{outlet}": f"The old {word} sank. A {word} is gone. Nobody saw the {word}. " * 20
        for outlet, word in (("Herald", "ferry"), ("Post", "tunnel"))
    }
    rows = [
        {"article_id": f"{outlet}{n}", "outlet": outlet, "title": "", "published": pd.NaT, "text": text}
        for outlet, text in texts.items()
        for n in range(5)
    ]
    found = ss.framing.in_short(ss.annotate(pd.DataFrame(rows)))
    [words] = [finding for finding in found if "ferry" in finding]
    assert "“ferry” in Herald (300 uses, 0 elsewhere)" in words
    assert "“tunnel” in Post (300 uses, 0 elsewhere)" in words


def test_nothing_is_said_where_outlets_do_not_differ(story_of):
    outlets = ("Herald", "Post", "Star", "Times")
    assert ss.framing.in_short(story_of(dict.fromkeys(outlets, "Snow fell on the old pier."))) == []
