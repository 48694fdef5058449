"""corrections.csv as people, spreadsheets and enemies write it: rows or problems, never an error."""

import pandas as pd
import pytest

import samestory as ss
from samestory.reading.corrections import LARGEST


@pytest.fixture
def loaded(tmp_path):
    def load(content: str | bytes):
        (tmp_path / "herald.txt").write_text("“No,” Ann Brook said. She left.", "utf-8")
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (tmp_path / "corrections.csv").write_bytes(data)
        return ss.load(tmp_path)

    return load


def told(loaded):
    return loaded.problems[loaded.problems["file"] == "corrections.csv"]["reason"].tolist()


@pytest.mark.parametrize(
    "content",
    [
        "kind,words,value\nspeaker,No,Ann\n",
        "\ufeffKind;Words;Value;Checked by\r\nSpeaker;No;Ann;me\r\n",
        "sep=;\nkind;words;value\nSPEAKER ;No;Ann\n",
        "kind\twords\tvalue\n\n'speaker\tNo\tAnn\n".replace("'", ""),
    ],
)
def test_rows_of_any_spreadsheet(loaded, content):
    found = loaded(content)
    assert found.corrections[["kind", "words", "value"]].to_numpy().tolist() == [["speaker", "No", "Ann"]]
    assert told(found) == []
    assert found.articles["source"].tolist() == ["herald.txt"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("speakr,No,Ann", "kind is 'speakr'; expected one of: speaker"),
        ("speaker,,Ann", "no words"),
        ("same name,,Ann", "needs the name"),
        ("speaker,No,", "needs the speaker's name"),
        ("same statement,No,", "no other_words"),
        ("speaker,No,Ann,x", "start is no whole number"),
        ("speaker,No,Ann,-4", "start is no whole number"),
        ("speaker,No,Ann,٣", "start is no whole number"),
        (f"speaker,{'x' * 30_000},Ann", "more than 20,000 characters"),
    ],
)
def test_a_wrong_row_is_a_problem_and_the_others_are_used(loaded, row, said):
    found = loaded(f"kind,words,value,start\n{row}\nno quote,No,,\n")
    assert found.corrections["kind"].tolist() == ["no quote"]
    assert len(told(found)) == 1
    assert told(found)[0].startswith("line 2: not used: ")
    assert said in told(found)[0]


@pytest.mark.parametrize(
    "content", ["from,to\na,b\n", "", b"\x89PNG\r\n\x1a\n\0\0\0", b"kind,words\n\0no\0quote,No\n", "\n\n\n"]
)
def test_a_file_that_is_none_is_a_problem(loaded, content):
    found = loaded(content)
    assert found.corrections.empty
    assert len(told(found)) == 1
    assert told(found)[0].startswith("not used: ")
    assert len(ss.annotate(found).articles) == 1


def test_too_many_rows_are_named(loaded):
    found = loaded("kind,words\n" + "no quote,No\n" * (LARGEST + 3))
    assert (len(found.corrections), len(told(found))) == (LARGEST, 1)


def test_dates_that_a_spreadsheet_turned_round_are_told_by_another(loaded):
    found = loaded("kind,words,value\ndate,No,25/07/2025\ndate,left,04/07/2025\n")
    assert found.corrections["value"].tolist() == ["2025-07-25", "2025-07-04"]


def test_markup_in_a_row_is_shown_as_text(loaded, capsys):
    story = ss.annotate(
        loaded("kind,words,value\nspeaker,No,<script>alert(1)</script>\nno quote,<b>x</b>,\n")
    )
    assert story.quotes["speaker"].tolist() == ["<script>alert(1)</script>"]
    from samestory.pages.tables import table_html

    assert "<script>" not in table_html(story.corrections) + table_html(story.problems)


def test_aliases_and_corrections_are_read_together(tmp_path):
    (tmp_path / "herald.txt").write_text("Ann Brook said no. Brook left.", "utf-8")
    (tmp_path / "aliases.csv").write_text("name,canonical\nAnn Brook,Ann Brook-Lee\n", "utf-8")
    (tmp_path / "corrections.csv").write_text("kind,words,value\nsame name,Ann Brook,Ann B.\n", "utf-8")
    found = ss.load(tmp_path)
    assert found.corrections["file"].tolist() == ["aliases.csv", "corrections.csv"]
    story = ss.annotate(found)
    assert story.corrections["result"].tolist() == ["conflict", "conflict"]
    assert "Ann Brook" in set(story.mentions["entity"])
    (tmp_path / "corrections.csv").unlink()
    story = ss.annotate(ss.load(tmp_path))
    assert isinstance(story.corrections, pd.DataFrame)
    assert story.corrections["result"].tolist() == ["applied"]
