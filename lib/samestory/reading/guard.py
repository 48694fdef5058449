"""No file stops a load: whatever a reader meets, it ends in time and in a row of the problems.

A reader says in a ValueError what is wrong with a file. All else that it raises means a damaged or a hostile
file: nobody can list in what ways such a file breaks a parser, so everything is caught, here alone.
"""

import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import TypeVar

from samestory.reading.draft import FromFile, Problem

Found = TypeVar("Found")
_SECONDS = 20.0  # for any file
_BYTES_A_SECOND = 200_000  # of a large one; the slowest reader (PDF) is faster
_DAMAGED = "it is damaged, or not what its name says"


class TooSlow(Exception):
    """A file took longer than any good file of its size does."""


def read_guarded(read: Callable[[], FromFile], source: str, size: int) -> FromFile:
    """Let a reader read one file of so many bytes; what goes wrong is its one problem."""
    found, problem = guarded(read, size)
    return found if found is not None else FromFile([], [Problem(source, f"not read: {problem}")])


def guarded(make: Callable[[], Found], size: int) -> tuple[Found | None, str | None]:
    """What a function makes of so many bytes, or None and why it made nothing."""
    try:
        with time_limit(_SECONDS + size / _BYTES_A_SECOND), _in_silence():
            return make(), None
    except ValueError as error:
        return None, _one_line(error) if type(error) is ValueError else f"{_DAMAGED} ({type(error).__name__})"
    except OSError as error:
        return None, f"{error.strerror or _one_line(error)}; check the file and its permissions"
    except TooSlow:
        return None, "reading it took too long; save the article as text"
    except (MemoryError, RecursionError):
        return None, "it is nested or packed too deeply; save the article as text"
    except Exception as error:
        return None, f"{_DAMAGED} ({type(error).__name__}); save the article as text"


@contextmanager
def _in_silence() -> Iterator[None]:
    """Keep what parsers warn of and print from the notebook: it tells its reader nothing."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlow within, once the time is over; only the main thread of Linux and macOS can be stopped."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise TooSlow

    handler = signal.signal(signal.SIGALRM, stop)
    # Again every second, for a parser that catches everything and goes on.
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, *timer)  # another's, such as a test's


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 400 else text[:399] + "…"
