"""A collection of any size becomes a dataset, whatever its articles do and whenever the run is ended."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import fastparquet
import pandas as pd
import pytest

import samestory as ss
from samestory.dataset import apart, run, sources
from samestory.dataset.store import TABLES

FAKE = (sys.executable, str(Path(__file__).with_name("fake_child.py")))


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """No model is loaded, and parts are small."""
    monkeypatch.setattr(apart, "PROGRAM", FAKE)
    monkeypatch.setattr(sources, "FEWEST", 3)
    monkeypatch.setattr(sources, "USUAL", 5)
    monkeypatch.setattr(sources, "MOST", 7)


def text_of(n):
    return f"Ann took the ferry number {n} on a windy day. It was late again, the harbour master said."


def records(n, **changed):
    """Records as a table states them; changed: r7="SEGFAULT" puts a word into the text of number 7."""
    return [
        {
            "id": f"r{k}",
            "outlet": "Herald",
            "date": "2025-07-04",
            "text": f"{text_of(k)} {changed.get(f'r{k}', '')}",
        }
        for k in range(n)
    ]


def as_lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def as_csv(rows):
    told = io.StringIO()
    writer = csv.DictWriter(told, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return told.getvalue()


def tables_of(out):
    """Every table of a dataset, in an order of its own."""
    found = {}
    for name in TABLES:
        parts = []
        for path in (out / name).glob("*.parquet"):
            with path.open("rb") as file:
                parts.append(fastparquet.ParquetFile(file).to_pandas())
        table = pd.concat([part for part in parts if len(part)] or parts[:1])
        found[name] = table.sort_values(list(table.columns[:3]), ignore_index=True)
    return found


def same(one, other):
    for name, table in tables_of(one).items():
        pd.testing.assert_frame_equal(table, tables_of(other)[name], obj=name)


def written(folder, rows):
    folder.mkdir(exist_ok=True)
    (folder / "all.jsonl").write_text(as_lines(rows), "utf-8")
    return folder / "all.jsonl"


def started(source, out):
    """A run in a process of its own that has written three parts."""
    program = f"""
