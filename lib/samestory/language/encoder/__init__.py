"""One small encoder for meaning: pieces of words, windows of an article, and a vector of each piece.

References:
    Wang et al. (2020), MiniLM; Reimers and Gurevych (2019), Sentence-BERT: all-MiniLM-L6-v2, from which both
    sets of layers were tuned. How, and on which corpora: models/reading.md and models/statements.md.
"""

from samestory.language.encoder.layers import READING, RETELLING, encode
from samestory.language.encoder.pieces import Pieces, pieces_of
from samestory.language.encoder.reading import Reading, Window, read
from samestory.language.encoder.weights import read_arrays

__all__ = [
    "READING",
    "RETELLING",
    "Pieces",
    "Reading",
    "Window",
    "encode",
    "pieces_of",
    "read",
    "read_arrays",
]
