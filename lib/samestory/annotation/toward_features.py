"""What a sentence says about a target, as numbers for the linear model of `toward`.

Two kinds, both relative to the target: hashed words (which word stands on which side of it, and which
governs it in the parse), and scores of words pooled over regions (the clause, what the governing verb
takes, ...). Written for whole articles: what does not depend on the target is computed once a Doc.
"""

import zlib
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from samestory.annotation.tokens import Tokens
from samestory.annotation.words import WordScores, load_words

BITS = 17  # of the hashed features: 131,072 places
WINDOW, NEAR = 15, 4  # words on each side
REGIONS = ("sentence", "left", "right", "near left", "near right", "governor", "above", "verb",
           "clause", "arguments", "own")  # fmt: skip
_FACTS = 11
_CHILDREN = 60  # of one word that are looked at; only a text without full stops has more
_SUBCLAUSES = {"ccomp", "advcl", "conj", "relcl", "parataxis"}
_ARGUMENTS = {"dobj", "attr", "acomp", "prep", "xcomp", "oprd", "dative", "agent", "advmod", "prt",
              "nsubj", "nsubjpass"}  # fmt: skip
_NEGATIONS = {"not", "n't", "n’t", "no", "never", "without", "nor", "neither", "nobody", "none", "cannot",
              "hardly", "barely", "denied", "deny", "denies"}  # fmt: skip
_48_BITS = (1 << 48) - 1
_TARGET = zlib.crc32(b"the target itself")


class Target(NamedTuple):
    """Token ranges, half-open: the target and the sentence it stands in."""

    first: int
    last: int
    begin: int
    end: int


class _Parse(NamedTuple):
    """What of a Doc the features need, once a Doc."""

    doc: Doc
    tokens: Tokens
    words: list[int]  # hash of each lower-case word
    lemmas: list[int]
    labels: list[int]  # hash of each dependency label
    sides: list[np.ndarray]  # places of each word as one left, near left, right, near right, and of each pair


def target_features(doc: Doc, targets: list[Target]) -> tuple[list[np.ndarray], np.ndarray]:
    """Hashed features of each target (arrays of places) and its dense features (one row a target)."""
    parse = _parse(doc)
    paths = [_path(parse, target) for target in targets]
    hashed = [
        np.concatenate(
            [*_window(parse, target), _mix(_around(parse, target) + _grammar(parse, target, *path), 7)]
        )
        for target, path in zip(targets, paths, strict=True)
    ]
    return hashed, _dense(parse, targets, paths)


def _parse(doc: Doc) -> _Parse:
    tokens = Tokens.of(doc)
    words, lemmas, labels = ([_hash(w) for w in row] for row in (tokens.lower, tokens.lemma, tokens.dep))
    row = np.array(words, dtype=np.uint64)
    sides = [_mix(row, salt) for salt in (1, 2, 3, 4)] + [_mix(row[:-1] * np.uint64(31) + row[1:], 5)]
    return _Parse(doc, tokens, words, lemmas, labels, sides)


def _path(parse: _Parse, target: Target) -> tuple[int, list[int]]:
    """The target's own root, and the tokens above it up to the sentence's root."""
    head = parse.tokens.head
    inside = range(target.first, target.last)
    root = next((i for i in inside if head[i] not in inside or head[i] == i), target.last - 1)
    path, i = [], root
    while head[i] != i and len(path) < 12:
        i = head[i]
        path.append(i)
    return root, path


def _window(parse: _Parse, target: Target) -> list[np.ndarray]:
    """Words and pairs of words by side."""
    first, last = target.first, target.last
    low, high = max(target.begin, first - WINDOW), min(target.end, last + WINDOW)
    left, near_left, right, near_right, pairs = parse.sides
    return [left[low:first], near_left[max(low, first - NEAR) : first], right[last:high],
            near_right[last : min(high, last + NEAR)], pairs[low : max(low, first - 1)],
            pairs[last : max(last, high - 1)]]  # fmt: skip


def _around(parse: _Parse, target: Target) -> list[int]:
    """Pairs and triples of words with the target in them, which is one neutral word."""
    before = parse.words[max(target.begin, target.first - 2) : target.first]
    after = parse.words[target.last : min(target.end, target.last + 2)]
    row = [*before, _TARGET, *after]
    return [a * 31 + b + 5 for a, b in pairwise(row) if _TARGET in (a, b)] + [
        a * 961 + b * 31 + c + 6 for a, b, c in zip(row, row[1:], row[2:], strict=False)
    ]


def _grammar(parse: _Parse, target: Target, root: int, path: list[int]) -> list[int]:
    """What governs the target and through which relations, what else hangs there, and what the target has."""
    tokens, labels, lemmas = parse.tokens, parse.labels, parse.lemmas
    found = [labels[root] * 17 + 7, _hash(tokens.pos[root]) * 17 + 8]
    below, relation = root, 0
    for step, node in enumerate(path[:4]):
        relation = relation * 31 + labels[below]
        word = lemmas[node] * 3 + any(tokens.dep[child] == "neg" for child in _children(parse, node))
        found += (relation * 1009 + word * 17 + 9 + step * 64, word * 17 + 10 + step * 64, word * 17 + 11)
        for child in _children(parse, node):
            if child == below or tokens.pos[child] in ("PUNCT", "DET", "SPACE"):
                continue
            other = labels[child] * 31 + lemmas[child]
            found += (labels[below] * 1009 + other * 17 + 12 + step * 64, other * 17 + 13)
            found += (
                lemmas[leaf] * 17 + 14
                for leaf in _children(parse, child)
                if tokens.pos[leaf] in ("NOUN", "VERB", "ADJ", "ADV", "PROPN")
            )
        below = node
    for i in range(target.first, target.last):
        for child in _children(parse, i):
            if not target.first <= child < target.last:
                found += (labels[child] * 1009 + lemmas[child] * 17 + 15, lemmas[child] * 17 + 16)
                found += (lemmas[leaf] * 17 + 18 for leaf in _children(parse, child))
    return found


