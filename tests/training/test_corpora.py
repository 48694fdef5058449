"""The corpora as their authors publish them, and as JSON Lines."""

import json

import pytest

from samestory.training.corpora import (
    FOLDS,
    Marked,
    Sentence,
    Target,
    fold,
    read_newsmtsc,
    read_polnear,
    read_sentences,
)

TEXT = '"We won it," Ada said, "and well."'
NOTES = """T1\tSource 12 15\tAda
T2\tCue 16 20\tsaid
T3\tContent 1 10;22 26\tWe won it and
T4\tContent 1 400\tbeyond the text
E1\tAttribution:T2 Source1:T1 Cue1:T2 Content1:T3
E2\tAttribution:T2 Source1:T1 Cue1:T2 Content1:T4
"""
WON = Marked([(12, 15)], [(16, 20)], [(1, 10), (22, 26)])


@pytest.fixture
def lines(tmp_path):
    """Write records to a JSON Lines file."""

    def write(*records):
        path = tmp_path / "records.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return path

    return write


def test_read_polnear_reads_a_clone_and_its_first_annotator(tmp_path):
    folder = tmp_path / "data" / "dev"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "paper_1.txt").write_text(TEXT, encoding="utf-8")
    (folder / "attributions" / "paper_1_ann.ann").write_text(NOTES, encoding="utf-8")
    (folder / "attributions" / "paper_1_bob.ann").write_text("", encoding="utf-8")
    (article,) = read_polnear(tmp_path, "dev")
    assert article.name == "paper_1"
    assert article.attributions == [WON]


def test_read_polnear_reads_json_lines(lines):
    told = {"source": [[12, 15]], "cue": None, "content": [[1, 10], [22, 26]]}
    (article,) = read_polnear(lines({"id": "paper_1", "text": TEXT, "attributions": [told]}), "train")
    assert article == ("paper_1", TEXT, [WON._replace(cue=[])])


def test_read_polnear_says_what_it_expected(tmp_path):
    with pytest.raises(ValueError, match="expected a clone of PolNeAR"):
        read_polnear(tmp_path, "dev")


def test_read_newsmtsc_reads_the_authors_file_and_one_target_a_line(lines):
    ada = {"from": 0, "to": 3, "mention": "Ada", "polarity": 6.0}
    bob = {"from": 9, "to": 12, "mention": "Bob", "polarity": 2.0}
    theirs = {"sentence_normalized": "Ada beat Bob.", "targets": [ada, bob]}
    ours = {"text": "Bob slept.", "start": 0, "end": 3, "label": 0}
    assert read_newsmtsc(lines(theirs, ours)) == [
        Target("Ada beat Bob.", 0, 3, 1),
        Target("Ada beat Bob.", 9, 12, -1),
        Target("Bob slept.", 0, 3, 0),
    ]


def test_read_newsmtsc_refuses_an_offset_of_another_text(lines):
    target = {"from": 1, "to": 3, "mention": "Ada", "polarity": 6.0}
    with pytest.raises(ValueError, match="line 1: 1:3 is not 'Ada'"):
        read_newsmtsc(lines({"sentence": "Ada won.", "targets": [target]}))


def test_read_sentences_reads_what_was_marked(lines):
    row = {"text": "The vile mayor won.", "label": 1, "spans": [[4, 8]], "group": "event 7"}
    assert read_sentences(lines(row)) == [Sentence("The vile mayor won.", True, [(4, 8)], "event 7")]


def test_fold_spreads_groups_and_keeps_each_in_one():
    folds = [fold(f"event {n}") for n in range(100)]
    assert set(folds) == set(range(FOLDS))
    assert folds == [fold(f"event {n}") for n in range(100)]
