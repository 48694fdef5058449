"""Deeds: who does what to whom, and where the doer goes unnamed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory.framing.actions import find_actions
from samestory.framing.labelling import find_descriptions
from samestory.names.mentions import find_mentions


def deeds(nlp, text):
    def words(start, end):
        return None if start is None else text[start:end]

    return [
        (
            row.form,
            words(row.actor_start, row.actor_end),
            text[row.start : row.end],
            words(row.patient_start, row.patient_end),
        )
        for row in find_actions(nlp(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldiers shot a farmer.", ("active", "Soldiers", "shot", "a farmer")),
        ("A farmer was shot by soldiers.", ("passive", "soldiers", "shot", "A farmer")),
        ("A farmer was shot on Monday.", ("agentless", None, "shot", "A farmer")),
        ("The town came under attack.", ("agentless", None, "attack", "The town")),
        ("The town came under a Russian attack.", ("passive", "Russian", "attack", "The town")),
        ("The attack on the port lasted an hour.", ("noun", None, "attack", "the port")),
        ("The mayor met workers and praised the nurses.", ("active", "The mayor", "praised", "the nurses")),
        ("The guard who hit the boy fled.", ("active", "The guard", "hit", "the boy")),
    ],
    ids=["active", "passive", "agentless", "under", "under-whose", "noun", "shared subject", "relative"],
)
def test_find_actions(nlp, text, expected):
    assert expected in deeds(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "She is the mayor.",
        "It seems late.",
        "Rain on Monday.",
        "\n\n \n\n",
        "The guards were not armed.",
        "No charges were filed.",
        "Talks of a fire of unknown origin.",
        "It is late if the gates are opened.",
        "The clerk could be jailed and fined.",
        "The shelves are labelled.",
        "The town is known abroad.",
        "The box contains wine.",
    ],
)
def test_find_actions_finds_none(nlp, text):
    assert deeds(nlp, text) == []


def described(nlp, text):
    doc = nlp(text)
    rows = find_descriptions(doc, find_mentions(doc))
    return [(row.how, text[row.start : row.end], text[row.mention_start : row.mention_end]) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Defense Secretary Martha Stone resigned.", ("title", "Defense Secretary", "Martha Stone")),
        ("Oil tycoon Henry Ford sold the firm.", ("title", "Oil tycoon", "Henry Ford")),
        (
            "Martha Stone, the defense secretary, resigned.",
            ("apposition", "the defense secretary", "Martha Stone"),
        ),
    ],
)
def test_find_descriptions(nlp, text, expected):
    assert expected in described(nlp, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The 6-year-old rafter Henry Ford sold the firm.", "6-year-old rafter"),
        ("Three ministers, Ann Lee and Bob Poe among them, came.", None),
        ("Oil baron Henry Ford sold the firm.", "Oil baron"),
        ("She wrote the acclaimed biography Henry Ford in a year.", None),
        ("Ann Cole, who wrote Henry Ford: A Love of Boats, called it fine.", None),
    ],
)
def test_find_descriptions_takes_whole_words_and_no_numbers(nlp, text, words):
    found = {row[1].removeprefix("The ") for row in described(nlp, text)}
    assert found == ({words} if words else set())


def test_a_firm_is_not_described_as_the_company(nlp):
    text = "Acme Corp. sold its ships. The company will close."
    assert [row for row in described(nlp, text) if row[0] == "nominal"] == []


def test_find_descriptions_finds_none_beside_a_bare_name(nlp):
    assert described(nlp, "Martha Stone resigned on Monday.") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # A role ends where what it is of, for or to ends
        ("Ann Lee, the finance chief, left. The chief of staff, Bob Poe, stayed.", "chief of staff"),
        ("Bob Poe will stay. The envoy to the harbour towns left.", "envoy to the harbour towns"),
        # and is none where it is cut from what narrows it down
        ("Ann Lee met Bob Poe, the only Liberal who has come out for the bridge.", None),
        # One of several, or no noun at all
        ("Senators Ann Lee and Bob Poe voted.", None),
        ("The ad showed a naked Ann Lee that her friends did not know.", None),
    ],
)
def test_a_description_is_whole_and_of_one_person(nlp, text, words):
    found = {row[1].removeprefix("the ").removeprefix("The ") for row in described(nlp, text)}
    assert words in found if words else not found


def test_a_party_and_an_age_are_no_labels(story_of):
    texts = {"Herald": "Sen. Ann Lee, D-Ohio, met the elder Lee.", "Post": "Senator Ann Lee voted."}
    assert {label.lower() for label in ss.framing.labels(story_of(texts))["label"]} <= {"sen.", "senator"}


@given(st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_offsets_hold(nlp, text):
    doc = nlp(text)
    rows = find_actions(doc)
    assert rows == sorted(rows)
    assert all(0 <= row.start < row.end <= len(text) for row in rows)
    for row in find_descriptions(doc, find_mentions(doc)):
        assert 0 <= row.start < row.end <= len(text)
