"""What differs inside a match: invented pairs of tellings, and what a story's table says of them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import samestory as ss
from samestory.statements.counted import figures_in
from samestory.statements.lined_up import VERDICTS, line_up
from samestory.statements.name_spellings import spelled_unlike
from samestory.statements.numbers import amounts_in, moments_in
from samestory.statements.outcomes import claims_in, contradictions
from samestory.statements.told_differently import DIFFERENCES

# One sentence, the other, and what is lined up.
AGREE = """
Twenty people died in the blaze.
The blaze killed 20 people.
dead: same

The fire has a death toll of 20.
20 people were killed in the fire.
dead: same

The storm left 12 dead and 40 injured.
Twelve people died and forty were hurt.
dead: same, hurt: same

About 20 sailors drowned.
Nineteen sailors drowned.
sailors dead: rounder

More than 300 people were arrested.
Police arrested 312 people.
arrested: rounder

Nearly two dozen hikers were rescued.
Rescuers saved 22 hikers.
rescued: rounder

Half a million homes lost power.
Some 500,000 homes lost power.
homes: same

The dam will cost $3bn.
The dam is expected to cost $2.95 billion.
dam: rounder

The mill lost £1.2 million last year.
The mill's loss came to £1,200,000.
mill: same

Two-thirds of members backed the deal.
The deal was backed by 66% of members.
members: rounder

Council members voted 14-9 to close the pool.
The pool's closure passed by 14 votes to 9.
votes: same

A dozen shops were looted.
Looters broke into 12 shops.
shops: same

Some 31 people lost their lives.
The quake killed 31 people.
dead: same

Lifeguards plucked 22 pupils from the sea.
Between 18 and 22 swimmers were rescued.
rescued: rounder

The river rose by 1.5 metres.
The river rose 1.5 metres overnight.
metres: same

Eight miners are missing, and 20 others were pulled out.
Eight miners are still missing.
miners missing: same

Of the 30 crew, 12 were hurt in the crash.
The crash hurt twelve of the crew.
-

In 1998, a quake killed 90 people there.
The quake killed 14 people.
-

Five children died, among 20 people killed.
The crash killed 20 people.
-

The ferry carries 200 passengers a day.
The ferry carried 70 passengers.
-

Ilse Brandt, 52, will lead the inquiry.
The inquiry will be led by 52-year-old Ilse Brandt.
age (Brandt): same

The fire could kill 50 people, experts warned.
The fire killed 20 people.
-
"""
DIFFER = """
Twenty people died in the blaze.
The blaze killed 21 people.
dead: different

The death toll rose to 20.
At least 26 people were killed.
dead: different

20 people died and 10 were hurt.
Twenty people died and eight were hurt.
dead: same, hurt: different

The crash left six dead.
The crash claimed seven lives.
dead: different

Police arrested 45 people.
Forty people were arrested.
arrested: different

Three climbers are missing.
Four climbers are still missing.
climbers missing: different

Firefighters rescued 14 people.
Seventeen people were rescued.
rescued: different

The council will close six bus routes.
The council will close seven bus routes.
routes: different

Repairs to the bridge will cost 14 million euros.
Repairs to the bridge will cost 19m euros.
Repairs: different

The bank was fined $2.5 billion.
The bank was fined $3.5 billion by regulators.
bank: different

Turnout in the vote was 61 percent.
Turnout in the vote was 67%.
Turnout: different

Senators voted 52-48 for the bill.
The bill passed by 53 votes to 47.
votes: different

The 16-hour flight landed safely.
The 15-hour flight landed in Newark.
flight (hours): different

A magnitude 6.2 quake struck the town.
A 6.6-magnitude quake hit the town.
magnitude: different

The airline cancelled more than 180 flights.
The airline cancelled 140 flights.
flights: different

The driver was sentenced to nine years in prison.
The driver was sentenced to seven years in prison.
years: different

Ilse Brandt, 52, will lead the inquiry.
Ilse Brandt, 57, will lead the inquiry.
age (Brandt): different

The flood forced 3,000 people to flee; two were killed.
Three people were killed in the flood.
dead: different

Nine soldiers were killed in the ambush.
The ambush killed 11 soldiers.
soldiers dead: different

She served in the Senate from 1966 to 1978.
She sat in the Senate from 1967 to 1979.
years: different

He took the 35-word oath.
The 38-word oath was administered by a judge.
oath (words): different

The Weavers earned $141 million and paid $44 million in taxes.
The Weavers earned $119 million, and gave away $2 million.
earned: different

