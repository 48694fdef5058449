"""Train the reading encoder with all its heads, from MiniLM or from the weights that are shipped.

    python -m samestory.training.encoder POLNEAR NEWSMTSC LOADED [LOADED ...] [--go-on] [--passes N]

POLNEAR is a clone of the corpus or a file of articles as JSON Lines, NEWSMTSC its train file, and each LOADED
a file for `corpora.read_sentences`. Needs the extra `train`; uses a GPU where there is one (40 passes from
MiniLM take about three minutes on a data centre's), else the processor (a pass takes five minutes on two
cores). Writes reading.onnx, quotes.npz and loaded.npz; then run `python -m samestory.training.heads`.
"""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from samestory.training import corpora
from samestory.training.commands import MODELS, command
from samestory.training.examples import quote_windows, sentence_windows
from samestory.training.layers import layers_file, read_layers
from samestory.training.network import HEADS, Network, arrays

RATE, HEAD_RATE = 3e-4, 1.5e-3
GO_ON = 0.27  # of these rates, when going on from trained weights
PIECES = {"cuda": 12288, "cpu": 4096}  # of a batch of windows
TONE, LOADED = 0.5, 0.4  # passes over these for each pass over the articles
WARM_UP = 100  # steps
_STEEPEST = 1.0  # a longer gradient is cut to this length

Batch = tuple[str, list]  # which loss, and its windows


class Lessons(NamedTuple):
    """What the encoder learns from, under the names of the losses."""

    quote: list[corpora.Article]
    tone: list[corpora.Target]
    loaded: list[corpora.Sentence]


def batches(windows: list, pieces: int, rng: random.Random) -> Iterator[list]:
    """Windows of like length together, up to so many pieces with the padding."""
    windows = sorted(windows, key=lambda window: (len(window.ids), rng.random()))
    batch: list = []
    for window in windows:
        if batch and len(window.ids) * (len(batch) + 1) > pieces:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def one_pass(lessons: Lessons, pieces: int, number: int, rng: random.Random) -> list[Batch]:
    """All batches of a pass over the articles, in random order; so many pieces in a batch."""
    windows = [*quote_windows(lessons.quote, rng)]
    found: list[Batch] = [("quote", batch) for batch in batches(windows, pieces, rng)]
    for name, share, rows in (("tone", TONE, lessons.tone), ("loaded", LOADED, lessons.loaded)):
        if int((number + 1) * share) > int(number * share):
            windows = [*sentence_windows(rows, rng)]
            found += [(name, batch) for batch in batches(windows, pieces // 2, rng)]
    rng.shuffle(found)
    return found


def train(
    network: Network,
    plan: Callable[[int, random.Random], list[Batch]],
    *,
    passes: int,
    rate: float,
    seed: int = 0,
) -> None:
    """Learn all tasks together, a batch of one at a time; the rates rise and then fall to 0.

    Args:
        plan: the batches of pass 0, 1, 2 ...
        rate: as a share of RATE and HEAD_RATE.
    """
    torch.manual_seed(seed)
    random.seed(seed)
    rng = random.Random(seed)
    slow = [p for p in network.encoder.parameters() if p.requires_grad]
    quick = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": slow, "lr": rate * RATE}, {"params": quick, "lr": rate * HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    highest = [group["lr"] for group in optimiser.param_groups]
    device = network.tag.weight.device.type
    losses, steps, began = defaultdict(list), 0, time.monotonic()
    network.train()
    for number in range(passes):
        found = plan(number, rng)
        for place, (name, batch) in enumerate(found):
            left = 1 - (number + place / len(found)) / passes
            for group, most in zip(optimiser.param_groups, highest, strict=True):
                group["lr"] = most * left * min(1, (steps + 1) / WARM_UP)
            with torch.autocast(device, torch.bfloat16):
                loss = getattr(network, f"{name}_loss")(batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
            optimiser.step()
            losses[name].append(loss.detach())
            steps += 1
        means = {name: round(float(torch.stack(found).mean()), 3) for name, found in losses.items()}
        print(f"pass {number + 1} of {passes}: {means}, {time.monotonic() - began:.0f} s", flush=True)
        losses.clear()
    network.eval()


def save(network: Network, folder: Path) -> None:
    """Write the layers and the heads of quotes and loaded words."""
    (folder / "reading.onnx").write_bytes(layers_file(arrays(network.encoder), gelu="BiasGelu"))
    quotes = network.quote_heads()
    quotes |= {name: quotes[name].astype(np.float16) for name in HEADS}
    np.savez_compressed(folder / "quotes.npz", **quotes)
    word = arrays(network.word)
    np.savez(folder / "loaded.npz", word=word["weight"][0], bias=word["bias"][0])


def start_from(network: Network, folder: Path) -> None:
    """Take over what `save` wrote; what only helps to learn (tone, biased sentences) begins anew."""
    state = {f"encoder.{name}": weight for name, weight in read_layers(folder / "reading.onnx").items()}
    with np.load(folder / "quotes.npz") as quotes, np.load(folder / "loaded.npz") as loaded:
        for name in HEADS:
            state |= {f"{name}.weight": quotes[name].T, f"{name}.bias": quotes[f"{name}_bias"]}
        state |= {"word.weight": loaded["word"][None], "word.bias": loaded["bias"].reshape(1)}
    tensors = {name: torch.tensor(weight.astype(np.float32)) for name, weight in state.items()}
    unknown = network.load_state_dict(tensors, strict=False).unexpected_keys
    if unknown:
        raise ValueError(f"{folder}: weights that the network does not have: {unknown}")


def main(arguments: list[str] | None = None) -> None:
    """Read the corpora, train and save."""
    parser = command(__doc__, "polnear", "newsmtsc")
    parser.add_argument("loaded", nargs="+")
    parser.add_argument("--go-on", action="store_true", help="from the shipped weights instead of MiniLM")
    parser.add_argument("--passes", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hold-out", action="store_true", help="leave one article in five out")
    options = parser.parse_args(arguments)
    articles = corpora.read_polnear(options.polnear, "train")
    targets = corpora.read_newsmtsc(options.newsmtsc)
    sentences = [row for path in options.loaded for row in corpora.read_sentences(path)]
    if options.hold_out:
        articles = [article for article in articles if corpora.fold(article.name)]
        sentences = [sentence for sentence in sentences if corpora.fold(sentence.group)]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = Network()
    if options.go_on:
        start_from(network, MODELS)
    network.to(device)
    plan = partial(one_pass, Lessons(articles, targets, sentences), PIECES[device])
    rate = GO_ON if options.go_on else 1.0
    train(network, plan, passes=options.passes, rate=rate, seed=options.seed)
    save(network, options.out)


if __name__ == "__main__":
    main()
