"""A check holds for the machine that was checked: what it says otherwise today is listed."""

from dataclasses import replace

import samestory as ss
from samestory.trust.coded import Coded


def test_what_the_machine_says_otherwise_today_is_listed(bridge):
    drawn = ss.trust.sample(bridge, what="quotes")
    coded = Coded({"quotes": drawn})
    assert ss.trust.answered_otherwise(bridge, coded).empty
    without = replace(bridge, quotes=bridge.quotes.iloc[:0])
    moved = ss.trust.answered_otherwise(without, coded)
    found = int(drawn.rows["found"].sum())
    assert moved["variable"].value_counts().to_dict() == {"reported": found, "speaker": found, "form": found}
    reported = moved[moved["variable"] == "reported"]
    assert set(reported["then"]) == {"yes"}
    assert set(reported["now"]) == {"no"}


def test_a_passage_that_is_gone_has_no_answer_today(bridge, story_of):
    coded = Coded({"tone": ss.trust.sample(bridge, what="tone")})
    moved = ss.trust.answered_otherwise(story_of({"Herald": "Snow fell."}), coded)
    assert len(moved) == len(bridge.sentences)
    assert moved["now"].isna().all()


def test_pairs_are_known_again(bridge):
    coded = Coded({what: ss.trust.sample(bridge, what=what) for what in ("statements", "persons")})
    assert ss.trust.answered_otherwise(bridge, coded).empty
