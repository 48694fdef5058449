"""Who gets to speak, in sentences whose numbers are counted by hand."""

import samestory as ss

SAID = 'The bridge closed on July 1. "We will mend it soon," mayor Ilse Brandt said.'  # 5 of 15 words


def test_nothing_is_said_of_stories_without_a_quote(story_of):
    assert ss.quotes.in_short(story_of({"Post": "The bridge is shut."})) == [
        "No reported statement was found in these articles."
    ]


def test_one_outlet_is_compared_with_its_own_voice_alone(story_of):
    room, main, direct = ss.quotes.in_short(story_of({"Herald": SAID}))
    assert room == (
        "In Herald, 33% of the words report what somebody says; the rest is the outlet's own voice."
    )
    assert main.startswith("Ilse Brandt is heard most (5 words in all)")
    assert "33% in Herald" in main
    assert direct == "Statements quoted word by word rather than retold: 100% (of 1) in Herald."


def test_of_many_outlets_the_highest_and_the_lowest_are_named(story_of):
    more = {"Herald": "", "Post": " Snow fell.", "Times": " Ferries ran.", "Star": " It is old. It rusts so."}
    room, *others = ss.quotes.in_short(story_of({outlet: SAID + own for outlet, own in more.items()}))
    # 5 of 15 words in the Herald, 5 of 21 in the Star
    assert "from 33% in Herald down to 24% in Star, over 4 outlets" in room
    assert not any("one outlet only" in finding for finding in others)


def test_who_is_heard_in_one_outlet_only_is_named_with_it(story_of):
    other = 'The bridge closed. "It will cost us all," the shopkeeper Otto Vale said.'
    alone = ss.quotes.in_short(story_of({"Herald": SAID, "Post": other}))[2]
    assert alone.startswith("Of 2 speakers, these were found in one outlet only: ")
    assert "Ilse Brandt (Herald)" in alone
    assert "Otto Vale (Post)" in alone


def test_whom_each_of_two_outlets_hears_and_the_other_does_not_is_told_with_both_passages(story_of):
    herald = (
        "The bridge is shut. “We have counted every bolt and every beam of it, and the rust will not wait "
        "for anyone's holidays this year,” mayor Ilse Brandt said."
    )
    post = (
        "The bridge closed. “It will cost us all our summer, and nobody in the town hall has so much as "
        "asked the shops on the quay,” said Otto Vale, a grocer."
    )
    alone = ss.quotes.in_short(story_of({"Herald": herald, "Post": post}))[2]
    assert alone.startswith("Herald gives Ilse Brandt ")
    assert " and Otto Vale none; Post gives Otto Vale " in alone
    assert [passage.outlet for passage in alone.passages] == ["Herald", "Post"]


def test_whose_words_stand_in_the_other_outlet_is_heard_there(story_of):
    said = "“We have counted every bolt and every beam of it, and the rust will not wait for us,”"
    herald = f"The bridge is shut. {said} mayor Ilse Brandt said."
    other = "“It will cost us all our summer, and nobody has so much as asked the shops,” said Otto Vale."
    post = f"The bridge closed. {said} an official said. {other}"
    found = ss.quotes.in_short(story_of({"Herald": herald, "Post": post}))
    assert not any("Ilse Brandt none" in finding for finding in found)


def test_a_name_that_may_be_a_variant_is_not_said_to_be_in_one_outlet_only(story_of):
    herald = 'The bridge closed. "It will cost us all," Councillor Ilse Brandt said.'
    assert not any(
        "in one outlet only" in found
        for found in ss.quotes.in_short(story_of({"Herald": herald, "Post": SAID}))
    )


def test_a_story_whose_quotes_have_no_speaker_names_none(story_of):
    story = story_of({"Herald": "“We will mend it soon, whatever it may cost us all.”"})
    findings = ss.quotes.in_short(story)
    assert not any("heard most" in finding for finding in findings)
    assert len(story.quotes) == 0 or findings[-1].endswith("for 1 no speaker was found.")


def test_a_group_is_not_whoever_is_heard_most(story_of):
    text = (
        "Republicans said that the bridge would stay shut for all of the winter and for most of the spring."
    )
    assert not any("heard most" in finding for finding in ss.quotes.in_short(story_of({"Herald": text})))
