"""The paragraph on methods, what was frozen, and the sentences in short."""

import dataclasses
import json
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import samestory as ss
from samestory import tables
from samestory.trust.coded import Coded, read_sheets

YES = {"reported": "yes", "speaker": "Ilse Brandt", "form": "direct"}
NO = {"reported": "no"}


@pytest.fixture
def coded(made_sample, filled, tmp_path):
    sample = made_sample(["Ilse Brandt"] * 8 + [None] * 8)
    own = dict(zip(sample.rows["unit"], [YES] * 7 + [NO] * 9, strict=True))
    other = own | {sample.rows["unit"].iloc[0]: NO}
    return read_sheets(filled(sample, tmp_path / "checks", {"ann": own, "bo": other}))


def test_without_a_check_the_paragraph_says_so(seed_story):
    told = ss.trust.methods(seed_story)
    assert told.text.startswith("We compared how 2 articles of 2 outlets (Article 000 and RBC-Ukraine; ")
    assert "were not checked by hand" in told.text
    assert re.search(r"code [0-9a-f]{8}\)", told.text)
    assert "vanatteveldt2021" in told.bibtex
    assert "gwet2008" not in told.bibtex


def test_with_a_check_the_paragraph_gives_its_coefficients(bridge, coded):
    by_hand = tables.build([{"result": "applied"}] * 12 + [{"result": "conflict"}], tables.CORRECTIONS)
    story = dataclasses.replace(bridge, corrections=by_hand)
    told = ss.trust.methods(story, coded, corrected=True, frozen="Frozen on Monday.")
    # Of 15 pairs ... 13 yes, 19 no of 32: De = 2 × 13 × 19 / (32 × 31) = .498, Do = 2 / 32
    assert "reported .87 [" in told.text
    assert "16 of 100 passages were drawn at random" in told.text
    assert "All of them were coded by two coders independently (seed 0)." in told.text
    assert "precision of reported “yes” .86 [" in told.text  # one of 8 is divided, 6 of the other 7 hold
    assert "12 results of the machine were corrected by hand." in told.text
    assert "Frozen on Monday." in told.text
    assert "the date of 2 is not known." in told.text


def test_what_the_text_cites_is_in_the_references_and_nothing_else(bridge, coded):
    for told in (ss.trust.methods(bridge), ss.trust.methods(bridge, coded, corrected=True)):
        keys = re.findall(r"@\w+\{(\w+),", told.bibtex)
        assert len(keys) == len(told.references)
        for key in set(keys) - {"samestory"}:
            name, year = re.fullmatch(r"(\D+)(\d+)", key).groups()
            assert re.search(rf"(?i){name[-6:]}[^;]{{0,40}}{year}", told.text.replace(" ", "")), key
    assert told.bibtex.count("{") == told.bibtex.count("}")
    [lacy] = [line for line in told.references if line.startswith("Lacy")]
    assert lacy == (
        "Lacy, Stephen and Riffe, Daniel (1996). Sampling error and selecting intercoder reliability samples "
        "for nominal content categories. Journalism & Mass Communication Quarterly 73(4), 963–973."
    )


def test_many_outlets_are_counted_and_one_coder_is_named_as_a_limit(story_of, made_sample, filled, tmp_path):
    story = story_of({f"Paper {n:02}": "Snow fell." for n in range(14)})
    sample = made_sample(["Ilse Brandt", None])
    coded = read_sheets(filled(sample, tmp_path, {"ann": {"quotes-000000": YES}}))
    text = ss.trust.methods(story, coded).text
    assert "14 outlets (Paper 00, Paper 01 and Paper 02, and others; 28 words)" in text
    assert "1 of them were coded by one person, so that nothing is known of their reliability" in text


def test_what_was_frozen_still_matches_or_is_named(tmp_path):
    path = ss.trust.freeze(tmp_path)
    assert path == tmp_path / "checks" / "frozen.json"
    assert ss.trust.changes_since(tmp_path).empty
    assert ss.trust.frozen_note(tmp_path).startswith(
        "Code, versions, codebooks and thresholds are those that were"
    )
    with pytest.raises(FileExistsError, match="is there already"):
        ss.trust.freeze(path)


