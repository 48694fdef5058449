"""Named mentions of one article: spaCy's entities, repaired.

The small model cuts names in odd places and passes some over. Its spans are trimmed, split and joined,
spans that follow a title are added, and so are further mentions of a person's surname.
"""

from samestory.annotation.name_kinds import (
    DATES,
    MAX_NAME,
    PARTICLES,
    SUFFIXES,
    Name,
    could_be_person,
    is_party,
    one_kind_each,
)
from samestory.annotation.tokens import Tokens
from samestory.annotation.wordlists import countries, fold, given_names, titles, words

KINDS = words("PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW")
_COMPANY = words("inc corp corporation co company ltd llc plc ag se sa nv")


def find_names(doc, tokens: Tokens) -> list[Name]:
    """Find the named spans, sorted and without overlap, titles and possessive 's not included."""
    names = []
    for ent in doc.ents:
        if ent.label_ in KINDS:
            names += _pieces(tokens, ent.start, ent.end, ent.label_)
    names = _add_titled(tokens, _join_hyphenated(tokens, names))
    return _sweep(tokens, _cut_to_known(tokens, one_kind_each(tokens, names)))


def _pieces(tokens: Tokens, first: int, last: int, kind: str) -> list[Name]:
    """An entity split where no name goes on ("Kyiv, Zelenskyy") and each part trimmed."""
    out, start = [], first
    for i in range(first, last + 1):
        if i == last or _splits(tokens, i, kind):
            piece = _trim(tokens, start, i, kind)
            if piece is not None:
                out.append(piece)
            start = i + 1
    return out


def _splits(tokens: Tokens, i: int, kind: str) -> bool:
    text = tokens.text[i]
    if text in ("'s", "’s", "/", "(", ")", "[", "]", "“", "”", '"', "—", "–", ":", ";") or text.isspace():
        return True
    if text == ",":  # "Allen, Overy & Co." keeps its comma, "Kyiv, Zelenskyy" does not
        return kind in ("PERSON", "GPE", "NORP", "LOC") or tokens.lower[i + 1 : i + 2] != ["inc."]
    if text in ("'", "’") and tokens.tag[i] == "POS":
        return True
    return kind == "PERSON" and text in ("and", "&")


def _trim(tokens: Tokens, first: int, last: int, kind: str) -> Name | None:
    lower, text = tokens.lower, tokens.text
    while first < last and (lower[first] in ("the", "a", "an") or not text[first][:1].isalnum()):
        if text[first].startswith("@") and len(text[first]) > 1:
            break
        first += 1
    while last > first and not text[last - 1][-1:].isalnum() and not text[last - 1][:1].isalnum():
        last -= 1
    if last > first + 1 and lower[last - 1] in ("'s", "’s", "'", "’"):
        last -= 1
    before = titles().before_names
    titled = last - first > 2 and lower[first] in before and text[first + 1][:1].isupper()
    if titled and kind in ("ORG", "GPE", "NORP", "FAC") and could_be_person(tokens, first + 1, last):
        kind = "PERSON"  # "Striker Ines Poe" at the start of a sentence
    if kind == "PERSON":
        while first < last - 1 and lower[first].rstrip(".") in before and lower[first] not in given_names():
            first += 1
        while first < last - 1 and fold(lower[first]) in countries().country:
            first += 1
        if first < last - 1 and tokens.tag[first] in ("VBG", "VBD", "IN", "RB", "WRB", "CC"):
            first += 1  # "Following Poe's speech, …"
    if first >= last or last - first > 12 or is_party(tokens, first):
        return None
    if kind == "PERSON" and (last - first > MAX_NAME or not text[first][:1].isupper()):
        kind = kind if text[first].lower() in PARTICLES and last - first > 1 else None
    return Name(first, last, kind) if kind else None


def _join_hyphenated(tokens: Tokens, names: list[Name]) -> list[Name]:
    """One name that the tokenizer takes apart: "RBC-Ukraine", "Ocasio-Cortez", but not "US-Iranian"."""
    out: list[Name] = []
    for name in names:
        if out and out[-1].kind in ("ORG", "PERSON") and out[-1].last == name.first - 1:
            i = out[-1].last
            glued = tokens.end[i - 1] == tokens.start[i] and tokens.end[i] == tokens.start[i + 1]
            if tokens.text[i] == "-" and glued and name.kind in ("ORG", "PERSON", "GPE"):
                out[-1] = Name(out[-1].first, name.last, out[-1].kind)
                continue
        out.append(name)
    return out


