"""Asking the program that reads and annotates apart from this one, and what becomes of it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

PROGRAM = (sys.executable, "-P", "-m", "samestory.dataset.child")
LONGEST_LIFE = 2000  # articles; spaCy keeps every new word, and a new process has none of them


class Died(Exception):
    """The process ended before it answered; says how, and whether it was ended since it took too long."""

    def __init__(self, how: str, *, late: bool):
        super().__init__(how)
        self.late = late


class Closed(Exception):
    """The process is to be asked no more, since the whole run ends."""


class Apart:
    """A process that answers one request at a time; it is started when it is needed, and again if it died.

    Not a multiprocessing one: it has to run below a Dask worker, which may have none, and below any script.
    """

    def __init__(self, program: tuple[str, ...] = PROGRAM, *, threads: int | None = None):
        """Take the command, and how many threads it may use; None: as many as there are cores."""
        self.program, self.asked = program, 0
        self._environment = os.environ | ({"OMP_NUM_THREADS": str(threads)} if threads else {})
        self._process: subprocess.Popen | None = None
        self._late = self._closed = False

    def ask(self, name: str, what: Any, *, seconds: float) -> list:
        """The answers to a request.

        Args:
            seconds: after which the process is ended; its start does not count.
        Raises:
            ChildProcessError: the program could not be started.
            Died: there was no answer; the next request is put to a new process.
            OSError: the disk is full, or the like.
            RuntimeError: the request could not be answered.
        """
        self.asked += 1
        self._late = False
        if self.asked % LONGEST_LIFE == 0:
            self.end()
        process = self._started()
        timer = threading.Timer(seconds, self._end_late)
        timer.start()
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps({name: what}).encode() + b"\n")
            process.stdin.flush()
            found = list(self._answers(process))
        except (BrokenPipeError, EOFError) as error:
            raise self._how_it_ended(process, seconds) from error
        finally:
            timer.cancel()
            timer.join()  # so that it ends no later request
        for answer in found:
            if "errno" in answer:
                raise OSError(answer["errno"], answer["error"])
            if "error" in answer:
                raise RuntimeError(answer["error"])
        return [answer["answer"] for answer in found]

    def end(self) -> None:
        """End the process; another is started when something is asked."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what was not yet sent is for nobody
                    pipe and pipe.close()

    def close(self) -> None:
        """Let the process be asked no more, also while another thread waits for its answer."""
        self._closed = True
        if (process := self._process) is not None:
            process.kill()

    def _started(self) -> subprocess.Popen:
        if self._closed:
            raise Closed
        if self._process is None:
            self._process = subprocess.Popen(
                self.program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=self._environment,
            )  # fmt: skip
            try:
                list(self._answers(self._process))  # it says that it is ready
            except EOFError:
                self.end()
                if self._closed:
                    raise Closed from None
                told = f"the program that annotates did not start: {' '.join(self.program)}"
                raise ChildProcessError(told) from None
        return self._process

    @staticmethod
    def _answers(process: subprocess.Popen) -> Iterator[dict]:
        assert process.stdout is not None
        while (line := process.stdout.readline()) != b"\n":
            if not line.endswith(b"\n"):
                raise EOFError
            yield json.loads(line)

    def _end_late(self) -> None:
        self._late = True
        if self._process is not None:
            self._process.kill()

    def _how_it_ended(self, process: subprocess.Popen, seconds: float) -> Exception:
        code, late = process.wait(), self._late
        self.end()
        if self._closed:
            return Closed()
        if late:
            return Died(f"it took longer than {seconds:g} seconds", late=True)
        how = signal.Signals(-code).name if code < 0 else f"code {code}"
        return Died(f"it ended the process that read it ({how})", late=False)
