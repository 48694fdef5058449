"""What a notebook says of files that were not read, and where there is nothing to read."""

from types import SimpleNamespace

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

import samestory as ss
from samestory import tables
from samestory.reading import notice


def problems(*rows):
    return tables.build([{"file": file, "reason": reason} for file, reason in rows], tables.PROBLEMS)


def test_unread_counts_files_and_says_why():
    found = problems(
        ("a.png", "not read, as it is a .png file; a picture"),
        ("x.csv", "row 3: no text; not read"),
        ("x.csv", "row 4: no text; not read"),
        ("herald.txt", "1 of 3 articles: no outlet; it is labelled by its file's name"),
    )
    assert notice.unread(["x.csv, row 1", "x.csv, row 2", "herald.txt"], found) == (
        "2 of 3 files were not read, or only in part: a.png (a .png file; a picture), "
        "x.csv (row 3: no text; not read). Notebook 0 lists all."
    )


def test_unread_names_a_few_and_counts_the_rest():
    line = notice.unread([], problems(*((f"{n}.txt", f"not read: {'no text ' * 30}") for n in range(5))))
    assert line.startswith("5 of 5 files were not read, or only in part: 0.txt (no text no text")
    assert "2.txt" in line
    assert "3.txt" not in line
    assert "2 more. Notebook 0" in line


def test_unread_says_nothing_where_all_was_read():
    assert notice.unread(["a.txt"], problems(("a.txt", "its encoding was guessed"))) is None


def test_the_line_is_shown_in_a_notebook_only(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(notice, "display", lambda data, raw: shown.append(data))
    (tmp_path / "a.txt").write_text("The ferry was cut.")
    (tmp_path / "<b>.png").write_bytes(b"x")
    ss.load(tmp_path)
    assert shown == []
    monkeypatch.setattr(notice, "get_ipython", lambda: SimpleNamespace(kernel=object()))
    ss.load(tmp_path)
    [data] = shown
    assert data["text/plain"].startswith("1 of 2 files was not read, or only in part: <b>.png (")
    assert "&lt;b&gt;.png" in data["text/html"]


def test_an_empty_folder_is_one_sentence(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x")
    with pytest.raises(notice.NothingRead, match=r"no articles found; put \.txt.* a\.png: not read") as error:
        ss.annotate(ss.load(tmp_path))
    assert error.value._render_traceback_() == [str(error.value)]


def test_a_missing_folder_is_one_sentence_in_a_notebook(capsys):
    shell = InteractiveShell()
    shell.run_cell("import samestory; samestory.load('/nowhere/at/all')")
    said = capsys.readouterr().out.strip()
    assert said.startswith("no folder or file of articles at '/nowhere/at/all'")
    assert "\n" not in said


def test_a_table_without_rows_is_still_annotated():
    story = ss.annotate(pd.DataFrame({"article_id": [], "text": []}))
    assert story.sentences.empty
