"""The old report stays whole until the new one is, and none of it stays under the new one."""

import errno
import json

import pytest

from samestory.publishing.exchange import WRITTEN, exchanged, require_writable


def write(folder, **files):
    with exchanged(folder) as part:
        for name, content in files.items():
            path = part / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)


def held(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != WRITTEN)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_what_the_last_report_wrote_is_replaced_and_what_others_wrote_stays(tmp_path):
    write(tmp_path, index_html="old", quotes_html="old", figures__a_png="old")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "index.pdf").write_text("printed of the old one")
    write(tmp_path, index_html="new")
    assert held(tmp_path) == {"index.html": "new", "notes.txt": "mine"}
    assert not (tmp_path / "figures").exists()


@pytest.mark.parametrize("broken", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_report_that_is_broken_off_leaves_the_old_one_and_no_part(tmp_path, broken):
    write(tmp_path, index_html="old", quotes_html="old")

    def fail():
        with exchanged(tmp_path) as part:
            (part / "index.html").write_text("half")
            raise broken

    with pytest.raises(type(broken)):
        fail()
    assert held(tmp_path) == {"index.html": "old", "quotes.html": "old"}
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", "quotes.html", WRITTEN}


def test_what_a_killed_process_left_is_cleared(tmp_path):
    left = tmp_path / ".report-part-x"
    left.mkdir()
    (left / "index.html").write_text("half")
    write(tmp_path, index_html="new")
    assert held(tmp_path) == {"index.html": "new"}


@pytest.mark.parametrize("listed", ['["../precious.txt", "/etc/hosts", 7]', "{}", "no list", "null"])
def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path, listed):
    (tmp_path / "precious.txt").write_text("kept")
    folder = tmp_path / "out"
    write(folder, index_html="old")
    (folder / WRITTEN).write_text(listed)
    write(folder, index_html="new")
    assert (tmp_path / "precious.txt").read_text() == "kept"
    assert json.loads((folder / WRITTEN).read_text()) == ["index.html"]


def test_a_folder_that_cannot_be_written_is_found_before_the_work(tmp_path):
    require_writable(tmp_path / "new")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        require_writable(tmp_path / "file")
