import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.annotation.quotes import find_quotes
from samestory.annotation.quotes.codebook import read_cues


def said(nlp, text):
    """(content, cue, speaker's words) of each quote."""
    return [
        (
            text[quote.start : quote.end],
            quote.cue,
            None if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end],
        )
        for quote in find_quotes(nlp(text))
    ]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param(
            "“We will appeal this verdict,” the defence lawyer said on Monday.",
            ("We will appeal this verdict", "say", "the defence lawyer"),
            id="cue after",
        ),
        pytest.param(
            'The coach told reporters: "We did not deserve to lose this match."',
            ("We did not deserve to lose this match.", "tell", "The coach"),
            id="colon",
        ),
        pytest.param(
            "The minister said that the bridge would be closed for a year.",
            ("that the bridge would be closed for a year", "say", "The minister"),
            id="indirect",
        ),
        pytest.param(
            "According to the bank, profits fell by a third last year.",
            ("profits fell by a third last year", "according to", "the bank"),
            id="according to",
        ),
        pytest.param(
            '"The shelling began at dawn," she said, "and it did not stop until noon."',
            ('The shelling began at dawn," she said, "and it did not stop until noon.', "say", "she"),
            id="interrupted",
        ),
        pytest.param(
            'Otto Weber claimed the harbour is "full of mud. It must be dug out before winter."',
            ('the harbour is "full of mud. It must be dug out before winter.', "claim", "Otto Weber"),
            id="goes on within the marks",
        ),
        pytest.param(
            "The union wants to renegotiate the contract.",
            ("to renegotiate the contract", "want", "The union"),
            id="attitude",
        ),
    ],
)
def test_find_quotes_gives_content_cue_and_speaker(nlp, text, quote):
    assert said(nlp, text) == [quote]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param("“We will appeal,” the lawyer said.", ("direct", "speech", "neutral"), id="direct"),
        pytest.param(
            "The lawyer insisted that they would appeal.", ("indirect", "speech", "assertive"), id="indirect"
        ),
        pytest.param(
            "The lawyer claimed that the verdict was “a farce” and that they would appeal.",
            ("mixed", "speech", "doubtful"),
            id="mixed",
        ),
        pytest.param(
            "Farmers fear that the drought will last.", ("indirect", "attitude", "negative"), id="attitude"
        ),
    ],
)
def test_find_quotes_gives_kind_act_and_stance(nlp, text, facts):
    (quote,) = find_quotes(nlp(text))
    assert (quote.kind, quote.act, quote.stance) == facts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("   \n\n  ", id="white space"),
        pytest.param("The train left the station at noon.", id="no quote"),
        pytest.param("The band played songs from “Abbey Road” for an hour.", id="title of a work"),
        pytest.param("The “smart” bin in the market square stood in the rain.", id="scare quote"),
    ],
)
def test_find_quotes_finds_nothing_where_nobody_speaks(nlp, text):
    assert find_quotes(nlp(text)) == []


def test_find_quotes_lists_a_sentence_within_marks_that_nobody_says(nlp):
    text = "The hall was silent.\n\n“None of us expected to see the harbour again.”\n\nSnow fell."
    assert ("None of us expected to see the harbour again.", None, None) in said(nlp, text)


def test_find_quotes_reads_a_transcript(nlp):
    text = "REED: Why did you leave the council?\n\nOKAFOR: I was tired of the noise."
    assert [(content, speaker) for content, _, speaker in said(nlp, text)] == [
        ("Why did you leave the council?", "REED"),
        ("I was tired of the noise.", "OKAFOR"),
    ]


@pytest.mark.parametrize("marks", ["“”", '""', "„“", "«»", "‘’"])
def test_find_quotes_reads_every_style_of_marks(nlp, marks):
    text = f"{marks[0]}We will rebuild the harbour,{marks[1]} the mayor said."
    assert said(nlp, text) == [("We will rebuild the harbour", "say", "the mayor")]


def test_cues_name_each_lemma_once_with_a_known_stance():
    assert {act for act, _ in read_cues().values()} == {"speech", "attitude"}
    stances = {stance for _, stance in read_cues().values()}
    assert stances == {"neutral", "assertive", "doubtful", "positive", "negative"}


PIECES = [
    "he said",
    "“",
    "”",
    '"',
    "'",
    "„",
    "«",
    "»",
    "\n\n",
    "SMITH:",
    "It rained.",
    "‏",
    "🙂",
    "—",
    ",",
    " ",
    "NO",
]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=25))
def test_find_quotes_gives_true_offsets_on_any_text(nlp, pieces):
    text = " ".join(pieces)
    rows = find_quotes(nlp(text))
    assert rows == sorted(rows, key=lambda row: row.start)
    for row in rows:
        assert 0 <= row.start < row.end <= len(text)
        for role in ("cue", "speaker"):
            start, end = getattr(row, f"{role}_start"), getattr(row, f"{role}_end")
            assert (start is None) == (end is None)
            assert start is None or 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("he said that she said " * 2000, id="no full stop"),
        pytest.param("THE MAYOR SAYS NO. " * 500, id="capitals"),
        pytest.param("“he said " * 2000, id="open marks"),
        pytest.param("1234567890" * 20_000, id="digits"),
    ],
)
def test_find_quotes_survives_long_bad_input(nlp, text):
    assert all(0 <= row.start < row.end <= len(text) for row in find_quotes(nlp(text)))
