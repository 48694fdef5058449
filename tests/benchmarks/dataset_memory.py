"""Whether a dataset of ten times as many articles takes more memory, and how long an article takes.

    python tests/benchmarks/dataset_memory.py [--real] [--articles N] [--words N]

Generated articles as JSON Lines; an annotator that costs nothing shows what all else costs, --real what an
article costs. Prints articles, the peak memory of the process that is called and of the one that annotates,
and seconds an article.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import samestory as ss
from samestory.dataset import apart

FAKE = Path(__file__).parents[1] / "dataset" / "fake_child.py"
SENTENCE = "The harbour master Ilse Brandt said on Friday that ferry number {} would not sail before May. "


def measure(articles, words, real):
    """Peak memory here and in the child in MB, and seconds an article; to be run in a process of its own."""
    apart.PROGRAM = (sys.executable, str(FAKE), *(["--real"] if real else []))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "all.jsonl"
        with source.open("w") as file:
            for n in range(articles):
                text = "".join(SENTENCE.format(n * 100 + k) for k in range(words // 16))
                file.write(
                    json.dumps({"id": f"r{n}", "outlet": "Herald", "date": "2025-07-04", "text": text}) + "\n"
                )
        began = time.monotonic()
        ss.annotate_dataset(source, Path(folder) / "out")
        seconds = (time.monotonic() - began) / articles
    peaks = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return [*peaks, seconds]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(measure(options.articles, options.words, options.real)))
        return
    print("| articles | MB here | MB of the one that annotates | seconds an article |\n|---|---|---|---|")
    for n in (options.articles, 10 * options.articles):
        command = [sys.executable, __file__, "--once", "--articles", str(n), "--words", str(options.words)]
        command += ["--real"] if options.real else []
        here, child, seconds = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        print(f"| {n:,} | {here:.0f} | {child:.0f} | {seconds:.3f} |")


if __name__ == "__main__":
    main()