The firm will cut 400 jobs at the plant.
The firm will cut 600 jobs at the plant.
jobs: different
"""


def pairs(block):
    """Each sentence, the other, and label -> verdict."""
    found = []
    for lines in map(str.splitlines, block.strip().split("\n\n")):
        expected = [] if lines[2] == "-" else [part.rsplit(": ", 1) for part in lines[2].split(", ")]
        found.append(pytest.param(lines[0], lines[1], dict(expected), id=lines[0]))
    return found


def parsed(nlp, text):
    return nlp(text, disable=["ner"])


def lined_up(nlp, one, other, **when):
    sides = (figures_in(parsed(nlp, text), dated=[]) for text in (one, other))
    return {a.label: verdict for a, _, verdict in line_up(*sides, **when)}


@pytest.mark.parametrize(("one", "other", "expected"), pairs(AGREE))
def test_tellings_that_agree(nlp, one, other, expected):
    assert lined_up(nlp, one, other) == expected
    assert sorted(lined_up(nlp, other, one).values()) == sorted(expected.values())


@pytest.mark.parametrize(("one", "other", "expected"), pairs(DIFFER))
def test_tellings_that_differ(nlp, one, other, expected):
    assert lined_up(nlp, one, other) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "The town has 900 workers.", "Almost 400 workers asked him to stay.", id="other workers"
        ),
        pytest.param(
            "The high reached 89 degrees.", "In the sun, temperatures rose to 116 degrees.", id="two heats"
        ),
        pytest.param("The quake killed 241 people.", "That quake killed 8,000 people.", id="another quake"),
        pytest.param(
            "Floods killed 20 people in Peru.", "Floods killed 31 people in Chile.", id="another place"
        ),
        pytest.param("Six were badly hurt.", "Forty people were hurt.", id="the badly hurt alone"),
        pytest.param("He is serving a one-time fine of $9.", "She paid a fine of $7.", id="two fines"),
        pytest.param("Flight 116 landed.", "Flight 118 landed.", id="names of flights"),
        pytest.param("She served from 1966 to 1978.", "He served from 1990 to 1998.", id="two terms"),
        pytest.param("She paid $4 and gave $9.", "She lost $5 and found $7.", id="several sums"),
    ],
)
def test_what_may_be_another_thing_is_not_called_different(nlp, one, other):
    assert "different" not in lined_up(nlp, one, other).values()


def test_a_later_larger_toll_is_an_update(nlp):
    days = pd.Timestamp("2024-05-09"), pd.Timestamp("2024-05-10")
    told = "The blaze killed 20 people.", "The blaze killed 26 people."
    assert lined_up(nlp, *told, published=days) == {"dead": "updated"}
    assert lined_up(nlp, *told, published=days[::-1]) == {"dead": "different"}
    assert lined_up(nlp, *told, published=days[:1] * 2) == {"dead": "different"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("half a million", (500_000, "number")), ("1.2m", (1_200_000, "number")),
        ("a million", (1_000_000, "number")),
        ("two hundred and fifty", (250, "number")), ("forty-six", (46, "number")), ("$3bn", (3e9, "money")),
        ("14 million euros", (14e6, "money")), ("Rs 2,000 crore", (2e10, "money")), ("66%", (66, "share")),
        ("two dozen", (24, "number")), ("three quarters of", (75, "share")), ("14 votes to 9", (14, "vote")),
    ],
)  # fmt: skip
def test_amounts_in_words_and_figures(text, expected):
    assert [(one.low, one.kind) for one in amounts_in(f"It was {text} then.")] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "in 1997",
        "the 1990s",
        "the 21st",
        "N12",
        "COVID-19",
        "No. 2",
        "at 7:30",
        "the second half of it",
        "a third man",
    ],
)
def test_what_is_no_amount(text):
    assert amounts_in(f"It was {text} then.") == []


def test_moments_are_clock_times_and_days_of_the_year():
    found = moments_in("He called at 5:42 p.m. on May 18, not at 8 a.m. ET or on 3 and 4 May.")
    assert [(one.kind, one.low) for one in found] == [("clock", 17 * 60 + 42), ("day", 518)]


@given(st.text(alphabet="0123456789.,:-–$£€% abandhundredtwoRs", max_size=60))
def test_amounts_of_any_text_lie_within_it(text):
    for one in amounts_in(text) + moments_in(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.low == one.low


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The council approved the plan.", "The plan was rejected by the council.", ("approved", "rejected")),
        ("Lawmakers refused to back the bill.", "Lawmakers backed the bill.", ("refused to back", "backed")),
        ("The minister did not resign.", "The minister resigned.", ("not resign", "resigned")),
        ("No charges have been filed.", "Charges were filed.", ("No charges have been filed", "filed")),
        ("The court upheld the ban.", "The court overturned the ban.", ("upheld", "overturned")),
        ("The court upheld the ban.", "The court did not overturn the ban.", None),
        ("The union could reject the deal.", "The union accepted the deal.", None),
        ("The union will reject the deal.", "The union accepted the deal.", None),
        ("The team won the cup.", "The team lost the match.", None),
        ("He did not resign.", "She resigned.", None),
        ("She did not offer him a paid job.", "She offered him a job on the board.", None),
        ("The board did not offer jobs.", "The board offered well-paid jobs.", ("not offer", "offered")),
        ("The minister did not resign because of the vote failing.", "The minister resigned.", None),
        ("The minister did not say why.", "The minister said it was cold.", None),
        ("Did the minister resign?", "The minister did not resign.", None),
    ],
)
def test_outcomes_that_exclude_each_other(nlp, one, other, expected):
    found = [
        (one[a.start : a.end], other[b.start : b.end])
        for a, b in contradictions(*(claims_in(parsed(nlp, text)) for text in (one, other)))
    ]
    assert found == ([expected] if expected else [])


BLAZE = {
    "Herald": (
        "Twenty people died when a blaze swept through the Lindqvist mill in Marlow, officials said.\n\n"
        "Ten others were hurt. Mayor Ilse Brandt approved a rescue fund of 3 million euros on Monday."
    ),
    "Post": (
        "The blaze at the Lindqvist mill in Marlow killed 26 people, officials said on Tuesday.\n\n"
        "Mayor Ilsa Brandt rejected a rescue fund of 3 million euros on Monday."
    ),
}


@pytest.fixture(scope="module")
def blaze(story_of):
    return story_of(BLAZE, published=[pd.Timestamp("2024-05-09"), pd.Timestamp("2024-05-10")])


def test_differences_lists_what_differs_first_with_its_places(blaze):
    table = ss.statements.differences(blaze)
    text = blaze.articles.set_index("article_id")["text"]
    for row in table.itertuples():
        assert text[row.article_a][row.start_a : row.end_a] == row.text_a
        assert text[row.article_b][row.start_b : row.end_b] == row.text_b
        assert row.text_a in row.passage_a
        assert row.outlet_a != row.outlet_b
    found = set(zip(table["kind"], table["what"], table["verdict"], strict=True))
    assert {("fate", "dead", "updated"), ("outcome", "approve / reject", "different")} <= found
    assert [verdict for _, _, verdict in found if verdict == "same"] == ["same"]
    assert table["verdict"].tolist() == sorted(table["verdict"], key=VERDICTS.index)


def test_differences_leave_out_what_an_article_gives_both_ways(story_of):
    texts = BLAZE | {"Herald": BLAZE["Herald"] + "\n\nOther officials said that 26 people died."}
    assert "fate" not in set(ss.statements.differences(story_of(texts))["kind"])


ALONE = {  # three outlets that count one thing, in sentences that are not told alike
    "Herald": "Ilse Brandt said 64 rowers and two coaches were out. Nine hundred Jews were murdered there.",
    "Post": "It was a cold morning. The search at Lindqvist lake involved 62 rowers from a school in Marlow.",
    "Times": "Historians think that about 1,600 Jews were killed there. Lakes claim 70 rowers each year.",
}


def test_differences_find_what_two_outlets_count_once_each(story_of):
    found = ss.statements.differences(story_of(ALONE))
    said = {(row.what, row.verdict, row.text_a, row.text_b) for row in found.itertuples()}
    assert said == {("rowers", "different", "64", "62"), ("Jews dead", "different", "Nine hundred", "1,600")}
    assert (found.loc[found["what"] == "rowers", "score"] == 0).all()


def test_figures_of_which_an_outlet_gives_several_are_not_compared_alone(story_of):
    herald = ALONE["Herald"] + " Later 70 rowers were seen."
    found = ss.statements.differences(story_of(ALONE | {"Herald": herald}))
    assert found["what"].tolist() == ["Jews dead"]


def test_differences_of_nothing_have_their_columns(story_of):
    table = ss.statements.differences(story_of({}))
    assert table.empty
    assert list(table) == list(DIFFERENCES)


def test_what_differs_is_said_in_two_sentences_the_weightiest_first(blaze):
    assert ss.statements.what_differs(blaze) == [
        "A later article gives another figure. Dead: Twenty (Herald, 9 May) / 26 (Post, 10 May).",
        "The outcome is told in opposite ways: “approved” (Herald, 9 May) / “rejected” (Post, 10 May).",
    ]
    assert ss.statements.in_short(blaze)[:2] == ss.statements.what_differs(blaze)


def test_nothing_is_said_where_nothing_differs(bridge):
    assert ss.statements.what_differs(bridge) == []


@pytest.mark.parametrize(
    ("one", "other", "unlike"),
    [
        ("Jon Smyth", "John Smith", True),
        ("José Díaz", "Jose Diaz", False),
        ("J. Smith", "John Smith", False),
        ("Bill Clark", "William Clark", False),
        ("Jean-Luc Picard", "Jean Luc Picard", False),
        ("Ilse Brandt", "Ilsa Brandt", True),
    ],
)
def test_spellings_of_a_name(one, other, unlike):
    assert spelled_unlike(one, other) is unlike


@pytest.mark.parametrize(("who", "differ"), [("Ilse Brandt", ["different"]), ("Otto Brandt", [])])
def test_ages_of_two_who_share_a_surname_are_no_difference(story_of, who, differ):
    story = story_of({
        "Herald": "Ilse Brandt, 44, will lead the inquiry into the harbour fire, the council said.",
        "Post": f"{who}, 47, will lead the council's inquiry into the fire at the harbour.",
    })  # fmt: skip
    table = ss.statements.differences(story)
    assert table.loc[table["kind"] == "age", "verdict"].tolist() == differ
