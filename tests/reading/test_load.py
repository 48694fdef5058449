"""Loading: every kind of file, the manifest, and everything that can be wrong with them."""

import json
from pathlib import Path

import pandas as pd
import pytest

import samestory as ss
from samestory import tables

SEEDS = Path(__file__).parents[2] / "seeds"
BODY = (
    "The mayor of {place} said on Tuesday that the bridge would stay closed for another month.\n\n"
    "Engineers found cracks in two of its pillars, according to the city's report."
)


def write(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", ".").replace("_in_", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def problems(loaded):
    return dict(zip(loaded.problems["file"], loaded.problems["reason"], strict=True))


def test_load_reads_the_seeds():
    articles = ss.load(SEEDS).articles.set_index("article_id")
    first, second = articles.loc["000_c61e24e3129648bb"], articles.loc["004_ea79fd1b2bade8fa"]
    assert first["outlet"] == "Article 000"
    assert first["published"] == pd.Timestamp("2025-07-04 16:56:20")
    assert first["published_from"] == "stated"
    assert first["title"].startswith("Zelensky and Trump discuss air defense")
    assert first["text"].startswith("In a pivotal conversation on Friday")
    assert second["outlet"] == "RBC-Ukraine"
    assert second["published"] == pd.Timestamp("2025-07-04")  # the latest day it names, next to the first's
    assert second["published_from"] == "inferred"
    assert second["title"] == "Zelenskyy and Trump agree to boost Ukraine's air defense efforts"
    assert second["text"].startswith("During a phone call")
    assert "\n\nAttack on Kyiv and US arms supply disruption\n\n" in second["text"]
    assert second["text"].endswith("can be found in RBC-Ukraine's full report.")


def test_load_gives_the_declared_columns_and_dtypes(tmp_path):
    full = ss.load(SEEDS)
    empty = ss.load(tmp_path)
    assert list(full.articles) == list(empty.articles) == list(tables.ARTICLES)
    assert (full.articles.dtypes == empty.articles.dtypes).all()
    assert list(full.problems) == list(empty.problems) == list(tables.PROBLEMS)


def test_load_says_what_to_do_with_an_empty_folder(tmp_path):
    loaded = ss.load(tmp_path)
    assert len(loaded.articles) == 0
    assert "no articles found; put .txt" in loaded.problems["reason"][0]


def test_load_names_a_missing_path(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no folder or file of articles at .*nowhere"):
        ss.load(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match=r"no manifest at .*nowhere"):
        ss.load(tmp_path, manifest=tmp_path / "nowhere.csv")


def test_load_reads_no_other_folder_than_the_one_named(tmp_path, monkeypatch):
    write(tmp_path, seeds_in_a__txt=BODY.format(place="Opava"))
    monkeypatch.chdir(tmp_path)
    assert len(ss.load("seeds").articles) == 1
    with pytest.raises(FileNotFoundError, match=r"no folder or file of articles at '../seeds'"):
        ss.load("../seeds")


def test_load_reads_tables_of_articles(tmp_path):
    rows = [{"headline": f"Bridge {n} is closed again", "body": BODY.format(place=name), "source": name,
             "date": f"2024-05-1{n}T09:05:00Z"} for n, name in enumerate(["Opava", "Zlín"])]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    pd.DataFrame(rows).to_csv(tmp_path / "b.tsv", index=False, sep="\t")
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    nested = [row | {"source": {"id": None, "name": row["source"]}} for row in rows]
    (tmp_path / "d.json").write_text(json.dumps({"status": "ok", "articles": nested}))
    for name in ("a.csv", "b.tsv", "c.jsonl", "d.json"):
        loaded = ss.load(tmp_path / name)
        assert list(loaded.articles["outlet"]) == ["Opava", "Zlín"]
        assert list(loaded.articles["published"]) == [
            pd.Timestamp("2024-05-10 09:05"),
            pd.Timestamp("2024-05-11 09:05"),
        ]
        assert list(loaded.articles["title"]) == ["Bridge 0 is closed again", "Bridge 1 is closed again"]
        assert loaded.articles["text"][1] == BODY.format(place="Zlín")


def test_load_reads_markdown_without_its_marks(tmp_path):
    front = "---\ntitle: Bridge is closed again\ndate: 2024-05-14\noutlet: The Herald\n---\n"
    marked = (
        "# Bridge is closed again\n\nThe **mayor** of [Opava](https://a.example) was _there_.\n\n> He left."
    )
    article = ss.load(write(tmp_path, a__md=front + marked)).articles.iloc[0]
    assert article["text"] == "The mayor of Opava was there.\n\nHe left."
    assert article["title"] == "Bridge is closed again"
    assert article["outlet"] == "The Herald"
    assert article["published"] == pd.Timestamp("2024-05-14")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "not read: it is empty"),
        ("a.txt", b" \n\t ", "not read: it is empty"),
        ("a.txt", b"\x7fELF\x00\x01\x02\x03" * 400, "not text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "not text"),
        ("a.txt", b"Share\nTweet", "only page clutter"),
        ("a.txt", b"7" * 1_000_001, "1,000,001 characters are no single article"),
        ("a.docx", b"PK\x03\x04", "it can't be unpacked"),
        ("a.xlsx", b"PK\x03\x04", "it can't be unpacked"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "save the sheet as .xlsx or CSV"),
        ("a.png", b"\x89PNG", "a picture; copy the article's text"),
        ("a.dat", b"\x89\x01\x02", "articles are read from .txt"),
        ("a.csv", b"name,age\nJane,7\n", "no column with the articles' text; it has ['name', 'age']"),
        ("a.csv", b"\n", "it is empty"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b'"word"', "no articles in it"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.jsonl", b"{}\n", "line 1: no text"),
        ("a.jsonl", b"[1]\n", "line 1: not an object"),
        ("a.jsonl", b"oops\n", "line 1: not JSON"),
        ("a.csv", b'text\n"one, two"\nthree, four\n', "row 2: 2 cells under 1 columns"),
    ],
)
def test_load_lists_what_it_could_not_read(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    assert reason in problems(ss.load(tmp_path))[name]


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("Café “Zlín” is shut.".encode(), "Café “Zlín” is shut.", None),
        ("Café “Zlín” is shut.".encode("utf-8-sig"), "Café “Zlín” is shut.", None),
        ("Café “Zlín” is shut.".encode("utf-16"), "Café “Zlín” is shut.", None),
        ("Café “Zlín” is shut.".encode("utf-16-le"), "Café “Zlín” is shut.", "utf-16-le"),
        ("The café “at the corner” shut.".encode("cp1252"), "The café “at the corner” shut.", "Windows-1252"),
        ("It’s “over”, café.".encode().decode("cp1252", "replace").encode(), None, "decoded wrongly"),
        (b"Jane &amp; John said &quot;no&quot;.", 'Jane & John said "no".', "HTML codes"),
        ("Мэр города сказал, что мост будет закрыт ещё месяц из-за трещин.".encode("cp1251"),
         "Мэр города сказал, что мост будет закрыт ещё месяц из-за трещин.", "guessed"),
    ],
    ids=["utf-8", "utf-8-mark", "utf-16", "utf-16-unmarked", "cp1252", "mojibake", "entities", "cp1251"],
)  # fmt: skip
def test_load_decodes_and_says_what_it_guessed(tmp_path, data, text, note):
    (tmp_path / "a.txt").write_bytes(data)
    loaded = ss.load(tmp_path)
    assert text is None or loaded.articles["text"][0] == text
    found = " ".join(loaded.problems["reason"])
    assert note is None or note in found
    assert note is not None or "encoding" not in found


