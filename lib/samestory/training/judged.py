"""Events of which every pair of sentences was judged: their articles and the judgements."""

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from samestory.annotation import annotate
from samestory.statements.features import circumstances, likeness
from samestory.statements.passages import Passages, candidate_pairs
from samestory.training.corpora import read_json_lines

Sentence = tuple[str, int]  # article_id and start of a judged sentence


class Examples(NamedTuple):
    """The candidate pairs of one event."""

    passages: Passages
    i: np.ndarray
    j: np.ndarray
    circumstances: np.ndarray  # columns as in CIRCUMSTANCES
    judged: list[frozenset[Sentence]]  # the two judged sentences that a pair belongs to
    label: np.ndarray  # same, neutral or other
    taught: np.ndarray  # whether the pair is learnt from
    missed: int  # pairs judged the same that were no candidates

    def features(self, words_in_context: np.ndarray) -> np.ndarray:
        """Columns as in FEATURES, with what some encoder says of the words."""
        return np.column_stack([self.circumstances, words_in_context])


def judged_articles(path: str) -> list[dict]:
    """The events that the weights are learned from.

    judged_events.json holds places and no text; `path` brings the articles, which are BASIL's (Fan et al.
    2019), one a line: id, event, outlet, title, published, text.

    Returns:
        of each event its articles, and `pairs` of sentences as article_id and start (a, b), with a label.

    Raises:
        ValueError: an outlet's article is missing.
    """
    judgements = json.loads((Path(__file__).parent / "judged_events.json").read_text("utf-8"))
    articles = pd.DataFrame(read_json_lines(path))
    events = []
    for event, judged in judgements.items():
        told = articles[articles["event"] == event].rename(columns={"id": "article_id"}).to_dict("records")
        identity = {article["outlet"]: article["article_id"] for article in told}
        if missing := {"fox", "hpo", "nyt"} - set(identity):
            raise ValueError(f"{path}: event {event} has no article of {sorted(missing)}; bring all of BASIL")
        pairs = [
            {"a": (identity[a], start_a), "b": (identity[b], start_b), "label": label}
            for label, rows in (("same", judged["same"]), ("neutral", judged["unclear"]))
            for a, start_a, b, start_b in rows
        ]
        events.append({"event": event, "articles": told, "pairs": pairs})
    return events


def examples(event: dict) -> Examples:
    """Features and labels of one event's candidate pairs.

    A judged sentence may be two of ours ("He went. She stayed."): of the pairs that make up one judged
    pair only the most alike is taught, since the others need not tell the same.
    """
    columns = ["article_id", "outlet", "title", "published", "text"]
    articles = pd.DataFrame([{name: article[name] for name in columns} for article in event["articles"]])
    story = annotate(articles.assign(published=pd.to_datetime(articles["published"])))
    passages = Passages.of(story)
    i, j = candidate_pairs(passages)
    place = _judged_sentences(passages, event)
    judged = [frozenset((place[a], place[b])) for a, b in zip(i, j, strict=True)]
    labels = {frozenset((pair["a"], pair["b"])): pair["label"] for pair in event["pairs"]}
    label = np.array([labels.get(pair, "other") for pair in judged])
    number = {pair: n for n, pair in enumerate(dict.fromkeys(judged))}
    alike = pd.Series(likeness(passages, i, j)).groupby(np.array([number[pair] for pair in judged]))
    most = alike.transform("max") == alike.obj
    taught = (label == "other") | ((label == "same") & most.to_numpy())
    missed = sum(name == "same" and pair not in number for pair, name in labels.items())
    return Examples(passages, i, j, circumstances(passages, i, j).to_numpy(), judged, label, taught, missed)


def measure(data: list[Examples], scores: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Labels and scores of the judged pairs, each with the best score of the pairs that make it up."""
    labels, best = [], []
    for part, found in zip(data, scores, strict=True):
        pairs: dict[frozenset, tuple[float, bool]] = {}
        for pair, label, score in zip(part.judged, part.label, found, strict=True):
            if label != "neutral":
                pairs[pair] = max(pairs.get(pair, (-1.0, False)), (float(score), label == "same"))
        labels += [same for _, same in pairs.values()] + [True] * part.missed
        best += [score for score, _ in pairs.values()] + [0.0] * part.missed
    return np.array(labels), np.array(best)


def _judged_sentences(passages: Passages, event: dict) -> list[Sentence]:
    """The judged sentence that each of ours belongs to: the one that it overlaps most, or itself."""
    spans = {article["article_id"]: article.get("sentences") for article in event["articles"]}
    found = []
    for article, start, end in passages.table[["article_id", "start", "end"]].itertuples(index=False):
        over = [min(end, last) - max(start, first) for first, last in spans[article] or [(start, end)]]
        best = int(np.argmax(over))
        found.append((article, spans[article][best][0] if spans[article] else int(start)))
    judged = {sentence for pair in event["pairs"] for sentence in (pair["a"], pair["b"])}
    strange = judged - set(found)
    if strange and not any(spans.values()):
        raise ValueError(
            f"event {event['event']}: no sentence starts at {sorted(strange)[0]}; "
            "the judgements were made with other sentences or another text"
        )
    return found
