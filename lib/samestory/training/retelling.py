"""Tune a sentence encoder so that sentences that tell the same come near (extra `train`).

It starts from all-MiniLM-L6-v2 and learns event by event, together with the weights of what else speaks for
a pair (`statements/features.py`), so that it learns what these do not show. The vectors of the vocabulary
stay as they are: few of its words occur in so few events.

References:
    Reimers and Gurevych (2019), Sentence-BERT. Khattab and Zaharia (2020), ColBERT: training by the best
    partners of the words.
"""

import random

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from torch.nn.functional import binary_cross_entropy_with_logits, normalize

from samestory.language.encoder import BEGIN, END
from samestory.statements.features import FEATURES, piece_weights, pieces_to_compare
from samestory.training.judged import Examples
from samestory.training.network import encoded, minilm

ROUNDS = 4  # over all events
RATE, HEAD_RATE = 5e-5, 1e-2
WARM_UP = 0.1  # share of the steps in which the rate rises, before it falls to 0
_TEXTS, _PAIRS = 16, 512  # at once
_STEEPEST = 40.0  # a longer gradient is cut to this length
_SCALE = 8.0  # brings words_in_context to the spread of the other features


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
        """What `statements/features.py` computes under this name, for the chosen pairs."""
        vectors, weights = self._words(part)
        present = (weights >= 0).float()[..., None]
        common = (vectors * present).sum((0, 1)) / present.sum()
        words, weights = normalize(vectors - common, dim=2) * present, weights.clamp(min=0)
        pairs = zip(part.i[chosen], part.j[chosen], strict=True)
        batches = torch.tensor(list(pairs)).split(_PAIRS)
        return torch.cat([_covered(*words[ends.T], *weights[ends.T]) for ends in batches])

    @torch.no_grad()
    def features(self, part: Examples) -> np.ndarray:
        """FEATURES of every pair, by this encoder."""
        return part.features(self.words_in_context(part, np.arange(len(part.i))).numpy())

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
        for n, found in enumerate(piece_weights(part.passages, part.passages.text, pieces)):
            weights[n, : len(found)] = torch.tensor(found)
        order = sorted(range(len(pieces)), key=lambda n: len(pieces[n]))
        vectors: list = [None] * len(pieces)
        for at in range(0, len(order), _TEXTS):
            batch = order[at : at + _TEXTS]
            states, _ = encoded(self.encoder, [[BEGIN, *pieces[n].ids.tolist(), END] for n in batch])
            for rows, n in zip(states.float(), batch, strict=True):
                vectors[n] = rows[1 : len(pieces[n]) + 1]
        return torch.nn.utils.rnn.pad_sequence(vectors, batch_first=True), weights


def tune(data: list[Examples], *, seed: int = 0) -> Scorer:
    """Learn from the taught pairs of these events."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    scorer = Scorer(data)
    slow = [weight for weight in scorer.encoder.parameters() if weight.requires_grad]
    groups = [{"params": slow, "lr": RATE}, {"params": scorer.head.parameters(), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups)
    steps = ROUNDS * len(data)

    def rate(step: int) -> float:
        return min((step + 1) / (WARM_UP * steps), 1 - step / steps)

    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
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


def _covered(
    one: torch.Tensor, other: torch.Tensor, weight: torch.Tensor, weight_other: torch.Tensor
) -> torch.Tensor:
    """For many pairs at once, what `statements/features.py` computes one by one."""
    near = torch.bmm(one, other.transpose(1, 2)).clamp(min=0)
    left, right = (weight * near.amax(2)).sum(1), (weight_other * near.amax(1)).sum(1)
    return 2 * left * right / (left + right).clamp(min=1e-9)
