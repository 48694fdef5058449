"""Candidates for the source of a cue: who might have said it, and features of each pair."""

import numpy as np

from samestory.annotation.quotes.columns import Columns, code
from samestory.annotation.quotes.cues import subjects
from samestory.annotation.quotes.features import at, bucket, flag, hashed, known, lines, mix, one_of

_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_TEMPLATES = lines(
    """
    none | none lemma | none passive | none dep pos | none class | none has_subject
    none passive agent lemma | none passive dep has_subject | none subject | none subject_pos class
    relation | relation pos | relation lemma | relation class | relation passive | relation dep
    relation word
    relation who | relation passive lemma | relation passive class word | relation marks | relation away
    relation gap | relation role | relation between | relation rank | relation tag | relation tag dep
    role real | role gap | role away | role pos | role lemma | role word | role marks | role away word
    who | who pos | who class | who lemma | who away | word | word class | word away | word pos | word gap
    marks real | marks away real | marks gap real | gap real | gap pos real | away real | between real
    between gap real | rank real | rank away real | rank pos real | head_pos role | head_lemma role
    head_class role | head_dep role | head_dep role above_dep | head_lemma role away | before pos | after pos
    before relation | after relation | candidate_tag role | suffix word | shape role | leads real role away
    echo | size real | first_word real relation | tag_after gap role | tag_before gap role
    """
)
_BEFORE = 3  # sentences before the cue's whose subjects and names are candidates too
_NEAREST = 24
_WIDEST = 60  # tokens on either side of a source's head


def nominals(columns: Columns) -> np.ndarray:
    """Heads of noun phrases, pronouns and possessives."""
    c = columns
    noun = one_of(c.pos, [code(name) for name in _NOMINAL])
    subject = one_of(c.dep, [code(name) for name in ("nsubj", "nsubjpass")]) & (c.pos != code("SPACE"))
    inner = one_of(c.dep, [code(name) for name in ("compound", "nmod", "nummod", "expl", "quantmod")])
    return np.flatnonzero((noun | subject) & ~inner)


def source_pairs(columns: Columns, cues: np.ndarray) -> np.ndarray:
    """Rows (number of the cue, token of the candidate, -1 for nobody), grouped by cue in order."""
    c = columns
    heads = nominals(c)
    far = heads[
        one_of(c.dep[heads], [code("nsubj"), code("nsubjpass"), code("poss")]) | (c.entity[heads] > 0)
    ]
    rows = [np.zeros((0, 2), dtype=np.int64)]
    for number, cue in enumerate(cues.tolist()):
        sentence = int(c.sentence[cue])
        first, last = c.sentence_edges[sentence], c.sentence_edges[sentence + 1]
        low, middle, high = np.searchsorted(heads, (first, cue, last))
        near = heads[max(low, middle - _NEAREST) : min(high, middle + _NEAREST)]
        if len(near) > _NEAREST:
            near = np.sort(near[np.argsort(np.abs(near - cue), kind="stable")[:_NEAREST]])
        start = c.sentence_edges[max(sentence - _BEFORE, 0)]
        back = far[np.searchsorted(far, start) : np.searchsorted(far, first)][-8:]
        tokens = np.concatenate([[-1], back, near])
        tokens = tokens[tokens != cue]
        rows.append(np.stack([np.full(len(tokens), number), tokens], axis=1))
    return np.concatenate(rows)


def source_span(columns: Columns, head: int, cue: int) -> tuple[int, int]:
    """The words of the noun phrase, without relative clause, and never across its cue."""
    c = columns
    first, last = max(int(c.left[head]), head - _WIDEST), min(int(c.right[head]), head + _WIDEST)
    if c.pos[head] == code("PRON"):
        return head, head + 1
    kids = np.flatnonzero((c.head[head:last] == head) & (np.arange(head, last) > head)) + head
    for kid in kids.tolist():
        clause = c.dep[kid] in (code("relcl"), code("acl"), code("ccomp"), code("parataxis"), code("cc"))
        far = kid - head > 25
        if (clause or far) and c.dep[kid] != code("cc"):
            last = min(last, int(c.left[kid]))
    if first <= cue < head:
        first = cue + 1
    elif head < cue < last:
        last = cue
    number = c.passage[head]  # a name does not begin or end within another's marks
    while first < head and (not c.word[first] or c.passage[first] != number):
        first += 1
    inside = [place for place in range(head + 1, last) if c.passage[place] != number]
    last = min([last, *inside])
    while last > head + 1 and not c.word[last - 1]:
        last -= 1
    return first, last


