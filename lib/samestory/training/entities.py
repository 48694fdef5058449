"""Pack the recogniser of entities of spaCy's medium English model (no extra needed; nothing is learned).

    python -m samestory.training.entities FOLDER

FOLDER is en_core_web_md 3.8.0, unpacked (the folder with config.cfg). Kept are the recogniser as it is, and
the vectors of words, in whole numbers of one byte and a scale a vector. Writes models/entities.npz.
"""

from pathlib import Path

import numpy as np
import spacy

from samestory.training.commands import command


def pack(folder: Path) -> dict[str, np.ndarray]:
    """The arrays of models/entities.npz.

    Returns:
        recogniser: its bytes, as spaCy writes them (msgpack); keys: spaCy's hash of each word; rows: the
        row of its vector; vectors: 20,000 × 300 of one byte, each row to be multiplied by its scale.
    """
    nlp = spacy.load(folder)
    vectors = nlp.vocab.vectors
    known = sorted(vectors.key2row.items())
    scale = np.maximum(np.abs(vectors.data).max(axis=1), 1e-9) / 127
    return {
        "recogniser": np.frombuffer(nlp.get_pipe("ner").to_bytes(exclude=["vocab"]), np.uint8),
        "keys": np.array([key for key, _ in known], np.uint64),
        "rows": np.array([row for _, row in known], np.uint16),
        "vectors": np.rint(vectors.data / scale[:, None]).astype(np.int8),
        "scale": scale.astype(np.float32),
    }


def main(arguments: list[str] | None = None) -> None:
    """See the module's text."""
    options = command(__doc__, "folder").parse_args(arguments)
    np.savez_compressed(options.out / "entities.npz", **pack(Path(options.folder)))


if __name__ == "__main__":
    main()
