"""A progress bar for whoever waits; none where nobody looks on."""

import sys
from collections.abc import Iterable
from typing import TypeVar

from IPython import get_ipython
from tqdm.auto import tqdm

LONG = 2  # seconds; what is done sooner needs no bar

One = TypeVar("One")


def someone_is_there() -> bool:
    """Whether a person can act on what a notebook's cell shows: programs that run notebooks take no input."""
    kernel = getattr(get_ipython(), "kernel", None)
    return kernel is not None and bool(kernel.get_parent("shell").get("content", {}).get("allow_stdin"))


def with_progress(things: Iterable[One], *, total: int, doing: str) -> Iterable[One]:
    """Go through things with a bar, in JupyterLab or on a terminal, once that has taken two seconds.

    Args:
        total: how many things there are.
        doing: what is done with them: "annotating".
    """
    unseen = not someone_is_there() and not sys.stderr.isatty()
    return tqdm(things, total=total, desc=doing, disable=unseen, delay=LONG, leave=False)
