"""Fit the model of loaded wording.

    python -m samestory.training.loaded SENTENCES.jsonl [MORE.jsonl ...] [--dump FOLDER]

One line a sentence: `text`, `label` (1 biased, 0 not), `spans` ([start, end] of the marked words) and
`group` (the article or event it is from). The first file counts most. Prints the figures of models that
have not seen the group, then writes models/loaded.npz, trained on everything. With --dump, writes what
those models answered, one {"score", "spans"} a line.
"""

import json
import sys
import zlib
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from samestory.annotation import loaded
from samestory.annotation import loaded_features as look

TARGET = Path(__file__).parents[1] / "models" / "loaded.npz"
FOLDS = 5
C_WORD, C_SENTENCE = 1.0, 0.03  # inverse strength of the L2 penalty
WEIGHT_OF_MORE = 0.4  # of a sentence of the second and later files
OTHER_CORPUS = 5.0  # a column by which another corpus may have its own rate of biased sentences


def read(paths: list[Path]) -> list[dict]:
    """Read the sentences, with their words and features."""
    rows = []
    for number, path in enumerate(paths):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line) | {"corpus": number}
            row["fold"] = zlib.crc32(row["group"].encode()) % FOLDS
            rows.append(row)
    return rows


def examples(rows: list[dict]) -> tuple[csr_matrix, np.ndarray, csr_matrix, np.ndarray]:
    """Word features, the sentence of each word, sentence features, and whether a word is marked."""
    words, of_sentence, marked, sentences = [], [], [], []
    for number, row in enumerate(rows):
        text = row["text"]
        places = [match.span() for match in look.WORD.finditer(text)]
        tokens = [text[start:end] for start, end in places]
        shown, titled = look.shown_words(tokens), look.is_title_case(tokens)
        for i, (start, end) in enumerate(places):
            features = [*look.word_features(tokens[i], opening=titled or i == 0)]
            features += look.neighbour_features(shown[i - 1] if i else None, "before")
            features += look.neighbour_features(shown[i + 1] if i + 1 < len(shown) else None, "after")
            if text[max(start - 1, 0)] in "\"“‘'":
                features.append((look.column(look.SCARE_QUOTES), 1.0))
            words.append(features)
            of_sentence.append(number)
            marked.append(any(a < end and b > start for a, b in row["spans"]))
        bag = [pair for word in shown for pair in look.bag_features(word)]
        bag += [(look.pair_column(a, b), 1.0) for a, b in pairwise(shown)]
        sentences.append([*bag, *look.sentence_features(tokens, text)])
    return _matrix(words), np.array(of_sentence), _matrix(sentences), np.array(marked)


def fit(rows, data, chosen: np.ndarray) -> loaded.Model:
    """Fit both models on the chosen sentences."""
    words, of_sentence, sentences, marked = data
    more = np.array([row["corpus"] > 0 for row in rows])
    weight = np.where(more, WEIGHT_OF_MORE, 1.0)
    labels = np.array([row["label"] for row in rows])
    picked = chosen[of_sentence]
    word = LogisticRegression(C=C_WORD, max_iter=100, solver="liblinear")
    word.fit(words[picked], marked[picked], sample_weight=weight[of_sentence][picked])
    other = csr_matrix(more[:, None] * OTHER_CORPUS)
    sentence = LogisticRegression(C=C_SENTENCE, max_iter=100, solver="liblinear")
    sentence.fit(hstack([sentences, other]).tocsr()[chosen], labels[chosen], sample_weight=weight[chosen])
    return loaded.Model(
        word.coef_[0], float(word.intercept_[0]), sentence.coef_[0][:-1], float(sentence.intercept_[0])
    )


def held_out(rows, data, fold_of: np.ndarray) -> list[list]:
    """For each sentence, the loaded words by a model that has not seen its fold."""
    answers: list[list] = [[] for _ in rows]
    for fold in np.unique(fold_of):
        model = fit(rows, data, fold_of != fold)
        for number in np.flatnonzero(fold_of == fold):
            text = rows[number]["text"]
            answers[number] = list(loaded.score_sentences(text, [(0, len(text))], model))
    return answers


def figures(rows: list[dict], answers: list[list]) -> dict[str, float]:
    """AUC of the sentences by the sum of their words' scores, and F1 of the marked words."""
    gold, found = [], []
    for row, spans in zip(rows, answers, strict=True):
        for match in look.WORD.finditer(row["text"]):
            gold.append(any(a < match.end() and b > match.start() for a, b in row["spans"]))
            found.append(any(a < match.end() and b > match.start() for a, b, _ in spans))
    score = [sum(span[2] for span in spans) for spans in answers]
    return {"auc": roc_auc_score([row["label"] for row in rows], score), "word_f1": f1_score(gold, found)}


def main(arguments: list[str]) -> None:
    dump = Path(arguments.pop(arguments.index("--dump") + 1)) if "--dump" in arguments else None
    paths = [Path(argument) for argument in arguments if argument != "--dump"]
    rows = read(paths)
    data = examples(rows)
    for name in ("group", "topic", "outlet"):
        if name == "group":
            fold_of = np.array([row["fold"] for row in rows])
        else:
            fold_of = np.unique([str(row.get(name, row["fold"])) for row in rows], return_inverse=True)[1]
        answers = held_out(rows, data, fold_of)
        for number, path in enumerate(paths):
            part = [i for i, row in enumerate(rows) if row["corpus"] == number]
            result = figures([rows[i] for i in part], [answers[i] for i in part])
            print(f"{path.stem}, {name} held out:", {key: round(value, 3) for key, value in result.items()})
            if dump and name == "group":
                _write(dump / f"{path.stem}.jsonl", [answers[i] for i in part])
    save(fit(rows, data, np.ones(len(rows), bool)))


def save(model: loaded.Model) -> None:
    """Write the weights; two decimals are enough, and compress well."""
    np.savez_compressed(
        TARGET,
        word=np.asarray(model.word_weights, "float16"),
        sentence=np.asarray(model.sentence_weights, "float16"),
        biases=np.array([model.word_bias, model.sentence_bias]),
    )


def _write(path: Path, answers: list[list]) -> None:
    lines = [json.dumps({"score": sum(s for *_, s in spans), "spans": spans}) for spans in answers]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _matrix(rows: list[list[tuple[int, float]]]) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([column for row in rows for column, _ in row])
    values = np.array([value for row in rows for _, value in row], "float32")
    matrix = csr_matrix((values, columns, ends), shape=(len(rows), look.COLUMNS))
    matrix.sum_duplicates()
    return matrix


if __name__ == "__main__":
    main(sys.argv[1:])
