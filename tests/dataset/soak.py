"""Articles, hostile ones among them, are annotated while runs are killed, the disk fills and the clock jumps.

    python tests/dataset/soak.py [ARTICLES] [--real] [--seed N]

Ends with an error unless every place that went in comes out once, as an article or as a problem, and the
dataset is byte for byte that of an undisturbed run. Default: 20,000 articles and an annotator that costs
nothing; with --real the real one, at some 0.1 seconds an article.
"""

import argparse
import errno
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import fastparquet

import samestory as ss
from samestory.dataset import apart, sources
from samestory.dataset.store import Store

HERE = Path(__file__)
KINDS = ("plain", "marks", "long", "odd", "twice", "no text", "no json", "SEGFAULT", "HANG", "RAISE")
HOSTILE = 0.02  # of the articles
FULL = 0.01  # of the files that are written
LINGER = 4.0  # seconds at most from a part to the kill
SHORT = 5000  # articles
SECONDS = 20.0  # for one article
WHO = ("Ann Lee", "The mayor", "A spokesman for the harbour", "Ilse Brandt", "The council", "Mr. Poe")
DID = (
    "said",
    "denied",
    "announced on Friday",
    "told reporters",
    "feared that",
    "called it “a farce” and said",
)
WHAT = (
    "the ferry would stop",
    "the bridge was closed in May",
    "14 million euros were lost",
    "nobody was hurt",
)


def text_of(kind, chance, number):
    """A short article, with what its kind adds."""
    sentences = [
        f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHAT)}."
        for _ in range(chance.randint(2, 6))
    ]
    text = f"Report {number}. {' '.join(sentences)}"
    odd = "\x00\u202e\ufeff＝cmd|' /C calc'!A0 <script>alert(1)</script> 🚢 e\u0301"
    added = {"marks": '"' * 500, "long": "word " * 3000, "odd": odd}
    if kind.isupper():
        return f"{text} {kind}"
    return f"{text} {added.get(kind, '')}"


def collection(folder, n, chance):
    """A folder of n articles as lines of tables and as files; gives the place of each."""
    folder.mkdir()
    places, lines, last = set(), {name: [] for name in ("a.jsonl", "b.jsonl")}, "{}"
    for number in range(n):
        hostile = chance.random() < HOSTILE
        kind = chance.choice(KINDS[1:]) if hostile else "plain"
        if kind == "HANG" and chance.random() < 0.8:
            kind = "RAISE"  # each costs its seconds
        text = text_of(kind, chance, number)
        if chance.random() < 0.1:
            name = f"{number % 7}/{number:06}.txt"
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(os.urandom(300) if kind in ("no json", "no text") else text.encode())
            places.add(name)
            continue
        table = chance.choice(list(lines))
        record = {"id": f"r{number}", "outlet": chance.choice("ABC"), "date": "2025-07-04", "text": text}
        if kind == "no text":
            del record["text"]
        line = json.dumps(record) if kind not in ("no json", "twice") else last if kind == "twice" else text
        last = line
        lines[table].append(line)
        places.add(f"{table}, line {len(lines[table])}")
    for name, told in lines.items():
        (folder / name).write_text("".join(f"{line}\n" for line in told), "utf-8")
    return places


def disturbed(command, out, chance, kills):
    """Start again until a run ends well; gives how many were killed, and how many met a full disk."""
    killed, full = 0, 0
    while True:
        process = subprocess.Popen([*command, "--seed", str(chance.randrange(10**9))], stderr=subprocess.PIPE)
        if killed < kills:
            wait_for_a_part(out, process)
            time.sleep(chance.random() * LINGER)
            process.kill()
        _, told = process.communicate()
        if process.returncode == 0:
            return killed, full
        killed += process.returncode == -signal.SIGKILL
        full += b"No space left" in told
        if process.returncode != -signal.SIGKILL and b"No space left" not in told:
            raise SystemExit(told.decode())


def wait_for_a_part(out, process):
    """Wait until the run has done something."""
    before = len(list((out / "_done").glob("*")))
    while process.poll() is None and len(list((out / "_done").glob("*"))) == before:
        time.sleep(0.05)


def run_with_faults(folder, out, seed, workers):
    """One run, in which the disk is full now and then and the clock jumps."""
    chance, plain, now = random.Random(seed), Store._place, time.time

    def place(self, file, write):
        if chance.random() < FULL:
            raise OSError(errno.ENOSPC, "No space left on device")
        plain(self, file, write)

    Store._place = place
    time.time = lambda: now() + chance.choice((-1e6, 0, 3600))
    ss.annotate_dataset(folder, out, workers=workers, seconds=SECONDS)


def unaccounted(out, places):
    """The places that did not come out just once, as an article or a problem."""
    told = {"articles": Counter(), "problems": Counter()}
    for name, column in (("articles", "source"), ("problems", "file")):
        for path in (out / name).glob("*.parquet"):
            with path.open("rb") as file:
                told[name].update(fastparquet.ParquetFile(file).to_pandas()[column])
    articles, problems = told.values()
    twice = {place for place, n in articles.items() if n > 1}
    return twice | (articles.keys() | problems.keys()) ^ places | articles.keys() & problems.keys()


def differing(one, other):
    """The files of two datasets that are not the same."""
    names = [{path.relative_to(out) for path in out.rglob("*.parquet")} for out in (one, other)]
    both = names[0] & names[1]
    changed = {name for name in both if (one / name).read_bytes() != (other / name).read_bytes()}
    return names[0] ^ names[1] | changed


def prepare(n, real):
    """The program that annotates, and parts that a short soak has several of; gives its options."""
    apart.PROGRAM = (sys.executable, str(HERE.with_name("fake_child.py")), *(["--real"] if real else []))
    if n < SHORT:
        sources.FEWEST, sources.USUAL, sources.MOST = 32, 48, 64
    return [str(n), *(["--real"] if real else [])]


def soak(work, n, *, seed=0, real=False, workers=2, kills=10):
    """The whole; gives a line that says what happened."""
    chance = random.Random(seed)
    options = [*prepare(n, real), "--workers", str(workers)]
    places = collection(work / "in", n, chance)
    began = time.monotonic()
    command = [sys.executable, str(HERE), *options, "--run", str(work / "in"), str(work / "out")]
    killed, full = disturbed(command, work / "out", chance, kills)
    middle = time.monotonic()
    done = ss.annotate_dataset(work / "in", work / "fresh", workers=workers, seconds=SECONDS)
    wrong = unaccounted(work / "out", places) | differing(work / "out", work / "fresh")
    if wrong:
        raise SystemExit(f"{len(wrong)} are wrong, such as {sorted(map(str, wrong))[:5]}")
    return (
        f"{len(places)} in = {done.articles} articles + {len(places) - done.articles} problems "
        f"({done.quarantined} set aside); {killed} times killed, {full} times a full disk; "
        f"{middle - began:.0f} s, undisturbed {time.monotonic() - middle:.0f} s"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", nargs="?", type=int, default=20_000)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--run", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        prepare(options.articles, options.real)
        run_with_faults(*options.run, options.seed, options.workers)
        return
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        work = Path(folder)
        print(soak(work, options.articles, seed=options.seed, real=options.real, workers=options.workers))


if __name__ == "__main__":
    main()
