"""Nothing on a disk stops a load: beside every bad file a good article is read, and the bad one is named."""

import functools
import gzip
import io
import os
import signal
import socket
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory.reading import disk, files, guard
from samestory.reading.draft import FromFile
from samestory.reading.files import READERS, read_file
from samestory.reading.limits import LARGEST, LARGEST_TEXT, yaml_of

FORMATS = Path(__file__).parents[1] / "fixtures" / "formats"
CORPUS = sorted(file.name for file in FORMATS.iterdir() if file.name != "expected.json")
GOOD = "The ferry to Sandholm will run on seven days of the month only, its owner told passengers."


# Without the time of day, so that every worker of the tests collects the same.
NESTED = functools.reduce(lambda data, _: gzip.compress(data, mtime=0), range(4), b"text")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    return tmp_path


@pytest.fixture(autouse=True)
def in_time():
    """Fail where a file is waited for, instead of waiting with it."""

    def late(*_):
        raise AssertionError("it did not end")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(30)
    yield
    signal.alarm(0)


def problems(loaded, good=1):
    assert len(loaded.articles) == good
    return dict(zip(loaded.problems["file"], loaded.problems["reason"], strict=True))


def sparse(path):
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)


@pytest.mark.parametrize("name", ["x.txt", "articles.csv", "aliases.csv", "aliases.yaml", "x.zip"])
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "a named pipe, not a file"),
        (lambda path: path.symlink_to("/dev/zero"), "a link to another place; not followed"),
        (lambda path: path.symlink_to("/etc/passwd"), "a link to another place; not followed"),
        (lambda path: path.symlink_to("nowhere.txt"), "a link to another place; not followed"),
        (lambda path: path.symlink_to(path.name), "a link to another place; not followed"),
        (sparse, "larger than 256 MB"),
    ],
    ids=["pipe", "device", "another file", "nothing", "itself", "too large"],
)
def test_only_regular_files_of_the_folder_are_opened(folder, name, make, reason):
    make(folder / name)
    assert reason in problems(ss.load(folder))[name]


def test_a_socket_is_named(folder, monkeypatch):
    monkeypatch.chdir(folder)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as held:
        held.bind("x.txt")
        assert "not read" in problems(ss.load(folder))["x.txt"]


def test_a_device_named_by_the_user_is_refused():
    loaded = ss.load("/dev/zero")
    assert loaded.problems["reason"][0] == "not read: it is a device, not a file"


def test_a_link_to_a_folder_is_named_and_one_within_the_folder_is_followed(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "secret.txt").write_text("Not to be sent on.")
    (folder / "other").symlink_to(other)
    (folder / "herald").mkdir()
    (folder / "herald" / "a.txt").write_text(GOOD + " Nobody was asked.")
    (folder / "b.txt").symlink_to("herald/a.txt")
    (folder / "round").symlink_to(".")
    loaded = ss.load(folder)
    assert set(loaded.articles["source"]) == {"good.txt", "b.txt"}  # herald/a.txt is the same text
    found = problems(loaded, good=2)
    assert found["other"] == found["round"] == "a link to another place; not followed, copy the file itself" \
        " into the folder"  # fmt: skip