def test_load_applies_the_manifest(tmp_path):
    manifest = "file,outlet,published,url,author,language,title\na.txt,The Herald,2024-05-14T09:00Z,,,,\n"
    article = ss.load(
        write(tmp_path, a__txt=BODY.format(place="Opava"), articles__csv=manifest)
    ).articles.iloc[0]
    assert article["outlet"] == "The Herald"
    assert article["published"] == pd.Timestamp("2024-05-14 09:00")
    assert article["published_from"] == "manifest"
    assert pd.isna(article["author"])


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        ("file,published\na.txt,Tuesday\n",
         "article 'a': published is 'Tuesday'; expected a date such as 2024-05-14T09:00Z"),
        ("file,published\na.txt,04/07/2025\n", "can be read two ways"),
        ("file,published\na.txt,2025-02-30\n", "'2025-02-30'; expected a date"),
        ("file,outlet\nb.txt,Herald\n", "row for 'b.txt': no such file"),
        ("name,outlet\na.txt,Herald\n", "no column 'file'; it has ['name', 'outlet']"),
        ("file,outlet\na.txt,Herald\na.txt,Post\n", "line 3: 'a.txt' has a row already"),
        ("file,words\na.txt,7\n", "columns not used: words"),
        ("file,outlet\n,Herald\n", "line 2: names no file"),
    ],
)  # fmt: skip
def test_load_lists_what_is_wrong_in_the_manifest(tmp_path, manifest, reason):
    loaded = ss.load(write(tmp_path, a__txt=BODY.format(place="Opava"), articles__csv=manifest))
    assert len(loaded.articles) == 1
    found = loaded.problems
    assert any(reason in text for text in found.loc[found["file"] == "articles.csv", "reason"])


def test_load_takes_articles_csv_as_articles_when_it_holds_texts(tmp_path):
    loaded = ss.load(write(tmp_path, articles__csv="outlet,text\nHerald,The bridge is shut.\n"))
    assert list(loaded.articles["text"]) == ["The bridge is shut."]


def test_load_keeps_one_of_two_equal_articles_and_says_so(tmp_path):
    body = BODY.format(place="Opava")
    loaded = ss.load(write(tmp_path, a__txt=body, b__txt=body + "\n"))
    assert list(loaded.articles["article_id"]) == ["a"]
    assert problems(loaded)["b.txt"] == "same text as a.txt; only that one is kept"


