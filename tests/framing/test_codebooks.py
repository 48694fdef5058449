"""Codebooks: what a user writes is read, and each mistake is told with its line and remedy."""

import pytest

from samestory.framing.codebooks import BUILT_IN, read_codebook
from samestory.framing.terms import find_terms

ENERGY = """\
name: energy
source: ours
frames:
  Supply:
    definition: Where the power comes from.
    strong: [power station]
    terms:
      - electric*
      - pipeline
    weak: [light]
    exclude: [light of]
"""


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "mine.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_codebooks_are_read(name):
    book = read_codebook(name)
    assert book.source
    assert all(frame.definition and frame.source and frame.terms for frame in book.frames.values())


def test_read_codebook_gives_weights_and_exclusions(write):
    book = read_codebook(write(ENERGY))
    supply = book.frames["Supply"]
    assert (book.name, supply.definition) == ("energy", "Where the power comes from.")
    assert supply.terms == {"power station": 2.0, "electric*": 1.0, "pipeline": 1.0, "light": 0.5}
    assert supply.exclude == ("light of",)


def test_read_codebook_is_used_for_finding(write):
    text = "In the light of the outage, electricians relit the power station."
    found = find_terms(text, [read_codebook(write(ENERGY))])
    assert [(text[row.start : row.end], row.term, row.weight) for row in found] == [
        ("electricians", "electric*", 1.0),
        ("power station", "power station", 2.0),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "- pipeline",
            "- [pipeline, gas]",
            r"mine.yaml line 9: term must be text, got a list; write - 'word'",
        ),
        ("- pipeline", "- 1973", r"line 9: term '1973' is not read as text; write - '1973'"),
        ("- pipeline", "- yes", r"line 9: term 'yes' is not read as text; write - 'yes'"),
        ("- pipeline", "- '*line'", r"line 9: term '\*line' has no letters before \*"),
        ("- pipeline", "- power station", r"line 9: term 'power station' stands twice in frame 'Supply'"),
        ("weak:", "weakly:", r"line 10: unknown key 'weakly' in frame 'Supply'; use one of: definition"),
        (
            "weak: [light]",
            "weak: light",
            r"line 10: weak must be a list, got text; write one '- word' a line",
        ),
        ("frames:", "frame:", r"unknown key 'frame' in a codebook; use one of: name, source, frames"),
        ("      - electric*", "   - electric*", r"mine.yaml line \d+: not YAML .*check the indent"),
        (ENERGY, "", r"line 1: a codebook must be a set of 'key: value' lines, got nothing"),
        (ENERGY, "- a\n- b\n", r"line 1: a codebook must be a set of 'key: value' lines, got a list"),
        (ENERGY, "frames: {}\n", r"line 1: frames is empty; add at least one frame"),
        (ENERGY, "frames:\n  A:\n    definition: x\n", r"line 3: frame 'A' has no terms"),
    ],
)
def test_read_codebook_reports_mistakes(write, old, new, message):
    with pytest.raises(ValueError, match=message):
        read_codebook(write(ENERGY.replace(old, new)))


def test_read_codebook_reports_all_mistakes_at_once(write):
    text = ENERGY.replace("- pipeline", "- 1973").replace("weak:", "weakly:")
    with pytest.raises(ValueError, match=r"line 9.*\n.*line 10"):
        read_codebook(write(text))


def test_read_codebook_refuses_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"mine.yaml: not UTF-8 text"):
        read_codebook(path)


def test_read_codebook_names_the_built_in_ones_when_there_is_no_file():
    with pytest.raises(FileNotFoundError, match="policy, generic, war_diplomacy"):
        read_codebook("nowhere.yaml")


def test_read_codebook_runs_no_code(write):
    with pytest.raises(ValueError, match="text"):
        read_codebook(write(ENERGY.replace("- pipeline", "- !!python/object/apply:os.getcwd []")))
