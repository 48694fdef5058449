"""Sentiment toward a target: who is praised and who is blamed in the same sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.language.encoder import read
from samestory.language.tokens import Tokens
from samestory.names.mentions import find_mentions
from samestory.quotes.find import Quote
from samestory.sentiment.toward import (
    NEUTRAL,
    _Tone,
    comes_to_harm,
    sentiment_toward,
    sentiment_toward_many,
    sentiment_toward_mentions,
    speaks_ill,
)


def toward(text, target):
    return sentiment_toward(text, text.index(target), text.index(target) + len(target))


@pytest.mark.parametrize(
    ("text", "target", "sign"),
    [
        pytest.param("Ann Lee was convicted of fraud and lied to the court.", "Ann Lee", -1, id="convicted"),
        pytest.param(
            "Voters accuse Mayor Poe of corruption and incompetence.", "Mayor Poe", -1, id="accused"
        ),
        pytest.param("The brave and generous Ann Lee won the hearts of the crowd.", "Ann Lee", 1, id="won"),
        pytest.param("Ann Lee will speak in Leeds on Monday.", "Ann Lee", 0, id="neutral"),
    ],
)
def test_sentiment_toward_sign(text, target, sign):
    score = toward(text, target)
    assert (score > NEUTRAL) - (score < -NEUTRAL) == sign


def test_sentiment_toward_differs_between_targets_of_one_sentence():
    text = "The crowd praised Ann Lee for her courage and condemned Bob Poe for his shameful lies."
    assert toward(text, "Ann Lee") > toward(text, "Bob Poe")


def test_sentiment_toward_many_keeps_the_order_of_its_items():
    items = [("Bob Poe was jailed.", 0, 7), ("Ann Lee was honoured.", 0, 7), ("Bob Poe was jailed.", 0, 3)]
    assert sentiment_toward_many(items) == [sentiment_toward(*item) for item in items]
    assert sentiment_toward_many([]) == []


@pytest.mark.parametrize("place", [(0, 0), (5, 3), (-1, 3), (0, 99), (3, 4)])
def test_sentiment_toward_refuses_what_is_not_a_target(place):
    with pytest.raises(ValueError, match="is not a target in a text of 17 characters"):
        sentiment_toward("Ann Lee smiled at", *place)


def test_sentiment_toward_mentions_leaves_places_out(nlp):
    doc = nlp("Ann Lee flew from Paris to Leeds. She was arrested for murder.")
    filled = sentiment_toward_mentions(doc, read(doc.text), find_mentions(doc))
    assert {m.kind for m in filled if m.toward is None and m.form != "pronoun"} == {"GPE"}
    assert all(-1 <= m.toward <= 1 for m in filled if m.toward is not None)


@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=1, max_size=60), data=st.data())
def test_sentiment_toward_takes_any_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start:end].strip():
        assert -1 <= sentiment_toward(text, start, end) <= 1


@pytest.mark.parametrize(
    ("text", "name", "harmed"),
    [
        pytest.param("Ann Lee died in a fire on Monday.", "Lee", True, id="dies"),
        pytest.param("Gunmen killed Bob Poe and fled.", "Poe", True, id="is killed by"),
        pytest.param("Bob Poe was shot and killed on Friday.", "Poe", True, id="passive"),
        pytest.param("Police spoke of the murder of Ann Lee.", "Lee", True, id="the murder of"),
        pytest.param("Bob Poe's death shook the town.", "Poe", True, id="whose death"),
        pytest.param("Police spoke of the attack on Ann Lee.", "Lee", True, id="the attack on"),
        pytest.param("Police spoke of the attack of Ann Lee.", "Lee", False, id="the attack of"),
        pytest.param("Ann Lee, who was 40, left, fell ill and died.", "Lee", True, id="a later verb of hers"),
        pytest.param("Ann Lee left and was shot on the bridge.", "Lee", True, id="a later passive"),
        pytest.param("Ann Lee cheered and the mayor died.", "Lee", False, id="another's verb"),
        pytest.param("Bob Poe killed the inspector.", "Poe", False, id="the killer"),
        pytest.param("Ann Lee lied about the death.", "Lee", False, id="a liar"),
    ],
)
def test_comes_to_harm_tells_the_victim_from_the_doer(nlp, text, name, harmed):
    tokens = Tokens.of(nlp(text))
    assert comes_to_harm(tokens, tokens.text.index(name)) is harmed


@pytest.mark.parametrize(
    ("text", "name", "speaks"),
    [
        ("Ann Lee condemned the shameful attack.", "Lee", True),
        ("The plan is a disgrace, according to Bob Poe.", "Poe", True),
        ("The mayor was the target of Bob Poe's harsh criticism.", "Poe", True),
        ("The mayor was criticised by Ann Lee.", "Lee", True),
        ("The clerk heard the harsh criticism of Bob Poe.", "Poe", False),
        ("Ann Lee lied to the court.", "Lee", False),
        ("The judge criticised Bob Poe.", "Poe", False),
        ("The mayor gave a bribe to Bob Poe.", "Poe", False),
    ],
)
def test_speaks_ill_tells_who_says_it_from_of_whom_it_is_said(nlp, text, name, speaks):
    tokens = Tokens.of(nlp(text))
    assert speaks_ill(tokens, tokens.text.index(name)) is speaks


def test_sentiment_toward_mentions_gives_no_verdict_on_pronouns_speakers_and_victims(nlp):
    text = "“It was a brutal, shameful deed,” Ann Lee said. She wept. Bob Poe was murdered in cold blood."
    doc = nlp(text)
    said = Quote(1, 31, "direct", "speech", "say", 42, 46, "neutral", 34, 41)
    filled = sentiment_toward_mentions(doc, read(text), find_mentions(doc), [said])
    toward = {text[m.start : m.end]: m.toward for m in filled}
    assert toward["Ann Lee"] is None
    assert toward["She"] is None
    assert toward["Bob Poe"] >= 0


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("Ann Lee was convicted of fraud and lied to the court.", True),
        ("Ann Lee will speak of the fraud in Leeds.", False),
    ],
)
def test_sentiment_toward_mentions_halves_what_is_not_clear(nlp, text, clear):
    doc = nlp(text)
    [toward] = [
        m.toward for m in sentiment_toward_mentions(doc, read(text), find_mentions(doc)) if m.kind == "PERSON"
    ]
    alone = sentiment_toward(text, 0, 7)
    assert toward == pytest.approx(alone if clear else alone / 2, abs=1e-4)


def test_a_verdict_is_borne_out_by_a_word_of_its_sign_beside_the_name():
    text = "Ann Lee lied. " + "Snow fell on the pier and on the boats " * 2 + "and all was wonderful."
    tone = _Tone(text, [])
    assert tone.bears_out(-0.9, 0, 7, 0, len(text))
    assert not tone.bears_out(0.9, 0, 7, 0, len(text))
    assert tone.bears_out(0.9, len(text) - 20, len(text) - 14, 0, len(text))
