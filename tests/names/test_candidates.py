"""Which spans may be names, and where each begins and ends."""

from itertools import pairwise

import pytest

from samestory.language.tokens import Tokens
from samestory.names.candidates import candidates, could_be_person


def words(nlp, text):
    doc = nlp(text)
    return [doc[name.first : name.last].text for name in candidates(doc)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Following Poe’s speech, Ann Poe left.", "Ann Poe", id="participle"),
        pytest.param("R Venkatan spoke.", "R Venkatan", id="initial"),
        pytest.param("Donald Lovel, Jr. left.", "Donald Lovel, Jr.", id="junior"),
        pytest.param("James “Derek” Lovel left.", "James “Derek” Lovel", id="nickname"),
        pytest.param("Minister for Roads and Harbours Nina Lind left.", "Nina Lind", id="office"),
        pytest.param("Though Derek Lovel left, it sailed.", "Derek Lovel", id="opening"),
        pytest.param("Sergeant brrk Ffft said so.", "Ffft", id="unknown word"),
        pytest.param("the corporal Qyx Mlnn Jnssn ran", "Qyx Mlnn Jnssn", id="title of unknown words"),
        pytest.param("They met Capt. Zqxv on Monday.", "Zqxv", id="title and no entity"),
        pytest.param("Yusra Haddad’s plan failed.", "Yusra Haddad", id="possessive"),
        pytest.param("They heard Tom Poe/Ann Roe.", "Ann Roe", id="stroke"),
        pytest.param("Allen, Overy & Co. won, Kyiv, Zelenskyy said.", "Zelenskyy", id="commas"),
        pytest.param("He thanked @annpoe and the Sabine & @victoria team.", "Sabine", id="handle"),
        pytest.param("PRESIDENT ANN POE WINS AGAIN IN RIGA TODAY", "ANN POE", id="capitals"),
        pytest.param("It is old, Holm told Harbour Radio News.", "Holm", id="tells a paper"),
        pytest.param("Cleaner Maria Lund left at two.", "Maria Lund", id="trade"),
        pytest.param("Shopkeeper Li Wei lost it all.", "Li Wei", id="trade before any name"),
        pytest.param("Plumber Joe Lind was angry.", "Joe Lind", id="trade by its ending"),
        pytest.param("Chester Arthur Poe left.", "Chester Arthur Poe", id="a given name is no trade"),
        pytest.param("Ocasio-Lind and RBC-Kelmar met in Riga.", "Riga", id="hyphens"),
    ],
)
def test_a_name_is_cut_where_it_begins_and_ends(nlp, text, name):
    assert name in words(nlp, text)


@pytest.mark.parametrize(
    ("form", "possible"),
    [
        ("Joan Rivers", True),
        ("Virginia Avenue", False),
        ("Valencia Province", False),
        ("Goldman Sachs", False),
        ("S. U.S. Navy", False),
        ("Colo. App", False),
        ("Jr.", False),
        ("K5", False),
        ("Marine Safety Lt", False),
        ("Clinton Foundation", False),
        ("Twitter", False),
        ("President", False),
        ("RBC-Ukraine", False),
        ("Germany", False),
        ("Vita nova", False),
        ("Chan Ho-lam", True),
        ("Ann Poe Jr. Library", False),
        ("HKLM Poe Brandt", False),
        ("Poe New York", False),
        ("Martin Van Buren", True),
        ("Fort Poe", False),
        ("Joan White", True),
        ("Emma von Post", True),
        ("Harbour Post", False),
    ],
)
def test_could_be_person_goes_by_the_words_alone(nlp, form, possible):
    doc = nlp(form)
    assert could_be_person(Tokens.of(doc), 0, len(doc)) is possible


def test_no_junior_stands_in_two_names(nlp):
    doc = nlp("The infant John F. Brandt, Jr., born early, was ill. John Jr. got well.")
    found = candidates(doc)
    assert all(one.last <= other.first for one, other in pairwise(found))
