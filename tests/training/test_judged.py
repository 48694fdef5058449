"""Events whose pairs of sentences were judged, as the weights of statements are learned from them."""

import json
from importlib import resources

import numpy as np
import pytest

from samestory.training.judged import examples, judged_articles, measure

FIRST, SECOND = "The old harbour bridge will close in March.", "The harbour bridge is old."
HERALD = f"{FIRST} {SECOND} Snow fell on Sunday."
POST = "In March the old harbour bridge will be closed. Ferries will run to the harbour every hour."
EVENT = {
    "event": "bridge",
    "articles": [
        {"article_id": "h", "outlet": "fox", "title": "", "published": "2024-03-01", "text": HERALD}
        | {"sentences": [[0, 70], [71, 91]]},  # the judges' first sentence is two of ours
        {"article_id": "p", "outlet": "nyt", "title": "", "published": "2024-03-01", "text": POST}
        | {"sentences": [[0, 47], [48, 91]]},
    ],
    "pairs": [
        {"a": ("h", 0), "b": ("p", 0), "label": "same"},
        {"a": ("h", 0), "b": ("p", 48), "label": "neutral"},
        {"a": ("h", 71), "b": ("p", 48), "label": "same"},  # no word in common: not even a candidate
    ],
}


@pytest.fixture(scope="module")
def part():
    return examples(EVENT)


def pairs_of(part, chosen):
    text = part.passages.text
    return [(text[a], text[b]) for a, b in zip(part.i[chosen], part.j[chosen], strict=True)]


def test_examples_teach_the_most_alike_of_our_pairs_that_make_up_a_judged_one(part):
    closed = "In March the old harbour bridge will be closed."
    same = part.label == "same"
    assert sorted(pairs_of(part, same)) == sorted([(FIRST, closed), (SECOND, closed)])
    assert pairs_of(part, same & part.taught) == [(FIRST, closed)]
    assert not part.taught[part.label == "neutral"].any()
    assert part.missed == 1


def test_measure_takes_the_best_of_our_pairs_and_leaves_neutral_ones_out(part):
    labels, scores = measure([part], [np.where(part.taught, 0.2, 0.9)])
    assert scores[labels].tolist() == [0.9, 0.0]  # not the one taught, 0.2; and the missed one


def test_the_judgements_name_places_not_words():
    judged = json.loads(
        resources.files("samestory.training").joinpath("judged_events.json").read_text("utf-8")
    )
    pairs = [pair for event in judged.values() for pair in event["same"] + event["unclear"]]
    assert len(judged) == 34
    assert all(a != b and start_a >= 0 and start_b >= 0 for a, start_a, b, start_b in pairs)


def test_judged_articles_say_what_is_missing(tmp_path):
    path = tmp_path / "articles.jsonl"
    row = {"id": "1", "event": "x", "outlet": "fox", "title": "", "published": "", "text": ""}
    path.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(ValueError, match="bring all of BASIL"):
        judged_articles(path)


def test_examples_refuse_judgements_of_another_text():
    articles = [
        {name: value for name, value in article.items() if name != "sentences"}
        for article in EVENT["articles"]
    ]
    pairs = [{"a": ("h", 3), "b": ("p", 0), "label": "same"}]
    with pytest.raises(ValueError, match="no sentence starts at"):
        examples({"event": "bridge", "articles": articles, "pairs": pairs})
