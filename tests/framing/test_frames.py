"""Frames: terms are found in their forms, as a whole and in their own case; shares add up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.framing.codebooks import Codebook, Frame, built_in_codebook, built_in_codebooks
from samestory.framing.frames import frame_terms, frames
from samestory.framing.terms import find_terms
from samestory.language.stems import base_forms
from samestory.names.mentions import find_mentions
from samestory.timeline.expressions.find import find_times


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


def evidence(nlp, text, *frames):
    """The words that count, of some frames of the policy codebook."""
    doc = nlp(text)
    found = frame_terms(doc, find_mentions(doc), find_times(doc), [built_in_codebook("policy")])
    return [text[term.start : term.end] for term in found if not frames or term.frame in frames]


@pytest.mark.parametrize(
    ("text", "frame", "word"),
    [
        ("The lawyer Tom Banks asked for a delay. Banks, 61, left.", "Economic", "Banks"),
        ("Shares of General Mills rose, said Justice Ann Lane.", "Security and defense", "General"),
        ("The court heard Justice Ann Lane on equal pay.", "Fairness and equality", "Justice"),
        ("Protesters met the voters on March 29.", "Public opinion", "March"),
    ],
)
def test_a_name_a_title_and_a_date_are_no_evidence(nlp, text, frame, word):
    assert word in [text[t.start : t.end] for t in find_terms(text, built_in_codebooks()) if t.frame == frame]
    assert word not in evidence(nlp, text, frame)


def test_a_body_whose_name_is_the_term_is_evidence(nlp):
    assert "Senate" in evidence(nlp, "Senators of both parties met before the Senate voted.", "Political")


@pytest.mark.parametrize(
    ("meant", "not_meant", "frame", "word"),
    [
        (
            "Patients who exercise need fewer drugs against heart disease, doctors say.",
            "The judge chose to exercise her discretion and let the lawyer speak.",
            "Health and safety",
            "exercise",
        ),
        (
            "The company cut its costs after sales to customers fell.",
            "The singer kept her friends company on the way to the lake.",
            "Economic",
            "company",
        ),
    ],
)
def test_a_term_counts_where_its_sentence_is_about_the_matter(nlp, meant, not_meant, frame, word):
    assert word in evidence(nlp, meant, frame)
    assert word not in evidence(nlp, not_meant, frame)


def test_a_codebook_of_few_frames_has_nothing_to_be_nearer_to(nlp):
    text = "The singer kept her friends company on the way to the lake."
    doc = nlp(text)
    assert [t.term for t in frame_terms(doc, [], [], [book(["company"])])] == ["company"]


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
