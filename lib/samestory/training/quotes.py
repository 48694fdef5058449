"""Train the system of quotes: python -m samestory.training.quotes CLONE_OF_POLNEAR

Each part of the cascade is trained on what the parts before it say about articles that they have
not seen (five folds), so that it learns how far to trust them. The weights go to models/quotes.npz.
"""

import argparse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from samestory.annotation.pipeline import load_pipeline
from samestory.annotation.quotes import model
from samestory.annotation.quotes.columns import Classes, Columns, code, columns_of
from samestory.annotation.quotes.content_features import content_features
from samestory.annotation.quotes.contents import Candidates, content_candidates
from samestory.annotation.quotes.cues import cue_candidates, cue_features
from samestory.annotation.quotes.decisions import Hypotheses, choose_spans, decision_features
from samestory.annotation.quotes.features import BITS, mix, softmax_within
from samestory.annotation.quotes.sources import source_features, source_pairs
from samestory.training.alignment import Gold, align, overlaps
from samestory.training.fitting import fit_classifier, fit_ranker
from samestory.training.polnear import read_polnear

FOLDS = 5
SHARPNESS = 8.0  # of the target over spans: how much more a full overlap is wanted than a part


@dataclass
class Case:
    """One training article and what the folds said about it."""

    fold: int
    columns: Columns
    gold: list[Gold]
    cues: np.ndarray = field(default=None)  # candidates
    scores: np.ndarray = field(default=None)
    likely: np.ndarray = field(default=None)  # cues that pass on, with all gold ones for training
    answer: list = field(default=None)  # Gold or None for each of these
    pairs: np.ndarray = field(default=None)
    hypotheses: Hypotheses = field(default=None)
    candidates: Candidates = field(default=None)
    overlap: np.ndarray = field(default=None)
    content: np.ndarray = field(default=None)  # scores of the candidates


def train(path: str, *, docs=None) -> dict[str, np.ndarray]:
    """Train on the train split; returns the arrays of the model's file."""
    articles = read_polnear(path, "train")
    docs = docs or load_pipeline().pipe([article.text for article in articles])
    cases, classes = [], Classes.of_codebook()
    for number, (doc, article) in enumerate(zip(docs, articles, strict=True)):
        columns = columns_of(doc, classes)
        cases.append(Case(number % FOLDS, columns, align(doc, columns, article.attributions)))
    others = _other_cues(cases)
    cue, intercept = _train_cues(cases, others)
    source = _train_sources(cases)
    start, end, pair = _train_contents(cases)
    trees = _train_decision(cases)
    arrays = {"class_lemma": classes.lemma, "class_number": classes.number}
    arrays |= {"others": others, "bits": np.int64(BITS), "intercept": np.float32(intercept), **trees}
    for name, table in (("cue", cue), ("source", source), ("start", start), ("end", end), ("pair", pair)):
        arrays |= _packed(name, table)
    return arrays


def _other_cues(cases: list[Case]) -> np.ndarray:
    """Lemma with part of speech of what heads a cue at least twice and is no verb."""
    seen = Counter()
    for case in cases:
        heads = np.array([gold.cue for gold in case.gold if gold.cue >= 0], dtype=np.int64)
        heads = heads[~np.isin(case.columns.pos[heads], [code("PROPN"), code("VERB")])]
        seen.update(mix(case.columns.lemma[heads], case.columns.pos[heads]).tolist())
    return np.array(sorted(value for value, count in seen.items() if count >= 2), dtype=np.uint64)


def _folds(cases: list[Case]):
    """(cases to train on, cases to judge) for each fold; last all and none, for the final weights."""
    for fold in range(FOLDS):
        yield [c for c in cases if c.fold != fold], [c for c in cases if c.fold == fold]
    yield cases, []


