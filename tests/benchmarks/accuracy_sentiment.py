"""Sentiment toward a target in a sentence of news: macro-F1 on NewsMTSC (Hamborg & Donnay 2021, MIT).

    python tests/benchmarks/accuracy_sentiment.py PATH [dev|test]

PATH is a clone of fhamborg/NewsMTSC, or one file of it. Sentences that also stand in the train file are
left out. Scores become verdicts at -0.05 and 0.05, without tuning. VADER and AFINN are measured where
vaderSentiment and afinn are installed. The word scores know no target: they score the whole sentence.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

import samestory as ss
from samestory.sentiment.toward import NEUTRAL
from samestory.training.corpora import Target, read_newsmtsc

_TRAIN = "NewsSentiment/controller_data/datasets/NewsMTSC-dataset/train.jsonl"
_PARTS = "NewsSentiment/experiments/default/datasets/newsmtsc-{}/{}.jsonl"


def measure(corpus_path: str | Path, split: str = "dev") -> list[dict]:
    """Rows of system, metric, value."""
    items = _read(Path(corpus_path), split)
    gold = np.array([item.label for item in items])
    rows = [{"system": "all", "metric": "targets", "value": len(items)}]
    for name, system in _systems().items():
        scores = np.array(system(items))
        verdicts = np.where(scores < -NEUTRAL, -1, np.where(scores > NEUTRAL, 1, 0))
        classes = [_f1(gold, verdicts, label) for label in (-1, 0, 1)]
        rows.append({"system": name, "metric": "macro-F1", "value": float(np.mean(classes))})
        rows.append({"system": name, "metric": "accuracy", "value": float(np.mean(gold == verdicts))})
        for label, value in zip(("negative", "neutral", "positive"), classes, strict=True):
            rows.append({"system": name, "metric": f"F1 {label}", "value": value})
    return rows


def _read(path: Path, split: str) -> list[Target]:
    if path.is_file():
        return read_newsmtsc(path)
    trained = {item.text for item in read_newsmtsc(path / _TRAIN)}
    items = [item for part in ("rw", "mt") for item in read_newsmtsc(path / _PARTS.format(part, split))]
    return [item for item in dict.fromkeys(items) if item.text not in trained]


def _systems() -> dict[str, Callable[[list[Target]], list[float]]]:
    systems = {
        "samestory, toward the target": lambda items: ss.sentiment_toward_many([item[:3] for item in items]),
        "samestory, words of the sentence": lambda items: _words(items, None),
        "TextBlob": lambda items: _words(items, ss.sentiment.ToneWords()),
        "all neutral": lambda items: [0.0] * len(items),
    }
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        vader = SentimentIntensityAnalyzer()
        systems["VADER"] = lambda items: [vader.polarity_scores(item.text)["compound"] for item in items]
    except ImportError:
        print("VADER left out: vaderSentiment is not installed")
    try:
        from afinn import Afinn

        afinn = Afinn()
        systems["AFINN"] = lambda items: [afinn.score(item.text) for item in items]
    except ImportError:
        print("AFINN left out: afinn is not installed")
    return systems


def _words(items: list[Target], words: ss.sentiment.ToneWords | None) -> list[float]:
    return [ss.sentiment.sentence_polarity(item.text, words=words).polarity or 0.0 for item in items]


def _f1(gold: np.ndarray, verdicts: np.ndarray, label: int) -> float:
    hits = np.sum((gold == label) & (verdicts == label))
    total = np.sum(gold == label) + np.sum(verdicts == label)
    return float(2 * hits / total) if total else 0.0


if __name__ == "__main__":
    for row in measure(*sys.argv[1:]):
        print(f"{row['system']:34} {row['metric']:12} {row['value']:.3f}")
