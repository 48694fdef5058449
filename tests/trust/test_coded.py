"""Sheets, written, filled in and read back, whatever happens to them on the way."""

import csv
import io
import shutil
import subprocess

import pandas as pd
import pytest
from openpyxl import load_workbook

import samestory as ss
from samestory.trust.coded import read_checks, read_sheets
from samestory.trust.sheets import instructions, sheet

YES = {"reported": "yes", "speaker": "Ilse Brandt", "form": "direct"}
NO = {"reported": "no"}
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def sample(made_sample):
    return made_sample(["Ilse Brandt", None, "Ilse Brandt", None])


def all_of(sample, answers):
    return dict(zip(sample.rows["unit"], answers, strict=True))


def problems(coded):
    table = coded.problems[["file", "row", "unit", "problem"]].astype(object)
    return list(table.where(table.notna(), None).itertuples(index=False, name=None))


def values(coded, variable="reported"):
    own = coded.answers[coded.answers["variable"] == variable]
    return own.pivot_table(index="unit", columns="coder", values="value", aggfunc="first").to_dict("list")


def lines_of(path):
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def write(path, lines, *, between=","):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=between).writerows(lines)


def test_a_coder_sees_neither_the_machines_answers_nor_the_outlet(sample, tmp_path):
    files = sheet(sample, tmp_path, coders=["ann", "bo"])
    assert [path.name for path in files] == [
        "quotes-key.json", "quotes-instructions.txt", "quotes-ann.xlsx", "quotes-bo.xlsx",
    ]  # fmt: skip
    for path in files[2:]:
        book = load_workbook(path)
        cells = [[cell.value for cell in row] for row in book["code"].iter_rows()]
        assert cells[0] == ["unit", "passage", "reported", "speaker", "form", "note"]
        assert all(row[2:] == [None] * 4 for row in cells[1:])
        assert not {"Herald", "Post", "Ilse Brandt"} & {cell for row in cells for cell in row}
        assert [str(rule.sqref) for rule in book["code"].data_validations.dataValidation] == [
            "C2:C5", "D2:D5", "E2:E5",
        ]  # fmt: skip


def test_each_coder_has_an_order_of_their_own(made_sample, tmp_path):
    sheet(made_sample([None] * 12), tmp_path, form="csv")
    first, second = ([line[0] for line in lines_of(tmp_path / f"quotes-coder-{n}.csv")[1:]] for n in (1, 2))
    assert first != second
    assert sorted(first) == sorted(second) != first


def test_no_passage_is_a_formula(made_sample, tmp_path):
    sample = made_sample([None])
    sample.rows["passage"] = '=HYPERLINK("http://x.invalid")'
    sheet(sample, tmp_path / "a", coders=1)
    assert load_workbook(tmp_path / "a/quotes-coder-1.xlsx")["code"]["B2"].data_type == "s"
    sheet(sample, tmp_path / "b", coders=1, form="csv")
    assert lines_of(tmp_path / "b/quotes-coder-1.csv")[1][1].startswith("'=")


def test_a_row_is_as_high_as_its_text(made_sample, tmp_path):
    sample = made_sample([None])
    sample.rows["passage"] = "Snow fell.\n\n" + "Ice broke. " * 20  # 220 letters in a column of 60: 5 lines
    [*_, path] = sheet(sample, tmp_path, coders=1)
    assert load_workbook(path)["code"].row_dimensions[2].height == 15 * (1 + 1 + 5)


def test_a_sheet_is_never_written_over(sample, made_sample, tmp_path):
    [*_, path] = sheet(sample, tmp_path, coders=1, form="csv")
    path.write_text("work of a day", "utf-8")
    sheet(sample, tmp_path, coders=1, form="csv")
    assert path.read_text("utf-8") == "work of a day"
    with pytest.raises(FileExistsError, match="is of another sample"):
        sheet(made_sample([None]), tmp_path)
    with pytest.raises(ValueError, match="one coder at least"):
        sheet(sample, tmp_path, coders=0)


def test_instructions_define_every_value(sample, bridge):
    page = instructions(sample.coding)
    assert "REPORTED: Does the sentence report words" in page
    assert "Asked only where reported is “yes”." in page
    frames = instructions(ss.trust.sample(bridge, what="frames").coding)
    assert "Economic: Costs, benefits or other financial implications" in frames
    assert max(map(len, frames.splitlines())) <= 100


def test_answers_come_back(sample, filled, tmp_path):
    answers = {"ann": all_of(sample, [YES, NO, YES, NO]), "bo": all_of(sample, [YES, NO, NO, NO])}
    coded = read_sheets(filled(sample, tmp_path, answers))
    assert problems(coded) == []
    assert values(coded) == {"ann": ["yes", "no", "yes", "no"], "bo": ["yes", "no", "no", "no"]}
    assert coded.coders("quotes") == ["ann", "bo"]


