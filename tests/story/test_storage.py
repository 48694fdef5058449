"""Saving, opening and exporting a story."""

import csv
import io
import zipfile

import pandas as pd
import pytest

import samestory as ss
from samestory import storage, tables


def test_save_and_open_give_the_same_tables(tmp_path, seed_story):
    again = ss.Story.open(seed_story.save(tmp_path / "story"))
    for name, table in seed_story.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


def test_save_and_open_no_articles(tmp_path, seed_story):
    empty = ss.annotate(seed_story.articles.iloc[:0])
    again = ss.Story.open(empty.save(tmp_path))
    pd.testing.assert_frame_equal(again.quotes, empty.quotes)


def test_open_without_a_table_says_which(tmp_path, seed_story):
    seed_story.save(tmp_path)
    (tmp_path / "quotes.parquet").unlink()
    with pytest.raises(FileNotFoundError, match=r"quotes\.parquet is missing; write one with Story\.save"):
        ss.Story.open(tmp_path)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(lambda file: file.write_bytes(b"PAR1"), "quotes.parquet cannot be read", id="not whole"),
        pytest.param(
            lambda file: storage.save({"quotes": tables.build([], tables.TIMES)}, file.parent),
            "quotes.parquet: no column",
            id="another table",
        ),
        pytest.param(
            lambda file: storage.save({"quotes": moved(storage.read(file.parent)["quotes"])}, file.parent),
            "quotes.parquet, row 0 .*: the passage is not in the article",
            id="beyond the text",
        ),
    ],
)
def test_open_says_which_table_is_wrong_and_why(tmp_path, seed_story, damage, message):
    damage(seed_story.save(tmp_path) / "quotes.parquet")
    with pytest.raises(ValueError, match=f"{message}.*write the story anew with Story.save"):
        ss.Story.open(tmp_path)


def moved(quotes):
    return quotes.assign(start=quotes["start"] + 10**6, end=quotes["end"] + 10**6)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "＝1+1",
        "\u200b=1+1",
        "\ufeff＋1",
        " \u2060@SUM(1)",
        "\x0b-1",
        "－1+1",
        "\t=1",
        "\u00a0=1+1",
        "﹦1",
    ],
)
def test_no_cell_of_a_csv_is_a_formula_however_it_is_hidden(cell):
    _, (written,) = csv.reader(io.StringIO(storage.as_csv(pd.DataFrame({"text": [cell]}))))
    assert written == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=1", "1 + 1", "„=”", "x\u200b=1"])
def test_other_cells_of_a_csv_stay_as_they_are(cell):
    assert storage.as_csv(pd.DataFrame({"text": [cell]})).splitlines()[1] == cell


@pytest.fixture
def hostile_story():
    text = '=HYPERLINK("http://evil.example";"x") said the minister.\n\n@SUM(1+1) is a risk, he added.'
    return ss.annotate(pd.DataFrame({"article_id": ["=a"], "outlet": ["+Herald"], "text": [text]}))


def test_export_csv_has_no_formulas(tmp_path, hostile_story):
    folder = hostile_story.export(tmp_path / "csv")
    for file in folder.glob("*.csv"):
        cells = pd.read_csv(file, dtype=str, keep_default_na=False).to_numpy().ravel()
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert pd.read_csv(folder / "articles.csv")["outlet"].iloc[0] == "'+Herald"


def test_export_excel_writes_text_not_formulas_or_links(tmp_path, hostile_story):
    target = hostile_story.export(tmp_path / "story.xlsx")
    with zipfile.ZipFile(target) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        assert not [name for name in book.namelist() if "_rels/sheet" in name]
    assert len(sheets) == 3 + len(tables.ANNOTATIONS)
    assert not [sheet for sheet in sheets if "<f>" in sheet or "hyperlink" in sheet]


def test_export_to_another_kind_of_file_says_what_it_can_write(tmp_path, seed_story):
    with pytest.raises(ValueError, match=r"cannot write 'o\.docx'; name an \.xlsx file, or a folder"):
        seed_story.export(tmp_path / "o.docx")
    assert not list(tmp_path.iterdir())


def test_export_excel_marks_a_cell_that_it_had_to_cut(tmp_path):
    story = ss.annotate(pd.DataFrame({"article_id": ["long"], "text": ["No. " * 10_000]}))
    target = story.export(tmp_path / "long.xlsx")
    with zipfile.ZipFile(target) as book:
        assert "export to a folder of CSV for the whole" in book.read("xl/sharedStrings.xml").decode()


def test_export_excel_too_many_rows_says_what_to_do(tmp_path, seed_story, monkeypatch):
    monkeypatch.setattr(storage, "EXCEL_ROWS", 1)
    with pytest.raises(ValueError, match="export to a folder of CSV instead"):
        seed_story.export(tmp_path / "story.xlsx")
