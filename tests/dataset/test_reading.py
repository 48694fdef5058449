"""The parts of a source, read in this process: what is in them, and what each place of them becomes."""

import json

import fastparquet
import pandas as pd
import pytest

from samestory.dataset import reading, sources
from samestory.dataset.reading import read_part
from samestory.dataset.records import groups
from samestory.dataset.sources import Sources

TEXT = "Ann took the ferry on a windy day, and number {} was late again."
ROWS = [{"id": f"r{n}", "outlet": "Post", "country": "UK", "text": TEXT.format(n)} for n in range(30)]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    for name, size in (("FEWEST", 4), ("USUAL", 6), ("MOST", 8)):
        monkeypatch.setattr(sources, name, size)
    reading.listing_of.cache_clear()
    reading._row_group.cache_clear()


def read(root):
    """Articles, problems and the number of parts."""
    found = Sources(root, groups)
    parts = list(found.parts())
    tables = [read_part(part) for part in parts]
    articles, problems = (pd.concat(both, ignore_index=True) for both in zip(*tables, strict=True))
    assert sum(part.n for part in parts) == len(articles) + len(problems)
    return articles, problems, len(parts), found.problems


@pytest.mark.parametrize("name", ["t.jsonl", "t.csv", "t.parquet"])
def test_rows_keep_their_ids_and_the_users_own_columns(tmp_path, name):
    table = pd.DataFrame(ROWS)
    if name == "t.jsonl":
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    elif name == "t.csv":
        table.to_csv(tmp_path / name, index=False)
    else:
        fastparquet.write(str(tmp_path / name), table, row_group_offsets=[0, 10, 11])
    articles, problems, parts, unread = read(tmp_path / name)
    assert articles["article_id"].tolist() == table["id"].tolist()
    assert articles["text"].tolist() == table["text"].tolist()
    assert articles["source"].tolist()[6] == f"{name}, {'line' if name == 't.jsonl' else 'row'} 7"
    assert (problems.empty, unread) == (True, [])
    assert parts > 3
    if name != "t.jsonl":  # a program's record has no columns of the user's own
        assert {*articles["own"]} == {'{"country": "UK"}'}


def test_rows_that_are_no_articles_are_problems(tmp_path):
    lines = [json.dumps(row) for row in ROWS[:5]] + ["{", "[]", json.dumps({"id": "x"}), json.dumps(ROWS[0])]
    (tmp_path / "t.jsonl").write_text("\n".join(lines), "utf-8")
    articles, problems, _, _ = read(tmp_path / "t.jsonl")
    assert len(articles) == 5
    assert sorted(problems["file"]) == [f"t.jsonl, line {n}" for n in (6, 7, 8, 9)]


def test_links_without_texts_are_problems_one_by_one(tmp_path):
    links = [json.dumps({"url": f"https://a.example/{n}"}) for n in range(3)]
    (tmp_path / "t.jsonl").write_text("\n".join(links), "utf-8")
    articles, problems, _, _ = read(tmp_path / "t.jsonl")
    assert articles.empty
    assert all("a list of links" in reason for reason in problems["reason"])


def test_files_with_a_manifest(tmp_path):
    for n in range(12):
        (tmp_path / f"{n:02}.txt").write_text(TEXT.format(n), "utf-8")
    (tmp_path / "00.md").write_text(f"# A headline\n\n{TEXT.format(99)}", "utf-8")
    (tmp_path / "empty.txt").write_text(" ", "utf-8")
    (tmp_path / "articles.csv").write_text("file,outlet,country\n03.txt,Herald,UK\n", "utf-8")
    articles, problems, _, _ = read(tmp_path)
    known = articles.set_index("article_id")
    assert known.loc["03", ["outlet", "own"]].tolist() == ["Herald", '{"country": "UK"}']
    assert pd.isna(known.loc["04", "outlet"])
    assert {"00", "00.txt"} <= {*known.index}
    assert problems["file"].tolist() == ["empty.txt"]


def test_a_file_that_vanishes_is_a_problem(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (part,) = Sources(tmp_path, groups).parts()
    (tmp_path / "a.txt").unlink()
    articles, problems = read_part(part)
    assert articles.empty
    assert "not read" in problems["reason"][0]


def test_a_table_that_lost_rows_says_so(tmp_path):
    fastparquet.write(str(tmp_path / "t.parquet"), pd.DataFrame(ROWS), row_group_offsets=[0, 20])
    *_, last = Sources(tmp_path / "t.parquet", groups).parts()
    fastparquet.write(str(tmp_path / "t.parquet"), pd.DataFrame(ROWS[:3]))
    with pytest.raises(ValueError, match="has changed since its rows were counted"):
        read_part(last)


def test_columns_of_every_part_are_the_same(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    articles, _, _, _ = read(tmp_path)
    assert articles.dtypes.astype("str").to_dict() == reading.ARTICLES
    assert articles["own"].tolist() == ["{}"]
