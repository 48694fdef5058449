"""What a person says wins over the machine, lasts, and conflicts loudly."""

import csv
import io

import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

import samestory as ss
from samestory.publishing.run import Run, provenance
from samestory.publishing.site import write_site
from samestory.trust.control import judge

HERALD = (
    "The old harbour bridge will close for eleven months from March, the council decided on Monday.\n\n"
    "“Nobody wants this closure, but rust does not wait,” mayor Ilse Brandt said.\n\n"
    "Repairs are expected to cost 14 million euros. Ferries will run every ten minutes."
)
POST = (
    "City councillors voted on Monday to shut the old harbour bridge for eleven months, from March.\n\n"
    "Repairing it is expected to cost 14m euros.\n\n"
    "Mayor Ilse Brandt said that nobody wants the closure but that rust does not wait.\n\n"
    "Shopkeepers on the north bank fear for their trade."
)
LISTING = "file,outlet,published\nherald.txt,Herald,2025-03-04\npost.txt,Post,2025-03-04\n"
NOBODY = "Nobody wants this closure, but rust does not wait,"


@pytest.fixture
def folder(tmp_path):
    for name, text in (("herald.txt", HERALD), ("post.txt", POST), ("articles.csv", LISTING)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A cache that all tests share: it must hold the machine's rows alone."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def read(folder, kept):
    return lambda **options: ss.annotate(ss.load(folder), cache=kept, **options)


def quote_of(story, article="herald"):
    return story.quotes[
        (story.quotes["article_id"] == article) & story.quotes["text"].str.startswith("Nobody")
    ].iloc[0]


def results(story):
    return story.corrections["result"].tolist()


def reasons(story):
    found = story.problems[story.problems["file"] == "corrections.csv"]
    return found["reason"].tolist()


def write(folder, *rows):
    columns = ["kind", "value", "article", "words", "other_article", "other_words"]
    table = pd.DataFrame([dict(zip(columns, row, strict=False)) for row in rows], columns=columns)
    table.to_csv(folder / "corrections.csv", index=False)


def test_speaker_wins_and_the_same_again_on_every_run(folder, read):
    before = read()
    ss.trust.correct(folder, "speaker", quote_of(before), "Ada Holt", story=before)
    after = read()
    assert quote_of(after)["speaker"] == "Ada Holt"
    assert results(after) == ["applied"]
    assert after.corrections["text"].iloc[0] == quote_of(before)["text"]
    assert "Ada Holt" in ss.quotes.share(after)["speaker"].tolist()
    pd.testing.assert_frame_equal(read().quotes, after.quotes)
    (folder / "corrections.csv").unlink()
    pd.testing.assert_frame_equal(read().quotes, before.quotes)  # nothing of it is in the cache


def test_speaker_is_counted_under_the_name_that_the_story_uses(folder, read):
    write(folder, ("speaker", "Brandt", "herald", NOBODY))
    assert quote_of(read())["speaker"] in ("Ilse Brandt", "Brandt")
    write(folder, ("speaker", "nobody", "herald.txt", NOBODY))
    story = read()
    assert pd.isna(quote_of(story)["speaker"])
    assert quote_of(story)["speaker_form"] == "none"


def test_no_quote_takes_it_out_and_the_sentence_is_the_outlets(folder, read):
    before = read()
    sentence = before.sentences[before.sentences["text"].str.startswith("“Nobody")]
    assert sentence["voice"].tolist() == ["quoted"]
    ss.trust.correct(folder, "no quote", quote_of(before), story=before)
    after = read()
    assert len(after.quotes) == len(before.quotes) - 1
    assert after.sentences.loc[sentence.index[0], "voice"] == "narrator"


def test_quote_that_was_missed_is_added(folder, read):
    words = "Ferries will run every ten minutes."
    write(folder, ("quote", "Ada Holt", "herald.txt", words))
    story = read()
    added = story.quotes[story.quotes["text"] == words].iloc[0]
    assert (added["speaker"], added["kind"], added["act"]) == ("Ada Holt", "indirect", "speech")
    sentence = story.sentences[story.sentences["text"] == words].iloc[0]
    assert sentence["voice"] == "quoted"
    (folder / "corrections.csv").unlink()
    assert story.quotes.dtypes.equals(read().quotes.dtypes)


def test_date_moves_the_expression_and_the_events_that_it_dates(folder, read):
    before = read()
    monday = before.times.query("article_id == 'herald' and text == 'Monday'").iloc[0]
    assert str(monday["earliest"].date()) == "2025-03-03"
    ss.trust.correct(folder, "date", monday, "2025-02-24", story=before)
    after = read()
    moved = after.times.query("article_id == 'herald' and text == 'Monday'").iloc[0]
    assert (moved["value"], moved["how"], str(moved["latest"])) == (
        "2025-02-24", "relative", "2025-02-24 23:59:59.999999",
    )  # fmt: skip
    dated = after.events[after.events["time_start"] == moved["start"]].query("article_id == 'herald'")
    assert dated["value"].tolist() == ["2025-02-24"]
    assert dated["granularity"].tolist() == ["day"]
    ss.timeline.events(after)
    (folder / "corrections.csv").unlink()
    ss.trust.correct(folder, "no date", monday, story=before)
    none = read()
    assert len(none.times) == len(before.times) - 1
    assert none.events["earliest"].notna().sum() < before.events["earliest"].notna().sum()


@pytest.mark.parametrize("value", ["2025-02-30", "soon", "2025-13", "2025-02-24T25:00"])
def test_date_that_is_none_is_a_problem(folder, read, value):
    write(folder, ("date", value, "herald", "Monday"))
    story = read()
    assert results(story) == ["no effect"]
    assert "expected a date such as 2025-07-04" in reasons(story)[0]


def test_statements_told_the_same_or_not(folder, read):
    before = read()
    pairs = ss.same_statements(before)
    first = pairs.iloc[0]
    judge(before, first, "wrong", folder=folder)
    ss.trust.correct(
        folder, "same statement",
        before.sentences.query("article_id == 'herald'").iloc[-1],
        other=before.sentences.query("article_id == 'post'").iloc[-1],
        story=before,
    )  # fmt: skip
    after = read()
    sides = ["article_a", "sentence_a", "article_b", "sentence_b"]
    found = ss.same_statements(after).set_index(sides)["score"]
    assert tuple(first[sides]) not in found.index
    last = before.sentences.groupby("article_id")["sentence"].max()
    assert found["herald", last["herald"], "post", last["post"]] == 1
    told = ss.statements.tellings(after).groupby("statement")[["article_id", "sentence"]]
    groups = [set(map(tuple, group.to_numpy())) for _, group in told]
    assert any({("herald", last["herald"]), ("post", last["post"])} <= group for group in groups)
    one, other = tuple(first[sides[:2]]), tuple(first[sides[2:]])
    assert not any({one, other} <= group for group in groups)


def test_names_that_are_one_and_that_are_two(folder, read):
    (folder / "herald.txt").write_text(HERALD.replace("Ilse Brandt", "Ilse Brand"), encoding="utf-8")
    write(
        folder,
        ("same name", "Ilse Brandt-Lee", "", "Ilse Brandt"),
        ("same name", "Ilse Brandt", "", "Ilse Brand"),
    )
    story = read()
    assert set(story.quotes["speaker"].dropna()) >= {"Ilse Brandt-Lee"}
    assert "Ilse Brand" not in set(story.mentions["entity"])
    write(folder, ("different names", "Ilse Brandt", "", "Ilse Brand"))
    assert {"Ilse Brandt", "Ilse Brand"} <= set(read().mentions["entity"])


def test_no_person(folder, read):
    write(folder, ("no person", "body", "", "Ilse Brandt"))
    story = read()
    named = story.mentions[story.mentions["entity"] == "Ilse Brandt"]
    assert set(named["kind"]) == {"ORG"}
    write(folder, ("no person", "planet", "", "Ilse Brandt"), ("no person", "", "", "Nobody Here"))
    assert ["expected one of: body, place, group" in reasons(read())[0], results(read())[1]] == [
        True,
        "no effect",
    ]


def test_who_tone_and_what_is_taken_out(folder, read):
    before = read()
    rows = [
        ("who", "Ada Holt", "post", "Ilse Brandt"),
        ("tone toward", "-0.5", "post", "Ilse Brandt"),
        ("tone", "-1", "post", "Shopkeepers on the north bank fear for their trade."),
        ("tone", "2", "post", "Repairing it is expected to cost 14m euros."),
    ]
    rows += [("not loaded", "", row.article_id, row.text) for row in before.loaded.head(1).itertuples()]
    rows += [("no frame", row.frame, row.article_id, row.text) for row in before.frames.head(1).itertuples()]
    write(folder, *rows)
    after = read()
    assert results(after)[:4] == ["applied", "applied", "applied", "no effect"]
    assert set(results(after)[4:]) <= {"applied"}
    mention = after.mentions.query("article_id == 'post' and text == 'Ilse Brandt'").iloc[0]
    assert (mention["entity"], mention["toward"]) == ("Ada Holt", -0.5)
    assert after.sentences.query("article_id == 'post'")["polarity"].iloc[-1] == -1
    assert len(after.frames) == len(before.frames) - min(1, len(before.frames))


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("speaker", "Ada Holt", "herald", NOBODY),
            ("speaker", "Jo Ray", "herald", "Nobody wants this closure"),
        ],
        [("speaker", "Ada Holt", "herald", NOBODY), ("no quote", "", "herald.txt", NOBODY)],
        [("date", "2025-01-01", "herald", "Monday"), ("no date", "", "herald", "Monday")],
        [("same name", "A", "", "Ilse Brandt"), ("same name", "B", "", "Ilse Brandt")],
        [("same name", "A", "", "B"), ("same name", "B", "", "A")],
        [("same name", "A", "", "Ilse Brandt"), ("different names", "A", "", "Ilse Brandt")],
        [
            ("same statement", "", "herald", HERALD[:95], "post", POST[:94]),
            ("different statements", "", "post", POST[:94], "herald", HERALD[:95]),
        ],
        [("no person", "body", "", "Ilse Brandt"), ("no person", "place", "", "Ilse Brandt")],
    ],
    ids=["speakers", "quote", "date", "canonical", "circle", "names", "statements", "kinds"],
)
def test_of_two_that_contradict_neither_is_applied(folder, read, rows):
    plain = read()
    write(folder, *rows)
    story = read()
    assert results(story) == ["conflict", "conflict"]
    assert len(reasons(story)) == 2
    assert all("contradicts another row" in reason and "delete one" in reason for reason in reasons(story))
    for name in ("quotes", "mentions", "times", "events"):
        pd.testing.assert_frame_equal(getattr(story, name), getattr(plain, name))


