"""A program of its own that reads and annotates: whatever an article does to it, the one who asks goes on.

Each line from standard input is a request as JSON, each line to standard output its answer. The program ends
when its input does, so that none is left when the one who asks is killed.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from samestory.annotation import annotate_alone
from samestory.dataset.reading import read_part
from samestory.dataset.records import groups, plain_rows
from samestory.dataset.sources import Part


def outlined(path: str) -> Iterator[list]:
    """The records of a Parquet file."""
    for one in groups(Path(path)):
        yield [one.number, one.stated_id, one.digest.hex(), one.start, one.end, one.group]


def read(part: dict[str, Any]) -> Iterator[list[dict]]:
    """The rows of the articles and of the problems of a part."""
    for table in read_part(Part(**part)):
        yield plain_rows(table)


def annotated(article: dict[str, Any]) -> Iterator[dict]:
    """The rows of one article."""
    yield annotate_alone(**article)


REQUESTS: dict[str, Callable[[Any], Iterator]] = {"outline": outlined, "read": read, "annotate": annotated}


def _listen(asked: "SimpleQueue[bytes]") -> None:
    """Hand on what is asked; end the program with its input, even where an article holds it up."""
    for line in sys.stdin.buffer:
        asked.put(line)
    os._exit(0)


def main() -> None:
    """Answer until the input ends; what is asked for may be of many lines, the last of them is empty."""
    # Ctrl-C is for the one who asks; where memory is short, this process is to be ended before that one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    tell = partial(print, file=answers, flush=True)
    asked: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=[asked], daemon=True).start()
    tell("")  # ready
    while line := asked.get():
        ((name, what),) = json.loads(line).items()
        try:
            for answer in REQUESTS[name](what):
                tell(json.dumps({"answer": answer}, default=str))
        except Exception as error:  # no reader and no annotator is known to raise any
            told: dict[str, Any] = {"error": f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"}
            if name == "annotate" and isinstance(error, OSError):  # the disk is to blame, not the article
                told = {"errno": error.errno, "error": error.strerror or str(error)}
            tell(json.dumps(told))
        tell("")


if __name__ == "__main__":
    main()
