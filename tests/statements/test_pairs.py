"""Pairs of sentences that tell the same, and the statements that they make up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory.statements.features import FEATURES, pair_features
from samestory.statements.pairs import by_passage, cluster, load_weights
from samestory.statements.passages import Passages

PAIR = ["article_a", "sentence_a", "article_b", "sentence_b"]


def told(story: ss.Story) -> set[frozenset[str]]:
    """The groups of outlets' sentences, by their first three words."""
    table = ss.statements.tellings(story)
    first = table["text"].str.split().str[:3].str.join(" ")
    return {frozenset(words) for _, words in first.groupby(table["statement"])}


def test_statements_group_the_tellings_of_one_fact(bridge):
    assert told(bridge) == {
        frozenset({"The old harbour", "City councillors voted"}),
        frozenset({"“Nobody wants this", "Mayor Ilse Brandt"}),
        frozenset({"Repairs are expected", "Repairing it is"}),
        frozenset({"Ferries will run"}),
        frozenset({"The bridge opened"}),
        frozenset({"Shopkeepers on the"}),
    }


def test_statements_hold_every_sentence_with_its_place(bridge):
    table = ss.statements.tellings(bridge)
    text = bridge.articles.set_index("article_id")["text"]
    assert all(text[row.article_id][row.start : row.end] == row.text for row in table.itertuples())
    assert set(zip(table["article_id"], table["sentence"], strict=True)) == set(
        zip(bridge.sentences["article_id"], bridge.sentences["sentence"], strict=True)
    )
    assert (table.groupby("statement")["representative"].sum() == 1).all()


def test_same_statements_do_not_depend_on_the_order_of_the_articles(bridge, bridge_texts, story_of):
    turned = story_of(dict(reversed(bridge_texts.items())))

    def scores(story):
        sides = zip(*(ss.same_statements(story)[name] for name in PAIR), strict=True)
        keys = [frozenset({(a, n), (b, m)}) for a, n, b, m in sides]
        return dict(zip(keys, ss.same_statements(story)["score"], strict=True))

    assert scores(turned) == pytest.approx(scores(bridge), abs=1e-5)


def test_same_statements_are_between_articles_and_sorted_by_score(bridge):
    pairs = ss.same_statements(bridge, threshold=0)
    assert (pairs["article_a"] != pairs["article_b"]).all()
    assert pairs["score"].between(0, 1).all()
    assert pairs["score"].is_monotonic_decreasing
    assert not pairs.duplicated(["article_a", "sentence_a", "article_b", "sentence_b"]).any()


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({}, id="no article"),
        pytest.param({"Herald": ""}, id="an empty article"),
        pytest.param({"Herald": "The bridge opened in 1931. It will close."}, id="one article"),
        pytest.param(
            {"Herald": "Snow fell on Tuesday.", "Post": "Penguins prefer herring."}, id="nothing in common"
        ),
        pytest.param({"Herald": "???", "Post": "???"}, id="no words"),
    ],
)
def test_same_statements_finds_nothing(texts, story_of):
    story = story_of(texts)
    assert ss.same_statements(story).empty
    assert len(ss.statements.tellings(story)) == len(story.sentences)


@pytest.mark.parametrize(
    ("weak", "groups"),
    [
        pytest.param(0.3, [[0, 2], [1, 3]], id="a weak pair of passages that are told already"),
        pytest.param(0.7, [[0, 1, 3], [0, 2]], id="a sure one"),
    ],
)
def test_cluster_leaves_a_weak_second_telling(weak, groups):
    pairs = [(0, 2), (1, 3), (0, 3)]
    scores = by_passage(*np.array(pairs).T, np.array([0.9, 0.9, weak]), 4)
    assert cluster(pairs, scores, np.array([0, 0, 1, 1]), join=0.2) == groups


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=3))
def test_statements_take_any_text(story_of, texts):
    story = story_of({f"outlet {n}": text for n, text in enumerate(texts)})
    table = ss.statements.tellings(story)
    text = story.articles.set_index("article_id")["text"]
    assert all(text[row.article_id][row.start : row.end] == row.text for row in table.itertuples())
    assert (
        len(ss.statements.coverage(story))
        == table["statement"].nunique() * story.sentences["article_id"].nunique()
    )


@pytest.mark.parametrize(
    ("herald", "post", "sure"),
    [
        pytest.param(
            "The quake of 2009 killed 308 people in Marlow.",
            "The quake killed 241 people in Marlow.",
            False,
            id="one names a year, and the figures differ",
        ),
        pytest.param(
            "The quake of 2009 killed 308 people in Marlow.",
            "The quake of 1997 killed 308 people in Marlow.",
            False,
            id="two years",
        ),
        pytest.param(
            "The town recalls the year 2009. That quake killed 308 people in Marlow.",
            "The quake killed 241 people in Marlow.",
            False,
            id="the year stands in the sentence before",
        ),
        pytest.param(
            "The quake of 2009 killed 308 people in Marlow.",
            "The quake killed 308 people in Marlow.",
            True,
            id="one names a year, and the figures agree",
        ),
        pytest.param(
            "The quake killed 247 people in Marlow.",
            "The quake killed 241 people in Marlow.",
            True,
            id="no year",
        ),
        pytest.param(
            "The quake killed these people in Marlow:",
            "The quake killed these people in Marlow.",
            False,
            id="a line that leads on",
        ),
    ],
)
def test_a_pair_of_two_occasions_is_not_sure(herald, post, sure, story_of):
    story = story_of({"Herald": herald, "Post": post})
    assert ss.same_statements(story)["sure"].any() == sure


