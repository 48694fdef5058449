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


def test_a_deed_is_told_of_without_the_doer_whom_another_names(beaten):
    [deed] = [finding for finding in beaten if "without its doer" in finding]
    assert deed == "Post tells of a deed without its doer, whom Herald names: Police."
    assert [(passage.outlet, passage.text) for passage in deed.passages] == [
        ("Post", "The protesters were beaten."),
        ("Herald", "Police beat the protesters."),
    ]


def test_a_doer_whom_the_outlet_names_elsewhere_is_not_left_out(story_of):
    texts = {
        "Herald": "Police beat the protesters on the bridge.",
        "Post": "The protesters were beaten. Police beat the protesters until it was dark.",
    }
    assert not any("without its doer" in finding for finding in ss.framing.in_short(story_of(texts)))


def test_the_frame_in_which_outlets_differ_is_named_with_its_sentences(story_of):
    texts = {"Herald": "Taxes and prices rose. " * 20, "Post": "Snow fell. " * 19 + "Taxes and prices rose."}
    frame = ss.framing.in_short(story_of(texts))[0]
    # "taxes" counts 2 and "prices" 1: 60 in the Herald's 80 words, 3 in the Post's 42, of one sentence in 20
    assert frame.startswith(
        "Herald speaks more of “Economic”: 750 weighted terms in 1,000 words (95% interval"
    )
    assert "against 71 (0 to " in frame
    assert {passage.outlet for passage in frame.passages} == {"Herald", "Post"}


def test_none_in_a_short_text_is_no_sure_difference(story_of):
    texts = {"Herald": "Taxes and prices rose. Snow fell on the old pier. " * 6, "Post": "Snow fell. " * 9}
    assert not any("Economic" in finding for finding in ss.framing.in_short(story_of(texts)))


def test_what_one_outlet_alone_calls_somebody_is_told_with_its_passages(story_of):
    texts = {
        "Herald": "The Kremlin chief Boris Volkov came to Paris. The Kremlin chief Boris Volkov was late. "
        "“I met President Boris Volkov,” said Ann Lee.",
        "Post": "President Boris Volkov came to Paris. President Boris Volkov was late.",
    }
    [label] = [finding for finding in ss.framing.in_short(story_of(texts)) if "is called" in finding]
    assert label == "Boris Volkov is called “Kremlin chief” in Herald only."
    assert [passage.outlet for passage in label.passages] == ["Herald"]


def test_loaded_words_of_one_outlet_are_told_with_how_sure_they_are(story_of):
    sneer = "The shameless senator hysterically smeared the school board. "
    texts = {"Herald": sneer * 8, "Post": "The committee will meet on Tuesday at noon. " * 30}
    [loaded] = [finding for finding in ss.framing.in_short(story_of(texts)) if "loaded words" in finding]
    assert loaded.startswith("Herald uses more loaded words in its own voice: ")
    assert "against 0 in 240 of Post" in loaded
    assert {passage.outlet for passage in loaded.passages} == {"Herald"}


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
    assert "“ferry” stands 300 times in Herald and 0 elsewhere" in words
    assert "“tunnel” stands 300 times in Post and 0 elsewhere" in words


def test_nothing_is_said_where_outlets_do_not_differ(story_of):
    outlets = ("Herald", "Post", "Star", "Times")
    assert ss.framing.in_short(story_of(dict.fromkeys(outlets, "Snow fell on the old pier."))) == []


def test_a_title_in_short_is_the_title_and_another_word_for_the_role_is_the_same(story_of):
    texts = {
        "Herald": "Sen. Ann Lee came. The former governor of Ohio, Ann Lee, was late. Ann Lee left.",
        "Post": "Senator Ann Lee came to Paris. Ann Lee, an Ohio governor until May, was late.",
    }
    assert not [finding for finding in ss.framing.in_short(story_of(texts)) if "is called" in finding]
