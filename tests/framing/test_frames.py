"""Frames: terms are found in their forms, as a whole and in their own case; shares add up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.framing.codebooks import Codebook, Frame, built_in_codebooks
from samestory.framing.frames import find_terms, frame_terms, frames
from samestory.language.stems import base_forms


def book(terms, exclude=()):
    return Codebook("test", "", {"Frame": Frame("", "", dict.fromkeys(terms, 1.0), tuple(exclude))})


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("cost", "Costs rose, costing us, it cost a lot.", ["Costs", "costing", "cost"]),
        ("costs", "One cost, two costs.", ["costs"]),
        ("city", "Cities and a city.", ["Cities", "city"]),
        ("stop", "They stopped; stopping is hard.", ["stopped", "stopping"]),
        ("fight", "They fought and fight.", ["fought", "fight"]),
        ("econom*", "Economists on the economy", ["Economists", "economy"]),
        ("US", "Tell us what the US did in the us.", ["US"]),
        ("God", "A god, but God.", ["God"]),
        ("air strike", "Air strikes, an air-strike, the air. Strike!", ["Air strikes", "air-strike"]),
        ("women's rights", "on women’s rights", ["women’s rights"]),
        ("U.N.", "the U.N. council", ["U.N"]),
        ("tax", "Taxi drivers", []),
        ("rights", "That is right.", []),
        ("café", "Le CAFÉ", ["CAFÉ"]),
    ],
)
def test_find_terms_finds_forms(term, text, found):
    rows = find_terms(text, [book([term])])
    assert [text[row.start : row.end] for row in rows] == found


def test_find_terms_counts_the_longest_of_terms_in_each_other():
    rows = find_terms("A clinical trial is no trial.", [book(["trial", "clinical trial"])])
    assert [row.term for row in rows] == ["clinical trial", "trial"]


def test_find_terms_leaves_out_what_is_excluded():
    rows = find_terms("In economy class the economy matters.", [book(["economy"], exclude=["economy class"])])
    assert [row.start for row in rows] == [21]


def test_find_terms_does_not_join_words_over_a_full_stop():
    assert find_terms("She reads the air. Strike!", [book(["air strike"])]) == []


def test_find_terms_of_several_codebooks_keeps_them_apart():
    rows = find_terms("A bomb.", [book(["bomb"]), Codebook("other", "", book(["bomb"]).frames)])
    assert [row.codebook for row in rows] == ["other", "test"]


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Unemployment rose and wages fell as the recession deepened.", "Economic"),
        ("Hospitals ran out of beds and nurses were short.", "Health and safety"),
        ("Judges struck down the law as unconstitutional.", "Legality, constitutionality and jurisprudence"),
        ("Troops crossed the border under missile fire.", "Security and defense"),
        ("Detectives arrested a man suspected of the murder.", "Crime and punishment"),
        ("A poll found most voters opposed.", "Public opinion"),
        ("It is a sin, the bishop preached.", "Morality"),
    ],
)
def test_frames_names_the_frame(text, frame):
    assert next(iter(frames(text))) == frame


@pytest.mark.parametrize("text", ["", "   ", "It was there.", "\U0001f600", "1 2 3"])
def test_frames_is_empty_without_terms(text):
    assert frames(text) == {}


def test_frame_terms_agrees_with_headlines(nlp):
    text = "Taxes rise as the hospital closes."
    assert frame_terms(nlp(text)) == find_terms(text, built_in_codebooks())


@given(st.text())
@settings(max_examples=50, deadline=None)
def test_find_terms_offsets_hold(text):
    rows = find_terms(text, built_in_codebooks())
    assert rows == sorted(rows)
    assert all(0 <= row.start < row.end <= len(text) for row in rows)
    assert sum(frames(text).values()) == pytest.approx(1 if frames(text) else 0)


@pytest.mark.parametrize(
    "text", ["tax " * 50_000, "9" * 1_000_000, "food court " * 20_000], ids=["tax", "9", "court"]
)
def test_find_terms_passes_long_texts(text):
    assert len(find_terms(text, built_in_codebooks())) < 200_000


@pytest.mark.parametrize(
    ("word", "base"), [("women", "woman"), ("taxes", "tax"), ("led", "lead"), ("tried", "try")]
)
def test_base_forms(word, base):
    assert base in base_forms(word)