def test_a_changed_order_added_columns_capitals_and_spaces_do_no_harm(sample, filled, tmp_path):
    path = filled(sample, tmp_path, {"ann": all_of(sample, [YES, NO, YES, NO])}) / "quotes-ann.csv"
    head, *rows = lines_of(path)
    turned = [[*row[::-1], "mine"] for row in [[name.upper() + " " for name in head], *rows[::-1]]]
    write(path, [[cell.replace("yes", " Yes ") for cell in row] for row in turned], between=";")
    coded = read_sheets(path)
    assert problems(coded) == []
    assert values(coded) == {"ann": ["yes", "no", "yes", "no"]}


def test_what_is_wrong_is_listed_with_its_place_and_the_rest_is_kept(sample, filled, tmp_path):
    path = filled(sample, tmp_path, {"ann": all_of(sample, [YES, NO, YES, NO])}) / "quotes-ann.csv"
    head = lines_of(path)[0]
    unit, reported, speaker = head.index("unit"), head.index("reported"), head.index("speaker")
    rows = sorted(lines_of(path)[1:])
    rows[1][reported] = "perhaps"
    rows[2][speaker] = ""
    again = [*rows[0]]
    again[reported:] = ["no", "", "", ""]
    unknown = [*rows[3]]
    unknown[unit] = "quotes-abcdef"
    write(path, [head, *rows[:3], again, unknown, [""] * len(head)])
    coded = read_sheets(tmp_path)
    assert problems(coded) == [
        ("quotes-ann.csv", 3, "quotes-000001", "reported is 'perhaps'"),
        ("quotes-ann.csv", 4, "quotes-000002", "speaker is empty"),
        ("quotes-ann.csv", 5, "quotes-000000", "stands in row 2, too"),
        ("quotes-ann.csv", 5, "quotes-000000", "reported is 'no' here, and 'yes' in another row"),
        ("quotes-ann.csv", 6, "quotes-abcdef", "quotes-abcdef is no passage of this sample"),
        ("quotes-ann.csv", None, None, "1 of the sample's 4 passages are not in it: quotes-000003"),
    ]
    assert coded.problems["to_do"].str.len().gt(10).all()
    assert values(coded) == {"ann": ["yes", "yes"]}


def test_an_answer_that_goes_against_the_first_is_not_used(sample, filled, tmp_path):
    answers = {"ann": all_of(sample, [YES, NO, NO | {"speaker": "Otto Vale"}, NO])}
    coded = read_sheets(filled(sample, tmp_path, answers))
    assert [problem for *_, problem in problems(coded)] == ["speaker is 'Otto Vale', though reported is 'no'"]
    assert values(coded, "speaker") == {"ann": ["Ilse Brandt"]}


def test_what_was_agreed_need_not_be_whole(sample, filled, tmp_path):
    ann, bo = all_of(sample, [YES, NO, YES, NO]), all_of(sample, [YES, NO, NO, NO])
    folder = filled(sample, tmp_path, {"ann": ann, "bo": bo, "agreed": {"quotes-000002": NO}})
    head, *rows = lines_of(folder / "quotes-agreed.csv")
    write(folder / "quotes-agreed.csv", [head, *(row for row in rows if row[0] != "quotes-000001")])
    coded = read_sheets(folder)
    assert problems(coded) == []
    compared = coded.compared().query("unit == 'quotes-000002'")
    assert compared[["variable", "coders"]].to_numpy().tolist() == [["reported", "no"]]  # no speaker is asked


def test_files_that_are_no_sheets_are_problems(sample, filled, tmp_path):
    folder = filled(sample, tmp_path, {"ann": all_of(sample, [NO, NO, NO, NO]), "bo": {}})
    (folder / "quotes-cy.xlsx").write_bytes(b"PK no sheet")
    (folder / "notes.csv").write_text("what,why\n1,2\n", "utf-8")
    (folder / "~$quotes-ann.xlsx").write_bytes(b"a lock")
    (folder / "quotes-dan.csv").symlink_to(tmp_path.parent / "elsewhere.csv")
    coded = read_sheets(folder)
    told = {row.file: row.problem for row in coded.problems.itertuples()}
    assert told.keys() == {"notes.csv", "quotes-bo.csv", "quotes-cy.xlsx", "quotes-dan.csv"}
    assert told["notes.csv"] == "has no column “unit”"
    assert told["quotes-bo.csv"] == "nothing is filled in"
    assert told["quotes-cy.xlsx"].startswith("not read: ")
    assert told["quotes-dan.csv"] == "a link to another place; not followed"
    assert coded.coders("quotes") == ["ann"]


def test_a_column_without_its_heading_is_missed(sample, filled, tmp_path):
    path = filled(sample, tmp_path, {"ann": all_of(sample, [YES, NO, NO, NO])}) / "quotes-ann.csv"
    head, *rows = lines_of(path)
    write(path, [[name if name != "form" else "F" for name in head], *rows])
    assert [row.problem for row in read_sheets(path).problems.itertuples()] == ["has no column “form”"]


