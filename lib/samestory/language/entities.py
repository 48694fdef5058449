"""The recogniser of named entities: that of spaCy's medium English model, beside the small model's parse.

The medium model's recogniser has a vector for each of 685,000 words, so that it knows a Tunde and an Oyelaran
for names though no text that it learned from had them; it takes as long as the small model's. Its weights
come with the package, for PyPI has the small model only: models/entities.md.
"""

from typing import cast

import numpy as np
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.vectors import BaseVectors

from samestory.packaged import read_arrays

_CONFIG = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 96,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": [5000, 1000, 2500, 2500],
                "include_static_vectors": True,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 96,
                "depth": 4,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        },
    }
}  # as en_core_web_md has it


class WordVectors(BaseVectors):
    """Vectors in whole numbers of one byte, found by bisection: spaCy's own table takes 107 MB more."""

    def __init__(self, packed: dict[str, np.ndarray]):
        self.keys, self.rows = packed["keys"], packed["rows"]
        self.data, self.scale = packed["vectors"], packed["scale"]

    @property
    def shape(self) -> tuple[int, int]:
        """Vectors, and the numbers of each."""
        return self.data.shape

    def get_batch(self, keys: np.ndarray) -> np.ndarray:
        """The vector of each word, by spaCy's hash of it: words × 300; zeros for a word that is not known."""
        keys = np.asarray(keys, np.uint64)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        rows, known = self.rows[place], self.keys[place] == keys
        return self.data[rows] * (self.scale[rows] * known)[:, None]


def add_recogniser(nlp: Language) -> None:
    """Add the medium model's recogniser, with the vectors that it reads; the small model reads none."""
    packed = read_arrays("entities")
    nlp.vocab.vectors = WordVectors(packed)
    recogniser = cast(EntityRecognizer, nlp.add_pipe("ner", config=_CONFIG))
    recogniser.from_bytes(packed["recogniser"].tobytes(), exclude=["vocab"])
