"""Framing across outlets: figures worked out by hand on short invented articles, and empty cases."""

from dataclasses import replace

import pandas as pd
import pytest

import samestory as ss
from samestory.framing.codebooks import built_in_codebooks
from samestory.language.sentences import with_sentence
from samestory.quotes.inside import with_voice

HARBOUR = "The strike closed the port. Dockers want higher wages.\n\nPolice arrested two dockers."
COURIER = "The port was closed. The mayor met the dockers. Wages are low, wages must rise."


@pytest.fixture(scope="module")
def articles():
    return pd.DataFrame(
        {
            "article_id": ["h", "c"],
            "outlet": ["Harbour", "Courier"],
            "title": ["Dockers fight for wages", None],
            "text": [HARBOUR, COURIER],
        }
    )


@pytest.fixture(scope="module")
def story(articles):
    return ss.annotate(articles)


@pytest.fixture(scope="module")
def empty():
    return ss.annotate(pd.DataFrame({"article_id": ["x"], "text": [""]}))


def test_framing_counts_weighted_terms_per_thousand_words(story):
    """Harbour: 13 words, "wages" strong (2); "strike" is weak Security. Courier: 15 words, twice "wages"."""
    table = ss.framing.weights(story).set_index(["frame", "outlet"])
    harbour, courier = table.loc[("Economic", "Harbour")], table.loc[("Economic", "Courier")]
    assert (harbour["n_sentences"], harbour["sentences"]) == (1, 3)
    assert courier["per_1000"] == pytest.approx(1000 * 4 / 15)
    assert courier["low"] <= courier["per_1000"] <= courier["high"]
    assert set(table["resampled"]) == {"sentences"}


def test_framing_does_not_depend_on_the_order_of_articles(articles, story):
    turned = ss.annotate(articles.iloc[::-1])
    pd.testing.assert_frame_equal(ss.framing.weights(turned), ss.framing.weights(story))


def test_frame_evidence_opens_a_score_to_its_sentences(story):
    rows = ss.framing.evidence(story, frame="Crime and punishment")
    assert list(rows["text"]) == ["Police", "arrested"]
    assert set(rows["passage"]) == {"Police arrested two dockers."}


def test_framing_parts_keeps_headline_and_lede_apart(story):
    parts = ss.framing.parts(story).set_index(["frame", "outlet", "part"])
    assert parts.loc[("Economic", "Harbour", "headline"), "n_terms"] == 1
    assert parts.loc[("Crime and punishment", "Harbour", "lede"), "n_terms"] == 0
    assert parts.loc[("Crime and punishment", "Harbour", "body"), "n_terms"] == 2
    assert parts["share"].isna().loc[("Economic", "Courier", "headline")]


def test_framing_names_the_codebooks_when_one_is_unknown(story):
    with pytest.raises(ValueError, match=r"no terms of a codebook 'polcy'; .*policy"):
        ss.framing.weights(story, codebook="polcy")


def test_reframe_uses_another_codebook(story):
    book = ss.framing.read_codebook("war_diplomacy")
    again = ss.framing.reframe(story, codebooks=[book])
    assert set(again.frames["codebook"]) == {book.name}
    assert len(ss.framing.weights(again, codebook=book.name))


def test_heaviest_frames_has_a_row_per_outlet(story):
    table = ss.framing.heaviest(story)
    assert list(table["outlet"]) == ["Courier", "Harbour"]
    assert table.loc[0, "weighted"] == "Economic"


def test_keyness_gives_counts_and_signs(story):
    table = ss.framing.keyness(story).set_index(["outlet", "word"])
    wages = table.loc[("Courier", "wages")]
    assert (wages["count"], wages["count_elsewhere"], wages["n_articles"]) == (2, 1, 1)
    assert wages["z"] > 0 > table.loc[("Harbour", "wages"), "z"]
    assert "under 5 uses" in wages["note"]
    assert wages["text"] == "Wages are low, wages must rise."


def test_keyness_is_the_published_formula(story):
    """Monroe et al. (2008), with the pooled counts worth 1,000 words as the prior."""
    import numpy as np

    table = ss.framing.keyness(story).set_index(["outlet", "word"])
    here = table.loc["Courier", "count"].sum()
    elsewhere = table.loc["Harbour", "count"].sum()
    prior = 1000 * 3 / (here + elsewhere)
    odds = np.log((2 + prior) / (here + 1000 - 2 - prior)) - np.log(
        (1 + prior) / (elsewhere + 1000 - 1 - prior)
    )
    z = odds / np.sqrt(1 / (2 + prior) + 1 / (1 + prior))
    assert table.loc[("Courier", "wages"), "z"] == pytest.approx(z, abs=1e-6)


