"""Calibrate what is read from the encoder, on texts that it has not seen.

    python -m samestory.training.encoder POLNEAR NEWSMTSC LOADED... --hold-out --out FOLDER
    python -m samestory.training.held_out FOLDER POLNEAR LOADED [--out FOLDER]

FOLDER holds an encoder that was trained without one article in five of POLNEAR and LOADED, which are read
here. Fits how sure a quote is and how likely a word was marked as loaded, prints how well both do, and writes
calibration.npz. The encoder that is shipped has learnt longer and from all articles; that it is as sure of
itself is an assumption, checked for quotes on the development split (models/reading.md).
"""

import re
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve, roc_auc_score

from samestory.framing.loaded import WORD, may_be_loaded
from samestory.language.encoder import read
from samestory.language.quotation_marks import is_utterance, marked_passages
from samestory.quotes.decoding import Attribution, find_attributions
from samestory.training.commands import command
from samestory.training.corpora import Article, Marked, Sentence, Spans, fold, read_polnear, read_sentences
from samestory.training.encoder import start_from
from samestory.training.heads import fit
from samestory.training.network import Network, arrays

C = 0.05  # inverse strength of the L2 penalty on what the certainty of a quote rests on
_TOKEN = re.compile(r"\w+")


def quotes(network: Network, articles: list[Article]) -> tuple[np.ndarray, np.ndarray]:
    """The facts of each attribution that is found, and whether an annotator marked it so."""
    heads = network.quote_heads()
    facts, right = [], []
    for article in articles:
        text = article.text
        said = [(p.start, p.end) for p in marked_passages(text) if is_utterance(text, p)]
        for item in find_attributions(read(text, run=network.encode), said, heads=heads, least=0.0):
            facts.append(item.facts)
            right.append(any(_agrees(text, item, marked) for marked in article.attributions))
    return np.array(facts), np.array(right)


def _agrees(text: str, item: Attribution, marked: Marked) -> bool:
    """Half of the words in common (Jaccard), and a source that overlaps where one is marked."""
    found, wanted = _words(text, item.content), _words(text, marked.content)
    if 2 * len(found & wanted) < len(found | wanted):
        return False
    source = _words(text, [item.source] if item.source else [])
    return not marked.source or bool(source & _words(text, marked.source))


def _words(text: str, spans: Spans) -> set[int]:
    return {match.start() for start, end in spans for match in _TOKEN.finditer(text, start, end)}


def loaded(network: Network, sentences: list[Sentence]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log odds of each word, whether it was marked, and the number of its sentence."""
    head, bias = (array[0] for array in arrays(network.word).values())
    odds, marked, number = [], [], []
    for n, sentence in enumerate(sentences):
        reading = read(sentence.text, run=network.encode)
        of_pieces = reading.own_states @ head + bias
        for match in WORD.finditer(sentence.text):
            own = of_pieces[reading.within(*match.span())]
            if len(own) and may_be_loaded(match.group()):
                odds.append(own.max())
                marked.append(any(a < match.end() and b > match.start() for a, b in sentence.spans))
                number.append(n)
    return np.array(odds), np.array(marked), np.array(number)


def main(arguments: list[str] | None = None) -> None:
    """Fit, measure and save."""
    options = command(__doc__, "folder", "polnear", "loaded").parse_args(arguments)
    network = Network()
    start_from(network, Path(options.folder))
    network.eval()
    facts, right = quotes(network, [a for a in read_polnear(options.polnear, "train") if not fold(a.name)])
    quote, quote_bias = fit(facts, right, penalty=C)
    print(f"{len(right)} attributions, {right.mean():.2f} of them as marked;", end=" ")
    print(f"AUC of the certainty {roc_auc_score(right, facts @ quote[:, 0]):.3f}")
    sentences = [row for row in read_sentences(options.loaded) if not fold(row.group)]
    odds, marked, number = loaded(network, sentences)
    model = LogisticRegression().fit(odds[:, None], marked)
    scale, shift = float(model.coef_[0, 0]), float(model.intercept_[0])
    _report(1 / (1 + np.exp(-(scale * odds + shift))), marked, number, [row.loaded for row in sentences])
    np.savez(
        options.out / "calibration.npz",
        quote=quote[:, 0].astype(np.float32),
        quote_bias=quote_bias[0].astype(np.float32),
        loaded=np.array([scale, shift], np.float32),
    )


def _report(scores: np.ndarray, marked: np.ndarray, number: np.ndarray, judged: list[bool]) -> None:
    """F1 of words, from which score three in five hold, and AUC of sentences by the sum of their scores."""
    precision, recall, threshold = precision_recall_curve(marked, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best, enough = int(f1.argmax()), int(np.argmax(precision[:-1] >= 0.6))
    sums = np.bincount(number, scores * (scores >= threshold[best]), minlength=len(judged))
    print(f"loaded: {len(judged)} sentences, AUC {roc_auc_score(judged, sums):.3f};", end=" ")
    print(f"words: best F1 {f1[best]:.3f} from {threshold[best]:.2f},", end=" ")
    print(f"three in five hold from {threshold[enough]:.2f} (recall {recall[enough]:.2f})")


if __name__ == "__main__":
    main()