def test_two_opening_sentences_of_few_words_in_common_are_not_sure(story_of):
    story = story_of(
        {
            "Herald": "Mayor Ilse Brandt of Marlow defended her handling of the flood on Friday.",
            "Post": "A school that Ilse Brandt once attended in Marlow won a prize for its choir.",
        }
    )
    assert not ss.same_statements(story)["sure"].any()


SEEDS_RETOLD = [  # first words of both tellings, as a careful reader aligns them
    ("Zelensky stated, ", '"Today, we discussed'),
    ("President Trump is well", "President Trump is very"),
    ("We discussed air", "We talked about possibilities"),
    ("Zelensky further noted", "Our teams will"),
    ("The presidents also had", "According to Zelenskyy, he"),
    ("Zelensky shared, ", '"We are ready for direct joint'),
]


def test_same_statements_finds_every_passage_that_the_seeds_retell(seed_story):
    text = seed_story.sentences.set_index(["article_id", "sentence"])["text"]
    pairs = [
        (text[row.article_a, row.sentence_a], text[row.article_b, row.sentence_b])
        for row in ss.same_statements(seed_story).itertuples()
    ]
    for left, right in SEEDS_RETOLD:
        assert any(a.startswith(left) and b.startswith(right) for a, b in pairs), (left, right)


def test_same_statements_finds_nothing_else_in_the_seeds(seed_story):
    text = seed_story.sentences.set_index(["article_id", "sentence"])["text"]
    summaries = [  # the call itself, told by both, and sums of what the other tells at length
        ("In a pivotal conversation", "During a phone call"),
        ("Zelensky stated, ", "During a phone call"),
        ("The Presidents discussed", "According to Zelenskyy, he"),
        ("The Presidents discussed", '"Today, we discussed'),
        ("The Presidents discussed", "During a phone call"),
    ]
    for row in ss.same_statements(seed_story).itertuples():
        ends = text[row.article_a, row.sentence_a], text[row.article_b, row.sentence_b]
        known = [*SEEDS_RETOLD, *summaries]
        assert any(ends[0].startswith(a) and ends[1].startswith(b) for a, b in known), ends


def test_statements_say_which_wording_is_the_clearest(story_of):
    story = story_of(
        {
            "Herald": "It will cost 14 million euros to repair the old harbour bridge, he said.",
            "Post": "Repairing the old harbour bridge will cost 14 million euros.",
            "Times": "Repairs of the old harbour bridge will cost 14 million euros.",
        }
    )
    table = ss.statements.tellings(story)
    assert table["outlets"].tolist() == [3, 3, 3]
    assert not table.loc[table["outlet"] == "Herald", "representative"].any()


def test_statements_with_a_higher_threshold_are_no_fewer(bridge):
    counts = ss.statements.coverage_by_threshold(bridge, thresholds=(0.1, 0.5, 0.99))
    assert counts["statements"].is_monotonic_increasing
    assert counts["found_in_several"].tolist() == sorted(counts["found_in_several"], reverse=True)


@pytest.mark.parametrize(
    "words",
    [
        "phone conversation with Kremlin",
        "Independence Day",
        "partially halted",
        "Pete Hegseth",
        "Kyiv came under",
    ],
)
def test_only_in_lists_what_one_seed_tells(seed_story, words):
    own = ss.statements.only_in(seed_story)["text"]
    assert own.str.contains(words).any()


@pytest.mark.parametrize(
    ("herald", "post", "feature", "value"),
    [
        pytest.param(
            "Mayor Ilse Brandt will close the bridge.",
            "Mayor Ilse Brandt will not close the bridge.",
            "one_denies",
            1,
            id="only one denies",
        ),
        pytest.param(
            "Nobody will close the bridge.", "The bridge will never close.", "one_denies", 0, id="both deny"
        ),
        pytest.param(
            "Mayor Ilse Brandt closed the bridge.",
            "The bridge was shut by Mayor Ilse Brandt.",
            "ledes_share_cast",
            1,
            id="ledes on the same person",
        ),
        pytest.param(
            "Mayor Ilse Brandt closed the bridge.",
            "The bridge was shut on Friday.",
            "ledes_share_cast",
            0,
            id="ledes on nobody in common",
        ),
        pytest.param(
            "Mayor Ilse Brandt closed the bridge.",
            "Mayor Ilse Brandt opened the ferry.",
            "same_subject",
            1,
            id="the same person acts",
        ),
        pytest.param(
            "Mayor Ilse Brandt closed the bridge.",
            "Otto Weber closed the bridge.",
            "same_subject",
            -1,
            id="two persons act",
        ),
        pytest.param(
            "Mayor Ilse Brandt closed the bridge.",
            "The bridge was shut.",
            "same_subject",
            0,
            id="nobody known",
        ),
        pytest.param("The bridge closed.", "The bridge closed.", "words_in_context", 1, id="the same words"),
    ],
)
def test_pair_features(herald, post, feature, value, story_of):
    passages = Passages.of(story_of({"Herald": herald, "Post": post}))
    assert len(passages) == 2
    found = pair_features(passages, np.array([0]), np.array([1]))
    assert found[feature].tolist() == pytest.approx([value], abs=1e-5)


def test_the_weights_are_those_of_the_features():
    assert load_weights()["features"].tolist() == list(FEATURES)