def _train_cues(cases: list[Case], others: np.ndarray) -> tuple[np.ndarray, float]:
    features = {}
    for case in cases:
        case.cues = cue_candidates(case.columns, others)
        features[id(case)] = cue_features(case.columns, case.cues)
    for known, unseen in _folds(cases):
        wanted = np.concatenate([np.isin(case.cues, [gold.cue for gold in case.gold]) for case in known])
        table, intercept = fit_classifier(
            np.concatenate([features[id(case)] for case in known]), wanted, penalty=6
        )
        for case in unseen:
            case.scores = table[features[id(case)]].sum(axis=1) + intercept
    for case in cases:
        by_cue = {gold.cue: gold for gold in case.gold}
        case.likely = np.flatnonzero((case.scores > model.LEAST_CUE) | np.isin(case.cues, list(by_cue)))
        case.answer = [by_cue.get(cue) for cue in case.cues[case.likely].tolist()]
    return table, intercept


def _train_sources(cases: list[Case]) -> np.ndarray:
    features, wanted = {}, {}
    for case in cases:
        cues = case.cues[case.likely]
        case.pairs = source_pairs(case.columns, cues)
        features[id(case)] = source_features(case.columns, cues, case.pairs)
        wanted[id(case)] = _wanted_sources(case)
    for known, unseen in _folds(cases):
        rows, group, target = [], [], []
        first = 0
        for case in known:
            want = wanted[id(case)]
            has = np.bincount(case.pairs[:, 0], want, minlength=len(case.likely))[case.pairs[:, 0]] > 0
            rows.append(features[id(case)][has])
            group.append(case.pairs[has, 0] + first)
            target.append(want[has])
            first += len(case.likely)
        (table,) = fit_ranker(
            [(np.concatenate(rows), None)], np.concatenate(group), np.concatenate(target), penalty=2
        )
        for case in unseen:
            share = softmax_within(table[features[id(case)]].sum(axis=1), case.pairs[:, 0])
            cues, scores = case.cues[case.likely], case.scores[case.likely]
            case.hypotheses = model.with_sources(case.columns, cues, scores, case.pairs, share)
    return table


def _wanted_sources(case: Case) -> np.ndarray:
    """1 for the head of the gold source; shared out among its tokens when the head is no candidate."""
    wanted = np.zeros(len(case.pairs))
    for number, gold in enumerate(case.answer):
        if gold is None:
            continue
        rows = np.flatnonzero(case.pairs[:, 0] == number)
        tokens = case.pairs[rows, 1]
        right = tokens == (gold.head if len(gold.source) else -1)
        right = right if right.any() else np.isin(tokens, gold.source)
        wanted[rows] = right / max(right.sum(), 1)
    return wanted


def _train_contents(cases: list[Case]) -> list[np.ndarray]:
    features = {}
    for case in cases:
        h = case.hypotheses
        case.candidates = content_candidates(case.columns, h.cue, h.source)
        features[id(case)] = content_features(case.columns, h.cue, h.source, case.candidates)
        case.overlap = np.zeros(len(case.candidates.pairs))
        edges = np.searchsorted(case.candidates.pairs[:, 0], np.arange(len(h.cue) + 1))
        for number, gold in enumerate(case.answer):
            if gold is not None and len(gold.content):
                own = slice(edges[number], edges[number + 1])
                part = case.candidates._replace(pairs=case.candidates.pairs[own])
                case.overlap[own] = overlaps(case.columns, gold, h.cue[number], h.source[number], part)
    for known, unseen in _folds(cases):
        tables = fit_ranker(*_content_problem(known, features), penalty=2, steps=70)
        for case in unseen:
            starts, ends, pairs = features[id(case)]
            first, last = case.candidates.pairs[:, 1:].T
            of_start, of_end, of_pair = (
                table[rows].sum(axis=1) for table, rows in zip(tables, (starts, ends, pairs), strict=True)
            )
            case.content = of_start[first] + of_end[last] + of_pair
    return tables


