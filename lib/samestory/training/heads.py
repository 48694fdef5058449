"""Fit what is read from the states of the reading encoder by a linear model.

    python -m samestory.training.heads NEWSMTSC_TRAIN NEWSMTSC_DEV [--out FOLDER]

Writes toward.npz: the chances of a negative, neutral or positive sentence toward a target, from the mean
state of the target and of its sentence. The weights come from the train file. The encoder has seen that
file, so that on it they are surer than they should be: one number, the temperature, is fitted on the
development file, whose verdicts it does not change. Prints macro-F1 and how many verdicts hold at each score.

References:
    Guo et al. (2017), On calibration of modern neural networks, ICML: temperature scaling.
"""

from itertools import groupby

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from samestory.language.encoder import read
from samestory.sentiment.toward import NEUTRAL, scale, target_states
from samestory.training.commands import command
from samestory.training.corpora import Target, read_newsmtsc

C = 0.005  # inverse strength of the L2 penalty
TEMPERATURES = (0.5, 5.0)  # searched between these


def states(targets: list[Target]) -> tuple[np.ndarray, np.ndarray]:
    """States and labels of the targets, by text."""
    targets = sorted(targets)
    rows = [
        target_states(read(text), [(target.start, target.end, 0, len(text)) for target in of_text])
        for text, of_text in groupby(targets, key=lambda target: target.text)
    ]
    return np.concatenate(rows), np.array([target.label for target in targets])


def fit(rows: np.ndarray, labels: np.ndarray, *, penalty: float, **options) -> tuple[np.ndarray, np.ndarray]:
    """Fit a logistic regression on features that are scaled to unit variance for it.

    Args:
        penalty: inverse strength of the L2 penalty.
        options: of scikit-learn's LogisticRegression.
    Returns:
        weights (features × classes; one column for two classes) and biases, for features as they come.
    """
    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    model = LogisticRegression(C=penalty, max_iter=5000, **options).fit((rows - mean) / spread, labels)
    weight = (model.coef_ / spread).T
    return weight, model.intercept_ - mean @ weight


def temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """What to divide the logits by, so that a chance of .8 holds in 8 of 10 cases."""

    def loss(value: float) -> float:
        return -log_softmax(logits / value, axis=1)[np.arange(len(labels)), labels + 1].mean()

    return float(minimize_scalar(loss, bounds=TEMPERATURES, method="bounded").x)


def main(arguments: list[str] | None = None) -> None:
    """Fit, measure and save."""
    options = command(__doc__, "train", "dev").parse_args(arguments)
    weight, bias = fit(*states(read_newsmtsc(options.train)), penalty=C, class_weight="balanced")
    rows, labels = states(read_newsmtsc(options.dev))
    heat = temperature(rows @ weight + bias, labels)
    weight, bias = weight / heat, bias / heat
    chances = np.exp(log_softmax(rows @ weight + bias, axis=1))
    scores = np.array([scale(*row) for row in chances.tolist()])
    verdicts = np.sign(scores) * (np.abs(scores) > NEUTRAL)
    print(f"temperature {heat:.2f}, macro-F1 {f1_score(labels, verdicts, average='macro'):.3f}")
    for least in (NEUTRAL, 0.1, 0.2, 0.3, 0.4, 0.5):
        beyond = {sign: labels[sign * scores > least] == sign for sign in (-1, 1)}
        shown = [f"{sign:+d}: {held.mean():.2f} of {len(held)}" for sign, held in beyond.items()]
        print(f"verdicts that hold beyond {least:.2f}: {', '.join(shown)}")
    np.savez(options.out / "toward.npz", weight=weight.astype(np.float32), bias=bias.astype(np.float32))


if __name__ == "__main__":
    main()
