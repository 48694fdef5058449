"""Train the reading encoder with all its heads, from MiniLM or from the weights that are shipped.

    python -m samestory.training.reading POLNEAR NEWSMTSC LOADED [LOADED ...] [--go-on] [--passes N]

POLNEAR is a clone of the corpus or a file of articles as JSON Lines, NEWSMTSC its train file, and each LOADED
a file that `loaded_sentences` reads. Needs the extra `train`; uses a GPU where there is one (40 passes from
MiniLM take about three minutes on a data centre's), else the processor (a pass takes five minutes on two
cores). Writes models/reading.onnx, quotes.npz and loaded.npz; then run `python -m samestory.training.heads`.
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch

from samestory.training.corpora import (
    FOLDS,
    Article,
    Item,
    Sentence,
    fold,
    read_newsmtsc,
    read_polnear,
    read_sentences,
)
from samestory.training.examples import quote_windows, sentence_windows
from samestory.training.layers import layers_file, read_layers
from samestory.training.network import HEADS, Network

MODELS = Path(__file__).parents[1] / "models"
RATE, HEAD_RATE = 3e-4, 1.5e-3
GO_ON = 0.27  # of these rates, when going on from trained weights
PIECES = {"cuda": 12288, "cpu": 4096}  # of a batch of windows
TONE, LOADED = 0.5, 0.4  # passes over these for each pass over the articles
WARM_UP = 100  # steps
_STEEPEST = 1.0  # a longer gradient is cut to this length

Batch = tuple[str, list]  # which loss, and its windows


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


def one_pass(
    number: int,
    articles: list[Article],
    items: list[Item],
    sentences: list[Sentence],
    pieces: int,
    rng: random.Random,
) -> list[Batch]:
    """All batches of one pass over the articles, in random order."""
    found: list[Batch] = [("quote", batch) for batch in batches([*quote_windows(articles, rng)], pieces, rng)]
    for name, share, rows in (("tone", TONE, items), ("loaded", LOADED, sentences)):
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
    known = {id(p) for p in network.encoder.parameters()}
    quick = [p for p in network.parameters() if id(p) not in known]
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
    state = {name: weight.detach().float().cpu().numpy() for name, weight in network.state_dict().items()}
    encoder = {name.removeprefix("encoder."): a for name, a in state.items() if name.startswith("encoder.")}
    (folder / "reading.onnx").write_bytes(layers_file(encoder, gelu="BiasGelu"))
    quotes = {name: state[f"{name}.weight"].T.astype(np.float16) for name in HEADS}
    quotes |= {f"{name}_bias": state[f"{name}.bias"] for name in HEADS}
    np.savez_compressed(folder / "quotes.npz", **quotes)
    np.savez(folder / "loaded.npz", word=state["word.weight"][0], bias=state["word.bias"][0])


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
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("polnear")
    parser.add_argument("newsmtsc")
    parser.add_argument("loaded", nargs="+")
    parser.add_argument("--go-on", action="store_true", help="from the shipped weights instead of MiniLM")
    parser.add_argument("--passes", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hold-out", action="store_true", help=f"leave 1 in {FOLDS} articles out")
    parser.add_argument("--out", type=Path, default=MODELS)
    options = parser.parse_args(arguments)
    articles, items = read_polnear(options.polnear, "train"), read_newsmtsc(options.newsmtsc)
    sentences = [row for path in options.loaded for row in read_sentences(path)]
    if options.hold_out:
        articles = [article for article in articles if fold(article.name)]
        sentences = [sentence for sentence in sentences if fold(sentence.group)]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = Network()
    if options.go_on:
        start_from(network, MODELS)
    network.to(device)
    train(
        network,
        lambda number, rng: one_pass(number, articles, items, sentences, PIECES[device], rng),
        passes=options.passes,
        rate=GO_ON if options.go_on else 1.0,
        seed=options.seed,
    )
    options.out.mkdir(parents=True, exist_ok=True)
    save(network, options.out)


if __name__ == "__main__":
    main()