def test_excel_cells_that_became_dates_or_numbers_are_read(story_of, tmp_path):
    story = story_of({"Herald": "The bridge closed on 4 July 2025. Snow fell."})
    drawn = ss.trust.sample(story, what="times")
    [*_, path] = sheet(drawn, tmp_path, coders=1)
    book = load_workbook(path)
    code = book["code"]
    names = [cell.value for cell in code[1]]
    dates = {"The bridge closed on 4 July 2025.": pd.Timestamp("2025-07-04").to_pydatetime()}
    for row in code.iter_rows(min_row=2):
        date = dates.get(row[names.index("passage")].value)
        row[names.index("timed")].value = "yes" if date else "no"
        row[names.index("date")].value = date
    book.save(path)
    coded = read_sheets(path)
    assert problems(coded) == []
    compared = coded.compared().set_index("variable").loc["date"]
    assert (compared["machine"], compared["coders"]) == ("2025-07-04", "2025-07-04")


def test_most_decide_and_what_was_agreed_decides_alone(sample, filled, tmp_path):
    answers = {
        "ann": all_of(sample, [YES, NO, YES, NO]),
        "bo": all_of(sample, [YES, YES, NO, NO]),
        "cy": all_of(sample, [YES, {}, NO, {}]),
        "agreed": {"quotes-000003": YES},
    }
    compared = read_sheets(filled(sample, tmp_path, answers)).compared()
    decided = compared[compared["variable"] == "reported"].set_index("unit")["coders"]
    assert decided.fillna("divided").to_list() == ["yes", "divided", "no", "yes"]


def test_a_short_name_is_the_long_one_that_the_machine_gives(sample, filled, tmp_path):
    short = YES | {"speaker": "Brandt"}
    coded = read_sheets(filled(sample, tmp_path, {"ann": all_of(sample, [short, NO, YES, NO])}))
    speakers = coded.compared().query("variable == 'speaker'")
    assert speakers["machine"].tolist() == speakers["coders"].tolist()


def test_sheets_lie_in_the_folder_checks_among_the_articles(sample, filled, tmp_path):
    (tmp_path / "herald.txt").write_text(
        "Snow fell on the old bridge, and the ferry stopped at noon.", "utf-8"
    )
    assert read_checks(tmp_path).samples == {}
    filled(sample, tmp_path / "checks", {"ann": all_of(sample, [YES, NO, YES, NO])})
    assert read_checks(tmp_path).coders("quotes") == ["ann"]
    assert read_checks(tmp_path / "herald.txt").coders("quotes") == ["ann"]
    loaded = ss.load(tmp_path)
    assert loaded.articles["source"].tolist() == ["herald.txt"]
    assert not loaded.problems["file"].str.startswith("checks").any()


def test_an_outlet_may_be_called_checks(tmp_path):
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "1.txt").write_text("Snow fell on the old bridge, and the ferry stopped.", "utf-8")
    assert ss.load(tmp_path).articles["outlet"].tolist() == ["checks"]


def test_a_damaged_key_costs_its_own_sheets_alone(sample, filled, tmp_path):
    filled(sample, tmp_path, {"ann": all_of(sample, [YES, NO, YES, NO])})
    (tmp_path / "tone-key.json").write_text("{", "utf-8")
    coded = read_sheets(tmp_path)
    assert coded.coders("quotes") == ["ann"]
    [(file, _, _, problem)] = problems(coded)
    assert file == "tone-key.json"
    assert problem.startswith("not read: tone-key.json is no sample")


def test_nothing_to_read_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="no folder or coding sheet"):
        read_sheets(tmp_path / "none")
    with pytest.raises(FileNotFoundError, match="no key"):
        read_sheets(tmp_path)


@pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice is missing (Debian: apt-get install libreoffice-calc)"
)
def test_a_sheet_opened_filled_and_saved_with_libreoffice_comes_back(sample, tmp_path):
    def convert(path, kind):
        profile = (tmp_path / "profile").as_uri()
        command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
        command += ["--outdir", path.parent / "saved", path]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return path.parent / "saved" / path.with_suffix(f".{kind.partition(':')[0]}").name

    [key, _, path] = sheet(sample, tmp_path, coders=1)
    plain = convert(path, "csv:Text - txt - csv (StarCalc):44,34,76,1")
    answers = all_of(sample, [YES, NO, YES | {"speaker": "Brandt"}, NO])
    head, *rows = lines_of(plain)
    filled = [[answers[row[0]].get(name, cell) for name, cell in zip(head, row, strict=True)] for row in rows]
    write(plain, [head, *filled])
    again = convert(plain, "xlsx")
    shutil.copy(key, again.parent)
    resaved = convert(path, "xlsx")  # LibreOffice keeps the drop-downs
    assert len(load_workbook(resaved)["code"].data_validations.dataValidation) == 3
    coded = read_sheets(again)
    assert problems(coded) == []
    figures = ss.trust.figures(coded).set_index(["variable", "measure"])
    # worked out by hand: both that were found hold, and both speakers; neither of the others is a quote
    assert figures.loc[("reported", "precision"), ["right", "of"]].tolist() == [2, 2]
    assert figures.loc[("reported", "recall"), "share"] == 1
    assert figures.loc[("speaker", "precision"), ["right", "of"]].tolist() == [2, 2]
