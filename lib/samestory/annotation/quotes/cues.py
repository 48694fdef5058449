"""Candidates for cues of quotes, and their features."""

import numpy as np

from samestory.annotation.quotes.columns import Columns, code
from samestory.annotation.quotes.features import at, bucket, flag, hashed, known, lines, mix, names, one_of

_FRAME = names("ccomp xcomp dobj prep agent neg prt advcl acomp attr dative acl poss")
_COMPLEMENTS = names("ccomp xcomp dobj prep acomp attr advcl prt acl agent poss dative oprd pobj parataxis")
_HELPERS = names("aux auxpass neg mark advmod det amod")
# Each is a combination of the columns that `_values` names.
_TEMPLATES = [
    *lines(
        """
        lemma | lemma pos | lemma tag | lemma dep | pos | tag dep | class tag | class frame | class who
        frame | frame lemma | suffix tag | who | who lemma | subject | subject lemma | subject_lemma frame
        has_subject tag dep | no_subject lemma | subject_dep lemma | dep head_pos | head_lemma dep
        head_class dep | head_lemma lemma
        """
    ),
    *(f"{t}{kid}" for kid in _COMPLEMENTS for t in ("", "lemma ", "lemma tag_of_", "class tag_of_")),
    *(f"{t}{kid}" for kid in _HELPERS for t in ("", "lemma ")),
    *lines(
        """
        clause_mark lemma | clause_mark frame | clause_aux frame | clause_subject frame | through_prep lemma
        object_entity lemma | object_pos has_subject class
        """
    ),
    *(f"{t}_{n}{other}" for n in "abcd" for t, other in (("word", ""), ("word", " lemma"), ("tag", " pos"))),
    *lines(
        """
        tag_b tag_c pos | word_c word_d | mark_before pos | mark_after pos | mark_before mark_after lemma
        mark_before mark_after class | mark_before mark_after dep frame | inside length | inside length lemma
        inside subject | inside length class | quoted pos | quoted lemma | quoted class is_inside
        from_start to_end pos | sentence_length | last_word pos | paragraph pos | first_word pos
        is_root quoted
        cue_before class cue_distance | cue_distance lemma_before lemma
        """
    ),
]


def cue_candidates(columns: Columns, others: np.ndarray) -> np.ndarray:
    """Tokens that may be the head of a cue: every verb, and what `others` (lemma with POS) names."""
    verb = columns.pos == code("VERB")
    return np.flatnonzero(verb | np.isin(mix(columns.lemma, columns.pos), others))


def cue_features(columns: Columns, places: np.ndarray) -> np.ndarray:
    """Hashed features of the tokens at the places, one row each."""
    values = _own(columns, places) | _complements(columns, places) | _surroundings(columns, places)
    return hashed(values, _TEMPLATES)


def _own(c: Columns, places: np.ndarray) -> dict[str, np.ndarray]:
    """The word itself, its subject and the word it hangs on."""
    subject, head = subjects(c, places), c.head[places]
    frame = sum(flag(c.child[label][places] >= 0) << np.uint64(n) for n, label in enumerate(_FRAME))
    return {
        "lemma": c.lemma[places],
        "pos": c.pos[places],
        "tag": c.tag[places],
        "dep": c.dep[places],
        "suffix": c.suffix[places],
        "class": known(c.cue[places]),  # in the codebook of cues
        "frame": known(frame),
        "who": mix(at(c.pos, subject), known(at(c.entity, subject))),
        "subject": at(c.lower, subject),
        "subject_lemma": at(c.lemma, subject),
        "subject_dep": at(c.dep, subject),
        "has_subject": known(flag(c.child["nsubj"][places] >= 0)),
        "no_subject": flag(subject < 0),
        "head_pos": at(c.pos, head),
        "head_lemma": at(c.lemma, head),
        "head_class": at(c.cue, head),
        "is_root": known(flag(c.dep[places] == code("ROOT"))),
    }


def _complements(c: Columns, places: np.ndarray) -> dict[str, np.ndarray]:
    child = {label: c.child[label][places] for label in c.child}
    clause = np.where(child["ccomp"] >= 0, child["ccomp"], child["xcomp"])
    values = {label: at(c.lemma, child[label]) for label in (*_COMPLEMENTS, *_HELPERS)}
    values |= {
        f"tag_of_{label}": mix(at(c.pos, child[label]), at(c.tag, child[label])) for label in _COMPLEMENTS
    }
    return values | {
        "clause_mark": at(c.lower, _child_of(c, "mark", clause)),
        "clause_aux": at(c.lower, _child_of(c, "aux", clause)),
        "clause_subject": at(c.pos, _child_of(c, "nsubj", clause)),
        "through_prep": at(c.lemma, _child_of(c, "pobj", child["prep"])),
        "object_entity": at(c.entity, child["dobj"]),
        "object_pos": at(c.pos, child["dobj"]),
    }


