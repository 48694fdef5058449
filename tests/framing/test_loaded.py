"""Loaded wording: sneers are found, plain telling is not; offsets and voices hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory.framing import loaded
from samestory.framing.loaded import loaded_spans, loaded_words
from samestory.language.encoder import read
from samestory.quotes.find import Quote


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The disgraceful and hypocritical minister pushed through his disastrous plan.", "disastrous"),
        ("Radical activists hysterically smeared the school board.", "smeared"),
        ("It was a shameless, cynical attempt to bully teachers.", "shameless"),
    ],
)
def test_loaded_words_finds_sneers(text, word):
    found = {text[start:end]: score for start, end, score in loaded_words(text)}
    assert found.get(word, 0) > 0.2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The committee will meet on Tuesday at noon.",
        "The river rose by two metres on Monday.",
        "1,234",
        "…",
    ],
)
def test_loaded_words_leaves_plain_telling_alone(text):
    assert [row for row in loaded_words(text) if row[2] >= 0.2] == []


def test_loaded_words_ranks_a_sneer_above_the_same_news_told_plainly():
    def total(text):
        return sum(score for *_, score in loaded_words(text))

    plain = "The senator voted against the bill on Thursday."
    assert total("The spineless senator shamefully killed the bill.") > total(plain)


def test_loaded_spans_tells_the_voices_apart(nlp):
    said = "It was a shameless, hypocritical deal"
    doc = nlp(f'{said}. "{said}," Ann Lee said.')
    start = doc.text.index(said, 5)
    quote = Quote(start, start + len(said), "direct", "speech", "say", None, None, "neutral", None, None)
    rows = loaded_spans(doc, read(doc.text), [quote])
    found = [row for row in rows if doc.text[row.start : row.end] == "hypocritical"]
    assert [row.voice for row in found] == ["narrator", "quoted"]


def test_loaded_spans_takes_words_between_any_marks_for_quoted(nlp):
    doc = nlp('He spoke of a "disgraceful, shameless" plan. The shameless plan was dropped.')
    rows = loaded_spans(doc, read(doc.text), [])
    found = [row.voice for row in rows if doc.text[row.start : row.end] == "shameless"]
    assert found == ["quoted", "narrator"]


def test_loaded_spans_leaves_words_of_events_out(nlp, monkeypatch):
    doc = nlp("The shameless gang murdered the clerk.")
    every = [(match.start(), match.end(), 0.9) for match in loaded.WORD.finditer(doc.text)]
    monkeypatch.setattr(loaded, "_scored", lambda text, reading: every)
    found = {doc.text[row.start : row.end] for row in loaded_spans(doc, read(doc.text), [])}
    assert "shameless" in found
    assert "murdered" not in found


def test_loaded_wording_lists_the_outlets_own_words_unless_asked(story_of):
    said = "The shameless, hypocritical minister smeared the board."
    story = story_of({"Herald": f"{said} “{said}” Ann Lee said."})
    own, both = (ss.framing.loaded_wording(story, minimum=0.3, voice=v) for v in ("narrator", None))
    assert set(own["voice"]) == {"narrator"}
    assert set(both["voice"]) == {"narrator", "quoted"}


@given(st.text())
@settings(max_examples=50, deadline=None)
def test_loaded_words_offsets_hold(text):
    rows = loaded_words(text)
    assert rows == sorted(rows)
    assert all(0 <= start < end <= len(text) and 0 < score <= 1 for start, end, score in rows)


@pytest.mark.parametrize(
    "text", ["disgrace " * 20_000, "9" * 500_000, "a-" * 50_000], ids=["words", "9", "hyphens"]
)
def test_loaded_words_passes_long_texts(text):
    assert all(end <= len(text) for _, end, _ in loaded_words(text))
