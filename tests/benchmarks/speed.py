"""What annotation costs beyond its floor, as ratios measured in one run.

    python tests/benchmarks/speed.py [ARTICLES] [--repeats N] [--words N] [--one]

ARTICLES is what `load` reads (default: the seeds, repeated up to --words). The floor is the bare spaCy
pipeline (without this project's component) and the bare encoder over the same windows; both, and every
phenomenon, take turns on the same texts, in one thread, and the medians are compared, so that a busy machine
slows all alike. The whole is held to at most 1.15 times the floor. Then two workers are compared with one,
and the peak memory is measured, each number of articles in a process of its own. `statements_growth.py`
measures how the comparison grows.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"  # read when the libraries are first imported

import argparse
import statistics
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path

import pandas as pd
import spacy

import samestory as ss
from samestory import annotation
from samestory.language.encoder import READING, encode, encoded, pieces_of, windows_of
from samestory.language.pipeline import MODEL, load_pipeline

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
    "find_actions",
    "find_descriptions",
    "find_events",
)


def timed(function, spent: dict[str, float], name: str):
    """The function, adding its time to spent[name]."""

    def run(*arguments, **options):
        start = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start

    run.__name__ = name
    return run


def one_round(bare, nlp, texts: list[str]) -> dict[str, float]:
    """Seconds of the floor, of ours and of each phenomenon, text by text in turn."""
    spent: dict[str, float] = {}
    originals = {name: getattr(annotation, name) for name in PHENOMENA}
    for name, function in originals.items():
        setattr(annotation, name, timed(function, spent, name))
    try:
        for text in texts:
            windows = window_pieces(text)
            timed(lambda text: list(bare.pipe([text])), spent, "spaCy alone")(text)
            timed(encode, spent, "encoder alone")(windows, READING)
            (doc,) = timed(lambda text: list(nlp.pipe([text])), spent, "pipeline")(text)
            reading = timed(encoded, spent, "reading")(doc)
            timed(annotation.annotate_doc, spent, "all phenomena")(
                doc, reading, published=pd.Timestamp(2025, 7, 4)
            )
    finally:
        for name, function in originals.items():
            setattr(annotation, name, function)
    return spent


def window_pieces(text: str) -> list:
    """The pieces of each window of a text."""
    pieces = pieces_of(text, breaks=True)
    return [pieces.ids[window.first : window.last] for window in windows_of(text, pieces)]


def workers_ratio(texts: list[str], repeats: int) -> float:
    """How many times faster two workers are than one, loading of the models left out as far as it goes."""
    articles = pd.DataFrame({"article_id": [f"a{n:05}" for n in range(len(texts))], "text": texts})
    ratios = []
    ss.annotate(articles, workers=2)  # starts the workers, which stay
    for _ in range(repeats):
        seconds = []
        for workers in (1, 2):
            start = time.perf_counter()
            ss.annotate(articles, workers=workers)
            seconds.append(time.perf_counter() - start)
        ratios.append(seconds[0] / seconds[1])
    return statistics.median(ratios)


def peak_memory(folder: str, articles: int) -> int:
    """MB at most that a process needs which annotates so many articles."""
    script = (
        "import resource, sys, pandas as pd, samestory as ss\n"
        "texts = ss.load(sys.argv[1]).articles['text'].tolist()\n"
        "many = [texts[n % len(texts)] for n in range(int(sys.argv[2]))]\n"
        "ss.annotate(pd.DataFrame({'article_id': [f'a{n:05}' for n in range(len(many))], 'text': many}))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
    )
    command = [sys.executable, "-c", script, folder, str(articles)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", nargs="?", default=SEEDS)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--words", type=int, default=6000, help="length of one round")
    parser.add_argument("--one", action="store_true", help="leave out the comparison of two workers with one")
    options = parser.parse_args()
    found = ss.load(options.articles).articles["text"].tolist()
    texts: list[str] = []
    words = 0
    while words < options.words:
        texts.append(found[len(texts) % len(found)])
        words += len(texts[-1].split())
    bare, nlp = spacy.load(MODEL), load_pipeline()
    one_round(bare, nlp, texts[: len(found)])  # loads weights and codebooks
    rounds = [one_round(bare, nlp, texts) for _ in range(options.repeats)]
    names = list(dict.fromkeys(chain.from_iterable(rounds)))
    floor = [times["spaCy alone"] + times["encoder alone"] for times in rounds]
    share = {
        name: statistics.median(times.get(name, 0.0) / low for times, low in zip(rounds, floor, strict=True))
        for name in names
    }
    speed = statistics.median(words / times["spaCy alone"] for times in rounds)
    print(f"{len(texts)} texts, {words} words, {options.repeats} rounds; bare spaCy {speed:.0f} words/s\n")
    print("| step | of the floor |\n|---|---|")
    for name in names:
        print(f"| {name} | {share[name]:.3f} |")
    whole = share["pipeline"] + share["reading"] + share["all phenomena"]
    print(f"| **whole annotate step** | **{whole:.3f}** |")
    print(f"\nthe encoder costs {share['encoder alone'] / share['spaCy alone']:.2f} times bare spaCy")
    if options.one:
        return
    many = (texts * 64)[:64]
    print(f"two workers are {workers_ratio(many, 3):.2f} times as fast as one on {len(many)} articles")
    for number in (2, 100):
        print(f"peak memory for {number} articles: {peak_memory(str(options.articles), number)} MB")


if __name__ == "__main__":
    main()
