"""What the notebook side by side says in short."""

import pandas as pd

import samestory as ss
from samestory.pages.finding import LEFT_OUT, TOLD_APART
from samestory.statements.told_alone import told_alone

SAID = "The council met on Friday to vote on the bridge. "


def in_short(**texts):
    rows = [
        {"article_id": outlet, "outlet": outlet, "title": "", "published": pd.NaT, "text": text}
        for outlet, text in texts.items()
    ]
    return ss.statements.in_short(ss.annotate(pd.DataFrame(rows)))


def test_a_name_that_no_other_text_has_is_told_with_its_passage():
    own = "The engineer Tunde Oyelaran warned that the old piers would not hold another winter."
    [alone] = [f for f in in_short(Herald=SAID + own, Post=SAID) if getattr(f, "weight", 0) == LEFT_OUT]
    assert alone == "Found in Herald only:"
    assert [passage.text for passage in alone.passages] == [own]


def test_a_figure_that_no_other_text_has_is_told_with_its_passage():
    own = "The harbour master said 60 jobs would go."
    [alone] = [f for f in in_short(Herald=SAID + own, Post=SAID) if getattr(f, "weight", 0) == LEFT_OUT]
    assert alone == "Found in Herald only:"
    assert [passage.text for passage in alone.passages] == [own]


def test_a_speaker_s_words_and_what_is_told_in_common_words_are_no_finding():
    quoted = "“Nobody ever asked the ferrymen about any of those timetables,” said Ida Holm."
    plain = "The council will meet on Friday and vote."
    found = in_short(Herald=f"{SAID}{quoted} {plain}", Post=SAID)
    assert not [f for f in found if getattr(f, "weight", 0) == LEFT_OUT]


def test_whom_a_pronoun_stands_for_is_said_where_the_passage_begins_with_it():
    own = "Ida Holm runs the ferry. She counted 60 leaks in the piers."
    [alone] = [f for f in in_short(Herald=SAID + own, Post=SAID) if getattr(f, "weight", 0) == LEFT_OUT]
    assert "She [Ida Holm] counted 60 leaks in the piers." in [passage.text for passage in alone.passages]


def test_what_says_nothing_without_the_sentence_before_is_not_told_alone():
    own = "The diver Ida Holm counted 60 leaks in the piers. They also plan timetables for 300 old dogs."
    found = in_short(Herald=SAID + own, Post=SAID)
    texts = [p.text for f in found if getattr(f, "weight", 0) == LEFT_OUT for p in f.passages]
    assert texts == ["The diver Ida Holm counted 60 leaks in the piers."]


def test_an_office_is_no_name_that_one_outlet_alone_has(story_of):
    own = "Harbour Minister Tunde Oyelaran warned that the old piers would not hold another winter."
    told = told_alone(story_of({"Herald": SAID + own, "Post": SAID}))
    assert told["names"].tolist() == [["Tunde Oyelaran"]]


def test_the_place_of_a_dateline_is_no_name_that_one_outlet_alone_has():
    found = in_short(Herald=f"NAIROBI (AP) — {SAID}", Post=SAID)
    assert not [f for f in found if getattr(f, "weight", 0) == LEFT_OUT]


def test_words_that_two_outlets_quote_differently_are_shown_on_both_sides():
    one = "“The bridge will stay shut until the last of its old beams has been replaced,” Ida Holm said."
    other = "“The bridge remains closed until the last old beam has been replaced,” said Ida Holm."
    told = [
        f for f in in_short(Herald=SAID + one, Post=SAID + other) if getattr(f, "weight", 0) == TOLD_APART
    ]
    assert "such as “" in told[0]
    assert all({passage.outlet for passage in finding.passages} == {"Herald", "Post"} for finding in told)


def test_words_around_a_quotation_are_not_told_as_reworded():
    one = "“The bridge will stay shut,” said Ida Holm of Marlow in an interview. “We are all in shock.”"
    other = "“The bridge will stay shut,” Ida Holm told reporters at the harbour. “We are all in shock.”"
    found = in_short(Herald=SAID + one, Post=SAID + other)
    assert not [f for f in found if "different words" in f]


def test_where_two_quotations_begin_otherwise_they_may_be_two_parts_of_what_was_said():
    one = (
        "“No matter how late and no matter how hard it gets, that is no excuse for the closure,” Ida Holm "
        "added, after a statement in which she said she “truly” regretted the closure of the bridge and "
        "apologized."
    )
    other = (
        "“I deeply and truly regret the closure of the bridge and I apologize to all who use it,” Ida Holm "
        "said in a statement."
    )
    closed = "The old bridge over the river Tarn was closed on Monday after cracks were found in its beams. "
    found = in_short(Herald=closed + one, Post=closed + other)
    assert not [f for f in found if "different words" in f]


def test_another_spelling_of_a_name_is_no_other_word():
    one = "“Even Muammar has lost the bridge,” Ida Holm said."
    other = "“Even Moammar has lost the bridge by now, and for good,” Ida Holm said at the harbour of Marlow."
    found = in_short(Herald=SAID + one, Post=SAID + other)
    assert not [f for f in found if "different words" in f]
