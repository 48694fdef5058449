"""Who is who in news text: sentences of the kinds that went wrong."""

import pandas as pd
import pytest

import samestory as ss


def annotated(*texts):
    """A story of one outlet a text."""
    rows = [
        {"article_id": str(n), "outlet": f"Outlet {n}", "title": "", "text": text, "published": pd.NaT}
        for n, text in enumerate(texts)
    ]
    return ss.annotate(pd.DataFrame(rows))


def persons(story):
    """{words: entity} of the names that are persons'."""
    named = story.mentions[(story.mentions["form"] == "name") & (story.mentions["kind"] == "PERSON")]
    return dict(zip(named["text"], named["entity"], strict=True))


def speakers(story):
    """Speakers in text order, each once in a row."""
    found = story.quotes["speaker"].fillna("").tolist()
    return [name for n, name in enumerate(found) if n == 0 or name != found[n - 1]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Femi Adewale, the chief surveyor, was there.", "Femi Adewale", id="rare name"),
        pytest.param("R Venkatan, a scientist, said the rain would stop.", "R Venkatan", id="initial"),
        pytest.param("Chan Ho-lam left the hall.", "Chan Ho-lam", id="hyphen"),
        pytest.param("Fernando Cruz of the Labour Party spoke.", "Fernando Cruz", id="party after"),
        pytest.param("The pro-harbour New League’s Regina Ong spoke.", "Regina Ong", id="party before"),
        pytest.param("Minister of Health Olaf Brent spoke.", "Olaf Brent", id="office"),
        pytest.param("Minister for Roads and Harbours Nina Lind spoke.", "Nina Lind", id="long office"),
        pytest.param("Mathematician Hermann Weil said so.", "Hermann Weil", id="trade"),
        pytest.param("They met a guest going by the name “The Katherinator”.", "Katherinator", id="name"),
        pytest.param("They met with illustrator Johnnie Christmas.", "Johnnie Christmas", id="illustrator"),
        pytest.param("Talk-show host Ria Pell said no.", "Ria Pell", id="hyphenated role"),
        pytest.param("Sefako Mokoena wants it. “It is ours,” Mokoena said.", "Sefako Mokoena", id="rare"),
        pytest.param("Grace Hunter wants it back. “It is ours,” Hunter said.", "Grace Hunter", id="words"),
        pytest.param("Min-ho Baek wants it back. “It is ours,” Baek said.", "Min-ho Baek", id="two halves"),
        pytest.param("Ex-Rep. Hal Dorn Sr. pleaded guilty. Dorn wept.", "Hal Dorn Sr.", id="senior"),
    ],
)  # fmt: skip
def test_a_person_is_found_whole(text, name):
    assert name in persons(annotated(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Ross Ice Shelf broke in two.", id="ice"),
        pytest.param("The robot was called K5. K5 rolled on.", id="digits"),
        pytest.param("The storm shut the major East Coast airports.", id="coast"),
        pytest.param("They live in Virginia Avenue.", id="street"),
        pytest.param("The ruling (Colo. App. 1998) stands.", id="citation"),
        pytest.param("The Gazeta Codzienna newspaper said no.", id="newspaper"),
        pytest.param("Typhoon Morakot hit the coast on Friday.", id="storm"),
        pytest.param("The union Transport Together said no.", id="union"),
        pytest.param("He wore a men’s Cartier watch at the trial.", id="brand"),
        pytest.param("The Home Secretary and the Foreign Secretary left.", id="offices"),
        pytest.param("Acme Corp. lost money. Acme said sales fell.", id="firm"),
        pytest.param("The browser Firefox is behind Chrome.", id="browser"),
        pytest.param("A company called Rovonix is sorry. Rovonix said it would pay.", id="called"),
        pytest.param("The website Shipcount.com was right. Shipcount said ten were late.", id="site"),
        pytest.param("They warned their advisers, the NIA, of a leak.", id="agency in apposition"),
        pytest.param("The plant shut. Labour Minister and staff left.", id="office alone"),
        pytest.param("Al Jazeera told its viewers so.", id="broadcaster"),
        pytest.param("He sang “en la noche los cantos que” to them.", id="another language"),
        pytest.param("They keep Butter Biscuits in a tin.", id="plural"),
        pytest.param("He owns a Leonard Cello.", id="one of a kind"),
        pytest.param("She sold her Bentley and moved.", id="owned"),
        pytest.param("Nurses in Kitwe want more pay, she said.", id="town"),
        pytest.param("A fire in Ann Arbor killed two.", id="town of two words"),
        pytest.param("Some cooks were cold.\n\nStudent Cooks Rescued", id="plural in a heading"),
        pytest.param("Barges pass the Elbe, Danube and Don each day.", id="listed with rivers"),
        pytest.param("A robot fell.\n\nReaction to the fall was mixed, police said.", id="noun"),
    ],
)
def test_a_thing_is_no_person(text):
    assert persons(annotated(text)) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Former Rep. Peter Marlow Jr. pleaded guilty. “I am ashamed,” Marlow said. "
            "Sandra Marlow was a councillor until May.",
            ["Peter Marlow Jr."],
            id="not the one who comes later",
        ),
        pytest.param(
            "Hans and Greta Vogel own it. “The well is dry,” Mr. Vogel said. “We pray,” Mrs. Vogel said.",
            ["Hans Vogel", "Greta Vogel"],
            id="couple",
        ),
        pytest.param(
            "Emil Brandt, 81, and his son, Jonas Brandt, 52, run the inn. “I will let it,” said the "
            "younger Brandt. “Never,” said the elder Brandt.",
            ["Jonas Brandt", "Emil Brandt"],
            id="generations",
        ),
        pytest.param(
            "Dana Brandt and her cousin Mia Brandt own the mill. “I will sell it,” said the younger Brandt.",
            ["Brandt"],
            id="the text does not say who is younger",
        ),
        pytest.param(
            "FBI spokeswoman Ann Pell declined to say more. A store manager in Lund locked the doors. "
            "“Handling money, that is our fear,” she said.",
            ["Ann Pell", "store manager"],
            id="a person without a name",
        ),
        pytest.param(
            "Alex Duval (they/them) leads the choir. “We are hoarse,” they said.", ["Alex Duval"], id="they"
        ),
        pytest.param(
            "Halvorsen told Channel 4 the raid was legal. On Monday soldiers seized Rafik Mansour. "
            "He has always denied it. “I never gave that order,” he wrote.",
            ["Halvorsen", "Rafik Mansour"],
            id="who denies is who is accused",
        ),
        pytest.param(
            "Former Minister for Roads and Harbours Nina Lind said the plan was dead.",
            ["Nina Lind"],
            id="office before the speaker",
        ),
        pytest.param(
            "“I don’t make a habit of it,” Cruz Marlow said at a rally, according to the Ledger.",
            ["Cruz Marlow"],
            id="who said it, not who tells of it",
        ),
        pytest.param(
            "“He helped Peter Lind,” Jon Roe said. “Lind paid him well for all of it,” he added.",
            ["Jon Roe"],
            id="he added",
        ),
        pytest.param(
            "“I agree,” Jon Roe said. Peter Lind’s visit, he said, would cause envy.",
            ["Jon Roe"],
            id="of him",
        ),
        pytest.param("The guards ran it. “It is full,” they said.", [""], id="they are several"),
    ],
)
def test_the_words_go_to_the_right_person(text, expected):
    assert speakers(annotated(text)) == expected


