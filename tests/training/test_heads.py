"""The head for tone, fitted on a corpus that was made up, with the encoder that is shipped."""

import json

import numpy as np
import pytest

from samestory.training.corpora import read_newsmtsc
from samestory.training.heads import fit, main, states, temperature

NAMES = ["Ida Holm", "Otto Brandt", "Lena Mora", "Jon Vale", "Ruth Adler", "Sam Oake"]
TOLD = {  # NewsMTSC's numbers for a verdict
    2.0: ["{} betrayed the town and lied.", "Critics called {} a corrupt and cruel failure."],
    4.0: ["{} arrived on Monday.", "The committee met {} in the town hall."],
    6.0: ["Neighbours praised {} as brave and kind.", "{} won an award for her brilliant work."],
}


@pytest.fixture
def corpus(tmp_path):
    """A file to learn from and one to check on, with other names."""

    def write(name, targets):
        rows = []
        for polarity, sentences in TOLD.items():
            for sentence in sentences:
                for target in targets:
                    start = sentence.index("{}")
                    place = {
                        "from": start,
                        "to": start + len(target),
                        "mention": target,
                        "polarity": polarity,
                    }
                    rows.append({"sentence_normalized": sentence.format(target), "targets": [place]})
        path = tmp_path / name
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return path

    return write("train.jsonl", NAMES[:4]), write("dev.jsonl", NAMES[4:])


def test_main_writes_weights_that_know_the_verdicts(corpus, tmp_path, capsys):
    train, dev = corpus
    main([str(train), str(dev), "--out", str(tmp_path / "weights")])
    assert "macro-F1 1.000" in capsys.readouterr().out
    with np.load(tmp_path / "weights" / "toward.npz") as written:
        weight, bias = written["weight"], written["bias"]
    assert (weight.shape, weight.dtype, bias.shape) == ((768, 3), np.float32, (3,))
    rows, labels = states(read_newsmtsc(dev))
    assert ((rows @ weight + bias).argmax(axis=1) - 1).tolist() == labels.tolist()


def test_states_stand_by_text_with_their_labels(corpus):
    targets = read_newsmtsc(corpus[0])
    rows, labels = states(targets)
    assert len(rows) == len(labels) == len(targets)
    again, same = states(targets[::-1])
    assert np.array_equal(rows, again)
    assert np.array_equal(labels, same)


def test_fit_gives_weights_for_features_as_they_come():
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(200, 2), loc=(5, 0))
    wanted = rows.sum(axis=1) > 5
    weight, bias = fit(rows, wanted, penalty=1.0)
    odds = (rows @ weight + bias)[:, 0]
    assert weight.shape == (2, 1)
    assert np.mean((odds > 0) == wanted) > 0.97
    in_cents = rows * [100, 1]
    weight, bias = fit(in_cents, wanted, penalty=1.0)
    assert np.allclose((in_cents @ weight + bias)[:, 0], odds, atol=1e-3)


@pytest.mark.parametrize(("true_share", "expected"), [(0.75, 1.0), (0.6, np.log(3) / np.log(1.5))])
def test_temperature_makes_chances_hold(true_share, expected):
    """Log odds of log 3 promise .75; where .6 hold, log 3 / t must be log 1.5."""
    labels = np.where(np.arange(1000) < 1000 * true_share, 1, -1)
    logits = np.tile([0.0, -50.0, np.log(3)], (1000, 1))
    assert temperature(logits, labels) == pytest.approx(expected, abs=0.01)
