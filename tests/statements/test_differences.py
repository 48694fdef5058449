"""What differs inside a match: forty invented pairs of tellings, and what a story's table says of them."""

import pandas as pd
import pytest

import samestory as ss
from samestory.statements.counted import figures_in
from samestory.statements.differences import DIFFERENCES, line_up

AGREE = [  # one sentence, the other, what is lined up
    ("Twenty people died in the blaze.", "The blaze killed 20 people.", {"dead": "same"}),
    ("The fire has a death toll of 20.", "20 people were killed in the fire.", {"dead": "same"}),
    ("The storm left 12 dead and 40 injured.", "Twelve people died and forty were hurt.", {"dead": "same", "hurt": "same"}),
    ("About 20 sailors drowned.", "Nineteen sailors drowned.", {"sailors dead": "rounder"}),
    ("More than 300 people were arrested.", "Police arrested 312 people.", {"arrested": "rounder"}),
    ("Nearly two dozen hikers were rescued.", "Rescuers saved 22 hikers.", {}),
    ("Half a million homes lost power.", "Some 500,000 homes lost power.", {"homes": "same"}),
    ("The dam will cost $3bn.", "The dam is expected to cost $2.95 billion.", {"dam": "rounder"}),
    ("The mill lost £1.2 million last year.", "The mill's loss came to £1,200,000.", {"mill": "same"}),
    ("Two-thirds of members backed the deal.", "The deal was backed by 66% of members.", {"members": "rounder"}),
    ("Council members voted 14-9 to close the pool.", "The pool's closure passed by 14 votes to 9.", {"votes": "same"}),
    ("A dozen shops were looted.", "Looters broke into 12 shops.", {"shops": "same"}),
    ("The river rose by 1.5 metres.", "The river rose 1.5 metres overnight.", {"metres": "same"}),
    ("Eight miners are missing, and 20 others were pulled out.", "Eight miners are still missing.", {"miners missing": "same"}),
    ("Of the 30 crew, 12 were hurt in the crash.", "The crash hurt twelve of the crew.", {}),
    ("In 1998, a quake killed 90 people there.", "The quake killed 14 people.", {}),
    ("Five children died, among 20 people killed.", "The crash killed 20 people.", {"dead": "same"}),
    ("The ferry carries 200 passengers a day.", "The ferry carried 70 passengers.", {}),
    ("Ilse Brandt, 52, will lead the inquiry.", "The inquiry will be led by 52-year-old Ilse Brandt.", {"age (Brandt)": "same"}),
    ("The fire could kill 50 people, experts warned.", "The fire killed 20 people.", {}),
]  # fmt: skip
DIFFER = [
    ("Twenty people died in the blaze.", "The blaze killed 21 people.", {"dead": "different"}),
    ("The death toll rose to 20.", "At least 26 people were killed.", {"dead": "different"}),
    ("20 people died and 10 were hurt.", "Twenty people died and eight were hurt.", {"dead": "same", "hurt": "different"}),
    ("The crash left six dead.", "The crash claimed seven lives.", {"dead": "different"}),
    ("Police arrested 45 people.", "Forty people were arrested.", {"arrested": "different"}),
    ("Three climbers are missing.", "Four climbers are still missing.", {"climbers missing": "different"}),
    ("Firefighters rescued 14 people.", "Seventeen people were rescued.", {"rescued": "different"}),
    ("The council will close six bus routes.", "The council will close seven bus routes.", {"routes": "different"}),
    ("Repairs to the bridge will cost 14 million euros.", "Repairs to the bridge will cost 19m euros.", {"Repairs": "different"}),
    ("The bank was fined $2.5 billion.", "The bank was fined $3.5 billion by regulators.", {}),
    ("Turnout in the vote was 61 percent.", "Turnout in the vote was 67%.", {"Turnout": "different"}),
    ("Senators voted 52-48 for the bill.", "The bill passed by 53 votes to 47.", {"votes": "different"}),
    ("The 16-hour flight landed safely.", "The 15-hour flight landed in Newark.", {"hour (flight)": "different"}),
    ("A magnitude 6.2 quake struck the town.", "A 6.6-magnitude quake hit the town.", {"magnitude": "different"}),
    ("The airline cancelled more than 180 flights.", "The airline cancelled 140 flights.", {"flights": "different"}),
    ("The driver was sentenced to nine years in prison.", "The driver was sentenced to seven years in prison.", {"years": "different"}),
    ("Ilse Brandt, 52, will lead the inquiry.", "Ilse Brandt, 57, will lead the inquiry.", {"age (Brandt)": "different"}),
    ("The flood forced 3,000 people to flee; two were killed.", "Three people were killed in the flood.", {"dead": "different"}),
    ("Nine soldiers were killed in the ambush.", "The ambush killed 11 soldiers.", {"soldiers dead": "different"}),
    ("The firm will cut 400 jobs at the plant.", "The firm will cut 600 jobs at the plant.", {"jobs": "different"}),
]  # fmt: skip


def figures(nlp, text):
    return figures_in(nlp(text, disable=["ner"]), dated=[])


def lined_up(nlp, one, other, **when):
    return {a.label: verdict for a, _, verdict in line_up(figures(nlp, one), figures(nlp, other), **when)}


@pytest.mark.parametrize(("one", "other", "expected"), AGREE)
def test_tellings_that_agree(nlp, one, other, expected):
    assert lined_up(nlp, one, other) == expected
    assert lined_up(nlp, other, one).keys() <= {"dam", "members", *expected} | {"loss", "deal"}


@pytest.mark.parametrize(("one", "other", "expected"), DIFFER)
def test_tellings_that_differ(nlp, one, other, expected):
    assert lined_up(nlp, one, other) == expected