def _dense(parse: _Parse, targets: list[Target], paths: list[tuple[int, list[int]]]) -> np.ndarray:
    """Pooled word scores of every region, and a few facts about the target's place."""
    words = load_words()
    columns = _word_columns(parse.tokens, words)
    sums = np.vstack([np.zeros((1, columns.shape[1])), np.cumsum(columns, axis=0)])
    rows, begins, ends, signs = [], [], [], []
    for number, (target, (root, path)) in enumerate(zip(targets, paths, strict=True)):
        for region, spans in enumerate(_regions(parse, target, root, path)):
            for begin, end in spans:
                hole = max(begin, target.first), min(end, target.last)
                pieces = [(begin, end, 1.0)] + ([(*hole, -1.0)] if hole[0] < hole[1] else [])
                for start, stop, sign in pieces:
                    rows.append(number * len(REGIONS) + region)
                    begins.append(start)
                    ends.append(stop)
                    signs.append(sign)
    pooled = np.zeros((len(targets) * len(REGIONS), columns.shape[1]))
    if rows:
        np.add.at(pooled, rows, (sums[ends] - sums[begins]) * np.array(signs)[:, None])
    size = words.vectors.shape[1]
    means = pooled[:, :size] / (pooled[:, size : size + 1] + 0.5)
    scored = np.hstack([means, np.tanh(pooled[:, size + 1 :])]).reshape(len(targets), -1)
    facts = [_facts(parse, target, *path) for target, path in zip(targets, paths, strict=True)]
    return np.hstack([scored, np.array(facts, dtype=float).reshape(len(targets), _FACTS)])


def _word_columns(tokens: Tokens, words: WordScores) -> np.ndarray:
    """Of each token: weighted vector, weight, scores (turned after a negation), their bad and good part."""
    pairs = zip(tokens.lower, tokens.lemma, strict=True)
    rows = np.array([words.row.get(word, words.row.get(lemma, 0)) for word, lemma in pairs], dtype=int)
    negation = np.array([word in _NEGATIONS for word in tokens.lower], dtype=bool)
    after = np.zeros(len(rows), dtype=bool)
    for shift in (1, 2, 3):
        after[shift:] |= negation[:-shift]
    weight = words.weight[rows][:, None]
    scores = words.scores[rows] * np.where(after, -0.6, 1.0)[:, None]
    plain = scores[:, :2]
    return np.hstack(
        [words.vectors[rows] * weight, weight, scores, np.minimum(plain, 0), np.maximum(plain, 0)]
    )


def _regions(parse: _Parse, target: Target, root: int, path: list[int]) -> list[list[tuple[int, int]]]:
    """Token ranges of each of REGIONS; the target is cut out of them later."""
    tokens, first, last, begin, end = parse.tokens, *target
    verb = next((i for i in path if tokens.pos[i] in ("VERB", "AUX")), None)
    clause, arguments = [(begin, end)], []
    if verb is not None:
        clause = [_subtree(parse, verb)]
        others = [i for i in _children(parse, verb) if i != root and i not in path]
        arguments = [_subtree(parse, i) for i in others if tokens.dep[i] in _ARGUMENTS]
        # an empty range read backwards takes its words out again
        clause += [_subtree(parse, i)[::-1] for i in others if tokens.dep[i] in _SUBCLAUSES]
    return [
        [(begin, end)],
        [(max(begin, first - 12), first)],
        [(last, min(end, last + 12))],
        [(max(begin, first - NEAR), first)],
        [(last, min(end, last + NEAR))],
        [(i, i + 1) for i in path[:1]],
        [(i, i + 1) for i in path[1:3]],
        [] if verb is None else [(verb, verb + 1)],
        clause,
        arguments,
        [_subtree(parse, root)],
    ]


def _subtree(parse: _Parse, i: int) -> tuple[int, int]:
    token = parse.doc[i]
    return token.left_edge.i, token.right_edge.i + 1


def _facts(parse: _Parse, target: Target, root: int, path: list[int]) -> list[float]:
    """Where the target stands: in a quotation, at the start, its grammatical role."""
    tokens, size = parse.tokens, target.end - target.begin
    before = parse.tokens.text[target.begin : target.first]
    whole = parse.tokens.text[target.begin : target.end]
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    role = tokens.dep[root]
    return [quoted, "“" in whole or '"' in whole, (target.first - target.begin) / size,
            target.first - target.begin < 2, len(path) / 5, tokens.pos[root] == "PRON", role == "nsubj",
            role == "nsubjpass", role in ("dobj", "pobj"), role == "poss", size / 40]  # fmt: skip


def _children(parse: _Parse, token: int) -> list[int]:
    return parse.tokens.children.get(token, [])[:_CHILDREN]


@lru_cache(maxsize=100_000)
def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _mix(values: np.ndarray | list[int], salt: int) -> np.ndarray:
    """Places of hashed values; the multiplication wraps around on purpose."""
    if isinstance(values, list):
        values = np.array([value & _48_BITS for value in values], dtype=np.uint64)
    mixed = (values + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)
