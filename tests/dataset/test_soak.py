"""The soak, in short; `python tests/dataset/soak.py` runs it in full."""

import soak as long


def test_what_goes_in_comes_out_once(tmp_path, monkeypatch):
    for name in ("FEWEST", "USUAL", "MOST"):  # which the soak sets: here they are set back
        monkeypatch.setattr(long.sources, name, getattr(long.sources, name))
    monkeypatch.setattr(long.apart, "PROGRAM", long.apart.PROGRAM)
    monkeypatch.setattr(long, "LINGER", 0.2)
    monkeypatch.setattr(long, "KINDS", [kind for kind in long.KINDS if kind not in ("HANG", "SEGFAULT")])
    told = long.soak(tmp_path, 200, seed=1, kills=1)
    assert told.startswith("200 in = ")
    assert " 1 times killed" in told
