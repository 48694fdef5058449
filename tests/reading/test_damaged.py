"""Files that are not what their names say, or not whole: each is named, with what to do."""

import io
import json
import subprocess
import zipfile

import pytest

import samestory as ss
from samestory.reading.files import read_file
from samestory.reading.formats import parquet

NO_PAGES = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
TEXT = "The ferry to Sandholm will run on seven days of the month only, its owner told passengers. " * 4


def zipped(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return held.getvalue()


def locked(data):
    """The archive with the mark of a password on every member."""
    return data.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


def epub(**members):
    container = b"<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>"
    return zipped(**{"META-INF/container_dot_xml": container} | members)


def reasons(name, data):
    return [problem.reason for problem in read_file(data, name).problems]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.parquet", b"text", "no Parquet table"),
        ("x.parquet", b"PAR1PAR1", "it is damaged, or of a kind that can't be read"),
        ("x.warc", NO_PAGES, "no web page is in it"),
        ("x.warc", b"no archive", "it is damaged; what follows was not read"),
        ("x.docx", zipped(a="x"), "no Word document"),
        ("x.xlsx", zipped(a="x"), "no Excel file"),
        ("x.odt", zipped(content_dot_xml="<a/>"), "no text document"),
        ("x.odt", locked(zipped(content_dot_xml="<a/>")), "locked with a password"),
        ("x.odt", zipped(a="x"), "no 'content.xml' in it"),
        ("x.odt", zipped(content_dot_xml=b""), "no valid XML"),
        ("x.rtf", b"plain words", "no rich text"),
        ("x.eml", b"plain words", "no mail"),
        ("x.eml", b"From: a@b\nContent-Type: image/png\n\nx", "no text is in the mail"),
        ("x.mhtml", b"From: a@b\nContent-Type: text/plain\n\nx", "no web page is in it"),
        ("x.webarchive", b"plain words", "no web page is in it"),
        ("x.epub", epub(b_dot_opf="<package/>"), "no text is in it"),
        ("x.epub", zipped(**{"META-INF/container_dot_xml": "<container/>"}), "it names no content"),
        ("x.xml", b"<html/>", "name the file .html"),
        ("x.xml", b"<rss><channel/></rss>", "no article is in it"),
        ("x.xml", b"", "it is empty"),
        ("x.zip", b"no archive", "it can't be unpacked"),
        ("x.gz", b"no archive", "it can't be unpacked"),
        ("x.zip", locked(zipped(a_dot_txt="x")), "locked with a password"),
        ("x.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "save it as .docx"),
        ("x.csv", b"file,outlet\na.txt,Post\n", "save it as CSV under that name"),
        ("x.csv", b"id,type,url\n1,article,https://a.example\n2,story,\n", "a list of links"),
        ("x.json", b'{"articles": []}', "no article is in it"),
        ("x.jsonl", b"{}\n" * 9, "line 1, line 2, line 3, line 4, line 5, 4 more: no text; not read"),
        ("x.json", b'{"articles": [{"url": "https://a.example"}]}', "a list of links"),
        ("x.tsv", b"20250703\tPOST\thttps://a.example/1\n", "a list of links"),
        ("x.mp3", b"ID3", "sound or film"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(name, data, reason):
    reading = read_file(data, name)
    assert reading.drafts == []
    assert reason in " | ".join(reasons(name, data))


def test_a_damaged_member_is_named_and_the_others_are_read():
    whole = zipped(a_dot_txt=TEXT, b_dot_txt=TEXT + "Again.")
    at = whole.index(b"b.txt") + 9
    reading = read_file(whole[:at] + b"\xff" * 8 + whole[at + 8 :], "x.zip")
    assert [draft.source for draft in reading.drafts] == ["x.zip/a.txt"]
    assert [problem.file for problem in reading.problems] == ["x.zip/b.txt"]


def test_a_chapter_that_is_missing_is_named_and_the_others_are_read():
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='a' href='a.html'/><item id='b'"
        " href='b.html'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>"
    )
    reading = read_file(epub(b_dot_opf=package, b_dot_html=f"<html><p>{TEXT}</p></html>"), "x.epub")
    assert [draft.source for draft in reading.drafts] == ["x.epub, chapter 2"]
    assert [problem.file for problem in reading.problems] == ["x.epub, chapter 1"]


def test_a_table_that_is_read_for_too_long_is_given_up(monkeypatch):
    def late(*_, **options):
        raise subprocess.TimeoutExpired("x", options["timeout"])

    monkeypatch.setattr(parquet.subprocess, "run", late)
    assert reasons("x.parquet", b"PAR1PAR1") == ["not read: reading it took too long; save the table as CSV"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"%PDF-1.4 no pdf"),
        ("a.txt", b"{\\rtf1 The ferry was cut.}"),
        ("a.md", b"PAR1 and more"),
        ("a.doc", b"The ferry was cut, in plain words."),
        ("a.doc", b"<html><body><p>The ferry was cut, as a web page.</p></body></html>"),
    ],
)
def test_a_file_is_told_by_how_it_begins(name, data):
    reading = read_file(data, name)
    assert "%PDF" not in "".join(draft.raw for draft in reading.drafts)
    assert "{\\rtf" not in "".join(draft.raw for draft in reading.drafts)
    assert reading.drafts or reading.problems


def test_a_file_of_any_name_is_a_text_where_the_user_names_it(tmp_path):
    (tmp_path / "ferry.log").write_text(TEXT)
    assert len(ss.load(tmp_path / "ferry.log").articles) == 1
    assert len(ss.load(tmp_path).articles) == 0
    for name in ("ferry.mp3", "ferry.xls", "ferry.7z"):
        (tmp_path / name).write_text(TEXT)
        assert len(ss.load(tmp_path / name).articles) == 0


def test_records_nested_deeply_where_nobody_looks_are_read():
    record = {"text": TEXT, "tags": json.loads("[" * 200 + "]" * 200), "author": [[[[[["deep"]]]]]]}
    [draft] = read_file(json.dumps([record]).encode(), "x.json").drafts
    assert draft.raw == TEXT.strip()
    assert draft.author is None
