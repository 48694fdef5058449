"""Features of the spans that may be the content of a cue: of their starts, their ends and the pairs."""

import numpy as np

from samestory.annotation.quotes.columns import Columns, code
from samestory.annotation.quotes.contents import Candidates
from samestory.annotation.quotes.features import at, bucket, flag, hashed, known, lines, mix, names

_FRAME = names("ccomp xcomp dobj prep acl advcl auxpass attr acomp pobj relcl")
# Of a start: `word` is the content's first and `out` the one before it; of an end: its last, and
# the one after it.
_EDGE = lines(
    """
    kind | kind lemma | kind pos | kind dep | kind class | kind frame | kind tag | kind where | kind quoted
    kind marks | kind word | kind out | kind by_source | kind frame class | kind dep tag | kind frame lemma
    kind where dep quoted | where marks by_source | where marks quoted | where marks lemma | marks kind quoted
    marks word | marks out | marks out where | word | word lemma | word where | word out | word next_word
    word class | out | out lemma | out where | out next_out | out class | out pos where | word_tag out_tag
    word_tag kind | out_tag kind | word_tag out_tag where | word_dep kind | word_dep out_dep | word_dep out
    gap | gap pos | gap kind | gap marks | gap by_source | gap frame | same where | same where marks
    same kind | same quoted | boundary same | boundary kind | boundary marks where | boundary quoted where
    by_source where | by_source where dep | by_source where lemma | by_source frame | head_pos word_dep
    head_lemma word_dep where | of_cue word_dep lemma | cue_quoted marks where | cue_quoted kind
    word_class kind | out_class kind | from_source by_source
    """
)
_PAIR = lines(
    """
    kinds | kinds holds | kinds pos | kinds class | kinds lemma | kinds quoted_around | holds | holds dep
    holds lemma | holds marks | holds quoted | size | size pos | size lemma | size class | size holds
    size marks | size quoted | size frame | marks | marks quoted | marks lemma | marks sentences | marks same
    marks quoted_around | marks boundaries | sentences quoted marks | sentences holds | same holds
    same quoted holds | whole | whole holds | whole pos | whole marks | whole quoted | boundaries holds
    boundaries quoted | verbs size | verbs lemma | verbs class frame | paragraphs marks | paragraphs holds
    whole boundaries holds quoted | quoted lemma | quoted quoted_around holds
    quoted quoted_around class same
    dep holds boundaries
    side frame | side frame lemma | first_tag last_tag | first_tag verbs | first after
    before after | first whole
    """
)


