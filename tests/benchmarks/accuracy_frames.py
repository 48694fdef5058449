"""Accuracy of the policy frames: `python tests/benchmarks/accuracy.py frames FRAC_CLONE`.

FRAC_CLONE is a clone of the FrAC repository with `gold_standard_single_label_all.csv` (columns sentence,
label). Its nine classes are coarser than the codebook: the shares of the frames that one merges are
added. A sentence counts for the frame with the largest share; class 15, Other, is left out.
"""

import csv
import sys
from pathlib import Path

from samestory import frames

CLASSES = {
    "1": ("Economic", "Capacity"),
    "3": ("Morality",),
    "4": ("Fairness",),
    "5": ("Legality", "Crime"),
    "6": ("Political", "Policy", "External"),
    "8": ("Security",),
    "9": ("Health", "Quality"),
    "11": ("Cultural",),
    "12": ("Public",),
}


def measure(corpus: Path) -> list[dict]:
    """Macro-F1 and accuracy of the best frame."""
    with open(Path(corpus) / "gold_standard_single_label_all.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["sentence"].strip(): row["label"] for row in csv.DictReader(file)}
    gold = {text: label for text, label in rows.items() if label in CLASSES}
    answers = [(label, _best(text)) for text, label in gold.items()]
    f1 = [_f1(answers, label) for label in CLASSES]
    return [
        {
            "system": "samestory",
            "metric": f"sentences ({len(rows) - len(gold)} Other left out)",
            "value": len(gold),
        },
        {"system": "samestory", "metric": "macro-F1", "value": sum(f1) / len(f1)},
        {
            "system": "samestory",
            "metric": "accuracy",
            "value": sum(a == b for a, b in answers) / len(answers),
        },
    ]


def _best(text: str) -> str | None:
    shares = frames(text)
    scores = {
        label: sum(share for frame, share in shares.items() if frame.split()[0].strip(",") in merged)
        for label, merged in CLASSES.items()
    }
    best = max(scores, key=scores.get)
    return best if scores[best] > 0 else None


def _f1(answers: list[tuple[str, str | None]], label: str) -> float:
    right = sum(gold == answer == label for gold, answer in answers)
    total = sum(gold == label for gold, _ in answers) + sum(answer == label for _, answer in answers)
    return 2 * right / total if total else 0.0


if __name__ == "__main__":
    for line in measure(Path(sys.argv[1])):
        print(line)