def test_the_same_twice_is_no_contradiction(folder, read):
    write(folder, *[("speaker", "Ada Holt", "herald", NOBODY)] * 2)
    assert results(read()) == ["applied", "agrees"]


def test_it_lasts_when_the_text_around_it_changes(folder, read):
    before = read()
    ss.trust.correct(folder, "speaker", quote_of(before), "Ada Holt", story=before)
    changed = "Updated on Tuesday with more.\n\n" + HERALD.replace(
        "mayor Ilse Brandt said", "Ilse Brandt said on the radio"
    )
    (folder / "herald.txt").write_text(changed, encoding="utf-8")
    after = read()
    assert results(after) == ["applied"]
    assert "Ada Holt" in set(after.quotes["speaker"])


def test_what_is_not_found_any_more_is_a_problem_with_a_reason(folder, read):
    write(
        folder,
        ("speaker", "Ada Holt", "herald", "“We never said any of this to anybody,”"),
        ("speaker", "Ada Holt", "tribune", NOBODY),
        ("speaker", "Ada Holt", "", "the"),
        ("speaker", "Ada Holt", "", NOBODY),
        ("speaker", "Ada Holt", "post", "Shopkeepers"),
    )
    story = read()
    assert results(story) == ["not found", "not found", "not found", "applied", "no effect"]
    told = reasons(story)
    assert "line 2 (speaker: '“We never said any of this to anybody,”')" in told[0]
    assert "not there any more; correct its words, or delete the row" in told[0]
    assert "no article of the name 'tribune'" in told[1]
    assert "write the file's name into `article`" in told[2]
    assert "nothing of the table quotes" in told[3]


