"""The parts of a dataset are read and written by the workers of a Dask cluster, one of which is killed."""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

import samestory as ss
from samestory.dataset import apart, sources

distributed = pytest.importorskip("distributed")
FAKE = (sys.executable, str(Path(__file__).with_name("fake_child.py")))


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_worker_is_killed_in_the_middle(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "PROGRAM", FAKE)
    for name, size in (("FEWEST", 10), ("USUAL", 15), ("MOST", 20)):
        monkeypatch.setattr(sources, name, size)
    texts = [f"Ann took the ferry number {k} on a windy day. It was late again." for k in range(150)]
    texts[123] = "SEGFAULT"
    source = tmp_path / "all.jsonl"
    source.write_text("".join(json.dumps({"id": f"r{k}", "text": t}) + "\n" for k, t in enumerate(texts)))
    options = {
        "n_workers": 2,
        "threads_per_worker": 1,
        "dashboard_address": None,
        "local_directory": str(tmp_path),
    }
    with (
        distributed.LocalCluster(processes=True, **options) as cluster,
        distributed.Client(cluster) as client,
    ):
        pids = list(client.run(os.getpid).values())

        def kill_one():
            until = time.monotonic() + 60
            while len(list((tmp_path / "out" / "_done").glob("*.json"))) < 4 and time.monotonic() < until:
                time.sleep(0.02)
            os.kill(pids[0], signal.SIGKILL)

        killer = threading.Thread(target=kill_one)
        killer.start()
        done = ss.annotate_dataset(source, tmp_path / "out", client=client)
        killer.join()
        assert pids[0] not in client.run(os.getpid).values()
    assert (done.articles, done.quarantined, done.problems) == (149, 1, 1)
    alone = ss.annotate_dataset(source, tmp_path / "alone")
    assert alone[1:4] == done[1:4]
    files = [
        sorted(p.relative_to(out).as_posix() for p in out.rglob("*.parquet"))
        for out in (tmp_path / "out", tmp_path / "alone")
    ]
    assert files[0] == files[1]
    for name in files[0]:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()
