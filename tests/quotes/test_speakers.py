"""Who said it: names, roles, pronouns, groups, and nobody."""

import re

import pytest

from samestory.names.mentions import find_mentions
from samestory.quotes.find import Quote
from samestory.quotes.speakers import name_speakers


def speakers(nlp, text, *pairs, kind="direct"):
    """[(speaker, form)] for quotes given by hand as (content, words of the speaker or None)."""
    quotes, after = [], 0
    for content, words in pairs:
        start = text.index(content, after)
        places = [m.start() for m in re.finditer(rf"\b{re.escape(words)}", text)] if words else []
        place = min(places, key=lambda p: abs(p - start), default=None)
        end = None if place is None else place + len(words)
        quotes.append(Quote(start, start + len(content), kind, "speech", None, None, None, None, place, end))
        after = start + len(content)
    doc = nlp(text)
    named, _ = name_speakers(doc, quotes, find_mentions(doc))
    return [(quote.speaker, quote.speaker_form) for quote in named]


@pytest.mark.parametrize(
    ("text", "content", "words", "expected"),
    [
        pytest.param(
            "Members of Drivers United met. The union Drivers United said “we are ready”.",
            "we are ready",
            "union Drivers United",
            ("Drivers United", "name"),
            id="what a body is before its name",
        ),
        pytest.param(
            "Lina Roth left. “I am tired,” Ms. Roth said.",
            "I am tired,",
            "Ms. Roth",
            ("Lina Roth", "name"),
            id="last name",
        ),
        pytest.param(
            "Lina Roth, the mayor, left. “I am tired,” the mayor said.",
            "I am tired,",
            "the mayor",
            ("Lina Roth", "nominal"),
            id="role",
        ),
        pytest.param(
            "Lina Roth left. “I am tired,” she said.",
            "I am tired,",
            "she",
            ("Lina Roth", "pronoun"),
            id="pronoun",
        ),
        pytest.param(
            "“We are ready,” said the White House.",
            "We are ready,",
            "the White House",
            ("White House", "name"),
            id="institution",
        ),
        pytest.param(
            "“It is over,” several media outlets reported.",
            "It is over,",
            "several media outlets",
            ("several media outlets", "nominal"),
            id="group",
        ),
        pytest.param(
            "“It is over,” a senior official said.",
            "It is over,",
            "a senior official",
            ("senior official", "nominal"),
            id="unnamed source",
        ),
        pytest.param(
            "“It is over,” a spokesman, Lukas Meyer, said.",
            "It is over,",
            "a spokesman,",
            ("Lukas Meyer", "name"),
            id="name in apposition",
        ),
        pytest.param("“It is over,” he said.", "It is over,", "he", (None, "pronoun"), id="nobody named"),
        pytest.param(
            "“Give it a rest,” chipped in Wanda Pike.",
            "Give it a rest,",
            "chipped",
            ("Wanda Pike", "name"),
            id="the verb was taken for the speaker",
        ),
        pytest.param(
            "The potter, Lina Roth, kept the letters. “They are there,” the potter said.",
            "They are there,",
            "the potter",
            ("Lina Roth", "nominal"),
            id="a noun that stood beside the name",
        ),
    ],
)
def test_name_speakers_names_the_speaker(nlp, text, content, words, expected):
    assert speakers(nlp, text, (content, words)) == [expected]


def test_name_speakers_goes_on_with_the_speaker_of_a_long_quote(nlp):
    text = (
        "“We looked at every option,” Lina Roth said. “There was none left for us.”\n\n"
        "“So the mill has to close.”\n\nThe weather was fine."
    )
    found = speakers(
        nlp,
        text,
        ("We looked at every option,", "Lina Roth"),
        ("There was none left for us.", None),
        ("So the mill has to close.", None),
    )
    assert found == [("Lina Roth", "name"), ("Lina Roth", "none"), ("Lina Roth", "none")]


def test_name_speakers_takes_who_is_announced_before(nlp):
    text = "Tom Beck spoke. Lina Roth replied in a statement:\n\n“There was none left for us.”"
    assert speakers(nlp, text, ("There was none left for us.", None)) == [("Lina Roth", "none")]


def test_name_speakers_leaves_words_at_a_distance_without_speaker(nlp):
    text = (
        "“We are ready for it,” said Lina Roth.\n\nThe two talked about “the potential for joint production”."
    )
    found = speakers(
        nlp, text, ("We are ready for it,", "Lina Roth"), ("the potential for joint production", None)
    )
    assert found[1] == (None, "none")


def test_name_speakers_gives_words_between_marks_to_who_says_them(nlp):
    text = "“Peace is what Oleg Orlov wants to see,” Lina Roth said."
    found = speakers(
        nlp,
        text,
        ("Peace is what Oleg Orlov wants to see,", "Lina Roth"),
    )
    nested = speakers(nlp, text, ("Peace", "Oleg Orlov"), ("wants to see,", "Lina Roth"))
    assert found == [("Lina Roth", "name")]
    assert [name for name, _ in nested] == ["Lina Roth", "Lina Roth"]


def test_name_speakers_writes_whose_relative_speaks(nlp):
    text = "Tom Beck fell ill. “He needs rest now,” his wife said."
    assert speakers(nlp, text, ("He needs rest now,", "his wife")) == [("Tom Beck's wife", "nominal")]


def test_name_speakers_never_takes_who_is_named_in_the_quote_for_its_he(nlp):
    text = "Omar Haddad spoke on Friday. “I doubt that Tom Beck will ever pay for the wall,” he said."
    assert speakers(nlp, text, ("I doubt that Tom Beck will ever pay for the wall,", "he")) == [
        ("Omar Haddad", "pronoun")
    ]


def test_name_speakers_goes_on_with_the_last_person_named_after_an_institution_spoke(nlp):
    text = (
        "“We will see what happens,” Tom Beck said on Friday.\n\nTom Beck called Oleg Orlov. "
        "State media reported that Orlov claimed a victory. He also said that he would not back down."
    )
    found = speakers(
        nlp,
        text,
        ("We will see what happens,", "Tom Beck"),
        ("that Orlov claimed a victory", "State media"),
        ("that he would not back down", "He"),
        kind="indirect",
    )
    assert found[2] == ("Oleg Orlov", "pronoun")


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        pytest.param(
            "Lina Roth shook her head. “That is not what we said.”", "That is", "Lina Roth", id="acts"
        ),
        pytest.param(
            "And from Chairwoman Lina Roth:\n\n“He knows every bridge here.”",
            "He knows",
            "Lina Roth",
            id="from",
        ),
    ],
)
def test_words_without_a_verb_are_those_of_whoever_acts_or_is_announced_before_them(
    nlp, text, content, expected
):
    content = text[text.index(content) : text.rindex("”")]
    assert speakers(nlp, text, (content, None)) == [(expected, "none")]


def test_the_answer_to_a_question_is_not_the_askers(nlp):
    text = "“When will it open?” Otto Brandt asked.\n\n“When it is safe to walk on.”"
    named = speakers(nlp, text, ("When will it open?", "Otto Brandt"), ("When it is safe to walk on.", None))
    assert named[1] == (None, "none")


def test_words_after_a_sentence_of_the_narrators_are_nobodys(nlp):
    text = (
        "“We cannot sail today,” Mia Dahl said. Passengers stood in the rain. “They never told us anything.”"
    )
    named = speakers(nlp, text, ("We cannot sail today,", "Mia Dahl"), ("They never told us anything.", None))
    assert named[1] == (None, "none")
