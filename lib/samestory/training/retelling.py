"""Tune a sentence encoder so that sentences that tell the same come near (extra `train`).

Starts from all-MiniLM-L6-v2 and learns from events of which every pair of sentences was judged, event by
event, together with the weights of what else speaks for a pair (`statements/features.py`): so it learns what
the words do not tell. The vectors of the vocabulary stay as they are, since few events hold few words.

References:
    Reimers and Gurevych (2019), Sentence-BERT. Khattab and Zaharia (2020), ColBERT: training by the best
    partners of the words.
"""

import json
import random
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import torch
from sklearn.linear_model import LogisticRegression
from torch.nn.functional import binary_cross_entropy_with_logits, normalize

from samestory.annotation import annotate
from samestory.language.encoder import BEGIN, END
from samestory.statements.features import FEATURES, circumstances, likeness, piece_weights, pieces_to_compare
from samestory.statements.passages import Passages, candidate_pairs
from samestory.training.layers import layers_file
from samestory.training.network import minilm

Sentence = tuple[str, int]  # article_id and start of a judged sentence
ROUNDS = 4  # over all events
RATE, HEAD_RATE = 5e-5, 1e-2
WARM_UP = 0.1  # share of the steps in which the rate rises, before it falls to 0
_TEXTS, _PAIRS = 16, 512  # at once
_STEEPEST = 40.0  # a longer gradient is cut to this length
_SCALE = 8.0  # brings words_in_context to the spread of the other features


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
        as `read_events`, but without `sentences`: ours are those that were judged.
    """
    judgements = json.loads(
        resources.files("samestory.training").joinpath("judged_events.json").read_text("utf-8")
    )
    articles = pd.DataFrame(map(json.loads, Path(path).read_text("utf-8").splitlines()))
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


def read_events(path: str) -> list[dict]:
    """Read events that others have judged, one a line, for measuring.

    `articles`: article_id, outlet, title, published, text, sentences as [start, end]. `pairs`: a, b as
    [article_id, number of the sentence]; label 'same' or 'neutral'. Pairs that are not listed are
    different; neutral ones are left out.

    Returns:
        the events, the two sentences of a pair as article_id and start.
    """
    events = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    for event in events:
        spans = {article["article_id"]: article["sentences"] for article in event["articles"]}
        for pair in event["pairs"]:
            pair |= {side: (pair[side][0], spans[pair[side][0]][pair[side][1]][0]) for side in ("a", "b")}
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


class Scorer(torch.nn.Module):
    """Encoder and logistic regression: whether two passages tell the same."""

    def __init__(self, data: list[Examples]):
        super().__init__()
        self.encoder = minilm(hidden_act="gelu_pytorch_tanh")
        self.encoder.embeddings.requires_grad_(False)
        others = np.vstack([part.circumstances for part in data])
        self.mean = torch.tensor(others.mean(axis=0)).float()
        self.spread = torch.tensor(np.maximum(others.std(axis=0), 1e-9)).float()
        self.head = torch.nn.Linear(len(FEATURES), 1)
        self._start_head(data)

    def forward(self, part: Examples, chosen: np.ndarray) -> torch.Tensor:
        """Log odds of the chosen pairs."""
        return self.head(self._columns(part, chosen))[:, 0]

    def words_in_context(self, part: Examples, chosen: np.ndarray) -> torch.Tensor:
        """What `comparison/encoder.py` computes under this name, for the chosen pairs."""
        vectors, weights = self._words(part)
        present = (weights >= 0).float()[..., None]
        common = (vectors * present).sum((0, 1)) / present.sum()
        words, weights = normalize(vectors - common, dim=2) * present, weights.clamp(min=0)
        pairs = zip(part.i[chosen], part.j[chosen], strict=True)
        batches = torch.tensor(list(pairs)).split(_PAIRS)
        return torch.cat([_covered(*words[ends.T], *weights[ends.T]) for ends in batches])

    @torch.no_grad()
    def unseen(self, part: Examples) -> np.ndarray:
        """`words_in_context` of every pair."""
        return self.words_in_context(part, np.arange(len(part.i))).numpy()

    def _columns(self, part: Examples, chosen: np.ndarray) -> torch.Tensor:
        others = (torch.tensor(part.circumstances[chosen]).float() - self.mean) / self.spread
        return torch.cat([others, _SCALE * self.words_in_context(part, chosen)[:, None]], 1)

    @torch.no_grad()
    def _start_head(self, data: list[Examples]) -> None:
        """Begin with the weights that fit the encoder as it comes."""
        chosen = [np.flatnonzero(part.taught) for part in data]
        columns = np.vstack([self._columns(part, taught) for part, taught in zip(data, chosen, strict=True)])
        wanted = np.concatenate([part.label[part.taught] == "same" for part in data])
        fitted = LogisticRegression(C=0.05, max_iter=5000).fit(columns, wanted)
        self.head.weight.copy_(torch.tensor(fitted.coef_))
        self.head.bias.copy_(torch.tensor(fitted.intercept_))

    def _words(self, part: Examples) -> tuple[torch.Tensor, torch.Tensor]:
        """Vectors of passages × pieces, and the weights of the pieces: -1 where there is none."""
        pieces = pieces_to_compare(part.passages.text)
        weights = torch.full((len(pieces), max(map(len, pieces))), -1.0)
        for n, found in enumerate(piece_weights(part.passages, pieces)):
            weights[n, : len(found)] = torch.tensor(found)
        order = sorted(range(len(pieces)), key=lambda n: len(pieces[n]))
        encoded: list = [None] * len(pieces)
        for at in range(0, len(order), _TEXTS):
            batch = order[at : at + _TEXTS]
            ids = [torch.tensor([BEGIN, *pieces[n].ids.tolist(), END]) for n in batch]
            padded = torch.nn.utils.rnn.pad_sequence(ids, batch_first=True)
            present = torch.nn.utils.rnn.pad_sequence([torch.ones_like(one) for one in ids], batch_first=True)
            vectors = self.encoder(input_ids=padded, attention_mask=present).last_hidden_state.float()
            for row, n in enumerate(batch):
                encoded[n] = vectors[row, 1 : len(pieces[n]) + 1]
        return torch.nn.utils.rnn.pad_sequence(encoded, batch_first=True), weights


def tune(data: list[Examples], *, seed: int = 0) -> Scorer:
    """Learn from the taught pairs of these events."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    scorer = Scorer(data)
    slow = [weight for weight in scorer.encoder.parameters() if weight.requires_grad]
    groups = [{"params": slow, "lr": RATE}, {"params": scorer.head.parameters(), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups)
    steps = ROUNDS * len(data)
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), 1 - step / steps)
    )
    scorer.train()
    for _ in range(ROUNDS):
        for part in rng.sample(data, len(data)):
            chosen = np.flatnonzero(part.taught)
            with torch.autocast("cpu", torch.bfloat16):
                odds = scorer(part, chosen)
            wanted = torch.tensor(part.label[chosen] == "same").float()
            binary_cross_entropy_with_logits(odds.float(), wanted, reduction="sum").backward()
            torch.nn.utils.clip_grad_norm_(scorer.parameters(), _STEEPEST)
            optimiser.step()
            optimiser.zero_grad()
            rates.step()
    return scorer.eval()


def layers_of(encoder: torch.nn.Module) -> bytes:
    """The content of models/retelling.onnx."""
    state = {name: weight.detach().numpy() for name, weight in encoder.state_dict().items()}
    return layers_file(state, gelu="FastGelu")


def _covered(
    one: torch.Tensor, other: torch.Tensor, weight: torch.Tensor, weight_other: torch.Tensor
) -> torch.Tensor:
    """Pairs at once of what `comparison/encoder.py` computes one by one."""
    near = torch.bmm(one, other.transpose(1, 2)).clamp(min=0)
    left, right = (weight * near.amax(2)).sum(1), (weight_other * near.amax(1)).sum(1)
    return 2 * left * right / (left + right).clamp(min=1e-9)