def test_a_folder_that_cannot_be_opened_is_named(folder, monkeypatch):
    (folder / "locked").mkdir()
    scan = os.scandir

    def refuse(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(disk.os, "scandir", refuse)
    assert problems(ss.load(folder))["locked"] == "folder not read: Permission denied; check its permissions"


def test_names_that_open_like_notes_are_articles(tmp_path):
    for number, name in enumerate(["license-plates.txt", "copying-machines.txt", "readme-or-not.txt"]):
        (tmp_path / name).write_text(f"{GOOD} Number {number}.")
    for name in ("README.md", "LICENSE", "copying.txt", "Readme"):
        (tmp_path / name).write_text("Notes on the folder.")
    loaded = ss.load(tmp_path)
    assert len(loaded.articles) == 3
    assert not loaded.problems["file"].isin(["README.md", "LICENSE", "copying.txt", "Readme"]).any()


def test_a_folder_deeper_than_python_recurses_is_read(folder):
    deep = [str(folder)]
    for _ in range(1200):
        deep.append(f"{deep[-1]}/a")
        os.mkdir(deep[-1])
    file = f"{deep[-1]}/b.txt"
    with open(file, "w") as written:
        written.write(GOOD + " It was deep.")
    assert len(ss.load(folder).articles) == 2
    os.remove(file)  # pytest's own way to remove it recurses
    for one in reversed(deep[1:]):
        os.rmdir(one)


def test_a_name_that_is_no_text_is_read(folder):
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "wb") as file:
        file.write((GOOD + " It was in a café.").encode())
    loaded = ss.load(folder)
    assert len(loaded.articles) == 2
    assert "caf\ufffd.txt" in set(loaded.articles["source"])


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghijk"))


@pytest.mark.parametrize(
    "text",
    [BOMB, "a: !!int ''", "a: !!bool maybe", "&r [*r]", "[" * 5000, "a: " + "{b: " * 4000, "a: 2024-99-99",
     "a: !!python/object/apply:os.system [ls]", "? [[[", "a: !!timestamp x", "a:\n  - " * 3000],
)  # fmt: skip
@pytest.mark.parametrize("name", ["x.md", "aliases.yaml"])
def test_yaml_that_harms_a_parser_ends(folder, name, text):
    content = text if name == "aliases.yaml" else f"---\n{text}\n---\n{GOOD} Under it."
    (folder / name).write_text(content)
    loaded = ss.load(folder)
    assert "good.txt" in set(loaded.articles["source"])


def test_yaml_values_stay_texts():
    assert yaml_of("a: 2024-99-99\nb: [yes, 0x1f, ~]\nc: !!int ''") == {
        "a": "2024-99-99", "b": ["yes", "0x1f", "~"], "c": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.json", b"[" * 100_000),
        ("x.json", b'{"a":' * 50_000),
        ("x.xml", b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
            b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
            + b"]><rss><channel><item><title>&j;</title></item></channel></rss>"),
        ("x.xml", b"<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
            b"<rss><item><description>&a;</description></item></rss>"),
        ("x.xml", b"<a>" * 100_000),
        ("x.html", b"<div>" * 200_000 + b"text"),
        ("x.html", b"<p " + b"a=" * 300_000),
        ("x.rtf", b"{\\rtf1" + b"{" * 100_000),
        ("x.rtf", b"{\\rtf1 \\u99999999999?" + b"\\bin999999999 x}"),
        ("x.eml", b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n"
            + b"--b\nContent-Type: message/rfc822\n\nFrom: a\n" * 2000),
        ("x.mhtml", b"Content-Type: multipart/related; boundary=" + b"x" * 9000),
        ("x.webarchive", b"bplist00" + bytes(range(256)) * 8),
        ("x.pdf", b"%PDF-1.7\n1 0 obj<</Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>"),
        ("x.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n"),
        ("x.parquet", b"PAR1" + b"\xff" * 400 + b"\x90\x01\x00\x00PAR1"),
        ("x.csv", b'text\n"' + b"x," * 400_000),
        ("x.txt", b"\\" * 500_000 + b"(" * 400_000),
        ("x.md", b"---\n" + b"a" * 500_000),
        ("x.md", b"[" * 300_000),
        ("x.md", b"> " * 200_000),
        ("x.docx", b"PK\x03\x04" + bytes(500)),
        ("x.gz", NESTED),
    ],
)  # fmt: skip
def test_a_hostile_file_takes_no_other_with_it(folder, name, data):
    (folder / name).write_bytes(data)
    loaded = ss.load(folder)
    assert "good.txt" in set(loaded.articles["source"])
    assert "root:" not in " ".join(loaded.articles["text"])
    named = [*loaded.problems["file"], *loaded.articles["source"]]
    assert any(one.startswith(name) for one in named)