def test_two_workers_and_a_saved_story_have_them(folder, read, tmp_path):
    write(folder, ("speaker", "Ada Holt", "herald", NOBODY), ("same name", "I. B.", "", "Ilse Brandt"))
    story, spread = read(), ss.annotate(ss.load(folder), workers=2)
    for name, table in story.tables.items():
        pd.testing.assert_frame_equal(spread.tables[name], table)
    again = ss.Story.open(story.save(tmp_path / "saved"))
    pd.testing.assert_frame_equal(again.corrections, story.corrections)
    (tmp_path / "saved" / "corrections.parquet").unlink()  # saved by an earlier version
    assert ss.Story.open(tmp_path / "saved").corrections.empty


def test_given_aliases_are_used_instead_of_the_folders_and_the_rest_stays(folder, read):
    write(folder, ("speaker", "Ada Holt", "herald", NOBODY), ("same name", "I. B.", "", "Ilse Brandt"))
    story = read(aliases={"Ilse Brandt": "the mayor of all"})
    assert "the mayor of all" in set(story.mentions["entity"])
    assert "Ada Holt" in set(story.quotes["speaker"])


def test_correct_keeps_what_is_in_the_file(folder):
    (folder / "corrections.csv").write_text(
        "checked by;Kind;Words;Value\nAnn;same name;Poe;Ann Poe\n", "utf-8"
    )
    path = ss.trust.correct(folder, "different names", "=Lee", "+Ann; Lee")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["checked by", "Kind", "Words", "Value"], ["Ann", "same name", "Poe", "Ann Poe"],
        ["", "different names", "'=Lee", "'+Ann; Lee"],
    ]  # fmt: skip
    loaded = ss.load(folder)
    assert loaded.corrections[["words", "value"]].to_numpy().tolist() == [
        ["Poe", "Ann Poe"],
        ["=Lee", "+Ann; Lee"],
    ]
    assert [file.name for file in folder.iterdir() if file.name.startswith(".corr")] == []


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        (("speakr", "words", "x"), {}, "expected one of: speaker"),
        (("speaker", "words"), {}, "needs the speaker's name"),
        (("speaker", " ", "x"), {}, "no words"),
        (("same statement", "words"), {}, "needs two passages"),
        (("no quote", "words"), {"other": "words"}, "needs one passage"),
        (("no quote", {"text": "x"}), {}, "no article_id, start"),
        (("same name", {"article_id": "a", "start": 0, "text": "x"}, "y"), {}, "give the name as a text"),
    ],
)
def test_correct_says_what_is_wrong(folder, arguments, options, said):
    with pytest.raises(ValueError, match=said):
        ss.trust.correct(folder, *arguments, **options)
    assert not (folder / "corrections.csv").exists()


