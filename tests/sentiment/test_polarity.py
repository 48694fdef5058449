"""Polarity of sentences: TextBlob's lexicon, repaired for news, with the words behind the score."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.sentiment.polarity import (
    ToneWords,
    names_within,
    news_words,
    read_tone_words,
    sentence_polarity,
)

TEXTBLOB = ToneWords()


def evidence(text, **options):
    return [(text[a.start : a.end], a.polarity) for a in sentence_polarity(text, **options).assessments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Police praised the witness.", [("praised", 0.6)], id="word TextBlob lacks"),
        pytest.param("It was a terrible, terrible night.", [("terrible", -1.0)] * 2, id="TextBlob's word"),
        # 0.7 (good) times -0.5 (TextBlob's negation)
        pytest.param("This isn't good.", [("isn't good", -0.35)], id="n't"),
        pytest.param("This isn’t good.", [("isn’t good", -0.35)], id="curly n't"),
        # 0.7 (good) times 1.3 (the strength of very)
        pytest.param("a very good year", [("very good", 0.91)], id="strengthened"),
        pytest.param("He was previously criticized.", [("criticized", -0.4)], id="time does not strengthen"),
        pytest.param("It is very large, really.", [], id="degree of nothing"),
        pytest.param("They left without hope.", [("without hope", -0.25)], id="added negation"),
        pytest.param("It spread more than 30 miles in its first year.", [], id="measures"),
        pytest.param("The great depression hit the White House.", [], id="set phrase and name"),
        pytest.param("Its talks on the Good Friday Agreement", [], id="capitals are names"),
        pytest.param("He said: “Great work.”", [("Great", 0.8)], id="capital begins a quote"),
        pytest.param("Best Western bought it.", [], id="a name that begins a sentence, by its next word"),
        pytest.param("Terrible news reached them.", [("Terrible", -1.0)], id="no name begins a sentence"),
        pytest.param("The table is in the kitchen.", [], id="no known word"),
        pytest.param("", [], id="empty"),
    ],
)
def test_sentence_polarity_evidence(text, expected):
    assert evidence(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No part of the reform is good.", [("No part of the reform is good", -0.35)]),
        ("None of the bids was fair.", [("None of the bids was fair", -0.35)]),
        ("Nobody has accused her.", [("Nobody has accused", 0.2)]),
        ("No one was injured.", [("No one was injured", 0.25)]),
        ("It was far from perfect.", [("far from perfect", -0.5)]),
        ("Her answer was anything but good.", [("anything but good", -0.35)]),
        ("The road is no longer safe.", [("no longer safe", -0.25)]),
        ("It was not the worst winter.", [("not the worst", 0.5)]),
        ("They saw no evidence of fraud.", [("no evidence of fraud", 0.35)]),
        ("There is no immediate danger.", [("no immediate danger", 0.25)]),
        ("They did not find it helpful or fair.", [("not find it helpful", -0.2), ("fair", -0.35)]),
        ("He did not answer when the attack began.", [("attack", -0.4)]),
        ("No one has claimed responsibility for the attack.", [("attack", -0.4)]),
        ("They live far from the deadly fire.", [("deadly", -0.2)]),
        ("It was no less brutal.", [("brutal", -0.875)]),
        ("Whether it is true or not is impossible to say.", [("true", 0.35), ("impossible", -0.6667)]),
        ("Not only good, but cheap.", [("good", 0.7), ("cheap", 0.4)]),
        ("The lamp is not good but she praised it.", [("not good", -0.35), ("praised", 0.6)]),
    ],
)
def test_a_negation_reaches_what_it_turns_around(text, expected):
    assert evidence(text) == expected


def test_a_negation_reaches_the_next_word_where_a_codebook_names_none():
    assert evidence("None of the bids was fair.", words=TEXTBLOB) == [("fair", 0.7)]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Strong told them to wait.", ["Strong"], []),
        ("Strong winds were bad.", [], [("Strong", 0.4333), ("bad", -0.7)]),
        ("Joy Kelm praised him.", ["Joy Kelm"], [("praised", 0.6)]),
        ("Angry Danes praised him.", ["Danes"], [("Angry", -0.5), ("praised", 0.6)]),
    ],
)
def test_a_name_has_no_tone(text, names, expected):
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    assert evidence(text, names=places) == expected


def test_names_within_a_sentence_count_from_its_start():
    assert names_within([(0, 3), (10, 14), (20, 22)], 8, 20) == [(2, 6)]


def test_sentence_polarity_is_the_mean_and_missing_without_words():
    tone = sentence_polarity("They praised the rescue and condemned the attack.")
    assert tone.polarity == pytest.approx((0.6 + 0.5 - 0.4 - 0.4) / 4, abs=1e-4)
    assert sentence_polarity("The table is in the kitchen.")[:2] == (None, None)


def test_sentence_polarity_without_changes_is_textblobs():
    textblob = pytest.importorskip("textblob")
    for text in ("a great first step", "not a bad plan", "three people were killed"):
        tone, known = sentence_polarity(text, words=TEXTBLOB), textblob.TextBlob(text).sentiment
        assert (tone.polarity, tone.subjectivity) == pytest.approx(known, abs=1e-3)


def test_news_words_stand_once():
    words = [word for word, *_ in news_words().added]
    assert len(words) == len(set(words))
    assert not (news_words().ignored | news_words().degree) & set(words)
    assert not news_words().ignored & news_words().degree


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("- a list", "mine.yaml: has list; expected the sections", id="not sections"),
        pytest.param("extra: []", r"mine.yaml: has \['extra'\]; expected the sections", id="unknown section"),
        pytest.param("ignored: [more]", "mine.yaml, ignored: expected a list of groups", id="no groups"),
        pytest.param("negations: [no]", r"\[False\] is not a list of words; .* quotes", id="no is false"),
        pytest.param("added: [{subjectivity: 2, words: {}}]", "2 is not a number from 0 to", id="range"),
        pytest.param("added: [{subjectivity: 0, words: {-3: [bad]}}]", "-3 is not a number", id="score"),
        pytest.param("added: [{subjectivity: 0, words: [bad]}]", "expected lines such as", id="no scores"),
        pytest.param("a: [", "not readable as YAML", id="broken YAML"),
    ],
)  # fmt: skip
def test_read_tone_words_says_what_is_wrong(tmp_path, content, message):
    file = tmp_path / "mine.yaml"
    file.write_text(content)
    with pytest.raises(ValueError, match=message):
        read_tone_words(file)


def test_read_tone_words_of_your_own(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("added: [{why: test, subjectivity: 0.1, words: {-0.9: [Kremlin-style]}}]")
    assert evidence("a kremlin-style vote", words=read_tone_words(file)) == [("kremlin-style", -0.9)]


@settings(max_examples=50, deadline=None)
@given(
    text=st.text(max_size=60)
    | st.lists(st.sampled_from(["not", "n't", "very", "Good", "!", "won't", "’"])).map(" ".join)
)
def test_sentence_polarity_offsets_hold(text):
    tone = sentence_polarity(text)
    for item in tone.assessments:
        assert 0 <= item.start < item.end <= len(text)
        assert text[item.start : item.end].strip() == text[item.start : item.end]
    assert (tone.polarity is None) == (not tone.assessments)
