"""Learn by what two sentences are judged to tell the same.

    python -m samestory.training.statements ARTICLES.jsonl [--out FOLDER]

ARTICLES.jsonl: the articles of BASIL (Fan et al. 2019), one a line: id, event, outlet, title, published,
text. Which of their sentences tell the same is in training/judged_events.json. Needs the extra `train`; takes
about half an hour on two cores. Prints the figures with each event scored by weights that have not seen it,
then writes retelling.onnx and statements.npz.
"""

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score

from samestory.statements.features import FEATURES
from samestory.training.commands import command
from samestory.training.heads import fit
from samestory.training.judged import Examples, examples, judged_articles, measure
from samestory.training.layers import layers_file
from samestory.training.network import arrays
from samestory.training.retelling import tune

C = 0.05  # inverse strength of the L2 penalty
FOLDS = 4  # of the events, for the encoder
HOLD = 0.6  # the share of pairs that shall hold: each that is missed is a wrong "not found in"


def unseen_features(data: list[Examples]) -> list[np.ndarray]:
    """FEATURES of each event's pairs, by an encoder that was tuned on other events."""
    features: list = [None] * len(data)
    for fold in range(FOLDS):
        scorer = tune([part for n, part in enumerate(data) if n % FOLDS != fold])
        for n in range(fold, len(data), FOLDS):
            features[n] = scorer.features(data[n])
        print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    return features


def fit_pairs(data: list[Examples], features: list[np.ndarray]) -> tuple[np.ndarray, float]:
    """Fit the weights and the bias to the taught pairs, for features as they come."""
    rows = np.vstack([columns[part.taught] for part, columns in zip(data, features, strict=True)])
    wanted = np.concatenate([part.label[part.taught] == "same" for part in data])
    weights, bias = fit(rows, wanted, penalty=C)
    return weights[:, 0], float(bias[0])


def leave_one_out(data: list[Examples], features: list[np.ndarray]) -> list[np.ndarray]:
    """The scores of each event's pairs by weights that were fitted on the other events."""
    held_out = []
    for n, columns in enumerate(features):
        weights, bias = fit_pairs(data[:n] + data[n + 1 :], features[:n] + features[n + 1 :])
        held_out.append(1 / (1 + np.exp(-(columns @ weights + bias))))
    return held_out


def lowest_threshold(labels: np.ndarray, scores: np.ndarray) -> float:
    """The lowest threshold with a precision of HOLD: the F1 hardly moves for long, so that more is found."""
    grid = np.arange(0.1, 0.9, 0.01)
    held = [precision_score(labels, scores >= threshold, zero_division=0.0) for threshold in grid]
    return float(grid[np.argmax(np.array(held) >= HOLD)])


def main(arguments: list[str] | None = None) -> None:
    """Measure, train on all and save."""
    options = command(__doc__, "articles").parse_args(arguments)
    data = [examples(event) for event in judged_articles(options.articles)]
    features = unseen_features(data)
    labels, scores = measure(data, leave_one_out(data, features))
    threshold = lowest_threshold(labels, scores)
    chosen = scores >= threshold
    print(f"unseen events, {labels.sum()} pairs judged the same, threshold {threshold:.2f}:")
    print(
        f"precision {precision_score(labels, chosen):.3f}, recall {recall_score(labels, chosen):.3f},", end=""
    )
    print(f" F1 {f1_score(labels, chosen):.3f},", end="")
    print(f" average precision {average_precision_score(labels, scores):.3f}")
    # Fitted on features of unseen events: an encoder looks surer than it is on those that it was tuned on.
    weights, bias = fit_pairs(data, features)
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{weight:8.2f}  {name}")
    layers = layers_file(arrays(tune(data).encoder), gelu="FastGelu")
    (options.out / "retelling.onnx").write_bytes(layers)
    np.savez(
        options.out / "statements.npz", features=FEATURES, weights=weights, bias=bias, threshold=threshold
    )


if __name__ == "__main__":
    main()