def test_what_changed_since_is_listed(tmp_path, monkeypatch):
    path = ss.trust.freeze(tmp_path)
    monkeypatch.setattr("samestory.trust.frozen.SURE", 0.6)
    changed = ss.trust.changes_since(path)
    assert changed.to_dict("records") == [
        {
            "part": "thresholds",
            "name": "statements: least score of told by both",
            "frozen": "0.5",
            "now": "0.6",
        }
    ]
    note = ss.trust.frozen_note(tmp_path)
    assert note.startswith("No longer as it was frozen on ")
    assert note.endswith(": statements: least score of told by both.")


def test_a_frozen_file_that_was_changed_by_hand_is_no_proof(tmp_path):
    path = ss.trust.freeze(tmp_path)
    kept = json.loads(path.read_text("utf-8"))
    kept["thresholds"]["statements: least score of told by both"] = 0.1
    path.write_text(json.dumps(kept), "utf-8")
    with pytest.raises(ValueError, match="was changed after it was written"):
        ss.trust.changes_since(path)
    assert "is not known: frozen.json was changed" in ss.trust.frozen_note(tmp_path)
    path.write_text("{", "utf-8")
    assert "is damaged" in ss.trust.frozen_note(tmp_path)


def test_what_decides_no_result_is_not_frozen(tmp_path):
    kept = json.loads(ss.trust.freeze(tmp_path).read_text("utf-8"))
    assert {"codebooks/cues.yaml", "models/quotes.npz"} <= kept["codebooks"].keys()
    assert not kept["codebooks"].keys() & {"codebooks/references.yaml", "models/measured_trust.yaml"}


def test_nothing_frozen(tmp_path):
    assert ss.trust.frozen_note(tmp_path) == ""
    with pytest.raises(FileNotFoundError, match="nothing was frozen"):
        ss.trust.changes_since(tmp_path)


def test_in_short(coded):
    assert ss.trust.in_short(Coded())[0].startswith("Nothing was checked by hand on these articles yet")
    first, second = ss.trust.in_short(coded)
    assert first == "Quotes: 2 people coded 16 passages, and agree well enough on every question."
    assert second.startswith("Where the machine says reported “yes”, 6 of 7 hold (")


def test_in_short_of_one_coder_and_of_two_who_do_not_agree(made_sample, filled, tmp_path):
    sample = made_sample(["Ilse Brandt"] * 8 + [None] * 8)
    units = sample.rows["unit"]
    ann = dict(zip(units, [YES] * 8 + [NO] * 8, strict=True))
    alone = read_sheets(filled(sample, tmp_path / "a", {"ann": ann}))
    assert "with one coder nothing is known" in ss.trust.in_short(alone)[0]
    bo = dict(zip(units, [YES, NO] * 8, strict=True))
    apart = read_sheets(filled(sample, tmp_path / "b", {"ann": ann, "bo": bo}))
    assert "they do not agree well enough on reported" in ss.trust.in_short(apart)[0]


def test_the_paragraph_is_shown_with_its_references_and_escaped(story_of):
    told = ss.trust.methods(story_of({"<b>Herald</b>": "Snow fell."}))
    InteractiveShell.instance()
    with capture_output() as shown:
        ss.trust.show_methods(told)
    [output] = shown.outputs
    assert "&lt;b&gt;Herald" in output.data["text/html"]
    assert "<summary>BibTeX</summary>" in output.data["text/html"]
    assert output.data["text/plain"].endswith(told.references[-1])


def test_tables_of_nothing_coded_say_so(coded):
    InteractiveShell.instance()
    with capture_output() as shown:
        ss.trust.show_coded(Coded(), ss.trust.figures(Coded()), caption="Figures")
        ss.trust.show_coded(coded, ss.trust.figures(coded), caption="Figures")
    nothing, table = (output.data["text/plain"] for output in shown.outputs)
    assert nothing == "No sheet was coded yet."
    assert table.startswith("Figures\n")
