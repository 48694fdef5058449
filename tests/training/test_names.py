"""What a name names is learned: from marked documents, and from news in which some names leave no doubt."""

import json

import numpy as np
import pytest

pytest.importorskip("sklearn")
from samestory.names.kinds import CLASSES
from samestory.training.names import main, marked_examples, news_examples

TEXT = "Ines Halder runs the Harbour Council of Riga. Halder spoke on the Night of Lights. "


def mention(words, kind, form="name"):
    start = TEXT.index(words)
    place = {"start": start, "end": start + len(words), "head": [start, start + len(words)]}
    return place | {"type": kind, "form": form}


DOCUMENT = {
    "text": TEXT,
    "nc": False,
    "mentions": [
        mention("Ines Halder", "person"),
        mention("Harbour Council", "organization"),
        mention("Riga", "place"),
        mention("Night of Lights", "event"),
    ],
}


def test_marked_names_have_the_kind_of_the_mention_around_them():
    kinds = {example.kind for example in marked_examples([DOCUMENT])}
    assert {"person", "place"} <= kinds <= set(CLASSES)


def test_in_news_a_surname_is_learned_with_its_full_name():
    examples = news_examples(["Susan Halder spoke. Later Halder left for France with the Riga Council."])
    kinds = [example.kind for example in examples]
    assert kinds.count("person") == 2
    assert "place" in kinds


def test_the_command_writes_a_head_that_can_be_read(tmp_path, capsys):
    gum, polnear = tmp_path / "gum.jsonl", tmp_path / "polnear.jsonl"
    gum.write_text("\n".join(json.dumps(DOCUMENT) for _ in range(3)), "utf-8")
    polnear.write_text(json.dumps({"id": "a", "text": TEXT, "attributions": []}), "utf-8")
    main([str(gum), str(polnear), "--out", str(tmp_path / "out")])
    with np.load(tmp_path / "out" / "names.npz") as head:
        assert head["evidence"].shape == (49, len(CLASSES))
        assert head["state"].shape == (384, len(CLASSES))
    assert "names learned from" in capsys.readouterr().out
