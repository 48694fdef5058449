import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.language.quotation_marks import bylines, marked_passages, paragraphs, speaker_lines


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        pytest.param('"We won," she said. "At last."', ["We won,", "At last."], id="straight"),
        pytest.param("“We won,” she said.", ["We won,"], id="curly"),
        pytest.param("„Wir haben gewonnen“, sagte sie.", ["Wir haben gewonnen"], id="german"),
        pytest.param("« Nous avons gagné », dit-elle.", [" Nous avons gagné "], id="french"),
        pytest.param("»Ja«, sagte sie.", ["Ja"], id="reversed guillemets"),
        pytest.param("''We won,'' she said.", ["We won,"], id="doubled single"),
        pytest.param("‘We won,’ she said.", ["We won,"], id="single curly"),
        pytest.param("'We won,' she said.", ["We won,"], id="single straight"),
        pytest.param("“He said ‘never’ twice,” she said.", ["He said ‘never’ twice,"], id="nested"),
        pytest.param("‘He said “never” twice,’ she said.", ["He said “never” twice,"], id="nested british"),
        pytest.param("The players’ union and the dogs' owners met.", [], id="possessives"),
        pytest.param("It's the '90s, y'all, rock 'n' roll.", [], id="apostrophes"),
        pytest.param('A 6\'2" guard and a 12" pipe.', [], id="inches"),
        pytest.param("", [], id="empty"),
        pytest.param("” stray", [], id="stray closing mark"),
    ],
)
def test_marked_passages_finds_what_stands_between_marks(text, passages):
    assert [text[item.start : item.end] for item in marked_passages(text)] == passages


def test_marked_passages_ends_a_forgotten_mark_with_its_paragraph():
    text = '"We won, she said.\n\nThe crowd left. "Good," he said.'
    found = marked_passages(text)
    assert [text[item.start : item.end] for item in found] == ["We won, she said.", "Good,"]
    assert [(item.closed, item.goes_on) for item in found] == [(False, False), (True, False)]


def test_marked_passages_goes_on_where_the_next_paragraph_opens_again():
    found = marked_passages("“We won.\n\n“We will win again.\n\n“Always,” she said.")
    assert [(item.closed, item.goes_on) for item in found] == [(False, True), (False, True), (True, False)]


def test_paragraphs_are_cut_at_blank_lines_and_at_full_lines():
    text = "First.\n\nSecond line\nruns on.\nThird."
    assert [text[a:b] for a, b in paragraphs(text)] == ["First.", "Second line\nruns on.", "Third."]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        pytest.param(
            "REED: Why?\n\nOKAFOR: Because.", [("REED", "Why?"), ("OKAFOR", "Because.")], id="transcript"
        ),
        pytest.param(
            "Reed asked twice.\n\nREED: Why did you go?",
            [("REED", "Why did you go?")],
            id="one line of a known name",
        ),
        pytest.param(
            "REED: Why?\n\nOKAFOR: Well.\n\nI left.\n\nREED: Oh.",
            [("REED", "Why?"), ("OKAFOR", "Well.\n\nI left."), ("REED", "Oh.")],
            id="turn of two paragraphs",
        ),
        pytest.param("UPDATE: The match is over.", [], id="label"),
        pytest.param("WASHINGTON (AP) — It rained.", [], id="dateline"),
    ],
)
def test_speaker_lines_reads_transcripts(text, turns):
    found = speaker_lines(text)
    assert [(text[slice(*line.source)], text[slice(*line.content)]) for line in found] == turns


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "“A disgrace.” ― Ann Lee\n“Fine by me.” — Bo de Wit, 43, Ohio",
            ["Ann Lee", "Bo de Wit"],
            id="list",
        ),
        pytest.param("“A disgrace” — Ann Lee said so on Monday.", [], id="running text"),
    ],
)
def test_bylines_reads_names_set_under_quotes(text, names):
    found = bylines(text, marked_passages(text))
    assert [text[slice(*line.source)] for line in found] == names


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="ab .,?!\n\"'“”„‘’«»—:A", max_size=120))
def test_marked_passages_lie_in_order_within_the_text(text):
    found = marked_passages(text)
    places = [place for item in found for place in (item.start, item.end)]
    assert places == sorted(places)
    assert all(0 <= item.start < item.end <= len(text) for item in found)


def test_a_statement_that_is_closed_paragraphs_later_is_quoted_throughout():
    text = (
        "He wrote:\n\n“We are sorry.\n\nThe bridge was “sound” in May.\n\nIt will be mended.”\n\nSnow fell."
    )
    passages = [text[item.start : item.end] for item in marked_passages(text)]
    assert passages == ["We are sorry.", "The bridge was “sound” in May.", "It will be mended."]


def test_a_mark_that_is_never_closed_spoils_its_own_paragraph_only():
    text = "“We are sorry.\n\nThe bridge was “sound” in May.\n\nSnow fell."
    passages = [text[item.start : item.end] for item in marked_passages(text)]
    assert passages == ["We are sorry.", "sound"]