def zipped(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return held.getvalue()


@pytest.mark.parametrize("name", ["x.docx", "x.odt", "x.html"])
def test_what_is_parsed_whole_may_be_less_large(folder, name):
    large = b"<a>" + bytes(LARGEST_TEXT)
    inner = {"x.docx": "word__document.xml", "x.odt": "content.xml"}.get(name)
    (folder / name).write_bytes(zipped(**{inner: large}) if inner else large)
    assert "larger than 64 MB; split it" in problems(ss.load(folder))[name]


def test_a_pdf_that_unpacks_to_too_much_ends(folder):
    packed = zlib.compress(bytes(300 << 20), 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>/MediaBox[0 0 9 9]>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream]
    body = b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(objects, 1))
    (folder / "x.pdf").write_bytes(
        b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"
    )
    assert "x.pdf" in problems(ss.load(folder))


def test_an_archive_in_itself_over_and_over_ends(folder):
    data = zipped(a=b"x")
    for _ in range(30):
        data = zipped(**{"inner.zip": data})
    (folder / "x.zip").write_bytes(data)
    assert any("archives in archives" in reason for reason in problems(ss.load(folder)).values())


def test_many_archives_in_one_unpack_to_no_more_than_one(folder):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("zeros.bin", bytes(100 << 20))
    (folder / "x.zip").write_bytes(zipped(**{f"{n}.zip": held.getvalue() for n in range(40)}))
    told = [
        reason for reason in ss.load(folder).problems["reason"] if "unpacks to more than 256 MB" in reason
    ]
    assert len(told) == 2
    assert told[1].startswith("37 files in it not read")


def test_an_archive_that_takes_too_long_is_left(folder, monkeypatch):
    monkeypatch.setattr(files, "_SECONDS", -1.0)
    (folder / "x.zip").write_bytes(zipped(**{"a.txt": GOOD}))
    assert "took too long" in problems(ss.load(folder))["x.zip"]


def test_what_unpacks_to_too_much_is_refused(folder):
    (folder / "x.txt.gz").write_bytes(gzip.compress(bytes(LARGEST + 1), 1))
    assert "it unpacks to more than 256 MB" in problems(ss.load(folder))["x.txt.gz"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("no text"), "not read: no text"),
        (RecursionError(), "nested or packed too deeply"),
        (MemoryError(), "nested or packed too deeply"),
        (ZeroDivisionError(), "it is damaged, or not what its name says (ZeroDivisionError)"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), "it is damaged"),
        (OSError(5, "Input/output error"), "Input/output error; check the file"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_a_reader_raises_is_one_problem(error, reason):
    def read():
        raise error

    drafts, [problem] = guard.read_guarded(read, "a.x", 0)
    assert (drafts, problem.file) == ([], "a.x")
    assert reason in problem.reason


def test_a_reader_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(guard, "_SECONDS", 0.05)

    def read():
        while True:
            pass

    [problem] = guard.read_guarded(read, "a.x", 0).problems
    assert "took too long" in problem.reason
    assert guard.read_guarded(lambda: FromFile([], []), "a.x", 0) == FromFile([], [])


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(ending=st.sampled_from(sorted(set(READERS) - {".parquet"})), data=st.data())
def test_any_bytes_of_any_kind_end_in_drafts_or_problems(ending, data):
    name = data.draw(st.sampled_from([file for file in CORPUS if file.endswith(ending)] or CORPUS))
    whole = (FORMATS / name).read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 40))
    reading = read_file(whole[:at] + data.draw(st.binary(max_size=40)) + whole[at + cut :], f"x{ending}")
    assert reading.drafts or reading.problems
    for draft in reading.drafts:
        for start, end, _ in draft.removed:
            assert 0 <= start <= end <= len(draft.raw)
        for block in draft.body or ():
            assert 0 <= block.start <= block.end <= len(draft.raw)
