"""How surely one statement is told: the words that govern its verb, and where outlets differ."""

import pytest

import samestory as ss
from samestory.statements.hedging import how_surely, is_core


@pytest.mark.parametrize(
    ("text", "core", "degree", "denied", "cues", "source"),
    [
        ("The gunman killed four people.", "killed", "CT", False, [], None),
        ("The gunman reportedly killed four people.", "killed", "U", False, ["reportedly"], None),
        ("The gunman is believed to have killed four people.", "killed", "PR", False, ["believed"], None),
        ("He appears to have killed four people.", "killed", "PR", False, ["appears"], None),
        ("The gunman may have killed four people.", "killed", "PS", False, ["may"], None),
        ("It is likely that he killed four people.", "killed", "PR", False, ["likely"], None),
        ("He is likely to have killed four people.", "killed", "PR", False, ["likely"], None),
        ("Police say that the gunman killed four people.", "killed", "CT", False, [], "Police"),
        ("The clerk was killed by a guard, according to the coroner.", "killed", "CT", False, [], "coroner"),
        ("Police believe that he killed four people.", "killed", "PR", False, ["believe"], "Police"),
        ("He denied that he killed four people.", "killed", "CT", True, ["denied"], "He"),
        ("He denied killing four people.", "killing", "CT", True, ["denied"], "He"),
        ("He was accused of killing four people.", "killing", "U", False, ["accused"], None),
        ("He was held on suspicion of killing four people.", "killing", "PR", False, ["suspicion"], None),
        (
            "Reports that he killed four people could not be confirmed.",
            "killed",
            "U",
            False,
            ["Reports"],
            None,
        ),
        ("The gunman did not kill four people.", "kill", "CT", True, ["not"], None),
        ("No one was killed in the crash.", "killed", "CT", True, ["No"], None),
        ("Police are investigating whether he killed four people.", "killed", "U", False, ["whether"], None),
        ("The man allegedly beaten and killed by guards was 30.", "killed", "U", False, ["allegedly"], None),
        ("Four people were feared killed.", "killed", "PR", False, ["feared"], None),
        ("The alleged attack lasted an hour.", "attack", "U", False, ["alleged"], None),
        ("They accuse the guard of killing four people.", "killing", "U", False, ["accuse"], None),
        (
            "The mayor disputed that people feel betrayed by the deal.",
            "betrayed",
            "CT",
            True,
            ["disputed"],
            "mayor",
        ),
        ("The court convicted no guard.", "convicted", "CT", True, ["no"], None),
        # a cue of another clause says nothing about this verb
        ("He may appeal after he killed four people.", "killed", "CT", False, [], None),
        ("The gunman, who reportedly fled, killed four people.", "killed", "CT", False, [], None),
        ("She was killed by a man who may be her brother.", "killed", "CT", False, [], None),
        ("The bridge will close in March, and trams could be delayed.", "close", "CT", False, [], None),
    ],
)
def test_only_what_governs_the_verb_makes_it_less_certain(nlp, text, core, degree, denied, cues, source):
    (token,) = [token for token in nlp(text) if token.text == core]
    found = how_surely(token)
    assert is_core(token)
    assert (found.degree, found.denied, [cue.text for cue in found.cues]) == (degree, denied, cues)
    assert (found.source and found.source.text) == source


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("He wanted to kill four people.", "kill"),
        ("The council would close the bridge.", "close"),
        ("Police asked whether he killed four people.", "killed"),
        ("The council has plans to close the bridge.", "close"),
        ("He argued that, although the bridge closed, trams ran.", "closed"),
        ("The mayor gave a speech asserting that the bridge had closed.", "closed"),
        ("The minister allegedly lied and resigned on Friday.", "resigned"),
    ],
)
def test_what_is_wanted_or_cannot_be_told_is_no_core(nlp, text, core):
    (token,) = [token for token in nlp(text) if token.text == core]
    assert how_surely(token) is None


HERALD = "The gunman killed four nurses at the Brenholt clinic on Tuesday."


@pytest.mark.parametrize(
    ("post", "told"),
    [
        pytest.param(
            "The gunman reportedly killed four nurses at the Brenholt clinic on Tuesday.",
            ("U", "+", "narrator"),
            id="reportedly",
        ),
        pytest.param(
            "The gunman may have killed four nurses at the Brenholt clinic on Tuesday.",
            ("PS", "+", "narrator"),
            id="may have",
        ),
        pytest.param(
            "The gunman is believed to have killed four nurses at the Brenholt clinic on Tuesday.",
            ("PR", "+", "narrator"),
            id="is believed to",
        ),
        pytest.param(
            "The gunman killed four nurses at the Brenholt clinic on Tuesday, police said.",
            ("CT", "+", "attributed"),
            id="police said",
        ),
        pytest.param(
            "Police said that the gunman had killed four nurses at the Brenholt clinic on Tuesday.",
            ("CT", "+", "attributed"),
            id="said that",
        ),
        pytest.param(
            "“The gunman killed four nurses at the Brenholt clinic on Tuesday,” said mayor Ines Roth.",
            ("CT", "+", "quoted"),
            id="quoted",
        ),
        pytest.param(
            "The gunman denied that he killed four nurses at the Brenholt clinic on Tuesday.",
            ("CT", "-", "attributed"),
            id="denied",
        ),
    ],
)
def test_outlets_that_differ_are_lined_up(story_of, post, told):
    table = ss.statements.certainty(story_of({"Herald": HERALD, "Post": post}))
    assert table["outlet"].tolist() == ["Herald", "Post"]
    rows = [(row.degree, row.polarity, row.voice) for row in table.itertuples()]
    assert rows == [("CT", "+", "narrator"), told]
    for row in table.itertuples():
        text = HERALD if row.outlet == "Herald" else post
        assert text[row.start : row.end] == row.text
        assert row.passage == text


@pytest.mark.parametrize(
    "post",
    [
        pytest.param(
            "On Tuesday night the gunman killed four nurses at the Brenholt clinic.", id="told alike"
        ),
        pytest.param(
            "The gunman, who may be 19, killed four nurses at the Brenholt clinic on Tuesday.",
            id="the cue is of another clause",
        ),
        pytest.param(
            "The gunman killed four nurses at the Brenholt clinic on Tuesday and reportedly fled.",
            id="the cue is of another verb",
        ),
        pytest.param(
            "Four nurses died when a gunman opened fire at the Brenholt clinic on Tuesday.", id="another verb"
        ),
        pytest.param("The gunman wanted to kill four nurses at the Brenholt clinic on Tuesday.", id="a wish"),
        pytest.param(
            "Why did the gunman kill four nurses at the Brenholt clinic on Tuesday?", id="a question"
        ),
        pytest.param(
            "The gunman has killed some four nurses at the Brenholt clinic, perhaps on Tuesday night.",
            id="the day is hedged, not the deed",
        ),
        pytest.param(
            "The gunman did not kill the three wounded nurses at the Brenholt clinic on Tuesday.",
            id="something narrower is denied",
        ),
        pytest.param("Ferries run every ten minutes, apparently.", id="nothing shared"),
    ],
)
def test_outlets_that_tell_it_as_surely_have_no_row(story_of, post):
    assert ss.statements.certainty(story_of({"Herald": HERALD, "Post": post})).empty


def test_one_outlet_has_nothing_to_differ_from(story_of):
    assert ss.statements.certainty(story_of({"Herald": HERALD})).empty