import sys
sys.path[:0] = {sys.path!r}
from samestory.dataset import apart, sources
apart.PROGRAM = {FAKE!r}
sources.FEWEST, sources.USUAL, sources.MOST = 3, 5, 7
import samestory as ss
ss.annotate_dataset({str(source)!r}, {str(out)!r})
"""
    process = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE)
    until = time.monotonic() + 300  # a busy machine takes long
    while len(list((out / "_done").glob("*.json"))) < 3:
        assert time.monotonic() < until
        time.sleep(0.02)
    return process


def test_every_kind_of_source_gives_the_same_articles(tmp_path):
    rows = records(20)
    (tmp_path / "t.jsonl").write_text(as_lines(rows), "utf-8")
    (tmp_path / "t.csv").write_text(as_csv(rows), "utf-8")
    fastparquet.write(str(tmp_path / "t.parquet"), pd.DataFrame(rows), row_group_offsets=10)
    (tmp_path / "folder").mkdir()
    for row in rows:
        (tmp_path / "folder" / f"{row['id']}.txt").write_text(row["text"], "utf-8")
    for name in ("t.jsonl", "t.csv", "t.parquet", "folder"):
        done = ss.annotate_dataset(tmp_path / name, tmp_path / f"out {name}")
        assert (done.articles, done.problems, done.quarantined) == (20, 0, 0), name
        found = tables_of(tmp_path / f"out {name}")
        assert sorted(found["articles"]["article_id"]) == sorted(row["id"] for row in rows)
        assert len(found["mentions"]) == 20
        assert len(found["sentences"]) == 40


def test_offsets_hold_and_the_version_stands_in_the_schema(tmp_path):
    ss.annotate_dataset(written(tmp_path, records(9)), tmp_path / "out")
    found = tables_of(tmp_path / "out")
    texts = found["articles"].set_index("article_id")["text"]
    for row in found["sentences"].itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
    file = next((tmp_path / "out" / "sentences").glob("*.parquet"))
    assert fastparquet.ParquetFile(str(file)).key_value_metadata["samestory.format"] == "1"


def test_what_is_there_is_not_done_again(tmp_path, monkeypatch):
    log = tmp_path / "log"
    monkeypatch.setenv("FAKE_CHILD_LOG", str(log))
    source = written(tmp_path / "in", records(40))
    ss.annotate_dataset(source, tmp_path / "out")
    assert len(log.read_text().splitlines()) == 40
    again = ss.annotate_dataset(source, tmp_path / "out")
    assert again.unchanged == again.articles == 40
    assert len(log.read_text().splitlines()) == 40
    with source.open("a") as file:
        file.write(as_lines(records(41)[40:]))
    more = ss.annotate_dataset(source, tmp_path / "out")
    assert more.articles == 41
    assert len(log.read_text().splitlines()) <= 48  # the last part alone


def test_a_file_more_in_the_middle_of_a_folder_leaves_the_other_parts(tmp_path, monkeypatch):
    log, folder = tmp_path / "log", tmp_path / "in"
    monkeypatch.setenv("FAKE_CHILD_LOG", str(log))
    folder.mkdir()
    for k in range(60):
        (folder / f"a{k:02}.txt").write_text(text_of(k), "utf-8")
    ss.annotate_dataset(folder, tmp_path / "out")
    (folder / "a00b.txt").write_text(text_of(99), "utf-8")
    (folder / "a50.txt").unlink()
    assert ss.annotate_dataset(folder, tmp_path / "out").articles == 60
    assert len(log.read_text().splitlines()) <= 60 + 28
    ss.annotate_dataset(folder, tmp_path / "fresh")
    same(tmp_path / "out", tmp_path / "fresh")


@pytest.mark.parametrize(
    ("word", "reason"),
    [("SEGFAULT", "SIGSEGV"), ("HANG", "longer than 3 seconds"), ("RAISE", "LookupError: no such thing")],
)
def test_one_article_is_set_aside_with_its_reason(tmp_path, word, reason):
    done = ss.annotate_dataset(written(tmp_path, records(12, r7=word)), tmp_path / "out", seconds=3)
    assert (done.articles, done.problems, done.quarantined) == (11, 1, 1)
    found = tables_of(tmp_path / "out")
    assert found["quarantine"]["article_id"].tolist() == ["r7"]
    assert word in found["quarantine"]["text"][0]
    assert reason in found["quarantine"]["reason"][0]
    assert found["problems"]["file"].tolist() == ["all.jsonl, line 8"]
    assert "r7" not in set(found["sentences"]["article_id"])


def test_what_was_set_aside_is_tried_again_when_asked(tmp_path, monkeypatch):
    source = written(tmp_path, records(12, r7="RAISE"))
    ss.annotate_dataset(source, tmp_path / "out")
    assert ss.annotate_dataset(source, tmp_path / "out").quarantined == 1
    good = tmp_path / "good.py"
    good.write_text(Path(FAKE[1]).read_text("utf-8").replace('"RAISE" in text', "False"), "utf-8")
    monkeypatch.setattr(apart, "PROGRAM", (sys.executable, str(good)))
    done = ss.annotate_dataset(source, tmp_path / "out", retry=True)
    assert (done.articles, done.problems, done.quarantined) == (12, 0, 0)


def test_a_full_disk_ends_the_run_and_the_next_goes_on(tmp_path):
    source = written(tmp_path, records(30, r17=f"DISK FULL {tmp_path / 'flag'}"))
    with pytest.raises(OSError, match="No space left"):
        ss.annotate_dataset(source, tmp_path / "out")
    done = ss.annotate_dataset(source, tmp_path / "out")
    assert done.articles == 30
    assert done.unchanged > 0
    ss.annotate_dataset(source, tmp_path / "fresh")
    same(tmp_path / "out", tmp_path / "fresh")


def test_a_full_disk_while_a_table_is_written_leaves_no_half_part(tmp_path, monkeypatch):
    source = written(tmp_path, records(30))
    plain, calls = run.Store._place, []

    def full(self, file, write):
        calls.append(file)
        if len(calls) == 12:
            raise OSError(28, "No space left on device")
        plain(self, file, write)

    monkeypatch.setattr(run.Store, "_place", full)
    with pytest.raises(OSError, match="No space left"):
        ss.annotate_dataset(source, tmp_path / "out")
    assert ss.annotate_dataset(source, tmp_path / "out").articles == 30
    assert not (tmp_path / "out" / "_work").exists()
    ss.annotate_dataset(source, tmp_path / "fresh")
    same(tmp_path / "out", tmp_path / "fresh")


def test_a_run_that_is_killed_goes_on(tmp_path):
    source = written(tmp_path, records(120))
    process = started(source, tmp_path / "out")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    done = ss.annotate_dataset(source, tmp_path / "out", workers=2)
    assert 0 < done.unchanged < done.articles == 120
    ss.annotate_dataset(source, tmp_path / "fresh")
    same(tmp_path / "out", tmp_path / "fresh")


def test_every_place_is_an_article_or_a_problem(tmp_path):
    rows = records(12)
    rows[3]["text"] = ""
    rows[5]["text"] = rows[4]["text"]
    rows[6]["id"] = "r2"
    told = as_lines(rows) + "not JSON\n" + as_lines(rows[:1]) + "[1, 2]\n\n" + as_lines([{"a": "b"}])
    (tmp_path / "t.jsonl").write_text(told, "utf-8")
    done = ss.annotate_dataset(tmp_path / "t.jsonl", tmp_path / "out")
    found = tables_of(tmp_path / "out")
    out, problems = set(found["articles"]["source"]), set(found["problems"]["file"])
    assert out | problems == {f"t.jsonl, line {n}" for n in [*range(1, 16), 17]}
    assert not out & problems
    assert len(out) == done.articles == 11
    assert found["articles"]["article_id"].is_unique
    assert "t line 7" in set(found["articles"]["article_id"])
    reasons = found["problems"].set_index("file")["reason"].to_dict()
    assert reasons["t.jsonl, line 4"] == reasons["t.jsonl, line 17"] == "not read: no text in it"
    assert "not JSON" in reasons["t.jsonl, line 13"]
    assert reasons["t.jsonl, line 14"] == "not read: the same stands above it"


def test_a_folder_of_all_kinds(tmp_path):
    folder = tmp_path / "in"
    (folder / "herald").mkdir(parents=True)
    (folder / "post").mkdir()
    for k in range(4):
        (folder / "herald" / f"{k}.txt").write_text(text_of(k), "utf-8")
    (folder / "post" / "0.txt").write_text(text_of(0), "utf-8")
    (folder / "herald" / "copy.txt").write_text(text_of(0), "utf-8")
    (folder / "post" / "0.html").write_text(f"<html><body><p>{text_of(7)}</p></body></html>", "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")
    (folder / "more.csv").write_text(as_csv([row | {"country": "UK"} for row in records(9)[5:]]), "utf-8")
    (folder / "articles.csv").write_text("file,author\npost/0.txt,Ann Lee\n", "utf-8")
    ss.annotate_dataset(folder, tmp_path / "out")
    found = tables_of(tmp_path / "out")
    articles = found["articles"].set_index("article_id")
    assert set(articles["outlet"].dropna()) == {"herald", "post", "Herald"}
    assert articles.loc["post/0.txt", "author"] == "Ann Lee"
    assert "post/0" in articles.index
    assert json.loads(articles.loc["r5", "own"]) == {"country": "UK"}
    assert set(found["problems"]["file"]) == {"herald/copy.txt", "empty.txt", "picture.png"}


def test_a_changed_manifest_or_alias_counts(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(text_of(1), "utf-8")
    ss.annotate_dataset(folder, tmp_path / "out")
    (folder / "articles.csv").write_text("file,outlet\na.txt,Post\n", "utf-8")
    (folder / "aliases.csv").write_text("name,canonical\nAnn,Ann Lee\n", "utf-8")
    ss.annotate_dataset(folder, tmp_path / "out")
    found = tables_of(tmp_path / "out")
    assert found["articles"]["outlet"].tolist() == ["Post"]
    assert found["mentions"]["entity"].tolist() == ["Ann Lee"]


def test_rows_are_cut_where_the_reader_cuts_them(tmp_path):
    rows = records(20)
    rows[2]["text"] += '\n\nHe wrote: "The 3,5" nails\nare here".'
    rows[9]["text"] = "Zoë and André crossed the bay — at last. It was cold."
    told = "My export\n" + as_csv(rows)
    (tmp_path / "t.csv").write_text(told, "utf-8-sig")
    ss.annotate_dataset(tmp_path / "t.csv", tmp_path / "out")
    alone = ss.load(tmp_path / "t.csv").articles.set_index("article_id")["text"]
    found = tables_of(tmp_path / "out")["articles"].set_index("article_id")["text"]
    assert found.to_dict() == alone.to_dict()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("t.csv", b"a,b\n1,2\n", "no column with the articles' text"),
        ("t.jsonl", "[]".encode("utf-16"), "UTF-16"),
        ("t.parquet", b"PAR1 nothing PAR1", "damaged"),
        ("t.csv", b'id,text\n1,"open\n' + b"x\n" * 40, "a quotation mark is not closed"),
    ],
)
def test_a_table_that_cannot_be_read_is_a_problem(tmp_path, monkeypatch, name, content, reason):
    monkeypatch.setattr("samestory.dataset.records.LARGEST_TEXT", 64)
    (tmp_path / name).write_bytes(content)
    done = ss.annotate_dataset(tmp_path / name, tmp_path / "out")
    assert (done.articles, done.problems) == (0, 1)
    assert reason in tables_of(tmp_path / "out")["problems"]["reason"][0]


def test_what_stands_above_a_broken_row_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("samestory.dataset.records.LARGEST_TEXT", 600)
    told = as_csv(records(10)) + 'r10,Herald,2025-07-04,"never closed\n' + "x\n" * 400
    (tmp_path / "t.csv").write_text(told, "utf-8")
    done = ss.annotate_dataset(tmp_path / "t.csv", tmp_path / "out")
    assert (done.articles, done.problems) == (10, 1)
    assert "from there on" in tables_of(tmp_path / "out")["problems"]["reason"][0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in" / "pipe.jsonl")
    written(tmp_path / "in", records(4))
    done = ss.annotate_dataset(tmp_path / "in", tmp_path / "out")
    assert (done.articles, done.problems) == (4, 1)


def test_ctrl_c_ends_it_at_once_and_nothing_goes_on(tmp_path):
    source = written(tmp_path, records(30, r20="HANG"))
    process = started(source, tmp_path / "out")
    time.sleep(2)  # it hangs
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    process.communicate()
    assert time.monotonic() - began < 3
    assert process.returncode != 0
    assert len(list((tmp_path / "out" / "_done").glob("*.json"))) >= 3


def test_a_program_that_does_not_start_sets_nothing_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "PROGRAM", (sys.executable, "-c", "pass"))
    with pytest.raises(OSError, match="did not start"):
        ss.annotate_dataset(written(tmp_path, records(4)), tmp_path / "out")


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match="holds other files and no dataset"):
        ss.annotate_dataset(written(tmp_path / "in", records(1)), tmp_path)
    (tmp_path / "dataset.json").write_text('{"format": 0}')
    with pytest.raises(ValueError, match="has format 0"):
        ss.annotate_dataset(tmp_path / "in", tmp_path)
    with pytest.raises(ValueError, match="lies in the folder that is read"):
        ss.annotate_dataset(tmp_path / "in", tmp_path / "in" / "out")
    with pytest.raises(FileNotFoundError, match="no folder or file"):
        ss.annotate_dataset(tmp_path / "nowhere", tmp_path / "out")
