"""How the time to compare articles grows with their number.

    python tests/benchmarks/statements_growth.py [NUMBER OF ARTICLES ...] [--an-event N]

Invents articles of about 600 words by ten outlets, of words as frequent as in news: a third of each retells a
pool of its event's sentences with words swapped, every third article prints one agency's paragraph word for
word, the rest is its own. All are of one event, or N are of each. Prints seconds, pairs compared in full, and
the exponent between one size and the next: 1 is linear growth, 2 quadratic. Then, for each function that
starts from these pairs, its own processor seconds, and the exponent from the first size to the last.
Annotation is not counted.
"""

import argparse
import random
import re
import time
from collections.abc import Callable
from importlib import resources

import numpy as np
import pandas as pd

import samestory as ss
from samestory import tables
from samestory.statements.passages import Passages, candidate_pairs

SEED = 4
SHARED, SENTENCES, WORDS = 30, 30, 20
OUTLETS = 10
AGENCY = 3  # sentences of an agency's paragraph, and of how many articles one prints it
SIZES = (5, 10, 20, 40, 80)
# in this order: each shares with those after it what it made
FUNCTIONS: dict[str, Callable[[ss.Story], object]] = {
    "tellings": ss.statements.tellings,
    "coverage": ss.statements.coverage,
    "only_in": ss.statements.only_in,
    "first_told": ss.statements.first_told,
    "differences": ss.statements.differences,
    "certainty": ss.statements.certainty,
    "coverage_by_threshold": ss.statements.coverage_by_threshold,
    "near_copies": ss.statements.near_copies,
    "shared_passages": ss.statements.shared_passages,
    "shared_shares": ss.statements.shared_shares,
    "told_twice_summary": ss.statements.told_twice_summary,
    "in_short": ss.statements.in_short,
}


def invented_story(n_articles: int, an_event: int | None = None) -> ss.Story:
    """Articles by their tables alone, since only the comparison is timed."""
    rng = random.Random(SEED)
    vocabulary = resources.files("samestory.models").joinpath("minilm_vocab.txt").read_text("utf-8").split()
    words = [word for word in vocabulary if re.fullmatch("[a-z]{3,}", word)][:8000]  # the most frequent
    weights = 1 / np.arange(10, len(words) + 10)  # a few words are frequent, most are rare
    articles, sentences, pool = [], [], list[list[str]]()
    for number in range(n_articles):
        if number % (an_event or n_articles) == 0:
            pool = [rng.choices(words, weights, k=WORDS) for _ in range(SHARED + AGENCY)]
        text, places = "", []
        for sentence in range(SENTENCES):
            if sentence < AGENCY and number % AGENCY == 0:
                told = pool[SHARED + sentence]
            elif sentence % 3 == 0:
                told = [
                    word if rng.random() < 0.7 else rng.choice(words) for word in rng.choice(pool[:SHARED])
                ]
            else:
                told = rng.choices(words, weights, k=WORDS)
            start = len(text)
            text += " ".join(told).capitalize() + ". "
            places.append((sentence, start, len(text) - 1))
        name = f"article {number}"
        articles.append({
            "article_id": name, "outlet": f"outlet {number % OUTLETS}", "title": "", "text": text,
            "words": 600, "published": pd.Timestamp(2024, 5, 1, 12) + pd.Timedelta(hours=number),
        })  # fmt: skip
        for sentence, start, end in places:
            place = {"start": start, "end": end, "text": text[start:end]}
            found = {"article_id": name, "sentence": sentence, "paragraph": sentence, "voice": "narrator"}
            sentences.append(found | place)
    built = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    built["sentences"] = tables.build(sentences, tables.SENTENCES)
    return ss.Story(tables.build(articles, tables.ARTICLES), **built)


def measure(sizes=SIZES, an_event: int | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row a number of articles; and one row a function, a number of articles a column."""
    rows, own = [], pd.DataFrame(index=list(FUNCTIONS))
    first = invented_story(2)  # reads the encoder and the pipeline, once
    for function in (ss.same_statements, *FUNCTIONS.values()):
        function(first)
    for size in sizes:
        story = invented_story(size, an_event)
        started = time.perf_counter()
        pairs = ss.same_statements(story)
        seconds = time.perf_counter() - started
        compared = len(candidate_pairs(Passages.of(story))[0])
        rows.append({"articles": size, "compared": compared, "found": len(pairs), "seconds": seconds})
        for name, function in FUNCTIONS.items():
            started = time.process_time()
            function(story)
            own.loc[name, size] = time.process_time() - started
    table = pd.DataFrame(rows)
    table["exponent"] = np.log(table["seconds"]).diff() / np.log(table["articles"]).diff()
    own["exponent"] = np.log(own[sizes[-1]] / own[sizes[0]]) / np.log(sizes[-1] / sizes[0])
    return table, own


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="NUMBER")
    parser.add_argument("--an-event", type=int, help="articles of each event (default: one event)")
    options = parser.parse_args()
    comparing, functions = measure(options.sizes, options.an_event)
    print(comparing.round(2).to_string(index=False), functions.round(2).to_string(), sep="\n\n")