def _surroundings(c: Columns, places: np.ndarray) -> dict[str, np.ndarray]:
    """The words and marks around, and the place in the sentence and the article."""
    sentence = c.sentence[places]
    first, last = c.sentence_edges[sentence], c.sentence_edges[sentence + 1]
    before, after = _near_marks(c, places)
    inside, previous = c.passage[places] > 0, _previous_cue(c, places)
    values = {}
    for name, step in zip("abcd", (-2, -1, 1, 2), strict=True):
        values |= {f"word_{name}": at(c.lower, places + step), f"tag_{name}": at(c.tag, places + step)}
    return values | {
        "mark_before": before,
        "mark_after": after,
        "inside": flag(inside),
        "is_inside": known(inside),
        "length": _passage_length(c, places),
        "quoted": _quoted_share(c, first, last),
        "from_start": bucket(places - first),
        "to_end": bucket(last - places),
        "sentence_length": bucket(last - first),
        "first_word": at(c.lower, first),
        "last_word": at(c.lower, last - 1),
        "paragraph": bucket(c.paragraph[places]),
        "cue_before": at(c.cue, previous),
        "cue_distance": bucket(places - previous),
        "lemma_before": at(c.lemma, previous),
    }


def subjects(columns: Columns, places: np.ndarray) -> np.ndarray:
    """Grammatical subject of each token, its own or what it shares with the verbs above it; or -1.

    A clause that modifies a noun ("the man saying so") has that noun as its subject.
    """
    own = np.maximum(columns.child["nsubj"], columns.child["nsubjpass"])
    shared = [code(name) for name in ("conj", "xcomp", "advcl", "aux", "auxpass", "pcomp", "prep")]
    found, here = own[places], places
    for _ in range(4):
        dep, head = columns.dep[here], columns.head[here]
        found = np.where((found < 0) & (dep == code("acl")), head, found)
        up = (found < 0) & one_of(dep, shared)
        here = np.where(up, head, here)
        found = np.where(up, own[here], found)
    return found


def _child_of(columns: Columns, label: str, places: np.ndarray) -> np.ndarray:
    """First child with the label of the tokens at the places, -1 where there is none."""
    return np.where(places >= 0, columns.child[label][np.maximum(places, 0)], -1)


def _near_marks(c: Columns, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distance to the nearest marks before and after each place; 99 for far or none."""
    marks = np.flatnonzero(c.is_mark & c.passage_edge)
    if not len(marks):
        none = np.full(len(places), 99, dtype=np.uint64)
        return none, none
    after = np.searchsorted(marks, places)
    gap_before = places - marks[np.maximum(after - 1, 0)]
    gap_after = marks[np.minimum(after, len(marks) - 1)] - places
    before = np.where((after > 0) & (gap_before < 30), bucket(gap_before), np.uint64(99))
    return before, np.where((after < len(marks)) & (gap_after < 30), bucket(gap_after), np.uint64(99))


def _passage_length(c: Columns, places: np.ndarray) -> np.ndarray:
    if not len(c.passages):
        return bucket(np.zeros(len(places)))
    number = np.maximum(c.passage[places] - 1, 0)
    return bucket(np.where(c.passage[places] > 0, c.passages[number, 1] - c.passages[number, 0], 0))


def _quoted_share(c: Columns, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """How much of the sentence stands within marks, in fifths."""
    total = np.append(0, np.cumsum(c.passage > 0))
    return (1 + np.ceil(5 * (total[last] - total[first]) / np.maximum(last - first, 1))).astype(np.uint64)


def _previous_cue(c: Columns, places: np.ndarray) -> np.ndarray:
    """The verb before with a class in the codebook, -1 where there is none."""
    verbs = np.flatnonzero((c.cue > 0) & (c.pos == code("VERB")))
    if not len(verbs):
        return np.full(len(places), -1)
    place = np.searchsorted(verbs, places) - 1
    return np.where(place >= 0, verbs[np.maximum(place, 0)], -1)
