"""How the time to compare articles grows with their number.

    python tests/benchmarks/statements_growth.py [NUMBER OF ARTICLES ...]

Invents articles of about 600 words on one event, of words as frequent as in news: a third of each
retells a pool of shared sentences with words swapped, the rest is its own. Prints seconds, pairs
compared in full, and the exponent between one size and the next: 1 is linear growth, 2 quadratic.
Annotation is not counted.
"""

import random
import re
import sys
import time
from importlib import resources

import numpy as np
import pandas as pd

import samestory as ss
from samestory import tables
from samestory.statements.passages import Passages, candidate_pairs

SEED = 4
SHARED, SENTENCES, WORDS = 30, 30, 20
SIZES = (5, 10, 20, 40, 80)


def invented_story(n_articles: int) -> ss.Story:
    """Articles by their tables alone, since only the comparison is timed."""
    rng = random.Random(SEED)
    vocabulary = resources.files("samestory.models").joinpath("minilm_vocab.txt").read_text("utf-8").split()
    words = [word for word in vocabulary if re.fullmatch("[a-z]{3,}", word)][:8000]  # the most frequent
    weights = 1 / np.arange(10, len(words) + 10)  # a few words are frequent, most are rare
    pool = [rng.choices(words, weights, k=WORDS) for _ in range(SHARED)]
    articles, sentences = [], []
    for number in range(n_articles):
        text, places = "", []
        for sentence in range(SENTENCES):
            if sentence % 3 == 0:
                told = [word if rng.random() < 0.7 else rng.choice(words) for word in rng.choice(pool)]
            else:
                told = rng.choices(words, weights, k=WORDS)
            start = len(text)
            text += " ".join(told).capitalize() + ". "
            places.append((sentence, start, len(text) - 1))
        name = f"outlet {number}"
        articles.append({"article_id": name, "outlet": name, "title": "", "text": text, "words": 600})
        for sentence, start, end in places:
            place = {"start": start, "end": end, "text": text[start:end]}
            found = {"article_id": name, "sentence": sentence, "paragraph": sentence, "voice": "narrator"}
            sentences.append(found | place)
    built = {name: tables.build([], columns) for name, columns in tables.ANNOTATIONS.items()}
    built["sentences"] = tables.build(sentences, tables.SENTENCES)
    return ss.Story(tables.build(articles, tables.ARTICLES), **built)


def measure(sizes=SIZES) -> pd.DataFrame:
    """One row a number of articles."""
    rows = []
    ss.same_statements(invented_story(2))  # reads the encoder, once
    for size in sizes:
        story = invented_story(size)
        started = time.perf_counter()
        pairs = ss.same_statements(story)
        seconds = time.perf_counter() - started
        compared = len(candidate_pairs(Passages.of(story))[0])
        rows.append({"articles": size, "compared": compared, "found": len(pairs), "seconds": seconds})
    table = pd.DataFrame(rows)
    table["exponent"] = np.log(table["seconds"]).diff() / np.log(table["articles"]).diff()
    return table


if __name__ == "__main__":
    print(measure([int(size) for size in sys.argv[1:]] or SIZES).round(2).to_string(index=False))