def _content_problem(cases: list[Case], features: dict) -> tuple:
    """The blocks of features, groups and targets: only of cues with a span that fits somewhat."""
    starts, ends, pairs, first, last, group, target = ([] for _ in range(7))
    n_starts = n_ends = n_cues = 0
    for case in cases:
        rows, number = case.candidates.pairs, case.candidates.pairs[:, 0]
        best = np.zeros(len(case.likely))
        np.maximum.at(best, number, case.overlap)
        use = best[number] > 1 / 3
        wish = np.exp(SHARPNESS * (case.overlap - best[number])) * (case.overlap > 0.3) * use
        total = np.bincount(number, wish, minlength=len(best))
        of_start, of_end, of_pair = features[id(case)]
        starts.append(of_start)
        ends.append(of_end)
        pairs.append(of_pair[use])
        first.append(rows[use, 1] + n_starts)
        last.append(rows[use, 2] + n_ends)
        group.append(number[use] + n_cues)
        target.append(wish[use] / total[number[use]])
        n_starts, n_ends, n_cues = n_starts + len(of_start), n_ends + len(of_end), n_cues + len(best)
    blocks = [
        (np.concatenate(starts), np.concatenate(first)),
        (np.concatenate(ends), np.concatenate(last)),
        (np.concatenate(pairs), None),
    ]
    return blocks, np.concatenate(group), np.concatenate(target)


def _train_decision(cases: list[Case]) -> dict[str, np.ndarray]:
    rows, right = [], []
    for case in cases:
        h = case.hypotheses
        choices = choose_spans(case.columns, case.candidates, case.content, len(h.cue))
        facts = decision_features(case.columns, h, case.candidates, choices)
        real = h.score[choices.number] > model.LEAST_CUE
        rows.append(facts[real])
        right.append(_is_right(case, choices)[real])
    forest = HistGradientBoostingClassifier(
        max_iter=220,
        learning_rate=0.07,
        max_leaf_nodes=24,
        max_depth=8,
        min_samples_leaf=60,
        l2_regularization=5,
    )
    forest.fit(np.concatenate(rows), np.concatenate(right))
    return {"least": np.float32(0.36), **_flat(forest)}


def _is_right(case: Case, choices) -> np.ndarray:
    """Half of the words right, and the source's."""
    fits = case.overlap[choices.pair] >= 0.5
    named = np.zeros(len(case.answer), dtype=bool)
    for number, gold in enumerate(case.answer):
        if gold is not None:
            first, last = case.hypotheses.source[number]
            named[number] = not len(gold.source) or bool(
                ((gold.source >= first) & (gold.source < last)).any()
            )
    return fits & named[choices.number]


def _flat(forest: HistGradientBoostingClassifier) -> dict[str, np.ndarray]:
    """The trees of scikit-learn in the arrays of `annotation.quotes.trees.Trees`."""
    trees = [stage[0].nodes for stage in forest._predictors]
    roots = np.cumsum([0, *(len(nodes) for nodes in trees)])[:-1]
    nodes = np.concatenate(trees)
    base = np.repeat(roots, [len(tree) for tree in trees])
    own = np.arange(len(nodes))
    leaf = nodes["is_leaf"].astype(bool)
    return {
        "tree_feature": np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16),
        "tree_threshold": nodes["num_threshold"].astype(np.float32),
        "tree_left": np.where(leaf, own, nodes["left"] + base).astype(np.int32),
        "tree_right": np.where(leaf, own, nodes["right"] + base).astype(np.int32),
        "tree_value": np.where(leaf, nodes["value"], 0).astype(np.float32),
        "tree_roots": roots.astype(np.int32),
        "tree_depth": np.int64(max(int(tree["depth"].max()) for tree in trees)),
        "tree_baseline": np.float32(forest._baseline_prediction.item()),
    }


def _packed(name: str, table: np.ndarray) -> dict[str, np.ndarray]:
    """Half precision, and only the weights that are not 0."""
    used = table != 0
    return {f"{name}_places": np.packbits(used), f"{name}_weights": table[used].astype(np.float16)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", help="a clone of github.com/networkdynamics/PolNeAR")
    target = Path(__file__).parents[1] / "models" / "quotes.npz"
    np.savez_compressed(target, **train(parser.parse_args().corpus))


if __name__ == "__main__":
    main()
