"""What annotation costs beyond the bare spaCy pipeline, as ratios measured in one run.

    python tests/benchmarks/speed.py [ARTICLES] [--repeats N] [--words N]

ARTICLES is what `load` reads (default: the seeds, repeated up to --words). Bare `nlp.pipe` (the same
pipeline, without this project's component) and every phenomenon take turns on the same texts, in
one thread, and the medians are compared, so that a busy machine slows both alike. Run it with
OMP_NUM_THREADS=1. The whole is held to at most 1.35 times the bare pipeline.
"""

import argparse
import statistics
import time
from itertools import chain
from pathlib import Path

import pandas as pd
import spacy

import samestory as ss
from samestory.annotation import article as article_module
from samestory.annotation.pipeline import MODEL, load_pipeline

SEEDS = Path(__file__).parents[2] / "seeds"
# The calls of `annotate_doc`, by the names under which it knows them
PHENOMENA = (
    "find_quotes",
    "find_mentions",
    "name_speakers",
    "find_sentences",
    "sentiment_toward_mentions",
    "find_times",
    "frame_terms",
    "loaded_spans",
)


def timed(function, spent: dict[str, float], name: str):
    """The function, adding its time to spent[name]."""

    def run(*arguments, **options):
        start = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start

    return run


def one_round(bare, nlp, texts: list[str]) -> dict[str, float]:
    """Seconds of the bare pipeline, of ours and of each phenomenon, text by text in turn."""
    spent: dict[str, float] = {}
    originals = {name: getattr(article_module, name) for name in PHENOMENA}
    for name, function in originals.items():
        setattr(article_module, name, timed(function, spent, name))
    try:
        for text in texts:
            timed(lambda text: list(bare.pipe([text])), spent, "spaCy alone")(text)
            (doc,) = timed(lambda text: list(nlp.pipe([text])), spent, "pipeline")(text)
            timed(article_module.annotate_doc, spent, "all phenomena")(
                doc, title="", published=pd.Timestamp(2025, 7, 4)
            )
    finally:
        for name, function in originals.items():
            setattr(article_module, name, function)
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", nargs="?", default=SEEDS)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--words", type=int, default=6000, help="length of one round")
    options = parser.parse_args()
    found = ss.load(options.articles)["text"].tolist()
    texts, words = [], 0
    while words < options.words:
        texts.append(found[len(texts) % len(found)])
        words += len(texts[-1].split())
    bare, nlp = spacy.load(MODEL), load_pipeline()
    one_round(bare, nlp, texts[: len(found)])  # loads weights and codebooks
    rounds = [one_round(bare, nlp, texts) for _ in range(options.repeats)]
    names = list(dict.fromkeys(chain.from_iterable(rounds)))
    share = {
        name: statistics.median(times.get(name, 0.0) / times["spaCy alone"] for times in rounds)
        for name in names
    }
    speed = statistics.median(words / times["spaCy alone"] for times in rounds)
    print(f"{len(texts)} texts, {words} words, {options.repeats} rounds; bare spaCy {speed:.0f} words/s\n")
    print("| step | of bare spaCy |\n|---|---|")
    for name in names:
        print(f"| {name} | {share[name]:.3f} |")
    print(f"| **whole annotate step** | **{share['pipeline'] + share['all phenomena']:.3f}** |")


if __name__ == "__main__":
    main()