def _cut_to_known(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Without the word that a heading glued to a full name: "ANN POE WINS", where the text has Ann Poe."""
    known = {
        tuple(tokens.lower[n.first : n.last]) for n in names if n.kind == "PERSON" and n.last - n.first == 2
    }
    return [
        name._replace(last=name.first + 2)
        if name.kind == "PERSON"
        and name.last - name.first > 2
        and tuple(tokens.lower[name.first : name.first + 2]) in known
        and fold(tokens.text[name.first + 2]) not in SUFFIXES
        else name
        for name in names
    ]


def _add_titled(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Persons that a title or a role announces, whatever the model thought of them."""
    taken = {i: n for n, name in enumerate(names) for i in range(name.first, name.last)}
    drop, added = set(), []
    before, lower, n_tokens = titles().before_names, tokens.lower, len(tokens.lower)
    for i in range(n_tokens - 1):
        if lower[i].rstrip(".") not in before or tokens.tag[i + 1] not in ("NNP", "NNPS"):
            continue
        first = i + 1
        if lower[first].rstrip(".") in before and lower[first] not in given_names():
            continue
        if not (tokens.text[i][0].isupper() or tokens.dep[i] in ("compound", "amod", "nmod")):
            continue  # "the president Friday" and "spokesman Jay Carney" differ by the parse alone
        last = names[taken[first]].last if first in taken else _run(tokens, first)
        if first in taken and names[taken[first]].first < first and names[taken[first]].kind != "PERSON":
            continue  # "U.S. Attorney General Office": a title within an organisation's name
        if could_be_person(tokens, first, last) and last > first:
            drop |= {taken[k] for k in range(first, last) if k in taken}
            added.append(Name(first, last, "PERSON"))
    return sorted([name for n, name in enumerate(names) if n not in drop] + added)


def _run(tokens: Tokens, first: int) -> int:
    """End of the run of proper nouns that starts here: three words at most, initials apart."""
    i, words = first, 0
    while i < len(tokens.text) and words < 3:
        text = tokens.text[i]
        if tokens.lower[i] in DATES or not (tokens.tag[i] in ("NNP", "NNPS") or text in ("-", "‑")):
            break
        if not (text[:1].isupper() or text in ("-", "‑") or text in PARTICLES):
            break
        words += len(text.rstrip(".")) > 1
        i += 1
    return i


def _sweep(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Further mentions of what the text has named, and of countries and capitals, that were passed over."""
    known = countries().as_written | _short_names(tokens, names)
    taken = {i for name in names for i in range(name.first, name.last)}
    common = {word for word in tokens.text if word.islower()}  # "page" beside Ms. Page
    more = [
        Name(i, i + 1, known[word])
        for i, word in enumerate(tokens.text)
        if word in known
        and i not in taken
        and (tokens.tag[i] in ("NNP", "NNPS") or tokens.lower[i] not in common)
        and tokens.lower[i + 1 : i + 2] not in (["administration"], ["tower"], ["foundation"])
    ]
    return sorted(names + more) if more else names


def _short_names(tokens: Tokens, names: list[Name]) -> dict[str, str]:
    """Word -> kind: surnames, one-word names, the "Acme" of Acme Corp., and acronyms "(IAEA)"."""
    known: dict[str, str] = {}
    for name in names:
        first, last = tokens.text[name.first], tokens.text[name.last - 1]
        if name.last - name.first == 1 and name.kind in ("ORG", "GPE"):
            known.setdefault(first, name.kind)
        if name.kind == "ORG" and name.last - name.first == 2 and fold(last) in _COMPANY:
            known.setdefault(first, "ORG")
        after = tokens.text[name.last : name.last + 3]
        if name.last - name.first > 1 and len(after) == 3 and (after[0], after[2]) == ("(", ")"):
            known |= {after[1]: name.kind} if after[1].isupper() and name.kind != "PERSON" else {}
    for name in names:
        if name.kind == "PERSON":
            end = name.last - (name.last - name.first > 1 and fold(tokens.text[name.last - 1]) in SUFFIXES)
            known[tokens.text[end - 1]] = "PERSON"
    return {word: kind for word, kind in known.items() if len(word) > 1 and word[0].isupper()}