def content_features(
    columns: Columns, cues: np.ndarray, sources: np.ndarray, candidates: Candidates
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hashed features of the starts, of the ends and of the pairs, one row each."""
    starts = _edge_features(columns, cues, sources, candidates.starts, at_start=True)
    ends = _edge_features(columns, cues, sources, candidates.ends, at_start=False)
    return starts, ends, _pair_features(columns, cues, sources, candidates)


def _of_cue(c: Columns, cue: np.ndarray) -> dict[str, np.ndarray]:
    frame = sum(flag(c.child[label][cue] >= 0) << np.uint64(n) for n, label in enumerate(_FRAME))
    return {
        "lemma": c.lemma[cue],
        "pos": c.pos[cue],
        "dep": c.dep[cue],
        "tag": c.tag[cue],
        "class": known(c.cue[cue]),
        "frame": known(frame),
        "cue_quoted": known(c.passage[cue] > 0),
    }


def _edge_features(c: Columns, cues, sources, edges, *, at_start: bool) -> np.ndarray:
    number, token, kind = edges.T
    cue, source = cues[number], sources[number]
    inner, outer = (token, token - 1) if at_start else (token - 1, token)
    step = 1 if at_start else -1
    nobody = source[:, 0] < 0
    side = np.select([nobody, token <= source[:, 0], token >= source[:, 1]], [0, 1, 2], 3)
    marks = flag(at(c.passage, inner) > 0) + np.uint64(2) * flag(at(c.passage, outer) > 0)
    values = _of_cue(c, cue) | {
        "kind": kind.astype(np.uint64),
        "where": np.where(token <= cue, 1, 2).astype(np.uint64),
        "gap": bucket(token - cue),
        "by_source": known(side),
        "from_source": bucket(token - np.where(nobody, token, source[:, 0 if at_start else 1])),
        "marks": known(marks + np.uint64(4) * flag(at(c.is_mark, outer) > 0)),
        "same": known(at(c.sentence, inner) == c.sentence[cue]),
        "boundary": known(np.isin(token, c.sentence_edges)),
        "quoted": _marks_around(c, cue),
        "of_cue": flag(c.head[inner] == cue),
        "head_pos": at(c.pos, c.head[inner]),
        "head_lemma": at(c.lemma, c.head[inner]),
        "next_word": at(c.lower, inner + step),
        "next_out": at(c.lower, outer - step),
    }
    for name, place in (("word", inner), ("out", outer)):
        values[name] = at(c.lower, place)
        values |= {f"{name}_{key}": at(getattr(c, key), place) for key in ("tag", "dep")}
        values[f"{name}_class"] = at(c.cue, place)
    return hashed(values, _EDGE)


def _pair_features(c: Columns, cues, sources, candidates: Candidates) -> np.ndarray:
    number, first, last = candidates.pairs.T
    cue, source = cues[number], sources[number]
    start, start_kind = candidates.starts[first, 1], candidates.starts[first, 2]
    end, end_kind = candidates.ends[last, 1], candidates.ends[last, 2]
    named = source[:, 0] >= 0
    holds_cue = (start <= cue) & (cue < end)
    holds_source = (source[:, 0] >= start) & (source[:, 1] <= end) & named
    shared = np.minimum(source[:, 1], end) > np.maximum(source[:, 0], start)
    side = np.select([holds_cue, end <= cue], [1, 2], 3)
    words, verbs = np.append(0, np.cumsum(c.word)), np.append(0, np.cumsum(c.pos == code("VERB")))
    inside = np.append(0, np.cumsum(c.passage > 0))
    length = words[end] - words[start] - holds_cue - np.where(holds_source, source[:, 1] - source[:, 0], 0)
    quoted = inside[end] - inside[start]
    same = flag(c.sentence[start] == c.sentence[cue]) + np.uint64(2) * flag(
        c.sentence[end - 1] == c.sentence[cue]
    )
    values = _of_cue(c, cue) | {
        "kinds": mix(start_kind.astype(np.uint64), end_kind.astype(np.uint64)),
        "side": side.astype(np.uint64),
        "holds": (side + 4 * holds_source + 8 * (named & shared & ~holds_source)).astype(np.uint64),
        "size": bucket(length),
        "quoted": np.select([quoted == 0, quoted >= length], [1, 3], 2).astype(np.uint64),
        "quoted_around": _marks_around(c, cue),
        "marks": _marks_at_edges(c, start, end),
        "sentences": bucket(c.sentence[end - 1] - c.sentence[start]),
        "paragraphs": bucket(c.paragraph[end - 1] - c.paragraph[start]),
        "same": known(same),
        "whole": _constituents(c, start, end),
        "boundaries": mix(known(np.isin(start, c.sentence_edges)), known(np.isin(end, _last_words(c)))),
        "verbs": bucket(np.minimum(verbs[end] - verbs[start], 4)),
        "first_tag": at(c.tag, start),
        "last_tag": at(c.tag, end - 1),
        "first": at(c.lower, start),
        "before": at(c.lower, start - 1),
        "after": at(c.lower, end),
    }
    return hashed(values, _PAIR)


def _marks_at_edges(c: Columns, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Does the span open and close within marks, where they open and close, in the same passage?"""
    opens, closes = c.passage[start] > 0, c.passage[end - 1] > 0
    facts = [
        opens,
        closes,
        opens & (at(c.passage, start - 1) != c.passage[start]),
        closes & (at(c.passage, end) != c.passage[end - 1]),
        opens & closes & (c.passage[start] == c.passage[end - 1]),
    ]
    return known(sum(flag(fact) << np.uint64(n) for n, fact in enumerate(facts)))


def _marks_around(c: Columns, cue: np.ndarray) -> np.ndarray:
    """Marked passages before, around and after the cue: in its sentence, and next to that."""
    inside = np.append(0, np.cumsum(c.passage > 0))
    sentence = c.sentence[cue]
    first, last = c.sentence_edges[sentence], c.sentence_edges[sentence + 1]
    facts = [
        inside[cue] > inside[first],
        inside[last] > inside[cue + 1 - (c.passage[cue] > 0)],
        c.passage[cue] > 0,
        at(c.passage, first - 2) > 0,
        (at(c.passage, last) > 0) | (at(c.passage, last + 1) > 0),
    ]
    return known(sum(flag(fact) << np.uint64(n) for n, fact in enumerate(facts)))


def _last_words(c: Columns) -> np.ndarray:
    """After the last word of each sentence."""
    words = np.flatnonzero(c.word)
    place = np.searchsorted(words, c.sentence_edges[1:]) - 1
    return words[np.maximum(place, 0)] + 1 if len(words) else np.zeros(0, dtype=np.int64)


def _constituents(c: Columns, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Is the span the subtree of a token, from its first word to its last? By the token's label."""
    words = np.append(np.flatnonzero(c.word), c.size)
    left = words[np.searchsorted(words, c.left)]
    right = words[np.maximum(np.searchsorted(words, c.right) - 1, 0)] + 1
    keys = left * (c.size + 2) + right
    order = np.argsort(keys, kind="stable")
    wanted = start * (c.size + 2) + end
    spot = np.minimum(np.searchsorted(keys[order], wanted), c.size - 1)
    return np.where(keys[order][spot] == wanted, c.dep[order][spot], np.uint64(1))