def test_correct_refuses_what_is_not_its_file(folder, read):
    with pytest.raises(ValueError, match="is no folder"):
        ss.trust.correct(folder / "none", "no quote", "x")
    story = read()
    row = quote_of(story).to_dict()
    with pytest.raises(ValueError, match="unknown article"):
        ss.trust.correct(folder, "no quote", row | {"article_id": "z"}, story=story)
    with pytest.raises(ValueError, match="do not stand at 1"):
        ss.trust.correct(folder, "no quote", row | {"start": 1}, story=story)
    (folder / "corrections.csv").write_text("from,to\na,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no column kind"):
        ss.trust.correct(folder, "no quote", "x")
    (folder / "corrections.csv").unlink()
    (folder / "corrections.csv").symlink_to(folder.parent / "elsewhere.csv")
    with pytest.raises(ValueError, match="link to another place"):
        ss.trust.correct(folder, "no quote", "x")


def test_every_page_says_how_many_there_are(folder, read, tmp_path):
    write(folder, ("speaker", "Ada Holt", "herald", NOBODY), ("no quote", "", "herald", "nowhere"))
    story = read()
    run = Run("3-quotes", new_notebook(cells=[new_markdown_cell("# 3 · Quotes: who?")]), 0.0)
    front = write_site([run], story, provenance(story.articles), tmp_path / "out")
    said = "1 correction by hand; 1 more could not be applied"
    for page in (front, front.with_name("3-quotes.html")):
        html = page.read_text("utf-8")
        assert said in html
        assert "nothing is added by hand" not in html
    (folder / "corrections.csv").unlink()
    front = write_site([run], read(), provenance(story.articles), tmp_path / "plain")
    assert "nothing is added by hand" in front.with_name("3-quotes.html").read_text("utf-8")
    assert "by hand" not in front.read_text("utf-8")
