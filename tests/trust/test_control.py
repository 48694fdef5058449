"""Right, wrong or mend: what a click writes, and that nothing of it is stored."""

import dataclasses

import pandas as pd
import pytest

import samestory as ss
from samestory import tables
from samestory.pages.controls import VIEW
from samestory.trust import control
from samestory.trust.control import judge


def rows_of(folder):
    table = pd.read_csv(folder / "corrections.csv", encoding="utf-8-sig", dtype="str", keep_default_na=False)
    return table[["kind", "value", "words", "other_words"]].to_numpy().tolist()


def quotes(story):
    return story.quotes[story.quotes["text"].str.startswith("Nobody")]


@pytest.mark.parametrize(
    ("verdict", "value", "kind", "written"),
    [
        ("right", "", "speaker", "Ilse Brandt"),
        ("wrong", "", "no quote", ""),
        ("mend", "Ada Holt", "speaker", "Ada Holt"),
    ],
)
def test_a_quote_is_right_wrong_or_mended(bridge, tmp_path, verdict, value, kind, written):
    row = quotes(bridge).iloc[0]
    judge(bridge, row, verdict, value, folder=tmp_path)
    assert rows_of(tmp_path) == [[kind, written, " ".join(row["text"].split()), ""]]


def test_other_tables_have_verdicts_of_their_own(bridge, tmp_path):
    names = {"name": "Brand", "perhaps": "Ilse Brandt", "why": "alike"}
    judge(bridge, names, "right", folder=tmp_path)
    judge(bridge, names, "wrong", folder=tmp_path)
    pair = ss.same_statements(bridge).iloc[0]
    judge(bridge, pair, "wrong", folder=tmp_path)
    time = bridge.times[bridge.times["text"] == "Monday"].iloc[0]
    judge(bridge, time, "mend", "2025-03-03", folder=tmp_path)
    nobody = {"speaker": None, **quotes(bridge).iloc[0][["article_id", "start", "text"]]}
    judge(bridge, nobody, "right", folder=tmp_path)
    frame = {"frame": "Economy", **time[["article_id", "start", "text"]]}
    judge(bridge, frame, "wrong", folder=tmp_path)
    written = rows_of(tmp_path)
    assert [row[:2] for row in written] == [
        ["same name", "Ilse Brandt"], ["different names", "Ilse Brandt"], ["different statements", ""],
        ["date", "2025-03-03"], ["speaker", "nobody"], ["no frame", "Economy"],
    ]  # fmt: skip
    sentences = bridge.sentences.set_index(["article_id", "sentence"])["text"]
    assert written[2][2:] == [
        " ".join(sentences[pair["article_a"], pair["sentence_a"]].split()),
        " ".join(sentences[pair["article_b"], pair["sentence_b"]].split()),
    ]


def test_a_pair_that_has_starts_is_found_by_them(bridge, tmp_path):
    ends = bridge.sentences.groupby("article_id").last()
    pair = {"article_a": "herald", "article_b": "post"}
    starts = {f"start_{side}": ends.loc[pair[f"article_{side}"], "start"] + 2 for side in "ab"}
    judge(bridge, pair | starts, "right", folder=tmp_path)
    assert rows_of(tmp_path)[0][2] == ends.loc["herald", "text"]
    with pytest.raises(ValueError, match="names no sentence of 'herald'"):
        judge(bridge, pair, "right", folder=tmp_path)


def test_what_cannot_be_said_is_an_error(bridge, tmp_path):
    with pytest.raises(ValueError, match="expected one of: right, wrong, mend"):
        judge(bridge, quotes(bridge).iloc[0], "maybe", folder=tmp_path)
    loaded = {"score": 0.9, **quotes(bridge).iloc[0][["article_id", "start", "text"]]}
    with pytest.raises(ValueError, match="expected one of: wrong"):
        judge(bridge, loaded, "mend", "x", folder=tmp_path)
    with pytest.raises(ValueError, match="no table to be corrected"):
        ss.trust.mend(bridge, bridge.articles[["outlet"]], folder=tmp_path)


def test_without_anybody_there_only_what_was_corrected_is_shown(bridge, tmp_path, shown):
    outputs = shown(ss.trust.mend, bridge, quotes(bridge), folder=tmp_path)
    assert [VIEW in output.data for output in outputs] == [False]
    assert outputs[0].data["text/plain"] == "Nothing here was corrected by hand yet."
    assert list(tmp_path.iterdir()) == []


def test_what_was_corrected_of_such_rows_is_shown(bridge, tmp_path, shown):
    rows = [{"kind": "no quote", "words": "Rust"}, {"kind": "date", "words": "Monday"}]
    by_hand = tables.build(rows, tables.CORRECTIONS)
    story = dataclasses.replace(bridge, corrections=by_hand)
    (output,) = shown(ss.trust.mend, story, quotes(bridge), folder=tmp_path)
    assert "Rust" in output.data["text/plain"]
    assert "Monday" not in output.data["text/plain"]


def test_a_click_writes_and_says_so(bridge, tmp_path, shown, monkeypatch):
    monkeypatch.setattr(control, "someone_is_there", lambda: True)
    made = []
    for name in ("Button", "Dropdown", "Text", "Label"):
        kind = getattr(control.widgets, name)

        def keep(*args, _kind=kind, **options):
            made.append(_kind(*args, **options))
            return made[-1]

        monkeypatch.setattr(control.widgets, name, keep)
    outputs = shown(ss.trust.mend, bridge, quotes(bridge), folder=tmp_path)
    assert VIEW in outputs[0].data
    assert "text/plain" not in outputs[0].data
    row, answer, said, right, wrong, mend = made
    assert [button.description for button in (right, wrong, mend)] == ["✓ right", "✗ wrong", "mend"]
    assert row.options[0][0].startswith("Ilse Brandt: Nobody wants this closure")
    mend.click()
    assert (
        said.value
        == "Not written: no value: 'speaker' needs the speaker's name; nobody, where the text names none"
    )
    answer.value = "Ada Holt"
    mend.click()
    assert said.value == "Written into corrections.csv. Run the notebook again to see it everywhere."
    wrong.click()
    assert [row[:2] for row in rows_of(tmp_path)] == [["speaker", "Ada Holt"], ["no quote", ""]]


def test_rows_are_named_in_few_words(bridge, tmp_path, shown, monkeypatch):
    monkeypatch.setattr(control, "someone_is_there", lambda: True)
    options = []
    dropdown = control.widgets.Dropdown
    monkeypatch.setattr(
        control.widgets, "Dropdown", lambda **given: options.extend(given["options"]) or dropdown(**given)
    )
    shown(ss.trust.mend, bridge, ss.same_statements(bridge), folder=tmp_path)
    shown(ss.trust.mend, bridge, pd.DataFrame([{"name": "A", "perhaps": "B"}]), folder=tmp_path)
    assert options[-1][0] == "A = B"
    assert " … = " in options[0][0]
    assert all(len(label) <= 80 for label, _ in options)
