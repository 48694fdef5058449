"""Benchmarks need corpora that are not here; that what they import is still there can be told without."""

import importlib.util
from pathlib import Path

import pytest

BENCHMARKS = [
    path for path in sorted(Path(__file__).parent.glob("*.py")) if not path.stem.startswith("test_")
]


@pytest.mark.parametrize("path", BENCHMARKS, ids=[path.stem for path in BENCHMARKS])
def test_a_benchmark_can_be_imported_and_started(path, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")  # one of them sets it: here it is set back afterwards
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert hasattr(module, "measure") or hasattr(module, "main")
