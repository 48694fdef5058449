"""Names, roles and pronouns of one article, and who they are."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.language.encoder import read
from samestory.names.mentions import find_mentions
from samestory.quotes.find import find_quotes
from samestory.quotes.speakers import name_speakers

ODD = "“”\"'’‘«»—-–.,:;()[]\n\t\u200f\u202e🙂é中0AR "


def resolved(nlp, text, title=""):
    """{words: [entity, ...]} of all mentions, roles and pronouns resolved."""
    doc = nlp(text)
    _, mentions = name_speakers(doc, find_quotes(doc, read(doc.text)), find_mentions(doc, title=title))
    out: dict[str, list] = {}
    for mention in mentions:
        out.setdefault(text[mention.start : mention.end], []).append(mention.entity)
    return out


def kinds(nlp, text):
    doc = nlp(text)
    return {text[m.start : m.end]: m.kind for m in find_mentions(doc) if m.form == "name"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        pytest.param(
            "Mr. Varga thanked Volodymyr Zelenskyy. Zelenskyy smiled.", "Zelenskyy", "PERSON", id="surname"
        ),
        pytest.param("Sen. Dana Cole, D-Ore., spoke.", "Dana Cole", "PERSON", id="title cut off"),
        pytest.param("The office of Anna Sorel's lawyer closed.", "Anna Sorel", "PERSON", id="possessive"),
        pytest.param("Striker Ines Duarte scored twice on Friday.", "Ines Duarte", "PERSON", id="role first"),
        pytest.param("A report by RBC-Ukraine says so.", "RBC-Ukraine", "ORG", id="hyphen"),
        pytest.param("Kyiv came under attack overnight.", "Kyiv", "GPE", id="capital is no person"),
        pytest.param("Russian officials denied it.", "Russian", "NORP", id="adjective"),
        pytest.param("They flew from Jordan to Chad on Monday.", "Jordan", "GPE", id="country is no person"),
    ],
)
def test_find_mentions_gives_each_name_its_kind(nlp, text, name, kind):
    assert kinds(nlp, text)[name] == kind


def test_find_mentions_drops_party_tags(nlp):
    assert "D-Ore" not in " ".join(kinds(nlp, "Sen. Dana Cole, D-Ore., met Rep. Al Finch (R-Texas)."))


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        pytest.param("Marta Kowalska spoke. Kowalska left.", "Kowalska", "Marta Kowalska", id="last name"),
        pytest.param("Al Finch spoke. Finch left.", "Finch", "Al Finch", id="Al is no particle"),
        pytest.param(
            "Ursula von der Meer spoke. Von der Meer left.",
            "Von der Meer",
            "Ursula von der Meer",
            id="particle",
        ),
        pytest.param(
            "The National Union of Teachers warned. The NUT said so.",
            "NUT",
            "National Union of Teachers",
            id="initials",
        ),
        pytest.param("The Relief Board (RB) met. RB aid is short.", "RB", "Relief Board", id="acronym"),
        pytest.param("Acme Corp. lost. Acme shares fell.", "Acme", "Acme Corp.", id="company"),
        pytest.param("Robert Lane III spoke. Mr. Lane left.", "Lane", "Robert Lane III", id="the third"),
    ],
)
def test_find_mentions_links_names(nlp, text, words, entity):
    assert set(resolved(nlp, text)[words]) == {entity}


def test_find_mentions_keeps_two_of_one_surname_apart(nlp):
    text = "Peter Jones and his wife, Anna Jones, came. Mrs. Jones sat down. Mr. Jones stood."
    assert resolved(nlp, text)["Jones"] == ["Anna Jones", "Peter Jones"]


def test_find_mentions_tells_jr_from_the_plain_name(nlp):
    text = "President Lane praised his son, Paul Lane Jr., on Friday. Lane Jr. thanked Lane."
    assert resolved(nlp, text)["Lane"] == ["Lane", "Lane"]


def test_find_mentions_takes_a_full_name_from_the_headline(nlp):
    assert set(resolved(nlp, "Mr. Okoye spoke on Friday.", "Linda Okoye wins vote")["Okoye"]) == {
        "Linda Okoye"
    }


LEADERS = "British Prime Minister Alan Whitmore met French President Claire Dubois in Paris. "


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        pytest.param(
            LEADERS + "The French leader smiled.", "The French leader", "Claire Dubois", id="country"
        ),
        pytest.param(
            LEADERS + "The prime minister smiled.", "The prime minister", "Alan Whitmore", id="office"
        ),
        pytest.param(LEADERS + "She smiled.", "She", "Claire Dubois", id="gender by given name"),
        pytest.param(
            "Turkish President Emre Kaya spoke. The Turkish head of state left.",
            "The Turkish head of state",
            "Emre Kaya",
            id="head of state",
        ),
        pytest.param(
            "Kremlin chief Oleg Orlov spoke. The Kremlin head left.",
            "The Kremlin head",
            "Oleg Orlov",
            id="seat of government",
        ),
        pytest.param(
            "Sen. Walter Finch, R-Ohio, met Rep. Dana Cole (D-Ore.). The Ohio Republican smiled.",
            "The Ohio Republican",
            "Walter Finch",
            id="party tag",
        ),
        pytest.param(
            "Lina Roth, the mayor of Ulm, met Senator Tom Beck. The mayor smiled.",
            "The mayor",
            "Lina Roth",
            id="apposition",
        ),
        pytest.param(
            "Tom Beck is the club's coach. Ann Lee is a fan. The coach smiled.",
            "The coach",
            "Tom Beck",
            id="predicate",
        ),
        pytest.param(
            "Omar Haddad spoke. Lena Fischer told him to resign.", "him", "Omar Haddad", id="object"
        ),
        pytest.param("In his speech, Governor Ron Tate promised more.", "his", "Ron Tate", id="ahead"),
        pytest.param(
            "Tom Beck spoke. The next president will decide.", "The next president", None, id="generic"
        ),
        pytest.param(
            "Ann Lee, the president's adviser, spoke. The president left.",
            "The president",
            None,
            id="whose adviser",
        ),
        pytest.param("The senator spoke on Friday.", "The senator", None, id="nobody named"),
        pytest.param("Anna Sorel spoke. He left.", "He", None, id="no man named"),
    ],
)
def test_name_speakers_resolves_roles_and_pronouns(nlp, text, words, entity):
    assert resolved(nlp, text)[words] == [entity]


def test_name_speakers_resolves_first_person_in_a_quote_to_its_speaker(nlp):
    text = "“I asked my team,” said Lina Roth. I agree with Tom Beck."
    found = resolved(nlp, text)
    assert found["my"] == ["Lina Roth"]
    assert found["I"] == ["Lina Roth", None]


def test_name_speakers_never_takes_the_speaker_for_he_or_she_in_the_quote(nlp):
    text = "Coach Tomas Ruiz praised Ines Duarte. “She never stops,” the coach said. “She is special.”"
    assert resolved(nlp, text)["She"] == ["Ines Duarte", "Ines Duarte"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("Lina Roth praised them.", "subject", id="subject"),
        pytest.param("They praised Lina Roth.", "object", id="object"),
        pytest.param("Lina Roth was arrested.", "object", id="passive"),
        pytest.param("They were praised by Lina Roth.", "subject", id="by"),
        pytest.param("They read Lina Roth's letter.", "possessive", id="possessive"),
        pytest.param("They walked with Lina Roth.", "other", id="other"),
    ],
)
def test_find_mentions_gives_the_role(nlp, text, role):
    assert [m.role for m in find_mentions(nlp(text)) if text[m.start : m.end] == "Lina Roth"] == [role]


@pytest.mark.parametrize("text", ["", " \n\n ", "It rained.", "12,400 of 1,000,000"])
def test_find_mentions_finds_nothing_where_nobody_is_named(nlp, text):
    assert find_mentions(nlp(text)) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["Ann Poe", "Mr.", "said", "the president", "he", "R-Ohio", *ODD]), max_size=40)
)
def test_mentions_and_quotes_have_true_offsets_on_any_input(nlp, pieces):
    text = " ".join(pieces)
    doc = nlp(text)
    quotes, mentions = name_speakers(doc, find_quotes(doc, read(doc.text)), find_mentions(doc))
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    for row in mentions:
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == doc[row.first : row.last].text
    for quote in quotes:
        assert quote.speaker is None or quote.speaker.strip() == quote.speaker != ""


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        pytest.param("The committee", "House Ethics Committee", id="the one named"),
        pytest.param("The House committee", "House Ethics Committee", id="its own word"),
        pytest.param("The Senate committee", None, id="another's word"),
    ],
)
def test_name_speakers_links_a_body_only_to_a_name_that_fits(nlp, words, entity):
    text = f"The House Ethics Committee met on Friday. {words} will vote in May."
    assert resolved(nlp, text)[words] == [entity]


def test_mrs_is_not_the_man_of_the_same_surname(nlp):
    text = "Donald Poole took office. He and Mrs. Poole, a former model, went to church. Mr. Poole spoke."
    assert resolved(nlp, text)["Poole"] == ["Mrs. Poole", "Donald Poole"]


def test_nobody_is_the_founder_of_the_firm_that_is_called_after_him(nlp):
    text = "Former senator and founder Joe Poole is the first choice. The founder of Poole’s law firm agrees."
    assert resolved(nlp, text)["The founder"] == [None]


def test_the_chairman_of_one_committee_is_not_that_of_another(nlp):
    text = (
        "Senator John Poole, the chairman of the Harbour Committee, was silent. "
        "The chairman of the House Roads and Bridges Committee said he was angry."
    )
    assert resolved(nlp, text)["The chairman"] == [None]