def test_the_lone_surname_is_not_hers_who_is_called_by_her_given_name():
    found = annotated(
        "Pia Vell and Jonas Vell sold the inn. Vell wept. Pia did not. Vell wrote her a letter."
    )
    assert set(found.mentions.loc[found.mentions["text"] == "Vell", "entity"]) == {"Jonas Vell"}


def test_a_couple_is_none_where_the_first_word_is_a_surname():
    found = persons(annotated("Paul Ryan left. Ryan and Nancy Lind agreed. Lind smiled."))
    assert found["Ryan"] == "Paul Ryan"


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("Hamid al-Rashid was held.", "Judges heard Hamid Rashid."), id="article of Arabic"),
        pytest.param(("The minister, Farid Qusani, quit.", "The minister, Farid Qasani, quit."), id="vowels"),
        pytest.param(("Jawed Basharat left.", "Jaweed Basharat left."), id="given name's vowels"),
        pytest.param(("Volodymyr Zelenko spoke.", "Vladimir Zelenko spoke."), id="two languages"),
        pytest.param(("Councillor Dev Anand spoke. Cllr Anand left.", "Dev Anand spoke."), id="title"),
        pytest.param(("Cleaner Maria Lopes ran.", "Maria Lopes, a cleaner, ran."), id="trade"),
        pytest.param(
            (
                "“The bridge will stay shut until May,” said Farid Kusani.",
                "“The bridge will stay shut until May,” said Farid Qusani.",
            ),
            id="the same words",
        ),
    ],
)
def test_two_outlets_name_one_person(texts):
    assert len(set(persons(annotated(*texts)).values())) == 1


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("Michelle Poe spoke.", "Michael Poe spoke."), id="given names"),
        pytest.param(("Dan Holm spoke.", "Don Holm spoke."), id="short given names"),
        pytest.param(("Farid Qusani and Farid Qasani spoke.", "Nobody spoke."), id="both in one article"),
    ],
)
def test_two_persons_stay_two(texts):
    assert len(set(persons(annotated(*texts)).values())) == 2