def test_keyness_warning_says_when_there_is_too_little(story):
    assert "fewer than 5 articles" in ss.framing.keyness_warning(story)


def test_passages_with_finds_whole_words(story):
    assert list(ss.framing.passages_with(story, word="dockers")["outlet"]) == [
        "Courier",
        "Harbour",
        "Harbour",
    ]
    assert ss.framing.passages_with(story, word="dock").empty


def test_agency_names_the_actor(story):
    rows = ss.framing.agency(story)
    police = rows[rows["verb"] == "arrest"].iloc[0]
    assert (police["form"], police["actor"], police["patient"]) == ("active", "Police", "two dockers")
    forms = ss.framing.agency_forms(rows).set_index("outlet")
    assert forms.loc["Courier", "agentless"] == 1


def test_labels_of_the_seeds_tell_the_outlets_apart(seed_story):
    labels = ss.framing.labels(seed_story)
    putin = labels[labels["entity"].str.contains("Putin")]
    assert {"Kremlin chief", "Kremlin head"} <= set(putin["label"])
    assert len(ss.framing.label_list(labels)) <= len(labels)


def test_loaded_rate_counts_words_by_voice(seed_story):
    rates = ss.framing.loaded_rate(seed_story)
    assert list(rates["voice"]) == ["narrator", "quoted"] * 2
    words = seed_story.sentences["text"].str.split().str.len().sum()
    assert rates["n_words"].sum() == pytest.approx(words, abs=0.02 * words)


def test_every_row_leads_to_its_sentence(seed_story):
    texts = seed_story.articles.set_index("article_id")["text"]
    for table in (
        ss.framing.evidence(seed_story),
        ss.framing.agency(seed_story),
        ss.framing.loaded_wording(seed_story, minimum=0),
    ):
        for row in table.itertuples():
            assert texts[row.article_id][row.start : row.end] == row.text
            assert row.text in row.passage


def test_with_voice_sees_quotes_within_quotes():
    rows = pd.DataFrame({"article_id": ["a"] * 3, "start": [5, 30, 60], "end": [8, 33, 63]})
    quotes = pd.DataFrame(
        {
            "article_id": ["a"] * 2,
            "start": [0, 10],
            "end": [50, 20],
            "kind": "direct",
            "speaker": ["Lee", None],
        }
    )
    found = with_voice(rows, quotes)
    assert list(found["voice"]) == ["quoted", "quoted", "narrator"]
    assert list(found["speaker"].fillna("-")) == ["Lee", "Lee", "-"]


def test_with_sentence_leaves_out_what_no_sentence_holds(story):
    rows = pd.DataFrame({"article_id": ["h", "nowhere"], "start": [3, 0]})
    found = with_sentence(rows, story.sentences)
    assert list(found["sentence"].isna()) == [False, True]
    assert found["passage"].iloc[0] == "The strike closed the port."


@pytest.mark.parametrize(
    "function",
    [
        ss.framing.weights,
        ss.framing.evidence,
        ss.framing.parts,
        ss.framing.heaviest,
        ss.framing.keyness,
        ss.framing.labels,
        ss.framing.bare_names,
        ss.framing.agency,
        ss.framing.agency_roles,
        ss.framing.loaded_rate,
        ss.framing.loaded_wording,
    ],
)
def test_an_empty_article_gives_a_table_with_columns(empty, function):
    assert len(function(empty).columns) >= 5


def test_measured_accuracy_names_what_is_unknown():
    assert {"value", "baseline"} <= set(ss.measured_accuracy("framing").columns)
    with pytest.raises(ValueError, match="'weather'"):
        ss.measured_accuracy("weather")


def test_the_same_terms_count_in_annotation_and_in_reframe(seed_story):
    again = ss.framing.reframe(seed_story, codebooks=built_in_codebooks())
    keys = ["article_id", "start", "codebook", "frame", "term"]
    assert set(map(tuple, again.frames[keys].to_numpy())) == set(
        map(tuple, seed_story.frames[keys].to_numpy())
    )


def test_a_name_in_a_headline_is_no_evidence(story_of):
    story = story_of(
        {"Herald": "The lawyer Tom Banks asked the court for a delay. Banks, 61, left the trial."}
    )
    story = replace(story, articles=story.articles.assign(title="Banks seeks a delay of the trial in court"))
    parts = ss.framing.parts(story).query("part == 'headline'").set_index("frame")
    assert parts.loc["Economic", "n_terms"] == 0
    assert parts.loc["Legality, constitutionality and jurisprudence", "n_terms"] > 0
