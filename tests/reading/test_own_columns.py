"""Columns of the user's own: kept with the articles, and compared by as outlets are."""

import pytest

import samestory as ss

TEXT = "The ferry was cut. “Nobody asked,” said Ulla Brandt. “It is a terrible day,” Ulla Brandt said. No {}."


@pytest.fixture
def folder(tmp_path):
    for number, name in enumerate("abc"):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(number))
    (tmp_path / "articles.csv").write_text(
        "file;outlet;published;Owner;words\na.txt;Post;25/07/2025;Family;9\nb.txt;Herald;04/07/2025;Fund;9\n",
        "utf-8-sig",
    )
    return tmp_path


def test_load_keeps_them_and_says_how_dates_were_read(folder):
    loaded = ss.load(folder)
    assert list(loaded.articles["Owner"].fillna("")) == ["Family", "Fund", ""]
    assert list(loaded.articles["published"].dt.strftime("%d %B").fillna("")) == ["25 July", "04 July", ""]
    told = " | ".join(loaded.problems["reason"])
    assert "dates such as '04/07/2025' were read with the day first, as '25/07/2025' shows" in told
    assert "columns not used: words; the table of articles has its own" in told


def test_dates_that_no_other_date_explains_stay_unread(folder):
    listing = (folder / "articles.csv").read_text("utf-8-sig").replace("25/07/2025", "07/25/2025")
    (folder / "articles.csv").write_text(listing + "c.txt;Times;25/07/2025;Fund;9\n", "utf-8")
    loaded = ss.load(folder)
    assert list(loaded.articles["published"].isna()) == [False, True, False]
    assert any("can be read two ways" in reason for reason in loaded.problems["reason"])


@pytest.mark.parametrize(
    "ask",
    [
        ss.quotes.share, ss.quotes.direct_share, ss.quotes.stance_share, ss.quotes.source_types,
        ss.quotes.cue_verbs, ss.sentiment.tone, ss.framing.keyness,
    ],
    ids=lambda ask: ask.__name__,
)  # fmt: skip
def test_they_can_be_compared_by(folder, ask):
    found = ask(ss.annotate(ss.load(folder)), by=["Owner"])
    assert set(found["Owner"]) <= {"Family", "Fund", "(unknown)"}
    assert {"Family", "Fund"} & set(found["Owner"])


def test_a_column_that_is_nowhere_is_refused_with_those_there_are(folder):
    with pytest.raises(ValueError, match=r"cannot group by \['colour'\].*Owner"):
        ss.quotes.share(ss.annotate(ss.load(folder)), by=["colour"])


def test_they_are_saved_with_the_story(folder, tmp_path):
    story = ss.annotate(ss.load(folder))
    opened = ss.Story.open(story.save(tmp_path / "saved"))
    assert list(opened.articles["Owner"].dropna()) == ["Family", "Fund"]
