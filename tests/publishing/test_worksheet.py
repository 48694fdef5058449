"""Two sheets for a class: the first gives nothing away, the second says what the machine found."""

import re

import pandas as pd
import pytest
from click.testing import CliRunner

import samestory as ss
from samestory.publishing import browser
from samestory.publishing.cli import main
from samestory.publishing.worksheet import loaded_passages, who_speaks, who_tells, worksheet, write_worksheet

OUTLETS = ["Herald", "Post"]


def words(html: str) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S).split())


@pytest.fixture(scope="module")
def sheets(bridge, tmp_path_factory):
    predict, answers = write_worksheet(bridge, tmp_path_factory.mktemp("sheets"), title="The bridge")
    return predict.read_text("utf-8"), answers.read_text("utf-8")


def test_both_sheets_ask_the_same_questions(sheets):
    headings = [re.findall(r"<h2>(\d\. [^<]+)</h2>", html) for html in sheets]
    assert headings[0] == headings[1]
    assert headings[0][0] == "1. The headlines"
    assert all("<title>The bridge: " in html for html in sheets)


def test_the_first_sheet_gives_nothing_away(sheets):
    predict, answers = sheets
    assert "<mark>" not in predict
    assert not re.search(r'<td class="cell">[^<]', predict)
    assert re.search(r'<td class="cell">[^<]', answers)
    assert "reworded" not in re.sub(r"<style>.*?</style>", "", predict, flags=re.S)
    assert "What to doubt" in answers


def test_pages_ask_for_nothing_from_elsewhere(sheets):
    for html in sheets:
        assert "default-src 'none'" in html
        assert not re.search(r"(?:src|href)=|url\(|<script|@import", html)


def test_who_speaks_counts_statements_and_names_some_who_do_not(story_of):
    story = story_of(
        {
            "Herald": "Lena Mora said the ferry is late. Lena Mora said it sinks. Carl Voss slept on board.",
            "Post": "The ferry is late, said Lena Mora. “It is not,” said Ida Kern.",
        }
    )
    found = {row["name"]: row["cells"] for row in who_speaks(story, OUTLETS)}
    assert found["Lena Mora"] == [2, 1]
    assert found["Ida Kern"] == [0, 1]
    assert found["Carl Voss"] == [0, 0]
    assert list(found) == sorted(found)


def test_who_tells_has_what_many_tell_and_what_one_does(bridge):
    found = who_tells(bridge, OUTLETS)
    assert ["told", "told"] in [row["cells"] for row in found]
    assert [row["cells"] for row in found if row["text"].startswith("Shopkeepers")] == [["not found", "told"]]
    assert who_tells(bridge, ["Herald"]) == []


def test_loaded_passages_ring_words_where_they_stand(bridge):
    loaded = pd.concat(
        [
            bridge.loaded,
            pd.DataFrame(
                [
                    {
                        "article_id": "post",
                        "start": 0,
                        "end": 4,
                        "text": "City",
                        "score": 0.9,
                        "voice": "narrator",
                    }
                ]
            ),
        ]
    )
    found = loaded_passages(ss.Story(**bridge.tables | {"loaded": loaded}))
    assert [passage["outlet"] for passage in found] == OUTLETS
    assert [piece.text for piece in found[1]["pieces"] if piece.how] == ["City"]
    assert found[1]["n"] == 1
    texts = bridge.articles.set_index("outlet")["text"]
    assert all("".join(p.text for p in one["pieces"]) in texts[one["outlet"]] for one in found)


@pytest.mark.parametrize("texts", [[], [""], ["The ferry was late."], ["No. " * 400] * 8])
def test_little_or_much_is_enough(texts, tmp_path):
    frame = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(texts))], "text": texts}, dtype="str")
    story = ss.annotate(frame.assign(title="<b>Ferry & late</b>"))
    for path in write_worksheet(story, tmp_path):
        html = path.read_text("utf-8")
        assert "<b>" not in html
        assert "1. The headlines" in html
    assert len(worksheet(story)["outlets"]) == min(6, len(texts))


@pytest.fixture
def folder(tmp_path, bridge_texts):
    articles = tmp_path / "articles"
    articles.mkdir()
    for outlet, text in bridge_texts.items():
        (articles / f"{outlet.lower()}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_command_writes_and_prints_both(folder, monkeypatch):
    printed = []
    monkeypatch.setattr("samestory.publishing.cli.find_browser", lambda: "chromium")
    monkeypatch.setattr(
        "samestory.publishing.cli.print_pdf", lambda page, target: printed.append(target.name)
    )
    (folder / "articles" / "corrections.csv").write_text("kind,words\nno quote,Nobody at all\n", "utf-8")
    said = CliRunner().invoke(
        main, ["worksheet", str(folder / "articles"), "--out", str(folder / "out"), "--pdf"]
    )
    assert said.exit_code == 0, said.output
    assert printed == ["predict.pdf", "answers.pdf"]
    assert "0 corrections by hand; 1 more could not be applied" in (
        folder / "out" / "answers.html"
    ).read_text("utf-8")


def test_command_says_what_is_missing(folder, monkeypatch):
    (folder / "empty").mkdir()
    said = CliRunner().invoke(main, ["worksheet", str(folder / "empty")])
    assert (said.exit_code, "no article could be read" in said.output) == (1, True)
    monkeypatch.setattr(browser, "NAMES", ())
    said = CliRunner().invoke(main, ["worksheet", str(folder / "articles"), "--pdf"])
    assert (said.exit_code, "--pdf needs an installed Chromium" in said.output) == (1, True)
