"""Tables of articles stored as Parquet to drafts.

fastparquet is compiled code that trusts its input: a damaged file can end the whole process. It is therefore
asked in a process of its own, which hands back the rows as JSON.
"""

import json
import subprocess
import sys
from pathlib import Path

from samestory.reading.draft import FromFile
from samestory.reading.tabular import articles_of_records

_SECONDS = 10.0  # for any table, with the start of the process
_BYTES_A_SECOND = 2_000_000  # of a large one
_CHILD = Path(__file__).with_name("parquet_rows.py")


def read_parquet(data: bytes, source: str) -> FromFile:
    """Read a table of articles that was stored as Parquet.

    Raises:
        ValueError: it is damaged, or no column holds texts.
    """
    if data[:4] != b"PAR1" or data[-4:] != b"PAR1":
        raise ValueError("no Parquet table; it is damaged, or not what its name says")
    # -P: the modules that lie beside the script are not to be taken for others of their names.
    command = [sys.executable, "-P", str(_CHILD)]
    limit = _SECONDS + len(data) / _BYTES_A_SECOND
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired as error:
        raise ValueError("reading it took too long; save the table as CSV") from error
    if done.returncode != 0:
        raise ValueError("it is damaged, or of a kind that can't be read; save the table as CSV")
    rows = json.loads(done.stdout)
    return articles_of_records(
        ((f"row {number}", row) for number, row in enumerate(rows, 1)), source, own=True
    )