def test_a_spokesperson_speaks_for_a_body():
    story = annotated(
        "Northgate General Hospital was shut. A hospital spokesman, Jon Ek, said the ward was safe. "
        "“We are sorry,” Ek said.",
        "“We are sorry,” said a spokeswoman for NGH. A police spokesman said two men were held.",
    )
    found = story.quotes[["speaker", "speaks_for"]].drop_duplicates().to_numpy().tolist()
    assert found == [
        ["Jon Ek", "Northgate General Hospital"],
        ["spokeswoman for NGH", "Northgate General Hospital"],
        ["police spokesman", "police"],
    ]
    by_body = ss.quotes.share(story, by=["outlet", "institution"])
    assert set(by_body["institution"]) >= {"Northgate General Hospital", "police"}


def test_in_short_is_silent_of_a_speaker_whose_words_stand_elsewhere():
    words = "“The bridge will stay shut until the end of May at least,”"
    story = annotated(f"{words} said Ida Holm.", f"{words} an official said.")
    assert "found in one outlet only" not in " ".join(ss.quotes.in_short(story))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The World Health Fund met. The agency said the virus had spread.", "World Health Fund"),
        ("The Northern Relief Group sent boats. The group said 20 were saved.", "Northern Relief Group"),
        ("The Ministry of Health shut it. The ministry said the ward was not safe.", "Ministry of Health"),
        ("A statement from the Ministry of Health said the ward was not safe.", "Ministry of Health"),
        ("According to figures published by the operator, CityRail, sales rose by 9 percent.", "CityRail"),
        ("Documents show that the guards knew.", "Documents"),
    ],
)
def test_a_group_or_a_statement_is_the_body_where_the_text_says_whose(text, expected):
    assert speakers(annotated(text)) == [expected]


def test_documents_are_an_unnamed_source():
    found = ss.quotes.source_types(annotated("Documents show that the guards knew.")).set_index("source_type")
    assert found.loc["unnamed source", "statements"] == 1


def test_a_child_is_known_by_the_given_name_beside_the_family():
    texts = ("Matt Barkel and his daughter Katera Barkel were at home.", "Matt Barkel left Katera at home.")
    assert persons(annotated(*texts))["Katera"] == "Katera Barkel"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Trainee Seaman James “Derek” Lovel drowned. Lovel dreamed of the sea. His mother, Katie Lovel, "
            "died in May. “He was brave,” an officer said of Lovel.",
            {"James “Derek” Lovel": "James “Derek” Lovel", "Lovel": "James “Derek” Lovel"},
            id="nickname, rank and a relative of the surname",
        ),
        pytest.param(
            "Though Derek Lovel left, the ship sailed.", {"Derek Lovel": "Derek Lovel"}, id="opening"
        ),
        pytest.param("Donald Lovel, Jr. left.", {"Donald Lovel, Jr.": "Donald Lovel, Jr."}, id="junior"),
        pytest.param("NEW YORK (AP) — Ann Lovel left.", {"Ann Lovel": "Ann Lovel"}, id="dateline"),
    ],
)
def test_names_are_read_without_what_stands_around_them(text, expected):
    assert expected.items() <= persons(annotated(text)).items()


def test_a_middle_name_alone_is_the_person():
    found = persons(annotated("Peter Derek Lindt died. “Derek was new to us,” Captain Ann Moe said."))
    assert found["Derek"] == "Peter Derek Lindt"


def test_a_sheik_is_known_by_the_name_behind_the_title():
    found = persons(
        annotated("Sheik Omar bin Khalid Al Sabri left. His son, Sheik Ali, took over. Omar was ill.")
    )
    assert found["Omar"] == found["Omar bin Khalid Al Sabri"] != found["Ali"]