def test_load_keeps_an_agency_text_in_two_outlets(tmp_path):
    body = BODY.format(place="Opava")
    loaded = ss.load(write(tmp_path, herald_in_a__txt=body, post_in_a__txt=body))
    assert list(loaded.articles["outlet"]) == ["herald", "post"]
    assert loaded.articles["article_id"].is_unique
    assert "kept, as post carries it too" in problems(loaded)["post/a.txt"]


@pytest.mark.parametrize(
    ("names", "outlets"),
    [
        (["000_c61e24e3129648bb.txt", "001_aa1e24e3129648bb.txt"], ["Article 000", "Article 001"]),
        (["c61e24e3129648bb.txt"], ["Article c61e24e3"]),
        (["12.txt"], ["Article 12"]),
        (["moravian-herald_bridge.txt"], ["moravian herald bridge"]),
        (["1_c61e24e3129648bb.txt", "1_d61e24e3129648bb.txt"], ["Article 1", "Article 1 (2)"]),
    ],
)
def test_load_labels_an_article_whose_outlet_is_unknown(tmp_path, names, outlets):
    for number, name in enumerate(names):
        (tmp_path / name).write_text(BODY.format(place=f"Opava {number}"))
    assert list(ss.load(tmp_path).articles["outlet"]) == outlets


@pytest.mark.parametrize(
    ("text", "published", "known_from"),
    [
        ("The vote was lost on the evening of May 14, the mayor said.", "2024-05-14", "inferred"),
        ("The vote was on 13 May, and it had been planned since March 2.", "2024-05-13", "inferred"),
        ("It began on May 1 and ended on May 9, the mayor said.", None, None),
        ("The festival opens on May 30, the mayor said on May 14.", None, None),
        ("The bridge of May 14, 1999 is closed, the mayor said.", None, None),
        ("The bridge is closed, the mayor said.", None, None),
    ],
    ids=["same-day", "day-before", "too-early", "still-to-come", "another-year", "no-day"],
)
def test_load_infers_a_date_only_from_a_day_next_to_a_dated_article(tmp_path, text, published, known_from):
    dated = BODY.format(place="Opava") + "\n"
    manifest = "file,published\na.txt,2024-05-14T18:30\n"
    articles = ss.load(write(tmp_path, a__txt=dated, b__txt=text, articles__csv=manifest)).articles.set_index(
        "article_id"
    )
    found = articles.loc["b"]
    assert (None if pd.isna(found["published"]) else str(found["published"].date())) == published
    assert (None if pd.isna(found["published_from"]) else found["published_from"]) == known_from


def test_load_takes_the_date_in_a_file_name(tmp_path):
    article = ss.load(
        write(tmp_path, **{"2024-05-14-bridge__txt": BODY.format(place="Opava")})
    ).articles.iloc[0]
    assert (article["published"], article["published_from"]) == (pd.Timestamp("2024-05-14"), "inferred")


def test_load_warns_of_another_language_and_keeps_the_article(tmp_path):
    german = (
        "Der Bürgermeister sagte am Dienstag, dass die Brücke noch einen Monat lang gesperrt bleiben wird."
    )
    loaded = ss.load(write(tmp_path, a__txt=german))
    assert loaded.articles["language"][0] == "de"
    assert any("its language seems to be 'de'" in reason for reason in loaded.problems["reason"])


def test_load_passes_over_the_parts_of_a_saved_page(tmp_path):
    page = "<html><body><p>The bridge is shut, and nobody knows for how long.</p></body></html>"
    folder = write(tmp_path, page__html=page)
    write(folder, page_files_in_ad__html=page, README__md="Notes on the folder.")
    loaded = ss.load(folder)
    assert len(loaded.articles) == 1
    assert "not articles" in problems(loaded)["page_files"]


def test_load_names_rows_that_may_have_run_into_one(tmp_path):
    table = 'outlet,text\nPost,"The ferry was cut.\nHerald,"It was not."\n'
    assert (
        "line 3: a quotation mark is not closed" in problems(ss.load(write(tmp_path, a__csv=table)))["a.csv"]
    )
    good = 'outlet,text\nPost,"The ferry was ""cut"".\n\nIt was."\nHerald,It was not.\n'
    loaded = ss.load(write(tmp_path, a__csv=good))
    assert len(loaded.articles) == 2
    assert not loaded.problems["reason"].str.contains("quotation").any()


def test_load_names_a_text_that_was_pasted_twice(tmp_path):
    body = BODY.format(place="Opava")
    loaded = ss.load(write(tmp_path, a__txt=f"{body}\n\n{body}", b__txt=body))
    assert problems(loaded)["a.txt"] == "its text stands in it twice; delete one of them"
    assert len(loaded.articles) == 2


def test_load_gives_three_values_and_says_how_many():
    loaded = ss.load(SEEDS)
    articles, found, corrections = loaded
    assert (len(articles), len(corrections)) == (2, 0)
    assert repr(loaded) == f"<Loaded: 2 articles of 2 outlets, {len(found)} problems>"
