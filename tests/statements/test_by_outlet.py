"""Which outlet tells which statement, and what was found in one only."""

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import samestory as ss
from samestory.statements.pairs import SURE


@pytest.fixture(scope="module")
def cells(bridge):
    table = ss.statements.coverage(bridge)
    first = table["label"].str.split().str[:3].str.join(" ")
    return table.assign(label=first).set_index(["label", "outlet"])


@pytest.mark.parametrize(
    ("label", "outlet", "found", "order"),
    [
        pytest.param("The bridge opened", "Herald", True, 5, id="own statement"),
        pytest.param("The bridge opened", "Post", False, None, id="not found"),
        pytest.param("Ferries will run", "Herald", True, 4, id="between two shared ones"),
        pytest.param("Shopkeepers on the", "Post", True, 4, id="last of the article"),
    ],
)
def test_coverage_crosses_statement_and_outlet(cells, label, outlet, found, order):
    cell = cells.loc[label, outlet]
    assert bool(cell["found"]) is found
    assert (cell["order"] == order) if found else cell["words"] == 0


def test_coverage_has_one_row_for_each_statement_and_outlet(bridge):
    table = ss.statements.coverage(bridge)
    assert len(table) == 2 * table["statement"].nunique()
    assert not table.duplicated(["statement", "outlet"]).any()
    assert table.loc[~table["found"], "place"].isna().all()
    assert (table.groupby("statement")["found"].sum() == table.groupby("statement")["outlets"].first()).all()


def test_coverage_tells_headline_lede_and_body_apart(story_of):
    text = "Nurses at Lindqvist Hospital walked out.\n\nThe strike began at dawn.\n\nNobody was hurt."
    story = story_of({"Herald": text}, title="Dawn strike began")
    assert ss.statements.coverage(story)["place"].tolist() == ["lede", "headline", "body"]


def test_core_statements_are_those_found_in_every_outlet(bridge):
    core = ss.statements.core(ss.statements.coverage(bridge))
    assert core["statement"].nunique() == 3
    assert set(core["outlet"]) == {"Herald", "Post"}


def test_core_statements_of_one_outlet_are_none(story_of):
    assert ss.statements.core(ss.statements.coverage(story_of({"Herald": "It rained."}))).empty


def test_only_in_shows_the_closest_passage_elsewhere(bridge):
    own = ss.statements.only_in(bridge, outlet="Post")
    assert own["text"].tolist() == ["Shopkeepers on the north bank fear for their trade."]
    assert set(own["closest_outlet"].dropna()) <= {"Herald"}
    assert not own["closest_score"].gt(0.5).any()


LIGHTHOUSE = "The lighthouse on Skarv island was built in 1871 by prisoners of war."


@pytest.mark.parametrize(
    "text",
    [
        "Lighthouse keepers of the North",
        "Watch the lighthouse film here tonight at nine.",
        "(The lighthouse keeper was later pardoned by the crown.)",
        "Who will look after the lighthouse now?",
        "A lighthouse keeper!",
        "Follow the keepers on @skarvlight for more lighthouse stories.",
    ],
)
def test_what_states_nothing_is_not_listed_as_told_in_one_only(text, story_of):
    story = story_of({"Herald": f"{LIGHTHOUSE}\n\n{text}", "Post": "Snow fell on Tuesday."})
    assert ss.statements.only_in(story, outlet="Herald")["text"].tolist() == [LIGHTHOUSE]


def test_what_another_outlet_spreads_over_sentences_is_not_told_in_one_only(story_of):
    whole = "Tunde Oyelaran, a welder from Marlow, lost his boat, his savings and his dog in the flood."
    parts = (
        "Tunde Oyelaran is a welder. He lives in Marlow. The flood took his boat. He lost his savings. "
        "His dog drowned."
    )
    story = story_of({"Herald": f"{whole} {LIGHTHOUSE}", "Post": parts})
    assert ss.statements.only_in(story, outlet="Herald")["text"].tolist() == [LIGHTHOUSE]


def test_only_in_names_the_outlets_it_knows(bridge):
    with pytest.raises(ValueError, match="outlet='Heraldd': expected one of: 'Herald', 'Post'"):
        ss.statements.only_in(bridge, outlet="Heraldd")


def test_coverage_table_says_not_found(bridge):
    wide = ss.statements.coverage_table(ss.statements.coverage(bridge)).set_index("label")
    assert wide.loc["The bridge opened in 1931.", ["Herald", "Post"]].tolist() == ["body, no. 5", "not found"]


def test_coverage_of_nothing_has_its_columns(story_of):
    table = ss.statements.coverage(story_of({}))
    assert table.empty
    assert {"statement", "outlet", "found", "place"} <= set(table)
    assert ss.statements.coverage_table(table).empty


def test_near_copies_finds_agency_text(story_of, bridge_texts):
    copy = "By our staff. " + bridge_texts["Herald"] + " More on page two."
    story = story_of({**bridge_texts, "Mirror": copy})
    found = ss.statements.near_copies(story)
    assert found[["outlet_a", "outlet_b"]].to_numpy().tolist() == [["Herald", "Mirror"]]
    assert found["contained"].item() == 1


def test_near_copies_of_texts_that_share_nothing_are_none(bridge):
    assert ss.statements.near_copies(bridge).empty


def test_what_is_perhaps_told_elsewhere_is_not_found_in_one_only(seed_story):
    pairs = ss.same_statements(seed_story)
    assert (pairs["sure"] == (pairs["score"] >= SURE)).all()
    assert 0 < pairs["sure"].sum() < len(pairs)
    text = seed_story.sentences.set_index(["article_id", "sentence"])["text"]
    perhaps = {text[row.article_a, row.sentence_a] for row in pairs.itertuples()}
    assert not set(ss.statements.only_in(seed_story)["text"]) & perhaps


def test_coverage_says_what_an_outlet_perhaps_tells(bridge):
    surest = ss.same_statements(bridge)["score"].max()
    cells = ss.statements.coverage(bridge, threshold=surest)
    assert cells["perhaps"].sum() > 0
    assert not (cells["found"] & cells["perhaps"]).any()
    assert (ss.statements.coverage_table(cells) == "perhaps").to_numpy().sum() == cells["perhaps"].sum()
    InteractiveShell.instance()
    with capture_output() as captured:
        ss.statements.show_coverage(cells)
    (shown,) = captured.outputs
    assert len(re.findall(r">\s*\?\s*<", shown.data["text/html"])) == cells["perhaps"].sum()
