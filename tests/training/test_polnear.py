import pytest

from samestory.training.corpora import Marked, read_polnear

NOTES = """T1\tSource 12 15\tAda
T2\tCue 16 20\tsaid
T3\tContent 1 10;22 26\tWe won it and
E1\tAttribution:T2 Source1:T1 Cue1:T2 Content1:T3
"""


def test_read_polnear_reads_a_clone_and_its_first_annotator(tmp_path):
    folder = tmp_path / "data" / "dev"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "paper_1.txt").write_text('"We won it," Ada said, "and well."', encoding="utf-8")
    (folder / "attributions" / "paper_1_ann.ann").write_text(NOTES, encoding="utf-8")
    (folder / "attributions" / "paper_1_bob.ann").write_text("", encoding="utf-8")
    (article,) = read_polnear(tmp_path, "dev")
    assert article.name == "paper_1"
    assert article.attributions == [Marked([(12, 15)], [(16, 20)], [(1, 10), (22, 26)])]


def test_read_polnear_says_what_it_expected(tmp_path):
    with pytest.raises(ValueError, match="expected a clone of PolNeAR"):
        read_polnear(tmp_path, "dev")
