"""The program that annotates, with a reader of texts that costs nothing and does what a hostile article does.

    SEGFAULT ends the process, HANG keeps it for ever, RAISE raises; DISK FULL is a full disk once.

With --real all other articles are annotated in earnest.
"""

import errno
import importlib.util
import os
import re
import signal
import sys
import time
import types
from pathlib import Path

REAL = "--real" in sys.argv


def annotate_alone(text, *, title, published, cache):
    """A row a sentence, and every word "Ann" a mention."""
    if "SEGFAULT" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "HANG" in text:
        time.sleep(600)
    if "RAISE" in text:
        raise LookupError("no such thing")
    if (found := re.search(r"DISK FULL (\S+)", text)) and not Path(found[1]).exists():
        Path(found[1]).touch()
        raise OSError(errno.ENOSPC, "No space left on device")
    if log := os.environ.get("FAKE_CHILD_LOG"):
        with open(log, "a", encoding="utf-8") as file:
            file.write(f"{text[:40]}\n")
    if REAL:
        return in_earnest(text, title=title, published=published, cache=cache)
    sentences = [
        {"start": one.start(), "end": one.end(), "sentence": n, "paragraph": 0, "voice": "narrator"}
        for n, one in enumerate(re.finditer(r"[^.\s][^.]*\.", text))
    ]
    mentions = [
        {"start": one.start(), "end": one.end(), "kind": "PERSON", "form": "name", "entity": "Ann"}
        for one in re.finditer("Ann", text)
    ]
    return {"sentences": sentences, "mentions": mentions, "problems": []}


if __name__ == "__main__":
    if not REAL:  # without what annotation needs, the program starts in a third of the time
        package = importlib.util.module_from_spec(importlib.util.find_spec("samestory"))
        annotation = types.ModuleType("samestory.annotation")
        annotation.annotate_alone = annotate_alone
        sys.modules |= {"samestory": package, "samestory.annotation": annotation}
    from samestory.dataset import child

    in_earnest, child.annotate_alone = child.annotate_alone, annotate_alone
    child.main()
