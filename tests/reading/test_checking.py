"""What was recognised in each file, and the manifest that is written to be mended."""

import pandas as pd
import pytest

import samestory as ss
from samestory.reading.checking import CHECKED, checked, write_listing

BODY = "The ferry to Sandholm will run on seven days of the month only, its owner told passengers. " * 8


@pytest.fixture
def folder(tmp_path):
    front = "---\ntitle: Ferry cut\noutlet: Island Post\ndate: 2025-07-03 21:40\nauthor: Nell Carey\n---\n"
    (tmp_path / "known.md").write_text(front + BODY)
    (tmp_path / "bare.txt").write_text("The ferry was cut.")
    return tmp_path


def test_checked_says_what_is_known_and_what_is_doubtful(folder):
    found = checked(ss.load(folder).articles)
    assert list(found) == list(CHECKED)
    bare, known = found.to_dict("records")
    assert (known["outlet"], known["headline"], known["author"]) == ("Island Post", "Ferry cut", "Nell Carey")
    assert known["published"] == "2025-07-03 21:40"
    assert pd.isna(known["doubtful"])
    assert bare["doubtful"] == "no outlet, no date, no headline, only 4 words"
    assert pd.isna(bare["outlet"])


def test_checked_lists_files_that_gave_nothing_below(folder):
    (folder / "page.png").write_bytes(b"x")
    (folder / "a-table.csv").write_text("text\nThe ferry was cut again.\n,\n")
    loaded = ss.load(folder)
    found = checked(loaded.articles, loaded.problems)
    assert list(found["file"]) == ["a-table.csv, row 1", "bare.txt", "known.md", "page.png"]
    assert found["doubtful"].iloc[-1].startswith("not read, as it is a .png file")


def test_write_listing_leaves_a_date_that_was_worked_out_to_the_user(folder):
    (folder / "2025-07-05.txt").write_text(BODY + "It was Saturday.")
    write_listing(ss.load(folder).articles, folder / "articles.csv")
    dates = pd.read_csv(folder / "articles.csv", index_col="file")["published"]
    assert dates["known.md"] == "2025-07-03 21:40"
    assert pd.isna(dates["2025-07-05.txt"])


def test_write_listing_is_read_back_and_changes_nothing(folder):
    before = ss.load(folder).articles
    assert write_listing(before, folder / "articles.csv") == 2
    after = ss.load(folder).articles
    same = ["article_id", "outlet", "title", "published", "author", "text"]
    pd.testing.assert_frame_equal(before[same], after[same])
    assert list(after["published_from"]) == [before["published_from"][0], "manifest"]


def test_write_listing_adds_what_is_new_and_keeps_what_is_there(folder):
    own = "\ufefffile;outlet;owner\r\nKNOWN.md;The Post;Family"
    (folder / "articles.csv").write_bytes(own.encode())
    assert write_listing(ss.load(folder).articles, folder / "articles.csv") == 1
    assert (folder / "articles.csv").read_bytes().decode() == f"{own}\r\nbare.txt;;\r\n"
    assert write_listing(ss.load(folder).articles, folder / "articles.csv") == 0


def test_write_listing_leaves_out_what_a_spreadsheet_would_run(folder):
    (folder / "known.md").write_text('---\ntitle: "=HYPERLINK(1)"\noutlet: "@post"\n---\n' + BODY)
    write_listing(ss.load(folder).articles, folder / "articles.csv")
    assert "=" not in (folder / "articles.csv").read_text("utf-8-sig")


def test_write_listing_does_not_touch_a_table_of_texts_or_a_link_out(folder, tmp_path_factory):
    articles = ss.load(folder).articles
    (folder / "articles.csv").write_text("outlet,text\nPost,The ferry was cut again.\n")
    with pytest.raises(ValueError, match="names no files"):
        write_listing(articles, folder / "articles.csv")
    (folder / "articles.csv").unlink()
    other = tmp_path_factory.mktemp("other") / "other.csv"
    (folder / "articles.csv").symlink_to(other)
    with pytest.raises(ValueError, match="a link to another place"):
        write_listing(articles, folder / "articles.csv")
    assert not other.exists()
