"""Attributions by rules over the dependency parse and the quotation marks."""

from spacy.tokens import Doc

from samestory.annotation.cues import read_cues
from samestory.annotation.quote_marks import marked_passages
from samestory.annotation.tokens import Tokens

_CLAUSES = {"ccomp", "xcomp", "parataxis"}
_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}


def attributions_by_rule(doc: Doc) -> list[tuple]:
    """Token ranges (content, cue, source or None), by content start, none within another."""
    tok = Tokens.of(doc)
    left = [token.left_edge.i for token in doc]
    right = [token.right_edge.i + 1 for token in doc]
    kids: list[list[int]] = [[] for _ in left]
    for i, head in enumerate(tok.head):
        if head != i:
            kids[head].append(i)
    cues = read_cues()
    passages = _token_passages(doc, tok)
    rows, taken = [], set()
    for v in range(len(left)):
        if tok.lemma[v] not in cues:
            continue
        if tok.pos[v] == "VERB":
            source = _subject(tok, kids, left, right, v)
            content = None
            for kid in kids[v]:
                if tok.dep[kid] in _CLAUSES and (source is None or kid != source[2]):
                    content = (left[kid], right[kid])
            first, last = tok.sentences[tok.sentence_of[v]]
            near = [p for p in passages if p[0] < last + 1 and p[1] > first - 1 and not p[0] <= v < p[1]]
            if near and (content is None or cues[tok.lemma[v]][0] == "speech"):
                spans = [*near, content] if content else near
                content = (min(s[0] for s in spans), max(s[1] for s in spans))
        elif tok.lower[v] == "according":
            pobj = [k for to in kids[v] for k in kids[to] if tok.dep[k] == "pobj"]
            source = (left[pobj[0]], right[pobj[0]], pobj[0]) if pobj else None
            first, last = tok.sentences[tok.sentence_of[v]]
            content = (first, left[v]) if left[v] > first + 1 else (right[v], last)
            v = (v, v + 2)
        else:
            continue
        if content is None or source is None:
            continue
        cue = v if isinstance(v, tuple) else (v, v + 1)
        rows.append((_cut(content, cue, source), cue, source[:2]))
    rows = [row for row in rows if row[0][0] < row[0][1]]
    rows.sort(key=lambda row: (row[0][0] - row[0][1], row[1]))
    kept = []
    for row in rows:
        span = set(range(*row[0]))
        if not span & taken:
            taken |= span
            kept.append(row)
    for start, end in passages:
        if end - start > 4 and not taken & set(range(start, end)):
            kept.append(((start, end), None, None))
    return sorted(kept)


def _cut(content, cue, source):
    start, end = content
    for a, b in sorted([cue, source[:2]]):
        if a <= start < b:
            start = b
    for a, b in sorted([cue, source[:2]], reverse=True):
        if a < end <= b:
            end = a
    return start, end


def _token_passages(doc: Doc, tok: Tokens) -> list[tuple[int, int]]:
    found, i = [], 0
    for passage in marked_passages(doc.text):
        while i < len(doc) and tok.end[i] <= passage.start:
            i += 1
        first = i
        while i < len(doc) and tok.start[i] < passage.end:
            i += 1
        if i > first:
            found.append((first, i))
    return found


def _subject(tok, kids, left, right, v):
    for kid in kids[v]:
        if tok.dep[kid] in _SUBJECTS:
            end = right[kid]
            for k in kids[kid]:
                if tok.dep[k] in ("relcl", "appos", "acl") and k > kid:
                    end = min(end, left[k])
            return left[kid], max(end, kid + 1), kid
    if tok.dep[v] in ("conj", "xcomp", "advcl") and tok.head[v] != v:
        return _subject(tok, kids, left, right, tok.head[v]) if tok.head[v] < v else None
    if tok.dep[v] in ("acl", "relcl"):
        head = tok.head[v]
        return left[head], head + 1, head
    return None