def source_features(columns: Columns, cues: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Hashed features of (cue, candidate) pairs, one row each."""
    cue, source = cues[pairs[:, 0]], pairs[:, 1]
    subject = subjects(columns, cues)[pairs[:, 0]]
    values = _of_cue(columns, cue, subject) | _of_candidate(columns, source) | _between(columns, cue, source)
    values["relation"] = _relation(columns, cue, source, subject)
    other = (source >= 0) & (subject >= 0) & (source != subject)
    values["echo"] = flag(other & (at(columns.lower, source) == at(columns.lower, subject)))
    return hashed(values, _TEMPLATES)


def _of_cue(c: Columns, cue: np.ndarray, subject: np.ndarray) -> dict[str, np.ndarray]:
    return {
        "lemma": c.lemma[cue],
        "class": known(c.cue[cue]),
        "pos": c.pos[cue],
        "tag": c.tag[cue],
        "dep": c.dep[cue],
        "passive": known(flag(c.child["auxpass"][cue] >= 0)),
        "agent": known(flag(c.child["agent"][cue] >= 0)),
        "has_subject": known(flag(subject >= 0)),
        "subject": at(c.lower, subject),
        "subject_pos": at(c.pos, subject),
        "tag_after": at(c.tag, cue + 1),
        "tag_before": at(c.tag, cue - 1),
    }


def _of_candidate(c: Columns, source: np.ndarray) -> dict[str, np.ndarray]:
    there = source >= 0
    token = np.maximum(source, 0)
    head = np.where(there, c.head[token], -1)
    above = np.where(there, c.head[np.maximum(head, 0)], -1)
    left, right = c.left[token], c.right[token]
    return {
        "none": known(flag(~there)),
        "real": flag(there),
        "role": np.where(there, c.dep[token], code("none")),
        "word": mix(at(c.pos, source), known(at(c.entity, source))),
        "who": at(c.lower, source),
        "candidate_tag": at(c.tag, source),
        "suffix": at(c.suffix, source),
        "shape": at(c.shape, source),
        "head_pos": at(c.pos, head),
        "head_lemma": at(c.lemma, head),
        "head_class": at(c.cue, head),
        "head_dep": at(c.dep, head),
        "above_dep": at(c.dep, above),
        "before": at(c.lower, source - 1),
        "after": at(c.lower, np.where(there, right, -1)),
        "first_word": at(c.lower, left),
        "leads": flag(c.sentence_edges[c.sentence[token]] == left),
        "size": bucket(right - left),
    }


def _between(c: Columns, cue: np.ndarray, source: np.ndarray) -> dict[str, np.ndarray]:
    """Distance, sentences, marks, and what stands between the two."""
    token = np.maximum(source, 0)
    first, last = np.minimum(token, cue), np.maximum(token, cue)
    between = np.zeros(len(cue), dtype=np.uint64)
    kinds = (c.pos == code("VERB"), c.is_mark, c.lower == code(","), c.pos == code("PROPN"))
    for number, column in enumerate(kinds):
        total = np.append(0, np.cumsum(column))
        count = np.minimum(total[last] - total[np.minimum(first + 1, last)], 2)
        between = between + count.astype(np.uint64) * np.uint64(3**number)
    subjects_before = np.append(0, np.cumsum(one_of(c.dep, [code("nsubj"), code("nsubjpass")])))
    rank = subjects_before[last] - subjects_before[first]
    inside, cue_inside = at(c.passage, source), c.passage[cue]
    return {
        "gap": bucket(source - cue),
        "away": bucket(c.sentence[cue] - c.sentence[token]),
        "between": known(between),
        "rank": bucket(np.where(token < cue, -rank, rank + 1)),
        "marks": mix(known(flag(inside > 0)), known(flag(cue_inside > 0)), known(flag(inside == cue_inside))),
    }


def _relation(c: Columns, cue, source, subject) -> np.ndarray:
    """How the candidate hangs together with the cue in the tree, as a small number."""
    head, up = c.head[cue], c.head[c.head[cue]]
    token = np.maximum(source, 0)
    own = c.head[token]
    over = c.head[own]
    over2 = c.head[over]
    tests = [
        (own == cue) & (source == c.child["nsubj"][cue]),
        (own == cue) & (source == c.child["nsubjpass"][cue]),
        (own == cue) & (source == c.child["poss"][cue]),
        own == cue,
        source == subject,
        source == head,
        (over == cue) & (own == c.child["agent"][cue]),
        (over == cue) & (own == c.child["prep"][cue]),
        over == cue,
        (own == head) & (c.dep[token] == code("nsubj")),
        (own == head) & (c.dep[token] == code("poss")),
        own == head,
        (own == up) & (c.dep[token] == code("nsubj")),
        own == up,
        over == head,
        source == up,
        over2 == cue,
        over2 == head,
        over == up,
        c.sentence[token] == c.sentence[cue],
    ]
    number = np.select(tests, np.arange(2, len(tests) + 2), default=40)
    return np.where(source < 0, 1, number).astype(np.uint64)
