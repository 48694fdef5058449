import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.language.encoder import read
from samestory.quotes.cues import read_cues
from samestory.quotes.find import find_quotes


def said(nlp, text):
    """(content, cue, speaker's words) of each quote."""
    return [
        (
            text[quote.start : quote.end],
            quote.cue,
            None if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end],
        )
        for quote in find_quotes(nlp(text), read(text))
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
            ('the harbour is "full of mud. It must be dug out before winter."', "claim", "Otto Weber"),
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
    (quote,) = find_quotes(nlp(text), read(text))
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
    assert find_quotes(nlp(text), read(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The council named a new harbour master on Monday.", id="named to an office"),
        pytest.param("The state called an election for the autumn.", id="called an election"),
        pytest.param("She starred in “The Long Pier” and “Nine Stops North.”", id="titles at a full stop"),
        pytest.param("Pieters wrote three novels and an opera.", id="wrote books"),
        pytest.param("Rescuers called off the search on Friday.", id="called off"),
        pytest.param("The actor is known from films such as “The Long Pier”.", id="list of films"),
    ],
)
def test_find_quotes_takes_no_deed_and_no_title_for_speech(nlp, text):
    assert find_quotes(nlp(text), read(text)) == []


def test_find_quotes_hears_no_addressee(nlp):
    text = "Steen told Kanal Five that the ferry would sail."
    assert said(nlp, text) == [("that the ferry would sail", "tell", "Steen")]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        pytest.param(
            "“We cannot sail,” said Mia Dahl, who owns the ferry.\n\n“It is a shame,” said a passenger.",
            [("We cannot sail", "Mia Dahl, who owns the ferry"), ("It is a shame", "a passenger")],
            id="two speakers in paragraphs one after the other",
        ),
        pytest.param(
            "“We cannot sail,” Mia Dahl said. Passengers stood in the rain. “They never told us anything.”",
            [("We cannot sail", "Mia Dahl"), ("They never told us anything.", None)],
            id="the narrator speaks in between",
        ),
        pytest.param(
            "“We are full.” “We are closed.” “We are sorry about it.”",
            [("We are full.", None), ("We are closed.", None), ("We are sorry about it.", None)],
            id="nobody named",
        ),
        pytest.param(
            "“A ferry is a road.”\n\n― Governor Ana Sol\n\n“It is a waste.”\n― Dan Whit, baker",
            [("A ferry is a road.", "Governor Ana Sol"), ("It is a waste.", "Dan Whit")],
            id="a name on the line below",
        ),
        pytest.param(
            "“Close it now.” Tom Lind, Ostra\n\n“Keep it open!” Nora Gray, Kelm",
            [("Close it now.", "Tom Lind"), ("Keep it open!", "Nora Gray")],
            id="a list of comments",
        ),
        pytest.param(
            "Reed: Good evening.\nSol: It was late.\nReed: And now?\nSol: It is early.",
            [
                ("Good evening.", "Reed"),
                ("It was late.", "Sol"),
                ("And now?", "Reed"),
                ("It is early.", "Sol"),
            ],
            id="an interview in small letters",
        ),
        pytest.param(
            "ANA SOL, HOST: Will it sail?\n\nDAN WHIT, CAPTAIN: Not today.",
            [("Will it sail?", "ANA SOL"), ("Not today.", "DAN WHIT")],
            id="a transcript with roles",
        ),
    ],
)
def test_find_quotes_tells_the_speakers_apart(nlp, text, contents):
    assert [(content, speaker) for content, _, speaker in said(nlp, text)] == contents


def test_find_quotes_ends_with_the_full_stop_of_an_abbreviation(nlp):
    assert said(nlp, "The port said the ferry left at 7 a.m.")[0][0] == "the ferry left at 7 a.m."


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
    rows = find_quotes(nlp(text), read(text))
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
    assert all(0 <= row.start < row.end <= len(text) for row in find_quotes(nlp(text), read(text)))


def test_find_quotes_reads_over_a_nickname_in_the_speakers_name(nlp):
    assert said(nlp, "Rita “Boots” Lund said: “We open at ten.”") == [
        ("We open at ten.", "say", "Rita “Boots” Lund")
    ]


def test_find_quotes_lists_what_is_set_off_by_a_comma_and_told_of(nlp):
    contents = [content for content, *_ in said(nlp, "“And the cellar floods,” put in Rita Lund, a baker.")]
    assert contents == ["And the cellar floods"]


def test_find_quotes_ends_what_is_retold_with_its_sentence(nlp):
    text = "Mayor Ito said he will ask for a review. Harbour Together, the union, plans to ballot drivers."
    assert said(nlp, text)[0][0] == "he will ask for a review"


def test_find_quotes_leaves_a_line_with_a_colon_to_name_the_speaker(nlp):
    text = (
        "The council named a new engineer on Monday.\n\nAnd from Chairwoman Ana Sol:\n\n"
        "“He brings a wealth of experience to the harbours of this coast.”\n\nThe pier opens in May."
    )
    (quote,) = said(nlp, text)
    assert quote == ("He brings a wealth of experience to the harbours of this coast.", None, None)


def test_find_quotes_gives_no_answer_to_the_asker(nlp):
    text = "“When will it open?” asked a reporter.\n\n“When the pier is safe.”"
    assert [(row[0], row[2]) for row in said(nlp, text)] == [
        ("When will it open?", "a reporter"),
        ("When the pier is safe.", None),
    ]
