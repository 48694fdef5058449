"""Learn what a name names, from marked documents and from names in news that leave no doubt (extra `train`).

    python -m samestory.training.names GUM.jsonl POLNEAR

GUM.jsonl has a document a line: text, nc (true for what is left out: texts under a non-commercial licence)
and mentions (start, end, head, type, form). Of PolNeAR the texts alone are read, every other one: a known
given name with a surname is a person, and so is that surname elsewhere in the article; a name that ends as
bodies do is a body; countries, states and capitals are places. So the contexts of news are learned without a
mark. Writes models/names.npz; how well it does: models/names.md.

References:
    Zeldes (2017), The GUM corpus. Mintz et al. (2009), Distant supervision for relation extraction, ACL:
    labels from what is known already.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from samestory.language.pipeline import load_pipeline
from samestory.language.tokens import Tokens
from samestory.names.candidates import Name, candidates
from samestory.names.gazetteers import countries, fold, given_names
from samestory.names.kinds import CLASSES, RUN, evidence, is_of_body, states
from samestory.training.commands import command
from samestory.training.corpora import read_polnear

WEIGHT_OF_NEWS = 0.1  # of a name without a mark, against 1 of one that people marked
PENALTY, SCALE = (
    0.05,
    0.4,
)  # of the regression, and of the encoder's states beside the plain evidence; by GUM's own
EVERY_OTHER = 2
_CLASS = {"person": "person", "organization": "org", "place": "place"}


class Example(NamedTuple):
    """One name: its plain evidence, its state, what it names, and how much it counts."""

    evidence: np.ndarray
    state: np.ndarray
    kind: str
    weight: float


def marked_examples(documents: Iterable[dict]) -> list[Example]:
    """The names of documents whose mentions people marked; what is ambiguous is left out."""
    found = []
    for document in documents:
        doc = load_pipeline()(document["text"])
        names = candidates(doc)
        kinds = [_marked_kind(doc, name, document["mentions"]) for name in names]
        found += _examples(doc, names, kinds, 1.0)
    return found


def news_examples(texts: Iterable[str]) -> list[Example]:
    """The names of unmarked news that leave no doubt."""
    found = []
    for text in texts:
        doc = load_pipeline()(text)
        names = candidates(doc)
        words = [doc.text[slice(*_place(doc, name))].split() for name in names]
        full = {tuple(form) for form, name in zip(words, names, strict=True) if _is_full(form, name)}
        surnames = {form[-1] for form in full}
        kinds = [_sure_kind(form, name, full, surnames) for form, name in zip(words, names, strict=True)]
        found += _examples(doc, names, kinds, WEIGHT_OF_NEWS)
    return found


def fit(examples: list[Example]) -> dict[str, np.ndarray]:
    """The head: evidence (49 × 4), state (384 × 4) and bias (4), in the order of CLASSES."""
    plain = np.stack([example.evidence for example in examples])
    state = np.stack([example.state for example in examples])
    mean, spread = state.mean(axis=0), np.maximum(state.std(axis=0), 1e-6)
    rows = np.hstack([plain, (state - mean) / spread * SCALE])
    kinds, weights = [example.kind for example in examples], [example.weight for example in examples]
    model = LogisticRegression(C=PENALTY, max_iter=300).fit(rows, kinds, sample_weight=weights)
    if tuple(model.classes_) != CLASSES:
        raise ValueError(
            f"the examples have the kinds {list(model.classes_)}; expected all of {list(CLASSES)}"
        )
    of_state = (model.coef_[:, plain.shape[1] :] * SCALE / spread).T
    head = {"evidence": model.coef_[:, : plain.shape[1]].T, "state": of_state}
    head["bias"] = model.intercept_ - mean @ of_state
    return {name: values.astype(np.float32) for name, values in head.items()}


def _examples(doc, names: list[Name], kinds: list[str | None], weight: float) -> list[Example]:
    if not names:
        return []
    rows = zip(evidence(doc, names), states(doc, names), kinds, strict=True)
    return [Example(plain, state, kind, weight) for plain, state, kind in rows if kind]


def _place(doc, name: Name) -> tuple[int, int]:
    tokens = Tokens.of(doc)
    return tokens.start[name.first], tokens.end[name.last - 1]


def _marked_kind(doc, name: Name, mentions: list[dict]) -> str | None:
    """By the smallest mention whose head the name overlaps; None for a person who is not named by it."""
    start, end = _place(doc, name)
    around = [m for m in mentions if start < m["head"][1] and m["head"][0] < end]
    if not around:
        return "other"
    smallest = min(around, key=lambda m: m["end"] - m["start"])
    named = any(m["type"] == "person" and m["form"] == "name" for m in around)
    kind = _CLASS.get(smallest["type"], "other")
    return kind if kind != "person" or named else None


def _is_full(words: list[str], name: Name) -> bool:
    known = 1 < len(words) < 5 and words[0].lower() in given_names() and name.kind in ("PERSON", RUN)
    return known and not is_of_body([word.lower() for word in words])


def _sure_kind(words: list[str], name: Name, full: set, surnames: set[str]) -> str | None:
    text, known = fold(" ".join(words)), countries()
    if tuple(words) in full or (len(words) == 1 and words[0] in surnames):
        return "person"
    if is_of_body([word.lower() for word in words]):
        return "org"
    if text in known.country or text in known.capitals or text in known.states:
        return "place"
    if name.kind == "NORP":
        return "other"
    return "org" if len(words) == 1 and words[0].isupper() and len(text) > 2 and name.kind == "ORG" else None


def main(arguments: list[str] | None = None) -> None:
    options = command(__doc__, "gum", "polnear").parse_args(arguments)
    lines = Path(options.gum).read_text("utf-8").splitlines()
    documents = [document for document in map(json.loads, lines) if not document["nc"]]
    texts = [article.text for article in read_polnear(options.polnear, "train")][::EVERY_OTHER]
    examples = marked_examples(documents) + news_examples(texts)
    np.savez(options.out / "names.npz", **fit(examples))
    print(f"{len(examples)} names learned from; written to {options.out / 'names.npz'}")


if __name__ == "__main__":
    main()
