"""A program of its own: a Parquet table from standard input to its rows as JSON on standard output."""

import json
import sys
from contextlib import redirect_stdout, suppress
from io import BytesIO

from fastparquet import ParquetFile

_MEMORY = 4 * 2**30  # bytes; a header may announce any number of values


def main() -> None:
    """Read, and write; whatever goes wrong ends the process with an error."""
    with suppress(ImportError, ValueError, OSError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with redirect_stdout(sys.stderr):  # it prints what it stumbles over
        table = ParquetFile(BytesIO(sys.stdin.buffer.read())).to_pandas()
        rows = table.astype(object).where(table.notna(), None).to_dict("records")
        told = json.dumps(rows, default=str)
    sys.stdout.write(told)


if __name__ == "__main__":
    main()
